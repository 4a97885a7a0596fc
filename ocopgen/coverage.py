"""Translation coverage: what of the translated words of entries and data files is there, missing or out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, cast

from pydantic import BaseModel

from ocopgen.book import Book
from ocopgen.catalogue import Catalogue, Key
from ocopgen.criteria import both
from ocopgen.keys import submodel, translated_fields
from ocopgen.model import KINDS, Entry
from ocopgen.reference import DATA_FILES
from ocopgen.text import Lang, Text


class State(Enum):
    """What is known of a field's words in a language: the worst of its texts, where it has several."""

    TRANSLATED = "translated"
    STALE = "stale"
    UNDATED = "undated"
    """Translated; whether the original changed since is not known, as no day of comparison is recorded."""
    MISSING = "missing"
    ABSENT = "absent"
    """There are no words in any language, so none are missing in this one."""

    @property
    def done(self) -> bool:
        """Whether there are words in the language."""
        return self in (State.TRANSLATED, State.STALE, State.UNDATED)


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One entry in one language: the state of each translated field, by its path (`photos.alt`)."""

    key: Key
    name: Text
    updated: date | None
    compared: date | None
    fields: Mapping[str, State]

    def those(self, state: State) -> tuple[str, ...]:
        """The fields that are in a state."""
        return tuple(name for name, one in self.fields.items() if one is state)

    @property
    def age(self) -> State:
        """Whether what is translated is of its original: `TRANSLATED`, `STALE` or `UNDATED`; `ABSENT` without words."""
        return next((one for one in self.fields.values() if one.done), State.ABSENT)


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A translated field of a kind of entry: how many entries have it in each state."""

    kind: str
    field: str
    counts: Mapping[State, int]


@dataclass(frozen=True, slots=True)
class Translation:
    """All entries in one language."""

    lang: Lang
    fields: tuple[FieldWords, ...]
    entries: tuple[EntryWords, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many fields of entries are in each state."""
        return Counter(state for one in self.entries for state in one.fields.values())


@dataclass(frozen=True, slots=True)
class FileWords:
    """A data file in one language: how many texts it has, and the paths of those without words in that language."""

    lang: Lang
    file: str
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every language but the first, in which all is written; data files also in languages that only they have yet."""

    languages: tuple[Translation, ...]
    files: tuple[FileWords, ...]


def field_name(model: type[BaseModel], path: str) -> Text:
    """What a translated field is called, in Vietnamese and English: `Ảnh: Mô tả ảnh` for `photos.alt`."""
    if path == "body":
        return both("Câu chuyện", "Story")
    names: list[dict[str, Any]] = []
    inner: type[BaseModel] | None = model
    for key in path.split("."):
        assert inner is not None, path
        info = inner.model_fields[key]
        names.append(cast(dict[str, Any], info.json_schema_extra))
        inner = submodel(info.annotation)
    return both(*(": ".join(str(one[lang]) for one in names) for lang in ("vi", "en")))


def coverage(book: Book) -> Coverage:
    """What is translated of the entries of a book and of its data files."""
    catalogue = book.catalogue
    languages = tuple(_translation(book, lang) for lang in catalogue.site.languages[1:])
    return Coverage(languages, tuple(_files(catalogue)))


# --- entries ----------------------------------------------------------------------------------------------


def _translation(book: Book, lang: Lang) -> Translation:
    entries = tuple(_entry(book, key, entry, lang) for key, entry in book.catalogue.entries)
    fields = tuple(
        FieldWords(kind, name, _counted(one.fields[name] for one in entries if one.key.startswith(f"{kind}/")))
        for kind, model in KINDS.items()
        for name in map(".".join, translated_fields(model))
    )
    return Translation(lang, fields, entries)


def _counted(states: Iterable[State]) -> Mapping[State, int]:
    counts = Counter(states)
    return {state: counts[state] for state in State}


def _entry(book: Book, key: Key, entry: Entry, lang: Lang) -> EntryWords:
    compared = entry.compared_on(lang)
    age = State.UNDATED if compared is None else State.STALE if entry.outdated(lang) else State.TRANSLATED
    fields = {".".join(path): _state(list(_at(entry, path)), lang, age) for path in translated_fields(type(entry))[:-1]}
    told = book.told.get(key, {})
    fields["body"] = age if lang in told else State.MISSING if told else State.ABSENT
    return EntryWords(key, entry.name, entry.updated, compared, fields)


def _state(texts: list[Text], lang: Lang, age: State) -> State:
    if not texts:
        return State.ABSENT
    return age if all(text.get(lang) is not None for text in texts) else State.MISSING


def _at(value: Any, path: tuple[str, ...]) -> Iterator[Text]:
    """The texts at a path; through a list it leads to those of every item."""
    if isinstance(value, tuple):
        for item in value:
            yield from _at(item, path)
    elif path and value is not None:
        yield from _at(getattr(value, path[0]), path[1:])
    elif isinstance(value, Text):
        yield value


# --- data files -------------------------------------------------------------------------------------------


def _files(catalogue: Catalogue) -> Iterator[FileWords]:
    texts = {name: list(_texts(getattr(catalogue, name.removesuffix(".yml")), ())) for name in DATA_FILES}
    first, *others = catalogue.site.languages
    found = (lang for file in texts.values() for _, text in file for lang, _ in text.words)
    for lang in dict.fromkeys((*others, *found)):
        if lang == first:
            continue
        for name, file in texts.items():
            missing = [path for path, text in file if text.get(lang) is None]
            labels = _labels(catalogue) if name == "strings.yml" and lang not in NAMED else ()
            yield FileWords(lang, name, len(file) + len(labels), (*missing, *labels))


NAMED = "vi", "en"
"""The languages in which the model names its fields; in others `strings.yml` does."""


def _labels(catalogue: Catalogue) -> tuple[str, ...]:
    """The names of facts that `strings.yml` does not give, for a language in which the model has none."""
    facts = (
        f"field_{name}"
        for model in KINDS.values()
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("fact")
    )
    return tuple(key for key in dict.fromkeys(facts) if key not in catalogue.strings)


def _texts(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    """Every text of a data file by its path: `sets.9.name`; in `strings.yml` by its key alone."""
    if isinstance(value, Text):
        yield ".".join(path), value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, str(number)))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, str(key)))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), path if name == "root" else (*path, name))
