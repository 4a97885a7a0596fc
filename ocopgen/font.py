"""The fonts of the site: subsets to Latin and Vietnamese, made from their packages, as WOFF2."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ocopgen.recipe import Tools, digest

VERSION = 1
"""Raised whenever the same recipe would give other bytes."""

# Latin with Vietnamese, punctuation, the dong sign, arrows and the few signs that the pages use.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x323), (0x1EA0, 0x1EF9),
    (0x2010, 0x2026), (0x2030, 0x2033), (0x2039, 0x203A), (0x20AB, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2264, 0x2265),
)  # fmt: skip


@dataclass(frozen=True)
class Font:
    """One weight of a family; `weight` is set for a variable font, which is pinned to it."""

    package: str
    file: str
    weight: int | None = None

    @cached_property
    def key(self) -> str:
        versions = (version(self.package.replace("_", "-")), version("fonttools"), version("brotli"))
        return digest("font", str(VERSION), self.package, self.file, str(self.weight), *versions, str(RANGES))

    @property
    def source(self) -> Path:
        """The file in its package."""
        return Path(str(import_module(self.package).__file__)).parent / "files" / self.file

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: self._subset()})

    def _subset(self) -> bytes:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont
        from fontTools.varLib.instancer import instantiateVariableFont

        font = TTFont(self.source, recalcTimestamp=False)
        if self.weight is not None:
            font = instantiateVariableFont(font, {"wght": self.weight})
        options = Options(
            flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"]
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        subsetter.subset(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file)
        return file.getvalue()


FONTS = {
    "text-400": Font("fontpkg_be_vietnam_pro", "BeVietnamPro-Regular.ttf"),
    "text-600": Font("fontpkg_be_vietnam_pro", "BeVietnamPro-SemiBold.ttf"),
    "head": Font("fontpkg_lora", "Lora[wght].ttf", 600),
}
"""The fonts of the site by the names that the style sheet uses."""


def path(name: str) -> str:
    """Where a font lies in the site."""
    return f"assets/{name}-{FONTS[name].key[:12]}.woff2"


WORDS_ON_PICTURES = FONTS["text-400"], FONTS["text-600"]
"""What the words of drawings are set in: one family, whose weights are files of their own."""
