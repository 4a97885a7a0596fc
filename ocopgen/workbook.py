"""Tables in files: XLSX, CSV and JSON, bytes → sheets of cells.

What is read was made by somebody else and is not trusted: its size is known before it is unpacked, and a document
type, a password or a broken file is refused in words. Nothing of it runs: formulas are read as the value that Excel
last worked out, macros are not read at all.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NoReturn

Cell = str | int | float | bool | date | None
"""A whole number is an `int`, a day without an hour is a `date`, and what is empty is `None`."""

Rows = tuple[tuple[Cell, ...], ...]

MOST_BYTES = 20 << 20
MOST_UNPACKED = 200 << 20
MOST_PARTS = 2000
MOST_ROWS = 50_000
MOST_COLUMNS = 300
_LAST_ROW = 1 << 20
"""Rows that a sheet of Excel has."""
MOST_FILLED = 1_000_000
"""Cells that merged ranges may fill, all in all."""


class Unopenable(Exception):
    """A file that is no table we read: the code of its message, and the words that fill it."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a merged range holds its value in every cell, and `errors` are the cells where a formula failed."""

    name: str
    rows: Rows
    errors: frozenset[tuple[int, int]] = frozenset()

    def where(self, row: int, column: int) -> str:
        """A cell as people name it, row and column counted from 0: `Sheet1!C7`; a CSV file has no sheet."""
        address = f"{letters(column)}{row + 1}"
        return f"{self.name}!{address}" if self.name else address


def letters(column: int) -> str:
    """The letters of a column, counted from 0: `A`, `Z`, `AA`."""
    above, last = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)


