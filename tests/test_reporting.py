"""The pages of the report: valid, in two languages, escaped, whole without a network, and fit for a small phone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, meta, nodes
from making import CONTENT, IN_ENGLISH, PRODUCER, PRODUCT, STORY, a_book, a_photo, a_producer, a_product, an_entry
from playwright.sync_api import Browser
from sites import ROOT, TEMPLATES

from ocopgen.findings import findings
from ocopgen.report_words import LANGS, words
from ocopgen.reporting import files, summary
from ocopgen.store import read_templates
from ocopgen.text import Lang

HERE = TEMPLATES / "report"
TODAY = date(2026, 11, 28)
DATA = {name: (CONTENT / name).read_bytes() for name in ("strings.yml", "classification.yml")}
CANARY = '<b class="canary">&amp;"'
LONG = "Hợp tác xã sản xuất, kinh doanh và dịch vụ tổng hợp nông nghiệp xã Thụy Ninh và các xã ven sông Trà Lý " * 3

PAPER = "decision: {{number: {number}, date: {day}, by: UBND tỉnh}}"


def due(day: str, **more: str) -> str:
    return a_product(f"recognitions: [{{stars: 4, {PAPER.format(number='1/QĐ', day=day)}}}]", **more)


RICH: dict[str, str | bytes | None] = {
    **DATA,
    PRODUCT: a_product(
        "recognitions:",
        f"  - {{stars: 4, {PAPER.format(number=repr(CANARY), day='2023-12-26')}, source: {{title: {CANARY!r}}}}}",
        f"usage: {CANARY!r}",
        f"awards: [{CANARY!r}]",
        f"code: {CANARY!r}",
        f"trace: {{code: {CANARY!r}}}",
        f"channels: [{{kind: shop, name: {CANARY!r}}}]",
        f'sources: [{{title: {CANARY!r}, url: "https://example.vn/?a=1&b=\\"2"}}]',
        f"certificates: [{{name: {CANARY!r}, number: {CANARY!r}, to: 2026-01-01}}]",
        body=STORY,
        name=repr(CANARY),
        summary=repr(CANARY),
        updated="2026-11-02",
    ),
    IN_ENGLISH: an_entry(name=repr(CANARY), translated="2026-11-01"),
    PRODUCER: a_producer(
        'phones: ["0912345678"]', 'website: "https://example.vn"', name=repr(LONG), registered_name=repr(CANARY)
    ),
    "producers/ho/index.vi.md": a_producer('phones: ["0987654321"]', name="Hộ ông Tư", kind="household"),
    "products/gao/index.vi.md": due("2024-04-20", name="Gạo", producer="ho", set="3"),
    "products/tham/index.vi.md": a_product(name="Thăm làng", producer="ho", set="26", draft="true"),
    "news/tin/index.vi.md": an_entry(name="Tin", summary="Tin.", date="2026-01-01"),
}
EMPTY: dict[str, str | bytes | None] = {**DATA, PRODUCT: None, IN_ENGLISH: None, PRODUCER: None}


def pages(
    content: dict[str, str | bytes | None], base_url: str | None = "https://example.vn/ocop/"
) -> dict[str, bytes]:
    book = a_book(today=TODAY, **content)
    return files(findings(book, base_url, drafts=True), book.catalogue, read_templates(HERE), LANGS, with_json=True)


@pytest.fixture(scope="module")
def rich() -> dict[str, bytes]:
    return pages(RICH)


def parsed(raw: bytes) -> Element:
    tree: Element = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(raw)
    return tree


def text(raw: bytes) -> str:
    return " ".join("".join(parsed(raw).itertext()).split())


# --- the pages --------------------------------------------------------------------------------------------

PARTS = "completeness.html", "evidence.html", "index.html", "renewals.html", "translation.html"
SHEETS = "evidence/ho.html", "evidence/truong-an.html"


def test_each_language_has_every_part_and_a_sheet_for_each_producer(rich: dict[str, bytes]) -> None:
    assert sorted(rich) == sorted(
        ["index.html", "report.json", *(f"{lang}/{path}" for lang in LANGS for path in (*PARTS, *SHEETS))]
    )


@pytest.mark.parametrize("content", [RICH, EMPTY], ids=["rich", "empty"])
def test_every_page_is_valid_and_runs_and_fetches_nothing(content: dict[str, str | bytes | None]) -> None:
    for path, raw in pages(content, None).items():
        if path.endswith(".html"):
            tags = {one.tag for one in parsed(raw).iter() if isinstance(one.tag, str)}
            assert not tags & {"script", "link", "img", "iframe", "form", "object"}, path
            assert b"noindex" in raw
            assert f'<html lang="{path.split("/")[0] if "/" in path else "vi"}">'.encode() in raw


def test_what_contributors_write_is_escaped(rich: dict[str, bytes]) -> None:
    for path, raw in rich.items():
        if path.endswith(".html"):
            assert not any(one.get("class") == "canary" for one in parsed(raw).iter()), path
    assert text(rich["vi/evidence/truong-an.html"]).count(CANARY) > 8


def test_every_link_leads_to_a_page_of_the_report_or_away_in_a_known_way(rich: dict[str, bytes]) -> None:
    for path, raw in rich.items():
        for href in (one.attrib["href"] for one in parsed(raw).iter("a")) if path.endswith(".html") else ():
            parts = urlsplit(href)
            if parts.scheme:
                assert parts.scheme in ("https", "tel", "mailto"), href
            elif href != "#main":
                assert normpath(f"{PurePosixPath(path).parent}/{href}") in rich, (path, href)


def test_words_of_the_other_language_are_marked(rich: dict[str, bytes]) -> None:
    (name,) = list(parsed(rich["en/evidence/ho.html"]).iter("h1"))
    assert [(one.get("lang"), one.text) for one in name.iter("span")] == [("vi", "Hộ ông Tư")]
    (name,) = list(parsed(rich["vi/evidence/ho.html"]).iter("h1"))
    assert list(name.iter("span")) == []


def test_the_overview_tells_the_most_urgent_first(rich: dict[str, bytes]) -> None:
    said = text(rich["vi/index.html"])
    assert "2 công nhận hết hiệu lực trong 180 ngày" in said
    assert said.index("28 ngày") < said.index("143 ngày")
    assert "26/12/2026" in said
    assert "26 December 2026" in text(rich["en/index.html"])


def test_the_recognitions_are_told_with_their_windows_and_without_contacts_that_are_withheld(
    rich: dict[str, bytes],
) -> None:
    said = text(rich["vi/renewals.html"])
    assert "22/10/2026 – 21/12/2026" in said, "180 and 120 days before 20/04/2027"
    assert "0912 345 678" in said
    assert "chưa có đồng ý công bố nên không ghi: điện thoại" in said
    for path, raw in rich.items():
        assert b"0987654321" not in raw.replace(b" ", b""), path
        assert b"+84987654321" not in raw.replace(b" ", b""), path


def test_stale_words_are_told_with_both_days(rich: dict[str, bytes]) -> None:
    said = text(rich["en/translation.html"])
    assert "Stale on 1 November 2026, the original changed on 2 November 2026" in said
    assert "How to use" in said
    assert "cũ hơn bản gốc: 1" in text(rich["vi/index.html"])


def test_the_best_step_is_told_with_what_it_is_worth(rich: dict[str, bytes]) -> None:
    said = text(rich["vi/completeness.html"])
    assert "Thêm 1 ảnh chụp ngang" in said
    done = f"recognitions: [{{stars: 4, {PAPER.format(number='1/QĐ', day='2025-12-26')}}}]"
    book = a_book(a_photo("products/toi-den/a.jpg"), today=TODAY, **{**DATA, PRODUCT: a_product(done, body="")})
    made = files(findings(book, None, drafts=False), book.catalogue, read_templates(HERE), LANGS, with_json=False)
    assert "Viết câu chuyện riêng của sản phẩm tiêu chí 5.1: tối đa 5 điểm" in text(made["vi/completeness.html"])
    assert "criterion 5.1, points at most: 5" in text(made["en/completeness.html"])


def test_a_sheet_says_what_it_is_not(rich: dict[str, bytes]) -> None:
    for lang, said in (
        ("vi", "không phải biểu mẫu chính thức và không cho điểm"),
        ("en", "no official form and awards no"),
    ):
        for path in SHEETS:
            assert said in text(rich[f"{lang}/{path}"])
    assert "đọc ở bộ 7; đối chiếu với bộ 3" in text(rich["vi/evidence/ho.html"])


def test_an_empty_catalogue_is_told_so() -> None:
    made = pages(EMPTY)
    for path in ("vi/index.html", "vi/completeness.html", "vi/evidence.html"):
        assert "Danh mục chưa có mục nào." in text(made[path])
    assert "Chưa sản phẩm nào có công nhận." in text(made["vi/renewals.html"])


def test_only_what_is_asked_for_is_made() -> None:
    book = a_book(today=TODAY, **RICH)
    found, templates = findings(book, None, drafts=False), read_templates(HERE)
    made = files(found, book.catalogue, templates, (Lang("en"),), with_json=False)
    assert not any(path.startswith("vi/") or path.endswith(".json") for path in made)
    assert b"Ti\xe1\xba\xbfng Vi\xe1\xbb\x87t" not in made["en/index.html"]
    assert b"report.json" not in made["en/index.html"]
    assert [*files(found, book.catalogue, templates, (), with_json=True)] == ["report.json"]


def test_the_summary_tells_the_counts_and_the_five_most_urgent() -> None:
    many = {f"products/p{n}/index.vi.md": due(f"2024-01-{n:02}", name=f"P{n}") for n in range(10, 17)}
    lines = list(
        summary(findings(a_book(today=TODAY, **{**DATA, PRODUCT: None, IN_ENGLISH: None, **many}), None, False))
    )
    assert lines[0].startswith("7 sản phẩm, đầy đủ bình quân ")
    assert any("Thiếu / Missing 22" in line for line in lines)
    assert any(line.endswith("Ending, filing window closed: 7") for line in lines)
    assert [line.split(",")[0].strip() for line in lines if line.startswith("  ")] == [
        f"2027-01-{n}" for n in range(10, 15)
    ]
    empty = list(summary(findings(a_book(**EMPTY), None, False)))
    assert empty == [
        "Bản dịch / Translation (en): Đã dịch / Translated 0, Cũ / Stale 0, Chưa rõ / Not known 0, Thiếu / Missing 0"
    ]


# --- templates and words ----------------------------------------------------------------------------------

SOURCES = {one.name: one.read_text("utf-8") for one in sorted(HERE.iterdir())}


@pytest.mark.parametrize("name", SOURCES)
def test_a_template_sees_only_its_page_the_site_and_the_words_and_works_nothing_out(name: str) -> None:
    tree = Environment().parse(SOURCES[name])
    imported = {one.target for one in tree.find_all(nodes.Import)}
    assert meta.find_undeclared_variables(tree) - imported <= {"page", "site", "say"}
    assert list(tree.find_all(nodes.Filter)) == []
    assert None not in set(meta.find_referenced_templates(tree))


def test_every_word_is_in_both_languages_and_asked_for() -> None:
    vi, en = map(words, LANGS)
    assert vi.keys() == en.keys()
    assert all(vi.values())
    assert all(en.values())
    code = "".join((ROOT / "ocopgen" / f"{name}.py").read_text("utf-8") for name in ("reporting", "report_sheets"))
    code += (ROOT / "ocopgen" / "report_words.py").read_text("utf-8").partition("def words")[2]
    asked = set(re.findall(r"say\.(\w+)", "".join(SOURCES.values()))) | set(re.findall(r'"([\w-]+)"', code))
    begun = tuple(re.findall(r'f"(\w+_)\{', code))
    assert {key for key in vi if key not in asked and not key.startswith(begun)} == set()
    assert set(re.findall(r"say\.(\w+)", "".join(SOURCES.values()))) - vi.keys() == set()


@pytest.mark.parametrize("key", sorted(words(LANGS[0])))
def test_both_languages_of_a_word_are_filled_with_the_same(key: str) -> None:
    filled = [set(re.findall(r"\{(\w+)\}", words(lang)[key])) for lang in LANGS]
    assert filled[0] == filled[1]


# --- in a browser -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_on_a_small_phone_and_nothing_is_refused(
    browser: Browser, rich: dict[str, bytes], tmp_path: Path, scheme: str
) -> None:
    for path, raw in rich.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in (path for path in rich if path.endswith(".html")):
        page.goto((tmp_path / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(251, 247, 239)", "dark": "rgb(23, 21, 18)"}[scheme], "the style is taken"
    page.close()
    assert said == []
