"""All entries of a site as they are kept: packed, and unpacked when a page asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ocopgen.catalogue import Catalogue, Ground, Key, Photos
from ocopgen.model import Entry
from ocopgen.packing import unpack


@dataclass(frozen=True)
class Holdings:
    """Entries by key, their facts and their stories packed apart. It can be sent to another process."""

    ground: Ground
    packed: Mapping[Key, tuple[bytes, bytes]]
    photos: Mapping[Key, Photos]

    def __reduce__(self) -> tuple[type[Holdings], tuple[object, ...]]:
        return Holdings, (self.ground, self.packed, self.photos)

    @cached_property
    def _known(self) -> dict[Key, Entry]:
        return {}

    def entry(self, key: Key) -> Entry:
        """An entry without its story."""
        if key not in self._known:
            self._known[key] = unpack(self.packed[key][0])
        return self._known[key]

    def whole(self, key: Key) -> Entry:
        """An entry with its story."""
        entry, story = self.entry(key), self.packed[key][1]
        return entry.model_copy(update={"body": unpack(story)}) if story else entry

    def catalogue(self, keys: Iterable[Key], subject: Key | None = None) -> Catalogue:
        """The catalogue of these entries; none has its story but the subject, so that no page can show another's."""
        keys = list(keys)
        entries = [(key, self.entry(key)) for key in keys if key != subject]
        photos = {key: self.photos[key] for key in keys if key in self.photos}
        if subject is not None:
            entries.append((subject, self.whole(subject)))
            photos |= {subject: self.photos[subject]} if subject in self.photos else {}
        whole = self.ground.catalogue(entries, photos)
        assert whole is not None, "nothing is planned where a data file could not be read"
        return whole
