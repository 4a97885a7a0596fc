"""The office's list: a sheet → its rows as a product and a producer each, or what is wrong with them, by cell.

A row is read as a document, as if it were an entry's file whose lines are cells. So all that the model asks of an
entry is asked of a list, and said at the cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ocopgen.catalogue import Catalogue
from ocopgen.cells import Choices, by_word, kind_of, said
from ocopgen.decode import decode_entry, did_you_mean
from ocopgen.document import Document, Path
from ocopgen.gazetteer import Gazetteer
from ocopgen.headings import Headings, find, stars_in
from ocopgen.model import Entry, Place, Producer, Product
from ocopgen.problems import Place as Spot
from ocopgen.problems import Problem
from ocopgen.register import Column, by_key, words_of
from ocopgen.text import Lang, fold, slug
from ocopgen.workbook import Cell, Sheet

E = TypeVar("E", bound=Entry)
VI, EN = Lang("vi"), Lang("en")

NO_SET = 0
"""Stands for the product set where a row gives none."""


@dataclass(frozen=True)
class Row:
    """A row of a list, counted from 1 as spreadsheets do: what it says of a product and of its producer.

    `given` are the facts that it gives, by their columns, and the cell of each; `facts` and `maker` are the same as
    the files of the two would hold them, with the place that an address tells. What else the model needs is filled in
    in `product` and `producer` alone.
    """

    number: int
    product: Product
    producer: Producer
    given: Mapping[Column, Spot]
    facts: Mapping[str, Any]
    maker: Mapping[str, Any]

    def gives(self, key: str) -> bool:
        return any(one.key == key for one in self.given)

    @property
    def spot(self) -> Spot:
        """The cell of the product's name."""
        return next(spot for one, spot in self.given.items() if one.key == "name")


@dataclass(frozen=True)
class Roll:
    """A list: its rows, and what was passed over: lines that are no product, and headings that say nothing to us."""

    file: str
    sheet: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    names: tuple[str, ...] = ()
    """The names of products in all rows, also of those that could not be read."""
    passed: tuple[tuple[int, str], ...] = ()
    others: tuple[str, ...] = ()
    """Other sheets that have headings too."""
    decision: Mapping[str, object] = field(default_factory=dict)


def read_roll(file: str, sheets: Sequence[Sheet], catalogue: Catalogue, wanted: str | None = None) -> Roll:
    """The list in a file: on the sheet of that name, else on the one whose headings say most."""
    named = [one for one in sheets if wanted is None or slug(one.name) == slug(wanted)]
    if not named:
        known = did_you_mean(wanted or "", tuple(one.name for one in sheets))
        return Roll(file, "", (), (Problem.at(Spot(file), "list-sheet", value=wanted, **known),))
    found = [(one, headings) for one in named if (headings := find(one))]
    if not found:
        return Roll(file, "", (), (Problem.at(Spot(file), "list-headings"),))
    sheet, headings = max(found, key=lambda pair: len(pair[1].columns))
    others = tuple(one.name for one, _ in found if one is not sheet)
    return replace(_Reader(file, sheet, headings, catalogue).roll(), others=others)


@dataclass
class _Context:
    """What a line between the rows says of those below it."""

    district: str | None = None
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class _CellDocument(Document):
    """A row as a document: where its values stand are cells."""

    cells: Mapping[Path, Spot] = field(default_factory=dict)

    def place(self, path: Path = ()) -> Spot:
        while path and path not in self.cells:
            path = path[:-1]
        return self.cells.get(path, Spot(self.file))

    def key_place(self, path: Path) -> Spot:
        return self.place(path)


