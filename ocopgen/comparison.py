"""The office's list against the catalogue: what is new, what rose, fell, ended or is missing, as one value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from pydantic import BaseModel

from ocopgen.catalogue import Catalogue, Key
from ocopgen.matching import Ambiguous, Finder, Named, is_same, newest, numbers_agree, plainly, tells_again
from ocopgen.model import NOT_EVIDENCE, PERSONAL_KINDS, Entry, Place, Producer, Product, Recognition, Status
from ocopgen.problems import Problem
from ocopgen.register import Column, Teller, counting, parts_of
from ocopgen.roll import NO_SET, Roll, Row
from ocopgen.text import Lang, slug
from ocopgen.workbook import Cell


class Standing(Enum):
    """What a row makes of a product's recognitions."""

    NEW = "new"
    RECOGNISED = "recognised"
    UPGRADED = "upgraded"
    DOWNGRADED = "downgraded"
    RENEWED = "renewed"
    EARLIER = "earlier"
    COMPLETED = "completed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the list gives and the entry says otherwise, or not at all."""

    column: Column
    ours: Cell
    theirs: Cell

    @property
    def fills(self) -> bool:
        """Whether the entry says nothing of it."""
        return self.ours is None


@dataclass(frozen=True)
class ProducerLine:
    """A producer of the list: its folder's name, whether it is new, and what the list says of it."""

    id: str
    row: Row
    new: bool
    named: Named | None = None
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProductLine:
    """A row of the list, and what it means for the catalogue.

    `number` is that of the entry's recognition that the row tells of, counted from 0; without it the row's recognition,
    if it has one, is new to the entry. `before` is what the entry had until now, and `status` what the product has
    with the list on the day. `missing` are codes: `set`, `place`, `producer`, `stars`, `decision`, `photos`, `english`.
    """

    id: str
    row: Row
    standing: Standing
    producer: str
    recognition: Recognition | None = None
    number: int | None = None
    before: Recognition | None = None
    status: Status | None = None
    ends: date | None = None
    named: Named | None = None
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What a list changes; `absent` are products of the catalogue that it lacks."""

    roll: Roll
    today: date
    lines: tuple[ProductLine, ...] = ()
    producers: tuple[ProducerLine, ...] = ()
    absent: tuple[Product, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def lapsed(self) -> tuple[ProductLine, ...]:
        """The products of the list whose recognition has ended on the day, or was withdrawn."""
        return tuple(one for one in self.lines if one.status in (Status.ENDED, Status.WITHDRAWN))

    @property
    def same(self) -> bool:
        """Whether the list says nothing that the catalogue does not say."""
        told: tuple[ProductLine | ProducerLine, ...] = (*self.lines, *self.producers)
        still = all(one.standing is Standing.SAME for one in self.lines)
        return still and not self.absent and not any(one.differences or one.named for one in told)

    def of(self, *standings: Standing) -> tuple[ProductLine, ...]:
        return tuple(one for one in self.lines if one.standing in standings)


def compare(roll: Roll, catalogue: Catalogue, today: date, taken: Collection[Key] = ()) -> Comparison:
    """Set a list beside the catalogue with its drafts. `taken` are folders that cannot be given to new entries."""
    return _Comparing(roll, catalogue, today, taken).comparison()


@dataclass
class _Known:
    """What is known of a product so far: its entry, and recognitions of rows above."""

    entry: Product | None
    rows: list[tuple[int, Recognition | None]] = field(default_factory=list)


class _Comparing:
    """Goes through the rows; who is new is remembered for the rows below."""

    def __init__(self, roll: Roll, catalogue: Catalogue, today: date, taken: Collection[Key]) -> None:
        self.roll, self.catalogue, self.today = roll, catalogue, today
        self.finder = Finder(catalogue)
        self.teller = Teller(catalogue, Lang("vi"))
        self.taken = {*taken, *(key for key, _ in catalogue.entries)}
        self.taken |= {f"products/{old}" for one in catalogue.products for old in one.was}
        self.products: dict[str, _Known] = {}
        self.new_products: dict[tuple[str, str], str] = {}
        self.producers: dict[str, ProducerLine] = {}
        self.new_producers: dict[str, str] = {}
        self.problems: list[Problem] = []

    def comparison(self) -> Comparison:
        lines = tuple(filter(None, map(self.line, self.roll.rows)))
        read = {slug(name) for name in self.roll.names}
        absent = tuple(
            one
            for one in self.catalogue.products
            if one.id not in self.products and not one.draft and slug(one.name.source) not in read
        )
        producers = tuple(self.producers.values())
        return Comparison(self.roll, self.today, lines, producers, absent, (*self.roll.problems, *self.problems))

    # --- a row --------------------------------------------------------------------------------------------

    def line(self, row: Row) -> ProductLine | None:
        """A row beside its entry; `None`, with a problem, where it tells again what a row above told."""
        maker = self.finder.producer(row)
        try:
            entry = self.finder.product(row, maker)
        except Ambiguous as several:
            self.problems.append(Problem.at(row.spot, "list-ambiguous", value=", ".join(several.args)))
            return None
        named = self.finder.of_product(row, entry)
        if maker is None and entry is not None and not row.gives("producer.name"):
            maker = self.catalogue.producer_by_id.get(entry.producer)
        producer = self.producer(row, maker)
        name = entry.id if entry else self.new_product(row, producer)
        known = self.products.setdefault(name, _Known(entry))
        recognition = counting(row.product)
        again = next((number for number, other in known.rows if tells_again(recognition, other)), None)
        if again is not None:
            self.problems.append(Problem.at(row.spot, "list-row-twice", row=again))
            return None
        first = not known.rows
        known.rows.append((row.number, recognition))
        return self.judged(row, name, known, producer, named if first else None)

    def judged(self, row: Row, name: str, known: _Known, producer: str, named: Named | None) -> ProductLine:
        entry, recognition = known.entry, counting(row.product)
        had = (*(entry.recognitions if entry else ()), *(one for _, one in known.rows[:-1] if one))
        number = self.told(row, recognition, entry) if entry and recognition else None
        before = newest(one for one in had if one.given)
        differences = tuple(self.differences(row, entry, producer, number)) if entry else ()
        now = newest(filter(None, (recognition if number is None else had[number], before)))
        if number is not None and recognition and now is had[number]:
            now = completed(had[number], recognition)
        return ProductLine(
            id=name,
            row=row,
            standing=self.standing(entry, len(known.rows) == 1, recognition, number, before, differences),
            producer=producer,
            recognition=recognition,
            number=number,
            before=before,
            status=now.status(self.today) if now else None,
            ends=now.end if now else None,
            named=named,
            differences=differences,
            missing=tuple(self.missing(row, entry, now)),
        )

    @staticmethod
    def standing(
        entry: Product | None,
        first: bool,
        recognition: Recognition | None,
        number: int | None,
        before: Recognition | None,
        differences: Iterable[Difference],
    ) -> Standing:
        if entry is None and first:
            return Standing.NEW
        if recognition is None:
            return Standing.SAME
        if number is not None:
            if entry and recognition.given and recognition.decided and not entry.recognitions[number].given:
                return Standing.RECOGNISED
            filled = any(one.fills and one.column.part == "recognition" for one in differences)
            return Standing.COMPLETED if filled else Standing.SAME
        if before is None:
            return Standing.RECOGNISED
        if newest((recognition, before)) is before:
            return Standing.EARLIER
        if recognition.stars == before.stars:
            return Standing.RENEWED
        return Standing.UPGRADED if recognition.stars > before.stars else Standing.DOWNGRADED

    # --- facts --------------------------------------------------------------------------------------------

    def told(self, row: Row, recognition: Recognition, entry: Product) -> int | None:
        """The number of the entry's recognition that a row tells of."""
        alike = [
            (len([*self.recognition_differences(row, recognition, one)]), number)
            for number, one in enumerate(entry.recognitions)
        ]
        least, number = min(alike, default=(1, 0))
        if least == 0:
            return number
        same = (pair for pair in alike if is_same(entry.recognitions[pair[1]], recognition))
        return min(same, default=(0, None))[1]

    def differences(self, row: Row, entry: Product, producer: str, number: int | None) -> Iterator[Difference]:
        """What the row says and the entry does not, or otherwise; the name is told apart from these."""
        yield from self.part_differences(row, ("product", "pack"), row.product, entry)
        if row.gives("producer.name") and producer != entry.producer:
            column = next(one for one in row.given if one.key == "producer.name")
            yield Difference(column, self.producer_name(entry.producer), row.producer.name.source)
        recognition = counting(row.product)
        if number is not None and recognition is not None:
            yield from self.recognition_differences(row, recognition, entry.recognitions[number])

    def producer_name(self, name: str) -> str:
        known = self.catalogue.producer_by_id.get(name)
        return known.name.source if known else name

    def part_differences(
        self, row: Row, parts: Collection[str], theirs: Product | Producer, ours: Product | Producer
    ) -> Iterator[Difference]:
        told, known = _parts(theirs), _parts(ours)
        for column in row.given:
            if column.part not in parts or column.path in (("name",), ("id",)):
                continue
            of_theirs, of_ours = told[column.part], known[column.part]
            if column.path[0] == "place":
                of_ours = self.with_place(ours)
                if self.same_place(column, of_theirs, of_ours):
                    continue
            yield from self.difference(column, of_theirs, of_ours)

    def difference(self, column: Column, theirs: BaseModel | None, ours: BaseModel | None) -> Iterator[Difference]:
        told, known = self.teller.cell(column, theirs), self.teller.cell(column, ours)
        if told == known or _within(column, told, known):
            return
        yield Difference(column, known, told)

    def recognition_differences(self, row: Row, theirs: Recognition, ours: Recognition) -> Iterator[Difference]:
        for column in row.given:
            if column.part != "recognition":
                continue
            if column.path == ("ends",) and theirs.ends in (ours.end, theirs.model_copy(update={"ends": None}).end):
                continue
            if column.path == ("decision", "number") and numbers_agree(theirs.decision, ours.decision):
                continue
            yield from self.difference(column, theirs, ours)

    # --- places -------------------------------------------------------------------------------------------

    def with_place(self, entry: Product | Producer) -> Product | Producer:
        """The entry with the place that counts for it: a product without one is from its producer's."""
        if isinstance(entry, Producer) or entry.place is not None:
            return entry
        maker = self.catalogue.producer_by_id.get(entry.producer)
        return entry.model_copy(update={"place": maker.place}) if maker else entry

    def same_place(self, column: Column, theirs: BaseModel | None, ours: BaseModel | None) -> bool:
        """Whether a place is that of the entry, or what has become of it."""
        told, known = getattr(theirs, "place", None), getattr(ours, "place", None)
        if not isinstance(told, Place) or not isinstance(known, Place):
            return False
        if getattr(told, column.path[1]) == getattr(known, column.path[1]):
            return True
        then = self.catalogue.places.commune(known)
        now = self.catalogue.places.today(then) if then else None
        return now is not None and (now.id, now.province) == (told.commune, told.province)

    # --- who is new ---------------------------------------------------------------------------------------

    def new_product(self, row: Row, producer: str) -> str:
        """The folder of a product that the catalogue lacks; rows of one name and maker are one product."""
        key = slug(row.product.name.source), producer
        if key not in self.new_products:
            place = row.product.place or Place()
            self.new_products[key] = self.free("products", row.product, place.commune or producer)
        return self.new_products[key]

    def producer(self, row: Row, entry: Producer | None) -> str:
        """The folder of a row's producer; who is told of is remembered."""
        key = slug(row.producer.name.source)
        if entry is not None:
            name = entry.id
        elif key in self.new_producers:
            return self.new_producers[key]
        else:
            name = self.new_producers[key] = self.free("producers", row.producer, row.producer.place.commune)
        known = self.producers.get(name)
        differences = known.differences if known else ()
        if entry is not None:
            told = {one.column for one in differences}
            found = self.part_differences(row, ("producer",), row.producer, entry)
            differences = (*differences, *(one for one in found if one.column not in told))
        named = known.named if known and known.named else self.finder.of_producer(row, entry)
        missing = tuple(_missing_of_producer(entry or row.producer, row.producer))
        first = known.row if known else row
        self.producers[name] = ProducerLine(name, first, entry is None, named, differences, missing)
        return name

    def free(self, kind: str, entry: Entry, more: str | None) -> str:
        """A name for a new folder: the id that the list gives, else the entry's name, with more where that is taken."""
        short = slug(entry.name.source)[:80].strip("-") or kind.removesuffix("s")
        wanted = (entry.id, short, f"{short}-{more}" if more else "", *(f"{short}-{at}" for at in range(2, 10_000)))
        name = next(one for one in wanted if one and f"{kind}/{one}" not in self.taken)
        self.taken.add(f"{kind}/{name}")
        return name

    # --- what is missing ----------------------------------------------------------------------------------

    def missing(self, row: Row, entry: Product | None, now: Recognition | None) -> Iterator[str]:
        product = entry or row.product
        known = self.with_place(entry).place if entry else None
        place = known or row.product.place or row.producer.place
        made = (
            ("stars", now is None),
            ("decision", now is not None and now.decided is None),
            ("set", entry is None and row.product.set == NO_SET),
            ("producer", entry is None and not row.gives("producer.name")),
            ("place", place in (None, Place())),
            ("photos", not (product.photos or self.catalogue.photos.get(f"products/{product.id}"))),
            ("english", any(product.name.get(lang) is None for lang in self.catalogue.site.languages[1:])),
            ("draft", entry is not None and entry.draft),
        )
        return (code for code, lacks in made if lacks)


