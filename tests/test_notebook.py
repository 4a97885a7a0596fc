"""The notebook: what was learned of files is not learned again, and losing it costs nothing but time."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ocopgen import notebook as module
from ocopgen.notebook import DAY, FRESH, RACY, Notebook, digest_of
from ocopgen.recipe import digest


def noted(folder: Path, **notes: object) -> Notebook:
    """A notebook with some notes, as another build left it."""
    book = Notebook(folder)
    for name, value in notes.items():
        book.put(name, value)
    book.save()
    return Notebook(folder)


def on_disk(folder: Path) -> dict[str, int]:
    """The names in the file, each with its day."""
    with closing(sqlite3.connect(folder / "notes.sqlite")) as db:
        return dict(db.execute("select name, day from notes"))


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
    raw, chance = noted(tmp_path, **wanted).file.read_bytes(), Random(7)
    for _ in range(80):
        spoiled = bytearray(raw)
        for _ in range(chance.choice((1, 20, 400))):
            spoiled[chance.randrange(len(raw))] = chance.randrange(256)
        (tmp_path / "notes.sqlite").write_bytes(spoiled)
        book = Notebook(tmp_path)
        assert all(book.get(name) in (None, value) for name, value in wanted.items())
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


def test_notes_that_cannot_be_kept_are_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "notes.sqlite").mkdir()
    for folder in (tmp_path / "file", tmp_path / "file/below", tmp_path):
        book = Notebook(folder)
        book.put("key", 1)
        book.save()
        assert book.get("key") == 1
        assert Notebook(folder).get("key") is None


# --- digests ----------------------------------------------------------------------------------------------


def digest_at(path: Path, book: Notebook) -> str:
    return digest_of(path, path.stat(), book)


LONG_AGO = 1_700_000_000_000_000_000


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files whose bytes are read, as they are read."""
    names: list[str] = []
    read = Path.read_bytes

    def counted(path: Path) -> bytes:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    return names


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which every file is long settled."""
    now = time.time_ns() + 60 * RACY
    monkeypatch.setattr(module.time, "time_ns", lambda: now)


@pytest.mark.usefixtures("later")
def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "a.jpg").write_bytes(b"one")
    (tmp_path / "b.jpg").write_bytes(b"two")
    book = Notebook(tmp_path)
    for _ in range(2):
        assert digest_at(tmp_path / "a.jpg", book) == digest(b"one")
        assert digest_at(tmp_path / "b.jpg", book) == digest(b"two")
    book.save()
    assert digest_at(tmp_path / "a.jpg", Notebook(tmp_path)) == digest(b"one")
    assert reads == ["a.jpg", "b.jpg"]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_a_file_that_changed_is_read_again_though_its_time_was_put_back(
    tmp_path: Path, reads: list[str], content: bytes
) -> None:
    path, book = tmp_path / "a.jpg", Notebook(tmp_path)
    path.write_bytes(b"one")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    digest_at(path, book)
    time.sleep(0.02)  # the clock of file times has steps
    path.write_bytes(content)
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert digest_at(path, book) == digest(content)
    assert len(reads) == 2


@pytest.mark.usefixtures("later")
def test_another_file_moved_into_its_place_is_read(tmp_path: Path, reads: list[str]) -> None:
    path, book = tmp_path / "a.jpg", Notebook(tmp_path)
    path.write_bytes(b"one")
    digest_at(path, book)
    (tmp_path / "new.jpg").write_bytes(b"two")
    (tmp_path / "new.jpg").replace(path)
    assert digest_at(path, book) == digest(b"two")
    assert len(reads) == 2


def test_a_file_that_was_just_written_is_not_trusted(tmp_path: Path, reads: list[str]) -> None:
    path, book = tmp_path / "a.jpg", Notebook(tmp_path)
    path.write_bytes(b"one")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    for _ in range(2):
        assert digest_at(path, book) == digest(b"one")
    assert len(reads) == 2
    book.save()
    assert not book.file.exists()


@pytest.mark.usefixtures("later")
def test_a_file_that_changes_while_it_is_read_is_not_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, book = tmp_path / "a.jpg", Notebook(tmp_path)
    path.write_bytes(b"one")
    read = Path.read_bytes

    def and_written(one: Path) -> bytes:
        raw = read(one)
        time.sleep(0.02)
        one.write_bytes(b"two")
        return raw

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "read_bytes", and_written)
        digest_at(path, book)
    assert digest_at(path, book) == digest(b"two")
