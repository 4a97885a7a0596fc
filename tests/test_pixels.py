"""The pixels of a picture: upright and in sRGB from every format, and no damage is more than one kind of fault."""

from __future__ import annotations

import struct
import warnings
from contextlib import suppress
from random import Random

import pytest
from heic import CORNERS, HEIC, TURNED
from icc import ADOBE_GAMMA, ADOBE_RGB, DISPLAY_P3, SRGB, Matrix, grey_profile, in_srgb, ink_profile, matrix_profile
from pictures import (
    FRAMES,
    TURNS,
    Colour,
    chunk,
    corners,
    forms,
    moving,
    near,
    noise,
    oriented,
    png_of,
    quarters,
    saved,
    tiff_of,
    vast,
)
from PIL import Image, ImageCms, ImageDraw, ImageFilter
from sites import SVG, cut_short, gif, gradient, jpeg, png

from ocopgen import pixels as module
from ocopgen.image import CENTRE, WIDTHS, Cut, ladder
from ocopgen.model import Limits
from ocopgen.photo import CARD, PhotoFile, Sight
from ocopgen.pixels import (
    DECODED_TO,
    PAPER,
    Unreadable,
    decoded,
    flaw,
    looked_at,
    looked_at_drawing,
    same_pixels,
    svg_size,
    tint,
)

GREY: Colour = (117, 117, 117)
WHITE: Colour = (251, 247, 239)


def test_paper_is_the_colour_that_is_meant() -> None:
    assert tuple(bytes.fromhex(PAPER[1:])) == WHITE


def size(raw: bytes) -> tuple[int, int]:
    """The size in which a look sees a picture."""
    seen = looked_at(raw)
    assert seen.fault is None
    return seen.width, seen.height


def colour(raw: bytes, at: tuple[int, int] = (2, 2)) -> Colour:
    """A decoded pixel."""
    seen = decoded(raw).getpixel(at)
    assert isinstance(seen, tuple)
    return seen[:3]


# --- formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", forms())
def test_every_format_gives_the_same_picture(form: str) -> None:
    kind, raw = forms()[form]
    seen, image = looked_at(raw), decoded(raw)
    wanted = corners() if form != "heic-turned" else corners().transpose(TURNS[6])
    assert (seen.kind, seen.width, seen.height, seen.fault) == (kind, *wanted.size, None)
    assert (image.mode, image.size) == ("RGB", wanted.size)
    assert near(quarters(image), quarters(wanted), 24)


@pytest.mark.parametrize("form", forms())
def test_of_what_moves_the_first_frame_is_taken_and_all_are_counted(form: str) -> None:
    assert looked_at(forms()[form][1]).frames == FRAMES.get(form, 1)


def test_of_two_pictures_in_a_heic_the_first_is_taken() -> None:
    assert looked_at(HEIC["two"]).frames == 2
    assert near(quarters(decoded(HEIC["two"])), CORNERS)


def test_a_tiff_with_the_byte_order_of_macs_is_read() -> None:
    assert near([colour(saved(Image.new("I;16B", (9, 9), 117 * 257), "TIFF"))], [GREY], 1)


# --- orientation ------------------------------------------------------------------------------------------

ORIENTATIONS = range(1, 9)
TOLD_BY_EXIF = "JPEG", "PNG", "WEBP", "TIFF", "AVIF", "MPO"


def upright(orientation: int) -> Image.Image:
    return corners().transpose(TURNS[orientation]) if orientation > 1 else corners()


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("form", [*TOLD_BY_EXIF, "HEIC"])
def test_pictures_stand_upright_however_the_phone_was_held(form: str, orientation: int) -> None:
    raw = TURNED[orientation] if form == "HEIC" else saved(corners(), form, exif=oriented(orientation))
    wanted = upright(orientation)
    assert size(raw) == decoded(raw).size == wanted.size
    assert near(quarters(decoded(raw)), quarters(wanted), 24)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_large_photo_that_is_reduced_while_it_is_decoded_stands_upright_too(orientation: int) -> None:
    raw = saved(corners(4000, 3000), "JPEG", exif=oriented(orientation))
    wanted = upright(orientation).resize((4, 4), Image.Resampling.NEAREST)
    image = decoded(raw, (100, 75) if orientation < 5 else (75, 100))
    assert size(raw) == ((4000, 3000) if orientation < 5 else (3000, 4000))
    assert (image.width > image.height) == (orientation < 5)
    assert max(image.size) < 1000
    assert near(quarters(image), quarters(wanted), 24)


