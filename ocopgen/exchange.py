"""The office's list and the catalogue on disk: a list is compared and written in, and the catalogue written out.

Nothing is overwritten by surprise: a list only fills in what entries do not say, unless more is asked for; new entries
go only into new folders; what is to be written is judged before, as `check` does; and a file that was changed
meanwhile is left alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ocopgen.cache import Changed
from ocopgen.catalogue import Catalogue, Key, folders
from ocopgen.comparison import Comparison, compare
from ocopgen.darkroom import Darkroom, Progress
from ocopgen.ledger import rewrite, write
from ocopgen.model import KINDS
from ocopgen.new import make_folder
from ocopgen.problems import Place, Problem, errors, in_order
from ocopgen.project import Project, library_of, open_darkroom, survey_of
from ocopgen.recipe import digest
from ocopgen.register import columns, rows
from ocopgen.revision import Revision, applied, revise
from ocopgen.roll import Roll, read_roll
from ocopgen.spreadsheet import to_csv, to_json, to_xlsx
from ocopgen.survey import Found, Survey
from ocopgen.text import Lang
from ocopgen.workbook import MOST_BYTES, Rows, Unopenable, read

if TYPE_CHECKING:
    from ocopgen.library import Library

FORMATS = (".xlsx", ".csv", ".json")


@dataclass(frozen=True)
class Wanted:
    """What is asked of an import: the list's file and sheet, what is written of its source, and whether to write.

    `overwrite` takes the list's word where an entry says otherwise.
    """

    file: Path
    sheet: str | None = None
    source: str | None = None
    write: bool = False
    overwrite: bool = False


@dataclass(frozen=True)
class Imported:
    """What a list changes, the problems that stand in the way, and the files that were written, or would be."""

    comparison: Comparison | None
    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    written: bool = False

    @property
    def sound(self) -> bool:
        return not errors(self.problems)


@dataclass(frozen=True)
class _Staged:
    """The texts of files as they would be, by their paths in the content, and the digests of what they replace."""

    texts: Mapping[str, bytes] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)


def import_list(project: Project, progress: Progress, wanted: Wanted) -> Imported:
    """Compare a list with the catalogue, and write what it adds where that is asked for and nothing is wrong."""
    with open_darkroom(project, progress) as room:
        survey = survey_of(project, room.notes)
        library = library_of(project, survey, room)
        catalogue = library.catalogue
        if catalogue is None or errors(library.problems):
            return Imported(None, in_order(errors(library.problems)))
        roll = _roll(wanted, catalogue)
        taken = folders((*survey.texts, *survey.pictures, *survey.strangers))
        comparison = compare(roll, catalogue, project.today, taken)
        if errors(comparison.problems):
            return Imported(comparison, comparison.problems)
        source = {"title": wanted.source or _title(wanted.file)}
        staged = _staged(survey, revise(comparison, catalogue, source, wanted.overwrite), catalogue)
        faults = _faults(project, library, staged, room, comparison) if staged.texts else ()
    problems = (*comparison.problems, *faults)
    if wanted.write and not errors(problems):
        _write(project.content, staged)
    done = wanted.write and not errors(problems)
    return Imported(comparison, problems, tuple(staged.texts), done)


def _roll(wanted: Wanted, catalogue: Catalogue) -> Roll:
    """The list in a file, which is not read where it is larger than any list."""
    name = unicodedata.normalize("NFC", wanted.file.name)
    try:
        with wanted.file.open("rb") as file:
            sheets = read(name, file.read(MOST_BYTES + 1))
    except Unopenable as refused:
        return Roll(name, "", (), (Problem.at(Place(name), refused.code, **refused.words),))
    return read_roll(name, sheets, catalogue, wanted.sheet)


def _title(file: Path) -> str:
    return " ".join(unicodedata.normalize("NFC", file.name).split())


# --- writing in -------------------------------------------------------------------------------------------


def _staged(survey: Survey, revision: Revision, catalogue: Catalogue) -> _Staged:
    """The files that a revision makes and changes."""
    name = f"index.{catalogue.site.languages[0]}.md"
    texts = {f"{key}/{name}": text.encode() for key, text in revision.new.items()}
    before = {}
    for key, edits in revision.edits.items():
        path = f"{key}/{name}"
        model = KINDS[key.partition("/")[0]]
        texts[path] = applied(survey.texts[path].read().decode("utf-8"), model, edits).encode()
        before[path] = survey.texts[path].digest
    return _Staged(texts, before)


def _faults(
    project: Project, library: Library, staged: _Staged, room: Darkroom, comparison: Comparison
) -> tuple[Problem, ...]:
    """The errors that the content would have with these files, each at the row of the list that it comes from."""
    with TemporaryDirectory() as folder:
        texts = dict(library.survey.texts)
        for number, (path, raw) in enumerate(staged.texts.items()):
            file = Path(folder) / str(number)
            file.write_bytes(raw)
            texts[path] = Found(str(file), len(raw), digest(raw))
        survey = replace(library.survey, texts=dict(sorted(texts.items())))
        found = errors(library_of(project, survey, room).problems)
    spots = {f"products/{one.id}": one.row.spot for one in comparison.lines}
    spots |= {f"producers/{one.id}": one.row.spot for one in comparison.producers}
    return tuple(replace(one, place=spots.get(_key(library.survey, one), one.place)) for one in found)


def _key(survey: Survey, problem: Problem) -> Key:
    """The entry that a problem is about."""
    return problem.place.file.removeprefix(f"{survey.label}/").rpartition("/")[0]


def _write(content: Path, staged: _Staged) -> None:
    """Write new folders and changed files. Raises `Changed`, and `FileExistsError` for a folder that came meanwhile."""
    for path, known in staged.before.items():
        if digest((content / path).read_bytes()) != known:
            raise Changed(content / path)
    new = [path for path in staged.texts if path not in staged.before]
    for path in new:
        if (content / path).parent.exists():
            raise FileExistsError(17, "exists", str((content / path).parent))
    for path in new:
        file = content / path
        make_folder(content, file.parent, {file.name: staged.texts[path]})
    for path in staged.before:
        rewrite(content / path, staged.texts[path])


# --- writing out ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exported:
    """What was written out: the number of products, or the problems that stand in the way."""

    products: int
    problems: tuple[Problem, ...] = ()
    raw: bytes = b""


def export(project: Project, progress: Progress, ending: str, lang: Lang, private: bool = False) -> Exported:
    """The catalogue as a file of one of `FORMATS`, with headings in a language; drafts only where they are built.

    The same content gives the same bytes on the same day.
    """
    with open_darkroom(project, progress) as room:
        library = library_of(project, survey_of(project, room.notes), room)
    catalogue = library.catalogue
    if catalogue is None or errors(library.problems):
        return Exported(0, in_order(errors(library.problems)))
    shown = catalogue if project.drafts else catalogue.published()
    table = tuple(rows(shown, lang, private))
    return Exported(len(table), raw=_as_file(ending, table, lang, project.today))


def _as_file(ending: str, table: Rows, lang: Lang, day: date) -> bytes:
    if ending == ".json":
        lists = frozenset(one.key for one in columns() if one.form.many)
        return to_json([one.key for one in columns()], table, lists)
    whole = (tuple(one.heading(lang) for one in columns()), *table)
    return to_csv(whole) if ending == ".csv" else to_xlsx("OCOP", whole, day)


def keep(file: Path, raw: bytes, force: bool) -> bool:
    """Write a file that was exported; whether it stands now. One that says otherwise is replaced only by force."""
    if not force and file.exists() and file.read_bytes() != raw:
        return False
    write(file, raw)
    return True
