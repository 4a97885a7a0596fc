"""What entries and data files say of one another: everything that is named must be there."""

from __future__ import annotations

import pytest
from making import (
    CLASSIFICATION,
    PLACES,
    PRODUCER,
    PRODUCT,
    PROGRAMME,
    a_content,
    a_producer,
    a_product,
    an_entry,
    found,
    spots,
    spots_in,
)

from ocopgen.catalogue import Content

OTHER = "products/toi-moi/index.vi.md"
OUTLET = {"outlets/cho-bo/index.vi.md": an_entry(name="Chợ Bo", place="{district: thai-thuy}")}


def product(*lines: str, **facts: object) -> Content:
    return a_content(**{PRODUCT: a_product(*lines, **facts)})


def mend(content: Content) -> str:
    (problem,) = found(content)
    return problem.mend("en")


def test_a_producer_must_be_there() -> None:
    assert spots_in(a_product(producer="truong-in")) == ["producer-unknown 4:11"]
    assert mend(product(producer="truong-in")) == "did you mean 'truong-an'?"


def test_a_product_that_is_no_draft_needs_a_producer_that_is_none() -> None:
    draft = {PRODUCER: a_producer("draft: true")}
    assert spots(a_content(**draft)) == ["producer-draft 4:11"]
    assert spots(a_content(**draft, **{PRODUCT: a_product("draft: true")})) == []


@pytest.mark.parametrize(("key", "code"), [("outlets", "outlet-unknown"), ("related", "related-unknown")])
def test_outlets_and_related_products_must_be_there(key: str, code: str) -> None:
    assert spots_in(a_product(f"{key}: [xa-la, la-xa]")) == [f"{code} {6}:{len(key) + 4}", f"{code} 6:{len(key) + 11}"]


def test_outlets_and_related_products_that_are_there_may_be_named() -> None:
    files = {PRODUCT: a_product("outlets: [cho-bo]", "related: [toi-moi]"), OTHER: a_product(body="")}
    assert spots(a_content(**OUTLET, **files)) == []


def test_a_set_must_be_one_of_the_classification() -> None:
    assert spots_in(a_product(set=99)) == ["set-unknown 5:6"]
    assert mend(product(set=99)) == "use 10-26, see classification.yml"


def test_a_classification_without_sets_knows_no_set() -> None:
    empty = {"classification.yml": CLASSIFICATION.partition("sets:")[0] + "sets: []\n"}
    assert spots(a_content(**empty)) == ["set-unknown 5:6"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("{district: thai-thuy}", []),
        ("{province: hung-yen}", []),
        ("{commune: thuy-ninh, district: thai-thuy}", []),
        ("{commune: tay-thuy-anh, province: hung-yen}", []),
        ("{district: thai-thui}", ["place-unknown 6:19"]),
        ("{commune: xx, district: thai-thui}", ["place-unknown 6:32"]),
        ("{province: hung-yeu}", ["place-unknown 6:19"]),
        ("{commune: thuy-ninh, province: hung-yen}", ["place-unknown 6:18"]),
        ("{commune: tay-thuy-anh, district: thai-thuy}", ["place-unknown 6:18"]),
        ("{commune: thuy-ninh}", ["place-unknown 6:18"]),
    ],
)
def test_a_place_must_be_known_where_it_is_said_to_lie(place: str, expected: list[str]) -> None:
    assert spots_in(a_product(f"place: {place}")) == expected


def test_a_commune_alone_is_asked_for_its_district() -> None:
    assert mend(product("place: {commune: thuy-ninh}")).endswith("add 'district' (of then) or 'province' (of today)")


def test_places_of_producers_and_outlets_are_looked_up_too() -> None:
    files = {PRODUCER: a_producer(place="{district: x}"), **OUTLET}
    assert spots(a_content(**files)) == [f"place-unknown 4:19 {PRODUCER}"]


def test_a_former_id_may_not_be_in_use() -> None:
    assert spots_in(a_product("was: [toi-den]")) == ["was-taken 6:7"]
    assert spots_in(a_product("was: [toi-cu]")) == []