@pytest.mark.parametrize("told", [0, 9, 255, 65535])
@pytest.mark.parametrize("form", TOLD_BY_EXIF[:4])
def test_an_orientation_that_does_not_exist_is_no_orientation(form: str, told: int) -> None:
    raw = saved(corners(), form, exif=oriented(told))
    assert size(raw) == (64, 48)
    assert near(quarters(decoded(raw)), CORNERS, 24)


def test_a_heic_stands_as_its_file_says_and_not_as_its_exif_does() -> None:
    told = struct.pack(">HHIH", 0x0112, 3, 1, 1)
    raw = TURNED[1].replace(told, told[:-1] + b"\x06")
    assert raw != TURNED[1]
    assert near(quarters(decoded(raw)), CORNERS)
    assert size(raw) == (64, 48)


def test_an_orientation_behind_the_pixels_is_obeyed() -> None:
    raw = saved(corners())
    late = raw[:-12] + chunk(b"eXIf", oriented(6).tobytes()[6:]) + raw[-12:]
    assert size(late) == decoded(late).size == (48, 64)


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
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_damaged_exif_leaves_the_picture_as_it_is(form: str, exif: bytes) -> None:
    raw = saved(gradient(96, 64), form, exif=exif)
    assert size(raw) == decoded(raw).size == (96, 64)


# --- colours ----------------------------------------------------------------------------------------------

PROFILES: dict[str, tuple[Matrix, float | None]] = {
    "display-p3": (DISPLAY_P3, None),
    "adobe-rgb": (ADOBE_RGB, ADOBE_GAMMA),
}
COLOURS = (200, 100, 100), (60, 120, 60), (10, 20, 200), (128, 128, 128), (255, 255, 255), (0, 0, 0)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("name", PROFILES)
def test_colours_of_a_wider_space_are_shown_as_they_were_meant(name: str, form: str) -> None:
    primaries, gamma = PROFILES[name]
    profile = matrix_profile(primaries, gamma)
    for one in COLOURS:
        raw = saved(Image.new("RGB", (16, 16), one), form, icc_profile=profile, quality=95)
        assert near([colour(raw)], [in_srgb(one, primaries, gamma)], 8)
    assert in_srgb(COLOURS[0], primaries, gamma)[0] > COLOURS[0][0] + 12


def test_an_iphone_photo_in_display_p3_is_shown_as_it_was_meant() -> None:
    assert near([colour(HEIC["display-p3"])], [in_srgb((200, 100, 100), DISPLAY_P3, 2.2)], 3)


@pytest.mark.parametrize(
    "profile", [matrix_profile(SRGB), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()]
)
def test_a_profile_of_srgb_changes_nothing(profile: bytes) -> None:
    plain = gradient(96, 64)
    assert decoded(saved(plain, icc_profile=profile)).tobytes() == plain.tobytes()


@pytest.mark.parametrize("mode", ["L", "I;16"])
def test_greys_are_shown_as_their_profile_means_them(mode: str) -> None:
    level = 100 if mode == "L" else 100 * 257
    raw = saved(Image.new(mode, (16, 16), level), icc_profile=grey_profile(1.0))
    assert near([colour(raw)], [(168, 168, 168)], 1)


