"""Printing: make what is stale, side by side where there is much, publish it together, and record it after."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Protocol, TypeVar

from ocopgen.image import Rendition, develop
from ocopgen.ledger import Entered, Ledger, in_the_way, orphans, stale
from ocopgen.recipe import Artifact, Recipe
from ocopgen.store import ForeignFile, Output, Unread, Workshop

CHUNK = 200
"""Pages sent to a process at once; fewer are printed here, since starting a process costs more."""


ASKED_FOR = "assets/", "pictures/"
"""Where the files lie that pages ask for: they come before the pages."""

Row = tuple[str, Entered]


class Progress(Protocol):
    """Told of every step of long work."""

    def begin(self, what: str, total: int) -> None: ...

    def step(self, count: int = 1) -> None: ...

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A picture whose pixels could not be read, by the digest of its bytes, and why."""

    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printing did. With spoiled pictures nothing was published."""

    made: int
    removed: int
    total: int
    pictures: int
    spoiled: tuple[Spoiled, ...] = ()


def print_site(
    plan: Sequence[Artifact],
    output: Output,
    workshop: Workshop,
    jobs: int,
    progress: Progress,
    force: bool = False,
) -> Printed:
    """Bring the output folder in line with the plan; `force` makes everything anew. Raises `Refused`."""
    with output.claimed(), Ledger(output.root) as ledger:
        printed = ledger.printed()
        todo = list(plan) if force else stale(plan, printed, output.standing(printed))
        gone = orphans(plan, printed)
        obstacle = output.obstacle((one.path for one in todo), gone)
        if obstacle is not None:
            raise ForeignFile(obstacle)
        with _hands(jobs, workshop) as hands:
            developed, spoiled = _costly(todo, hands, workshop, progress, force)
            if spoiled:
                return Printed(0, 0, len(plan), developed, tuple(spoiled))
            rows = _staged(todo, hands, output, workshop, progress)
        _exchange(output, ledger, rows, gone)
    return Printed(len(rows), len(gone), len(plan), developed)


def _exchange(output: Output, ledger: Ledger, rows: Sequence[Row], gone: Sequence[str]) -> None:
    """Old files for new ones, in such an order that a site cut off in between has all that its pages ask for."""
    paths = [path for path, _ in rows]
    ledger.announce(paths)
    output.remove(in_the_way(gone, paths))
    output.publish(sorted(paths, key=lambda path: (not path.startswith(ASKED_FOR), path)))
    output.remove(gone)
    ledger.enter(rows, gone)


# --- processes --------------------------------------------------------------------------------------------

Hands = Callable[[], Executor | None]
"""Gives the pool of processes, started when it is first asked for; `None` where there is only one."""

_workshop: Workshop | None = None


def _begin(workshop: Workshop) -> None:
    """What a process is given once, instead of with every piece of work."""
    global _workshop
    _workshop = workshop


@contextmanager
def _hands(jobs: int, workshop: Workshop) -> Iterator[Hands]:
    pool: list[ProcessPoolExecutor] = []

    def hands() -> Executor | None:
        if jobs < 2:
            return None
        if not pool:
            context = get_context("forkserver" if os.name == "posix" else "spawn")
            pool.append(ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(workshop,)))
        return pool[0]

    try:
        yield hands
    finally:
        for one in pool:
            one.shutdown(cancel_futures=True)


# --- pictures and fonts -----------------------------------------------------------------------------------


def _costly(
    todo: Iterable[Artifact], hands: Hands, workshop: Workshop, progress: Progress, force: bool
) -> tuple[int, list[Spoiled]]:
    """Make sure that everything costly is in the cache: one decoding a photo serves all its renditions."""
    missing: dict[str, list[Recipe]] = {}
    for artifact in todo:
        recipe = artifact.recipe
        if recipe.costly and (force or not workshop.cache.has(recipe.key)):
            source = recipe.photo if isinstance(recipe, Rendition) else recipe.key
            missing.setdefault(source, []).append(recipe)
    if not missing:
        return 0, []
    progress.begin("pictures", len(missing))
    spoiled = []
    for fault in _each(_prepare, [(source, tuple(recipes)) for source, recipes in missing.items()], hands, workshop):
        spoiled += [fault] if fault else []
        progress.step()
    progress.end()
    return len(missing), spoiled


def _prepare(work: tuple[str, tuple[Recipe, ...]]) -> Spoiled | None:
    """Make one photo's renditions, or one font, and keep them."""
    assert _workshop is not None
    source, recipes = work
    renditions = tuple(one for one in recipes if isinstance(one, Rendition))
    if not renditions:
        recipes[0].make(replace(_workshop, cache=Unread(_workshop.cache.folder)))
        return None
    raw = _workshop.source(source)
    try:
        made = develop(raw, renditions)
    except (OSError, ValueError, SyntaxError) as fault:
        return Spoiled(source, str(fault))
    for key, content in made.items():
        _workshop.cache.put(key, content)
    return None


W = TypeVar("W")
R = TypeVar("R")


def _each(make: Callable[[W], R], work: Sequence[W], hands: Hands, workshop: Workshop) -> Iterator[R]:
    """Results of pieces of work in any order; a single piece is done here."""
    pool = hands() if len(work) > 1 else None
    if pool is None:
        _begin(workshop)
        yield from map(make, work)
        return
    for future in as_completed([pool.submit(make, one) for one in work]):
        yield future.result()


# --- pages ------------------------------------------------------------------------------------------------


def _staged(
    todo: Sequence[Artifact], hands: Hands, output: Output, workshop: Workshop, progress: Progress
) -> list[Row]:
    """Write every stale file where it waits to be published."""
    if not todo:
        return []
    progress.begin("pages", len(todo))
    rows: list[Row] = []
    chunks = [(output, tuple(todo[at : at + CHUNK])) for at in range(0, len(todo), CHUNK)]
    for done in _each(_print_chunk, chunks, hands, workshop):
        rows += done
        progress.step(len(done))
    progress.end()
    return sorted(rows)


def _print_chunk(work: tuple[Output, tuple[Artifact, ...]]) -> list[Row]:
    assert _workshop is not None
    output, artifacts = work
    rows = []
    for artifact in artifacts:
        size, mtime = output.stage(artifact.path, artifact.recipe.make(_workshop))
        rows.append((artifact.path, Entered(artifact.recipe.key, size, mtime)))
    return rows
