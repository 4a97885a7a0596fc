"""Edits of YAML: what was asked for is read back, and all else stays as it was, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from making import CONTENT

from ocopgen.document import Path, read_data, read_entry
from ocopgen.editing import Edited, Uneditable

ENTRY = """\
---
name: Tỏi đen
set: 10  # do ban biên tập xếp
recognitions:
  # mới nhất trước
  - stars: 4
    decision: {number: 86/QĐ-UBND, date: 2022-04-26}
packs:
- {label: Hộp, price: 250000}   # hộp giấy
tags: [tỏi, 'gia vị']

updated: 2026-11-23
---
Câu chuyện: [không] # đổi
"""


def edited(**changes: object) -> str:
    file = Edited.of(ENTRY)
    for key, value in changes.items():
        file = file.set((key,), value)
    return file.text


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("packs", 0, "price"), 260000, "price: 250000}", "price: 260000}"),
        (("set",), 11, "set: 10  #", "set: 11  #"),
        (("name",), "Tỏi: đen", "name: Tỏi đen", 'name: "Tỏi: đen"'),
        (("name",), "no", "name: Tỏi đen", 'name: "no"'),
        (("name",), "200 g", "name: Tỏi đen", "name: 200 g"),
        (("name",), "0912 345 678", "name: Tỏi đen", 'name: "0912 345 678"'),
        (("tags", 1), "it's", "'gia vị'", "'it''s'"),
        (("updated",), date(2026, 12, 1), "2026-11-23", "2026-12-01"),
        (("updated",), None, "2026-11-23", "null"),
        (("recognitions", 0, "stars"), 5, "stars: 4", "stars: 5"),
    ],
)
def test_one_value_changes_and_nothing_else(path: Path, value: object, before: str, after: str) -> None:
    assert Edited.of(ENTRY).set(path, value).text == ENTRY.replace(before, after)


def test_a_new_key_stands_where_the_order_has_it() -> None:
    order = ["name", "summary", "set", "packs", "tags", "draft"]
    file = Edited.of(ENTRY).set(("summary",), "Một câu.", order).set(("draft",), True, order)
    assert file.text == ENTRY.replace("set: 10", "summary: Một câu.\nset: 10").replace(
        "'gia vị']\n", "'gia vị']\ndraft: true\n"
    )
    first = Edited.of(ENTRY).set(("id",), "x", ["id", *order]).text
    assert first == ENTRY.replace("name:", "id: x\nname:")
    pack = Edited.of(ENTRY).set(("packs", 0, "quantity"), "200 g", ["label", "quantity", "price"]).text
    assert pack == ENTRY.replace("Hộp, price", "Hộp, quantity: 200 g, price")


def test_lists_take_new_items_before_and_after_the_old_ones() -> None:
    file = Edited.of(ENTRY).insert(("recognitions",), 0, {"stars": 5, "year": 2025})
    assert file.text == ENTRY.replace("  - stars: 4", "  - stars: 5\n    year: 2025\n  - stars: 4")
    assert Edited.of(ENTRY).insert(("tags",), 0, "a").text == ENTRY.replace("[tỏi", "[a, tỏi")
    assert Edited.of(ENTRY).insert(("tags",), 2, "a").text == ENTRY.replace("vị']", "vị', a]")
    packs = Edited.of(ENTRY).insert(("packs",), 1, {"label": "Túi"}).text
    assert packs == ENTRY.replace("# hộp giấy\n", "# hộp giấy\n- label: Túi\n")


def test_what_is_taken_out_takes_only_its_own_lines_with_it() -> None:
    assert Edited.of(ENTRY).remove(("updated",)).text == ENTRY.replace("updated: 2026-11-23\n", "")
    assert Edited.of(ENTRY).remove(("tags", 0)).text == ENTRY.replace("tỏi, 'gia", "'gia")
    assert Edited.of(ENTRY).remove(("tags", 1)).text == ENTRY.replace(", 'gia vị'", "")
    assert Edited.of(ENTRY).remove(("packs", 0, "label")).text == ENTRY.replace("label: Hộp, ", "")
    first = ENTRY.replace("- stars: 4\n    decision", "- decision")
    assert Edited.of(ENTRY).remove(("recognitions", 0, "stars")).text == first


def test_ends_of_lines_and_the_mark_of_byte_order_stay() -> None:
    windows = "\ufeff" + ENTRY.replace("\n", "\r\n")
    assert Edited.of(windows).set(("set",), 11).text == windows.replace("set: 10", "set: 11")


def test_mixed_ends_of_lines_stay_each_as_it_is() -> None:
    mixed = ENTRY.replace("name: Tỏi đen\n", "name: Tỏi đen\r\n")
    assert Edited.of(mixed).set(("set",), 11).text == mixed.replace("set: 10", "set: 11")


def test_what_is_many_stands_on_lines_of_its_own() -> None:
    assert Edited.of("a:\n").set(("a",), ({"x": 1},)).text == "a:\n  - x: 1\n"


def test_a_comment_at_the_end_stays_there() -> None:
    assert Edited.of("b: 1\na: 2\n# hết\n").ordered(["a", "b"]).text == "a: 2\nb: 1\n# hết\n"


def test_an_empty_file_takes_its_first_key() -> None:
    assert Edited.of("---\n---\n").set(("name",), "Tỏi").text == "---\nname: Tỏi\n---\n"
    assert Edited.of("").set(("list",), ["a", {"b": []}]).text == "list:\n  - a\n  - b: []\n"


def test_a_value_over_several_lines_is_replaced_whole() -> None:
    text = "a: >\n  lời\n  dài\n\nb: một\n  hai\nc:\n  - 1\n  - 2\nd: {\n  x: 1,\n  y: 2}\n"
    file = Edited.of(text)
    for key in "abcd":
        file = file.set((key,), key)
    assert file.text == "a: a\n\nb: b\nc: c\nd: d\n"
    assert Edited.of(text).set(("b",), {"x": [1]}).text == text.replace("b: một\n  hai", "b:\n  x:\n    - 1")


@pytest.mark.parametrize("path", [("no", "such"), ("name", "x"), ("recognitions", 7), ("recognitions", 7, "x")])
def test_a_path_that_leads_nowhere_is_refused(path: Path) -> None:
    with pytest.raises(Uneditable):
        Edited.of(ENTRY).set(path, 1)
    with pytest.raises(Uneditable):
        Edited.of(ENTRY).remove(path)


@pytest.mark.parametrize("text", ["---\nname: x\n", "---\na: [\n---\n", "a: 'x\n", "---\na: *x\n---\n"])
def test_yaml_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Uneditable):
        Edited.of(text).set(("name",), "x")


# --- laws -------------------------------------------------------------------------------------------------


@cache
def shipped() -> dict[str, str]:
    """The entries and data files of the shipped content."""
    paths = [one for kind in ("*/*/index.*.md", "*.yml") for one in sorted(CONTENT.glob(kind))]
    return {one.relative_to(CONTENT).as_posix(): one.read_text("utf-8") for one in paths}


def read(name: str, text: str) -> Any:
    document, problems = (read_entry if name.endswith(".md") else read_data)(name, text.encode())
    assert document is not None, problems
    return _lists(document.data)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, tuple) else value


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of everything below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield (*path, key)
        yield from places(one, (*path, key))


def at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


WORDS = some.text(some.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x85\u2028\u2029"), max_size=30)
SCALARS = some.one_of(
    WORDS,
    some.integers(-(10**6), 10**12),
    some.booleans(),
    some.none(),
    some.dates(date(1900, 1, 1), date(2100, 1, 1)),
    some.sampled_from(["no", "012", "1:30", "+84912345678", "a: b", "a #b", "- x", "…", "'", '"', "x\\y", "{x}", "~"]),
)
VALUES = some.recursive(
    SCALARS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from("abcd"), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_an_edit_that_changes_nothing_changes_no_byte(name: str) -> None:
    text = shipped()[name]
    assert Edited.of(text).text == text


@given(some.data())
def test_what_is_set_is_read_back_and_all_else_stays(data: some.DataObject) -> None:
    name = data.draw(some.sampled_from(sorted(shipped())))
    before = read(name, shipped()[name])
    path = data.draw(some.sampled_from([one for one in places(before) if len(one) < 6][:200]))
    value = data.draw(VALUES)
    expected = deepcopy(before)
    at(expected, path[:-1])[path[-1]] = value
    after = Edited.of(shipped()[name]).set(path, value).text
    assert read(name, after) == _read_alike(expected)


@given(some.data())
def test_what_is_inserted_is_read_back_and_all_else_stays(data: some.DataObject) -> None:
    name = data.draw(some.sampled_from(sorted(shipped())))
    before = read(name, shipped()[name])
    lists = [one for one in places(before) if isinstance(at(before, one), list)][:100]
    if not lists:
        return
    path = data.draw(some.sampled_from(lists))
    index, value = data.draw(some.integers(0, len(at(before, path)))), data.draw(VALUES)
    expected = deepcopy(before)
    at(expected, path).insert(index, value)
    assert read(name, Edited.of(shipped()[name]).insert(path, index, value).text) == _read_alike(expected)


@given(some.data())
def test_what_is_taken_out_is_gone_and_all_else_stays(data: some.DataObject) -> None:
    name = data.draw(some.sampled_from(sorted(shipped())))
    before = read(name, shipped()[name])
    several = [one for one in places(before) if len(at(before, one[:-1])) > 1][:200]
    path = data.draw(some.sampled_from(several))
    expected = deepcopy(before)
    del at(expected, path[:-1])[path[-1]]
    assert read(name, Edited.of(shipped()[name]).remove(path).text) == expected


def _read_alike(value: Any) -> Any:
    """A value as a file gives it back: what no editor shows is forgiven there."""
    from unicodedata import normalize

    if isinstance(value, dict):
        return {key: _read_alike(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_read_alike(one) for one in value]
    return normalize("NFC", value) if isinstance(value, str) else value
