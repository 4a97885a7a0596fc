"""What brochures show: a product on a sheet; booklets of a producer, a star level, a sector, the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocopgen.bindery import A4, CARD, WIDE, Bindery
from ocopgen.brochure_views import Booklet, Chapter, Code, IndexLine, Item, ProductSheet, Row
from ocopgen.links import sector_href
from ocopgen.model import Producer, Product
from ocopgen.order import by_name, by_standing, known, starred
from ocopgen.pdf import Plate, Telling
from ocopgen.reference import Sector
from ocopgen.text import Phrase, first_letter

COLUMN, BRIEF_COLUMN = 62, 28
"""How wide a product's picture stands in a booklet, in mm, and where it is told in brief."""

TEXT = 113
"""How wide the words of a sheet are beside the column of facts, in mm."""

LONG = 9
"""Products from which on a booklet has contents and indexes; fewer are three pages, which are seen at once."""

BRIEF = 400
"""Products from which on each is told in brief, fifteen on a page: nobody leafs through hundreds of pages."""

MOST = 2_500
"""Products in one booklet: more than anybody leafs through, and each takes memory while it is set."""


def product_sheet(bindery: Bindery, product: Product) -> ProductSheet | None:
    """One product; none of alcohol, unless the office allows it."""
    if not bindery.printed([product]):
        return None
    desk, edition = bindery.desk, bindery.desk.edition
    sector, product_set = desk.catalogue.sector_of(product), desk.catalogue.set_of(product)
    width = A4[0] + 2 * bindery.quality.bleed
    return ProductSheet(
        title=edition.phrase(product.name).words,
        description=edition.phrase(product.summary).words,
        over=(edition.phrase(sector.name), edition.phrase(product_set.short)),
        item=bindery.item(product, width, WIDE),
        note=edition.say("brochure_fallback") if desk.fallback(product) else desk.outdated(product),
        ways=tuple(bindery.ways(product)),
        story=bindery.telling(f"products/{product.id}", product, TEXT),
        sources=bindery.sources([product]),
    )


def producer_booklet(bindery: Bindery, producer: Producer) -> Booklet | None:
    """A producer and its products; none of a maker that no source names."""
    desk, edition = bindery.desk, bindery.desk.edition
    products = by_standing(desk, bindery.printed(desk.catalogue.products_of.get(producer.id, ())))
    if not products or not known(desk, producer):
        return None
    key = f"producers/{producer.id}"
    width = A4[0] + 2 * bindery.quality.bleed
    rows = [
        *bindery.place("place", desk.place(producer.place)),
        *bindery.reach(producer),
        *(Row(one.label, one.values) for one in desk.facts(producer)),
    ]
    return _booklet(
        bindery,
        heading=edition.phrase(producer.name),
        over=Phrase(edition.say(f"kind_{producer.kind}") if producer.kind != "unknown" else ""),
        lead=(edition.phrase(producer.summary),) if producer.summary else (),
        cover=bindery.photo(key, producer, width, CARD) or bindery.plate(products[0], width, CARD),
        chapters=(Chapter(Phrase(""), "", _items(bindery, products, len(products))),),
        products=products,
        left_out=desk.catalogue.products_of[producer.id],
        code=bindery.code("producers", producer),
        rows=tuple(rows),
        about=bindery.telling(key, producer, TEXT),
        sources_of=(producer, *products),
    )


def level_booklet(bindery: Bindery, stars: int) -> Booklet | None:
    """The products of a star level: those whose star is in effect, and those of which it is only on record."""
    desk, edition = bindery.desk, bindery.desk.edition
    held, other = map(bindery.printed, starred(desk, stars))
    products = (*held, *other)
    total = len(products)
    day = edition.day(edition.today)
    chapters = (
        Chapter(
            Phrase(edition.say("section_held")),
            edition.say("section_held_note", date=day),
            _items(bindery, held, total),
        ),
        Chapter(
            Phrase(edition.say("section_recorded")), edition.say("section_recorded_note"), _items(bindery, other, total)
        ),
    )
    return _of_many(
        bindery,
        products,
        [one for group in starred(desk, stars) for one in group],
        heading=Phrase(edition.say("star_title", n=stars)),
        lead=(Phrase(edition.say(f"lead_star_{stars}")), Phrase(edition.say("lead_star"))),
        cover=bindery.hero(),
        chapters=chapters,
        href=edition.href("star", str(stars)),
    )


def sector_booklet(bindery: Bindery, sector: Sector) -> Booklet | None:
    """The products of a sector, set by set."""
    desk, edition = bindery.desk, bindery.desk.edition
    every = by_standing(desk, desk.index.by_sector.get(sector.id, ()))
    products = bindery.printed(every)
    name = edition.phrase(sector.name)
    sets = {desk.catalogue.set_of(one).n: desk.catalogue.set_of(one) for one in products}
    chapters = (
        _chapter(
            bindery, edition.phrase(sets[number].name), [one for one in products if one.set == number], len(products)
        )
        for number in sorted(sets)
    )
    return _of_many(
        bindery,
        products,
        every,
        heading=name,
        lead=(),
        cover=bindery.face(sector.id, name),
        chapters=tuple(chapters),
        href=sector_href(edition, sector),
    )


