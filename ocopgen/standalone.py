"""A page of the site → the page as it opens from a disk by double-click: each link leads to a file that is there.

Only what must differ is touched; every other byte stays. What is not written as our pages are is refused, not guessed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from ocopgen.edit_links import FORM
from ocopgen.policy import on_disk

WEB_ONLY = re.compile(
    rf"{re.escape(FORM)}.*"  # the form, which writes through the web
    r"|.*\.(?:br|gz)"  # what a server sends in the place of a file
    r"|404\.html|_[^/]*|(?:.*/)?\.[^/]*|robots\.txt|sitemap[^/]*\.xml|.*/feed\.atom"  # for servers and crawlers
    r"|sw\.js|offline/.*|assets/offline-[^/]*\.js|.*\.webmanifest"  # what a phone installs, which it does from no disk
)
"""Files of the site that mean nothing on a disk."""

RASTER = (".avif", ".webp", ".jpg", ".png")
"""Endings of pictures of which a page may name several renditions."""

_PLAINEST = "image/jpeg"
"""The rendition that every browser reads. The others are smaller on the way, but from a disk nothing is on its way."""


class Strange(ValueError):
    """A page that is not written as ours are; the argument tells where."""


@dataclass(frozen=True, slots=True)
class Thrift:
    """What a page does without: files it may name that are left out, and pictures of more than so many pixels across.

    Of a picture that has only larger renditions, the smallest stays.
    """

    left_out: Collection[str] = frozenset()
    widest: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A page for a disk, and the files of the site that it names, by their paths."""

    html: str
    named: frozenset[str]


def is_folder(address: str) -> bool:
    """Whether an address ends at a folder, for which a server would give its `index.html`."""
    return not address or address.rpartition("/")[2] in ("", ".", "..")


def target(address: str, page: str) -> str | None:
    """The path of the file that an address on a page leads to; `None` where that is another place, or the page itself.

    A page is named by its path below the site's root; an address from the root of a server is another place.
    """
    way = re.split("[?#]", address, maxsplit=1)[0]
    if not way or way.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", way):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), way))
    return posixpath.normpath(posixpath.join(path, "index.html")) if is_folder(way) else path


def with_file(address: str) -> str:
    """An address that leads to a file: to a folder's `index.html`, at the same place in it."""
    way = re.split("[?#]", address, maxsplit=1)[0]
    if not way or not is_folder(way) or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", way):
        return address
    return f"{way}{'' if way.endswith('/') else '/'}index.html{address[len(way) :]}"


def opened(html: str, page: str, thrift: Thrift) -> Opened:
    """A page as it opens from a disk, by its text and its path. Raises `Strange`."""
    sheet = _Sheet(page, thrift, list(_tokens(html, page)))
    for number, one in enumerate(sheet.tokens):
        if one.kind == "start" and number not in sheet.gone:
            sheet.change(number)
    shown = (one.text for number, one in enumerate(sheet.tokens) if number not in sheet.gone)
    return Opened("".join(shown), frozenset(sheet.named))


def title(html: str) -> str:
    """The title of a page."""
    found = re.search(r"<title>([^<]*)</title>", html)
    return unescape(found[1]) if found else ""


# --- tokens -----------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|(?P<start><([a-z][a-z0-9-]*)(?:\s+[^\s\"'<>/=]+(?:=\"[^\"]*\")?)*\s*/?>)"
    r"|(?P<end></([a-z][a-z0-9-]*)\s*>)"
    r"|(?P<other><!--(?!-?>).*?-->|<!doctype [^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/=]+)(?:=\"([^\"]*)\")?")

_RAW = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"}
"""Elements in which nothing is markup but their own end."""

