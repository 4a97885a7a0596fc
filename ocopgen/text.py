"""Words and the language they are in: `Text`, `Phrase`, Vietnamese order, folding and slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NewType

from markupsafe import Markup, escape

Lang = NewType("Lang", str)
"""A language code as HTML writes it: `vi`, `en`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as one page shows them; `lang` is set only where they are not in the page's language.

    A template that prints a phrase gets the mark `lang="…"` by itself; inside an attribute it writes
    `phrase.words`, where no mark is possible.
    """

    words: str
    lang: Lang | None = None

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        return f"Phrase({self.words!r}, {self.lang!r})"

    def __bool__(self) -> bool:
        return bool(self.words)

    def __html__(self) -> Markup:
        if self.lang is None:
            return escape(self.words)
        return Markup('<span lang="{}">{}</span>').format(self.lang, self.words)


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in one or more languages; the first language is the one they were written in."""

    words: tuple[tuple[Lang, str], ...]

    @staticmethod
    def of(words: Mapping[Lang, str]) -> Text:
        return Text(tuple(words.items()))

    def get(self, lang: Lang) -> str | None:
        """The words in `lang`, if there are any."""
        for known, words in self.words:
            if known == lang:
                return words
        return None

    def on_page(self, lang: Lang) -> Phrase:
        """The words for a page in `lang`: its own, else the first language's, marked."""
        own = self.get(lang)
        if own is not None:
            return Phrase(own)
        known, words = self.words[0]
        return Phrase(words, known)

    def plus(self, lang: Lang, words: str) -> Text:
        """The same text with the words of one more language."""
        return Text((*(pair for pair in self.words if pair[0] != lang), (lang, words)))

    @property
    def source(self) -> str:
        """The words in the language they were written in."""
        return self.words[0][1]


# The order of letters and tones of Vietnamese: CLDR's `vi` collation, standard type.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTERS = {letter: rank for rank, letter in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}


SortKey = tuple[tuple[int, ...], ...]
"""Letters, tones and case of a name, in this order of weight."""


def sort_key(words: str) -> SortKey:
    """Vietnamese order: letters decide first, then tones (ngang huyền hỏi ngã sắc nặng), then case."""
    return tuple(zip(*map(_weights, unicodedata.normalize("NFC", words)), strict=True))


@lru_cache(maxsize=4096)
def _weights(char: str) -> tuple[int, int, bool]:
    """Letter, tone and case of a character; what is no letter or digit counts as a space, before them all."""
    base, tone = _without_tone(char)
    lower = base.lower()
    letter = _LETTERS.get(lower, 100 + ord(lower[0]) if lower.isalpha() else 0)
    return letter, tone, base != lower


@lru_cache(maxsize=4096)
def _without_tone(char: str) -> tuple[str, int]:
    """A letter without its tone mark, and the tone's rank; the horn, breve and circumflex stay."""
    tone = 0
    kept = ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            kept += part
    return unicodedata.normalize("NFC", kept), tone


def first_letter(words: str) -> str:
    """The heading a name stands under in an A-Z list: one of the Vietnamese letters, a digit sign or `#`."""
    base, _ = _without_tone(unicodedata.normalize("NFC", words.strip())[:1] or "#")
    return base.upper() if base.isalpha() else "#"


_BARRED = str.maketrans(dict.fromkeys("đĐðÐɖƉ", "d"))
"""The barred d has no decomposition; old fonts and converters write the Icelandic or the African letter for it."""


def fold(words: str) -> str:
    """Words without marks and in lower case, for comparing what people type: `Tỏi đen` → `toi den`."""
    marked = unicodedata.normalize("NFD", words.translate(_BARRED))
    return "".join(char for char in marked if not unicodedata.combining(char)).casefold()


def slug(words: str) -> str:
    """The folder name for a Vietnamese name: `Tỏi đen Trường An` → `toi-den-truong-an`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
