"""Listings of products, in parts where they are long."""

from __future__ import annotations

from datetime import date

import pytest
from sites import EN, ONE, VI, Files, a_head, catalogue, desk, page_of, planned, product, stars, views

from ocopgen.cards import Desk
from ocopgen.listing_pages import ALL, COMMUNE, DISTRICT, PART, SECTOR, SET, STAR, YEAR, Listed, Listing
from ocopgen.views import ListingPage


def many(count: int, **facts: object) -> dict[str, str]:
    return {page_of("products", f"p-{number:03}"): product(f"Sp {number:03}", **facts) for number in range(count)}


def page(d: Desk, listing: Listing[object], subject: object, part: int = 1) -> ListingPage:
    return listing.page(d, list(listing.parts(d, subject))[part - 1], a_head())


def sections(shown: ListingPage) -> list[tuple[str, int, bool]]:
    return [(section.title, len(section.cards), bool(section.empty)) for section in shown.sections]


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (1, 1), (48, 1), (49, 2), (96, 2), (97, 3)])
def test_a_listing_has_as_many_parts_as_it_needs(count: int, parts: int) -> None:
    files: Files = {page_of("producers", "an"): ONE[page_of("producers", "an")], **many(count)}
    d = desk(files)
    assert list(ALL.parts(d, None)) == [Listed(None, part, parts) for part in range(1, parts + 1)]
    shown = [card.href for part in range(1, parts + 1) for card in page(d, ALL, None, part).sections[0].cards]
    assert len(set(shown)) == len(shown) == count


def test_the_parts_lead_to_each_other() -> None:
    d = desk({**ONE, **many(100)}, EN)
    pagers = [page(d, ALL, None, part).pager for part in (1, 2, 3)]
    assert [(one.words, one.previous, one.following) for one in pagers if one] == [
        ("Page 1 of 3", None, "en/products/page-2/"),
        ("Page 2 of 3", "en/products/", "en/products/page-3/"),
        ("Page 3 of 3", "en/products/page-2/", None),
    ]
    assert pagers[0] is not None
    assert [link.href for link in pagers[0].pages] == ["en/products/", "en/products/page-2/", "en/products/page-3/"]


def test_a_listing_of_one_part_has_no_pager() -> None:
    assert page(desk(), ALL, None).pager is None


def test_both_languages_have_the_same_parts() -> None:
    found = views(planned(catalogue({**ONE, **many(100, recognitions=[stars(4, year=2025)])})))
    vi, en = ([path for path in found if path.startswith(f"{lang}/")] for lang in (VI, EN))
    assert len(vi) == len(en)
    assert sum("/trang-" in path for path in vi) == sum("/page-" in path for path in en) == 2 * 7


def test_a_star_page_parts_what_is_held_from_what_is_recorded() -> None:
    d = desk(
        {**ONE, **many(2, recognitions=[stars(4)]), page_of("products", "z"): product(recognitions=[{"stars": 4}])}, EN
    )
    shown = page(d, STAR, 4)
    assert sections(shown) == [("In effect", 2, False), ("On record", 1, False)]
    assert shown.sections[0].note == "As of 23 November 2026"
    assert shown.seal is not None
    assert (shown.seal.stars, shown.count) == (4, "3 products")


def test_a_level_that_nobody_holds_says_so() -> None:
    assert sections(page(desk(lang=EN), STAR, 5)) == [("In effect", 0, True)]
    d = desk({**ONE, **many(2, recognitions=[{"stars": 5}])}, EN)
    assert sections(page(d, STAR, 5)) == [("In effect", 0, True), ("On record", 2, False)]


def test_sections_run_on_over_the_parts_of_a_star_page() -> None:
    held = many(PART + 2, recognitions=[stars(4)])
    other = {page_of("products", f"x-{n}"): product(recognitions=[stars(4, date(2022, 1, 1))]) for n in range(3)}
    d = desk({**ONE, **held, **other}, EN)
    assert sections(page(d, STAR, 4, 1)) == [("In effect", PART, False)]
    assert sections(page(d, STAR, 4, 2)) == [("In effect", 2, False), ("On record", 3, False)]


def test_a_level_of_which_only_records_are_known_says_so_on_its_first_part_only() -> None:
    d = desk({**ONE, **many(PART + 1, recognitions=[{"stars": 4}])}, EN)
    assert sections(page(d, STAR, 4, 1)) == [("In effect", 0, True), ("On record", PART, False)]
    assert sections(page(d, STAR, 4, 2)) == [("On record", 1, False)]


