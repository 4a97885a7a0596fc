"""Rules on the matter of an entry: its story and its pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.decode import did_you_mean
from ocopgen.document import Document
from ocopgen.problems import Place, Problem
from ocopgen.prose import BODY_LIMIT, leads_somewhere, render, words_of
from ocopgen.text import Lang

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
            shared, other = max((count, holder) for holder, count in holders.items())
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
        if not leads_somewhere(link, key, book.knows if key in book.drafts else book.publishes):
            yield Problem.at(document.body_place(max(0, body.find(link))), "link-dead", value=link)
    names = [photo.name for photo in book.catalogue.photos.get(key, ())]
    for image in prose.images:
        if image not in names:
            place = document.body_place(max(0, body.find(image)))
            yield Problem.at(place, "photo-missing", value=image, **_near(image, names))


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
                yield Problem.at(place, "photo-missing", value=photo.file, **_near(photo.file, names))
            elif photo.alt is None:
                yield Problem.at(place, "alt-missing", value=photo.file)
            seen.add(photo.file)


def _near(name: str, names: list[str]) -> dict[str, object]:
    """The mend for a picture that is not there: the one that was meant, or to bring it."""
    if names:
        return did_you_mean(name, names)
    return {"mend_vi": "đặt tệp ảnh cạnh index.vi.md", "mend_en": "put the picture beside index.vi.md"}


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


def _photo_place(book: Book, key: Key, name: str) -> Place:
    """Where a picture is named, else the picture itself."""
    entry = next((one for known, one in book.catalogue.entries if known == key), None)
    photos = entry.photos if entry else ()
    number = next((number for number, photo in enumerate(photos) if photo.file == name), None)
    if number is None:
        return Place(f"{book.shelf.root}/{key}/{name}")
    return book.place(key, "photos", number, "file")
