"""QR codes: what a real reader reads in them, and how they are drawn."""

from __future__ import annotations

import zxingcpp

from ocopgen import pixels, qr

LONG = "https://trung-tam-xuc-tien.nongnghiep-moitruong.example.vn/ocop/thai-binh/p/" + "dong-trung-ha-thao-" * 3 + "60"


def read(svg: str, width: int) -> str:
    """What a reader sees in a code drawn so many pixels wide."""
    (found,) = zxingcpp.read_barcodes(pixels.drawing(svg, width).convert("RGB"))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return str(found.text)


def test_a_reader_finds_the_address() -> None:
    assert read(qr.code("https://ocop.example/p/toi-den"), 120) == "https://ocop.example/p/toi-den"
    assert read(qr.code(LONG), 160) == LONG
