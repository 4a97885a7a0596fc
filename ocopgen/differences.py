"""What differs between two contents, or two built sites: entries, fields by their names, words, stories, photos, pages.

Both sides may have errors: an entry that cannot be read is told as such, and all others are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from pydantic import BaseModel

from ocopgen.catalogue import (
    Content,
    Ground,
    Key,
    data_documents,
    decode_folder,
    decoded_ground,
    folders,
    strangers,
    texts_of,
)
from ocopgen.model import Entry, Product
from ocopgen.problems import errors
from ocopgen.reference import DATA_FILES, Strings
from ocopgen.text import Lang, Text

How = Literal["added", "renamed", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Step:
    """A field by its names in `vi` and `en`, and which item of its list is meant, from 1; 0 is the whole."""

    label: Text
    item: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A value that differs; `None` is where there is none. `lang` is that of words.

    `choices` is how the keys of strings.yml begin that name the value, if it is one of a few.
    """

    path: tuple[Step, ...]
    before: Any
    after: Any
    lang: Lang | None = None
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Retold:
    """A story that differs in one language, by the number of its words before and after; 0 is where there is none."""

    lang: Lang
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Files:
    """Names of files that came, went, or have other bytes."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of an entry; `was` is its key before, where it was renamed.

    `unread` tells that it could not be read on one side at least, `faulty` that something in it now is wrong.
    `stars` tells that its history with the programme differs.
    """

    key: Key
    how: How
    name: str
    was: Key | None = None
    changes: tuple[Change, ...] = ()
    stories: tuple[Retold, ...] = ()
    photos: Files = Files()
    stars: bool = False
    unread: bool = False
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class DataChange:
    """What differs in a data file; `unread` tells that it could not be read on one side at least."""

    name: str
    changes: tuple[Change, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs; `strangers` are new files that nothing reads. `ground` has the words for values."""

    entries: tuple[EntryChange, ...]
    data: tuple[DataChange, ...]
    strangers: tuple[str, ...]
    ground: Ground = field(default=Ground({}), compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.entries or self.data or self.strangers)


def compare(before: Content, after: Content) -> Differences:
    """What became of a content. Photos are compared by their digests, and nothing else of them is asked."""
    old, new = _Side.of(before), _Side.of(after)
    changed = [key for key in sorted({*old.files, *new.files}) if old.files.get(key) != new.files.get(key)]
    entries = tuple(_entries(old, new, changed))
    data = tuple(one for name in DATA_FILES if (one := _data(old, new, name)))
    ground = old.ground if len(old.ground.values) == len(DATA_FILES) else new.ground
    return Differences(entries, data, tuple(sorted(new.strangers() - old.strangers())), ground)


def files(before: Mapping[str, str], after: Mapping[str, str]) -> Files:
    """What differs between two sets of files, each given by names and digests."""
    both = before.keys() & after.keys()
    return Files(
        tuple(sorted(after.keys() - both)),
        tuple(sorted(before.keys() - both)),
        tuple(sorted(name for name in both if before[name] != after[name])),
    )


# --- one side ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """A content with its ground, and the files of each entry's folder: bytes of texts, digests of photos."""

    content: Content
    ground: Ground
    files: Mapping[Key, Mapping[str, bytes | str]]

    @staticmethod
    def of(content: Content) -> _Side:
        ground, _ = decoded_ground(data_documents(content.root, content.texts)[0])
        every: dict[str, bytes | str] = {**content.texts}
        every |= {path: one.digest for path, one in content.photos.items()}
        files: dict[Key, dict[str, bytes | str]] = {key: {} for key in folders(every)}
        for path, held in every.items():
            key, _, name = path.rpartition("/")
            if key in files:
                files[key][name] = held
        return _Side(content, ground, files)

    def read(self, key: Key) -> tuple[Entry | None, bool]:
        """An entry, if it can be read, and whether something in its files is wrong."""
        if key not in self.files:
            return None, False
        langs = self.ground.langs
        texts = texts_of(self.content.texts, key, langs)
        entry, _, faults = decode_folder(self.content.root, key, texts, langs[0])
        return entry, entry is None or bool(errors(faults))

    def strangers(self) -> set[str]:
        """Files that nothing reads, by their paths in the content."""
        content = self.content
        paths = (*content.texts, *content.photos, *content.strangers)
        found = strangers(paths, content.photos, self.ground.langs, "")
        return {one.place.file.removeprefix("/") for one in found}

    def photos(self, key: Key) -> dict[str, str]:
        """The digests of an entry's photos."""
        return {name: held for name, held in self.files.get(key, {}).items() if isinstance(held, str)}


# --- entries ----------------------------------------------------------------------------------------------


def _entries(old: _Side, new: _Side, keys: Iterable[Key]) -> Iterator[EntryChange]:
    """Entries that differ, kind after kind; one that was renamed stands under its new name only."""
    keys = list(keys)
    read = {key: new.read(key) for key in keys}
    gone = {key for key in keys if key not in new.files}
    renamed = {key: was for key in keys if key not in old.files and (was := _former(key, read[key][0], gone))}
    stand_elsewhere = {*renamed.values()}
    for key in keys:
        if key in stand_elsewhere:
            continue
        how: How = "renamed" if key in renamed else "added" if key not in old.files else "changed"
        yield _entry(old, new, key, renamed.get(key), "removed" if key in gone else how, read[key])


def _former(key: Key, entry: Entry | None, gone: set[Key]) -> Key | None:
    kind = key.partition("/")[0]
    return next((old for one in (entry.was if entry else ()) if (old := f"{kind}/{one}") in gone), None)


def _entry(old: _Side, new: _Side, key: Key, was: Key | None, how: How, read: tuple[Entry | None, bool]) -> EntryChange:
    before, _ = old.read(was or key)
    after, faulty = read
    known = after or before
    lost = (before is None and (was or key) in old.files) or (after is None and key in new.files)
    unread = lost and how != "removed"
    compared = not lost and how != "removed"
    return EntryChange(
        key=key,
        how=how,
        name=known.name.source if known else key.partition("/")[2],
        was=was,
        changes=tuple(_fields(before, after, ())) if compared else (),
        stories=tuple(_stories(before, after)) if compared else (),
        photos=files(old.photos(was or key), new.photos(key)) if how != "removed" else Files(),
        stars=not lost and _recognitions(before) != _recognitions(after),
        unread=unread,
        faulty=faulty,
    )


def _recognitions(entry: Entry | None) -> tuple[Any, ...]:
    return entry.recognitions if isinstance(entry, Product) else ()


def _stories(before: Entry | None, after: Entry | None) -> Iterator[Retold]:
    old, new = (one.body if one else None for one in (before, after))
    for lang in _langs(old, new):
        one, other = ((text.get(lang) or "" if text else "") for text in (old, new))
        if one.split() != other.split():
            yield Retold(lang, len(one.split()), len(other.split()))


def _langs(*texts: Text | None) -> tuple[Lang, ...]:
    return tuple(dict.fromkeys(lang for text in texts if text for lang, _ in text.words))


# --- data files -------------------------------------------------------------------------------------------


def _data(old: _Side, new: _Side, name: str) -> DataChange | None:
    if old.content.texts.get(name) == new.content.texts.get(name):
        return None
    before, after = (side.ground.values.get(name) for side in (old, new))
    if before is None or after is None:
        return DataChange(name, unread=True)
    if isinstance(before, Strings) and isinstance(after, Strings):
        return DataChange(name, tuple(_values((), before.root, after.root)))
    return DataChange(name, tuple(_fields(before, after, ())))


# --- values -----------------------------------------------------------------------------------------------

Path = tuple[Step, ...]


def _fields(before: Any, after: Any, path: Path) -> Iterator[Change]:
    """Differing fields of a model in its order; where one side is not there, all that the other says."""
    model: type[BaseModel] = type(before if after is None else after)
    for name, info in model.model_fields.items():
        told: Any = info.json_schema_extra
        if not told:  # what stands in no YAML
            continue
        label = Text.of({Lang("vi"): told["vi"], Lang("en"): told["en"]})
        usual = None if info.is_required() else info.get_default()
        one, other = (getattr(side, name) if side is not None else usual for side in (before, after))
        yield from _values((*path, Step(label)), one, other, told.get("choices", ""))


def _values(path: Path, before: Any, after: Any, choices: str = "") -> Iterator[Change]:
    if before == after:
        return
    kinds = [one for one in (before, after) if one is not None]
    if all(isinstance(one, Text) for one in kinds):
        for lang in _langs(before, after):
            one, other = (text.get(lang) if text else None for text in (before, after))
            if one != other:
                yield Change(path, one, other, lang)
    elif all(isinstance(one, BaseModel) for one in kinds):
        yield from _fields(before, after, path)
    elif all(isinstance(one, Mapping) for one in kinds):
        for key in dict.fromkeys((*(before or ()), *(after or ()))):
            label = Text.of(dict.fromkeys((Lang("vi"), Lang("en")), str(key)))
            yield from _values((*path, Step(label)), (before or {}).get(key), (after or {}).get(key))
    elif all(isinstance(one, tuple) for one in kinds) and _of_parts(*kinds):
        yield from _items(path, before or (), after or ())
    else:
        yield Change(path, None if before == () else before, None if after == () else after, choices=choices)


def _of_parts(*lists: tuple[Any, ...]) -> bool:
    """Whether lists hold what has parts of its own."""
    return all(isinstance(one, BaseModel | Text) for items in lists for one in items)


def _items(path: Path, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    """Items that differ: those between equal neighbours are the same ones, changed, if they are as many."""
    for same, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if same == "equal":
            continue
        if end - start == stop - begin:
            for number, one, other in zip(range(begin, stop), before[start:end], after[begin:stop], strict=True):
                yield from _values(_item(path, number), one, other)
            continue
        for number in range(start, end):
            yield Change(_item(path, number), before[number], None)
        for number in range(begin, stop):
            yield Change(_item(path, number), None, after[number])


def _item(path: Path, number: int) -> Path:
    return (*path[:-1], Step(path[-1].label, number + 1))
