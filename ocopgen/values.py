"""The small values of a field, each checked where it is read: dates, prices, phones, barcodes, addresses.

A type here is what pydantic validates and what the facts table formats. A value that is not taken raises a
`PydanticCustomError` whose type is a code of `messages.MESSAGES`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator

from ocopgen import notation
from ocopgen.notation import CHEAPEST, DEAREST, EARLIEST_YEAR, LATEST_YEAR, STRONGEST
from ocopgen.text import slug
from ocopgen.wording import refuse, written

# --- references -------------------------------------------------------------------------------------------


def _slug_form(value: object) -> str:
    words = written(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", words):
        refuse("slug-form", slug=slug(words))
    return words


Slug = Annotated[str, BeforeValidator(_slug_form), notation.SLUG]


def _star_number(value: object) -> object:
    if isinstance(value, str) and value.strip() in ("3", "4", "5"):
        refuse("number-expected")
    return value


Stars = Annotated[Literal[3, 4, 5], BeforeValidator(_star_number)]


# --- time -------------------------------------------------------------------------------------------------


def _day(value: object) -> date:
    day = _iso_day(value.strip()) if isinstance(value, str) else value
    if not isinstance(day, date):
        refuse("date-expected", **_near_day(value))
    _bound(day.year)
    return day


def _bound(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        refuse("date-year", year=year)


def _iso_day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words) else None
    except ValueError:
        return None


def _near_day(value: object) -> dict[str, object]:
    """The end of the mend: the day that is meant, or that the calendar lacks it."""
    parts = _day_parts(value)
    if parts is None:
        return {"near_vi": "", "near_en": ""}
    meant = _iso_day(parts)
    if meant is None:
        return {"near_vi": "; ngày này không có trong lịch", "near_en": "; the calendar has no such day"}
    return {"near_vi": f": {meant}", "near_en": f": {meant}"}


def _day_parts(value: object) -> str | None:
    """`26/04/2022` and `2022-4-26` as ISO writes days, whether or not there is such a day."""
    parts = re.findall(r"[0-9]+", value) if isinstance(value, str) else []
    if list(map(len, parts)) in ([1, 1, 4], [1, 2, 4], [2, 1, 4], [2, 2, 4]):
        parts.reverse()
    if len(parts) != 3 or len(parts[0]) != 4 or max(map(len, parts)) > 4:
        return None
    year, month, day = map(int, parts)
    return f"{year:04}-{month:02}-{day:02}"


def meant_day(value: object) -> date | None:
    """The day that somebody wrote in another form, and nothing else: Vietnamese write the day before the month."""
    parts = _day_parts(value) if isinstance(value, str) and _A_DAY.fullmatch(value.strip().lower()) else None
    return _iso_day(parts) if parts else None


_A_DAY = re.compile(
    r"(?:ngày )?[0-9]{1,2}(?: ?([/.-]) ?[0-9]{1,2} ?\1 ?| tháng [0-9]{1,2} năm )[0-9]{4}"
    r"|[0-9]{4}([/.-])[0-9]{1,2}\2[0-9]{1,2}"
)


Day = Annotated[date, BeforeValidator(_day), notation.DAY]


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as sources give it: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def _moment(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    meant = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", str(value).strip())
    if meant:
        _bound(int(meant[1]))
        return Moment(int(meant[1]), int(meant[2]) if meant[2] else None)
    day = _day(value)
    return Moment(day.year, day.month, day.day)


When = Annotated[Moment, PlainValidator(_moment), notation.MOMENT]

PERIOD_UNITS = {"hour", "day", "week", "month", "year"}
_PERIOD_VI = {"gio": "hour", "ngay": "day", "tuan": "week", "thang": "month", "nam": "year"}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a label gives it: `12 months`."""

    number: int
    unit: Literal["hour", "day", "week", "month", "year"]


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    meant = re.fullmatch(r"\s*([1-9][0-9]{0,3})\s*([^\W\d]+)\s*", value) if isinstance(value, str) else None
    if not meant:
        refuse("period-form")
    word = slug(meant[2])
    unit = _PERIOD_VI.get(word, word.removesuffix("s"))
    if unit not in PERIOD_UNITS:
        refuse("period-form")
    return Period(int(meant[1]), unit)  # type: ignore[arg-type]


ShelfLife = Annotated[Period, PlainValidator(_period), notation.PERIOD]


# --- quantities and money ---------------------------------------------------------------------------------


def _near_price(value: object) -> int:
    """The price that was meant: `85.000`, `85,000 đ` and 85 are 85000."""
    digits = re.sub(r"\D", "", str(value)) if isinstance(value, str) else ""
    meant = round(value * 1000) if isinstance(value, int | float) and 0 < value < CHEAPEST else int(digits or 0)
    return meant if CHEAPEST <= meant <= DEAREST else 250000


