"""Which entries belong together and in what order: by name, by standing, by level, place, year and set."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ocopgen.cards import Desk
from ocopgen.model import Entry, Page, Producer, Product
from ocopgen.reference import District, ProductSet
from ocopgen.text import sort_key

STARS = 5, 4, 3


def by_name(desk: Desk, entries: Iterable[Entry]) -> list[Any]:
    """Entries in Vietnamese order of the names this edition shows."""
    return sorted(entries, key=lambda one: (sort_key(desk.edition.phrase(one.name).words), one.id))


def by_standing(desk: Desk, products: Iterable[Product]) -> list[Product]:
    """Stars in effect first, then more stars, then names."""
    today = desk.edition.today

    def rank(product: Product) -> tuple[int, int]:
        one = product.recognition(today)
        if one is None:
            return 2, 0
        return 0 if one.status(today).in_effect else 1, -one.stars

    return sorted(by_name(desk, products), key=rank)


def newest_first(products: Iterable[Product]) -> list[Product]:
    """By the day, else the year, of the newest recognition."""
    return sorted(products, key=lambda one: (_newest(one), one.id), reverse=True)


def _newest(product: Product) -> date:
    return next((one.newest for one in product.recognitions if one.newest), date.min)


def starred(desk: Desk, stars: int) -> tuple[list[Product], list[Product]]:
    """Products whose newest counting recognition is of this level: in effect, and not."""
    held: list[Product] = []
    other: list[Product] = []
    for product in by_name(desk, desk.catalogue.products):
        one = product.recognition(desk.edition.today)
        if one and one.stars == stars:
            (held if one.status(desk.edition.today).in_effect else other).append(product)
    return held, [] if desk.catalogue.site.policies.current_only else other


def known_producers(desk: Desk) -> tuple[Producer, ...]:
    """Producers that a source names."""
    return tuple(one for one in desk.catalogue.producers if one.kind != "unknown" or one.id in _several(desk))


def _several(desk: Desk) -> frozenset[str]:
    return frozenset(producer for producer, products in desk.catalogue.products_of.items() if len(products) > 1)


def products_in(desk: Desk, district: District) -> list[Product]:
    return [one for one in desk.catalogue.products if district_of(desk, one) == district.id]


def district_of(desk: Desk, product: Product) -> str | None:
    """The former district a product belongs to: its own, else its producer's."""
    own = product.place or desk.catalogue.producer_by_id[product.producer].place
    return own.district


def recognised_years(product: Product) -> frozenset[int]:
    return frozenset(one.year for one in product.recognitions if one.year)


def years(desk: Desk) -> list[int]:
    return sorted({year for one in desk.catalogue.products for year in recognised_years(one)}, reverse=True)


def sets_in_use(desk: Desk) -> list[ProductSet]:
    used = {one.set for one in desk.catalogue.products}
    return [one for one in desk.catalogue.classification.sets if one.n in used]


def sorted_pages(desk: Desk) -> list[Page]:
    return sorted(desk.catalogue.pages, key=lambda one: (one.order, one.id))
