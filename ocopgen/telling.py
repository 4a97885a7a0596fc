"""Values of the model as JSON tells them, and what JSON Schema says of that: both from one table of kinds of values.

A field is told under its key, in the order of its file. What is empty is left out, so that a key that is there says
something. A value that JSON lacks is told in words with a form: a day as `2026-11-23`; words as what they are in each
language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ocopgen.keys import in_order
from ocopgen.model import Entry
from ocopgen.text import Text
from ocopgen.values import Moment

Node = dict[str, Any]
"""A piece of JSON, or of JSON Schema."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: how it is told (None: as it is), and the rules for that."""

    tell: Callable[[Any], Any] | None
    rules: Node


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_IN_LANGUAGES = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}

_KINDS: Mapping[type, Kind] = {
    bool: Kind(None, {"type": "boolean"}),
    int: Kind(None, {"type": "integer"}),
    float: Kind(None, {"type": "number"}),
    str: Kind(None, {"type": "string"}),
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
        return value if kind.tell is None else kind.tell(value)
    if isinstance(value, tuple):
        return [told(one, more, never) for one in value]
    if isinstance(value, BaseModel):
        return _fields(value, more, never)
    if isinstance(value, Enum):
        return value.value
    return {one.name: told(getattr(value, one.name), more, never) for one in fields(value)}


def _fields(value: BaseModel, more: More, never: frozenset[str]) -> Node:
    keys, values_of = _told_of(type(value), never)
    found = {
        key: told(inner, more, never)
        for (key, default), inner in zip(keys, values_of(value), strict=True)
        if not (inner is None or inner == () or (inner is False and default is False))
    }
    extra = more(value)
    return found if extra is None else {**found, **_fields(extra, more, never)}


@cache
def _told_of(
    model: type[BaseModel], never: frozenset[str]
) -> tuple[tuple[tuple[str, Any], ...], Callable[[object], tuple[object, ...]]]:
    """The keys of the fields that are told, each with what it is where nobody says, and what gives their values."""
    names = tuple(name for name in names_of(model) if name not in never)
    infos = [model.model_fields[name] for name in names]
    keys = tuple((info.alias or name, info.default) for name, info in zip(names, infos, strict=True))
    return keys, attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, one) for one in names)


def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model as they are told: those of an entry in the order of its file, behind its id."""
    return ("id", *in_order(model)) if issubclass(model, Entry) else tuple(model.model_fields)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def written(values: Node) -> bytes:
    """A file of JSON: each key on top and each item of what is in it has a line, so that a change of one is seen.

    There is no markup in it, whoever opens it.
    """
    rows = ",\n".join(f'"{key}": {_row(one)}' for key, one in values.items())
    return f"{{\n{rows}\n}}\n".replace("<", "\\u003c").encode()


def _row(value: Any) -> str:
    if not value or not isinstance(value, list | dict):
        return _encoded(value)
    if isinstance(value, list):
        return "[\n " + ",\n ".join(map(_encoded, value)) + "\n]"
    return "{\n " + ",\n ".join(f"{_encoded(key)}: {_encoded(one)}" for key, one in value.items()) + "\n}"


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
    for name, info in _infos(model, never):
        needed = name == "id" or (info.is_required() and not _mentions_tuple(info.annotation))
        yield info.alias or name, {**_title(info.json_schema_extra), **rules(info.annotation)}, needed


def _infos(model: type[BaseModel], never: frozenset[str]) -> Iterator[tuple[str, FieldInfo]]:
    return ((name, model.model_fields[name]) for name in names_of(model) if name not in never)


def _mentions_tuple(annotation: Any) -> bool:
    """Whether a value may be a list, which is left out where it is empty."""
    return get_origin(annotation) is tuple


def _title(names: Any) -> Node:
    """What a field is called, once where that is the same in both languages; nothing for an id, which has no name."""
    return {"title": " / ".join(dict.fromkeys((names["vi"], names["en"])))} if names else {}


def parts(model: type[BaseModel], never: frozenset[str] = frozenset()) -> Iterator[type[BaseModel]]:
    """The models that the values of a model are made of."""
    for _, info in _infos(model, never):
        yield from _models(info.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)