def test_two_entries_may_not_have_had_the_same_id() -> None:
    files = {PRODUCT: a_product("was: [toi-cu]"), OTHER: a_product("was: [toi-cu]", body="")}
    (problem,) = found(a_content(**files))
    assert problem.said("en") == "the former name 'toi-cu' is in use by products/toi-den"


def test_entries_of_different_kinds_may_have_had_the_same_id() -> None:
    files = {PRODUCT: a_product("was: [cu]"), PRODUCER: a_producer("was: [cu]")}
    assert spots(a_content(**files)) == []


def test_a_barcode_belongs_to_one_pack_however_many_zeros_lead_it() -> None:
    files = {
        PRODUCT: a_product('packs: [{gtin: "4006381333931"}, {label: Túi}]'),
        OTHER: a_product('packs: [{gtin: "04006381333931"}]', body=""),
    }
    assert spots(a_content(**files)) == [f"gtin-twice 6:16 {OTHER}"]


@pytest.mark.parametrize(
    ("name", "was", "becomes", "expected"),
    [
        ("places.yml", "into: hung-yen", "into: hung-yeu", "3:49 places.yml"),
        ("places.yml", "province: thai-binh", "province: thai-bin", "6:47 places.yml"),
        ("places.yml", "district: thai-thuy", "district: thai-thui", "9:31 places.yml"),
        ("places.yml", "province: hung-yen", "province: hung-yeu", "11:34 places.yml"),
        ("places.yml", "into: tay-thuy-anh", "into: tay-thuy-an", "10:30 places.yml"),
        ("classification.yml", "sector: food", "sector: foods", "6:30 classification.yml"),
        ("classification.yml", "id: other-condiments, group: condiments", "id: x, group: x", "8:27 classification.yml"),
        ("programme.yml", "source: seed\n  by_star", "source: x\n  by_star", "12:11 programme.yml"),
        ("programme.yml", "year: 2025\n  source: seed", "year: 2025\n  source: x", "19:11 programme.yml"),
    ],
)
def test_a_data_file_names_only_what_it_holds(name: str, was: str, becomes: str, expected: str) -> None:
    text = {"places.yml": PLACES, "classification.yml": CLASSIFICATION, "programme.yml": PROGRAMME}[name]
    assert text.count(was) == 1
    assert f"reference-unknown {expected}" in spots(a_content(**{name: text.replace(was, becomes)}))


def test_support_and_later_figures_name_their_sources() -> None:
    more = (
        "support: [{from: 2018, to: 2020, purpose: {vi: A, en: B}, source: x}]\n"
        "later: [{on: 2024, source: y}, {on: {vi: A, en: B}, source: seed}]\n"
    )
    assert spots(a_content(**{"programme.yml": PROGRAMME + more})) == [
        *("reference-unknown 22:67 programme.yml", "reference-unknown 23:28 programme.yml")
    ]


@pytest.mark.parametrize(
    ("name", "row", "again", "expected"),
    [
        ("places.yml", "  - {id: hung-yen,", "  - {id: thai-binh,", "listed-twice"),
        ("classification.yml", "{n: 10,", "{n: 26,", "listed-twice"),
    ],
)
def test_rows_of_a_data_file_have_ids_of_their_own(name: str, row: str, again: str, expected: str) -> None:
    text = a_content().texts[name].decode()
    assert row in text
    assert expected in [one.code for one in found(a_content(**{name: text.replace(row, again, 1)}))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("menu: {vi: '{n.real}', en: Menu}", ["value-wrong 1:12"]),
        ("menu: {vi: '{n!r}', en: Menu}", ["value-wrong 1:12"]),
        ("menu: {vi: '{n:9}', en: Menu}", ["value-wrong 1:12"]),
        ("menu: {vi: '{', en: Menu}", ["value-wrong 1:12"]),
        ("menu: {vi: '{n} sản phẩm {{}}', en: Menu}", []),
        ("path_stars: {vi: sao, en: ../../stars}", ["slug-form 1:27"]),
        ("path_stars: {vi: sao, en: stars}", []),
    ],
)
def test_words_of_the_interface_hold_plain_names_and_plain_paths(words: str, expected: list[str]) -> None:
    content = a_content(**{"strings.yml": words + "\n"})
    assert [f"{one.code} {one.place.line}:{one.place.column}" for one in found(content)] == expected
