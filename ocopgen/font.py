"""The fonts of the site: subsets to Latin and Vietnamese, made from their packages, as WOFF2."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ocopgen.recipe import Tools, digest

VERSION = 2
"""Raised whenever the same recipe would give other bytes."""

# Latin with Vietnamese, punctuation, the dong sign, arrows and the few signs that the pages use.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x323), (0x1EA0, 0x1EF9),
    (0x2010, 0x2026), (0x2030, 0x2033), (0x2039, 0x203A), (0x20AB, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2264, 0x2265),
)  # fmt: skip

FEATURES = "kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"
"""Tags of the OpenType layout features that stay."""


@dataclass(frozen=True)
class Font:
    """One weight of a family; `weight` is set for a variable font, which is pinned to it."""

    package: str
    file: str
    weight: int | None = None

    @cached_property
    def key(self) -> str:
        tools = (self.package.replace("_", "-"), "uharfbuzz", "fonttools", "brotli")
        what = (self.package, self.file, str(self.weight), str(RANGES), *FEATURES)
        return digest("font", str(VERSION), *map(version, tools), *what)

    @property
    def source(self) -> Path:
        """The file in its package."""
        return Path(str(import_module(self.package).__file__)).parent / "files" / self.file

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: self._subset()})

    def _subset(self) -> bytes:
        import uharfbuzz as harfbuzz
        from fontTools.ttLib import TTFont

        face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(self.source)))
        wanted = harfbuzz.SubsetInput()
        wanted.unicode_set.update(code for first, last in RANGES for code in range(first, last + 1))
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode()) for tag in FEATURES)
        if self.weight is not None:
            wanted.pin_axis_location(face, "wght", self.weight)
        font = TTFont(io.BytesIO(harfbuzz.subset(face, wanted).blob.data), recalcTimestamp=False, recalcBBoxes=False)
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
