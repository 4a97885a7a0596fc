"""Feeds of news and of recognitions, in Atom (RFC 4287), each in every language.

A feed is read away from the site, where only whole addresses lead back: without the site's address there is none. All
its days are the content's; its words tell what a star is worth on the day of the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlsplit
from xml.etree import ElementTree

from ocopgen.cards import Desk
from ocopgen.entry_pages import history
from ocopgen.model import Entry, News, Product, Recognition, Status
from ocopgen.recipe import Artifact, Plain
from ocopgen.text import Phrase
from ocopgen.views import Feed

MOST = 50
"""Entries of a feed: the newest."""

SINCE = 2026
"""The year that stands in the ids of feeds and of their entries (RFC 4151). It never changes, nor do they."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of a feed: its id within the feed, its page, and its words."""

    name: str
    href: str
    title: Phrase
    summary: Phrase
    published: date
    updated: date


_Found = tuple[date, str, Callable[[], _Item]]
"""What an entry is put in order by: its day and an id; and how it is made, as only the newest are."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of feed: the word of its title, the page that it belongs to, and what there is to tell."""

    word: str
    page: str
    found: Callable[[Desk], Iterable[_Found]]


def feeds(desks: Iterable[Desk]) -> Iterator[Artifact]:
    """The files of all feeds."""
    for desk in desks:
        for kind, one in _offered(desk):
            newest = sorted(kind.found(desk), key=lambda found: found[:2], reverse=True)[:MOST]
            items = [make() for _, _, make in newest]
            yield Artifact(one.href, Plain(_written(desk, kind, one, items)))


def offered(desk: Desk) -> tuple[Feed, ...]:
    """The feeds of a language that pages lead to; one without any entry is not there yet."""
    return tuple(one for _, one in _offered(desk))


def _offered(desk: Desk) -> Iterator[tuple[_Kind, Feed]]:
    edition = desk.edition
    for kind in _KINDS if edition.base_url else ():
        if next(iter(kind.found(desk)), None) is not None:
            yield kind, Feed(edition.say(kind.word), f"{edition.href(kind.page)}feed.atom")


# --- entries ----------------------------------------------------------------------------------------------


def _news(desk: Desk) -> Iterator[_Found]:
    return ((one.date, one.id, partial(_article, desk, one)) for one in desk.catalogue.news)


def _article(desk: Desk, one: News) -> _Item:
    edition = desk.edition
    return _Item(
        name=_first_id(one),
        href=edition.href("article", one.id),
        title=edition.phrase(one.name),
        summary=edition.phrase(one.summary),
        published=one.date,
        updated=max(one.date, one.updated or one.date),
    )


def _recognitions(desk: Desk) -> Iterator[_Found]:
    """Every decision that a page may show."""
    today = desk.edition.today
    for product in desk.catalogue.products:
        for one in desk.index.shown(product):
            if one.decided is not None and one.status(today) is not Status.UNKNOWN:
                yield one.decided, product.id, partial(_recognition, desk, product, one, one.decided)


def _recognition(desk: Desk, product: Product, one: Recognition, day: date) -> _Item:
    """A decision with what it is worth today."""
    edition = desk.edition
    name, seal = edition.phrase(product.name), desk.seal_of(one)
    maker = edition.phrase(desk.catalogue.producer_by_id[product.producer].name).words
    return _Item(
        name=f"{_first_id(product)}/{day.isoformat()}",
        href=edition.href("product", product.id),
        title=Phrase(f"{name.words}: {seal.words}", name.lang),
        summary=Phrase(" · ".join((seal.words, *history(desk, one).lines, maker))),
        published=day,
        updated=max(day, _changed(product, one, edition.today)),
    )


def _first_id(entry: Entry) -> str:
    """The id that an entry had first, so that a change of its name makes no other entry of it."""
    return next(iter(entry.was), entry.id)


def _changed(product: Product, one: Recognition, today: date) -> date:
    """The day on which a recognition came to be told as it is."""
    status, last = one.status(today), one.last_day(today)
    if status is Status.WITHDRAWN and one.withdrawn:
        return one.withdrawn.date
    if status is Status.ENDED and last:
        return last + timedelta(days=1)
    return product.updated or date.min


_KINDS = _Kind("feed_news", "news", _news), _Kind("feed_recognitions", "products", _recognitions)


# --- XML --------------------------------------------------------------------------------------------------


def _written(desk: Desk, kind: _Kind, one: Feed, items: list[_Item]) -> bytes:
    edition, site = desk.edition, desk.catalogue.site
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": edition.lang})
    title = edition.phrase(site.title).words
    _add(feed, "id", f"{_authority(desk)}{kind.page}")
    _add(feed, "title", f"{one.title} · {title}")
    _add(feed, "subtitle", f"{edition.say('standing_as_of')} {edition.day(edition.today)}.")
    _add(feed, "updated", _moment(max(item.updated for item in items)))
    _link(feed, "self", "application/atom+xml", edition.url(one.href))
    _link(feed, "alternate", "text/html", edition.url(edition.href(kind.page)), edition.lang)
    _add(ElementTree.SubElement(feed, "author"), "name", edition.phrase(site.contact.name).words)
    if site.licence:
        _add(feed, "rights", edition.phrase(site.licence).words)
    for item in items:
        _entry(desk, kind, feed, item)
    ElementTree.indent(feed, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, "unicode")}\n'.encode()


def _entry(desk: Desk, kind: _Kind, feed: ElementTree.Element, item: _Item) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", f"{_authority(desk)}{kind.page}/{item.name}")
    _add(entry, "title", item.title.words, item.title.lang)
    _add(entry, "published", _moment(item.published))
    _add(entry, "updated", _moment(item.updated))
    _link(entry, "alternate", "text/html", desk.edition.url(item.href), desk.lang)
    _add(entry, "summary", item.summary.words, item.summary.lang)


def _authority(desk: Desk) -> str:
    """What all ids of a language begin with."""
    place = urlsplit(desk.edition.base_url or "")
    return f"tag:{place.hostname},{SINCE}:{'/'.join(filter(None, (place.path.strip('/'), desk.lang)))}/"


def _add(above: ElementTree.Element, name: str, words: str, lang: str | None = None) -> None:
    one = ElementTree.SubElement(above, name, {"xml:lang": lang} if lang else {})
    one.text = "".join(filter(_may_stand, words))


def _link(above: ElementTree.Element, rel: str, kind: str, href: str | None, lang: str | None = None) -> None:
    said = {"rel": rel, "type": kind, "href": str(href), **({"hreflang": lang} if lang else {})}
    ElementTree.SubElement(above, "link", said)


def _may_stand(letter: str) -> bool:
    """Whether a letter may stand in XML 1.0 at all."""
    return letter in "\t\n" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"


def _moment(day: date) -> str:
    """A day as Atom wants it: with its first moment in Việt Nam."""
    return f"{day.isoformat()}T00:00:00+07:00"
