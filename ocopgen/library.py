"""The content as it was read: every entry studied, those that changed anew and many of them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from ocopgen.book import Book
from ocopgen.catalogue import (
    Catalogue,
    Ground,
    Key,
    Photos,
    Shelf,
    data_documents,
    decode_folder,
    decoded_ground,
    folder_problems,
    folders,
    limits,
    photos_of,
    strangers,
    texts_of,
)
from ocopgen.darkroom import Darkroom, stage
from ocopgen.document import MAX_BYTES, Document, read_entry
from ocopgen.holdings import Holdings
from ocopgen.model import Entry
from ocopgen.notebook import Notebook
from ocopgen.packing import Unpackable, pack, unpack
from ocopgen.photo import PhotoFile
from ocopgen.pool import TEXT_WORK, Died, Pool
from ocopgen.press import Killed
from ocopgen.problems import Problem
from ocopgen.prose import MAKERS, VERSION, forget, render
from ocopgen.recipe import digest
from ocopgen.reference import DATA_FILES
from ocopgen.rules import OF_ALL, OF_DATA, problems
from ocopgen.study import Basis, Fingerprints, Folder, Story, Study, study
from ocopgen.survey import Found, Survey
from ocopgen.text import Lang

FEW = 60
"""Entries that are studied here, since starting processes costs more."""

CHUNK = 25

SAVED = 500
"""Entries after which what was learned is written down: a build that is cut off loses little, and memory is freed."""


@dataclass(frozen=True)
class Library:
    """The survey of the content, its photos, the ground, and a study of every entry."""

    survey: Survey
    photos: Mapping[str, PhotoFile]
    ground: Ground
    studies: Mapping[Key, Study]
    basis: Basis
    memory: dict[Key, tuple[Study, Any]] = field(default_factory=dict)

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        known = self.memory
        for key, one in self.studies.items():
            if one.facts and (key not in known or known[key][0] is not one):
                known[key] = one, one.entry()
        return {key: known[key][1] for key, one in self.studies.items() if one.facts}

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """All entries without their stories, drafts too; none where a data file could not be read."""
        return self.ground.catalogue(self._entries.items(), photos_of(self.photos))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the content."""
        survey, langs = self.survey, self.ground.langs
        names = (*survey.texts, *survey.pictures, *survey.strangers)
        found = [*survey.problems, *self.ground.problems]
        found += strangers(names, survey.pictures, langs, survey.label)
        for key, one in self.studies.items():
            found += folder_problems(survey.label, survey.texts, key, langs[0])
            found += one.problems
        if self.catalogue is not None:
            found += problems(self.book(self.catalogue), OF_ALL)
        return tuple(found)

    def book(self, catalogue: Catalogue) -> Book:
        """The catalogue for rules; files are read again only where one of them finds something."""
        readable = frozenset(key for key, one in self.studies.items() if one.readable)
        unread = frozenset(key for key, one in self.studies.items() if not one.facts)
        shelf = Shelf(catalogue, _Papers(self, readable), _Data(self.survey), (), unread, self.survey.label)
        return Book(catalogue, shelf, self.basis.today, {key: dict(self.studies[key].told) for key in readable})

    def holdings(self) -> Holdings:
        """The entries, packed."""
        packed = {key: one.facts for key, one in self.studies.items() if one.facts}
        found = Holdings(self.ground, packed, photos_of(self.photos))
        found.__dict__["_known"] = dict(self._entries)
        return found

    def prints(self) -> dict[Key, Fingerprints]:
        """The fingerprints of every entry, of its facts together with its photos."""
        photos = photos_of(self.photos)
        return {
            key: Fingerprints(
                digest(one.facts_print, repr(photos[key])) if key in photos else one.facts_print, one.story_print
            )
            for key, one in self.studies.items()
        }

    def stories(self, key: Key, notes: Notebook) -> tuple[bytes, ...]:
        """The stories of an entry, packed; from notes, else rendered now."""
        texts = texts_of(self.survey.texts, key, self.ground.langs)
        return tuple(self._story(key, lang, texts[lang], notes) for lang, _ in self.studies[key].told)

    def _story(self, key: Key, lang: Lang, file: Found, notes: Notebook) -> bytes:
        noted = notes.kept(_story_name(lang, file))
        if noted and _opened(noted):
            return noted
        document = read_entry(key, file.read(MAX_BYTES))[0]
        assert document is not None, "it was read when the entry was studied"
        return pack(Story(lang, document.body, render(document.body)))


