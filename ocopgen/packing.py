"""Values of ours as bytes, to be kept between builds or sent to another process, and back.

Bytes that were tampered with can give wrong values, but run nothing: only our own kinds of values and dates are made.
"""

from __future__ import annotations

import io
import pickle
from functools import cache
from importlib import import_module
from typing import Any


class Unpackable(ValueError):
    """Bytes that are no packed value of this version."""


def pack(value: object) -> bytes:
    """A value of plain parts and our own classes; equal values may give other bytes."""
    return pickle.dumps(value, protocol=5)


def unpack(raw: bytes) -> Any:
    """The value again. Raises `Unpackable`."""
    try:
        return _Unpacker(io.BytesIO(raw)).load()
    except Exception as fault:  # damaged bytes make pickle raise whatever they happen to mean
        raise Unpackable(str(fault)) from fault


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _kind(module, name)


_OTHERS = {("datetime", "date"), ("decimal", "Decimal")}


@cache
def _kind(module: str, name: str) -> Any:
    """A class by its name; no function, and nothing that is not ours or a plain value."""
    if module.startswith("ocopgen.") or (module, name) in _OTHERS:
        found = getattr(import_module(module), name)
        if isinstance(found, type):
            return found
    raise Unpackable(f"{module}.{name}")