def _missing_of_producer(entry: Producer, told: Producer) -> Iterator[str]:
    made = (
        ("kind", entry.kind == told.kind == "unknown"),
        ("place", entry.place == told.place == Place()),
        ("phones", not (entry.phones or told.phones)),
        ("consent", entry.kind in PERSONAL_KINDS and entry.consent is None),
    )
    return (code for code, lacks in made if lacks)


def completed(ours: Recognition, theirs: Recognition) -> Recognition:
    """A recognition with the decision that a list knows; what was only proposed or said until then is decided now."""
    if theirs.decided is None or ours.decided is not None or theirs.evidence in NOT_EVIDENCE:
        return ours
    evidence = None if ours.evidence in NOT_EVIDENCE else ours.evidence
    return ours.model_copy(update={"decision": theirs.decision, "evidence": evidence})


def _parts(entry: Product | Producer) -> Mapping[str, BaseModel | None]:
    return parts_of(entry, None) if isinstance(entry, Product) else {"producer": entry}


def _within(column: Column, told: Cell, known: Cell) -> bool:
    """Whether a list of several names nothing that the entry lacks; words differ by more than their spaces."""
    if not isinstance(told, str) or not isinstance(known, str):
        return False
    if column.form.many:
        lacking = {*map(plainly, told.strip("\n").split("\n"))} - {*map(plainly, known.strip("\n").split("\n"))}
        return not lacking
    return plainly(told) == plainly(known)