class _Papers(Mapping[Key, Mapping[Lang, Document]]):
    """The documents of entries, read and parsed when they are asked for."""

    def __init__(self, library: Library, keys: frozenset[Key]) -> None:
        self._library, self._keys = library, keys
        self._read: dict[Key, Mapping[Lang, Document]] = {}

    def __getitem__(self, key: Key) -> Mapping[Lang, Document]:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self._read:
            langs, survey = self._library.ground.langs, self._library.survey
            texts = {lang: one.read(MAX_BYTES) for lang, one in texts_of(survey.texts, key, langs).items()}
            self._read[key] = decode_folder(survey.label, key, texts, langs[0])[1]
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(sorted(self._keys))

    def __len__(self) -> int:
        return len(self._keys)


class _Data(Mapping[str, Document]):
    """The data files, read and parsed when they are asked for."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return data_documents(self._survey.label, _raw_data(self._survey))[0]

    def __getitem__(self, name: str) -> Document:
        return self._documents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _raw_data(survey: Survey) -> dict[str, bytes]:
    return {name: survey.texts[name].read(MAX_BYTES) for name in DATA_FILES if name in survey.texts}


# --- reading ----------------------------------------------------------------------------------------------


def read_library(survey: Survey, room: Darkroom, terms: str, today: date, jobs: int, anew: bool = False) -> Library:
    """Study what changed of the content since it was last studied, and take the rest from notes.

    A study is good for the same files and photos, and under the same `terms`: the fingerprint of the data files, of
    the day and of the program. Raises `Killed`, `Changed`.
    """
    site = survey.texts.get("site.yml")
    photos = room.photos(survey.pictures, limits(site.read(MAX_BYTES) if site else b""))
    ground = _ground(survey, terms, room.notes)
    basis = Basis(ground, survey.label, today)
    pictures = photos_of(photos)
    shelves = [
        _Shelved(key, tuple(texts_of(survey.texts, key, ground.langs).items()), pictures.get(key, ()))
        for key in folders((*survey.texts, *survey.pictures))
    ]
    studies = _studies(basis, shelves, terms, room, jobs, anew)
    memory = room.notes.memory.setdefault(f"entries {survey.label}", {})
    return Library(survey, photos, ground, studies, basis, memory)


def _ground(survey: Survey, wanted: str, notes: Notebook) -> Ground:
    """The data files, judged; from notes if they are as they were."""
    name = f"ground {survey.label}"
    known = _unpacked(notes.kept(name))
    if known and known[0] == wanted:
        return Ground(*known[1:])
    documents, faults = data_documents(survey.label, _raw_data(survey))
    bare, more = decoded_ground(documents)
    found = [*faults, *more]
    catalogue = bare.catalogue((), {})
    if catalogue is not None:
        shelf = Shelf(catalogue, {}, documents, (), root=survey.label)
        found += problems(Book(catalogue, shelf, date.min, {}), OF_DATA)
    ground = Ground(bare.values, tuple(found))
    notes.keep(name, pack((wanted, ground.values, ground.problems)))
    return ground


@dataclass(frozen=True, slots=True)
class _Shelved:
    """An entry's folder on disk, and its stories as they were rendered before, packed."""

    key: Key
    texts: tuple[tuple[Lang, Found], ...]
    photos: Photos
    stories: tuple[bytes, ...] = ()

    @property
    def digest(self) -> str:
        files = "\n".join(f"{lang} {one.digest}" for lang, one in self.texts)
        return digest(files, repr(self.photos)) if self.photos else digest(files)


