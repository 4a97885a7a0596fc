"""Everything a catalogue must obey beyond the shape of its files: one function a rule, all in `RULES`.

A rule reads the shelf and yields problems. Places come from the documents, so a rule says where in a file it looked.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from pydantic import BaseModel

from ocopgen.catalogue import Catalogue, Key, Shelf
from ocopgen.decode import did_you_mean
from ocopgen.document import Document, Path
from ocopgen.model import (
    EXTENSION_DAYS,
    SCORE_LIMITS,
    WARNING_DAYS,
    Entry,
    Place,
    Producer,
    Product,
    Recognition,
    Status,
    months_after,
)
from ocopgen.problems import Place as Spot
from ocopgen.problems import Problem
from ocopgen.prose import BODY_LIMIT, render, words_of
from ocopgen.reference import ProductSet
from ocopgen.text import Lang, Text
from ocopgen.values import Moment


@dataclass(frozen=True)
class Book:
    """What rules read: the catalogue with its drafts, the documents behind it, and the day of the build."""

    catalogue: Catalogue
    shelf: Shelf
    today: date

    def source(self, key: Key) -> Document:
        """The file that carries an entry's facts."""
        return next(iter(self.shelf.documents[key].values()))

    def place(self, key: Key, *path: str | int) -> Spot:
        return self.source(key).place(path)

    def file(self, name: str) -> Document:
        """A data file, such as `places.yml`."""
        return self.shelf.data[name]

    def knows(self, key: Key) -> bool:
        """Whether an entry is there, readable or not."""
        return key in self.shelf.documents or key in self.shelf.unread

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(key.partition("/")[2] for key in self.shelf.documents if key.startswith(f"{kind}/"))

    @property
    def products(self) -> Iterator[tuple[Key, Product]]:
        return ((f"products/{one.id}", one) for one in self.catalogue.products)


Rule = Callable[[Book], Iterable[Problem]]


def problems(book: Book) -> tuple[Problem, ...]:
    """Every problem that the rules find."""
    return tuple(problem for rule in RULES for problem in rule(book))


# --- what entries say of one another ----------------------------------------------------------------------