_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong|total)\b[\s:\d]*(?:san pham)?.*")
_COUNTED = re.compile(r"\(?(?:([0-9]{1,2})|[A-Z])\)?")


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, file: str, sheet: Sheet, headings: Headings, catalogue: Catalogue) -> None:
        self.file, self.sheet, self.headings, self.catalogue = file, sheet, headings, catalogue
        self.gazetteer = Gazetteer(catalogue.places)
        self.problems: list[Problem] = []
        self.passed: list[tuple[int, str]] = []
        self.context = _Context(stars=headings.stars)
        self.choices = {one: self.words_of(one) for one in headings.columns.values() if one.form.choices}
        self.by_word = {one: by_word(one.form.choices, *words) for one, words in self.choices.items()}
        self.sets = _sets(catalogue)

    def words_of(self, column: Column) -> tuple[Choices, Choices]:
        """The words for the choices of a column, in Vietnamese and in English."""
        vi, en = (words_of(column, self.catalogue.strings, lang) for lang in (VI, EN))
        return vi, en

    def roll(self) -> Roll:
        for at in self.headings.ignored:
            place = self.spot(self.headings.begin - 1, at)
            self.problems.append(Problem.at(place, "list-column-unknown", value=self.headings.words[at]))
        rows, names = [], []
        for number in range(self.headings.begin, len(self.sheet.rows)):
            name = self.name(number)
            if name is None:
                continue
            names.append(name)
            row = self.row(number)
            if row is not None:
                rows.append(row)
        return Roll(
            file=self.file,
            sheet=self.sheet.name,
            rows=tuple(rows),
            problems=tuple(self.problems),
            names=tuple(names),
            passed=tuple(self.passed),
            decision=self.headings.decision,
        )

    def spot(self, row: int, column: int) -> Spot:
        return Spot(f"{self.file}:{self.sheet.where(row, column)}")

    def cell(self, row: int, column: int | None) -> Cell:
        return said(self.raw(row, column))

    def raw(self, row: int, column: int | None) -> Cell:
        """A cell as it stands; a dash is a name where a row surely has one."""
        line = self.sheet.rows[row]
        return line[column] if column is not None and column < len(line) else None

    # --- which rows are products --------------------------------------------------------------------------

    def name(self, row: int) -> str | None:
        """The product's name in a row of products; what other rows say is kept for those below, or passed over."""
        column = self.headings.at("name")
        ordinal = self.cell(row, self.headings.ordinal)
        values = [said(one) for at, one in enumerate(self.sheet.rows[row]) if at != self.headings.ordinal]
        distinct = list(dict.fromkeys(str(one) for one in values if one is not None))
        if not distinct or self.is_heading(row):
            return None
        counted = isinstance(ordinal, int) or (isinstance(ordinal, str) and ordinal.rstrip(".").isdigit())
        counted = counted or self.cell(row, self.headings.at("id")) is not None
        name = self.raw(row, column) if counted else self.cell(row, column)
        facts = {self.cell(row, at) for at in self.headings.columns if at != column} - {None, name}
        if not counted and (len(distinct) == 1 or not facts or _TOTAL.fullmatch(fold(distinct[0]))):
            self.pass_over(row, " · ".join(distinct))
            return None
        if name is None:
            if counted or len(facts) > 1:
                self.problems.append(Problem.at(self.spot(row, column or 0), "list-name-missing"))
            else:
                self.pass_over(row, " · ".join(distinct))
            return None
        return str(name)

    def is_heading(self, row: int) -> bool:
        """Whether a row repeats the headings, as on every printed page, or counts the columns: `(1) (2) (3)`."""
        held = {at: one for at, one in enumerate(self.sheet.rows[row]) if said(one) is not None}
        words = self.headings.words
        if all(at < len(words) and slug(str(one)) == slug(words[at]) for at, one in held.items()):
            return True
        counted = [_COUNTED.fullmatch(str(one).strip()) for one in held.values()]
        numbers = [int(one[1]) for one in counted if one and one[1]]
        return all(counted) and len(numbers) > 1 and numbers == [*range(numbers[0], numbers[0] + len(numbers))]

    def pass_over(self, row: int, words: str) -> None:
        """A line such as `II. HUYỆN ĐÔNG HƯNG` or `Sản phẩm 4 sao` tells of the rows below it."""
        words = " ".join(words.split())
        bare = re.sub(r"^(?:[IVXLC]+|[A-Z]|[0-9]+)[.)/]\s*", "", words)
        district = self.gazetteer.district(re.sub(r"\s*[:(·–].*$|\s+[0-9].*$", "", bare)) if _KIND.match(bare) else None
        if district:
            self.context.district = district
        else:
            self.context.stars = stars_in(bare) or self.context.stars
        self.passed.append((row + 1, words))

    # --- one row ------------------------------------------------------------------------------------------

    def row(self, number: int) -> Row | None:
        """A row as a product and a producer; `None`, with its problems, where a cell is wrong."""
        wrong = len(self.problems)
        given: dict[Column, Spot] = {}
        values: dict[Column, Any] = {}
        for at, column in self.headings.columns.items():
            cell = self.raw(number, at) if column.key == "name" else self.cell(number, at)
            if (number, at) in self.sheet.errors:
                self.problems.append(Problem.at(self.spot(number, at), "list-formula", value=cell))
            elif cell is not None:
                value = self.value(column, cell, self.spot(number, at))
                if value is not None:
                    given[column], values[column] = self.spot(number, at), value
        self.inherit(given, values)
        places = self.places(given, values)
        ids = {column.part: values.pop(column) for column in [*values] if column.path == ("id",)}
        facts = self.facts(("product", "recognition", "pack"), values, places[0])
        maker = self.facts(("producer",), values, places[1])
        one = self.document(number, {**facts, **_needed(facts)}, given)
        other = self.document(number, {**maker, **_needed_maker(maker, facts)}, given)
        product = self.decoded(Product, ids.get("product", ""), one, given)
        producer = self.decoded(Producer, ids.get("producer", ""), other, given)
        errors = [one for one in self.problems[wrong:] if one.severity.value == "error"]
        if product is None or producer is None or errors:
            return None
        return Row(number + 1, product, producer, given, facts, maker)

    def inherit(self, given: dict[Column, Spot], values: dict[Column, Any]) -> None:
        """Add what the title and the lines above say of every row below them."""
        keys = {one.key for one in values}
        name = next(spot for one, spot in given.items() if one.key == "name")
        told: dict[str, object] = {}
        if self.context.stars and "recognition.stars" not in keys:
            told["recognition.stars"] = self.context.stars
        recognised = told or any(one.part == "recognition" for one in values)
        if recognised and not any(key.startswith("recognition.decision.") for key in keys):
            told |= {f"recognition.decision.{key}": one for key, one in self.headings.decision.items()}
        for key, value in told.items():
            given[by_key()[key]], values[by_key()[key]] = name, value

    def value(self, column: Column, cell: Cell, spot: Spot) -> Any:
        """What a cell says, as YAML would hold it; places are looked up later, since they need one another."""
        if column.key == "set":
            return self.set_of(cell, spot)
        if column not in self.choices:
            return column.form.read(cell)
        found = self.by_word[column].get(slug(str(cell)))
        if column.key == "producer.kind" and found is None and kind_of(str(cell)) != "unknown":
            return kind_of(str(cell))
        if found is None:
            told = {
                f"choices_{lang}": ", ".join(words.get(name, name) for name in column.form.choices)
                for lang, words in zip((VI, EN), self.choices[column], strict=True)
            }
            self.problems.append(Problem.at(spot, "list-choice", key=column.vi, value=cell, **told))
        return found

    def set_of(self, cell: Cell, spot: Spot) -> int | None:
        """The number of a product set, by its number or its name; the name of a group or sector says too little."""
        found = re.match(r"\s*(?:bộ\s*(?:sản phẩm)?\s*(?:số)?\s*)?([0-9]{1,2})(?:[.:)\s-]|$)", str(cell), re.IGNORECASE)
        number = int(found[1]) if found else self.sets.get(slug(str(cell)))
        if number not in self.catalogue.classification.set_by_number:
            if number != NO_SET:
                self.problems.append(Problem.at(spot, "list-set-unknown", value=cell))
            return None
        return number

    # --- places -------------------------------------------------------------------------------------------

    def places(self, given: dict[Column, Spot], values: dict[Column, Any]) -> tuple[Place, Place]:
        """Where the product is from and where its producer is: as their columns say, else as the address does."""
        own = self.place("place", given, values)
        producers = self.place("producer.place", given, values)
        address = next((str(one) for column, one in values.items() if column.key == "producer.address"), "")
        if own or producers:
            return own or Place(), producers or own or Place()
        context = Place(district=self.context.district) if self.context.district else Place()
        found = self.gazetteer.in_address(address) or context
        return found, found

    def place(self, prefix: str, given: dict[Column, Spot], values: dict[Column, Any]) -> Place | None:
        """The place that three columns name; a name that the table lacks is told, and taken for not given."""
        cells = {one.path[-1]: one for one in values if one.key.startswith(f"{prefix}.")}
        words = {name: str(values.pop(one)) for name, one in cells.items()}
        if not words:
            return None
        district = self.gazetteer.district(words.get("district", "")) if "district" in words else None
        province = self.gazetteer.province(words["province"]) if "province" in words else None
        above = district or (self.context.district if "district" not in words and not province else None)
        commune = self.gazetteer.commune(words["commune"], above, province) if "commune" in words else None
        found = {"district": district, "province": province, "commune": commune}
        for name, column in cells.items():
            if found[name] is None:
                self.problems.append(Problem.at(given.pop(column), "list-place-unknown", value=words[name]))
        whole = commune or Place(district=above, province=None if above else province)
        return whole if whole != Place() else None

    # --- documents ----------------------------------------------------------------------------------------

    @staticmethod
    def facts(parts: Collection[str], values: Mapping[Column, Any], place: Place) -> Mapping[str, Any]:
        """What a row says of these parts, as one file would hold it."""
        facts: dict[str, Any] = {}
        for column, value in values.items():
            if column.part in parts:
                _put(facts, column.place, value)
        told = place.model_dump(exclude_none=True)
        frozen: Mapping[str, Any] = _frozen(facts)
        return {**frozen, "place": told} if told else frozen

    def document(self, number: int, facts: Mapping[str, Any], given: Mapping[Column, Spot]) -> _CellDocument:
        """The file that a row would be."""
        here = f"{self.file}:{self.sheet.where(number, self.headings.at('name') or 0)}"
        makers = "kind" in facts
        cells = {one.place: spot for one, spot in given.items() if (one.part == "producer") is makers}
        return _CellDocument(here, facts, "", cells=cells)

    def decoded(self, model: type[E], known: str, document: Document, given: Mapping[Column, Spot]) -> E | None:
        entry, problems = decode_entry(model, known, {VI: document})
        self.problems += [self.worded(one, given) for one in problems]
        return entry

    def worded(self, problem: Problem, given: Mapping[Column, Spot]) -> Problem:
        """A problem in words for a list: the heading instead of the key, and a mend that is for a cell."""
        heading = next((one for one, spot in given.items() if spot == problem.place), None)
        words = dict(problem.words)
        if heading is not None:
            words["key"] = self.headings.words[next(at for at, one in self.headings.columns.items() if one is heading)]
        return Problem.at(problem.place, _IN_A_LIST.get(problem.code, problem.code), **words)


