"""Rules on the matter of an entry: its story and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.decode import did_you_mean
from ocopgen.document import Document
from ocopgen.model import Entry, Limits
from ocopgen.photo import ENDINGS, SHAPES, Fault, Flaw, PhotoFile, PictureKind, Shape, cut_size
from ocopgen.problems import Place, Problem, brief
from ocopgen.prose import BODY_LIMIT, leads_somewhere, render
from ocopgen.story import COPIED, Told, alike, shared

# --- stories ----------------------------------------------------------------------------------------------


def own_stories(book: Book) -> Iterator[Problem]:
    """A story that equals another product's scores 0 (Decision 26/2026/QĐ-TTg, criterion 5.3)."""
    for lang in book.catalogue.site.languages:
        stories = {key: book.told[key][lang] for key, _ in book.products if lang in book.told[key]}
        for key, others in _alike(tuple(stories.items())):
            document = book.shelf.documents[key][lang]
            shares = [shared(document.body, book.shelf.documents[other][lang].body) for other in others]
            if max(shares) >= COPIED:
                other, share = others[shares.index(max(shares))], max(shares)
                place = document.body_place(len(document.body) - len(document.body.lstrip()))
                named = {"other": f"{book.shelf.root}/{other}", "percent": round(100 * share)}
                yield Problem.at(place, "story-copied", **named)


@lru_cache(maxsize=4)
def _alike(stories: tuple[tuple[Key, Told], ...]) -> tuple[tuple[Key, list[Key]], ...]:
    """A process that builds again and again does not look again where no story of a language changed."""
    return tuple(alike(dict(stories)))


def live_links(book: Book) -> Iterator[Problem]:
    """Addresses in stories lead to other sites, or to entries that will have a page."""
    for key, stories in book.told.items():
        for lang, told in stories.items():
            for link in told.links:
                if not leads_somewhere(link, key, book.knows if key in book.drafts else book.publishes):
                    document = book.shelf.documents[key][lang]
                    place = document.body_place(max(0, document.body.find(link)))
                    yield Problem.at(place, "link-dead", value=brief(link))


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
    names = [photo.name for photo in book.catalogue.photos.get(key, ())]
    for image in prose.images:
        if image not in names:
            place = document.body_place(max(0, body.find(image)))
            yield Problem.at(place, "photo-missing", value=brief(image), **_near(image, names))


# --- pictures ---------------------------------------------------------------------------------------------


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
        yield from _unlisted(book, key, entry, names)


def _unlisted(book: Book, key: Key, entry: Entry, names: list[str]) -> Iterator[Problem]:
    """Pictures of a folder that its entry shows nowhere, though it lists others."""
    if not entry.photos:
        return
    shown = {photo.file for photo in entry.photos}
    shown |= {image for _, words in (entry.body.words if entry.body else ()) for image in render(words).images}
    for name in names:
        if name not in shown:
            yield Problem.at(book.place(key, "photos"), "photo-unlisted", value=name)


def _near(name: str, names: list[str]) -> dict[str, object]:
    """The mend for a picture that is not there: the one that was meant, or to bring it."""
    if names:
        return did_you_mean(name, names)
    return {"mend_vi": "đặt tệp ảnh cạnh index.vi.md", "mend_en": "put the picture beside index.vi.md"}


SMALLEST_PHOTO = 800
NARROWEST_PHOTO = 400
MODEST_PHOTO = 1600
"""Pixels of the long side, below which a photo is not sharp across a whole page."""

NARROW_CUT = 800
"""Pixels across, below which what the cut has left is stretched by a page."""

AMPLE_PHOTO = 3000
"""Pixels of the long side that are enough for every use, print too."""

VAST_MEGABYTES = 12
VAST_PIXELS = 26_000_000

Said = tuple[str, dict[str, object]]
"""The code of a problem, and the words beside the name of the picture."""


_FAULTS: dict[Fault, str] = {
    "unreadable": "photo-unreadable",
    "cut-off": "photo-cut-off",
    "killed": "photo-killed",
}
_KINDS: dict[PictureKind, str] = {"raw": "photo-raw", "svg": "photo-svg", "pdf": "photo-pdf"}
_FLAWS: dict[Flaw, str] = {"dark": "photo-dark", "pale": "photo-pale", "blurred": "photo-blurred"}


