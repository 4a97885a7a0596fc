"""Cells: what people write is understood, and what is shown is read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ocopgen.cells import by_word, form_of, kind_of, said
from ocopgen.model import Decision, Pack, Producer, Product, Recognition
from ocopgen.text import Lang, Text
from ocopgen.values import Moment, Period, Quantity
from ocopgen.workbook import Cell

FIELDS: Mapping[str, Any] = {
    **{name: Recognition.model_fields[name] for name in ("stars", "score", "year", "kind")},
    **{name: Pack.model_fields[name] for name in ("price", "gtin", "quantity")},
    **{name: Producer.model_fields[name] for name in ("phones", "zalo", "founded", "social")},
    **{
        name: Product.model_fields[name]
        for name in ("name", "season", "alcohol", "awards", "shelf_life", "draft", "tags")
    },
    **{name: Decision.model_fields[name] for name in ("date", "number")},
}
"""A field of each form."""


def read(field: str, cell: Cell) -> Any:
    form = form_of(FIELDS[field])
    assert form is not None
    return form.read(cell)


@pytest.mark.parametrize(
    "cell",
    [
        4,
        "4",
        "4 sao",
        "4 Sao",
        "★★★★",
        "★★★★☆",
        "⭐⭐⭐⭐",
        "4*",
        "****",
        "Hạng 4",
        "OCOP 4 sao",
        "Bốn sao",
        "4 stars",
        "Đạt 4 sao",
    ],
)
def test_stars_in_every_spelling(cell: Cell) -> None:
    assert read("stars", cell) == 4


@pytest.mark.parametrize("cell", ["5 sao (tiềm năng)", "Tiềm năng 5 sao", "tiềm năng", "3-4", "x", "sao", 84.5])
def test_what_is_no_star_stays_as_it_is(cell: Cell) -> None:
    assert read("stars", cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        *("26/04/2022", "26-4-2022", "26.04.2022", " 26/4/2022 ", "2022-04-26", "2022-04-26 00:00:00"),
        *("ngày 26 tháng 4 năm 2022", "26 tháng 04 năm 2022", date(2022, 4, 26), 44677),
    ],
)
def test_days_in_every_spelling(cell: Cell) -> None:
    assert read("date", cell) == date(2022, 4, 26)


@pytest.mark.parametrize(
    ("cell", "kept"), [("31/02/2022", "31/02/2022"), ("04/26/2022", "04/26/2022"), (7, "7"), (True, True)]
)
def test_what_is_no_day_stays_words(cell: Cell, kept: object) -> None:
    assert read("date", cell) == kept


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        *(
            (one, 250000)
            for one in (250000, "250000", "250.000", "250,000", "250.000 đ", "250.000đ/hộp", "250 000 VNĐ")
        ),
        *((one, 250000) for one in ("250k", "250 nghìn", "250 ngàn đồng", "0,25 triệu", "VND 250,000", "250.000,00")),
        *((("1.250.000 ₫", 1250000), ("1,2 triệu", 1200000), ("1.250.000,0", 1250000))),
        *((one, one) for one in ("50.000 - 70.000", "liên hệ", "250.5", "1.23.456", 85.5)),
    ],
)
def test_prices_in_every_spelling(cell: Cell, price: object) -> None:
    assert read("price", cell) == price


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (912345678, ("0912345678",)),
        ("912345678", ("0912345678",)),
        (2273123456, ("02273123456",)),
        ("0912.345.678", ("0912345678",)),
        ("(0227) 3.123.456", ("02273123456",)),
        ("+84 912 345 678", ("+84912345678",)),
        ("0912 345 678 - 0983 111 222", ("0912345678", "0983111222")),
        ("0912345678; 0983111222\n1900 1234", ("0912345678", "0983111222", "19001234")),
        ("ĐT: 0912345678", ("0912345678",)),
        ("0912345678 (anh Nam)", ("0912345678",)),
        ("anh Nam", ("anh Nam",)),
    ],
)
def test_phones_in_every_spelling(cell: Cell, phones: tuple[str, ...]) -> None:
    assert read("phones", cell) == phones


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("score", "84,5", 84.5),
        ("score", "84.5 điểm", 84.5),
        ("score", 84, 84),
        ("score", "71,00", 71),
        ("score", "cao", "cao"),
        ("alcohol", "29,5% vol", 29.5),
        ("alcohol", "29,5°", 29.5),
        ("alcohol", "Chưa rõ", "unknown"),
        ("year", "Năm 2021", 2021),
        ("year", 2021, 2021),
        ("year", "hai nghìn", "hai nghìn"),
        ("founded", 1997, "1997"),
        ("founded", "tháng 4/2022", "2022-04"),
        ("founded", "26/04/2022", "2022-04-26"),
        ("founded", date(2022, 4, 26), "2022-04-26"),
        ("season", "tháng 9 - 11", (9, 10, 11)),
        ("season", "9, 10 và 12", (9, 10, 12)),
        ("season", "11 đến 2", (11, 12, 1, 2)),
        ("season", "quanh năm", tuple(range(1, 13))),
        ("season", 9, (9,)),
        ("season", "mùa thu", ("mùa thu",)),
        ("gtin", 8930000000000, "8930000000000"),
        ("number", 86, "86"),
        ("name", " Tỏi \n đen ", "Tỏi đen"),
        ("awards", "Giải A; Giải B", ("Giải A", "Giải B")),
        ("awards", "Giải A; B\nGiải C", ("Giải A; B", "Giải C")),
        ("draft", "Có", True),
        ("draft", "không", False),
        ("draft", "?", "?"),
        ("kind", "renewal", "renewal"),
        ("kind", "Nâng hạng", "upgrade"),
        ("kind", "x", "x"),
        ("zalo", 912345678, "0912345678"),
        ("shelf_life", "12 tháng", "12 tháng"),
    ],
)
def test_other_cells(field: str, cell: Cell, value: object) -> None:
    assert read(field, cell) == value


@pytest.mark.parametrize(
    ("field", "value", "cell"),
    [
        ("name", Text.of({Lang("vi"): "Gạo", Lang("en"): "Rice"}), "Gạo"),
        ("shelf_life", Period(12, "month"), "12 month"),
        ("quantity", Quantity(Decimal("0.5"), "l"), "0.5 l"),
        ("founded", Moment(2022, 4), "2022-04"),
        ("season", (9, 10), "9, 10"),
        ("score", 71.0, 71),
        ("score", 84.5, 84.5),
        ("alcohol", "unknown", "unknown"),
        ("date", date(2022, 4, 26), date(2022, 4, 26)),
        ("tags", ("a", "b"), "a\nb"),
        ("tags", ("a; b",), "a; b\n"),
        ("draft", True, "x"),
        ("draft", False, None),
        ("phones", ("0912345678", "19001234"), "0912345678\n19001234"),
    ],
)
def test_values_are_shown_as_they_are_read(field: str, value: Any, cell: Cell) -> None:
    form = form_of(FIELDS[field])
    assert form is not None
    assert form.show(value) == cell
    if field in ("tags", "season", "phones"):
        assert form.read(cell) == value


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "—", "…", "...", "/", "\u00a0", "\n"])
def test_a_cell_that_says_nothing(cell: str) -> None:
    assert said(cell) is None


def test_a_cell_that_says_something() -> None:
    assert [said(one) for one in (" a-b ", 0, False, None)] == ["a-b", 0, False, None]


def test_what_names_another_entry_or_has_parts_has_no_form() -> None:
    for model, names in ((Product, ("producer", "related", "photos", "packs")), (Producer, ("consent", "location"))):
        assert [form_of(model.model_fields[name]) for name in names] == [None] * len(names)


def test_choices_are_known_by_all_words_for_them() -> None:
    found = by_word(("household", "cooperative"), {"household": "Hộ kinh doanh"}, {"household": "Household business"})
    assert {found[one] for one in ("household", "ho-kinh-doanh", "household-business", "ho-gia-dinh")} == {"household"}
    assert found["htx"] == "cooperative"
    assert "cong-ty" not in found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("HTX An Mỹ", "cooperative"),
        ("Hợp tác xã An Mỹ", "cooperative"),
        ("Tổ hợp tác An Mỹ", "cooperative-group"),
        ("Công ty TNHH A", "enterprise"),
        ("DNTN B", "enterprise"),
        ("Hộ kinh doanh Trần Văn Đức", "household"),
        ("Hộ ông Đức", "household"),
        ("Trang trại C", "farm"),
        ("Hội làm vườn", "association"),
        ("Cơ sở bánh kẹo Đình Mạnh", "unknown"),
        ("Hộp quà", "unknown"),
        ("Hồng Tiến", "unknown"),
    ],
)
def test_the_kind_of_a_producer_is_read_off_its_legal_form_only(name: str, kind: str) -> None:
    assert kind_of(name) == kind
