"""What scripts know of every product: columns of values and the dictionaries that they point into, as scripts.

A page opened from a disk may load no data but by a script, so a file of records is one:
`(self.ocopRecords = self.ocopRecords || []).push({…});`. A file holds at most `SHARD` products and the words that are
told of them; beside it a file of their numbers (`ocopNumbers`), which is only needed by who asks for such. The first
also tells how many files there are. Their addresses never change, so that no page changes with them.

A column has a value for each product, in Vietnamese order of their names; a column `{"row": value}` only for those that
have one. What stands in a list of the file is told by its place there, from 0; -1 is nothing, and so is the day 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.links import sector_href, set_href
from ocopgen.model import Place, Producer, Product
from ocopgen.order import by_name
from ocopgen.recipe import Artifact, Plain
from ocopgen.text import Text
from ocopgen.views import Picture

SHARD = 2_000
"""Products in one file."""

PICTURES, ENDING = "pictures/", ".jpg"
"""What stands before and after each picture that is told; every browser reads such ones."""

Row = dict[str, Any]


def records_path(edition: Edition, shard: int = 1, name: str = "records") -> str:
    """Where a file of records or of `numbers` lies: `vi/records.js`, `vi/records-2.js`."""
    return f"{edition.href('home')}{name}{'' if shard == 1 else f'-{shard}'}.js"


def records(desks: Sequence[Desk]) -> Iterator[Artifact]:
    """The records of every edition."""
    for desk in desks:
        products = by_name(desk, desk.catalogue.products)
        shards = [products[at : at + SHARD] for at in range(0, len(products), SHARD)] or [[]]
        for number, some in enumerate(shards, 1):
            shard = _Shard(desk, tuple(desks), some)
            told = {"shard": number} | (_about(desk, len(products), len(shards)) if number == 1 else {}) | shard.words()
            yield Artifact(records_path(desk.edition, number), Plain(script("ocopRecords", told).encode()))
            told = {"shard": number} | shard.numbers()
            yield Artifact(records_path(desk.edition, number, "numbers"), Plain(script("ocopNumbers", told).encode()))


def script(name: str, told: Row) -> str:
    """A script that adds a value to a list by its global name, whatever its words are: no markup, no end of a line."""
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        words = words.replace(char, f"\\u{ord(char):04x}")
    return f"(self.{name} = self.{name} || []).push({words});\n"


def _about(desk: Desk, total: int, shards: int) -> Row:
    """What is the same for all products, and the makers that have none (`idle`)."""
    edition, classification = desk.edition, desk.catalogue.classification
    return {
        "lang": desk.lang,
        "day": edition.today.isoformat(),
        "total": total,
        "shards": shards,
        "product": edition.href("product", "*"),
        "producer": edition.href("producer", "*"),
        "pictures": [f"{PICTURES}*{ENDING}"],
        "sectors": {
            one.id: _named(desk, one.name)
            | {"short": edition.phrase(one.short).words, "href": sector_href(edition, one)}
            for one in classification.sectors
        },
        "idle": [
            _maker(desk, one, -1) for one in desk.catalogue.producers if not desk.catalogue.products_of.get(one.id)
        ],
    }


def _named(desk: Desk, text: Text) -> Row:
    """A name on this edition's pages: `lang` where it is in another language; `also` what it is called in others."""
    shown = desk.edition.phrase(text)
    others = [words for _, words in text.words if words != shown.words]
    return {"name": shown.words} | ({"lang": shown.lang} if shown.lang else {}) | ({"also": others} if others else {})


def _maker(desk: Desk, producer: Producer, place: int) -> Row:
    return {"id": producer.id, **_named(desk, producer.name), "kind": producer.kind, "place": place}


def _told(one: Any) -> Any:
    return one


@dataclass
class _List:
    """A list in which each thing stands once; columns have its number."""

    tell: Callable[[Any], Any]
    rows: list[Any] = field(default_factory=list)
    known: dict[Hashable, int] = field(default_factory=dict)

    def number(self, key: Hashable, one: Any) -> int:
        if key not in self.known:
            told = self.tell(one)
            self.known[key] = len(self.rows)
            self.rows.append(told)
        return self.known[key]


