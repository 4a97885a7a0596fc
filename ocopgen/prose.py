"""Markdown of a body → cleaned HTML. Contributors' HTML is never trusted, and hostile input is bounded.

Python-Markdown is quadratic on runs of brackets and recurses on nested lists (4,000 `[` take 1.8 s; 300 nested
items overflow), on lines (20,000 headings take minutes), and pads every row of a table to the width of its head
(7 KB make a million cells), so a body is measured before it is rendered.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from importlib.metadata import version
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

VERSION = 1
"""Raised whenever the same text would give other prose."""

MAKERS = version("markdown"), version("nh3")
"""What renders and cleans, by version."""

BODY_LIMIT = 40_000
BRACKET_LIMIT = 400
NESTING_LIMIT = 12
LINE_LIMIT = 1_500
CELL_LIMIT = 20_000

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "strong",
        "em",
        "b",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "code",
        "pre",
        "a",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "abbr",
        "cite",
        "q",
        "small",
        "span",
        "div",
        "figure",
        "figcaption",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    allowed_classes={"td": {"left", "center", "right"}, "th": {"left", "center", "right"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered body: its HTML with addresses as they were written, and what was taken out of it."""

    html: str
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    fault: str = ""


_known: dict[str, Prose] = {}


def render(body: str) -> Prose:
    """The prose of a Markdown text, rendered once; `fault` is the code of a problem where it could not be."""
    if body not in _known:
        _known[body] = _rendered(body)
    return _known[body]


def remember(body: str, prose: Prose) -> None:
    """Take what `render` gave for a text before, or in another process, for what it would give."""
    _known[body] = prose


def forget() -> None:
    """Forget what was rendered, where there is more to come than memory may hold."""
    _known.clear()


def _rendered(body: str) -> Prose:
    if len(body) > BODY_LIMIT:
        return Prose("", fault="body-long")
    if _tangled(body):
        return Prose("", fault="body-tangled")
    try:
        raw = _markdown().convert(body)
    except RecursionError:
        return Prose("", fault="body-tangled")
    html = _CLEANER.clean(raw)
    html = html.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")
    return Prose(html, _found(_HREF, html), _found(_IMG, html), _removed(raw))


_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_IMG = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')
_IMG_TAG = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')


def _found(pattern: re.Pattern[str], html: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unescape(found) for found in pattern.findall(html)))


def with_addresses(prose: Prose, link: Callable[[str], str], image: Callable[[str, str], Markup]) -> Markup:
    """The HTML with each address put through `link`, and each picture made by `image(src, alt)`."""

    def linked(match: re.Match[str]) -> str:
        address = escape(link(unescape(match[1])))
        return match[0][: match.start(1) - match.start()] + str(address) + '"'

    def pictured(match: re.Match[str]) -> str:
        src, alt = _IMG.search(match[0]), _ALT.search(match[0])
        return str(image(unescape(src[1]) if src else "", unescape(alt[1]) if alt else ""))

    html = _HREF.sub(linked, prose.html) if prose.links else prose.html
    return Markup(_IMG_TAG.sub(pictured, html) if "<img" in html else html)


def words_of(body: str) -> list[str]:
    """The words of a body without its marks, in lower case: for comparing stories."""
    return re.findall(r"[^\W_]+", body.lower())


# --- addresses ------------------------------------------------------------------------------------------


def leads_somewhere(link: str, key: str, knows: Callable[[str], bool]) -> bool:
    """Whether an address in a body is another site, or an entry that is there; bodies have no fragments."""
    if re.match(r"https?://[^/]*\.|mailto:.+@|tel:\+?\d", link):
        return True
    target = entry_at(link, key)
    return target is not None and knows(target)


def entry_at(link: str, key: str) -> str | None:
    """The entry that a relative address in a body means: from `products/x`, `../y/` is `products/y`."""
    if not link or link.startswith("/") or re.search("[:#?]", link):
        return None
    target = posixpath.normpath(posixpath.join(key, link))
    return re.sub(r"/index(\.\w+)?\.md$", "", target)


# --- bounds -----------------------------------------------------------------------------------------------


def _tangled(body: str) -> bool:
    if any(body.count(char) > BRACKET_LIMIT for char in "[]()<*_`!\\"):
        return True
    lines = body.split("\n")
    if len(lines) > LINE_LIMIT or len(lines) * max(line.count("|") for line in lines) > CELL_LIMIT:
        return True
    return any(_depth(line) > NESTING_LIMIT for line in lines)


def _depth(line: str) -> int:
    """How deep a line may be nested: by indentation, and by the list and quotation marks it opens with."""
    indent = len(line) - len(line.lstrip(" \t"))
    marks = re.match(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$))*", line)
    return max(indent // 4, len(re.findall(r"[>*+-]|\d+[.)]", marks[0])) if marks else 0)


# --- Markdown ---------------------------------------------------------------------------------------------


class _House(Treeprocessor):
    """Headings start at the second level; alignment of cells is a class, since style attributes are forbidden."""

    def run(self, root: Element) -> None:
        demote = any(element.tag == "h1" for element in root.iter())
        for element in root.iter():
            if demote and re.fullmatch(r"h[1-5]", element.tag):
                element.tag = f"h{int(element.tag[1]) + 1}"
            aligned = re.fullmatch(r"text-align: (left|center|right);", element.attrib.pop("style", ""))
            if aligned:
                element.set("class", aligned[1])


class _HouseExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_House(md), "house", 5)


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    return Markdown(extensions=["tables", "sane_lists", _HouseExtension()], output_format="html")


def _markdown() -> Markdown:
    return _converter().reset()


# --- what was taken out -----------------------------------------------------------------------------------


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [name for name in _forbidden(tag, attrs) if name not in self.seen]


def _forbidden(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    if tag not in _TAGS:
        yield tag
        return
    for name, value in attrs:
        allowed = _ATTRIBUTES.get(tag, set()) | ({"class"} if tag in ("td", "th") else set())
        if name not in allowed or (
            name in ("href", "src") and re.match(r"\s*(javascript|data|vbscript)\s*:", value or "", re.IGNORECASE)
        ):
            yield f"{tag} {name}"


def _removed(raw: str) -> tuple[str, ...]:
    parser = _Tags()
    parser.feed(raw)
    parser.close()
    return tuple(parser.seen)
