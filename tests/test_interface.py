"""The table of words that the program asks for is whole, and what is wrong with a site's words is told by it."""

from __future__ import annotations

import ast
import re

import pytest
from making import CONTENT
from sites import DATA, DRAWINGS, ONE, TEMPLATES, TODAY, catalogue, read_content, read_yaml, write_yaml
from test_house import ORDER, STRINGS, asked_by_code, asked_by_templates, tree

from ocopgen import interface
from ocopgen.catalogue import shelve
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.interface import ASKED, asked, unfillable
from ocopgen.plan import Look, plan
from ocopgen.store import read_templates

OPTIONAL = "field_", "unit_", "pack_", "evidence_", "basis_", "district_"
"""Words that a site may have and need not; the last three are told to editors only."""


def said_in_code() -> dict[str, set[str]]:
    """The keys that stand in the code as they are, with the names that fill them in."""
    calls = [node for name in ORDER for node in ast.walk(tree(name)) if isinstance(node, ast.Call) and node.args]
    said = [one for one in calls if ast.unparse(one.func).rpartition(".")[2] == "say"]
    found: dict[str, set[str]] = {}
    for one in said:
        if isinstance(one.args[0], ast.Constant) and re.fullmatch("[a-z0-9_]+", str(one.args[0].value)):
            found.setdefault(str(one.args[0].value), set()).update(str(each.arg) for each in one.keywords)
    return found


def test_every_word_that_stands_in_the_code_is_in_the_table_with_what_fills_it_in() -> None:
    said = said_in_code()
    assert len(said) > 70
    assert {key: names for key, names in said.items() if ASKED.get(key) != names} == {}


def test_the_table_has_the_words_that_are_shipped_and_no_others() -> None:
    words, patterns = asked_by_code()
    known = {key for key in STRINGS if key in words or any(one.fullmatch(key) for one in patterns)}
    shelf = shelve(read_content(CONTENT))
    assert shelf.catalogue is not None
    wanted = asked(shelf.catalogue)
    assert wanted.keys() - STRINGS.keys() == set()
    assert {key for key in known - wanted.keys() if not key.startswith(OPTIONAL)} - asked_by_templates() == set()


def test_nothing_else_is_asked_for_where_pages_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, set[str]] = {}
    say = Edition.say

    def listened(self: Edition, key: str, n: int | None = None, **words: object) -> str:
        said.setdefault(key, set()).update(words, ["n"] * (n is not None))
        return say(self, key, n, **words)

    monkeypatch.setattr(Edition, "say", listened)
    shelf = shelve(read_content(CONTENT))
    assert shelf.catalogue is not None
    plan(Gallery(shelf.catalogue.published(), DRAWINGS), Look(read_templates(TEMPLATES), TODAY, "https://example.vn/"))
    assert len(said) > 100
    wanted = asked(shelf.catalogue)
    assert {key for key, names in said.items() if wanted.get(key) != names and not key.startswith(OPTIONAL)} == set()


def test_all_words_that_are_missing_are_told_at_once() -> None:
    kept = {key: one for key, one in read_yaml(DATA["strings.yml"]).items() if key not in ("pack", "stars_n", "menu")}
    site = catalogue(ONE, data={**DATA, "strings.yml": write_yaml(kept)})
    assert interface.missing(site, ["{{ say.menu }} {{ say.no_such }}"]) == ["menu", "no_such", "pack", "stars_n"]


def test_a_name_that_nothing_fills_in_is_told() -> None:
    strings = {**read_yaml(DATA["strings.yml"]), "stars_n": {"vi": "{sao} sao", "en": "{n} stars"}}
    site = catalogue(ONE, data={**DATA, "strings.yml": write_yaml(strings)})
    assert list(unfillable(site)) == [("stars_n", "vi", "{sao} sao")]


def test_a_programme_asks_for_the_units_and_kinds_that_it_names() -> None:
    wanted = asked(catalogue()).keys() - ASKED.keys()
    assert wanted == {"target_unit_product", "target_unit_percent", "target_unit_event_per_year"}