@dataclass
class _Shard:
    """The products of one file, in order."""

    desk: Desk
    desks: tuple[Desk, ...]
    products: Sequence[Product]

    def __post_init__(self) -> None:
        self.places = _List(self._place)
        self.makers = _List(lambda one: _maker(self.desk, one, self._place_number(one.place)))
        self.seals, self.papers, self.certificates, self.sets = (
            _List(_told),
            _List(_told),
            _List(_told),
            _List(self._set),
        )

    def words(self) -> Row:
        """What is searched for by words and shown, and the lists that the columns point into."""
        phrase = self.desk.edition.phrase
        columns: Row = {
            "name": [phrase(one.name).words for one in self.products],
            "lang": self._some(lambda one: phrase(one.name).lang),
            "also": self._some(lambda one: _named(self.desk, one.name).get("also")),
            "id": [one.id for one in self.products],
            "maker": [self._maker_number(one) for one in self.products],
            "set": [self.sets.number(one.set, one) for one in self.products],
            "place": [self._place_number(self.desk.index.place_of(one)) for one in self.products],
            "seal": [self._seal_number(one) for one in self.products],
            "certificates": [self._certificates(one) for one in self.products],
            "tags": self._some(lambda one: list(one.tags)),
            "picture": self._some(self._picture),
        }
        lists = {
            "places": self.places,
            "makers": self.makers,
            "seals": self.seals,
            "certificates": self.certificates,
            "sets": self.sets,
        }
        return {"products": columns} | {name: one.rows for name, one in lists.items()}

    def numbers(self) -> Row:
        """What is asked for by a number, a price or a day; `whole` tells by language who is told of in it."""
        columns: Row = {
            "day": [self._day(one) for one in self.products],
            "years": self._some(self.desk.index.rounds),
            "price": self._some(self._price),
            "papers": self._some(self._papers),
            "codes": self._some(_codes),
            "whole": {one.lang: "".join("01"[_is_whole(one, each)] for each in self.products) for one in self.desks},
        }
        return {"products": columns, "papers": self.papers.rows}

    def _some(self, value: Callable[[Product], Any]) -> Row:
        """A column of which most products have nothing."""
        found = ((number, value(one)) for number, one in enumerate(self.products))
        return {str(number): one for number, one in found if one}

    def _maker_number(self, product: Product) -> int:
        return self.makers.number(product.producer, self.desk.catalogue.producer_by_id[product.producer])

    def _place_number(self, place: Place) -> int:
        return self.places.number(place, place) if self.desk.place(place) else -1

    def _place(self, place: Place) -> Row:
        """A place: names of its district and commune, and in all languages what it was and is part of."""
        places, edition = self.desk.catalogue.places, self.desk.edition
        commune, district = places.commune(place), places.district_by_id.get(place.district or "")
        lines = [one.place(place) for one in (self.desk, *self.desks)]
        names = [one for line in lines if line for one in (line.then.words, line.now.words if line.now else "")]
        return {
            "words": lines[0].short.words if lines[0] else "",
            "district": [district.id, edition.phrase(district.name).words] if district else 0,
            "commune": ["/".join(commune.key), edition.phrase(commune.name).words] if commune else 0,
            "names": list(dict.fromkeys(filter(None, names))),
        }

    def _set(self, product: Product) -> Row:
        """A set: its sector, where it is listed, and the drawing that stands for products without a photo."""
        one, desk = self.desk.catalogue.set_of(product), self.desk
        return {
            "n": one.n,
            **_named(desk, one.name),
            "short": desk.edition.phrase(one.short).words,
            "sector": desk.catalogue.sector_of(product).id,
            "href": set_href(desk.edition, one),
            "picture": desk.set_picture(one.n).src,
        }

    def _seal_number(self, product: Product) -> int:
        one, held = self.desk.index.recognition(product)
        if one is None:
            return -1
        edition = self.desk.edition
        short, state = edition.stars(one.stars), edition.state(one)
        told = {"stars": one.stars, "held": held, "short": short, "words": f"{short} · {state}"}
        return self.seals.number((one.stars, state), told)

    def _day(self, product: Product) -> int:
        """The day of the newest recognition that may be shown, as `20240131`; of a year alone its first."""
        shown = self.desk.index.shown(product)
        day = next((one.newest for one in shown if one.given and one.newest), None)
        return int(day.strftime("%Y%m%d")) if day else 0

    def _price(self, product: Product) -> int | None:
        """The lowest price in dong, where it may be shown."""
        if self.desk.catalogue.restrained(product):
            return None
        return min((one.price for one in product.packs if one.price is not None), default=None)

    def _papers(self, product: Product) -> list[int]:
        numbers = (one.decision.number for one in self.desk.index.shown(product) if one.decision)
        return [self.papers.number(one, one) for one in dict.fromkeys(filter(None, numbers))]

    def _certificates(self, product: Product) -> int:
        """The names of those that have not ended, as one item of their list."""
        today = self.desk.edition.today
        names = {one.name for one in product.certificates if one.ends is None or one.ends > today}
        return self.certificates.number(frozenset(names), sorted(names)) if names else -1

    def _picture(self, product: Product) -> str | None:
        """The smallest rendition of a product's first photo, without what stands before and after each."""
        first = self.desk.product_pictures(product)[0]
        return None if first.illustration else smallest(first).removeprefix(PICTURES).removesuffix(ENDING)


def smallest(picture: Picture) -> str:
    """The narrowest rendition of a photo in the format that every browser reads."""
    _, candidates = picture.sources[-1]
    return min(candidates, key=lambda one: one.width).href


def _is_whole(desk: Desk, product: Product) -> bool:
    """Whether nothing of a product is missing in a language; of its story, which is not at hand, the languages are."""
    return not desk.fallback(product) and (desk.lang in product.stories or not product.stories)


def _codes(product: Product) -> list[str]:
    """Numbers that somebody may have in hand: barcodes, the code of the programme, of a certificate, of a stamp."""
    found = (
        *(one.gtin for one in product.packs),
        product.code,
        *(one.number for one in product.certificates),
        product.trace.code if product.trace else None,
    )
    return list(dict.fromkeys(filter(None, found)))
