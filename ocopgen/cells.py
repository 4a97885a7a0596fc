"""One cell of a list ↔ a value as an entry's YAML holds it, by the kind of field: what people write is understood.

Reading judges nothing: what it cannot read it gives on as it is, and the model refuses it with its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from ocopgen.model import VIETNAMESE_CHOICES, Month
from ocopgen.text import Text, fold, slug
from ocopgen.values import (
    Alcohol,
    Day,
    Dong,
    Email,
    Gtin,
    NetQuantity,
    Phone,
    ShelfLife,
    Stars,
    Url,
    When,
)
from ocopgen.wording import Line, Summary, Words
from ocopgen.workbook import Cell

Choices = Mapping[str, str]
"""The words for each choice of a field."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of value is read from a cell and shown in one. Of a `many` each stands on a line of its own."""

    read: Callable[[Cell], Any]
    show: Callable[[Any], Cell] = str
    many: bool = False
    choices: tuple[str, ...] = ()


_NOTHING = re.compile(r"[\s\-–—_.…/]*")
"""What people write into a cell to say that there is nothing."""


def said(cell: Cell) -> Cell:
    """A cell without the space around its words; `None` where it says nothing."""
    if not isinstance(cell, str):
        return cell
    return None if _NOTHING.fullmatch(cell) else cell.strip(" \t\u00a0\u200b\ufeff")


def form_of(info: FieldInfo) -> Form | None:
    """The form of a field; none where its value does not fit into a cell, or names another entry."""
    whole = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return _form(whole)


def _form(annotation: Any) -> Form | None:
    for known, form in _FORMS:
        if annotation == known:
            return form
    if get_origin(annotation) is Annotated:
        return _form(get_args(annotation)[0])
    parts = [one for one in get_args(annotation) if one is not type(None)]
    if get_origin(annotation) is Literal:
        return _choice(tuple(map(str, parts)))
    if get_origin(annotation) is tuple:
        one = _form(parts[0])
        return one and _many(one)
    return _form(parts[0]) if len(parts) == 1 and type(None) in get_args(annotation) else None


# --- words and numbers ------------------------------------------------------------------------------------


