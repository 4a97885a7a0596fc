"""What a list changes in the catalogue → texts of new files, and edits of those that are there.

Nothing is invented: a new entry says what the list says, and marks what is still to be found out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from ocopgen.catalogue import Catalogue, Key
from ocopgen.comparison import Comparison, Difference, ProducerLine, ProductLine, completed
from ocopgen.document import Path
from ocopgen.editing import Edited, Uneditable
from ocopgen.keys import known_keys, submodel
from ocopgen.model import NOT_EVIDENCE, Entry, Producer, Product, Recognition
from ocopgen.notation import SUMMARY_LIMIT
from ocopgen.register import place_name
from ocopgen.roll import NO_SET
from ocopgen.text import Lang, slug

Facts = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """A value that an entry's file gets: in the place of what stands at `path`, or, `inserted`, before it in its list.

    What is missing above it is made.
    """

    path: Path
    value: Any
    inserted: bool = False


@dataclass(frozen=True)
class Revision:
    """New entries as the text of their first file, and edits of entries that are there, by key; makers come first."""

    new: Mapping[Key, str]
    edits: Mapping[Key, tuple[Edit, ...]]


def revise(comparison: Comparison, catalogue: Catalogue, source: Mapping[str, Any], overwrite: bool) -> Revision:
    """What the list adds; with `overwrite` also what it says otherwise.

    `source` is what is written about the list: `title`, and `date` where one is known.
    """
    maker = _Reviser(comparison, catalogue, dict(source), overwrite)
    return Revision(dict(maker.new()), dict(maker.edits()))


class _Reviser:
    def __init__(self, comparison: Comparison, catalogue: Catalogue, source: Facts, overwrite: bool) -> None:
        self.comparison, self.catalogue, self.source, self.overwrite = comparison, catalogue, source, overwrite
        self.sets = _sets_by_beginning(catalogue)
        self.lines: dict[str, list[ProductLine]] = {}
        for line in comparison.lines:
            self.lines.setdefault(line.id, []).append(line)

    # --- new entries --------------------------------------------------------------------------------------

    def new(self) -> Iterator[tuple[Key, str]]:
        makers = {
            one.producer
            for one in self.comparison.lines
            if self.overwrite or one.id not in self.catalogue.product_by_id
        }
        for maker in self.comparison.producers:
            if maker.new and maker.id in makers:
                yield f"producers/{maker.id}", self.new_producer(maker)
        for name, lines in self.lines.items():
            if name not in self.catalogue.product_by_id:
                yield f"products/{name}", self.new_product(lines)

    def new_producer(self, line: ProducerLine) -> str:
        producer = line.row.producer
        facts = {"name": producer.name.source, "kind": producer.kind, "place": {}, **line.row.maker}
        notes = {"place": "danh sách không ghi địa phương"} if not facts["place"] else {}
        if producer.kind == "unknown":
            notes["kind"] = "danh sách không ghi loại hình"
        return _entry(Producer, {**facts, **self.origin()}, notes)

    def new_product(self, lines: list[ProductLine]) -> str:
        row = lines[0].row
        facts: Facts = {**row.facts, "producer": lines[0].producer}
        facts.setdefault("summary", self.summary(lines[0]))
        found = sorted(filter(None, map(self.recognition, lines)), key=lambda one: _day(one) or date.min, reverse=True)
        if found:
            facts["recognitions"] = tuple(found)
        notes = {}
        if row.product.set == NO_SET:
            facts |= {"set": self.likely_set(row.product.name.source), "draft": True}
            notes["set"] = "tạm: danh sách không ghi bộ sản phẩm; chọn số đúng theo classification.yml"
            notes["draft"] = "bản nháp cho đến khi bộ sản phẩm được chọn; rồi xóa dòng này"
        known = self.catalogue.classification.set_by_number.get(facts["set"])
        if known and known.alcohol and "alcohol" not in facts:
            facts["alcohol"] = "unknown"
        return _entry(Product, {**facts, **self.origin()}, notes)

    def origin(self) -> Facts:
        return {"sources": (self.source,), "updated": self.comparison.today}

    def summary(self, line: ProductLine) -> str:
        """A plain sentence of what the list says: whose product it is, and from where."""
        row = line.row
        place = row.product.place or row.producer.place
        names = (
            place_name(self.catalogue.places, place, name, Lang("vi")) for name in ("commune", "district", "province")
        )
        where = ", ".join(_lower_first(one) for one in names if one)
        whose = f" của {row.producer.name.source}" if row.gives("producer.name") else ""
        for words in (
            f"Sản phẩm{whose}{', ' if whose and where else ' ở ' if where else ''}{where}.",
            f"Sản phẩm{whose}.",
        ):
            if len(words) <= SUMMARY_LIMIT and words != "Sản phẩm.":
                return words
        return row.product.name.source[:SUMMARY_LIMIT]

    def likely_set(self, name: str) -> int:
        """The set of products whose names begin alike; else the first there is. It stands in a draft, marked."""
        words = slug(name).split("-")
        beginnings = ("-".join(words[:count]) for count in range(len(words), 0, -1))
        found = next((self.sets[one] for one in beginnings if one in self.sets), None)
        return found or min(self.catalogue.classification.set_by_number, default=1)

    # --- recognitions -------------------------------------------------------------------------------------

    def recognition(self, line: ProductLine) -> Facts | None:
        """The row's recognition as a file holds it; an end that follows from the decision is not written."""
        facts: Facts = dict(next(iter(line.row.facts.get("recognitions", ())), {}))
        if not facts or line.recognition is None:
            return None
        ends, usual = line.recognition.ends, line.recognition.model_copy(update={"ends": None}).end
        if ends and (usual is None or ends == usual):
            del facts["ends"]
        elif ends and "ends_reason" not in facts:
            facts["ends_reason"] = f"Theo {self.source['title']}"
        kind = self.kind(line)
        return _in_order(Recognition, {"kind": kind, **facts} if kind else facts)

    @staticmethod
    def kind(line: ProductLine) -> str | None:
        """What the law calls a recognition given while another is in effect."""
        before, day = line.before, line.recognition.decided if line.recognition else None
        if before is None or day is None or line.recognition is None or not before.status(day).in_effect:
            return None
        return "upgrade" if line.recognition.stars > before.stars else "renewal"

    # --- entries that are there ---------------------------------------------------------------------------

    def edits(self) -> Iterator[tuple[Key, tuple[Edit, ...]]]:
        for maker in self.comparison.producers:
            found = () if maker.new else self.filled(maker.differences, maker.row.maker, 0)
            if found:
                yield f"producers/{maker.id}", (*found, *self.traces(self.catalogue.producer_by_id[maker.id]))
        for name, lines in self.lines.items():
            entry = self.catalogue.product_by_id.get(name)
            changed = (*self.facts(lines, entry), *self.recognitions(lines, entry)) if entry else ()
            if entry and changed:
                yield f"products/{name}", (*changed, *self.traces(entry))

    def facts(self, lines: list[ProductLine], entry: Product) -> Iterator[Edit]:
        """What the rows say of the product, and of recognitions that it has."""
        for line in lines:
            yield from self.filled(line.differences, line.row.facts, line.number or 0)
            if self.overwrite and any(one.column.key == "producer.name" for one in line.differences):
                yield Edit(("producer",), line.producer)
            if line.number is not None and line.recognition:
                told = entry.recognitions[line.number]
                if completed(told, line.recognition) is not told and told.evidence in NOT_EVIDENCE:
                    yield Edit(("recognitions", line.number, "evidence"), "decision")

    def recognitions(self, lines: list[ProductLine], entry: Product) -> Iterator[Edit]:
        """The recognitions that the entry lacks, each below those that are newer; later ones first, so that the
        numbers of earlier ones stay right."""
        found = []
        for line in lines:
            facts = self.recognition(line) if line.number is None else None
            if facts is not None:
                day = _day(facts) or date.max
                newer = [number for number, one in enumerate(entry.recognitions) if one.newest and one.newest > day]
                found.append((max(newer, default=-1) + 1, day, facts))
        for number, _, facts in sorted(found, key=lambda one: (-one[0], one[1])):
            yield Edit(("recognitions", number), facts, inserted=True)

    def filled(self, differences: tuple[Difference, ...], facts: Mapping[str, Any], number: int) -> tuple[Edit, ...]:
        """Edits for what the entry does not say, or, to overwrite, says otherwise; a place is one value."""
        found: dict[Path, Edit] = {}
        for one in differences:
            if not (one.fills or self.overwrite) or one.column.key == "producer.name":
                continue
            column = one.column
            before = column.place[: -len(column.path)]
            whole = column.path[:1] if column.path[0] == "place" else column.path
            path = (*(("recognitions", number) if column.part == "recognition" else before), *whole)
            found[path] = Edit(path, _at(facts, (*before, *whole)))
        return tuple(found.values())

    def traces(self, entry: Entry) -> Iterator[Edit]:
        """The list among the sources, and the day."""
        if all(one.title != self.source["title"] for one in entry.sources):
            yield Edit(("sources", len(entry.sources)), self.source, inserted=True)
        yield Edit(("updated",), self.comparison.today)


