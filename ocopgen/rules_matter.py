"""Rules on the matter of an entry: its story and its pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.decode import did_you_mean
from ocopgen.document import Document
from ocopgen.model import Entry, Limits
from ocopgen.photo import ENDINGS, SHAPES, Fault, Flaw, PhotoFile, PictureKind, Shape, cut_size
from ocopgen.problems import Place, Problem
from ocopgen.prose import BODY_LIMIT, leads_somewhere, render, words_of
from ocopgen.text import Lang

# --- stories ----------------------------------------------------------------------------------------------

SHINGLE = 5
SHORTEST_STORY = 30
SHORTEST_COPY = 8
COPIED = 0.8
MOST_HOLDERS = 8


@dataclass(frozen=True)
class _Told:
    """The stories of one language that were read so far.

    Each run of five words is remembered with the first eight products that have it, so the cost grows with the
    words and not with the pairs, and what all stories share hides no copy behind the first who said it.
    """

    whole: dict[tuple[str, ...], Key] = field(default_factory=dict)
    sizes: dict[Key, int] = field(default_factory=dict)
    holders: dict[int, list[Key]] = field(default_factory=dict)

    def add(self, key: Key, words: list[str]) -> tuple[float, Key] | None:
        """Remember a story; tell which earlier one it is most like, and how much of the shorter one they share."""
        runs = _shingles(words)
        nearest = self._nearest(words, runs)
        self.whole.setdefault(tuple(words), key)
        self.sizes[key] = len(runs)
        for run in runs:
            holders = self.holders.setdefault(run, [])
            if len(holders) < MOST_HOLDERS:
                holders.append(key)
        return nearest

    def _nearest(self, words: list[str], runs: frozenset[int]) -> tuple[float, Key] | None:
        same = self.whole.get(tuple(words))
        if same and len(words) >= SHORTEST_COPY:
            return 1.0, same
        shared = Counter(holder for run in runs for holder in self.holders.get(run, ()))
        shares = ((count / min(len(runs), self.sizes[holder]), holder) for holder, count in shared.items())
        return max(shares, default=None)


def own_stories(book: Book) -> Iterator[Problem]:
    """A story that equals another product's scores 0 (Decision 26/2026/QĐ-TTg, criterion 5.3)."""
    told: dict[Lang, _Told] = {}
    for key, product in book.products:
        for lang, words in product.body.words if product.body else ():
            nearest = told.setdefault(lang, _Told()).add(key, words_of(words))
            if nearest and nearest[0] >= COPIED:
                share, other = nearest
                place = book.shelf.documents[key][lang].body_place(len(words) - len(words.lstrip()))
                named = {"other": f"{book.shelf.root}/{other}", "percent": round(100 * share)}
                yield Problem.at(place, "story-copied", **named)


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
