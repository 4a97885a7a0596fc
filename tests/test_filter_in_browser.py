"""Filters and sorting of listings in a real browser: what is found, counted, told by addresses, reached by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sites import CACHE, DATA, EN, TEMPLATES, TODAY, VI, Quiet, built, catalogue, entry, lay, page_of, producer, product
from web import at_an_address

from ocopgen.bundle import Order, bundle
from ocopgen.catalogue import Catalogue
from ocopgen.edition import Edition
from ocopgen.index import Index, newest
from ocopgen.model import Product
from ocopgen.project import Project
from ocopgen.text import sort_key

HELD, ENDED = date(2025, 6, 1), date(2022, 6, 1)
WORDS = "Đậu", "Dừa", "Ấm", "An", "Ăn", "Ổi", "Ớt", "Gạo", "Quả", "Quế", "Rượu", "Ruốc", "Tỏi", "Tôm"
PLACES: tuple[Mapping[str, str], ...] = (
    {"commune": "thuy-an", "district": "thai-thuy"},
    {"commune": "thuy-ninh", "district": "thai-thuy"},
    {"district": "dong-hung"},
    {"commune": "tay-thuy-anh", "province": "hung-yen"},
)
KINDS = "cooperative", "household", "enterprise"
PAPERS: tuple[list[dict[str, str]], ...] = ([], [{"name": "ISO 22000:2018"}], [{"name": "HACCP"}, {"name": "VietGAP"}])


def _product(n: int) -> str:
    facts: dict[str, Any] = {"producer": f"p{n % 4}", "set": (3, 10, 14, 21)[n % 4], "certificates": PAPERS[n % 3]}
    if n % 4 == 2:
        facts["alcohol"] = "unknown"
    if n % 5:
        held = n % 2
        given = {"stars": 3 + n % 3, "year": 2023 + n % 3 if held else 2020 + n % 3}
        decision = {"number": f"{n}/QĐ-UBND", "date": HELD if held else ENDED}
        facts["recognitions"] = [{**given, "decision": decision}]
    if n % 7 < 3:
        facts["packs"] = [{"label": "Gói", "price": price} for price in (40_000 * (n % 11) + 20_000, 900_000)]
    return product(f"{WORDS[n % len(WORDS)]} {n // 14}", **facts)


FILES = {
    **{
        page_of("producers", f"p{n}"): producer(f"Nhà {n}", kind=KINDS[n % 3], place=dict(place))
        for n, place in enumerate(PLACES)
    },
    **{page_of("products", f"sp-{n}"): _product(n) for n in range(110)},
    **{f"products/sp-{n}/index.en.md": entry(name=f"Product {n}", summary="Good.") for n in range(0, 110, 4)},
}
"""A hundred and ten products: so many that the results come in parts."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("filter")
    content = lay(folder / "content", {**DATA, **FILES})
    project = Project(content, TEMPLATES, folder / "output", CACHE, TODAY)
    built(project)
    return project


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[str]:
    with at_an_address(project.output) as address:
        yield address


