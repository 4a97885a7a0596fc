"""A project on disk: its folders and its day, and what can be done with them: check and build.

Nothing else of ours is imported before it is known that something changed: to see that nothing did
takes a tenth of a second.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.cache import Changed
from ocopgen.ledger import Damaged, Ledger
from ocopgen.notebook import Notebook
from ocopgen.output import Output
from ocopgen.packing import Unpackable, unpack
from ocopgen.problems import Problem, errors, in_order
from ocopgen.recipe import digest
from ocopgen.stopwatch import Stopwatch
from ocopgen.survey import Found, Survey, all_there, files_below, survey

if TYPE_CHECKING:
    from ocopgen.darkroom import Darkroom, Progress
    from ocopgen.library import Library
    from ocopgen.press import Printed
    from ocopgen.works import Job, Judged


ATTEMPTS = 3
"""Times that a build begins anew because a file was changed while it was read, or its ledger was found damaged."""


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
    patience: float = 0
    """Seconds to wait for another build into the same folder."""
    brochures: bool = True
    """Whether brochures are made, where the site wants them."""
    form: Path | None = None
    """Where the scripts lie that were fetched for the form."""
    compress: bool = False
    """Whether text files are also there in compressed forms, for servers that send these in their place."""
    budget: bool = False
    """Whether a site is published only where it keeps to the budgets of `site.yml`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not errors(self.problems)


