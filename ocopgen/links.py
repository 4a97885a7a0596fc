"""Rows of links and lines that several pages show: sectors, sets, districts, years, news, figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.order import (
    STARS,
    communes_in_use,
    products_in,
    sets_in_use,
    starred,
    years,
)
from ocopgen.reference import Commune, District, ProductSet, Sector
from ocopgen.text import Phrase, sort_key
from ocopgen.views import (
    Facet,
    Figure,
    Link,
    NewsLine,
)


def sector_href(edition: Edition, sector: Sector, part: int = 1) -> str:
    """The address of a sector's listing, by its short name in this language."""
    return edition.href("sector", edition.key(sector.short, sector.id), part)


def set_href(edition: Edition, one: ProductSet, part: int = 1) -> str:
    """The address of a set's listing, by its number and its short name in this language."""
    return edition.href("set", f"{one.n}-{edition.key(one.short, one.id)}", part)


def commune_href(edition: Edition, commune: Commune, part: int = 1) -> str:
    """The address of a commune's listing, below its district, or its province of today."""
    return edition.href("district", "/".join(commune.key), part)


def commune_links(desk: Desk, district: District) -> tuple[Link, ...]:
    """The communes of a district that have products, in Vietnamese order, with their counts."""
    edition, groups = desk.edition, desk.index.by_commune
    communes = (one for one in communes_in_use(desk) if one.district == district.id)
    return tuple(
        Link(edition.phrase(one.name), commune_href(edition, one), len(groups[one.key]))
        for one in sorted(communes, key=lambda one: sort_key(one.short))
    )


def search_hints(desk: Desk) -> tuple[Link, ...]:
    """Ways on where a search finds nothing: the star levels, the sectors, all names."""
    edition = desk.edition
    stars = (Link(Phrase(edition.stars(one)), edition.href("star", str(one))) for one in STARS)
    sectors = (
        Link(edition.phrase(one.short), sector_href(edition, one)) for one in desk.catalogue.classification.sectors
    )
    return (*stars, *sectors, Link(Phrase(edition.say("az")), edition.href("az")))


def district_links(desk: Desk) -> tuple[Link, ...]:
    """The districts of then, in Vietnamese order, with their counts."""
    edition = desk.edition
    districts = sorted(desk.catalogue.places.districts, key=lambda one: sort_key(one.short))
    return tuple(
        Link(Phrase(one.short), edition.href("district", one.id), len(products_in(desk, one))) for one in districts
    )


def news_lines(desk: Desk) -> tuple[NewsLine, ...]:
    """Articles and events, newest first."""
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


def figures(desk: Desk) -> tuple[Figure, ...]:
    """The results of the programme; star levels that nobody holds are left out."""
    edition, results = desk.edition, desk.catalogue.programme.results
    figures = [(results.total, "figure_products")]
    figures += [(one.count, f"figure_stars_{one.stars}") for one in results.by_star if one.count]
    figures += [(results.producers.total, "figure_producers"), (results.districts, "figure_districts")]
    return tuple(Figure(edition.number(number), edition.say(key)) for number, key in figures)


def browse(desk: Desk, *names: str) -> tuple[Facet, ...]:
    """Rows of links to neighbouring listings: any of `stars`, `sectors`, `sets`, `places`, `years`."""
    return tuple(
        Facet(desk.edition.say(f"facet_{name}"), desk.once(("links", name), partial(_ROWS[name], desk)))
        for name in names
    )


def _stars(desk: Desk) -> tuple[Link, ...]:
    edition = desk.edition
    return tuple(
        Link(Phrase(edition.stars(one)), edition.href("star", str(one)), sum(map(len, starred(desk, one))))
        for one in STARS
    )


def _sectors(desk: Desk) -> tuple[Link, ...]:
    edition = desk.edition
    return tuple(
        Link(edition.phrase(one.short), sector_href(edition, one), len(desk.index.by_sector.get(one.id, ())))
        for one in desk.catalogue.classification.sectors
    )


def set_links(desk: Desk, sector: Sector | None = None) -> tuple[Link, ...]:
    """The sets that have products, of one sector or of all."""
    edition, groups = desk.edition, desk.catalogue.classification.group_by_id
    return tuple(
        Link(edition.phrase(one.short), set_href(edition, one), len(desk.index.by_set[one.n]))
        for one in sets_in_use(desk)
        if sector is None or groups[one.group].sector == sector.id
    )


def _years(desk: Desk) -> tuple[Link, ...]:
    return tuple(
        Link(Phrase(str(year)), desk.edition.href("year", str(year)), len(desk.index.by_year[year]))
        for year in years(desk)
    )


_ROWS: dict[str, Callable[[Desk], tuple[Link, ...]]] = {
    "stars": _stars,
    "sectors": _sectors,
    "sets": set_links,
    "places": district_links,
    "years": _years,
}