@dataclass
class Listing:
    """A listing in a browser, and what went wrong on it."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._says(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _says(self, words: str) -> None:
        if "blocked by Playwright" not in words:
            self.wrong.append(words)

    def goto(self, path: str) -> Listing:
        """Open a page of the site; where the address asks for something, it is shown when this returns."""
        self.page.goto(self.address + path)
        if "?" in path:
            expect(self.page.locator(".found-count"), str(self.wrong)).to_have_text(re.compile(r"^\d"))
        return self

    def open(self) -> Listing:
        """Open the sheet of choices."""
        self.page.locator(".filter button").click()
        self.page.wait_for_selector(".panel.is-ready")
        return self

    def choose(self, **values: str) -> Listing:
        """Check a value of a kind; `hieu_luc` is the kind `hieu-luc`."""
        for kind, value in values.items():
            self.page.locator(f'.panel input[name="{kind.replace("_", "-")}"][value="{value}"]').check()
        return self

    @property
    def count(self) -> int:
        """The number of results that is told."""
        return int(self.page.locator(".found-count").inner_text().split()[0])

    @property
    def names(self) -> list[str]:
        """The names of all results, after all of them were asked for."""
        while self.page.locator(".found-more").is_visible():
            self.page.locator(".found-more").click()
        return self.page.locator(".found .card-name").all_inner_texts()

    @property
    def ids(self) -> set[str]:
        """The ids of all results."""
        assert self.names is not None
        links = self.page.locator(".found .card-name a").evaluate_all("all => all.map(one => one.pathname)")
        return {link.removesuffix("index.html").rstrip("/").rpartition("/")[2] for link in links}

    @property
    def query(self) -> str:
        """What the address asks for."""
        return str(self.page.evaluate("location.search")).removeprefix("?")

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """The number beside each choice of the sheet."""
        found = self.page.locator(".panel input[type=checkbox]").evaluate_all(
            "all => all.map(one => [one.name, one.value, parseInt(one.parentNode.lastChild.textContent, 10)])"
        )
        return {(name, value): number for name, value, number in found}

    @property
    def chips(self) -> list[str]:
        """The choices that are shown to be taken back."""
        return [one.replace("\u00a0", " ") for one in self.page.locator(".found .chips .chip").all_inner_texts()]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    yield context
    context.close()


@pytest.fixture
def listing(context: BrowserContext, address: str) -> Iterator[Listing]:
    listing = Listing(context.new_page(), address)
    yield listing
    assert listing.wrong == []


# --- the same, worked out from the catalogue --------------------------------------------------------------


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return catalogue(FILES)


def _of(whole: Catalogue) -> dict[str, Callable[[Product], set[str]]]:
    """The values that a product has of each kind."""
    index = Index(Edition(VI, whole, TODAY))

    def star(one: Product) -> set[str]:
        given, _ = index.recognition(one)
        return {str(given.stars if given else 0)}

    def price(one: Product) -> set[str]:
        prices = [pack.price for pack in one.packs if pack.price and not whole.restrained(one)]
        bands = ((0, 50), (50, 100), (100, 200), (200, 500), (500, 1000))
        return {f"{a}-{b}" for a, b in bands if prices and a * 1000 <= min(prices) < b * 1000}

    def commune(one: Product) -> set[str]:
        found = whole.places.commune(index.place_of(one))
        return {"/".join(found.key)} if found else set()

    return {
        "sao": star,
        "hieu-luc": lambda one: {"1"} if index.recognition(one)[1] else set(),
        "nganh": lambda one: {whole.sector_of(one).id},
        "bo": lambda one: {str(one.set)},
        "huyen": lambda one: {at} if (at := index.district_of(one)) else set(),
        "xa": commune,
        "loai": lambda one: {whole.producer_by_id[one.producer].kind},
        "chung-nhan": lambda one: {re.sub(r"\W+", "-", paper.name.lower()) for paper in one.certificates},
        "gia": price,
        "nam": lambda one: set(map(str, index.rounds(one))),
        "ban": lambda one: {"en"} if one.name.get(EN) else set(),
    }


Wanted = Mapping[str, set[str]]


def _found(whole: Catalogue, wanted: Wanted) -> set[str]:
    of = _of(whole)
    return {one.id for one in whole.products if all(of[kind](one) & values for kind, values in wanted.items())}


def _counted(whole: Catalogue, wanted: Wanted, kind: str, value: str) -> int:
    others = {each: values for each, values in wanted.items() if each != kind}
    return len(_found(whole, {**others, kind: {value}}))


ALONE: list[Wanted] = [
    {"sao": {"4"}},
    {"hieu-luc": {"1"}},
    {"nganh": {"food"}},
    {"bo": {"10"}},
    {"huyen": {"thai-thuy"}},
    {"xa": {"thai-thuy/thuy-ninh"}},
    {"xa": {"hung-yen/tay-thuy-anh"}},
    {"loai": {"household"}},
    {"chung-nhan": {"iso-22000-2018"}},
    {"gia": {"50-100"}},
    {"nam": {"2023"}},
    {"ban": {"en"}},
]
TOGETHER: list[Wanted] = [
    {"sao": {"3", "4"}, "hieu-luc": {"1"}},
    {"sao": {"0"}, "huyen": {"thai-thuy", "dong-hung"}, "loai": {"cooperative", "household"}},
    {"chung-nhan": {"haccp", "iso-22000-2018"}, "gia": {"0-50", "200-500"}, "ban": {"en"}},
]


def _query(wanted: Wanted) -> str:
    return "?" + "&".join(f"{kind}={','.join(sorted(values))}" for kind, values in wanted.items())


@pytest.mark.parametrize("wanted", [*ALONE, *TOGETHER], ids=_query)
def test_what_is_found_and_every_count_are_those_of_the_catalogue(
    listing: Listing, whole: Catalogue, wanted: Wanted
) -> None:
    listing.goto(f"vi/san-pham/{_query(wanted)}")
    expected = _found(whole, wanted)
    assert 0 < len(expected) < len(whole.products)
    assert listing.count == len(expected)
    assert listing.ids == expected
    counts = listing.counts
    assert {kind for kind, _ in counts} == set(_of(whole))
    assert counts == {(kind, value): _counted(whole, wanted, kind, value) for kind, value in counts}


def test_choices_are_taken_in_the_sheet_and_told_by_the_address(listing: Listing, whole: Catalogue) -> None:
    listing.goto("vi/san-pham/").open().choose(sao="4", huyen="thai-thuy").choose(sao="5")
    assert listing.query == "sao=4,5&huyen=thai-thuy"
    assert listing.count == len(_found(whole, {"sao": {"4", "5"}, "huyen": {"thai-thuy"}}))
    assert listing.page.locator(".panel-count").inner_text() == listing.page.locator(".found-count").inner_text()
    listing.page.get_by_role("button", name="Xem kết quả").click()
    assert listing.chips == ["4 sao", "5 sao", "Huyện Thái Thụy"]
    assert listing.page.locator("main > .part").count() > 0
    assert not listing.page.locator("main > .part").first.is_visible(), "only what is found is shown"


# --- order ------------------------------------------------------------------------------------------------


def _names(whole: Catalogue, key: Callable[[Product], Any]) -> list[str]:
    of_name = {one.id: (sort_key(one.name.source), one.id) for one in whole.products}
    return [one.name.source for one in sorted(whole.products, key=lambda one: (key(one), of_name[one.id]))]


def test_the_orders_are_those_of_the_program(listing: Listing, whole: Catalogue) -> None:
    index = Index(Edition(VI, whole, TODAY))

    def stars(one: Product) -> tuple[int, bool]:
        given, held = index.recognition(one)
        return (-given.stars if given else 0, not held)

    assert listing.goto("vi/san-pham/?xep=ten").names == _names(whole, lambda one: 0)
    assert listing.goto("vi/san-pham/?xep=sao").names == _names(whole, stars)
    assert listing.goto("vi/san-pham/?xep=moi").names == _names(whole, lambda one: -newest(one).toordinal())
    held = listing.goto("vi/san-pham/?hieu-luc=1").names
    listing.goto("vi/san-pham/")
    static = [name for name in listing.page.locator("main > .part .card-name").all_inner_texts() if name in held]
    assert held[: len(static)] == static, "without a wish the order is that of the page as it was built"


def test_an_order_is_chosen_and_taken_back(listing: Listing) -> None:
    listing.goto("vi/san-pham/").open()
    listing.page.locator("#panel-sort").select_option("ten")
    assert listing.query == "xep=ten"
    listing.page.locator("#panel-sort").select_option("")
    assert listing.query == ""
    assert listing.page.locator(".found").is_hidden()


# --- the address ------------------------------------------------------------------------------------------


def test_back_and_forward_and_reload_restore_what_was_chosen(listing: Listing, whole: Catalogue) -> None:
    page = listing.goto("vi/san-pham/").open().choose(sao="4").choose(loai="household").page
    page.keyboard.press("Escape")
    both, stars = ({"sao": {"4"}, "loai": {"household"}}, {"sao": {"4"}})
    assert listing.ids == _found(whole, both)
    page.go_back()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, stars))} sản phẩm")
    assert listing.ids == _found(whole, stars)
    page.go_back()
    expect(page.locator(".found")).to_be_hidden()
    expect(page.locator("main > .part").first).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, both))} sản phẩm")
    page.reload()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, both))} sản phẩm")
    assert listing.ids == _found(whole, both)


def test_the_other_language_shows_what_is_chosen_here(listing: Listing, whole: Catalogue) -> None:
    page = listing.goto("vi/sao/4/").open().choose(loai="household").page
    page.keyboard.press("Escape")
    page.locator('.langs a[hreflang="en"]').click()
    expect(page.locator(".found-count")).to_have_text(re.compile(r"^\d"))
    assert page.url == f"{listing.address}en/stars/4/?loai=household"
    assert listing.ids == _found(whole, {"sao": {"4"}, "loai": {"household"}})
    assert listing.chips == ["4-star products", "Household business"]


def test_what_nobody_knows_is_left_out_of_what_is_asked(listing: Listing, whole: Catalogue) -> None:
    listing.goto("vi/san-pham/?sao=4,9&huyen=mat-trang&la=1&xep=loan&gia=%3Cscript%3E")
    assert listing.ids == _found(whole, {"sao": {"4"}})
    page = listing.page
    page.goto(f"{listing.address}vi/san-pham/?huyen=mat-trang&ban=")
    expect(page.locator("main > .part").first).to_be_visible()
    assert page.locator(".found").is_hidden()


def test_nothing_is_loaded_until_it_is_used(listing: Listing) -> None:
    asked: list[str] = []
    listing.page.on("request", lambda request: asked.append(request.url))
    listing.goto("vi/san-pham/").page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "records" in url]
    listing.open()
    assert [url for url in asked if "records" in url] == [f"{listing.address}vi/records.js"]


# --- a listing of something -------------------------------------------------------------------------------

SUBJECTS = {
    "vi/sao/4/": "sao=4",
    "vi/nganh/thuc-pham/": "nganh=food",
    "vi/bo-san-pham/10-gia-vi/": "bo=10",
    "vi/dia-phuong/thai-thuy/": "huyen=thai-thuy",
    "vi/dia-phuong/thai-thuy/thuy-ninh/": "xa=thai-thuy/thuy-ninh",
    "vi/dia-phuong/hung-yen/tay-thuy-anh/": "xa=hung-yen/tay-thuy-anh",
    "vi/nam/2023/": "nam=2023",
}


@pytest.mark.parametrize("path", SUBJECTS)
def test_all_choices_on_a_listing_are_within_its_subject(listing: Listing, whole: Catalogue, path: str) -> None:
    kind, value = SUBJECTS[path].split("=")
    page = listing.goto(f"{path}?xep=ten").page
    assert listing.ids == _found(whole, {kind: {value}})
    assert page.locator(f'.panel fieldset[data-kind="{kind}"]').is_hidden()
    listing.goto(f"{path}?ban=en")
    assert listing.ids == _found(whole, {kind: {value}, "ban": {"en"}})
    page.locator(".found .chip-scope").click()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, {'ban': {'en'}}))} sản phẩm")
    assert page.url == f"{listing.address}vi/san-pham/?ban=en"


# --- chips, parts, none -----------------------------------------------------------------------------------


def test_a_chip_takes_its_choice_back_and_the_focus_goes_to_the_next(listing: Listing, whole: Catalogue) -> None:
    page = listing.goto("vi/san-pham/?sao=4&loai=household").page
    page.get_by_role("button", name="Bỏ lọc: 4 sao").click()
    assert listing.query == "loai=household"
    assert listing.ids == _found(whole, {"loai": {"household"}})
    expect(page.get_by_role("button", name="Bỏ lọc: Hộ kinh doanh")).to_be_focused()
    page.keyboard.press("Enter")
    assert listing.query == ""
    expect(page.locator(".filter button")).to_be_focused()
    expect(page.locator("main > .part").first).to_be_visible()


def test_results_come_in_parts_and_the_focus_goes_to_the_first_new_one(listing: Listing) -> None:
    page = listing.goto("vi/san-pham/?xep=ten").page
    cards = page.locator(".found .card")
    assert cards.count() == 48
    expect(page.locator(".found-more")).to_have_text("Xem thêm 48 sản phẩm")
    page.locator(".found-more").click()
    assert cards.count() == 96
    expect(cards.nth(48).locator("a")).to_be_focused()
    expect(page.locator(".found-more")).to_have_text("Xem thêm 14 sản phẩm")
    page.locator(".found-more").click()
    assert cards.count() == 110
    expect(page.locator(".found-more")).to_be_hidden()


def test_a_card_is_drawn_as_the_page_draws_it(listing: Listing) -> None:
    told = """all => all.map(one => [one.querySelector('a').pathname, one.querySelector('.card-by').textContent,
      (one.querySelector('.seal-words b') || {textContent: ''}).textContent,
      one.querySelector('.seal') && one.querySelector('.seal').classList.contains('held'),
      one.querySelector('.caption').textContent, one.querySelector('img').src])"""
    listing.goto("vi/san-pham/")
    static = listing.page.locator("main > .part .card").evaluate_all(told)
    listing.goto("vi/san-pham/?gia=0-50,50-100,100-200,200-500&xep=")
    drawn = {one[0]: one for one in listing.page.locator(".found .card").evaluate_all(told)}
    alike = [(one, drawn[one[0]]) for one in static if one[0] in drawn]
    assert len(alike) > 5
    assert [one for one, _ in alike] == [other for _, other in alike]


def test_an_empty_result_says_so_and_leads_out(listing: Listing) -> None:
    page = listing.goto("vi/san-pham/?sao=0&hieu-luc=1").page
    expect(page.locator(".found-none")).to_be_visible()
    assert listing.count == 0
    page.locator(".found-none .filter-clear").click()
    assert listing.query == ""
    expect(page.locator(".filter button")).to_be_focused()
    expect(page.locator("main > .part").first).to_be_visible()


def test_prices_say_how_many_products_state_none(listing: Listing, whole: Catalogue) -> None:
    page = listing.goto("vi/san-pham/").open().page
    without = sum(whole.restrained(one) or not any(pack.price for pack in one.packs) for one in whole.products)
    expect(page.locator('fieldset[data-kind="gia"] .note')).to_contain_text(f"{without} sản phẩm không nêu giá")
    assert page.locator('fieldset[data-kind="gia"] .choice > span:first-of-type').all_inner_texts()[:2] == [
        "Dưới 50.000\u00a0₫",
        "50.000\u00a0₫ – 100.000\u00a0₫",
    ]


def test_records_that_cannot_be_had_are_told_and_asked_for_again(listing: Listing) -> None:
    page = listing.page
    page.route("**/records.js", lambda route: route.abort())
    listing.goto("vi/san-pham/")
    page.locator(".filter button").click()
    expect(page.locator(".panel-count")).to_contain_text("Chưa tải được")
    page.keyboard.press("Escape")
    page.unroute("**/records.js")
    listing.open().choose(sao="4")
    assert listing.query == "sao=4"
    listing.wrong.clear()


# --- keys, phones, disks, no script -----------------------------------------------------------------------


def test_all_is_reached_and_worked_by_keys_alone(listing: Listing, whole: Catalogue) -> None:
    page = listing.goto("vi/san-pham/").page
    opener = page.locator(".filter button")
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel.is-ready")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "sao":
            break
    page.keyboard.press("Space")
    (kind, _), *rest = (pair.split("=") for pair in listing.query.split("&"))
    assert (kind, rest) == ("sao", [])
    assert page.evaluate("document.activeElement.name") == "sao", "the focus stays where it was"
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(opener).to_be_focused()
    assert listing.count == len(_found(whole, {"sao": {listing.query.partition("=")[2]}}))


@pytest.mark.parametrize("lang", ["vi/san-pham/", "en/products/"])
def test_on_a_phone_nothing_is_cut_off_and_all_targets_are_large(browser: Browser, address: str, lang: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    listing = Listing(context.new_page(), address).goto(lang).open().choose(sao="4")
    page = listing.page
    small = page.locator(".panel button:visible, .panel .choice:visible, .panel select").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(one => one.height < 44 || one.right > 320)"
    )
    assert small == []
    page.locator(".panel button[type=submit]").click()
    small = page.locator(".filter button, .found button:visible, .found .chip").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(one => one.height < 44 || one.right > 320)"
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_without_a_script_there_is_no_filter_and_no_gap(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}vi/san-pham/?sao=4")
    for hidden in (".filter", ".found", ".panel"):
        assert page.locator(hidden).is_hidden()
        assert page.locator(hidden).bounding_box() is None
    expect(page.locator("main > .part").first).to_be_visible()
    context.close()


SHIFT = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(0), 300);
})"""