def read(name: str, raw: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file, known by its first bytes and by its name. Raises `Unopenable`."""
    if len(raw) > MOST_BYTES:
        raise Unopenable("list-large", size=len(raw) >> 20, limit=MOST_BYTES >> 20)
    if not raw.strip():
        raise Unopenable("list-empty")
    if raw.startswith(b"PK"):
        return _read_xlsx(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_old(raw)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise Unopenable("list-broken")
    text = _text(raw)
    return (_read_json(text),) if name.lower().endswith(".json") else (_read_csv(text),)


def _refuse_old(raw: bytes) -> NoReturn:
    """A compound file: an XLSX with a password, or the format before 2007."""
    locked = "EncryptedPackage".encode("utf-16-le") in raw
    raise Unopenable("list-locked" if locked else "list-old")


# --- XLSX -------------------------------------------------------------------------------------------------


def _read_xlsx(raw: bytes) -> tuple[Sheet, ...]:
    import warnings

    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            merged = _searched(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no use to us
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                sheets: Any = book.worksheets  # where one lies in the archive is told by nothing public
                found = tuple(_sheet(one, merged.get(one._worksheet_path, ())) for one in sheets)
            finally:
                book.close()
    except (Unopenable, MemoryError):
        raise
    except Exception as fault:  # a damaged file raises whatever its bytes happen to mean
        raise Unopenable("list-broken") from fault
    if not found:
        raise Unopenable("list-broken")
    return found


_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')


def _searched(archive: zipfile.ZipFile) -> dict[str, tuple[str, ...]]:
    """The merged ranges of each part, after a look at all parts. Raises `Unopenable`.

    What a part claims to hold is all that is ever unpacked of it, so the claims can be trusted.
    """
    parts = archive.infolist()
    size = sum(one.file_size for one in parts)
    if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise Unopenable("list-large", size=size >> 20, limit=MOST_UNPACKED >> 20)
    if any(one.flag_bits & 1 for one in parts):
        raise Unopenable("list-locked")
    if "[Content_Types].xml" not in archive.namelist():
        raise Unopenable("list-broken")
    merged = {}
    for one in parts:
        if one.filename.lower().endswith((".xml", ".rels", ".vml")):
            content = archive.read(one)
            if any(sign in content for sign in _DOCTYPE):
                raise Unopenable("list-doctype")
            merged[one.filename] = tuple(found.decode() for found in _MERGED.findall(content))
    return merged


def _sheet(sheet: Any, merged: Iterable[str]) -> Sheet:
    sheet.reset_dimensions()  # what a file claims of them is often wrong
    rows: list[list[Cell]] = []
    errors = set()
    for number, row in zip(range(_LAST_ROW), sheet.iter_rows(), strict=False):
        cells = [_cell(one.value) for one in row[:MOST_COLUMNS]]
        if number < MOST_ROWS:
            rows.append(cells)
        elif any(one is not None for one in cells):  # rows that only have borders go on for long
            raise Unopenable("list-long", limit=MOST_ROWS)
        errors |= {(number, at) for at, one in enumerate(row) if one.value is not None and one.data_type == "e"}
    _fill(rows, merged)
    return Sheet(sheet.title, tuple(map(tuple, _trimmed(rows))), frozenset(errors))


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, str):
        return _words(value)
    if value is None or isinstance(value, bool | int | date):
        return value
    return str(value.isoformat("minutes") if isinstance(value, time) else value)


def _words(value: str) -> str | None:
    """Words of a cell in NFC; what stands for a sign in XML is that sign again."""
    value = re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", value)
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")) or None


def _fill(rows: list[list[Cell]], merged: Iterable[str]) -> None:
    """Write the value of each merged range, which stands in its first cell, into all of them."""
    left = MOST_FILLED
    for reference in merged:
        top, first, bottom, last = _range(reference)
        if top >= len(rows) or first >= len(rows[top]):
            continue
        value = rows[top][first]
        bottom, last = min(bottom, len(rows) - 1), min(last, MOST_COLUMNS - 1)
        left -= max(0, bottom - top + 1) * max(0, last - first + 1)
        if value is None or left < 0:
            continue
        for row in rows[top : bottom + 1]:
            row.extend([None] * (last + 1 - len(row)))
            row[first : last + 1] = [value] * (last + 1 - first)


def _range(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of `A1:C3`, from 0."""
    (left, top), (right, bottom) = re.findall(r"([A-Z]+)([0-9]+)", reference)
    return int(top) - 1, _column(left), int(bottom) - 1, _column(right)


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without what is empty below and to the right."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


# --- CSV and JSON -----------------------------------------------------------------------------------------


def _text(raw: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 as Excel writes "Unicode text". Raises `Unopenable`."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        code = "utf-16"
    elif raw[1:200:2].count(0) > 40:
        code = "utf-16-le"
    else:
        code = "utf-8-sig"
    try:
        return unicodedata.normalize("NFC", raw.decode(code))
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise Unopenable("list-encoding", line=line, byte=f"{raw[fault.start]:02x}") from None


def _read_csv(text: str) -> Sheet:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = re.match(r"sep=(.)\n", text)  # by this line Excel knows the separator, and does not show it
    text = text[told.end() :] if told else text
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _separator(text))
    rows: list[list[Cell]] = []
    try:
        for line in lines:
            if len(rows) >= MOST_ROWS:
                raise Unopenable("list-long", limit=MOST_ROWS)
            rows.append([_harmless_again(one) or None for one in line[:MOST_COLUMNS]])
    except csv.Error:
        raise Unopenable("list-csv", line=lines.line_num) from None
    return Sheet("", tuple(map(tuple, _trimmed(rows))))


def _separator(text: str) -> str:
    """Comma, semicolon or tab: the one that cuts most of the first lines into one number of cells."""

    def fitness(sign: str) -> tuple[float, int]:
        lines = csv.reader(io.StringIO(text), delimiter=sign)
        try:
            widths = [len(row) for row, _ in zip(lines, range(30), strict=False) if row]
        except csv.Error:
            return 0, 0
        wide = [width for width in widths if width > 1]
        common = max(set(wide), key=wide.count, default=0)
        return wide.count(common) / max(1, len(widths)), common

    return max(";\t,", key=fitness)


def _read_json(text: str) -> Sheet:
    """A list of mappings from heading to value, as `to_json` writes it."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        raise Unopenable("list-json") from None
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Unopenable("list-json")
    if len(items) >= MOST_ROWS:
        raise Unopenable("list-long", limit=MOST_ROWS)
    names = tuple(dict.fromkeys(str(name) for one in items for name in one))[:MOST_COLUMNS]
    return Sheet("", (names, *(tuple(_json_cell(one.get(name)) for name in names) for one in items)))


def _json_cell(value: object) -> Cell:
    if isinstance(value, list):
        return "".join(f"{one}\n" for one in value) or None
    return _cell(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)


DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula; apostrophes before it are our own."""


def _harmless_again(words: str) -> str:
    """The text that `_harmless` made harmless."""
    return words[1:] if words.startswith("'") and DANGEROUS.match(words) else words
