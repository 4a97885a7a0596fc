"""Which entries a page lists, and in what order: by name, by standing, by level, by place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ocopgen.cards import Desk
from ocopgen.index import newest
from ocopgen.model import Entry, Page, Producer, Product
from ocopgen.reference import Commune, District, ProductSet

E = TypeVar("E", bound=Entry)
STARS = 5, 4, 3


def by_name(desk: Desk, entries: Iterable[E]) -> list[E]:
    """Entries in Vietnamese order of the names this edition shows."""
    return sorted(entries, key=desk.index.name_key)


def by_standing(desk: Desk, products: Iterable[Product]) -> list[Product]:
    """Stars in effect first, then more stars, then names."""
    return sorted(products, key=desk.index.standing_key)


def newest_first(products: Iterable[Product]) -> list[Product]:
    """By the day, else the year, of the newest recognition."""
    return sorted(products, key=lambda one: (newest(one), one.id), reverse=True)


def starred(desk: Desk, stars: int) -> tuple[list[Product], list[Product]]:
    """Products whose counting recognition is of this level: in effect, and not."""

    def both() -> tuple[list[Product], list[Product]]:
        groups = desk.index.by_stars
        return by_name(desk, groups.get((stars, True), ())), by_name(desk, groups.get((stars, False), ()))

    return desk.once(("starred", stars), both)


def known_producers(desk: Desk) -> tuple[Producer, ...]:
    """Producers that a source names, or that at least have several products."""
    return tuple(one for one in desk.catalogue.producers if known(desk, one))


def known(desk: Desk, producer: Producer) -> bool:
    """Whether a producer is more than the unnamed maker of a product."""
    return producer.kind != "unknown" or len(desk.catalogue.products_of.get(producer.id, ())) > 1


def products_in(desk: Desk, district: District) -> list[Product]:
    """The products of a former district."""
    return desk.index.by_district.get(district.id, [])


def communes_in_use(desk: Desk) -> list[Commune]:
    """The communes that have products."""
    return [one for one in desk.catalogue.places.communes if one.key in desk.index.by_commune]


def years(desk: Desk) -> list[int]:
    """The years of all rounds, newest first."""
    return sorted(desk.index.by_year, reverse=True)


def sets_in_use(desk: Desk) -> list[ProductSet]:
    """The product sets that have products."""
    return [one for one in desk.catalogue.classification.sets if one.n in desk.index.by_set]


def sorted_pages(desk: Desk) -> list[Page]:
    """The pages of their own, in the order that they ask for."""
    return sorted(desk.catalogue.pages, key=lambda one: (one.order, one.id))
