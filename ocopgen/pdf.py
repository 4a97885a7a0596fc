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
from string import punctuation
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from ocopgen.font import FONTS
from ocopgen.image import Rendition
from ocopgen.letters import BOX, settled, visible
from ocopgen.recipe import Recipe, Tools, digest
from ocopgen.text import Lang, Phrase
from ocopgen.typeset import typeset
from ocopgen.views import View

if TYPE_CHECKING:
    from typst import Fonts

VERSION = 3
"""Raised whenever the same recipe would give another file."""

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged, with a title, languages and words for pictures."""


@dataclass(frozen=True, slots=True, repr=False)
class Plate(View):
    """A picture in a document: how it is made, a drawing or a JPEG rendition, and its words."""

    recipe: Recipe
    alt: Phrase
    illustration: bool = False
    credit: str = ""

    @property
    def file(self) -> str:
        """The name that Typst knows the picture by."""
        return f"plates/{self.recipe.key}.svg"


@dataclass(frozen=True, slots=True, repr=False)
class Telling(View):
    """A story in a document: cleaned HTML, in which pictures are called by their files, and these pictures.

    `lang` is set where it is not in the document's language.
    """

    html: str
    plates: tuple[Plate, ...]
    lang: Lang | None

    @property
    def file(self) -> str:
        """The name that Typst knows the story by."""
        return f"stories/{digest(self.html)}.json"


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
    """A document: its template with all that this leads to, its data as JSON, its pictures and stories by their names.

    `day` is the day that the file says it was made on.
    """

    template: str
    sources: tuple[tuple[str, str], ...]
    data: str
    plates: tuple[tuple[str, Recipe], ...]
    stories: tuple[tuple[str, str], ...]
    day: date

    @staticmethod
    def of(template: str, sources: Mapping[str, str], views: Mapping[str, object], day: date) -> Pdf:
        """The document that a template makes of some views."""
        plates: dict[str, Recipe] = {}
        stories: dict[str, str] = {}
        data = json.dumps({name: _plain(one, plates, stories) for name, one in views.items()}, ensure_ascii=False)
        return Pdf(template, tuple(sources.items()), data, tuple(plates.items()), tuple(stories.items()), day)

    @cached_property
    def key(self) -> str:
        """Of the templates, the data, the pictures and stories by their names, the fonts and the typesetter."""
        sources = (part for pair in self.sources for part in pair)
        return digest("pdf", str(VERSION), STANDARD, *_makers(), self.template, self.data, str(self.day), *sources)

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: self.anew(tools)})

    def anew(self, tools: Tools) -> bytes:
        """The bytes of the document, whether or not it was made before."""
        import typst

        files: Any = {name: source.encode() for name, source in self.sources}
        files["main"] = f'#include "{self.template}"'.encode()  # faults are then told by the template's own name
        files["data.json"] = _json(settable(json.loads(self.data)))
        for name, html in self.stories:
            files[name] = _json(settable(typeset(html)))
        files |= {name: _drawing(one, one.make(tools)) for name, one in self.plates}
        made = typst.compile(
            files,
            root=_folders()[0],  # a folder of nothing but fonts: without one Typst reads what lies where it is started
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            timestamp=(self.day - date(1970, 1, 1)).days * 86_400,
        )
        assert isinstance(made, bytes)
        return made


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# --- words ------------------------------------------------------------------------------------------------

_ADDRESSES = "href", "address"
_NEEDED = "words", "alt", "title"


def settable(value: object, name: str = "") -> object:
    """Data with words that the fonts can set, and addresses of plain letters; what must not be empty is a box then."""
    if isinstance(value, dict):
        return {key: settable(one, key) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [settable(one, name) for one in value]
    if not isinstance(value, str):
        return value
    if name in _ADDRESSES:
        return quote(value, safe=punctuation)
    words = settled(value)
    return BOX if name in _NEEDED and value and not visible(words) else words


# --- what goes into a document ----------------------------------------------------------------------------


def _drawing(recipe: Recipe, content: bytes) -> bytes:
    """A picture as SVG, since Typst takes nothing but text in memory; the JPEG in it reaches the PDF as it is."""
    if not isinstance(recipe, Rendition):
        return content
    size = f'width="{recipe.width}" height="{recipe.height}"'
    photo = f'<image {size} href="data:image/jpeg;base64,{b64encode(content).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{photo}</svg>'.encode()


def _plain(value: object, plates: dict[str, Recipe], stories: dict[str, str]) -> object:
    """A view as JSON can say it; pictures and stories are named, and gathered."""
    if isinstance(value, Plate):
        plates[value.file] = value.recipe
        alt, lang = value.alt.words, value.alt.lang
        told = {"illustration": value.illustration, "credit": value.credit}
        return {"file": value.file, "alt": alt, "lang": lang, **told}
    if isinstance(value, Telling):
        stories[value.file] = value.html
        plates |= {one.file: one.recipe for one in value.plates}
        return {"file": value.file, "lang": value.lang}
    if isinstance(value, Phrase):
        return {"words": value.words, "lang": value.lang}
    if isinstance(value, View):
        return {one.name: _plain(getattr(value, one.name), plates, stories) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one, plates, stories) for one in value]
    return value


@cache
def _makers() -> tuple[str, ...]:
    """What sets the words and draws the letters, by version."""
    return tuple(version(one) for one in ("typst", *_packages()))


def _packages() -> Iterator[str]:
    yield from sorted({one.package.replace("_", "-") for one in FONTS.values()})


@cache
def _fonts() -> Fonts:
    """The fonts of the packages, read once."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, font_paths=_folders())


@cache
def _folders() -> list[str]:
    """The folders of the font packages."""
    return sorted({str(one.source.parent) for one in FONTS.values()})
