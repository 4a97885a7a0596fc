"""How values are written: the rules take what the validators take, and refuse what anyone can see to be wrong."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from editors import DRAFTS, seen
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ocopgen import values, wording
from ocopgen.document import read_data
from ocopgen.model import Month

KINDS: dict[str, Any] = {
    **{name: getattr(wording, name) for name in ("Words", "Wordings", "Summary", "Line", "LangCode")},
    **{name: getattr(values, name) for name in ("Slug", "Stars", "Day", "When", "ShelfLife", "Dong", "NetQuantity")},
    **{name: getattr(values, name) for name in ("Gtin", "Phone", "Url", "Email", "PhotoName", "Focus", "Alcohol")},
    "Month": Month,
}
ADAPTERS = {name: TypeAdapter[Any](kind) for name, kind in KINDS.items()}
RULES = {name: one.json_schema() for name, one in ADAPTERS.items()}


def is_taken(kind: str, scalar: str) -> bool:
    """Whether a value written so is one of a kind."""
    document, _ = read_data("x.yml", f"x: {scalar}\n".encode())
    if document is None or document.data.keys() != {"x"}:
        return False
    try:
        ADAPTERS[kind].validate_python(document.data["x"], strict=True)
    except ValidationError:
        return False
    return True


def is_taken_by_rules(kind: str, scalar: str) -> bool:
    """Whether an editor takes it, which must be the same in both dialects."""
    (verdict,) = {draft(RULES[kind]).is_valid(seen(f"x: {scalar}\n")["x"]) for draft in DRAFTS}
    return verdict


# --- the law ----------------------------------------------------------------------------------------------

GAPS = st.sampled_from(["", "", "", " ", "  ", ".", "-", "(", ")", "\u00a0", "\u200b", "\t"])
DIGITS = st.lists(st.tuples(st.sampled_from("0123456789"), GAPS), max_size=15).map(
    lambda all: "".join(map("".join, all))
)
HEADS = st.sampled_from(["", "+", "+84", "0084", "0", "02", "09", "1900", "893", "-", "0x", "0o", " "])
UNITS = st.sampled_from(
    ["g", "kg", "KG", "lít", "cái", "m²", "m2", "pieces", "tháng", "Months", "ngày", "năm", "x", "_"]
)
NUMBERS = st.one_of(st.integers(-10, 10**13).map(str), st.decimals(0, 10**4, places=2).map(str), DIGITS)
PIECES = st.sampled_from(
    [
        *(
            "https://",
            "HTTP://",
            "www.",
            "a",
            "b.vn",
            "/",
            "?q=",
            "#x",
            "@",
            ":80",
            "[::1]",
            ".",
            "ă",
            "_",
            "%20",
            "-",
            " ",
        )
    ]
)
SCALARS = st.one_of(
    st.tuples(HEADS, DIGITS).map("".join),
    st.tuples(NUMBERS, st.sampled_from(["", " ", "  "]), UNITS).map("".join),
    st.dates().map(str),
    st.from_regex(r"\A[0-9]{4}(-[0-9]{2}){0,2}\Z"),
    st.lists(PIECES, max_size=8).map("".join),
    st.sampled_from(["e5", ".inf", ".nan", "1e5", "5.", ".5", "0b1", "1_000", "null", "true", "unknown", "3", "12"]),
    st.text(max_size=30),
)
WRITTEN = st.one_of(SCALARS, SCALARS.map(lambda one: json.dumps(one, ensure_ascii=False)), NUMBERS)


@pytest.mark.parametrize("kind", KINDS)
@given(scalar=WRITTEN)
def test_what_a_validator_takes_an_editor_takes(kind: str, scalar: str) -> None:
    if is_taken(kind, scalar):
        assert is_taken_by_rules(kind, scalar)


@given(st.text(st.sampled_from("aă \u00a0\u200b\n\t\u2028\x85\ufeff😀"), min_size=190, max_size=420))
def test_a_summary_is_measured_as_it_will_be_shown(words: str) -> None:
    scalar = json.dumps(words)
    if is_taken("Summary", scalar):
        assert is_taken_by_rules("Summary", scalar)


@pytest.mark.parametrize(
    ("kind", "scalars"),
    {
        "Phone": ["0912 345 678", "+84 (912) 345-678", "0084912345678", "19001234", "0227.3123456", "02273123456"],
        "Gtin": ["8930000000002", '"8930 0000 0000-2"', '"00000000"', "00000000"],
        "Day": ["2026-11-23", '" 2026-11-23 "', "1800-01-01", "2199-12-31"],
        "When": ["2025", "2025-03", "2025-03-06", '" 2025 "'],
        "ShelfLife": ["12 months", "12tháng", '" 3  năm "'],
        "NetQuantity": ["200 g", "1,5 lít", "0.75l", "2 m²", "1 cái"],
        "Url": ["https://a.vn", "HTTPS://A.VN/x", "http://u@a.b:80/?q", '" http://a.vn "'],
        "Slug": ["gao-nep", "023", "1e5"],
        "Alcohol": ["29.5", "unknown", "96"],
        "Focus": ["[0.5, 1]", "[0, 0.25]"],
    }.items(),
)
def test_what_people_write_is_taken_by_both(kind: str, scalars: list[str]) -> None:
    assert [(one, is_taken(kind, one), is_taken_by_rules(kind, one)) for one in scalars] == [
        (one, True, True) for one in scalars
    ]


@pytest.mark.parametrize(
    ("kind", "scalars"),
    {
        "Phone": ['"091234567"', '"0112345678"', "“0912345678”", '"09123456789"', "[0912345678]"],
        "Gtin": ['"893000000000x"', '"89300000000"', "abc", "84.5"],
        "Day": ["23/11/2026", "2026-1-1", "2026-13-01", "1026-11-23", "2026", "true"],
        "When": ["03/2025", "1024", "2025-00", "25"],
        "ShelfLife": ["12", "tháng", "0 tháng", "12 34"],
        "NetQuantity": ["200", "g", "250.0000 g", "[200 g]"],
        "Dong": ["85", "250.000", "250000đ", "2000000000"],
        "Url": ["www.a.vn", "ftp://a.vn", "https://a", "https://a.vn x y"],
        "Email": ["a@b", "a b@c.vn", '"@c.vn"'],
        "Slug": ["Gạo", "gao_nep", "gao--nep", "-gao"],
        "PhotoName": ["a/b.jpg", ".hop.jpg", '""'],
        "Summary": ["x" * 201, '""', "[x]"],
        "Focus": ["[0.5]", "[0.5, 1.5]", "0.5", "[1, 0, 1]"],
        "Alcohol": ["0", "97", "nhiều"],
        "Month": ["0", "13", "tháng 9"],
        "Stars": ["2", "6", "bốn"],
    }.items(),
)
def test_what_anyone_can_see_to_be_wrong_is_refused_by_both(kind: str, scalars: list[str]) -> None:
    assert [one for one in scalars if is_taken(kind, one)] == []
    assert [one for one in scalars if is_taken_by_rules(kind, one)] == []


def test_rules_are_quick_with_whatever_is_pasted() -> None:
    pasted = ("0 " * 5000, "a " * 5000, "a-" * 5000, " \t" * 5000, "a.b@" * 2500, "https://" + "a." * 5000)
    begin = time.process_time()
    for rules in RULES.values():
        for words in pasted:
            DRAFTS[0](rules).is_valid(words)
    assert time.process_time() - begin < 5
