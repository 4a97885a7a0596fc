"""What was learned before and can be learned anew: digests of files, looks at photos, sizes of renditions, bodies.

A notebook lies beside the cache, is shared by builds that run at the same time, and costs only time when it is lost.
Bodies are noted as the cleaned HTML that pages show. Checksums find what a disk has spoiled, not what somebody forged:
who may write here decides what pages say.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from ocopgen.ledger import is_damage

DAY = 86_400
FRESH = 7
"""Days within which a note counts as just used; so a build that learns nothing writes nothing."""


class Notebook:
    """Notes by name, each with the day on which it was last used (days since 1970).

    What is small is a plain value and is read all at once; what is large is bytes and is read when it is asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "notes.sqlite"
        self._today = int(time.time()) // DAY
        self._damaged = False
        self._db: sqlite3.Connection | None = None
        self._notes = {str(name): (value, day) for name, value, day in self._rows(_SMALL)}
        self._read: dict[str, Any] = {}
        self._news: dict[str, str] = {}
        self._large: dict[str, bytes] = {}
        self._used: set[str] = set()
        self.memory: dict[str, Any] = {}
        """What was made of notes, for those who work with the same notebook again: it is never written."""

    def _rows(self, question: str, *words: str) -> list[tuple[Any, ...]]:
        """Rows of the file; none where it is missing, damaged or held."""
        if self._damaged or not self.file.is_file():
            return []
        try:
            if self._db is None:
                self._db = sqlite3.connect(self.file, check_same_thread=False)
            return self._db.execute(question, words).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as fault:
            self._damaged = is_damage(fault) and not _lacks_table(fault)
            return []

    # --- what is small ------------------------------------------------------------------------------------

    def get(self, name: str) -> Any:
        """What was noted under a name, if anything. It is not to be changed."""
        if name in self._read:
            return self._read[name]
        value, day = self._notes.get(name, ("", 0))
        if value[:SEAL] != _seal(name, value[SEAL:].encode()):
            return None
        if day + FRESH < self._today:
            self._news[name] = value
        found = self._read[name] = json.loads(value[SEAL:])
        return found

    def put(self, name: str, value: Any) -> None:
        text = json.dumps(value, separators=(",", ":"))
        text = _seal(name, text.encode()) + text
        self._notes[name] = text, self._today
        self._read.pop(name, None)
        self._news[name] = text

    # --- what is large ------------------------------------------------------------------------------------

    def kept(self, name: str) -> bytes | None:
        """The bytes that were kept under a name, if any."""
        if name in self._large:
            return self._large[name][SEAL:]
        rows = self._rows("select value, day from large where name = ? and typeof(value) = 'blob'", name)
        return self._opened(name, *rows[0]) if rows else None

    def kept_all(self, prefix: str) -> dict[str, bytes]:
        """All bytes that were kept under names that begin so."""
        question = "select name, value, day from large where name >= ? and name < ? and typeof(value) = 'blob'"
        rows = self._rows(question, prefix, f"{prefix}\U0010ffff")
        opened = ((name, self._opened(name, value, day)) for name, value, day in rows)
        return {name: value for name, value in opened if value is not None}

    def _opened(self, name: str, sealed: bytes, day: object) -> bytes | None:
        if sealed[:SEAL] != _seal(name, sealed[SEAL:]).encode():
            return None
        if not isinstance(day, int) or day + FRESH < self._today:
            self._used.add(name)
        return sealed[SEAL:]

    def keep(self, name: str, value: bytes) -> None:
        self._large[name] = _seal(name, value).encode() + value

    # --- the file -----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what is new. Notes that cannot be kept are no reason to stop."""
        if not (self._news or self._large or self._used):
            return
        with suppress(OSError, sqlite3.Error, UnicodeDecodeError):
            try:
                self._write()
            except (sqlite3.Error, UnicodeDecodeError) as fault:
                if not is_damage(fault):
                    raise
                self._damaged = True
                self._write()
        self._news, self._large, self._used = {}, {}, set()

    def _write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.close()
        if self._damaged:
            self.file.unlink(missing_ok=True)  # what it held will be learned again
            self._damaged = False
        with closing(sqlite3.connect(self.file)) as db, db:
            for table in _TABLES:
                db.execute(f"create table if not exists {table} (name text primary key, value, day int)")
            db.executemany("update large set day = ? where name = ?", [(self._today, name) for name in self._used])
            news: tuple[Mapping[str, str | bytes], ...] = (self._news, self._large)
            for table, values in zip(_TABLES, news, strict=True):
                rows = [(name, value, self._today) for name, value in values.items()]
                db.executemany(f"insert or replace into {table} values (?, ?, ?)", rows)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def forget(self, before: int) -> int:
        """Delete the notes last used before a day; how many they were."""
        if not self.file.is_file():
            return 0
        count = 0
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(self.file)) as db, db:
            for table in _TABLES:
                count += db.execute(f"delete from {table} where day < ?", (before,)).rowcount
        return count


_TABLES = "notes", "large"
_SMALL = "select name, value, day from notes where typeof(value) = 'text' and typeof(day) = 'integer'"

SEAL = 8
"""Digits of the checksum before each note, so that one which the disk has spoiled counts as missing."""


def _seal(name: str, content: bytes) -> str:
    return f"{crc32(content, crc32(name.encode())):08x}"


def _lacks_table(fault: Exception) -> bool:
    """Whether the file is one of an earlier version, or one that nothing was written to yet."""
    return getattr(fault, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR
