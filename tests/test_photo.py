"""A picture as it was sent: its kind is told by its bytes, whatever its name says."""

from __future__ import annotations

import struct

import pytest
from pictures import forms
from sites import SVG

from ocopgen.model import KINDS
from ocopgen.photo import (
    CARD,
    ENDINGS,
    SHAPES,
    TINTS,
    UNSHOWN,
    PhotoFile,
    PictureKind,
    Shape,
    Sight,
    cut_size,
    is_picture,
    kind_of,
)


@pytest.mark.parametrize("form", forms())
def test_a_kind_is_told_by_the_bytes(form: str) -> None:
    kind, raw = forms()[form]
    assert kind_of(raw) == kind
    assert kind_of(raw[:64]) == kind


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (SVG.encode(), "svg"),
        (b"\xef\xbb\xbf\r\n  " + SVG.encode(), "svg"),
        (b'<?xml version="1.0"?>' + SVG.encode(), "svg"),
        (b"<!DOCTYPE svg PUBLIC>" + SVG.encode(), "svg"),
        (b"<!DOCTYPE html><svg>", "other"),
        (b"%PDF-1.7\n", "pdf"),
        (b"GIF87a", "gif"),
        (b"GIF88a", "other"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"II+\0", "other"),
        (b"MM\0+", "other"),
        (b"MM*\0", "other"),
        (b"RIFF\n\n\n\nWEBP", "webp"),
        (b"RIFF\n\n\n\nWAVE", "other"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"\xff\xd8", "other"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\x89PNG\n\x1a\n", "other"),
        (b"BM\0\0", "other"),
        (b"8BPS", "other"),
        (b"\xff\x0a", "other"),
        (b"PK\x03\x04", "other"),
        (b"hello", "other"),
        (b"", "other"),
    ],
)
def test_what_merely_looks_like_a_picture_is_none(raw: bytes, kind: str) -> None:
    assert kind_of(raw) == kind


def box(*brands: bytes, length: int | None = None) -> bytes:
    """The first box of a file: its own brand, a version, and the brands that it goes along with."""
    body = b"ftyp" + brands[0] + bytes(4) + b"".join(brands[1:])
    return struct.pack(">I", 4 + len(body) if length is None else length) + body


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        *((box(brand), "heif") for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")),
        (box(b"mif1", b"mif1", b"heic"), "heif"),
        (box(b"mif1", b"miaf", b"avif"), "avif"),
        (box(b"avif", b"mif1", b"miaf"), "avif"),
        (box(b"avis", b"avif", b"msf1"), "avif"),
        (box(b"isom", b"mp42"), "other"),
        (box(b"qt  "), "other"),
        (box(b"crx ", b"crx ", b"isom"), "other"),
        (box(b"isom", b"mp42") + b"heic", "other"),
        (box(b"isom", b"mp42", length=20) + b"avifheic", "other"),
        (box(b"heic", b"mif1", length=0), "heif"),
        (box(b"heic", b"mif1", length=1), "heif"),
        (box(b"isom", b"heic", length=0xFFFFFFFF), "heif"),
        (b"\0\0\0\x08ftyp", "other"),
        (b"\0\0\0\x18ftypheic", "heif"),
    ],
)
def test_avif_and_heif_are_told_apart_by_the_brands_of_their_first_box(raw: bytes, kind: str) -> None:
    assert kind_of(raw) == kind


@pytest.mark.parametrize("ending", [*(one for all_of in ENDINGS.values() for one in all_of), *UNSHOWN])
def test_a_name_with_an_ending_of_pictures_is_meant_as_one_in_capitals_too(ending: str) -> None:
    assert is_picture(ending)
    assert is_picture(ending.upper())


@pytest.mark.parametrize("ending", ["", ".", ".md", ".yml", ".docx", ".zip", "jpg", ".jpg2"])
def test_other_names_are_not_meant_as_pictures(ending: str) -> None:
    assert not is_picture(ending)


def test_no_ending_belongs_to_two_kinds() -> None:
    endings = [one for all_of in ENDINGS.values() for one in all_of] + list(UNSHOWN)
    assert len(endings) == len(set(endings))
    assert all(one == one.lower() and one.startswith(".") for one in endings)


@pytest.mark.parametrize(
    ("size", "shape", "expected"),
    [
        ((400, 1600), CARD, (400, 300)),
        ((1600, 400), CARD, (533, 400)),
        ((1600, 1200), CARD, (1600, 1200)),
        ((1, 1), CARD, (1, 1)),
        ((1, 9000), (1, 1), (1, 1)),
        ((400, 1600), None, (400, 1600)),
    ],
)
def test_a_cut_is_the_largest_part_of_its_shape(size: tuple[int, int], shape: Shape, expected: tuple[int, int]) -> None:
    assert cut_size(*size, shape) == expected


def test_each_kind_of_entry_has_its_shape() -> None:
    assert set(SHAPES) == set(KINDS)


def test_a_tint_is_a_code_of_three_levels_and_lies_in_the_middle_of_its_part_of_the_cube() -> None:
    assert len(TINTS) == 64
    for code, colour in TINTS.items():
        assert [level >> 6 for level in bytes.fromhex(colour[1:])] == [int(digit) for digit in code]
        assert all(level % 64 == 32 for level in bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_photo_tells_its_name_and_what_was_seen_of_it(kind: PictureKind) -> None:
    photo = PhotoFile("products/gao/Hộp 1.jpg", "digest", 7, Sight(kind, 4, 3))
    assert (photo.name, photo.kind, photo.width, photo.height) == ("Hộp 1.jpg", kind, 4, 3)
    assert PhotoFile("hop.jpg", "", 0, Sight("other")).name == "hop.jpg"
