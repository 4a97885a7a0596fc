"""What crawlers read: `robots.txt`, and the sitemap with the languages and the day of each page.

Addresses in them are whole, so they are made only where the site's address is known. Nothing is forbidden: a page that
is not to be found says so itself (`noindex`), which a crawler that may not open it would never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.heads import Route, default_of, is_alone, speaking
from ocopgen.recipe import Artifact, Plain

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"

MOST, LARGEST = 50_000, 50 * 1024 * 1024
"""Addresses of one sitemap, and its bytes (sitemaps.org)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPEN = f'{_HEAD}<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_SHUT = "</urlset>\n"


@dataclass(frozen=True, slots=True)
class _Address:
    """One address of the sitemap as it is written, and the day of what is there, where that is known."""

    written: str
    day: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the sitemap."""

    content: bytes
    day: str


def robots(edition: Edition) -> Iterator[Artifact]:
    """What says where the sitemap is; it counts only where the site lies at the root of its host."""
    url = edition.url(SITEMAP)
    if url is not None:
        yield Artifact(ROBOTS, Plain(f"User-agent: *\nAllow: /\n\nSitemap: {url}\n".encode()))


def sitemap(routes: Sequence[Route[Any]], desks: Sequence[Desk]) -> Iterator[Artifact]:
    """The sitemap; where it is too long for one file, an index and its parts."""
    edition = desks[0].edition
    if edition.url(SITEMAP) is None:
        return
    parts = list(_parts(_addresses(routes, desks), MOST, LARGEST))
    if len(parts) == 1:
        yield Artifact(SITEMAP, Plain(parts[0].content))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    rows = (
        f"<sitemap>{_loc(edition.url(name))}{_lastmod(part.day)}</sitemap>\n"
        for name, part in zip(names, parts, strict=True)
    )
    index = f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(rows)}</sitemapindex>\n"
    yield Artifact(SITEMAP, Plain(index.encode()))
    yield from (Artifact(name, Plain(part.content)) for name, part in zip(names, parts, strict=True))


def _parts(addresses: Iterator[_Address], most: int, largest: int) -> Iterator[_Part]:
    """Addresses in as many files as they need; there is at least one."""
    lines: list[_Address] = []
    room = largest - len(_OPEN) - len(_SHUT)
    size = 0
    for one in addresses:
        length = len(one.written.encode())
        if len(lines) == most or size + length > room:
            yield _part(lines)
            lines, size = [], 0
        lines.append(one)
        size += length
    yield _part(lines)


def _part(lines: Sequence[_Address]) -> _Part:
    written = "".join(one.written for one in lines)
    return _Part(f"{_OPEN}{written}{_SHUT}".encode(), max((one.day for one in lines), default=""))


def _addresses(routes: Sequence[Route[Any]], desks: Sequence[Desk]) -> Iterator[_Address]:
    """Every page that is to be found, in all its languages one after another; the entrance first."""
    home, first = next(one for one in routes if one.name == "home"), desks[0]
    editions = [one.edition for one in desks]
    yield _address(first.edition.url(""), _twins(home, None, editions), _day(home, first, None))
    for route in routes:
        for subject in route.each(first):
            if not is_alone(route, subject):
                yield from _in_languages(route, subject, desks)
        for desk in desks if route.elsewhere else ():
            yield from _alone(route, desk)


def _in_languages(route: Route[Any], subject: Any, desks: Sequence[Desk]) -> Iterator[_Address]:
    """A page in the languages that it has a word in."""
    spoken = speaking([one.edition for one in desks], subject)
    twins = _twins(route, subject, spoken)
    langs = {one.lang for one in spoken}
    for desk in desks:
        if desk.lang in langs:
            yield _address(desk.edition.url(route.address(desk.edition, subject)), twins, _day(route, desk, subject))


def _alone(route: Route[Any], desk: Desk) -> Iterator[_Address]:
    """The pages that are of one language only."""
    for subject in route.each(desk):
        if is_alone(route, subject):
            yield _address(desk.edition.url(route.address(desk.edition, subject)), "", _day(route, desk, subject))


def _day(route: Route[Any], desk: Desk, subject: Any) -> str:
    """The newest day on which something that a page shows was changed; empty where the content tells none."""
    days = (one.updated for one in route.shows(desk, subject) if one.updated)
    newest: date | None = max(days, default=None)
    return newest.isoformat() if newest else ""


def _twins(route: Route[Any], subject: Any, spoken: Sequence[Edition]) -> str:
    """The page in all its languages, the same for each of them."""
    default = default_of(route, subject, spoken)
    if default is None:
        return ""
    twins = [(one.lang, one.url(route.address(one, subject))) for one in spoken]
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(str(url))}/>'
        for lang, url in (*twins, ("x-default", default))
    )


def _address(url: str | None, twins: str, day: str) -> _Address:
    return _Address(f"<url>{_loc(url)}{_lastmod(day)}{twins}</url>\n", day)


def _loc(url: str | None) -> str:
    return f"<loc>{escape(str(url))}</loc>"


def _lastmod(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
