"""A sheet → where its list begins: the row of headings, the column of each, and what stands above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ocopgen.cells import a_day
from ocopgen.register import ORDINALS, WITHOUT_COLUMN, Column, by_key, known_headings
from ocopgen.text import fold, slug
from ocopgen.workbook import Cell, Sheet

SEARCHED = 60
"""Rows within which a list begins."""


@dataclass(frozen=True)
class Headings:
    """Where a list begins: its first row of products, what each column of the sheet holds, all counted from 0.

    `ignored` are headings that name nothing we know, or what another column holds already. `decision` and
    `stars` are what the title says of the paper that the list belongs to, and of all its products.
    """

    begin: int
    columns: Mapping[int, Column]
    words: tuple[str, ...]
    ordinal: int | None = None
    ignored: tuple[int, ...] = ()
    decision: Mapping[str, object] = field(default_factory=dict)
    stars: int | None = None

    def at(self, key: str) -> int | None:
        """The sheet's column of a fact."""
        return next((at for at, one in self.columns.items() if one.key == key), None)


def find(sheet: Sheet) -> Headings | None:
    """The headings of a list, where there are any: that of the products' names and another one."""
    rows = [tuple(map(_heading, row)) for row in sheet.rows[: SEARCHED + 1]]
    single = [(number, number + 1, row) for number, row in enumerate(rows)]
    double = [(number, number + 2, _over(*pair)) for number, pair in enumerate(pairwise(rows))]
    best, most = None, 1
    for one in (*single, *double):  # two rows only where they say more than any one
        found = {column.key for column in _columns(one[2]).values()}
        if "name" in found and len(found) > most:
            best, most = one, len(found)
    if best is None:
        return None
    first, begin, words = best
    columns = _columns(words)
    slugs = tuple(map(slug, words))
    ordinal = next((at for at, one in enumerate(slugs) if one in ORDINALS), None)
    silent = (at for at, one in enumerate(slugs) if one and at not in columns and one not in WITHOUT_COLUMN)
    ignored = tuple(at for at in silent if slugs[at] not in slugs[:at])
    title = above(sheet, first)
    return Headings(begin, columns, words, ordinal, ignored, decision_in(title), stars_in(title))


def _heading(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _over(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows of headings as one: what stands below a heading says more."""
    width = max(len(upper), len(lower))
    padded = ([*one, *[""] * (width - len(one))] for one in (upper, lower))
    return tuple(below or over for over, below in zip(*padded, strict=True))


def _columns(words: Sequence[str]) -> dict[int, Column]:
    """What each column holds. Who names it exactly goes before who begins with its name."""
    found: dict[int, Column] = {}
    taken: set[str] = set()
    for name in (_exactly, _without_brackets, _by_beginning):
        for at, heading in enumerate(words):
            one = name(heading) if at not in found and slug(heading) not in WITHOUT_COLUMN else None
            if one is not None and one.key not in taken:
                found[at] = one
                taken.add(one.key)
    return dict(sorted(found.items()))


def _exactly(heading: str) -> Column | None:
    return by_key().get(heading) or known_headings().get(slug(heading))


def _without_brackets(heading: str) -> Column | None:
    return known_headings().get(slug(re.sub(r"\(.*?\)", " ", heading)))


def _by_beginning(heading: str) -> Column | None:
    """The longest known heading that this one begins with: `Địa chỉ (thôn, xã)`, `Hạng sao năm 2022`."""
    parts = slug(re.sub(r"\(.*?\)", " ", heading)).split("-")
    beginnings = ("-".join(parts[:count]) for count in range(len(parts) - 1, 1, -1))
    return next((known_headings()[one] for one in beginnings if one in known_headings()), None)


# --- what stands above ------------------------------------------------------------------------------------


def above(sheet: Sheet, row: int) -> str:
    """The words above a row, each once."""
    return "\n".join(dict.fromkeys(_heading(cell) for line in sheet.rows[:row] for cell in line if _heading(cell)))


_DECISION = re.compile(
    r"kèm\s+theo\s+(?:quyết\s+định|QĐ)\s+số\s*:?\s*(?P<number>[^\s,;()]*[0-9][^\s,;()]*)\s*,?\s*"
    r"(?P<day>ngày\s*[0-9]{1,2}\s*(?:/|-|\.|tháng)\s*[0-9]{1,2}\s*(?:/|-|\.|năm)\s*[0-9]{4})"
    r"(?:\s*,?\s*của\s+(?P<by>[^()\n]+?))?\s*(?:\)|$)",
    re.IGNORECASE | re.MULTILINE,
)


def decision_in(words: str) -> dict[str, object]:
    """The decision that a list is attached to, as its title says: `(Kèm theo Quyết định số … ngày … của …)`.

    A decision that is only named, such as that of the programme, recognises nothing.
    """
    found = _DECISION.search(words)
    day = a_day(found["day"]) if found else None
    if not found or not isinstance(day, date):
        return {}
    facts: dict[str, object] = {"number": found["number"], "date": day}
    return {**facts, "by": found["by"]} if found["by"] else facts


def stars_in(words: str) -> int | None:
    """The only star rank that words name: `Sản phẩm OCOP đạt 4 sao`; a potential is none."""
    found = set(re.findall(r"\b([345])\s*sao\b", words.lower()))
    return int(found.pop()) if len(found) == 1 and "tiem nang" not in fold(words) else None
