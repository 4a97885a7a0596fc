"""Renditions of pictures: names and sizes are known before any pixel is read; the pixels are made later.

A rendition's name is the fingerprint of its whole recipe, so a file that exists is a file that is right.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Literal

from PIL import Image

from ocopgen.catalogue import PhotoFile, PictureKind
from ocopgen.recipe import Tools, digest
from ocopgen.rules_matter import MOST_PIXELS

Image.MAX_IMAGE_PIXELS = None  # `MOST_PIXELS` is our own bound, told in our own words; Pillow's is a warning on stderr

VERSION = 1
"""Raised whenever the same recipe would give other pixels."""

Format = Literal["avif", "webp", "jpeg"]

FORMATS: tuple[Format, ...] = ("avif", "webp", "jpeg")
MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
SUFFIX = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
WIDTHS = 400, 800, 1600  # a card, half the page and the whole, each at about twice its width on screen
WIDE = 800, 1600, 2400  # a picture across the whole page
SETTINGS: dict[Format, dict[str, int | bool | str]] = {
    # One AVIF thread: its bytes change with the number of threads.
    "avif": {"quality": 60, "speed": 6, "max_threads": 1},
    "webp": {"quality": 80, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}
PAPER = "#FBF7EF"

Shape = tuple[int, int] | None
"""The proportion a picture is cut to, from its middle; `None` leaves it whole."""

CARD: Shape = (4, 3)


_MAKERS = version("pillow"), version("resvg-py")
"""What makes the pixels, by version: another encoder gives other bytes."""


@dataclass(frozen=True)
class Rendition:
    """One picture at one width in one format."""

    photo: str
    kind: str
    shape: Shape
    width: int
    height: int
    format: Format

    @cached_property
    def key(self) -> str:
        settings = sorted(SETTINGS[self.format].items())
        size = f"{self.shape} {self.width}x{self.height}"
        return digest("image", str(VERSION), *_MAKERS, self.photo, self.kind, size, self.format, str(settings))

    @property
    def costly(self) -> bool:
        return True

    def make(self, tools: Tools) -> bytes:
        """The encoded picture; all renditions of the same photo are made from one decoding by `develop`."""
        return tools.kept(self.key, lambda: develop(tools.source(self.photo), (self,)))


@dataclass(frozen=True, slots=True)
class Ladder:
    """All renditions of a picture for one use, in the order of `FORMATS` and then of width."""

    stem: str
    width: int
    height: int
    renditions: tuple[Rendition, ...]

    def path(self, one: Rendition) -> str:
        """Where a rendition lies in the site."""
        return f"pictures/{self.stem}-{one.width}-{one.key[:12]}.{SUFFIX[one.format]}"

    def of(self, image_format: Format) -> tuple[Rendition, ...]:
        return tuple(one for one in self.renditions if one.format == image_format)


def ladder(photo: PhotoFile, stem: str, shape: Shape = CARD, widths: Iterable[int] = WIDTHS) -> Ladder:
    """The renditions of a photo, never wider than the photo itself allows."""
    whole_width, whole_height = _cut(photo.width, photo.height, shape)
    steps = sorted({min(width, whole_width) for width in widths})
    if photo.kind == "svg":
        steps = sorted(set(widths))
    renditions = tuple(
        Rendition(photo.digest, photo.kind, shape, width, _height(width, whole_width, whole_height, shape), one)
        for one in FORMATS
        for width in steps
    )
    return Ladder(stem, steps[-1], renditions[len(steps) - 1].height, renditions)


def _cut(width: int, height: int, shape: Shape) -> tuple[int, int]:
    """The largest part of a picture that has the shape."""
    if shape is None:
        return width, height
    across, down = shape
    if width * down > height * across:
        return max(1, height * across // down), height
    return width, max(1, width * down // across)


def _height(width: int, whole_width: int, whole_height: int, shape: Shape) -> int:
    if shape is not None:
        return max(1, round(width * shape[1] / shape[0]))
    return max(1, round(width * whole_height / whole_width))


class Unreadable(ValueError):
    """The bytes of a contributor's picture do not hold the pixels that its header promised."""


