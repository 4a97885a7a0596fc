"""What is told besides: no key of it takes the place of a written field."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from ocopgen.model import KINDS, Value
from ocopgen.open_fields import BESIDES
from ocopgen.telling import names_of


@pytest.mark.parametrize("model", BESIDES, ids=lambda one: str(one.__name__))
def test_no_key_is_told_twice(model: type[BaseModel]) -> None:
    assert not {*names_of(model)} & {*names_of(BESIDES[model])}


def test_something_is_told_besides_of_every_kind() -> None:
    assert {*KINDS.values()} <= BESIDES.keys()


@pytest.mark.parametrize("model", BESIDES.values(), ids=lambda one: str(one.__name__))
def test_every_field_has_its_names_in_both_languages(model: type[Value]) -> None:
    for info in model.model_fields.values():
        assert isinstance(info.json_schema_extra, dict)
        assert info.json_schema_extra["vi"]
        assert info.json_schema_extra["en"]
