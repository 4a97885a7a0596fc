"""The keyboard alone reaches and operates everything; what needs no script works without; paper and strict colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from sites import TESTS
from web import DESKTOP, KINDS, PHONE, a_page, stay_on, until

MEASURES = (TESTS / "measures.js").read_text("utf-8")

FROM_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""
"""The page of the search begins in its field; the walk begins above it."""

PICTURES = "cho/vi/san-pham/nep-tiem-nang/"
"""A product with two pictures of its own."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(service_workers="block", reduced_motion="reduce")
    yield page
    page.close()


def at(page: Page, url: str, size: Any = PHONE) -> Page:
    """The page, opened in a window of a size, with nothing in focus."""
    page.set_viewport_size(size)
    stay_on(page, url)
    return page


def focused(page: Page) -> str:
    """The words of what the keyboard is at."""
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def walked(page: Page) -> list[dict[str, Any]]:
    """Every stop of the tabulator from the beginning of the page to its end."""
    page.evaluate(FROM_THE_TOP)
    page.evaluate(MEASURES)
    for _ in range(page.evaluate("measures.count()") + 1):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    stops: list[dict[str, Any]] = page.evaluate("measures.stops")
    return stops


def is_ahead(here: dict[str, Any], there: dict[str, Any]) -> bool:
    """Whether an eye that reads goes on from one stop to the next: below it, or at its right."""
    return bool(there["top"] >= here["bottom"] - 4 or there["left"] >= here["right"] - 4)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_tabulator_stops_at_everything_once_in_the_order_of_the_eye(
    page: Page, web: str, kind: str, size: Any
) -> None:
    stops = walked(at(page, web + KINDS[kind][-1], size))
    everything = page.evaluate("measures.count()")
    assert [one["at"] for one in stops][:everything] == list(range(everything)), "no trap, nothing left out"
    back = [(a["place"], b["place"]) for a, b in pairwise(stops[1:everything]) if not is_ahead(a, b)]
    assert back == []


def test_the_first_stop_leads_past_the_head_into_the_page(page: Page, web: str) -> None:
    at(page, web + "vi/san-pham/toi-den-truong-an/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    box = skip.bounding_box()
    assert focused(page) == skip.inner_text() == "Đến nội dung chính"
    assert box is not None
    assert box["y"] >= 0, "it is seen as soon as the keyboard is at it"
    assert box["height"] >= 44
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the keyboard goes on from there"


def test_the_menu_opens_and_closes_by_keyboard_and_covers_nothing(page: Page, web: str) -> None:
    at(page, web + "vi/")
    summary, menu = page.locator(".menu summary"), page.locator(".menu nav")
    summary.focus()
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    assert menu.evaluate(
        "one => one.getBoundingClientRect().bottom <= document.querySelector('main').getBoundingClientRect().top"
    )
    page.keyboard.press("Tab")
    assert focused(page) == "Sản phẩm"
    page.keyboard.press("Enter")
    page.wait_for_url(web + "vi/san-pham/")
    page.locator(".menu summary").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert not page.locator(".menu nav").is_visible()


def test_the_menu_lies_open_on_a_desktop(page: Page, web: str) -> None:
    at(page, web + "vi/", DESKTOP)
    assert page.locator(".menu nav").is_visible()
    assert not page.locator(".menu summary").is_visible()


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.slides').scrollLeft"))


def test_pictures_are_leafed_through_by_keyboard(page: Page, web: str) -> None:
    at(page, web + PICTURES, DESKTOP)
    slides = page.locator(".slides")
    page.locator(".thumbs a").nth(1).focus()
    page.keyboard.press("Enter")
    until(lambda: scrolled(page) > 100)
    page.locator(".thumbs a").nth(0).focus()
    page.keyboard.press("Enter")
    until(lambda: scrolled(page) < 10)
    at(page, web + PICTURES)
    slides.focus()
    page.keyboard.press("ArrowRight")
    until(lambda: scrolled(page) > 100)


def test_the_other_language_is_one_key_away_and_announced_in_it(page: Page, web: str) -> None:
    at(page, web + PICTURES)
    other = page.locator(".langs a")
    assert other.get_attribute("lang") == other.get_attribute("hreflang") == "en"
    other.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(web + "cho/en/products/nep-tiem-nang/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_listing_in_parts_is_leafed_through_by_keyboard_and_says_where_one_is(page: Page, web: str) -> None:
    at(page, web + "nhieu/vi/san-pham/")
    assert page.locator(".pager [aria-current=page]").inner_text() == "1"
    page.locator(".pager [rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trang-2/")
    assert page.locator(".pager [aria-current=page]").inner_text() == "2"
    page.locator(".pager [rel=prev]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(web + "nhieu/vi/san-pham/")


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"redirect"}))
def test_a_page_without_script_is_whole_and_offers_nothing_that_needs_one(
    browser: Browser, web: str, kind: str
) -> None:
    with a_page(browser, 360) as bare:
        for path in KINDS[kind]:
            bare.goto(web + path)
            assert bare.locator("h1").count() == 1
            assert bare.locator("main").inner_text().strip()
            assert [one.inner_text() for one in bare.locator("button").all() if one.is_visible()] == []
            lang = path.removeprefix("cho/").removeprefix("nhieu/").partition("/")[0]
            assert bare.locator("html").get_attribute("lang") == ("en" if lang == "en" else "vi")


