"""Cleaned HTML → a tree that a typesetter sets: strings, and parts with a tag; nothing in it is markup any more."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from ocopgen.letters import settled, visible

Part = str | dict[str, Any]
"""Words, or `{"tag": …, "parts": […]}`.

A link has `href`, a picture `src` and `alt`, a numbered list its `start`, a heading its `level` (none is left out, and
what has no words is no heading), a table `columns`, `head` and `cells`, and in `parts` what it has besides: a title.
"""


def typeset(html: str) -> tuple[Part, ...]:
    """The parts of a story."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for one in reversed(reader.stack[1:]):
        reader.handle_endtag(one["tag"])
    return tuple(reader.stack[0]["parts"])


_VOID = {"br", "hr", "img"}
_HEADINGS = "h2", "h3", "h4", "h5", "h6"
_NO_WORDS = {"", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "div"}
"""Tags between whose parts a line break is no word."""


class _Reader(HTMLParser):
    """Builds the tree; what is opened and never closed ends with its parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[dict[str, Any]] = [{"tag": "", "parts": []}]
        self.level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        part: dict[str, Any] = {"tag": tag, "parts": []}
        if tag == "a":
            part["href"] = given.get("href", "")
        elif tag == "ol":
            part["start"] = _number(given.get("start", ""))
        elif tag in _HEADINGS:
            part["level"] = min(_HEADINGS.index(tag), self.level) + 1
        elif tag == "img":
            part |= {"src": given.get("src", ""), "alt": given.get("alt", "")}
        self.stack[-1]["parts"].append(part)
        if tag not in _VOID:
            self.stack.append(part)

    def handle_endtag(self, tag: str) -> None:
        while tag in (one["tag"] for one in self.stack[1:]):
            done = self.stack.pop()
            if done["tag"] == "table":
                _lay_out(done)
            elif done["tag"] in _HEADINGS:
                self._head(done)
            if done["tag"] == tag:
                return

    def _head(self, part: dict[str, Any]) -> None:
        if visible(_words(part)):
            self.level = part["level"]
        else:
            part["tag"] = "div"
            del part["level"]

    def handle_data(self, data: str) -> None:
        data = settled(data)
        words = data if any(one["tag"] == "pre" for one in self.stack) else data.replace("\n", " ")
        if words.strip() or self.stack[-1]["tag"] not in _NO_WORDS:
            self.stack[-1]["parts"].append(words)


def _lay_out(table: dict[str, Any]) -> None:
    """The cells of a table row by row, each row as long as the longest; `head` are the rows that name the columns."""
    found = ([one for one in _parts(row) if one["tag"] in ("td", "th")] for row in _rows(table))
    cells = [row for row in found if row]
    columns = max(map(len, cells), default=1)
    table["columns"] = columns
    table["head"] = sum(all(one["tag"] == "th" for one in row) for row in cells[:1])
    table["cells"] = [
        part for row in cells for part in (*(one["parts"] for one in row), *([[]] * (columns - len(row))))
    ]
    table["parts"] = [one for one in table["parts"] if isinstance(one, str) or not _rows(one)]


def _words(part: dict[str, Any]) -> str:
    return "".join(one if isinstance(one, str) else _words(one) for one in part["parts"])


def _rows(part: dict[str, Any]) -> list[dict[str, Any]]:
    if part["tag"] == "tr":
        return [part]
    return [row for one in _parts(part) for row in _rows(one)]


def _number(start: str) -> int:
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def _parts(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in part["parts"] if isinstance(one, dict)]