def _as_words(cell: Cell) -> object:
    """Words; a number is the words that were meant where a spreadsheet made it one."""
    return str(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


def _text(value: Text) -> str:
    return value.source


def _on_one_line(read: Callable[[Cell], object]) -> Callable[[Cell], object]:
    def words(cell: Cell) -> object:
        found = read(cell)
        return " ".join(found.split()) if isinstance(found, str) else found

    return words


def _whole(cell: Cell) -> object:
    """A whole number, with a word before or behind it: `Năm 2021`."""
    found = re.fullmatch(r"\D*?([0-9]{1,9})\.?", cell.strip()) if isinstance(cell, str) else None
    return int(found[1]) if found else cell


def _decimal(cell: Cell) -> object:
    """`84,5`, `84.5 điểm`, `29,5% vol`."""
    found = re.fullmatch(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:%|°|º|điểm|points?|độ)?\s*(?:vol\.?|cồn)?", _low(cell))
    if not found:
        return cell
    number = float(found[1].replace(",", "."))
    return int(number) if number.is_integer() else number


def _alcohol(cell: Cell) -> object:
    return "unknown" if fold(str(cell)) in ("unknown", "chua ro", "khong ro") else _decimal(cell)


def _low(cell: Cell) -> str:
    return cell.strip().lower() if isinstance(cell, str) else ""


def _yes(cell: Cell) -> object:
    word = fold(str(cell)).strip()
    if word in ("co", "x", "yes", "true", "1", "dung"):
        return True
    return False if word in ("khong", "no", "false", "0") else cell


_STAR = re.compile(r"(?:ocop|hang|dat|xep hang|rank|\s)*([1-9]|[*★⭐✭✰]{1,9})(?:[*★]|sao|stars?|ocop|\ufe0f|☆|\s)*")
_WORDS = {"ba sao": 3, "bon sao": 4, "nam sao": 5}


def _stars(cell: Cell) -> object:
    """`4`, `4 sao`, `★★★★☆`, `Hạng 4*`; a potential is no star, and stays words."""
    if not isinstance(cell, str):
        return cell
    word = re.sub(r"(?<=[★⭐])\ufe0f", "", fold(cell).strip())
    found = _STAR.fullmatch(word)
    if not found:
        return _WORDS.get(word, cell)
    return int(found[1]) if found[1].isdigit() else len(found[1])


# --- days -------------------------------------------------------------------------------------------------

_DAY = re.compile(r"(?:ngày\s*)?([0-9]{1,2})\s*(?:[/.-]|tháng)\s*([0-9]{1,2})\s*(?:[/.-]|năm)\s*([0-9]{4})")
_MONTH = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*(?:[/.-]|năm)\s*([0-9]{4})")
_SERIAL = range(36526, 73051)
"""The days of this century as Excel counts them, for a day whose cell lost its format."""


def a_day(cell: Cell) -> object:
    """A day as Excel keeps it, or as people write it: day before month, `26/04/2022`, `ngày 26 tháng 4 năm 2022`."""
    if isinstance(cell, int) and cell in _SERIAL:
        return date(1899, 12, 30) + timedelta(cell)
    word = re.sub(r"[t ]00:00(:00)?$", "", _low(cell))
    found = _DAY.fullmatch(word)
    day, month, year = map(int, found.groups()) if found else (0, 0, 0)
    iso = f"{year:04}-{month:02}-{day:02}" if found else word
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return cell if isinstance(cell, date | bool) or cell is None else str(cell)


def _moment(cell: Cell) -> object:
    """A year, a month or a day."""
    if isinstance(cell, date):
        return cell.isoformat()
    found = _MONTH.fullmatch(_low(cell))
    if found:
        return f"{found[2]}-{int(found[1]):02}"
    day = a_day(cell)
    return day.isoformat() if isinstance(day, date) else str(_whole(cell))


# --- money, phones, codes ---------------------------------------------------------------------------------

_PRICE = re.compile(r"([0-9][0-9.,\s]*)\s*(k|nghìn|ngàn|triệu|tr)?\s*(?:đồng|đ|vnđ|vnd|₫|d)?\s*(?:/\s*[^0-9]+)?\.?")
_TIMES = {"k": 1000, "nghìn": 1000, "ngàn": 1000, "triệu": 1_000_000, "tr": 1_000_000}


def _price(cell: Cell) -> object:
    """`250.000 đ`, `250,000 VNĐ/hộp`, `250 nghìn`, `1,2 triệu`: whole dong."""
    found = _PRICE.fullmatch(re.sub(r"^vn[dđ]\s*", "", _low(cell).replace("\u00a0", " ")))
    if not found:
        return cell
    digits = re.sub(r"\s", "", found[1]).rstrip(".,")
    if found[2]:
        amount = float(digits.replace(",", ".")) if re.fullmatch(r"[0-9]+([.,][0-9]{1,3})?", digits) else -1
        return round(amount * _TIMES[found[2]]) if amount >= 0 else cell
    grouped = re.fullmatch(r"[0-9]{1,3}(?:([.,])[0-9]{3})*(?:(?!\1)[.,]00?)?|[0-9]+", digits)
    return int(re.sub(r"(?<=[.,][0-9]{3})[.,]00?$|[.,](?=[0-9]{3})", "", digits)) if grouped else cell


_NO_ZERO = re.compile(r"[35789][0-9]{8}|2[0-9]{9}")
"""A phone that a spreadsheet took for a number: its first zero is gone."""


def _phone(cell: Cell) -> object:
    word = re.sub(r"\([^()0-9]*\)|^\W*(đt|sđt|tel|phone|di động|hotline|điện thoại)\b\W*", "", _low(_as_words(cell)))  # type: ignore[arg-type]
    digits = re.sub(r"[^0-9+]", "", word)
    if re.search(r"[^\W0-9_]", word):
        return cell
    return f"0{digits}" if _NO_ZERO.fullmatch(digits) else digits or cell


def _phones(cell: Cell) -> object:
    """Phones of one cell, parted by anything that parts numbers."""
    words = re.split(r"[;,/|\n]| - | – |\bhoặc\b|\bvà\b", cell) if isinstance(cell, str) else [cell]
    return tuple(_phone(said(one)) for one in words if said(one) is not None)


def _digits(cell: Cell) -> object:
    return str(cell) if isinstance(cell, int) else cell


# --- choices and lists ------------------------------------------------------------------------------------


def _choice(names: tuple[str, ...]) -> Form:
    known = by_word(names, {})
    return Form(lambda cell: known.get(slug(str(cell)), cell), str, choices=names)


def by_word(names: Collection[str], *words: Choices) -> dict[str, str]:
    """The choices by the slugs of all that means them: their names, the words for them, and what people write."""
    found = {word: name for word, name in VIETNAMESE_CHOICES.items() if name in names}
    found |= {slug(said): name for one in words for name, said in one.items()}
    return found | {slug(name): name for name in names}


_KINDS = (
    (r"(?:tổ hợp tác|tht)\b", "cooperative-group"),
    (r"(?:hợp tác xã|htx|liên hiệp htx)\b", "cooperative"),
    (r"(?:công ty|cty|doanh nghiệp|dntn|dn)\b", "enterprise"),
    (r"(?:hộ kinh doanh|hkd|hộ sản xuất|hộ gia đình|hộ ông|hộ bà|hộ)\b", "household"),
    (r"trang trại\b", "farm"),
    (r"(?:hội|hiệp hội)\b", "association"),
)


def kind_of(name: str) -> str:
    """The kind of a producer, where its name begins with it; a workshop (`cơ sở`) may be of any kind."""
    low = name.strip().lower()
    return next((kind for pattern, kind in _KINDS if re.match(pattern, low)), "unknown")


def _many(one: Form) -> Form:
    def read(cell: Cell) -> object:
        words = re.split(r"\n" if "\n" in cell else r"[;\n]", cell) if isinstance(cell, str) else [cell]
        return tuple(one.read(word) for word in map(said, words) if word is not None)

    def show(values: tuple[Any, ...]) -> Cell:
        shown = [str(one.show(value)) for value in values]
        end = "\n" if len(shown) == 1 and ";" in shown[0] else ""  # so that it is not taken for two
        return "\n".join(shown) + end or None

    return Form(read, show, many=True, choices=one.choices)


def _season(cell: Cell) -> object:
    """`9, 10, 11`, `tháng 9 - 11`, `quanh năm`."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return (cell,)
    word = fold(str(cell)).replace("thang", " ")
    if word.strip() in ("quanh nam", "all year"):
        return tuple(range(1, 13))
    months: list[object] = []
    for part in filter(str.strip, re.split(r"[,;\n]|\bva\b", word)):
        span = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:(?:-|–|den)\s*([0-9]{1,2}))?\s*", part)
        if not span:
            return (cell,)
        first, last = int(span[1]), int(span[2] or span[1])
        months += range(first, last + 1) if first <= last else [*range(first, 13), *range(1, last + 1)]
    return tuple(months)


def _months(values: tuple[int, ...]) -> Cell:
    return ", ".join(map(str, values)) or None


def _shown_number(value: float) -> Cell:
    return int(value) if float(value).is_integer() else value


def _shown_alcohol(value: float | str) -> Cell:
    return value if isinstance(value, str) else _shown_number(value)


def _flag(value: bool) -> Cell:
    return "x" if value else None


_ONE_LINE = Form(_on_one_line(_as_words))
_FORMS: tuple[tuple[Any, Form], ...] = (
    (Words, Form(_on_one_line(_as_words), _text)),
    (Summary, Form(_on_one_line(_as_words), _text)),
    (Text, Form(_on_one_line(_as_words), _text)),
    (Line, _ONE_LINE),
    (Url, _ONE_LINE),
    (Email, _ONE_LINE),
    (Stars, Form(_stars, int)),
    (Day, Form(a_day, lambda day: day)),
    (When, Form(_moment, str)),
    (ShelfLife, Form(_as_words, lambda period: f"{period.number} {period.unit}")),
    (NetQuantity, Form(_as_words, lambda quantity: f"{quantity.number} {quantity.unit}")),
    (Dong, Form(_price, int)),
    (Gtin, Form(_digits)),
    (Alcohol, Form(_alcohol, _shown_alcohol)),
    (Phone, Form(_phone)),
    (tuple[Phone, ...], Form(_phones, lambda phones: "\n".join(phones) or None, many=True)),
    (tuple[Month, ...], Form(_season, _months)),
    (int, Form(_whole, int)),
    (float, Form(_decimal, _shown_number)),
    (bool, Form(_yes, _flag)),
)
"""The form of each kind of value; lists and choices are made of these."""
