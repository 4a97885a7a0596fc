"""The small pieces many pages show: pictures, seals, cards, facts, places, contacts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from markupsafe import Markup

from ocopgen.catalogue import Catalogue, Key
from ocopgen.edition import Edition, short_href
from ocopgen.gallery import Gallery, drawn, focus_of, kind_of, picture
from ocopgen.index import Index, Known
from ocopgen.model import Entry, Location, Outlet, Place, Producer, Product, Recognition, Source
from ocopgen.photo import SHAPES
from ocopgen.prose import entry_at, render, with_addresses
from ocopgen.reference import Province
from ocopgen.text import Lang, Phrase, Text
from ocopgen.views import Away, Card, Code, Fact, Picture, PlaceLine, Seal, Story

T = TypeVar("T")

KIND_ROUTES = {
    "products": "product",
    "producers": "producer",
    "outlets": "outlet",
    "news": "article",
    "pages": "page",
}
"""The page of an entry of each kind."""


@dataclass(frozen=True)
class Desk:
    """An edition with its gallery: what the makers of pieces and pages work with.

    `pieces` are those of single entries. They are the same on all desks of a build, which may share them.
    """

    edition: Edition
    gallery: Gallery
    pieces: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        return self.edition.lang

    @property
    def catalogue(self) -> Catalogue:
        return self.edition.catalogue

    @cached_property
    def index(self) -> Index:
        """The products in groups and orders."""
        return Index(self.edition, self.pieces.setdefault("index", Known()))

    # --- pictures -----------------------------------------------------------------------------------------

    def pictures(self, key: Key, entry: Entry) -> tuple[Picture, ...]:
        """The photos of an entry."""
        name = self.edition.phrase(entry.name)
        return tuple(
            picture(
                self.gallery.ladder(file, SHAPES[kind_of(key)], focus_of(photo)),
                self.edition.phrase(photo.alt) if photo and photo.alt else name,
                credit=photo.credit if photo else None,
            )
            for photo, file in self.gallery.photos(key, entry)
        )

    def product_pictures(self, product: Product) -> tuple[Picture, ...]:
        """A product's photos, else the illustration of its set."""
        photos = self.pictures(f"products/{product.id}", product)
        return photos or (self.set_picture(product.set),)

    def set_picture(self, number: int) -> Picture:
        """The illustration of a set, made once."""
        return self.piece(("set", number), lambda: self._set_picture(number))

    def _set_picture(self, number: int) -> Picture:
        said = self.catalogue.classification.set_by_number[number].short
        alt = Phrase(self.edition.say("illustration_of", name=self.edition.phrase(said).words))
        return drawn(self.gallery.of_set(number), alt)

    def hero(self) -> Picture:
        return drawn(self.gallery.hero, Phrase(self.edition.say("hero_alt")))

    def sector_picture(self, sector: str) -> Picture:
        return drawn(self.gallery.face(sector), Phrase(""))

    # --- stars --------------------------------------------------------------------------------------------

    def seal(self, product: Product) -> Seal | None:
        """The seal of the recognition that counts today, if there is one to show."""
        return self.piece(("seal", product.id), lambda: self._seal(product))

    def _seal(self, product: Product) -> Seal | None:
        one, _ = self.index.recognition(product)
        return None if one is None else self.seal_of(one)

    def seal_of(self, one: Recognition) -> Seal:
        short, standing = self.edition.stars(one.stars), self.edition.standing(one)
        held = one.status(self.edition.today).in_effect
        year = str(one.year or (one.decided.year if one.decided else ""))
        return Seal(one.stars, held, year, short, standing, f"{short} · {standing}")

    def level_seal(self, stars: int, held: bool) -> Seal:
        """The emblem of a level, filled only where some product holds it today."""
        short = self.edition.stars(stars)
        return Seal(stars, held, "", short, "", short)

    # --- cards and facts ----------------------------------------------------------------------------------

    def card(self, product: Product) -> Card:
        """A product as lists show it, made once."""
        return self.piece(("card", product.id), lambda: self._card(product))

    def _card(self, product: Product) -> Card:
        place = self.place_of(product)
        return Card(
            href=self.edition.href("product", product.id),
            name=self.edition.phrase(product.name),
            summary=self.edition.phrase(product.summary),
            picture=self.product_pictures(product)[0],
            seal=self.seal(product),
            producer=self.edition.phrase(self.catalogue.producer_by_id[product.producer].name),
            place=place.short.words if place else "",
        )

    def cards(self, products: Iterable[Product]) -> tuple[Card, ...]:
        return tuple(map(self.card, products))

    def piece(self, key: Hashable, make: Callable[[], T]) -> T:
        """What shows one entry, wherever it stands: made when first asked for, and kept."""
        if key not in self.pieces:
            self.pieces[key] = make()
        return cast(T, self.pieces[key])

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What many pages at this desk show: made when first asked for, and kept."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])

    @cached_property
    def _kept(self) -> dict[Hashable, object]:
        return {}

    def facts(self, entry: Entry) -> tuple[Fact, ...]:
        """The rows of an entry's facts table: every field that is a `fact` and is there."""
        rows = []
        for name, info in type(entry).model_fields.items():
            extra = info.json_schema_extra
            value = getattr(entry, name)
            if isinstance(extra, dict) and extra.get("fact") and value not in (None, ()):
                show = self.edition.special.get(name, self.edition.shown)
                rows.append(Fact(self.edition.label(type(entry), name), show(value)))
        return tuple(rows)

    # --- places -------------------------------------------------------------------------------------------

    def place_of(self, product: Product) -> PlaceLine | None:
        """Where a product is from, in words."""
        return self.piece(("place", product.id), lambda: self.place(self.index.place_of(product)))

    def place(self, place: Place) -> PlaceLine | None:
        """A place of then with what it is part of today; a place of today as it is."""
        where = self.catalogue.places.whereabouts(place)
        if not where.then:
            return None
        return PlaceLine(
            then=self._joined(where.then),
            short=self._joined(where.then[:2]),
            now=self._joined(where.now, inside=True) if where.now else None,
            unsure=where.unsure,
            href=self.edition.href("district", where.district.id) if where.district else None,
        )

    def _joined(self, places: Sequence[Province], inside: bool = False) -> Phrase:
        """Names from the smallest to the largest; a kind that stands before a name is small inside a line."""
        words = [self.inside(one) for one in places]
        names = [self.edition.phrase(one.name) for one in places]
        first = words[0] if inside else names[0].words
        return Phrase(", ".join((first, *words[1:])), next((name.lang for name in names if name.lang), None))

    def inside(self, place: Province) -> str:
        """The name of a place as it stands inside a line: `tỉnh Hưng Yên`."""
        name = self.edition.phrase(place.name).words
        return name if name.startswith(place.short) else name[:1].lower() + name[1:]

    def code(self, kind: str, entry_id: str) -> Code | None:
        """The QR code of an entry's short address; None where nobody knows where the site will be."""
        address = self.edition.short_address(kind, entry_id)
        return Code(code_path(kind, entry_id), address.partition("://")[2]) if address else None

    # --- ways to reach and to read on ---------------------------------------------------------------------

    def contacts(self, producer: Producer) -> tuple[Away, ...]:
        """How to reach a producer: only what may be published."""
        rows: list[Away] = []
        if producer.address and producer.publishes("address"):
            rows.append(Away(Phrase(producer.address), note=self.edition.say("contact_address")))
        if producer.publishes("phones"):
            rows += [self.phone(one) for one in producer.phones]
            if producer.zalo:
                href = f"https://zalo.me/{producer.zalo}"
                rows.append(Away(Phrase(self.edition.phone(producer.zalo)), href, "Zalo"))
        if producer.email and producer.publishes("email"):
            rows.append(Away(Phrase(producer.email), f"mailto:{producer.email}", self.edition.say("contact_email")))
        for url in (producer.website, *producer.social):
            if url:
                rows.append(Away(Phrase(host(url)), url, self.edition.say("contact_website")))
        return tuple(rows)

    def phone(self, digits: str) -> Away:
        return Away(Phrase(self.edition.phone(digits)), tel(digits), self.edition.say("contact_phones"))

    def outlet_contacts(self, outlet: Outlet) -> tuple[Away, ...]:
        rows = [self.phone(one) for one in outlet.phones]
        if outlet.website:
            rows.append(Away(Phrase(host(outlet.website)), outlet.website, self.edition.say("contact_website")))
        return tuple(rows)

    def source(self, one: Source) -> Away:
        """A source as readers see it; its title stays in the language it was published in."""
        date = self.edition.moment(one.date) if one.date else ""
        return Away(self.published(one.title, one.lang), one.url, date)

    def tags(self, tags: Iterable[str]) -> tuple[Phrase, ...]:
        """Tags are words of the site's first language."""
        return tuple(self.published(one, None) for one in tags)

    def published(self, title: str, lang: str | None) -> Phrase:
        """A title in the language it was published in, which is the site's first unless it says otherwise."""
        return Text.of({Lang(lang or self.catalogue.site.languages[0]): title}).on_page(self.lang)

    def sources(self, entry: Entry) -> tuple[Away, ...]:
        return tuple(map(self.source, entry.sources))

    # --- stories ------------------------------------------------------------------------------------------

    def story(self, key: Key, entry: Entry, root: str) -> Story | None:
        """An entry's body, its links made to lead to pages of this edition."""
        if entry.body is None:
            return None
        said = self.edition.phrase(entry.body)
        files = {photo.name: photo for photo in self.catalogue.photos.get(key, ())}

        def image(src: str, alt: str) -> Markup:
            if src not in files:
                return Markup()
            return in_story(picture(self.gallery.ladder(files[src], None), Phrase(alt)), root)

        html = with_addresses(render(said.words), lambda link: self._address(link, key, root), image)
        return Story(html, said.lang)

    def _address(self, link: str, key: Key, root: str) -> str:
        kind, _, entry_id = (entry_at(link, key) or "").partition("/")
        return root + self.edition.href(KIND_ROUTES[kind], entry_id) if kind in KIND_ROUTES else link

    def fallback(self, entry: Entry) -> bool:
        """Whether readers of this language miss words: the name, the summary or the story is in another."""
        texts: Sequence[Text | None] = (entry.name, getattr(entry, "summary", None), entry.body)
        return any(text is not None and self.edition.phrase(text).lang is not None for text in texts)

    def outdated(self, entry: Entry) -> str:
        """What readers of a translation are told where the entry was changed after it was last compared."""
        day = entry.compared_on(self.lang)
        return (
            self.edition.say("outdated_note", date=self.edition.day(day)) if day and entry.outdated(self.lang) else ""
        )


