"""The form in a real browser, with its local back end on a working copy: what is saved is what was changed."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sites import CACHE, ROOT, TEMPLATES, TODAY, Quiet, jpeg

from ocopgen.document import read_entry
from ocopgen.edit import local_back_end
from ocopgen.project import Project, build, check

FETCHED = ROOT / ".cache" / "form"

CANDY = "content/products/keo-lac-thien-duc/index.vi.md"
"""An entry with comments, to which the tests give packs, a former id and a recognition in a style of its own."""

MAKER = "Xưởng bánh kẹo đặc sản Thiên Đức"

PACKS = """\
packs:
  - {label: Hộp, quantity: 200 g, price: 45000, priced: 2026-10-01, gtin: "8930000000002"}  # bán ở xưởng
  - label: Gói
    price: 25000      # giá lẻ
was: [keo-lac-cu]
"""


def missing(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"continuous integration needs {what}")
    pytest.skip(f"the form is not tested: it needs {what}")


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@dataclass
class Copy:
    """A working copy of the shipped content, and its site with the form."""

    folder: Path
    project: Project
    address: str = ""
    port: int = 0

    def git(self, *words: str) -> str:
        who = "-c", "user.name=Test", "-c", "user.email=test@example.vn"
        done = subprocess.run(["git", *who, *words], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout

    def changed(self) -> list[str]:
        """The lines that were taken out and put in."""
        diff = self.git("diff", "--unified=0", "--no-color").splitlines()
        return [line for line in diff if re.match(r"[-+](?![-+]{2} )", line)]

    def files(self) -> list[str]:
        """The files that are not as they were committed."""
        return [line[3:] for line in self.git("status", "--short", "--untracked-files=all").splitlines()]

    def sound(self) -> bool:
        checked = check(self.project, Quiet())
        assert checked.sound, "\n".join(one.printed() for one in checked.problems)
        return True

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


@pytest.fixture(scope="module")
def whole(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The site is built and served once; the local back end writes into the copy."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "content", folder / "content")
    path = folder / CANDY
    path.write_text(path.read_text("utf-8").replace("tags:", f"{PACKS}tags:", 1), "utf-8")
    project = Project(folder / "content", TEMPLATES, folder / "output", CACHE, TODAY, drafts=True, form=FETCHED)
    assert build(project, Quiet()).published
    copy = Copy(folder, project)
    (folder / ".gitignore").write_text("/output/\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "content")):
        copy.git(*words)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(project.output)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with local_back_end(folder, port):
        yield replace(copy, address=f"http://127.0.0.1:{server.server_port}/admin/", port=port)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def copy(whole: Copy) -> Iterator[Copy]:
    """The copy as it was committed; what a test leaves is taken away."""
    yield whole
    whole.git("reset", "-q", "--hard")
    whole.git("clean", "-qfd")


@dataclass
class Form:
    """The form in one window: what it asked for, and what it complained of."""

    page: Page
    copy: Copy
    asked: list[str]
    said: list[str]

    def route(self, route: Route) -> None:
        """Requests to the usual port of the local back end reach the one of the tests."""
        route.continue_(url=route.request.url.replace(":8081/", f":{self.copy.port}/"))

    def open(self, collection: str, name: str) -> None:
        """Go to a list and from there to an entry, as people do."""
        self.page.goto(f"{self.copy.address}#/collections/{collection}")
        entry = self.page.get_by_role("link", name=name, exact=True)
        sign_in = self.page.get_by_role("button", name="Đăng nhập")
        expect(sign_in.or_(entry).first).to_be_visible(timeout=20_000)
        if sign_in.is_visible():
            sign_in.click()
        entry.click()
        expect(self.page.get_by_text("Đang viết trong")).to_be_attached()

    def create(self, collection: str) -> None:
        self.page.goto(f"{self.copy.address}#/collections/{collection}/new")
        expect(self.page.get_by_text("Đang viết trong")).to_be_attached()
        # The editor sets an empty draft up a second time: what is typed before is lost on a busy machine.
        self.page.evaluate("() => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(() => idle())))")

    def pane(self, lang: str) -> Locator:
        """All fields of a language."""
        panes = self.page.locator("[class*=ControlPaneContainer]")
        return panes.filter(has=self.page.get_by_text(f"Đang viết: {lang.upper()}"))

    def field(self, label: str, lang: str = "vi") -> Locator:
        """The input of a field of the entry itself or of a part that is open."""
        words = re.compile(rf"^{re.escape(label)}\s*(\(không bắt buộc\))?\s*$")
        return self.pane(lang).get_by_label(words).locator("visible=true")

    def unfold(self, summary: str) -> None:
        item = self.page.locator("[class*=SortableListItem]").filter(has_text=summary)
        item.get_by_role("button").first.click()

    def choose(self, label: str, typed: str, option: str) -> None:
        self.field(label).fill(typed)
        self.page.get_by_role("option", name=option).click()

    def try_to_save(self) -> None:
        self.page.get_by_role("button", name="Công bố", exact=True).click()
        self.page.get_by_role("menuitem", name="Công bố ngay").click()

    def save(self) -> None:
        self.try_to_save()
        expect(self.page.get_by_text("Thay đổi đã được lưu")).to_be_visible()


@pytest.fixture(scope="module")
def window(browser: Browser, whole: Copy) -> Iterator[Form]:
    """One window for all tests, since the form takes seconds to open."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(10_000)
    form = Form(page, whole, [], [])
    page.on("request", lambda request: form.asked.append(request.url))
    page.on("console", lambda told: form.said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda fault: form.said.append(str(fault)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("http://127.0.0.1:8081/**", form.route)
    yield form
    context.close()


@pytest.fixture
def form(window: Form, copy: Copy) -> Iterator[Form]:
    """The window; at the end it has asked no other host and had nothing to complain of."""
    window.asked.clear()
    window.said.clear()
    yield window
    own = (copy.address.removesuffix("admin/"), "http://127.0.0.1:8081/", "data:", "blob:")
    assert [url for url in window.asked if not url.startswith(own)] == []
    assert window.said == []


def test_a_changed_price_is_the_one_changed_line(form: Form, copy: Copy) -> None:
    form.open("products", "Kẹo lạc Thiên Đức")
    form.unfold("Gói 25000")
    form.field("Giá tham khảo (đồng)").fill("27000")
    form.save()
    assert copy.changed() == ["-    price: 25000      # giá lẻ", "+    price: 27000      # giá lẻ"]
    assert copy.files() == [CANDY]
    assert copy.sound()


def test_an_entry_that_is_only_opened_has_not_changed(form: Form, copy: Copy) -> None:
    form.open("products", "Kẹo lạc Thiên Đức")
    expect(form.page.get_by_text(MAKER)).to_be_visible()
    expect(form.page.get_by_text("Thay đổi đã được lưu")).to_be_visible()
    expect(form.page.get_by_text("chưa được lưu")).to_have_count(0)


def test_english_words_go_into_the_english_file_and_nothing_else_does(form: Form, copy: Copy) -> None:
    english = CANDY.replace(".vi.", ".en.")
    form.open("products", "Kẹo lạc Thiên Đức")
    form.field("Thành phần", "en").fill("Peanuts, sugar, malt")
    form.save()
    assert copy.changed() == ["+ingredients: Peanuts, sugar, malt"]
    assert copy.files() == [english]
    expect(form.field("Giá tham khảo (đồng)", "en")).to_have_count(0)


def test_a_new_product_is_valid_and_holds_only_what_was_filled_in(form: Form, copy: Copy) -> None:
    form.create("products")
    form.field("Tên").fill("Tỏi đen Đồng Bằng 2")
    form.field("Giới thiệu ngắn").fill("Tỏi ủ chậm: tép đen dẻo, vị ngọt dịu.")
    form.choose("Chủ thể", "thien duc", MAKER)
    form.choose("Bộ sản phẩm", "10.", "10. Gia vị khác")
    form.page.get_by_role("button", name="Thêm bao gói").click()
    form.field("Bao gói").fill("Hộp")
    form.field("Giá tham khảo (đồng)").fill("250000")
    form.field("Ngày báo giá").fill("2026-11-01")
    form.field("Mã vạch GTIN").fill("0893000000008")
    form.field("Câu chuyện, bài viết").fill("Tép tỏi *đen* dần.\n\n- ủ lâu\n- phơi khô\n")
    form.save()
    folder = "content/products/toi-den-dong-bang-2"
    assert copy.files() == [f"{folder}/index.vi.md"], "no English was written, so there is no English file"
    assert (
        copy.read(f"{folder}/index.vi.md")
        == """\
---
name: Tỏi đen Đồng Bằng 2
summary: "Tỏi ủ chậm: tép đen dẻo, vị ngọt dịu."
producer: thien-duc
set: 10
packs:
  - label: Hộp
    price: 250000
    priced: 2026-11-01
    gtin: "0893000000008"
---
Tép tỏi *đen* dần.

- ủ lâu
- phơi khô
"""
    )
    assert copy.sound()
    expect(form.page).to_have_url(f"{copy.address}#/collections/products/entries/toi-den-dong-bang-2/index")
    form.page.wait_for_load_state("networkidle")
    form.field("Tên", "en").fill("Black garlic")
    form.save()
    assert copy.read(f"{folder}/index.en.md") == "---\nname: Black garlic\n---\n"
    assert copy.sound()


def test_a_phone_keeps_its_zero_and_a_producer_is_found_without_marks(form: Form, copy: Copy) -> None:
    form.open("producers", MAKER)
    form.page.get_by_role("button", name="Thêm điện thoại").click()
    form.page.locator("[class*=SortableListItem]").get_by_role("textbox").locator("visible=true").fill("0912345678")
    form.save()
    assert copy.changed() == ['+phones: ["0912345678"]']
    copy.git("commit", "-qam", "A phone")
    assert copy.sound()
    form.open("products", "Kẹo lạc Thiên Đức")
    form.choose("Chủ thể", "truong an", "Trường An")
    form.save()
    assert copy.changed() == ["-producer: thien-duc", "+producer: truong-an"]


def test_what_is_wrong_is_said_in_vietnamese_and_not_saved(form: Form, copy: Copy) -> None:
    form.open("producers", MAKER)
    form.field("Zalo").fill("12345")
    form.try_to_save()
    expect(form.page.get_by_text("Zalo: cần số điện thoại Việt Nam.")).to_be_visible()
    assert copy.files() == []
    assert form.said == ["undefined"], "the form says so of whatever it does not save"
    form.said.clear()


def test_a_photo_lies_beside_its_entry_and_is_called_by_its_name(form: Form, copy: Copy) -> None:
    form.open("products", "Kẹo lạc Thiên Đức")
    form.pane("vi").get_by_role("button", name="Thêm ảnh").click()
    form.pane("vi").get_by_role("button", name="Chọn một hình").click()
    picture = {"name": "Hộp kẹo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1200)}
    form.page.locator("input[type=file]").set_input_files(picture)
    form.page.get_by_role("button", name="Lấy những cái đã chọn").click()
    form.field("Mô tả ảnh").fill("Hộp kẹo trên bàn tre")
    form.save()
    assert copy.changed() == ["+photos:", "+  - file: hop-keo.jpg", "+    alt: Hộp kẹo trên bàn tre"]
    assert copy.files() == [CANDY, CANDY.replace("index.vi.md", "hop-keo.jpg")]
    assert copy.sound()


def test_the_settings_of_the_site_keep_their_comments(form: Form, copy: Copy) -> None:
    form.open("settings", "Cài đặt chung")
    form.page.get_by_label("Kho mã").fill("https://github.com/owner/name")
    form.save()
    (before, after) = copy.changed()
    assert before.startswith("-repository: null     # kho mã")
    assert after == before.replace("-repository: null", "+repository: https://github.com/owner/name")
    assert copy.sound()


def test_a_phone_shows_one_language_at_a_time_and_its_button_for_saving(form: Form, copy: Copy) -> None:
    page = form.page.context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("http://127.0.0.1:8081/**", form.route)
    phone = replace(form, page=page)
    phone.open("products", "Kẹo lạc Thiên Đức")
    phone.unfold("Gói 25000")
    phone.field("Giá tham khảo (đồng)").fill("28000")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.get_by_role("button", name="Công bố", exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Đang viết: EN")).to_have_count(0)
    phone.save()
    assert copy.changed() == ["-    price: 25000      # giá lẻ", "+    price: 28000      # giá lẻ"]
    page.close()


# --- the text that is written -----------------------------------------------------------------------------

RUN = """async ([fields, jobs]) => {
  const script = document.querySelector("script[data-folder]");
  const yaml = await import(new URL("yaml/public-api.js", new URL(script.dataset.folder, document.baseURI)));
  const format = (await import(script.src)).formatOf(yaml, fields);
  const made = ([text, data]) => format.toFile({ ...format.fromFile(text), ...data });
  return jobs.map((job) => (job[1] ? made(job) : format.fromFile(job[0])));
}"""


def run(form: Form, jobs: list[tuple[str, Any]], collection: str = "products") -> list[Any]:
    """Texts with these facts in place of their own; without facts, what is read of a text."""
    config = json.loads(form.copy.project.output.joinpath("admin/config.yml").read_bytes())
    fields = next(one["fields"] for one in config["collections"] if one["name"] == collection)
    if not form.page.url.startswith(form.copy.address):
        form.page.goto(form.copy.address)
    return list(form.page.evaluate(RUN, [fields, jobs]))


ENTRIES = sorted((ROOT / "content").glob("*/*/index.*.md"))
TEXTS = [one.read_text("utf-8") for one in ENTRIES]


def told(data: Any) -> Any:
    """Facts without what is empty, each in words."""
    if isinstance(data, dict):
        inner = {key: told(one) for key, one in data.items() if not key.startswith("(")}
        return {key: one for key, one in inner.items() if one} or None
    if isinstance(data, list | tuple):
        return [one for one in map(told, data) if one] or None
    if isinstance(data, bool):
        return str(data).lower()
    return None if data is None else " ".join(f"{data:g}".split() if isinstance(data, float) else str(data).split())


def as_read(text: str) -> Any:
    """The facts and the story of a text, as the program reads it."""
    document, problems = read_entry("index.vi.md", text.encode())
    assert document is not None, [one.printed() for one in problems]
    return told({**document.data, "body": document.body})


def by_folder(data: Any) -> Any:
    """The facts with other entries called by their folders."""
    return json.loads(json.dumps(data).replace('/index"', '"'))


def test_what_is_saved_unchanged_is_the_same_to_the_byte(form: Form) -> None:
    odd = [text.replace("\n", "\r\n") for text in TEXTS[:20]] + [
        "---\n---\n",
        "---\nname: A\n---",
        "\ufeff---\nname: A\n---\n",
    ]
    every = TEXTS + odd
    assert run(form, [(text, {}) for text in every]) == every


def test_what_is_read_in_the_form_is_what_the_program_reads(form: Form) -> None:
    for text, data in zip(TEXTS, run(form, [(text, None) for text in TEXTS]), strict=True):
        assert told(by_folder(data)) == as_read(text)


WORDS = (
    "có: dấu",
    "a # b",
    "[x]",
    "- gạch",
    "0912345678",
    "2026-11-23",
    "true",
    "~",
    "it's",
    'nói "có"',
    "86/QĐ-UBND",
    "a, b",
    "*a",
    "Tỏi",
)


def mutated(chance: random.Random, data: Any) -> Any:
    """The same facts with one of them changed, taken out, put in or moved, at any depth."""
    if isinstance(data, dict):
        keys = [key for key in data if not key.startswith("(") and key not in ("producer", "related", "outlets")]
        if not keys or chance.random() < 0.15:
            return {**data, f"thêm_{chance.randrange(9)}": chance.choice(WORDS)}
        key = chance.choice(keys)
        if chance.random() < 0.2:
            return {**data, key: None}
        return {**data, key: mutated(chance, data[key])}
    if isinstance(data, list):
        at = chance.randrange(len(data))
        what = chance.randrange(5)
        if what == 0:
            return data[:at] + data[at + 1 :]
        if what == 1:
            return [*data[:at], chance.choice(data), *data[at:]]
        if what == 2:
            return chance.sample(data, len(data))
        return [*data[:at], mutated(chance, data[at]), *data[at + 1 :]]
    return chance.choice(WORDS) if isinstance(data, str) else chance.randrange(1, 10_000)


def test_whatever_is_changed_is_read_again_as_it_was_meant(form: Form) -> None:
    chance = random.Random(5)
    texts = [chance.choice(TEXTS) for _ in range(400)]
    data = [mutated(chance, one) for one in run(form, [(text, None) for text in texts])]
    for text, wanted, made in zip(texts, data, run(form, list(zip(texts, data, strict=True))), strict=True):
        assert as_read(made) == told(by_folder(wanted)), made
        comments = set(re.findall(r"^# .*", text, re.MULTILINE))
        assert comments <= set(re.findall(r"^# .*", made, re.MULTILINE))


STYLED = """\
---
# đầu tệp
name: 'Tỏi đen'   # tên
set: 10  # bộ
recognitions:
  - stars: 4                        # mới
    decision: {number: 86/QĐ-UBND, date: 2022-04-26}   # giấy
  # cũ
  - stars: 3
    year: 2019
packs:
- label: Hộp
  price: 80000   # giá
tags: [tỏi đen, gia vị]
# cuối
---
Chuyện.
"""


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"name": "Tỏi d'Or"}, ["-name: 'Tỏi đen'   # tên", "+name: 'Tỏi d''Or'   # tên"]),
        ({"set": 11}, ["-set: 10  # bộ", "+set: 11  # bộ"]),
        ({"tags": ["tỏi đen", "a, b"]}, ["-tags: [tỏi đen, gia vị]", '+tags: [tỏi đen, "a, b"]']),
        ({"tags": []}, ["-tags: [tỏi đen, gia vị]"]),
        ({"alcohol": "29.5"}, ["+alcohol: 29.5"]),
        ({"code": "29.5"}, ['+code: "29.5"']),
        ({"updated": "2026-11-23"}, ["+updated: 2026-11-23"]),
        ({"season": [9, 10]}, ["+season: [9, 10]"]),
        ({"packs": [{"label": "Hộp", "price": 85000}]}, ["-  price: 80000   # giá", "+  price: 85000   # giá"]),
        ({"packs": [{"label": "Hộp", "price": 80000, "gtin": "08"}]}, ['+  gtin: "08"']),
        (
            {"packs": [{"label": "Hộp", "price": 80000}, {"label": "Lọ", "quantity": "1 kg"}]},
            ["+- label: Lọ", "+  quantity: 1 kg"],
        ),
        (
            {
                "recognitions": [
                    {"stars": 4, "decision": {"number": "9", "date": "2022-04-26"}},
                    {"stars": 3, "year": 2019},
                ]
            },
            [
                "-    decision: {number: 86/QĐ-UBND, date: 2022-04-26}   # giấy",
                '+    decision: {number: "9", date: 2022-04-26}   # giấy',
            ],
        ),
        ({"recognitions": [{"stars": 3, "year": 2019}]}, [
            "-  - stars: 4                        # mới",
            "-    decision: {number: 86/QĐ-UBND, date: 2022-04-26}   # giấy",
        ]),
        ({"body": "Chuyện khác.\n"}, ["-Chuyện.", "+Chuyện khác."]),
    ],
)  # fmt: skip
def test_only_the_lines_of_a_change_differ(form: Form, change: dict[str, Any], lines: list[str]) -> None:
    (made,) = run(form, [(STYLED, change)])
    before, after = STYLED.splitlines(), made.splitlines()
    assert [f"-{line}" for line in before if line not in after] == [one for one in lines if one.startswith("-")]
    assert [f"+{line}" for line in after if line not in before] == [one for one in lines if one.startswith("+")]
    assert [line for line in after if line in before] == [line for line in before if line in after], "nothing moved"


def test_a_file_with_a_slip_is_shown_but_never_written_over(form: Form) -> None:
    broken = "---\nname: [A\n---\nChuyện.\n"
    (data,) = run(form, [(broken, None)])
    assert "(fault)" in data
    with pytest.raises(Exception, match="hãy sửa trên trang của kho"):
        run(form, [(broken, {"name": "B"})])
    assert len(form.said) == 2, "the slip is told in the console"
    form.said.clear()
