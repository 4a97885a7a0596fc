"""Lists of an office for tests: sheets of rows, workbooks as Excel would write them, and what is read of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from sites import DATA, ONE, TODAY, Files, catalogue, page_of, producer, product, stars

from ocopgen.catalogue import Catalogue
from ocopgen.comparison import Comparison, compare
from ocopgen.register import columns, rows
from ocopgen.roll import Roll, Row, read_roll
from ocopgen.text import Lang
from ocopgen.workbook import Cell, Rows, Sheet

Line = Sequence[Cell]

GAO, AN = page_of("products", "gao"), page_of("producers", "an")
HEADINGS = "STT", "Tên sản phẩm", "Chủ thể", "Hạng sao"

LIST: Files = {
    AN: producer("HTX An"),
    page_of("producers", "ha"): producer("Hộ kinh doanh Hà", kind="household"),
    GAO: product("Gạo nếp", recognitions=[stars(3, number="1/QĐ-UBND", year=2025)]),
    page_of("products", "mam"): product("Mắm cáy", producer="ha", set=10),
}
"""Two producers and a product of each; the first holds three stars."""


def sheet(*lines: Line, name: str = "Sheet1") -> Sheet:
    """A sheet of lines."""
    return Sheet(name, tuple(map(tuple, lines)))


def listed(*lines: Line, headings: Line = HEADINGS, files: Files = LIST) -> Roll:
    """What is read of a list with these lines below its headings."""
    return read_roll("ds.xlsx", [sheet(headings, *lines)], whole(files))


def the_row(*lines: Line, headings: Line = HEADINGS, files: Files = LIST) -> Row:
    """The only row of a list that has nothing wrong."""
    roll = listed(*lines, headings=headings, files=files)
    assert roll.problems == (), "\n".join(one.printed() for one in roll.problems)
    (row,) = roll.rows
    return row


def told(roll: Roll | Comparison) -> list[str]:
    """The problems of a list as `code cell`."""
    return [f"{one.code} {one.place.file.removeprefix('ds.xlsx:Sheet1!')}" for one in roll.problems]


def compared(*lines: Line, headings: Line = HEADINGS, files: Files = LIST) -> Comparison:
    """A list set beside some files."""
    return compare(listed(*lines, headings=headings, files=files), whole(files), TODAY)


def whole(files: Files = ONE) -> Catalogue:
    """The catalogue of some files, drafts left out."""
    return catalogue(files, data=DATA)


def table(one: Catalogue, lang: str = "vi", private: bool = True) -> Rows:
    """A catalogue as it is written out, with its headings."""
    return (tuple(column.heading(lang) for column in columns()), *rows(one, Lang(lang), private))


def xlsx(*lines: Line, merged: Sequence[str] = (), more: dict[str, Sequence[Line]] | None = None) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    book = Workbook()
    first: Any = book.active
    first.title = "Sheet1"
    for line in lines:
        first.append(list(line))
    for reference in merged:
        first.merge_cells(reference)
    for name, other in (more or {}).items():
        added = book.create_sheet(name)
        for line in other:
            added.append(list(line))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
