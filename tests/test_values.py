"""The small values of a field, each checked where it is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import EN, VI
from pydantic import TypeAdapter, ValidationError

from ocopgen import values, wording
from ocopgen.text import Lang, Text
from ocopgen.values import Focus, Moment, Period, Quantity, gtin_check_digit


def read(kind: Any, value: object, **context: object) -> Any:
    """A value as a field of this kind reads it."""
    return TypeAdapter(kind).validate_python(value, strict=True, context=context)


def refusal(kind: Any, value: object, **context: object) -> str:
    """The code that a field of this kind refuses a value with."""
    with pytest.raises(ValidationError) as fault:
        read(kind, value, **context)
    return str(fault.value.errors()[-1]["type"])


def refused_words(kind: Any, value: object) -> dict[str, Any]:
    with pytest.raises(ValidationError) as fault:
        read(kind, value)
    return fault.value.errors()[0]["ctx"]


# --- words ------------------------------------------------------------------------------------------------


def test_words_belong_to_the_language_of_their_file() -> None:
    assert read(wording.Words, "  Garlic ", lang=EN) == Text.of({EN: "Garlic"})
    assert read(wording.Words, "Tỏi") == Text.of({VI: "Tỏi"})
    assert read(wording.Words, Text.of({EN: "Garlic"})) == Text.of({EN: "Garlic"})


@pytest.mark.parametrize(
    ("value", "code"),
    [(5, "text-expected"), (" ", "text-empty"), (("a",), "text-not-list"), ({"a": "b"}, "text-not-list")],
)
def test_what_is_no_words_is_refused(value: object, code: str) -> None:
    assert refusal(wording.Words, value) == refusal(wording.Line, value) == code


def test_words_stand_on_one_line_without_unseen_signs() -> None:
    for kind in (wording.Words, wording.Line):
        read_words = [read(kind, one) for one in ("Tỏi\n  đen\r\n", "Tỏi\u2028đen", "\u202eTỏi\u2069 \u200bđen\ufeff")]
        assert {one if isinstance(one, str) else one.source for one in read_words} == {"Tỏi đen"}
        assert refusal(kind, "\u200b \u202c") == "text-empty"
    assert read(wording.Line, "4\u00a0sao") == "4\u00a0sao"
    assert read(wording.Wordings, {"vi": "Gạo\n tẻ"}) == Text.of({VI: "Gạo tẻ"})


def test_a_language_is_told_by_its_code() -> None:
    assert [read(wording.LangCode, one) for one in ("vi", "en", "pt-BR", "yue")] == ["vi", "en", "pt-BR", "yue"]
    assert {refusal(wording.LangCode, one) for one in ("English", "EN", "", "e", "en_GB", "vi<b>")} == {
        "string_pattern_mismatch"
    }


def test_wordings_are_whole_in_every_language_of_the_site() -> None:
    langs = (VI, EN)
    assert read(wording.Wordings, {"en": "Rice", "vi": "Gạo"}, langs=langs) == Text.of({VI: "Gạo", EN: "Rice"})
    assert read(wording.Wordings, {"vi": "Gạo", "fr": "Riz"}) == Text.of({VI: "Gạo", Lang("fr"): "Riz"})
    assert refusal(wording.Wordings, {"vi": "Gạo"}, langs=langs) == "language-missing"
    assert refusal(wording.Wordings, "Gạo", langs=langs) == "mapping-expected"


def test_a_summary_has_at_most_two_hundred_letters() -> None:
    assert read(wording.Summary, "ă" * 200).source == "ă" * 200
    assert refused_words(wording.Summary, "ă" * 201) == {"length": 201, "limit": 200}


# --- references and stars ---------------------------------------------------------------------------------


def test_an_id_is_plain_and_a_name_is_answered_with_its_id() -> None:
    assert read(values.Slug, "truong-an") == "truong-an"
    assert refused_words(values.Slug, "Trường An") == {"slug": "truong-an"}
    assert refused_words(values.Slug, "truong--an") == {"slug": "truong-an"}


def test_stars_are_three_to_five() -> None:
    assert [read(values.Stars, one) for one in (3, 4, 5)] == [3, 4, 5]
    assert {refusal(values.Stars, one) for one in (2, 6, True, "4 sao", None)} == {"literal_error"}


def test_stars_in_quotes_are_told_to_be_a_number() -> None:
    assert refusal(values.Stars, "4") == "number-expected"


# --- time -------------------------------------------------------------------------------------------------


def test_a_day_is_taken_with_and_without_quotes() -> None:
    assert read(values.Day, date(2022, 4, 26)) == read(values.Day, " 2022-04-26 ") == date(2022, 4, 26)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("26/04/2022", ": 2022-04-26"),
        ("26.4.2022", ": 2022-04-26"),
        ("2022-4-6", ": 2022-04-06"),
        ("2022/04/26", ": 2022-04-26"),
        ("ngày 26 tháng 4 năm 2022", ": 2022-04-26"),
        ("04/26/2022", "; the calendar has no such day"),
        ("2022-02-30", "; the calendar has no such day"),
        ("4/2022", ""),
        ("26/04/22", ""),
        ("00000000/1/2022", ""),
        ("hôm qua", ""),
        (2022, ""),
        (20.5, ""),
        (True, ""),
    ],
)
def test_a_day_in_another_form_is_answered_with_the_day_it_means(written: object, near: str) -> None:
    assert refusal(values.Day, written) == "date-expected"
    assert refused_words(values.Day, written)["near_en"] == near


def test_a_year_that_cannot_be_right_is_refused() -> None:
    assert [refusal(values.Day, date(year, 1, 1)) for year in (1, 1799, 2200, 9999)] == ["date-year"] * 4


def test_a_moment_is_a_year_a_month_or_a_day() -> None:
    written = (2022, "2022", "2022-10", "2022-10-05", date(2022, 10, 5), Moment(2022))
    assert [str(read(values.When, one)) for one in written] == [
        *("2022", "2022", "2022-10", "2022-10-05", "2022-10-05", "2022")
    ]


@pytest.mark.parametrize("value", ["2022-13", "2022-02-30", "2022-00", "2022-05-00", "2022-00-00", "22", 0, True, None])
def test_what_the_calendar_lacks_is_no_moment(value: object) -> None:
    assert refusal(values.When, value) == "date-expected"


def test_a_year_that_cannot_be_right_is_no_moment() -> None:
    written = (1799, "0000", "0999", "1799-12", "1799-12-31", "2200", "2200-01", date(2200, 1, 1))
    assert [refusal(values.When, one) for one in written] == ["date-year"] * 8
    assert [read(values.When, one).year for one in (1800, "2199-12")] == [1800, 2199]


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_a_moment_lies_between_its_first_and_last_day(day: date) -> None:
    for moment in (Moment(day.year), Moment(day.year, day.month), Moment(day.year, day.month, day.day)):
        assert moment.earliest <= day <= moment.latest
        assert read(values.When, str(moment)) == moment


def test_the_last_day_of_a_february_knows_leap_years() -> None:
    assert [Moment(year, 2).latest.day for year in (2024, 2025, 2100)] == [29, 28, 28]


@given(st.integers(1, 9999), st.sampled_from(("hour", "day", "week", "month", "year")), st.booleans())
def test_a_period_is_a_number_and_a_unit(number: int, unit: str, plural: bool) -> None:
    assert read(values.ShelfLife, f" {number} {unit}{'s' * plural}") == Period(number, unit)  # type: ignore[arg-type]


def test_a_period_may_be_written_in_vietnamese() -> None:
    written = ("48 giờ", "30 ngày", "2 tuần", "12 tháng", "2 năm")
    assert [read(values.ShelfLife, one).unit for one in written] == ["hour", "day", "week", "month", "year"]
    assert read(values.ShelfLife, Period(2, "year")) == Period(2, "year")


@pytest.mark.parametrize("value", [12, "12", "months", "12 tép", "1.5 years", "-1 day", "12 months khô", None])
def test_what_is_no_period_is_refused(value: object) -> None:
    assert refusal(values.ShelfLife, value) == "period-form"


# --- quantities and money ---------------------------------------------------------------------------------


@given(st.decimals("0.01", 10**6, places=2), st.sampled_from(("g", "kg", "ml", "l", "m2", "piece", "pieces", "PAIR")))
def test_a_quantity_keeps_the_digits_it_was_written_with(number: Decimal, unit: str) -> None:
    quantity = read(values.NetQuantity, f"{number} {unit}")
    assert str(quantity.number) == str(number)
    assert quantity.unit == unit.lower().removesuffix("s")


def test_a_quantity_takes_vietnamese_units_and_the_comma() -> None:
    written = ("0,5 lít", "200gam", "12 quả", "2 đôi", "3 m²", "1 set")
    assert [(str(one.number), one.unit) for one in (read(values.NetQuantity, each) for each in written)] == [
        *(("0.5", "l"), ("200", "g"), ("12", "piece"), ("2", "pair"), ("3", "m2"), ("1", "set"))
    ]
    assert read(values.NetQuantity, Quantity(Decimal(1), "g")) == Quantity(Decimal(1), "g")


@pytest.mark.parametrize(
    "value",
    [
        200,
        "200",
        "g",
        "200 tép",
        "1.200,5 g",
        "-1 g",
        "200 g hộp",
        "0 g",
        "0.00 kg",
        "9" * 5000 + " g",
        "12345678 g",
        None,
    ],
)
def test_what_is_no_quantity_is_refused(value: object) -> None:
    assert refusal(values.NetQuantity, value) == "quantity-form"


def test_a_price_is_whole_dong() -> None:
    assert read(values.Dong, 250000) == 250000
    assert {refusal(values.Dong, one) for one in (250.0, "250000", 0, -1, True, None)} == {"price-form"}


def test_a_price_is_one_that_somebody_may_pay() -> None:
    assert read(values.Dong, 10**9) == 10**9
    assert refusal(values.Dong, 10**9 + 1) == refusal(values.Dong, 10**40) == "number-range"
    assert refused_words(values.Dong, 10**10) == {"bound_vi": "không quá", "bound_en": "at most", "limit": 10**9}


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_barcode_with_its_check_digit_is_taken_and_with_any_other_refused(digits: str) -> None:
    right = gtin_check_digit(digits)
    assert read(values.Gtin, digits + right) == digits + right
    for wrong in set("0123456789") - {right}:
        assert refused_words(values.Gtin, digits + wrong) == {"digit": right}


def test_known_barcodes_are_right() -> None:
    for known in ("4006381333931", "96385074", "036000291452", 8930000000002, "893 0000-000002"):
        assert read(values.Gtin, known) == str(known).replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    "value", ["893", "12345678901", "8" * 15, "89300000000O2", "８９３００００００００００", True, 1.5, None]
)
def test_what_is_no_barcode_is_refused(value: object) -> None:
    assert refusal(values.Gtin, value) == "gtin-form"


def test_alcohol_is_a_percentage_or_said_to_be_unknown() -> None:
    assert [read(values.Alcohol, one) for one in (29.5, 30, 96, "unknown")] == [29.5, 30.0, 96.0, "unknown"]
    assert {refusal(values.Alcohol, one) for one in (0, -1, 96.5)} == {"number-range"}
    assert {refusal(values.Alcohol, one) for one in ("29,5", True, "không rõ")} == {"number-expected"}


# --- ways to reach somebody -------------------------------------------------------------------------------


@given(st.sampled_from("35789"), st.text("0123456789", min_size=8, max_size=8), st.sampled_from(("0", "+84", "0084")))
def test_a_mobile_number_is_kept_as_ten_digits(network: str, rest: str, prefix: str) -> None:
    assert read(values.Phone, prefix + network + rest) == "0" + network + rest


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("(0227) 3 123-456", "02273123456"),
        ("+84 227 3123 456", "02273123456"),
        ("1900 1234", "19001234"),
        (19001234, "19001234"),
    ],
)
def test_a_phone_number_may_be_written_as_people_write_it(written: object, kept: str) -> None:
    assert read(values.Phone, written) == kept


@pytest.mark.parametrize(
    "value", [912345678, "0612345678", "091234567", "09123456789", "1800", True, None, "０９１２３４５６７８"]
)
def test_what_is_no_vietnamese_phone_number_is_refused(value: object) -> None:
    assert refusal(values.Phone, value) == "phone-form"


@pytest.mark.parametrize("value", ["http://toiden.vn", "https://a.vn/đường?x=1#y", " https://a.vn "])
def test_a_web_address_is_kept(value: str) -> None:
    assert read(values.Url, value) == value.strip()


@pytest.mark.parametrize(
    "value",
    ["www.toiden.vn", "javascript:alert(1)", "https://", "https://localhost", "https://a.vn/ b", "http://[a", 5],
)
def test_what_is_no_web_address_is_refused(value: object) -> None:
    assert refusal(values.Url, value) == "url-form"


def test_an_address_for_letters_has_a_name_and_a_place() -> None:
    assert read(values.Email, " toi.den@a-b.com.vn ") == "toi.den@a-b.com.vn"
    assert {refusal(values.Email, one) for one in ("toiden.vn", "a@b", "a b@c.vn", "tỏi@a.vn", 5)} == {"email-form"}


def test_a_picture_is_named_by_its_file_alone() -> None:
    assert read(values.PhotoName, "hộp 200g.jpg") == "hộp 200g.jpg"
    assert {refusal(values.PhotoName, one) for one in ("a/b.jpg", "..\\b.jpg", ".b.jpg")} == {"photo-name"}
    assert refusal(values.PhotoName, 5) == "text-expected"


@pytest.mark.parametrize("written", [[0.5, 0.3], [0, 1]])
def test_a_focus_is_two_shares(written: list[float]) -> None:
    assert TypeAdapter(Focus).validate_python(written) == tuple(written)


@pytest.mark.parametrize(
    "written", [[0.5], [0, 5, 0, 3], [50, 10], "top", 0.5, None, [True, 0], ["0,5", "0,3"], [-0.1, 0]]
)
def test_anything_else_is_no_focus(written: object) -> None:
    with pytest.raises(ValidationError, match="focus-form"):
        TypeAdapter(Focus).validate_python(written)
