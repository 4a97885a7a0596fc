"""What templates of brochures see: frozen views, as pages have them, with pictures made for paper.

Whatever leads out of a document is a whole address; where it is empty, the words stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.pdf import Plate, Telling
from ocopgen.text import Lang, Phrase
from ocopgen.views import View

Words = tuple[Phrase, ...]
"""The same words in every language of the site, the document's own first; what reads alike in two stands once."""


@dataclass(frozen=True, slots=True, repr=False)
class Imprint(View):
    """What all documents of an edition share; `validity` says for which day the stars are told.

    `bleed` is what is cut off at each edge, in mm; `colours` are those of the light palette by their names.
    """

    lang: Lang
    title: Phrase
    validity: str
    licence: Phrase | None
    contact: tuple[Phrase, ...]
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
    """The star of a product, and the decision that gave it. `plate` is its seal, only where the star is held."""

    plate: Plate | None
    short: str
    standing: str
    decision: str


@dataclass(frozen=True, slots=True, repr=False)
class Row(View):
    """A fact: its name, its values one below the other, and small print."""

    label: Phrase
    values: tuple[Phrase, ...]
    notes: tuple[str, ...] = ()


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
    booklet leaves out. A short booklet has neither contents nor indexes; in a very
    long one products are told in `brief`.
    """

    title: str
    description: str
    over: Phrase
    heading: Phrase
    lead: tuple[Phrase, ...]
    count: str
    note: str
    cover: Plate
    code: Code | None
    rows: tuple[Row, ...]
    about: Telling | None
    long: bool
    brief: bool
    chapters: tuple[Chapter, ...]
    by_name: tuple[IndexLine, ...]
    by_producer: tuple[IndexLine, ...]
    sources: tuple[Reference, ...]


# --- what is printed in all languages at once -------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Block(View):
    """A heading, and the lines below it."""

    heading: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Worth(View):
    """The star of a product. `plate` is its seal, which stands only where the star is held."""

    plate: Plate | None
    short: Words
    standing: Words


@dataclass(frozen=True, slots=True, repr=False)
class Price(View):
    """What a pack costs, and of which day this is known; where no other price follows, `more` tells of other packs."""

    pack: Words
    price: Words
    day: Words
    more: Words


@dataclass(frozen=True, slots=True, repr=False)
class Goods(View):
    """A product on a card or in a leaflet; `place` has what the place is part of today as its second line."""

    names: Words
    summaries: Words
    worth: Worth | None
    plate: Plate | None
    producer: Words
    place: tuple[Words, ...]
    prices: tuple[Price, ...]
    notice: Words
    code: Code | None


@dataclass(frozen=True, slots=True, repr=False)
class CardSheets(View):
    """Cards that stand on a shelf."""

    title: str
    description: str
    cards: tuple[Goods, ...]
    validity: Words
    scan: Words


@dataclass(frozen=True, slots=True, repr=False)
class Sticker(View):
    """What a sticker says beside its code."""

    names: Words
    code: Code


@dataclass(frozen=True, slots=True, repr=False)
class StickerSheets(View):
    """Stickers in the order in which they fill the sheets."""

    title: str
    description: str
    stickers: tuple[Sticker, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Wrapper(View):
    """The cover and the back of a leaflet; `small` is the small print at the foot of the back.

    `drawing` and `photo` are what large pictures say of themselves; of small ones the small print tells.
    """

    plate: Plate
    over: Words
    titles: Words
    lead: Words
    blocks: tuple[Block, ...]
    code: Code | None
    scan: Words
    drawing: Words
    photo: Words
    small: tuple[Words, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Level(View):
    """A star level, and what it means."""

    stars: int
    name: Words
    meaning: Words


@dataclass(frozen=True, slots=True, repr=False)
class Count(View):
    """A figure of the programme and what it counts."""

    number: str
    words: Words


@dataclass(frozen=True, slots=True, repr=False)
class Tile(View):
    """A sector with the number of its products; its `short` names stand where its names have no room."""

    plate: Plate
    names: Words
    short: Words
    count: Words


@dataclass(frozen=True, slots=True, repr=False)
class Stars(View):
    """What the programme is, what star levels mean, and how long a star holds."""

    heading: Words
    about: Words
    meaning: Words
    levels: tuple[Level, ...]
    note: Words


@dataclass(frozen=True, slots=True, repr=False)
class CatalogueLeaflet(View):
    """The leaflet of the whole catalogue.

    `figures` are the programme's and `results` tells of what time and by whom; `here` is what the catalogue itself
    counts. `buy` are points of sale and `rest` follows where not all of them find room; so do `others` after the
    producers, the `makers`, and where these are not `all_makers` in any case.
    """

    title: str
    description: str
    wrapper: Wrapper
    stars: Stars
    figures: tuple[Count, ...]
    results: tuple[Words, ...]
    sectors_heading: Words
    sectors: tuple[Tile, ...]
    here: tuple[Words, ...]
    buy_heading: Words
    buy_lead: Words
    buy: tuple[Block, ...]
    makers_heading: Words
    makers: tuple[Block, ...]
    all_makers: bool
    others: Words
    rest: Words


@dataclass(frozen=True, slots=True, repr=False)
class ProducerLeaflet(View):
    """The leaflet of a producer: `about` and `blocks` tell of it, `stars` of the levels that its products have."""

    title: str
    description: str
    wrapper: Wrapper
    stars: Stars
    about_heading: Words
    about: Words
    blocks: tuple[Block, ...]
    goods: tuple[Goods, ...]
    scan: Words
    rest: Words
