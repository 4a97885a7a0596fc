"""The page at a short address: what it says in each language, and which picture it shows."""

from __future__ import annotations

from datetime import date

from sites import DATA, DRAWINGS, EN, ONE, TODAY, VI, Files, catalogue, entry, page_of, photo, producer, product, stars
from sites import with_policies as policies

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery, drawing_path
from ocopgen.photo import PhotoFile
from ocopgen.short_pages import short_page
from ocopgen.text import Phrase
from ocopgen.views import ShortPage

GAO, AN = page_of("products", "gao"), page_of("producers", "an")
RICE, ALCOHOL = 3, 14


def shown(kind: str, files: Files, *photos: PhotoFile, data: Files = DATA, base_url: str | None = None) -> ShortPage:
    """The page of the one product, or of its producer."""
    whole = catalogue({**ONE, **files}, photos, data)
    desks = [Desk(Edition(lang, whole, TODAY, base_url), Gallery(whole, DRAWINGS)) for lang in (VI, EN)]
    return short_page(desks, kind, whole.product_by_id["gao"] if kind == "products" else whole.producer_by_id["an"])


def source(page: ShortPage) -> str:
    """The file of the page's picture."""
    assert page.picture is not None
    return page.picture.src


def test_a_product_is_named_in_each_language_and_leads_to_its_page_there() -> None:
    english = {page_of("products", "gao").replace(".vi.", ".en."): entry(name="Rice", summary="Good rice.")}
    page = shown("products", english)
    assert [(one.lang, one.href) for one in page.invitations] == [
        ("vi", "vi/san-pham/gao/"),
        ("en", "en/products/gao/"),
    ]
    assert [str(one.name) for one in page.invitations] == ["Gạo", "Rice"]
    assert [str(one.summary) for one in page.invitations] == ["Gạo ngon.", "Good rice."]
    assert [one.enter for one in page.invitations] == ["Xem bằng tiếng Việt", "View in English"]
    assert (page.root, page.title) == ("../../", "Gạo · Chợ thử")


def test_what_is_not_translated_is_marked_as_what_it_is() -> None:
    _, english = shown("products", {}).invitations
    assert english.name == Phrase("Gạo", VI)
    assert english.over == Phrase("Hợp tác xã An", VI)


def test_a_star_is_told_with_its_standing_and_the_day_it_was_judged_on() -> None:
    lapsed = product(recognitions=[stars(4, date(2020, 1, 1))])
    vi, en = shown("products", {GAO: lapsed}).invitations
    assert vi.seal is not None
    assert (vi.seal.held, vi.seal.words) == (False, "4\u00a0sao · hết hiệu lực 01/01/2023")
    assert (vi.as_of, en.as_of) == ("Hạng sao tính đến ngày 23/11/2026", "Standing of the star as of 23 November 2026")
    held, _ = shown("products", {GAO: product(recognitions=[stars(4)])}).invitations
    assert held.seal is not None
    assert held.seal.held


def test_the_day_is_told_without_a_star_too() -> None:
    first, second = shown("products", {}).invitations
    assert (first.seal, first.as_of) == (None, "Hạng sao tính đến ngày 23/11/2026")
    assert (second.seal, second.as_of) == (None, "Standing of the star as of 23 November 2026")


def test_beside_alcohol_stands_what_the_law_has_said() -> None:
    page = shown("products", {GAO: product(set=ALCOHOL)})
    assert [one.notice and one.notice.lang for one in page.invitations] == [None, None]
    assert all(one.notice and "18" in one.notice.words for one in page.invitations)
    assert [one.notice for one in shown("products", {}).invitations] == [None, None]


def test_a_producer_is_told_of_by_its_kind_and_without_a_star() -> None:
    vi, en = shown("producers", {GAO: product(recognitions=[stars(4)])}).invitations
    assert (vi.over, en.over) == (Phrase("Hợp tác xã"), Phrase("Cooperative"))
    assert (vi.href, vi.seal, vi.summary, vi.notice) == ("vi/chu-the/an/", None, None, None)
    unknown = shown("producers", {AN: producer(kind="unknown")})
    assert [one.over for one in unknown.invitations] == [None, None]


def test_search_engines_are_led_to_the_first_language() -> None:
    assert shown("products", {}, base_url="https://a.vn/b").canonical == "https://a.vn/b/vi/san-pham/gao/"
    assert shown("products", {}).canonical is None


def test_a_picture_is_the_photo_of_the_entry() -> None:
    own, made = photo("producers/an/nha.jpg"), photo("products/gao/hop.jpg")
    assert "an-nha" in source(shown("producers", {}, own, made))
    assert "gao-hop" in source(shown("products", {}, own, made))


def test_a_producer_without_a_photo_is_shown_by_a_product_but_by_no_alcohol() -> None:
    assert "gao-hop" in source(shown("producers", {}, photo("products/gao/hop.jpg")))
    assert source(shown("producers", {})) == drawing_path(DRAWINGS[f"set-{RICE:02}"])
    alcohol = {GAO: product(set=ALCOHOL)}
    assert shown("producers", alcohol).picture is None
    assert shown("producers", alcohol, data=policies(alcohol_prices=True)).picture is not None
