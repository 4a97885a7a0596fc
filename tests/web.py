"""Sites as a browser meets them: served, page kind by page kind, each where it is hardest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, ViewportSize
from sites import CACHE, DATA, ONE, TEMPLATES, TODAY, awkward, built, jpeg, lay, page_of, product, stars

from ocopgen.project import Project

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

AWKWARD = "cho/"
"""Where the awkward site is served: at its address."""

MANY = "nhieu/"
"""Where a site of more products than one page of a listing shows is served."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "home": ("vi/", "en/", "cho/en/"),
    "listing": ("vi/san-pham/", "cho/en/products/"),
    "listing without products": ("vi/nganh/du-lich-nong-thon/",),
    "listing in parts": ("nhieu/vi/san-pham/", "nhieu/en/products/page-2/"),
    "star level": ("vi/sao/4/", "en/stars/5/", "cho/en/stars/3/"),
    "product": ("vi/san-pham/toi-den-truong-an/", "cho/vi/san-pham/ten-rat-dai/", "cho/en/products/ten-rat-dai/"),
    "product with pictures": ("cho/vi/san-pham/nep-tiem-nang/",),
    "product without translation": ("cho/en/products/gao-thu-hoi/", "cho/en/products/ruou-nep/"),
    "producer": ("vi/chu-the/thien-duc/", "cho/en/producers/htx-rat-dai/", "cho/vi/chu-the/chua-ro/"),
    "producers": ("vi/chu-the/", "cho/en/producers/"),
    "names": ("vi/a-z/", "cho/en/a-z/"),
    "places": ("vi/dia-phuong/", "en/places/"),
    "place": ("vi/dia-phuong/dong-hung/",),
    "news": ("vi/tin-tuc/", "cho/en/news/"),
    "article": ("cho/vi/tin-tuc/hoi-cho/", "cho/en/news/hoi-cho/"),
    "programme": ("vi/chuong-trinh/", "en/programme/"),
    "outlets": ("cho/vi/diem-ban/", "en/outlets/"),
    "outlet": ("cho/vi/diem-ban/cho-phien/",),
    "text": ("vi/gioi-thieu/", "cho/en/gioi-thieu/"),
    "short": ("p/toi-den-truong-an/", "c/thien-duc/", "cho/p/ten-rat-dai/"),
    "search": ("vi/tim-kiem/", "cho/en/search/"),
    "open data": ("vi/du-lieu/", "cho/en/data/"),
    "entrance": ("index.html", "cho/index.html"),
    "not found": ("404.html", "cho/404.html"),
    "offline": ("offline/",),
    "form": ("admin/",),
    "redirect": ("cho/vi/san-pham/mam-cay-cu/",),
}
"""Pages of each kind: below `cho/` those of the awkward site, below `nhieu/` those of one with many products."""

PATHS = tuple(path for paths in KINDS.values() for path in paths)
OF_SHIPPED = tuple(path for path in PATHS if not path.startswith((AWKWARD, MANY)))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a site; `others` are sites that are served below a path of their own."""

    def __init__(self, *given: Any, others: Mapping[str, Path], **named: Any) -> None:
        self._others = others
        super().__init__(*given, **named)

    def translate_path(self, path: str) -> str:
        for below, site in self._others.items():
            if path.startswith(f"/{below}"):
                self.directory, path = str(site), path.removeprefix(f"/{below.rstrip('/')}")
        return super().translate_path(path)

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def at_an_address(site: Path, others: Mapping[str, Path] | None = None) -> Iterator[str]:
    """Where a site is served, and others below it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, others=others or {}, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def with_pictures(folder: Path) -> Path:
    """The awkward site, built, with a product and a producer that have pictures to leaf through."""
    project = awkward(folder)
    pictures = {
        "products/nep-tiem-nang/hop.jpg": jpeg(1700, 1300),
        "products/nep-tiem-nang/tui.jpg": jpeg(900, 700),
        "producers/htx-rat-dai/xuong.jpg": jpeg(1200, 900),
    }
    lay(project.content, pictures)
    built(project)
    return project.output


def with_many(folder: Path) -> Path:
    """A site, built, whose products fill more than one page of a listing."""
    rice = {page_of("products", f"gao-{n}"): product(f"Gạo số {n}", recognitions=[stars(n % 3 + 3)]) for n in range(60)}
    content = lay(folder / "content", {**DATA, **ONE, **rice})
    project = Project(content, TEMPLATES, folder / "output", CACHE, TODAY)
    built(project)
    return project.output


@contextmanager
def a_page(browser: Browser, width: int, scheme: str = "light", height: int = 800, **options: Any) -> Iterator[Page]:
    """A page without script in a window of its own, as wide as told."""
    options = {"java_script_enabled": False, **options}
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, **options)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def stay_on(page: Page, url: str) -> None:
    """Go to a page, and no further where it leads on by itself."""

    def answer(route: Route) -> None:
        leads_on = route.request.is_navigation_request() and route.request.url != url
        route.fulfill(status=204) if leads_on else route.continue_()

    leads = any(url.endswith(path) for path in KINDS["redirect"])
    if leads:
        page.route("**/*", answer)
    answered = page.goto(url)
    assert answered is not None
    assert answered.ok, f"there is no {url}"
    if leads:
        page.wait_for_timeout(200)  # it would be gone by now
        page.unroute_all()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what comes soon."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
