"""A project on disk: its folders and its day, and what can be done with them: check and build."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from ocopgen.book import Book
from ocopgen.cache import Cache
from ocopgen.catalogue import Content, Shelf, limits, shelve
from ocopgen.compositor import set_bodies
from ocopgen.darkroom import PRELOADED, Darkroom, Progress, Spoiled
from ocopgen.edition import MissingWords, WrongWords
from ocopgen.gallery import Gallery
from ocopgen.html import Templates
from ocopgen.notebook import Notebook
from ocopgen.plan import Look, SharedPath, plan, with_posters
from ocopgen.pool import Pool
from ocopgen.press import Printed, print_site
from ocopgen.problems import Place, Problem, errors, in_order
from ocopgen.recipe import Artifact
from ocopgen.rules import problems
from ocopgen.store import Output, Workshop, illustrations, read_content, read_templates
from ocopgen.text import Lang

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Project:
    """Where everything lies, and the inputs of a build that are no files."""

    content: Path
    templates: Path
    output: Path
    cache: Path
    today: date
    base_url: str | None = None
    drafts: bool = False
    jobs: int = 1

    def look(self, templates: Templates) -> Look:
        """What the site is planned by, besides its catalogue."""
        return Look(templates, self.today, self.base_url)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a project, and what the rules say of it; `gallery` stands for what is to be published."""

    problems: tuple[Problem, ...]
    content: Content
    templates: Templates
    sources: Mapping[str, Path]
    gallery: Gallery | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `artifacts` is the plan of the site, where no error stands in its way."""

    problems: tuple[Problem, ...]
    artifacts: tuple[Artifact, ...] | None

    @property
    def sound(self) -> bool:
        return not errors(self.problems)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, if the content was sound."""

    problems: tuple[Problem, ...]
    printed: Printed | None
    seconds: float

    @property
    def published(self) -> bool:
        """Whether the output folder now holds this site."""
        return self.printed is not None and not self.printed.spoiled


@contextmanager
def open_darkroom(project: Project, progress: Progress) -> Iterator[Darkroom]:
    """Where the photos of a project are worked on; what was learned of them is kept, however the work ends."""
    notes = Notebook(project.cache)
    with Pool(project.jobs, PRELOADED) as pool:
        try:
            yield Darkroom(Cache(project.cache), notes, pool, progress)
        finally:
            notes.save()


def check(project: Project, progress: Progress) -> Checked:
    """Read and judge the content, look at its photos, and lay out the site; nothing but the cache is written."""
    with open_darkroom(project, progress) as room:
        read = _read(project, room)
    look = project.look(read.templates)
    artifacts, faults = _sound(read, lambda gallery: plan(with_posters(gallery, look), look))
    return Checked(in_order((*read.problems, *faults)), artifacts)


def build(project: Project, progress: Progress, force: bool = False) -> Built:
    """Check, then print what is stale. With an error in the content the output stays as it is."""
    begin = time.perf_counter()
    with open_darkroom(project, progress) as room:
        problems, printed = _built(project, room, force)
    return Built(in_order(problems), printed, time.perf_counter() - begin)


def _built(project: Project, room: Darkroom, force: bool) -> tuple[tuple[Problem, ...], Printed | None]:
    read = _read(project, room)
    look = project.look(read.templates)
    gallery, faults = _sound(read, lambda bare: with_posters(bare, look))
    if gallery is None:
        return (*read.problems, *faults), None
    output = Output(project.output)
    with output.claimed():
        sizes, spoiled = room.sizes(gallery.ladders(), read.sources, force)
        if spoiled:
            return (*read.problems, *_spoiled(read, spoiled)), None
        artifacts, faults = _sound(read, lambda _: plan(replace(gallery, sizes=sizes), look))
        if artifacts is None:
            return (*read.problems, *faults), None
        workshop = Workshop(read.templates, read.sources, room.cache)
        printed = print_site(artifacts, output, workshop, room, project.jobs, force)
    return (*read.problems, *_spoiled(read, printed.spoiled)), printed


def _read(project: Project, room: Darkroom) -> Read:
    """Read the content and the templates, and judge them."""
    library = read_content(project.content, project.content.as_posix())
    templates = read_templates(project.templates)
    content = library.content(room.photos(library.pictures, limits(library.texts)))
    shelf = shelve(content)
    bodies = (one.body for documents in shelf.documents.values() for one in documents.values())
    set_bodies(filter(str.strip, bodies), room.notes, room.pool if project.jobs > 1 else None)
    found = [*shelf.problems]
    if shelf.catalogue is not None:
        found += problems(Book(shelf.catalogue, shelf, project.today))
        found += _missing_words(shelf, templates)
    sources = {photo.digest: library.pictures[name] for name, photo in content.photos.items()}
    if shelf.catalogue is None or errors(found):
        return Read(in_order(found), content, templates, sources, None)
    drawings = illustrations(project.templates / "illustrations")
    drawn = room.drawings(drawings)
    sources |= {drawn[name].digest: path for name, path in drawings.items()}
    catalogue = shelf.catalogue if project.drafts else shelf.catalogue.published()
    return Read(in_order(found), content, templates, sources, Gallery(catalogue, drawn))


def _sound(read: Read, make: Callable[[Gallery], T]) -> tuple[T | None, tuple[Problem, ...]]:
    """What is made of the catalogue, if there is nothing in its way."""
    if read.gallery is None:
        return None, ()
    try:
        return make(read.gallery), ()
    except SharedPath as clash:
        return None, (Problem.at(Place(read.content.root), "path-twice", value=clash),)
    except (MissingWords, WrongWords) as words:
        place = Place(read.content.shown("strings.yml"))
        return None, (_said_wrongly(place, words, read.gallery.catalogue.site.languages[0]),)


def _said_wrongly(place: Place, words: MissingWords | WrongWords, lang: Lang) -> Problem:
    """Interface words that are not there, or whose braces name what there is not."""
    if isinstance(words, MissingWords):
        return Problem.at(place, "string-missing", key=words, lang=lang)
    key, said = words.args
    return Problem.at(place, "value-wrong", key=key, value=f"'{said}'")


def _spoiled(read: Read, spoiled: Iterable[Spoiled]) -> list[Problem]:
    """A problem for every place where a spoiled picture lies; a drawing of ours lies among the templates."""
    places = {one: [path.as_posix()] for one, path in read.sources.items()}
    for photo in read.content.photos.values():
        places[photo.digest] = []
    for photo in read.content.photos.values():
        places[photo.digest].append(read.content.shown(photo.path))
    return [
        Problem.at(Place(place), "photo-killed" if one.killed else "photo-unreadable", value=place.rpartition("/")[2])
        for one in spoiled
        for place in places[one.digest]
    ]


def _missing_words(shelf: Shelf, templates: Templates) -> list[Problem]:
    """Interface words that templates ask for and `strings.yml` lacks."""
    assert shelf.catalogue is not None
    known = shelf.catalogue.strings
    asked = {key for source in templates.sources.values() for key in re.findall(r"\bsay\.(\w+)", source)}
    place = shelf.data["strings.yml"].place()
    lang = shelf.catalogue.site.languages[0]
    return [Problem.at(place, "string-missing", key=key, lang=lang) for key in sorted(asked) if key not in known]