def good_photos(book: Book) -> Iterator[Problem]:
    entries = dict(book.catalogue.entries)
    for key, files in book.catalogue.photos.items():
        for photo in files:
            fault = _fault(photo, book.catalogue.site.limits)
            shape = _shape(key, entries.get(key), photo.name)
            for code, words in [fault, *_indiscreet(photo)] if fault else _advice(photo, shape):
                yield Problem.at(_photo_place(book, entries.get(key), key, photo.name), code, value=photo.name, **words)


def _shape(key: Key, entry: Entry | None, name: str) -> Shape:
    """How a picture is cut; one that its entry does not list is shown whole, in the story, or not at all."""
    listed = entry is None or not entry.photos or any(photo.file == name for photo in entry.photos)
    return SHAPES[key.partition("/")[0]] if listed else None


def _fault(photo: PhotoFile, limits: Limits) -> Said | None:
    """Why a picture cannot be shown, if it cannot."""
    size: dict[str, object] = {"width": photo.width, "height": photo.height}
    if photo.kind in _KINDS:
        return _KINDS[photo.kind], {}
    if photo.size > limits.most_bytes:
        return "photo-large", {"size": f"{photo.size / (1 << 20):.1f}", "limit": limits.megabytes}
    if photo.sight.fault:
        return _FAULTS[photo.sight.fault], {}
    if photo.kind not in ENDINGS:
        return "photo-kind", {}
    if photo.width * photo.height > limits.most_pixels:
        return "photo-pixels", {"limit": limits.megapixels, **size}
    if photo.sight.frames > limits.frames:
        return "photo-frames", {"frames": photo.sight.frames, "limit": limits.frames}
    if max(photo.width, photo.height) < SMALLEST_PHOTO:
        return "photo-small", {"limit": SMALLEST_PHOTO, "side_vi": "dài", "side_en": "long", **size}
    if min(photo.width, photo.height) < NARROWEST_PHOTO:
        return "photo-small", {"limit": NARROWEST_PHOTO, "side_vi": "ngắn", "side_en": "short", **size}
    return None


def _advice(photo: PhotoFile, shape: Shape) -> Iterator[Said]:
    """What would make a picture a better one, though it can be shown."""
    size: dict[str, object] = {"width": photo.width, "height": photo.height}
    ending = photo.name[photo.name.rfind(".") :].lower()
    if ending not in ENDINGS[photo.kind]:
        yield (
            "photo-ending",
            {"kind": "HEIC" if photo.kind == "heif" else photo.kind.upper(), "ending": ENDINGS[photo.kind][0]},
        )
    yield from _indiscreet(photo)
    if photo.sight.bare_cmyk:
        yield "photo-cmyk", {}
    if photo.sight.flaw:
        yield _FLAWS[photo.sight.flaw], {}
    across, down = cut_size(photo.width, photo.height, shape)
    if shape and across < NARROW_CUT:
        yield "photo-narrow", {"limit": NARROW_CUT, "across": across, "down": down, **size}
    elif max(photo.width, photo.height) < MODEST_PHOTO:
        yield "photo-modest", {"limit": MODEST_PHOTO, **size}
    if photo.size > VAST_MEGABYTES << 20 or photo.width * photo.height > VAST_PIXELS:
        yield "photo-vast", {"megabytes": round(photo.size / (1 << 20), 1), "enough": AMPLE_PHOTO, **size}


def _indiscreet(photo: PhotoFile) -> Iterator[Said]:
    if photo.sight.tells_place:
        yield "photo-located", {}


def _photo_place(book: Book, entry: Entry | None, key: Key, name: str) -> Place:
    """Where a picture is named, else the picture itself."""
    photos = entry.photos if entry else ()
    number = next((number for number, photo in enumerate(photos) if photo.file == name), None)
    if number is None:
        return Place(f"{book.shelf.root}/{key}/{name}")
    return book.place(key, "photos", number, "file")
