"""QR codes: what a real reader reads in them, and how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from ocopgen import pixels, qr

SHORT = "https://ocop.example/p/toi-den"
LONG = "https://xuc-tien.nongnghiep-moitruong.example.vn/danh-muc/thai-binh/p/" + "dong-trung-ha-thao-" * 3 + "60"


def read(svg: str, width: int) -> zxingcpp.Barcode:
    """What a reader sees in a code drawn so many pixels wide."""
    (found,) = zxingcpp.read_barcodes(pixels.drawing(svg, width).convert("RGB"))
    return found


@pytest.mark.parametrize(("address", "width"), [(SHORT, 64), (SHORT, 111), (LONG, 110), (LONG, 164)])
def test_a_reader_finds_the_address_also_in_a_small_drawing(address: str, width: int) -> None:
    assert read(qr.code(address), width).text == address


@pytest.mark.parametrize("address", ["https://a.vn", SHORT, LONG])
def test_a_code_is_no_micro_code_and_mends_at_least_what_level_m_does(address: str) -> None:
    found = read(qr.code(address), 400)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level in ("M", "Q", "H")


def test_a_code_can_be_read_with_a_spot_on_it() -> None:
    drawn = pixels.drawing(qr.code(SHORT), 300).convert("RGB")
    drawn.paste((163, 38, 28), (130, 130, 170, 170))
    (found,) = zxingcpp.read_barcodes(drawn)
    assert found.text == SHORT


def test_a_drawing_is_a_ground_and_one_path_and_nothing_else() -> None:
    drawing = ElementTree.fromstring(qr.code(SHORT))
    assert [one.tag.partition("}")[2] for one in drawing.iter()] == ["svg", "path", "path"]
    assert drawing.keys() == ["viewBox"]


def test_the_ground_is_white_and_as_wide_as_is_asked_for() -> None:
    for border in (0, 2, qr.QUIET):
        svg = qr.code(SHORT, border)
        (side,) = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
        drawn = pixels.drawing(svg, int(side))
        assert drawn.getchannel("A").getextrema() == (255, 255), "also dark pages show it dark on light"
        dark = Image.eval(drawn.convert("L"), lambda value: 255 - value)
        assert dark.getbbox() == (border, border, int(side) - border, int(side) - border)
        assert dark.getextrema() == (0, 255)


def test_an_address_that_fits_no_code_is_refused() -> None:
    assert qr.code("x" * 2331)
    with pytest.raises(ValueError, match="Data too large"):
        qr.code("x" * 2332)


@dataclass
class _Kept:
    """Tools that keep what was made."""

    files: dict[str, bytes] = field(default_factory=dict)

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        return self.files.setdefault(key, make()[key])


def test_a_file_is_known_by_its_address_before_it_is_made() -> None:
    tools, one = _Kept(), qr.Code(SHORT)
    assert one.make(tools) == qr.code(SHORT).encode()  # type: ignore[arg-type]
    assert tools.files.keys() == {one.key}
    assert qr.Code(SHORT).key == one.key != qr.Code(LONG).key
