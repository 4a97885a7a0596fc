"""Renditions: their names and sizes are known before any pixel; the pixels keep nothing that is private."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from icc import DISPLAY_P3, matrix_profile
from pictures import forms, near, noise, oriented, quarters, saved
from PIL import Image, ImageCms
from sites import SVG, gradient, jpeg, photo_of, png

from ocopgen import image as module
from ocopgen import pixels
from ocopgen.image import (
    CENTRE,
    FORMATS,
    SUFFIX,
    WIDTHS,
    Cut,
    Focus,
    Format,
    Ladder,
    Mount,
    Rendition,
    develop,
    ladder,
)
from ocopgen.photo import CARD, PhotoFile, Shape, Sight
from ocopgen.pixels import Unreadable
from ocopgen.recipe import digest

SMALL = 120, 240


def steps(raw: bytes, shape: Shape = None, widths: tuple[int, ...] = SMALL, focus: Focus = CENTRE) -> Ladder:
    return ladder(photo_of(raw), "gao-hop", shape, widths, focus)


def drawn(width: int) -> Rendition:
    """The square middle of a drawing of ours, as the picture is made that other sites show."""
    return Rendition(Cut(digest(SVG), "svg", (1, 1)), width, width, "jpeg")


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw)).convert("RGB")


def one(raw: bytes, shape: Shape = None, width: int = 240, focus: Focus = CENTRE) -> Image.Image:
    """The JPEG rendition of a picture."""
    wanted = steps(raw, shape, (width,), focus).of("jpeg")[0]
    return opened(develop(raw, [wanted])[wanted.key])


# --- sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(900, 700), (700, 900), (130, 500), (500, 130), (3, 900), (900, 3)])
@pytest.mark.parametrize("shape", [None, CARD])
def test_every_file_has_the_size_that_was_foretold(size: tuple[int, int], shape: Shape) -> None:
    raw = jpeg(*size)
    wanted = steps(raw, shape).renditions
    made = develop(raw, wanted)
    assert [opened(made[each.key]).size for each in wanted] == [(each.width, each.height) for each in wanted]


@pytest.mark.parametrize("size", [(900, 700), (700, 900), (500, 130), (50, 900)])
@pytest.mark.parametrize("shape", [None, CARD])
def test_no_rendition_is_wider_than_the_photo(size: tuple[int, int], shape: Shape) -> None:
    found = steps(jpeg(*size), shape, WIDTHS)
    assert all(each.width <= size[0] and each.height <= size[1] for each in found.renditions)
    assert len(set(found.renditions)) == len(found.renditions)


def test_a_ladder_tells_its_largest_size_and_its_tint() -> None:
    found = steps(jpeg(900, 700), None, (400, 800, 1600))
    assert (found.width, found.height) == (900, 700)
    assert [each.width for each in found.of("webp")] == [400, 800, 900]
    photo = PhotoFile("p/a/b.jpg", "d", 1, Sight("jpeg", 900, 700, tint="310"))
    assert ladder(photo, "x").tint == "310"


def test_a_drawing_may_be_as_large_as_is_asked() -> None:
    wanted = drawn(20), drawn(200)
    made = develop(SVG.encode(), wanted)
    assert [opened(made[each.key]).size for each in wanted] == [(20, 20), (200, 200)]


# --- cuts -------------------------------------------------------------------------------------------------


def test_a_card_shows_the_middle_of_the_photo() -> None:
    wide = Image.new("RGB", (1200, 300), (200, 0, 0))
    wide.paste((0, 0, 200), (400, 0, 800, 300))
    card = one(saved(wide), CARD)
    assert card.size == (240, 180)
    assert near([card.getpixel(at) for at in ((3, 90), (120, 90), (236, 90))], [(0, 0, 200)] * 3)  # type: ignore[misc]


def test_a_tall_photo_is_cut_at_top_and_bottom_alike() -> None:
    tall = Image.new("RGB", (300, 1200), (200, 0, 0))
    tall.paste((0, 0, 200), (0, 488, 300, 712))
    card = one(saved(tall), CARD)
    assert near([card.getpixel(at) for at in ((120, 4), (120, 176))], [(0, 0, 200)] * 2)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("size", "focus", "box"),
    [
        ((1600, 1200), (0.0, 1.0), (0, 0, 1600, 1200)),
        ((1200, 300), (0.5, 0.5), (400, 0, 800, 300)),
        ((1200, 300), (0.0, 0.5), (0, 0, 400, 300)),
        ((1200, 300), (0.1, 0.5), (0, 0, 400, 300)),
        ((1200, 300), (0.25, 0.9), (100, 0, 500, 300)),
        ((1200, 300), (1.0, 0.0), (800, 0, 1200, 300)),
        ((300, 1200), (0.5, 0.0), (0, 0, 300, 225)),
        ((300, 1200), (0.5, 0.25), (0, 188, 300, 413)),
        ((300, 1200), (0.5, 1.0), (0, 975, 300, 1200)),
        ((3, 900), (0.5, 0.5), (0, 449, 3, 451)),
        ((1, 1), (1.0, 1.0), (0, 0, 1, 1)),
    ],
)
def test_what_matters_is_as_near_to_the_middle_of_a_cut_as_can_be(
    size: tuple[int, int], focus: Focus, box: tuple[int, int, int, int]
) -> None:
    assert Cut("d", "jpeg", CARD, focus).box(*size) == box


@pytest.mark.parametrize("focus", [(0.0, 0.0), (0.3, 0.8), (1.0, 1.0)])
def test_a_picture_that_is_shown_whole_is_cut_nowhere(focus: Focus) -> None:
    assert Cut("d", "jpeg", None, focus).box(1200, 300) == (0, 0, 1200, 300)


def test_what_matters_is_kept_on_the_card() -> None:
    wide = Image.new("RGB", (1200, 300), (200, 0, 0))
    wide.paste((0, 0, 200), (800, 0, 1200, 300))
    assert near(quarters(one(saved(wide), CARD, focus=(0.9, 0.5))), [(0, 0, 200)] * 4)
    assert near(quarters(one(saved(wide), CARD, focus=(0.1, 0.5))), [(200, 0, 0)] * 4)


def test_another_focus_is_another_file() -> None:
    raw = jpeg()
    names = {steps(raw, CARD, focus=focus).renditions[0].key for focus in ((0.5, 0.5), (0.5, 0.6), (0.6, 0.5))}
    assert len(names) == 3


# --- formats that are worth it ----------------------------------------------------------------------------


def with_sizes(found: Ladder, **sizes: tuple[int, ...]) -> list[Format]:
    """The formats that are kept, by the sizes of their files in the order of width."""
    known = {
        each.key: size for name in FORMATS for each, size in zip(found.of(name), sizes.get(name, ()), strict=False)
    }
    kept = found.worthwhile(known)
    assert replace(kept, renditions=()) == replace(found, renditions=())
    assert all(kept.of(name) in ((), found.of(name)) for name in FORMATS)
    return [name for name in FORMATS if kept.of(name)]


@pytest.mark.parametrize(
    ("avif", "webp", "plain", "kept"),
    [
        ((10, 20), (15, 25), (20, 30), ["avif", "webp", "jpeg"]),
        ((10, 31), (15, 25), (20, 30), ["webp", "jpeg"]),
        ((16, 20), (15, 25), (20, 30), ["webp", "jpeg"]),
        ((10, 20), (21, 25), (20, 30), ["avif", "jpeg"]),
        ((19, 26), (21, 25), (20, 30), ["avif", "jpeg"]),
        ((21, 31), (21, 31), (20, 30), ["jpeg"]),
        ((20, 30), (20, 30), (20, 30), ["avif", "webp", "jpeg"]),
        ((), (), (), ["avif", "webp", "jpeg"]),
    ],
)
def test_a_format_goes_whole_when_it_saves_nothing_at_some_width(
    avif: tuple[int, ...], webp: tuple[int, ...], plain: tuple[int, ...], kept: list[Format]
) -> None:
    assert with_sizes(steps(jpeg()), avif=avif, webp=webp, jpeg=plain) == kept


# --- pixels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", forms())
def test_every_format_that_is_read_is_developed_into_every_format_that_is_written(form: str) -> None:
    raw = forms()[form][1]
    found = steps(raw, CARD, (32,))
    assert {each.key for each in found.renditions} == develop(raw, found.renditions).keys()


def test_a_photo_from_a_phone_stands_upright_in_its_colours() -> None:
    profile = matrix_profile(DISPLAY_P3)
    raw = saved(gradient(900, 600), "JPEG", exif=oriented(6), icc_profile=profile)
    shown, wanted = one(raw), pixels.decoded(raw).resize((240, 360))
    assert shown.size == (240, 360)
    assert near(quarters(shown), quarters(wanted))
    assert not near(quarters(shown), quarters(gradient(900, 600).transpose(Image.Transpose.ROTATE_270)))


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


@pytest.mark.parametrize(("form", "size"), [("JPEG", (4000, 3000)), ("TIFF", (3200, 2400)), ("PNG", (1700, 1300))])
def test_the_same_recipe_gives_the_same_bytes_alone_or_among_others(form: str, size: tuple[int, int]) -> None:
    raw = saved(noise(400, 300).resize(size, Image.Resampling.BILINEAR), form)
    cards = [steps(raw, CARD, widths) for widths in ((120, 240), (240,), (120, 240, 480))]
    whole = [steps(raw, None, widths) for widths in ((120, 240), (120,))]
    together = develop(raw, [each for found in (*cards, *whole) for each in found.renditions])
    assert len(together) == 5 * len(FORMATS)
    for each in (*cards[1].renditions, *whole[1].of("avif")):
        assert develop(raw, [each]) == {each.key: together[each.key]}
    assert develop(raw, reversed(cards[0].renditions)).items() <= together.items()


def test_all_renditions_of_a_photo_are_made_from_one_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    raw, decoded = jpeg(), []
    whole = pixels.decoded
    monkeypatch.setattr(pixels, "decoded", lambda given: decoded.append(given) or whole(given))
    wanted = (*steps(raw).renditions, *steps(raw, CARD).renditions)
    assert len(develop(raw, wanted)) == len(wanted)
    assert decoded == [raw]


def test_nothing_asked_is_nothing_decoded() -> None:
    assert develop(b"no picture at all", ()) == {}


def test_a_spoiled_photo_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        develop(jpeg()[:4000], steps(jpeg()).renditions)


def test_a_fault_of_our_own_drawing_is_not_told_as_the_contributors() -> None:
    with pytest.raises(ValueError, match=r".") as fault:
        develop(SVG.encode()[:-9], [drawn(40)])
    assert not isinstance(fault.value, Unreadable)


# --- on a card --------------------------------------------------------------------------------------------

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><rect width="80" height="60" fill="#fff"/>{more}</svg>'
)
HOLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60">'
    '<path d="M0 0H80V60H0ZM20 10V50H60V10Z" fill="#00f" fill-rule="evenodd"/></svg>'
)
RED = saved(Image.new("RGB", (64, 48), (200, 0, 0)))


def mounted(drawing: str, left: int = 20, top: int = 10) -> Image.Image:
    wanted = replace(steps(RED, CARD, (40,)).of("jpeg")[0], mount=Mount(drawing, 80, 60, left, top))
    return opened(develop(RED, [wanted])[wanted.key])


def test_a_mounted_picture_is_as_large_as_its_card_and_shows_through_the_hole_of_the_drawing() -> None:
    card = mounted(HOLE)
    assert card.size == (80, 60)
    seen = [card.getpixel(at) for at in ((8, 8), (72, 52), (40, 24), (30, 34))]
    assert near(seen, [(0, 0, 255), (0, 0, 255), (200, 0, 0), (200, 0, 0)], 40)  # type: ignore[arg-type]


def test_a_drawing_is_laid_over_the_picture() -> None:
    assert near([mounted(FRAME.format(more="")).getpixel((40, 30))], [(255, 255, 255)])  # type: ignore[list-item]


def test_the_words_of_a_card_are_set_in_vietnamese_letters() -> None:
    def ink(words: str) -> int:
        text = f'<text x="5" y="40" font-size="24" font-family="Be Vietnam Pro">{words}</text>'
        return sum(level < 128 for level in mounted(FRAME.format(more=text)).convert("L").tobytes())

    assert ink("Ấ") > ink("A") > 0
    assert ink("ợữ") > 0


def test_a_mount_is_a_part_of_the_recipe() -> None:
    plain = steps(RED, CARD, (40,)).of("jpeg")[0]
    mounts = [
        Mount(HOLE, 80, 60),
        Mount(HOLE, 81, 60),
        Mount(HOLE, 80, 61),
        Mount(HOLE, 80, 60, 1),
        Mount(HOLE, 80, 60, 0, 1),
        Mount(HOLE + " ", 80, 60),
    ]
    keys = {plain.key, *(replace(plain, mount=mount).key for mount in mounts)}
    assert len(keys) == 1 + len(mounts)
    assert replace(plain, mount=Mount(HOLE, 80, 60)).key in keys


# --- names ------------------------------------------------------------------------------------------------

CUT = Cut("d", "jpeg", CARD)
BASE = Rendition(CUT, 400, 300, "webp")


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, cut=replace(CUT, photo="e")),
        replace(BASE, cut=replace(CUT, kind="png")),
        replace(BASE, cut=replace(CUT, shape=None)),
        replace(BASE, cut=replace(CUT, focus=(0.5, 0.4))),
        replace(BASE, width=401),
        replace(BASE, height=301),
        replace(BASE, format="jpeg"),
        replace(BASE, mount=Mount("<svg/>", 400, 300)),
    ],
)
def test_the_key_depends_on_the_whole_recipe(other: Rendition) -> None:
    assert other.key != BASE.key
    assert replace(BASE, cut=replace(CUT)).key == BASE.key


def fresh() -> str:
    """The key of `BASE`, worked out anew."""
    return replace(BASE, cut=replace(CUT)).key


def test_the_key_depends_on_the_makers_and_their_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {fresh()}
    monkeypatch.setitem(module._SETTINGS, "webp", "webp [('method', 4), ('quality', 79)]")
    keys.add(fresh())
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    keys.add(fresh())
    for at in range(len(module.MAKERS)):
        monkeypatch.setattr(module, "MAKERS", (*module.MAKERS[:at], "0", *module.MAKERS[at + 1 :]))
        keys.add(fresh())
    assert len(keys) == 3 + len(module.MAKERS)


def test_all_settings_of_a_format_are_in_its_key() -> None:
    for name, settings in module.SETTINGS.items():
        assert all(str(one) in module._SETTINGS[name] for item in settings.items() for one in item)


def test_a_path_is_readable_and_ends_in_the_fingerprint() -> None:
    found = steps(jpeg())
    for each in found.renditions:
        assert found.path(each) == f"pictures/gao-hop-{each.width}-{each.key[:12]}.{SUFFIX[each.format]}"
    assert len({found.path(each) for each in found.renditions}) == len(FORMATS) * 2


def test_names_and_sizes_are_known_before_any_pixel_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = photo_of(png())
    monkeypatch.delattr(Image, "open")
    assert len(ladder(photo, "x").renditions) == len(FORMATS) * 3
