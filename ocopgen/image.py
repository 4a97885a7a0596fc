"""Renditions of pictures: names and sizes are known before any pixel is read; the pixels are made later.

A rendition's name is the fingerprint of its whole recipe, so a file that exists is a file that is right. What is made
depends on the photo and the recipe alone, never on which other renditions are made at the same time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from ocopgen import font
from ocopgen.photo import CARD, PhotoFile, Shape, cut_size
from ocopgen.recipe import Tools, digest

if TYPE_CHECKING:
    from PIL import Image

VERSION = 2
"""Raised whenever the same bytes would give another look, or the same recipe other pixels."""

MAKERS = version("pillow"), version("pi-heif"), version("resvg-py")
"""What reads and writes pixels, by version: others may give others."""

Format = Literal["avif", "webp", "jpeg"]

FORMATS: tuple[Format, ...] = ("avif", "webp", "jpeg")
"""The smallest first; each browser takes the first that it knows, and all know the last."""

MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
SUFFIX = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
WIDTHS = 400, 800, 1600  # a card, half the page and the whole, each at about twice its width on screen
SETTINGS: dict[Format, dict[str, int | bool | str]] = {
    # Chosen by measurement: docs/pictures.md. One AVIF thread: its bytes change with the number of threads.
    "avif": {"quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"quality": 80, "method": 2},
    "jpeg": {"quality": 75, "optimize": True},
}

Focus = tuple[float, float]
"""What matters most in a picture, as shares of its width and height: a cut keeps it as near to its middle as it can."""

CENTRE: Focus = (0.5, 0.5)


@dataclass(frozen=True)
class Cut:
    """A part of a picture that has one shape."""

    photo: str
    kind: str
    shape: Shape
    focus: Focus = CENTRE

    @cached_property
    def key(self) -> str:
        return digest("cut", str(VERSION), *MAKERS, self.photo, self.kind, str(self.shape), str(self.focus))

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Where the part lies in a picture of this size: left, top, right, bottom."""
        across, down = cut_size(width, height, self.shape)
        left = _start(width, across, self.focus[0])
        top = _start(height, down, self.focus[1])
        return left, top, left + across, top + down


def _start(whole: int, part: int, share: float) -> int:
    return min(max(0, round(whole * share - part / 2)), whole - part)


@dataclass(frozen=True)
class Mount:
    """A card that a picture is mounted on: an SVG drawing laid over it, and where the picture's left upper corner is.

    Its words are set in the fonts of `font.WORDS_ON_PICTURES`.
    """

    drawing: str
    width: int
    height: int
    left: int = 0
    top: int = 0

    @cached_property
    def key(self) -> str:
        return digest(
            "mount",
            *(one.key for one in font.WORDS_ON_PICTURES),
            self.drawing,
            f"{self.width} {self.height} {self.left} {self.top}",
        )


@dataclass(frozen=True)
class Rendition:
    """One cut of a picture at one width in one format; mounted, it is as large as its mount."""

    cut: Cut
    width: int
    height: int
    format: Format
    mount: Mount | None = None

    @cached_property
    def key(self) -> str:
        mount = self.mount.key if self.mount else ""
        return digest(f"{self.cut.key} {self.width}x{self.height} {_SETTINGS[self.format]} {mount}")

    @property
    def photo(self) -> str:
        """The digest of the picture that this is made from."""
        return self.cut.photo

    def make(self, tools: Tools) -> bytes:
        """The encoded picture; all renditions of the same photo are made from one decoding by `develop`."""
        return tools.kept(self.key, lambda: develop(tools.source(self.photo), (self,)))


_SETTINGS = {one: f"{one} {sorted(settings.items())}" for one, settings in SETTINGS.items()}


