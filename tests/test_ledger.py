"""What was printed from which recipe: a pure table of what is stale, and the table on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocopgen.ledger import FOLDER, Entered, Ledger, orphans, stale
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


@pytest.mark.parametrize("spoiled", [b"this is no database, and it is long enough to be looked at" * 20, b"x"])
def test_a_ledger_that_cannot_be_read_is_started_anew(tmp_path: Path, spoiled: bytes) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.enter(RIGHT.items(), [])
    (tmp_path / FOLDER / "ledger.sqlite").write_bytes(spoiled)
    with Ledger(tmp_path) as ledger:
        assert ledger.printed() == {}
        ledger.enter(RIGHT.items(), [])
        assert ledger.printed() == RIGHT
