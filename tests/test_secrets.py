"""What photos carry besides their pixels is in no file of a site; and a photo that changed changes what it must."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from heic import HEIC
from icc import DISPLAY_P3, matrix_profile
from pictures import chunk, corners, noise, saved
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sites import ONE, built, jpeg, lay, page_of, product, site, tree

from ocopgen.project import Project

LATITUDE, LONGITUDE = (20.0, 31.0, 41.257), (106.0, 20.0, 7.331)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="20,31.687N">SECRET-XMP</r></x:xmpmeta>'
ICC = matrix_profile(DISPLAY_P3).replace(b"made for a test", b"SECRET-PROFILE!")


def exif() -> bytes:
    """EXIF as phones write it: the maker, a note and a comment of theirs, and a place."""
    told = Image.Exif()
    told[0x010F], told[0x013B], told[0x0112] = "SECRET-MAKER", "SECRET-ARTIST", 6
    told.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE, 27: b"SECRET-METHOD"})
    told.get_ifd(0x8769).update({0x927C: b"SECRET-NOTE", 0x9286: b"ASCII\0\0\0SECRET-COMMENT", 0xA430: "SECRET-OWNER"})
    return told.tobytes()


def picture() -> Image.Image:
    """A picture with detail, so that its bytes are like no others."""
    return Image.blend(corners(800, 600), noise(100, 75).resize((800, 600)), 0.2)


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(content)) + content


def phone() -> bytes:
    """A JPEG with everything that may stand in one: a thumbnail, IPTC, a comment, and bytes behind its end."""
    raw = saved(picture(), "JPEG", exif=exif(), xmp=XMP, icc_profile=ICC, comment=b"SECRET-WORDS")
    thumbnail = saved(corners(), "JPEG", comment=b"SECRET-THUMBNAIL")
    more = segment(0xE0, b"JFXX\0\x10" + thumbnail) + segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04SECRET-IPTC")
    return raw[:2] + more + raw[2:] + b"SECRET-TRAILER" + thumbnail


def two_in_one() -> bytes:
    second = Image.effect_mandelbrot((800, 600), (-2, -1.5, 1, 1.5), 20).convert("RGB")
    second.info["comment"] = b"SECRET-SECOND"
    return saved(picture(), "MPO", save_all=True, append_images=[second], exif=exif(), xmp=XMP, comment=b"SECRET-WORDS")


def written() -> bytes:
    """A PNG with texts, plain, packed and in any language."""
    words = PngInfo()
    words.add_text("Author", "SECRET-TEXT")
    words.add_text("Comment", "SECRET-PACKED", zip=True)
    words.add_itxt("Title", "SECRET-TITLE", "vi", "SECRET-KEY")
    raw = saved(picture(), "PNG", exif=exif(), pnginfo=words, icc_profile=ICC)
    return raw[:-12] + chunk(b"seCr", b"SECRET-CHUNK") + raw[-12:] + b"SECRET-TRAILER"


def scanned() -> bytes:
    tags = {270: "SECRET-TITLE", 305: "SECRET-SOFTWARE", 700: XMP, 33723: b"SECRET-IPTC", 33432: "SECRET-RIGHTS"}
    return saved(picture(), "TIFF", exif=exif(), tiffinfo=tags, icc_profile=ICC, compression="tiff_lzw")


PHOTOS: Mapping[str, bytes] = {
    "phone.jpg": phone(),
    "two.jpg": two_in_one(),
    "written.png": written(),
    "web.webp": saved(picture(), "WEBP", exif=exif(), xmp=XMP, icc_profile=ICC),
    "new.avif": saved(picture(), "AVIF", exif=exif(), xmp=XMP, icc_profile=ICC),
    "scanned.tif": scanned(),
    "iphone.heic": HEIC["located"],
    "moving.gif": saved(picture(), "GIF", comment=b"SECRET-WORDS"),
}


def with_photos(folder: Path, photos: Mapping[str, bytes], /, **facts: object) -> Project:
    """A site whose rice has these photos."""
    files = {page_of("products", "gao"): product(**facts), **{f"products/gao/{name}": photos[name] for name in photos}}
    return site(folder, {**ONE, **files}, jobs=2)


def everything(project: Project) -> dict[str, bytes]:
    """Every file of the output folder, those of the build itself too."""
    files = (one for one in project.output.rglob("*") if one.is_file())
    return {one.relative_to(project.output).as_posix(): one.read_bytes() for one in files}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = replace(with_photos(tmp_path_factory.mktemp("secrets"), PHOTOS), base_url="https://example.vn/")
    built(project)
    found = everything(project)
    assert any("-vi-1200-" in path for path in found), "the pictures that other sites show"
    return found


def places() -> list[bytes]:
    """The seconds of the place as EXIF writes them, in either order of bytes, and as XMP does."""
    parts = [((LATITUDE[2] * 1000), 1000), ((LONGITUDE[2] * 1000), 1000)]
    return [struct.pack(f"{order}II", round(top), below) for top, below in parts for order in "<>"] + [b"31.687"]


@pytest.mark.parametrize("name", PHOTOS)
def test_the_photos_of_this_test_carry_their_secrets(name: str) -> None:
    assert b"SECRET" in PHOTOS[name]
    assert name == "moving.gif" or any(place in PHOTOS[name] for place in places())


def test_nothing_but_pixels_of_a_photo_is_in_any_file_of_the_site(output: dict[str, bytes]) -> None:
    secrets = b"SECRET", b"MAKER", b"GPSLatitude", b"Photoshop", b"8BIM", b"xmpmeta", b"Exif\0\0", b"JFXX", *places()
    assert {path: secret for path, raw in output.items() for secret in secrets if secret in raw} == {}


def test_no_part_of_a_photo_as_it_was_sent_is_in_any_file_of_the_site(output: dict[str, bytes]) -> None:
    for name, raw in PHOTOS.items():
        parts = [raw[at : at + 24] for at in range(len(raw) // 4, len(raw) - 24, len(raw) // 24)]
        parts = [part for part in parts if len(set(part)) > 12]
        assert len(parts) > 5, name
        assert {path for path, made in output.items() if any(part in made for part in parts)} == set(), name


def test_every_photo_is_shown_in_files_without_any_word(output: dict[str, bytes]) -> None:
    pictures = {path: raw for path, raw in output.items() if path.startswith("pictures/gao-")}
    stems = {path.removeprefix("pictures/gao-").split("-")[0] for path in pictures}
    assert stems >= {name.partition(".")[0] for name in PHOTOS}
    assert {path.rpartition(".")[2] for path in pictures} == {"avif", "webp", "jpg"}
    for raw in pictures.values():
        with Image.open(io.BytesIO(raw)) as image:
            assert not image.getexif()
            assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment", "photoshop", "adobe"}
            assert getattr(image, "n_frames", 1) == 1


def test_every_picture_of_the_site_is_on_a_page_and_every_format_goes_whole(output: dict[str, bytes]) -> None:
    pages = b"".join(raw for path, raw in output.items() if path.endswith(".html"))
    pictures = [path for path in output if path.startswith("pictures/") and not path.endswith("/.htaccess")]
    assert [path for path in pictures if path.encode() not in pages] == []
    widths: dict[tuple[str, str], set[str]] = {}
    for path in pictures:
        if path.endswith(".svg"):
            continue
        stem, width, rest = path.rsplit("-", 2)
        widths.setdefault((stem, rest.partition(".")[2]), set()).add(width)
    assert all(found == widths[stem, "jpg"] for (stem, _), found in widths.items())


# --- incremental ------------------------------------------------------------------------------------------

SMOOTH = jpeg(900, 450)
EDITS: dict[str, tuple[dict[str, bytes], dict[str, object]]] = {
    "another photo": ({"a.jpg": jpeg(900, 460), "b.jpg": SMOOTH}, {}),
    "the same by another name": ({"c.jpg": SMOOTH, "b.jpg": SMOOTH}, {}),
    "another kind under the same name": ({"a.jpg": saved(corners(900, 450)), "b.jpg": SMOOTH}, {}),
    "another focus": ({"a.jpg": SMOOTH, "b.jpg": SMOOTH}, {"photos": [{"file": "a.jpg", "focus": [0.1, 0.5]}]}),
    "turned": ({"a.jpg": jpeg(900, 450, 6), "b.jpg": SMOOTH}, {}),
    "one less": ({"b.jpg": SMOOTH}, {}),
    "none": ({}, {}),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_build_after_an_edit_of_photos_equals_a_clean_one(tmp_path: Path, edit: str) -> None:
    project = with_photos(tmp_path, {"a.jpg": SMOOTH, "b.jpg": SMOOTH})
    built(project)
    before = tree(project.output)
    for one in (project.content / "products/gao").iterdir():
        one.unlink()
    photos, facts = EDITS[edit]
    lay(project.content / "products/gao", {**photos, "index.vi.md": product(**facts)})
    built(project)
    clean = replace(with_photos(tmp_path / "clean", photos, **facts), cache=tmp_path / "cache")
    built(clean)
    assert tree(project.output) == tree(clean.output) != before


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    project = with_photos(tmp_path, {"a.jpg": SMOOTH})
    built(project)
    done = built(project)
    assert done.printed is not None
    assert (done.printed.made, done.printed.removed) == (0, 0)
