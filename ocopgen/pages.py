"""Every page of an edition: how its view is filled, and the table `SITE` that lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from ocopgen.cards import CARD, Desk, map_href
from ocopgen.edition import Edition
from ocopgen.model import Entry, News, Outlet, Page, Producer, Product, Recognition
from ocopgen.reference import District, Origin, ProductSet, Sector, Target
from ocopgen.text import Phrase, Text, first_letter, slug, sort_key
from ocopgen.views import (
    Alternate,
    Away,
    Bar,
    Card,
    CertificateRow,
    Chart,
    Facet,
    Fact,
    Figure,
    Head,
    HistoryRow,
    HomePage,
    IndexGroup,
    IndexPage,
    IndexRow,
    LaterRow,
    Link,
    ListingPage,
    NewsIndexPage,
    NewsLine,
    PackRow,
    Pager,
    ProducerPage,
    ProductPage,
    ProgrammePage,
    Section,
    SectorTile,
    StarTile,
    SupportRow,
    TargetRow,
    TextPage,
    View,
)

S = TypeVar("S")
PART = 48
"""Cards on one page of a listing: full rows of two, three and four, and well within 500 kB."""
STARS = 5, 4, 3


@dataclass(frozen=True)
class Route(Generic[S]):
    """A kind of page: where it lies, which subjects have one, what it shows, and its template."""

    name: str
    each: Callable[[Desk], Iterable[S]]
    address: Callable[[Edition, S], str]
    view: Callable[[Desk, S, Head], View]
    template: str
    title: Callable[[Desk, S], str]
    description: Callable[[Desk, S], str]
    nav: str = ""
    crumbs: Callable[[Desk, S], tuple[Link, ...]] = field(default=lambda desk, subject: ())


def once(desk: Desk) -> tuple[None]:
    """A kind of page of which there is one."""
    return (None,)


def head(route: Route[Any], desk: Desk, subject: Any, editions: Sequence[Edition]) -> Head:
    """What the head of a page needs; the same page of every language is its alternate."""
    edition = desk.edition
    href = route.address(edition, subject)
    alternates = []
    for other in editions:
        there = route.address(other, subject)
        url = _url(edition.base_url, there)
        alternates.append(Alternate(other.lang, other.say("language_name"), there, url, other.lang == edition.lang))
    title, site = route.title(desk, subject), edition.phrase(desk.catalogue.site.title).words
    return Head(
        root="../" * href.count("/"),
        title=site if route.name == "home" else f"{title} · {site}",
        description=route.description(desk, subject),
        nav=route.nav,
        crumbs=route.crumbs(desk, subject),
        alternates=tuple(alternates),
        canonical=_url(edition.base_url, href),
    )


def _url(base: str | None, href: str) -> str | None:
    return f"{base.rstrip('/')}/{href}" if base else None


# --- order ------------------------------------------------------------------------------------------------


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


# --- home -------------------------------------------------------------------------------------------------


def home_page(desk: Desk, subject: None, head: Head) -> HomePage:
    edition, catalogue = desk.edition, desk.catalogue
    results = catalogue.programme.results
    return HomePage(
        head=head,
        hero=desk.hero(),
        stars=tuple(_star_tile(desk, stars) for stars in STARS),
        sectors=tuple(_sector_tile(desk, one) for one in catalogue.classification.sectors),
        newest=desk.cards(newest_first(catalogue.products)[:8]),
        figures=_figures(desk),
        figures_source=edition.say("figures_source", years=f"{results.since}–{results.until}"),
        programme_href=edition.href("programme"),
        producers=tuple(
            Link(edition.phrase(one.name), edition.href("producer", one.id), len(catalogue.products_of.get(one.id, ())))
            for one in by_name(desk, known_producers(desk))[:12]
        ),
        producers_href=edition.href("producers"),
        places=district_links(desk),
        places_href=edition.href("places"),
        news=news_lines(desk)[:3],
        news_href=edition.href("news"),
        products_href=edition.href("products"),
        az_href=edition.href("az"),
        products_count=edition.say("products_n", n=len(catalogue.products)),
    )


def known_producers(desk: Desk) -> tuple[Producer, ...]:
    """Producers that a source names."""
    return tuple(one for one in desk.catalogue.producers if one.kind != "unknown" or one.id in _several(desk))


def _several(desk: Desk) -> frozenset[str]:
    return frozenset(producer for producer, products in desk.catalogue.products_of.items() if len(products) > 1)


def _star_tile(desk: Desk, stars: int) -> StarTile:
    edition = desk.edition
    held, other = starred(desk, stars)
    seal = desk.seal_of(Recognition(stars=stars))  # type: ignore[arg-type]
    return StarTile(
        seal=seal,
        href=edition.href("star", str(stars)),
        held=edition.say("held_n", n=len(held)),
        recorded=edition.say("recorded_n", n=len(other)) if other else "",
    )


def starred(desk: Desk, stars: int) -> tuple[list[Product], list[Product]]:
    """Products whose newest counting recognition is of this level: in effect, and not."""
    held, other = [], []
    for product in by_name(desk, desk.catalogue.products):
        one = product.recognition(desk.edition.today)
        if one and one.stars == stars:
            (held if one.status(desk.edition.today).in_effect else other).append(product)
    return held, [] if desk.catalogue.site.policies.current_only else other


def _sector_tile(desk: Desk, sector: Sector) -> SectorTile:
    edition = desk.edition
    count = sum(1 for one in desk.catalogue.products if desk.catalogue.sector_of(one).id == sector.id)
    said = edition.say("products_n", n=count) if count else edition.say("no_products_yet")
    return SectorTile(edition.phrase(sector.short), sector_href(edition, sector), said, desk.sector_picture(sector.id))


def _figures(desk: Desk) -> tuple[Figure, ...]:
    edition, results = desk.edition, desk.catalogue.programme.results
    figures = [(results.total, "figure_products")]
    figures += [(one.count, f"figure_stars_{one.stars}") for one in results.by_star if one.count]
    figures += [(results.producers.total, "figure_producers"), (results.districts, "figure_districts")]
    return tuple(Figure(edition.number(number), edition.say(key)) for number, key in figures)


def district_links(desk: Desk) -> tuple[Link, ...]:
    """The districts of then, in Vietnamese order, with their counts."""
    edition = desk.edition
    districts = sorted(desk.catalogue.places.districts, key=lambda one: sort_key(one.short))
    return tuple(
        Link(Phrase(one.short), edition.href("district", one.id), len(products_in(desk, one))) for one in districts
    )


def products_in(desk: Desk, district: District) -> list[Product]:
    return [one for one in desk.catalogue.products if district_of(desk, one) == district.id]


def district_of(desk: Desk, product: Product) -> str | None:
    """The former district a product belongs to: its own, else its producer's."""
    own = product.place or desk.catalogue.producer_by_id[product.producer].place
    return own.district