def _day(facts: Mapping[str, Any]) -> date | None:
    """The day by which a recognition stands in its list: of its decision, else the first of its year."""
    decided: date | None = facts.get("decision", {}).get("date")
    return decided or (date(facts["year"], 1, 1) if facts.get("year") else None)


def _at(facts: Any, path: Path) -> Any:
    for key in path:
        facts = facts[key]
    return facts


def _lower_first(words: str) -> str:
    """`Xã Kim Trung` within a sentence; a name alone keeps its capital."""
    return words[:1].lower() + words[1:] if re.match(r"(?:Xã|Phường|Thị|Huyện|Thành|Tỉnh)\s", words) else words


def _sets_by_beginning(catalogue: Catalogue) -> dict[str, int]:
    """The commonest set of the products whose names begin with the same syllables."""
    found: dict[str, Counter[int]] = {}
    for product in catalogue.products:
        words = slug(product.name.source).split("-")
        for count in range(1, len(words) + 1):
            found.setdefault("-".join(words[:count]), Counter())[product.set] += 1
    return {name: sets.most_common(1)[0][0] for name, sets in found.items()}


# --- the text of a changed file ---------------------------------------------------------------------------


def applied(text: str, model: type[Entry], edits: Iterable[Edit]) -> str:
    """The text of an entry's file after edits; whatever they do not name stays as it was, byte for byte."""
    file = Edited.of(text)
    for edit in edits:
        file = _inserted(file, model, edit) if edit.inserted else _set(file, model, edit.path, edit.value)
    return file.text


