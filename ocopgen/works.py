"""What is done with a project that changed: its content is judged, and the stale sheets of its site are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from ocopgen import font
from ocopgen.bindery import SCREEN, Quality
from ocopgen.binding import bind
from ocopgen.brochures import Bound
from ocopgen.cache import Cache, Unread
from ocopgen.catalogue import Catalogue
from ocopgen.clashes import clash
from ocopgen.darkroom import Darkroom, Progress, Spoiled
from ocopgen.edition import MissingWords, WrongWords
from ocopgen.gallery import Gallery
from ocopgen.html import Templates
from ocopgen.image import Ladder
from ocopgen.interface import missing, unfillable
from ocopgen.ledger import Ledger, stale
from ocopgen.library import Library, read_library
from ocopgen.notebook import Notebook
from ocopgen.output import Output
from ocopgen.packing import pack, unpack
from ocopgen.photo import PhotoFile
from ocopgen.plan import Layout, Look, SharedPath, lay_out
from ocopgen.pool import PHOTO_WORK, Pool
from ocopgen.press import Draft, OverBudget, Printed, Run, print_site
from ocopgen.problems import Place, Problem, errors, in_order
from ocopgen.prose import forget
from ocopgen.recipe import digest
from ocopgen.reference import DATA_FILES
from ocopgen.scales import weigh
from ocopgen.sheets import Case, Planned, sheets
from ocopgen.stopwatch import Stopwatch
from ocopgen.store import Workshop, illustrations, read_templates
from ocopgen.survey import Found, Survey
from ocopgen.values import Moment
from ocopgen.weight import Scale

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with a project: what it is built by besides its content, and how.

    `code` is the fingerprint of the program, `terms` that of all under which entries are studied; `form` has the
    scripts that were fetched for the form.
    """

    templates: Path
    today: date
    base_url: str | None
    drafts: bool
    brochures: bool
    compress: bool
    budget: bool
    jobs: int
    force: bool
    code: str
    terms: str
    form: Mapping[str, Found]

    def look(self, templates: Templates) -> Look:
        """What the site is planned by, besides its catalogue."""
        form = {name: one.digest for name, one in self.form.items()}
        return Look(templates, self.today, self.base_url, form, self.brochures)


@dataclass(frozen=True)
class Judged:
    """What was read and what is wrong with it; `catalogue` is what is to be published, where no error forbids it."""

    problems: tuple[Problem, ...]
    library: Library
    templates: Templates
    catalogue: Catalogue | None
    drawings: Mapping[str, PhotoFile] = field(default_factory=dict)
    sources: Mapping[str, Path] = field(default_factory=dict)

    def illustrated(self, job: Job, room: Darkroom) -> Judged:
        """The same with our own drawings, and where the bytes of pictures and of the form are, by their digests."""
        paths = illustrations(job.templates / "illustrations")
        drawings = room.drawings(paths)
        pictures = self.library.survey.pictures
        sources = {photo.digest: Path(pictures[name].path) for name, photo in self.library.photos.items()}
        sources |= {drawings[name].digest: path for name, path in paths.items()}
        sources |= {one.digest: Path(one.path) for one in job.form.values()}
        return replace(self, drawings=drawings, sources=sources)


@contextmanager
def open_darkroom(cache: Path, notes: Notebook, jobs: int, progress: Progress) -> Iterator[Darkroom]:
    """Where photos are worked on; what was learned of them is kept, however the work ends."""
    with Pool(jobs, PHOTO_WORK) as pool:
        try:
            yield Darkroom(Cache(cache), notes, pool, progress)
        finally:
            notes.save()


def judge(job: Job, survey: Survey, room: Darkroom, watch: Stopwatch) -> Judged:
    """Read the content and the templates, and judge them."""
    library = read_library(survey, room, job.terms, job.today, job.jobs, job.force)
    watch.lap("entries")
    templates = read_templates(job.templates)
    found = in_order((*library.problems, *_wrong_words(library, templates)))
    watch.lap("rules")
    if library.catalogue is None or errors(found):
        return Judged(found, library, templates, None)
    return Judged(found, library, templates, library.catalogue if job.drafts else library.catalogue.published())


def addressed(job: Job, judged: Judged) -> tuple[Problem, ...]:
    """What stands in the way of the pages of a site, as far as it is known before any is planned."""
    catalogue = judged.catalogue
    if catalogue is None:
        return ()

    def every() -> None:
        layout = lay_out(catalogue, job.look(judged.templates))
        for one in layout.editions:
            one.moment(Moment(2026, 1))
        path = clash(layout, catalogue)
        if path is not None:
            raise SharedPath(path)

    return _sound(judged, every)[1]


