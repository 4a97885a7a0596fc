"""All pictures of a catalogue: photos of entries, and our illustrations for what has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ocopgen.catalogue import Catalogue, Key
from ocopgen.image import CENTRE, FORMATS, MIME, Focus, Ladder, ladder
from ocopgen.model import Entry, Photo
from ocopgen.photo import SHAPES, PhotoFile, Shape
from ocopgen.prose import render
from ocopgen.text import Lang, Phrase, slug
from ocopgen.views import Candidate, Picture


@dataclass(frozen=True)
class Gallery:
    """All pictures of a catalogue: photos of entries, and our illustrations for what has none.

    `sizes` tells the bytes of each rendition by its key, once it was made; formats that save none are then left out.
    `posters` are the pictures that other sites show of a page, by its language and product; that of no product is the
    site's own.
    """

    catalogue: Catalogue
    illustrations: Mapping[str, PhotoFile]
    sizes: Mapping[str, int] = field(default_factory=dict)
    posters: Mapping[tuple[Lang, str], Ladder] = field(default_factory=dict)

    def photos(self, key: Key, entry: Entry) -> tuple[tuple[Photo | None, PhotoFile], ...]:
        """The pictures of an entry: those it lists, in its order, else every one in its folder."""
        files = {photo.name: photo for photo in self.catalogue.photos.get(key, ())}
        if entry.photos:
            return tuple((photo, files[photo.file]) for photo in entry.photos if photo.file in files)
        return tuple((None, photo) for photo in files.values())

    def _in_body(self, key: Key, entry: Entry) -> Iterator[PhotoFile]:
        """The pictures that an entry's story shows in some language."""
        named = {image for _, words in (entry.body.words if entry.body else ()) for image in render(words).images}
        return (photo for photo in self.catalogue.photos.get(key, ()) if photo.name in named)

    def of_set(self, number: int) -> PhotoFile:
        """The illustration of a set; a set that is newer than our drawings is shown by the hero."""
        return self.illustrations.get(f"set-{number:02}", self.hero)

    @cached_property
    def hero(self) -> PhotoFile:
        return self.illustrations["hero"]

    def ladders(self) -> tuple[Ladder, ...]:
        """Every photo that a page may show, in every rendition, and every poster."""
        entries = (one for key, entry in self.catalogue.entries for one in self.of_entry(key, entry))
        return *entries, *self.posters.values()

    def of_entry(self, key: Key, entry: Entry) -> Iterator[Ladder]:
        """The photos of an entry."""
        shape = SHAPES[kind_of(key)]
        for told, photo in self.photos(key, entry):
            yield self.ladder(photo, shape, focus_of(told))
        for photo in self._in_body(key, entry):
            yield self.ladder(photo, None)

    def drawings(self) -> frozenset[PhotoFile]:
        """Our own drawings, those that something on the site is shown by."""
        bare = {one.set for one in self.catalogue.products if not self.photos(f"products/{one.id}", one)}
        faces = (self.face(one.id) for one in self.catalogue.classification.sectors)
        return frozenset((self.hero, *map(self.of_set, bare), *faces))

    def ladder(self, photo: PhotoFile, shape: Shape, focus: Focus = CENTRE) -> Ladder:
        """The renditions of a photo for one use, worked out once for all pages and languages."""
        focus = focus if shape else CENTRE  # what is not cut is the same wherever it is looked at
        use = photo.path, shape, focus
        known = self._ladders.get(use)
        if known is None:
            whole = ladder(photo, stem(photo), shape, focus=focus)
            known = self._ladders[use] = whole.worthwhile(self.sizes) if self.sizes else whole
        return known

    @cached_property
    def _ladders(self) -> dict[tuple[str, Shape, Focus], Ladder]:
        return {}

    @cached_property
    def faces(self) -> dict[int, str]:
        """The set whose illustration stands for each sector: the one with the most products, else its first."""
        groups = self.catalogue.classification.group_by_id
        products = Counter(one.set for one in self.catalogue.products)
        faces: dict[str, int] = {}
        for one in sorted(self.catalogue.classification.sets, key=lambda one: (-products[one.n], one.n)):
            faces.setdefault(groups[one.group].sector, one.n)
        return {number: sector for sector, number in faces.items()}

    def face(self, sector: str) -> PhotoFile:
        """The illustration of a sector; the hero for one that has no sets."""
        number = next((number for number, one in self.faces.items() if one == sector), None)
        return self.hero if number is None else self.of_set(number)


def stem(photo: PhotoFile) -> str:
    """The readable part of a rendition's name: of the entry and the picture."""
    folder, _, name = photo.path.rpartition("/")
    return slug(f"{folder.rpartition('/')[2]}-{name.rpartition('.')[0]}")[:60].strip("-")


def focus_of(photo: Photo | None) -> Focus:
    """What must not be cut from a photo: what its entry tells, else its middle."""
    return (photo.focus if photo else None) or CENTRE


def picture(steps: Ladder, alt: Phrase, credit: str | None = None) -> Picture:
    """A photo as a template writes it, from its ladder of renditions."""
    formats = [one for one in FORMATS if steps.of(one)]
    sources = tuple(
        (MIME[one], tuple(Candidate(steps.path(each), each.width) for each in steps.of(one))) for one in formats
    )
    fallback = sources[-1][1]
    middle = fallback[min(1, len(fallback) - 1)]
    return Picture(sources, middle.href, steps.width, steps.height, steps.tint, alt, credit=credit)


def drawing_path(drawing: PhotoFile) -> str:
    """Where one of our own drawings lies in the site: one file, which is sharp at every size."""
    return f"pictures/{drawing.name.removesuffix('.svg')}-{drawing.digest[:12]}.svg"


def drawn(drawing: PhotoFile, alt: Phrase) -> Picture:
    """One of our own drawings as a template writes it."""
    return Picture((), drawing_path(drawing), drawing.width, drawing.height, drawing.sight.tint, alt, illustration=True)


def kind_of(key: Key) -> str:
    """The folder that an entry lies in: `products`."""
    return key.partition("/")[0]
