"""Processes side by side: a bounded number of pieces in flight; one that kills its process is told, not fatal."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from signal import SIGINT, SIGTERM
from types import TracebackType
from typing import Any, TypeVar

from ocopgen.stopwatch import helped

W = TypeVar("W")
R = TypeVar("R")
T = TypeVar("T")

SELDOM = 100_000, 20, 50
"""For `gc.set_threshold`: a build makes much that stays, and looking for what does not took a third of its time."""

TEXT_WORK = "ocopgen.library", "ocopgen.press"
"""What processes import that study entries and print pages."""

PHOTO_WORK = "ocopgen.darkroom", "ocopgen.pixels", "pi_heif", *TEXT_WORK
"""What processes import that work on photos; the first to be started also tell what all later ones have."""


PAPER_WORK = "ocopgen.binding", "typst"
"""What processes import that make brochures."""


@dataclass(frozen=True, slots=True)
class Died:
    """The result of a piece of work whose process ended before it was done: killed, or out of memory."""


class Pool:
    """Processes that are started when they are first needed, and end with the process that started them.

    Each begins with a call of `begin` with these arguments, which are sent once and not with every piece of work.
    `needed` are modules that are imported once for all, where the system can fork a process that has them already.
    """

    def __init__(
        self, jobs: int, needed: Sequence[str] = (), begin: Callable[..., None] | None = None, *arguments: Any
    ) -> None:
        self._jobs = jobs
        self._needed = list(needed)
        self._beginning = begin, arguments
        self._executor: ProcessPoolExecutor | None = None
        self._lifeline: _Lifeline | None = None

    def each(self, make: Callable[[W], R], work: Iterable[W]) -> Iterator[tuple[W, R | Died]]:
        """Results of pieces of work, in any order, each made by another process."""
        waiting = iter(work)
        flying: dict[Future[tuple[R, float]], W] = {}
        while True:
            suspects = self._send(make, waiting, flying)
            if not flying and not suspects:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done if not suspects else ():
                piece = flying.pop(future)
                done: R | Died
                try:
                    done = _told(future)
                except BrokenProcessPool:
                    suspects.append(piece)
                    continue
                except MemoryError:
                    done = Died()
                yield piece, done
            if suspects:
                # Nobody tells which of those in flight it was, so each goes alone.
                suspects += flying.values()
                flying.clear()
                self.close()
                yield from ((piece, self._alone(make, piece)) for piece in suspects)

    def _send(self, make: Callable[[W], R], waiting: Iterator[W], flying: dict[Future[tuple[R, float]], W]) -> list[W]:
        """Keep two pieces for every process in flight, however many wait; gives the piece that could not be sent."""
        while len(flying) < 2 * self._jobs:
            piece = next(waiting, None)
            if piece is None:
                break
            try:
                flying[self._submit(_timed, make, piece)] = piece
            except BrokenProcessPool:
                return [piece]
        return []

    def _alone(self, make: Callable[[W], R], piece: W) -> R | Died:
        # Where no process can work at all, that is no fault of the piece: this raises.
        self._submit(_nothing).result()
        try:
            future: Future[tuple[R, float]] = self._submit(_timed, make, piece)
            return _told(future)
        except MemoryError:
            return Died()
        except BrokenProcessPool:
            self.close()
            return Died()

    def _submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        """Send some work, which may start a process: one whose start is broken off would end with a traceback."""
        with _signals_later():
            return self._started().submit(work, *arguments)

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._lifeline = _Lifeline()
            context = get_context("forkserver" if os.name == "posix" else "spawn")
            if os.name == "posix":
                context.set_forkserver_preload(self._needed)
            first = self._lifeline.held, *self._beginning
            self._executor = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin, initargs=first)
        return self._executor

    def close(self) -> None:
        """End the processes, those at work too."""
        if self._executor is None or self._lifeline is None:
            return
        self._lifeline.let_go()
        self._executor.shutdown(cancel_futures=True)
        self._executor = self._lifeline = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._executor is not None:
            self._executor.shutdown()
        self.close()


def make_ready(needed: Sequence[str]) -> None:
    """Let what all processes need be imported while this one does the same, as it is known that some will be needed."""
    if os.name == "posix":
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(list(needed))
        forkserver.ensure_running()


@contextmanager
def _signals_later() -> Iterator[None]:
    """Ctrl-C and requests to end are heard when this is over; in other threads than the main one none is heard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {one: signal.signal(one, lambda number, _: heard.append(number)) for one in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in heard[:1]:
            signal.raise_signal(number)


class _Lifeline:
    """A pipe that only its maker can write to: its end tells those at the other end that the maker is gone."""

    def __init__(self) -> None:
        self.held, self._ours = Pipe(duplex=False)

    def let_go(self) -> None:
        self._ours.close()
        self.held.close()


def _begin(lifeline: Connection, begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """The first thing in a new process. Ctrl-C is for the process that started this one, which then ends it."""
    signal.signal(SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    gc.set_threshold(*SELDOM)
    if begin is not None:
        begin(*arguments)


_reported = 0.0


def _timed(make: Callable[[W], R], piece: W) -> tuple[R, float]:
    """A result, and the seconds of processor that this process used since it last told."""
    global _reported
    result = make(piece)
    before, _reported = _reported, time.process_time()
    return result, _reported - before


def _told(future: Future[tuple[R, float]]) -> R:
    result, seconds = future.result()
    helped(seconds)
    return result


def _nothing() -> None:
    """What every process can do."""


def _end_with(lifeline: Connection) -> None:
    with suppress(OSError):
        lifeline.poll(None)
    os._exit(1)
