"""Values as JSON, and the rules for them: what is told is what the rules say, whatever kind of value it is."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft7Validator

from ocopgen.model import Certificate, News, Product, Recognition, Status, Value, field
from ocopgen.telling import properties, rules, told, written
from ocopgen.text import Lang, Text
from ocopgen.values import Moment, Period, Quantity
from ocopgen.wording import Words

VI, EN = Lang("vi"), Lang("en")
NAME = Text.of({VI: "Gạo", EN: "Rice"})


@pytest.mark.parametrize(
    ("value", "annotation", "expected"),
    [
        ("Gạo", str, "Gạo"),
        (3, int, 3),
        (84.5, float, 84.5),
        (True, bool, True),
        (date(2026, 11, 23), date, "2026-11-23"),
        (Moment(2025, 3), Moment, "2025-03"),
        (Moment(2025), Moment, "2025"),
        (NAME, Text, {"vi": "Gạo", "en": "Rice"}),
        (Period(12, "month"), Period, {"number": 12, "unit": "month"}),
        (Quantity(Decimal("0.50"), "l"), Quantity, {"number": 0.5, "unit": "l"}),
        (Quantity(Decimal("500"), "ml"), Quantity, {"number": 500, "unit": "ml"}),
        (Status.ENDING, Status, "ending"),
        ((NAME, NAME), tuple[Words, ...], [{"vi": "Gạo", "en": "Rice"}] * 2),
        ("unknown", Product.model_fields["alcohol"].annotation, "unknown"),
        (29.5, Product.model_fields["alcohol"].annotation, 29.5),
        (3, Recognition.model_fields["stars"].annotation, 3),
        ((9, 10), Product.model_fields["season"].annotation, [9, 10]),
    ],
)
def test_a_value_is_told_as_its_rules_say(value: object, annotation: Any, expected: object) -> None:
    found = told(value)
    assert found == expected
    assert type(found) is type(expected)
    Draft7Validator(rules(annotation)).validate(json.loads(json.dumps(found)))


@pytest.mark.parametrize(
    ("annotation", "wrong"),
    [
        (date, "23/11/2026"),
        (Moment, "2025-3"),
        (Text, {}),
        (Text, "Gạo"),
        (Period, {"number": 12}),
        (Status, "current"),
        (Recognition.model_fields["stars"].annotation, 6),
        (tuple[str, ...], "một"),
        (int, 2.5),
    ],
)
def test_the_rules_refuse_what_is_never_told(annotation: Any, wrong: object) -> None:
    assert not Draft7Validator(rules(annotation)).is_valid(wrong)


def test_keys_are_those_of_files_and_what_is_empty_is_left_out() -> None:
    one = Certificate.model_validate({"name": "VietGAP", "to": date(2027, 1, 1)})
    assert told(one) == {"name": "VietGAP", "to": "2027-01-01"}


def test_an_entry_begins_with_its_id_and_stands_in_the_order_of_its_file() -> None:
    news = News(id="tin", name=NAME, summary=NAME, date=date(2026, 1, 1), updated=date(2026, 1, 2))
    assert [*told(news)] == ["id", "name", "summary", "date", "updated"]


class Bool(Value):
    """A value whose truth says something."""

    sure: bool = field("Chắc", "Sure")


def test_a_no_is_told_where_it_must_be_said_and_left_out_where_it_goes_without_saying() -> None:
    assert told(Bool(sure=False)) == {"sure": False}
    news = News(id="tin", name=NAME, summary=NAME, date=date(2026, 1, 1))
    assert "draft" not in told(news)
    assert told(news.model_copy(update={"draft": True}))["draft"] is True


def test_more_is_told_behind_and_what_is_never_told_is_not() -> None:
    news = News(id="tin", name=NAME, summary=NAME, date=date(2026, 1, 1), tags=("x",))
    found = told(news, lambda one: Bool(sure=True) if one is news else None, frozenset({"tags"}))
    assert [*found] == ["id", "name", "summary", "date", "sure"]


def test_a_key_is_always_there_where_the_field_is_needed() -> None:
    found = {key: (rules.get("title"), needed) for key, rules, needed in properties(Product, frozenset({"photos"}))}
    assert found["id"] == (None, True)
    assert found["summary"] == ("Giới thiệu ngắn / Summary", True)
    assert found["trace"] == ("Truy xuất nguồn gốc / Traceability", False)
    assert "photos" not in found


def test_a_file_has_a_line_for_each_thing_and_no_markup() -> None:
    raw = written({"kind": "x", "entry": {"name": "<b>", "no": []}, "list": [{"a": 1}, {"a": 2}], "none": []})
    assert raw.decode() == (
        '{\n"kind": "x",\n"entry": {\n "name": "\\u003cb>",\n "no": []\n},\n'
        '"list": [\n {"a":1},\n {"a":2}\n],\n"none": []\n}\n'
    )
    assert json.loads(raw)["entry"]["name"] == "<b>"