_IN_STORY = Markup(
    '<picture>{}<img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async"></picture>'
)


def in_story(shown: Picture, root: str) -> Markup:
    """A picture between the paragraphs of a story, in every format."""
    sources = Markup()
    for kind, files in shown.sources:
        srcset = ", ".join(f"{root}{one.href} {one.width}w" for one in files)
        source = Markup(
            '<source type="{}" srcset="{}" sizes="(min-width: 45em) 40em, (min-resolution: 2.2dppx) 56vw, 92vw">'
        )
        sources += source.format(kind, srcset)
    return _IN_STORY.format(sources, root + shown.src, shown.width, shown.height, shown.alt.words)


def code_path(kind: str, entry_id: str) -> str:
    """Where the QR code of an entry lies in the site: beside the page that it leads to."""
    return short_href(kind, entry_id) + "qr.svg"


def host(url: str) -> str:
    """The name of a site, for a link's words."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def tel(digits: str) -> str:
    """The address that calls a number; hotlines cannot be called from abroad."""
    return f"tel:{digits}" if digits.startswith("1") else f"tel:+84{digits[1:]}"


def map_href(location: Location | None) -> str | None:
    """A map at a position; `geo:` opens the phone's own, so this is a plain web address."""
    if location is None:
        return None
    return (
        f"https://www.openstreetmap.org/?mlat={location.lat}&mlon={location.lon}#map=16/{location.lat}/{location.lon}"
    )
