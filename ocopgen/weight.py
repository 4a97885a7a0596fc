"""What a phone loads at the first view of a page, before anybody scrolls; and whether that keeps to the budgets.

Counted are the page, its styles, scripts, fonts and icon, and its pictures: those that are asked for at once, and of
those that wait the ones within the reach of a browser that loads ahead. Of two that would be possible, the larger
counts: docs/weight.md tells how this compares with what a real browser transfers.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from math import ceil

from ocopgen.problems import Place, Problem
from ocopgen.settings import Budgets
from ocopgen.standalone import target

# --- phones -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phone:
    """A screen: its size in CSS pixels, and how many pixels it has for each of these."""

    width: int
    height: int
    density: float


PHONES = Phone(360, 800, 3), Phone(412, 915, 2.625)
"""A small and a large phone; a page is as heavy as it is on the heavier."""

AHEAD = 2500
"""CSS pixels below the screen within which Chromium loads pictures that wait, on a slow line; on a fast one 1250."""

SIGN, LINE = 7.5, 24.0
"""The room of a sign of small words, across and down, without any space around them (CSS pixels)."""

ROW = 30.0
"""The room of a row of facts, and of a heading, beside their words."""

PARTED = 140.0
"""The room between a part of a page and the next, with its heading and what is drawn there."""

COLUMNS = 2.2
"""Columns of cards and tiles on a phone, with the space between them."""

SWIPED = 3
"""Pictures of a row that is swiped which Chromium loads: the one in view and the next two, however many there are."""

# --- how wide a picture stands ----------------------------------------------------------------------------

_CONDITION = re.compile(r"\((min-width|max-width|min-resolution): ([\d.]+)(em|px|dppx)\)")
_LENGTH = re.compile(r"([\d.]+)(vw|em|px)")


class Strange(ValueError):
    """`sizes` that are not written as ours are; they are the argument."""


def slot(sizes: str, phone: Phone) -> float:
    """How wide a picture stands on a phone by its `sizes`, in CSS pixels. Raises `Strange`."""
    for one in sizes.split(", "):
        *conditions, length = re.split(r" and | (?=[\d.]+\w+$)", one)
        if all(_holds(condition, phone, sizes) for condition in conditions):
            return _pixels(length, phone, sizes)
    return phone.width


def _holds(condition: str, phone: Phone, sizes: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    if found is None:
        raise Strange(sizes)
    name, number, unit = found[1], float(found[2]), found[3]
    if name == "min-resolution":
        return phone.density >= number
    pixels = number * (16 if unit == "em" else 1)
    return phone.width >= pixels if name == "min-width" else phone.width <= pixels


def _pixels(length: str, phone: Phone, sizes: str) -> float:
    found = _LENGTH.fullmatch(length)
    if found is None:
        raise Strange(sizes)
    return float(found[1]) * {"vw": phone.width / 100, "em": 16, "px": 1}[found[2]]


def chosen(srcset: str, sizes: str, phone: Phone) -> str:
    """What a phone takes of a `srcset`: the narrowest that has a pixel for each of its own, else the widest."""
    wanted = slot(sizes, phone) * phone.density
    by_width = sorted((int(width.rstrip("w")), address) for address, width in map(str.split, srcset.split(", ")))
    return next((address for width, address in by_width if width >= wanted), by_width[-1][1])


# --- a page -----------------------------------------------------------------------------------------------

_PIECE = re.compile(
    r"<svg\b.*?</svg>"
    r"|<(?P<tag>link|script|source|img|ul|/ul|/picture)\b(?P<attributes>[^>]*)>"
    r"|(?P<end></(?:p|dt|t[dh]|h3|summary)>)"
    r"|(?P<row></(?:dd|tr|h[12])>)"
    r"|(?P<part></(?:section|header)>)"
    r"|<[^>]*>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_FOLDED = re.compile(
    r"<dialog\b.*?</dialog>|<script type=.*?</script>|<title>.*?</title>|(?<=</summary>).*?</details>"
    r"|<(section|p|div)\b[^>]*\shidden\b.*?</\1>",
    re.DOTALL,
)
"""What takes no room: what is for machines, or waits until somebody opens it."""

_LOADED = {"stylesheet", "icon", "manifest", "preload"}


def first_view(html: str, page: str) -> tuple[str, ...]:
    """The files that a phone asks for at the first view of a page, by their paths, each once; `page` is its own path.

    Where phones choose differently, the wider picture is told.
    """
    views = [dict.fromkeys(_Reading(html, phone).asked()) for phone in PHONES]
    most = max(views, key=len)
    return tuple(dict.fromkeys(path for one in most if (path := target(unescape(one), page)) is not None))


@dataclass
class _Reading:
    """A page read from its beginning for one phone: what it has asked for, and how much room was taken before."""

    html: str
    phone: Phone
    taken: float = 0
    """CSS pixels, as an area."""
    swiped: int = -1
    """Pictures of the row that is swiped, or -1 outside of one."""

    def asked(self) -> Iterator[str]:
        """The addresses of the files that are asked for."""
        source: dict[str, str] = {}
        for piece in _PIECE.finditer(_FOLDED.sub("", self.html)):
            if piece["text"]:
                self.taken += len(piece["text"].strip()) * SIGN * LINE
            elif piece["end"]:  # the last line of a paragraph is half empty
                self.taken += self.phone.width * LINE / 2 / COLUMNS
            elif piece["row"]:
                self.taken += self.phone.width * ROW
            elif piece["part"]:
                self.taken += self.phone.width * PARTED
            tag, given = piece["tag"], dict(_ATTRIBUTE.findall(piece["attributes"] or ""))
            if tag == "link" and _LOADED & set(given["rel"].split()):
                yield given["href"]
            elif tag == "script" and "src" in given:
                yield given["src"]
            elif tag in ("ul", "/ul"):
                self.swiped = 0 if "slides" in given.get("class", "").split() else -1
            elif tag == "source":
                source = source or given
            elif tag == "img":
                yield from self._picture(given, source)
            elif tag == "/picture":
                source = {}

    def _picture(self, given: dict[str, str], source: dict[str, str]) -> Iterator[str]:
        """A picture, if it is asked for, and the room that it takes; in a row that is swiped the first takes it all."""
        # How wide it stands in the layout does not depend on how dense the screen is; what is chosen for it does.
        coarse = replace(self.phone, density=1)
        across = slot(source["sizes"], coarse) if source else min(self.phone.width / COLUMNS, float(given["width"]))
        waits = given.get("loading") == "lazy"
        far = self.taken / self.phone.width > self.phone.height + AHEAD or self.swiped >= SWIPED
        if across and not (waits and far):
            yield chosen(source["srcset"], source["sizes"], self.phone) if source else given["src"]
        if self.swiped < 1:
            self.taken += across * across * float(given["height"]) / max(1.0, float(given["width"]))
        self.swiped += self.swiped >= 0


# --- the budgets ------------------------------------------------------------------------------------------

KB = 1000
"""Bytes of a kilobyte, as networks count."""

HEAVIEST = 5
"""Pages of a kind that are told one by one."""

LARGEST = 3
"""Parts of a page that a message names."""

_SEARCH = re.compile(r"(?:.*/)?(?:find|search)[\w-]*\.js")
_RECORDS = re.compile(r"((?:.*/)?)records(?:-\d+)?\.js")
_FONTS = re.compile(r"url\([\"']?([^\"')]+\.woff2)")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A page: its path, its kind, the bytes of itself, and the files of its first view."""

    path: str
    kind: str
    size: int
    files: tuple[str, ...]


