"""Rules on what entries and data files say of one another: everything that is named must be there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from string import Formatter

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.decode import did_you_mean
from ocopgen.model import Place
from ocopgen.problems import Problem
from ocopgen.text import slug


def known_producer(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        if not book.knows(f"producers/{product.producer}"):
            near = did_you_mean(product.producer, book.ids("producers"))
            yield Problem.at(book.place(key, "producer"), "producer-unknown", value=product.producer, **near)
            continue
        producer = book.catalogue.producer_by_id.get(product.producer)
        if producer and producer.draft and not product.draft:
            yield Problem.at(book.place(key, "producer"), "producer-draft", value=product.producer)


def known_outlets(book: Book) -> Iterator[Problem]:
    return _known(book, "outlets", "outlets", "outlet-unknown")


def known_related(book: Book) -> Iterator[Problem]:
    return _known(book, "related", "products", "related-unknown")


def _known(book: Book, name: str, kind: str, code: str) -> Iterator[Problem]:
    """Entries of a kind that products list under a field must be there."""
    for key, product in book.products:
        for number, other in enumerate(getattr(product, name)):
            if not book.knows(f"{kind}/{other}"):
                near = did_you_mean(other, book.ids(kind))
                yield Problem.at(book.place(key, name, number), code, value=other, **near)


def known_set(book: Book) -> Iterator[Problem]:
    sets = book.catalogue.classification.set_by_number
    for key, product in book.products:
        if product.set not in sets:
            known = f"{min(sets, default=1)}-{max(sets, default=26)}"
            mend = {
                "mend_vi": f"dùng số {known}, xem classification.yml",
                "mend_en": f"use {known}, see classification.yml",
            }
            yield Problem.at(book.place(key, "set"), "set-unknown", value=product.set, **mend)


_PARENT_NEEDED: dict[str, object] = {
    "mend_vi": "tên xã có thể trùng: thêm 'district' (huyện cũ) hoặc 'province' (tỉnh nay)",
    "mend_en": "names of communes repeat: add 'district' (of then) or 'province' (of today)",
}


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
        near = did_you_mean(place.commune, siblings) if parent else _PARENT_NEEDED
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


def phones_of_one_producer(book: Book) -> Iterator[Problem]:
    seen: dict[str, Key] = {}
    for producer in book.catalogue.producers:
        key = f"producers/{producer.id}"
        for number, phone in enumerate(producer.phones):
            if phone in seen:
                place = book.place(key, "phones", number)
                yield Problem.at(place, "phone-shared", value=phone, other=seen[phone])
            seen.setdefault(phone, key)


def ids_given_once(book: Book) -> Iterator[Problem]:
    """In data files, rows of one kind have ids (or numbers) of their own."""
    places, classification = book.catalogue.places, book.catalogue.classification
    lists: tuple[tuple[str, str, list[Hashable]], ...] = (
        ("places.yml", "provinces", [one.id for one in places.provinces]),
        ("places.yml", "districts", [one.id for one in places.districts]),
        ("places.yml", "communes", [(one.district or one.province, one.id) for one in places.communes]),
        ("classification.yml", "sectors", [one.id for one in classification.sectors]),
        ("classification.yml", "groups", [one.id for one in classification.groups]),
        ("classification.yml", "sets", [one.n for one in classification.sets]),
    )
    for name, key, ids in lists:
        for number, one in enumerate(ids):
            if one in ids[:number]:
                field = "n" if key == "sets" else "id"
                place = book.file(name).place((key, number, field))
                yield Problem.at(place, "listed-twice", value=one[1] if isinstance(one, tuple) else one)


def sound_strings(book: Book) -> Iterator[Problem]:
    """Words of the interface hold only plain names in braces, and parts of addresses only what an address may."""
    document = book.file("strings.yml")
    for key, text in book.catalogue.strings.root.items():
        for lang, words in text.words:
            if not _plain_braces(words):
                yield Problem.at(document.place((key, lang)), "value-wrong", key=key, value=f"'{words}'")
            elif key.startswith("path_") and slug(words) != words:
                place = document.place((key, lang))
                yield Problem.at(place, "slug-form", key=key, value=f"'{words}'", slug=slug(words))


def _plain_braces(words: str) -> bool:
    """Whether `{name}` is all that stands in braces: no attribute, index or format."""
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        return False
    return all(name is None or (name.isidentifier() and not form and not turn) for _, name, form, turn in parts)


def data_files_agree(book: Book) -> Iterator[Problem]:
    """Ids that one row of a data file gives for another."""
    places, classification = book.catalogue.places, book.catalogue.classification
    programme = book.catalogue.programme
    provinces, districts = tuple(places.province_by_id), tuple(places.district_by_id)
    for name, path, value, known in (
        *(("places.yml", ("provinces", n, "into"), one.into, provinces) for n, one in enumerate(places.provinces)),
        *(
            ("places.yml", ("districts", n, "province"), one.province, provinces)
            for n, one in enumerate(places.districts)
        ),
        *(
            ("places.yml", ("communes", n, "district"), one.district, districts)
            for n, one in enumerate(places.communes)
        ),
        *(
            ("places.yml", ("communes", n, "province"), one.province, provinces)
            for n, one in enumerate(places.communes)
        ),
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
        *(
            ("programme.yml", ("support", n, "source"), one.source, tuple(programme.sources))
            for n, one in enumerate(programme.support)
        ),
        *(
            ("programme.yml", ("later", n, "source"), one.source, tuple(programme.sources))
            for n, one in enumerate(programme.later)
        ),
    ):
        if value is not None and value not in known:
            place = book.file(name).place(path)
            yield Problem.at(place, "reference-unknown", key=path[-1], value=value, **did_you_mean(value, known))
    for n, one in enumerate(places.communes):
        if one.into and places.today(one) is None:
            place = book.file("places.yml").place(("communes", n, "into"))
            known = tuple(commune.id for commune in places.communes if commune.province)
            yield Problem.at(place, "reference-unknown", key="into", value=one.into, **did_you_mean(one.into, known))
