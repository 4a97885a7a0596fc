"""Whatever is done to the shipped entries, nothing is raised and every problem has a place in a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from making import CONTENT, STRINGS, found

from ocopgen.catalogue import Content
from ocopgen.problems import Problem

WHOLE_FILE = {
    *("file-missing", "file-unknown", "file-too-large", "entry-without-vi", "folder-name", "duplicate-id"),
    *("photo-kind", "photo-small", "photo-large", "photo-unreadable"),
}
"""The codes that may speak of a file as a whole."""


@cache
def shipped() -> dict[str, bytes]:
    """The texts of the shipped content."""
    paths = [path for path in sorted(CONTENT.rglob("*")) if path.suffix in (".md", ".yml")]
    return {path.relative_to(CONTENT).as_posix(): path.read_bytes() for path in paths}


# --- ways to do harm --------------------------------------------------------------------------------------


def flip(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]


def delete(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.randint(1, 9) :]


SIGNS = ["\t", '"', "'", ": ", "- ", "[", "}", "#", "&a ", "*", "!", "%", "\n---\n", "\u2028", "\x00", "“", "…", "|"]


def insert(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice(SIGNS).encode() + raw[at:]


def cut(raw: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def in_lines(change: Callable[[list[str], int, Random], None]) -> Callable[[bytes, Random], bytes]:
    def damage(raw: bytes, chance: Random) -> bytes:
        lines = raw.decode().split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines).encode()

    damage.__name__ = change.__name__
    return damage


@in_lines
def drop(lines: list[str], at: int, chance: Random) -> None:
    del lines[at]


@in_lines
def repeat(lines: list[str], at: int, chance: Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines[at])


@in_lines
def shorten(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = lines[at][: chance.randint(0, len(lines[at]))]


@in_lines
def indent(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = chance.choice((" ", "  ", "\t", "\u00a0")) + lines[at]


@in_lines
def outdent(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = lines[at].lstrip(" -")


VALUES = [
    *("", "~", "true", "0", "-1", "9999999999999999999", "1e999", "84,5", "250.000", "26/04/2022", "9999-12-31"),
    *("0001-01-01", "2022-02-30", "[]", "{}", "[[], {}]", "{a: {b: [c]}}", '"', "''", "*a", "&a x", "!x y", "a: b"),
    *("x" * 300, "<script>", "../../../etc/passwd", "javascript:alert(1)", "\U0001f9c4", "Tỏi", "“x”", "- x", "|"),
]


@in_lines
def replace_value(lines: list[str], at: int, chance: Random) -> None:
    keyed = [number for number, line in enumerate(lines) if re.match(r"[\s-]*\w+:", line)]
    at = chance.choice(keyed)
    lines[at] = lines[at].partition(":")[0] + ": " + chance.choice(VALUES)


DAMAGE = (flip, delete, insert, cut, drop, repeat, shorten, indent, outdent, replace_value)


# --- the law ----------------------------------------------------------------------------------------------


def a_corner(chance: Random, path: str) -> dict[str, bytes]:
    """The data files, the path, and a few other entries: enough for every rule, and quick to judge."""
    texts = {**shipped(), "strings.yml": STRINGS.encode()}
    texts[path] = shipped()[path]
    folders = {other.rpartition("/")[0] for other in (*chance.sample(sorted(texts), 6), path)}
    return {other: raw for other, raw in texts.items() if "/" not in other or other.rpartition("/")[0] in folders}


def lies_in(problem: Problem, content: Content) -> bool:
    """Whether a problem's place is in a file that is there."""
    place = problem.place
    path = place.file.removeprefix("content/")
    if place.line == 0:
        return problem.code in WHOLE_FILE
    text = unicodedata.normalize("NFC", content.texts[path].decode("utf-8", "replace"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


@pytest.mark.parametrize("seed", range(300))
def test_damage_is_told_and_never_raised(seed: int) -> None:
    chance = Random(seed)
    path = chance.choice(sorted(shipped()))
    texts = a_corner(chance, path)
    for _ in range(chance.randint(1, 3)):
        texts[path] = chance.choice(DAMAGE)(texts[path], chance) if _whole(texts[path]) else texts[path]
    content = Content(texts)
    for problem in found(content):
        assert lies_in(problem, content), problem
        assert problem.printed()


def _whole(raw: bytes) -> bool:
    """Whether a file is still text with a key in it, so that any harm can be done to it."""
    try:
        return re.search(r"^[\s-]*\w+:", raw.decode(), re.MULTILINE) is not None
    except UnicodeDecodeError:
        return False


def test_the_shipped_entries_are_sound() -> None:
    assert [one.printed() for one in found(Content(shipped())) if one.code != "recognition-ending"] == []