INKS = ink_profile(inks=((60, 50, 70), (50, 0, -60), (80, -60, 40), (10, 0, 0)))
ORANGE, BLUE, GREEN = (235, 98, 0), (0, 119, 221), (58, 225, 115)
"""What `INKS` makes of full cyan, magenta and yellow: no one could guess these without the profile."""


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize(
    ("inks", "seen"),
    [((255, 0, 0, 0), ORANGE), ((0, 255, 0, 0), BLUE), ((0, 0, 255, 0), GREEN), ((0, 0, 0, 0), (255, 255, 255))],
)
def test_inks_are_shown_as_their_profile_means_them(form: str, inks: tuple[int, int, int, int], seen: Colour) -> None:
    raw = saved(Image.new("CMYK", (16, 16), inks), form, icc_profile=INKS)
    assert near([colour(raw)], [seen], 4)
    assert not looked_at(raw).bare_cmyk


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_inks_without_a_profile_are_told_and_shown_as_well_as_can_be(form: str) -> None:
    raw = saved(Image.new("CMYK", (16, 16), (0, 0, 0, 138)), form)
    assert looked_at(raw).bare_cmyk
    assert near([colour(raw)], [GREY], 4)
    assert looked_at(saved(Image.new("CMYK", (16, 16)), form, icc_profile=b"garbage")).bare_cmyk
    assert not looked_at(saved(Image.new("RGB", (16, 16), GREY), form)).bare_cmyk


