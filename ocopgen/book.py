"""What rules read: the catalogue, the documents behind it, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ocopgen.catalogue import Catalogue, Key, Shelf
from ocopgen.document import Document
from ocopgen.model import Product
from ocopgen.problems import Place, Problem
from ocopgen.story import Told, tell
from ocopgen.text import Lang


@dataclass(frozen=True)
class Book:
    """What rules read: the catalogue with its drafts, the documents behind it, and the day of the build."""

    catalogue: Catalogue
    shelf: Shelf
    today: date
    kept: Mapping[Key, Mapping[Lang, Told]] | None = None

    @cached_property
    def told(self) -> Mapping[Key, Mapping[Lang, Told]]:
        """What is known of each story, by entry and language: as it was kept, else found out now."""
        if self.kept is not None:
            return self.kept
        return {key: stories_of(documents) for key, documents in self.shelf.documents.items()}

    def source(self, key: Key) -> Document:
        """The file that carries an entry's facts."""
        return next(iter(self.shelf.documents[key].values()))

    def place(self, key: Key, *path: str | int) -> Place:
        return self.source(key).place(path)

    def file(self, name: str) -> Document:
        """A data file, such as `places.yml`."""
        return self.shelf.data[name]

    def knows(self, key: Key) -> bool:
        """Whether an entry is there, readable or not."""
        return key in self.shelf.documents or key in self.shelf.unread

    def publishes(self, key: Key) -> bool:
        """Whether an entry will have a page: it is there and no draft."""
        return self.knows(key) and key not in self.drafts

    @cached_property
    def drafts(self) -> frozenset[Key]:
        return frozenset(key for key, entry in self.catalogue.entries if entry.draft)

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(key.partition("/")[2] for key in self.shelf.documents if key.startswith(f"{kind}/"))

    @property
    def products(self) -> Iterator[tuple[Key, Product]]:
        return ((f"products/{one.id}", one) for one in self.catalogue.products)


def stories_of(documents: Mapping[Lang, Document]) -> dict[Lang, Told]:
    """What is known of an entry's stories."""
    return {lang: tell(document.body) for lang, document in documents.items() if document.body.strip()}


Rule = Callable[[Book], Iterable[Problem]]
