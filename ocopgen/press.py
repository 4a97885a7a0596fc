"""Printing: make the sheets that are stale, side by side where there are many, publish what differs, and record it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocopgen.catalogue import Key
from ocopgen.crossings import NONE, Broken, Crossing, Fault, crossing
from ocopgen.darkroom import Progress, stage
from ocopgen.ledger import Done, Entered, Ledger, Marks, in_the_way, orphans, reasons
from ocopgen.output import ForeignFile, Output
from ocopgen.packing import unpack
from ocopgen.plan import SharedPath, without_clashes
from ocopgen.pool import TEXT_WORK, Died, Pool
from ocopgen.precompression import FORMATS, compressed, pays
from ocopgen.precompression import key as compressed_key
from ocopgen.problems import Problem
from ocopgen.prose import forget
from ocopgen.reachable import Sitewide, marks_of
from ocopgen.recipe import ASKED_FOR, COMMON, Artifact, Sheet, digest
from ocopgen.sheets import Case, Planned
from ocopgen.stopwatch import Stopwatch
from ocopgen.store import Workshop
from ocopgen.study import Story

FEW = 60
"""Sheets that are printed here, since starting processes costs more."""

CHUNK = 50

OPEN = 3_000
"""Entries that a process keeps unpacked between two chunks; each takes 10 kB with the pieces made of it."""

Stories = tuple[bytes, ...]
"""The stories of an entry, packed."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printing did: files written and removed, and files that the site has."""

    made: int
    removed: int
    total: int