def test_each_listing_holds_what_it_is_named_for() -> None:
    toi = product("Tỏi", set=10, place={"district": "dong-hung"}, recognitions=[stars(4, year=2025)])
    d = desk({**ONE, page_of("products", "toi"): toi}, EN)
    classification, places = d.catalogue.classification, d.catalogue.places
    for listing, subject, title, hrefs in (
        (SECTOR, classification.sector_by_id["food"], "Food", {"toi", "gao"}),
        (SET, classification.set_by_number[10], "Other condiments", {"toi"}),
        (DISTRICT, places.district_by_id["dong-hung"], "Đông Hưng District", {"toi"}),
        (DISTRICT, places.district_by_id["thai-thuy"], "Thái Thụy District", {"gao"}),
        (YEAR, 2025, "The round of 2025", {"toi"}),
        (ALL, None, "Products", {"toi", "gao"}),
    ):
        shown = page(d, listing, subject)  # type: ignore[arg-type]
        assert shown.title.words == title
        assert {card.href.split("/")[2] for card in shown.sections[0].cards} == hrefs
        assert shown.facets


def test_a_sector_without_products_says_so_and_leads_on() -> None:
    d = desk(lang=EN)
    shown = page(d, SECTOR, d.catalogue.classification.sector_by_id["tourism"])  # type: ignore[arg-type]
    assert sections(shown) == [("", 0, True)]
    assert [facet.title for facet in shown.facets] == ["Sector"]


def test_a_district_says_until_when_it_was_one() -> None:
    d = desk(lang=EN)
    shown = page(d, DISTRICT, d.catalogue.places.district_by_id["thai-thuy"])  # type: ignore[arg-type]
    assert "1 July 2025" in shown.lead[0].words


def test_a_commune_with_products_has_a_listing_below_its_district_or_its_province_of_today() -> None:
    today = product("Mắm", place={"commune": "tay-thuy-anh", "province": "hung-yen"})
    files = {**ONE, page_of("products", "mam"): today}
    d = desk(files, EN)
    then, now = (
        page(d, COMMUNE, d.catalogue.places.commune_by_key[key])  # type: ignore[arg-type]
        for key in (("thai-thuy", "thuy-an"), ("hung-yen", "tay-thuy-anh"))
    )
    assert [shown.title.words for shown in (then, now)] == [
        "Thụy An Commune, Thái Thụy District",
        "Tây Thụy Anh, Hưng Yên Province",
    ]
    assert [[card.name.words for card in shown.sections[0].cards] for shown in (then, now)] == [["Gạo"], ["Mắm"]]
    assert [line.words for line in then.lead] == ["Now part of Tây Thụy Anh, Hưng Yên Province."]
    assert now.lead == ()
    assert [facet.title for facet in then.facets] == ["Former commune", "Former district"]
    assert [facet.title for facet in now.facets] == ["Former district"]
    found = views(planned(catalogue(files)))
    assert {"vi/dia-phuong/thai-thuy/thuy-an/index.html", "en/places/hung-yen/tay-thuy-anh/index.html"} <= found.keys()
    assert "en/places/thai-thuy/thuy-ninh/index.html" not in found, "no product is from there"


def test_the_filter_of_a_listing_knows_its_subject_in_every_language() -> None:
    files = {**ONE, page_of("products", "mam"): product("Mắm", recognitions=[stars(4, year=2025)])}
    for lang in (VI, EN):
        d = desk(files, lang)
        classification, places = d.catalogue.classification, d.catalogue.places
        for listing, subject, scope in (
            (ALL, None, ""),
            (SECTOR, classification.sector_by_id["food"], "nganh=food"),
            (SET, classification.set_by_number[3], "bo=3"),
            (DISTRICT, places.district_by_id["thai-thuy"], "huyen=thai-thuy"),
            (COMMUNE, places.commune_by_key["thai-thuy", "thuy-an"], "xa=thai-thuy/thuy-an"),
        ):
            shown = page(d, listing, subject)  # type: ignore[arg-type]
            assert shown.filters is not None
            assert (shown.filters.scope, shown.filters.subject) == (scope, shown.title)
        assert STAR.scope(4) == "sao=4"
        assert YEAR.scope(2025) == "nam=2025"


def test_choices_are_told_in_the_language_of_the_page_and_one_product_needs_no_filter() -> None:
    files = {**ONE, page_of("products", "mam"): product("Mắm")}
    told = page(desk(files), ALL, None).filters
    assert told is not None
    assert [(value, words.replace("\u00a0", " ")) for value, words in told.stars][:2] == [
        ("5", "5 sao"),
        ("4", "4 sao"),
    ]
    assert told.languages == (("en", "Tiếng Anh"),)
    assert ("cooperative", "Hợp tác xã") in told.kinds
    english = page(desk(files, EN), ALL, None).filters
    assert english is not None
    assert english.languages == (("en", "English"),)
    assert page(desk(), ALL, None).filters is None
