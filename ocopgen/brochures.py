"""Every brochure: the table `BROCHURES`, and the documents of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from ocopgen.bindery import Bindery
from ocopgen.booklets import level_booklet, producer_booklet, product_sheet, sector_booklet, whole_booklet
from ocopgen.edition import Edition
from ocopgen.labels import outlet_cards, outlet_stickers, producer_cards, producer_stickers
from ocopgen.leaflets import catalogue_leaflet, producer_leaflet
from ocopgen.pdf import Pdf
from ocopgen.text import slug
from ocopgen.views import View

S = TypeVar("S")


@dataclass(frozen=True)
class Brochure(Generic[S]):
    """A kind of document: the page it lies beside, what it shows (None: there is none), its template, its file's name.

    `word` is what links say; pages of the routes `also` lead to it too, where there is one for no subject. What is
    printed in all languages at once lies in the folder of the first.
    """

    word: str
    route: str
    view: Callable[[Bindery, S], View | None]
    template: str
    stem: Callable[[Edition, S], str]
    also: tuple[str, ...] = ()
    in_all_languages: bool = False


def _in_all_languages(
    name: str, route: str, view: Callable[[Bindery, Any], View | None], template: str, also: tuple[str, ...] = ()
) -> Brochure[Any]:
    """What is printed in all languages at once: a leaflet, cards, stickers."""

    def stem(edition: Edition, subject: Any) -> str:
        return f"{_short(subject.id) if subject else _site_stem(edition)}-{edition.say(f'path_{name}')}"

    return Brochure(f"brochure_{name}", route, view, template, stem, also, in_all_languages=True)


def _short(entry_id: str) -> str:
    """What a file is called by that lies in the folder of an entry: some systems read no path of over 260 letters."""
    return entry_id[:60].rstrip("-")


def file_ends(editions: Sequence[Edition]) -> list[str]:
    """How the names of brochures end that lie in one folder: no two may be alike."""
    return [
        *(one.lang for one in editions),
        *(editions[0].say(f"path_{one}") for one in ("leaflet", "cards", "stickers")),
    ]


def _site_stem(edition: Edition) -> str:
    return slug(edition.phrase(edition.catalogue.site.title).words) or "catalogue"


BROCHURES: tuple[Brochure[Any], ...] = (
    Brochure("brochure_product", "product", product_sheet, "product.typ", lambda edition, one: _short(one.id)),
    Brochure("brochure_producer", "producer", producer_booklet, "booklet.typ", lambda edition, one: _short(one.id)),
    Brochure("brochure_star", "star", level_booklet, "booklet.typ", lambda edition, stars: f"ocop-{stars}"),
    Brochure("brochure_sector", "sector", sector_booklet, "booklet.typ", lambda edition, one: one.id),
    Brochure(
        "brochure_whole",
        "products",
        whole_booklet,
        "booklet.typ",
        lambda edition, _: _site_stem(edition),
        also=("home",),
    ),
    _in_all_languages("leaflet", "products", catalogue_leaflet, "leaflet-catalogue.typ", also=("home", "programme")),
    _in_all_languages("leaflet", "producer", producer_leaflet, "leaflet-producer.typ"),
    _in_all_languages("cards", "producer", producer_cards, "cards.typ"),
    _in_all_languages("cards", "outlet", outlet_cards, "cards.typ"),
    _in_all_languages("stickers", "producer", producer_stickers, "stickers.typ"),
    _in_all_languages("stickers", "outlet", outlet_stickers, "stickers.typ"),
)
"""Every kind of brochure."""


WITH_BROCHURES = frozenset(one.route for one in BROCHURES)
"""The routes whose pages have brochures beside them."""

ALSO = {route: {other for one in BROCHURES if one.route == route for other in one.also} for route in WITH_BROCHURES}
"""Routes whose pages lead to brochures that lie elsewhere, by the route where they lie."""


def templates_of(route: str) -> frozenset[str]:
    """The templates of the brochures that pages of a route lead to."""
    used = {one.template for one in BROCHURES if route in (one.route, *one.also)}
    return frozenset({*used, "seal.svg"}) if used else frozenset()


@dataclass(frozen=True, slots=True)
class Bound:
    """A document: its kind, where it lies in the site, and how it is made."""

    brochure: Brochure[Any]
    path: str
    pdf: Pdf


def bound(bindery: Bindery, route: str, subject: Any, folder: Callable[[Edition], str]) -> Iterator[Bound]:
    """The documents that lie beside the page of a subject, whose folder depends on the language."""
    for one in BROCHURES:
        if one.route != route:
            continue
        here = replace(bindery, desk=bindery.desks[0]) if one.in_all_languages else bindery
        view = one.view(here, subject)
        if view is not None:
            edition = here.desk.edition
            end = "" if one.in_all_languages else f"-{edition.lang}"
            yield Bound(one, f"{folder(edition)}{one.stem(edition, subject)}{end}.pdf", _pdf(here, one.template, view))


def _pdf(bindery: Bindery, template: str, view: View) -> Pdf:
    edition, sources = bindery.desk.edition, bindery.templates.reached(template)
    say = {key: edition.words[key] for source in sources.values() for key in _SAID.findall(source)}
    views = {"page": view, "site": bindery.desk.once(("imprint", bindery.quality), bindery.imprint), "say": say}
    return Pdf.of(template, sources, views, edition.today)


_SAID = re.compile(r"\bsay\.(\w+)")
