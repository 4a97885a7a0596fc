"""Every page of an edition: the table `SITE`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from ocopgen.cards import Desk
from ocopgen.directory import Directory, Leaf
from ocopgen.entry_pages import producer_page, product_page, text_page
from ocopgen.heads import Route
from ocopgen.linked_data import Node, of_article, of_home, of_listing, of_outlet, of_producer, of_product
from ocopgen.listing_pages import ALL, COMMUNE, DISTRICT, PART, SECTOR, SET, STAR, YEAR, Listed, Listing
from ocopgen.model import Entry, Outlet, Producer
from ocopgen.name_pages import AZ, PRODUCERS, news_page, outlets_page, places_page, search_page
from ocopgen.order import (
    STARS,
    communes_in_use,
    sets_in_use,
    years,
)
from ocopgen.overview_pages import data_page, home_page, programme_page
from ocopgen.reference import Commune
from ocopgen.text import Phrase
from ocopgen.views import Head, Link, View


def once(desk: Desk) -> tuple[None]:
    """A kind of page of which there is one."""
    return (None,)


def _crumb(name: str, word: str) -> Callable[[Desk, Any], tuple[Link, ...]]:
    return lambda desk, subject: (_home(desk), Link(Phrase(desk.edition.say(word)), desk.edition.href(name)))


def _home(desk: Desk) -> Link:
    return Link(Phrase(desk.edition.say("home")), desk.edition.href("home"))


def _only_home(desk: Desk, subject: object) -> tuple[Link, ...]:
    return (_home(desk),)


def _name(desk: Desk, entry: Entry) -> str:
    return desk.edition.phrase(entry.name).words


def _summary(desk: Desk, entry: Entry) -> str:
    """What an entry says of itself, else a sentence of what is known of it."""
    edition = desk.edition
    if entry.summary is not None:
        return edition.phrase(entry.summary).words
    if not isinstance(entry, Producer | Outlet):
        return ""
    place = desk.place(entry.place)
    at = place.then.words if place else ""
    name = _name(desk, entry)
    if isinstance(entry, Outlet):
        return edition.say("describe_outlet", name=name, place=at) if at else ""
    kind = "" if entry.kind == "unknown" else edition.say(f"kind_{entry.kind}")
    what = " · ".join(filter(None, (kind[:1].lower() + kind[1:], at)))
    products = edition.say("products_n", n=len(desk.catalogue.products_of.get(entry.id, ())))
    return edition.say("describe_producer", name=name, what=what, products=products) if what else ""


def _entry_route(
    name: str,
    kind: str,
    view: Callable[[Desk, Any, Head], View],
    template: str,
    nav: str,
    crumb: str,
    told: Callable[[Desk, Any, str], list[Node]] = lambda desk, entry, url: [],
) -> Route[Any]:
    """The route of one kind of entry: a page for each."""
    return Route(
        name=name,
        each=lambda desk: getattr(desk.catalogue, kind),
        kind=kind,
        address=lambda edition, entry: edition.href(name, entry.id),
        view=view,
        template=template,
        title=_name,
        description=_summary,
        nav=nav,
        crumbs=_crumb(kind, crumb) if crumb else _only_home,
        shows=lambda desk, entry: (entry,),
        told=told,
    )


def _single(
    name: str,
    view: Callable[[Desk, None, Head], View],
    template: str,
    word: str,
    description: str,
    made_of: str,
    kinds: tuple[str, ...] = (),
) -> Route[None]:
    """The route of a page of which there is one; it shows all entries of some kinds."""
    return Route(
        name=name,
        each=once,
        address=lambda edition, subject: edition.href(name),
        view=view,
        template=template,
        title=lambda desk, subject: desk.edition.say(word),
        description=lambda desk, subject: desk.edition.say(description),
        nav=name,
        made_of=made_of,
        crumbs=_only_home,
        shows=lambda desk, subject: _all_of(desk, *kinds),
    )


def _all_of(desk: Desk, *kinds: str) -> Iterator[Entry]:
    """The entries of some kinds."""
    return chain.from_iterable(getattr(desk.catalogue, kind) for kind in kinds)


def _listing_route(
    name: str,
    listing: Listing[Any],
    subjects: Callable[[Desk], Iterable[Any]],
    description: str,
    crumbs: Callable[[Desk, Any], tuple[Link, ...]],
    nav: str = "products",
    made_of: str = "products",
) -> Route[Listed[Any]]:
    """The route of a listing: as many pages for each subject as it needs."""

    def each(desk: Desk) -> Iterator[Listed[Any]]:
        return chain.from_iterable(listing.parts(desk, subject) for subject in subjects(desk))

    return Route(
        name=name,
        each=each,
        address=lambda edition, listed: listing.href(edition, listed.subject, listed.part),
        view=listing.page,
        template="listing.html",
        title=partial(_part_title, listing),
        description=partial(_part_description, listing, description),
        nav=nav,
        made_of=made_of,
        crumbs=crumbs,
        firsts=lambda desk: map(Listed, subjects(desk)),
        shows=listing.shown,
        told=partial(_part_told, listing),
    )


def _directory_route(
    directory: Directory[Any], made_of: str, elsewhere: Callable[[Leaf], Leaf] | None = None
) -> Route[Leaf]:
    """The route of a list of names: as many pages as it needs."""
    return Route(
        name=directory.name,
        each=directory.leaves,
        address=directory.href,
        view=directory.page,
        template="names.html",
        title=directory.title,
        description=directory.description,
        nav=directory.name,
        made_of=made_of,
        crumbs=lambda desk, leaf: (_crumb(directory.name, directory.name) if leaf.chapter else _only_home)(desk, leaf),
        firsts=directory.firsts,
        elsewhere=elsewhere,
        shows=directory.shown,
    )


def _part_title(listing: Listing[Any], desk: Desk, listed: Listed[Any]) -> str:
    words = listing.title(desk, listed.subject).words
    if listed.part == 1:
        return words
    return f"{words} – {desk.edition.say('part_of', part=listed.part, total=listed.of)}"


def _part_description(listing: Listing[Any], key: str, desk: Desk, listed: Listed[Any]) -> str:
    """What a listing is of; on further parts which it is, and of what no star is told, the first names on it."""
    words = desk.edition.say(key, name=listing.title(desk, listed.subject).words)
    if listed.part > 1:
        words = f"{words} {desk.edition.say('part_of', part=listed.part, total=listed.of)}."
    named = () if listing.stars(listed.subject) else listing.shown(desk, listed)[:NAMED]
    names = ", ".join(desk.edition.phrase(one.name).words for one in named)
    return f"{words} {names}." if names else words


def _part_told(listing: Listing[Any], desk: Desk, listed: Listed[Any], url: str) -> list[Node]:
    first = 1 + PART * (listed.part - 1)
    return of_listing(desk, listing.shown(desk, listed), first, listing.total(desk, listed.subject))


NAMED = 6
"""Products that the description of a listing names, as far as there is room."""


def _tagline(desk: Desk, subject: None) -> str:
    return desk.edition.phrase(desk.catalogue.site.tagline).words


def _in_district(desk: Desk, listed: Listed[Commune]) -> tuple[Link, ...]:
    district = desk.catalogue.places.district_by_id.get(listed.subject.district or "")
    within = (Link(Phrase(district.short), desk.edition.href("district", district.id)),) if district else ()
    return _crumb("places", "places")(desk, listed) + within


_IN_PRODUCTS = _crumb("products", "products")
_SETS = "classification.yml"

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
        shows=lambda desk, subject: _all_of(desk, "products", "news"),
        told=lambda desk, subject, url: of_home(desk, url),
    ),
    _listing_route("products", ALL, once, "describe_products", _only_home),
    _listing_route("star", STAR, lambda desk: STARS, "describe_star", _IN_PRODUCTS, nav="stars"),
    _listing_route(
        "sector",
        SECTOR,
        lambda desk: desk.catalogue.classification.sectors,
        "describe_listing",
        _IN_PRODUCTS,
        made_of=_SETS,
    ),
    _listing_route("set", SET, sets_in_use, "describe_listing", _IN_PRODUCTS, made_of=_SETS),
    _listing_route(
        "district",
        DISTRICT,
        lambda desk: desk.catalogue.places.districts,
        "describe_listing",
        _crumb("places", "places"),
        "places",
        "places.yml",
    ),
    _listing_route("commune", COMMUNE, communes_in_use, "describe_listing", _in_district, "places", "places.yml"),
    _listing_route("year", YEAR, years, "describe_listing", _IN_PRODUCTS),
    _entry_route("product", "products", product_page, "product.html", "products", "products", of_product),
    _entry_route("producer", "producers", producer_page, "producer.html", "producers", "producers", of_producer),
    _directory_route(AZ, "products", elsewhere=lambda leaf: Leaf()),
    _directory_route(PRODUCERS, "producers"),
    _single("search", search_page, "search.html", "search", "describe_search", "products", ("products", "producers")),
    _single("places", places_page, "names.html", "places", "describe_places", "places.yml", ("products",)),
    _single("outlets", outlets_page, "names.html", "outlets", "describe_outlets", "outlets", ("outlets",)),
    _entry_route("outlet", "outlets", text_page, "text.html", "outlets", "outlets", of_outlet),
    _single("news", news_page, "news.html", "news", "describe_news", "news", ("news",)),
    _entry_route("article", "news", text_page, "text.html", "news", "news", of_article),
    _single("programme", programme_page, "programme.html", "programme", "describe_programme", "programme.yml"),
    _single("data", data_page, "data.html", "data", "describe_data", ""),
    _entry_route("page", "pages", text_page, "text.html", "", ""),
)
"""Every page of an edition."""
