"""A project on disk: its folders and its day, and what can be done with them: check and build."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ocopgen.book import Book
from ocopgen.catalogue import Catalogue, Content, Shelf, shelve
from ocopgen.edition import MissingWords, WrongWords
from ocopgen.html import Templates
from ocopgen.plan import Look, SharedPath, plan
from ocopgen.press import Printed, Progress, Spoiled, print_site
from ocopgen.problems import Place, Problem, errors, in_order
from ocopgen.recipe import Artifact
from ocopgen.rules import problems
from ocopgen.store import Cache, Output, Workshop, read_content, read_illustrations, read_templates
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
    """What a check found; `artifacts` is the plan of the site, where no error stands in its way."""

    problems: tuple[Problem, ...]
    artifacts: tuple[Artifact, ...] | None
    content: Content
    workshop: Workshop

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
    """Read and judge the content, and lay out the site; nothing is written."""
    library = read_content(project.content, project.content.as_posix())
    illustrations, drawings = read_illustrations(project.templates / "illustrations")
    templates = read_templates(project.templates)
    shelf = shelve(library.content)
    found = [*shelf.problems]
    if shelf.catalogue is not None:
        found += problems(Book(shelf.catalogue, shelf, project.today))
        found += _missing_words(shelf, templates)
    artifacts = None
    if shelf.catalogue is not None and not errors(found):
        catalogue = shelf.catalogue if project.drafts else shelf.catalogue.published()
        look = Look(templates, illustrations, project.today, project.base_url)
        artifacts, faults = _planned(catalogue, look, library.content)
        found += faults
    workshop = Workshop(templates, {**library.files, **drawings}, Cache(project.cache))
    return Checked(in_order(found), artifacts, library.content, workshop)


def _planned(catalogue: Catalogue, look: Look, content: Content) -> tuple[tuple[Artifact, ...] | None, list[Problem]]:
    try:
        return plan(catalogue, look), []
    except SharedPath as clash:
        return None, [Problem.at(Place(content.root), "path-twice", value=clash)]
    except (MissingWords, WrongWords) as words:
        place = Place(content.shown("strings.yml"))
        return None, [_said_wrongly(place, words, catalogue.site.languages[0])]


def build(project: Project, progress: Progress, force: bool = False) -> Built:
    """Check, then print what is stale. With an error in the content the output stays as it is."""
    begin = time.perf_counter()
    checked = check(project)
    if checked.artifacts is None:
        return Built(checked.problems, None, time.perf_counter() - begin)
    output = Output(project.output)
    printed = print_site(checked.artifacts, output, checked.workshop, project.jobs, progress, force)
    spoiled = _spoiled(checked.content, printed.spoiled)
    return Built(in_order((*checked.problems, *spoiled)), printed, time.perf_counter() - begin)


def _said_wrongly(place: Place, words: MissingWords | WrongWords, lang: Lang) -> Problem:
    """Interface words that are not there, or whose braces name what there is not."""
    if isinstance(words, MissingWords):
        return Problem.at(place, "string-missing", key=words, lang=lang)
    key, said = words.args
    return Problem.at(place, "value-wrong", key=key, value=f"'{said}'")


def _spoiled(content: Content, spoiled: tuple[Spoiled, ...]) -> list[Problem]:
    photos = {one.digest: one for one in content.photos.values()}
    return [
        Problem.at(
            Place(content.shown(photos[one.digest].path)),
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
