"""What stands beside goods: shelf cards and QR stickers of a producer and of a point of sale, in all languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ocopgen.bindery import Bindery
from ocopgen.brochure_views import CardSheets, Goods, Price, Sticker, StickerSheets, Words, Worth
from ocopgen.cards import Desk
from ocopgen.entry_pages import packs
from ocopgen.model import Entry, Outlet, Producer, Product
from ocopgen.order import by_standing, known_producers
from ocopgen.pdf import Plate
from ocopgen.views import PlaceLine

PACKS = 3
"""Prices on one card, which says how many packs more there are."""

STICKERS = 24
"""Stickers of 70 × 37 mm on a sheet of A4, three by eight."""


def producer_cards(bindery: Bindery, producer: Producer) -> CardSheets | None:
    """A card for each product of a producer; none of a maker that is not known."""
    return _cards(bindery, producer, of_producer(bindery, producer))


def outlet_cards(bindery: Bindery, outlet: Outlet) -> CardSheets | None:
    """A card for each product that is sold at a point of sale."""
    return _cards(bindery, outlet, of_outlet(bindery, outlet))


def producer_stickers(bindery: Bindery, producer: Producer) -> StickerSheets | None:
    """Stickers of a producer and of its products; none where nobody knows where the site will be."""
    products = of_producer(bindery, producer)
    return _stickers(bindery, producer, (("producers", producer), *(("products", one) for one in products)), products)


def outlet_stickers(bindery: Bindery, outlet: Outlet) -> StickerSheets | None:
    """Stickers of the products that are sold at a point of sale."""
    products = of_outlet(bindery, outlet)
    return _stickers(bindery, outlet, (("products", one) for one in products), products)


# --- what is on the shelf ---------------------------------------------------------------------------------


def of_producer(bindery: Bindery, producer: Producer) -> list[Product]:
    """The products of a producer that may be printed; of a maker that is not known there are none."""
    desk = bindery.desk
    known = desk.once("known producers", lambda: frozenset(one.id for one in known_producers(desk)))
    made = desk.catalogue.products_of.get(producer.id, ())
    return by_standing(desk, bindery.printed(made)) if producer.id in known else []


def of_outlet(bindery: Bindery, outlet: Outlet) -> list[Product]:
    """The products that may be printed with a place where they are sold."""
    sold = bindery.printed(bindery.desk.index.by_outlet.get(outlet.id, ()))
    return by_standing(bindery.desk, (one for one in sold if not bindery.desk.catalogue.restrained(one)))


def goods(bindery: Bindery, product: Product, plate: Plate | None = None) -> Goods:
    """A product in all languages."""
    catalogue = bindery.desk.catalogue
    notice = catalogue.set_of(product).notice
    return Goods(
        names=bindery.named(product.name),
        summaries=bindery.named(product.summary),
        worth=_worth(bindery, product),
        plate=plate,
        producer=bindery.named(catalogue.producer_by_id[product.producer].name),
        place=place_lines(bindery, lambda desk: desk.place_of(product)),
        prices=tuple(_prices(bindery, product)),
        notice=bindery.named(notice) if notice else (),
        code=bindery.code("products", product),
    )


def _worth(bindery: Bindery, product: Product) -> Worth | None:
    marks = [replace(bindery, desk=desk).mark(product) for desk in bindery.desks]
    if marks[0] is None:
        return None
    return Worth(
        plate=marks[0].plate,
        short=bindery.merged(one.short if one else None for one in marks),
        standing=bindery.merged(one.standing if one else None for one in marks),
    )


def place_lines(bindery: Bindery, line_of: Callable[[Desk], PlaceLine | None]) -> tuple[Words, ...]:
    """Where somebody or something is, as papers say, and what the place is part of today."""
    lines = [line_of(desk) for desk in bindery.desks]
    now = (
        desk.edition.say("now_part_of_name", name=one.now.words) if one and one.now else None
        for desk, one in zip(bindery.desks, lines, strict=True)
    )
    found = bindery.merged(one.then if one else None for one in lines), bindery.merged(now)
    return tuple(one for one in found if one)


def _prices(bindery: Bindery, product: Product) -> Iterator[Price]:
    """What packs cost, where it is known of which day that is; never of alcohol, whatever the office allows."""
    if bindery.desk.catalogue.set_of(product).alcohol:
        return
    every = zip(*(packs(desk, product, restrained=False) for desk in bindery.desks), strict=True)
    priced = [rows for rows in every if rows[0].price and rows[0].priced]
    for number, rows in enumerate(priced[:PACKS], 1):
        pairs = zip(bindery.desks, rows, strict=True)
        more = len(product.packs) - number
        yield Price(
            pack=bindery.merged(one.words for one in rows),
            price=bindery.merged(one.price for one in rows),
            day=bindery.merged(desk.edition.say("priced_on", date=one.priced) for desk, one in pairs),
            more=bindery.said("more_packs", n=more) if more else (),
        )


# --- sheets -----------------------------------------------------------------------------------------------


def _cards(bindery: Bindery, whose: Entry, products: Sequence[Product]) -> CardSheets | None:
    if not products:
        return None
    title = bindery.desk.edition.say("cards_of", name=_name(bindery, whose))
    return CardSheets(
        title=title,
        description=title,
        cards=tuple(goods(bindery, one) for one in products),
        validity=bindery.validity(),
        scan=bindery.said("scan_this"),
    )


def _stickers(
    bindery: Bindery, whose: Entry, entries: Iterable[tuple[str, Entry]], products: Sequence[Product]
) -> StickerSheets | None:
    """Each as often as all of them have room on one sheet; more than it has room for go on to the next."""
    found = ((entry, bindery.code(kind, entry)) for kind, entry in entries)
    each = [Sticker(bindery.named(entry.name), code) for entry, code in found if code]
    if not products or not each:
        return None
    title = bindery.desk.edition.say("stickers_of", name=_name(bindery, whose))
    times = max(1, STICKERS // len(each))
    return StickerSheets(title, title, tuple(one for one in each for _ in range(times)))


def _name(bindery: Bindery, entry: Entry) -> str:
    return bindery.desk.edition.phrase(entry.name).words
