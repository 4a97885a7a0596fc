"""Cleaning: the pixels stay, what tells about people goes, and no file, however damaged, does harm."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from random import Random
from time import process_time

import pi_heif
import pytest
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from ocopgen.container import Uncleanable
from ocopgen.metadata import cleaned
from ocopgen.place import tells_place

MAKER, SERIAL, NOTE, COMMENT = b"Secret Maker", b"SN-4711-0815", b"MAKERNOTE-OF-SECRETS", b"a comment of Lan"
LATITUDE = struct.pack(">6I", 20, 1, 26, 1, 95, 2), struct.pack("<6I", 20, 1, 26, 1, 95, 2)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="20,26.79N" '
    b'exif:GPSLongitude="106,20.22E"/></rdf:RDF></x:xmpmeta>'
)
SECRETS = MAKER, SERIAL, NOTE, COMMENT, *LATITUDE, b"GPSLatitude", b"SECRET"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
HEIC = zlib.decompress(
    base64.b64decode(
        b"eNpdU01oE1EQnreb1oj9o61Qi5QYEWrbZJOtbUlsY2qzldofJe3Bm243m+ZJ9sfNarYi2KJSTyKCgoIipWf1XDzoSU8eBO+CN7148FCwEue9"
        b"vIbSIW/fzDffzHtvZgIAx4v+qlsyqQEoFi0mmW5RvQhAflmmr0NdTpQKZU/o4FLDhwMyTcsOT5LLggyEaVJ7fUdJgMSRcw3kD7JQ5OF9CMAy"
        b"pXaRW8x7FA2TByKndMtIwj6QsJRaQDl9oAHK7BmWCbrrlqmh+9SxFa9QHAysMs/b5lLfApETvlPXc3H/QF3DwT3AU6aIzKDHnNT3G3b/7ewA"
        b"tMvXMKInS1pIrcYIMmPI7Ne3LWV1dA6eJ+SA53VkvenZz5nTb2yptyXMoM/sE84uI/9Qjnz03kWzeEyX4ZQ92ygHCLdC8xpC3bTimqI0WbE6"
        b"XBpQXp1wGLPBYeo5PqtUD3WtvVYRIE3rkhx6gHo/9cyiwNuMQsXAohH+8rol1y0pYhV01tKhfvL22Nruo3tXpM0R7farrk8vXrZ2Ol/u1mq1"
        b"I6M/0jf6vz13/65vbW48Pfse+c31BszPwwBaYQiRdt7pFlwZ0sm7SKAZYINCSNT84sNTDf0+u9iiNpXXluYnZ7U8XuXJHe7pwFXaSjayBYzJ"
        b"OQuXlrRYPWZRy89MzsXOjCVxNEL1kQBpgY8aNIkp2sYvxzWGhxr4V1GXbnGXXrFf5dEA14W95x9h0eNBOrBc9seI4ETZlXQwEdULzrKZRp3B"
        b"SjQzjvOWzuemBQOtiWjJ9920olSr1Xh1OO54K0oylUopCVVR1RgyYpVV29eDmF05KRLkzIrhUZcNsEhkYq0bmexKnJ8bNxxLYR4lGU8o0QhT"
        b"0xcuL87h6Ps3C+ZEVE0MqaPxsdTCPqdjrwhvMjE6pCbiqqpFlcy4Iq6OWuOhmf/cfdRk"
    )
)
"""64 × 64 pixels by pillow-heif 1.8.1, with EXIF, XMP and a quarter turn; no encoder of HEIC is among our packages."""


def exif(orientation: int = 6, gps: bool = True) -> Image.Exif:
    told = Image.Exif()
    told[0x0112], told[0x010F] = orientation, MAKER.decode()
    told.get_ifd(0x8769).update({0xA431: SERIAL.decode(), 0x927C: NOTE})
    if gps:
        told.get_ifd(0x8825).update({1: "N", 2: (20.0, 26.0, 47.5), 3: "E", 4: (106.0, 20.0, 13.25)})
    return told


def drawn(mode: str = "RGB", seed: int = 1) -> Image.Image:
    return Image.frombytes("RGB", (40, 24), Random(seed).randbytes(40 * 24 * 3)).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    options = {"exif": exif(), "xmp": XMP, "icc_profile": ICC, "comment": COMMENT, "dpi": (300, 300)} | options
    return saved(drawn(mode), "JPEG", **options)


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*chunks: bytes, **options: object) -> bytes:
    """A PNG with chunks of our own behind its header."""
    raw = saved(drawn("RGBA"), "PNG", **options)
    return raw[:33] + b"".join(chunks) + raw[33:]


def profile(name: str, body: bytes) -> bytes:
    """Text as ImageMagick writes it."""
    words = f"\n{name}\n{len(body):8}\n{body.hex()}\n".encode()
    return chunk(b"zTXt", f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(words))


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", COMMENT.decode())
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return info


def film(kind: str, **options: object) -> bytes:
    return saved(drawn(), kind, save_all=True, append_images=[drawn(seed=2), drawn(seed=3)], duration=70, **options)


def tiff(order: str = "<", **options: object) -> bytes:
    """Pillow writes the byte order of the machine; a big-endian TIFF it writes only of 16-bit grey."""
    image = drawn() if order == "<" else Image.frombytes("I;16B", (40, 24), Random(1).randbytes(40 * 24 * 2))
    told = exif()
    told[700], told[33723] = XMP, COMMENT
    return saved(image, "TIFF", exif=told, icc_profile=ICC, **options)


def hidden_in_png() -> bytes:
    return png(profile("exif", b"Exif\0\0" + exif().tobytes().removeprefix(b"Exif\0\0")))


@cache
def samples() -> dict[str, bytes]:
    """Pictures that tell a place, by a name that begins with their kind."""
    plain = saved(drawn(), "JPEG")
    return {
        "jpeg": jpeg(),
        "jpeg progressive": jpeg(progressive=True),
        "jpeg restart": jpeg(restart_marker_blocks=1),
        "jpeg cmyk": jpeg("CMYK"),
        "jpeg grey": jpeg("L"),
        "jpeg with fill bytes": jpeg().replace(b"\xff\xdb", b"\xff\xff\xff\xdb"),
        "jpeg of two": saved(drawn(), "MPO", save_all=True, append_images=[drawn(seed=2)], exif=exif()),
        "jpeg whose second tells": plain + jpeg(),
        "jpeg before a film": plain + b"\0\0\0\x18ftypmp42\0\0\0\0udta\0\0\0\x20\xa9xyz\0\x12\x15\xc7+20.44+106.33/",
        "jpeg of long xmp": plain[:2] + extended() + plain[2:],
        "png": png(exif=exif(), icc_profile=ICC, pnginfo=texts(), dpi=(300, 300)),
        "png of digits": hidden_in_png(),
        "png of xmp digits": png(profile("xmp", XMP), chunk(b"tEXt", b"Comment\0" + COMMENT)),
        "png of xmp": png(pnginfo=texts()),
        "png with a tail": png() + exif().tobytes(),
        "png of plain words": png(chunk(b"tEXt", b"exif:GPSLatitude\x0020/1, 26/1, 95/2")),
        "png animated": film("PNG", exif=exif()),
        "webp": saved(drawn("RGBA"), "WEBP", lossless=True, exif=exif(), xmp=XMP, icc_profile=ICC),
        "webp lossy": saved(drawn("RGBA"), "WEBP", exif=exif()),
        "webp animated": film("WEBP", exif=exif(), xmp=XMP),
        "gif": film("GIF", comment=COMMENT, loop=3)[:-1] + gif_xmp() + b";tail",
        "tiff": tiff(),
        "tiff packed": tiff(compression="tiff_lzw"),
        "tiff big-endian": tiff(">"),
        "avif": saved(drawn(), "AVIF", exif=exif(), xmp=XMP, icc_profile=ICC),
        "avif animated": film("AVIF", exif=exif(1), xmp=XMP),  # Pillow 13.0 crashes on an animation with a turn
        "heif": HEIC,
        "heif before a film": HEIC + struct.pack(">I", 8 + len(jpeg())) + b"mpvd" + jpeg(),
    }


def extended() -> bytes:
    """XMP in two segments of JPEG, cut within the name that matters."""
    cut = XMP.index(b"Latitude")
    parts = (XMP[:cut], 0), (XMP[cut:], cut)
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0123456789ABCDEF" * 2
    return b"".join(segment(0xE1, head + struct.pack(">II", len(XMP), at) + words) for words, at in parts)


def gif_xmp() -> bytes:
    return b"!\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"


NAMES = sorted(samples())


def kind_of(name: str) -> str:
    return name.split()[0]


def frames(raw: bytes) -> Iterator[tuple[str, tuple[int, int], bytes, object]]:
    pi_heif.register_heif_opener()
    with Image.open(io.BytesIO(raw)) as image:
        for frame in [image] if image.format == "MPO" else ImageSequence.Iterator(image):
            yield frame.mode, frame.size, frame.tobytes(), frame.info.get("duration")


def told(raw: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(raw)) as image:
        image.load()
        density = image.info.get("dpi") if image.format in ("PNG", "TIFF") else image.info.get("jfif_density")
        return turn_of(image), image.info.get("icc_profile"), density, image.info.get("loop")


def turn_of(image: Image.Image) -> int:
    """The orientation as browsers read it: in EXIF, or in the tags of a TIFF, and nowhere else."""
    exif = Image.Exif()
    exif.load(image.info.get("exif", b""))
    return int((image.getexif() if image.format == "TIFF" else exif).get(0x0112, 1))


# --- what is told -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_place_is_found_and_then_gone(name: str) -> None:
    raw = samples()[name]
    assert tells_place(raw, kind_of(name))
    assert not tells_place(cleaned(raw, kind_of(name)), kind_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_pixels_turn_colours_and_density_stay(name: str) -> None:
    raw = samples()[name]
    clean = cleaned(raw, kind_of(name))
    assert list(frames(clean)) == list(frames(raw))
    assert told(clean) == told(raw)


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_stays(name: str) -> None:
    clean = cleaned(samples()[name], kind_of(name))
    assert [secret for secret in SECRETS if secret in clean] == []


@pytest.mark.parametrize("name", NAMES)
def test_cleaning_again_changes_nothing(name: str) -> None:
    clean = cleaned(samples()[name], kind_of(name))
    assert cleaned(clean, kind_of(name)) == clean


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_turn_stays(kind: str, turn: int) -> None:
    clean = cleaned(saved(drawn(), kind, exif=exif(turn)), kind.lower())
    assert Image.open(io.BytesIO(clean)).getexif().get(0x0112, 1) == turn


def test_an_upright_picture_keeps_no_exif() -> None:
    assert b"Exif" not in cleaned(jpeg(exif=exif(1)), "jpeg")
    assert b"EXIF" not in cleaned(saved(drawn(), "WEBP", exif=exif(1)), "webp")


def test_a_turn_that_only_xmp_tells_is_none_for_browsers_nor_for_us() -> None:
    clean = cleaned(jpeg(exif=b"", xmp=b'<a tiff:Orientation="6"/>'), "jpeg")
    assert 0x0112 not in Image.open(io.BytesIO(clean)).getexif()


# --- what is no place -------------------------------------------------------------------------------------


def gps(entries: dict[int, object]) -> bytes:
    told = exif(gps=False)
    told.get_ifd(0x8825).update(entries)
    return jpeg(exif=told, xmp=b"")


@pytest.mark.parametrize(
    "entries", [{0: b"\2\3\0\0"}, {29: "2026:11:23"}, {1: "N", 3: "E", 0: b"\2\3\0\0"}], ids=["version", "day", "refs"]
)
def test_gps_without_a_position_is_no_place(entries: dict[int, object]) -> None:
    assert not tells_place(gps(entries), "jpeg")


def test_nothing_measured_is_no_place() -> None:
    raw = jpeg(xmp=b"")
    at = raw.index(LATITUDE[0])
    longitude = raw.index(struct.pack(">6I", 106, 1, 20, 1, 53, 4))
    raw = raw[:at] + bytes(24) + raw[at + 24 : longitude] + bytes(24) + raw[longitude + 24 :]
    assert not tells_place(raw, "jpeg")


@pytest.mark.parametrize(
    ("xmp", "is_place"),
    [
        (b"<exif:GPSLatitude>20,26.79N</exif:GPSLatitude>", True),
        (b"<exif:GPSLatitude>\n</exif:GPSLatitude><exif:GPSLongitude/>", False),
        (b"exif:GPSLatitude=\"\" exif:GPSLongitude=''", False),
        (b'drone-dji:GpsLongtitude="106.33"', True),
        ('<a exif:GPSLatitude="20,26N"/>'.encode("utf-16"), True),
        (b'exif:GPSVersionID="2.3.0.0"', False),
    ],
)
def test_a_place_in_xmp(xmp: bytes, is_place: bool) -> None:
    assert tells_place(jpeg(exif=b"", xmp=xmp), "jpeg") is is_place


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_plain_picture_tells_nothing(kind: str) -> None:
    assert not tells_place(saved(drawn(), kind), kind.lower())


# --- harm -------------------------------------------------------------------------------------------------


def tried(raw: bytes, kind: str) -> bytes | None:
    """Cleaned; `None` where that is refused. Anything else raises."""
    tells_place(raw, kind)
    try:
        clean = cleaned(raw, kind)
    except Uncleanable:
        return None
    assert cleaned(clean, kind) == clean
    return clean


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_off_anywhere_is_refused_or_cleaned(name: str) -> None:
    raw = samples()[name]
    for end in {*range(min(len(raw), 200)), *range(200, len(raw), 1 + len(raw) // 150)}:
        tried(raw[:end], kind_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_damage_is_refused_or_cleaned(name: str) -> None:
    chance = Random(name)
    for _ in range(60):
        raw = bytearray(samples()[name])
        for _ in range(chance.randint(1, 6)):
            near = min(len(raw), chance.choice((64, 600, len(raw))))
            raw[chance.randrange(near)] = chance.choice((0, 1, 8, 0x7F, 0xFF, chance.randrange(256)))
        tried(bytes(raw), kind_of(name))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "tiff", "avif", "heif", "svg"])
@pytest.mark.parametrize("raw", [b"", b"\0", b"II*\0", b"GIF89a", b"\xff\xd8\xff", bytes(100)])
def test_what_is_no_picture_is_refused(kind: str, raw: bytes) -> None:
    assert not tells_place(raw, kind)
    with pytest.raises(Uncleanable):
        cleaned(raw, kind)


def rows(*entries: tuple[int, int, int, int], after: int = 0) -> bytes:
    return (
        struct.pack("<H", len(entries))
        + b"".join(struct.pack("<HHII", *one) for one in entries)
        + struct.pack("<I", after)
    )


HOSTILE = {
    "a circle": b"II*\0\x08\0\0\0" + rows((0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x14A, 4, 1 << 31, 8), after=8),
    "headers": b"II*\0\x08\0\0\0" * 200_000,
    "counts": b"II*\0\x08\0\0\0\xff\xff" + b"\x69\x87\x04\0\xff\xff\xff\xff\x0a\0\0\0" * 100_000,
    "names": b"GPSLatitude" * 100_000,
    "extensions": b"http://ns.adobe.com/xmp/extension/\0" * 30_000,
    "fill": b"\xff\xd8" + b"\xff" * 1_000_000,
    "bombs": b"\x89PNG\r\n\x1a\n" + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1 << 24))) * 50,
    "boxes": b"\0\0\0\x08ftyp" + b"\0\0\0\0moov" * 20_000,
}


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "tiff", "heif"])
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_takes_no_time(name: str, kind: str) -> None:
    begun = process_time()
    tried(HOSTILE[name], kind)
    assert process_time() - begun < 3


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (saved(drawn(), "TIFF").replace(b"\x06\x01\x03\0\x01\0\0\0\x02", b"\x06\x01\x03\0\x01\0\0\0\x23\x80"), "tiff"),
        (saved(drawn(), "PNG").replace(b"IDAT", b"XDAT"), "png"),
        (saved(drawn(), "JPEG").replace(b"\xff\xdb", b"\xff\xf7"), "jpeg"),
        (saved(drawn(), "JPEG")[:-2], "jpeg"),
        (HEIC.replace(b"mdat", b"free"), "heif"),
        (saved(drawn(), "PNG", pnginfo=None)[:-12], "png"),
    ],
)
def test_what_cannot_be_followed_is_refused(raw: bytes, kind: str) -> None:
    with pytest.raises(Uncleanable):
        cleaned(raw, kind)


def test_a_place_within_the_pixels_is_refused() -> None:
    image = Image.frombytes("L", (len(XMP), 1), XMP)
    with pytest.raises(Uncleanable, match="pixels"):
        cleaned(saved(image, "TIFF"), "tiff")
