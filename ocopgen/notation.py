"""How a value is written: in words and by an example for people, by rules of JSON Schema for editors.

The rules take whatever the validator of the value takes, as an editor reads it: YAML 1.2 makes numbers of `0912`,
`+84912` and `1e5`, which are words to us. What no rule can tell, such as a check digit, they let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import core_schema

EARLIEST_YEAR, LATEST_YEAR = 1800, 2199
"""Outside of these a day is a slip of the finger, and counting on from it may leave the calendar."""

CHEAPEST = 500
"""The smallest price that is believed, in dong: below it thousands are meant."""

DEAREST = 1_000_000_000
"""More dong than any product of the programme costs: a slip of the finger."""

STRONGEST = 96
"""No spirit has more percent of volume."""

SUMMARY_LIMIT = 200
"""Characters of a summary."""


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """How a value is written; it stands beside the value's validator. Without rules those of the type itself hold.

    What is `translated` is written anew in the file of each language.
    """

    vi: str
    en: str
    example: Any = None
    rules: Mapping[str, Any] | None = None
    translated: bool = False

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: Callable[..., Any]) -> Any:
        """The rules, and under `notation` what was said of them to people."""
        return {**(handler(schema) if self.rules is None else self.rules), "notation": self}


def _words(pattern: str) -> dict[str, Any]:
    """The rules of words that have a form, though an editor may take them for a number."""
    return {"type": ["string", "number"], "pattern": pattern}


def _string(pattern: str) -> dict[str, Any]:
    """The rules of words that no editor takes for anything else; spaces around them do not count."""
    return {"type": "string", "pattern": rf"^\s*{pattern}\s*$"}


# --- words ------------------------------------------------------------------------------------------------

_SOME = _words(r"\S")

LINE = Notation("chữ", "words", rules=_SOME)
WORDS = Notation("chữ", "words", rules=_SOME, translated=True)

WORDINGS = Notation(
    "chữ bằng từng ngôn ngữ",
    "words in each language",
    {"vi": "Chủ thể", "en": "Producer"},
    {"type": "object", "properties": {"vi": _SOME, "en": _SOME}, "additionalProperties": _SOME},
)

_GAP, _HIDDEN = r" \t\r\n\f\v\x85\u2028\u2029", r"\u200b\ufeff\u202a-\u202e\u2066-\u2069"
_COUNTED = rf"[{_HIDDEN}]*(?:[^{_GAP}{_HIDDEN}]|[{_GAP}][{_GAP}{_HIDDEN}]*(?![{_GAP}{_HIDDEN}]))"
"""What is left as one character where words are put on one line: a sign, or a gap of any length."""

SUMMARY = Notation(
    f"một câu, không quá {SUMMARY_LIMIT} ký tự",
    f"one sentence of at most {SUMMARY_LIMIT} characters",
    rules=_words(rf"^[{_GAP}{_HIDDEN}]*(?:{_COUNTED}){{1,{SUMMARY_LIMIT}}}[{_GAP}{_HIDDEN}]*$"),
    translated=True,
)

LANG_CODE = Notation("mã ngôn ngữ", "a language code", "vi")

SLUG = Notation(
    "chữ thường không dấu, số và gạch nối",
    "lower-case letters without marks, digits and hyphens",
    "toi-den-truong-an",
    _words(r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$"),
)

PHOTO_NAME = Notation(
    "tên tệp ảnh nằm cùng thư mục",
    "the name of a picture in the same folder",
    "hop-200g.jpg",
    _words(r"^\s*[^\s./\\][^/\\]*$"),
)

# --- time -------------------------------------------------------------------------------------------------

_YEAR, _MONTH, _DAY = "(1[89]|2[01])[0-9]{2}", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"

DAY = Notation(
    "ngày, viết năm-tháng-ngày",
    "a day, written year-month-day",
    "2026-11-23",
    _string(f"{_YEAR}-{_MONTH}-{_DAY}"),
)

MOMENT = Notation(
    "năm, năm-tháng hoặc năm-tháng-ngày",
    "a year, year-month or year-month-day",
    "2025-03",
    {
        **_string(f"{_YEAR}(-{_MONTH}(-{_DAY})?)?"),
        "type": ["string", "integer"],
        "minimum": EARLIEST_YEAR,
        "maximum": LATEST_YEAR,
    },
)

PERIOD = Notation(
    "số và đơn vị: giờ, ngày, tuần, tháng hoặc năm",
    "a number and a unit: hours, days, weeks, months or years",
    "12 tháng",
    _string(r"[1-9][0-9]{0,3}\s*[^\s0-9]+"),
)

MONTH = Notation("tháng, từ 1 đến 12", "a month from 1 to 12", 9)

# --- numbers ----------------------------------------------------------------------------------------------

DONG = Notation(
    "số đồng viết liền, không dấu chấm",
    "dong as one number, without dots",
    250000,
    {"type": "integer", "minimum": CHEAPEST, "maximum": DEAREST},
)

QUANTITY = Notation(
    "số và đơn vị, như g, kg, ml, lít, cái, đôi, bộ",
    "a number and a unit, such as g, kg, ml, l, piece, pair, set",
    "200 g",
    _string(r"[0-9]{1,7}([.,][0-9]{1,3})?\s*[^\s0-9]+[2²]?"),
)

ALCOHOL = Notation(
    "phần trăm thể tích, hoặc unknown nếu không nguồn nào nêu",
    "percent of volume, or unknown where no source gives it",
    29.5,
    {"anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": STRONGEST}, {"const": "unknown"}]},
)

FOCUS = Notation(
    "hai số từ 0 đến 1: phần tính từ mép trái, rồi từ mép trên",
    "two numbers from 0 to 1: the share from the left, then from the top",
    [0.5, 0.3],
    {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 2},
)

GTIN = Notation(
    "8, 12, 13 hoặc 14 chữ số, trong dấu nháy",
    "8, 12, 13 or 14 digits, in quotes",
    "8930000000002",
    {"type": ["string", "integer"], "pattern": r"^[\s-]*([0-9][\s-]*){8}(([0-9][\s-]*){4,6})?$"},
)

COLOUR = Notation("mã màu, trong dấu nháy", "a colour, in quotes", "#2F6B3B")

# --- ways to reach somebody -------------------------------------------------------------------------------


def _spaced(digits: str) -> str:
    """A pattern of digits, with what people put between them: `0[1-9]{2}` also takes `0 1.2`."""
    return re.sub(r"(\[.*?\]|\\.|[0-9])(\{.*?\})?", r"(\1[\\s.()-]*)\2", digits)


_MOBILE, _FIXED, _HOTLINE = "[35789][0-9]{8}", "2[0-9]{9}", "1[89]00[0-9]{4,6}"
_COUNTRY = "|".join(map(_spaced, (r"\+84", "0084", "0")))

PHONE = Notation(
    "số điện thoại Việt Nam, trong dấu nháy",
    "a Vietnamese telephone number, in quotes",
    "0912 345 678",
    _words(rf"^[\s.()-]*(({_COUNTRY})({_spaced(_MOBILE)}|{_spaced(_FIXED)})|{_spaced(_HOTLINE)})$"),
)

URL = Notation(
    "địa chỉ trang web, bắt đầu bằng https://",
    "a web address that begins with https://",
    "https://example.vn/san-pham",
    {"type": "string", "pattern": r"^\W*[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]*\.\S*\s*$"},
)

EMAIL = Notation(
    "địa chỉ thư điện tử",
    "an e-mail address",
    "htx@example.vn",
    _string(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
)
