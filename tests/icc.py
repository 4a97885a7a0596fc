"""Colour profiles (ICC, version 2) as phones, cameras and print shops put them into photos, and sRGB worked out."""

from __future__ import annotations

import struct
from collections.abc import Iterable

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

SRGB: Matrix = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3: Matrix = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB: Matrix = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""What red, green and blue are in XYZ under the light D50."""

ADOBE_GAMMA = 563 / 256
STEPS = 1024


def decoded_srgb(share: float) -> float:
    """The light of a share of full level."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def encoded_srgb(light: float) -> float:
    """The share of full level of a light."""
    light = min(max(light, 0.0), 1.0)
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def in_srgb(colour: tuple[int, int, int], primaries: Matrix, gamma: float | None) -> tuple[int, int, int]:
    """A colour of a matrix profile in sRGB, worked out by hand."""
    lights = [decoded_srgb(one / 255) if gamma is None else (one / 255) ** gamma for one in colour]
    xyz = [sum(light * primary[axis] for light, primary in zip(lights, primaries, strict=True)) for axis in range(3)]
    red, green, blue = (round(255 * encoded_srgb(light)) for light in _solved(SRGB, xyz))
    return red, green, blue


def _solved(columns: Matrix, wanted: Iterable[float]) -> list[float]:
    """The shares of three columns that add up to what is wanted (Cramer's rule)."""
    target = tuple(wanted)
    whole = _determinant(*columns)
    return [_determinant(*(*columns[:at], target, *columns[at + 1 :])) / whole for at in range(3)]  # type: ignore[arg-type]


def _determinant(a: Triple, b: Triple, c: Triple) -> float:
    return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])


# --- profiles ---------------------------------------------------------------------------------------------


def matrix_profile(primaries: Matrix, gamma: float | None = None) -> bytes:
    """A profile of three primaries; without a gamma its levels are those of sRGB, as those of Display P3 are."""
    curve = _curve([decoded_srgb(step / (STEPS - 1)) for step in range(STEPS)]) if gamma is None else _gamma(gamma)
    tags = {b"rXYZ": _xyz(primaries[0]), b"gXYZ": _xyz(primaries[1]), b"bXYZ": _xyz(primaries[2])}
    return _profile(b"mntr", b"RGB ", b"XYZ ", {**tags, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve})


def grey_profile(gamma: float) -> bytes:
    """A profile of one grey."""
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": _gamma(gamma)})


def ink_profile(inks: tuple[Triple, Triple, Triple, Triple], paper: Triple = (100, 0, 0)) -> bytes:
    """A profile of four inks by their colours in Lab; where inks lie over each other, the last of them covers."""
    straight = bytes(range(256))
    corners = [next((inks[at] for at in reversed(range(4)) if corner >> (3 - at) & 1), paper) for corner in range(16)]
    colours = bytes(level for light, a, b in corners for level in (round(light * 2.55), round(a) + 128, round(b) + 128))
    unit = struct.pack(">9i", *(0x10000 * (at % 4 == 0) for at in range(9)))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + unit + straight * 4 + colours + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


def _profile(device: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    name = b"made for a test\0"
    described = b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78)
    every = {b"desc": described, b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": _xyz((0.9642, 1, 0.8249)), **tags}
    table, body = struct.pack(">I", len(every)), b""
    start = 128 + 4 + 12 * len(every)
    for tag, content in every.items():
        table += tag + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), bytes(4), 0x02400000, device, space, connection)
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    return head + _xyz((0.9642, 1, 0.8249))[8:] + bytes(48) + table + body


def _xyz(values: Triple) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 0x10000) for value in values))


def _curve(values: list[float]) -> bytes:
    return b"curv" + bytes(4) + struct.pack(f">I{len(values)}H", len(values), *(round(65535 * one) for one in values))


def _gamma(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))
