"""What leaflets show: sheets of A4 folded into three panels, of the whole catalogue and of a producer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ocopgen.bindery import CARD, Bindery, bare
from ocopgen.brochure_views import Block, CatalogueLeaflet, Count, Level, ProducerLeaflet, Stars, Tile, Words, Wrapper
from ocopgen.labels import goods, of_producer, place_lines
from ocopgen.links import figures
from ocopgen.model import Outlet, Producer, Product
from ocopgen.order import STARS, by_name, known_producers
from ocopgen.overview_pages import origin
from ocopgen.pdf import Plate
from ocopgen.text import Phrase

PANEL = 100
"""How wide the cover is, in mm."""

LINES = 40
"""Points of sale, and producers, that a panel is tried with: more have no room in it."""

SHOPS = 6
"""Points of sale on the back of a producer's leaflet."""

PANELS = 3
"""Products up to which each has a panel; of more the pictures are small."""

PICTURED = 12
"""Products of a leaflet up to which each has its picture."""

MOST = 19
"""Products that a leaflet's template is given: it has room for eighteen, and tells where to see the rest."""


def catalogue_leaflet(bindery: Bindery, subject: None) -> CatalogueLeaflet | None:
    """The leaflet of the whole catalogue; none where nothing can be printed."""
    desk, catalogue = bindery.desk, bindery.desk.catalogue
    products = bindery.printed(catalogue.products)
    if not products:
        return None
    results = catalogue.programme.results
    makers = _makers(bindery, products)
    years = f"{results.since}–{results.until}"
    return CatalogueLeaflet(
        title=desk.edition.say("leaflet_of", name=desk.edition.phrase(catalogue.site.title).words),
        description=desk.edition.phrase(catalogue.site.tagline).words,
        wrapper=_of_site(bindery),
        stars=_stars(bindery, STARS),
        figures=tuple(_figures(bindery)),
        results=(bindery.said("figures_source", years=years), _source(bindery, results.source)),
        sectors_heading=bindery.said("by_sector"),
        sectors=tuple(_tiles(bindery, products)),
        here=(bindery.said("here_n", n=len(products), years=years), *_left_out(bindery, products, catalogue.products)),
        buy_heading=bindery.said("where_to_buy"),
        buy_lead=bindery.said("leaflet_buy"),
        buy=tuple(_outlet(bindery, one) for one in by_name(desk, catalogue.outlets)[:LINES]),
        makers_heading=bindery.said("producers"),
        makers=tuple(_maker(bindery, one) for one in makers[:LINES]),
        all_makers=len({one.producer for one in products}) == len(makers) <= LINES,
        others=_rest(bindery, "leaflet_others", "leaflet_rest"),
        rest=_rest(bindery, "leaflet_rest"),
    )


def producer_leaflet(bindery: Bindery, producer: Producer) -> ProducerLeaflet | None:
    """The leaflet of a producer; none of a maker that is not known."""
    products = of_producer(bindery, producer)
    if not products:
        return None
    desk, edition = bindery.desk, bindery.desk.edition
    levels = {one.stars for one in map(desk.seal, products) if one}
    name = edition.phrase(producer.name).words
    shown = tuple(goods(bindery, one, _pictured(bindery, one, len(products))) for one in products[:MOST])
    return ProducerLeaflet(
        title=edition.say("leaflet_of", name=name),
        description=edition.phrase(producer.summary).words if producer.summary else name,
        wrapper=_of_producer(bindery, producer, products, [one.plate for one in shown if one.plate]),
        stars=_stars(bindery, [one for one in STARS if one in levels]),
        about_heading=bindery.said("about_producer"),
        about=bindery.named(producer.summary) if producer.summary else (),
        blocks=tuple(_facts(bindery, producer)),
        goods=shown,
        scan=bindery.said("scan_this"),
        rest=_rest(bindery, "leaflet_rest"),
    )