def news_lines(desk: Desk) -> tuple[NewsLine, ...]:
    edition = desk.edition
    items = sorted(desk.catalogue.news, key=lambda one: (one.date, one.id), reverse=True)
    return tuple(
        NewsLine(
            name=edition.phrase(one.name),
            summary=edition.phrase(one.summary),
            href=edition.href("article", one.id),
            date=edition.day(one.date),
            date_iso=one.date.isoformat(),
        )
        for one in items
    )


# --- a product --------------------------------------------------------------------------------------------


def product_page(desk: Desk, product: Product, head: Head) -> ProductPage:
    edition, catalogue = desk.edition, desk.catalogue
    producer = catalogue.producer_by_id[product.producer]
    product_set = catalogue.set_of(product)
    restrained = product_set.alcohol and not catalogue.site.policies.alcohol_prices
    siblings = [one for one in catalogue.products_of[producer.id] if one.id != product.id]
    return ProductPage(
        head=head,
        name=edition.phrase(product.name),
        summary=edition.phrase(product.summary),
        fallback=desk.fallback(product),
        seal=desk.seal(product),
        potential=desk.source(product.potential_5_star.source) if product.potential_5_star else None,
        pictures=desk.product_pictures(product),
        producer=Link(edition.phrase(producer.name), edition.href("producer", producer.id)),
        producer_kind=edition.say(f"kind_{producer.kind}"),
        place=desk.place_of(product),
        classification=(
            Link(edition.phrase(catalogue.sector_of(product).name), sector_href(edition, catalogue.sector_of(product))),
            Link(edition.phrase(product_set.name), set_href(edition, product_set)),
        ),
        packs=packs(edition, product, restrained),
        facts=desk.facts(product) + _trace(edition, product),
        certificates=tuple(_certificate(edition, product)),
        history=tuple(_history(desk, one) for one in product.recognitions),
        notice=edition.phrase(product_set.notice) if product_set.notice else None,
        story=desk.story(f"products/{product.id}", product, head.root),
        buy=() if restrained else _channels(edition, product),
        outlets=tuple(
            Link(edition.phrase(one.name), edition.href("outlet", one.id))
            for one in map(catalogue.outlet_by_id.get, product.outlets)
            if one
        ),
        contacts=desk.contacts(producer),
        siblings=desk.cards(by_standing(desk, siblings)[:8]),
        similar=desk.cards(similar(desk, product)),
        sources=desk.sources(product),
        updated=edition.day(product.updated) if product.updated else "",
        updated_iso=product.updated.isoformat() if product.updated else "",
        tags=product.tags,
    )


