"""A picture as a producer sends it: the kind of its bytes, and what is known of it before anything is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PictureKind = Literal["jpeg", "png", "webp", "avif", "heif", "tiff", "gif", "raw", "svg", "pdf", "other"]

Fault = Literal["unreadable", "cut-off", "killed"]
"""Why a picture has no pixels: damaged, not whole, or reading it ended the process that read it."""

MEGABYTES, MEGAPIXELS, FRAMES = 25, 60, 200
"""What a photo may have at most unless the site says otherwise: more than any phone makes."""

Flaw = Literal["dark", "pale", "blurred"]
"""What makes a photo a poor one though it can be shown."""

ENDINGS: dict[PictureKind, tuple[str, ...]] = {
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "png": (".png", ".apng"),
    "webp": (".webp",),
    "avif": (".avif", ".avifs"),
    "heif": (".heic", ".heif", ".hif", ".heics"),
    "tiff": (".tif", ".tiff"),
    "gif": (".gif",),
}
"""The kinds that are read, each with how its files' names end."""

UNSHOWN = ".svg", ".pdf", ".bmp", ".psd", ".ai", ".cdr", ".dng", ".cr2", ".nef", ".arw", ".jxl", ".mp4", ".mov"
"""Endings of what producers take for a photo and browsers or we can't show: told so by their content."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look at a picture tells: its size in pixels as people see it, upright, and how good it is.

    `tint` is its most frequent colour, as a code of `TINTS`; it is empty where no pixel was read. `bare_cmyk`
    are inks of which no profile tells the colours.
    """

    kind: PictureKind
    width: int = 0
    height: int = 0
    frames: int = 1
    fault: Fault | None = None
    tells_place: bool = False
    bare_cmyk: bool = False
    tint: str = ""
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A picture as it lies in a folder: its path in the content, the digest and number of its bytes, a look at it."""

    path: str
    digest: str
    size: int
    sight: Sight

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def kind(self) -> PictureKind:
        return self.sight.kind

    @property
    def width(self) -> int:
        return self.sight.width

    @property
    def height(self) -> int:
        return self.sight.height


Shape = tuple[int, int] | None
"""The proportion a picture is cut to; `None` leaves it whole."""

CARD: Shape = (4, 3)
SHAPES: dict[str, Shape] = {"products": CARD, "producers": CARD, "outlets": CARD, "news": None, "pages": None}
"""How the photos of each kind of entry are cut."""


def cut_size(width: int, height: int, shape: Shape) -> tuple[int, int]:
    """The size of the largest part of a picture that has the shape."""
    if shape is None:
        return width, height
    across, down = shape
    if width * down > height * across:
        return max(1, height * across // down), height
    return width, max(1, width * down // across)


_STEPS = 0x20, 0x60, 0xA0, 0xE0
_DIGITS = range(len(_STEPS))

TINTS = {
    f"{red}{green}{blue}": f"#{_STEPS[red]:02x}{_STEPS[green]:02x}{_STEPS[blue]:02x}"
    for red in _DIGITS
    for green in _DIGITS
    for blue in _DIGITS
}
"""The colours that may stand in a picture's place, by their codes: few enough to be named in a style sheet."""


def is_picture(ending: str) -> bool:
    """Whether a file whose name ends so is meant as a picture: `.JPG`."""
    return ending.lower() in _PICTURES


_PICTURES = frozenset(one for endings in ENDINGS.values() for one in endings) | frozenset(UNSHOWN)


def kind_of(raw: bytes) -> PictureKind:
    """What the bytes are by how they begin, whatever the file is called."""
    if raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg", b"<!--")):
        return "svg"
    if raw[4:8] == b"ftyp":
        return _by_brand(raw)
    return next((kind for pattern, kind in _BEGINNINGS if pattern.match(raw)), "other")


_BEGINNINGS: tuple[tuple[re.Pattern[bytes], PictureKind], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"II\*\x00....CR", re.DOTALL), "raw"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "tiff"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"%PDF"), "pdf"),
)

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})


def _by_brand(raw: bytes) -> PictureKind:
    """AVIF and HEIF are one container; its brands tell which of the two."""
    length = min(int.from_bytes(raw[:4], "big"), 1024)
    brands = {raw[at : at + 4] for at in (8, *range(16, length - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else "other"