def _pictured(bindery: Bindery, product: Product, among: int) -> Plate | None:
    """A product's picture: across two panels where it stands alone, none where there are too many."""
    width = 2 * PANEL if among == 1 else PANEL
    return bindery.plate(product, width, CARD) if among <= PICTURED else None


# --- cover and back ---------------------------------------------------------------------------------------


def _of_site(bindery: Bindery) -> Wrapper:
    site, programme = bindery.desk.catalogue.site, bindery.desk.catalogue.programme
    return Wrapper(
        plate=bindery.hero(),
        over=bindery.named(programme.name),
        titles=bindery.named(site.title),
        lead=bindery.named(site.tagline),
        blocks=(_office(bindery),),
        code=bindery.code_of(bindery.desk.edition.coded("")),
        scan=bindery.said("scan_catalogue"),
        drawing=bindery.said("illustration"),
        photo=bindery.said("photo"),
        small=(bindery.said("leaflet_drawings"), *_small(bindery)),
    )


def _of_producer(bindery: Bindery, producer: Producer, products: Sequence[Product], plates: Sequence[Plate]) -> Wrapper:
    key = f"producers/{producer.id}"
    place = place_lines(bindery, lambda desk: desk.place(producer.place))
    every = bindery.desk.catalogue.products_of[producer.id]
    return Wrapper(
        plate=bindery.photo(key, producer, PANEL, CARD) or bindery.plate(products[0], PANEL, CARD),
        over=bindery.said("producer" if producer.kind == "unknown" else f"kind_{producer.kind}"),
        titles=bindery.named(producer.name),
        lead=next(iter(place), ()),
        blocks=(
            *([Block(bindery.said("place"), place)] if place else []),
            *_reach(bindery, producer),
            *_sold_at(bindery, products),
        ),
        code=bindery.code("producers", producer),
        scan=bindery.said("scan_producer"),
        drawing=bindery.said("illustration"),
        photo=bindery.said("photo"),
        small=(*_left_out(bindery, products, every), *_of_small(bindery, plates), *_small(bindery)),
    )


def _of_small(bindery: Bindery, plates: Sequence[Plate]) -> Iterator[Words]:
    """What small pictures do not say of themselves: that they are drawings, or whose photos they are."""
    if len(plates) > PANELS:
        if any(one.illustration for one in plates):
            yield bindery.said("leaflet_drawings")
        credits = " · ".join(dict.fromkeys(one.credit for one in plates if one.credit))
        if credits:
            yield bindery.each(lambda desk: f"{desk.edition.say('photo')}: {credits}")


def _small(bindery: Bindery) -> tuple[Words, ...]:
    licence = bindery.desk.catalogue.site.licence
    return bindery.validity(), bindery.said("seal_is_ours"), *([bindery.named(licence)] if licence else [])


def _left_out(bindery: Bindery, products: Sequence[Product], every: Sequence[Product]) -> tuple[Words, ...]:
    """That a leaflet leaves alcohol out, where it does."""
    return (bindery.said("leaflet_no_alcohol"),) if len(products) < len(every) else ()


def _office(bindery: Bindery) -> Block:
    """Whom to ask about the catalogue."""
    contact = bindery.desk.catalogue.site.contact
    phones = ([desk.edition.phone(one) for desk in bindery.desks] for one in contact.phones)
    lines = [bindery.named(contact.name)]
    lines += [bindery.named(contact.address)] if contact.address else []
    lines += [*map(bindery.merged, phones)]
    lines += [(Phrase(contact.email),)] if contact.email else []
    return Block(bindery.said("contact"), tuple(lines))


def _reach(bindery: Bindery, producer: Producer) -> Iterator[Block]:
    """How to reach a producer: only what may be published, phones under one heading."""
    rows = zip(*(desk.contacts(producer) for desk in bindery.desks), strict=True)
    said = ((bindery.merged(one.note for one in row), bindery.merged(one.words for one in row)) for row in rows)
    for heading, group in groupby(said, key=itemgetter(0)):
        yield Block(heading, tuple(words for _, words in group))


