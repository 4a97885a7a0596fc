"""The guides for contributors: the same in both languages, with pictures and words that are true."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image
from sites import ROOT, read_content, read_yaml
from workflows import WORKFLOWS

from ocopgen.catalogue import Content, shelve

GUIDES = [ROOT / "docs" / "CONTRIBUTING.md", ROOT / "docs" / "CONTRIBUTING.en.md"]
TEXTS = {one.name: one.read_text("utf-8") for one in GUIDES}
PICTURES = ROOT / "docs" / "contributing"


def maker() -> ModuleType:
    """The script that draws the pictures."""
    spec = importlib.util.spec_from_file_location("contributing", ROOT / "docs" / "contributing.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_guides_have_the_same_parts_pictures_and_printed_words() -> None:
    for pattern in ("^#+ ", r"contributing/[\w.-]+", r"(?s)^```\n(.*?)```"):
        first, second = (re.findall(pattern, text, re.MULTILINE) for text in TEXTS.values())
        assert len(first) > 0
        assert first == second


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    linked = re.findall(r'\]\(([^)#]+)\)|src="([^"]+)"', TEXTS[name])
    assert [one for pair in linked for one in pair if one and not (ROOT / "docs" / one).exists()] == []
    heads = [
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in re.findall("^## (.*)", TEXTS[name], re.M)
    ]
    assert [one for one in re.findall(r"\]\(#([^)]+)\)", TEXTS[name]) if one not in heads] == []
    assert len(re.findall("<img ", TEXTS[name])) == len(re.findall(r'<img [^>]*alt="[^"]{20,}"', TEXTS[name]))


def test_the_pictures_are_small_and_all_shown() -> None:
    shown = {one for text in TEXTS.values() for one in re.findall(r"contributing/([\w.-]+)", text)}
    assert {one.name for one in PICTURES.iterdir()} == shown
    assert all(one.stat().st_size < 60_000 for one in PICTURES.iterdir())
    for one in PICTURES.glob("*.png"):
        with Image.open(one) as picture:
            assert 700 < picture.width < 800, "a phone's width, sharp"


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.svg")), ids=lambda one: str(one.stem))
def test_a_drawing_says_that_it_is_one_and_runs_nothing(path: Path) -> None:
    drawing = path.read_text("utf-8")
    assert "Hình vẽ để chỉ chỗ bấm, không phải ảnh chụp" in drawing
    assert not re.search(r"<script|<!|\son\w+=|href|url\(", drawing)


def test_the_error_is_the_one_that_is_printed() -> None:
    drawn = maker()
    content = read_content(ROOT / "content")
    entry = content.texts[drawn.ENTRY].decode()
    texts = {**content.texts, drawn.ENTRY: drawn.with_price(entry, drawn.SLIP).encode()}
    (slip,) = [one for one in shelve(Content(texts)).problems if one.code == "price-form"]
    (block,) = re.findall(r"(?s)^```\n(.*?)```", TEXTS["CONTRIBUTING.md"], re.MULTILINE)
    assert block == f"{slip.printed()}\n"
    texts[drawn.ENTRY] = drawn.with_price(entry, drawn.AFTER).encode()
    assert "price-form" not in {one.code for one in shelve(Content(texts)).problems}


def test_what_the_guides_call_by_name_has_that_name() -> None:
    jobs = read_yaml((WORKFLOWS / "pull-request.yml").read_text("utf-8"))
    words = {
        jobs["name"],
        jobs["jobs"]["content"]["name"],
        read_yaml((ROOT / "content" / "strings.yml").read_bytes())["edit_page"]["vi"],
        read_yaml((WORKFLOWS / "publish.yml").read_text("utf-8"))["name"].partition(" / ")[0],
    }
    forms = [read_yaml(one.read_bytes())["name"] for one in (ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml")]
    for number, text in enumerate(TEXTS.values()):
        assert [one for one in (*words, *(name.split(" / ")[number] for name in forms)) if one not in text] == []
