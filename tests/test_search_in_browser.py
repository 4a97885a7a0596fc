"""The search in a real browser, from a server and from a disk: what is found first, how it is shown and operated."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import CACHE, ROOT, TEMPLATES, TODAY, Quiet, built, entry, lay, page_of, product, read_yaml, stars
from test_offline_in_browser import until

from ocopgen.bundle import Order, bundle
from ocopgen.project import Project
from ocopgen.text import fold

QUERIES = [
    (lang, words, first)
    for lang, asked in read_yaml((ROOT / "tests" / "queries.yml").read_bytes()).items()
    for words, first in asked.items()
]
"""Language, what is typed, and what must come first."""

AWKWARD_NAME = "Trà sen <b>Đồng</b> & “Thanh”"
MADE = {
    page_of("producers", "tra-dong-thanh"): entry(
        name="HTX Trà Đồng Thanh", kind="cooperative", place={"commune": "dong-thanh", "district": "vu-thu"}
    ),
    page_of("products", "tra-sen"): product(
        AWKWARD_NAME,
        producer="tra-dong-thanh",
        recognitions=[stars(4, date(2025, 6, 1), "86/QĐ-UBND")],
        packs=[{"label": "Hộp", "quantity": "100 g", "gtin": "8930000000002"}],
        certificates=[{"name": "VietGAP"}],
    ),
    page_of("products", "tra-mat-ong"): product(
        "Trà hoa cúc",
        producer="tra-dong-thanh",
        recognitions=[stars(4, date(2021, 6, 1), "87/QĐ-UBND")],
    ),
}
"""What the shipped content has no example of: papers, codes, a star in effect and one that has ended."""

RESULTS = """list => list.map(one => ({
  href: one.querySelector('a').href,
  name: one.querySelector('.hit-name').textContent,
  words: one.innerText,
  why: (one.querySelector('.hit-why') || {}).textContent || '',
  marks: [...one.querySelectorAll('.hit-name mark')].map(mark => mark.textContent),
  held: Boolean(one.querySelector('.seal.held')),
}))"""


@dataclass
class Asked:
    """A server of a site; `missing` are paths that it does not have for now."""

    url: str
    missing: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: Any, asked: Asked, **named: Any) -> None:
        self._asked = asked
        super().__init__(*given, **named)

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        self._asked.seen.append(self.path)
        if self.path in self._asked.missing:
            self.send_error(404)
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("search")
    copytree(ROOT / "content", folder / "content")
    lay(folder / "content", MADE)
    project = Project(folder / "content", TEMPLATES, folder / "output", CACHE, TODAY, brochures=False)
    built(project)
    return project


@pytest.fixture(scope="module")
def asked(project: Project) -> Iterator[Asked]:
    told = Asked("")
    handler = partial(_Handler, asked=told, directory=str(project.output))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def folder(project: Project) -> str:
    """The bundle's folder as an address, with a name as people give them."""
    into = project.output.parent / "Hội chợ #1"
    made = bundle(project, Order(into, None, TODAY), Quiet()).made
    assert made is not None
    return into.as_uri() + "/"


@contextmanager
def opened(browser: Browser, url: str, width: int = 390, **settings: Any) -> Iterator[Page]:
    """A page without faults; no worker stands between it and the server."""
    context = browser.new_context(viewport={"width": width, "height": 800}, service_workers="block", **settings)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(url)
    yield page
    assert [one for one in faults if not re.search("404|ERR_FAILED|Service Worker", one)] == []
    context.close()


SEARCH = {"vi": "vi/tim-kiem/", "en": "en/search/"}


def found(page: Page, words: str) -> list[dict[str, Any]]:
    """What is found for words, best first."""
    page.fill("#q", words)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done, 20))))")
    expect(page.locator(".search-status")).to_have_text(re.compile("^[^…]+$"))
    results: list[dict[str, Any]] = page.eval_on_selector_all(".hit", RESULTS)
    return results


def first_of(page: Page, words: str) -> str:
    """The id of what is found first, a producer's as `producers/<id>`."""
    results = found(page, words)
    if not results:
        return ""
    *_, kind, name = results[0]["href"].removesuffix("index.html").strip("/").split("/")
    return f"producers/{name}" if kind in ("chu-the", "producers") else str(name)


# --- what is found ------------------------------------------------------------------------------------------


def wrong(pages: Callable[[str], Page]) -> list[str]:
    """The queries whose first result is another than the expected."""
    told = []
    for lang, words, first in QUERIES:
        got = first_of(pages(lang), words)
        if got != first:
            told.append(f"{lang} {words!r}: {got} instead of {first}")
    return told


def test_sixty_queries_find_what_is_meant_first(browser: Browser, asked: Asked) -> None:
    assert len(QUERIES) == 60
    with opened(browser, asked.url + SEARCH["vi"]) as vi, opened(browser, asked.url + SEARCH["en"]) as en:
        others = wrong({"vi": vi, "en": en}.__getitem__)
    print("\n".join(others))
    assert len(others) <= 2, others


