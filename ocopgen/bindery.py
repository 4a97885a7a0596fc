"""The pieces of documents: pictures cut for paper, seals, QR codes, products, facts, stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ocopgen import qr
from ocopgen.brochure_views import Code, Imprint, Item, Mark, Reference, Row, Words
from ocopgen.cards import KIND_ROUTES, Desk
from ocopgen.catalogue import Key
from ocopgen.entry_pages import certificates, channels, packs
from ocopgen.gallery import focus_of, stem
from ocopgen.html import Templates
from ocopgen.image import CENTRE, Focus, ladder
from ocopgen.model import Entry, Outlet, Producer, Product, Recognition
from ocopgen.pdf import Drawn, Plate, Telling
from ocopgen.photo import PhotoFile, Shape
from ocopgen.prose import entry_at, render, with_addresses
from ocopgen.recipe import Source
from ocopgen.text import Phrase, Text
from ocopgen.views import Away, PlaceLine, Seal

INCH = 25.4
"""Millimetres."""

WIDE: Shape = (16, 9)
"""A picture across a whole sheet."""

CARD: Shape = (4, 3)

A4 = 210, 297
"""Width and height in mm."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a document is made for: the dots of its pictures per inch, and what is cut off at each edge, in mm."""

    dpi: int
    bleed: int


SCREEN, PRINT = Quality(200, 0), Quality(300, 3)


