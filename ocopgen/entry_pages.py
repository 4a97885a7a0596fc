"""The page of each entry: a product, a producer, a news entry, an outlet, a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ocopgen.cards import Desk, host, map_href
from ocopgen.catalogue import Key
from ocopgen.edition import Edition
from ocopgen.index import Index
from ocopgen.links import sector_href, set_href
from ocopgen.model import News, Outlet, Page, Producer, Product, Recognition
from ocopgen.order import by_standing
from ocopgen.text import Phrase, Text, slug
from ocopgen.views import (
    Away,
    CertificateRow,
    Head,
    HistoryRow,
    Link,
    PackRow,
    ProducerPage,
    ProductPage,
    TextPage,
)


def product_page(desk: Desk, product: Product, head: Head) -> ProductPage:
    edition, catalogue = desk.edition, desk.catalogue
    producer = catalogue.producer_by_id[product.producer]
    product_set = catalogue.set_of(product)
    restrained = catalogue.restrained(product)
    siblings = [one for one in catalogue.products_of[producer.id] if one.id != product.id]
    return ProductPage(
        head=head,
        name=edition.phrase(product.name),
        summary=edition.phrase(product.summary),
        fallback=desk.fallback(product),
        outdated=desk.outdated(product),
        seal=desk.seal(product),
        potential=desk.source(product.potential_5_star.source) if product.potential_5_star else None,
        pictures=desk.product_pictures(product),
        producer=Link(edition.phrase(producer.name), edition.href("producer", producer.id)),
        producer_kind=edition.say(f"kind_{producer.kind}"),
        place=desk.place_of(product),
        classification=(
            Link(
                edition.phrase(catalogue.sector_of(product).name),
                sector_href(edition, catalogue.sector_of(product)),
            ),
            Link(edition.phrase(product_set.name), set_href(edition, product_set)),
        ),
        packs=packs(desk, product, restrained),
        prices=not restrained,
        facts=desk.facts(product),
        trace=_trace(product),
        certificates=tuple(certificates(edition, product)),
        history=tuple(history(desk, one) for one in desk.index.shown(product)),
        notice=edition.phrase(product_set.notice) if product_set.notice else None,
        story=desk.story(f"products/{product.id}", product, head.root),
        buy=() if restrained else channels(edition, product),
        outlets=tuple(
            Link(edition.phrase(one.name), edition.href("outlet", one.id))
            for one in map(catalogue.outlet_by_id.get, product.outlets)
            if one and not restrained
        ),
        contacts=() if restrained else desk.contacts(producer),
        siblings=desk.cards(by_standing(desk, siblings)[:8]),
        similar=desk.cards(similar(desk.index, product)),
        sources=desk.sources(product),
        updated=edition.day(product.updated) if product.updated else "",
        updated_iso=product.updated.isoformat() if product.updated else "",
        tags=desk.tags(product.tags),
        code=desk.code("products", product.id),
    )


def packs(desk: Desk, product: Product, restrained: bool) -> tuple[PackRow, ...]:
    """What is sold; prices of alcohol only where the office allows them."""
    edition, rows = desk.edition, []
    for one in product.packs:
        label = _pack_label(desk, one.label) if one.label else Phrase("")
        quantity = edition.quantity(one.quantity) if one.quantity else ""
        words = " ".join(part for part in (label.words, quantity) if part)
        priced = one.price is not None and not restrained
        rows.append(
            PackRow(
                words=Phrase(words, label.lang) if words else Phrase(edition.say("pack")),
                price=edition.money(one.price) if one.price and priced else "",
                priced=edition.day(one.priced) if one.priced and priced else "",
                gtin=one.gtin or "",
            )
        )
    return tuple(rows)


def _pack_label(desk: Desk, label: str) -> Phrase:
    """`Hộp` as this language says it, where `strings.yml` knows the word."""
    key = f"pack_{slug(label).replace('-', '_')}"
    if key in desk.catalogue.strings:
        return Phrase(desk.edition.say(key))
    return desk.published(label, None)


def _trace(product: Product) -> Away | None:
    """The traceability stamp: its code, leading to its page where it has one."""
    trace = product.trace
    if trace is None or not (trace.code or trace.url):
        return None
    return Away(Phrase(trace.code or host(str(trace.url))), trace.url)


def certificates(edition: Edition, product: Product) -> Iterator[CertificateRow]:
    """The certificates of a product, each in lines of words."""
    for one in product.certificates:
        ended = one.ends is not None and one.ends <= edition.today
        lines = [edition.say("certificate_number", number=one.number)] if one.number else []
        lines += [edition.say("certificate_issuer", issuer=one.issuer)] if one.issuer else []
        if one.starts:
            lines.append(edition.say("certificate_from", date=edition.day(one.starts)))
        if one.ends:
            lines.append(edition.say("certificate_ended" if ended else "certificate_to", date=edition.day(one.ends)))
        yield CertificateRow(one.name, tuple(lines), ended)


def history(desk: Desk, one: Recognition) -> HistoryRow:
    """A recognition in lines of words, and where they are from."""
    edition, paper = desk.edition, one.decision
    lines = []
    if paper and paper.number:
        lines.append(edition.say("decision_number", number=paper.number))
    if paper and paper.date:
        lines.append(edition.say("decision_date", date=edition.day(paper.date)))
    if paper and paper.by:
        lines.append(edition.say("decision_by", by=paper.by))
    if one.year:
        lines.append(edition.say("programme_year", year=one.year))
    if one.kind:
        lines.append(edition.say(f"recognition_{one.kind}"))
    if one.score is not None:
        lines.append(edition.say("score", score=edition.number(one.score)))
    if one.criteria:
        lines.append(edition.say(f"criteria_{slug(one.criteria).replace('-', '_')}"))
    lines += [edition.say("ends_because", reason=one.ends_reason)] if one.ends_reason else []
    parts = one, one.extended, one.withdrawn
    sources = tuple(desk.source(part.source) for part in parts if part and part.source)
    return HistoryRow(desk.seal_of(one), tuple(lines), sources)


def channels(edition: Edition, product: Product) -> tuple[Away, ...]:
    """Where a product is sold on the web."""
    return tuple(
        Away(
            Phrase(one.name or edition.say(f"channel_{one.kind}")),
            one.url,
            edition.say(f"channel_{one.kind}"),
        )
        for one in product.channels
    )


SIMILAR = 4


def similar(index: Index, product: Product) -> list[Product]:
    """The products an entry names, else those nearest to it by set, group and place, of other producers."""
    if product.related:
        named = (index.edition.catalogue.product_by_id.get(one) for one in product.related)
        return [one for one in named if one and one is not product]
    found: dict[str, Product] = {}
    for other in chain.from_iterable(_near(index, product)):
        if other.producer != product.producer:
            found.setdefault(other.id, other)
        if len(found) == SIMILAR:
            break
    return list(found.values())


def _near(index: Index, product: Product) -> Iterator[Sequence[Product]]:
    """Groups that a product belongs to, the narrowest first."""
    yield index.by_set_and_district.get((product.set, index.district_of(product) or ""), ())
    yield index.by_set[product.set]
    yield index.by_group[index.edition.catalogue.group_of(product).id]


def neighbours(index: Index, key: Key) -> tuple[Key, ...]:
    """The entries that the page of an entry shows something of, besides its own."""
    kind, _, entry_id = key.partition("/")
    catalogue = index.edition.catalogue
    products: Sequence[Product] = ()
    outlets: tuple[str, ...] = ()
    if kind == "products":
        product = catalogue.product_by_id[entry_id]
        products = (product, *catalogue.products_of[product.producer], *similar(index, product))
        outlets = tuple(one for one in product.outlets if one in catalogue.outlet_by_id)
    elif kind == "producers":
        products = catalogue.products_of.get(entry_id, ())
        outlets = tuple(at for one in products for at in one.outlets if at in catalogue.outlet_by_id)
    elif kind == "outlets":
        products = index.by_outlet.get(entry_id, ())
    makers = dict.fromkeys(one.producer for one in products)
    found = (
        *(f"products/{one.id}" for one in products),
        *(f"producers/{one}" for one in makers),
        *(f"outlets/{one}" for one in outlets),
    )
    return tuple(one for one in dict.fromkeys(found) if one != key)


def producer_page(desk: Desk, producer: Producer, head: Head) -> ProducerPage:
    edition = desk.edition
    products = desk.catalogue.products_of.get(producer.id, ())
    key = f"producers/{producer.id}"
    return ProducerPage(
        head=head,
        name=edition.phrase(producer.name),
        summary=edition.phrase(producer.summary) if producer.summary else None,
        fallback=desk.fallback(producer),
        outdated=desk.outdated(producer),
        kind=edition.say(f"kind_{producer.kind}"),
        known=producer.kind != "unknown",
        place=desk.place(producer.place),
        facts=desk.facts(producer),
        contacts=desk.contacts(producer),
        withheld=bool(producer.withheld),
        map_href=map_href(producer.location) if producer.publishes("address") else None,
        pictures=desk.pictures(key, producer),
        story=desk.story(key, producer, head.root),
        products=desk.cards(by_standing(desk, products)),
        products_count=edition.say("products_n", n=len(products)),
        sources=desk.sources(producer),
        updated=edition.day(producer.updated) if producer.updated else "",
        updated_iso=producer.updated.isoformat() if producer.updated else "",
        code=desk.code("producers", producer.id),
    )


def text_page(desk: Desk, entry: News | Outlet | Page, head: Head) -> TextPage:
    edition = desk.edition
    kind = {News: "news", Outlet: "outlets", Page: "pages"}[type(entry)]
    key = f"{kind}/{entry.id}"
    day = entry.date if isinstance(entry, News) else None
    outlet = entry if isinstance(entry, Outlet) else None
    sold = (
        [one for one in desk.index.by_outlet.get(outlet.id, ()) if not desk.catalogue.restrained(one)] if outlet else []
    )
    summary: Text | None = entry.summary
    return TextPage(
        head=head,
        name=edition.phrase(entry.name),
        summary=edition.phrase(summary) if summary else None,
        fallback=desk.fallback(entry),
        outdated=desk.outdated(entry),
        date=edition.day(day) if day else "",
        date_iso=day.isoformat() if day else "",
        pictures=desk.pictures(key, entry),
        place=desk.place(outlet.place) if outlet else None,
        facts=desk.facts(entry),
        contacts=desk.outlet_contacts(outlet) if outlet else (),
        map_href=map_href(outlet.location) if outlet else None,
        story=desk.story(key, entry, head.root),
        tags=desk.tags(entry.tags) if isinstance(entry, News) else (),
        products_title=edition.say("products_sold_here") if outlet else edition.say("products_named_here"),
        products=desk.cards(by_standing(desk, (one for one in sold if not desk.catalogue.restrained(one)))),
        sources=desk.sources(entry),
        updated=edition.day(entry.updated) if entry.updated else "",
        updated_iso=entry.updated.isoformat() if entry.updated else "",
    )
