"""The shipped site in a real browser: nothing from elsewhere, no script, nothing cut off on a small phone."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page
from sites import awkward, built

PAGES = (
    "vi/",
    "en/",
    "vi/san-pham/",
    "vi/san-pham/toi-den-truong-an/",
    "en/products/coi-tay-an/",
    "vi/chu-the/thien-duc/",
    "vi/sao/4/",
    "en/stars/5/",
    "vi/dia-phuong/",
    "en/programme/",
    "vi/tin-tuc/",
    "vi/gioi-thieu/",
    "en/a-z/",
    "p/toi-den-truong-an/",
    "c/thien-duc/",
    "404.html",
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(shipped_site: Path) -> Iterator[str]:
    with at_an_address(shipped_site) as address:
        yield address


@contextmanager
def at_an_address(site: Path) -> Iterator[str]:
    """Where a site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def a_page(browser: Browser, width: int, scheme: str = "light") -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_and_breaks_no_policy(browser: Browser, address: str, path: str) -> None:
    with a_page(browser, 390) as page:
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer is not None
        assert answer.ok
        assert [url for url in asked if not url.startswith(address)] == []
        assert said == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, path: str, width: int) -> None:
    with a_page(browser, width) as page:
        page.goto(address + path, wait_until="networkidle")
        document = page.locator("html")
        box = document.bounding_box()
        assert box is not None
        widths = [one.bounding_box() for one in page.locator("main, header, footer, h1").all()]
        assert all(one is None or one["x"] + one["width"] <= width + 1 for one in widths)
        assert box["width"] <= width


def test_every_picture_that_is_shown_can_be_read(browser: Browser, address: str) -> None:
    with a_page(browser, 1280) as page:
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(address + "vi/", wait_until="networkidle")
        for picture in page.locator("img").all():
            picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert failed == []


def test_the_other_language_is_one_tap_away_on_the_same_page(browser: Browser, address: str) -> None:
    with a_page(browser, 390) as page:
        page.goto(address + "vi/san-pham/mam-cay-hong-tien/")
        page.locator('a[hreflang="en"]').first.click()
        assert page.url == address + "en/products/mam-cay-hong-tien/"
        page.locator('a[hreflang="vi"]').first.click()
        assert page.url == address + "vi/san-pham/mam-cay-hong-tien/"


def test_dark_pages_are_dark(browser: Browser, address: str) -> None:
    with a_page(browser, 390, "dark") as page:
        page.goto(address + "vi/")
        pixel = page.screenshot(clip={"x": 2, "y": 2, "width": 1, "height": 1})
        assert _brightness(pixel) < 60


def test_a_code_is_read_off_a_dark_screen_and_its_page_leads_on_in_a_language(browser: Browser, tmp_path: Path) -> None:
    project = awkward(tmp_path)
    built(project)
    with at_an_address(project.output) as address, a_page(browser, 360, "dark") as page:
        page.goto(address + "en/products/ten-rat-dai/")
        page.locator("figure.code").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
        page.goto(found.text.replace("https://example.org/cho/", address))
        assert page.url == address + "p/ten-rat-dai/", "as servers lead to a folder"
        page.get_by_text("View in English").click()
        assert page.url == address + "en/products/ten-rat-dai/"


def _brightness(png: bytes) -> float:
    return sum(Image.open(io.BytesIO(png)).convert("RGB").getpixel((0, 0))) / 3  # type: ignore[arg-type]
