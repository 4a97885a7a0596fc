"""The roll: rows of real lists as products and producers, and what is wrong with them, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from lists import HEADINGS, LIST, Line, listed, sheet, the_row, told, whole, xlsx
from sites import DATA

from ocopgen.model import Decision, Pack, Place, Recognition
from ocopgen.roll import NO_SET, read_roll
from ocopgen.workbook import read

WIDE = (*HEADINGS, "Địa chỉ", "Điện thoại", "Số quyết định", "Ngày quyết định", "Giá bán", "Điểm", "Bộ sản phẩm")


def test_a_row_is_a_product_and_its_producer() -> None:
    line = (1, "Tỏi đen", "Hộ kinh doanh Bình", "4 sao", "Xã Thụy An, huyện Thái Thụy", 912345678, "86/QĐ-UBND")
    row = the_row((*line, "26/04/2022", "250.000 đ", "84,5", "10. Gia vị"), headings=WIDE)
    product, producer = row.product, row.producer
    assert (row.number, product.name.source, product.set) == (2, "Tỏi đen", 10)
    paper = Decision(number="86/QĐ-UBND", date=date(2022, 4, 26))
    assert product.recognitions == (Recognition(stars=4, score=84.5, decision=paper),)
    assert product.packs == (Pack(price=250000),)
    assert product.place == producer.place == Place(commune="thuy-an", district="thai-thuy")
    assert (producer.name.source, producer.kind, producer.phones) == (
        "Hộ kinh doanh Bình",
        "household",
        ("0912345678",),
    )
    assert {one.key for one in row.given} == {
        *("name", "set", "pack.price", "producer.name", "producer.address", "producer.phones"),
        *(f"recognition.{one}" for one in ("stars", "score", "decision.number", "decision.date")),
    }
    assert row.facts["recognitions"] == (
        {"stars": 4, "decision": {"number": "86/QĐ-UBND", "date": date(2022, 4, 26)}, "score": 84.5},
    )


def test_what_a_row_does_not_say_is_not_given() -> None:
    row = the_row((1, "Tỏi đen", "-", None))
    assert {one.key for one in row.given} == {"name"}
    assert (row.product.set, row.product.recognitions, row.producer.kind) == (NO_SET, (), "unknown")
    assert row.facts == {"name": "Tỏi đen"}


def test_the_rows_of_a_real_list() -> None:
    raw = xlsx(
        ("DANH SÁCH SẢN PHẨM OCOP",),
        ("(Kèm theo Quyết định số 123/QĐ-UBND ngày 30/01/2026 của UBND tỉnh Hưng Yên)",),
        (),
        ("STT", "Tên sản phẩm", "Chủ thể", "Hạng sao", "Ghi chú"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("I", "HUYỆN THÁI THỤY"),
        (1, "Tỏi đen", "HTX Bình", "4 sao"),
        (2, "Mắm", None, "3 sao"),
        ("STT", "Tên sản phẩm", "Chủ thể", "Hạng sao", "Ghi chú"),
        ("II", "Huyện Đông Hưng: 1 sản phẩm"),
        (3, "Gạo", "HTX Cường", "★★★"),
        (None, "Tổng cộng", "3 sản phẩm"),
        (),
        (None, None, None, "NGƯỜI LẬP BIỂU"),
        merged=("A1:E1", "A2:E2", "B6:E6", "C7:C8"),
    )
    roll = read_roll("ds.xlsx", read("ds.xlsx", raw), whole(LIST))
    assert roll.problems == ()
    assert [(one.number, one.product.name.source, one.producer.name.source) for one in roll.rows] == [
        (7, "Tỏi đen", "HTX Bình"),
        (8, "Mắm", "HTX Bình"),
        (11, "Gạo", "HTX Cường"),
    ]
    assert [one.product.place and one.product.place.district for one in roll.rows] == [
        "thai-thuy",
        "thai-thuy",
        "dong-hung",
    ]
    assert {one.product.recognitions[0].decided for one in roll.rows} == {date(2026, 1, 30)}
    assert [number for number, _ in roll.passed] == [6, 10, 12, 14]
    assert roll.decision["by"] == "UBND tỉnh Hưng Yên"


def test_stars_stand_above_the_rows_that_have_them() -> None:
    headings = ("STT", "Tên sản phẩm", "Chủ thể")
    roll = listed(("A", "Sản phẩm 4 sao"), (1, "Tỏi", "A"), ("B", "SẢN PHẨM 3 SAO"), (2, "Gạo", "B"), headings=headings)
    assert [one.product.recognitions[0].stars for one in roll.rows] == [4, 3]
    sheets = [sheet(("SẢN PHẨM OCOP 4 SAO",), headings, (1, "Tỏi", "A"))]
    assert read_roll("ds.xlsx", sheets, whole(LIST)).rows[0].product.recognitions == (Recognition(stars=4),)


def test_a_decision_of_the_row_goes_before_that_of_the_title() -> None:
    title = ("(Kèm theo Quyết định số 9/QĐ-UBND ngày 30/01/2026)",)
    headings = (*HEADINGS, "Số quyết định", "Ngày quyết định")
    lines = ((1, "Tỏi", "A", 4, "8/QĐ-UBND", date(2025, 1, 2)), (2, "Gạo", "B", 3), (3, "Mắm", "C"))
    roll = read_roll("ds.xlsx", [sheet(title, headings, *lines)], whole(LIST))
    decided = [[one.decision.number for one in row.product.recognitions if one.decision] for row in roll.rows]
    assert decided == [["8/QĐ-UBND"], ["9/QĐ-UBND"], []]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ((1, "Tỏi", "A", "5 sao (tiềm năng)"), "list-stars D2"),
        ((1, "Tỏi", "A", "2 sao"), "list-stars D2"),
        ((1, "Tỏi", "A", 4, None, "anh Nam"), "list-phone F2"),
        ((1, "Tỏi", "A", 4, None, None, "1/QĐ", "31/02/2022"), "list-date H2"),
        ((1, "Tỏi", "A", 4, None, None, None, None, "50.000 - 70.000"), "list-price I2"),
        ((1, "Tỏi", "A", 4, None, None, None, None, None, "cao"), "list-number J2"),
        ((1, "Tỏi", "A", 4, None, None, None, None, None, 101), "number-range J2"),
        ((1, "Tỏi", "A", None, None, None, "1/QĐ"), "list-missing B2"),
        ((1, None, "A", 4), "list-name-missing B2"),
        ((None, None, "A", 4), "list-name-missing B2"),
        ((1, date(2026, 1, 2), "A", 4), "list-text B2"),
        ((1, "Tỏi", "A", 4, None, None, None, None, None, None, "27"), "list-set-unknown K2"),
        ((1, "Tỏi", "A", 4, None, None, None, None, None, None, "Đồ lạ"), "list-set-unknown K2"),
    ],
)
def test_a_wrong_cell_is_told_by_its_name(line: Line, problem: str) -> None:
    roll = listed(line, headings=WIDE)
    assert told(roll) == [problem]
    (one,) = roll.problems
    assert all(one.said(lang) for lang in ("vi", "en"))
    assert "'stars'" not in one.said("vi")


def test_all_wrong_cells_are_told_at_once_and_the_other_rows_are_read() -> None:
    roll = listed((1, "Tỏi", "A", 6), (2, "Gạo", "B", 3), (3, "Mắm", "C", "?"))
    assert told(roll) == ["list-stars D2", "list-stars D4"]
    assert [one.number for one in roll.rows] == [3]
    assert roll.names == ("Tỏi", "Gạo", "Mắm")


def test_a_problem_is_told_in_the_words_of_the_list() -> None:
    (one,) = listed((1, "Tỏi", "A", 6)).problems
    assert one.printed() == (
        "ds.xlsx:Sheet1!D2: lỗi: 'Hạng sao' phải là 3, 4 hoặc 5, không phải 6   [list-stars]\n"
        "  error: 'Hạng sao' must be 3, 4 or 5, not 6\n"
        "  → dưới 3 sao không được công nhận, 'tiềm năng 5 sao' không phải 5 sao: bỏ dòng này hoặc ghi hạng đã có\n"
        "  → below 3 stars nothing is recognised, a potential 5-star is no 5: take the row out, or write the rank given"
    )


def test_choices_are_words_in_either_language() -> None:
    headings = ("Tên sản phẩm", "Chủ thể", "Loại hình")
    kinds = ("Hộ kinh doanh", "household", "Household business", "hộ gia đình", "Hộ sản xuất")
    for kind in kinds:
        assert the_row(("Tỏi", "Bình", kind), headings=headings).producer.kind == "household"
    roll = listed(("Tỏi", "Bình", "Xưởng"), headings=headings)
    assert told(roll) == ["list-choice C2"]
    assert "Hộ kinh doanh" in roll.problems[0].said("vi")
    assert "Household business" in roll.problems[0].said("en")


@pytest.mark.parametrize("cell", [10, "10", "10. Gia vị", "Bộ 10", "Bộ sản phẩm số 10", "gia vi"])
def test_a_set_is_a_number_or_a_name(cell: str | int) -> None:
    assert the_row(("Tỏi", cell), headings=("Tên sản phẩm", "Bộ sản phẩm")).product.set == 10


def test_the_name_of_a_sector_is_no_set_and_no_mistake() -> None:
    assert the_row(("Tỏi", "Thực phẩm"), headings=("Tên sản phẩm", "Bộ sản phẩm")).product.set == NO_SET


def test_places_are_names_and_those_that_are_not_known_are_told() -> None:
    headings = ("Tên sản phẩm", "Xã", "Huyện", "Tỉnh")
    assert the_row(("Tỏi", "Xã Thụy An", "Thái Thụy"), headings=headings).product.place == Place(
        commune="thuy-an", district="thai-thuy"
    )
    assert the_row(("Tỏi", "Tây Thụy Anh", None, "Hưng Yên"), headings=headings).product.place == Place(
        commune="tay-thuy-anh", province="hung-yen"
    )
    roll = listed(("Tỏi", "Xã Lạ", "Thái Thụy"), ("Gạo", None, "Huyện Lạ"), headings=headings)
    assert told(roll) == ["list-place-unknown B2", "list-place-unknown C3"]
    assert [one.product.place for one in roll.rows] == [Place(district="thai-thuy"), None]


def test_a_failed_formula_is_told() -> None:
    raw = xlsx(HEADINGS, (1, "Tỏi", "A", "#N/A"))
    assert told(read_roll("ds.xlsx", read("ds.xlsx", raw), whole(LIST))) == ["list-formula D2"]


def test_columns_that_are_not_read_are_told_once() -> None:
    assert told(listed((1, "Tỏi", "A", 4, "x"), headings=(*HEADINGS, "Màu"))) == ["list-column-unknown E1"]


def test_the_sheet_with_headings_is_read_or_the_one_that_is_named() -> None:
    sheets = [
        sheet(("Trang bìa",), name="Bìa"),
        sheet(HEADINGS, (1, "Tỏi", "A", 4), name="4 sao"),
        sheet(("Tên sản phẩm", "Chủ thể"), ("Gạo", "B"), name="3 sao"),
    ]
    roll = read_roll("ds.xlsx", sheets, whole(LIST))
    assert (roll.sheet, roll.others, roll.names) == ("4 sao", ("3 sao",), ("Tỏi",))
    assert read_roll("ds.xlsx", sheets, whole(LIST), "3 SAO").names == ("Gạo",)
    assert told(read_roll("ds.xlsx", sheets, whole(LIST), "Bìa")) == ["list-headings ds.xlsx"]
    (one,) = read_roll("ds.xlsx", sheets, whole(LIST), "5 sao").problems
    assert (one.code, one.mend("en")) == ("list-sheet", "did you mean '4 sao'?")


def test_a_row_with_an_id_is_a_product_whatever_its_name() -> None:
    headings = ("Tên sản phẩm", "Mã mục", "Hạng sao")
    roll = listed(("Tổng cộng", "a", None), ("—", "b", None), ("Gạo", "c", 4), headings=headings)
    assert [(one.product.name.source, one.product.id) for one in roll.rows] == [
        ("Tổng cộng", "a"),
        ("—", "b"),
        ("Gạo", "c"),
    ]


def test_nothing_here_depends_on_more_than_the_data_files() -> None:
    assert set(DATA) == {"site.yml", "places.yml", "classification.yml", "programme.yml", "strings.yml"}