def published(
    job: Job, judged: Judged, room: Darkroom, output: Output, ledger: Ledger, fingerprint: str, watch: Stopwatch
) -> tuple[Printed | None, tuple[Problem, ...]]:
    """Print what is stale of the site into the output folder, which is claimed; or what stands in the way."""
    catalogue = judged.catalogue
    assert catalogue is not None
    judged = judged.illustrated(job, room)
    made, faults = _sound(judged, lambda: _laid_out(job, judged, catalogue))
    if made is None:
        return None, faults
    layout, common = made
    every = list(sheets(layout, catalogue, judged.library.prints(), digest(*(f"{a} {b}" for a, b in common))))
    todo = every if job.force else _stale(every, output, ledger)
    watch.lap("plan")
    case = _case(layout, judged, catalogue)
    sizes, spoiled = _pictures(case, todo, judged, room, job.force)
    if spoiled:
        return None, tuple(_spoiled(judged, spoiled))
    watch.lap("pictures")
    workshop = Workshop(judged.templates, judged.sources, room.cache)
    documents = (one.pdf for one in _documents(case, todo, judged, room))
    sizes |= bind(documents, room, judged.sources, job.jobs, job.force)
    watch.lap("brochures")
    if job.force:
        _cut_fonts(workshop)
    names = {one.sheet.name for one in todo}
    run = Run(
        stale=todo,
        standing=[one.sheet for one in every if one.sheet.name not in names],
        case=case.with_sizes(sizes),
        workshop=workshop,
        stories=lambda key: judged.library.stories(key, room.notes),
        common=common,
        outcome=(fingerprint, pack(judged.problems)),
        force=job.force,
        address=layout.address,
        compress=job.compress,
        weigh=_weighing(job, every, catalogue, output, room) if job.budget else None,
    )
    return _sound(judged, lambda: print_site(run, output, ledger, job.jobs, room.progress, watch))


def _cut_fonts(workshop: Workshop) -> None:
    """Make the fonts anew, whatever is kept of them."""
    for one in font.FONTS.values():
        one.make(replace(workshop, cache=Unread(workshop.cache.folder)))


def _weighing(
    job: Job, every: Sequence[Planned], catalogue: Catalogue, output: Output, room: Darkroom
) -> Callable[[Draft], tuple[Problem, ...]]:
    """How the site is weighed before it is published."""
    scale = Scale(catalogue.site.budgets, {}, len(catalogue.products), f"{output.root.as_posix()}/")
    return lambda draft: weigh(draft, every, scale, room.notes, job.jobs)


def bound(
    job: Job, judged: Judged, room: Darkroom, quality: Quality, wanted: Callable[[str], bool]
) -> tuple[dict[str, str] | None, tuple[Problem, ...]]:
    """Make the brochures whose paths are wanted: their keys in the cache by path; or what stands in the way."""
    catalogue = judged.catalogue
    assert catalogue is not None
    faults = addressed(job, judged)
    if faults:
        return None, faults
    judged = judged.illustrated(job, room)
    layout = lay_out(catalogue, job.look(judged.templates))
    case = _case(replace(layout, brochures=True), judged, catalogue, quality)
    every = sheets(layout, catalogue, judged.library.prints(), "")
    found = {one.path: one.pdf for one in _documents(case, list(every), judged, room) if wanted(one.path)}
    bind(found.values(), room, judged.sources, job.jobs, job.force)
    return {path: one.key for path, one in found.items()}, ()


def _case(layout: Layout, judged: Judged, catalogue: Catalogue, quality: Quality = SCREEN) -> Case:
    """All that sheets are planned from, before the size of any picture is known."""
    keys = tuple(key for key, _ in catalogue.entries)
    return Case(layout, judged.library.holdings(), keys, judged.drawings, {}, quality)


def _laid_out(job: Job, judged: Judged, catalogue: Catalogue) -> tuple[Layout, tuple[tuple[str, str], ...]]:
    """The layout, and the fingerprints of what every file of the site is made of."""
    look = job.look(judged.templates)
    layout = lay_out(catalogue, look)
    texts = judged.library.survey.texts
    common = (
        ("ocopgen", job.code),
        ("--date", look.today.isoformat()),
        ("--base-url", look.base_url or ""),
        ("--no-brochures", str(not look.brochures)),
        ("--compress", str(job.compress)),
        *((name, texts[name].digest) for name in DATA_FILES),
        ("illustrations", digest(*(f"{name} {one.digest}" for name, one in sorted(judged.drawings.items())))),
        *((f"frame {lang}", one.digest) for lang, one in layout.settings.items()),
    )
    return layout, common