@dataclass(frozen=True)
class Bindery:
    """A desk where pages of paper are made; `desks` are those of all languages, for what is printed in each of them."""

    desk: Desk
    desks: tuple[Desk, ...]
    templates: Templates
    quality: Quality = SCREEN

    def imprint(self) -> Imprint:
        """What all documents of this edition share."""
        edition, site = self.desk.edition, self.desk.catalogue.site
        contact = site.contact
        rows = [edition.phrase(contact.name), *(Phrase(edition.phone(one)) for one in contact.phones)]
        rows += [Phrase(contact.email)] if contact.email else []
        rows += [edition.phrase(contact.address)] if contact.address else []
        return Imprint(
            lang=edition.lang,
            title=edition.phrase(site.title),
            validity=_validity(self.desk),
            licence=edition.phrase(site.licence) if site.licence else None,
            contact=tuple(rows),
            colours=dict(site.colours.by_light),
            bleed=self.quality.bleed,
        )

    # --- words in every language --------------------------------------------------------------------------

    def merged(self, words: Iterable[Phrase | str | None]) -> Words:
        """What the desks of all languages say; what is in another language than this desk's is marked."""
        found: dict[str, Phrase] = {}
        for desk, one in zip(self.desks, words, strict=True):
            if one:
                lang = (one.lang if isinstance(one, Phrase) else None) or desk.lang
                found.setdefault(str(one), Phrase(str(one), None if lang == self.desk.lang else lang))
        return tuple(found.values())

    def each(self, said: Callable[[Desk], Phrase | str | None]) -> Words:
        """What a desk says, in every language."""
        return self.merged(map(said, self.desks))

    def named(self, text: Text) -> Words:
        """Words of the content in every language that they are there in."""
        return self.each(lambda desk: desk.edition.phrase(text))

    def said(self, key: str, **words: Any) -> Words:
        """Words of the interface in every language."""
        return self.each(lambda desk: desk.edition.say(key, **words))

    def validity(self) -> Words:
        """For which day the stars are told."""
        return self.each(_validity)

    # --- pictures -----------------------------------------------------------------------------------------

    def plate(self, product: Product, width: int, shape: Shape) -> Plate:
        """A product's first photo, so wide in mm; else the illustration of its set."""
        shown = self.photo(f"products/{product.id}", product, width, shape)
        if shown:
            return shown
        words = self.desk.product_pictures(product)[0].alt
        return _drawing(self.desk.gallery.of_set(product.set), words)

    def photo(self, key: Key, entry: Entry, width: int, shape: Shape) -> Plate | None:
        """The first photo of an entry, if it has one."""
        for told, file in self.desk.gallery.photos(key, entry):
            edition = self.desk.edition
            words = edition.phrase(told.alt if told and told.alt else entry.name)
            credit = (told.credit if told else None) or ""
            return replace(self._cut(file, width, shape, words, focus_of(told)), credit=credit)
        return None

    def hero(self) -> Plate:
        return _drawing(self.desk.gallery.hero, self.desk.hero().alt)

    def face(self, sector: str, words: Phrase) -> Plate:
        """The illustration that stands for a sector: that of the set with the most products, and never of alcohol."""
        gallery = self.desk.gallery
        sets = map(self.desk.catalogue.set_of, self.desk.index.by_sector.get(sector, ()))
        counts = Counter(one.n for one in sets if not one.alcohol)
        most = min(counts, key=lambda number: (-counts[number], number), default=None)
        return _drawing(gallery.hero if most is None else gallery.of_set(most), words)

    def _cut(self, file: PhotoFile, width: int, shape: Shape, alt: Phrase, focus: Focus = CENTRE) -> Plate:
        pixels = round(width / INCH * self.quality.dpi)
        steps = ladder(file, stem(file), shape, (pixels,), focus if shape else CENTRE)
        return Plate(steps.of("jpeg")[-1], alt)

    # --- marks and codes ----------------------------------------------------------------------------------

    def mark(self, product: Product) -> Mark | None:
        """The star that counts today: a seal where it is held, else words alone."""
        seal, (one, _) = self.desk.seal(product), self.desk.index.recognition(product)
        if seal is None or one is None:
            return None
        return Mark(self.stamp(seal) if seal.held else None, seal.short, seal.standing, self._decision(one))

    def _decision(self, one: Recognition) -> str:
        """The number and the day of the decision that gave a star, as far as they are known."""
        edition, paper = self.desk.edition, one.decision
        number = edition.say("decision_number", number=paper.number) if paper and paper.number else ""
        day = edition.say("decision_date", date=edition.day(paper.date)) if number and paper and paper.date else ""
        return " ".join(filter(None, (number, day)))

    def stamp(self, seal: Seal) -> Plate:
        """A seal as a drawing."""
        return self.desk.once(("stamp", seal), lambda: self._stamp(seal))

    def _stamp(self, seal: Seal) -> Plate:
        light = self.desk.catalogue.site.colours.by_light
        drawing = self.templates.environment.get_template("seal.svg").render(page=seal, light=light)
        return Plate(Drawn(drawing), Phrase(seal.words))

    def code(self, kind: str, entry: Entry) -> Code | None:
        """The QR code of an entry's short address, where the site has an address."""
        return self.code_of(self.desk.edition.short_address(kind, entry.id))

    def code_of(self, address: str | None) -> Code | None:
        """The QR code of a whole address."""
        if address is None:
            return None
        words = self.desk.edition.say("code_of", address=bare(address))
        return Code(Plate(qr.Code(address, border=0), Phrase(words)), address, bare(address))

    # --- products -----------------------------------------------------------------------------------------

    def printed(self, products: Iterable[Product]) -> tuple[Product, ...]:
        """The products that may be printed: no alcohol, unless the office allows it."""
        catalogue = self.desk.catalogue
        if catalogue.site.policies.alcohol_brochures:
            return tuple(products)
        return tuple(one for one in products if not catalogue.set_of(one).alcohol)

    def item(self, product: Product, width: int, shape: Shape = CARD) -> Item:
        """A product with its picture so wide in mm."""
        edition, notice = self.desk.edition, self.desk.catalogue.set_of(product).notice
        return Item(
            id=product.id,
            name=edition.phrase(product.name),
            summary=edition.phrase(product.summary),
            mark=self.mark(product),
            plate=self.plate(product, width, shape),
            rows=tuple(self._rows(product)),
            notice=edition.phrase(notice) if notice else None,
            code=self.code("products", product),
        )

    def _rows(self, product: Product) -> Iterator[Row]:
        edition, catalogue = self.desk.edition, self.desk.catalogue
        yield self.maker(product)
        yield from self.place("made_in", self.desk.place_of(product))
        restrained = catalogue.restrained(product)
        for pack in packs(self.desk, product, restrained):
            priced = (edition.say("priced_on", date=pack.priced),) if pack.priced else ()
            price = (Phrase(pack.price or edition.say("no_price")),)
            yield Row(pack.words, () if restrained else price, priced)
        held = tuple(one for one in certificates(edition, product) if not one.ended)
        if held:
            names = tuple(Phrase(" · ".join((one.name, *one.lines))) for one in held)
            yield Row(Phrase(edition.say("certificates")), names)
        yield from (Row(one.label, one.values) for one in self.desk.facts(product))

    def maker(self, product: Product) -> Row:
        """Who makes a product."""
        name = self.desk.catalogue.producer_by_id[product.producer].name
        return Row(Phrase(self.desk.edition.say("producer")), (self.desk.edition.phrase(name),))

    def place(self, word: str, line: PlaceLine | None) -> Iterator[Row]:
        """Where something is, as papers say, and what the place is part of today."""
        if line is not None:
            now = (self.desk.edition.say("now_part_of_name", name=line.now.words),) if line.now else ()
            yield Row(Phrase(self.desk.edition.say(word)), (line.then,), now)

    def ways(self, product: Product) -> Iterator[Row]:
        """Where to buy a product, and whom to ask."""
        edition, catalogue = self.desk.edition, self.desk.catalogue
        if catalogue.restrained(product):
            return
        shops = tuple(Phrase(" · ".join((str(one.words), *_typed(one)))) for one in channels(edition, product))
        if shops:
            yield Row(Phrase(edition.say("buy_online")), shops)
        known = (catalogue.outlet_by_id.get(one) for one in product.outlets)
        outlets = tuple(self._whereabouts(one) for one in known if one)
        if outlets:
            yield Row(Phrase(edition.say("outlets")), outlets)
        yield from self.reach(catalogue.producer_by_id[product.producer])

    def _whereabouts(self, outlet: Outlet) -> Phrase:
        """A point of sale, and where it is."""
        name, place = self.desk.edition.phrase(outlet.name), self.desk.place(outlet.place)
        return Phrase(f"{name.words} · {place.short.words}", name.lang) if place else name

    def reach(self, producer: Producer) -> Iterator[Row]:
        """How to reach a producer: only what may be published."""
        found = self.desk.contacts(producer)
        said = ((one.note, next(_typed(one), one.words.words)) for one in found)
        lines = tuple(Phrase(f"{note}: {words}" if note else words) for note, words in said)
        if lines:
            yield Row(Phrase(self.desk.edition.say("ask_producer")), lines)

    # --- stories and sources ------------------------------------------------------------------------------

    def telling(self, key: Key, entry: Entry, width: int) -> Telling | None:
        """An entry's story, its pictures so wide in mm; what leads into the site leads there on the web."""
        if entry.body is None:
            return None
        said = self.desk.edition.phrase(entry.body)
        files = {photo.name: photo for photo in self.desk.catalogue.photos.get(key, ())}
        plates: list[Plate] = []

        def image(src: str, alt: str) -> Markup:
            if src not in files:
                return Markup()
            plates.append(self._cut(files[src], width, None, Phrase(alt)))
            return Markup('<img src="{}" alt="{}">').format(plates[-1].file, alt)

        html = with_addresses(render(said.words), lambda link: self._outward(link, key), image)
        return Telling(html, tuple(plates), said.lang)

    def _outward(self, link: str, key: Key) -> str:
        kind, _, entry_id = (entry_at(link, key) or "").partition("/")
        if kind in KIND_ROUTES:
            return self.desk.edition.url(self.desk.edition.href(KIND_ROUTES[kind], entry_id)) or ""
        return link if link.startswith(("http://", "https://", "mailto:", "tel:")) else ""

    def sources(self, entries: Iterable[Entry]) -> tuple[Reference, ...]:
        """The sources of entries, each once."""
        found = (one for entry in entries for one in self.desk.sources(entry))
        return tuple(Reference(one.words, one.href or "", one.note) for one in dict.fromkeys(found))


def _validity(desk: Desk) -> str:
    return desk.edition.say("brochure_validity", date=desk.edition.day(desk.edition.today))


def _drawing(drawing: PhotoFile, alt: Phrase) -> Plate:
    return Plate(Source(drawing.digest), alt, illustration=True)


def _typed(away: Away) -> Iterator[str]:
    """The address of a page on the web, which paper has to tell whole."""
    if away.href and away.href.startswith("http") and not away.href.startswith("https://zalo.me/"):
        yield bare(away.href)


def bare(url: str) -> str:
    """An address as people type it: `ocop.example/p/toi-den`."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")
