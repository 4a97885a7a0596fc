"""What was printed from which inputs, and why: a pure table of what is stale, and the tables on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ocopgen import ledger as module
from ocopgen.ledger import (
    FOLDER,
    NOTHING_KNOWN,
    Done,
    Entered,
    ForeignFolder,
    Ledger,
    SheetEntered,
    in_the_way,
    orphans,
    reasons,
    stale,
    write,
)
from ocopgen.recipe import Sheet

A = Sheet("products/a", (("products/a", "facts"), ("products/a body", "story")))
B = Sheet("vi home", (("entries", "all"),))
PATHS = {A.name: ("a", "b/c"), B.name: ("d",)}
ENTERED = {one.name: SheetEntered(one.key, PATHS[one.name]) for one in (A, B)}
RIGHT = {path: Entered(f"key of {path}", 1, 1000) for path in ("a", "b/c", "d")}
STANDING = dict.fromkeys(RIGHT, (1, 1000))


def done(
    *sheets: Sheet,
    files: Mapping[str, Entered] | None = None,
    gone: Iterable[str] = (),
    lost: Iterable[str] = (),
    why: str = "",
    outcome: tuple[str, bytes] = ("fingerprint", b"problems"),
) -> Done:
    """What a printing did: the sheets named, with all of their files unless others are told."""
    paths = [path for one in sheets for path in PATHS[one.name]]
    written = {path: RIGHT[path] for path in paths} if files is None else files
    return Done(
        files=tuple((path, one, why) for path, one in written.items()),
        gone=tuple(gone),
        sheets=tuple((one, PATHS[one.name]) for one in sheets),
        lost=tuple(lost),
        outcome=outcome,
    )


# --- what is stale ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "printed", "standing", "todo"),
    [
        (ENTERED, RIGHT, STANDING, []),
        ({}, RIGHT, STANDING, [A, B]),
        (ENTERED, RIGHT, {}, [A, B]),
        (ENTERED, RIGHT, {**STANDING, "b/c": (1, 1001)}, [A]),
        (ENTERED, RIGHT, {**STANDING, "b/c": (2, 1000)}, [A]),
        (ENTERED, RIGHT, {"a": (1, 1000), "b/c": (1, 1000)}, [B]),
        ({**ENTERED, A.name: SheetEntered("other inputs", PATHS[A.name])}, RIGHT, STANDING, [A]),
        (ENTERED, {**RIGHT, "d": NOTHING_KNOWN}, STANDING, [B]),
        (ENTERED, {**RIGHT, "x": NOTHING_KNOWN}, STANDING, []),
        (ENTERED, RIGHT, {**STANDING, "stranger": (1, 1)}, []),
    ],
)
def test_stale_is_what_has_other_inputs_or_a_file_that_does_not_stand_as_it_was_written(
    entered: dict[str, SheetEntered],
    printed: dict[str, Entered],
    standing: dict[str, tuple[int, int]],
    todo: list[Sheet],
) -> None:
    assert stale([A, B], entered, printed, standing) == todo


def test_orphans_were_printed_and_are_not_planned() -> None:
    assert orphans(["a"], ["d", "b/c", "a"]) == ["b/c", "d"]
    assert orphans(["a", "b/c", "d"], RIGHT) == []


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        ([("a", "1"), ("b", "2")], [("a", "1"), ("b", "2")], []),
        ([("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")], []),
        ([("a", "1"), ("b", "2")], [("a", "1"), ("b", "3")], [("b", "changed")]),
        ([("a", "1"), ("b", "2")], [("a", "1")], [("b", "new")]),
        ([("a", "1")], [("a", "1"), ("b", "2")], [("b", "gone")]),
        ([("a", "1"), ("c", "3")], [("b", "2"), ("a", "0")], [("a", "changed"), ("c", "new"), ("b", "gone")]),
        ([("a", "")], [], [("a", "new")]),
    ],
)
def test_the_reasons_are_the_inputs_that_are_new_or_changed_or_gone(
    now: list[tuple[str, str]], then: list[tuple[str, str]], found: list[tuple[str, str]]
) -> None:
    assert reasons(now, then) == found


# --- on disk ----------------------------------------------------------------------------------------------


def test_what_is_entered_is_there_the_next_time(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert (ledger.printed(), ledger.sheets, ledger.outcome) == ({}, {}, None)
        ledger.enter(done(A, B))
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == RIGHT
        assert ledger.sheets == ENTERED
        assert ledger.outcome == ("fingerprint", b"problems")
        assert ledger.inputs([A.name, "x"]) == {A.name: list(A.inputs), "x": []}
        ledger.enter(done(files={"a": Entered("new", 2, 2)}, gone=["d"], lost=[B.name], outcome=("other", b"")))
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == {"a": Entered("new", 2, 2), "b/c": RIGHT["b/c"]}
        assert ledger.sheets == {A.name: ENTERED[A.name]}
        assert ledger.outcome == ("other", b"")
        assert ledger.inputs([B.name]) == {B.name: []}


def test_a_sheet_may_have_no_file(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(Done((), (), ((A, ()),), (), ("", b"")))
    with Ledger(tmp_path) as ledger:
        assert ledger.sheets == {A.name: SheetEntered(A.key, ())}


def test_it_is_told_why_a_file_was_written_last(tmp_path: Path) -> None:
    why = json.dumps([("products/a body", "changed"), ("Lúa", "new")])
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B, why=why))
        ledger.enter(done(B))
        assert ledger.why("a") == [("products/a body", "changed"), ("Lúa", "new")]
        assert ledger.why("d") == ledger.why("never") == []


def test_what_is_announced_is_owned_but_stale_and_the_outcome_is_open(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B))
        ledger.announce(["a", "new"])
    with Ledger(tmp_path) as ledger:
        assert ledger.outcome is None
        assert stale([A, B], ledger.sheets, ledger.printed(), STANDING) == [A]
        assert orphans(["b/c", "d"], ledger.printed()) == ["a", "new"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path / "a/b", b"x")
    write(tmp_path / "a/b", b"y")
    assert [(one.name, one.read_bytes()) for one in (tmp_path / "a").iterdir()] == [("b", b"y")]


@pytest.mark.parametrize(
    ("gone", "paths", "first"),
    [
        (["a", "b"], ["c/d"], []),
        (["a", "b"], ["a/d/e"], ["a"]),
        (["a/b/c", "a/d", "e/f"], ["a"], ["a/b/c", "a/d"]),
        (["a/b"], ["a/c", "a/b.html"], []),
    ],
)
def test_in_the_way_is_a_file_for_a_folder_or_the_reverse(gone: list[str], paths: list[str], first: list[str]) -> None:
    assert in_the_way(gone, paths) == first


# --- damage -----------------------------------------------------------------------------------------------


def spoil(folder: Path, how: str) -> None:
    """Do harm to a ledger."""
    file = folder / FOLDER / "ledger.sqlite"
    if how == "lost":
        file.unlink()
    elif how == "another table":
        with sqlite3.connect(file) as db:
            db.execute("drop table printed")
        db.close()
    elif how == "no sheets":
        with sqlite3.connect(file) as db:
            db.execute("drop table sheets")
        db.close()
    elif how == "letters":
        with sqlite3.connect(file) as db:
            db.execute("update printed set path = cast(x'ff' as text) where path = 'a'")
        db.close()
    else:
        file.write_bytes({"empty": b"", "short": b"x", "long": b"this is no database" * 400}[how])


HARM = "lost", "another table", "no sheets", "letters", "empty", "short", "long"


@pytest.mark.parametrize("how", HARM)
def test_a_damaged_ledger_is_started_anew_and_still_knows_what_is_ours(tmp_path: Path, how: str) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B))
    (tmp_path / "a").write_bytes(b"a")
    spoil(tmp_path, how)
    for _ in range(2):
        with Ledger(tmp_path) as ledger:
            assert ledger.printed() == dict.fromkeys(RIGHT, NOTHING_KNOWN)
            assert (ledger.sheets, ledger.outcome) == ({}, None)
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B))
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == RIGHT


@pytest.mark.parametrize("how", HARM)
@pytest.mark.parametrize("listed", [None, b"", b"a\nb", b"\xff\n"])
def test_without_ledger_and_list_a_folder_with_files_is_foreign(tmp_path: Path, how: str, listed: bytes | None) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B))
    spoil(tmp_path, how)
    if listed is None:
        (tmp_path / FOLDER / "paths").unlink()
    else:
        (tmp_path / FOLDER / "paths").write_bytes(listed)
    (tmp_path / "a").write_bytes(b"a")
    for _ in range(2):
        with pytest.raises(ForeignFolder, match=tmp_path.name):
            Ledger(tmp_path)
    (tmp_path / "a").unlink()
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == {}


def test_the_list_names_what_is_ours_from_the_announcement_on(tmp_path: Path) -> None:
    paths = tmp_path / FOLDER / "paths"
    with Ledger(tmp_path) as ledger:
        ledger.announce(["b/c", "a"])
        assert paths.read_text() == "a\nb/c\n"
        ledger.enter(done(files={"a": RIGHT["a"]}, gone=["b/c"]))
        assert paths.read_text() == "a\n"
        before = paths.stat()
        ledger.announce(["a"])
        ledger.enter(done(files={"a": RIGHT["a"]}, gone=["b/c"]))
        assert (paths.stat().st_ino, paths.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    paths.unlink()
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(files={}))
    assert paths.read_text() == "a\n"


def test_a_ledger_that_is_locked_is_no_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0)
    with Ledger(tmp_path) as ledger:
        ledger.enter(done(A, B))
    other = sqlite3.connect(tmp_path / FOLDER / "ledger.sqlite")
    other.execute("begin exclusive")
    with pytest.raises(OSError, match="locked"):
        Ledger(tmp_path)
    other.rollback()
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == RIGHT
        other.execute("begin exclusive")
        with pytest.raises(OSError, match="locked"):
            ledger.announce(["x"])
        assert ledger.printed() == RIGHT
    other.close()
