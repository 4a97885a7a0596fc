"""Pages kept on a phone, in a real browser: seen again without network, with the day of their stars, and let go."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sites import (
    CACHE,
    DATA,
    TEMPLATES,
    TODAY,
    built,
    jpeg,
    lay,
    page_of,
    producer,
    product,
    read_yaml,
    stars,
    write_yaml,
)
from web import until

from ocopgen.project import Project

LATER = date(2026, 11, 28)
"""When the star of `gao` is over."""

ENDING = stars(4, date(2025, 6, 1), ends=date(2026, 11, 26), ends_reason="Thử.")
FILES = {
    page_of("producers", "an"): producer(),
    page_of("producers", "binh"): producer("Hộ Bình", kind="household"),
    page_of("products", "gao"): product("Gạo", recognitions=[ENDING]),
    page_of("products", "nep"): product("Nếp", recognitions=[stars(4)]),
    page_of("products", "toi"): product("Tỏi", producer="binh"),
    "products/nep/bao.jpg": jpeg(1700, 1300),
    "products/toi/tui.jpg": jpeg(900, 700),
}


@dataclass
class Web:
    """A site below a sub-path of its server; `answers` are paths that are answered otherwise: slowly, or by a code."""

    project: Project
    url: str = ""
    answers: dict[str, float | int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def build(self, today: date = TODAY, **settings: object) -> None:
        changed = write_yaml(read_yaml(DATA["site.yml"]) | settings)
        lay(self.project.content, {"site.yml": changed})
        built(replace(self.project, today=today))


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: Any, web: Web, **named: Any) -> None:
        self._web = web
        super().__init__(*given, **named)

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        self._web.asked.append(self.path)
        answer = self._web.answers.get(self.path)
        if isinstance(answer, int):
            self.send_error(answer)
            return
        time.sleep(answer or 0)
        super().do_GET()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """A worker with less patience, of as many letters: the tests need not wait as long as a phone."""
        outputfile.write(source.read().replace(b"PATIENCE = 4000;", b"PATIENCE = 900.;"))


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    content = lay(folder / "content", {**DATA, **FILES})
    web = Web(Project(content, TEMPLATES, folder / "root" / "cho", CACHE, TODAY))
    web.build()
    handler = partial(_Handler, web=web, directory=str(folder / "root"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    web.url = f"http://127.0.0.1:{server.server_port}/cho/"
    yield web
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def web(served: Web) -> Web:
    """The site as it was first built."""
    served.build()
    served.answers.clear()
    served.asked.clear()
    return served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has seen nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, device_scale_factor=1)
    yield context
    context.close()


def keeps(page: Page, url: str) -> bool:
    return bool(page.evaluate("async (url) => Boolean(await caches.match(url))", url))


def visit(page: Page, web: Web, *paths: str) -> None:
    """See pages, each until it is kept."""
    for path in paths:
        page.goto(web.url + path)
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        until(lambda path=path: keeps(page, web.url + path))  # type: ignore[misc]


def picture(page: Page) -> str:
    """The address of the first picture of a page, if it can be seen."""
    shown = "async (one) => { await one.decode().catch(() => {}); return one.naturalWidth ? one.currentSrc : ''; }"
    return str(page.locator("main img").first.evaluate(shown))


LINES = {
    "vi/san-pham/nep/": "Không có mạng hoặc mạng yếu: đây là bản lưu trong máy. Hạng sao xét theo ngày 23/11/2026",
    "en/products/nep/": "a copy kept on this device. Stars are shown as they stood on 23 November 2026",
}


def test_pages_that_were_seen_open_without_network_and_say_their_day(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    visit(page, web, *LINES)
    assert page.locator(".kept").is_hidden()
    until(lambda: keeps(page, picture(page)))
    assert said == []
    context.set_offline(True)
    for path, line in LINES.items():
        page.goto(web.url + path + "?from=zalo#main")
        expect(page.locator(".kept")).to_be_visible()
        expect(page.locator(".kept")).to_contain_text(line)
        assert "/pictures/nep-bao-400" in picture(page)
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBottomStyle") == "double"
        assert page.evaluate("document.fonts.check('16px Text')")
    page.reload()
    expect(page.locator(".kept")).to_be_visible()
    context.set_offline(False)
    page.reload()
    assert page.locator(".kept").is_hidden()


def test_a_page_that_was_never_seen_tells_which_are_kept(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/san-pham/gao/", "vi/")
    context.set_offline(True)
    page.goto(web.url + "vi/tin-tuc/")
    expect(page.locator("h1")).to_have_text("Không có mạng")
    assert "/assets/icon" in picture(page)
    listed = page.locator(".kept-pages")
    assert listed.nth(0).locator("a").all_inner_texts() == ["Chợ thử", "Gạo"], "the latest first"
    assert listed.nth(1).is_hidden(), "nothing is kept in English"
    listed.nth(0).get_by_text("Gạo").click()
    expect(page.locator(".kept")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Gạo")
    page.goto(web.url + "vi/tin-tuc/")
    context.set_offline(False)
    page.get_by_text("Thử lại").click()
    expect(page.locator("h1")).to_have_text("Tin tức")


def test_a_list_is_kept_on_request_with_its_pictures_and_removed_again(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/chu-the/an/")
    keep, status = page.locator(".keep .button"), page.locator(".keep [role=status]")
    expect(keep).to_have_text("Lưu để xem khi không có mạng")
    keep.click()
    expect(status).to_contain_text("Đã lưu 3 trang, 0,1 MB, bản ngày 23/11/2026.")
    expect(keep).to_have_text("Lưu lại bản mới")
    context.set_offline(True)
    page.get_by_role("link", name="Nếp").click()
    expect(page.locator(".kept")).to_contain_text("23/11/2026")
    assert "/pictures/nep-bao-400" in picture(page)
    page.set_viewport_size({"width": 1600, "height": 800})
    page.reload()
    assert "/pictures/nep-bao-" in picture(page)
    page.goto(web.url + "vi/san-pham/toi/")
    expect(page.locator("h1")).to_have_text("Không có mạng")
    page.goto(web.url + "p/gao/")
    assert page.url == web.url + "vi/san-pham/gao/", "where a code leads that was never opened here"
    expect(page.locator(".kept")).to_be_visible()
    page.goto(web.url + "p/toi/")
    assert page.locator(".kept-pages a").first.inner_text() == "Hợp tác xã An"
    page.goto(web.url + "vi/chu-the/an/")
    expect(status).to_contain_text("Đã lưu 3 trang")
    page.get_by_text("Xóa khỏi máy").click()
    expect(status).to_have_text("Đã xóa khỏi máy.")
    page.goto(web.url + "vi/san-pham/nep/")
    expect(page.locator("h1")).to_have_text("Không có mạng")
    names = page.evaluate(
        "async () => (await (await caches.open((await caches.keys())[0])).keys()).map((one) => one.url)"
    )
    assert [one for one in names if "/pictures/nep" in one] == []


def test_a_list_of_which_a_page_is_missing_says_so_and_can_be_completed(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "en/stars/4/")
    web.answers["/cho/en/products/nep/"] = 503
    keep, status = page.locator(".keep .button"), page.locator(".keep [role=status]")
    keep.click()
    expect(status).to_contain_text("pages still missing: 1")
    expect(keep).to_have_text("Keep for use without network")
    web.answers.clear()
    keep.click()
    expect(status).to_contain_text("3 pages kept")


def test_a_list_that_has_no_room_says_so_and_leaves_nothing_behind(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/sao/4/")
    origin = web.url.removesuffix("/cho/")
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    page.locator(".keep .button").click()
    expect(page.locator(".keep [role=status]")).to_contain_text("Máy không đủ chỗ trống")
    assert page.locator(".keep-drop").is_hidden()
    assert not keeps(page, web.url + "vi/san-pham/nep/")


def test_a_star_that_lapsed_is_not_shown_from_an_old_copy_where_there_is_network(
    context: BrowserContext, web: Web
) -> None:
    page = context.new_page()
    visit(page, web, "vi/san-pham/gao/")
    expect(page.locator(".seal-box .seal")).to_have_class("seal big held")
    web.build(LATER)
    page.goto(web.url + "vi/san-pham/gao/")
    expect(page.locator(".seal-box .seal")).to_have_class("seal big open")
    assert page.locator(".kept").is_hidden()
    context.set_offline(True)
    page.reload()
    expect(page.locator(".kept")).to_contain_text("xét theo ngày 28/11/2026")
    expect(page.locator(".seal-box .seal")).to_have_class("seal big open")


def test_a_slow_network_shows_the_kept_copy_and_keeps_what_comes_later(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/san-pham/gao/")
    web.build(LATER)
    web.answers["/cho/vi/san-pham/gao/"] = 1.5
    page.reload()
    expect(page.locator(".kept")).to_contain_text("xét theo ngày 23/11/2026")
    until(lambda: "28/11/2026" in page.evaluate("async (url) => (await caches.match(url)).text()", page.url))


def test_a_page_that_is_gone_is_no_longer_kept_and_one_that_fails_is(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/san-pham/gao/", "vi/san-pham/toi/")
    web.answers |= {"/cho/vi/san-pham/gao/": 404, "/cho/vi/san-pham/toi/": 500}
    page.goto(web.url + "vi/san-pham/toi/")
    expect(page.locator(".kept")).to_be_visible()
    page.goto(web.url + "vi/san-pham/gao/")
    until(lambda: not page.evaluate("async (url) => Boolean(await caches.match(url))", page.url))


def test_nothing_is_kept_that_cannot_tell_its_day_and_the_form_is_left_alone(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/")
    for path in ("admin/", "p/gao/", ""):
        page.goto(web.url + path)
    visit(page, web, "vi/tin-tuc/")
    assert not any(keeps(page, web.url + path) for path in ("admin/", "p/gao/", ""))


MANY = """async ({ root, count }) => {
  const names = ["pages", "files", "sets"].map((one) => `ocopgen ${root} ${one}`);
  const [pages, files, sets] = await Promise.all(names.map((one) => caches.open(one)));
  const asked = `${root}vi/x0/`;
  for (let n = 0; n < count; n += 1) {
    const name = `pictures/x-400-${String(n).padStart(12, "0")}.avif`;
    await pages.put(`${root}vi/x${n}/`, new Response(`<img src="../../${name}">`));
    await files.put(root + name, new Response("x"));
  }
  await sets.put(asked, new Response(JSON.stringify({ pages: [asked] })));
}"""
LEFT = """async (root) => {
  const of = async (one) => (await (await caches.open(`ocopgen ${root} ${one}`)).keys()).map((key) => key.url);
  return [await of("pages"), (await of("files")).filter((one) => one.includes("/x-400-"))];
}"""


def test_of_what_was_only_seen_the_oldest_goes_with_its_pictures(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    visit(page, web, "vi/")
    page.evaluate(MANY, {"root": web.url, "count": 70})
    visit(page, web, "vi/san-pham/gao/")
    until(lambda: len(page.evaluate(LEFT, web.url)[0]) < 50)
    pages, _ = page.evaluate(LEFT, web.url)
    assert len(pages) == 46, "45 that were seen, and the one that was asked for"
    assert {f"{web.url}vi/x0/", f"{web.url}vi/x69/", f"{web.url}vi/san-pham/gao/"} <= set(pages)
    assert f"{web.url}vi/x1/" not in pages
    until(lambda: len(page.evaluate(LEFT, web.url)[1]) == 45)
    assert keeps(page, page.locator("link[rel=stylesheet]").evaluate("(one) => one.href"))


def test_turned_off_nothing_is_registered_and_an_old_worker_goes_with_all_it_kept(
    context: BrowserContext, web: Web
) -> None:
    page = context.new_page()
    visit(page, web, "vi/san-pham/gao/")
    web.build(installable=False)
    page.goto(web.url + "vi/")
    count = "async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length"
    until(lambda: page.evaluate(count) == 0)
    web.asked.clear()
    page.goto(web.url + "vi/san-pham/gao/")
    assert page.evaluate(count) == 0
    assert [one for one in web.asked if one.endswith(".js")] == []


def test_from_a_disk_the_script_does_nothing_and_says_nothing(context: BrowserContext, web: Web) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto((web.project.output / "vi" / "chu-the" / "an" / "index.html").as_uri(), wait_until="load")
    assert page.locator(".keep").is_hidden()
    assert [one for one in said if ".woff2" not in one] == [], "browsers hold back fonts, whatever a page does"
