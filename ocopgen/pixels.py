"""The pixels of a picture, whatever phone or print shop it came from: upright, in sRGB, on the paper's colour."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from itertools import zip_longest
from typing import cast

from PIL import Image, ImageCms, ImageFilter, ImageStat, PngImagePlugin

from ocopgen.metadata import scans
from ocopgen.photo import ENDINGS, FRAMES, MEGAPIXELS, Flaw, PictureKind, Sight, kind_of
from ocopgen.place import tells_place

Image.MAX_IMAGE_PIXELS = None  # `Limits` are our own bound, told in our own words; Pillow's is a warning on stderr
PngImagePlugin.MAX_TEXT_CHUNK = 16 << 20  # editors write long histories into a picture; a bomb is still bounded
PngImagePlugin.MAX_TEXT_MEMORY = 64 << 20

PAPER = "#FBF7EF"

DECODED_TO = 1600, 1200
"""Both sides of what every use of a photo can be made from; what has more is reduced as it is decoded."""


class Unreadable(ValueError):
    """The bytes of a contributor's picture do not hold the pixels that they promise."""


def decoded(raw: bytes, at_least: tuple[int, int] = DECODED_TO) -> Image.Image:
    """Upright pixels in sRGB, mode RGB; both sides are at least as long as asked, or whole. Raises `Unreadable`."""
    with _faults_told(), _opened(raw) as image:
        return _plain(_loaded(image, at_least)[0])


@contextmanager
def _faults_told() -> Iterator[None]:
    """Raise `Unreadable` for what a damaged file makes Pillow raise; too little memory is no fault of the file."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as fault:  # anything, from struct.error to IndexError
        raise Unreadable(str(fault) or type(fault).__name__) from fault


def drawn(raw: bytes, width: int) -> Image.Image:
    """One of our own drawings, as wide as is asked, on the paper's colour."""
    return _plain(drawing(raw.decode(), width))


def drawing(svg: str, width: int, fonts: Sequence[str] = ()) -> Image.Image:
    """An SVG drawing that we made ourselves as pixels in mode RGBA; its words are set in these font files alone."""
    import resvg_py

    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=list(fonts), skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png)), formats=("PNG",)).convert("RGBA")


def svg_size(raw: bytes) -> tuple[int, int]:
    """The size of one of our own drawings, from its `viewBox`."""
    found = re.search(rb'viewBox="0 0 (\d+) (\d+)"', raw[:2048])
    return (int(found[1]), int(found[2])) if found else (0, 0)


def same_pixels(one: bytes, other: bytes) -> bool:
    """Whether two files hold the same pixels, colours and orientation in every frame. Raises `Unreadable`.

    Of a JPEG only the first picture counts: phones put others behind it, which are no part of it.
    """
    with _faults_told():
        return all(_is_same(*frames) for frames in zip_longest(_frames(one), _frames(other)))


def _frames(raw: bytes) -> Iterator[Image.Image]:
    with _opened(raw) as image:
        count = 1 if image.format in ("JPEG", "MPO") else getattr(image, "n_frames", 1)
        for number in range(count):
            image.seek(number)
            yield image


def _is_same(one: Image.Image | None, other: Image.Image | None) -> bool:
    if one is None or other is None:
        return False
    seen = [(image.mode, image.size, image.tobytes(), _turn(image)) for image in (one, other)]
    return seen[0] == seen[1] and one.info.get("icc_profile") == other.info.get("icc_profile")


# --- reading ----------------------------------------------------------------------------------------------


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """A picture of which only the header was read; what Pillow warns of is nobody's to mend."""
    kind = kind_of(raw)
    if kind not in ENDINGS:
        raise Unreadable(f"a picture of kind {kind}")
    if kind == "jpeg" and scans(raw) > _MOST_SCANS:
        raise Unreadable("more scans than any camera writes")
    if kind == "heif":
        _learn_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(raw), formats=(kind,)) as image:
            yield image


_MOST_SCANS = 100
"""Progressive photos have about ten. A few bytes are a scan, and each costs as much time as the whole picture."""


