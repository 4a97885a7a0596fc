"""All pictures of a catalogue: photos of entries, and our illustrations for what has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ocopgen.catalogue import Catalogue, Key, PhotoFile
from ocopgen.image import CARD, FORMATS, MIME, WIDE, Ladder, Shape, ladder
from ocopgen.model import Entry, Photo
from ocopgen.prose import render
from ocopgen.text import Phrase, slug
from ocopgen.views import Candidate, Picture

SHAPES: dict[str, Shape] = {"products": CARD, "producers": CARD, "outlets": CARD, "news": None, "pages": None}
"""How the photos of each kind of entry are cut."""


@dataclass(frozen=True)
class Gallery:
    """All pictures of a catalogue: photos of entries, and our illustrations for what has none."""

    catalogue: Catalogue
    illustrations: dict[str, PhotoFile]

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
        """Every picture that a page may show, in every rendition."""
        found = [self.wide(self.hero)]
        for key, entry in self.catalogue.entries:
            found += (self.ladder(photo, SHAPES[kind_of(key)]) for _, photo in self.photos(key, entry))
            found += (self.ladder(photo, None) for photo in self._in_body(key, entry))
        bare = {one.set for one in self.catalogue.products if not self.photos(f"products/{one.id}", one)}
        drawings = {self.of_set(number) for number in bare}
        drawings |= {self.face(one.id) for one in self.catalogue.classification.sectors}
        found += [self.drawn(one) for one in sorted(drawings, key=lambda one: one.path)]
        return tuple(found)

    def ladder(self, photo: PhotoFile, shape: Shape) -> Ladder:
        """The renditions of a photo for one use, worked out once for all pages and languages."""
        known = self._ladders.get((photo.path, shape))
        if known is None:
            known = self._ladders[photo.path, shape] = ladder(photo, stem(photo), shape)
        return known

    def drawn(self, drawing: PhotoFile) -> Ladder:
        """The renditions of one of our illustrations on a card."""
        known = self._ladders.get((drawing.path, CARD))
        if known is None:
            name = drawing.name.removesuffix(".svg")
            known = self._ladders[drawing.path, CARD] = ladder(drawing, name, CARD)
        return known

    def wide(self, drawing: PhotoFile) -> Ladder:
        """The renditions of an illustration across the whole page."""
        return ladder(drawing, drawing.name.removesuffix(".svg"), None, WIDE)

    @cached_property
    def _ladders(self) -> dict[tuple[str, Shape], Ladder]:
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


def picture(steps: Ladder, alt: Phrase, illustration: bool = False, credit: str | None = None) -> Picture:
    """A picture as a template writes it, from its ladder of renditions."""
    sources = tuple(
        (MIME[one], tuple(Candidate(steps.path(each), each.width) for each in steps.of(one))) for one in FORMATS
    )
    fallback = sources[-1][1]
    middle = fallback[min(1, len(fallback) - 1)]
    return Picture(sources, middle.href, steps.width, steps.height, alt, illustration, credit)


def kind_of(key: Key) -> str:
    """The folder that an entry lies in: `products`."""
    return key.partition("/")[0]