def _studies(
    basis: Basis, shelves: list[_Shelved], terms: str, room: Darkroom, jobs: int, anew: bool
) -> dict[Key, Study]:
    """A study of every entry, in the order of the shelves; new ones are noted."""
    notes, label = room.notes, basis.root
    known = _known(notes, label) if not anew else {}
    studies: dict[Key, Study | None] = {}
    new = []
    for one in shelves:
        found = known.get(one.key)
        if found and found[0] == terms and found[1] == one.digest:
            studies[one.key] = found[2]
        else:
            studies[one.key] = None
            new.append(replace(one, stories=() if anew else _known_stories(one.texts, notes)))
    if new:
        digests = {one.key: one.digest for one in new}
        with stage(room.progress, "entries", len(new)):
            for number, (key, done, prose) in enumerate(_each_studied(basis, new, jobs), 1):
                studies[key] = done
                known[key] = terms, digests[key], done
                notes.keep(f"study {label} {key}", pack((terms, digests[key], done)))
                for name, packed in prose:
                    notes.keep(name, packed)
                room.progress.step()
                if number % SAVED == 0:
                    notes.save()
        notes.put(f"terms {label}", terms)
        notes.save()
    return {key: one for key, one in studies.items() if one is not None}


def _known(notes: Notebook, label: str) -> dict[Key, tuple[str, str, Study]]:
    """The studies of earlier builds, with the terms and the digest of the folder that each is good for."""
    name = f"study {label} "
    known: dict[Key, tuple[str, str, Study]] | None = notes.memory.get(name)
    if known is None:
        rows = ((key[len(name) :], _unpacked(raw)) for key, raw in notes.kept_all(name).items())
        known = {key: row for key, row in rows if row}
        notes.memory[name] = known
    return known


Studied = tuple[Key, Study, list[tuple[str, bytes]]]
"""An entry's study, and its newly rendered stories by the names under which they are noted."""


def _each_studied(basis: Basis, shelves: Sequence[_Shelved], jobs: int) -> Iterator[Studied]:
    if jobs == 1 or len(shelves) < FEW:
        yield from (_studied(basis, one) for one in shelves)
        return
    with Pool(jobs, TEXT_WORK, _begin, basis) as pool:
        for _, done in pool.each(_study, (shelves[at : at + CHUNK] for at in range(0, len(shelves), CHUNK))):
            if isinstance(done, Died):
                raise Killed
            yield from done


def _studied(basis: Basis, shelved: _Shelved) -> Studied:
    texts = tuple((lang, one.read(MAX_BYTES)) for lang, one in shelved.texts)
    known = tuple(one for raw in shelved.stories if (one := _opened(raw)))
    found, stories = study(basis, Folder(shelved.key, texts, shelved.photos, known))
    forget()
    files = dict(shelved.texts)
    return (
        shelved.key,
        found,
        [(_story_name(one.lang, files[one.lang]), pack(one)) for one in stories if one not in known],
    )


_basis: Basis | None = None


def _begin(basis: Basis) -> None:
    """What a process is given once, instead of with every piece of work."""
    global _basis
    _basis = basis


def _study(shelves: Sequence[_Shelved]) -> list[Studied]:
    assert _basis is not None
    return [_studied(_basis, one) for one in shelves]


# --- notes ------------------------------------------------------------------------------------------------


def _known_stories(texts: Iterable[tuple[Lang, Found]], notes: Notebook) -> tuple[bytes, ...]:
    """The stories of files as they were rendered before, packed."""
    return tuple(raw for lang, one in texts if (raw := notes.kept(_story_name(lang, one))))


def _story_name(lang: Lang, file: Found) -> str:
    return f"story {lang} {file.digest} {VERSION} {' '.join(MAKERS)}"


def _opened(raw: bytes) -> Story | None:
    try:
        return cast(Story, unpack(raw))
    except Unpackable:
        return None


def _unpacked(raw: bytes | None) -> tuple[Any, ...] | None:
    if raw is None:
        return None
    try:
        return cast(tuple[Any, ...], unpack(raw))
    except Unpackable:
        return None
