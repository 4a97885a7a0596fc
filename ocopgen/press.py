"""Printing: make what is stale, side by side where there is much, publish it together, and record it after."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, TypeVar

from ocopgen.image import Rendition, develop
from ocopgen.ledger import Entered, Ledger, orphans, stale
from ocopgen.recipe import Artifact, Recipe
from ocopgen.store import Output, Workshop

CHUNK = 200
"""Pages sent to a process at once; fewer are printed here, since starting a process costs more."""


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
    """Bring the output folder in line with the plan. Raises `ForeignFolder`."""
    output.claim()
    with Ledger(output.root) as ledger:
        printed = ledger.printed()
        todo = list(plan) if force else stale(plan, printed, output.standing(printed))
        gone = orphans(plan, printed)
        with _hands(jobs, workshop) as hands:
            developed, spoiled = _costly(todo, hands, workshop, progress)
            if spoiled:
                output.tidy()
                return Printed(0, 0, len(plan), developed, tuple(spoiled))
            rows = _staged(todo, hands, output, workshop, progress)
        output.remove(gone)
        ledger.announce(path for path, _ in rows)
        output.publish(path for path, _ in rows)
        ledger.enter(rows, gone)
        output.tidy()
    return Printed(len(rows), len(gone), len(plan), developed)


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
    todo: Iterable[Artifact], hands: Hands, workshop: Workshop, progress: Progress
) -> tuple[int, list[Spoiled]]:
    """Make sure that everything costly is in the cache: one decoding a photo serves all its renditions."""
    missing: dict[str, list[Recipe]] = {}
    for artifact in todo:
        recipe = artifact.recipe
        if recipe.costly and not workshop.cache.has(recipe.key):
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
        recipes[0].make(_workshop)
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

Row = tuple[str, Entered]


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
