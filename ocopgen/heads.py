"""Kinds of pages, and the head that each page gets: its title and description, its twins, what others show of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from ocopgen.cards import Desk
from ocopgen.catalogue import Key
from ocopgen.edit_links import edit_content, edit_entry
from ocopgen.edition import Edition
from ocopgen.linked_data import Node, crumbs, script
from ocopgen.model import Entry, News, Outlet, Producer, Product
from ocopgen.text import Lang
from ocopgen.views import Alternate, Download, Head, Link, Shared, View

S = TypeVar("S")

TITLE, DESCRIPTION = 65, 160
"""Letters of a title and of a description that search engines show."""


@dataclass(frozen=True)
class Route(Generic[S]):
    """A kind of page: where it lies, which subjects have one, what it shows, and its template.

    `kind` is the kind of entries that have such a page each; other pages show the catalogue as a whole. `made_of` is
    the data file or the folder of entries where most of such a page is edited; without it that is all the content.
    `firsts` are the subjects of a listing without its further pages, so that nothing need be put in order. `shows` are
    the entries that a page shows, and `told` is what machines are told of it, at its whole address. `elsewhere` is the
    subject whose page in another language stands for this one, where the same page is not there.
    """

    name: str
    each: Callable[[Desk], Iterable[S]]
    address: Callable[[Edition, S], str]
    view: Callable[[Desk, S, Head], View]
    template: str
    title: Callable[[Desk, S], str]
    description: Callable[[Desk, S], str]
    nav: str = ""
    kind: str = ""
    made_of: str = ""
    crumbs: Callable[[Desk, S], tuple[Link, ...]] = field(default=lambda desk, subject: ())
    firsts: Callable[[Desk], Iterable[S]] | None = None
    shows: Callable[[Desk, S], Iterable[Entry]] = field(default=lambda desk, subject: ())
    told: Callable[[Desk, S, str], list[Node]] = field(default=lambda desk, subject, url: [])
    elsewhere: Callable[[S], S] | None = None


def speaking(editions: Iterable[Edition], subject: object) -> tuple[Edition, ...]:
    """The editions in which a page has words of its own: an entry may be wholly in another language."""
    return tuple(one for one in editions if not isinstance(subject, Entry) or subject.speaks(one.lang))


def is_alone(route: Route[S], subject: S) -> bool:
    """Whether a page is in one language only: names begin otherwise in others."""
    return route.elsewhere is not None and route.elsewhere(subject) != subject


# --- told apart -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells a page from others of its language that are called alike; whether others are described alike."""

    title: str = ""
    described: bool = False


Marks = Mapping[tuple[Lang, Key], Mark]


def marks(routes: Sequence[Route[Any]], desks: Iterable[Desk]) -> Marks:
    """The marks of all entries that need one."""
    return {(desk.lang, key): mark for desk in desks for key, mark in _marks(routes, desk)}


def _marks(routes: Sequence[Route[Any]], desk: Desk) -> Iterator[tuple[Key, Mark]]:
    taken = Counter(
        route.title(desk, subject).casefold()
        for route in routes
        if not route.kind
        for subject in (route.firsts or route.each)(desk)
    )
    called: dict[str, list[tuple[Key, Entry]]] = {}
    described: Counter[str] = Counter()
    for key, entry in desk.catalogue.entries:
        called.setdefault(_name(desk, entry).casefold(), []).append((key, entry))
        described[_summary(desk, entry)] += 1
    apart = {
        key: words
        for name, alike in called.items()
        if len(alike) > 1 or name in taken
        for key, words in _apart(desk, alike)
    }
    for key, entry in desk.catalogue.entries:
        summary = _summary(desk, entry)
        mark = Mark(apart.get(key, ""), bool(summary) and described[summary] > 1)
        if mark != Mark():
            yield key, mark


def _apart(desk: Desk, alike: list[tuple[Key, Entry]]) -> Iterator[tuple[Key, str]]:
    """For each of several entries of one name, as few words as it needs to be another than the others."""
    words = {key: tuple(filter(None, _particulars(desk, entry))) for key, entry in alike}
    counts = Counter(some[:n] for some in words.values() for n in range(1, len(some) + 1))
    for key, some in words.items():
        enough = next(n for n in range(1, len(some) + 1) if counts[some[:n]] == 1 or n == len(some))
        yield key, " – ".join(some[:enough])


def _particulars(desk: Desk, entry: Entry) -> Iterator[str]:
    """What an entry can be told by, the plainest first; its id is its own at least among its kind."""
    edition = desk.edition
    if isinstance(entry, Product):
        yield _name(desk, desk.catalogue.producer_by_id[entry.producer])
        place = desk.place_of(entry)
        yield place.short.words if place else ""
    elif isinstance(entry, Producer | Outlet):
        yield edition.say(f"kind_{entry.kind}") if isinstance(entry, Producer) else edition.say("outlets")
        place = desk.place(entry.place)
        yield place.short.words if place else ""
    elif isinstance(entry, News):
        yield edition.day(entry.date)
    yield entry.id


def _name(desk: Desk, entry: Entry) -> str:
    return desk.edition.phrase(entry.name).words


