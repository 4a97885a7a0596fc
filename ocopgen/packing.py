"""Values of ours as bytes, to be kept between builds or sent to another process, and back.

Bytes that were tampered with can give wrong values, but run nothing: only our own kinds of values and dates are made.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any


class Unpackable(ValueError):
    """Bytes that are no packed value of this version."""


def pack(value: object) -> bytes:
    """A value of plain parts and our own classes; equal values may give other bytes."""
    raw = io.BytesIO()
    _Packer(raw, protocol=5).dump(value)
    return raw.getvalue()


def unpack(raw: bytes) -> Any:
    """The value again. Raises `Unpackable`."""
    try:
        return _Unpacker(io.BytesIO(raw)).load()
    except Exception as fault:  # damaged bytes make pickle raise whatever they happen to mean
        raise Unpackable(str(fault)) from fault


class _Packer(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        # What both kinds do by themselves takes twice (models) and five times (dataclasses) as long to unpack.
        kind: Any = type(value)
        values = _values(kind)
        if values is None:
            return NotImplemented
        return (kind, values(value)) if is_dataclass(kind) else (_model, (kind, *values(value)))


@cache
def _values(kind: Any) -> Callable[[object], tuple[object, ...]] | None:
    """What gives the values of a class of ours in the order in which it takes them; none of any other class."""
    if not (is_dataclass(kind) or hasattr(kind, "model_fields")):
        return None
    names = _names(kind)
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass or a model."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else tuple(kind.model_fields)


def _model(kind: Any, *values: object) -> object:
    """A model of values that were valid when it was packed."""
    model = kind.__new__(kind)
    _set(model, "__dict__", dict(zip(_names(kind), values, strict=True)))
    _set(model, "__pydantic_fields_set__", _NOBODY_ASKS)
    _set(model, "__pydantic_extra__", None)
    _set(model, "__pydantic_private__", None)
    return model


_set = object.__setattr__

_NOBODY_ASKS: set[str] = set()
"""Which fields were given and which are defaults; one set for all, as one each would be a sixth of their memory."""


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _kind(module, name)


_OTHERS = {("datetime", "date"), ("decimal", "Decimal")}


@cache
def _kind(module: str, name: str) -> Any:
    """A class by its name: one of our kinds of values, or of the plain ones above."""
    if (module, name) == (__name__, _model.__name__):
        return _model
    if module.startswith("ocopgen.") or (module, name) in _OTHERS:
        found = getattr(import_module(module), name)
        if (module, name) in _OTHERS or (isinstance(found, type) and _is_value(found)):
            return found
    raise Unpackable(f"{module}.{name}")


def _is_value(kind: type[Any]) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum) or hasattr(kind, "model_fields")
