"""Tables as files: what is written is read again, by others too; what is hostile or broken is refused in words."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import xlsx
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ocopgen import workbook
from ocopgen.spreadsheet import to_csv, to_json, to_xlsx
from ocopgen.workbook import Cell, Unopenable, letters, read

DAY = date(2026, 11, 23)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12).map(
    lambda words: workbook._words(words) or "x"
)
DANGEROUS = st.sampled_from(
    ("=1+1", "+84", "-1", "@a", "'=x", "''", "_x0041_", "_x005F_x0041_", "a\nb", 'a"b,c;d', " x ")
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), TEXT, DANGEROUS, st.integers(0, 10**12), st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.just(84.5)
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[TEXT | DANGEROUS] * width) | st.tuples(*[CELLS] * width), min_size=1, max_size=5)
)


def refused(raw: bytes, name: str = "a.xlsx") -> str:
    """The code by which a file is refused."""
    with pytest.raises(Unopenable) as why:
        read(name, raw)
    return why.value.code


def trimmed(table: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(map(tuple, workbook._trimmed([list(row) for row in table])))


# --- laws -------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(table=TABLES)
def test_what_is_written_as_xlsx_is_read_again_and_written_the_same(table: list[tuple[Cell, ...]]) -> None:
    raw = to_xlsx("OCOP", table, DAY)
    (sheet,) = read("a.xlsx", raw)
    assert sheet.rows == trimmed(table)
    again = [(*row, *[None] * (len(table[0]) - len(row))) for row in sheet.rows]
    again += [(None,) * len(table[0])] * (len(table) - len(again))
    assert to_xlsx("OCOP", again, DAY) == raw


@settings(max_examples=60, deadline=None)
@given(table=TABLES)
def test_words_that_are_written_as_csv_are_read_again(table: list[tuple[Cell, ...]]) -> None:
    words = [tuple(one if isinstance(one, str) else None for one in row) for row in table]
    wide = [("a", "b", *row) for row in words]
    assert read("a.csv", to_csv(wide))[0].rows == trimmed(wide)  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(table=TABLES)
def test_another_reader_finds_the_same_words_and_no_formula(table: list[tuple[Cell, ...]]) -> None:
    rows = [("đầu", *(one for one in row)) for row in table]
    raw = to_xlsx("OCOP", rows, DAY)
    found = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [[str(one) for one in row if one != ""] for row in found] == [
        [str(float(one) if isinstance(one, int) else one) for one in row if one is not None] for row in rows
    ]
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# --- what is written --------------------------------------------------------------------------------------


def test_a_workbook_is_made_for_people() -> None:
    raw = to_xlsx("OCOP", [("Tên", "Ngày", "Điện thoại", "Giá"), ("x" * 100, DAY, "0912345678", 250000)], DAY)
    book = load_workbook(io.BytesIO(raw))
    sheet = book["OCOP"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet["A2"].alignment.wrap_text
    assert (sheet["B2"].value, sheet["B2"].number_format) == (datetime(2026, 11, 23), "dd/mm/yyyy")
    assert (sheet["C2"].value, sheet["C2"].number_format, sheet["C2"].data_type) == ("0912345678", "@", "s")
    assert sheet["D2"].value == 250000
    assert [sheet.column_dimensions[one].width for one in "ABC"] == [60, 12, 12]
    assert book.properties.created == book.properties.modified == datetime(2026, 11, 23)


def test_a_workbook_is_the_same_whenever_it_is_made() -> None:
    raw = to_xlsx("OCOP", [("a",)], DAY)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-23T00:00:00Z" in archive.read("docProps/core.xml")


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    assert read("a.xlsx", to_xlsx("OCOP", [("a\x01b\x0b",)], DAY))[0].rows == (("ab",),)


@pytest.mark.parametrize("words", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'=1"])
def test_no_cell_of_a_csv_begins_like_a_formula(words: str) -> None:
    raw = to_csv([("a", "b", words)]).decode("utf-8-sig")
    assert raw.startswith(("a,b,'", "a,b,\"'"))
    assert read("a.csv", raw.encode())[0].rows == (("a", "b", words),)


def test_a_csv_says_by_its_first_bytes_that_it_is_utf_8() -> None:
    assert to_csv([("Tỏi đen", DAY, None, 84.5)]) == "\ufeffTỏi đen,2026-11-23,,84.5\r\n".encode()


def test_json_leaves_out_what_is_empty_and_cuts_lists() -> None:
    rows: list[tuple[Cell, ...]] = [("Gạo", "a\nb", DAY), ("Nếp", None, None)]
    raw = to_json(("name", "tags", "day"), rows, frozenset({"tags"}))
    assert raw.decode() == (
        '[\n {\n  "name": "Gạo",\n  "tags": [\n   "a",\n   "b"\n  ],\n  "day": "2026-11-23"\n },\n'
        ' {\n  "name": "Nếp"\n }\n]\n'
    )
    assert read("a.json", raw)[0].rows == (
        ("name", "tags", "day"),
        ("Gạo", "a\nb\n", "2026-11-23"),
        ("Nếp", None, None),
    )


# --- what is read -----------------------------------------------------------------------------------------


def test_a_merged_range_holds_its_value_everywhere() -> None:
    raw = xlsx(("a", None, "b"), ("1", None, None), (None, None, "c"), merged=("A1:B1", "C1:C2"))
    assert read("a.xlsx", raw)[0].rows == (("a", "a", "b"), ("1", None, "b"), (None, None, "c"))


def test_merged_ranges_larger_than_the_sheet_are_harmless() -> None:
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(xlsx(("a", "b"), ("c",), merged=("A1:B1",)))) as archive:
        raw = packed({name: archive.read(name).replace(b"A1:B1", b"A1:XFD1048576")})
    assert {cell for row in read("a.xlsx", raw)[0].rows for cell in row} == {"a"}


def test_numbers_days_and_what_formulas_gave() -> None:
    raw = xlsx((1.0, 2.5, datetime(2022, 4, 26), datetime(2022, 4, 26, 7, 30), True, "  a ", "e\u0301"))
    assert read("a.xlsx", raw)[0].rows == ((1, 2.5, date(2022, 4, 26), date(2022, 4, 26), True, "  a ", "é"),)


def test_a_formula_is_never_taken_for_its_text_and_a_failed_one_is_known() -> None:
    raw = xlsx(("a", "=1+1", "#REF!"))
    (sheet,) = read("a.xlsx", raw)
    assert sheet.rows == (("a", None, "#REF!"),)
    assert sheet.errors == {(0, 2)}


def test_sheets_have_their_names_and_cells_theirs() -> None:
    sheets = read("a.xlsx", xlsx(("a",), more={"Phụ lục 2": [("b",)]}))
    assert [one.name for one in sheets] == ["Sheet1", "Phụ lục 2"]
    assert sheets[1].where(6, 27) == "Phụ lục 2!AB7"
    assert read("a.csv", b"a,b")[0].where(0, 1) == "B1"
    assert [letters(one) for one in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    "raw",
    [
        "a,b\r\nĐ,2\r\n".encode(),
        "\ufeffa;b\nĐ;2\n".encode(),
        "a\tb\nĐ\t2".encode("utf-16"),
        b"\xfe\xff" + "a\tb\nĐ\t2".encode("utf-16-be"),
        ("a\tb\nĐ\t2" + "\n" * 50).encode("utf-16-le"),
        "sep=;\na;b\nĐ;2".encode(),
        'a,"b"\n"Đ",2'.encode(),
        "a,b\rĐ,2".encode(),
    ],
)
def test_a_csv_is_read_as_programs_write_it(raw: bytes) -> None:
    assert read("ds.csv", raw)[0].rows == (("a", "b"), ("Đ", "2"))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("DANH SÁCH, kèm theo\nTên;Địa chỉ\nGạo;Thôn 1, xã A\nNếp;Thôn 2, xã B\n", ("Nếp", "Thôn 2, xã B")),
        ("Tên;Địa chỉ;Sao\n" + "Gạo;Thôn 1, xã A, huyện B, VN;3\n" * 9, ("Gạo", "Thôn 1, xã A, huyện B, VN", "3")),
        ('Tên,Giải,Thẻ\nGạo,"a\nb; c\nd; e","f\ng; h\ni; k"\n', ("Gạo", "a\nb; c\nd; e", "f\ng; h\ni; k")),
    ],
)  # fmt: skip
def test_the_separator_is_what_cuts_most_lines_alike(text: str, row: tuple[str, ...]) -> None:
    assert read("ds.csv", text.encode())[0].rows[-1] == row


# --- what is refused --------------------------------------------------------------------------------------


def packed(parts: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(("a",)))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"", "a.xlsx", "list-empty"),
        (b" \n", "a.csv", "list-empty"),
        (b"PK\x03\x04 and no more", "a.xlsx", "list-broken"),
        (xlsx(("a",))[:3000], "a.xlsx", "list-broken"),
        (packed({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "a.xlsx", "list-broken"),
        (packed({"xl/workbook.xml": b"<x/>"}), "a.xlsx", "list-broken"),
        (b"just words", "a.xlsx", "list-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "list-old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "list-locked"),
        ("Tên;Đơn vị".encode("cp1258", "replace") + b"\xfe\xd2", "a.csv", "list-encoding"),
        (b'a,"' + b"x" * 200_000, "a.csv", "list-csv"),
        (b"{", "a.json", "list-json"),
        (b'{"a": 1}', "a.json", "list-json"),
        (b"[" * 100_000, "a.json", "list-json"),
        (b"a,b\n" * 60_000, "a.csv", "list-long"),
        (b"a,b\n" * (6 << 20), "a.csv", "list-large"),
    ],
)
def test_what_is_no_list_is_refused(raw: bytes, name: str, code: str) -> None:
    assert refused(raw, name) == code


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"])
def test_a_document_type_is_refused_wherever_it_stands(part: str, code: str) -> None:
    told = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refused(packed({part: told.encode(code)})) == "list-doctype"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    raw = packed({"xl/worksheets/sheet1.xml": b" " * (workbook.MOST_UNPACKED + 1)})
    tracemalloc.start()
    assert refused(raw) == "list-large"
    assert tracemalloc.get_traced_memory()[1] < 10 << 20
    tracemalloc.stop()


def test_a_bomb_that_lies_of_its_size_is_unpacked_no_further_than_it_says() -> None:
    raw = packed({"xl/media/x.xml": b" " * (64 << 20)})
    real, lie = (64 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert refused(raw.replace(real, lie)) == "list-broken"


def test_many_parts_are_refused() -> None:
    assert refused(packed({f"x/{number}.txt": b"" for number in range(2100)})) == "list-large"


def test_macros_are_not_read_and_do_no_harm() -> None:
    raw = packed({"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert read("a.xlsm", raw)[0].rows == (("a",),)


def test_a_workbook_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert refused(xlsx(*[("a",)] * 4)) == "list-long"
    assert refused(b'[{"a": 1}, {"a": 2}, {"a": 3}]', "a.json") == "list-long"


def test_rows_that_only_have_borders_are_no_rows() -> None:
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(xlsx(("a",), ("b",)))) as archive:
        plain = archive.read(name)
    for last, rows in (("999999", 2), ("99999999", 2)):
        (sheet,) = read(
            "a.xlsx", packed({name: plain.replace(b"</sheetData>", f'<row r="{last}"/></sheetData>'.encode())})
        )
        assert sheet.rows[:1] == (("a",),)
        assert len(sheet.rows) <= rows


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 6000), byte=st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(at: int, byte: int) -> None:
    raw = bytearray(RAW)
    raw[at % len(raw)] = byte
    with suppress(Unopenable):
        read("a.xlsx", bytes(raw))


RAW = xlsx(("a", 1, datetime(2022, 4, 26)), ("b", 2.5, None), merged=("A1:B1",))
