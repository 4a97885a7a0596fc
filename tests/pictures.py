"""Pictures in every format that is read: small ones whose quarters have colours of their own, and odd ones by hand."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from functools import cache

from heic import CORNERS, HEIC
from PIL import Image

from ocopgen.photo import PictureKind

Colour = tuple[int, int, int]

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by its orientation in EXIF."""


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The file of a picture. What Pillow learned of it while it was saved before plays no part."""
    file = io.BytesIO()
    image.copy().save(file, form, **options)
    return file.getvalue()


def corners(width: int = 64, height: int = 48) -> Image.Image:
    """A picture with a quarter of red, green, blue and yellow each."""
    image = Image.new("RGB", (width, height))
    for at, colour in enumerate(CORNERS):
        left, top = at % 2 * (width // 2), at // 2 * (height // 2)
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def quarters(image: Image.Image) -> tuple[Colour, ...]:
    """The colours in the middle of each quarter of a picture, row by row."""
    across, down = image.width // 4, image.height // 4
    found = [image.getpixel((x, y)) for y in (down, 3 * down) for x in (across, 3 * across)]
    return tuple(one[:3] for one in found if isinstance(one, tuple))


def near(seen: Iterable[Colour], wanted: Iterable[Colour], by: int = 12) -> bool:
    """Whether colours are alike."""
    pairs = zip(seen, wanted, strict=True)
    return all(abs(a - b) <= by for one, other in pairs for a, b in zip(one, other, strict=True))


def noise(width: int = 64, height: int = 48) -> Image.Image:
    """A picture full of detail, the same each time."""
    state, levels = 1, bytearray()
    for _ in range(width * height):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        levels.append(state >> 16 & 255)
    return Image.frombytes("L", (width, height), bytes(levels)).convert("RGB")


def oriented(orientation: int) -> Image.Exif:
    """EXIF with an orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def moving(form: str) -> bytes:
    """A file of two frames, of which the second lies upside down."""
    return saved(corners(), form, save_all=True, append_images=[corners().rotate(180)])


@cache
def forms() -> dict[str, tuple[PictureKind, bytes]]:
    """A file of every format and of its kinds, with what it is by its bytes; those with frames have two."""
    one = corners()
    return {
        "jpeg": ("jpeg", saved(one, "JPEG")),
        "progressive": ("jpeg", saved(one, "JPEG", progressive=True)),
        "mpo": ("jpeg", moving("MPO")),
        "png": ("png", saved(one, "PNG")),
        "apng": ("png", moving("PNG")),
        "webp": ("webp", saved(one, "WEBP")),
        "webp-lossless": ("webp", saved(one, "WEBP", lossless=True)),
        "webp-moving": ("webp", moving("WEBP")),
        "avif": ("avif", saved(one, "AVIF")),
        "avif-moving": ("avif", moving("AVIF")),
        "gif": ("gif", saved(one, "GIF")),
        "gif-moving": ("gif", moving("GIF")),
        "tiff": ("tiff", saved(one, "TIFF")),
        "tiff-lzw": ("tiff", saved(one, "TIFF", compression="tiff_lzw")),
        "tiff-jpeg": ("tiff", saved(one, "TIFF", compression="jpeg")),
        "tiff-pages": ("tiff", moving("TIFF")),
        "heic": ("heif", HEIC["turned-1"]),
        "heic-turned": ("heif", HEIC["turned-6"]),
    }


FRAMES = {"mpo": 2, "apng": 2, "webp-moving": 2, "avif-moving": 2, "gif-moving": 2, "tiff-pages": 2}


# --- by hand ----------------------------------------------------------------------------------------------


def chunk(kind: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(size: tuple[int, int], depth: int, colour_type: int, rows: Iterable[bytes], *chunks: bytes) -> bytes:
    """A PNG of rows of levels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colour_type, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def vast(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be vast."""
    return png_of((width, height), 8, 2, ())


def tiff_of(
    size: tuple[int, int],
    depth: int,
    photometric: int,
    samples: int,
    pixels: bytes,
    extra: int = 0,
    lead: bytes = b"",
) -> bytes:
    """A TIFF of one strip; `extra` tells what the samples beyond the colours are (2: transparency)."""
    width, height = size
    depths = struct.pack(f"<{samples}H", *[depth] * samples)
    tags = {256: width, 257: height, 259: 1, 262: photometric, 277: samples, 278: height, 279: len(pixels)}
    tags |= {338: extra} if extra else {}
    start = 8 + len(lead) + 2 + 12 * (len(tags) + 2) + 4
    rows = {tag: struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items()}
    inline = depths.ljust(4, b"\0") if samples <= 2 else struct.pack("<I", start)
    rows[258] = struct.pack("<HHI", 258, 3, samples) + inline
    rows[273] = struct.pack("<HHII", 273, 4, 1, start + len(depths))
    rows |= {338: struct.pack("<HHIHH", 338, 3, 1, extra, 0)} if extra else {}
    directory = struct.pack("<H", len(rows)) + b"".join(rows[tag] for tag in sorted(rows)) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8 + len(lead)) + lead + directory + depths + pixels
