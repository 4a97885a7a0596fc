"""Rows of links and lines that several pages show."""

from __future__ import annotations

from datetime import date

from sites import EN, ONE, desk, entry, page_of, product, stars

from ocopgen.links import browse, district_links, figures, news_lines, sector_href, set_href, set_links
from ocopgen.text import Phrase

FILES = {
    **ONE,
    page_of("products", "toi"): product("Tỏi", set=10, recognitions=[stars(4, year=2025)]),
    page_of("products", "hanh"): product("Hành", set=10, recognitions=[{"stars": 3, "year": 2021}]),
}


def rows(name: str) -> list[tuple[str, str, int | None]]:
    (facet,) = browse(desk(FILES), name)
    return [(link.words.words.replace("\u00a0", " "), link.href, link.count) for link in facet.links]


def test_sectors_and_sets_have_addresses_in_their_language() -> None:
    for lang, sector, spices in (
        ("vi", "vi/nganh/thuc-pham/", "vi/bo-san-pham/10-gia-vi/trang-2/"),
        ("en", "en/sectors/food/", "en/product-sets/10-spices/page-2/"),
    ):
        d = desk(FILES, lang)  # type: ignore[arg-type]
        classification = d.catalogue.classification
        assert sector_href(d.edition, classification.sector_by_id["food"]) == sector
        assert set_href(d.edition, classification.set_by_number[10], 2) == spices


def test_star_levels_count_what_is_held_and_what_is_recorded() -> None:
    assert rows("stars") == [("5 sao", "vi/sao/5/", 0), ("4 sao", "vi/sao/4/", 1), ("3 sao", "vi/sao/3/", 1)]


def test_every_sector_is_listed_also_without_products() -> None:
    assert [(words, count) for words, _, count in rows("sectors")][:2] == [("Thực phẩm", 3), ("Đồ uống", 0)]


def test_only_sets_with_products_are_listed_and_can_be_narrowed_to_a_sector() -> None:
    assert [(words, count) for words, _, count in rows("sets")] == [("Gạo", 1), ("Gia vị", 2)]
    d = desk(FILES)
    assert set_links(d, d.catalogue.classification.sector_by_id["beverages"]) == ()


def test_districts_stand_in_vietnamese_order() -> None:
    links = district_links(desk(FILES))
    assert [(link.words.words, link.count) for link in links] == [("Đông Hưng", 0), ("Thái Thụy", 3)]


def test_years_stand_newest_first() -> None:
    assert rows("years") == [("2025", "vi/nam/2025/", 1), ("2021", "vi/nam/2021/", 1)]


def test_a_row_is_made_once_for_all_pages() -> None:
    d = desk(FILES)
    assert browse(d, "stars")[0].links is browse(d, "stars")[0].links


def test_news_stands_newest_first() -> None:
    files = {
        page_of("news", key): entry(name=key, summary="…", date=day)
        for key, day in (("a", date(2026, 1, 2)), ("b", date(2026, 3, 4)), ("c", date(2026, 1, 2)))
    }
    lines = news_lines(desk({**ONE, **files}, EN))
    assert [line.href for line in lines] == ["en/news/b/", "en/news/c/", "en/news/a/"]
    assert (lines[0].date, lines[0].date_iso) == ("4 March 2026", "2026-03-04")
    assert lines[0].name == Phrase("b", "vi")  # type: ignore[arg-type]


def test_figures_leave_out_star_levels_that_nobody_holds() -> None:
    assert [(one.number, one.words) for one in figures(desk(FILES, EN))] == [
        ("112", "products recognised"),
        ("48", "products at 4 stars"),
        ("64", "products at 3 stars"),
        ("67", "production establishments"),
        ("8", "districts and city"),
    ]
