"""Why a file of the site is as it is, and proof that the whole site is what a clean build makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ocopgen.ledger import FOLDER, Ledger, Refused
from ocopgen.output import Output
from ocopgen.project import Built, Project, build
from ocopgen.recipe import COMMON, digest

if TYPE_CHECKING:
    from ocopgen.darkroom import Progress


@dataclass(frozen=True, slots=True)
class Why:
    """What a file was made from, by name, and what of it had changed when the file was last written."""

    path: str
    made_from: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


class NothingBuilt(Refused):
    """The output folder, which is the argument, holds no site of ours."""

    def __str__(self) -> str:
        return f"chưa dựng trang vào '{self.args[0]}' / nothing was built into '{self.args[0]}'"


@contextmanager
def _record(project: Project) -> Iterator[Ledger]:
    """The ledger of the site that stands, which no build changes meanwhile."""
    output = Output(project.output)
    if not output.is_ours:
        raise NothingBuilt(project.output)
    with output.claimed(project.patience), Ledger(project.output) as ledger:
        yield ledger


class Unknown(LookupError):
    """No file of the site has such a path; the arguments are the path and those most like it."""

    def __str__(self) -> str:
        path, near = self.args
        hint = "".join(f"\n  {one}" for one in near)
        return f"trang không có tệp '{path}'; có phải là / the site has no file '{path}'; did you mean:{hint or ' –'}"


def why(project: Project, path: str) -> Why:
    """What is on record of a file, by its path below the output folder or from here. Raises `Unknown`, `Refused`."""
    with _record(project) as ledger:
        known = _known(project, path, ledger.printed())
        owners = [name for name, one in ledger.sheets.items() if known in one.paths]
        inputs = ledger.inputs((*owners, COMMON))
        shared = tuple(name for name, _ in inputs[COMMON])
        own = dict.fromkeys(name for owner in owners for name, _ in inputs[owner] if name != COMMON)
        return Why(known, (*own, *shared), tuple(ledger.why(known)))


def _known(project: Project, path: str, printed: Iterable[str]) -> str:
    printed = set(printed)
    inside = Path(path)
    if inside.resolve().is_relative_to(project.output.resolve()):
        inside = inside.resolve().relative_to(project.output.resolve())
    name = inside.as_posix().strip("/")
    for one in (name, f"{name}/index.html".removeprefix("./")):
        if one in printed:
            return one
    raise Unknown(path, get_close_matches(name, printed, 3))


@dataclass(frozen=True, slots=True)
class Verified:
    """What differs between the site and one built from nothing, by the path of each file."""

    built: Built
    files: int
    differing: tuple[str, ...]


def verify(project: Project, progress: Progress) -> Verified:
    """Build clean beside, with no cache and no notes, and compare byte for byte with what stands. Raises `Refused`."""
    with TemporaryDirectory(prefix="ocopgen-") as beside:
        folder = Path(beside)
        built = build(replace(project, output=folder / "site", cache=folder / "cache"), progress)
        clean = site_files(folder / "site")
    if not built.published:
        return Verified(built, 0, ())
    with _record(project) as ledger:
        ours = site_files(project.output)
        ours = {path: one for path, one in ours.items() if path in clean or path in ledger.printed()}
    differing = tuple(path for path in sorted({*clean, *ours}) if clean.get(path) != ours.get(path))
    return Verified(built, len(clean), differing)


def site_files(folder: Path) -> dict[str, str]:
    """The digest of each file of a built site by its path."""
    found = (one for one in folder.rglob("*") if one.is_file())
    paths = {one.relative_to(folder).as_posix(): one for one in found}
    return {path: digest(one.read_bytes()) for path, one in paths.items() if not path.startswith(f"{FOLDER}/")}
