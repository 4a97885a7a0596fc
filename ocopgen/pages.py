"""Every page of an edition: the table `SITE`, and the head that each page gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Generic, TypeVar

from ocopgen.cards import Desk
from ocopgen.directory import Directory, Leaf
from ocopgen.edit_links import edit_content, edit_entry
from ocopgen.edition import Edition
from ocopgen.entry_pages import producer_page, product_page, text_page
from ocopgen.listing_pages import ALL, COMMUNE, DISTRICT, SECTOR, SET, STAR, YEAR, Listed, Listing
from ocopgen.model import Entry, Product
from ocopgen.name_pages import AZ, PRODUCERS, news_page, outlets_page, places_page, search_page
from ocopgen.order import (
    STARS,
    communes_in_use,
    sets_in_use,
    years,
)
from ocopgen.overview_pages import home_page, programme_page
from ocopgen.reference import Commune
from ocopgen.text import Phrase
from ocopgen.views import (
    Alternate,
    Download,
    Head,
    Link,
    Shared,
    View,
)

S = TypeVar("S")


@dataclass(frozen=True)
class Route(Generic[S]):
    """A kind of page: where it lies, which subjects have one, what it shows, and its template.

    `kind` is the kind of entries that have such a page each; other pages show the catalogue as a whole. `made_of` is
    the data file or the folder of entries where most of such a page is edited; without it that is all the content.
    `firsts` are the subjects of a listing without its further pages, so that nothing need be put in order.
    `elsewhere` is the subject whose page in another language stands for this one, where the same page is not there.
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
    elsewhere: Callable[[S], S] = field(default=lambda subject: subject)


def once(desk: Desk) -> tuple[None]:
    """A kind of page of which there is one."""
    return (None,)


def head(
    route: Route[Any], desk: Desk, subject: Any, editions: Sequence[Edition], downloads: tuple[Download, ...] = ()
) -> Head:
    """What the head of a page needs; the same page of every language is its alternate."""
    edition = desk.edition
    href = route.address(edition, subject)
    alternates = []
    for other in editions:
        shown = subject if other.lang == edition.lang else route.elsewhere(subject)
        there = route.address(other, shown)
        url = edition.url(there) if shown == subject else None
        alternates.append(Alternate(other.lang, other.say("language_name"), there, url, other.lang == edition.lang))
    title, site = route.title(desk, subject), edition.phrase(desk.catalogue.site.title).words
    root = "../" * href.count("/")
    return Head(
        root=root,
        here=href,
        title=site if route.name == "home" else f"{title} · {site}",
        description=route.description(desk, subject),
        nav=route.nav,
        crumbs=route.crumbs(desk, subject),
        alternates=tuple(alternates),
        canonical=edition.url(href),
        shared=_shared(desk, subject) if isinstance(subject, Product) else None,
        edit=_edit(route, desk, subject, root),
        downloads=downloads,
    )


def _edit(route: Route[Any], desk: Desk, subject: Any, root: str) -> str | None:
    site = desk.catalogue.site
    if route.kind:
        return edit_entry(site, route.kind, subject, desk.lang, root)
    return edit_content(site, route.made_of, root)


def _shared(desk: Desk, product: Product) -> Shared | None:
    """What other sites show of a product's page, where there is a picture for them."""
    edition = desk.edition
    steps = desk.gallery.posters.get((desk.lang, product.id))
    image = edition.url(steps.path(steps.renditions[0])) if steps else None
    if steps is None or image is None:
        return None
    card = desk.card(product)
    said = (card.name.words, card.seal.words if card.seal else "", card.producer.words)
    return Shared(
        title=card.name.words,
        site=edition.phrase(desk.catalogue.site.title).words,
        locale=str(edition.locale),
        image=image,
        width=steps.width,
        height=steps.height,
        alt=" · ".join(filter(None, said)),
    )


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
        kind=kind,
        address=lambda edition, entry: edition.href(name, entry.id),
        view=view,
        template=template,
        title=_name,
        description=_summary,
        nav=nav,
        crumbs=_crumb(kind, crumb) if crumb else _only_home,
    )


def _single(
    name: str, view: Callable[[Desk, None, Head], View], template: str, word: str, description: str, made_of: str
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
        made_of=made_of,
        crumbs=_only_home,
    )


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

    def title(desk: Desk, listed: Listed[Any]) -> str:
        words = listing.title(desk, listed.subject).words
        if listed.part == 1:
            return words
        return f"{words} · {desk.edition.say('part_of', part=listed.part, total=listed.of)}"

    return Route(
        name=name,
        each=each,
        address=lambda edition, listed: listing.href(edition, listed.subject, listed.part),
        view=listing.page,
        template="listing.html",
        title=title,
        description=lambda desk, listed: desk.edition.say(description, name=listing.title(desk, listed.subject).words),
        nav=nav,
        made_of=made_of,
        crumbs=crumbs,
        firsts=lambda desk: map(Listed, subjects(desk)),
    )


def _directory_route(
    directory: Directory[Any], made_of: str, elsewhere: Callable[[Leaf], Leaf] = lambda leaf: leaf
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
    )


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
    _entry_route("product", "products", product_page, "product.html", "products", "products"),
    _entry_route("producer", "producers", producer_page, "producer.html", "producers", "producers"),
    _directory_route(AZ, "products", elsewhere=lambda leaf: Leaf()),
    _directory_route(PRODUCERS, "producers"),
    _single("search", search_page, "search.html", "search", "describe_search", "products"),
    _single("places", places_page, "names.html", "places", "describe_places", "places.yml"),
    _single("outlets", outlets_page, "names.html", "outlets", "describe_outlets", "outlets"),
    _entry_route("outlet", "outlets", text_page, "text.html", "outlets", "outlets"),
    _single("news", news_page, "news.html", "news", "describe_news", "news"),
    _entry_route("article", "news", text_page, "text.html", "news", "news"),
    _single("programme", programme_page, "programme.html", "programme", "describe_programme", "programme.yml"),
    _entry_route("page", "pages", text_page, "text.html", "", ""),
)
"""Every page of an edition."""