@pytest.mark.parametrize("path", ["vi/san-pham/", "vi/san-pham/?sao=4&loai=household"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_does_not_jump(browser: Browser, address: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(address + path, wait_until="networkidle")
    assert page.evaluate(SHIFT) < 0.02
    context.close()


def test_from_a_disk_it_works_as_on_the_web(
    context: BrowserContext, project: Project, whole: Catalogue, tmp_path: Path
) -> None:
    assert bundle(project, Order(tmp_path / "Hội chợ", None, TODAY), Quiet()).made is not None
    listing = Listing(context.new_page(), (tmp_path / "Hội chợ").as_uri() + "/")
    page = listing.goto("vi/san-pham/index.html").open().choose(loai="household").choose(sao="4").page
    page.keyboard.press("Escape")
    assert listing.query == "loai=household&sao=4"
    assert listing.ids == _found(whole, {"sao": {"4"}, "loai": {"household"}})
    page.go_back()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, {'loai': {'household'}}))} sản phẩm")
    page.reload()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, {'loai': {'household'}}))} sản phẩm")
    page.locator('.langs a[hreflang="en"]').click()
    expect(page.locator(".found-count")).to_have_text(f"{len(_found(whole, {'loai': {'household'}}))} products")
    page.locator(".found .card-name a").first.click()
    assert page.url.endswith("index.html")
    expect(page.locator("h1")).to_be_visible()
    assert listing.wrong == []
