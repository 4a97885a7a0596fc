"""What templates of brochures see: frozen views, as pages have them, with pictures made for paper.

Whatever leads out of a document is a whole address; where it is empty, the words stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.pdf import Plate
from ocopgen.text import Lang, Phrase
from ocopgen.typeset import Part
from ocopgen.views import View


@dataclass(frozen=True, slots=True, repr=False)
class Imprint(View):
    """What all documents of an edition share; `validity` says for which day the stars are told.

    `bleed` is what is cut off at each edge, in mm; `colours` are those of the light palette by their names.
    """

    lang: Lang
    title: str
    validity: str
    licence: Phrase | None
    contact: tuple[str, ...]
    address: str
    colours: Mapping[str, Any]
    bleed: int


@dataclass(frozen=True, slots=True, repr=False)
class Code(View):
    """A QR code, the address that it leads to, and this address as people type it."""

    plate: Plate
    address: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Mark(View):
    """The star of a product. `plate` is its seal, which stands only where the star is held."""

    plate: Plate | None
    short: str
    standing: str


@dataclass(frozen=True, slots=True, repr=False)
class Row(View):
    """A fact: its name, its values one below the other, and small print."""

    label: Phrase
    values: tuple[Phrase, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Telling(View):
    """A story as a tree of parts, with its pictures; `lang` is set where it is not in the document's language."""

    parts: tuple[Part, ...]
    plates: tuple[Plate, ...]
    lang: Lang | None


@dataclass(frozen=True, slots=True, repr=False)
class Reference(View):
    """A source, and where it is found."""

    words: Phrase
    href: str
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class Item(View):
    """A product as a booklet shows it."""

    id: str
    name: Phrase
    summary: Phrase
    mark: Mark | None
    plate: Plate
    rows: tuple[Row, ...]
    notice: Phrase | None
    code: Code | None


@dataclass(frozen=True, slots=True, repr=False)
class ProductSheet(View):
    """One product on a sheet of A4; `over` is its sector and set, `rows` its facts, `ways` where to buy it."""

    title: str
    description: str
    over: tuple[Phrase, ...]
    item: Item
    note: str
    ways: tuple[Row, ...]
    story: Telling | None
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Chapter(View):
    """Products under one heading, which may be empty."""

    title: Phrase
    note: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, repr=False)
class IndexLine(View):
    """A name, and the products it stands for; `letter` is set where a new letter begins."""

    letter: str
    words: Phrase
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Booklet(View):
    """Many products: a producer's, a level's, a sector's, or the whole catalogue.

    `over` is the line above the title, `about` and `rows` are what a producer tells of itself, `note` says what the
    booklet leaves out. A short booklet has neither contents nor indexes.
    """

    title: str
    description: str
    over: str
    heading: Phrase
    lead: tuple[Phrase, ...]
    count: str
    note: str
    cover: Plate
    code: Code | None
    rows: tuple[Row, ...]
    about: Telling | None
    long: bool
    chapters: tuple[Chapter, ...]
    by_name: tuple[IndexLine, ...]
    by_producer: tuple[IndexLine, ...]
    sources: tuple[Reference, ...]
