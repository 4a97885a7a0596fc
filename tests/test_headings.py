"""Headings: found where real lists have them, in any order, case and spelling."""

from __future__ import annotations

from datetime import date

import pytest
from lists import Line, sheet, xlsx

from ocopgen.headings import Headings, decision_in, find, stars_in
from ocopgen.workbook import read


def keys(found: Headings | None) -> dict[int, str]:
    assert found is not None
    return {at: one.key for at, one in found.columns.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            ("STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm", "Hạng sao"),
            "name producer.name producer.address recognition.score recognition.stars",
        ),
        (("TT", "TÊN SẢN PHẨM OCOP", "TÊN CHỦ THỂ", "XẾP HẠNG"), "name producer.name recognition.stars"),
        (("Ten san pham", "Chu the san xuat", "So sao"), "name producer.name recognition.stars"),
        (
            ("Product name", "Producer", "Stars", "Decision number"),
            "name producer.name recognition.stars recognition.decision.number",
        ),
        (("Hạng sao năm 2022", "Sản phẩm", "Địa chỉ (thôn, xã, huyện)"), "recognition.stars name producer.address"),
        (("name", "producer.phones", "recognition.decision.date"), "name producer.phones recognition.decision.date"),
        (
            ("Tên sản phẩm", "Số ĐT", "Giá bán (đồng)", "Xã/phường", "Huyện, thành phố"),
            "name producer.phones pack.price place.commune place.district",
        ),
        (
            ("Tên\n sản  phẩm", "Quyết\ncông nhận", "Số QĐ", "Ngày QĐ"),
            "name recognition.decision.number recognition.decision.date",
        ),
    ],
)
def test_headings_are_known_in_every_spelling(line: Line, expected: str) -> None:
    assert list(keys(find(sheet(line))).values()) == expected.split()


def test_titles_above_are_passed_over_and_the_fullest_row_is_taken() -> None:
    found = find(sheet(("SẢN PHẨM OCOP TỈNH THÁI BÌNH",), (), ("STT", "Tên sản phẩm", "Chủ thể"), (1, "Gạo", "HTX An")))
    assert found is not None
    assert (found.begin, found.ordinal) == (3, 0)


def test_headings_on_two_rows_are_one_merged_or_not() -> None:
    upper = ("STT", "Tên sản phẩm", "Chủ thể", "Kết quả đánh giá", None)
    lower = (None, None, None, "Điểm", "Hạng sao")
    (merged,) = read("a.xlsx", xlsx(upper, lower, merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1")))
    for one in (merged, sheet(upper, lower)):
        found = find(one)
        assert keys(found) == {1: "name", 2: "producer.name", 3: "recognition.score", 4: "recognition.stars"}
        assert found is not None
        assert found.begin == 2


def test_an_exact_heading_goes_before_one_that_only_begins_like_it() -> None:
    found = find(sheet(("Tên sản phẩm (tiếng Anh)", "Tên sản phẩm", "Chủ thể", "Đơn vị tính", "Màu sắc")))
    assert keys(found) == {1: "name", 2: "producer.name"}
    assert found is not None
    assert [found.words[at] for at in found.ignored] == ["Tên sản phẩm (tiếng Anh)", "Màu sắc"]


@pytest.mark.parametrize(
    "lines", [(), (("Gạo", "HTX An", 4),), (("Tên sản phẩm",),), (("Chủ thể", "Hạng sao"),), ((None, None),)]
)
def test_without_names_and_another_column_there_is_no_list(lines: tuple[Line, ...]) -> None:
    assert find(sheet(*lines)) is None


PAPER = {"number": "123/QĐ-UBND", "date": date(2026, 1, 30), "by": "UBND tỉnh Hưng Yên"}


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("(Kèm theo Quyết định số 123/QĐ-UBND ngày 30/01/2026 của UBND tỉnh Hưng Yên)", PAPER),
        ("(Ban hành kèm theo Quyết định số: 123/QĐ-UBND ngày 30 tháng 01 năm 2026 của UBND tỉnh Hưng Yên)", PAPER),
        ("DANH SÁCH\nkèm theo QĐ số 123/QĐ-UBND, ngày 30-1-2026, của UBND tỉnh Hưng Yên\nĐơn vị: đồng", PAPER),
        ("(Kèm theo Quyết định số 123/QĐ-UBND ngày 30/01/2026)", {key: PAPER[key] for key in ("number", "date")}),
        ("(Kèm theo Công văn số 12/SNN ngày 30/01/2026 của Sở)", {}),
        ("Thực hiện Quyết định số 148/QĐ-TTg ngày 24/02/2023 của Thủ tướng", {}),
        ("(Kèm theo Quyết định số      /QĐ-UBND ngày    /  /2026)", {}),
        ("(Kèm theo Quyết định số 123/QĐ-UBND ngày 31/02/2026)", {}),
    ],
)
def test_the_decision_that_a_list_is_attached_to(words: str, facts: dict[str, object]) -> None:
    assert decision_in(words) == facts


@pytest.mark.parametrize(
    ("words", "stars"),
    [
        ("SẢN PHẨM OCOP 4 SAO", 4),
        ("đạt 3 sao, 4 sao", None),
        ("tiềm năng 5 sao", None),
        ("OCOP", None),
        ("3 sao và 3 sao", 3),
    ],
)
def test_the_stars_that_a_title_gives_to_all(words: str, stars: int | None) -> None:
    assert stars_in(words) == stars