def known_producer(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        place = book.place(key, "producer")
        if not book.knows(f"producers/{product.producer}"):
            near = did_you_mean(product.producer, book.ids("producers"))
            yield Problem.at(place, "producer-unknown", value=product.producer, **near)
            continue
        producer = book.catalogue.producer_by_id.get(product.producer)
        if producer and producer.draft and not product.draft:
            yield Problem.at(place, "producer-draft", value=product.producer)


def known_outlets(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, outlet in enumerate(product.outlets):
            if not book.knows(f"outlets/{outlet}"):
                near = did_you_mean(outlet, book.ids("outlets"))
                yield Problem.at(book.place(key, "outlets", number), "outlet-unknown", value=outlet, **near)


def known_related(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, other in enumerate(product.related):
            if not book.knows(f"products/{other}"):
                near = did_you_mean(other, book.ids("products"))
                yield Problem.at(book.place(key, "related", number), "related-unknown", value=other, **near)


def known_set(book: Book) -> Iterator[Problem]:
    sets = book.catalogue.classification.set_by_number
    for key, product in book.products:
        if product.set not in sets:
            known = f"{min(sets)}-{max(sets)}"
            mend = {"mend_vi": f"dùng số {known}, xem classification.yml", "mend_en": f"use {known}, see classification.yml"}
            yield Problem.at(book.place(key, "set"), "set-unknown", value=product.set, **mend)


def known_places(book: Book) -> Iterator[Problem]:
    for key, entry in book.catalogue.entries:
        place = getattr(entry, "place", None)
        if isinstance(place, Place):
            yield from _unknown_place(book, key, place)


def _unknown_place(book: Book, key: Key, place: Place) -> Iterator[Problem]:
    places = book.catalogue.places
    for name, value, known in (
        ("province", place.province, places.province_by_id),
        ("district", place.district, places.district_by_id),
    ):
        if value is not None and value not in known:
            near = did_you_mean(value, tuple(known))
            yield Problem.at(book.place(key, "place", name), "place-unknown", value=value, **near)
            return
    if place.commune is not None and places.commune(place) is None:
        parent = place.district or place.province
        siblings = tuple(one for above, one in places.commune_by_key if above == parent)
        near = did_you_mean(place.commune, siblings)
        yield Problem.at(book.place(key, "place", "commune"), "place-unknown", value=place.commune, **near)


def free_former_ids(book: Book) -> Iterator[Problem]:
    seen: dict[Key, Key] = {}
    for key, entry in book.catalogue.entries:
        kind = key.partition("/")[0]
        for number, old in enumerate(entry.was):
            former = f"{kind}/{old}"
            other = former if book.knows(former) else seen.get(former)
            if other:
                yield Problem.at(book.place(key, "was", number), "was-taken", value=old, other=other)
            seen[former] = key


def unique_gtin(book: Book) -> Iterator[Problem]:
    seen: dict[str, Key] = {}
    for key, product in book.products:
        for number, pack in enumerate(product.packs):
            if pack.gtin is None:
                continue
            gtin = pack.gtin.zfill(14)
            if gtin in seen:
                place = book.place(key, "packs", number, "gtin")
                yield Problem.at(place, "gtin-twice", value=pack.gtin, other=seen[gtin])
            seen.setdefault(gtin, key)


# --- the star ---------------------------------------------------------------------------------------------


def _recognitions(book: Book) -> Iterator[tuple[Key, int, Recognition]]:
    for key, product in book.products:
        for number, recognition in enumerate(product.recognitions):
            yield key, number, recognition


def score_agrees(book: Book) -> Iterator[Problem]:
    for key, number, one in _recognitions(book):
        if one.score is None:
            continue
        expected = next((stars for limit, stars in SCORE_LIMITS if one.score >= limit), None)
        place = book.place(key, "recognitions", number, "score")
        if expected is None:
            yield Problem.at(place, "score-none", score=f"{one.score:g}")
        elif expected != one.stars and not _potential(book, key, expected, one.stars):
            yield Problem.at(place, "score-star", score=f"{one.score:g}", expected=expected, stars=one.stars)


def _potential(book: Book, key: Key, expected: int, stars: int) -> bool:
    """A score of 90 with four stars is right for a product that was sent on to the ministry."""
    product = book.catalogue.product_by_id[key.partition("/")[2]]
    return expected == 5 and stars == 4 and product.potential_5_star is not None


def recognition_ends(book: Book) -> Iterator[Problem]:
    for key, number, one in _recognitions(book):
        place = book.place(key, "recognitions", number, "ends")
        day = one.decision.date if one.decision else None
        if one.ends is not None and day is None:
            yield Problem.at(place, "ends-undated")
        elif one.ends is not None and day is not None:
            expected = months_after(day, 36)
            if one.ends != expected and one.ends_reason is None:
                yield Problem.at(place, "ends-reason", expected=expected)
        if one.extended and one.end:
            latest = one.end + timedelta(days=EXTENSION_DAYS)
            if one.extended.until > latest:
                where = book.place(key, "recognitions", number, "extended", "until")
                words = {"until": one.extended.until, "ends": one.end, "latest": latest}
                yield Problem.at(where, "extended-long", **words)


def recognitions_in_order(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        seen: dict[tuple[str, date, str | None], int] = {}
        for number, one in enumerate(product.recognitions):
            above = product.recognitions[number - 1] if number else None
            if above and above.newest and one.newest and one.newest > above.newest:
                yield Problem.at(book.place(key, "recognitions", number), "order-recognitions")
            if one.decision and one.decision.number and one.decision.date:
                paper = one.decision.number, one.decision.date, one.decision.by
                place = book.place(key, "recognitions", number, "decision")
                if paper in seen:
                    yield Problem.at(place, "decision-twice", value=paper[0], line=seen[paper])
                seen[paper] = place.line


def recognition_in_effect(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        one = product.recognition(book.today)
        if one is None or one.end is None or product.draft:
            continue
        place = book.place(key, "recognitions", product.recognitions.index(one))
        status = one.status(book.today)
        if status is Status.ENDED:
            yield Problem.at(place, "recognition-ended", stars=one.stars, ends=one.end)
        elif status is Status.ENDING:
            days = (one.end - book.today).days
            yield Problem.at(place, "recognition-ending", stars=one.stars, ends=one.end, days=days)


assert WARNING_DAYS == 180  # the message of `recognition-ending` names the filing window of the law


def potential_is_not_five(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        held = product.recognition(book.today)
        if product.potential_5_star and held and held.stars == 5:
            yield Problem.at(book.place(key, "potential_5_star"), "potential-holds-5")


# --- dates ------------------------------------------------------------------------------------------------

_MAY_BE_AHEAD = frozenset({"ends", "to", "until", "starts"})


def no_future(book: Book) -> Iterator[Problem]:
    for key, entry in book.catalogue.entries:
        for path, value in _dates(entry, ()):
            if path[-1] not in _MAY_BE_AHEAD and value > book.today:
                yield Problem.at(book.place(key, *path), "future-date", date=value, today=book.today)


def _dates(value: object, path: Path) -> Iterator[tuple[Path, date]]:
    """Every date in an entry and where it stands."""
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, Moment):
        yield path, value.earliest
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _dates(item, (*path, number))
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _dates(getattr(value, name), (*path, info.alias or name))


def dates_in_order(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, one in enumerate(product.certificates):
            if one.starts and one.ends and one.ends < one.starts:
                place = book.place(key, "certificates", number, "to")
                yield Problem.at(place, "dates-swapped", key="to", late=one.ends, early=one.starts)
    for item in book.catalogue.news:
        if item.starts and item.ends and item.ends < item.starts:
            place = book.place(f"news/{item.id}", "ends")
            yield Problem.at(place, "dates-swapped", key="ends", late=item.ends, early=item.starts)


# --- what the law asks ------------------------------------------------------------------------------------


def _with_sets(book: Book) -> Iterator[tuple[Key, Product, ProductSet]]:
    for key, product in book.products:
        product_set = book.catalogue.classification.set_by_number.get(product.set)
        if product_set:
            yield key, product, product_set


def alcohol_stated(book: Book) -> Iterator[Problem]:
    for key, product, product_set in _with_sets(book):
        if product_set.alcohol and product.alcohol is None:
            yield Problem.at(book.place(key, "set"), "alcohol-missing", value=product.set)
        elif product.alcohol is not None and not product_set.alcohol:
            yield Problem.at(book.place(key, "alcohol"), "alcohol-elsewhere", value=product.set)


def services_are_no_goods(book: Book) -> Iterator[Problem]:
    for key, product, product_set in _with_sets(book):
        if not product_set.service:
            continue
        source = book.source(key)
        for name in ("ingredients", "shelf_life", "storage"):
            if getattr(product, name) is not None:
                yield Problem.at(source.key_place((name,)), "service-goods", key=name, value=product.set)
        for number, pack in enumerate(product.packs):
            if pack.quantity is not None:
                place = source.key_place(("packs", number, "quantity"))
                yield Problem.at(place, "service-goods", key="quantity", value=product.set)


def notices_written(book: Book) -> Iterator[Problem]:
    for number, one in enumerate(book.catalogue.classification.sets):
        if (one.alcohol or one.health) and one.notice is None:
            yield Problem.at(book.file("classification.yml").place(("sets", number)), "notice-missing", value=one.n)


_CLAIMS = re.compile(
    r"chữa\s+(?:bệnh|khỏi|trị|lành|dứt)|điều\s+trị|đặc\s+trị|thần\s+dược|(?:phòng|ngừa|trị)\s+bệnh|ung\s+thư"
    r"|\bcur(?:e|es|ed|ing)\b|\bcancers?\b|\btreat(?:s|ing)?\s+(?:\w+\s+){0,3}(?:disease|illness|diabetes|pain)"
    r"|\bprevents?\s+(?:\w+\s+){0,2}(?:disease|illness|infection)",
    re.IGNORECASE,
)
_FISH_CURED = re.compile(r"(?:salt|sun|smoke|dry|air)[- ]cur", re.IGNORECASE)


def no_cures(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for lang, document in book.shelf.documents[key].items():
            for path, text in _texts(product, ()):
                claim = _claim(text.get(lang) or "")
                if claim:
                    place = document.body_place(document.body.find(claim)) if path == ("body",) else document.place(path)
                    yield Problem.at(place, "claim-cure", value=claim)


def _claim(words: str) -> str | None:
    for found in _CLAIMS.finditer(words):
        if not _FISH_CURED.match(words, max(0, found.start() - 6)):
            return found[0]
    return None


def _texts(value: object, path: Path) -> Iterator[tuple[Path, Text]]:
    """Every text in an entry and where it stands."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))


def consent_recorded(book: Book) -> Iterator[Problem]:
    for producer in book.catalogue.producers:
        withheld = [what for what in ("phones", "address", "email") if _withheld(producer, what)]
        if withheld and not producer.draft:
            vi = {"phones": "điện thoại", "address": "địa chỉ", "email": "thư điện tử"}
            en = {"phones": "phones", "address": "address", "email": "e-mail"}
            words = {
                "what_vi": ", ".join(vi[what] for what in withheld),
                "what_en": ", ".join(en[what] for what in withheld),
            }
            yield Problem.at(book.place(f"producers/{producer.id}", withheld[0]), "consent-missing", **words)


def _withheld(producer: Producer, what: str) -> bool:
    return bool(getattr(producer, what)) and not producer.publishes(what)  # type: ignore[arg-type]


# --- stories ----------------------------------------------------------------------------------------------

SHINGLE = 5
SHORTEST_STORY = 30
COPIED = 0.8


def own_stories(book: Book) -> Iterator[Problem]:
    """A story that equals another product's scores 0 (Decision 26/2026/QĐ-TTg, criterion 5.3).

    Every run of five words is remembered with the product that had it first, so the cost grows with the
    words, not with the pairs.
    """
    first: dict[tuple[Lang, int], Key] = {}
    for key, product in book.products:
        for lang, words in product.body.words if product.body else ():
            shingles = _shingles(words_of(words))
            holders = Counter(first[lang, one] for one in shingles if (lang, one) in first)
            for one in shingles:
                first.setdefault((lang, one), key)
            if not holders:
                continue
            other, shared = holders.most_common(1)[0]
            if shared >= COPIED * len(shingles):
                document = book.shelf.documents[key][lang]
                percent = round(100 * shared / len(shingles))
                place = document.body_place(len(words) - len(words.lstrip()))
                yield Problem.at(place, "story-copied", other=book.shelf.root + "/" + other, percent=percent)


def _shingles(words: list[str]) -> frozenset[int]:
    if len(words) < SHORTEST_STORY:
        return frozenset()
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))


def sound_bodies(book: Book) -> Iterator[Problem]:
    for key, documents in book.shelf.documents.items():
        for document in documents.values():
            if document.body.strip():
                yield from _body_problems(book, key, document)


def _body_problems(book: Book, key: Key, document: Document) -> Iterator[Problem]:
    body = document.body
    prose = render(body)
    if prose.fault:
        yield Problem.at(document.body_place(0), prose.fault, length=len(body), limit=BODY_LIMIT)
    for tag in prose.removed:
        at = re.search(rf"<{re.escape(tag.split()[0])}\b", body, re.IGNORECASE)
        yield Problem.at(document.body_place(at.start() if at else 0), "body-html", value=tag)
    for link in prose.links:
        if not leads_somewhere(link, key, book.knows):
            yield Problem.at(document.body_place(max(0, body.find(link))), "link-dead", value=link)
    names = [photo.name for photo in book.catalogue.photos.get(key, ())]
    for image in prose.images:
        if image not in names:
            place = document.body_place(max(0, body.find(image)))
            yield Problem.at(place, "photo-missing", value=image, **did_you_mean(image, names))


def leads_somewhere(link: str, key: Key, knows: Callable[[Key], bool]) -> bool:
    """Whether an address in a body is a fragment, another site, or an entry that is there."""
    if link.startswith("#") or re.match(r"https?://[^/]*\.|mailto:.+@|tel:\+?\d", link):
        return True
    target = entry_at(link, key)
    return target is not None and knows(target)


def entry_at(link: str, key: Key) -> Key | None:
    """The entry that a relative address in a body means: from `products/x`, `../y/` is `products/y`."""
    path = link.partition("#")[0]
    if not path or path.startswith("/") or ":" in path:
        return None
    target = posixpath.normpath(posixpath.join(key, path))
    return re.sub(r"/index(\.\w+)?\.md$", "", target)


# --- pictures ---------------------------------------------------------------------------------------------

SMALLEST_PHOTO = 800
LARGEST_PHOTO = 25 << 20


def listed_photos(book: Book) -> Iterator[Problem]:
    for key, entry in book.catalogue.entries:
        names = [photo.name for photo in book.catalogue.photos.get(key, ())]
        seen: set[str] = set()
        for number, photo in enumerate(entry.photos):
            place = book.place(key, "photos", number, "file")
            if photo.file in seen:
                yield Problem.at(place, "photo-twice", value=photo.file)
            elif photo.file not in names:
                yield Problem.at(place, "photo-missing", value=photo.file, **did_you_mean(photo.file, names))
            elif photo.alt is None:
                yield Problem.at(place, "alt-missing", value=photo.file)
            seen.add(photo.file)


def good_photos(book: Book) -> Iterator[Problem]:
    for key, files in book.catalogue.photos.items():
        for photo in files:
            place = _photo_place(book, key, photo.name)
            if photo.size > LARGEST_PHOTO:
                words = {"size": photo.size >> 20, "limit": LARGEST_PHOTO >> 20}
                yield Problem.at(place, "photo-large", value=photo.name, **words)
            elif photo.kind == "broken":
                yield Problem.at(place, "photo-unreadable", value=photo.name)
            elif photo.kind not in ("jpeg", "png"):
                yield Problem.at(place, "photo-kind", value=photo.name)
            elif max(photo.width, photo.height) < SMALLEST_PHOTO:
                words = {"width": photo.width, "height": photo.height, "limit": SMALLEST_PHOTO}
                yield Problem.at(place, "photo-small", value=photo.name, **words)


def _photo_place(book: Book, key: Key, name: str) -> Spot:
    """Where a picture is named, else the picture itself."""
    entry = next((one for known, one in book.catalogue.entries if known == key), None)
    photos = cast(Entry, entry).photos if entry else ()
    number = next((number for number, photo in enumerate(photos) if photo.file == name), None)
    if number is None:
        return Spot(f"{book.shelf.root}/{key}/{name}")
    return book.place(key, "photos", number, "file")


# --- data files -------------------------------------------------------------------------------------------


def data_files_agree(book: Book) -> Iterator[Problem]:
    """Ids that one row of a data file gives for another."""
    places, classification = book.catalogue.places, book.catalogue.classification
    programme = book.catalogue.programme
    provinces, districts = tuple(places.province_by_id), tuple(places.district_by_id)
    for name, path, value, known in (
        *(("places.yml", ("provinces", n, "into"), one.into, provinces) for n, one in enumerate(places.provinces)),
        *(("places.yml", ("districts", n, "province"), one.province, provinces) for n, one in enumerate(places.districts)),
        *(("places.yml", ("communes", n, "district"), one.district, districts) for n, one in enumerate(places.communes)),
        *(("places.yml", ("communes", n, "province"), one.province, provinces) for n, one in enumerate(places.communes)),
        *(
            ("classification.yml", ("groups", n, "sector"), one.sector, tuple(classification.sector_by_id))
            for n, one in enumerate(classification.groups)
        ),
        *(
            ("classification.yml", ("sets", n, "group"), one.group, tuple(classification.group_by_id))
            for n, one in enumerate(classification.sets)
        ),
        ("programme.yml", ("results", "source"), programme.results.source, tuple(programme.sources)),
        ("programme.yml", ("targets", "source"), programme.targets.source, tuple(programme.sources)),
        *(("programme.yml", ("support", n, "source"), one.source, tuple(programme.sources)) for n, one in enumerate(programme.support)),
        *(("programme.yml", ("later", n, "source"), one.source, tuple(programme.sources)) for n, one in enumerate(programme.later)),
    ):
        if value is not None and value not in known:
            place = book.file(name).place(path)
            yield Problem.at(place, "reference-unknown", key=path[-1], value=value, **did_you_mean(value, known))
    for n, one in enumerate(places.communes):
        if one.into and places.today(one) is None:
            place = book.file("places.yml").place(("communes", n, "into"))
            known = tuple(commune.id for commune in places.communes if commune.province)
            yield Problem.at(place, "reference-unknown", key="into", value=one.into, **did_you_mean(one.into, known))


RULES: tuple[Rule, ...] = (
    known_producer,
    known_outlets,
    known_related,
    known_set,
    known_places,
    free_former_ids,
    unique_gtin,
    score_agrees,
    recognition_ends,
    recognitions_in_order,
    recognition_in_effect,
    potential_is_not_five,
    no_future,
    dates_in_order,
    alcohol_stated,
    services_are_no_goods,
    notices_written,
    no_cures,
    consent_recorded,
    own_stories,
    sound_bodies,
    listed_photos,
    good_photos,
    data_files_agree,
)
