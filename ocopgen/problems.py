"""What is wrong, where, and what to do about it: `Place`, `Problem` and their printed form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum

from ocopgen.messages import MESSAGES, Severity
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
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


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
        """The sentence in `vi` or `en`."""
        return MESSAGES[self.code].sentence(lang).format(**dict(self.words))

    def mend(self, lang: str) -> str:
        """What to do about it in `vi` or `en`; empty where nobody can know."""
        return MESSAGES[self.code].mend(lang).format(**dict(self.words))

    def printed(self, colour: bool = False) -> str:
        """The problem for a terminal: Vietnamese, English, the line it is about, and the mend."""
        paint = Colour.ERROR if self.severity is Severity.ERROR else Colour.WARNING
        code = Colour.QUIET.paint(f"[{self.code}]", colour)
        lines = [
            f"{self.place}: {paint.paint(self.severity.vi, colour)}: {self.said('vi')}   {code}",
            f"  {self.severity.value}: {self.said('en')}",
            *_pointed(self.place),
        ]
        if self.mend("vi"):
            lines += [f"  → {self.mend('vi')}", f"  → {self.mend('en')}"]
        return "\n".join(lines)


def _pointed(place: Place) -> list[str]:
    """The line of the file with a caret below the column; a long line is cut around it."""
    if not place.line or not place.excerpt.strip():
        return []
    start = max(0, place.column - 60)
    shown = "".join(char if char.isprintable() else " " for char in place.excerpt[start : start + 100])
    number = str(place.line)
    caret = " " * (place.column - 1 - start) + "^"
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {caret}"]


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
