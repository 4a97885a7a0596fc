"""Brochures for tests: made at desks in memory, and read back as readers of PDF understand them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from jinja2 import Template
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from sites import AWKWARD, DATA, DRAWINGS, EN, ONE, SVG, TEMPLATES, TODAY, VI, Files, catalogue, photo_of

from ocopgen.bindery import SCREEN, Bindery, Quality
from ocopgen.brochures import Bound, bound
from ocopgen.cards import Desk
from ocopgen.catalogue import Catalogue
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.listing_pages import Listed
from ocopgen.pages import SITE
from ocopgen.pdf import Pdf
from ocopgen.store import read_templates
from ocopgen.text import Lang

BASE = "https://example.org/cho/"
POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler's pdftotext")
TYPESET = read_templates(TEMPLATES)


@dataclass(frozen=True)
class Given:
    """Tools that have some pictures by their digests, and one drawing for all others; nothing is kept."""

    pictures: Mapping[str, bytes]

    def template(self, name: str) -> Template:
        raise AssertionError(name)

    def source(self, digest: str) -> bytes:
        return self.pictures.get(digest, SVG.encode())

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        return make()[key]


# --- making -----------------------------------------------------------------------------------------------


def bindery(
    files: Files = ONE,
    lang: Lang = VI,
    today: date = TODAY,
    quality: Quality = SCREEN,
    data: Files = DATA,
    pictures: Mapping[str, bytes] | None = None,
    base: str | None = BASE,
) -> Bindery:
    """The bindery of some files; `pictures` are photos by their paths."""
    photos = [photo_of(raw, path) for path, raw in (pictures or {}).items()]
    return _bindery(catalogue(files, photos, data), lang, today, quality, base)


def _bindery(whole: Catalogue, lang: Lang, today: date, quality: Quality, base: str | None) -> Bindery:
    desks = {one: Desk(Edition(one, whole, today, base), Gallery(whole, DRAWINGS)) for one in (VI, EN)}
    return Bindery(desks[lang], tuple(desks.values()), TYPESET, quality)


def the_pdf(here: Bindery, route: str, subject: Any) -> Pdf:
    """The document beside a page, in its language."""
    (one,) = _in_one_language(here, route, subject)
    return one.pdf


def _in_one_language(here: Bindery, route: str, subject: Any) -> Iterator[Bound]:
    found = bound(here, route, subject, lambda edition: "")
    return (one for one in found if not one.brochure.in_all_languages)


def paper(here: Bindery, route: str, subject: Any, pictures: Mapping[str, bytes] | None = None) -> Paper:
    """The document beside a page, made and opened."""
    return Paper(the_pdf(here, route, subject).make(by_digest(pictures or {})))


def plain(text: str) -> str:
    """Words without their spaces, as lines may break between any two."""
    return "".join(text.split())


def by_digest(pictures: Mapping[str, bytes]) -> Given:
    """Tools that have photos of these paths."""
    return Given({photo_of(raw, path).digest: raw for path, raw in pictures.items()})


# --- the awkward catalogue --------------------------------------------------------------------------------

_PHOTO = "products/ten-rat-dai/ngang.png"


@cache
def awkward(lang: Lang = VI, quality: Quality = SCREEN) -> Bindery:
    """The bindery of the awkward catalogue."""
    named = ((one.relative_to(AWKWARD).as_posix(), one) for one in sorted(AWKWARD.rglob("*")) if one.is_file())
    files = {name: path.read_bytes() for name, path in named if path.suffix in (".md", ".yml")}
    photo = photo_of((AWKWARD / _PHOTO).read_bytes(), _PHOTO)
    return _bindery(catalogue(files, [photo]), lang, TODAY, quality, BASE)


@cache
def awkward_paper(name: str, lang: Lang = VI, quality: Quality = SCREEN) -> Paper:
    """A brochure of the awkward catalogue by its file's name without the language."""
    return Paper(_awkward_pdfs(lang, quality)[f"{name}-{lang}.pdf"].make(_with_photo()))


IN_ENGLISH = "ten-rat-dai", "gao-het-han", "nha-bao-mat", "ocop-5", "test-market"
"""What is read in English, as reading takes longer than making: one brochure of each kind."""


def awkward_papers(lang: Lang = VI) -> Iterator[tuple[str, Paper]]:
    """The brochures of the awkward catalogue, every one in Vietnamese, by their files' names without the language."""
    names = IN_ENGLISH if lang == EN else [one.removesuffix("-vi.pdf") for one in _awkward_pdfs(lang, SCREEN)]
    return ((name, awkward_paper(name, lang)) for name in names)


@cache
def _with_photo() -> Given:
    return by_digest({_PHOTO: (AWKWARD / _PHOTO).read_bytes()})


