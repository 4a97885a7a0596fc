"""Renditions: their names and sizes are known before any pixel; the pixels keep nothing that is private."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest
from PIL import Image, ImageCms
from sites import SVG, cut_short, gradient, jpeg, png

from ocopgen import image as module
from ocopgen.catalogue import PhotoFile
from ocopgen.image import (
    CARD,
    FORMATS,
    PAPER,
    SUFFIX,
    WIDTHS,
    Ladder,
    Rendition,
    Unreadable,
    develop,
    ladder,
    looked_at,
)
from ocopgen.recipe import digest

SMALL = 120, 240


def photo_file(raw: bytes) -> PhotoFile:
    kind, width, height = looked_at(raw)
    return PhotoFile("products/gao/hop.jpg", digest(raw), kind, width, height, len(raw))


def steps(raw: bytes, shape: tuple[int, int] | None = None, widths: tuple[int, ...] = SMALL) -> Ladder:
    return ladder(photo_file(raw), "gao-hop", shape, widths)


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw)).convert("RGB")


def one(raw: bytes, shape: tuple[int, int] | None = None, width: int = 240) -> Image.Image:
    """The JPEG rendition of a picture."""
    wanted = steps(raw, shape, (width,)).of("jpeg")[0]
    return opened(develop(raw, [wanted])[wanted.key])


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def near(seen: object, wanted: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= by for a, b in zip(seen, wanted, strict=True))


# --- sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(900, 700), (700, 900), (130, 500), (500, 130), (3, 900), (900, 3)])
@pytest.mark.parametrize("shape", [None, CARD])
def test_every_file_has_the_size_that_was_foretold(size: tuple[int, int], shape: tuple[int, int] | None) -> None:
    raw = jpeg(*size)
    wanted = steps(raw, shape).renditions
    made = develop(raw, wanted)
    assert [opened(made[each.key]).size for each in wanted] == [(each.width, each.height) for each in wanted]


@pytest.mark.parametrize("size", [(900, 700), (700, 900), (500, 130), (50, 900)])
@pytest.mark.parametrize("shape", [None, CARD])
def test_no_rendition_is_wider_than_the_photo(size: tuple[int, int], shape: tuple[int, int] | None) -> None:
    found = steps(jpeg(*size), shape, WIDTHS)
    assert all(each.width <= size[0] and each.height <= size[1] for each in found.renditions)
    assert len(set(found.renditions)) == len(found.renditions)


def test_a_ladder_tells_its_largest_size() -> None:
    found = steps(jpeg(900, 700), None, (400, 800, 1600))
    assert (found.width, found.height) == (900, 700)
    assert [each.width for each in found.of("webp")] == [400, 800, 900]


def test_a_drawing_may_be_as_large_as_is_asked() -> None:
    found = steps(SVG.encode(), CARD, (40, 80))
    assert [(each.width, each.height) for each in found.of("avif")] == [(40, 30), (80, 60)]
    made = develop(SVG.encode(), found.renditions)
    assert {opened(raw).size for raw in made.values()} == {(40, 30), (80, 60)}


def test_a_card_shows_the_middle_of_the_photo() -> None:
    wide = Image.new("RGB", (1200, 300), (200, 0, 0))
    wide.paste((0, 0, 200), (400, 0, 800, 300))
    card = one(saved(wide), CARD)
    assert card.size == (240, 180)
    assert all(near(card.getpixel(at), (0, 0, 200)) for at in ((3, 90), (120, 90), (236, 90)))


def test_a_tall_photo_is_cut_at_top_and_bottom_alike() -> None:
    tall = Image.new("RGB", (300, 1200), (200, 0, 0))
    tall.paste((0, 0, 200), (0, 488, 300, 712))
    card = one(saved(tall), CARD)
    assert all(near(card.getpixel(at), (0, 0, 200)) for at in ((120, 4), (120, 176)))


# --- pixels -----------------------------------------------------------------------------------------------

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright_however_the_phone_was_held(orientation: int) -> None:
    raw = jpeg(900, 600, orientation)
    upright = gradient(900, 600)
    if orientation > 1:
        upright = upright.transpose(TURNS[orientation])
    assert looked_at(raw) == ("jpeg", *upright.size)
    shown, wanted = one(raw), upright.resize(one(raw).size)
    corners = [(5, 5), (shown.width - 6, 5), (5, shown.height - 6), (shown.width - 6, shown.height - 6)]
    assert all(near(shown.getpixel(at), wanted.getpixel(at)) for at in corners)  # type: ignore[arg-type]


def test_an_orientation_that_does_not_exist_is_no_orientation() -> None:
    assert looked_at(jpeg(900, 600, 9)) == ("jpeg", 900, 600)


def test_what_is_transparent_is_laid_on_paper() -> None:
    paper = tuple(bytes.fromhex(PAPER[1:]))
    assert near(one(png(alpha=True)).getpixel((20, 90)), paper)  # type: ignore[arg-type]
    palette = gradient(900, 700).quantize(16)
    corner = palette.getpixel((2, 2))
    assert near(one(saved(palette, transparency=corner)).getpixel((1, 1)), paper, 40)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "grey"),
    [
        (saved(Image.new("L", (900, 700), 117)), 117),
        (saved(Image.new("I;16", (900, 700), 117 * 257)), 117),
        (saved(Image.new("1", (900, 700), 1)), 255),
        (saved(Image.new("CMYK", (900, 700), (0, 0, 0, 138)), "JPEG"), 117),
    ],
)
def test_every_kind_of_pixel_becomes_plain_colour(raw: bytes, grey: int) -> None:
    assert near(one(raw).getpixel((100, 90)), (grey, grey, grey), 4)


def test_nothing_but_pixels_is_left_in_the_file() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = saved(Image.open(io.BytesIO(jpeg(gps=True))), "JPEG", icc_profile=profile, exif=_exif(jpeg(gps=True)))
    assert all(secret in raw for secret in (b"MAKER-OF-PHONES", b"ICC_PROFILE", b"Exif"))
    for made in develop(raw, steps(raw).renditions).values():
        assert not any(mark in made for mark in (b"MAKER", b"SECRET", b"ICC", b"Exif", b"exif", b"GPS", b"http"))
        image = Image.open(io.BytesIO(made))
        assert "icc_profile" not in image.info
        assert not image.getexif()


def _exif(raw: bytes) -> bytes:
    return bytes(Image.open(io.BytesIO(raw)).info["exif"])


def test_the_same_recipe_gives_the_same_bytes_alone_or_among_others() -> None:
    raw = jpeg()
    wanted = steps(raw).renditions
    together = develop(raw, wanted)
    assert develop(raw, reversed(wanted)) == together
    for each in steps(raw, None, (240,)).renditions:
        assert develop(raw, [each])[each.key] == together[each.key]


def test_nothing_asked_is_nothing_decoded() -> None:
    assert develop(b"no picture at all", ()) == {}


# --- names ------------------------------------------------------------------------------------------------

BASE = Rendition("d", "jpeg", CARD, 400, 300, "webp")


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, photo="e"),
        replace(BASE, kind="png"),
        replace(BASE, shape=None),
        replace(BASE, width=401),
        replace(BASE, height=301),
        replace(BASE, format="jpeg"),
    ],
)
def test_the_key_depends_on_the_whole_recipe(other: Rendition) -> None:
    assert other.key != BASE.key
    assert replace(BASE).key == BASE.key


def test_the_key_depends_on_the_encoder_and_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    before = BASE.key
    monkeypatch.setitem(module.SETTINGS, "webp", {"quality": 79, "method": 4})
    settings = replace(BASE).key
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    assert len({before, settings, replace(BASE).key}) == 3


def test_a_path_is_readable_and_ends_in_the_fingerprint() -> None:
    found = steps(jpeg())
    for each in found.renditions:
        assert found.path(each) == f"pictures/gao-hop-{each.width}-{each.key[:12]}.{SUFFIX[each.format]}"
    assert len({found.path(each) for each in found.renditions}) == len(FORMATS) * 2


# --- what is no picture -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (jpeg(), "jpeg"),
        (png(), "png"),
        (SVG.encode(), "svg"),
        (b'<?xml version="1.0"?>' + SVG.encode(), "svg"),
        (b"GIF89a", "other"),
        (b"", "other"),
        (b"\xff\xd8\xff", "broken"),
        (b"\x89PNG\r\n\x1a\n\0\0", "broken"),
        (b"\xff\xd8\xff\xe0" + b"x" * 400, "broken"),
    ],
)
def test_a_picture_is_known_by_its_bytes(raw: bytes, kind: str) -> None:
    assert looked_at(raw)[0] == kind


def test_a_drawing_without_a_box_has_no_size() -> None:
    assert looked_at(b"<svg></svg>") == ("svg", 0, 0)


def test_pixels_that_stop_half_way_are_an_error_and_no_grey_picture() -> None:
    raw = cut_short(jpeg())
    assert looked_at(raw) == ("jpeg", 900, 700)
    with pytest.raises(Unreadable, match="truncated"):
        develop(raw, steps(raw).renditions)


def with_exif(exif: bytes) -> bytes:
    """A JPEG whose EXIF is these bytes."""
    return saved(gradient(900, 600), "JPEG", exif=exif)


TIFF = b"Exif\0\0II*\0\x08\0\0\0"


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0garbage",
        b"Exif\0\0II*\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        TIFF + b"\xff\xff",
        TIFF + b"\x01\0\x12\x01",
        TIFF + b"\x01\0\x12\x01\x03\0\x01\0\0\0",
        TIFF + b"\x01\0\x12\x01\x02\0\xff\xff\xff\0\xff\xff\xff\0\0\0\0\0",
        TIFF + b"\x01\0\x12\x01\x05\0\x01\0\0\0\x1a\0\0\0\0\0\0\0" + bytes(8),
        TIFF + b"\x01\0\x12\x01\x07\0\x04\0\0\0\x06\0\0\0\0\0\0\0",
    ],
)
def test_damaged_exif_leaves_the_picture_as_it_is(exif: bytes) -> None:
    raw = with_exif(exif)
    assert looked_at(raw) == ("jpeg", 900, 600)
    assert one(raw).size == (240, 160)


def test_damage_anywhere_in_a_picture_is_one_kind_of_fault() -> None:
    chance = Random(7)
    for raw in (jpeg(200, 150, 6), png(200, 150), png(200, 150, alpha=True)):
        wanted = steps(raw, None, (40,)).renditions[:1]
        for _ in range(150):
            spoiled = bytearray(raw)
            for _ in range(8):
                spoiled[chance.randrange(len(raw) if chance.random() < 0.5 else 400)] = chance.randrange(256)
            looked_at(bytes(spoiled))
            with suppress(Unreadable):
                develop(bytes(spoiled), wanted)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def vast(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be vast."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(7746, 7746), (10_000, 10_000), (100_000, 100_000)])
def test_a_vast_picture_is_measured_without_a_word_and_never_decoded(size: tuple[int, int]) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert looked_at(vast(*size)) == ("png", *size)
        with pytest.raises(Unreadable, match="pixels"):
            develop(vast(*size), [BASE])
    assert told == []


def test_an_orientation_behind_the_pixels_is_obeyed() -> None:
    raw = png(900, 600)
    exif = Image.Exif()
    exif[0x0112] = 6
    late = raw[:-12] + chunk(b"eXIf", exif.tobytes()[6:]) + raw[-12:]
    assert looked_at(late) == ("png", 600, 900)
    assert one(late).size == (240, 360)


def test_a_fault_of_our_own_drawing_is_not_told_as_the_contributors() -> None:
    with pytest.raises(ValueError, match=r".") as fault:
        develop(b"<svg", [replace(BASE, kind="svg")])
    assert not isinstance(fault.value, Unreadable)
