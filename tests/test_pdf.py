"""Recipes for PDF: what their keys cover, that nothing is read or run, and letters that no font has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import product as each_of
from pathlib import Path
from unicodedata import normalize

import pytest
import typst
from papers import Given, Paper, bindery, by_digest, plain, the_pdf
from pictures import saved
from PIL import Image
from sites import ONE, ROOT, SVG, TEMPLATES, jpeg, page_of, photo_of, producer, product, the

from ocopgen import pdf, pixels
from ocopgen.image import ladder
from ocopgen.letters import SIGNS, settled
from ocopgen.pdf import Drawn, Pdf, Plate, settable
from ocopgen.recipe import Source
from ocopgen.text import Lang, Phrase
from ocopgen.views import View

DAY = date(2026, 11, 23)
TEMPLATE = """#let data = json("data.json")
#set document(title: data.page.title)
#set text(font: "Be Vietnam Pro", lang: "vi")
= #data.page.title
"""
NOTHING = Given({})


@dataclass(frozen=True, slots=True, repr=False)
class Shown(View):
    """A title and pictures."""

    title: str
    plates: tuple[Plate, ...] = ()


def a_pdf(title: str = "Gạo", template: str = TEMPLATE, *plates: Plate, day: date = DAY, **sources: str) -> Pdf:
    """A document of one page."""
    named = {"a.typ": template, **{f"{name}.typ": source for name, source in sources.items()}}
    return Pdf.of("a.typ", named, {"page": Shown(title, plates)}, day)


# --- keys and bytes ---------------------------------------------------------------------------------------


def test_the_key_covers_all_that_goes_into_a_document() -> None:
    drawn = Plate(Drawn(SVG), Phrase("Hình"))
    others = [
        a_pdf("Nếp"),
        a_pdf("Gạo", TEMPLATE + " "),
        a_pdf(b="#let x = 1"),
        a_pdf(c="#let x = 1"),
        a_pdf(b="#let x = 2"),
        a_pdf(day=date(2026, 11, 24)),
        a_pdf("Gạo", TEMPLATE, drawn),
        a_pdf("Gạo", TEMPLATE, replace(drawn, alt=Phrase("Ảnh"))),
        a_pdf("Gạo", TEMPLATE, replace(drawn, alt=Phrase("Hình", Lang("en")))),
        a_pdf("Gạo", TEMPLATE, replace(drawn, illustration=True)),
        a_pdf("Gạo", TEMPLATE, Plate(Source("digest"), Phrase("Hình"))),
        replace(a_pdf(b=TEMPLATE), template="b.typ"),
    ]
    keys = {one.key for one in (a_pdf(), *others)}
    assert len(keys) == len(others) + 1
    assert a_pdf().key == a_pdf().key


def test_the_key_covers_the_typesetter_and_the_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = a_pdf().key
    assert "0.0" not in pdf._makers()
    monkeypatch.setattr(pdf, "_makers", lambda: ("0.0",))
    assert a_pdf().key != before


def test_the_same_document_has_the_same_bytes_elsewhere_and_at_another_time(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
        "from test_pdf import a_story; sys.stdout.buffer.write(a_story())"
    )
    env = {**os.environ, "TZ": "America/Lima", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": str(tmp_path)}
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=env, check=True)
    assert a_story() == a_story() == there.stdout


def a_story() -> bytes:
    """A product sheet with a story and a picture."""
    pictures = {"products/gao/hop.jpg": jpeg(900, 700)}
    files = {**ONE, page_of("products", "gao"): product(body="## Chuyện\n\n- một\n- hai\n")}
    here = bindery(files, pictures=pictures)
    return the_pdf(here, "product", the(here.desk, "gao")).make(by_digest(pictures))


def test_a_photo_reaches_the_document_as_it_was_developed() -> None:
    raw = saved(Image.effect_noise((1200, 900), 60).convert("RGB"), "JPEG", quality=92)
    file = photo_of(raw)
    tools = Given({file.digest: raw})
    rendition = ladder(file, "hop", (4, 3), (800,)).of("jpeg")[-1]
    shown = TEMPLATE + "#image(data.page.plates.first().file, alt: data.page.plates.first().alt)\n"
    made = Paper(a_pdf("Gạo", shown, Plate(rendition, Phrase("Hộp"))).make(tools))
    assert made.photos() == [(800, rendition.make(tools))]
    assert made.alternatives() == ["Hộp"]


# --- nothing is read, nothing is fetched ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/etc/hosts", "../../../../etc/hosts", "README.md", "/README.md", str(ROOT / "README.md")]
)
def test_the_typesetter_reads_no_file_of_the_disk(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(typst.TypstError, match=r"not found|escape|denied|access"):
        a_pdf("Gạo", f"{TEMPLATE}#read({json.dumps(path)})").make(NOTHING)


def test_no_template_of_ours_asks_for_a_package() -> None:
    papers = sorted((TEMPLATES / "brochures").glob("*.typ"))
    assert papers
    assert [one.name for one in papers if "@preview" in one.read_text("utf-8") or '"@' in one.read_text("utf-8")] == []


HOSTILE = (
    '#read("/etc/passwd")', '#import "@preview/x:0.1.0": *', "]", "[", "#{", "}", "$x$", "\\", "//x", "/* x", "@p-gao",
    "<p-gao>", "= x", "- x", "`x`", "*x*", "_x_", "\"", "~", "#panic()", "--", "...", "https://x.vn",
)  # fmt: skip
WORDS = " ".join(HOSTILE)


def test_hostile_words_are_set_as_they_are_in_every_field() -> None:
    facts = dict.fromkeys(("ingredients", "usage", "storage", "warnings"), f"{WORDS} fact")
    files = {
        page_of("producers", "an"): producer(f"{WORDS} maker"),
        page_of("products", "gao"): product(
            f"{WORDS} name",
            "<p>" + WORDS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + " story</p>",
            summary=f"{WORDS} summary",
            packs=[{"label": f"{WORDS} pack", "price": 1000}],
            certificates=[{"name": f"{WORDS} paper", "number": f"{WORDS} number"}],
            channels=[{"kind": "shop", "name": f"{WORDS} shop"}],
            sources=[{"title": f"{WORDS} source"}],
            **facts,
        ),
    }
    here = bindery(files)
    for route, subject in (("product", the(here.desk, "gao")), ("producer", here.desk.catalogue.producers[0])):
        read = plain(Paper(the_pdf(here, route, subject).make(NOTHING)).text)
        fields = ["name", "summary", "pack", "paper", "number", "source", "maker", *["fact"] * 4]
        for field in (*fields, *(("story", "shop") if route == "product" else ())):
            assert plain(f"{WORDS} {field}") in read, (route, field)


# --- letters ----------------------------------------------------------------------------------------------

BARE, MARKED = "aăâeêioôơuưy", ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [normalize("NFC", one + mark) for one, mark in each_of(BARE, MARKED)]
ALPHABET = " ".join([*LETTERS, "đ", *(one.upper() for one in LETTERS), "Đ"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_can_be_copied_out_composed(form: str) -> None:
    body = '#text(font: "Lora", weight: 600, data.page.title)\n\n#text(weight: 600, data.page.title)\n'
    made = Paper(a_pdf(normalize(form, ALPHABET), TEMPLATE + body).make(NOTHING))
    assert plain(made.text) == plain(ALPHABET) * 3
    assert made.reader.metadata is not None
    assert made.reader.metadata.title == ALPHABET
    assert made.fonts() == {"BeVietnamPro-Bold", "BeVietnamPro-SemiBold", "Lora-Regular"}


@pytest.mark.parametrize(
    ("given", "set_as"),
    [
        ("Cay 🌶️ lắm 🇻🇳!", "Cay  lắm !"),
        ("Trà 茶", "Trà □"),
        ("⅓ kg, Ｇạｏ", "1⁄3 kg, Gạo"),
        ("sấy → gói ✓ ★ ① α", "sấy → gói ✓ ★ ① α"),
        ("a\x00b\x1bc\x7fd\x85e\bf", "abcdef"),
        ("tab\tvà\ndòng", "tab\tvà\ndòng"),
        ("\ufeffđầu\u00a0hàng\u200b", "đầu\u00a0hàng\u200b"),
        ("＂＼", '"\\'),
        (r"chữ \u0007 và \b \\", r"chữ \u0007 và \b \\"),
        ("e\u0323\u0302 ≤ ½", "ệ ≤ ½"),
    ],
)
def test_what_no_font_has_becomes_its_plain_form_a_box_or_nothing(given: str, set_as: str) -> None:
    assert settable({"x": given}) == {"x": set_as}
    made = a_pdf("Gạo " + given).make(NOTHING)
    assert made.startswith(b"%PDF-1.7")


def test_signs_that_the_typesetter_has_itself_can_be_set() -> None:
    signs = "".join(chr(code) for first, last in SIGNS for code in range(first, last + 1))
    assert settled(signs) == normalize("NFC", signs)
    a_pdf(signs).make(NOTHING)


def test_a_drawing_is_drawn_as_it_is() -> None:
    assert pixels.drawing(Drawn(SVG).make(NOTHING).decode(), 40).size == (40, 30)
    assert Drawn(SVG).key != Drawn(SVG + " ").key


def test_a_jpeg_in_an_envelope_is_a_drawing_of_its_size() -> None:
    raw = jpeg(900, 700)
    rendition = ladder(photo_of(raw), "hop", None, (450,)).of("jpeg")[-1]
    content = rendition.make(Given({photo_of(raw).digest: raw}))
    envelope = pdf._drawing(rendition, content).decode()
    width, height = Image.open(BytesIO(content)).size
    assert envelope.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">')
