"""Pages that belong to no language: the entrance, what is not found, and old addresses that lead to new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.heads import shared, site_title
from ocopgen.html import Html, Setting
from ocopgen.model import Entry
from ocopgen.recipe import Artifact
from ocopgen.views import Alternate, Greeting, PlainPage


def plain_pages(desks: Sequence[Desk], style: str, icon: str) -> Iterator[Artifact]:
    """The entrance, and the page that stands for what is not there; `style` and `icon` are their paths."""
    editions = [one.edition for one in desks]
    first = editions[0]
    title = site_title(first)
    yield Artifact("index.html", Html("entrance.html", Setting(), _entrance(desks, title, style, icon)))
    lost = PlainPage(_absolute_root(first.base_url), title, _lost(editions), style, icon)
    yield Artifact("404.html", Html("not-found.html", Setting(), lost))


def _entrance(desks: Sequence[Desk], title: str, style: str, icon: str) -> PlainPage:
    """The page that stands for the home pages of all languages, which it leads to."""
    editions = [one.edition for one in desks]
    homes = [(one, one.url(one.href("home"))) for one in editions if len(editions) > 1]
    url = editions[0].url("")
    about = editions[0].phrase(editions[0].catalogue.site.tagline).words
    return PlainPage(
        root="",
        title=title,
        greetings=_greetings(editions),
        style=style,
        icon=icon,
        canonical=url,
        alternates=tuple(Alternate(one.lang, one.say("language_name"), "", home, False) for one, home in homes if home),
        shared=shared(desks[0], None, title, about, url, editions) if url else None,
    )


def redirects(edition: Edition, route: str, entry: Entry, style: str, icon: str) -> Iterator[Artifact]:
    """Pages at the addresses that an entry had, which lead to where it is now."""
    for old in entry.was:
        href, goto = edition.href(route, old), edition.href(route, entry.id)
        words = edition.phrase(entry.name).words
        said = edition.say("language_name"), goto, words, edition.say("moved")
        greeting = Greeting(edition.lang, *said, dated=_dated(edition))
        root = "../" * href.count("/")
        view = PlainPage(root, words, (greeting,), style, icon, goto)
        yield Artifact(href + "index.html", Html("redirect.html", Setting(), view))


def _greetings(editions: Sequence[Edition]) -> tuple[Greeting, ...]:
    return tuple(
        Greeting(
            one.lang,
            one.say("language_name"),
            one.href("home"),
            one.phrase(one.catalogue.site.title).words,
            one.phrase(one.catalogue.site.tagline).words,
            dated=_dated(one),
        )
        for one in editions
    )


def _dated(edition: Edition) -> str:
    return f"{edition.say('standing_as_of')} {edition.day(edition.today)}."


def _lost(editions: Sequence[Edition]) -> tuple[Greeting, ...]:
    return tuple(
        Greeting(
            one.lang,
            one.say("language_name"),
            one.href("home"),
            one.say("lost_title"),
            one.say("lost_words"),
            tuple((one.say(name), one.href(name)) for name in ("home", "search", "products", "az")),
        )
        for one in editions
    )


def _absolute_root(base_url: str | None) -> str:
    """`404.html` is served at any depth, so its addresses begin at the server's root."""
    path = urlsplit(base_url or "").path.strip("/")
    return f"/{path}/" if path else "/"