def packs(edition: Edition, product: Product, restrained: bool) -> tuple[PackRow, ...]:
    """What is sold; prices of alcohol only where the office allows them."""
    rows = []
    for one in product.packs:
        quantity = edition.quantity(one.quantity) if one.quantity else ""
        words = " ".join(part for part in (_pack_label(edition, one.label), quantity) if part)
        priced = one.price is not None and not restrained
        rows.append(
            PackRow(
                words=words or edition.say("pack"),
                price=edition.money(one.price) if one.price and priced else "",
                priced=edition.day(one.priced) if one.priced and priced else "",
                gtin=one.gtin or "",
            )
        )
    return tuple(rows)


def _pack_label(edition: Edition, label: str | None) -> str:
    """`Hộp` as this language says it, where `strings.yml` knows the word."""
    key = f"pack_{slug(label or '').replace('-', '_')}"
    return edition.say(key) if label and key in edition.catalogue.strings else label or ""


def _trace(edition: Edition, product: Product) -> tuple[Fact, ...]:
    trace = product.trace
    if trace is None:
        return ()
    shown = tuple(Phrase(part) for part in (trace.code, trace.url) if part)
    return (Fact(edition.label(Product, "trace"), shown),)


def _certificate(edition: Edition, product: Product) -> Iterator[CertificateRow]:
    for one in product.certificates:
        ended = one.ends is not None and one.ends <= edition.today
        lines = [edition.say("certificate_number", number=one.number)] if one.number else []
        lines += [edition.say("certificate_issuer", issuer=one.issuer)] if one.issuer else []
        if one.starts:
            lines.append(edition.say("certificate_from", date=edition.day(one.starts)))
        if one.ends:
            lines.append(edition.say("certificate_ended" if ended else "certificate_to", date=edition.day(one.ends)))
        yield CertificateRow(one.name, tuple(lines), ended)


def _history(desk: Desk, one: Recognition) -> HistoryRow:
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
    return HistoryRow(desk.seal_of(one), tuple(lines), desk.source(one.source) if one.source else None)


def _channels(edition: Edition, product: Product) -> tuple[Away, ...]:
    return tuple(
        Away(Phrase(one.name or edition.say(f"channel_{one.kind}")), one.url, edition.say(f"channel_{one.kind}"))
        for one in product.channels
    )


def similar(desk: Desk, product: Product) -> list[Product]:
    """The products an entry names, else those nearest to it by set, group and place, of other producers."""
    catalogue = desk.catalogue
    if product.related:
        return [catalogue.product_by_id[one] for one in product.related if one in catalogue.product_by_id]
    place = district_of(desk, product)

    def nearness(other: Product) -> int:
        near = 3 * (other.set == product.set) + (catalogue.group_of(other).id == catalogue.group_of(product).id)
        return 2 * near + (place is not None and district_of(desk, other) == place)

    pool = desk.by_sector[catalogue.sector_of(product).id]
    others = [(nearness(one), one) for one in pool if one.producer != product.producer]
    ranked = sorted((pair for pair in others if pair[0]), key=lambda pair: (-pair[0], pair[1].id))
    return [one for _, one in ranked[:4]]


# --- a producer -------------------------------------------------------------------------------------------


def producer_page(desk: Desk, producer: Producer, head: Head) -> ProducerPage:
    edition = desk.edition
    products = desk.catalogue.products_of.get(producer.id, ())
    key = f"producers/{producer.id}"
    hidden = any(
        bool(getattr(producer, what)) and not producer.publishes(what) for what in ("phones", "address", "email")
    )
    return ProducerPage(
        head=head,
        name=edition.phrase(producer.name),
        summary=edition.phrase(producer.summary) if producer.summary else None,
        fallback=desk.fallback(producer),
        kind=edition.say(f"kind_{producer.kind}"),
        known=producer.kind != "unknown",
        place=desk.place(producer.place),
        facts=desk.facts(producer),
        contacts=desk.contacts(producer),
        withheld=hidden,
        map_href=map_href(producer.location) if producer.publishes("address") else None,
        pictures=desk.pictures(key, producer),
        story=desk.story(key, producer, head.root),
        products=desk.cards(by_standing(desk, products)),
        products_count=edition.say("products_n", n=len(products)),
        sources=desk.sources(producer),
        updated=edition.day(producer.updated) if producer.updated else "",
        updated_iso=producer.updated.isoformat() if producer.updated else "",
    )


# --- listings ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed(Generic[S]):
    """One part of a listing of many products: its subject and the number of the part."""

    subject: S
    part: int = 1