@dataclass(frozen=True, slots=True)
class Ladder:
    """All renditions of a picture for one use, in the order of `FORMATS` and then of width.

    `tint` names the colour that stands in the picture's place until it has come: see `photo.TINTS`.
    """

    stem: str
    width: int
    height: int
    tint: str
    renditions: tuple[Rendition, ...]

    def path(self, one: Rendition) -> str:
        """Where a rendition lies in the site."""
        width = one.mount.width if one.mount else one.width
        return f"pictures/{self.stem}-{width}-{one.key[:12]}.{SUFFIX[one.format]}"

    def of(self, image_format: Format) -> tuple[Rendition, ...]:
        return tuple(one for one in self.renditions if one.format == image_format)

    def worthwhile(self, sizes: Mapping[str, int]) -> Ladder:
        """The formats that save bytes at every width, by the size of each rendition's file; all, where none is known.

        One that is larger at some width than a plainer format goes whole: a browser that knows a format takes all
        widths from it, and would miss one that was left out.
        """
        kept: list[Format] = []
        for one in reversed(FORMATS):
            if all(_smaller(each, [step for plain in kept for step in self.of(plain)], sizes) for each in self.of(one)):
                kept.append(one)
        return replace(self, renditions=tuple(one for one in self.renditions if one.format in kept))


def _smaller(one: Rendition, plainer: Iterable[Rendition], sizes: Mapping[str, int]) -> bool:
    return all(sizes.get(one.key, 0) <= sizes.get(other.key, 0) for other in plainer if other.width == one.width)


def ladder(
    photo: PhotoFile, stem: str, shape: Shape = CARD, widths: Iterable[int] = WIDTHS, focus: Focus = CENTRE
) -> Ladder:
    """The renditions of a photo, never wider than the photo itself allows."""
    cut = Cut(photo.digest, photo.kind, shape, focus)
    whole_width, whole_height = cut_size(photo.width, photo.height, shape)
    steps = _apart(sorted({min(width, whole_width) for width in widths}))
    sizes = [(width, _height(width, whole_width, whole_height, shape)) for width in steps]
    renditions = tuple(Rendition(cut, *size, one) for one in FORMATS for size in sizes)
    return Ladder(stem, *sizes[-1], photo.sight.tint, renditions)


def _apart(steps: list[int]) -> list[int]:
    """Widths without those that are less than a tenth from the next larger one, which serves as well."""
    return [one for one, following in pairwise((*steps, 2 * steps[-1])) if following >= 1.1 * one]


def _height(width: int, whole_width: int, whole_height: int, shape: Shape) -> int:
    if shape is not None:
        return max(1, round(width * shape[1] / shape[0]))
    return max(1, round(width * whole_height / whole_width))


# --- pixels -----------------------------------------------------------------------------------------------


def develop(raw: bytes, renditions: Iterable[Rendition]) -> Mapping[str, bytes]:
    """The bytes of renditions of one photo by their keys, from one decoding. Raises `Unreadable`."""
    from ocopgen import pixels

    wanted = list(renditions)
    if not wanted:
        return {}
    photo = None if wanted[0].cut.kind == "svg" else pixels.decoded(raw)
    done: dict[str, bytes] = {}
    sizes: dict[tuple[Cut, int, int], Image.Image] = {}
    for one in wanted:
        size = one.cut, one.width, one.height
        if size not in sizes:
            whole = _drawn(raw, one) if photo is None else photo
            sizes[size] = _sized(whole, one)
        done[one.key] = _encoded(_mounted(sizes[size], one.mount) if one.mount else sizes[size], one.format)
    return done


def _drawn(raw: bytes, one: Rendition) -> Image.Image:
    """One of our own drawings, whole and as large as it is shown; only where no drawing can be: on a mount."""
    from ocopgen import pixels

    size = pixels.svg_size(raw)
    left, _, right, _ = one.cut.box(*size)
    return pixels.drawn(raw, round(one.width * size[0] / (right - left)))


def _sized(whole: Image.Image, one: Rendition) -> Image.Image:
    from PIL.Image import Resampling

    box = one.cut.box(*whole.size)
    return whole.resize((one.width, one.height), Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _mounted(picture: Image.Image, mount: Mount) -> Image.Image:
    from ocopgen import pixels

    drawing = pixels.drawing(mount.drawing, mount.width, [str(one.source) for one in font.WORDS_ON_PICTURES])
    card = picture.crop((-mount.left, -mount.top, mount.width - mount.left, mount.height - mount.top))
    card.paste(drawing, mask=drawing.getchannel("A"))
    return card


def _encoded(image: Image.Image, image_format: Format) -> bytes:
    """The file, with nothing in it but pixels: no EXIF, no profile, no comment."""
    image.info = {}
    file = io.BytesIO()
    image.save(file, image_format.upper(), **SETTINGS[image_format])
    return file.getvalue()