def _dong(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < CHEAPEST:
        refuse("price-form", near=_near_price(value))
    if value > DEAREST:
        refuse("number-range", bound_vi="không quá", bound_en="at most", limit=DEAREST)
    return value


Dong = Annotated[int, BeforeValidator(_dong), notation.DONG]

_UNITS = {"g", "kg", "mg", "ml", "l", "cm", "m", "m2", "piece", "pair", "set"}
_UNITS_VI = {"gam": "g", "gram": "g", "lit": "l", "cai": "piece", "chiec": "piece", "qua": "piece", "doi": "pair"}


_QUANTITY = re.compile(r"\s*([0-9]{1,7}(?:[.,][0-9]{1,3})?)\s*([^\W\d]+[2²]?)\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a pack holds: `200 g`. The number keeps the digits it was written with."""

    number: Decimal
    unit: str


def _quantity(value: object) -> Quantity:
    if isinstance(value, Quantity):
        return value
    meant = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if not meant or not re.search("[1-9]", meant[1]):
        refuse("quantity-form")
    word = slug(meant[2].replace("²", "2"))
    unit = word if word in _UNITS else _UNITS_VI.get(word, word.removesuffix("s"))
    if unit not in _UNITS:
        refuse("quantity-form")
    return Quantity(Decimal(meant[1].replace(",", ".")), unit)


NetQuantity = Annotated[Quantity, PlainValidator(_quantity), notation.QUANTITY]


def _gtin(value: object) -> str:
    digits = re.sub(r"[\s-]", "", str(value)) if isinstance(value, str | int) else ""
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        refuse("gtin-form")
    right = gtin_check_digit(digits[:-1])
    if digits[-1] != right:
        refuse("gtin-check", digit=right)
    return digits


def gtin_check_digit(digits: str) -> str:
    """The last digit of a barcode whose other digits are these (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


Gtin = Annotated[str, BeforeValidator(_gtin), notation.GTIN]


# --- ways to reach somebody -------------------------------------------------------------------------------


def phone_digits(value: object) -> str:
    """The digits of a phone, however they are grouped; refuses what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse("phone-form")
    digits = re.sub(r"[\s.()-]", "", str(value))
    digits = re.sub(r"^(\+84|0084)", "0", digits)
    if not re.fullmatch(r"0[35789][0-9]{8}|02[0-9]{9}|1[89]00[0-9]{4,6}", digits):
        refuse("phone-form")
    return digits


def spaced_phone(digits: str) -> str:
    """Digits of a phone in the groups that people read: `0912 345 678`, `0227 312 3456`."""
    if digits.startswith("1"):
        return f"{digits[:4]} {digits[4:]}"
    head, last = (4, 3) if not digits.startswith("02") else (3 if digits.startswith(("024", "028")) else 4, 4)
    return f"{digits[:head]} {digits[head:-last]} {digits[-last:]}"


Phone = Annotated[str, BeforeValidator(phone_digits), notation.PHONE]
"""Digits only, in the form used inside the country: `0912345678`, `02273123456`, `19001234`."""


def _url(value: object) -> str:
    words = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(words)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", words)
    except ValueError:
        good = False
    if not good:
        refuse("url-form")
    return words


Url = Annotated[str, BeforeValidator(_url), notation.URL]


def _email(value: object) -> str:
    words = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", words):
        refuse("email-form")
    return words


Email = Annotated[str, BeforeValidator(_email), notation.EMAIL]


def _photo_name(value: object) -> str:
    words = written(value)
    if "/" in words or "\\" in words or words.startswith("."):
        refuse("photo-name")
    return words


PhotoName = Annotated[str, BeforeValidator(_photo_name), notation.PHOTO_NAME]


def _focus(value: object) -> tuple[float, float]:
    whole = value if isinstance(value, list | tuple) else ()
    shares = [float(one) for one in whole if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(whole) != 2 or len(shares) != 2 or not all(0 <= one <= 1 for one in shares):
        refuse("focus-form")
    return shares[0], shares[1]


Focus = Annotated[tuple[float, float], BeforeValidator(_focus), notation.FOCUS]
"""A point of a picture, as shares of its width from the left and of its height from the top."""


def _alcohol(value: object) -> float | Literal["unknown"]:
    if value == "unknown":
        return "unknown"
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse("number-expected")
    if not 0 < value <= STRONGEST:
        refuse("number-range", bound_vi="lớn hơn 0 và không quá", bound_en="more than 0 and at most", limit=STRONGEST)
    return float(value)


Alcohol = Annotated[float | Literal["unknown"], BeforeValidator(_alcohol), notation.ALCOHOL]
"""Percent of volume; `unknown` says plainly that no source gives it."""
