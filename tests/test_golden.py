"""Telling pages of an awkward catalogue, as text: a change is reviewed as a diff.

`pytest tests/test_golden.py --accept-golden` writes the pages anew; then read what git says has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sites import TESTS, awkward, built

GOLDEN = TESTS / "golden"
PAGES = (
    "vi/index.html",
    "en/index.html",
    "vi/sao/4/index.html",
    "en/stars/4/index.html",
    "vi/san-pham/ten-rat-dai/index.html",
    "en/products/ten-rat-dai/index.html",
    "vi/san-pham/toi-theo-bao/index.html",
    "en/products/toi-theo-bao/index.html",
    "vi/san-pham/ruou-nep/index.html",
    "en/products/ruou-nep/index.html",
    "vi/chu-the/nha-bao-mat/index.html",
    "en/producers/nha-bao-mat/index.html",
    "vi/dia-phuong/index.html",
    "en/places/index.html",
    "vi/tin-tuc/hoi-cho/index.html",
    "en/news/hoi-cho/index.html",
    "vi/san-pham/mam-cay-cu/index.html",
    "p/ten-rat-dai/index.html",
    "404.html",
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = awkward(tmp_path_factory.mktemp("awkward"))
    built(project)
    return project.output


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_it_was_accepted(output: Path, page: str, request: pytest.FixtureRequest) -> None:
    shown = pretty((output / page).read_text("utf-8"))
    golden = GOLDEN / (page.replace("/index.html", "").replace("/", "_").removesuffix(".html") + ".txt")
    if request.config.getoption("--accept-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, "utf-8")
    assert golden.read_text("utf-8") == shown


def test_no_page_is_golden_that_is_not_compared() -> None:
    names = {page.replace("/index.html", "").replace("/", "_").removesuffix(".html") for page in PAGES}
    assert {one.stem for one in GOLDEN.glob("*")} == names


def pretty(html: str) -> str:
    """A page as indented lines, with fingerprints and sizes masked and the paths of drawings left out."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    lines = "\n".join(_lines(tree, 0)) + "\n"
    lines = re.sub(r"-[0-9a-f]{12}\.", "-############.", lines)
    lines = re.sub(r"PDF, [0-9.,]+\u00a0kB", "PDF, …\u00a0kB", lines)
    return re.sub(r'(?<= d=")[^"]{20,}', "…", lines)


def _lines(element: Element, depth: int) -> Iterator[str]:
    if isinstance(element.tag, str):
        attributes = "".join(f' {name.rpartition("}")[2]}="{value}"' for name, value in element.attrib.items())
        yield f"{' ' * depth}<{element.tag.rpartition('}')[2]}{attributes}>"
        yield from _words(element.text, depth + 1)
        for child in element:
            yield from _lines(child, depth + 1)
    yield from _words(element.tail, depth)


def _words(text: str | None, depth: int) -> Iterator[str]:
    words = re.sub(r"[ \n]+", " ", text or "").strip(" \n")
    if words:
        yield " " * depth + words
