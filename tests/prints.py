"""Documents for tests: made of small contents with the real templates, as PDF and as pictures."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import pypdf
import pypdfium2
import zxingcpp
from papers import Paper
from PIL import Image
from sites import DATA, DRAWINGS, SVG, TEMPLATES, TODAY, Files, catalogue

from ocopgen.bindery import SCREEN, Bindery, Quality
from ocopgen.brochures import Bound, bound
from ocopgen.gallery import Gallery
from ocopgen.html import Templates
from ocopgen.pdf import Pdf
from ocopgen.photo import PhotoFile
from ocopgen.plan import Forme, Look, lay_out
from ocopgen.store import read_templates

BASE = "https://ocop.example/"
DPI = 100


class Tray:
    """Tools of recipes in memory: every drawing is the same, and nothing is kept."""

    def template(self, name: str) -> Any:
        raise AssertionError(f"a document asks for the page {name}")

    def source(self, digest: str) -> bytes:
        return SVG.encode()

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        return make()[key]


@cache
def real_templates() -> Templates:
    return read_templates(TEMPLATES)


def bindery(
    files: Files,
    base_url: str | None = BASE,
    quality: Quality = SCREEN,
    data: Files = DATA,
    photos: Iterable[PhotoFile] = (),
) -> Bindery:
    """Where documents of some files are made, in the first language."""
    whole = catalogue(files, photos, data)
    layout = lay_out(whole, Look(real_templates(), TODAY, base_url))
    desks = tuple(Forme(layout, Gallery(whole, DRAWINGS)).desks.values())
    return Bindery(desks[0], desks, real_templates(), quality)


def documents(place: Bindery, route: str, subject: Any) -> dict[str, Bound]:
    """The documents in all languages that lie beside a page, by their template."""
    found = bound(place, route, subject, lambda edition: "")
    return {one.brochure.template: one for one in found if one.brochure.in_all_languages}


def made(pdf: Pdf) -> pypdf.PdfReader:
    """A document, set and read back."""
    return pypdf.PdfReader(io.BytesIO(pdf.make(Tray())))


def size(page: pypdf.PageObject) -> tuple[float, float]:
    """Width and height of a page in mm."""
    return tuple(round(float(one) * 25.4 / 72, 1) for one in (page.mediabox.width, page.mediabox.height))  # type: ignore[return-value]


def words(page: pypdf.PageObject) -> str:
    """The words of a page as they are copied out of it, on one line."""
    return " ".join(page.extract_text().split())


def places(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """The pieces of text of a page, and where each begins, in mm from the upper left corner."""
    found: list[tuple[str, float, float]] = []
    high = float(page.mediabox.height)

    def note(text: str, cm: list[float], tm: list[float], font: object, font_size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((" ".join(text.split()), x * 25.4 / 72, (high - y) * 25.4 / 72))

    page.extract_text(visitor_text=note)
    return found


def pictures(pdf: Pdf, times: int = 1) -> list[Image.Image]:
    """The pages of a document as they look, with what is cut off, at `DPI` or so many times as large."""
    document = pypdfium2.PdfDocument(pdf.make(Tray()))
    return [page.render(scale=DPI * times / 72).to_pil().convert("RGB") for page in document]


def mm(pixels: float) -> float:
    return pixels * 25.4 / DPI


def codes(page: Image.Image) -> list[tuple[str, float, float, float]]:
    """What a reader reads on a page: each address, where its code begins in mm, and how wide it is."""
    found = zxingcpp.read_barcodes(page)
    return sorted(
        (
            str(one.text),
            mm(one.position.top_left.x),
            mm(one.position.top_left.y),
            mm(one.position.top_right.x - one.position.top_left.x),
        )
        for one in found
    )


Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in mm."""

WHITE = 1.5
"""What a code needs around it, in mm, or it can't be read."""


def squares(pdf: Pdf) -> list[list[Box]]:
    """Where the codes of each page stand, with the white around them."""
    found = []
    for page in pictures(pdf, 3):
        marked = [(x / 3 - WHITE, y / 3 - WHITE, wide / 3 + 2 * WHITE) for _, x, y, wide in codes(page)]
        found.append([(x, y, x + wide, y + wide) for x, y, wide in marked])
    return found


def covered(pdf: Pdf) -> list[str]:
    """The words of a document that stand on other words or on a code."""
    lines: dict[int, list[tuple[Box, str]]] = defaultdict(list)
    for number, left, top, right, bottom, words in Paper(pdf.make(Tray())).boxes():
        if words.strip():
            lines[number].append(((left, top, right, bottom), words))
    on_words = [
        f"{one} | {other}" for page in lines.values() for (a, one), (b, other) in combinations(page, 2) if _meet(a, b)
    ]
    on_codes = [
        words
        for number, page in enumerate(squares(pdf), 1)
        for code in page
        for box, words in lines[number]
        if _meet(box, code)
    ]
    return on_words + on_codes


def paper_lines(pdf: Pdf) -> list[tuple[float, float, float, float, str]]:
    """The edges of every line of a document in mm, and its words."""
    boxes = Paper(pdf.make(Tray())).boxes()
    return [(*edges, " ".join(words.split())) for _, *edges, words in boxes if words.strip()]


def _meet(a: Box, b: Box) -> bool:
    """Whether two boxes have more in common than what the marks of two tight lines may."""
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across > 0.2 and down > 0.2


def marks(page: Image.Image, box: tuple[float, float, float, float]) -> set[tuple[int, int]]:
    """Where a page is not white in a box of mm: the columns and rows, in whole mm."""
    x, y, right, bottom = (round(one / 25.4 * DPI) for one in box)
    part = page.crop((x, y, right, bottom)).convert("L")
    dark = [n for n, value in enumerate(part.tobytes()) if value < 245]
    return {(int(mm(x + n % part.width)), int(mm(y + n // part.width))) for n in dark}