@dataclass(frozen=True, slots=True)
class Run:
    """All that a printing needs: sheets to print and sheets that stand, the type, the tools, and what is noted after.

    `common` tells what every sheet is made of, piece by piece; `address` is the site's own, where that is known;
    `weigh` tells what is too heavy to be published.
    """

    stale: Sequence[Planned]
    standing: Sequence[Sheet]
    case: Case
    workshop: Workshop
    stories: Callable[[Key], Stories]
    common: tuple[tuple[str, str], ...]
    outcome: tuple[str, bytes]
    force: bool = False
    address: str | None = None
    compress: bool = False
    weigh: Callable[[Draft], tuple[Problem, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A site before it is published: the paths of each sheet, what is on record of each file, and how one is read."""

    sheets: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Entered]
    read: Callable[[str], bytes]


class OverBudget(Exception):
    """The site is heavier than it may be, and is not published; the problems are the argument."""


def print_site(run: Run, output: Output, ledger: Ledger, jobs: int, progress: Progress, watch: Stopwatch) -> Printed:
    """Bring the output folder, which is claimed, in line with the sheets.

    Raises `Refused`, `Killed`, `SharedPath`, `Broken`, `OverBudget`, `Damaged`.
    """
    rows = _Hands(run, output, ledger, jobs, progress).print()
    _agree(rows, run.standing, ledger)
    watch.lap("print")
    _arrive(run, rows, output, ledger)
    watch.lap("links")
    if run.weigh is not None:
        problems = run.weigh(_draft(run, output, ledger, rows))
        watch.lap("weigh")
        if problems:
            raise OverBudget(problems)
    done = _exchange(run, output, ledger, rows)
    watch.lap("publish")
    return done


def _draft(run: Run, output: Output, ledger: Ledger, rows: Sequence[Row]) -> Draft:
    printed = ledger.printed()
    sheets = {one.name: ledger.sheets[one.name].paths for one in run.standing}
    files = {path: printed[path] for paths in sheets.values() for path in paths}
    files |= {file.path: file.entered for row in rows for file in row.files}
    sheets |= {row.name: tuple(file.path for file in row.files) for row in rows}
    return Draft(sheets, files, lambda path: output.read(path) or b"")


def _agree(rows: Sequence[Row], standing: Sequence[Sheet], ledger: Ledger) -> None:
    """No two sheets may give other files at one path. Case is no difference: some disks ignore it."""
    printed = ledger.printed()
    known: dict[str, tuple[str, str]] = {}
    paths = {file.path.lower() for row in rows for file in row.files}
    for one in standing:
        for path in ledger.sheets[one.name].paths:
            if path.lower() in paths:
                known[path.lower()] = path, printed[path].key
    for row in rows:
        for file in row.files:
            if known.setdefault(file.path.lower(), (file.path, file.entered.key)) != (file.path, file.entered.key):
                raise SharedPath(file.path)


def _arrive(run: Run, rows: Sequence[Row], output: Output, ledger: Ledger) -> None:
    """Every link leads to a file of the site that is about to be, and to an id that is there. Raises `Broken`."""
    standing = [one.name for one in run.standing]
    site = Sitewide(
        paths={
            **{name: ledger.sheets[name].paths for name in standing},
            **{row.name: [file.path for file in row.files] for row in rows},
        },
        marks={**ledger.marks(standing), **{row.name: row.marks for row in rows}},
        templates={file.path: file.template for row in rows for file in row.files},
        base=run.address,
        output=output,
    )
    faults = (*(fault for row in rows for fault in row.faults), *site.faults())
    if faults:
        raise Broken(faults)


def _exchange(run: Run, output: Output, ledger: Ledger, rows: Sequence[Row]) -> Printed:
    """Old files for new ones, in such an order that a site cut off in between has all that its pages ask for."""
    new = {file.path: file for row in rows for file in row.files if file.written}
    wanted = {file.path for row in rows for file in row.files}
    wanted |= {path for one in run.standing for path in ledger.sheets[one.name].paths}
    gone = orphans(wanted, ledger.printed())
    obstacle = output.obstacle(new, gone)
    if obstacle is not None:
        raise ForeignFile(obstacle)
    if new or gone:
        ledger.announce(new)
        output.remove(in_the_way(gone, new))
        output.publish(sorted(new, key=lambda path: (not path.startswith(ASKED_FOR), path)))
        output.remove(gone)
    ledger.enter(_done(run, ledger, rows, gone))
    return Printed(len(new), len(gone), len(wanted))


def _done(run: Run, ledger: Ledger, rows: Sequence[Row], gone: Sequence[str]) -> Done:
    sheets = {row.name: row for row in rows}
    causes = _causes(run, ledger)
    stale = [one.sheet for one in run.stale]
    common = Sheet(COMMON, run.common)
    names = {one.name for one in (*stale, *run.standing, common)}
    return Done(
        files=tuple((file.path, file.entered, causes[row.name]) for row in rows for file in row.files if file.written),
        gone=tuple(gone),
        sheets=(
            *((one, tuple(file.path for file in sheets[one.name].files)) for one in stale),
            *([(common, ())] if stale else []),
        ),
        lost=tuple(name for name in ledger.sheets if name not in names),
        outcome=run.outcome,
        marks={row.name: row.marks for row in rows},
    )


def _causes(run: Run, ledger: Ledger) -> dict[str, str]:
    """Why each sheet was printed, as JSON: what of its inputs is not as it was."""
    before = ledger.inputs([COMMON, *(one.sheet.name for one in run.stale)])
    shared = reasons(run.common, before[COMMON])
    causes = {}
    for one in run.stale:
        own = reasons(one.sheet.inputs, before[one.sheet.name])
        found = [reason for name, how in own for reason in (shared if name == COMMON else [(name, how)])]
        causes[one.sheet.name] = json.dumps(found[:20], ensure_ascii=False)
    return causes


# --- side by side -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A sheet to print, what stands of it as it was written, and the stories of its entry."""

    planned: Planned
    standing: Mapping[str, Entered]
    stories: Stories


@dataclass(frozen=True, slots=True)
class File:
    """A file of a printed sheet: whether it was written anew, or stands already; and its template, where it has one."""

    path: str
    entered: Entered
    written: bool
    template: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one sheet, where its files lead, and what is wrong with them by themselves."""

    name: str
    files: tuple[File, ...]
    marks: Marks
    faults: tuple[Fault, ...] = ()


class Killed(OSError):
    """A process that printed pages was ended from outside."""

    def __str__(self) -> str:
        return (
            "một tiến trình in trang bị dừng (hết bộ nhớ?) / a process that printed pages was killed (out of memory?)"
        )


@dataclass(frozen=True)
class _Hands:
    """Those who do the work: processes side by side, or this one where there is little of it."""

    run: Run
    output: Output
    ledger: Ledger
    jobs: int
    progress: Progress

    def print(self) -> list[Row]:
        """Write every file that differs where it waits to be published; the rows stand in the order of the sheets."""
        stale = self.run.stale
        if not stale:
            return []
        rows: dict[str, Row] = {}
        with stage(self.progress, "pages", len(stale)):
            for done in self._each(stale):
                rows |= {row.name: row for row in done}
                self.progress.step(len(done))
        return [rows[one.sheet.name] for one in stale]

    def _each(self, stale: Sequence[Planned]) -> Iterator[list[Row]]:
        bench = Bench(self.run.case, self.run.workshop, self.output, self.run.address, self.run.compress)
        if self.jobs == 1 or len(stale) < FEW:
            yield from (bench.print([self._piece(one)]) for one in stale)
            return
        with Pool(self.jobs, TEXT_WORK, _begin, bench) as pool:
            chunks = ([self._piece(one) for one in chunk] for chunk in _chunks(stale))
            for _, done in pool.each(_print, chunks):
                if isinstance(done, Died):
                    raise Killed
                yield done

    def _piece(self, planned: Planned) -> Piece:
        entered = self.ledger.sheets.get(planned.sheet.name)
        printed = self.ledger.printed()
        standing = {path: printed[path] for path in entered.paths if path in self._right} if entered else {}
        return Piece(planned, standing, self.run.stories(planned.subject) if planned.subject else ())

    @cached_property
    def _right(self) -> set[str]:
        """The files of stale sheets that stand as they were written."""
        printed, sheets = self.ledger.printed(), self.ledger.sheets
        before = (sheets[one.sheet.name].paths for one in self.run.stale if one.sheet.name in sheets)
        paths = [path for some in before for path in some if path in printed]
        standing = {} if self.run.force else self.output.standing(paths)
        return {path for path, at in standing.items() if at == (printed[path].size, printed[path].mtime)}


def _chunks(stale: Sequence[Planned]) -> Iterator[Sequence[Planned]]:
    """Overviews first, since they are the largest, those of a language together, since they show the same cards;
    then entries, many at once."""
    overviews = [one for one in stale if not one.subject]
    for lang in dict.fromkeys(one.overview and one.overview[1] for one in overviews):
        yield [one for one in overviews if (one.overview and one.overview[1]) == lang]
    entries = [one for one in stale if one.subject]
    yield from (entries[at : at + CHUNK] for at in range(0, len(entries), CHUNK))


@dataclass(frozen=True)
class Bench:
    """Where sheets are printed: the type, the tools, and the folder that files are staged in."""

    case: Case
    workshop: Workshop
    output: Output
    address: str | None
    compress: bool = False

    def print(self, pieces: Iterable[Piece]) -> list[Row]:
        """Print some sheets."""
        return [self._sheet(one) for one in pieces]

    def _sheet(self, piece: Piece) -> Row:
        stories: list[Story] = [unpack(one) for one in piece.stories]
        artifacts = without_clashes(self.case.artifacts(piece.planned, stories))
        found = [each for one in artifacts for each in self._files(one, piece.standing)]
        forget()
        faults = tuple(fault for _, one in found for fault in one.faults)
        marks = marks_of({file.path: one for file, one in found})
        return Row(piece.planned.sheet.name, tuple(file for file, _ in found), marks, faults)

    def _files(self, artifact: Artifact, standing: Mapping[str, Entered]) -> Iterator[tuple[File, Crossing]]:
        """A file and where it leads (nowhere, if it is kept by a key); where asked for, its compressed forms too."""
        path, key = artifact.path, artifact.recipe.key
        made: list[bytes] = []

        def content() -> bytes:
            if not made:
                made.append(artifact.recipe.make(self.workshop))
            return made[0]

        template = getattr(artifact.recipe, "template", "")
        leads = NONE if key is not None else crossing(path, content(), self.address, template)
        key = key or digest(content())
        file = self._file(path, key, content, standing, template)
        yield file, leads
        for form in FORMATS if self.compress and pays(path, file.entered.size) else ():
            found = self._compressed(path, compressed_key(form, key), form, content, standing)
            yield from ((one, NONE) for one in found)

    def _compressed(
        self, path: str, key: str, form: str, content: Callable[[], bytes], standing: Mapping[str, Entered]
    ) -> Iterator[File]:
        """One compressed form of a file, unless it saves too little."""
        beside = f"{path}.{form}"
        if _stands(beside, key, standing):
            yield File(beside, standing[beside], written=False)
            return
        small = compressed(content(), form)
        if small:
            yield self._file(beside, key, lambda: small, standing)

    def _file(
        self, path: str, key: str, content: Callable[[], bytes], standing: Mapping[str, Entered], template: str = ""
    ) -> File:
        """Stage a file, unless it stands with the same bytes."""
        if _stands(path, key, standing):
            return File(path, standing[path], False, template)
        return File(path, Entered(key, *self.output.stage(path, content())), True, template)


def _stands(path: str, key: str, standing: Mapping[str, Entered]) -> bool:
    return path in standing and standing[path].key == key


_bench: Bench | None = None


def _begin(bench: Bench) -> None:
    """What a process is given once, instead of with every piece of work."""
    global _bench
    _bench = bench


def _print(pieces: list[Piece]) -> list[Row]:
    assert _bench is not None
    rows = _bench.print(pieces)
    _bench.case.spare(OPEN)
    return rows