def _summary(desk: Desk, entry: Entry) -> str:
    return cut(desk.edition.phrase(entry.summary).words) if entry.summary else ""


# --- the head ---------------------------------------------------------------------------------------------


def head(
    route: Route[Any],
    desk: Desk,
    subject: Any,
    editions: Sequence[Edition],
    marked: Marks,
    downloads: tuple[Download, ...] = (),
) -> Head:
    """What the head of a page needs. Without the site's address nothing is there that must be whole."""
    edition = desk.edition
    href = route.address(edition, subject)
    mark = marked.get((desk.lang, f"{route.kind}/{subject.id}"), Mark()) if route.kind else Mark()
    title = " – ".join(filter(None, (route.title(desk, subject), mark.title)))
    description = route.description(desk, subject)
    description = cut(f"{title}. {description}" if mark.described or not description else description)
    above = route.crumbs(desk, subject)
    spoken = (edition,) if is_alone(route, subject) else speaking(editions, subject)
    own = edition if any(one.lang == desk.lang for one in spoken) else editions[0]
    canonical = own.url(route.address(own, subject))
    root = "../" * href.count("/")
    is_home = route.name == "home"
    outside = site_title(edition) if is_home else title
    return Head(
        root=root,
        here=href,
        title=outside if is_home else whole_title(edition, title),
        description=description,
        nav=route.nav,
        crumbs=above,
        alternates=tuple(_alternates(route, subject, editions, spoken, edition)),
        canonical=canonical,
        default=default_of(route, subject, spoken) if own is edition else None,
        shared=shared(desk, subject, outside, description, canonical, spoken) if canonical else None,
        linked=_linked(route, desk, subject, above, title),
        edit=_edit(route, desk, subject, root),
        downloads=downloads,
    )


def whole_title(edition: Edition, title: str) -> str:
    """A title with the name of the site, where both have room."""
    whole = f"{title} · {site_title(edition)}"
    return whole if len(whole) <= TITLE else title


def site_title(edition: Edition) -> str:
    """The name of the site."""
    return edition.phrase(edition.catalogue.site.title).words


def cut(words: str, most: int = DESCRIPTION) -> str:
    """Words on one line, cut off after a whole word where they are too long."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    kept = line[:most].rpartition(" ")[0] or line[: most - 1]
    return f"{kept[: most - 1].rstrip(' ,.;:·–-')}…"


def _alternates(
    route: Route[Any], subject: Any, editions: Sequence[Edition], spoken: Sequence[Edition], here: Edition
) -> Iterator[Alternate]:
    """The same page of every language; machines are told only of those that have words of their own."""
    langs = {one.lang for one in spoken}
    told = langs if len(langs) > 1 and here.lang in langs else set()
    for one in editions:
        stands = subject if one.lang == here.lang or route.elsewhere is None else route.elsewhere(subject)
        there = route.address(one, stands)
        url = one.url(there) if one.lang in told else None
        yield Alternate(one.lang, one.say("language_name"), there, url, one.lang == here.lang)


def default_of(route: Route[Any], subject: Any, spoken: Sequence[Edition]) -> str | None:
    """The whole address for who reads none of a page's languages: the entrance, else its first language."""
    if len(spoken) < 2:
        return None
    return spoken[0].url("" if route.name == "home" else route.address(spoken[0], subject))


def shared(
    desk: Desk, subject: object, title: str, description: str, url: str, spoken: Sequence[Edition]
) -> Shared | None:
    """What other sites show of a page: of a product its own picture, else that of the site."""
    posters = desk.gallery.posters
    steps = posters.get((desk.lang, subject.id if isinstance(subject, Product) else "")) or posters.get((desk.lang, ""))
    image = desk.edition.url(steps.path(steps.renditions[0])) if steps else None
    if steps is None or image is None:
        return None
    return Shared(
        kind="article" if isinstance(subject, Product | News) else "website",
        title=title,
        description=description,
        url=url,
        site=site_title(desk.edition),
        locale=str(desk.edition.locale),
        others=tuple(str(one.locale) for one in spoken if one.lang != desk.lang),
        image=image,
        width=steps.width,
        height=steps.height,
        alt=_alt(desk, subject),
    )


def _alt(desk: Desk, subject: object) -> str:
    """What a picture that is shared shows, in words."""
    site = desk.catalogue.site
    if not isinstance(subject, Product):
        return " · ".join(desk.edition.phrase(one).words for one in (site.title, site.tagline))
    card = desk.card(subject)
    said = (card.name.words, card.seal.words if card.seal else "", card.producer.words)
    return " · ".join(filter(None, said))


def _linked(route: Route[Any], desk: Desk, subject: Any, above: tuple[Link, ...], title: str) -> Markup | None:
    """What machines are told: nothing without whole addresses, by which they know things."""
    url = desk.edition.url(route.address(desk.edition, subject))
    nodes = [*route.told(desk, subject, url), *crumbs(desk.edition, above, title, url)] if url else []
    return script(nodes) if nodes else None


def _edit(route: Route[Any], desk: Desk, subject: Any, root: str) -> str | None:
    site = desk.catalogue.site
    if route.kind:
        return edit_entry(site, route.kind, subject, desk.lang, root)
    return edit_content(site, route.made_of, root)
