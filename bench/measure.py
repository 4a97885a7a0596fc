"""What a command costs as a whole process tree, and which files it wrote.

CPU is what the command and all that it started used, also processes that it left behind (they are adopted and waited
for). Memory is the most that the processes of the tree held together, looked at many times a second, where what
several share is divided among them (PSS). Linux only.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

PAUSE = 0.05
"""Seconds between two looks at the memory; more where a look takes long, so that looking costs a twentieth at most."""

_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and clock, peak memory in MB, the exit code, and the machine's load beforehand."""

    cpu: float
    wall: float
    peak: float
    code: int
    load: float

    @property
    def record(self) -> dict[str, float]:
        return {key: round(value, 3) for key, value in asdict(self).items()}


def measured(command: Sequence[str], log: Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Cost:
    """The cost of a command in a fresh process; what it prints goes to `log`."""
    ctypes.CDLL(None).prctl(_ADOPT, 1)
    load, before, begin = os.getloadavg()[0], _used(), time.perf_counter()
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        watch = _Watch(child.pid)
        code = child.wait()
    wall = time.perf_counter() - begin
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return Cost(_used() - before, wall, watch.ended(), code, load)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch:
    """Looks at the memory of a process and its children until told to end."""

    def __init__(self, process: int) -> None:
        self._process, self._peak, self._done = process, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        pause = PAUSE
        while not self._done.wait(pause):
            begin = time.perf_counter()
            self._peak = max(self._peak, sum(map(_held, family(self._process))))
            pause = max(PAUSE, 20 * (time.perf_counter() - begin))

    def ended(self) -> float:
        self._done.set()
        self._thread.join()
        return self._peak


def family(parent: int) -> Iterator[int]:
    """A process and all below it; a thread may have children too."""
    yield parent
    for one in _children(parent):
        yield from family(one)


def _children(parent: int) -> list[int]:
    """What the threads of a process started; any of them may end while it is asked."""
    found: list[int] = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{parent}/task"):  # noqa: PTH208
            with suppress(OSError):
                found += map(int, Path(f"/proc/{parent}/task/{thread}/children").read_text().split())
    return found


def _held(process: int) -> float:
    """Memory of a process in MB, what is shared divided among those who share it."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("Pss:")), 0.0)


# --- files ------------------------------------------------------------------------------------------------

Stamps = dict[str, tuple[int, int, int]]
"""Files of a folder by path: when each was written, as which inode, and its bytes."""


def stamps(folder: Path, leave: str = ".ocopgen") -> Stamps:
    """Every file below a folder; `leave` names a folder that is not part of what was made."""
    found: Stamps = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != leave]
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118 -- a hundred thousand of them
            stat = os.stat(path)  # noqa: PTH116
            found[os.path.relpath(path, folder)] = stat.st_mtime_ns, stat.st_ino, stat.st_size
    return found


def put_aside(folder: Path, attic: Path) -> None:
    """Take a folder away without deleting it: for some minutes ext4 tries every number that a deleted file had before
    it gives one to a new file, which makes whoever writes next pay up to 0.7 ms a file."""
    if folder.exists():
        attic.mkdir(parents=True, exist_ok=True)
        folder.rename(attic / f"{len(list(attic.iterdir()))}-{folder.name}")


@dataclass(frozen=True)
class Change:
    """What was written and what was removed between two looks at a folder."""

    written: frozenset[str]
    removed: frozenset[str]


def change(before: Stamps, after: Stamps) -> Change:
    written = frozenset(path for path, stamp in after.items() if before.get(path) != stamp)
    return Change(written, frozenset(before.keys() - after.keys()))


def pages_and_bytes(found: Stamps) -> tuple[int, int]:
    """How many HTML pages there are, and their bytes."""
    sizes = [size for path, (_, _, size) in found.items() if path.endswith(".html")]
    return len(sizes), sum(sizes)


# --- a terminal -------------------------------------------------------------------------------------------


def progress(words: str) -> None:
    """One line of progress, on a terminal or in a log."""
    print(words, file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], markdown: bool) -> str:
    """Rows under a head, aligned; the first column to the left."""
    if markdown:
        lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)
    widths = [max(len(line[at]) for line in (head, *rows)) for at in range(len(head))]
    return "\n".join(_aligned(line, widths) for line in (head, *rows))


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (word.rjust(width) for word, width in zip(line, widths, strict=True))
    return "  ".join((first.strip().ljust(widths[0]), *others))