@dataclass(frozen=True, slots=True)
class Totals:
    """Files written and removed, and files that the site has."""

    made: int
    removed: int
    total: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, if the content was sound."""

    problems: tuple[Problem, ...]
    printed: Printed | Totals | None
    seconds: float

    @property
    def published(self) -> bool:
        """Whether the output folder now holds this site."""
        return self.printed is not None


@contextmanager
def open_darkroom(project: Project, progress: Progress) -> Iterator[Darkroom]:
    """Where the photos of a project are worked on."""
    from ocopgen import works

    with works.open_darkroom(project.cache, Notebook(project.cache), project.jobs, progress) as room:
        yield room


def survey_of(project: Project, notes: Notebook) -> Survey:
    """What lies in the content folder."""
    return survey(project.content, project.content.as_posix(), notes)


def library_of(project: Project, found: Survey, room: Darkroom) -> Library:
    """The content as it was read and judged, without templates. Raises `Killed`, `Changed`."""
    from ocopgen.library import read_library

    return read_library(found, room, _terms(project, found), project.today, project.jobs)


def form_of(project: Project, notes: Notebook) -> Mapping[str, Found]:
    """The scripts that were fetched for the form."""
    return files_below(project.form, notes) if project.form else {}


def check(project: Project, progress: Progress) -> Checked:
    """Read and judge the content, look at its photos and at the address of every page; only the cache is written."""
    from ocopgen import works
    from ocopgen.pool import SELDOM

    gc.set_threshold(*SELDOM)
    with open_darkroom(project, progress) as room:
        found = survey_of(project, room.notes)
        job = job_of(project, found, form_of(project, room.notes))
        judged = works.judge(job, found, room, Stopwatch())
        faults = works.addressed(job, judged)
    return Checked(in_order((*judged.problems, *faults)))


def judge(project: Project, progress: Progress) -> Judged:
    """Read and judge the content, and lay out nothing; nothing but the cache is written."""
    from ocopgen import works

    with open_darkroom(project, progress) as room:
        found = survey_of(project, room.notes)
        return works.judge(job_of(project, found, form_of(project, room.notes)), found, room, Stopwatch())


def build(
    project: Project,
    progress: Progress,
    force: bool = False,
    watch: Stopwatch | None = None,
    notes: Notebook | None = None,
) -> Built:
    """Check, then print what is stale. With an error in the content the output stays as it is.

    Who builds again and again keeps the same notebook, in which what was read is remembered.
    """
    begin = time.perf_counter()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            problems, printed = _built(project, progress, force, watch or Stopwatch(), notes or Notebook(project.cache))
            break
        except (Changed, Damaged):
            if attempt == ATTEMPTS:
                raise
    return Built(in_order(problems), printed, time.perf_counter() - begin)


def _built(
    project: Project, progress: Progress, force: bool, watch: Stopwatch, notes: Notebook
) -> tuple[tuple[Problem, ...], Printed | Totals | None]:
    watch.lap("start")
    output = Output(project.output)
    with ExitStack() as held:
        # First, since what was seen before another build was waited for may be older than what that one printed.
        ledger = _claimed(project, progress, held) if output.is_ours else None
        watch.lap("ledger")
        found, form = survey_of(project, notes), form_of(project, notes)
        wanted = fingerprint(project, found, form)
        watch.lap("survey")
        if ledger is not None and not force:
            kept = _kept(ledger, output, wanted)
            watch.lap("standing")
            if kept is not None:
                notes.save()
                return kept, Totals(0, 0, len(ledger.printed()))
        _make_ready(project, found, notes)
        from ocopgen import works
        from ocopgen.pool import SELDOM

        gc.set_threshold(*SELDOM)
        watch.lap("load")
        job = job_of(project, found, form, force)
        room = held.enter_context(works.open_darkroom(project.cache, notes, project.jobs, progress))
        judged = works.judge(job, found, room, watch)
        if fingerprint(project, found, form) != wanted:
            raise Changed(project.templates)
        if judged.catalogue is None:
            return judged.problems, None
        if ledger is None:
            ledger = _claimed(project, progress, held)
            if ledger.outcome is not None:  # another build was first
                raise Changed(project.output)
        printed, faults = works.published(job, judged, room, output, ledger, wanted, watch)
        return (*judged.problems, *faults), printed


def job_of(project: Project, found: Survey, form: Mapping[str, Found], force: bool = False) -> Job:
    """What is to be done with a project whose content was surveyed."""
    from ocopgen.works import Job

    return Job(
        templates=project.templates,
        today=project.today,
        base_url=project.base_url,
        drafts=project.drafts,
        brochures=project.brochures,
        compress=project.compress,
        budget=project.budget,
        jobs=project.jobs,
        force=force,
        code=program(),
        terms=_terms(project, found),
        form=form,
    )


def _make_ready(project: Project, found: Survey, notes: Notebook) -> None:
    """Where all entries are to be studied anew, let the processes for it start while this one loads the program."""
    if project.jobs > 1 and len(found.texts) >= MANY and notes.get(f"terms {found.label}") != _terms(project, found):
        from ocopgen.pool import PHOTO_WORK, TEXT_WORK, make_ready

        make_ready(PHOTO_WORK if found.pictures else TEXT_WORK)


MANY = 150
"""Texts of which some will surely be read side by side."""


def _claimed(project: Project, progress: Progress, held: ExitStack) -> Ledger:
    """The ledger of the output folder, which is ours until all that is held is let go."""
    output = Output(project.output)
    held.enter_context(output.claimed(project.patience, lambda holder: progress.begin("waiting", holder or 0)))
    return held.enter_context(Ledger(output.root))


def _kept(ledger: Ledger, output: Output, wanted: str) -> tuple[Problem, ...] | None:
    """What the last build found, if it was made from the same and all that it printed stands."""
    if ledger.outcome is None or ledger.outcome[0] != wanted:
        return None
    printed = ledger.printed()
    if output.standing(printed) != {path: (one.size, one.mtime) for path, one in printed.items()}:
        return None
    try:
        problems: tuple[Problem, ...] = unpack(ledger.outcome[1])
    except Unpackable:
        return None
    return problems


# --- fingerprints -----------------------------------------------------------------------------------------


def fingerprint(project: Project, found: Survey, form: Mapping[str, Found]) -> str:
    """Of all that a build is made from: the content, the templates, the form's scripts, the day, the program."""
    return digest(
        program(),
        project.today.isoformat(),
        project.base_url or "",
        f"{project.drafts} {project.brochures} {project.compress} {project.budget}",
        found.digest,
        *(f"{name} {one.digest}" for name, one in form.items()),
        *(part for name, content in _template_files(project.templates) for part in (name, content)),
    )


def _terms(project: Project, found: Survey) -> str:
    """Of all that a study of an entry is made from, besides its folder."""
    return digest(program(), project.today.isoformat(), found.data_digest)


def _template_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    with all_there(str(folder)):
        for path in sorted((*folder.glob("*.*"), *folder.glob("illustrations/*"), *folder.glob("brochures/*"))):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


@cache
def program() -> str:
    """The fingerprint of this program, of Python, and of every package that is installed beside it."""
    here = Path(__file__).parent
    installed = {one.name for folder in sys.path if Path(folder).is_dir() for one in Path(folder).glob("*.dist-info")}
    return digest(sys.version, *sorted(installed), *(one.read_bytes() for one in sorted(here.glob("*.py"))))