@cache
def _learn_heif() -> None:
    """Let Pillow read what iPhones make. One thread: there is a process for every core."""
    import pi_heif

    pi_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def _loaded(image: Image.Image, at_least: tuple[int, int]) -> tuple[Image.Image, bool]:
    """All pixels, upright, in the mode and colours of the file; and whether they lay on their side."""
    if image.format in ("JPEG", "MPO"):
        width, height = reversed(at_least) if _turn(image) in _ON_ITS_SIDE else at_least
        part = min(image.width // width, image.height // height) or 1
        image.draft(None, (image.width // part, image.height // part))
    image.load()
    turn = _turn(image)
    upright = image if turn is None else image.transpose(turn)
    factor = min(upright.width // at_least[0], upright.height // at_least[1])
    return _reduced(upright, factor), turn in _ON_ITS_SIDE


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    if factor > 1 and image.mode == "RGBA":
        # Where nothing is seen there may be any colour; it has no part in its neighbours'.
        reduced = image.convert("RGBa").reduce(factor).convert("RGBA")
        reduced.info = image.info
        return reduced
    return image.reduce(factor) if factor > 1 and image.mode in _REDUCIBLE else image


_REDUCIBLE = frozenset({"L", "RGB", "CMYK", "YCbCr", "LAB"})

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
    """What brings loaded pixels upright, as browsers do: by EXIF alone, and not where it cannot be read."""
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif", b""))
        return _TURNS.get(exif.get(0x0112, 1))
    except Exception:  # EXIF is a format within the format, and as often damaged
        return None


# --- colours ----------------------------------------------------------------------------------------------


def _plain(image: Image.Image) -> Image.Image:
    """Mode RGB in sRGB, with what is transparent laid on the paper's colour."""
    profile = image.info.get("icc_profile")
    if image.mode == "F" or (image.mode == "I" and cast(tuple[int, int], image.getextrema())[1] > 0xFFFF):
        raise Unreadable("measurements, no picture: what is white in it, nobody tells")
    if image.mode.startswith("I"):
        image = _eight_bits(image)
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode in ("RGBA", "LA", "PA", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        colours = _in_srgb(layer.convert("RGB"), profile)
        ground = Image.new("RGB", layer.size, PAPER)
        ground.paste(colours, mask=layer.getchannel("A"))
        return ground
    if image.mode not in ("L", "RGB", "CMYK", "LAB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    return _in_srgb(image, profile)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey, and the grey that is transparent; Pillow would cut them off instead of dividing them."""
    grey = image.convert("I")
    grey.info = {}
    grey = grey.point(lambda level: level * (1 / 257)).convert("L")
    if "transparency" in image.info:
        grey.info["transparency"] = round(image.info["transparency"] / 257)
    return grey


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The same colours in sRGB; where no profile fits, they are taken as they stand."""
    transform = _transform(profile, image.mode) if isinstance(profile, bytes) and profile else None
    if transform is None and image.mode == "LAB":
        transform = _transform(_LAB, "LAB")
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    changed = ImageCms.applyTransform(image, transform)
    assert changed is not None
    return changed


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


_LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


@lru_cache(64)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the colours of a profile to sRGB; `None` where it does not fit, or would change nothing that is seen."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, _srgb(), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether no colour of a grid over the whole cube moves by more than one step of 255."""
    grid = Image.new("RGB", (36, 6))
    grid.putdata([(51 * red, 51 * green, 51 * blue) for red in range(6) for green in range(6) for blue in range(6)])
    moved = ImageCms.applyTransform(grid, transform)
    assert moved is not None
    pairs = zip(grid.tobytes(), moved.tobytes(), strict=True)
    return all(abs(before - after) <= 1 for before, after in pairs)


# --- a look -----------------------------------------------------------------------------------------------

LOOKED_AT = 800, 600
"""Pixels enough to tell a blurred photo from a sharp one."""


def looked_at(raw: bytes, most_pixels: int = MEGAPIXELS * 1_000_000, most_frames: int = FRAMES) -> Sight:
    """All that is to be known of a picture: its pixels are read too, unless there are more than the limits allow."""
    kind = kind_of(raw)
    if kind not in ENDINGS:
        return Sight(kind)
    told = tells_place(raw, kind)
    try:
        with _faults_told(), _opened(raw) as image:
            return replace(_seen(image, kind, most_pixels, most_frames), tells_place=told)
    except Unreadable as fault:
        cut_off = "truncated" in str(fault).lower() or _ends_early(raw, kind)
        return Sight(kind, fault="cut-off" if cut_off else "unreadable", tells_place=told)


def _ends_early(raw: bytes, kind: PictureKind) -> bool:
    """Whether a file is shorter than it says of itself, for the kinds whose readers do not tell."""
    if kind == "webp":
        return 8 + int.from_bytes(raw[4:8], "little") > len(raw)
    if kind == "tiff":
        return int.from_bytes(raw[4:8], "little" if raw[:1] == b"I" else "big") >= len(raw)
    at, size = 0, 8
    while kind in ("avif", "heif") and at < len(raw) and size >= 8:
        size = int.from_bytes(raw[at : at + 4], "big")
        size = int.from_bytes(raw[at + 8 : at + 16], "big") if size == 1 else size
        at += size
    return at > len(raw)


def looked_at_drawing(raw: bytes) -> Sight:
    """The same of one of our own drawings."""
    return Sight("svg", *svg_size(raw), tint=tint(drawn(raw, 64)))


def _seen(image: Image.Image, kind: PictureKind, most_pixels: int, most_frames: int) -> Sight:
    if kind == "tiff" and _is_raw(image):
        return Sight("raw")
    width, height = image.size
    frames = int(getattr(image, "n_frames", 1))
    if width * height > most_pixels or frames > most_frames:
        return Sight(kind, width, height, frames)
    bare = image.mode == "CMYK" and _transform(image.info.get("icc_profile") or b"", "CMYK") is None
    pixels, lay = _loaded(image, LOOKED_AT)
    small = _plain(pixels)
    if lay:
        width, height = height, width
    return Sight(kind, width, height, frames, None, False, bare, tint(small), flaw(small))


def _is_raw(image: Image.Image) -> bool:
    """Whether a TIFF is the raw file of a camera: DNG, or one whose first picture is a reduced copy."""
    tags = image.tag_v2  # type: ignore[attr-defined]
    return 0xC612 in tags or bool(tags.get(0x00FE, 0) & 1)


# --- how good it is ---------------------------------------------------------------------------------------


def tint(image: Image.Image) -> str:
    """The most frequent colour of a picture in mode RGB, among those of `photo.TINTS`: `310`."""
    small = image.resize((32, 32), Image.Resampling.BOX).tobytes()
    counts = Counter(zip(*(bytes(level >> 6 for level in small[band::3]) for band in range(3)), strict=True))
    most = min(counts, key=lambda one: (-counts[one], one))
    return "".join(str(level) for level in most)


DARK = 70
PALE = 60
BLURRED = 25


def flaw(image: Image.Image) -> Flaw | None:
    """What a photographer would call the worst fault of a picture, if there is a grave one."""
    grey = image.convert("L")
    shades = grey.histogram()
    low, high = _percentile(shades, 0.02), _percentile(shades, 0.98)
    if high < DARK:
        return "dark"
    if high - low < PALE:
        return "pale"
    return "blurred" if _sharpest(grey) < BLURRED else None


def _percentile(histogram: list[int], share: float) -> int:
    """The value that this share of the pixels stays below."""
    left = share * sum(histogram)
    for value, count in enumerate(histogram):
        left -= count
        if left < 0:
            return value
    return len(histogram) - 1


_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def _sharpest(grey: Image.Image) -> float:
    """The strongest variance of edges in an eighth by an eighth of the picture: one sharp thing is enough."""
    grey.thumbnail(LOOKED_AT)
    edges = grey.filter(_EDGES).crop((1, 1, max(2, grey.width - 1), max(2, grey.height - 1)))  # a rim stays unfiltered
    across, down = max(1, edges.width // 8), max(1, edges.height // 8)
    tiles = (
        edges.crop((left, top, left + across, top + down))
        for left in range(0, edges.width - across + 1, across)
        for top in range(0, edges.height - down + 1, down)
    )
    return max(ImageStat.Stat(tile).var[0] for tile in tiles)
