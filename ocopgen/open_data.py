"""The catalogue as data for everyone: each entry and the whole as JSON, by the fields of the model.

Only what `disclosure` lets through is in it. A file belongs to no language: words are in all that they were written in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ocopgen.cards import KIND_ROUTES, Desk
from ocopgen.catalogue import Catalogue
from ocopgen.disclosure import NEVER, disclosed
from ocopgen.edition import SHORT, short_href
from ocopgen.gallery import focus_of
from ocopgen.model import KINDS, Entry, Outlet, Place, Producer, Product, Recognition
from ocopgen.open_fields import (
    VERSION,
    About,
    Classified,
    Named,
    OfEntry,
    OfOutlet,
    OfProducer,
    OfProduct,
    OfRecognition,
    Shown,
    Standing,
    Today,
    Where,
)
from ocopgen.photo import SHAPES
from ocopgen.reference import Group, ProductSet, Province, Sector
from ocopgen.telling import Node, told, written
from ocopgen.text import Lang, Text

FOLDER = "data/"
"""Where all data lies. No language is called so, as codes of languages have two or three letters."""

SCHEMA, WHOLE = f"{FOLDER}schema.json", f"{FOLDER}catalogue.json"


def entry_path(kind: str, entry_id: str) -> str:
    """Where the data of an entry lies."""
    return f"{FOLDER}{kind}/{entry_id}.json"


@dataclass(frozen=True)
class Teller:
    """Tells entries at the desks of all languages; the first is that of the language that facts are written in."""

    desks: Sequence[Desk]

    @property
    def catalogue(self) -> Catalogue:
        return self.desks[0].catalogue

    @property
    def today(self) -> date:
        """The day for which stars are told."""
        return self.desks[0].edition.today

    def of_entry(self, kind: str, entry: Entry) -> bytes:
        """The file of an entry, with its story."""
        head = {"$schema": "../" + SCHEMA.removeprefix(FOLDER), **self._about, "kind": kind}
        return written({**head, "entry": self._told(kind, entry, story=True)})

    def whole(self) -> bytes:
        """The file of all entries, without their stories."""
        head = {"$schema": SCHEMA.removeprefix(FOLDER), **self._about}
        lists = {kind: [self._told(kind, one) for one in getattr(self.catalogue, kind)] for kind in KINDS}
        return written({**head, **lists})

    @cached_property
    def _about(self) -> Node:
        site, edition = self.catalogue.site, self.desks[0].edition
        about = About(
            version=VERSION,
            day=self.today,
            title=site.title,
            address=edition.url(""),
            licence=site.licence,
            languages=site.languages,
        )
        return {"about": told(about)}

    # --- entries --------------------------------------------------------------------------------------------

    def _told(self, kind: str, entry: Entry, story: bool = False) -> Any:
        shown = disclosed(self.desks[0].index, entry)

        def more(value: BaseModel) -> BaseModel | None:
            if value is shown:
                return self.besides(kind, entry, self._stories(kind, entry) if story else None)
            return self._worth(value) if isinstance(value, Recognition) else None

        return told(shown, more, NEVER)

    def besides(self, kind: str, entry: Entry, story: Text | None = None) -> OfEntry:
        """What is told of an entry besides its own fields."""
        known: dict[str, Any] = {
            "addresses": self._by_language(
                {one.lang: one.edition.href(KIND_ROUTES[kind], entry.id) for one in self.desks}
            ),
            "short_address": self._address(short_href(kind, entry.id)) if kind in SHORT else None,
            "data": self._address(entry_path(kind, entry.id)),
            "pictures": self._pictures(kind, entry),
            "story": story,
        }
        if isinstance(entry, Product):
            maker = self.catalogue.producer_by_id[entry.producer].name
            return OfProduct(
                **known,
                standing=self._standing(entry),
                producer_name=maker,
                classified=self._classified(entry),
                where=self._where(self.desks[0].index.place_of(entry)),
            )
        if isinstance(entry, Producer):
            products = tuple(one.id for one in self.catalogue.products_of.get(entry.id, ()))
            return OfProducer(**known, products=products, where=self._where(entry.place))
        return OfOutlet(**known, where=self._where(entry.place)) if isinstance(entry, Outlet) else OfEntry(**known)

    def _stories(self, kind: str, entry: Entry) -> Text | None:
        """The story as its pages have it, in each language that it was written in."""
        root = self._address("")
        known = dict(entry.body.words) if entry.body else {}
        found = {one.lang: one.story(f"{kind}/{entry.id}", entry, root) for one in self.desks if one.lang in known}
        words = {lang: str(story.html) for lang, story in found.items() if story}
        return Text.of(words) if words else None

    def _pictures(self, kind: str, entry: Entry) -> tuple[Shown, ...]:
        """The photos of an entry, each as the largest JPEG that its page names."""
        gallery, found = self.desks[0].gallery, []
        for photo, file in gallery.photos(f"{kind}/{entry.id}", entry):
            steps = gallery.ladder(file, SHAPES[kind], focus_of(photo))
            address = self._address(steps.path(steps.of("jpeg")[-1]))
            alt, credit = (photo.alt, photo.credit) if photo else (None, None)
            found.append(Shown(address=address, width=steps.width, height=steps.height, alt=alt, credit=credit))
        return tuple(found)

    def _by_language(self, hrefs: Mapping[Lang, str]) -> Text:
        return Text.of({lang: self._address(href) for lang, href in hrefs.items()})

    def _address(self, href: str) -> str:
        """Whole where the site's address is known, else from its root."""
        return self.desks[0].edition.url(href) or href

    # --- what is worked out ---------------------------------------------------------------------------------

    def _standing(self, product: Product) -> Standing | None:
        """The recognition that counts today, if there is one that may be shown."""
        one, held = self.desks[0].index.recognition(product)
        if one is None:
            return None
        return Standing(stars=one.stars, in_effect=held, **dict(self._worth(one)))

    def _worth(self, one: Recognition) -> OfRecognition:
        return OfRecognition(status=one.status(self.today), until=one.last_day(self.today))

    def _where(self, place: Place) -> Where | None:
        """A place by its names, if the table of places has any of them."""
        return self.desks[0].once(("where", place), lambda: self._found(place))

    def _found(self, place: Place) -> Where | None:
        found = self.catalogue.places.whereabouts(place)
        if not found.then:
            return None
        now = Today(commune=_named(found.commune_now), province=_named(found.province_now), sure=not found.unsure)
        return Where(
            commune=_named(found.commune),
            district=_named(found.district),
            province=_named(found.province),
            now=now if found.now else None,
        )

    def _classified(self, product: Product) -> Classified:
        return self.desks[0].once(("classified", product.set), lambda: self._classes(product))

    def _classes(self, product: Product) -> Classified:
        catalogue = self.catalogue
        sector, group, its_set = catalogue.sector_of(product), catalogue.group_of(product), catalogue.set_of(product)
        return Classified(sector=_name(sector), group=_name(group), set=_name(its_set))


def _name(one: Province | Sector | Group | ProductSet) -> Named:
    return Named(id=one.id, name=one.name)


def _named(one: Province | None) -> Named | None:
    return _name(one) if one else None
