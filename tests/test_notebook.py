"""The notebook: what was learned of files is not learned again, and losing it costs nothing but time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ocopgen import notebook as module
from ocopgen.notebook import DAY, FRESH, Notebook


def noted(folder: Path, **notes: object) -> Notebook:
    """A notebook with some notes, as another build left it."""
    book = Notebook(folder)
    for name, value in notes.items():
        book.put(name, value)
    book.save()
    return Notebook(folder)


def on_disk(folder: Path, table: str = "notes") -> dict[str, int]:
    """The names in the file, each with its day."""
    with closing(sqlite3.connect(folder / "notes.sqlite")) as db:
        return dict(db.execute(f"select name, day from {table}"))


# --- notes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1, "Tỏi đen", [1, None, True], {"kind": "jpeg", "tint": "310"}, 0.5])
def test_what_was_noted_is_known_to_the_next_build(tmp_path: Path, value: object) -> None:
    assert noted(tmp_path, key=value).get("key") == value


def test_what_was_never_noted_is_not_known(tmp_path: Path) -> None:
    assert Notebook(tmp_path).get("key") is None
    assert noted(tmp_path, other=1).get("key") is None


def test_a_later_note_replaces_an_earlier_one(tmp_path: Path) -> None:
    noted(tmp_path, key=1)
    book = noted(tmp_path, key=2)
    assert book.get("key") == 2
    book.put("key", 3)
    assert book.get("key") == 3


def test_nothing_is_written_until_it_is_saved_and_nothing_at_all_where_nothing_was_learned(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "cache")
    book.save()
    assert not (tmp_path / "cache").exists()
    book.put("key", 1)
    assert not (tmp_path / "cache").exists()
    book.save()
    before = book.file.stat()
    again = Notebook(tmp_path / "cache")
    assert again.get("key") == 1
    again.save()
    book.save()
    assert (book.file.stat().st_mtime_ns, book.file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [one.name for one in (tmp_path / "cache").iterdir()] == ["notes.sqlite"]


def at_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(module.time, "time", lambda: day * DAY + 5.0)


def test_a_note_that_is_used_is_marked_as_used_but_not_every_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_day(monkeypatch, 1000)
    noted(tmp_path, used=1, unused=2)
    for later, day in ((FRESH, 1000), (FRESH + 1, 1000 + FRESH + 1)):
        at_day(monkeypatch, 1000 + later)
        book = Notebook(tmp_path)
        assert book.get("used") == 1
        book.save()
        assert on_disk(tmp_path) == {"used": day, "unused": 1000}


def test_what_was_not_used_for_long_is_forgotten_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Notebook(tmp_path).forget(9999) == 0
    for day in (1000, 1001, 1002):
        at_day(monkeypatch, day)
        noted(tmp_path, **{f"n{day}": day})
    assert Notebook(tmp_path).forget(1002) == 2
    assert on_disk(tmp_path) == {"n1002": 1002}


def test_two_builds_at_once_lose_nothing(tmp_path: Path) -> None:
    one, other = Notebook(tmp_path), Notebook(tmp_path)
    one.put("one", 1)
    other.put("other", 2)
    one.save()
    other.save()
    assert on_disk(tmp_path).keys() == {"one", "other"}


# --- large values -----------------------------------------------------------------------------------------


def kept(folder: Path, **values: bytes) -> Notebook:
    """A notebook that keeps some bytes, as another build left it."""
    book = Notebook(folder)
    for name, value in values.items():
        book.keep(name, value)
    book.save()
    return Notebook(folder)


@pytest.mark.parametrize("value", [b"", b"x", bytes(range(256)) * 400])
def test_bytes_that_were_kept_are_known_at_once_and_to_the_next_build(tmp_path: Path, value: bytes) -> None:
    book = Notebook(tmp_path)
    book.keep("key", value)
    assert book.kept("key") == value
    assert kept(tmp_path, key=value).kept("key") == value
    assert Notebook(tmp_path).kept("other") is None


def test_notes_and_bytes_of_one_name_are_two_things(tmp_path: Path) -> None:
    noted(tmp_path, key=1)
    book = kept(tmp_path, key=b"one")
    assert (book.get("key"), book.kept("key")) == (1, b"one")


def test_all_bytes_of_a_kind_are_found_by_how_their_names_begin(tmp_path: Path) -> None:
    values = {"study a": b"0", "study a b": b"1", "study a c/đ": b"2", "study ab": b"3", "study": b"4"}
    book = kept(tmp_path, **values)
    assert book.kept_all("study a ") == {"study a b": b"1", "study a c/đ": b"2"}
    assert book.kept_all("prose ") == {}


@pytest.mark.parametrize("ask", [lambda book: book.kept("used"), lambda book: book.kept_all("u")])
def test_bytes_that_are_used_are_marked_as_used_but_not_every_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Notebook], object]
) -> None:
    at_day(monkeypatch, 1000)
    kept(tmp_path, used=b"1", x=b"2")
    for later, day in ((FRESH, 1000), (FRESH + 1, 1000 + FRESH + 1)):
        at_day(monkeypatch, 1000 + later)
        book = Notebook(tmp_path)
        assert ask(book)
        book.save()
        assert on_disk(tmp_path, "large") == {"used": day, "x": 1000}


def test_bytes_that_were_not_used_for_long_are_forgotten_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1000, 1001):
        at_day(monkeypatch, day)
        kept(tmp_path, **{f"n{day}": b"x"})
    assert Notebook(tmp_path).forget(1001) == 1
    assert on_disk(tmp_path, "large") == {"n1001": 1001}


def test_bytes_that_the_disk_has_spoiled_count_as_missing(tmp_path: Path) -> None:
    kept(tmp_path, one=b"a story that is long enough", other=b"another")
    with closing(sqlite3.connect(tmp_path / "notes.sqlite")) as db, db:
        db.execute("update large set value = cast(replace(value, 'story', 'storm') as blob) where name = 'one'")
        db.execute("update large set value = 7 where name = 'other'")
    book = Notebook(tmp_path)
    assert [book.kept("one"), book.kept("other")] == [None, None]
    assert book.kept_all("o") == {}


def test_bytes_moved_under_another_name_are_not_taken_for_its_own(tmp_path: Path) -> None:
    kept(tmp_path, one=b"1")
    with closing(sqlite3.connect(tmp_path / "notes.sqlite")) as db, db:
        db.execute("update large set name = 'other'")
    assert Notebook(tmp_path).kept("other") is None


def test_a_file_of_an_earlier_version_without_large_values_is_used_and_grows(tmp_path: Path) -> None:
    noted(tmp_path, key=1)
    with closing(sqlite3.connect(tmp_path / "notes.sqlite")) as db, db:
        db.execute("drop table large")
    book = Notebook(tmp_path)
    assert (book.get("key"), book.kept("key"), book.kept_all("")) == (1, None, {})
    book.keep("key", b"x")
    book.save()
    assert (Notebook(tmp_path).get("key"), Notebook(tmp_path).kept("key")) == (1, b"x")


# --- damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", [b"", b"x", b"spoiled " * 4000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, harm: bytes) -> None:
    file = noted(tmp_path, key=1).file
    file.write_bytes(harm)
    book = Notebook(tmp_path)
    assert book.get("key") is None
    book.put("new", 2)
    book.save()
    assert Notebook(tmp_path).get("new") == 2


@pytest.mark.parametrize("harm", [b"", b"x", b"spoiled " * 4000])
def test_of_a_damaged_file_nothing_is_forgotten_and_nothing_raised(tmp_path: Path, harm: bytes) -> None:
    noted(tmp_path, key=1).file.write_bytes(harm)
    assert Notebook(tmp_path).forget(9_999_999) == 0


def test_a_file_of_other_tables_is_made_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.sqlite")) as db, db:
        db.execute("create table notes (name text primary key, words text)")
    book = Notebook(tmp_path)
    book.put("new", 2)
    book.save()
    assert Notebook(tmp_path).get("new") == 2


def test_damage_anywhere_makes_notes_unknown_and_never_others(tmp_path: Path) -> None:
    wanted = {f"note {number}": {"size": number * 1000, "kind": "jpeg"} for number in range(60)}
    large = {f"story {number}": f"Chuyện thứ {number}.".encode() * 20 for number in range(20)}
    noted(tmp_path, **wanted)
    raw, chance = kept(tmp_path, **large).file.read_bytes(), Random(7)
    for _ in range(80):
        spoiled = bytearray(raw)
        for _ in range(chance.choice((1, 20, 400))):
            spoiled[chance.randrange(len(raw))] = chance.randrange(256)
        (tmp_path / "notes.sqlite").write_bytes(spoiled)
        book = Notebook(tmp_path)
        assert all(book.get(name) in (None, value) for name, value in wanted.items())
        assert all(book.kept(name) in (None, value) for name, value in large.items())
        assert book.kept_all("story ").items() <= large.items()
        book.put("new", 1)
        book.save()
        assert Notebook(tmp_path).get("new") == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    connect = sqlite3.connect
    monkeypatch.setattr(module.sqlite3, "connect", lambda file, **more: connect(file, timeout=0, **more))


@pytest.mark.usefixtures("impatient")
def test_notes_that_another_build_holds_locked_are_left_as_they_are(tmp_path: Path) -> None:
    file = noted(tmp_path, key=1).file
    book = Notebook(tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert Notebook(tmp_path).get("key") is None
        book.put("new", 2)
        book.save()
        other.execute("insert or replace into notes select 'theirs', value, day from notes limit 1")
        other.execute("commit")
    assert on_disk(tmp_path).keys() == {"key", "theirs"}


def test_a_disk_without_room_takes_no_note_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notebook(tmp_path)
    notes.keep("story", b"told")
    notes.save()
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def write(notebook: Notebook) -> None:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr(Notebook, "_write", write)
        notes.keep("another", b"lost")
        notes.save()
    assert (Notebook(tmp_path).kept("story"), Notebook(tmp_path).kept("another")) == (b"told", None)


def test_notes_that_cannot_be_kept_are_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "notes.sqlite").mkdir()
    for folder in (tmp_path / "file", tmp_path / "file/below", tmp_path):
        book = Notebook(folder)
        book.put("key", 1)
        book.save()
        assert book.get("key") == 1
        assert Notebook(folder).get("key") is None
