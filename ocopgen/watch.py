"""What changes on disk among the files that a build reads, told in batches and never lost."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

STEP = 40
"""Milliseconds of quiet that end a batch."""

LONGEST = 1600
"""Milliseconds after which a batch is told though changes go on; a large checkout is told in a few."""

TICK = 250
"""Milliseconds after which an empty batch is told, for those who wait for something else too."""

_LITTER = re.compile(
    r"4913|#.*#|.*~|.*___jb_\w+___|.*\.(tmp|swp|part|crdownload)|thumbs\.db|desktop\.ini|sed\w{6}", re.IGNORECASE
)
"""What Vim, Emacs and JetBrains leave beside a file that is saved, half a download, and what systems leave."""

Batch = frozenset[Path]


@dataclass(frozen=True, slots=True)
class Watched:
    """Folders whose changes count, and folders among them whose changes do not."""

    roots: tuple[Path, ...]
    but: tuple[Path, ...] = ()

    @staticmethod
    def of(roots: Sequence[Path], but: Sequence[Path] = ()) -> Watched:
        """The same with whole paths, as changes are told."""
        return Watched(tuple(one.resolve() for one in roots), tuple(one.resolve() for one in but))

    def counts(self, path: Path) -> bool:
        """Whether a build may read it: nothing hidden, and nothing that an editor leaves for a moment."""
        root = next((one for one in self.roots if path.is_relative_to(one)), None)
        if root is None or any(path.is_relative_to(one) for one in self.but):
            return False
        parts = path.relative_to(root).parts
        if any(one.startswith(".") for one in parts):
            return False
        return not parts or not _LITTER.fullmatch(parts[-1])


def changes(watched: Watched) -> Generator[Batch, None, None]:
    """Batches of what changed, and an empty one with every tick. Once the first is told, no change is missed.

    A folder that is deleted and made again is told as a change of itself. Ctrl-C ends it by `KeyboardInterrupt`.
    """
    polling = False
    missed: Batch = frozenset()
    while True:
        try:
            for batch in _until_replaced(watched, polling):
                yield batch | missed
                missed = frozenset()
        except FileNotFoundError:
            pass
        except (OSError, RuntimeError) as fault:
            if polling:
                raise
            polling = True
            print(
                f"không theo dõi được thay đổi ({fault}); chuyển sang dò từng tệp, chậm hơn\n"
                f"cannot be told of changes ({fault}); looking at every file instead, which is slower",
                file=sys.stderr,
            )
        missed = frozenset(watched.roots)


_Identity = tuple[int, int] | None


def _identities(roots: Sequence[Path]) -> dict[Path, _Identity]:
    return {one: _identity(one) for one in roots}


def _identity(folder: Path) -> _Identity:
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _until_replaced(watched: Watched, polling: bool) -> Generator[Batch, None, None]:
    """Batches until one of the folders is another, which has to be watched anew."""
    there = _identities(watched.roots)
    with closing(_batches(watched, [root for root, one in there.items() if one], polling)) as batches:
        for batch in batches:
            yield batch
            if batch & set(watched.roots) or _identities(watched.roots) != there:
                return


def _batches(watched: Watched, roots: Sequence[Path], polling: bool) -> Generator[Batch, None, None]:
    if not roots:
        while True:
            yield frozenset()
            time.sleep(TICK / 1000)
    told = watch(
        *roots,
        watch_filter=_only(watched.counts),
        step=STEP,
        debounce=LONGEST,
        rust_timeout=TICK,
        yield_on_timeout=True,
        force_polling=polling or None,
        poll_delay_ms=1000,
    )
    with closing(told):
        for batch in told:
            yield frozenset(Path(path) for _, path in batch)


def _only(counts: Callable[[Path], bool]) -> Callable[[Change, str], bool]:
    return lambda _, path: counts(Path(path))
