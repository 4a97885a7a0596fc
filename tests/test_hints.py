"""Hints: each is that of a field, in both languages, and its example is taken where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from editors import VI, strings
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from ocopgen.document import read_data
from ocopgen.field_list import written
from ocopgen.hints import HINTS
from ocopgen.keys import OUTSIDE_YAML, submodel
from ocopgen.model import KINDS, Value
from ocopgen.reference import DATA_FILES
from ocopgen.schema import Property, files


def models(model: Any) -> Iterator[type[Value]]:
    """A model and those inside it."""
    yield model
    for name, info in model.model_fields.items():
        inner = submodel(info.annotation)
        if inner is not None and name not in OUTSIDE_YAML:
            yield from models(inner)


MODELS = {one.__name__: one for top in (*KINDS.values(), *DATA_FILES.values()) for one in models(top)}
PROPERTIES = [(name, one) for file in files(strings()) for name, part in file.parts.items() for one in part]


def field_of(model: type[Value], key: str) -> FieldInfo:
    return next(info for name, info in model.model_fields.items() if key in (name, info.alias))


def test_a_hint_is_that_of_a_field() -> None:
    declared = {
        info.json_schema_extra["declared"]
        for model in MODELS.values()
        for info in model.model_fields.values()
        if isinstance(info.json_schema_extra, dict)
    }
    assert HINTS.keys() <= declared
    assert {"Entry.name", "Province.name", "District.kind"} <= declared


def test_a_field_that_every_entry_has_is_told_of_once() -> None:
    assert {id(one.hint) for name, one in PROPERTIES if one.key == "was"} == {id(HINTS["Entry.was"])}


@pytest.mark.parametrize(
    ("model", "one"),
    [(name, one) for name, one in PROPERTIES if one.example is not None and not name.endswith("Words")],
    ids=lambda one: one.key if isinstance(one, Property) else one,
)
def test_an_example_is_taken_as_it_is_shown(model: str, one: Property) -> None:
    document, faults = read_data("x.yml", f"{one.key}: {written(one.example)}\n".encode())
    assert document is not None, faults
    info = field_of(MODELS[model], one.key)
    taker = TypeAdapter[Any](Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)
    assert taker.validate_python(document.data[one.key], strict=True, context={"lang": VI, "langs": ("vi", "en")})


def test_every_field_of_an_entry_has_an_example_or_leads_to_what_it_is_made_of() -> None:
    parts = [part for file in files(strings()) if file.name in KINDS for part in file.parts.values()]
    assert {one.key for part in parts for one in part if one.example is None and one.part is None} == set()
