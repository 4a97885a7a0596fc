"""Printing: make what is stale, side by side where there is much, publish it together, and record it after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ocopgen.cache import Unread
from ocopgen.darkroom import Darkroom, Progress, Spoiled, stage
from ocopgen.image import Rendition
from ocopgen.ledger import Entered, Ledger, in_the_way, orphans, stale
from ocopgen.pool import Died, Pool
from ocopgen.recipe import Artifact, Recipe
from ocopgen.store import ForeignFile, Output, Workshop

W = TypeVar("W")
R = TypeVar("R")

CHUNK = 200
"""Pages sent to a process at once; fewer are printed here, since starting a process costs more."""


ASKED_FOR = "assets/", "pictures/"
"""Where the files lie that pages ask for: they come before the pages."""

Row = tuple[str, Entered]


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printing did. With spoiled pictures nothing was published."""

    made: int
    removed: int
    total: int
    spoiled: tuple[Spoiled, ...] = ()


def print_site(
    plan: Sequence[Artifact],
    output: Output,
    workshop: Workshop,
    darkroom: Darkroom,
    jobs: int,
    force: bool = False,
) -> Printed:
    """Bring the output folder, which is claimed, in line with the plan; `force` prints every file anew.

    Raises `Refused`, `Killed`.
    """
    with Ledger(output.root) as ledger, Pool(jobs, ("ocopgen.press",), _begin, workshop) as pool:
        printed = ledger.printed()
        todo = list(plan) if force else stale(plan, printed, output.standing(printed))
        gone = orphans(plan, printed)
        obstacle = output.obstacle((one.path for one in todo), gone)
        if obstacle is not None:
            raise ForeignFile(obstacle)
        renditions = [one.recipe for one in todo if isinstance(one.recipe, Rendition)]
        _, spoiled = darkroom.develop(renditions, workshop.files)
        if spoiled:
            return Printed(0, 0, len(plan), tuple(spoiled))
        hands = _Hands(pool if jobs > 1 else None, workshop, darkroom.progress)
        hands.keep([one.recipe for one in todo if one.recipe.costly], force)
        rows = hands.print(todo, output)
        _exchange(output, ledger, rows, gone)
    return Printed(len(rows), len(gone), len(plan))


def _exchange(output: Output, ledger: Ledger, rows: Sequence[Row], gone: Sequence[str]) -> None:
    """Old files for new ones, in such an order that a site cut off in between has all that its pages ask for."""
    paths = [path for path, _ in rows]
    ledger.announce(paths)
    output.remove(in_the_way(gone, paths))
    output.publish(sorted(paths, key=lambda path: (not path.startswith(ASKED_FOR), path)))
    output.remove(gone)
    ledger.enter(rows, gone)


# --- side by side -----------------------------------------------------------------------------------------

_workshop: Workshop | None = None


def _begin(workshop: Workshop) -> None:
    """What a process is given once, instead of with every piece of work."""
    global _workshop
    _workshop = workshop


class Killed(OSError):
    """A process that printed pages was ended from outside."""

    def __str__(self) -> str:
        return (
            "một tiến trình in trang bị dừng (hết bộ nhớ?) / a process that printed pages was killed (out of memory?)"
        )


@dataclass(frozen=True, slots=True)
class _Hands:
    """Those who do the work: a pool, or this process where there is none or only one piece of work."""

    pool: Pool | None
    workshop: Workshop
    progress: Progress

    def _each(self, make: Callable[[W], R], work: Sequence[W]) -> Iterator[R]:
        if self.pool is None or len(work) < 2:
            _begin(self.workshop)
            yield from map(make, work)
            return
        for _, done in self.pool.each(make, work):
            if isinstance(done, Died):
                raise Killed
            yield done

    def keep(self, recipes: Iterable[Recipe], force: bool) -> None:
        """Make what is costly and no rendition, such as fonts, where it is not in the cache."""
        cache = self.workshop.cache
        fonts = {one.key: one for one in recipes if not isinstance(one, Rendition)}
        missing = [one for key, one in fonts.items() if force or cache.size(key) is None]
        for _ in self._each(_keep, missing):
            pass

    def print(self, todo: Sequence[Artifact], output: Output) -> list[Row]:
        """Write every stale file where it waits to be published."""
        if not todo:
            return []
        rows: list[Row] = []
        chunks = [(output, tuple(todo[at : at + CHUNK])) for at in range(0, len(todo), CHUNK)]
        with stage(self.progress, "pages", len(todo)):
            for done in self._each(_print_chunk, chunks):
                rows += done
                self.progress.step(len(done))
        return sorted(rows)


def _keep(recipe: Recipe) -> None:
    assert _workshop is not None
    recipe.make(replace(_workshop, cache=Unread(_workshop.cache.folder)))


def _print_chunk(work: tuple[Output, tuple[Artifact, ...]]) -> list[Row]:
    assert _workshop is not None
    output, artifacts = work
    rows = []
    for artifact in artifacts:
        size, mtime = output.stage(artifact.path, artifact.recipe.make(_workshop))
        rows.append((artifact.path, Entered(artifact.recipe.key, size, mtime)))
    return rows
