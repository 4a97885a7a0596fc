"""What was printed from which inputs. The ledger lies in the output folder and makes the build its owner.

Beside the ledger lies a plain list of the same paths: where one of the two is lost, the other still tells what is ours.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from ocopgen.recipe import Sheet

FOLDER = ".ocopgen"
"""The folder below the output that is the build's own and no part of the site."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One printed file: the key of its recipe, and its size and time of change (ns) when it was written."""

    key: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class SheetEntered:
    """One printed sheet: the key of its inputs, and the paths of its files."""

    key: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one printed sheet: the places its files lead to, and the places in them, as `crossings` packs them."""

    leads: bytes
    places: bytes


def stale(
    sheets: Iterable[Sheet],
    entered: Mapping[str, SheetEntered],
    printed: Mapping[str, Entered],
    standing: Mapping[str, tuple[int, int]],
) -> list[Sheet]:
    """The sheets that must be printed: of other inputs, or with a file that does not stand as it was written."""
    wrong = {path for path, one in printed.items() if standing.get(path) != (one.size, one.mtime)}
    return [one for one in sheets if not _is_right(one, entered.get(one.name), wrong)]


def _is_right(sheet: Sheet, entered: SheetEntered | None, wrong: set[str]) -> bool:
    return entered is not None and entered.key == sheet.key and (not wrong or wrong.isdisjoint(entered.paths))


def orphans(wanted: Iterable[str], printed: Iterable[str]) -> list[str]:
    """Files that the build made earlier and makes no longer."""
    return sorted(set(printed).difference(wanted))


def reasons(inputs: Iterable[tuple[str, str]], before: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What of the inputs of a sheet is `new`, has `changed` or is `gone`, by name."""
    now, then = dict(inputs), dict(before)
    found = [(name, "changed" if name in then else "new") for name, one in now.items() if then.get(name) != one]
    return found + [(name, "gone") for name in then if name not in now]


