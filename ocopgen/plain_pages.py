"""Pages that belong to no language: the entrance, what is not found, and old addresses that lead to new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ocopgen.edition import Edition
from ocopgen.html import Html, Setting
from ocopgen.model import Entry
from ocopgen.recipe import Artifact
from ocopgen.views import Greeting, PlainPage


def plain_pages(editions: Sequence[Edition], style: str, icon: str) -> Iterator[Artifact]:
    """The entrance, and the page that stands for what is not there; `style` and `icon` are their paths."""
    first = editions[0]
    title = first.phrase(first.catalogue.site.title).words
    entrance = PlainPage("", title, _greetings(editions), style, icon)
    yield Artifact("index.html", Html("entrance.html", Setting(), entrance))
    lost = PlainPage(_absolute_root(first.base_url), title, _lost(editions), style, icon)
    yield Artifact("404.html", Html("not-found.html", Setting(), lost))


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
