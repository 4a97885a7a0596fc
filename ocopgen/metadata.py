"""A picture file without what it tells about people: its pixels as they were, coded byte for byte.

Only what is known to belong to the pixels is kept.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from ocopgen.container import (
    MAGIC,
    Entry,
    Order,
    Piece,
    Range,
    Uncleanable,
    byte_order,
    demand,
    entries_at,
    number_at,
    offset_at,
    pieces_of,
    values_of,
)
from ocopgen.place import tells_place


def cleaned(raw: bytes, kind: str) -> bytes:
    """The same picture with its pixels, colours, density, orientation and animation, and nothing else.

    Raises `Uncleanable`.
    """
    demand(kind in _CLEANERS, "a kind of picture that is not known")
    clean = _CLEANERS[kind](raw)
    demand(not tells_place(clean, kind), "a place within the pixels")
    return clean


# --- TIFF, and EXIF, which is one -------------------------------------------------------------------------


_ORIENTATION = 0x112


def _least_exif(exif: bytes) -> bytes:
    """EXIF with nothing but the orientation; none where the picture is upright. Browsers ask nothing else for it."""
    exif, order = exif.removeprefix(b"Exif\0\0"), byte_order(exif.removeprefix(b"Exif\0\0"))
    entries = entries_at(exif, offset_at(exif, 4, order), order) if exif[:4] in MAGIC else []
    told = [value for one in entries if one.tag == _ORIENTATION for value in values_of(exif, order, one)]
    if not told or not 2 <= told[0] <= 8:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, told[0], 0, 0)


_STRIPS, _TILES = (273, 279), (324, 325)
"""Where the pieces of the pixels lie, and how long they are."""

_OF_PIXELS = frozenset(
    {254, 256, 257, 258, 259, 262, 263, 266, 274, 277, 278, *range(280, 285), *range(290, 294), 296, 297, 301, 32995}
    | {*range(317, 324), *_STRIPS, *_TILES, 332, 334, *range(336, 343), 347, *range(529, 533), 32996, 34675, 50674}
)
"""The tags that say how the pixels are coded, which colours they mean and how the picture stands."""


def _clean_tiff(raw: bytes) -> bytes:
    """Every byte to which no tag of the pixels leads becomes zero; what is kept stays where it is."""
    demand(raw[:4] in MAGIC, "no TIFF")
    order = byte_order(raw)
    pages = _pages(raw, order)
    kept = [one for entries in pages.values() for one in _ranges(raw, order, entries)]
    clean = bytearray(raw[:8]) + bytes(len(raw) - 8)
    tables, pointer = [(0, 8)], 4
    for at, entries in pages.items():
        tables.append((at, at + 6 + 12 * number_at(raw, at, 2, order)))
        clean[pointer : pointer + 4] = at.to_bytes(4, order)
        pointer = at + 2 + 12 * len(entries)
        clean[at:pointer] = len(entries).to_bytes(2, order) + b"".join(
            raw[one.start : one.start + 12] for one in entries
        )
    _hold_apart(tables, kept, len(raw))
    reach = 0
    for start, end in sorted(kept):
        start, reach = max(start, reach), max(end, reach)
        clean[start:end] = raw[start:end]
    return bytes(clean[: max(reach, pointer + 4)])


def _pages(raw: bytes, order: Order) -> dict[int, list[Entry]]:
    """By their offsets the directories of the pictures of a TIFF, without thumbnails and what is not of pixels."""
    pages: dict[int, list[Entry]] = {}
    at, left = number_at(raw, 4, 4, order), len(raw)
    while at:
        entries = entries_at(raw, at, order)
        left -= 6 + 12 * len(entries)
        told = {one.tag: next(values_of(raw, order, one), 0) for one in entries}
        is_small = bool(told.get(254, 0) & 1)
        # In camera raw the first picture is a thumbnail, or tags of the maker say what the pixels mean.
        is_camera = 50706 in told or told.get(259) in (6, 34713) or told.get(262) in (32803, 34892)
        demand(left >= 0, "pages in a circle")
        demand(not is_camera and (bool(pages) or not is_small), "camera raw")
        if not is_small:
            pages[at] = [one for one in entries if one.tag in _OF_PIXELS]
        at = number_at(raw, at + 2 + 12 * number_at(raw, at, 2, order), 4, order)
    demand(bool(pages), "no picture")
    return pages


def _ranges(raw: bytes, order: Order, entries: list[Entry]) -> Iterator[Range]:
    """Where the values and the pixels of a picture lie."""
    by_tag = {one.tag: one for one in entries}
    demand(len(by_tag) == len(entries), "a tag twice")
    yield from ((one.place, one.place + one.size) for one in entries if one.size > 4)
    named = [pair for pair in (_STRIPS, _TILES) if by_tag.keys() >= set(pair)]
    demand(len(named) == 1, "no pixels")
    starts, sizes = (list(values_of(raw, order, by_tag[tag])) for tag in named[0])
    demand(len(starts) == len(sizes), "strips without length")
    yield from ((start, start + size) for start, size in zip(starts, sizes, strict=True))


def _hold_apart(written: Iterable[Range], kept: Iterable[Range], end: int) -> None:
    """Raises `Uncleanable` where bytes to be written over are something else as well, or lie behind the end."""
    reach = reach_written = 0
    ranges = [(*one, True) for one in written] + [(*one, False) for one in kept]
    for start, stop, is_written in sorted(one for one in ranges if one[0] < one[1]):
        demand(start >= (reach if is_written else reach_written) and stop <= end, "parts within each other")
        reach, reach_written = max(reach, stop), stop if is_written else reach_written


# --- JPEG and GIF -----------------------------------------------------------------------------------------

_MARKER = re.compile(rb"\xff[^\x00\xff]")
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ALONE = 0x01, *range(0xD0, 0xD8)
"""Markers without a length, which mean nothing between segments."""

_SCAN, _END = 0xDA, 0xD9
_CODED = frozenset((*range(0xC0, 0xD0), *range(0xDA, 0xE0))) - {0xC8}
_DROPPED = frozenset((*range(0xE0, 0xF0), 0xFE))


def _clean_jpeg(raw: bytes) -> bytes:
    segments = list(_segments(raw))
    demand(any(one[1] == _SCAN for one in segments), "no pixels")
    name = b"Exif\0\0"
    least = _least_exif(b"".join(one[10:] for one in segments if one[1] == 0xE1 and one.startswith(name, 4)))
    head = b"\xff\xe1\0\x22Exif\0\0" + least if least else b""
    kept = [stays for one in segments if (stays := _kept_segment(one))]
    first = kept[0][1] == 0xE0  # JFIF stands before EXIF
    return b"\xff\xd8" + b"".join((*kept[:first], head, *kept[first:])) + b"\xff\xd9"


def scans(raw: bytes) -> int:
    """In how many scans a JPEG is coded, as far as it can be followed: each costs as much as the whole picture."""
    count = 0
    with suppress(Uncleanable):
        for one in _segments(raw):
            count += one[1] == _SCAN
    return count


def _segments(raw: bytes) -> Iterator[bytes]:
    """The segments of the first picture, scans with their data. What lies between, decoders pass over as well."""
    demand(raw.startswith(b"\xff\xd8"), "no JPEG")
    found = _MARKER.search(raw, 2)
    while found and raw[found.end() - 1] != _END:
        start, at = found.span()
        if raw[at - 1] not in _ALONE:
            size = number_at(raw, at, 2)
            at += size
            demand(size >= 2 and at <= len(raw), "a segment without end")
            after = _MARKER_AFTER_SCAN.search(raw, at) if raw[start + 1] == _SCAN else None
            at = after.start() if after else at
            yield raw[start:at]
        found = _MARKER.search(raw, at)
    demand(found is not None, "a JPEG without end")


def _kept_segment(segment: bytes) -> bytes:
    """What stays of a segment: all, its first fields without a thumbnail, or nothing."""
    marker, body = segment[1], segment[4:]
    if marker in _CODED or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")):
        return segment
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return b"\xff\xe0\0\x10" + body[:12] + b"\0\0"
    if marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        return b"\xff\xee\0\x0e" + body[:12]
    demand(marker in _DROPPED, "a strange marker")
    return b""


def _clean_gif(raw: bytes) -> bytes:
    demand(raw[:6] in (b"GIF87a", b"GIF89a"), "no GIF")
    start = 13 + _colours(raw, 10)
    kept = [raw[:start]]
    while (mark := number_at(raw, start, 1)) != 0x3B:
        label = number_at(raw, start + 1, 1) if mark == 0x21 else 0
        demand(mark == 0x2C or label > 0, "a strange block")
        at = start + 2 if label else start + 11 + _colours(raw, start + 9)
        while size := number_at(raw, at, 1):
            at += 1 + size
        name = raw[start + 3 : start + 14]
        if label in (0, 0xF9) or (label == 0xFF and name in (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")):
            kept.append(raw[start : at + 1])
        start = at + 1
    return b"".join(kept) + b";"


def _colours(raw: bytes, at: int) -> int:
    """The bytes of a colour table, from its flags."""
    flags = number_at(raw, at, 1)
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


# --- PNG, WebP and HEIF -----------------------------------------------------------------------------------


_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI pHYs acTL fcTL fdAT".split()
)


def _clean_png(raw: bytes) -> bytes:
    demand(raw.startswith(b"\x89PNG\r\n\x1a\n"), "no PNG")
    pieces: list[Piece] = []
    for one in pieces_of(raw, 8, len(raw), "png"):
        demand(one.name in _KEPT_CHUNKS or one.name[0] & 0x20 > 0, "a strange chunk")
        pieces.append(one)
        if one.name == b"IEND":
            break
    names = [one.name for one in pieces]
    demand(names[:1] == [b"IHDR"] and names[-1] == b"IEND" and b"IDAT" in names, "no whole PNG")
    exif = b"".join(raw[one.body : one.end - 4] for one in pieces if one.name == b"eXIf")
    least = _least_exif(exif)
    kept = [raw[:8], *(raw[one.start : one.end] for one in pieces if one.name in _KEPT_CHUNKS)]
    if least:
        chunk = b"eXIf" + least
        kept.insert(2, len(least).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4))
    return b"".join(kept)


_OF_FRAME = frozenset((b"ALPH", b"VP8 ", b"VP8L"))
_KEPT_RIFF = _OF_FRAME | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
_HAS_EXIF, _HAS_XMP = 8, 4


def _clean_webp(raw: bytes) -> bytes:
    demand(raw[:4] == b"RIFF" and raw[8:12] == b"WEBP", "no WebP")
    pieces = list(pieces_of(raw, 12, 8 + number_at(raw, 4, 4, "little"), "riff"))
    exif = b"".join(raw[one.body : one.end] for one in pieces if one.name == b"EXIF")
    is_extended = bool(pieces) and pieces[0].name == b"VP8X"
    least = _least_exif(exif) if is_extended else b""
    demand(any(one.name in _OF_FRAME or one.name == b"ANMF" for one in pieces), "no pixels")
    kept = [_kept_chunk(raw, one, _HAS_EXIF if least else 0) for one in pieces if one.name in _KEPT_RIFF]
    body = b"WEBP" + b"".join(kept) + (_riff(b"EXIF", least) if least else b"")
    return _riff(b"RIFF", body)


def _kept_chunk(raw: bytes, one: Piece, exif: int) -> bytes:
    if one.name == b"VP8X":
        flags = number_at(raw, one.body, 1) & ~(_HAS_EXIF | _HAS_XMP) | exif
        return raw[one.start : one.body] + bytes([flags]) + raw[one.body + 1 : one.end]
    if one.name == b"ANMF":
        parts = [part for part in pieces_of(raw, one.body + 16, one.end, "riff") if part.name in _OF_FRAME]
        return _riff(b"ANMF", raw[one.body : one.body + 16] + b"".join(raw[part.start : part.end] for part in parts))
    return raw[one.start : one.end]


def _riff(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


_EMPTY = {b"Exif": bytes(4) + b"MM\0*\0\0\0\x08", b"mime": b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', b"uri ": b""}
"""What is written over the metadata of HEIF, by the type of the item."""

_TOP = frozenset((b"ftyp", b"meta", b"mdat", b"moov"))
_FREED = frozenset((b"uuid", b"udta", b"meta", b"free", b"skip"))
_CONTAINERS = {b"": (b"meta", b"moov"), b"meta": (b"iprp",), b"iprp": (b"ipco",), b"moov": (b"trak",)}
"""The boxes within a box that hold boxes themselves."""


def _clean_heif(raw: bytes) -> bytes:
    """Metadata is written over where it lies, so that every offset stays right; what stands behind it is cut off."""
    demand(raw[4:8] == b"ftyp", "no HEIF")
    clean, boxes = bytearray(raw), list(_boxes(raw))
    top = [one for one, parent in boxes if not parent]
    written = {(one.body, one.end) for one in top if one.name not in _TOP}
    kept = [(one.start, one.end if one.name in (b"ftyp", b"moov") else one.body) for one in top]
    metas = [one for one, _ in boxes if one.name == b"meta"]
    demand(any(one.name == b"meta" for one in top), "no list of items")
    for empty, start, end in (item for meta in reversed(metas) for item in _items(raw, meta, meta in top)):
        (kept.append if empty is None else written.add)((start, end))
        if empty is not None and end <= len(raw):
            clean[start:end] = empty[: end - start].ljust(end - start, b" " if empty[:1] == b"<" else b"\0")
    _hold_apart(written, kept, len(raw))
    for one, parent in boxes:
        if one.name == b"udes":  # a title and a description, none of which may be missing
            clean[one.body + 4 : one.end] = bytes(max(0, one.end - one.body - 4))
        elif one.name in _FREED if parent else one.name not in _TOP:
            clean[one.start + 4 : one.start + 8] = b"free"
            clean[one.body : one.end] = bytes(one.end - one.body)
    while top[-1].name not in _TOP:
        del clean[top.pop().start :]
    return bytes(clean)


def _boxes(raw: bytes) -> Iterator[tuple[Piece, bytes]]:
    """The boxes of HEIF that may tell something, each with the name of the box around it."""
    waiting = [Piece(b"", 0, 0, len(raw))]
    while waiting:
        whole = waiting.pop()
        for one in _inside(raw, whole):
            yield one, whole.name
            if one.name in _CONTAINERS.get(whole.name, ()):
                waiting.append(one)


def _inside(raw: bytes, one: Piece) -> Iterator[Piece]:
    return pieces_of(raw, one.body + (4 if one.name == b"meta" else 0), one.end, "box")


def _items(raw: bytes, meta: Piece, is_top: bool) -> Iterator[tuple[bytes | None, int, int]]:
    """What is written over each part of an item, `None` for pixels, and where that part begins and ends."""
    parts = list(_inside(raw, meta))
    found = {one.name: one for one in parts}
    lists = [one.name for one in parts if one.name in (b"iinf", b"iloc", b"idat")]
    demand(len(set(lists)) == len(lists), "a list twice")
    if is_top:
        demand({b"iinf", b"iloc"} <= found.keys(), "no list of items")
        yield None, meta.start, meta.body + 4
        yield from ((None, one.start, one.body if one.name == b"idat" else one.end) for one in parts)
    if {b"iinf", b"iloc"} <= found.keys():
        types = _item_types(raw, found[b"iinf"])
        for item, start, end in _extents(raw, found[b"iloc"], found.get(b"idat")):
            yield _EMPTY.get(types.get(item, b"")), start, end


def _item_types(raw: bytes, iinf: Piece) -> dict[int, bytes]:
    types = {}
    for one in pieces_of(raw, iinf.body + (8 if number_at(raw, iinf.body, 1) else 6), iinf.end, "box"):
        version = number_at(raw, one.body, 1)
        demand(one.name == b"infe" and version in (2, 3), "a list of items of an old kind")
        wide = 2 if version == 2 else 4
        types[number_at(raw, one.body + 4, wide)] = raw[one.body + 6 + wide : one.body + 10 + wide]
    return types


def _extents(raw: bytes, iloc: Piece, idat: Piece | None) -> Iterator[tuple[int, int, int]]:
    """The items of HEIF by their numbers, with where each part of one begins and ends in the file."""
    at, version = iloc.body + 6, number_at(raw, iloc.body, 1)

    def take(size: int) -> int:
        nonlocal at
        at += size
        return number_at(raw, at - size, size)

    offsets, lengths, bases, indices = (number_at(raw, iloc.body + 4, 2) >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    demand(version <= 2 and offsets + lengths > 0, "a list of places of a strange kind")
    for _ in range(take(wide)):
        item, method = take(wide), take(2) & 15 if version else 0
        demand(take(2) == 0 and (method == 0 or (method == 1 and idat is not None)), "an item outside of the file")
        base = take(bases) + (idat.body if method and idat else 0)
        for _ in range(take(2)):
            take(indices if version else 0)
            start = base + take(offsets)
            yield item, start, start + take(lengths)


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": _clean_jpeg,
    "png": _clean_png,
    "webp": _clean_webp,
    "gif": _clean_gif,
    "tiff": _clean_tiff,
    "heif": _clean_heif,
    "avif": _clean_heif,
}
