"""What was printed from which recipe. The ledger lies in the output folder and makes the build its owner.

Beside the ledger lies a plain list of the same paths: where one of the two is lost, the other still tells what is ours.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
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


def in_the_way(gone: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Those orphans that stand where a path needs a folder, or below a path that is to be a file."""
    files = set(paths)
    folders = {folder for path in files for folder in above(path)}
    return [one for one in gone if one in folders or not files.isdisjoint(above(one))]


def above(path: str) -> list[str]:
    """The folders above a path, the nearest first, without the root."""
    return [folder.as_posix() for folder in PurePosixPath(path).parents][:-1]


class Refused(Exception):
    """The output folder cannot be printed into. As a string it is the reason, in Vietnamese and English."""


class ForeignFolder(Refused):
    """The output folder holds files and is not ours; the path is the argument."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' có tệp không do ocopgen làm ra; chọn thư mục khác bằng --output\n"
            f"'{self.args[0]}' holds files that ocopgen did not make; choose another folder with --output"
        )


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


# --- on disk ----------------------------------------------------------------------------------------------

PATIENCE = 5.0
"""Seconds to wait for another program that holds the ledger."""

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""No database, one that is broken, or (as a plain error) one without our table. A disk or a lock is none of these."""

NOTHING_KNOWN = Entered("", 0, 0)
"""A file that is ours, made from we know not what: it is stale."""


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    # Text that cannot be decoded is told without a code.
    return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGE


class Ledger:
    """The table on disk. One that is damaged or lost is started anew from the list of paths: all of it is stale.

    Raises `ForeignFolder` where neither can be read and the folder holds anything, for then nobody knows whose it is.
    """

    def __init__(self, output: Path) -> None:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "ledger.sqlite"
        self._list = folder / "paths"
        listed = self._listed()
        with self._in_words():
            rows = self._rows()
        if rows is None:
            if listed is None and any(one.name != FOLDER for one in output.iterdir()):
                raise ForeignFolder(output)
            self._start_anew()
        self._printed = {**dict.fromkeys(listed or (), NOTHING_KNOWN), **(rows or {})}
        self._on_list = listed
        self._db = self._connected()

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=PATIENCE)

    def _rows(self) -> dict[str, Entered] | None:
        """What the table holds, all of it, since damage may lie anywhere; `None` where it is damaged or missing."""
        if not self._file.is_file():
            return None
        db = self._connected()
        try:
            rows = db.execute("select path, key, size, mtime from printed").fetchall()
        except sqlite3.DatabaseError as fault:
            if not _is_damage(fault):
                raise
            return None
        finally:
            db.close()
        return {path: Entered(key, size, mtime) for path, key, size, mtime in rows}

    def _start_anew(self) -> None:
        self._file.unlink(missing_ok=True)
        self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)
        db = self._connected()
        with self._in_words():
            db.execute("create table printed (path text primary key, key text, size int, mtime int) without rowid")
        db.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """A full disk and a lock are no faults of ours; they are told like every other that a disk has."""
        try:
            yield
        except sqlite3.OperationalError as fault:
            raise OSError(f"{self._file}: {fault}") from fault

    def _listed(self) -> set[str] | None:
        """The plain list; `None` where there is none, or none that can be trusted: it ends with a whole line."""
        try:
            text = self._list.read_bytes().decode()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return set(text.split("\n")[:-1]) if text.endswith("\n") else None

    def _enlist(self) -> None:
        if self._on_list != self._printed.keys():
            self._on_list = set(self._printed)
            write(self._list, "".join(f"{path}\n" for path in sorted(self._on_list)).encode())

    def printed(self) -> dict[str, Entered]:
        """Every file on record."""
        return dict(self._printed)

    def announce(self, paths: Iterable[str]) -> None:
        """Record what is about to be written, so that a build cut off here leaves nothing that nobody owns."""
        news = dict.fromkeys(paths, NOTHING_KNOWN)
        self._record(news)
        self._printed |= news
        self._enlist()

    def enter(self, rows: Iterable[tuple[str, Entered]], gone: Iterable[str]) -> None:
        """Record what was written and forget what was removed, in one transaction."""
        news, lost = dict(rows), set(gone)
        self._record(news, lost)
        self._printed = {path: one for path, one in (self._printed | news).items() if path not in lost}
        self._enlist()

    def _record(self, news: Mapping[str, Entered], lost: Iterable[str] = ()) -> None:
        with self._in_words(), self._db:
            self._db.executemany(
                "insert or replace into printed values (?, ?, ?, ?)",
                [(path, one.key, one.size, one.mtime) for path, one in news.items()],
            )
            self._db.executemany("delete from printed where path = ?", [(path,) for path in lost])

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
