"""QR codes of addresses, as drawings that stay sharp at every size."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from ocopgen.recipe import Tools, digest

VERSION = 1
"""Raised whenever the same recipe would give other bytes."""

QUIET = 4
"""Modules of white around a code: what ISO/IEC 18004 asks for, so that a reader finds its edges."""


def code(address: str, border: int = QUIET) -> str:
    """An SVG document: the QR code of an address, black on a white ground of its own, one unit a module.

    `border` is the width of the white around it in modules; 0 only where the page around is white itself. Error
    correction is level M, or a higher one where the code grows no larger by it. Raises `ValueError` for an address
    that fits no code (beyond 2,331 bytes).
    """
    import segno

    made = segno.make_qr(address, error="m", boost_error=True)
    file = io.BytesIO()
    made.save(
        file, kind="svg", xmldecl=False, omitsize=True, nl=False, border=border, light="#fff", svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return file.getvalue().decode()


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code of an address as a file; `border` is the white around it in modules."""

    address: str
    border: int = QUIET

    @property
    def key(self) -> str:
        return digest("qr", str(VERSION), _segno(), self.address, str(self.border))

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: code(self.address, self.border).encode()})


@cache
def _segno() -> str:
    return version("segno")