_VOID = {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")}


@dataclass(slots=True)
class _Token:
    """A piece of a page: `text`, a `start` or `end` tag of an element, or what is neither."""

    kind: str
    text: str
    name: str = ""

    @property
    def opens(self) -> bool:
        """Whether an end tag follows."""
        return self.kind == "start" and self.name not in _VOID and not self.text.endswith("/>")

    def get(self, attribute: str) -> str:
        """The value of an attribute; empty where there is none."""
        given = _ATTRIBUTE.findall(self.text)
        return next((unescape(value) for name, value in given if name.lower() == attribute), "")

    def set(self, attribute: str, value: str) -> None:
        """Give an attribute that is there another value."""
        if self.get(attribute) != value:
            place = re.compile(rf'(\s{attribute}=")[^"]*', re.IGNORECASE)
            self.text = place.sub(lambda found: found[1] + _quoted(value), self.text, count=1)


def _tokens(html: str, page: str) -> Iterator[_Token]:
    at = 0
    while at < len(html):
        found = _TOKEN.match(html, at)
        if found is None:
            raise Strange(f"{page}: {html[at : at + 80]!r}")
        one = _Token(str(found.lastgroup), found[0], (found[3] or found[5] or "").lower())
        at = found.end()
        yield one
        if one.opens and one.name in _RAW:
            end = re.compile(f"</{one.name}\\s*>", re.IGNORECASE).search(html, at)
            if end is None or "<!--" in html[at : end.start()]:  # in a script, that can hide an end
                raise Strange(f"{page}: {html[at : at + 80]!r}")
            yield _Token("text", html[at : end.start()])
            at = end.start()


def _quoted(value: str) -> str:
    """A value as it is written between quotation marks; an apostrophe stays one."""
    return escape(value, quote=False).replace('"', "&quot;")


# --- one page ---------------------------------------------------------------------------------------------

_HOLDERS = {"ul", "ol", "dl", "nav", "section", "aside", "div", "details"}
"""Elements that go when all that is left in them are headings."""

_HEADINGS = {"h2", "h3", "h4", "h5", "h6", "summary"}
"""Elements that head others, beside what has the class `label`."""


@dataclass
class _Sheet:
    """The tokens of a page while they are changed; those that are gone, by number; what the page names."""

    page: str
    thrift: Thrift
    tokens: list[_Token]
    gone: set[int] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    standing: str | None = None
    """The address of the picture that stands for those of the sources just seen."""

    def change(self, number: int) -> None:
        """Bring one start tag to what it is on a disk."""
        one = self.tokens[number]
        change = _CHANGES.get(one.name)
        if change is not None:
            change(self, number, one)
        elif one.name == "picture":
            self.standing = None

    def link(self, number: int, one: _Token) -> None:
        """`link`: what a browser would fetch ahead or install goes, as it may not do so from a disk."""
        kinds = set(one.get("rel").lower().split())
        if kinds & _AHEAD or self._is_left_out(one, "href"):
            self.gone.add(number)
        else:
            self._lead(one, "href")

    def script(self, number: int, one: _Token) -> None:
        """`script`: one whose file is left out goes."""
        if self._is_left_out(one, "src"):
            self.gone |= set(range(number, self._end(number) + 1))
        else:
            self._lead(one, "src")

    def anchor(self, number: int, one: _Token) -> None:
        """`a`: one that leads to what is left out goes, and with it what was there only for its sake."""
        if self._is_left_out(one, "href"):
            self._take_out(number)
        else:
            self._lead(one, "href")

    def form(self, number: int, one: _Token) -> None:
        """`form`: what is asked leads to a page as a link does."""
        self._lead(one, "action")

    def meta(self, number: int, one: _Token) -> None:
        """`meta`: a page that leads on leads to a file, and what a page may do it may do from a disk."""
        if one.get("http-equiv").lower() == "content-security-policy":
            one.set("content", on_disk(one.get("content")))
        if one.get("http-equiv").lower() == "refresh":
            wait, sign, address = one.get("content").partition("url=")
            if sign:
                one.set("content", f"{wait}{sign}{with_file(address)}")
                self._name(address)

    def source(self, number: int, one: _Token) -> None:
        """`source`: of several formats the plainest stays, of its widths those that are wanted."""
        if one.get("type") not in ("", _PLAINEST):
            self.gone.add(number)
            return
        widths = _by_width(one.get("srcset"))
        wanted = [width for width in widths if self.thrift.widest is None or width <= self.thrift.widest]
        kept = sorted(wanted or widths)[: None if wanted else 1]
        one.set("srcset", ", ".join(f"{widths[width]} {width}w" for width in kept))
        for width in kept:
            self._name(widths[width])
        if kept != sorted(widths):
            self.standing = widths[kept[-1]]

    def image(self, number: int, one: _Token) -> None:
        """`img`: where pictures were left out, the widest that stayed."""
        if self.standing is not None:
            one.set("src", self.standing)
            self.standing = None
        self._name(one.get("src"))

    def _lead(self, one: _Token, attribute: str) -> None:
        one.set(attribute, with_file(one.get(attribute)))
        self._name(one.get(attribute))

    def _name(self, address: str) -> None:
        path = target(address, self.page)
        if path is not None:
            self.named.add(path)

    def _is_left_out(self, one: _Token, attribute: str) -> bool:
        return target(one.get(attribute), self.page) in self.thrift.left_out

    # --- what goes with a link that goes ------------------------------------------------------------------

    def _take_out(self, number: int) -> None:
        """Take a link out with its row or, if that says nothing else, its paragraph; in a sentence its words stay.

        A list or part that then holds nothing but headings goes too.
        """
        end = self._end(number)
        bearer = self._around(number, {"li", "p"})
        if bearer is None:
            self._drop(number, end)
        elif self._says_nothing(*bearer, {number: end}):
            self._drop(*bearer)
        else:
            self.gone |= {number, end}
            return
        holder = self._around(number, _HOLDERS)
        while holder is not None and self._says_nothing(*holder, {}):
            self._drop(*holder)
            holder = self._around(holder[0], _HOLDERS)

    def _drop(self, first: int, last: int) -> None:
        self.gone |= set(range(first, last + 1))

    def _end(self, number: int) -> int:
        """The end tag of the element that a start tag opens."""
        name, depth = self.tokens[number].name, 0
        for at in range(number, len(self.tokens)):
            one = self.tokens[at]
            if one.name == name:
                depth += one.opens - (one.kind == "end")
                if depth == 0:
                    return at
        raise Strange(f"{self.page}: <{name}>")

    def _around(self, number: int, names: Collection[str]) -> tuple[int, int] | None:
        """The nearest element with one of these names around a token: its start and its end tag."""
        for at in range(number - 1, -1, -1):
            if self.tokens[at].opens and self.tokens[at].name in names:
                end = self._end(at)
                if end > number:
                    return at, end
        return None

    def _says_nothing(self, first: int, last: int, without: Mapping[int, int]) -> bool:
        """Whether an element holds no link, no picture and no words but headings, beside what goes."""
        at = first + 1
        in_row = self.tokens[first].name == "li"
        while at < last:
            one = self.tokens[at]
            if at in without:
                at = without[at]
            elif at in self.gone:
                pass
            elif one.kind == "start" and (one.name in _HEADINGS or "label" in one.get("class").split()):
                at = self._end(at)
            elif one.name in ("a", "img", "svg") or (one.kind == "text" and one.text.strip() and not in_row):
                return False
            at += 1
        return True


def _by_width(srcset: str) -> dict[int, str]:
    """The addresses of a `srcset` by the width that it tells of each."""
    found = (one.split() for one in srcset.split(",") if one.strip())
    return {int(width.removesuffix("w")): address for address, width in found}


_AHEAD = {"preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon"}

_CHANGES: Mapping[str, Callable[[_Sheet, int, _Token], None]] = {
    "a": _Sheet.anchor,
    "area": _Sheet.anchor,
    "form": _Sheet.form,
    "link": _Sheet.link,
    "script": _Sheet.script,
    "meta": _Sheet.meta,
    "source": _Sheet.source,
    "img": _Sheet.image,
}
