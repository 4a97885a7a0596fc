"""The disk: reading the content and the templates, the cache of costly bytes, and the output folder."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from jinja2 import Template

from ocopgen.cache import Cache, read_exactly
from ocopgen.catalogue import Content
from ocopgen.document import MAX_BYTES
from ocopgen.html import Templates
from ocopgen.ledger import FOLDER, ForeignFolder, Refused, above
from ocopgen.photo import PhotoFile, is_picture
from ocopgen.problems import Place, Problem

TEXTS = frozenset({".md", ".yml", ".yaml"})
LITTER = frozenset({"thumbs.db", "desktop.ini"})
"""Files that systems leave behind by themselves."""


# --- reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Library:
    """What was read from disk: texts by path, where each picture lies, names of what is neither, and problems.

    `label` is what messages call the folder.
    """

    label: str
    texts: Mapping[str, bytes]
    pictures: Mapping[str, Path]
    strangers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def content(self, photos: Mapping[str, PhotoFile]) -> Content:
        """The same, with the pictures as they were found to be."""
        return Content(self.texts, photos, self.strangers, self.problems, self.label)


def read_content(root: Path, label: str) -> Library:
    """Everything below the content folder but its pictures. Symbolic links are refused, never followed."""
    texts: dict[str, bytes] = {}
    pictures: dict[str, Path] = {}
    strangers: list[str] = []
    problems: list[Problem] = []
    for path, name, fault in _walk(root, ""):
        if fault:
            problems.append(Problem.at(Place(f"{label}/{name}"), fault))
        elif path.suffix.lower() in TEXTS:
            with path.open("rb") as file:
                texts[name] = file.read(MAX_BYTES + 1)
        elif is_picture(path.suffix):
            pictures[name] = path
        else:
            strangers.append(name)
    return Library(label, texts, pictures, tuple(strangers), tuple(problems))


def _walk(folder: Path, prefix: str) -> Iterator[tuple[Path, str, str]]:
    """Files below a folder in the order of their names: path, name from the root in NFC, code of a fault."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda one: one.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() in LITTER:
            continue
        path = folder / entry.name
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            yield path, prefix + entry.name.encode("utf-8", "replace").decode(), "name-not-utf8"
            continue
        name = prefix + unicodedata.normalize("NFC", entry.name)
        if entry.is_symlink():
            yield path, name, "symlink"
        elif entry.is_dir():
            yield from _walk(path, f"{name}/")
        elif entry.is_file():
            yield path, name, ""


def read_templates(folder: Path) -> Templates:
    """Every template of a folder by its name."""
    kinds = (".html", ".css", ".svg")
    return Templates({one.name: one.read_text("utf-8") for one in sorted(folder.iterdir()) if one.suffix in kinds})


def illustrations(folder: Path) -> dict[str, Path]:
    """Where each of our own drawings lies, by its name: `set-01`, `hero`."""
    return {one.stem: one for one in sorted(folder.glob("*.svg"))}


# --- tools ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Workshop:
    """The tools of `recipe.Tools`, on disk. It can be sent to another process."""

    templates: Templates
    files: Mapping[str, Path]
    cache: Cache
    _compiled: dict[str, Template] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[type[Workshop], tuple[Templates, Mapping[str, Path], Cache]]:
        return Workshop, (Templates(self.templates.sources), self.files, self.cache)

    def template(self, name: str) -> Template:
        if name not in self._compiled:
            self._compiled[name] = self.templates.environment.get_template(name)
        return self._compiled[name]

    def source(self, wanted: str) -> bytes:
        return read_exactly(self.files[wanted], wanted)

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        found = self.cache.get(key)
        if found is not None:
            return found
        made = make()
        for one, content in made.items():
            self.cache.put(one, content)
        return made[key]


# --- the output -------------------------------------------------------------------------------------------


class ForeignFile(Refused):
    """A file that we did not make stands where the site needs a folder, or below the place of a file."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' không do ocopgen làm ra và chiếm chỗ của trang; hãy chuyển nó đi nơi khác\n"
            f"'{self.args[0]}' was not made by ocopgen and stands in the way of the site; move it elsewhere"
        )


class Busy(Refused):
    """Another build prints into the folder; its process is the argument, if it is known."""

    def __str__(self) -> str:
        number = self.args[0] or "?"
        return (
            f"một lần dựng khác đang chạy (tiến trình {number}); đợi nó xong rồi chạy lại\n"
            f"another build is running (process {number}); wait for it and run again"
        )


if sys.platform == "win32":  # pragma: no cover -- there is no such system here
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        # A locked byte cannot be read by others; one far behind the end leaves the number of the process readable.
        file.seek(1 << 30)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@dataclass(frozen=True)
class Output:
    """The folder of the site. New files are staged beside it and moved into place when all are ready."""

    root: Path

    @cached_property
    def staging(self) -> Path:
        return self.root / FOLDER / "staging"

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Hold the folder for one print, if it is empty or already ours. Raises `ForeignFolder`, `Busy`."""
        if self.root.exists() and not self.root.is_dir():
            raise ForeignFolder(self.root)
        if self.root.is_dir() and any(self.root.iterdir()) and not (self.root / FOLDER).is_dir():
            raise ForeignFolder(self.root)
        (self.root / FOLDER).mkdir(parents=True, exist_ok=True)
        with self._lock():
            # What lies here was staged by a build that was cut off.
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir(parents=True)
            try:
                yield
            finally:
                shutil.rmtree(self.staging, ignore_errors=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """A lock that ends with its process, however that ends; the file itself stays."""
        with (self.root / FOLDER / "lock").open("a+b") as file:
            if not _locked(file):
                file.seek(0)
                number = file.read(20)
                raise Busy(int(number) if number.isdigit() else None)
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)

    def obstacle(self, paths: Iterable[str], ours: Iterable[str]) -> Path | None:
        """A file not ours that stands where one of the paths needs a folder, or in a folder where it needs a file."""
        own, wanted = set(ours), sorted(paths)
        for folder in sorted({folder for path in wanted for folder in above(path)} - own):
            there = self.root / folder
            if os.path.lexists(there) and not there.is_dir():
                return there
        below = (one for path in wanted for one in _files_below(self.root / path))
        return next((one for one in below if one.relative_to(self.root).as_posix() not in own), None)

    def standing(self, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Size and time of change (ns) of those files that are there."""
        found = {}
        for path in paths:
            try:
                stat = (self.root / path).stat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            found[path] = stat.st_size, stat.st_mtime_ns
        return found

    def stage(self, path: str, content: bytes) -> tuple[int, int]:
        """Write a file where it waits for the others; its size and time of change."""
        staged = self.staging / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(content)
        stat = staged.stat()
        return stat.st_size, stat.st_mtime_ns

    def publish(self, paths: Iterable[str]) -> None:
        """Move staged files into place, each at once."""
        for path in paths:
            target = self.root / path
            _make_room(target)
            (self.staging / path).replace(target)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files that are made no longer, and the folders that they leave empty."""
        for path in paths:
            target = self.root / path
            if _is_real_folder(target):
                # Somebody put it in the place of a file of ours.
                continue
            with suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            for folder in target.parents:
                if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _files_below(folder: Path) -> Iterator[Path]:
    """Everything below a real folder that is none itself."""
    if _is_real_folder(folder):
        yield from (one for one in folder.rglob("*") if not _is_real_folder(one))


def _make_room(target: Path) -> None:
    """The folders above a file; in the file's own place, folders with nothing in them go."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if _is_real_folder(target):
        for folder in sorted(target.rglob("*"), reverse=True):
            folder.rmdir()
        target.rmdir()
