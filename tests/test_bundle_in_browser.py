"""The fair bundle in a real browser, opened from the disk: every kind of page, reached by clicking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sites import TODAY, Quiet, awkward, jpeg, lay

from ocopgen.bundle import Order, bundle


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the awkward site, in a folder whose name is awkward too; its pictures were thinned out."""
    place = tmp_path_factory.mktemp("fair")
    project = awkward(place)
    lay(project.content, {"products/nep-tiem-nang/hop.jpg": jpeg(1700, 1300)})
    into = place / "Hội chợ #1 100%"
    whole = bundle(project, Order(into, None, TODAY), Quiet()).made
    assert whole is not None
    thinned = bundle(project, Order(into, whole.size - 1, TODAY), Quiet()).made
    assert thinned is not None
    assert thinned.there
    assert thinned.step.widest == 800
    return into


@dataclass
class Watched:
    """A page, and what went wrong on it or left the folder."""

    page: Page
    root: str
    wrong: list[str] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._asks(request.url))
        self.page.on("requestfailed", lambda request: self._fails(request.url, request.failure))
        self.page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))

    def _asks(self, url: str) -> None:
        self.asked += 1
        if not url.startswith(self.root):
            self.wrong.append(f"outside: {url}")

    def _fails(self, url: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # we went on before it had come
            self.wrong.append(f"failed: {url} {why}")

    @property
    def at(self) -> str:
        """Where it is, below the folder."""
        return self.page.url.removeprefix(self.root)


@pytest.fixture
def watched(browser: Browser, folder: Path) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield Watched(context.new_page(), folder.as_uri() + "/")
    context.close()


LOOKS = """async () => {
  for (const one of document.images) { one.loading = 'eager'; await one.decode(); }
  await document.fonts.ready;
  const own = [...document.fonts].filter(one => ['Text', 'Head'].includes(one.family));
  return {
    fonts: own.filter(one => one.status === 'loaded').length,
    unloaded: own.filter(one => one.status === 'error').length,
    family: getComputedStyle(document.body).fontFamily.split(',')[0],
    paper: getComputedStyle(document.body).backgroundColor,
    dark: [...document.images].filter(one => !one.naturalWidth).map(one => one.src),
    pictures: document.images.length,
  }
}"""


def kind(path: str) -> tuple[str, str, int]:
    """What kind of page lies at a path: its language, its section, its depth."""
    first, *below = path.split("/")
    return first, below[0] if first in ("vi", "en") and len(below) > 1 else "", len(below)


def test_every_kind_of_page_is_reached_by_clicking_and_looks_as_on_the_web(watched: Watched, folder: Path) -> None:
    page = watched.page
    there = {kind(path): path for path in (one.relative_to(folder).as_posix() for one in folder.rglob("*.html"))}
    page.goto(watched.root + "index.html")
    seen, ahead, pictures = {kind("index.html")}, _ways_on(watched), 0
    while ahead:
        before, href = ahead.pop()  # of this page, so that few are opened twice
        path = href.removeprefix(watched.root).partition("#")[0]
        if kind(path) in seen or not path.endswith(".html"):
            continue
        seen.add(kind(path))
        if page.url != before:
            page.goto(before)
        page.evaluate("href => [...document.links].find(one => one.href === href).click()", href)
        page.wait_for_url(href)
        pictures += _looked_at(watched, path)
        ahead += _ways_on(watched)
    others = there.keys() - seen
    assert not {lang for lang, *_ in others} & {"vi", "en"}, "no page of a language is hidden"
    for path in (there[one] for one in sorted(others)):
        page.goto(watched.root + path)
        pictures += _looked_at(watched, path)
    assert watched.wrong == []
    assert pictures > 20
    assert watched.asked > 5 * len(seen)


def _looked_at(watched: Watched, path: str) -> int:
    """The number of pictures of a page that has its fonts, its style and all of these."""
    assert watched.at.partition("#")[0] == path, "no page leads astray"
    looks = watched.page.evaluate(LOOKS)
    assert (looks["family"], looks["unloaded"], looks["dark"]) == ("Text", 0, []), path
    assert looks["fonts"] >= 2, path
    assert looks["paper"] == "rgb(251, 247, 239)", path
    return int(looks["pictures"])


def _ways_on(watched: Watched) -> list[tuple[str, str]]:
    """The pages of the folder that this page leads to."""
    links = watched.page.evaluate("[...document.links].map(one => one.href)")
    inside = dict.fromkeys(one for one in links if one.startswith(watched.root))
    return [(watched.page.url, one) for one in inside]


def test_an_old_address_leads_on_to_the_new_one(watched: Watched) -> None:
    watched.page.goto(watched.root + "vi/san-pham/mam-cay-cu/index.html")
    watched.page.wait_for_url(watched.root + "vi/san-pham/ten-rat-dai/index.html")
    assert watched.wrong == []


def test_the_other_language_is_one_click_away_on_the_same_page(watched: Watched) -> None:
    watched.page.goto(watched.root + "vi/san-pham/ten-rat-dai/index.html")
    for lang, path in (("en", "en/products/ten-rat-dai/index.html"), ("vi", "vi/san-pham/ten-rat-dai/index.html")):
        watched.page.locator(f'header a[hreflang="{lang}"]').click()
        assert watched.at == path
        assert watched.page.locator("html").get_attribute("lang") == lang
    assert watched.wrong == []


def test_a_thinned_picture_is_the_widest_that_stayed(watched: Watched) -> None:
    watched.page.goto(watched.root + "vi/san-pham/nep-tiem-nang/index.html")
    picture = watched.page.locator("main picture img").first
    assert picture.evaluate("async one => { await one.decode(); return one.currentSrc }").endswith(".jpg")
    assert picture.evaluate("one => one.currentSrc.match(/-(\\d+)-[0-9a-f]{12}/)[1]") == "800"
    assert watched.wrong == []
