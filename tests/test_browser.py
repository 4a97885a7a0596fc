"""The sites in a real browser: nothing from elsewhere, every policy kept, every picture, both languages, the codes."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser
from web import KINDS, a_page


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_no_other_host_and_breaks_no_policy(browser: Browser, web: str, kind: str) -> None:
    with a_page(browser, 390) as page:
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        for path in KINDS[kind]:
            page.goto(web + path)
        assert asked
        assert [url for url in asked if not url.startswith(web)] == []
        assert said == []


def test_every_picture_that_is_shown_can_be_read(browser: Browser, web: str) -> None:
    with a_page(browser, 1280) as page:
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(web + "vi/", wait_until="networkidle")
        for picture in page.locator("img").all():
            picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert failed == []


def test_the_other_language_is_one_tap_away_on_the_same_page(browser: Browser, web: str) -> None:
    with a_page(browser, 390) as page:
        page.goto(web + "vi/san-pham/mam-cay-hong-tien/")
        page.locator('a[hreflang="en"]').first.click()
        assert page.url == web + "en/products/mam-cay-hong-tien/"
        page.locator('a[hreflang="vi"]').first.click()
        assert page.url == web + "vi/san-pham/mam-cay-hong-tien/"


def test_dark_pages_are_dark(browser: Browser, web: str) -> None:
    with a_page(browser, 390, "dark") as page:
        page.goto(web + "vi/")
        pixel = page.screenshot(clip={"x": 2, "y": 2, "width": 1, "height": 1})
        assert _brightness(pixel) < 60


def test_a_code_is_read_off_a_dark_screen_and_its_page_leads_on_in_a_language(browser: Browser, web: str) -> None:
    with a_page(browser, 360, "dark") as page:
        page.goto(web + "cho/en/products/ten-rat-dai/")
        page.locator("figure.code").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
        page.goto(found.text.replace("https://example.org/", web))
        assert page.url == web + "cho/p/ten-rat-dai/", "as servers lead to a folder"
        page.get_by_text("View in English").click()
        assert page.url == web + "cho/en/products/ten-rat-dai/"


def _brightness(png: bytes) -> float:
    return sum(Image.open(io.BytesIO(png)).convert("RGB").getpixel((0, 0))) / 3  # type: ignore[arg-type]
