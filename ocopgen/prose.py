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
from typing import ClassVar
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, STX, AtomicString
from markupsafe import Markup, escape

VERSION = 2
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
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    allowed_classes={"td": {"left", "center", "right"}, "th": {"left", "center", "right"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered body: its HTML with addresses as they were written, and what was taken out of it.

    Among `links` and `images` are also addresses of kinds that no page may have: they lead nowhere.
    """

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
        _converter.cache_clear()  # it was left in the middle of a list, and would take what comes for more of it
        return Prose("", fault="body-tangled")
    html = _CLEANER.clean(raw)
    html = html.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")
    lost = _lost(raw)
    links, images = (*_found(_HREF, html), *lost.links), (*_found(_IMG, html), *lost.images)
    return Prose(html, tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images)), tuple(lost.seen))


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
    return any(map(_TOO_DEEP.match, lines))


_TOO_DEEP = re.compile(
    rf"[ \t]{{{4 * NESTING_LIMIT + 4}}}|(?:[ \t]*(?:>|[-*+]|\d{{1,9}}[.)])(?=[ \t>]|$)){{{NESTING_LIMIT + 1}}}"
)
"""How a line begins that may be nested too deep: by indentation, or by list and quotation marks."""


# --- Markdown ---------------------------------------------------------------------------------------------


class _House(Treeprocessor):
    """Headings start at the second level; alignment of cells is a class, since style attributes are forbidden."""

    LOWER: ClassVar = {f"h{level}": f"h{level + 1}" for level in range(1, 6)}
    CLASSES: ClassVar = {f"text-align: {side};": side for side in ("left", "center", "right")}

    def run(self, root: Element) -> None:
        demote = next(root.iter("h1"), None) is not None
        for element in root.iter():
            if demote:
                element.tag = self.LOWER.get(element.tag, element.tag)
            style = element.get("style")
            if style is not None:
                del element.attrib["style"]
                if style in self.CLASSES:
                    element.set("class", self.CLASSES[style])


class _HouseExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_House(md), "house", 5)


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    return _SwiftMarkdown(extensions=["tables", "sane_lists", _HouseExtension(), _Swift()], output_format="html")


def _markdown() -> Markdown:
    return _converter().reset()


# --- the same in less time --------------------------------------------------------------------------------


class _SwiftMarkdown(Markdown):
    def is_block_level(self, tag: object) -> bool:
        return tag in _BLOCKS or super().is_block_level(tag)


_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)


class _Swift(Extension):
    """Spares Python-Markdown what can have no effect on a text. What it gives stays the same, as tests prove."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        md.parser.blockprocessors.register(_Tables(md.parser, {"use_align_attribute": False}), "table", 75)
        md.treeprocessors.register(_PlainWords(md), "plain_words", 25)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Tables(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)


class _PlainWords(Treeprocessor):
    """Words without any mark are declared done, or each of a dozen patterns would be tried on them."""

    MARK = re.compile(r"[\\`\[<&*_]|  \n")

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not self.MARK.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not self.MARK.search(element.tail):
                element.tail = AtomicString(element.tail)


class _Unescape(UnescapeTreeprocessor):
    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


# --- what was taken out -----------------------------------------------------------------------------------


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # `<![` and no name: to browsers it is a comment
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [name for name in _forbidden(tag, attrs) if name not in self.seen]
        for name, value in attrs:
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value or "").lower())
            if scheme and scheme[1] not in _SCHEMES and (tag, name) in (("a", "href"), ("img", "src")):
                (self.links if tag == "a" else self.images).append(value or "")


def _forbidden(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    if tag not in _TAGS:
        yield tag
        return
    for name, _ in attrs:
        allowed = _ATTRIBUTES.get(tag, set()) | ({"class"} if tag in ("td", "th") else set())
        if name not in allowed:
            yield f"{tag} {name}"


_TAG = re.compile(r"<[^>]*>?")
_HARMLESS = re.compile(rf'</?(?:{"|".join(_TAGS)})>|<t[dh] class="\w+">|<ol start="\w+">|<a href="https?://[^"<>]*">')


def _lost(raw: str) -> _Tags:
    """The tags, attributes and addresses that cleaning takes out."""
    parser = _Tags()
    if not all(map(_HARMLESS.fullmatch, set(_TAG.findall(raw)))):
        parser.feed(raw)
        parser.close()
    return parser
