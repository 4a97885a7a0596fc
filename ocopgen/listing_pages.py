"""Listings of products, by star level, sector, set, place and year, in parts where they are long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any, Generic, TypeVar, get_args

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.links import browse, commune_href, commune_links, sector_href, set_href, set_links
from ocopgen.model import PRODUCER_KINDS, Place, Product
from ocopgen.order import (
    STARS,
    by_standing,
    products_in,
    starred,
)
from ocopgen.reference import Commune, District, ProductSet, Sector
from ocopgen.text import Phrase
from ocopgen.views import (
    Facet,
    Filters,
    Head,
    Link,
    ListingPage,
    Pager,
    PlaceLine,
    Section,
)

S = TypeVar("S")
PART = 48
"""Cards on one page of a listing: full rows of two, three and four, and well within 500 kB."""


@dataclass(frozen=True)
class Listed(Generic[S]):
    """One part of a listing of many products: its subject, the number of the part and of all parts."""

    subject: S
    part: int = 1
    of: int = 1


Group = tuple[str, str, list[Product]]
"""A heading, a note below it, and the products under them."""


@dataclass(frozen=True)
class Listing(Generic[S]):
    """How one kind of listing is filled: its groups of products, and the words around them."""

    groups: Callable[[Desk, S], tuple[Group, ...]]
    title: Callable[[Desk, S], Phrase]
    lead: Callable[[Desk, S], tuple[Phrase, ...]]
    facets: Callable[[Desk, S], tuple[Facet, ...]]
    href: Callable[[Edition, S, int], str]
    stars: Callable[[S], int | None] = lambda subject: None
    scope: Callable[[S], str] = lambda subject: ""
    empty: str = "empty_listing"

    def parts(self, desk: Desk, subject: S) -> Iterator[Listed[S]]:
        """The pages that the listing needs: at least one."""
        total = self.total(desk, subject)
        count = max(1, -(-total // PART))
        return (Listed(subject, part, count) for part in range(1, count + 1))

    def _grouped(self, desk: Desk, subject: S) -> tuple[Group, ...]:
        return desk.once((id(self), subject), lambda: self.groups(desk, subject))

    def total(self, desk: Desk, subject: S) -> int:
        """How many products the listing has on all its pages."""
        return sum(len(products) for _, _, products in self._grouped(desk, subject))

    def shown(self, desk: Desk, listed: Listed[S]) -> tuple[Product, ...]:
        """The products of one part."""
        products = chain.from_iterable(group for _, _, group in self._grouped(desk, listed.subject))
        return tuple(islice(products, (listed.part - 1) * PART, listed.part * PART))

    def page(self, desk: Desk, listed: Listed[S], head: Head) -> ListingPage:
        edition, subject = desk.edition, listed.subject
        groups = self._grouped(desk, subject)
        total = self.total(desk, subject)
        stars = self.stars(subject)
        return ListingPage(
            head=head,
            title=self.title(desk, subject),
            lead=self.lead(desk, subject),
            seal=desk.level_seal(stars, bool(starred(desk, stars)[0])) if stars else None,
            count=edition.say("products_n", n=total),
            sections=tuple(_sections(desk, groups, listed.part, edition.say(self.empty))),
            facets=self.facets(desk, subject),
            pager=self._pager(desk, listed),
            filters=filters(desk, self.scope(subject), self.title(desk, subject)) if total > 1 else None,
        )

    def _pager(self, desk: Desk, listed: Listed[S]) -> Pager | None:
        edition, total = desk.edition, listed.of
        if total == 1:
            return None
        hrefs = [self.href(edition, listed.subject, number) for number in range(1, total + 1)]
        return Pager(
            words=edition.say("part_of", part=listed.part, total=total),
            pages=tuple(Link(Phrase(str(number)), hrefs[number - 1]) for number in window(listed.part, total)),
            previous=hrefs[listed.part - 2] if listed.part > 1 else None,
            following=hrefs[listed.part] if listed.part < total else None,
        )


def filters(desk: Desk, scope: str, subject: Phrase) -> Filters:
    """What the filter of a listing needs; `scope` is what all its products have in common, `sao=4`."""
    edition = desk.edition
    _, *others = desk.catalogue.site.languages
    return Filters(
        scope=scope,
        subject=subject,
        leave=edition.say("filter_drop", name=subject.words),
        all_href=edition.href("products"),
        stars=(*((str(one), edition.stars(one)) for one in STARS), ("0", edition.say("filter_no_star"))),
        kinds=tuple((one, edition.say(f"kind_{one}")) for one in get_args(PRODUCER_KINDS)),
        languages=tuple((one, edition.language(one)) for one in others),
    )


def window(part: int, total: int) -> list[int]:
    """The parts that a pager names: the first, the last, and those around this one."""
    return sorted({1, total, *range(max(1, part - 2), min(total, part + 2) + 1)})


def _sections(desk: Desk, groups: Sequence[Group], part: int, empty: str) -> Iterator[Section]:
    """The cards of one part, under the headings of their groups; the first part also shows empty groups."""
    begin, end = (part - 1) * PART, part * PART
    passed = 0
    for title, note, products in groups:
        shown = products[max(0, begin - passed) : max(0, end - passed)]
        passed += len(products)
        if shown or (part == 1 and not products):
            yield Section(title, note, desk.cards(shown), "" if products else empty)


def _one_group(desk: Desk, products: Iterable[Product]) -> tuple[Group, ...]:
    return (("", "", by_standing(desk, products)),)


def _all_products(desk: Desk, subject: None) -> tuple[Group, ...]:
    return _one_group(desk, desk.catalogue.products)


def _star_groups(desk: Desk, stars: int) -> tuple[Group, ...]:
    """Star pages have two parts: what is in effect today, and what is only recorded."""
    edition = desk.edition
    held, other = starred(desk, stars)
    groups = [(edition.say("section_held"), edition.say("section_held_note", date=edition.day(edition.today)), held)]
    if other:
        groups.append((edition.say("section_recorded"), edition.say("section_recorded_note"), other))
    return tuple(groups)


def _of_sector(desk: Desk, sector: Sector) -> tuple[Group, ...]:
    return _one_group(desk, desk.index.by_sector.get(sector.id, ()))


def _of_set(desk: Desk, one: ProductSet) -> tuple[Group, ...]:
    return _one_group(desk, desk.index.by_set.get(one.n, ()))


def _of_district(desk: Desk, district: District) -> tuple[Group, ...]:
    return _one_group(desk, products_in(desk, district))


def _of_commune(desk: Desk, commune: Commune) -> tuple[Group, ...]:
    return _one_group(desk, desk.index.by_commune.get(commune.key, ()))


def _of_year(desk: Desk, year: int) -> tuple[Group, ...]:
    return _one_group(desk, desk.index.by_year.get(year, ()))


def _sets_of(desk: Desk, sector: Sector) -> tuple[Facet, ...]:
    links = set_links(desk, sector)
    narrower = (Facet(desk.edition.say("facet_sets"), links),) if links else ()
    return narrower + browse(desk, "sectors")


def _communes_of(desk: Desk, district: District) -> tuple[Facet, ...]:
    links = commune_links(desk, district)
    narrower = (Facet(desk.edition.say("facet_communes"), links),) if links else ()
    return narrower + browse(desk, "places")


def _beside(desk: Desk, commune: Commune) -> tuple[Facet, ...]:
    district = desk.catalogue.places.district_by_id.get(commune.district or "")
    return _communes_of(desk, district) if district else browse(desk, "places")


def _commune_line(desk: Desk, commune: Commune) -> PlaceLine:
    place = desk.place(Place(commune=commune.id, district=commune.district, province=commune.province))
    assert place is not None
    return place


def _commune_lead(desk: Desk, commune: Commune) -> tuple[Phrase, ...]:
    now = _commune_line(desk, commune).now
    return (Phrase(desk.edition.say("commune_now", name=now.words), now.lang),) if now else ()


def _said(*keys: str) -> Callable[[Desk, Any], tuple[Phrase, ...]]:
    return lambda desk, subject: tuple(Phrase(desk.edition.say(key)) for key in keys)


def _district_lead(desk: Desk, district: District) -> tuple[Phrase, ...]:
    return (Phrase(desk.edition.say("lead_district", date=desk.edition.day(district.until or date.max))),)


def _star_lead(desk: Desk, stars: int) -> tuple[Phrase, ...]:
    return tuple(Phrase(desk.edition.say(key)) for key in (f"lead_star_{stars}", "lead_star"))


ALL: Listing[None] = Listing(
    groups=_all_products,
    title=lambda desk, subject: Phrase(desk.edition.say("products")),
    lead=lambda desk, subject: (),
    facets=lambda desk, subject: browse(desk, "stars", "sectors", "sets", "places", "years"),
    href=lambda edition, subject, part: edition.href("products", part=part),
)
STAR: Listing[int] = Listing(
    groups=_star_groups,
    title=lambda desk, stars: Phrase(desk.edition.say("star_title", n=stars)),
    lead=_star_lead,
    facets=lambda desk, stars: browse(desk, "stars"),
    href=lambda edition, stars, part: edition.href("star", str(stars), part),
    stars=lambda stars: stars,
    scope=lambda stars: f"sao={stars}",
    empty="empty_star",
)
SECTOR: Listing[Sector] = Listing(
    groups=_of_sector,
    title=lambda desk, sector: desk.edition.phrase(sector.name),
    lead=lambda desk, sector: (),
    facets=_sets_of,
    href=sector_href,
    scope=lambda sector: f"nganh={sector.id}",
)
SET: Listing[ProductSet] = Listing(
    groups=_of_set,
    title=lambda desk, one: desk.edition.phrase(one.name),
    lead=_said("lead_set"),
    facets=lambda desk, one: browse(desk, "sets"),
    href=set_href,
    scope=lambda one: f"bo={one.n}",
)
DISTRICT: Listing[District] = Listing(
    groups=_of_district,
    title=lambda desk, district: desk.edition.phrase(district.name),
    lead=_district_lead,
    facets=_communes_of,
    href=lambda edition, district, part: edition.href("district", district.id, part),
    scope=lambda district: f"huyen={district.id}",
)
COMMUNE: Listing[Commune] = Listing(
    groups=_of_commune,
    title=lambda desk, commune: _commune_line(desk, commune).short,
    lead=_commune_lead,
    facets=_beside,
    href=commune_href,
    scope=lambda commune: f"xa={'/'.join(commune.key)}",
)
YEAR: Listing[int] = Listing(
    groups=_of_year,
    title=lambda desk, year: Phrase(desk.edition.say("year_title", year=year)),
    lead=_said("lead_year"),
    facets=lambda desk, year: browse(desk, "years"),
    href=lambda edition, year, part: edition.href("year", str(year), part),
    scope=lambda year: f"nam={year}",
)
