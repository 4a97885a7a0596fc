"""The products of an edition in the groups and orders that pages show, each worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from ocopgen.edition import Edition
from ocopgen.model import Entry, Place, Product, Recognition
from ocopgen.text import SortKey, sort_key

K = TypeVar("K", bound=Hashable)
Groups = dict[K, list[Product]]
NameKey = tuple[SortKey, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out of single products: the recognition that counts, and keys of names."""

    recognitions: dict[str, tuple[Recognition | None, bool]] = field(default_factory=dict)
    names: dict[str, SortKey] = field(default_factory=dict)


@dataclass(frozen=True)
class Index:
    """Groups hold products in the order of the catalogue; a product is in no group that it does not say."""

    edition: Edition
    known: Known = field(default_factory=Known)

    @property
    def products(self) -> tuple[Product, ...]:
        return self.edition.catalogue.products

    def name_key(self, entry: Entry) -> NameKey:
        """For Vietnamese order of the names that this edition shows."""
        name = self.edition.phrase(entry.name).words
        known = self.known.names.get(name)
        if known is None:
            known = self.known.names[name] = sort_key(name)
        return known, entry.id

    def recognition(self, product: Product) -> tuple[Recognition | None, bool]:
        """The recognition that counts today and may be shown, and whether it is in effect."""
        known = self.known.recognitions.get(product.id)
        if known is None:
            known = self.known.recognitions[product.id] = self._counting(product)
        return known

    def shown(self, product: Product) -> tuple[Recognition, ...]:
        """The recognitions that may be shown: only those in effect, where the office is that strict."""
        if not self.edition.catalogue.site.policies.current_only:
            return product.recognitions
        return tuple(one for one in product.recognitions if one.status(self.edition.today).in_effect)

    def _counting(self, product: Product) -> tuple[Recognition | None, bool]:
        one = product.recognition(self.edition.today)
        if one is None or one not in self.shown(product):
            return None, False
        return one, one.status(self.edition.today).in_effect

    def standing_key(self, product: Product) -> tuple[int, int, NameKey]:
        """For an order with stars in effect first, then more stars, then names."""
        one, held = self.recognition(product)
        if one is None:
            return 2, 0, self.name_key(product)
        return (0 if held else 1), -one.stars, self.name_key(product)

    @cached_property
    def by_stars(self) -> dict[tuple[int, bool], list[Product]]:
        """By the level of the recognition that counts, and whether it is in effect."""
        groups: dict[tuple[int, bool], list[Product]] = {}
        for product in self.products:
            one, held = self.recognition(product)
            if one is not None:
                groups.setdefault((one.stars, held), []).append(product)
        return groups

    @cached_property
    def by_sector(self) -> Groups[str]:
        return self._grouped(lambda one: (self.edition.catalogue.sector_of(one).id,))

    @cached_property
    def by_group(self) -> Groups[str]:
        return self._grouped(lambda one: (self.edition.catalogue.group_of(one).id,))

    @cached_property
    def by_set(self) -> Groups[int]:
        return self._grouped(lambda one: (one.set,))

    @cached_property
    def by_district(self) -> Groups[str]:
        return self._grouped(lambda one: filter(None, (self.district_of(one),)))

    @cached_property
    def by_commune(self) -> Groups[tuple[str, str]]:
        """By the key of the commune that a product is from."""
        places = self.edition.catalogue.places
        return self._grouped(lambda one: [at.key for at in (places.commune(self.place_of(one)),) if at])

    @cached_property
    def by_year(self) -> Groups[int]:
        """By the years of the rounds that a product was recognised in."""
        return self._grouped(self.rounds)

    def rounds(self, product: Product) -> list[int]:
        """The years of the rounds that a product was recognised in, as far as they may be shown."""
        return sorted({one.year for one in self.shown(product) if one in product.given and one.year})

    @cached_property
    def by_set_and_district(self) -> Groups[tuple[int, str]]:
        return self._grouped(lambda one: [(one.set, at) for at in filter(None, (self.district_of(one),))])

    @cached_property
    def by_outlet(self) -> Groups[str]:
        return self._grouped(lambda one: one.outlets)

    def place_of(self, product: Product) -> Place:
        """Where a product is from: as its own papers say, else where its producer is."""
        return product.place or self.edition.catalogue.producer_by_id[product.producer].place

    def district_of(self, product: Product) -> str | None:
        """The former district a product belongs to."""
        return self.place_of(product).district

    def _grouped(self, keys: Callable[[Product], Iterable[K]]) -> Groups[K]:
        groups: Groups[K] = {}
        for product in self.products:
            for key in keys(product):
                groups.setdefault(key, []).append(product)
        return groups


def newest(product: Product) -> date:
    """The day, else the year, of a product's newest recognition; what was only proposed is none."""
    return next((one.newest for one in product.given if one.newest), date.min)