def whole_booklet(bindery: Bindery, subject: None) -> Booklet | None:
    """The whole catalogue, sector by sector."""
    desk, edition = bindery.desk, bindery.desk.edition
    every = by_name(desk, desk.catalogue.products)
    products = bindery.printed(every)
    sectors = desk.catalogue.classification.sectors
    groups = ((one, [each for each in products if desk.catalogue.sector_of(each) is one]) for one in sectors)
    chapters = (
        _chapter(bindery, edition.phrase(sector.name), group, len(products)) for sector, group in groups if group
    )
    return _of_many(
        bindery,
        products,
        every,
        heading=edition.phrase(desk.catalogue.site.title),
        lead=(edition.phrase(desk.catalogue.site.tagline),),
        cover=bindery.hero(),
        chapters=tuple(chapters),
        href=edition.href("home"),
    )


# --- what booklets have in common -------------------------------------------------------------------------


def _of_many(
    bindery: Bindery,
    products: Sequence[Product],
    every: Sequence[Product],
    *,
    heading: Phrase,
    lead: tuple[Phrase, ...],
    cover: Plate,
    chapters: tuple[Chapter, ...],
    href: str,
) -> Booklet | None:
    """A booklet that belongs to a listing; none where nothing can be printed, or more than anybody leafs through."""
    if not 0 < len(products) <= MOST:
        return None
    return _booklet(
        bindery,
        heading=heading,
        over=bindery.desk.edition.phrase(bindery.desk.catalogue.site.title),
        lead=lead,
        cover=cover,
        chapters=tuple(one for one in chapters if one.items),
        products=products,
        left_out=every,
        code=bindery.code_of(bindery.desk.edition.coded(href)),
        rows=(),
        about=None,
        sources_of=products,
    )


def _booklet(
    bindery: Bindery,
    *,
    heading: Phrase,
    over: Phrase,
    lead: tuple[Phrase, ...],
    cover: Plate,
    chapters: tuple[Chapter, ...],
    products: Sequence[Product],
    left_out: Sequence[Product],
    code: Code | None,
    rows: tuple[Row, ...],
    about: Telling | None,
    sources_of: Iterable[Product | Producer],
) -> Booklet:
    edition = bindery.desk.edition
    long = len(products) >= LONG
    places = {item.id: place for place, item in enumerate(one for chapter in chapters for one in chapter.items)}
    return Booklet(
        title=heading.words,
        description=" ".join(one.words for one in lead) or heading.words,
        over=over if over != heading else Phrase(""),
        heading=heading,
        lead=lead,
        count=edition.say("products_n", n=len(products)),
        note=edition.say("brochure_no_alcohol") if len(left_out) > len(products) else "",
        cover=cover,
        code=code,
        rows=rows,
        about=about,
        long=long,
        brief=len(products) >= BRIEF,
        chapters=chapters,
        by_name=tuple(_by_name(bindery, products)) if long else (),
        by_producer=tuple(_by_producer(bindery, sorted(products, key=lambda one: places[one.id]))) if long else (),
        sources=bindery.sources(sources_of),
    )


def _chapter(bindery: Bindery, title: Phrase, products: Sequence[Product], total: int) -> Chapter:
    count = bindery.desk.edition.say("products_n", n=len(products))
    return Chapter(title, count, _items(bindery, products, total))


def _items(bindery: Bindery, products: Iterable[Product], total: int) -> tuple[Item, ...]:
    """Some of the products of a booklet that has so many."""
    make = _in_brief if total >= BRIEF else _whole
    return tuple(make(bindery, one) for one in products)


def _whole(bindery: Bindery, product: Product) -> Item:
    return bindery.desk.once(("item", bindery.quality, product.id), lambda: bindery.item(product, COLUMN))


def _in_brief(bindery: Bindery, product: Product) -> Item:
    """A product with who makes it and where, and nothing more."""

    def item() -> Item:
        rows = (bindery.maker(product), *bindery.place("made_in", bindery.desk.place_of(product)))
        return replace(bindery.item(product, BRIEF_COLUMN), rows=rows, code=None)

    return bindery.desk.once(("brief", bindery.quality, product.id), item)


def _by_name(bindery: Bindery, products: Iterable[Product]) -> Iterator[IndexLine]:
    """Names in Vietnamese order."""
    lines = ((bindery.desk.edition.phrase(one.name), (one.id,)) for one in by_name(bindery.desk, products))
    return _lettered(lines)


def _by_producer(bindery: Bindery, products: Sequence[Product]) -> Iterator[IndexLine]:
    """Producers in Vietnamese order, each with its products in the order of the pages."""
    ids: dict[str, list[str]] = {}
    for one in products:
        ids.setdefault(one.producer, []).append(one.id)
    makers = by_name(bindery.desk, map(bindery.desk.catalogue.producer_by_id.__getitem__, ids))
    return _lettered((bindery.desk.edition.phrase(one.name), tuple(ids[one.id])) for one in makers)


def _lettered(lines: Iterable[tuple[Phrase, tuple[str, ...]]]) -> Iterator[IndexLine]:
    letter = ""
    for words, ids in lines:
        before, letter = letter, first_letter(words.words)
        yield IndexLine(letter if letter != before else "", words, ids)
