"""Tables as files for people: XLSX, CSV and JSON. They hold no formula, and are the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ocopgen.workbook import DANGEROUS, Cell, letters


def _harmless(words: str) -> str:
    return f"'{words}" if DANGEROUS.match(words) else words


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file with a byte order mark, by which Excel knows that it is UTF-8; no cell begins like a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_harmless(one) if isinstance(one, str) else _plain(one) for one in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> object:
    return value.isoformat() if isinstance(value, date) else value


def to_json(names: Sequence[str], rows: Iterable[Sequence[Cell]], lists: frozenset[str]) -> bytes:
    """A list of mappings from name to value; what is empty is left out, and `lists` are cut at their line ends."""
    items = [
        {
            name: str(value).rstrip("\n").split("\n") if name in lists else _plain(value)
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        for row in rows
    ]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


WIDEST, NARROWEST = 60, 10
_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold."""


def to_xlsx(title: str, rows: Sequence[Sequence[Cell]], day: date) -> bytes:
    """One sheet whose first row is its heading, with a filter. Words are words, never formulas; days are days.

    The file says that it was made on `day`.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters(max(0, len(rows[0]) - 1))}{len(rows)}"
    for number, width in enumerate(_widths(rows)):
        sheet.column_dimensions[letters(number)].width = width
    styles = _styles(sheet)
    for number, row in enumerate(rows):
        sheet.append([None if one is None else _made(sheet, styles, one, number == 0) for one in row])
    file = io.BytesIO()
    book.save(file)
    return _timeless(file.getvalue(), day)


def _styles(sheet: Any) -> dict[str, Any]:
    """How cells look; to work it out for each cell takes half of the time."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    def styled(form: str, heading: bool = False) -> Any:
        cell: Any = WriteOnlyCell(sheet)
        cell.number_format, cell.alignment = form, Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=heading)
        return cell._style

    return {
        "heading": styled("@", True),
        "words": styled("@"),
        "number": styled("General"),
        "day": styled("dd/mm/yyyy"),
    }


def _made(sheet: Any, styles: Mapping[str, Any], value: Any, heading: bool) -> Any:
    """A cell; what is words is said to be words, so that it is no formula."""
    from openpyxl.cell import WriteOnlyCell

    words = isinstance(value, str)
    made: Any = WriteOnlyCell(sheet, _spelt(value) if words else value)
    made.data_type = "s" if words else made.data_type
    kind = ("heading" if heading else "words") if words else "day" if isinstance(value, date) else "number"
    made._style = styles[kind]
    return made


def _spelt(words: str) -> str:
    """Words as a workbook spells them: it takes `_x0041_` for an A, and cannot hold what XML cannot."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", _SIGNS.sub("", words))


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """A width for each column, in characters: of the longest line of its cells, within bounds."""
    longest = [0] * len(rows[0])
    for row in rows:
        for at, value in enumerate(row):
            lines = str(value).split("\n") if value is not None else [""]
            longest[at] = max(longest[at], *map(len, lines))
    return [min(WIDEST, max(NARROWEST, one + 2)) for one in longest]


def _timeless(raw: bytes, day: date) -> bytes:
    """The same file as if all of it had been made on `day`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]+Z", f"{day}T00:00:00Z".encode(), content)
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.external_attr, part.create_system, part.compress_type = 0o600 << 16, 3, zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return file.getvalue()
