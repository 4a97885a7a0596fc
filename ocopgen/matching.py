"""What a list names ↔ what the catalogue has: entries by their names in any spelling, recognitions by their papers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import TypeVar

from ocopgen.catalogue import Catalogue
from ocopgen.model import Decision, Producer, Product, Recognition
from ocopgen.roll import Row
from ocopgen.text import slug

T = TypeVar("T")

NEAR = 0.85
"""How much alike two names must be to be told of, of 1."""

_LOOKED_AT = 60
"""Names that are compared letter by letter with one name; they share its rarest syllables."""


def spelling(name: str) -> str:
    """A name without what spellings differ in: marks, their place (`Thuỵ`, `Thụy`), case, signs, `i` and `y`."""
    return slug(name).replace("y", "i")


_LEGAL = re.compile(
    r"\b(?:cong ti|cti|trach nhiem huu han|tnhh|co phan|ctcp|cp|mot thanh vien|mtv|doanh nghiep tu nhan|doanh nghiep"
    r"|dntn|dn|hop tac xa|htx|to hop tac|tht|ho kinh doanh|hkd|ho san xuat|ho gia dinh|ho ong|ho ba"
    r"|co so san xuat|co so|cssx|chu the|nong nghiep|dich vu|dvnn|dv|nn|thuong mai|tm"
    r"|san xuat|sx|kinh doanh|kd|va|xa(?= )|phuong(?= ))\b"
)


def core(name: str) -> str:
    """What a producer's name has of its own: `Hợp tác xã DVNN An Hiệp` and `HTX An Hiệp` are one."""
    words = spelling(name).replace("-", " ")
    return " ".join(_LEGAL.sub(" ", words).split()) or words


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that a name may mean: `same` in another spelling, `other` maker of the same name, or `near`."""

    how: str
    id: str
    name: str


@dataclass(frozen=True)
class Neighbours:
    """Names by their syllables, for finding those that are near one."""

    names: Mapping[str, str]
    """Names in one spelling → ids."""
    _by_syllable: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            for syllable in set(re.split(r"[- ]", name)):
                self._by_syllable.setdefault(syllable, []).append(name)

    def near(self, name: str) -> str | None:
        """The id of the name most like this one, if any is near."""
        known = [one for one in dict.fromkeys(re.split(r"[- ]", name)) if one in self._by_syllable]
        rarest = sorted(known, key=lambda one: len(self._by_syllable[one]))[:2]
        found = [other for one in rarest for other in self._by_syllable[one][:_LOOKED_AT] if other != name]
        best, likeness = None, NEAR
        matcher = SequenceMatcher(None, "", name, autojunk=False)
        for other in dict.fromkeys(found):
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() >= likeness and matcher.quick_ratio() >= likeness:
                ratio = matcher.ratio()
                best, likeness = (other, ratio) if ratio >= likeness else (best, likeness)
        return self.names[best] if best is not None else None


class Ambiguous(Exception):
    """A name that several entries have; their ids are the arguments."""


class Finder:
    """Finds the entries that rows of a list mean."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.products = _grouped((spelling(one.name.source), one) for one in catalogue.products)
        self.producers = _grouped(_names(catalogue.producers))
        self.cores = _grouped((core(name), one) for name, one in _names(catalogue.producers))
        self._near_products = Neighbours({name: ones[0].id for name, ones in self.products.items()})
        self._near_producers = Neighbours({name: ones[0].id for name, ones in self.cores.items()})
        self._former = {old: one.id for one in catalogue.products for old in one.was}

    def producer(self, row: Row) -> Producer | None:
        """The producer that a row names: by its entry's id, by its name, else by the part of it that is its own."""
        known = self.catalogue.producer_by_id.get(row.producer.id)
        if known or not row.gives("producer.name"):
            return known
        names = _readings(row.producer.name.source)
        found = next(filter(None, (self.producers.get(spelling(one), []) for one in names)), [])
        if not found:
            kind = row.producer.kind
            alike = {one.id: one for name in names for one in self.cores.get(core(name), [])}
            found = [one for one in alike.values() if "unknown" in (kind, one.kind) or kind == one.kind]
            found = found if len(found) == 1 else []
        there = (one for one in found if one.place.district == row.producer.place.district)
        return next(there, next(iter(found), None))

    def product(self, row: Row, producer: Producer | None) -> Product | None:
        """The product that a row names: by its entry's id, else by its name and its maker. Raises `Ambiguous`.

        Two makers may sell under one name, so the same name of another maker is another product, unless it is from the
        same commune. Where the row does not know the maker, the name decides; where the entry does not, only a name
        that is the same in every mark: a star must not come to a namesake.
        """
        known = self.catalogue.product_by_id.get(self._former.get(row.product.id, row.product.id))
        if known:
            return known
        found = self.products.get(spelling(row.product.name.source), [])
        its = [one for one in found if producer and one.producer == producer.id]
        if its or not found:
            return next(iter(its), None)
        if not row.gives("producer.name"):
            if len(found) > 1:
                raise Ambiguous(*(one.id for one in found))
            return found[0]
        written = plainly(row.product.name.source).casefold()
        alike = [one for one in found if self._maker_unknown(one) and plainly(one.name.source).casefold() == written]
        likely = alike or [one for one in found if self._same_commune(row, one)]
        return likely[0] if len(likely) == 1 else None

    def _maker_unknown(self, product: Product) -> bool:
        producer = self.catalogue.producer_by_id.get(product.producer)
        return producer is None or (producer.kind == "unknown" and len(self.catalogue.products_of[producer.id]) == 1)

    def _same_commune(self, row: Row, product: Product) -> bool:
        maker = self.catalogue.producer_by_id.get(product.producer)
        place, other = product.place or (maker.place if maker else None), row.product.place or row.producer.place
        return place is not None and place.commune is not None and place == other

    # --- what is told of names ----------------------------------------------------------------------------

    def of_product(self, row: Row, found: Product | None) -> Named | None:
        """What there is to tell of a product's name."""
        name = row.product.name.source
        if found is not None:
            return Named("same", found.id, found.name.source) if _differ(found.name.source, name) else None
        other = next(iter(self.products.get(spelling(name), [])), None)
        if other is not None:
            return Named("other", other.id, other.name.source)
        near = self._near_products.near(spelling(name))
        return Named("near", near, self.catalogue.product_by_id[near].name.source) if near else None

    def of_producer(self, row: Row, found: Producer | None) -> Named | None:
        """What there is to tell of a producer's name."""
        name = row.producer.name.source
        if found is not None:
            known = (found.name.source, found.registered_name or found.name.source)
            differs = row.gives("producer.name") and all(_differ(one, name) for one in known)
            return Named("same", found.id, found.name.source) if differs else None
        other = next(iter(self.cores.get(core(name), [])), None)
        near = other.id if other else self._near_producers.near(core(name))
        return Named("near", near, self.catalogue.producer_by_id[near].name.source) if near else None


