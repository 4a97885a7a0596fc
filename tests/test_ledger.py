"""What was printed from which recipe: a pure table of what is stale, and the table on disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ocopgen import ledger as module
from ocopgen.ledger import FOLDER, NOTHING_KNOWN, Entered, ForeignFolder, Ledger, in_the_way, orphans, stale
from ocopgen.recipe import Artifact, Plain

A, B = Artifact("a", Plain(b"a")), Artifact("b/c", Plain(b"c"))
RIGHT = {one.path: Entered(one.recipe.key, 1, 1000) for one in (A, B)}
STANDING = {"a": (1, 1000), "b/c": (1, 1000)}


@pytest.mark.parametrize(
    ("printed", "standing", "todo"),
    [
        (RIGHT, STANDING, []),
        ({}, STANDING, [A, B]),
        (RIGHT, {}, [A, B]),
        (RIGHT, {"a": (1, 1000)}, [B]),
        ({**RIGHT, "a": Entered("another recipe", 1, 1000)}, STANDING, [A]),
        (RIGHT, {**STANDING, "a": (2, 1000)}, [A]),
        (RIGHT, {**STANDING, "a": (1, 1001)}, [A]),
        (RIGHT, {**STANDING, "stranger": (1, 1)}, []),
    ],
)
def test_stale_is_what_has_another_recipe_or_does_not_stand_as_it_was_written(
    printed: dict[str, Entered], standing: dict[str, tuple[int, int]], todo: list[Artifact]
) -> None:
    assert stale([A, B], printed, standing) == todo


def test_orphans_were_printed_and_are_not_planned() -> None:
    assert orphans([A], {**RIGHT, "x": RIGHT["a"]}) == ["b/c", "x"]
    assert orphans([A, B], RIGHT) == []


def test_what_is_entered_is_there_the_next_time(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == RIGHT
        ledger.enter([("a", Entered("new", 2, 2))], ["b/c"])
        assert ledger.printed() == {"a": Entered("new", 2, 2)}


def test_what_is_announced_is_owned_but_stale(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
        ledger.announce(["a"])
        assert stale([A, B], ledger.printed(), STANDING) == [A]
        assert orphans([B], ledger.printed()) == ["a"]


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
    elif how == "letters":
        with sqlite3.connect(file) as db:
            db.execute("update printed set path = cast(x'ff' as text) where path = 'a'")
        db.close()
    else:
        file.write_bytes({"empty": b"", "short": b"x", "long": b"this is no database" * 400}[how])


HARM = "lost", "another table", "letters", "empty", "short", "long"


@pytest.mark.parametrize("how", HARM)
def test_a_damaged_ledger_is_started_anew_and_still_knows_what_is_ours(tmp_path: Path, how: str) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
    (tmp_path / "a").write_bytes(b"a")
    spoil(tmp_path, how)
    for _ in range(2):
        with Ledger(tmp_path) as ledger:
            assert ledger.printed() == dict.fromkeys(RIGHT, NOTHING_KNOWN)
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == RIGHT


@pytest.mark.parametrize("how", HARM)
@pytest.mark.parametrize("listed", [None, b"", b"a\nb", b"\xff\n"])
def test_without_ledger_and_list_a_folder_with_files_is_foreign(tmp_path: Path, how: str, listed: bytes | None) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
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
        ledger.enter([("a", RIGHT["a"])], ["b/c"])
        assert paths.read_text() == "a\n"
        before = paths.stat()
        ledger.announce(["a"])
        ledger.enter(RIGHT.items(), ["b/c"])
        assert (paths.stat().st_ino, paths.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    paths.unlink()
    with Ledger(tmp_path) as ledger:
        ledger.enter([], [])
    assert paths.read_text() == "a\n"


def test_a_ledger_that_is_locked_is_no_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0)
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
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