@dataclass(frozen=True)
class Listing(Generic[S]):
    """How one kind of listing is filled: its groups of products, and the words around them."""

    groups: Callable[[Desk, S], tuple[tuple[str, str, list[Product]], ...]]
    title: Callable[[Desk, S], Phrase]
    lead: Callable[[Desk, S], tuple[Phrase, ...]]
    facets: Callable[[Desk, S], tuple[Facet, ...]]
    href: Callable[[Edition, S, int], str]
    stars: Callable[[S], int | None] = lambda subject: None
    empty: str = "empty_listing"

    def parts(self, desk: Desk, subject: S) -> int:
        """How many pages the listing needs."""
        total = sum(len(products) for _, _, products in self.groups(desk, subject))
        return max(1, -(-total // PART))

    def page(self, desk: Desk, listed: Listed[S], head: Head) -> ListingPage:
        edition, subject = desk.edition, listed.subject
        groups = self.groups(desk, subject)
        total = sum(len(products) for _, _, products in groups)
        stars = self.stars(subject)
        return ListingPage(
            head=head,
            title=self.title(desk, subject),
            lead=self.lead(desk, subject),
            seal=desk.seal_of(Recognition(stars=stars)) if stars else None,  # type: ignore[arg-type]
            count=edition.say("products_n", n=total),
            sections=tuple(_sections(desk, groups, listed.part, edition.say(self.empty))),
            facets=self.facets(desk, subject),
            pager=self._pager(desk, listed),
        )

    def _pager(self, desk: Desk, listed: Listed[S]) -> Pager | None:
        edition, total = desk.edition, self.parts(desk, listed.subject)
        if total == 1:
            return None
        hrefs = [self.href(edition, listed.subject, number) for number in range(1, total + 1)]
        return Pager(
            words=edition.say("part_of", part=listed.part, total=total),
            pages=tuple(Link(Phrase(str(number)), href) for number, href in enumerate(hrefs, 1)),
            previous=hrefs[listed.part - 2] if listed.part > 1 else None,
            following=hrefs[listed.part] if listed.part < total else None,
        )


def _sections(
    desk: Desk, groups: Sequence[tuple[str, str, list[Product]]], part: int, empty: str
) -> Iterator[Section]:
    """The cards of one part, under the headings of their groups; the first part also shows empty groups."""
    begin, end = (part - 1) * PART, part * PART
    passed = 0
    for title, note, products in groups:
        shown = products[max(0, begin - passed) : max(0, end - passed)]
        passed += len(products)
        if shown or (part == 1 and not products):
            yield Section(title, note, desk.cards(shown), "" if products else empty)


def _one_group(desk: Desk, products: Iterable[Product]) -> tuple[tuple[str, str, list[Product]], ...]:
    return (("", "", by_standing(desk, products)),)


def _all_products(desk: Desk, subject: None) -> tuple[tuple[str, str, list[Product]], ...]:
    return _one_group(desk, desk.catalogue.products)


def _star_groups(desk: Desk, stars: int) -> tuple[tuple[str, str, list[Product]], ...]:
    """Star pages have two parts: what is in effect today, and what is only recorded."""
    edition = desk.edition
    held, other = starred(desk, stars)
    groups = [(edition.say("section_held"), edition.say("section_held_note", date=edition.day(edition.today)), held)]
    if other:
        groups.append((edition.say("section_recorded"), edition.say("section_recorded_note"), other))
    return tuple(groups)


def _of_sector(desk: Desk, sector: Sector) -> tuple[tuple[str, str, list[Product]], ...]:
    return _one_group(desk, desk.by_sector[sector.id])


def _of_set(desk: Desk, one: ProductSet) -> tuple[tuple[str, str, list[Product]], ...]:
    return _one_group(desk, (product for product in desk.catalogue.products if product.set == one.n))


def _of_district(desk: Desk, district: District) -> tuple[tuple[str, str, list[Product]], ...]:
    return _one_group(desk, products_in(desk, district))


def _of_year(desk: Desk, year: int) -> tuple[tuple[str, str, list[Product]], ...]:
    products = (one for one in desk.catalogue.products if year in recognised_years(one))
    return _one_group(desk, products)


def recognised_years(product: Product) -> frozenset[int]:
    return frozenset(one.year for one in product.recognitions if one.year)


def years(desk: Desk) -> list[int]:
    return sorted({year for one in desk.catalogue.products for year in recognised_years(one)}, reverse=True)


def sets_in_use(desk: Desk) -> list[ProductSet]:
    used = {one.set for one in desk.catalogue.products}
    return [one for one in desk.catalogue.classification.sets if one.n in used]


def sector_href(edition: Edition, sector: Sector, part: int = 1) -> str:
    return edition.href("sector", edition.key(sector.short), part)


def set_href(edition: Edition, one: ProductSet, part: int = 1) -> str:
    return edition.href("set", f"{one.n}-{edition.key(one.short)}", part)


def _browse(desk: Desk, *names: str) -> tuple[Facet, ...]:
    """Rows of links to neighbouring listings."""
    edition, catalogue = desk.edition, desk.catalogue
    rows = {
        "stars": lambda: tuple(
            Link(Phrase(edition.stars(one)), edition.href("star", str(one)), sum(map(len, starred(desk, one)))) for one in STARS
        ),
        "sectors": lambda: tuple(
            Link(edition.phrase(one.short), sector_href(edition, one), len(desk.by_sector[one.id]))
            for one in catalogue.classification.sectors
        ),
        "sets": lambda: tuple(
            Link(edition.phrase(one.short), set_href(edition, one), desk.by_set[one.n]) for one in sets_in_use(desk)
        ),
        "places": lambda: district_links(desk),
        "years": lambda: tuple(
            Link(Phrase(str(one)), edition.href("year", str(one)), len(_of_year(desk, one)[0][2])) for one in years(desk)
        ),
    }
    return tuple(Facet(edition.say(f"facet_{name}"), desk.row(name, rows[name])) for name in names)


def _sets_of(desk: Desk, sector: Sector) -> tuple[Facet, ...]:
    edition, groups = desk.edition, desk.catalogue.classification.group_by_id
    links = tuple(
        Link(edition.phrase(one.short), set_href(edition, one), desk.by_set[one.n])
        for one in sets_in_use(desk)
        if groups[one.group].sector == sector.id
    )
    narrower = (Facet(edition.say("facet_sets"), links),) if links else ()
    return narrower + _browse(desk, "sectors")


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
    facets=lambda desk, subject: _browse(desk, "stars", "sectors", "sets", "places", "years"),
    href=lambda edition, subject, part: edition.href("products", part=part),
)
STAR: Listing[int] = Listing(
    groups=_star_groups,
    title=lambda desk, stars: Phrase(desk.edition.say("star_title", n=stars)),
    lead=_star_lead,
    facets=lambda desk, stars: _browse(desk, "stars"),
    href=lambda edition, stars, part: edition.href("star", str(stars), part),
    stars=lambda stars: stars,
    empty="empty_star",
)
SECTOR: Listing[Sector] = Listing(
    groups=_of_sector,
    title=lambda desk, sector: desk.edition.phrase(sector.name),
    lead=lambda desk, sector: (),
    facets=_sets_of,
    href=sector_href,
)
SET: Listing[ProductSet] = Listing(
    groups=_of_set,
    title=lambda desk, one: desk.edition.phrase(one.name),
    lead=_said("lead_set"),
    facets=lambda desk, one: _browse(desk, "sets"),
    href=set_href,
)
DISTRICT: Listing[District] = Listing(
    groups=_of_district,
    title=lambda desk, district: desk.edition.phrase(district.name),
    lead=_district_lead,
    facets=lambda desk, district: _browse(desk, "places"),
    href=lambda edition, district, part: edition.href("district", district.id, part),
)
YEAR: Listing[int] = Listing(
    groups=_of_year,
    title=lambda desk, year: Phrase(desk.edition.say("year_title", year=year)),
    lead=_said("lead_year"),
    facets=lambda desk, year: _browse(desk, "years"),
    href=lambda edition, year, part: edition.href("year", str(year), part),
)


# --- lists of names ---------------------------------------------------------------------------------------


def az_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    edition = desk.edition
    letters: dict[str, list[IndexRow]] = {}
    for product in by_name(desk, desk.catalogue.products):
        name = edition.phrase(product.name)
        producer = edition.phrase(desk.catalogue.producer_by_id[product.producer].name)
        row = IndexRow(name, edition.href("product", product.id), producer.words, desk.seal(product))
        letters.setdefault(first_letter(name.words), []).append(row)
    groups = tuple(IndexGroup(Phrase(one), _anchor(one), tuple(rows)) for one, rows in letters.items())
    count = edition.say("products_n", n=len(desk.catalogue.products))
    return IndexPage(head, edition.say("az"), (), count, groups, edition.say("empty_listing"))


def _anchor(letter: str) -> str:
    """A fragment that tells Đ from D and Ă from A."""
    return "-".join(f"{ord(char):x}" if ord(char) > 127 else char.lower() for char in letter).replace("#", "0")


def producers_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    """Producers by kind; makers that no source names stand last."""
    edition = desk.edition
    kinds: dict[str, list[IndexRow]] = {}
    for kind in ("cooperative", "cooperative-group", "enterprise", "household", "farm", "association", "unknown"):
        for one in by_name(desk, (one for one in desk.catalogue.producers if one.kind == kind)):
            kinds.setdefault(kind, []).append(_producer_row(desk, one))
    groups = tuple(
        IndexGroup(Phrase(edition.say(f"kinds_{kind}")), kind, tuple(rows)) for kind, rows in kinds.items()
    )
    count = edition.say("producers_n", n=len(desk.catalogue.producers))
    return IndexPage(head, edition.say("producers"), (), count, groups, edition.say("empty_producers"))


def _producer_row(desk: Desk, producer: Producer) -> IndexRow:
    edition = desk.edition
    place = desk.place(producer.place)
    count = edition.say("products_n", n=len(desk.catalogue.products_of.get(producer.id, ())))
    note = f"{place.then.words} · {count}" if place else count
    return IndexRow(edition.phrase(producer.name), edition.href("producer", producer.id), note)


def places_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    """The districts of then; under each, the communes that have products and what they are part of today."""
    edition, places = desk.edition, desk.catalogue.places
    groups = []
    for district in sorted(places.districts, key=lambda one: sort_key(one.short)):
        products = products_in(desk, district)
        said = edition.say("products_n", n=len(products)) if products else edition.say("no_products_yet")
        href = edition.href("district", district.id)
        rows = [IndexRow(Phrase(edition.say("all_of", name=district.short)), href, said)]
        rows += [
            IndexRow(edition.phrase(one.name), edition.href("product", one.id), _commune(desk, one), desk.seal(one))
            for one in by_name(desk, products)
        ]
        groups.append(IndexGroup(edition.phrase(district.name), district.id, tuple(rows)))
    lead = [Phrase(edition.say("lead_places"))]
    if places.note:
        lead.append(edition.phrase(places.note))
    count = edition.say("districts_n", n=len(places.districts))
    return IndexPage(head, edition.say("places"), tuple(lead), count, tuple(groups), "")


def _commune(desk: Desk, product: Product) -> str:
    place = desk.place_of(product)
    if place is None:
        return ""
    own = product.place or desk.catalogue.producer_by_id[product.producer].place
    commune = desk.catalogue.places.commune(own)
    return desk.edition.phrase(commune.name).words if commune else ""


def outlets_page(desk: Desk, subject: None, head: Head) -> IndexPage:
    edition = desk.edition
    rows = []
    for one in by_name(desk, desk.catalogue.outlets):
        place = desk.place(one.place)
        rows.append(IndexRow(edition.phrase(one.name), edition.href("outlet", one.id), place.then.words if place else ""))
    groups = (IndexGroup(Phrase(edition.say("outlets")), "outlets", tuple(rows)),) if rows else ()
    count = edition.say("outlets_n", n=len(rows))
    return IndexPage(head, edition.say("outlets"), (), count, groups, edition.say("empty_outlets"))


def news_page(desk: Desk, subject: None, head: Head) -> NewsIndexPage:
    return NewsIndexPage(head, desk.edition.say("news"), news_lines(desk), desk.edition.say("empty_news"))


# --- entries that are texts -------------------------------------------------------------------------------


def text_page(desk: Desk, entry: News | Outlet | Page, head: Head) -> TextPage:
    edition = desk.edition
    kind = {News: "news", Outlet: "outlets", Page: "pages"}[type(entry)]
    key = f"{kind}/{entry.id}"
    day = entry.date if isinstance(entry, News) else None
    outlet = entry if isinstance(entry, Outlet) else None
    sold = [one for one in desk.catalogue.products if outlet and outlet.id in one.outlets]
    summary: Text | None = entry.summary
    return TextPage(
        head=head,
        name=edition.phrase(entry.name),
        summary=edition.phrase(summary) if summary else None,
        fallback=desk.fallback(entry),
        date=edition.day(day) if day else "",
        date_iso=day.isoformat() if day else "",
        pictures=desk.pictures(key, entry, CARD if outlet else None),
        place=desk.place(outlet.place) if outlet else None,
        facts=desk.facts(entry),
        contacts=desk.outlet_contacts(outlet) if outlet else (),
        map_href=map_href(outlet.location) if outlet else None,
        story=desk.story(key, entry, head.root),
        products=desk.cards(by_standing(desk, sold)),
        sources=desk.sources(entry),
        updated=edition.day(entry.updated) if entry.updated else "",
        updated_iso=entry.updated.isoformat() if entry.updated else "",
    )


# --- the programme ----------------------------------------------------------------------------------------


def programme_page(desk: Desk, subject: None, head: Head) -> ProgrammePage:
    edition, programme = desk.edition, desk.catalogue.programme
    results, targets = programme.results, programme.targets
    say = edition.say
    return ProgrammePage(
        head=head,
        title=edition.phrase(programme.name),
        lead=(edition.phrase(programme.plan), edition.phrase(programme.issued_by), edition.phrase(programme.lead_agency)),
        figures=_figures(desk),
        charts=tuple(_charts(desk)),
        targets_title=say("targets_title", year=targets.year),
        targets=tuple(_target(edition, one) for one in targets.items),
        targets_source=_origin(desk, targets.source),
        support=tuple(
            SupportRow(
                years=f"{one.since}–{one.until}",
                amount=edition.money(one.amount) if one.amount else "",
                words=tuple(edition.phrase(text) for text in (one.per, one.purpose, *one.funds) if text),
            )
            for one in programme.support
        ),
        support_source=_origin(desk, programme.support[0].source) if programme.support else None,
        later_columns=tuple(say(f"later_{name}") for name in _LATER),
        later=tuple(
            LaterRow(
                on=edition.phrase(one.on) if isinstance(one.on, Text) else Phrase(edition.moment(one.on)),
                cells=tuple(_cell(edition, getattr(one, name)) for name in _LATER),
                source=_origin(desk, one.source),
            )
            for one in programme.later
        ),
        here=say("here_n", n=len(desk.catalogue.products), years=f"{results.since}–{results.until}"),
        about=tuple(
            Link(edition.phrase(one.name), edition.href("page", one.id)) for one in sorted_pages(desk)
        ),
    )


_LATER = "products", "stars_4", "stars_3", "producers", "enterprise", "cooperative", "household"


def _cell(edition: Edition, number: int | None) -> str:
    return "" if number is None else edition.number(number)


def _origin(desk: Desk, source: str) -> Away:
    one: Origin = desk.catalogue.programme.sources[source]
    words = f"{one.outlet}: {one.title}" if one.outlet else one.title
    note = desk.edition.moment(one.date) if one.date else ""
    return Away(Phrase(words, None if desk.lang == "vi" else desk.catalogue.site.languages[0]), one.url, note)


def _charts(desk: Desk) -> Iterator[Chart]:
    edition, results = desk.edition, desk.catalogue.programme.results
    say, source = edition.say, _origin(desk, desk.catalogue.programme.results.source)
    years = [
        (f"{one.year} · {edition.stars(stars)}", count, f"star-{stars}")
        for one in results.by_year
        for stars, count in ((4, one.stars_4), (3, one.stars_3))
    ]
    notes = " ".join(edition.phrase(one.note).words for one in results.by_year if one.note)
    yield Chart(say("chart_years"), say("facet_years"), _bars(edition, years), notes, source)
    stars = [(edition.stars(one.stars), one.count, f"star-{one.stars}") for one in results.by_star]
    yield Chart(say("chart_stars"), say("facet_stars"), _bars(edition, stars, results.total), "", source)
    kinds = [(say(f"kind_{one.kind}"), one.count, "") for one in results.producers.by_kind]
    yield Chart(say("chart_kinds"), say("chart_kind"), _bars(edition, kinds, results.producers.total), "", source)
    here = [(one.words.words, one.count or 0, "") for one in district_links(desk)]
    yield Chart(
        say("chart_districts"), say("facet_places"), _bars(edition, here), say("chart_districts_note"), Away(Phrase(say("this_catalogue")))
    )


def _bars(edition: Edition, rows: Sequence[tuple[str, int, str]], total: int = 0) -> tuple[Bar, ...]:
    """Bars as long as their numbers; with a total, each number also as a share of it."""
    longest = max((number for _, number, _ in rows), default=0) or 1
    return tuple(
        Bar(Phrase(label), _with_share(edition, number, total), 1000 * number // longest, tone)
        for label, number, tone in rows
    )


def _with_share(edition: Edition, number: int, total: int) -> str:
    if not total:
        return edition.number(number)
    share = edition.number(round(100 * number / total, 1))
    return f"{edition.number(number)} · {share}%"


def _target(edition: Edition, one: Target) -> TargetRow:
    goal = "–".join(map(str, one.value)) if isinstance(one.value, tuple) else edition.number(one.value)
    unit = edition.say(f"target_unit_{one.unit}", n=one.value if isinstance(one.value, int) else one.value[1])
    sign = "≥\u00a0" if one.op == ">=" else ""
    reached = "" if one.reached is None else f"{edition.number(one.reached)}{unit}"
    met = {True: "yes", False: "no", None: ""}[one.met]
    return TargetRow(
        edition.phrase(one.text), f"{sign}{goal}{unit}", reached, edition.phrase(one.reached_note) if one.reached_note else None, met
    )


def sorted_pages(desk: Desk) -> list[Page]:
    return sorted(desk.catalogue.pages, key=lambda one: (one.order, one.id))


# --- the table --------------------------------------------------------------------------------------------


def _crumb(name: str, word: str) -> Callable[[Desk, Any], tuple[Link, ...]]:
    return lambda desk, subject: (_home(desk), Link(Phrase(desk.edition.say(word)), desk.edition.href(name)))


def _home(desk: Desk) -> Link:
    return Link(Phrase(desk.edition.say("home")), desk.edition.href("home"))


def _only_home(desk: Desk, subject: object) -> tuple[Link, ...]:
    return (_home(desk),)


def _name(desk: Desk, entry: Entry) -> str:
    return desk.edition.phrase(entry.name).words


def _summary(desk: Desk, entry: Any) -> str:
    if entry.summary is not None:
        return desk.edition.phrase(entry.summary).words
    return _name(desk, entry)


def _entry_route(
    name: str, kind: str, view: Callable[[Desk, Any, Head], View], template: str, nav: str, crumb: str
) -> Route[Any]:
    """The route of one kind of entry: a page for each."""
    return Route(
        name=name,
        each=lambda desk: getattr(desk.catalogue, kind),
        address=lambda edition, entry: edition.href(name, entry.id),
        view=view,
        template=template,
        title=_name,
        description=_summary,
        nav=nav,
        crumbs=_crumb(kind, crumb) if crumb else _only_home,
    )


def _single(
    name: str, view: Callable[[Desk, None, Head], View], template: str, word: str, description: str
) -> Route[None]:
    """The route of a page of which there is one."""
    return Route(
        name=name,
        each=once,
        address=lambda edition, subject: edition.href(name),
        view=view,
        template=template,
        title=lambda desk, subject: desk.edition.say(word),
        description=lambda desk, subject: desk.edition.say(description),
        nav=name,
        crumbs=_only_home,
    )


def _listing_route(
    name: str,
    listing: Listing[Any],
    subjects: Callable[[Desk], Iterable[Any]],
    description: str,
    crumbs: Callable[[Desk, Any], tuple[Link, ...]],
    nav: str = "products",
) -> Route[Listed[Any]]:
    """The route of a listing: as many pages for each subject as it needs."""

    def each(desk: Desk) -> Iterator[Listed[Any]]:
        for subject in subjects(desk):
            for part in range(1, listing.parts(desk, subject) + 1):
                yield Listed(subject, part)

    def title(desk: Desk, listed: Listed[Any]) -> str:
        words = listing.title(desk, listed.subject).words
        if listed.part == 1:
            return words
        total = listing.parts(desk, listed.subject)
        return f"{words} · {desk.edition.say('part_of', part=listed.part, total=total)}"

    return Route(
        name=name,
        each=each,
        address=lambda edition, listed: listing.href(edition, listed.subject, listed.part),
        view=listing.page,
        template="listing.html",
        title=title,
        description=lambda desk, listed: desk.edition.say(description, name=listing.title(desk, listed.subject).words),
        nav=nav,
        crumbs=crumbs,
    )


def _tagline(desk: Desk, subject: None) -> str:
    return desk.edition.phrase(desk.catalogue.site.tagline).words


_IN_PRODUCTS = _crumb("products", "products")

SITE: tuple[Route[Any], ...] = (
    Route(
        name="home",
        each=once,
        address=lambda edition, subject: edition.href("home"),
        view=home_page,
        template="home.html",
        title=lambda desk, subject: desk.edition.say("home"),
        description=_tagline,
        nav="home",
    ),
    _listing_route("products", ALL, once, "describe_products", _only_home),
    _listing_route("star", STAR, lambda desk: STARS, "describe_star", _IN_PRODUCTS, nav="stars"),
    _listing_route("sector", SECTOR, lambda desk: desk.catalogue.classification.sectors, "describe_listing", _IN_PRODUCTS),
    _listing_route("set", SET, sets_in_use, "describe_listing", _IN_PRODUCTS),
    _listing_route(
        "district", DISTRICT, lambda desk: desk.catalogue.places.districts, "describe_listing", _crumb("places", "places"), "places"
    ),
    _listing_route("year", YEAR, years, "describe_listing", _IN_PRODUCTS),
    _entry_route("product", "products", product_page, "product.html", "products", "products"),
    _entry_route("producer", "producers", producer_page, "producer.html", "producers", "producers"),
    _single("az", az_page, "names.html", "az", "describe_az"),
    _single("producers", producers_page, "names.html", "producers", "describe_producers"),
    _single("places", places_page, "names.html", "places", "describe_places"),
    _single("outlets", outlets_page, "names.html", "outlets", "describe_outlets"),
    _entry_route("outlet", "outlets", text_page, "text.html", "outlets", "outlets"),
    _single("news", news_page, "news.html", "news", "describe_news"),
    _entry_route("article", "news", text_page, "text.html", "news", "news"),
    _single("programme", programme_page, "programme.html", "programme", "describe_programme"),
    _entry_route("page", "pages", text_page, "text.html", "", ""),
)
"""Every page of an edition."""
