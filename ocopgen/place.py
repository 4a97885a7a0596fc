"""Whether a picture file tells where it was taken.

The whole file is looked through, whatever its structure: what lies anywhere in a published file is published.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from ocopgen.container import Uncleanable, byte_order, entries_at, offset_at, pieces_of


def tells_place(raw: bytes, kind: str) -> bool:
    """Whether a picture file of a kind holds a GPS position: in EXIF, XMP, text, or in a video behind the picture."""
    hidden = png_texts(raw) if kind == "png" else _extended_xmp(raw)
    return _is_place_in(raw) or any(_is_place_in(part) for part in hidden)


_MOST_HEADERS, _MOST_ENTRIES, _MOST_INFLATED = 100, 2_000, 1 << 23
"""How many EXIF blocks of a file are read, entries of each, bytes of compressed text: files may mean harm."""

# Each pattern begins with letters: so it is searched for ten times as fast as one that begins with a choice.
_HEADERS = re.compile(rb"II\*\x00"), re.compile(rb"MM\x00\*")
_WRITTEN = (
    # XMP as an attribute or an element; PNG text that ImageMagick named after an EXIF tag.
    re.compile(
        rb"""(?:GPS|Gps)L(?:at|ong)t?itude(?:\s{0,64}+=\s{0,64}+["']\s{0,64}+[^"'\s]"""
        rb"|(?:\s[^<>]{0,256}+)?(?<!/)>\s{0,64}+[^<\s]|\x00\s{0,64}+[-\d])"
    ),
    re.compile(rb"\xa9xyz.{4}[-+]\d", re.DOTALL),  # a video, as phones append them to photos
)
_GPS, _EXIF, _SUB_IFDS = 0x8825, 0x8769, 0x14A
_LATITUDE_AND_LONGITUDE = 2, 4


def _is_place_in(part: bytes) -> bool:
    if b"G\0P\0S" in part:
        part += part.replace(b"\0", b"")  # XMP in UTF-16 or UTF-32
    view = memoryview(part)
    starts = (one.start() for header in _HEADERS for one in islice(header.finditer(part), _MOST_HEADERS))
    return any(one.search(part) for one in _WRITTEN) or any(_is_place_behind(view[start:]) for start in starts)


def _is_place_behind(data: memoryview) -> bool:
    """Whether EXIF that begins here has a latitude or longitude; that of `0/0`, as without reception, is none."""
    order = byte_order(data)
    waiting, seen, left = [(offset_at(data, 4, order), False)], {(0, False), (0, True)}, _MOST_ENTRIES
    while waiting and left > 0:
        at, is_gps = waiting.pop(0)  # the first picture first
        if (at, is_gps) in seen:
            continue
        seen.add((at, is_gps))
        entries = entries_at(data, at, order, left)
        for one in entries:
            if is_gps and one.tag in _LATITUDE_AND_LONGITUDE and any(data[one.place : one.place + min(one.size, 24)]):
                return True
            if one.tag in (_GPS, _EXIF, _SUB_IFDS):
                pointers = range(one.place, one.place + min(one.size, 64), 4)
                waiting += [(offset_at(data, pointer, order), one.tag == _GPS) for pointer in pointers]
        left -= len(entries) + 1
        waiting.append((offset_at(data, at + 2 + 12 * len(entries), order), False))
    return False


def png_texts(raw: bytes) -> Iterator[bytes]:
    """The compressed texts of a PNG, and what ImageMagick wrote in them as digits."""
    left = _MOST_INFLATED
    with suppress(Uncleanable):
        for one in pieces_of(raw, 8, len(raw), "png"):
            if one.name in (b"tEXt", b"zTXt", b"iTXt") and left > 0:
                text = _text(one.name, raw[one.body : one.end - 4], left)
                left -= len(text)
                yield from (text, _digits(text))


def _text(name: bytes, body: bytes, most: int) -> bytes:
    """The keyword and the words of a chunk of text, `most` bytes of them; where it is damaged, what can be read."""
    keyword, _, words = body.partition(b"\0")
    is_packed = name == b"zTXt" or (name == b"iTXt" and words[:1] == b"\1")
    if is_packed:
        words = words[1:] if name == b"zTXt" else words[2:].split(b"\0", 2)[-1]
        with suppress(zlib.error):
            words = zlib.decompressobj().decompress(words, most)
    return keyword + b"\0" + words


def _digits(text: bytes) -> bytes:
    """What `Raw profile type exif` and its like hold as hexadecimal digits, behind a name and a length."""
    keyword, _, words = text.partition(b"\0")
    if keyword.startswith(b"Raw profile type "):
        with suppress(ValueError):
            return bytes.fromhex(b"".join(words.split()[2:]).decode())
    return b""


_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def _extended_xmp(raw: bytes) -> Iterator[bytes]:
    """XMP too long for one segment of a JPEG, put together by its digest and offsets."""
    parts: list[tuple[bytes, bytes]] = []
    at = raw.find(_EXTENSION)
    while at >= 2:
        body = raw[at + len(_EXTENSION) : at - 2 + int.from_bytes(raw[at - 2 : at])]
        parts.append((body[:32] + body[36:40], body[40:]))
        at = raw.find(_EXTENSION, at + len(_EXTENSION) + len(body))
    yield b"".join(words for _, words in sorted(parts))