def in_the_way(gone: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Those orphans that stand where a path needs a folder, or below a path that is to be a file."""
    files = set(paths)
    folders = {folder for path in files for folder in above(path)}
    return [one for one in gone if one in folders or not files.isdisjoint(above(one))]


def above(path: str) -> list[str]:
    """The folders above a path, the nearest first, without the root."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


class Refused(Exception):
    """The output folder cannot be printed into. As a string it is the reason, in Vietnamese and English."""


class ForeignFolder(Refused):
    """The output folder holds files and is not ours; the path is the argument."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' có tệp không do ocopgen làm ra; chọn thư mục khác bằng --output,"
            " hoặc tự xóa thư mục này nếu đó là trang cũ\n"
            f"'{self.args[0]}' holds files that ocopgen did not make; choose another folder with --output,"
            " or remove this one yourself if it is an old site"
        )


def rewrite(path: Path, content: bytes) -> None:
    """Write a file anew that is there, whole or not at all, with the rights that it had."""
    mode = path.stat().st_mode
    write(path, content)
    path.chmod(mode)


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


class Damaged(OSError):
    """The ledger was found damaged while it was in use, and is gone: who begins anew finds out what stands."""

    def __str__(self) -> str:
        return "sổ in bị hỏng / the ledger is damaged"


def is_damage(fault: Exception) -> bool:
    """Whether a fault is of the file itself, and not of a disk or a lock."""
    # Text that cannot be decoded is told without a code.
    return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGE


_TABLES = (
    "create table printed (path text primary key, key text, size int, mtime int, why text)",
    "create table sheets (name text primary key, key text, paths text)",
    "create table inputs (sheet text primary key, inputs text)",
    "create table marks (sheet text primary key, leads blob, places blob)",
    "create table state (fingerprint text, outcome blob)",
)


@dataclass(frozen=True, slots=True)
class Done:
    """What one printing did: files written (with the reasons as JSON) and removed, sheets printed and lost.

    `outcome` is the fingerprint of all that the build was made from, and its packed problems; `marks` are those of the
    sheets that were printed.
    """

    files: tuple[tuple[str, Entered, str], ...]
    gone: tuple[str, ...]
    sheets: tuple[tuple[Sheet, tuple[str, ...]], ...]
    lost: tuple[str, ...]
    outcome: tuple[str, bytes]
    marks: Mapping[str, Marks] = field(default_factory=dict)


def _pairs(noted: str) -> list[tuple[str, str]]:
    """Pairs of words as they were noted; none where that cannot be read."""
    try:
        return [(str(one), str(other)) for one, other in json.loads(noted)]
    except (ValueError, TypeError):
        return []


class Ledger:
    """The tables on disk. Those that are damaged or lost are started anew from the list of paths: all of it is stale.

    Raises `ForeignFolder` where neither can be read and the folder holds anything, for then nobody knows whose it is.
    """

    def __init__(self, output: Path) -> None:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "ledger.sqlite"
        self._list = folder / "paths"
        listed = self._listed()
        self.sheets: dict[str, SheetEntered] = {}
        self.outcome: tuple[str, bytes] | None = None
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
        """What was printed, all of it, since damage may lie anywhere; `None` where it is damaged or missing."""
        if not self._file.is_file():
            return None
        db = self._connected()
        try:
            rows = db.execute("select path, key, size, mtime from printed").fetchall()
            sheets = {
                str(name): SheetEntered(key, tuple(filter(None, paths.split("\n"))))
                for name, key, paths in db.execute("select name, key, paths from sheets where typeof(paths) = 'text'")
            }
            self.outcome = db.execute("select fingerprint, outcome from state").fetchone()
            db.execute("select sheet from marks limit 1")  # an earlier version had none
        except sqlite3.DatabaseError as fault:
            if not is_damage(fault):
                raise
            return None
        finally:
            db.close()
        self.sheets = sheets
        return {path: Entered(key, size, mtime) for path, key, size, mtime in rows}

    def _start_anew(self) -> None:
        self.sheets, self.outcome = {}, None
        self._discard()
        db = self._connected()
        with self._in_words():
            for table in _TABLES:
                db.execute(table)
        db.close()

    def _discard(self) -> None:
        self._file.unlink(missing_ok=True)
        self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """A full disk and a lock are no faults of ours; they are told like every other that a disk has."""
        try:
            yield
        except sqlite3.DatabaseError as fault:
            if not is_damage(fault):
                raise OSError(f"{self._file}: {fault}") from fault
            raise Damaged from fault

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

    def printed(self) -> Mapping[str, Entered]:
        """Every file on record."""
        return self._printed

    def inputs(self, sheets: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """What sheets were last printed from."""
        found: dict[str, list[tuple[str, str]]] = {}
        with self._in_words():
            for name in sheets:
                row = self._db.execute("select inputs from inputs where sheet = ?", (name,)).fetchone()
                found[name] = _pairs(row[0]) if row else []
        return found

    def marks(self, sheets: Iterable[str]) -> dict[str, Marks]:
        """Where the files of sheets lead, and the places in them. Raises `Damaged` where that is not known."""
        with self._in_words():
            rows = self._db.execute("select sheet, leads, places from marks").fetchall()
        known = {name: Marks(*some) for name, *some in rows if all(isinstance(one, bytes) for one in some)}
        try:
            return {name: known[name] for name in sheets}
        except KeyError as missing:
            raise Damaged from missing

    def why(self, path: str) -> list[tuple[str, str]]:
        """What of the inputs of a file's sheet had changed when it was last written."""
        with self._in_words():
            row = self._db.execute("select why from printed where path = ?", (path,)).fetchone()
        return _pairs(row[0]) if row and row[0] else []

    def announce(self, paths: Iterable[str]) -> None:
        """Record what is about to be written, so that a build cut off here leaves nothing that nobody owns."""
        news = dict.fromkeys(paths, NOTHING_KNOWN)
        with self._in_words(), self._db:
            self._db.execute("delete from state")
            self._write_files((path, one, "") for path, one in news.items())
        self._printed |= news
        self._enlist()

    def enter(self, done: Done) -> None:
        """Record what was written and forget what was removed, in one transaction."""
        with self._in_words(), self._db:
            self._write_files(done.files)
            self._db.executemany("delete from printed where path = ?", [(path,) for path in done.gone])
            for table, column in (("sheets", "name"), ("inputs", "sheet"), ("marks", "sheet")):
                self._db.executemany(f"delete from {table} where {column} = ?", [(one,) for one in done.lost])
            self._db.executemany(
                "insert or replace into sheets values (?, ?, ?)",
                [(sheet.name, sheet.key, "\n".join(paths)) for sheet, paths in done.sheets],
            )
            self._db.executemany(
                "insert or replace into inputs values (?, ?)",
                [(sheet.name, json.dumps(sheet.inputs, ensure_ascii=False)) for sheet, _ in done.sheets],
            )
            self._db.executemany(
                "insert or replace into marks values (?, ?, ?)",
                [(name, one.leads, one.places) for name, one in done.marks.items()],
            )
            self._db.execute("delete from state")
            self._db.execute("insert into state values (?, ?)", done.outcome)
        news, gone = {path: one for path, one, _ in done.files}, set(done.gone)
        self._printed = {path: one for path, one in (self._printed | news).items() if path not in gone}
        self._enlist()

    def _write_files(self, files: Iterable[tuple[str, Entered, str]]) -> None:
        self._db.executemany(
            "insert or replace into printed values (?, ?, ?, ?, ?)",
            [(path, one.key, one.size, one.mtime, why) for path, one, why in files],
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        if kind is Damaged:
            self._discard()
