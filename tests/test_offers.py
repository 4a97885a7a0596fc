"""Which brochures pages lead to, and what they say of them."""

from __future__ import annotations

import pytest
from papers import TYPESET, awkward, bindery
from sites import ONE, VI, page_of, product, the

from ocopgen.bindery import PRINT, Bindery
from ocopgen.brochures import ALSO, WITH_BROCHURES
from ocopgen.heads import Route
from ocopgen.listing_pages import Listed
from ocopgen.offers import Offers
from ocopgen.pages import SITE

ROUTES = {one.name: one for one in SITE}


def offers(here: Bindery, wanted: bool = True) -> Offers:
    return Offers(here.desks, TYPESET, wanted=wanted)


def paths(here: Bindery, route: str, subject: object, wanted: bool = True) -> list[str]:
    """The files that a page leads to."""
    return [one.path for one in offers(here, wanted).of_page(here.desk, ROUTES[route], subject)]


def subject_of(here: Bindery, route: Route[object]) -> object:
    """The first page of a kind."""
    return next(iter(route.each(here.desk)))


def test_a_page_leads_to_the_documents_that_lie_beside_it() -> None:
    here = awkward()
    makers = here.desk.catalogue.producer_by_id
    assert paths(here, "product", the(here.desk, "gao-het-han")) == ["vi/san-pham/gao-het-han/gao-het-han-vi.pdf"]
    assert "vi/chu-the/nha-bao-mat/nha-bao-mat-vi.pdf" in paths(here, "producer", makers["nha-bao-mat"])
    assert paths(here, "star", Listed(5)) == ["vi/sao/5/ocop-5-vi.pdf"]


def test_the_home_page_and_the_list_of_all_products_lead_to_the_same_file_of_the_whole() -> None:
    here = awkward()
    assert paths(here, "home", None)[0] == paths(here, "products", Listed(None))[0] == "vi/san-pham/cho-thu-vi.pdf"
    assert list(offers(here).beside(here.desk, ROUTES["home"], None)) == [], "it lies beside one of them alone"


def test_further_parts_of_a_listing_lead_to_no_brochure_of_their_own() -> None:
    assert paths(awkward(), "products", Listed(None, 2, 2)) == []


def test_pages_of_other_kinds_lead_to_none() -> None:
    here = awkward()
    others = set(ROUTES) - WITH_BROCHURES - {name for also in ALSO.values() for name in also}
    assert others
    for name in others:
        assert [one for subject in ROUTES[name].each(here.desk) for one in paths(here, name, subject)] == [], name


def test_nothing_is_offered_where_brochures_are_not_wanted() -> None:
    here = awkward()
    assert all(paths(here, name, subject_of(here, ROUTES[name]), wanted=False) == [] for name in ("home", "product"))


def test_what_has_no_brochure_offers_none() -> None:
    here = bindery({**ONE, page_of("products", "ruou"): product("Rượu", set=14)})
    assert paths(here, "product", the(here.desk, "ruou")) == []


def test_an_offer_tells_what_it_is_its_kind_and_its_size_once_it_is_known() -> None:
    here = awkward()
    route, gao = ROUTES["product"], the(here.desk, "gao-het-han")
    (one,) = offers(here).of_page(here.desk, route, gao)
    (unknown,) = offers(here).downloads(here.desk, route, gao, {})
    (known,) = offers(here).downloads(here.desk, route, gao, {one.pdf.key: 41_744})
    assert (unknown.words, unknown.href, unknown.note) == ("Tờ giới thiệu sản phẩm", one.path, "PDF")
    assert known.note == "PDF, 42\u00a0kB"


@pytest.mark.parametrize(
    ("size", "note"),
    [
        (1, "PDF, 1\u00a0kB"), (999_499, "PDF, 999\u00a0kB"), (1_000_000, "PDF, 1\u00a0MB"),
        (1_249_000, "PDF, 1,2\u00a0MB"), (12_340_000, "PDF, 12,3\u00a0MB"), (None, "PDF"),
    ],
)  # fmt: skip
def test_sizes_are_told_in_the_numbers_of_the_language(size: int | None, note: str) -> None:
    assert awkward().desk.edition.file_note("PDF", size) == note
    assert awkward().desk.edition.lang == VI


def test_a_document_is_planned_once_however_many_pages_lead_to_it() -> None:
    here = awkward()
    both = [
        next(offers(here).of_page(here.desk, ROUTES[name], subject))
        for name, subject in (("home", None), ("products", Listed(None)))
    ]
    assert both[0].pdf is both[1].pdf


def test_what_is_for_print_is_another_document() -> None:
    here = awkward()
    gao = the(here.desk, "gao-het-han")
    (screen,) = offers(here).of_page(here.desk, ROUTES["product"], gao)
    (to_print,) = Offers(here.desks, TYPESET, PRINT).of_page(here.desk, ROUTES["product"], gao)
    assert screen.path == to_print.path
    assert screen.pdf.key != to_print.pdf.key