def _facts(bindery: Bindery, producer: Producer) -> Iterator[Block]:
    for rows in zip(*(desk.facts(producer) for desk in bindery.desks), strict=True):
        values = zip(*(one.values for one in rows), strict=True)
        yield Block(bindery.merged(one.label for one in rows), tuple(map(bindery.merged, values)))


# --- inside -----------------------------------------------------------------------------------------------


def _stars(bindery: Bindery, levels: Sequence[int]) -> Stars:
    return Stars(
        heading=bindery.named(bindery.desk.catalogue.programme.name),
        about=bindery.said("leaflet_about"),
        meaning=bindery.said("leaflet_stars"),
        levels=tuple(_level(bindery, one) for one in levels),
        note=bindery.said("lead_star"),
    )


def _level(bindery: Bindery, stars: int) -> Level:
    return Level(stars, bindery.each(lambda desk: desk.edition.stars(stars)), bindery.said(f"lead_star_{stars}"))


def _figures(bindery: Bindery) -> Iterator[Count]:
    """The results of the programme as its source gives them: nothing of them is counted here."""
    for rows in zip(*map(figures, bindery.desks), strict=True):
        yield Count(rows[0].number, bindery.merged(one.words for one in rows))


def _source(bindery: Bindery, source: str) -> Words:
    found = origin(bindery.desk, source)
    return (Phrase(" · ".join(filter(None, (found.words.words, found.note))), found.words.lang),)


def _tiles(bindery: Bindery, products: Iterable[Product]) -> Iterator[Tile]:
    """The sectors that have products to print."""
    counts = Counter(bindery.desk.catalogue.sector_of(one).id for one in products)
    for sector in bindery.desk.catalogue.classification.sectors:
        if counts[sector.id]:
            names, count = bindery.named(sector.name), bindery.said("products_n", n=counts[sector.id])
            yield Tile(bindery.face(sector.id, names[0]), names, bindery.named(sector.short), count)


def _outlet(bindery: Bindery, outlet: Outlet) -> Block:
    lines: list[Words] = [(Phrase(outlet.address),)] if outlet.address else []
    lines += place_lines(bindery, lambda desk: desk.place(outlet.place))
    lines += [bindery.named(outlet.hours)] if outlet.hours else []
    lines += [bindery.merged(desk.edition.phone(one) for desk in bindery.desks) for one in outlet.phones]
    return Block(bindery.named(outlet.name), tuple(lines))


def _makers(bindery: Bindery, products: Iterable[Product]) -> list[Producer]:
    """The known producers that have something to print: who has more comes first, then in Vietnamese order."""
    counts = Counter(one.producer for one in products)
    known = (one for one in known_producers(bindery.desk) if counts[one.id])
    return sorted(by_name(bindery.desk, known), key=lambda one: -counts[one.id])


def _maker(bindery: Bindery, producer: Producer) -> Block:
    return Block(bindery.named(producer.name), place_lines(bindery, lambda desk: desk.place(producer.place))[:1])


def _sold_at(bindery: Bindery, products: Iterable[Product]) -> Iterator[Block]:
    """The points of sale of some products, as many as have room."""
    catalogue = bindery.desk.catalogue
    ids = dict.fromkeys(at for one in products if not catalogue.restrained(one) for at in one.outlets)
    found = [catalogue.outlet_by_id[one] for one in ids if one in catalogue.outlet_by_id]
    names = tuple(bindery.named(one.name) for one in by_name(bindery.desk, found)[:SHOPS])
    if names:
        yield Block(bindery.said("where_to_buy"), names)


def _rest(bindery: Bindery, *keys: str) -> Words:
    """That there is more, and where to see what had no room."""
    address = bare(bindery.desk.edition.base_url or "")
    return bindery.each(lambda desk: " · ".join(filter(None, (*map(desk.edition.say, keys), address))))
