"""How picture files are built: pieces with a name and a size, and the directories of TIFF, which EXIF is too."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple


class Uncleanable(ValueError):
    """The structure of a picture file cannot be followed, so nobody can say what in it is pixels."""


Order = Literal["little", "big"]
Range = tuple[int, int]
"""Where bytes begin and end."""


def demand(is_sound: bool, trouble: str) -> None:
    """Raises `Uncleanable` with what is wrong, unless all is sound."""
    if not is_sound:
        raise Uncleanable(trouble)


def number_at(raw: bytes, at: int, size: int, order: Order = "big") -> int:
    """A number of so many bytes. Raises `Uncleanable` where the file ends before it."""
    demand(at + size <= len(raw), "the file is cut off")
    return int.from_bytes(raw[at : at + size], order)


class Piece(NamedTuple):
    """Where a piece, its body and what follows it begin."""

    name: bytes
    start: int
    body: int
    end: int


def pieces_of(raw: bytes, start: int, end: int, style: Literal["png", "riff", "box"]) -> Iterator[Piece]:
    """The pieces between two places. Raises `Uncleanable` at one that does not end in time."""
    while start < end:
        body, name = start + 8, raw[start + 4 : start + 8]
        size = number_at(raw, start, 4)
        if style == "riff":
            name, size = raw[start : start + 4], number_at(raw, start + 4, 4, "little")
            stop = body + size + size % 2
        elif style == "png":
            stop = body + size + 4
        else:
            body += 8 if size == 1 else 0
            stop = start + (number_at(raw, start + 8, 8) if size == 1 else size or end - start)
        demand(body <= stop <= end, "a piece without end")
        yield Piece(name, start, body, stop)
        start = stop


class Entry(NamedTuple):
    """An entry of a directory: where its 12 bytes begin, and where its value does, with its size in bytes."""

    tag: int
    kind: int
    start: int
    place: int
    size: int


MAGIC = b"II*\0", b"MM\0*"
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value by its type."""


def byte_order(data: bytes | memoryview) -> Order:
    """The order of bytes of a TIFF, from its first letter."""
    return "little" if data[:1] == b"I" else "big"


def offset_at(data: bytes | memoryview, at: int, order: Order) -> int:
    """An offset; 0, which leads nowhere, where the data ends before it."""
    return int.from_bytes(data[at : at + 4], order) if at + 4 <= len(data) else 0


def entries_at(data: bytes | memoryview, at: int, order: Order, most: int = 1 << 16) -> list[Entry]:
    """The entries of the directory at an offset, as far as the data goes."""
    count = min(int.from_bytes(data[at : at + 2], order), max(0, len(data) - at - 2) // 12, most)
    rows = struct.iter_unpack("<HHII" if order == "little" else ">HHII", data[at + 2 : at + 2 + 12 * count])
    found = []
    for start, (tag, kind, number, offset) in zip(range(at + 2, at + 2 + 12 * count, 12), rows, strict=True):
        size = number * _SIZES.get(kind, 1)
        found.append(Entry(tag, kind, start, start + 8 if size <= 4 else offset, size))
    return found


def values_of(data: bytes, order: Order, one: Entry) -> Iterator[int]:
    """The whole numbers of an entry, as far as the data goes."""
    step, end = _SIZES.get(one.kind, 1), min(one.place + one.size, len(data))
    return (int.from_bytes(data[at : at + step], order) for at in range(one.place, end, step))
