"""What was printed from which recipe. The ledger lies in the output folder and makes the build its owner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ocopgen.recipe import Artifact

FOLDER = ".ocopgen"
"""The folder below the output that is the build's own and no part of the site."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One printed file: the key of its recipe, and its size and time of change (ns) when it was written."""

    key: str
    size: int
    mtime: int


def stale(
    plan: Iterable[Artifact], printed: Mapping[str, Entered], standing: Mapping[str, tuple[int, int]]
) -> list[Artifact]:
    """The artifacts that must be printed: of another recipe, or not standing as they were written."""
    return [one for one in plan if not _is_right(one, printed.get(one.path), standing.get(one.path))]


def _is_right(artifact: Artifact, entered: Entered | None, standing: tuple[int, int] | None) -> bool:
    if entered is None or standing is None:
        return False
    return entered.key == artifact.recipe.key and (entered.size, entered.mtime) == standing


def orphans(plan: Iterable[Artifact], printed: Iterable[str]) -> list[str]:
    """Files that the build made earlier and makes no longer."""
    return sorted(set(printed) - {one.path for one in plan})


class Ledger:
    """The table on disk. A ledger that cannot be read is started anew: then everything is stale."""

    def __init__(self, output: Path) -> None:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "ledger.sqlite"
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file)
        db.execute(
            "create table if not exists printed (path text primary key, key text, size int, mtime int) without rowid"
        )
        db.execute("select count(*) from printed").fetchone()
        return db

    def printed(self) -> dict[str, Entered]:
        """Every file on record."""
        rows = self._db.execute("select path, key, size, mtime from printed")
        return {path: Entered(key, size, mtime) for path, key, size, mtime in rows}

    def announce(self, paths: Iterable[str]) -> None:
        """Record what is about to be written, so that a build cut off here leaves nothing that nobody owns."""
        with self._db:
            self._db.executemany("insert or replace into printed values (?, '', 0, 0)", ((path,) for path in paths))

    def enter(self, rows: Iterable[tuple[str, Entered]], gone: Iterable[str]) -> None:
        """Record what was written and forget what was removed, in one transaction."""
        with self._db:
            self._db.executemany(
                "insert or replace into printed values (?, ?, ?, ?)",
                ((path, one.key, one.size, one.mtime) for path, one in rows),
            )
            self._db.executemany("delete from printed where path = ?", ((path,) for path in gone))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
