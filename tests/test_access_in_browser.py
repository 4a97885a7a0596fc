"""Pages that everyone can use, measured in a real browser: by touch, enlarged, spaced out, in both schemes.

What axe cannot judge is judged here, page kind by page kind (`web.KINDS`), by the measures of `measures.js`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from sites import TESTS
from web import DESKTOP, KINDS, PHONE, stay_on

MEASURES = (TESTS / "measures.js").read_text("utf-8")

ENLARGED = "--blink-settings=defaultFontSize=32"
"""Text of twice the size, as readers set it in their browser."""

SPACED = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
"""What a reader may ask of the spaces in a text: WCAG 1.4.12."""

WEAR = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""

WIDTHS = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

Wrong = Mapping[str, list[str]]
"""What is wrong by measure; an empty list is well."""


@dataclass
class Measured:
    """What was measured on pages, each opened twice: in a window of its own for text of twice the size."""

    page: Page
    enlarged: Page
    address: str
    known: dict[str, Wrong] = field(default_factory=dict)

    def of(self, path: str) -> Wrong:
        """What is wrong on a page."""
        if path not in self.known:
            for page in (self.page, self.enlarged):
                stay_on(page, self.address + path)
                page.evaluate(MEASURES)
            self.known[path] = dict(self._measured())
        return self.known[path]

    def _measured(self) -> Iterator[tuple[str, list[str]]]:
        page = self.page
        page.set_viewport_size(PHONE)
        yield "markup", asked(page, "foreign", "twins", "tables", "moving")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield f"focus, {scheme}", asked(page, "outlines")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        yield from self._each_width(page, "targets", "targets")
        page.set_viewport_size({"width": 320, "height": 256})
        yield "reflow", asked(page, "wide")
        page.evaluate(WEAR, SPACED)
        yield from self._each_width(page, "spaced", "cut", "wide")
        yield from self._each_width(self.enlarged, "enlarged", "cut", "wide")

    def _each_width(self, page: Page, what: str, *measures: str) -> Iterator[tuple[str, list[str]]]:
        for name, size in WIDTHS.items():
            page.set_viewport_size(size)
            yield f"{what}, {name}", asked(page, *measures)


def asked(page: Page, *measures: str) -> list[str]:
    """What some measures find wrong on a page as it is."""
    return [one for measure in measures for one in page.evaluate(f"measures.{measure}()")]


@pytest.fixture(scope="module")
def measured(chromium: Callable[..., Browser], browser: Browser, web: str) -> Iterator[Measured]:
    larger = chromium(ENLARGED)
    page, enlarged = (one.new_page(service_workers="block", reduced_motion="reduce") for one in (browser, larger))
    yield Measured(page, enlarged, web)
    larger.close()
    page.close()


def found(measured: Measured, kind: str, *measures: str) -> list[str]:
    """What some measures find on the pages of a kind."""
    wrong = {path: measured.of(path) for path in KINDS[kind]}
    assert all(one in known for known in wrong.values() for one in measures), "each of these was measured"
    return [f"{path}, {name}: {one}" for path, known in wrong.items() for name in measures for one in known[name]]


KIND = pytest.mark.parametrize("kind", KINDS)


@KIND
def test_every_target_is_44_pixels_wide_and_high_and_none_lies_over_another(measured: Measured, kind: str) -> None:
    assert found(measured, kind, "targets, phone", "targets, desktop") == []


@KIND
def test_the_focus_is_seen_on_everything_that_takes_it(measured: Measured, kind: str) -> None:
    assert found(measured, kind, "focus, light", "focus, dark") == []


@KIND
def test_at_320_by_256_pixels_nothing_is_scrolled_sideways(measured: Measured, kind: str) -> None:
    assert found(measured, kind, "reflow") == []


@KIND
def test_text_of_twice_the_size_is_whole(measured: Measured, kind: str) -> None:
    assert found(measured, kind, "enlarged, phone", "enlarged, desktop") == []


@KIND
def test_text_that_is_spaced_out_is_whole(measured: Measured, kind: str) -> None:
    assert found(measured, kind, "spaced, phone", "spaced, desktop") == []


@KIND
def test_words_of_the_other_language_say_so_and_links_and_tables_are_told_apart(measured: Measured, kind: str) -> None:
    """Also nothing moves for those who asked that nothing move."""
    assert found(measured, kind, "markup") == []