def test_stars_have_words_and_charts_are_tables(page: Page, web: str) -> None:
    at(page, web + "cho/vi/san-pham/")
    lines = page.locator(".seal-line").all()
    assert len(lines) > 5
    assert all("sao" in one.inner_text() and one.locator("svg").get_attribute("aria-hidden") for one in lines)
    at(page, web + "vi/chuong-trinh/")
    charts = page.locator(".chart").all()
    assert len(charts) >= 3
    for chart in charts:
        bars = chart.locator("svg.bar").count()
        numbers = [one.inner_text() for one in chart.locator("td.bar-number").all()]
        assert len(numbers) == bars > 1
        assert all(any(sign.isdigit() for sign in one) for one in numbers)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["cho/vi/san-pham/ten-rat-dai/", "vi/sao/4/", "cho/en/products/"])
def test_seals_are_seen_where_the_system_chooses_the_colours(
    browser: Browser, web: str, path: str, scheme: str
) -> None:
    with a_page(browser, 360, scheme, forced_colors="active") as page:
        page.goto(web + path)
        for seal in page.locator("main .seal").all()[:3]:
            shot = Image.open(io.BytesIO(seal.screenshot())).convert("L")
            low, high = shot.getextrema()
            assert high - low > 90, "stars stand out from their ground"  # type: ignore[operator]


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"redirect"}))
def test_on_paper_nothing_is_left_to_click_and_the_ground_is_white_at_night(page: Page, web: str, kind: str) -> None:
    at(page, web + KINDS[kind][0], DESKTOP)
    page.emulate_media(media="print", color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    left = [one for one in (".menu", ".langs", ".crumbs", ".pager", ".foot-nav", ".keep") if seen(page, one)]
    page.emulate_media(media="screen", color_scheme="light")
    assert ground == "rgb(255, 255, 255)"
    assert left == []


def seen(page: Page, selector: str) -> bool:
    return any(one.is_visible() for one in page.locator(selector).all())


def test_a_printed_product_has_all_its_words(page: Page, web: str) -> None:
    at(page, web + KINDS["product"][1], DESKTOP)
    words = page.locator("main h1, main .facts dd, main .packs tbody th, main .seal-box b").all_inner_texts()
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert len(words) > 10
    assert [one for one in words if squeezed(one.partition("\n")[0]) not in squeezed(text)] == []


def squeezed(words: str) -> str:
    """Words without spaces: where a line ends is the printer's own."""
    return "".join(words.split())
