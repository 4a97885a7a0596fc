"""All entries of a site as they are kept: packed, and unpacked when a page asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ocopgen.catalogue import Catalogue, Ground, Key, Photos
from ocopgen.model import Entry
from ocopgen.packing import unpack
from ocopgen.text import Text


@dataclass(frozen=True)
class Holdings:
    """Entries by key, packed without their stories. It can be sent to another process."""

    ground: Ground
    packed: Mapping[Key, bytes]
    photos: Mapping[Key, Photos]

    def __reduce__(self) -> tuple[type[Holdings], tuple[object, ...]]:
        return Holdings, (self.ground, self.packed, self.photos)

    @cached_property
    def _known(self) -> dict[Key, Entry]:
        return {}

    def entry(self, key: Key) -> Entry:
        """An entry without its story."""
        if key not in self._known:
            self._known[key] = unpack(self.packed[key])
        return self._known[key]

    @property
    def opened(self) -> int:
        """How many entries are kept unpacked."""
        return len(self._known)

    def shut(self) -> None:
        """Keep none of them unpacked."""
        self._known.clear()

    def catalogue(self, keys: Iterable[Key], subject: Key | None = None, body: Text | None = None) -> Catalogue:
        """The catalogue of these entries; none has its story but the subject, so that no page can show another's."""
        entries = {key: self.entry(key) for key in keys}
        if subject is not None:
            entries[subject] = self.entry(subject).model_copy(update={"body": body})
        photos = {key: self.photos[key] for key in entries if key in self.photos}
        whole = self.ground.catalogue(entries.items(), photos)
        assert whole is not None, "nothing is planned where a data file could not be read"
        return whole
