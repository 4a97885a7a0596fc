"""The pages that show the whole: home, the programme, open data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.links import district_links, figures, news_lines, search_hints, sector_href
from ocopgen.open_data import SCHEMA
from ocopgen.order import (
    STARS,
    by_name,
    known_producers,
    newest_first,
    sorted_pages,
    starred,
)
from ocopgen.reference import Origin, Sector, Target
from ocopgen.text import Phrase, Text
from ocopgen.views import (
    Away,
    Bar,
    Chart,
    DataPage,
    Head,
    HomePage,
    LaterRow,
    Link,
    ProgrammePage,
    SectorTile,
    StarTile,
    SupportRow,
    TargetRow,
)


def home_page(desk: Desk, subject: None, head: Head) -> HomePage:
    edition, catalogue = desk.edition, desk.catalogue
    results = catalogue.programme.results
    return HomePage(
        head=head,
        hero=desk.hero(),
        stars=tuple(_star_tile(desk, stars) for stars in STARS),
        sectors=tuple(_sector_tile(desk, one) for one in catalogue.classification.sectors),
        newest=desk.cards(newest_first(catalogue.products)[:8]),
        figures=figures(desk),
        figures_source=edition.say("figures_source", years=f"{results.since}–{results.until}"),
        programme_href=edition.href("programme"),
        producers=tuple(
            Link(
                edition.phrase(one.name),
                edition.href("producer", one.id),
                len(catalogue.products_of.get(one.id, ())),
            )
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
        hints=search_hints(desk),
    )


def _star_tile(desk: Desk, stars: int) -> StarTile:
    edition = desk.edition
    held, other = starred(desk, stars)
    seal = desk.level_seal(stars, bool(held))
    return StarTile(
        seal=seal,
        href=edition.href("star", str(stars)),
        held=edition.say("held_n", n=len(held)),
        recorded=edition.say("recorded_n", n=len(other)) if other else "",
    )


def _sector_tile(desk: Desk, sector: Sector) -> SectorTile:
    edition = desk.edition
    count = sum(1 for one in desk.catalogue.products if desk.catalogue.sector_of(one).id == sector.id)
    said = edition.say("products_n", n=count) if count else edition.say("no_products_yet")
    return SectorTile(edition.phrase(sector.short), sector_href(edition, sector), said, desk.sector_picture(sector.id))


def programme_page(desk: Desk, subject: None, head: Head) -> ProgrammePage:
    edition, programme = desk.edition, desk.catalogue.programme
    results, targets = programme.results, programme.targets
    say = edition.say
    return ProgrammePage(
        head=head,
        title=edition.phrase(programme.name),
        lead=(
            edition.phrase(programme.plan),
            Phrase(say("programme_issued_by", name=edition.phrase(programme.issued_by))),
            Phrase(say("programme_led_by", name=edition.phrase(programme.lead_agency))),
        ),
        figures=figures(desk),
        charts=tuple(_charts(desk)),
        targets_title=say("targets_title", year=targets.year),
        targets=tuple(_target(edition, one) for one in targets.items),
        targets_source=origin(desk, targets.source),
        support=tuple(
            SupportRow(
                years=f"{one.since}–{one.until}",
                amount=edition.money(one.amount) if one.amount else "",
                words=tuple(edition.phrase(text) for text in (one.per, one.purpose, *one.funds) if text),
            )
            for one in programme.support
        ),
        support_source=origin(desk, programme.support[0].source) if programme.support else None,
        later_columns=tuple(say(f"later_{name}") for name in _LATER),
        later=tuple(
            LaterRow(
                on=edition.phrase(one.on) if isinstance(one.on, Text) else Phrase(edition.moment(one.on)),
                cells=tuple(_cell(edition, getattr(one, name)) for name in _LATER),
                source=origin(desk, one.source),
            )
            for one in programme.later
        ),
        here=say("here_n", n=len(desk.catalogue.products), years=f"{results.since}–{results.until}"),
        about=tuple(Link(edition.phrase(one.name), edition.href("page", one.id)) for one in sorted_pages(desk)),
    )


def data_page(desk: Desk, subject: None, head: Head) -> DataPage:
    edition, catalogue = desk.edition, desk.catalogue
    counts = (
        edition.say("products_n", n=len(catalogue.products)),
        edition.say("producers_n", n=len(catalogue.producers)),
    )
    return DataPage(head, edition.say("data"), " · ".join(counts), SCHEMA)


_LATER = "products", "stars_4", "stars_3", "producers", "enterprise", "cooperative", "household"


def _cell(edition: Edition, number: int | None) -> str:
    return "" if number is None else edition.number(number)


def origin(desk: Desk, source: str) -> Away:
    """Where figures of the programme come from."""
    one: Origin = desk.catalogue.programme.sources[source]
    words = f"{one.outlet}: {one.title}" if one.outlet else one.title
    note = desk.edition.moment(one.date) if one.date else ""
    return Away(desk.published(words, one.lang), one.url, note)


_TONES = {5: "lacquer", 4: "star"}
"""The tone of a bar by its star level."""


def _charts(desk: Desk) -> Iterator[Chart]:
    edition, results = desk.edition, desk.catalogue.programme.results
    say, source = edition.say, origin(desk, desk.catalogue.programme.results.source)
    years = [
        (f"{one.year} · {edition.stars(stars)}", count, _TONES.get(stars, ""))
        for one in results.by_year
        for stars, count in ((4, one.stars_4), (3, one.stars_3))
    ]
    notes = " ".join(edition.phrase(one.note).words for one in results.by_year if one.note)
    yield Chart(say("chart_years"), say("facet_years"), _bars(edition, years), notes, source)
    stars = [(edition.stars(one.stars), one.count, _TONES.get(one.stars, "")) for one in results.by_star]
    yield Chart(say("chart_stars"), say("facet_stars"), _bars(edition, stars, results.total), "", source)
    kinds = [(say(f"kind_{one.kind}"), one.count, "") for one in results.producers.by_kind]
    yield Chart(say("chart_kinds"), say("chart_kind"), _bars(edition, kinds, results.producers.total), "", source)
    here = [(one.words.words, one.count or 0, "") for one in district_links(desk)]
    yield Chart(
        say("chart_districts"),
        say("facet_places"),
        _bars(edition, here),
        say("chart_districts_note"),
        Away(Phrase(say("this_catalogue"))),
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
    def counted(words: str, number: float) -> str:
        return edition.say(f"target_unit_{one.unit}", n=ceil(number), amount=words)

    low, high = one.value if isinstance(one.value, tuple) else (one.value, one.value)
    goal = edition.number(high) if low == high else f"{edition.number(low)}–{edition.number(high)}"
    return TargetRow(
        text=edition.phrase(one.text),
        goal=("≥\u00a0" if one.op == ">=" else "") + counted(goal, high),
        reached="" if one.reached is None else counted(edition.number(one.reached), one.reached),
        note=edition.phrase(one.reached_note) if one.reached_note else None,
        met={True: "yes", False: "no", None: ""}[one.met],
    )