def _stale(every: Sequence[Planned], output: Output, ledger: Ledger) -> list[Planned]:
    printed = ledger.printed()
    todo = stale((one.sheet for one in every), ledger.sheets, printed, output.standing(printed))
    names = {one.name for one in todo}
    return [one for one in every if one.sheet.name in names]


# --- pictures ---------------------------------------------------------------------------------------------


def _pictures(
    case: Case, todo: Sequence[Planned], judged: Judged, room: Darkroom, force: bool
) -> tuple[dict[str, int], list[Spoiled]]:
    """Make the pictures of sheets that are not there yet; the sizes of all that they show, by key."""
    if not todo:
        return {}, []
    ladders = list(dict.fromkeys(_ladders(case, todo, judged, room)))
    sizes, spoiled = room.sizes(ladders, judged.sources, force)
    if spoiled:
        return sizes, spoiled
    shown = (one for steps in ladders for one in steps.worthwhile(sizes).renditions)
    _, spoiled = room.develop(shown, judged.sources)
    return sizes, spoiled


def _ladders(case: Case, todo: Sequence[Planned], judged: Judged, room: Darkroom) -> Iterator[Ladder]:
    """The pictures of sheets: of their entries and of the neighbours of these."""
    photographed = case.holdings.photos.keys()
    overviews = any(one.subject is None for one in todo)
    near = {key for one in todo for key in one.neighbours}
    shown = photographed & (set(case.keys) if overviews else near)
    gallery = Gallery(case.holdings.catalogue(shown), case.illustrations)
    yield from (steps for key, entry in gallery.catalogue.entries for steps in gallery.of_entry(key, entry))
    for one in todo:
        key = one.subject
        if key is None or not (key in photographed or case.layout.address):
            continue
        forme = case.around(one, map(unpack, judged.library.stories(key, room.notes)))
        yield from forme.gallery.of_entry(key, forme.gallery.catalogue.entry_by_key[key])
        yield from forme.gallery.posters.values()
        forget()


def _documents(case: Case, todo: Sequence[Planned], judged: Judged, room: Darkroom) -> Iterator[Bound]:
    """The brochures of sheets, with those that they lead to."""
    for one in todo if case.layout.brochures else ():
        stories = judged.library.stories(one.subject, room.notes) if one.subject else ()
        yield from case.documents(one, map(unpack, stories))
        forget()


# --- what stands in the way -------------------------------------------------------------------------------


def _sound(judged: Judged, make: Callable[[], T]) -> tuple[T | None, tuple[Problem, ...]]:
    """What is made of the catalogue, if there is nothing in its way."""
    shown = judged.library.survey.label
    try:
        return make(), ()
    except OverBudget as over:
        return None, over.args[0]
    except SharedPath as shared:
        return None, (Problem.at(Place(shown), "path-twice", value=shared),)
    except MissingWords as words:
        lang = judged.library.ground.langs[0]
        return None, (Problem.at(Place(f"{shown}/strings.yml"), "string-missing", key=words, lang=lang),)
    except WrongWords as words:
        key, said = words.args
        return None, (Problem.at(Place(f"{shown}/strings.yml"), "value-wrong", key=key, value=f"'{said}'"),)


def _spoiled(judged: Judged, spoiled: Iterable[Spoiled]) -> list[Problem]:
    """A problem for every place where a spoiled picture lies; a drawing of ours lies among the templates."""
    places = {one: [path.as_posix()] for one, path in judged.sources.items()}
    for photo in judged.library.photos.values():
        places[photo.digest] = []
    for photo in judged.library.photos.values():
        places[photo.digest].append(f"{judged.library.survey.label}/{photo.path}")
    return [
        Problem.at(Place(place), "photo-killed" if one.killed else "photo-unreadable", value=place.rpartition("/")[2])
        for one in spoiled
        for place in places[one.digest]
    ]


def _wrong_words(library: Library, templates: Templates) -> Iterator[Problem]:
    """Words of `strings.yml` that are asked for and not there, and those with a name that nothing fills in."""
    catalogue = library.catalogue
    if catalogue is None:
        return
    absent = missing(catalogue, templates.sources.values())
    unfilled = tuple(unfillable(catalogue))
    if not absent and not unfilled:
        return
    document = library.book(catalogue).file("strings.yml")
    for key in absent:
        yield Problem.at(document.place(), "string-missing", key=key, lang=library.ground.langs[0])
    for key, lang, said in unfilled:
        yield Problem.at(document.place((key, lang)), "value-wrong", key=key, value=f"'{said}'")