def _readings(name: str) -> tuple[str, ...]:
    """A name as it stands, without what is in brackets, and what is in them: lists write both names of a maker."""
    return (name, re.sub(r"\s*\([^()]*\)", "", name), *re.findall(r"\(([^()]+)\)", name))


def _differ(one: str, other: str) -> bool:
    return plainly(one) != plainly(other)


def plainly(words: str) -> str:
    """Words without what nobody sees: how their letters are composed, and what space parts them."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def _names(producers: Iterable[Producer]) -> Iterator[tuple[str, Producer]]:
    """The names of producers in one spelling; a registered name is one too."""
    for one in producers:
        for name in dict.fromkeys(filter(None, (one.name.source, one.registered_name))):
            yield spelling(name), one


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for key, one in pairs:
        if one not in groups.setdefault(key, []):
            groups[key].append(one)
    return groups


# --- recognitions -----------------------------------------------------------------------------------------


def is_same(old: Recognition, new: Recognition) -> bool:
    """Whether two tell of one recognition: the same decision; else the same stars of the same round.

    A decision comes in the year of its round or in the next one. Who tells neither decision nor year tells of any
    recognition of these stars.
    """
    if old.decision and new.decision:
        if old.decision.number and new.decision.number:
            days = {one.date for one in (old.decision, new.decision) if one.date}
            return numbers_agree(old.decision, new.decision) and len(days) <= 1
        if old.decision.date and new.decision.date:
            return old.decision.date == new.decision.date and old.stars == new.stars
    if old.stars != new.stars:
        return False
    if old.year and new.year:
        return old.year == new.year
    for one, other in ((old, new), (new, old)):
        if one.year and other.decision and other.decision.date:
            return other.decision.date.year - one.year in (0, 1)
    return new.year is None and new.decision is None


def numbers_agree(one: Decision | None, other: Decision | None) -> bool:
    """Whether two numbers of decisions are one: `86/QĐ-UBND`, `86/QD-UBND`, `Số 86/QĐ-UBND`."""
    if one is None or other is None or one.number is None or other.number is None:
        return False
    return slug(one.number).removeprefix("so-") == slug(other.number).removeprefix("so-")


def tells_again(one: Recognition | None, other: Recognition | None) -> bool:
    """Whether one of them is not there, or both are the same recognition."""
    return one is None or other is None or one == other or is_same(other, one)


def newest(several: Iterable[Recognition]) -> Recognition | None:
    """The recognition given last; of those without a day the first."""
    return max(several, key=lambda one: one.newest or date.min, default=None)