def fonts_of(style: str, path: str) -> tuple[str, ...]:
    """The fonts that a style sheet names. All count: a page that shows no bold word is lighter than is said."""
    return tuple(posixpath.normpath(posixpath.join(posixpath.dirname(path), one)) for one in _FONTS.findall(style))


@dataclass(frozen=True)
class Scale:
    """What is allowed, the bytes of every file on its way by path, and the number of products.

    `output` stands before each path in messages.
    """

    budgets: Budgets
    sizes: Mapping[str, int]
    products: int
    output: str = ""

    def over(self, pages: Iterable[Weighed]) -> tuple[Problem, ...]:
        """What breaks the budgets: pages, their scripts and pictures, each once, and the files that all share."""
        told: dict[Problem, None] = {}
        heavy: dict[str, list[Weighed]] = {}
        for page in pages:
            if self.weight(page) > self._most(page) * KB:
                heavy.setdefault(page.kind, []).append(page)
            told |= dict.fromkeys((*self._scripts(page), *self._pictures(page)))
        whole = (problem for some in heavy.values() for problem in self._pages(some))
        return (*whole, *told, *self._files(), *self._records())

    def weight(self, page: Weighed) -> int:
        """The bytes of the first view of a page."""
        return page.size + sum(self.sizes.get(one, 0) for one in page.files)

    def _most(self, page: Weighed) -> int:
        most: int = getattr(self.budgets, page.kind)
        return most

    def _pages(self, heavy: list[Weighed]) -> Iterator[Problem]:
        """The heaviest pages of a kind, and how many more there are."""
        heavy.sort(key=lambda one: (-self.weight(one), one.path))
        for page in heavy[:HEAVIEST]:
            parts = sorted(((self.sizes.get(one, 0), one) for one in page.files), reverse=True)[:LARGEST]
            yield self._problem(
                "budget-page", page.path, self.weight(page), self._most(page), key=page.kind, **_told(parts)
            )
        if len(heavy) > HEAVIEST:
            page, more = heavy[HEAVIEST], str(len(heavy) - HEAVIEST)
            yield self._problem("budget-pages", page.path, self.weight(page), self._most(page), key=page.kind, n=more)

    def _scripts(self, page: Weighed) -> Iterator[Problem]:
        parts = [(self.sizes.get(one, 0), one) for one in page.files if one.endswith(".js") and not _apart(one)]
        total = sum(size for size, _ in parts)
        if total > self.budgets.scripts * KB:
            yield self._problem("budget-scripts", page.path, total, self.budgets.scripts, **_told(parts))

    def _pictures(self, page: Weighed) -> Iterator[Problem]:
        """A picture is told at the first page that shows it so: two widths of one may both be too heavy."""
        for one in page.files:
            width = re.search(r"-(\d+)-[0-9a-f]{12}\.\w+$", one)
            if width and one.startswith("pictures/") and self.sizes.get(one, 0) > self.budgets.picture * KB:
                words = {"picture": one, "width": width[1]}
                yield self._problem("budget-picture", one, self.sizes[one], self.budgets.picture, **words)

    def _files(self) -> Iterator[Problem]:
        for path, size in self.sizes.items():
            ends = {".css": "style", ".woff2": "font"}
            key = "search" if _SEARCH.fullmatch(path) else next((ends[one] for one in ends if path.endswith(one)), "")
            if key and size > getattr(self.budgets, key) * KB:
                yield self._problem("budget-file", path, size, getattr(self.budgets, key), key=key)

    def _records(self) -> Iterator[Problem]:
        total: Counter[str] = Counter()
        for path, size in self.sizes.items():
            found = _RECORDS.fullmatch(path)
            total[found[1] if found else ""] += size if found else 0
        # Of fewer than a thousand the words that are the same for all would count too much.
        thousands = max(1.0, self.products / 1000)
        for folder, size in total.items():
            if size / thousands > self.budgets.records * KB:
                yield self._problem("budget-records", f"{folder}records.js", size / thousands, self.budgets.records)

    def _problem(self, code: str, path: str, size: float, most: int, **words: str) -> Problem:
        return Problem.at(Place(self.output + path), code, weight=ceil(size / KB), most=most, **words)


def _apart(path: str) -> bool:
    """Whether a script has a budget of its own."""
    return bool(_SEARCH.fullmatch(path) or _RECORDS.fullmatch(path))


def _told(parts: Iterable[tuple[int, str]]) -> dict[str, str]:
    told = [(path, f"{size / KB:.1f}") for size, path in parts]
    return {
        "parts_vi": ", ".join(f"{path} {size.replace('.', ',')} kB" for path, size in told),
        "parts_en": ", ".join(f"{path} {size} kB" for path, size in told),
    }