def develop(raw: bytes, renditions: Iterable[Rendition]) -> Mapping[str, bytes]:
    """The bytes of renditions of one photo by their keys, from one decoding. Raises `Unreadable`."""
    wanted = sorted(renditions, key=lambda one: -one.width)
    if not wanted:
        return {}
    largest = wanted[0]
    decoded = _decoded(_drawn(raw, largest) if largest.kind == "svg" else raw, largest)
    done: dict[str, bytes] = {}
    sizes: dict[tuple[Shape, int, int], Image.Image] = {}
    for one in wanted:
        size = one.shape, one.width, one.height
        if size not in sizes:
            sizes[size] = _sized(decoded, one)
        done[one.key] = _encoded(sizes[size], one.format)
    return done


def _drawn(raw: bytes, largest: Rendition) -> bytes:
    """One of our own drawings as a PNG, as wide as is asked."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=raw.decode(), width=largest.width, skip_system_fonts=True))


def _decoded(raw: bytes, largest: Rendition) -> Image.Image:
    """Upright pixels in RGB, at least as large as the largest rendition."""
    try:
        with _opened(raw) as image:
            return _flat(_upright(image, largest))
    except Exception as fault:  # a damaged file may raise anything in Pillow, from struct.error to IndexError
        raise Unreadable(str(fault) or type(fault).__name__) from fault


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """A JPEG or PNG of which only the header was read; what Pillow warns of is nobody's to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as image:
            yield image


def _upright(image: Image.Image, largest: Rendition) -> Image.Image:
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable(f"{image.width} × {image.height} pixels")
    turn = _turn(image)
    if image.format in ("JPEG", "MPO"):
        reach = (image.height, image.width) if turn in _ON_ITS_SIDE else image.size
        scale = max(largest.width / reach[0], largest.height / reach[1])
        image.draft("RGB", (int(image.width * scale) + 1, int(image.height * scale) + 1))
    return image if turn is None else image.transpose(turn)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by the orientation that EXIF tells."""

_ON_ITS_SIDE = frozenset(_TURNS[told] for told in (5, 6, 7, 8))
"""The turns that exchange width and height."""


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What brings a picture upright; none where EXIF tells nothing that can be read.

    A PNG may tell it behind its pixels, so those are read here, and their faults are no matter of EXIF.
    """
    if image.format == "PNG" and "exif" not in image.info:
        image.load()
    try:
        return _TURNS.get(image.getexif().get(0x0112, 1))
    except Exception:  # EXIF is a format within the format, and as often damaged
        return None


def _flat(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent laid on the paper's colour."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, PAPER)
        return Image.alpha_composite(ground, layer).convert("RGB")
    if image.mode.startswith("I"):
        # Sixteen bits of grey; Pillow would cut them off instead of dividing them.
        image = image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    return image.convert("RGB")


def _sized(image: Image.Image, one: Rendition) -> Image.Image:
    width, height = _cut(image.width, image.height, one.shape)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    box = left, top, left + width, top + height
    return image.resize((one.width, one.height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _encoded(image: Image.Image, image_format: Format) -> bytes:
    """The file, with nothing in it but pixels: no EXIF, no profile, no comment."""
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    file = io.BytesIO()
    clean.save(file, image_format.upper(), **SETTINGS[image_format])
    return file.getvalue()


def looked_at(raw: bytes) -> tuple[PictureKind, int, int]:
    """The kind of a picture and its upright size, from its header; `broken` where the header cannot be read."""
    if raw[:1024].lstrip().startswith((b"<svg", b"<?xml")):
        return "svg", *_svg_size(raw)
    kind = next((kind for signature, kind in _SIGNATURES if raw.startswith(signature)), None)
    if kind is None:
        return "other", 0, 0
    try:
        with _opened(raw) as image:
            # What has too many pixels is refused, so they are not read for the sake of its orientation.
            turn = _turn(image) if image.width * image.height <= MOST_PIXELS else None
            width, height = (image.height, image.width) if turn in _ON_ITS_SIDE else image.size
    except Exception:  # as in `_decoded`
        return "broken", 0, 0
    return kind, width, height


_SIGNATURES: tuple[tuple[bytes, PictureKind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
)


def _svg_size(raw: bytes) -> tuple[int, int]:
    """The size of one of our own illustrations, from its `viewBox`."""
    found = re.search(rb'viewBox="0 0 (\d+) (\d+)"', raw[:2048])
    return (int(found[1]), int(found[2])) if found else (0, 0)
