"""Words as the fonts of documents can set them: PDF/UA-1 forbids letters that no font has, and Typst gives up then."""

from __future__ import annotations

from functools import cache
from unicodedata import category, normalize

from ocopgen.font import FONTS

SIGNS = (
    (0x391, 0x3A1), (0x3A3, 0x3C9), (0x2011, 0x2012), (0x2190, 0x22FF), (0x2460, 0x24FF), (0x25A0, 0x25FF),
    (0x2605, 0x2606), (0x2713, 0x2714),
)  # fmt: skip
"""What Typst's own fonts have where those of the site have not: Greek, arrows, mathematics, numbers in circles."""

BOX = "□"
"""What stands for a letter that no font has."""


def settled(words: str) -> str:
    """Words in composed letters, and without what no font has.

    Such a letter becomes its plain form where there is one (`⅓` → `1⁄3`), else a box; signs such as emoji go, and so do
    control characters.
    """
    words = normalize("NFC", words)
    strange = set(words) - letters()
    return words.translate({ord(one): _instead(one) for one in strange}) if strange else words


def visible(words: str) -> bool:
    """Whether words leave anything on paper."""
    return any(category(one)[0] in "LNPS" for one in words)


def _instead(letter: str) -> str:
    kind, plain = category(letter), normalize("NFKC", letter)
    if (kind in ("Zs", "Zl", "Zp", "Cf") and letter != "\ufeff") or letter in "\t\n":
        return letter
    if plain != letter and letters() >= set(plain):
        return plain
    return BOX if kind[0] in "LN" else ""


@cache
def letters() -> frozenset[str]:
    """What there is a glyph for."""
    from uharfbuzz import Blob, Face

    known = {code for one in FONTS.values() for code in Face(Blob.from_file_path(str(one.source))).unicodes}
    found = map(chr, known.union(*(range(first, last + 1) for first, last in SIGNS)))
    return frozenset(one for one in found if category(one) != "Cc")
