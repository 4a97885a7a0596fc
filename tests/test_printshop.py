"""Brochures in a folder of their own: for screens as on the site, for a printer with bleed, and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from sites import (
    ONE,
    TEMPLATES,
    Quiet,
    built,
    lay,
    page_of,
    png,
    producer,
    product,
    read_yaml,
    site,
    times,
    tree,
    write_yaml,
)

from ocopgen.delivery import Misplaced, NotOurs
from ocopgen.printshop import BROCHURES, Delivered, Order, brochures
from ocopgen.project import Project

SHEET = "vi/san-pham/gao/gao-vi.pdf"
MILLIMETRE = 72 / 25.4


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return replace(site(tmp_path, ONE), templates=TEMPLATES)


def delivered(project: Project, to: Path, print_: bool = False, only: str = "") -> Delivered:
    return brochures(project, Order(to, print_, only), Quiet())


def pdfs(folder: Path) -> Mapping[str, bytes]:
    return {path: raw for path, raw in tree(folder).items() if path.endswith(".pdf")}


def size(raw: bytes) -> tuple[int, int]:
    """Width and height of the first page in mm."""
    box = PdfReader(io.BytesIO(raw)).pages[0].mediabox
    return round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)


def test_all_are_made_though_the_site_has_none(project: Project, tmp_path: Path) -> None:
    made = delivered(project, tmp_path / "papers")
    assert made.brochures is not None
    assert made.brochures.keys() == pdfs(tmp_path / "papers").keys()
    assert SHEET in made.brochures
    assert "en/producers/an/an-en.pdf" in made.brochures
    assert made.brochures[SHEET] == len(pdfs(tmp_path / "papers")[SHEET])


def test_for_screens_they_are_those_of_the_site(project: Project, tmp_path: Path) -> None:
    lay(project.content, {"site.yml": (project.content / "site.yml").read_bytes().replace(b"brochures: false\n", b"")})
    built(project)
    delivered(project, tmp_path / "papers")
    assert pdfs(tmp_path / "papers") == pdfs(project.output)


def test_for_a_printer_they_have_room_for_bleed_and_marks(project: Project, tmp_path: Path) -> None:
    delivered(project, tmp_path / "screen", only="gao-vi")
    delivered(project, tmp_path / "print", print_=True, only="gao-vi")
    assert size(pdfs(tmp_path / "screen")[SHEET]) == (210, 297)
    assert size(pdfs(tmp_path / "print")[SHEET]) == (210 + 16, 297 + 16)


def test_only_those_that_are_named_are_made(project: Project, tmp_path: Path) -> None:
    made = delivered(project, tmp_path / "papers", only="an/an-vi")
    assert made.brochures is not None
    assert set(made.brochures) == pdfs(tmp_path / "papers").keys() == {"vi/chu-the/an/an-vi.pdf"}
    assert delivered(project, tmp_path / "none", only="no-such").brochures == {}


def test_a_second_run_writes_nothing_and_one_after_a_change_what_changed(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "papers"
    delivered(project, to)
    before = times(to)
    assert (delivered(project, to).written, times(to)) == (0, before)
    lay(project.content, {page_of("products", "gao"): product("Gạo mới", "Một câu chuyện.")})
    assert delivered(project, to).written > 0
    (project.content / page_of("products", "gao")).unlink()
    assert delivered(project, to).removed > 0


def test_what_is_made_alone_leaves_all_else_as_it_is(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "papers"
    delivered(project, to)
    before = pdfs(to)
    for words in ("no-such", "gao-vi", "Gạo"):
        assert delivered(project, to, only=words).removed == 0
        assert pdfs(to) == before
    assert delivered(project, to).written == 0


def test_a_part_of_a_path_may_be_typed_as_people_write(project: Project, tmp_path: Path) -> None:
    made = delivered(project, tmp_path / "papers", only="San Pham/GẠO/")
    assert made.brochures is not None
    assert set(made.brochures) == {SHEET}


def test_it_is_told_where_codes_are_missing(project: Project, tmp_path: Path) -> None:
    assert delivered(project, tmp_path / "one", only="gao-vi").addressed
    words = (project.content / "site.yml").read_bytes().replace(b"address: https://example.org/cho/\n", b"")
    lay(project.content, {"site.yml": words})
    assert not delivered(project, tmp_path / "two", only="gao-vi").addressed


def test_with_an_error_the_last_ones_stay(project: Project, tmp_path: Path) -> None:
    delivered(project, tmp_path / "papers")
    before = tree(tmp_path / "papers")
    lay(project.content, {page_of("products", "gao"): product(set=99)})
    made = delivered(project, tmp_path / "papers")
    assert made.brochures is None
    assert made.problems
    assert tree(tmp_path / "papers") == before


def test_the_site_and_folders_of_others_are_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Misplaced):
        delivered(project, project.output / "papers")
    to = lay(tmp_path / "mine", {"thesis.pdf": "mine"})
    with pytest.raises(NotOurs, match="brochures"):
        delivered(project, to)
    assert tree(to) == {"thesis.pdf": b"mine"}
    assert not (to / BROCHURES.list).exists()


def test_a_language_may_have_a_region_also_that_of_a_source(project: Project, tmp_path: Path) -> None:
    for file in project.content.glob("*.yml"):
        words = re.sub(r"\ben:", "en-GB:", file.read_text("utf-8")).replace("[vi, en]", "[vi, en-GB]")
        file.write_text(words, "utf-8")
    source = {"title": "越南", "url": "https://example.org/越南?a=⅓", "lang": "zh-CN"}
    lay(project.content, {page_of("products", "gao"): product(sources=[source])})
    for _ in range(2):
        made = delivered(project, tmp_path / "papers")
        assert made.brochures is not None
        assert any(path.startswith("en-GB/") and path.endswith("gao-en-GB.pdf") for path in made.brochures)
    sheet = PdfReader(io.BytesIO(pdfs(tmp_path / "papers")[SHEET]))
    found = {str(one.get_object()["/A"]["/URI"]) for one in sheet.pages[0]["/Annots"] if "/A" in one.get_object()}
    assert "https://example.org/%E8%B6%8A%E5%8D%97?a=%E2%85%93" in found


def test_signs_alone_break_no_brochure(project: Project, tmp_path: Path) -> None:
    story = "## 🌿\n\nMột.\n\n### Hai\n\n##\n\n## ![Hạt](a.png)\n"
    files = {
        page_of("products", "gao"): product("🧄", story, photos=[{"file": "a.png", "alt": "🧄", "credit": "Báo Thử"}]),
        page_of("producers", "an"): producer("😀", "## ⭐⭐⭐⭐\n\nMột."),
        "products/gao/a.png": png(900, 700),
    }
    lay(project.content, files)
    made = delivered(project, tmp_path / "papers")
    assert made.brochures is not None
    text = PdfReader(io.BytesIO(pdfs(tmp_path / "papers")[SHEET])).pages[0].extract_text()
    assert "□" in text
    assert "Ảnh: Báo Thử" in text


def test_two_brochures_of_one_name_are_refused(project: Project, tmp_path: Path) -> None:
    words = read_yaml((project.content / "strings.yml").read_bytes())
    for wrong in ({"path_cards": words["path_stickers"]}, {"path_leaflet": {"vi": "en", "en": "x"}}):
        lay(project.content, {"strings.yml": write_yaml({**words, **wrong})})
        made = delivered(project, tmp_path / "papers")
        assert made.brochures is None
        assert [one.code for one in made.problems] == ["path-twice"]
