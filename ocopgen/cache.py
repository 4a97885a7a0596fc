"""Costly bytes, kept across builds under the key of their recipe: renditions of photos, subsets of fonts."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from ocopgen.ledger import write
from ocopgen.recipe import digest


@dataclass(frozen=True, slots=True)
class Cache:
    """Costly bytes by the key of their recipe, kept outside the output and across builds.

    A digest of the content stands before it, so that a file which the disk has spoiled counts as missing.
    """

    folder: Path

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.kept"

    def size(self, key: str) -> int | None:
        """How many bytes are likely kept; only `get` looks at them."""
        try:
            return max(0, self._file(key).stat().st_size - SEAL) or None
        except FileNotFoundError:
            return None

    def get(self, key: str) -> bytes | None:
        try:
            raw = self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        seal, content = raw[:SEAL], raw[SEAL:]
        if seal != digest(content).encode():
            return None
        self._mark_used(key)
        return content

    def _mark_used(self, key: str) -> None:
        """Let the file's time tell when it was last used, to the day."""
        file = self._file(key)
        with suppress(OSError):
            if file.stat().st_mtime + DAY < time.time():
                os.utime(file)

    def put(self, key: str, content: bytes) -> None:
        write(self._file(key), digest(content).encode() + content)

    def files(self) -> list[Kept]:
        """Every file below the folder but the notes, the one that was used last first."""
        found = []
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                stat = path.lstat()
                if _OURS.fullmatch(f"{path.parent.name}/{path.name}") and S_ISREG(stat.st_mode):
                    found.append(Kept(path, stat.st_size, stat.st_mtime))
        return sorted(found, key=lambda one: (-one.used, one.path))

    def surplus(self, most_bytes: int, before: float) -> list[Kept]:
        """What to remove so that no more than these bytes are left, and nothing last used before a time (s)."""
        total = 0
        surplus = []
        for one in self.files():
            total += one.size
            if total > most_bytes or one.used < before or one.is_leftover:
                surplus.append(one)
        return surplus


_OURS = re.compile(r"([0-9a-f]{2})/\.?\1[0-9a-f]{30}(\.kept)?(\.\d+)?")
"""Kept files, those that a build was writing when it was cut off, and those of earlier versions."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the cache: its size in bytes, and when it was last used (s)."""

    path: Path
    size: int
    used: float

    @property
    def is_leftover(self) -> bool:
        """Whether it was left by a build that was cut off while it wrote, or by an earlier version."""
        return self.path.suffix != ".kept" and self.used + DAY < time.time()


class Unread(Cache):
    """A cache that is only written: whatever is asked of it is made anew."""

    def get(self, key: str) -> bytes | None:
        return None


DAY = 86_400
"""Seconds."""

SEAL = len(digest(b""))
"""Bytes of the digest before the content of a kept file."""


class Changed(OSError):
    """A file is not as it was found a moment ago; its path is the argument."""

    def __str__(self) -> str:
        return f"'{self.args[0]}' đang được sửa trong lúc đọc / changed while it was being read"


def read_exactly(path: Path, wanted: str) -> bytes:
    """The bytes of a file that have this digest. Raises `Changed`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Changed(path) from None
    if digest(raw) != wanted:
        raise Changed(path)
    return raw
