"""The catalogue as tables for everyone: a row for each product, and for each producer, in the words of one language.

The columns are those of the office's list, made from the model, and behind them what was worked out for the day. Only
what `disclosure` lets through is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ocopgen.cards import Desk
from ocopgen.disclosure import disclosed, unreachable
from ocopgen.model import Producer, Product, Value
from ocopgen.open_data import Teller
from ocopgen.open_fields import Classified, OfEntry, OfProducer, OfRecognition, Today, Where
from ocopgen.order import by_name
from ocopgen.register import Column, columns, parts_of
from ocopgen.register import Teller as Clerk
from ocopgen.spreadsheet import to_csv
from ocopgen.text import Text
from ocopgen.workbook import Cell

Name = tuple[type[Value], str]
"""A field that gives a column its heading: its model and its name there."""

Further = tuple[tuple[Name, ...], Callable[[Any], object]]
"""A column behind those of the office's list: its heading, and its value by what is told of an entry besides."""


def _now(name: str) -> Further:
    def value(one: Any) -> object:
        found = getattr(one.where.now, name) if one.where and one.where.now else None
        return found and found.name

    return ((Where, "now"), (Today, name)), value


_PLACES = _now("commune"), _now("province")
_LINKS: tuple[Further, ...] = (
    (((OfEntry, "addresses"),), lambda one: one.addresses),
    (((OfEntry, "data"),), lambda one: one.data),
)
_OF_PRODUCT: tuple[Further, ...] = (
    (((OfRecognition, "until"),), lambda one: one.standing and one.standing.until),
    (((Classified, "group"),), lambda one: one.classified.group.name),
    (((Classified, "sector"),), lambda one: one.classified.sector.name),
    *_PLACES,
    *_LINKS,
)
_OF_PRODUCER: tuple[Further, ...] = (
    (((OfProducer, "products"),), lambda one: "\n".join(one.products) or None),
    *_PLACES,
    *_LINKS,
)


@dataclass(frozen=True)
class Tables:
    """The tables at one desk; `teller` works out what is told of an entry."""

    desk: Desk
    teller: Teller

    def products(self) -> bytes:
        """A row for each product, by name: its facts, its first pack, the recognition that counts, its producer."""
        shown = [one for one in columns() if one.key != "draft"]
        status = self._label((OfRecognition, "status"))
        rows = (tuple(self._product(shown, one)) for one in by_name(self.desk, self.desk.catalogue.products))
        heading = (*(one.heading(self.desk.lang) for one in shown), status, *map(self._heading, _OF_PRODUCT))
        return to_csv((heading, *rows))

    def producers(self) -> bytes:
        """A row for each producer, by name."""
        shown = [one for one in columns() if one.part == "producer"]
        rows = (tuple(self._producer(shown, one)) for one in by_name(self.desk, self.desk.catalogue.producers))
        heading = (*(one.heading(self.desk.lang) for one in shown), *map(self._heading, _OF_PRODUCER))
        return to_csv((heading, *rows))

    # --- headings -------------------------------------------------------------------------------------------

    def _heading(self, one: Further) -> str:
        return ": ".join(map(self._label, one[0]))

    def _label(self, name: Name) -> str:
        return self.desk.edition.label(*name).words

    # --- rows -----------------------------------------------------------------------------------------------

    def _product(self, shown: Sequence[Column], product: Product) -> Iterator[Cell]:
        index = self.desk.index
        counting, _ = index.recognition(product)
        known = disclosed(index, product).model_copy(update={"place": index.place_of(product)})
        producer = disclosed(index, self.desk.catalogue.producer_by_id[product.producer])
        if self.desk.catalogue.restrained(product):
            producer = unreachable(producer)
        yield from self._row(shown, {**parts_of(known, producer), "recognition": counting})
        yield self.desk.edition.standing(counting) if counting else None
        yield from self._further(_OF_PRODUCT, self.teller.besides("products", product))

    def _producer(self, shown: Sequence[Column], producer: Producer) -> Iterator[Cell]:
        yield from self._row(shown, {"producer": disclosed(self.desk.index, producer)})
        yield from self._further(_OF_PRODUCER, self.teller.besides("producers", producer))

    def _row(self, shown: Iterable[Column], parts: Mapping[str, BaseModel | None]) -> Iterator[Cell]:
        return (self._cell(one, parts[one.part]) for one in shown)

    def _cell(self, column: Column, value: BaseModel | None) -> Cell:
        """What the office's list would hold, but words in the language of the table."""
        found = column.of(value)
        if found is None or found == ():
            return None
        texts = found if isinstance(found, tuple) else (found,)
        if all(isinstance(one, Text) for one in texts):
            return "\n".join(self._words(one) for one in texts)
        return self._clerk.cell(column, value)

    def _further(self, more: Iterable[Further], one: OfEntry) -> Iterator[Cell]:
        for _, value in more:
            found: Any = value(one)
            yield self._words(found) if isinstance(found, Text) else found

    def _words(self, text: Any) -> str:
        return str(text.on_page(self.desk.lang).words)

    @cached_property
    def _clerk(self) -> Clerk:
        return Clerk(self.desk.catalogue, self.desk.lang)
