"""Recipes for PDF: a Typst template, what it shows as data, and the pictures among it.

Everything is given to Typst in memory: it can read no file but these, and fetch nothing. What a contributor wrote is
data, so no markup in it is ever run.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from ocopgen.font import FONTS
from ocopgen.image import Rendition
from ocopgen.recipe import Recipe, Tools, digest
from ocopgen.text import Phrase
from ocopgen.views import View

if TYPE_CHECKING:
    from typst import Fonts

VERSION = 1
"""Raised whenever the same recipe would give another file."""

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged, with a title, languages and words for pictures."""


@dataclass(frozen=True, slots=True, repr=False)
class Plate(View):
    """A picture in a document: how it is made, a drawing or a JPEG rendition, and its words."""

    recipe: Recipe
    alt: Phrase
    illustration: bool = False

    @property
    def file(self) -> str:
        """The name that Typst knows the picture by."""
        return f"plates/{self.recipe.key}.svg"


@dataclass(frozen=True)
class Drawn:
    """A drawing whose SVG is known already: a seal, a QR code."""

    svg: str

    @cached_property
    def key(self) -> str:
        return digest(self.svg)

    def make(self, tools: Tools) -> bytes:
        return self.svg.encode()


@dataclass(frozen=True)
class Pdf:
    """A document: its template with all that this leads to, its data as JSON, and its pictures by their names.

    `day` is the day that the file says it was made on.
    """

    template: str
    sources: tuple[tuple[str, str], ...]
    data: str
    plates: tuple[tuple[str, Recipe], ...]
    day: date

    @staticmethod
    def of(template: str, sources: Mapping[str, str], views: Mapping[str, object], day: date) -> Pdf:
        """The document that a template makes of some views."""
        plates: dict[str, Recipe] = {}
        data = json.dumps({name: _plain(one, plates) for name, one in views.items()}, ensure_ascii=False)
        return Pdf(template, tuple(sources.items()), data, tuple(plates.items()), day)

    @cached_property
    def key(self) -> str:
        """Of the templates, the data, the pictures by their names, the fonts and the typesetter."""
        sources = (part for pair in self.sources for part in pair)
        return digest("pdf", str(VERSION), STANDARD, *_makers(), self.template, self.data, str(self.day), *sources)

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: self._set(tools)})

    def _set(self, tools: Tools) -> bytes:
        import typst

        files: Any = {name: source.encode() for name, source in self.sources}
        files["main"] = files[self.template]
        files["data.json"] = self.data.encode()
        files |= {name: _drawing(one, one.make(tools)) for name, one in self.plates}
        made = typst.compile(
            files,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            timestamp=(self.day - date(1970, 1, 1)).days * 86_400,
        )
        assert isinstance(made, bytes)
        return made


def _drawing(recipe: Recipe, content: bytes) -> bytes:
    """A picture as SVG, since Typst takes nothing but text in memory; the JPEG in it reaches the PDF as it is."""
    if not isinstance(recipe, Rendition):
        return content
    size = f'width="{recipe.width}" height="{recipe.height}"'
    photo = f'<image {size} href="data:image/jpeg;base64,{b64encode(content).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{photo}</svg>'.encode()


def _plain(value: object, plates: dict[str, Recipe]) -> object:
    """A view as JSON can say it; pictures are named, and gathered."""
    if isinstance(value, Plate):
        plates[value.file] = value.recipe
        return {"file": value.file, "alt": value.alt.words, "illustration": value.illustration}
    if isinstance(value, Phrase):
        return {"words": value.words, "lang": value.lang}
    if isinstance(value, View):
        return {one.name: _plain(getattr(value, one.name), plates) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one, plates) for one in value]
    return value


@cache
def _makers() -> tuple[str, ...]:
    """What sets the words and draws the letters, by version."""
    return tuple(version(one) for one in ("typst", *_packages()))


def _packages() -> Iterator[str]:
    yield from sorted({one.package.replace("_", "-") for one in FONTS.values()})


@cache
def _fonts() -> Fonts:
    """The fonts of the font packages and no others, looked at once."""
    import typst

    folders = sorted({str(one.source.parent) for one in FONTS.values()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
