"""What a comparison found, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ocopgen.comparison import Comparison, Difference, ProducerLine, ProductLine, Standing
from ocopgen.matching import Named
from ocopgen.model import Product, Recognition, Status
from ocopgen.problems import Problem
from ocopgen.register import counting
from ocopgen.workbook import Cell

Two = tuple[str, str]
"""Words in Vietnamese and in English."""

_STANDINGS: Mapping[Standing, Two] = {
    Standing.NEW: ("Sản phẩm mới", "New products"),
    Standing.RECOGNISED: ("Mới được công nhận", "Newly recognised"),
    Standing.UPGRADED: ("Nâng hạng", "Upgraded"),
    Standing.DOWNGRADED: ("Xuống hạng", "Downgraded"),
    Standing.RENEWED: ("Công nhận lại", "Renewed"),
    Standing.EARLIER: ("Thêm lần công nhận trước đây", "Earlier recognitions added"),
    Standing.COMPLETED: ("Bổ sung cho lần công nhận đã có", "Known recognitions completed"),
}
_MISSING: Mapping[str, Two] = {
    "stars": ("hạng sao", "stars"),
    "decision": ("số hoặc ngày quyết định", "number or date of the decision"),
    "set": ("bộ sản phẩm", "product set"),
    "producer": ("chủ thể", "producer"),
    "place": ("địa phương", "place"),
    "photos": ("ảnh", "photos"),
    "english": ("tiếng Anh", "English"),
    "draft": ("còn là bản nháp", "still a draft"),
    "kind": ("loại hình", "kind"),
    "phones": ("điện thoại", "phone"),
    "consent": ("đồng ý công bố", "consent"),
}
_NAMED: Mapping[str, Two] = {
    "same": ("là mục {id} viết khác: '{name}'", "is {id}, spelt otherwise: '{name}'"),
    "other": ("cùng tên với mục {id} của chủ thể khác", "has the name of {id}, by another producer"),
    "near": ("gần giống mục {id}: '{name}'", "is near to {id}: '{name}'"),
}


def told(comparison: Comparison, lang: str, overwrite: bool = False) -> str:
    """The whole report in one language, for a terminal."""
    return "\n".join(_Telling(comparison, 0 if lang == "vi" else 1, overwrite).lines())


class _Telling:
    def __init__(self, comparison: Comparison, at: int, overwrite: bool) -> None:
        self.comparison, self.at, self.overwrite = comparison, at, overwrite

    def say(self, vi: str, en: str) -> str:
        return (vi, en)[self.at]

    def lines(self) -> Iterator[str]:
        yield from self.heading()
        for standing, words in _STANDINGS.items():
            yield from self.section(words[self.at], map(self.product, self.comparison.of(standing)))
        yield from self.section(self.say("Hết hiệu lực", "Ended"), map(self.ended, self.comparison.lapsed))
        yield from self.section(
            self.say("Danh mục có, danh sách không có", "In the catalogue, not in the list"),
            map(self.absent, self.comparison.absent),
        )
        yield from self.section(
            self.say("Chủ thể mới", "New producers"),
            (f"{one.row.producer.name.source} → {one.id}" for one in self.comparison.producers if one.new),
        )
        yield from self.section(
            self.say(
                "Tên viết khác hoặc gần giống; xem có phải một",
                "Names spelt otherwise or near; see whether they are one",
            ),
            self.names(),
        )
        yield from self.section(
            self.say("Mục chưa ghi, danh sách có", "In the list, not in the entry"), self.facts(True)
        )
        kept = self.say("Khác nhau; mục được giữ nguyên", "Different; the entry is kept as it is")
        taken = self.say("Khác nhau; lấy theo danh sách", "Different; the list is followed")
        yield from self.section(taken if self.overwrite else kept, self.facts(False))
        yield from self.section(self.say("Còn thiếu", "Still missing"), self.missing())
        passed = (
            self.say(f"dòng {number}: {words}", f"row {number}: {words}")
            for number, words in self.comparison.roll.passed
        )
        yield from self.section(self.say("Dòng không phải sản phẩm", "Rows that are no product"), passed)
        yield self.sum()

    def heading(self) -> Iterator[str]:
        roll = self.comparison.roll
        sheet = f", {self.say('trang tính', 'sheet')} '{roll.sheet}'" if roll.sheet else ""
        yield f"{roll.file}{sheet}: {len(roll.rows)} {self.say('dòng', 'rows')}"
        if roll.others:
            names = ", ".join(f"'{one}'" for one in roll.others)
            yield (
                self.say(f"trang tính khác cũng có danh sách: {names}", f"other sheets hold lists too: {names}")
                + " (--sheet)"
            )
        if roll.decision:
            said = " ".join(self.shown(one) for one in roll.decision.values())  # type: ignore[arg-type]
            yield self.say(f"quyết định ghi ở đầu danh sách: {said}", f"the decision in the list's title: {said}")

    def section(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield ""
            yield f"{title} ({len(found)})"
            yield from (f"  {one}" for one in found)

    def product(self, line: ProductLine) -> str:
        name = f"{line.row.product.name.source} → {line.id}"
        stars = self.recognition(line.recognition)
        before = line.before
        from_before = (
            f"{before.stars} → " if before and line.recognition and before.stars != line.recognition.stars else ""
        )
        return f"{name}: {from_before}{stars}" if stars else name

    def recognition(self, one: Recognition | None) -> str:
        if one is None:
            return ""
        paper = one.decision
        parts = (
            self.say(f"{one.stars} sao", f"{one.stars} stars"),
            str(one.year) if one.year and not (paper and paper.date) else None,
            paper.number if paper else None,
            self.shown(paper.date) if paper and paper.date else None,
        )
        return ", ".join(filter(None, parts))

    def ended(self, line: ProductLine) -> str:
        how = self.say("đã thu hồi", "withdrawn") if line.status is Status.WITHDRAWN else self.shown(line.ends)
        return f"{line.row.product.name.source} → {line.id}: {how}"

    def absent(self, product: Product) -> str:
        return f"{product.name.source} ({product.id}): {self.recognition(counting(product))}".rstrip(": ")

    def names(self) -> Iterator[str]:
        for line in self.comparison.lines:
            if line.named:
                yield self.named(line.row.product.name.source, line.named)
        for one in self.comparison.producers:
            if one.named:
                yield f"{self.say('chủ thể', 'producer')} {self.named(one.row.producer.name.source, one.named)}"

    def named(self, name: str, found: Named) -> str:
        return f"'{name}' {_NAMED[found.how][self.at].format(id=found.id, name=found.name)}"

    def all_lines(self) -> tuple[ProductLine | ProducerLine, ...]:
        return (*self.comparison.producers, *self.comparison.lines)

    def facts(self, fills: bool) -> Iterator[str]:
        for line in self.all_lines():
            for one in line.differences:
                if one.fills is fills:
                    yield self.fact(line, one)

    def fact(self, line: ProducerLine | ProductLine, one: Difference) -> str:
        spot = line.row.given[one.column].file.rpartition(":")[2] if one.column in line.row.given else ""
        heading = one.column.heading("vi" if self.at == 0 else "en")
        ours = "" if one.fills else f"{self.shown(one.ours)} ≠ "
        return f"{spot} {line.id}, {heading}: {ours}{self.shown(one.theirs)}"

    def missing(self) -> Iterator[str]:
        for line in self.all_lines():
            if line.missing:
                yield f"{line.id}: {', '.join(_MISSING[code][self.at] for code in line.missing)}"

    def shown(self, value: Cell) -> str:
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}" if self.at == 0 else value.isoformat()
        words = str(value).strip("\n").replace("\n", "; ")
        return f"{words[:77]}…" if len(words) > 80 else words

    def sum(self) -> str:
        still = len(self.comparison.of(Standing.SAME))
        if self.comparison.same:
            return self.say("\nDanh sách và danh mục khớp nhau", "\nThe list and the catalogue agree")
        return self.say(f"\n{still} dòng không đổi hạng", f"\n{still} rows change no recognition")


# --- for machines -----------------------------------------------------------------------------------------


def as_json(comparison: Comparison | None, problems: Iterable[Problem], written: Iterable[str] = ()) -> str:
    """The same for machines: keys of columns, ISO days, codes instead of words."""
    told = _told(comparison) if comparison else {}
    return json.dumps(
        {**told, "problems": list(map(_problem, problems)), "written": list(written)}, ensure_ascii=False, indent=1
    )


def _told(comparison: Comparison) -> dict[str, Any]:
    roll = comparison.roll
    return {
        "file": roll.file,
        "sheet": roll.sheet,
        "rows": len(roll.rows),
        "date": comparison.today.isoformat(),
        "decision": {key: _plain(one) for key, one in roll.decision.items()},
        "products": [_product(one) for one in comparison.lines],
        "producers": [_producer(one) for one in comparison.producers],
        "absent": [one.id for one in comparison.absent],
        "passed": [{"row": number, "words": words} for number, words in roll.passed],
    }


def _problem(one: Problem) -> dict[str, str]:
    said = {
        f"{kind}_{lang}": words(lang)
        for kind, words in (("said", one.said), ("mend", one.mend))
        for lang in ("vi", "en")
    }
    return {"place": str(one.place), "severity": one.severity.value, "code": one.code, **said}


def _product(line: ProductLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "row": line.row.number,
        "name": line.row.product.name.source,
        "producer": line.producer,
        "standing": line.standing.value,
        "stars": line.recognition.stars if line.recognition else None,
        "stars_before": line.before.stars if line.before else None,
        "status": line.status.value if line.status else None,
        "ends": _plain(line.ends),
        **_rest(line),
    }


def _producer(line: ProducerLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "row": line.row.number,
        "name": line.row.producer.name.source,
        "new": line.new,
        **_rest(line),
    }


def _rest(line: ProductLine | ProducerLine) -> dict[str, Any]:
    return {
        "named": {"how": line.named.how, "id": line.named.id, "name": line.named.name} if line.named else None,
        "differences": [
            {"fact": one.column.key, "entry": _plain(one.ours), "list": _plain(one.theirs)} for one in line.differences
        ],
        "missing": list(line.missing),
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
