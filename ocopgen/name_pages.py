"""Lists of names: A to Z, the search, producers, places, outlets, news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from ocopgen.cards import Desk
from ocopgen.directory import Chapter, Directory
from ocopgen.edition import Edition
from ocopgen.links import commune_href, news_lines, search_hints
from ocopgen.model import PRODUCER_KINDS, Entry, Producer, Product
from ocopgen.order import (
    by_name,
    communes_in_use,
    products_in,
)
from ocopgen.reference import Commune, District
from ocopgen.text import Phrase, first_letter, slug, sort_key
from ocopgen.views import (
    Head,
    IndexGroup,
    IndexPage,
    IndexRow,
    Link,
    NewsIndexPage,
    SearchPage,
)


def _letters(desk: Desk) -> tuple[Chapter[Product], ...]:
    letters: dict[str, list[Product]] = {}
    for product in by_name(desk, desk.catalogue.products):
        letters.setdefault(_letter(desk, product), []).append(product)
    return tuple(Chapter(one, _anchor(one), Phrase(one), found) for one, found in letters.items())


def _letter(desk: Desk, product: Product) -> str:
    return first_letter(desk.edition.phrase(product.name).words)


def _anchor(letter: str) -> str:
    """A fragment that tells Đ from D and Ă from A."""
    return "-".join(f"{ord(char):x}" if ord(char) > 127 else char.lower() for char in letter).replace("#", "0")


MOST_NAMES = 1_500
"""Names that one page may hold: 30 kB compressed."""


def search_page(desk: Desk, subject: None, head: Head) -> SearchPage:
    edition, catalogue = desk.edition, desk.catalogue
    whole = len(catalogue.products) + len(catalogue.producers) <= MOST_NAMES
    groups = (
        _names(desk, "products", "product", catalogue.products),
        _names(desk, "producers", "producer", catalogue.producers),
    )
    return SearchPage(
        head=head,
        title=edition.say("search"),
        lead=edition.say("search_lead"),
        groups=tuple(one for one in groups if one.rows) if whole else (),
        ways=tuple(Link(Phrase(edition.say(one)), edition.href(one)) for one in ("az", "producers", "places")),
        hints=search_hints(desk),
    )


def _names(desk: Desk, kind: str, route: str, entries: Iterable[Entry]) -> IndexGroup:
    """The names of all entries of a kind, each leading to its page, and nothing else."""
    edition = desk.edition
    rows = tuple(IndexRow(edition.phrase(one.name), edition.href(route, one.id), "") for one in by_name(desk, entries))
    return IndexGroup(Phrase(edition.say(kind)), kind, rows)


_TELEX = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow", "Ư": "uw"}
"""How the letters of Vietnamese are typed on any keyboard."""


def _letter_href(edition: Edition, letter: str, part: int) -> str:
    others = "".join(f"u{ord(char):x}" if ord(char) > 127 else char.lower() for char in letter).replace("#", "0")
    return edition.href("az_letter", _TELEX.get(letter, others), part)


def _product_row(desk: Desk, product: Product) -> IndexRow:
    edition = desk.edition
    producer = edition.phrase(desk.catalogue.producer_by_id[product.producer].name)
    href = edition.href("product", product.id)
    return IndexRow(edition.phrase(product.name), href, producer.words, desk.seal(product))


AZ: Directory[Product] = Directory(
    name="az",
    entries=lambda desk: desk.catalogue.products,
    chapters=_letters,
    keys=lambda desk: {_letter(desk, one) for one in desk.catalogue.products},
    row=_product_row,
    chapter_href=_letter_href,
    count="products_n",
    empty="empty_listing",
)


def _kinds(desk: Desk) -> tuple[Chapter[Producer], ...]:
    """Producers by kind; makers that no source names stand last."""
    producers = by_name(desk, desk.catalogue.producers)
    kinds = ((kind, [one for one in producers if one.kind == kind]) for kind in get_args(PRODUCER_KINDS))
    return tuple(
        Chapter(kind, kind, Phrase(desk.edition.say(f"kinds_{kind}")), found) for kind, found in kinds if found
    )


def _kind_href(edition: Edition, kind: str, part: int) -> str:
    return edition.href("producers_kind", slug(edition.say(f"kinds_{kind}")) or kind, part)


def _producer_row(desk: Desk, producer: Producer) -> IndexRow:
    edition = desk.edition
    place = desk.place(producer.place)
    count = edition.say("products_n", n=len(desk.catalogue.products_of.get(producer.id, ())))
    note = f"{place.short.words} · {count}" if place else count
    return IndexRow(edition.phrase(producer.name), edition.href("producer", producer.id), note)


PRODUCERS: Directory[Producer] = Directory(
    name="producers",
    entries=lambda desk: desk.catalogue.producers,
    chapters=_kinds,
    keys=lambda desk: {one.kind for one in desk.catalogue.producers},
    row=_producer_row,
    chapter_href=_kind_href,
    count="producers_n",
    empty="empty_producers",
)


def places_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    """The districts of then with their communes that have products, and what they are part of today; then those of
    today that products are from."""
    edition, places = desk.edition, desk.catalogue.places
    groups = tuple(
        IndexGroup(edition.phrase(district.name), district.id, tuple(_place_rows(desk, district)))
        for district in sorted(places.districts, key=lambda one: sort_key(one.short))
    )
    todays = ((one, [each for each in communes_in_use(desk) if each.province == one.id]) for one in places.provinces)
    groups += tuple(
        IndexGroup(edition.phrase(province.name), f"p-{province.id}", tuple(_commune_rows(desk, communes)))
        for province, communes in todays
        if communes
    )
    lead = [Phrase(edition.say("lead_places"))]
    if places.note:
        lead.append(edition.phrase(places.note))
    lead.append(Phrase(edition.say("places_checked", date=edition.day(places.checked))))
    count = edition.say("districts_n", n=len(places.districts))
    return IndexPage(head, edition.say("places"), tuple(lead), count, groups, "")


def _place_rows(desk: Desk, district: District) -> Iterator[IndexRow]:
    edition = desk.edition
    href = edition.href("district", district.id)
    products = products_in(desk, district)
    said = edition.say("products_n", n=len(products)) if products else edition.say("no_products_yet")
    yield IndexRow(Phrase(edition.say("all_of", name=district.short)), href, said)
    yield from _commune_rows(desk, (one for one in communes_in_use(desk) if one.district == district.id))


def _commune_rows(desk: Desk, communes: Iterable[Commune]) -> Iterator[IndexRow]:
    edition, places = desk.edition, desk.catalogue.places
    for commune in sorted(communes, key=lambda one: sort_key(one.short)):
        today = places.today(commune)
        note = [edition.say("products_n", n=len(desk.index.by_commune[commune.key]))]
        note += [edition.say("now_part_of_name", name=desk.inside(today))] if today else []
        yield IndexRow(edition.phrase(commune.name), commune_href(edition, commune), " · ".join(note))


def outlets_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    edition = desk.edition
    rows = []
    for one in by_name(desk, desk.catalogue.outlets):
        place = desk.place(one.place)
        rows.append(
            IndexRow(edition.phrase(one.name), edition.href("outlet", one.id), place.short.words if place else "")
        )
    groups = (IndexGroup(Phrase(edition.say("outlets")), "outlets", tuple(rows)),) if rows else ()
    count = edition.say("outlets_n", n=len(rows))
    return IndexPage(head, edition.say("outlets"), (), count, groups, edition.say("empty_outlets"))


def news_page(desk: Desk, subject: None, head: Head) -> NewsIndexPage:
    return NewsIndexPage(head, desk.edition.say("news"), news_lines(desk), desk.edition.say("empty_news"))