def _inserted(file: Edited, model: type[Entry], edit: Edit) -> Edited:
    whole, number = edit.path[:-1], edit.path[-1]
    try:
        return file.insert(whole, int(number), edit.value)
    except Uneditable:
        return _set(file, model, whole, (edit.value,))


def _set(file: Edited, model: type[Entry], path: Path, value: Any) -> Edited:
    """Set a value; where what should hold it is missing, that is made around it."""
    try:
        return file.set(path, value, _keys_at(model, path[:-1]))
    except Uneditable:
        if len(path) == 1:
            raise
        held = (value,) if isinstance(path[-1], int) else {path[-1]: value}
        return _set(file, model, path[:-1], held)


def _keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys of the mapping at a path, in the order of the model."""
    for key in path:
        info = model.model_fields.get(str(key))
        model = (submodel(info.annotation) if info else None) or model
    return _keys(model)


# --- the text of a new file -------------------------------------------------------------------------------


_LAST = ("sources", "updated", "draft")


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a file in the order in which they are written: what is said of the file itself comes last."""
    known = known_keys(model)
    return (*(key for key in known if key not in _LAST), *(key for key in _LAST if key in known))


def _in_order(model: Any, facts: Mapping[str, Any]) -> Facts:
    return {key: facts[key] for key in known_keys(model) if key in facts}


def _entry(model: type[Entry], facts: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    """Front matter in the order of the model, with a remark behind a line where there is one."""
    lines: list[str] = []
    for key in filter(facts.__contains__, _keys(model)):
        first, *more = yaml_lines(key, facts[key])
        lines += [f"{first}  # {notes[key]}" if key in notes else first, *more]
    return "\n".join(("---", *lines, "---", ""))


def yaml_lines(key: str, value: Any) -> list[str]:
    """A key and its value; a list of mappings has a line for each of their values."""
    if isinstance(value, tuple) and value and all(isinstance(one, Mapping) and one for one in value):
        items = [f"{name}: {flow(part)}" for one in value for name, part in one.items()]
        starts = {sum(len(one) for one in value[:at]) for at in range(len(value))}
        return [f"{key}:", *(f"  {'-' if at in starts else ' '} {line}" for at, line in enumerate(items))]
    return [f"{key}: {flow(value)}"]


_PLAIN = re.compile(r"(?:[^\W\d_]|[0-9]+/[^\W\d_])(?:[\w /.();%+–-]*[\w.)])?")
"""Words that mean themselves in YAML without quotes; a number and a slash begin the number of a decision."""

_OTHERWISE = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


def flow(value: Any) -> str:
    """A value on one line; words are in quotes where they could be taken for anything else.

    What `editing` puts in is written by ruamel.yaml, which takes a thousand times as long: a new entry is one of many.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _OTHERWISE
        return value if plain else json.dumps(value, ensure_ascii=False)
    return str(value)
