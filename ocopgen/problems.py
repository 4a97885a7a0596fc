"""What is wrong, where, and what to do about it: `Place`, `Problem` and their printed form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum

from ocopgen.messages import LANGS, MESSAGES, Severity
from ocopgen.text import fold


class Colour(Enum):
    """Terminal colours by what they mean; `NONE` is for everything that is not a terminal."""

    ERROR = "31;1"
    WARNING = "33;1"
    QUIET = "2"
    ADDED = "32"

    def paint(self, words: str, on: bool) -> str:
        return f"\x1b[{self.value}m{words}\x1b[0m" if on else words


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = field(default="", compare=False)

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file

    @property
    def glimpse(self) -> tuple[str, int]:
        """The line, cut around the column if it is long and without what cannot be seen; and the column in that."""
        if not self.line or not self.excerpt.strip():
            return "", 0
        start = max(0, self.column - 60)
        return printable(self.excerpt[start : start + 100]), self.column - start


def printable(words: str) -> str:
    """Words on one line, with a space for whatever cannot be seen."""
    return "".join(char if char.isprintable() else " " for char in words)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code of `messages.MESSAGES`, its place, and the words that fill the message."""

    place: Place
    code: str
    words: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def at(place: Place, code: str, **words: object) -> Problem:
        return Problem(place, code, tuple((key, str(value)) for key, value in words.items()))

    @property
    def severity(self) -> Severity:
        return MESSAGES[self.code].severity

    def said(self, lang: str) -> str:
        """The sentence in `vi` or `en`, on one line whatever words fill it."""
        return printable(MESSAGES[self.code].sentence(lang).format(**dict(self.words)))

    def mend(self, lang: str) -> str:
        """What to do about it in `vi` or `en`; empty where nobody can know."""
        return printable(MESSAGES[self.code].mend(lang).format(**dict(self.words)))

    def printed(self, colour: bool = False, lang: str = LANGS[0]) -> str:
        """The problem for a terminal: in this language, in the other, the line it is about, and the mend."""
        paint = Colour.ERROR if self.severity is Severity.ERROR else Colour.WARNING
        code = Colour.QUIET.paint(f"[{self.code}]", colour)
        first, second = in_turn(lang)
        lines = [
            f"{self.place}: {paint.paint(self.severity.word(first), colour)}: {self.said(first)}   {code}",
            f"  {self.severity.word(second)}: {self.said(second)}",
            *_pointed(self.place),
            *(f"  → {mend}" for each in (first, second) if (mend := self.mend(each))),
        ]
        return "\n".join(lines)


def in_turn(lang: str) -> tuple[str, ...]:
    """The languages of messages, this one first."""
    return (lang, *(one for one in LANGS if one != lang))


def _pointed(place: Place) -> list[str]:
    """The line of the file with a caret below the column."""
    shown, column = place.glimpse
    if not shown:
        return []
    number = str(place.line)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * (column - 1)}^"]


def brief(words: str) -> str:
    """Words as a message quotes them: a long value is cut."""
    return f"{words[:57]}…" if len(words) > 60 else words


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.place, one.code, one.words)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop a build."""
    return tuple(one for one in problems if one.severity is Severity.ERROR)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, comparing without marks and case."""
    by_fold = {fold(one).replace("_", "-"): one for one in known}
    found = get_close_matches(fold(word).replace("_", "-"), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def slipped(word: str, known: str) -> bool:
    """Whether a word is a known one but for one sign: too many, too few, another, or two that changed places."""
    pairs = enumerate(zip(word, known, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(word), len(known)))
    ours, theirs = word[same:], known[same:]
    swapped = ours[:2][::-1] + ours[2:] if len(ours) > 1 else ""
    return ours[1:] in (theirs, theirs[1:]) or ours == theirs[1:] or swapped == theirs
