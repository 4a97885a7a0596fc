"""One entry's folder → all that a build must know of it: its facts, its stories, and what is wrong with it.

A study follows from the files of the folder, the data files and the day alone, so it is kept until one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocopgen.book import Book, stories_of
from ocopgen.catalogue import Ground, Key, Photos, Shelf, decode_folder
from ocopgen.document import Document
from ocopgen.model import Entry
from ocopgen.packing import pack, unpack
from ocopgen.problems import Problem
from ocopgen.prose import Prose, remember, render
from ocopgen.recipe import digest
from ocopgen.rules import OF_ENTRIES, problems
from ocopgen.story import Told
from ocopgen.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Of the facts of an entry, with what is known of its photos, and of its stories."""

    facts: str
    story: str


@dataclass(frozen=True, slots=True)
class Study:
    """What was found of an entry. Its facts are packed, and stories are kept apart, as most builds need neither.

    Without facts the entry could not be decoded. The prints are the fingerprints of what its files say, in YAML and
    in bodies; which languages have a body is a fact. What is not `readable` has no first file that could be parsed.
    """

    facts: bytes
    facts_print: str
    story_print: str
    told: tuple[tuple[Lang, Told], ...]
    readable: bool
    problems: tuple[Problem, ...]

    def entry(self) -> Entry | None:
        """The entry without its story."""
        return unpack(self.facts) if self.facts else None


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is written in one language, and as it is rendered."""

    lang: Lang
    body: str
    prose: Prose


def body_of(stories: Iterable[Story]) -> Text | None:
    """The text of an entry's stories, which are remembered as they were rendered."""
    words = {}
    for one in stories:
        remember(one.body, one.prose)
        words[one.lang] = one.body
    return Text.of(words) if words else None


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in an entry's folder, and its stories as they were rendered before."""

    key: Key
    texts: tuple[tuple[Lang, bytes], ...]
    photos: Photos = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What all studies of a build share: the ground, the day, and what messages call the content folder."""

    ground: Ground
    root: str
    today: date


def study(basis: Basis, folder: Folder) -> tuple[Study, tuple[Story, ...]]:
    """Decode an entry and judge it by itself. Also gives its stories, rendered before or now."""
    body_of(folder.stories)
    entry, documents, faults = decode_folder(basis.root, folder.key, dict(folder.texts), basis.ground.langs[0])
    told = stories_of(documents)
    found = [*faults, *_judged(basis, folder, entry, documents, told)]
    bare = entry.model_copy(update={"body": None}) if entry else None
    done = Study(
        facts=pack(bare) if bare else b"",
        facts_print=digest(*(part for lang, one in documents.items() for part in (lang, one.yaml)), " ".join(told)),
        story_print=digest(*(part for lang, one in documents.items() for part in (lang, one.body))),
        told=tuple(told.items()),
        readable=bool(documents),
        problems=tuple(found),
    )
    return done, tuple(Story(lang, documents[lang].body, render(documents[lang].body)) for lang in told)


def _judged(
    basis: Basis, folder: Folder, entry: Entry | None, documents: dict[Lang, Document], told: dict[Lang, Told]
) -> tuple[Problem, ...]:
    """What the rules of entries find, asked of a catalogue that holds this one alone."""
    key = folder.key
    catalogue = basis.ground.catalogue([(key, entry)] if entry else [], {key: folder.photos} if folder.photos else {})
    if catalogue is None:
        return ()
    read = {key: documents} if documents else {}
    shelf = Shelf(catalogue, read, {}, (), frozenset() if entry else frozenset([key]), basis.root)
    return problems(Book(catalogue, shelf, basis.today, {key: told}), OF_ENTRIES)
