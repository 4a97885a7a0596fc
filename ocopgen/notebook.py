"""What was learned before and can be learned anew: digests of files, looks at photos, sizes of renditions, bodies.

A notebook lies beside the cache, is shared by builds that run at the same time, and costs only time when it is lost.
Bodies are noted as the cleaned HTML that pages show. Checksums find what a disk has spoiled, not what somebody forged:
who may write here decides what pages say.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from ocopgen.recipe import digest

DAY = 86_400
FRESH = 7
"""Days within which a note counts as just used; so a build that learns nothing writes nothing."""

RACY = 2_000_000_000
"""Nanoseconds within which a second change of a file may leave its times as they were."""


class Notebook:
    """Notes by name, each with the day on which it was last used (days since 1970)."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "notes.sqlite"
        self._today = int(time.time()) // DAY
        self._notes = self._read()
        self._news: dict[str, str] = {}

    def _read(self) -> dict[str, tuple[str, int]]:
        self._damaged = False
        if not self.file.is_file():
            return {}
        try:
            with closing(sqlite3.connect(self.file)) as db:
                return {name: (value, day) for name, value, day in db.execute(_ALL)}
        except (sqlite3.Error, UnicodeDecodeError) as fault:
            self._damaged = not _is_held(fault)
            return {}

    def get(self, name: str) -> Any:
        """What was noted under a name, if anything."""
        value, day = self._notes.get(name, ("", 0))
        if value[:SEAL] != _seal(name, value[SEAL:]):
            return None
        if day + FRESH < self._today:
            self._news[name] = value
        return json.loads(value[SEAL:])

    def put(self, name: str, value: Any) -> None:
        text = json.dumps(value, separators=(",", ":"))
        text = _seal(name, text) + text
        self._notes[name] = text, self._today
        self._news[name] = text

    def save(self) -> None:
        """Write what is new. Notes that cannot be kept are no reason to stop."""
        if not self._news:
            return
        with suppress(OSError, sqlite3.Error, UnicodeDecodeError):
            try:
                self._write()
            except (sqlite3.Error, UnicodeDecodeError) as fault:
                if _is_held(fault):
                    raise
                self._damaged = True
                self._write()
        self._news = {}

    def _write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self._damaged:
            self.file.unlink(missing_ok=True)  # what it held will be learned again
            self._damaged = False
        with closing(sqlite3.connect(self.file)) as db, db:
            db.execute("create table if not exists notes (name text primary key, value text, day int) without rowid")
            rows = [(name, value, self._today) for name, value in self._news.items()]
            db.executemany("insert or replace into notes values (?, ?, ?)", rows)

    def forget(self, before: int) -> int:
        """Delete the notes last used before a day; how many they were."""
        if not self.file.is_file():
            return 0
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(self.file)) as db, db:
            return db.execute("delete from notes where day < ?", (before,)).rowcount
        return 0


_ALL = "select name, value, day from notes where typeof(value) = 'text' and typeof(day) = 'integer'"

SEAL = 8
"""Digits of the checksum before each note, so that one which the disk has spoiled counts as missing."""


def _seal(name: str, text: str) -> str:
    return f"{crc32(text.encode(), crc32(name.encode())):08x}"


def _is_held(fault: Exception) -> bool:
    """Whether another build holds the file at this moment; every other fault is one of the file."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def digest_of(path: Path, stat: os.stat_result, notes: Notebook) -> str:
    """The digest of a file's bytes; one that has not changed since it was noted is not read again."""
    name = f"digest {path.absolute()}"
    state = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
    noted = notes.get(name)
    if noted and noted[:4] == state:
        return str(noted[4])
    now = time.time_ns()
    found = digest(path.read_bytes())
    if max(stat.st_mtime_ns, stat.st_ctime_ns) + RACY < now and path.stat().st_mtime_ns == stat.st_mtime_ns:
        notes.put(name, [*state, found])
    return found
