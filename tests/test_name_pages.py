"""Lists of names: A to Z, producers, places, outlets, news."""

from __future__ import annotations

from datetime import date

import pytest
from sites import DATA, EN, ONE, VI, a_head, desk, entry, page_of, producer, product, read_yaml, stars, write_yaml

from ocopgen import name_pages
from ocopgen.directory import Leaf
from ocopgen.name_pages import AZ, PRODUCERS, news_page, outlets_page, places_page, search_page
from ocopgen.text import Phrase
from ocopgen.views import IndexPage


def groups(page: IndexPage) -> list[tuple[str, list[str]]]:
    return [(group.title.words, [row.words.words for row in group.rows]) for group in page.groups]


def test_names_stand_under_vietnamese_letters_in_vietnamese_order() -> None:
    names = "Đậu", "Dừa", "Ấm", "An", "Ăn", "9 món", "Ổi", "Ớt", "“Ong”"
    files = {page_of("products", f"p{n}"): product(name) for n, name in enumerate(names)}
    page = AZ.page(desk({**ONE, **files}), Leaf(), a_head())
    assert groups(page) == [
        ("#", ["“Ong”", "9 món"]),
        ("A", ["An"]),
        ("Ă", ["Ăn"]),
        ("Â", ["Ấm"]),
        ("D", ["Dừa"]),
        ("Đ", ["Đậu"]),
        ("G", ["Gạo"]),
        ("Ô", ["Ổi"]),
        ("Ơ", ["Ớt"]),
    ]
    anchors = [group.anchor for group in page.groups]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor and " " not in anchor and anchor.isascii() for anchor in anchors)


def test_a_name_is_followed_by_its_producer_and_its_seal() -> None:
    files = {**ONE, page_of("products", "gao"): product(recognitions=[stars(4)])}
    (group,) = AZ.page(desk(files, EN), Leaf(), a_head()).groups
    (row,) = group.rows
    assert (row.words, row.note, row.href) == (Phrase("Gạo", VI), "Hợp tác xã An", "en/products/gao/")
    assert row.seal is not None
    assert row.seal.held


def test_producers_stand_by_kind_and_makers_that_nobody_names_last() -> None:
    kinds = {"x": "unknown", "h": "household", "e": "enterprise"}
    files = {page_of("producers", key): producer(key, kind=kind) for key, kind in kinds.items()}
    page = PRODUCERS.page(desk({**ONE, **files}, EN), Leaf(), a_head())
    assert [group.anchor for group in page.groups] == ["enterprise", "cooperative", "household", "unknown"]
    assert page.count == "4 producers"
    note = page.groups[1].rows[0].note
    assert note.endswith("1 product")
    assert "Thụy An" in note


def test_a_producer_of_no_place_shows_only_its_count() -> None:
    files = {page_of("producers", "an"): producer(place={})}
    page = PRODUCERS.page(desk(files, EN), Leaf(), a_head())
    assert page.groups[0].rows[0].note == "0 products"


def test_districts_show_their_communes_with_products_and_the_empty_say_so() -> None:
    files = {**ONE, page_of("products", "b"): product("B", place={"district": "dong-hung"})}
    page = places_page(desk(files, EN), None, a_head())
    assert [group.title.words for group in page.groups] == ["Đông Hưng District", "Thái Thụy District"]
    assert [row.note for row in page.groups[0].rows] == ["1 product"]
    assert [(row.words.words, row.href) for row in page.groups[1].rows] == [
        ("All products of Thái Thụy", "en/places/thai-thuy/"),
        ("Thụy An Commune", "en/places/thai-thuy/thuy-an/"),
    ]
    assert page.groups[1].rows[1].note.startswith("1 product")
    assert page.groups[0].rows[0].href == "en/places/dong-hung/"
    bare = places_page(desk(lang=EN), None, a_head())
    assert bare.groups[0].rows[0].note == "No products yet"
    assert len(page.lead) == 3


def test_a_product_of_a_district_but_no_commune_has_no_row_and_places_need_no_word_of_their_own() -> None:
    places = {key: value for key, value in read_yaml(DATA["places.yml"]).items() if key != "note"}
    files = {**ONE, page_of("producers", "an"): producer(place={"district": "thai-thuy"})}
    page = places_page(desk(files, data={**DATA, "places.yml": write_yaml(places)}), None, a_head())
    assert [row.note for row in page.groups[1].rows] == ["1 sản phẩm"]
    assert len(page.lead) == 2


def test_outlets_stand_by_name_and_none_is_said_to_be_none() -> None:
    files = {
        page_of("outlets", name): entry(name=name.title(), place={"district": "thai-thuy"} if name == "b" else {})
        for name in "ba"
    }
    (group,) = outlets_page(desk({**ONE, **files}, EN), None, a_head()).groups
    assert [(row.words.words, row.note != "") for row in group.rows] == [("A", False), ("B", True)]
    empty = outlets_page(desk(lang=EN), None, a_head())
    assert empty.groups == ()
    assert empty.empty


def test_news_is_a_list_of_lines_or_says_that_there_is_none() -> None:
    files = {**ONE, page_of("news", "a"): entry(name="A", summary="…", date=date(2026, 1, 1))}
    assert [line.href for line in news_page(desk(files), None, a_head()).lines] == ["vi/tin-tuc/a/"]
    assert news_page(desk(), None, a_head()).empty


def test_the_search_has_all_names_or_where_they_are_too_many_ways_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {**ONE, page_of("products", "do"): product("Đỗ"), page_of("products", "da"): product("Dạ")}
    page = search_page(desk(files), None, a_head())
    names = [(group.anchor, [row.words.words for row in group.rows]) for group in page.groups]
    assert names == [("products", ["Dạ", "Đỗ", "Gạo"]), ("producers", ["Hợp tác xã An"])]
    assert page.groups[0].rows[0].href == "vi/san-pham/da/"
    monkeypatch.setattr(name_pages, "MOST_NAMES", 3)
    many = search_page(desk(files), None, a_head())
    assert many.groups == ()
    assert [one.href for one in many.ways] == ["vi/a-z/", "vi/chu-the/", "vi/dia-phuong/"]


def test_a_search_that_finds_nothing_leads_to_levels_sectors_and_names() -> None:
    hints = search_page(desk(), None, a_head()).hints
    assert [one.href for one in hints[:3]] == ["vi/sao/5/", "vi/sao/4/", "vi/sao/3/"]
    assert hints[-1].href == "vi/a-z/"