def adobe(raw: bytes, transform: int) -> bytes:
    """A JPEG of inks with the mark of Adobe, whose inks are inverted: as inks (0), or as YCCK (2)."""
    at = raw.index(b"\xff\xee")
    marked = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([transform])
    return raw[:at] + marked + raw[at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big") :]


def test_the_inverted_inks_of_adobe_are_set_right() -> None:
    plain = saved(Image.new("CMYK", (16, 16), (255, 0, 0, 0)), "JPEG", quality=95)
    assert b"Adobe" in plain
    assert near([colour(adobe(plain, 0))], [(0, 255, 255)], 6)
    # Red is no cyan and all magenta and yellow, inverted (255, 0, 0): a cyan as YCC, 179, 171, 0; Pillow inverts.
    levels = Image.new("CMYK", (16, 16), (255 - 179, 255 - 171, 255 - 0, 0))
    assert near([colour(adobe(saved(levels, "JPEG", quality=95), 2))], [(255, 0, 0)], 8)


@pytest.mark.parametrize(
    "profile",
    [
        b"garbage",
        b"\0" * 128,
        matrix_profile(DISPLAY_P3)[:200],
        matrix_profile(DISPLAY_P3)[:132] + b"\xff" * 60,
        INKS,
        grey_profile(1.0),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_profile_that_is_broken_or_of_other_colours_is_passed_over(form: str, profile: bytes) -> None:
    raw = saved(Image.new("RGB", (16, 16), (200, 100, 100)), form, icc_profile=profile)
    assert looked_at(raw).fault is None
    assert near([colour(raw)], [(200, 100, 100)], 4)


@pytest.mark.parametrize("profile", [b"", b"garbage", matrix_profile(DISPLAY_P3)])
def test_lab_is_shown_as_it_is_meant_whatever_its_profile(profile: bytes) -> None:
    raw = saved(Image.new("LAB", (16, 16), (117, 128, 128)), "TIFF", icc_profile=profile)
    assert near([colour(raw)], [(109, 109, 109)], 2)


SIXTEEN = struct.pack(">H", 117 * 257)
OTHER = struct.pack(">H", 5 * 257)
LITTLE = struct.pack("<H", 117 * 257)
SMALL = 8, 8


@pytest.mark.parametrize(
    "raw",
    [
        saved(Image.new("L", (9, 9), 117)),
        saved(Image.new("L", (9, 9), 117), "JPEG", quality=95),
        saved(Image.new("L", (9, 9), 117), "TIFF"),
        saved(Image.new("I;16", (9, 9), 117 * 257)),
        saved(Image.new("I;16", (9, 9), 117 * 257), "TIFF"),
        saved(Image.new("I", (9, 9), 117 * 257), "TIFF"),
        saved(Image.new("RGBX", (9, 9), GREY), "TIFF"),
        saved(Image.new("YCbCr", (9, 9), (117, 128, 128)), "TIFF"),
        saved(Image.new("RGB", (9, 9), GREY).quantize(4)),
        saved(Image.new("RGB", (9, 9), GREY).quantize(4), "GIF"),
        saved(Image.new("RGB", (9, 9), GREY).quantize(4), "TIFF"),
        saved(Image.new("LA", (9, 9), (117, 255))),
        png_of(SMALL, 16, 0, [SIXTEEN * 8] * 8),
        png_of(SMALL, 16, 2, [SIXTEEN * 24] * 8),
        png_of(SMALL, 16, 4, [(SIXTEEN + b"\xff\xff") * 8] * 8),
        png_of(SMALL, 16, 6, [(SIXTEEN * 3 + b"\xff\xff") * 8] * 8),
        png_of(SMALL, 16, 0, [SIXTEEN * 8] * 8, chunk(b"tRNS", OTHER)),
        tiff_of(SMALL, 16, 1, 1, LITTLE * 64),
        tiff_of(SMALL, 16, 2, 3, LITTLE * 3 * 64),
        tiff_of(SMALL, 16, 2, 4, (LITTLE * 3 + b"\xff\xff") * 64, extra=2),
        tiff_of(SMALL, 16, 5, 4, (bytes(6) + struct.pack("<H", 138 * 257)) * 64),
        tiff_of(SMALL, 8, 0, 1, bytes([138]) * 64),
    ],
)
def test_every_kind_of_pixel_becomes_plain_colour(raw: bytes) -> None:
    assert looked_at(raw).fault is None
    assert near([colour(raw)], [GREY], 1)


@pytest.mark.parametrize("image", [Image.new("F", (9, 9), 117.0), Image.new("I", (9, 9), 1 << 20)])
def test_measurements_of_which_nobody_tells_what_is_white_are_no_picture(image: Image.Image) -> None:
    raw = saved(image, "TIFF")
    assert looked_at(raw) == Sight("tiff", fault="unreadable")
    with pytest.raises(Unreadable, match="measurements"):
        decoded(raw)


@pytest.mark.parametrize("mode", ["1", "L"])
def test_black_and_white_stay_black_and_white(mode: str) -> None:
    for level, seen in ((0, (0, 0, 0)), (255, (255, 255, 255))):
        assert colour(saved(Image.new(mode, (9, 9), level))) == seen


# --- transparency -----------------------------------------------------------------------------------------


def half(mode: str = "RGBA") -> Image.Image:
    """A grey picture whose left half is wholly transparent."""
    image = Image.new("RGBA", (16, 16), (*GREY, 255))
    image.paste((10, 200, 30, 0), (0, 0, 8, 16))
    return image.convert(mode)


KEYED = chunk(b"tRNS", OTHER)


@pytest.mark.parametrize(
    "raw",
    [
        saved(half()),
        saved(half("LA")),
        saved(half("LA"), "TIFF"),
        saved(half(), "TIFF"),
        saved(half(), "WEBP", lossless=True),
        saved(half(), "AVIF"),
        saved(half(), "GIF"),
        saved(half().quantize(8)),
        saved(half("PA"), "TIFF"),
        saved(half(), "PNG", save_all=True, append_images=[half()]),
        saved(half(), "WEBP", save_all=True, append_images=[half().rotate(180)], lossless=True),
        saved(half(), "GIF", save_all=True, append_images=[half().rotate(180)]),
        saved(half(), "PNG", icc_profile=matrix_profile(DISPLAY_P3)),
        png_of(SMALL, 8, 0, [b"\5" * 4 + b"\x75" * 4] * 8, chunk(b"tRNS", b"\0\5")),
        png_of(SMALL, 8, 2, [b"\5" * 12 + b"\x75" * 12] * 8, chunk(b"tRNS", b"\0\5" * 3)),
        png_of(SMALL, 16, 0, [OTHER * 4 + SIXTEEN * 4] * 8, KEYED),
        png_of(SMALL, 16, 2, [OTHER * 12 + SIXTEEN * 12] * 8, chunk(b"tRNS", OTHER * 3)),
        png_of(SMALL, 16, 4, [(OTHER + bytes(2)) * 4 + (SIXTEEN + b"\xff\xff") * 4] * 8),
        png_of(SMALL, 16, 6, [(OTHER * 3 + bytes(2)) * 4 + (SIXTEEN * 3 + b"\xff\xff") * 4] * 8),
    ],
)
def test_what_is_transparent_is_laid_on_paper(raw: bytes) -> None:
    image = decoded(raw)
    assert near([colour(raw), colour(raw, (image.width - 2, 2))], [WHITE, GREY], 4)


def test_a_transparent_heic_is_laid_on_paper() -> None:
    first, second, third, fourth = quarters(decoded(HEIC["transparent"]))
    assert near([first, second, third, fourth], [WHITE, CORNERS[1], WHITE, CORNERS[3]])


def test_what_is_half_transparent_lets_the_paper_through() -> None:
    raw = saved(Image.new("RGBA", (16, 16), (0, 0, 0, 128)))
    assert near([colour(raw)], [(125, 123, 119)], 2)


# --- as large as is needed --------------------------------------------------------------------------------

SIZES = (
    *((4000, 3000), (3000, 4000), (6000, 1500), (1500, 6000), (3200, 2400), (3201, 2401), (3199, 2399), (1600, 1200)),
    *((1599, 1199), (1601, 1201), (9000, 800), (800, 9000), (2400, 4800), (900, 700), (640, 3)),
)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("whole", SIZES)
def test_what_is_decoded_is_as_large_as_every_use_needs_or_whole(whole: tuple[int, int], form: str) -> None:
    for orientation in (1, 6):
        raw = saved(Image.new("L", whole, 99), form, exif=oriented(orientation))
        upright = whole if orientation == 1 else (whole[1], whole[0])
        got = decoded(raw).size
        assert got == upright or (got[0] >= DECODED_TO[0] and got[1] >= DECODED_TO[1])
        assert abs(got[0] * upright[1] - got[1] * upright[0]) <= max(upright), "the same proportions"


@pytest.mark.parametrize("whole", SIZES)
def test_no_rendition_asks_for_more_pixels_than_are_decoded(whole: tuple[int, int]) -> None:
    got = decoded(saved(Image.new("L", whole, 99), "JPEG")).size
    photo = PhotoFile("p/a/b.jpg", "d", 1, Sight("jpeg", *whole))
    for shape in (None, CARD):
        for one in ladder(photo, "x", shape, WIDTHS).renditions:
            left, top, right, bottom = Cut("d", "jpeg", shape, CENTRE).box(*got)
            assert (right - left + 1, bottom - top + 1) >= (one.width, one.height)
            assert bottom - top + 1 >= one.height


def test_a_large_photo_is_reduced_while_it_is_decoded() -> None:
    assert decoded(saved(Image.new("RGB", (8000, 6000)), "JPEG")).size == (2000, 1500)
    assert decoded(saved(Image.new("RGB", (4000, 3000)))).size == (2000, 1500)
    assert decoded(saved(Image.new("RGB", (4000, 3000), GREY).quantize(2))).size == (4000, 3000)


# --- limits -----------------------------------------------------------------------------------------------


class Peeped(BaseException):
    """Somebody read pixels."""


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may read pixels."""

    def never(*_: object) -> None:
        raise Peeped

    monkeypatch.setattr(module, "_loaded", never)


def vast_jpeg(width: int, height: int) -> bytes:
    raw = saved(corners(), "JPEG")
    return raw.replace(struct.pack(">HH", 48, 64), struct.pack(">HH", height, width), 1)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (vast(7746, 7746), (7746, 7746)),
        (vast(50_000, 50_000), (50_000, 50_000)),
        (vast(100_000, 100_000), (100_000, 100_000)),
        (vast_jpeg(65_500, 65_500), (65_500, 65_500)),
        (tiff_of((60_000, 60_000), 8, 1, 1, b""), (60_000, 60_000)),
    ],
)
@pytest.mark.usefixtures("blind")
def test_a_vast_picture_is_measured_without_a_word_and_never_decoded(raw: bytes, seen: tuple[int, int]) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert looked_at(raw) == Sight(module.kind_of(raw), *seen)
    assert told == []


@pytest.mark.parametrize("side", [9_000, 20_000, 50_000, 0xFFFFFFFF])
@pytest.mark.parametrize("raw", [HEIC["turned-1"], saved(corners(), "AVIF")])
def test_a_vast_picture_of_a_few_bytes_from_a_phone_is_refused(raw: bytes, side: int) -> None:
    at = raw.index(b"ispe") + 8
    seen = looked_at(raw[:at] + struct.pack(">II", side, side) + raw[at + 8 :])
    assert seen.tint == ""
    assert seen.fault == "unreadable" or seen.width * seen.height > Limits().most_pixels


@pytest.mark.usefixtures("blind")
def test_a_film_is_counted_and_never_decoded() -> None:
    assert looked_at(gif(8, 8, 300)) == Sight("gif", 8, 8, 300)
    for form, kind in (("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tiff")):
        seen = looked_at(moving(form), most_frames=1)
        assert (seen.kind, seen.frames, seen.tint) == (kind, 2, "")


def test_limits_are_those_that_are_asked_for() -> None:
    raw = saved(Image.new("L", (1000, 1000)))
    assert looked_at(raw, 1_000_000).tint == "000"
    assert looked_at(saved(Image.new("L", (1000, 1001))), 1_000_000).tint == ""
    assert looked_at(gif(8, 8, 3), most_frames=3).tint != ""
    assert looked_at(gif(8, 8, 4), most_frames=3).tint == ""


def test_a_vast_picture_within_the_limits_raises_no_warning() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert looked_at(saved(Image.new("1", (10_000, 9_000))), 90_000_000).tint == "000"
    assert told == []


# --- damage -----------------------------------------------------------------------------------------------

NEAR = Limits(megapixels=1)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (SVG.encode(), Sight("svg")),
        (b"%PDF-1.4", Sight("pdf")),
        (b"", Sight("other")),
        (b"hello", Sight("other")),
        (b"GIF89a", Sight("gif", fault="unreadable")),
        (b"\xff\xd8\xff\xe0" + b"x" * 400, Sight("jpeg", fault="cut-off")),
        (b"\xff\xd8\xff\xd9" + b"x" * 400, Sight("jpeg", fault="unreadable")),
        (b"\x89PNG\r\n\x1a\nhello, this is none", Sight("png", fault="unreadable")),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Sight("heif", fault="unreadable")),
        (b"II*\0\xff\xff\xff\xff", Sight("tiff", fault="cut-off")),
        (b"II*\0\x08\0\0\0\0\0\0\0\0\0", Sight("tiff", fault="unreadable")),
        (b"RIFF\x08\0\0\0WEBPVP8 ", Sight("webp", fault="unreadable")),
        (b"RIFF\xff\0\0\0WEBPVP8 ", Sight("webp", fault="cut-off")),
    ],
)
def test_what_has_no_pixels_is_told_so_and_never_decoded(raw: bytes, seen: Sight) -> None:
    assert looked_at(raw) == seen
    with pytest.raises(Unreadable):
        decoded(raw)


@pytest.mark.parametrize("form", forms())
def test_a_file_that_was_cut_off_is_a_fault_or_has_its_whole_first_frame(form: str) -> None:
    kind, raw = forms()[form]
    whole, step = decoded(raw).tobytes(), max(1, len(raw) // 30)
    for length in (*range(12, len(raw), step), len(raw) - 1):
        seen = looked_at(raw[:length])
        assert seen.kind == kind
        if seen.fault is None:
            assert decoded(raw[:length]).tobytes() == whole
        else:
            with suppress(Unreadable):
                decoded(raw[:length])


@pytest.mark.parametrize("form", [one for one in forms() if one not in ("tiff-pages", "tiff-jpeg")])
def test_an_upload_that_did_not_finish_is_told_as_such(form: str) -> None:
    raw = forms()[form][1]
    assert looked_at(raw[: len(raw) * 2 // (5 if form in FRAMES else 3)]).fault == "cut-off"


def test_pixels_that_stop_half_way_are_an_error_and_no_grey_picture() -> None:
    for raw in (cut_short(jpeg()), cut_short(png())):
        with pytest.raises(Unreadable, match="truncated"):
            decoded(raw)


@pytest.mark.parametrize("form", forms())
def test_damage_anywhere_in_a_picture_is_one_kind_of_fault(form: str) -> None:
    raw, chance = forms()[form][1], Random(7)
    for _ in range(60):
        spoiled = bytearray(raw)
        for _ in range(chance.choice((1, 8))):
            spoiled[chance.randrange(min(len(raw), chance.choice((400, len(raw)))))] = chance.randrange(256)
        seen = looked_at(bytes(spoiled), NEAR)
        if seen.fault or seen.tint:
            with suppress(Unreadable):
                decoded(bytes(spoiled))


def test_whatever_pillow_raises_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in (struct.error("x"), IndexError(), SyntaxError("x"), Image.DecompressionBombError("x")):

        def broken(*_: object, fault: Exception = fault) -> None:
            raise fault

        monkeypatch.setattr(module, "_loaded", broken)
        with pytest.raises(Unreadable, match=r"."):
            decoded(saved(corners()))
        assert looked_at(saved(corners())) == Sight("png", fault="unreadable")


def test_too_little_memory_is_no_fault_of_the_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "_loaded", broken)
    monkeypatch.setattr(module, "_is_same", broken)
    for read in (decoded, looked_at, lambda raw: same_pixels(raw, raw)):
        with pytest.raises(MemoryError):
            read(saved(corners()))


def test_a_photo_of_a_thousand_scans_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = saved(corners(), "JPEG", progressive=True)
    start = raw.rindex(b"\xff\xda")
    scan = raw[start : raw.rindex(b"\xff\xd9")]
    assert looked_at(raw).fault is None
    monkeypatch.setattr(module, "_loaded", None)
    assert looked_at(raw[:start] + scan * 1000 + b"\xff\xd9").fault == "unreadable"


@pytest.mark.parametrize(
    "raw",
    [
        saved(corners(), "TIFF", tiffinfo={50706: b"\1\4\0\0"}),
        saved(corners(), "TIFF", tiffinfo={254: 1}),
        tiff_of(SMALL, 8, 1, 1, bytes(64), lead=b"CR\2\0\0\0\0\0"),
    ],
)
@pytest.mark.usefixtures("blind")
def test_the_raw_file_of_a_camera_is_told_as_such_and_never_decoded(raw: bytes) -> None:
    assert looked_at(raw) == Sight("raw")


def test_a_tiff_is_no_raw_file_for_having_a_thumbnail_behind_it() -> None:
    raw = saved(corners(), "TIFF", save_all=True, append_images=[corners(8, 6)])
    assert (looked_at(raw).kind, looked_at(raw).fault) == ("tiff", None)


def test_a_place_is_seen_in_every_format_that_can_tell_one() -> None:
    exif = oriented(1)
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 30.0, 0.0), 3: "E", 4: (106.0, 20.0, 0.0)})
    for form in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF"):
        assert looked_at(saved(corners(), form, exif=exif.tobytes())).tells_place
        assert not looked_at(saved(corners(), form, exif=oriented(6))).tells_place
    assert looked_at(HEIC["located"]).tells_place
    assert not looked_at(HEIC["turned-6"]).tells_place


# --- drawings ---------------------------------------------------------------------------------------------


def test_a_drawing_of_ours_is_as_large_as_its_box() -> None:
    seen = looked_at_drawing(SVG.encode())
    assert (seen.kind, seen.width, seen.height, seen.tint) == ("svg", 40, 30, "010")
    assert svg_size(b"<svg></svg>") == (0, 0)


def test_a_drawing_of_ours_lies_on_paper() -> None:
    bare = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>'
    image = module.drawn(bare, 80)
    assert (image.size, image.mode, image.getpixel((5, 5))) == ((80, 60), "RGB", WHITE)


# --- how good it is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("painted", "code"),
    [((0, 0, 0), "000"), ((255, 255, 255), "333"), ((200, 100, 20), "310"), ((63, 64, 191), "012")],
)
def test_the_tint_of_one_colour_is_the_part_of_the_cube_it_lies_in(painted: Colour, code: str) -> None:
    assert tint(Image.new("RGB", (40, 30), painted)) == code
    assert looked_at(saved(Image.new("RGB", (40, 30), painted))).tint == code


def test_the_tint_is_the_most_frequent_colour_and_no_mixture() -> None:
    image = Image.new("RGB", (64, 64), (250, 20, 20))
    image.paste((20, 20, 250), (0, 0, 64, 28))
    assert tint(image) == "300"
    image.paste((20, 20, 250), (0, 0, 64, 32))
    assert tint(image) == "003", "of two that are as frequent always the same"


def blurred(image: Image.Image, radius: float = 12) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))


def shot(ground: Colour = (255, 255, 255)) -> Image.Image:
    """A product on a plain ground: a jar with a label of fine lines."""
    image = Image.new("RGB", (1600, 1200), ground)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((600, 300, 1000, 1000), 40, (90, 50, 30))
    for line in range(420, 900, 12):
        pen.line((640, line, 960, line), (240, 230, 210), 3)
    return image


def dimmed(image: Image.Image, low: int, high: int) -> Image.Image:
    """A picture whose levels were pressed between two."""
    return image.point(lambda level: low + level * (high - low) // 255)


TEXTURED = Image.blend(gradient(1600, 1200), noise(400, 300).resize((1600, 1200)), 0.3)


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (TEXTURED, None),
        (shot(), None),
        (shot((20, 20, 20)), None),
        (TEXTURED.resize((800, 600)), None),
        (TEXTURED.resize((4000, 3000)), None),
        (dimmed(TEXTURED, 0, 60), "dark"),
        (dimmed(shot(), 0, 40), "dark"),
        (Image.new("RGB", (1600, 1200)), "dark"),
        (dimmed(TEXTURED, 140, 190), "pale"),
        (dimmed(shot(), 200, 250), "pale"),
        (Image.new("RGB", (1600, 1200), (255, 255, 255)), "pale"),
        (blurred(TEXTURED, 4), "blurred"),
        (blurred(TEXTURED), "blurred"),
        (blurred(shot(), 6), "blurred"),
        (blurred(shot()), "blurred"),
    ],
)
def test_a_flaw_is_what_a_photographer_would_call_one(image: Image.Image, found: str | None) -> None:
    assert flaw(image) == found
    assert looked_at(saved(image, "JPEG", quality=90)).flaw == found


def test_one_sharp_thing_in_a_blurred_picture_is_enough() -> None:
    image = blurred(TEXTURED, 20)
    image.paste(shot().crop((600, 400, 1000, 800)), (600, 400))
    assert flaw(image) is None


@pytest.mark.parametrize("size", [(1, 1), (2, 9), (9, 1), (7, 7), (3, 900)])
def test_even_the_smallest_picture_is_judged_without_a_fault(size: tuple[int, int]) -> None:
    assert looked_at(saved(noise(*size))).fault is None


def test_what_is_transparent_in_a_large_photo_gives_its_neighbours_no_colour() -> None:
    cut_out = Image.new("RGBA", (3600, 2700), (0, 0, 255, 0))
    cut_out.paste((200, 0, 0, 255), (1201, 901, 2401, 1801))
    seen = decoded(saved(cut_out))
    assert seen.size == (1800, 1350)
    assert seen.getpixel((10, 10)) == tuple(bytes.fromhex(PAPER[1:]))
    assert seen.getpixel((900, 675)) == (200, 0, 0)
    edge = seen.getpixel((600, 675))
    assert isinstance(edge, tuple)
    assert edge[2] <= 0xEF, "the blue that nobody sees is not mixed in"
    assert edge[0] >= 200


def test_pixels_of_a_damaged_photo_are_not_compared() -> None:
    with pytest.raises(Unreadable):
        same_pixels(saved(corners()), cut_short(saved(corners())))
