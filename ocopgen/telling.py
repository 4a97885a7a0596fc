"""Values of the model as JSON tells them, and what JSON Schema says of that: both from one table of kinds of values.

A field is told under its key, in the order of its file. What is empty is left out, so that a key that is there says
something. A value that JSON lacks is told in words with a form: a day as `2026-11-23`; words as what they are in each
language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ocopgen.keys import in_order
from ocopgen.model import Entry
from ocopgen.text import Text
from ocopgen.values import Moment

Node = dict[str, Any]
"""A piece of JSON, or of JSON Schema."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: how it is told, and the rules for that."""

    tell: Callable[[Any], Any]
    rules: Node


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_IN_LANGUAGES = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}

_KINDS: Mapping[type, Kind] = {
    bool: Kind(bool, {"type": "boolean"}),
    int: Kind(int, {"type": "integer"}),
    float: Kind(float, {"type": "number"}),
    str: Kind(str, {"type": "string"}),
    Decimal: Kind(_number, {"type": "number"}),
    date: Kind(date.isoformat, {"type": "string", "pattern": f"^{_DAY}$"}),
    Moment: Kind(str, {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
    Text: Kind(lambda text: dict(text.words), _IN_LANGUAGES),
}
"""Every kind of value that is told whole; lists, choices, parts and dataclasses are made of these."""


# --- values -----------------------------------------------------------------------------------------------

More = Callable[[BaseModel], BaseModel | None]
"""What is told of a value besides its own fields, if there is anything."""


def told(value: Any, more: More = lambda value: None, never: frozenset[str] = frozenset()) -> Any:
    """A value as JSON has it; of a value of the model its fields but those that are `never` told, then `more`."""
    kind = _KINDS.get(type(value))
    if kind is not None:
        return kind.tell(value)
    if isinstance(value, tuple):
        return [told(one, more, never) for one in value]
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {one.name: told(getattr(value, one.name), more, never) for one in fields(value)}
    model: type[BaseModel] = type(value)
    found = {
        key: told(inner, more, never)
        for name, key, default in _named(model)
        if name not in never and not _is_empty(inner := getattr(value, name), default)
    }
    extra = more(value)
    return found if extra is None else {**found, **told(extra, more, never)}


@cache
def _named(model: type[BaseModel]) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a model that are told, in order: their names, their keys and what they are where nobody says."""
    names = ("id", *in_order(model)) if issubclass(model, Entry) else tuple(model.model_fields)
    return tuple((name, model.model_fields[name].alias or name, model.model_fields[name].default) for name in names)


def _is_empty(value: object, default: object) -> bool:
    return value is None or value == () or (value is False and default is False)


def on_lines(values: Node) -> bytes:
    """JSON with a line for each value: for files that are read."""
    return _written(json.dumps(values, ensure_ascii=False, indent=1))


def in_rows(values: Node) -> bytes:
    """JSON with a line for each item of the lists on top, so that a change of one is a change of its line."""
    return _written("{\n" + ",\n".join(f'"{key}": {_row(one)}' for key, one in values.items()) + "\n}")


def _row(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    rows = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in value)
    return f"[\n{rows}\n]" if value else "[]"


def _written(words: str) -> bytes:
    """No markup, whoever opens it."""
    return f"{words}\n".replace("<", "\\u003c").encode()


# --- rules ------------------------------------------------------------------------------------------------


def rules(annotation: Any) -> Node:
    """What JSON Schema says of the values of an annotation; models are named as `#/definitions/…`."""
    if get_origin(annotation) is Annotated:
        return rules(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        options = [rules(one) for one in get_args(annotation) if one is not NoneType]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if get_origin(annotation) is Literal:
        return _choice(list(get_args(annotation)))
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": rules(get_args(annotation)[0])}
    if hasattr(annotation, "__supertype__"):
        return rules(annotation.__supertype__)
    if annotation in _KINDS:
        return _KINDS[annotation].rules
    if issubclass(annotation, BaseModel):
        return {"$ref": f"#/definitions/{annotation.__name__}"}
    if issubclass(annotation, Enum):
        return _choice([one.value for one in annotation])
    hints = get_type_hints(annotation)
    return {"type": "object", "required": [*hints], "properties": {name: rules(one) for name, one in hints.items()}}


def _choice(choices: list[Any]) -> Node:
    return {"type": "integer" if isinstance(choices[0], int) else "string", "enum": choices}


def properties(model: type[BaseModel], never: frozenset[str] = frozenset()) -> Iterator[tuple[str, Node, bool]]:
    """The keys that are told of a model, what is said of each, and whether it is always there."""
    for name, key, _ in _named(model):
        info = model.model_fields[name]
        if name not in never:
            yield key, {**_title(info.json_schema_extra), **rules(info.annotation)}, info.is_required() or name == "id"


def _title(names: Any) -> Node:
    """What a field is called, once where that is the same in both languages; nothing for an id, which has no name."""
    return {"title": " / ".join(dict.fromkeys((names["vi"], names["en"])))} if names else {}


def parts(model: type[BaseModel], never: frozenset[str] = frozenset()) -> Iterator[type[BaseModel]]:
    """The models that the values of a model are made of."""
    for name, _, _ in _named(model):
        if name not in never:
            yield from _models(model.model_fields[name].annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)
