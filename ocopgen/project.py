"""A project on disk: its folders and its day, and what can be done with them: check and build."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ocopgen.book import Book
from ocopgen.catalogue import Catalogue, Shelf, shelve
from ocopgen.edition import MissingWords, WrongWords
from ocopgen.html import Templates
from ocopgen.plan import Look, SharedPath, plan
from ocopgen.press import Printed, Progress, Spoiled, print_site
from ocopgen.problems import Place, Problem, errors, in_order
from ocopgen.rules import problems
from ocopgen.store import Cache, Library, Output, Workshop, read_content, read_illustrations, read_templates
from ocopgen.text import Lang


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


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `catalogue` is there only where nothing was wrong with its shape."""

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    library: Library

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


def check(project: Project) -> Checked:
    """Read and judge the content; nothing is written."""
    library = read_content(project.content, project.content.as_posix())
    shelf = shelve(library.content)
    found = [*shelf.problems]
    if shelf.catalogue is not None:
        found += problems(Book(shelf.catalogue, shelf, project.today))
        found += _missing_words(shelf, read_templates(project.templates))
    return Checked(in_order(found), shelf.catalogue, library)


def build(project: Project, progress: Progress, force: bool = False) -> Built:
    """Check, then print what is stale. With an error in the content the output stays as it is."""
    begin = time.perf_counter()
    checked = check(project)
    if not checked.sound or checked.catalogue is None:
        return Built(checked.problems, None, time.perf_counter() - begin)
    catalogue = checked.catalogue if project.drafts else checked.catalogue.published()
    illustrations, drawings = read_illustrations(project.templates / "illustrations")
    templates = read_templates(project.templates)
    look = Look(templates, illustrations, project.today, project.base_url)
    try:
        artifacts = plan(catalogue, look)
    except SharedPath as clash:
        problem = Problem.at(Place(checked.library.content.shown("")), "path-twice", value=clash)
        return Built((*checked.problems, problem), None, time.perf_counter() - begin)
    except (MissingWords, WrongWords) as words:
        place = Place(checked.library.content.shown("strings.yml"))
        problem = _said_wrongly(place, words, catalogue.site.languages[0])
        return Built((*checked.problems, problem), None, time.perf_counter() - begin)
    files: Mapping[str, Path] = {**checked.library.files, **drawings}
    workshop = Workshop(templates, files, Cache(project.cache))
    printed = print_site(artifacts, Output(project.output), workshop, project.jobs, progress, force)
    spoiled = _spoiled(checked.library, printed.spoiled)
    return Built(in_order((*checked.problems, *spoiled)), printed, time.perf_counter() - begin)


def _said_wrongly(place: Place, words: MissingWords | WrongWords, lang: Lang) -> Problem:
    """Interface words that are not there, or whose braces name what there is not."""
    if isinstance(words, MissingWords):
        return Problem.at(place, "string-missing", key=words, lang=lang)
    key, said = words.args
    return Problem.at(place, "value-wrong", key=key, value=f"'{said}'")


def _spoiled(library: Library, spoiled: tuple[Spoiled, ...]) -> list[Problem]:
    photos = {one.digest: one for one in library.content.photos.values()}
    return [
        Problem.at(
            Place(library.content.shown(photos[one.digest].path)),
            "photo-unreadable",
            value=photos[one.digest].name,
        )
        for one in spoiled
    ]


def _missing_words(shelf: Shelf, templates: Templates) -> list[Problem]:
    """Interface words that templates ask for and `strings.yml` lacks."""
    assert shelf.catalogue is not None
    known = shelf.catalogue.strings
    asked = {key for source in templates.sources.values() for key in re.findall(r"\bsay\.(\w+)", source)}
    place = shelf.data["strings.yml"].place()
    lang = shelf.catalogue.site.languages[0]
    return [Problem.at(place, "string-missing", key=key, lang=lang) for key in sorted(asked) if key not in known]
