"""Mends in the content what a machine can mend: photos that tell where they were taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocopgen.catalogue import limits
from ocopgen.container import Uncleanable
from ocopgen.darkroom import Progress
from ocopgen.ledger import write
from ocopgen.metadata import cleaned
from ocopgen.photo import PictureKind
from ocopgen.pixels import Unreadable, same_pixels
from ocopgen.problems import Place, Problem
from ocopgen.project import Project, open_darkroom, survey_of


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was made better, or would be: its path as messages print it, and its bytes before and after."""

    path: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended, and what could not be."""

    mended: tuple[Mended, ...]
    problems: tuple[Problem, ...]


def fix(project: Project, progress: Progress, dry_run: bool = False) -> Fixed:
    """Mend the content in place; with `dry_run` nothing is written. Done twice, the second time finds nothing."""
    with open_darkroom(project, progress) as room:
        found = survey_of(project, room.notes)
        site = found.texts.get("site.yml")
        photos = room.photos(found.pictures, limits(site.read() if site else b""))
    mended: list[Mended] = []
    problems: list[Problem] = []
    for name, photo in photos.items():
        if not photo.sight.tells_place:
            continue
        shown = f"{found.label}/{name}"
        try:
            mended.append(Mended(shown, *_without_place(Path(found.pictures[name].path), photo.kind, dry_run)))
        except (Uncleanable, Unreadable):
            problems.append(Problem.at(Place(shown), "photo-place-stays", value=photo.name))
    return Fixed(tuple(mended), tuple(problems))


def _without_place(path: Path, kind: PictureKind, dry_run: bool) -> tuple[int, int]:
    """Write a photo without what it tells of people; its bytes before and after. Raises `Uncleanable`, `Unreadable`."""
    raw = path.read_bytes()
    clean = cleaned(raw, kind)
    if not same_pixels(raw, clean):
        raise Uncleanable("other pixels")
    if not dry_run:
        mode = path.stat().st_mode
        write(path, clean)
        path.chmod(mode)
    return len(raw), len(clean)