@cache
def _awkward_pdfs(lang: Lang, quality: Quality) -> Mapping[str, Pdf]:
    return {one.path: one.pdf for one in _every(awkward(lang, quality))}


def _every(here: Bindery) -> Iterator[Bound]:
    for route in SITE:
        for subject in route.each(here.desk):
            if not isinstance(subject, Listed) or subject.part == 1:
                whom = subject.subject if isinstance(subject, Listed) else subject
                yield from _in_one_language(here, route.name, whom)


# --- reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """A PDF as it is read back."""

    raw: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.raw), strict=True)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The words of each page, with one space between two."""
        return tuple(" ".join(page.extract_text().split()) for page in self.reader.pages)

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def root(self) -> DictionaryObject:
        return self.reader.root_object

    def page_of(self, words: str) -> int:
        """The number of the only page that has these words; the first is 1."""
        (number,) = [number for number, text in enumerate(self.pages, 1) if words in text]
        return number

    def bookmarks(self) -> dict[str, int]:
        """The page that each bookmark leads to, by its words."""

        def walk(lines: Iterable[Any]) -> Iterator[tuple[str, int]]:
            for one in lines:
                if isinstance(one, list):
                    yield from walk(one)
                else:
                    yield " ".join(str(one.title).split()), (self.reader.get_destination_page_number(one) or 0) + 1

        return dict(walk(self.reader.outline))

    def links(self, page: int) -> list[int | str]:
        """Where the links of a page lead: to a page of the document, or to an address."""
        return [self._target(one.get_object()) for one in self.reader.pages[page - 1].get("/Annots", ())]

    def _target(self, annotation: DictionaryObject) -> int | str:
        action = annotation.get("/A", DictionaryObject()).get_object()
        if "/URI" in action:
            return str(action["/URI"])
        place = annotation.get("/Dest", action.get("/D"))
        place = self.reader.named_destinations[place].dest_array if isinstance(place, str) else place
        assert isinstance(place, ArrayObject)
        ids = [page.indirect_reference.idnum for page in self.reader.pages if page.indirect_reference]
        first = place[0]
        assert isinstance(first, IndirectObject)
        return ids.index(first.idnum) + 1

    @cached_property
    def elements(self) -> tuple[DictionaryObject, ...]:
        """The elements of the structure in the order of reading."""

        def walk(one: Any) -> Iterator[DictionaryObject]:
            one = one.get_object() if one is not None else None
            if isinstance(one, ArrayObject):
                for part in one:
                    yield from walk(part)
            elif isinstance(one, DictionaryObject) and one.get("/S"):
                yield one
                yield from walk(one.get("/K"))

        return tuple(walk(self.root["/StructTreeRoot"].get_object().get("/K")))  # type: ignore[union-attr]

    def alternatives(self) -> list[str]:
        """The words of every picture."""
        return [" ".join(str(one.get("/Alt", "")).split()) for one in self.elements if one["/S"] == "/Figure"]

    def objects(self) -> Iterator[DictionaryObject]:
        """Every dictionary and stream of the file."""
        for number in range(1, int(self.reader.trailer["/Size"])):  # type: ignore[call-overload]
            one = self.reader.get_object(IndirectObject(number, 0, self.reader))
            if isinstance(one, DictionaryObject):
                yield one

    def photos(self) -> list[tuple[int, bytes]]:
        """The width in pixels and the bytes of every JPEG."""
        found = (one for one in self.objects() if one.get("/Subtype") == "/Image")
        return [(int(one["/Width"]), one._data) for one in found if one.get("/Filter") == "/DCTDecode"]  # type: ignore

    def fonts(self) -> set[str]:
        """The names of the fonts, of which each has its file inside."""
        named = [one for one in self.objects() if one.get("/Type") == "/FontDescriptor"]
        assert all(one.keys() & {"/FontFile2", "/FontFile3"} for one in named)
        return {str(one["/FontName"]).partition("+")[2] for one in named}

    # --- what other readers read

    def copied(self) -> str:
        """The words that PDFium, the reader in Chromium, lets be copied, with one space between two."""
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in self._opened).split())

    def boxes(self) -> Iterator[tuple[int, float, float, float, float, str]]:
        """Every run of letters as PDFium sees it, with its page and its edges in mm: left, top, right, bottom."""
        for number, page in enumerate(self._opened, 1):
            text, high = page.get_textpage(), page.get_height()
            for one in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(one)
                edges = (left, high - top, right, high - bottom)
                yield (number, *(edge / 72 * 25.4 for edge in edges), text.get_text_bounded(left, bottom, right, top))  # type: ignore

    @cached_property
    def _opened(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.raw)

    def poppler(self, tmp_path: Path) -> str:
        """What `pdftotext` reads."""
        file = tmp_path / "paper.pdf"
        file.write_bytes(self.raw)
        return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