def test_the_same_is_found_from_a_disk_and_results_lead_to_files(browser: Browser, folder: str) -> None:
    paths = {lang: f"{folder}{path}index.html" for lang, path in SEARCH.items()}
    with opened(browser, paths["vi"]) as vi, opened(browser, paths["en"]) as en:
        others = wrong({"vi": vi, "en": en}.__getitem__)
        assert len(others) <= 2, others
        found(vi, "toi den")
        vi.locator(".hit a").first.click()
        vi.wait_for_url(f"{folder}vi/san-pham/toi-den-truong-an/index.html")
        vi.go_back()
        expect(vi.locator(".hit").first).to_contain_text("Tỏi đen")
        assert vi.evaluate("[...document.images].every(one => !one.complete || one.naturalWidth)")


def test_marks_that_were_typed_put_first_what_has_them(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        assert "Trứng" in found(page, "trứng")[0]["name"]
        names = [one["name"] for one in found(page, "trứng")]
        assert any("trùng" in one for one in names), "another tone is still found"
        assert "trùng" in found(page, "trùng")[0]["name"]


def test_what_was_typed_is_marked_in_the_letters_of_the_name(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        assert found(page, "toi de")[0]["marks"] == ["Tỏi", "đe"]
        assert found(page, "htx dong xuyen")[0]["marks"] == ["HTX", "Đông", "Xuyên"]
        assert found(page, "toiden")[0]["marks"] == ["Tỏi đen"]


def test_what_is_not_seen_in_a_result_tells_why_it_was_found(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        assert found(page, "black garlic")[0]["why"] == "Trường An black garlic"
        assert found(page, "86 qd ubnd")[0]["why"] == "86/QĐ-UBND"
        assert found(page, "toi den")[0]["why"] == ""


def test_names_are_only_words_and_seals_are_held_only_while_they_are(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        held, ended, *_ = sorted(found(page, "tra"), key=lambda one: not one["held"])
        assert held["name"] == AWKWARD_NAME
        assert page.locator(".hit b").filter(has_text="Đồng").count() == 0
        assert (held["held"], ended["held"]) == (True, False)
        assert "còn hiệu lực" in held["words"]
        assert "hết hiệu lực" in ended["words"]
        assert found(page, "4 sao")[0]["held"]


def test_a_level_that_nobody_holds_finds_nothing_and_leads_on(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        assert found(page, "5 sao") == []
        expect(page.locator("[role=status]")).to_have_text("Không tìm thấy “5 sao”.")
        links = page.locator(".search-advice a")
        expect(links.first).to_be_visible()
        assert links.first.get_attribute("href") == "../../vi/sao/5/"
        page.fill("#q", "")
        expect(links.first).to_be_hidden()


# --- how it is operated -------------------------------------------------------------------------------------


def test_the_box_on_the_home_page_shows_results_and_leads_to_all(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + "vi/") as page:
        page.click("#q")
        page.keyboard.type("dong hung")
        expect(page.locator(".hit")).to_have_count(6)
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('.hit') !== null")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator("#q")).to_be_focused()
        page.locator(".hit-more a").click()
        page.wait_for_url("**/vi/tim-kiem/?q=dong%20hung")
        expect(page.locator("[role=status]")).to_contain_text("kết quả")
        page.go_back()
        page.click("#q")
        page.keyboard.type("zzz")
        page.keyboard.press("Escape")
        expect(page.locator("#q")).to_have_value("")
        page.keyboard.type("toi den")
        page.keyboard.press("Enter")
        page.wait_for_url("**/vi/tim-kiem/?q=toi%20den")


def test_the_address_tells_what_is_searched_and_comes_back(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"] + "?q=k%E1%BA%B9o") as page:
        expect(page.locator("#q")).to_have_value("kẹo")
        expect(page.locator(".hit").first).to_contain_text("Kẹo")
        expect(page.locator(".search-names")).to_be_hidden()
        count = page.locator(".hit").count()
        page.locator(".hit-more button").click()
        assert page.locator(".hit").count() > count
        found(page, "toi den")
        page.wait_for_url("**/?q=toi%20den")
        page.locator(".hit a").first.click()
        page.wait_for_url("**/san-pham/toi-den-truong-an/")
        page.go_back()
        expect(page.locator(".hit").first).to_contain_text("Tỏi đen")
        page.fill("#q", "")
        expect(page.locator(".search-names")).to_be_visible()
        page.wait_for_url(asked.url + SEARCH["vi"])


def test_enter_leaves_the_keyboard_of_a_phone_for_the_results(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        found(page, "toi den")
        page.press("#q", "Enter")
        expect(page.locator("[role=status]")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/san-pham/toi-den-truong-an/")


def test_what_is_pasted_may_be_of_any_length_and_have_no_word(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        assert found(page, "🍚" * 300) == []
        expect(page.locator("[role=status]")).to_contain_text("Không tìm thấy “🍚")
        assert found(page, "toi " * 5_000) != []
        assert first_of(page, "toi den") == "toi-den-truong-an"
        assert found(page, "x" * 20_000) == []
        page.wait_for_url(lambda url: "?q=xx" in url and len(url) < 300)


def test_results_are_seen_above_the_keyboard_of_a_phone(browser: Browser, asked: Asked) -> None:
    for path in ("vi/", SEARCH["vi"]):
        with opened(browser, asked.url + path, has_touch=True, is_mobile=True) as page:
            page.set_viewport_size({"width": 360, "height": 380})
            page.tap("#q")
            page.keyboard.type("toi den", delay=30)
            expect(page.locator(".hit-name").first).to_be_in_viewport(ratio=1)


def test_nothing_is_loaded_before_it_is_used_and_numbers_only_for_digits(browser: Browser, asked: Asked) -> None:
    asked.seen.clear()
    with opened(browser, asked.url + "vi/") as page:
        page.wait_for_load_state("networkidle")
        assert not [one for one in asked.seen if "/records" in one]
        assert first_of(page, "toi den") == "toi-den-truong-an"
        assert [one for one in asked.seen if one.startswith("/vi/")] == ["/vi/", "/vi/records.js"]
        assert first_of(page, "8930000000002") == "tra-sen"
        assert "/vi/numbers.js" in asked.seen


def test_records_that_do_not_come_are_told_and_asked_for_again(browser: Browser, asked: Asked) -> None:
    asked.missing.add("/vi/records.js")
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        page.fill("#q", "toi den")
        expect(page.locator("[role=status]")).to_contain_text("Chưa tải được danh mục")
        asked.missing.clear()
        page.get_by_role("button", name="Thử lại").click()
        expect(page.locator(".hit").first).to_contain_text("Tỏi đen")


def test_without_script_all_names_stand_there_and_no_box_pretends(browser: Browser, asked: Asked) -> None:
    with opened(browser, asked.url + SEARCH["vi"], java_script_enabled=False) as page:
        assert page.locator("form.search").is_hidden()
        assert page.get_by_text("tắt JavaScript").is_visible()
        assert page.get_by_role("link", name="Tỏi đen Trường An", exact=True).is_visible()
        assert page.get_by_role("link", name="HTX Phú Long").is_visible()


def test_every_page_leads_to_the_search(browser: Browser, asked: Asked) -> None:
    for width in (320, 1280):
        with opened(browser, asked.url + "vi/san-pham/toi-den-truong-an/", width) as page:
            link = page.get_by_role("link", name="Tìm kiếm").first
            box = link.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
            link.click()
            page.wait_for_url("**/vi/tim-kiem/")


def test_what_was_used_once_is_found_without_network(browser: Browser, asked: Asked) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(asked.url + SEARCH["vi"])
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    assert first_of(page, "toi den") == "toi-den-truong-an"
    kept = "async () => Boolean(await caches.match(new URL('../records.js', location.href).href))"
    until(lambda: bool(page.evaluate(kept)))
    context.set_offline(True)
    page.reload()
    expect(page.locator(".kept")).to_be_visible()
    assert first_of(page, "keo lac thien") == "keo-lac-thien-duc"
    context.set_offline(False)
    asked.missing.add("/vi/records.js")
    page.reload()
    assert first_of(page, "keo lac thien") == "keo-lac-thien-duc", "a faulty answer is no reason to find nothing"
    asked.missing.clear()
    context.close()


def test_records_of_another_day_than_the_page_tell_their_day(browser: Browser, asked: Asked, project: Project) -> None:
    old = (project.output / "vi/records.js").read_text("utf-8").replace(f'"day":"{TODAY}"', '"day":"2026-01-31"')
    for is_old in (False, True):
        with opened(browser, asked.url + "vi/") as page:
            if is_old:
                page.route("**/vi/records.js", lambda route: route.fulfill(body=old, content_type="text/javascript"))
            assert first_of(page, "toi den") == "toi-den-truong-an"
            assert ("tính đến ngày 31 tháng 1" in page.locator("[role=status]").inner_text()) == is_old


# --- words --------------------------------------------------------------------------------------------------


def test_words_are_folded_as_the_program_folds_them(browser: Browser, asked: Asked, project: Project) -> None:
    letters = [chr(one) for one in (*range(0x20, 0x250), *range(0x1EA0, 0x1EFA)) if chr(one) not in "µßŉſǰİͅ"]
    words = {word for one in Path(project.content).rglob("*.*") for word in _read(one).split()}
    with opened(browser, asked.url + SEARCH["vi"]) as page:
        for some in (letters, sorted(words)):
            assert page.evaluate("list => list.map(ocopFind.fold)", some) == [fold(one) for one in some]


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.suffix in (".md", ".yml") else ""
