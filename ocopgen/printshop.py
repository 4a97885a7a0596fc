"""Brochures in a folder of their own: as they are on the site, or for a printer, with bleed and crop marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ocopgen import works
from ocopgen.bindery import PRINT, SCREEN
from ocopgen.cache import Cache, Changed
from ocopgen.darkroom import Progress
from ocopgen.delivery import Ours, apart, deliver
from ocopgen.problems import Problem
from ocopgen.project import Project, job_of, open_darkroom, survey_of
from ocopgen.stopwatch import Stopwatch
from ocopgen.text import fold

BROCHURES = Ours("brochures", ("pdf",))
"""What makes a folder one for brochures."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: where to, for a printer or for screens, and a part of the paths of those that are wanted."""

    to: Path
    print: bool
    only: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is wrong with the content; the brochures by path, if no error forbids them; files written and removed."""

    problems: tuple[Problem, ...]
    brochures: Mapping[str, int] | None
    written: int
    removed: int
    addressed: bool = True


def brochures(project: Project, order: Order, progress: Progress) -> Delivered:
    """Make brochures and lay them into a folder. With an error in the content the last ones stay as they are.

    Where only some are wanted, all others stay too. Raises `Misplaced`, `NotOurs`, `Killed`, `Changed`.
    """
    apart(project, order.to)
    with open_darkroom(project, progress) as room:
        found = survey_of(project, room.notes)
        job = job_of(project, found, {})
        judged = works.judge(job, found, room, Stopwatch())
        if judged.catalogue is None:
            return Delivered(judged.problems, None, 0, 0)
        quality = PRINT if order.print else SCREEN
        keys, faults = works.bound(job, judged, room, quality, lambda path: _folded(order.only) in path.lower())
        if keys is None:
            return Delivered((*judged.problems, *faults), None, 0, 0)
        made = _Kept(room.cache, keys)
        written, removed = (0, 0) if order.only and not made else deliver(order.to, made, BROCHURES, not order.only)
        sizes = {path: room.cache.size(key) or 0 for path, key in keys.items()}
        addressed = bool(project.base_url or judged.catalogue.site.address)
        return Delivered(judged.problems, sizes, written, removed, addressed)


def _folded(words: str) -> str:
    """A part of a path as people may type it: `Tỏi đen` → `toi-den`."""
    return fold(words.strip()).replace(" ", "-")


@dataclass(frozen=True)
class _Kept(Mapping[str, bytes]):
    """Files by their paths, each read from the cache when asked for: all together may be more than memory holds."""

    cache: Cache
    keys_by_path: Mapping[str, str]

    def __getitem__(self, path: str) -> bytes:
        content = self.cache.get(self.keys_by_path[path])
        if content is None:
            raise Changed(path)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_by_path)

    def __len__(self) -> int:
        return len(self.keys_by_path)