_KIND = re.compile(r"(?:huyện|h\.|thành phố|tp|thị xã|tx)\b", re.IGNORECASE)
_IN_A_LIST = {
    "missing": "list-missing",
    "text-expected": "list-text",
    "number-expected": "list-number",
    "date-expected": "list-date",
    "price-form": "list-price",
    "phone-form": "list-phone",
    "stars-range": "list-stars",
    "gtin-form": "list-gtin",
}
"""Codes whose mend is for a line of YAML → the same for a cell."""


def _needed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the model needs of a product and a row does not say."""
    needed = {"set": NO_SET, "summary": str(facts["name"])[:200], "producer": "x"}
    return {key: value for key, value in needed.items() if key not in facts}


def _needed_maker(maker: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the model needs of a producer and a row does not say."""
    name = str(maker.get("name", f"Chủ thể {facts['name']}"))
    needed = {"name": name, "kind": kind_of(name), "place": {}}
    return {key: value for key, value in needed.items() if key not in maker}


def _put(facts: dict[Any, Any], path: Path, value: object) -> None:
    """Lay a value into mappings in mappings; a list is a mapping by number until it is frozen."""
    for name in path[:-1]:
        facts = facts.setdefault(name, {})
    facts[path[-1]] = value


def _frozen(facts: Mapping[Any, Any]) -> Any:
    """Mappings by number are lists."""
    if facts and all(isinstance(key, int) for key in facts):
        return tuple(_frozen(one) for _, one in sorted(facts.items()))
    return {key: _frozen(one) if isinstance(one, Mapping) else one for key, one in facts.items()}


def _sets(catalogue: Catalogue) -> dict[str, int]:
    """The numbers of product sets by their names; that of a group or sector is `NO_SET`."""
    told = catalogue.classification
    sectors = (words for one in told.sectors for words in (one.name, one.short))
    named = [(NO_SET, words) for words in (*sectors, *(one.name for one in told.groups))]
    named += [(one.n, words) for one in told.sets for words in (one.name, one.short)]
    return {slug(words): number for number, name in named for _, words in name.words}
