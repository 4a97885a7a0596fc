"""Where a file of the site leads, and the places in it that others may lead to; what of that leads nowhere.

Each file is read once, when it is printed. A page has some two hundred tags, of which all but a few stand on other
pages too, so each is understood once: a page takes half a millisecond.
"""

from __future__ import annotations

import json
import posixpath
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from ocopgen.problems import printable
from ocopgen.standalone import is_folder

# --- what is found ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """A page whose markup is wrong: `kind` is that of `FAULTS`, `value` the address or the id."""

    page: str
    kind: str
    value: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a file leads (`path` or `path#id`, with each the address as it is written), its own ids, its faults."""

    leads: Mapping[str, str]
    ids: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


NONE = Crossing({})


class Broken(Exception):
    """The site would have links that lead nowhere; the argument is all its faults."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        found: tuple[Fault, ...] = self.args[0]
        return found

    def __str__(self) -> str:
        return f"{len(self.faults)} liên kết hay id hỏng / broken links or ids"


def crossing(path: str, content: bytes, base: str | None = None, template: str = "") -> Crossing:
    """Where a file leads, by its path below the site's root. `base` is the site's own address, if that is known.

    A relative address is one of the site. A whole one below `base` is one where the program writes it itself: in
    `link` and `meta`, in a sitemap, in a feed; what people write in stories is theirs.
    """
    read = _READERS.get(path.rpartition("/")[2].rpartition(".")[2])
    return read(path, content.decode(errors="replace"), _Site.at(base), template) if read else NONE


# --- marks ------------------------------------------------------------------------------------------------


@lru_cache(1 << 16)
def mark(place: str) -> int:
    """A number of 64 bits for `path` or `path#id`: two of a site's million places share one in 10⁷ sites."""
    return int.from_bytes(blake2b(place.encode(), digest_size=8).digest(), "little")


def packed(places: Iterable[str]) -> bytes:
    """The marks of places, each once."""
    return array("Q", sorted({mark(one) for one in places})).tobytes()


def unpacked(marks: bytes) -> array[int]:
    """Marks as they were packed. Raises `ValueError` where they are cut off."""
    return array("Q", marks)


# --- addresses --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Site:
    """The site's own address, and the part of it that follows the server's name."""

    base: str
    root: str

    @staticmethod
    @lru_cache
    def at(base: str | None) -> _Site:
        return _Site(base or "", f"/{urlsplit(base or '').path.strip('/')}/".replace("//", "/"))


@dataclass(frozen=True, slots=True)
class _Lead:
    """An address as it is written, and what it means: a path from so many folders up, or from the root; an id."""

    address: str
    up: int
    path: str
    fragment: str

    def from_page(self, page: str, folders: list[str]) -> str:
        """The place it means on a page, whose folders are told from the inmost to the root."""
        if not self.path and not self.up:
            place = page
        elif self.up < len(folders):
            place = folders[self.up] + self.path
        else:
            place = "../" + self.path
        return f"{place}#{self.fragment}" if self.fragment else place


_OTHER = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


_ROOT = -1
"""In the place of a number of folders up."""


def _lead(address: str, site: _Site, whole: bool) -> _Lead | None:
    """What an address means; `None` where it leads to another place. `whole` ones may be the site's own."""
    rest, root = address.strip(), ""
    if whole and site.base and f"{rest}/".startswith(site.base):
        root = site.base
    elif _OTHER.match(rest) or (rest.startswith("/") and not rest.startswith(site.root)):
        return None
    elif rest.startswith("/"):
        root = site.root
    way, _, fragment = rest[len(root) :].partition("#")
    way = way.partition("?")[0]
    fragment = "" if fragment.startswith(":~:") or fragment.lower() == "top" else unquote(fragment)
    if not way and not root:
        return _Lead(address, 0, "", fragment)
    parts = posixpath.normpath(unquote(way) or ".").split("/")
    climbs = 0 if root else next((at for at, one in enumerate(parts) if one != ".."), len(parts))
    path = "/".join(one for one in parts[climbs:] if one != ".")
    path = posixpath.join(path, "index.html") if is_folder(way) else path
    return _Lead(address, _ROOT if root else climbs, path, fragment)


def _folders(page: str) -> list[str]:
    """A page's folders from the inmost to the root, each ending with a slash but the root, which is empty."""
    parts = page.split("/")[:-1]
    return ["".join(f"{one}/" for one in parts[:count]) for count in range(len(parts), -1, -1)]


# --- HTML -------------------------------------------------------------------------------------------------

_START = r"<[a-zA-Z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>"
_RAW = "script", "style", "title", "textarea"
_TAGS = re.compile(rf"<!--.*?-->|<(?:{'|'.join(_RAW)})\b.*?</(?:{'|'.join(_RAW)})\s*>|{_START}", re.DOTALL)
"""Start tags, and whole elements in which nothing is markup but their own end."""

_FIRST = re.compile(_START)
_HIDES = ("<!--", *(f"<{one}" for one in _RAW))
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_SAYS = re.compile(
    r"href|src|url\(|\bid\b|for|aria-|action|poster|data|content|cite|list|headers|itemref|popover|command",
    re.IGNORECASE,
)
"""What a tag that says something of links has in it; most tags have nothing of it."""

_URL = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)", re.IGNORECASE)

_ADDRESSES = {"href", "src", "poster", "action", "formaction", "data", "xlink:href", "cite"}
_SETS = {"srcset", "imagesrcset"}
_IDS = {
    *("for", "list", "form", "headers", "itemref", "popovertarget", "commandfor"),
    *("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage"),
    *("aria-flowto", "aria-labelledby", "aria-owns"),
}
"""Attributes that name elements of the same page by their ids."""


@dataclass(frozen=True, eq=False, slots=True)
class _Tag:
    """What a start tag says: where it leads, its own id, and the ids it names."""

    leads: tuple[_Lead, ...]
    id: str | None
    names: tuple[str, ...]


@lru_cache(1 << 14)
def _understood(tag: str, site: _Site) -> _Tag | None:
    """A start tag; `None` where it says nothing of links."""
    if not _SAYS.search(tag):
        return None
    name, *found = _ATTRIBUTE.findall(tag[1:-1])
    given = {key.lower(): unescape(one or other or bare) for key, one, other, bare in reversed(found)}
    element = name[0].lower()
    whole = element in ("link", "meta")
    leads = tuple(filter(None, (_lead(one, site, whole) for one in _addresses(element, given))))
    if element in ("link", "meta"):
        leads = tuple(one for one in leads if not one.address.startswith("#"))
    names = tuple(one for key in _IDS & given.keys() for one in given[key].split())
    own = given.get("id")
    return _Tag(leads, own, names) if leads or names or own is not None else None


def _addresses(element: str, given: Mapping[str, str]) -> Iterator[str]:
    yield from (given[key] for key in _ADDRESSES & given.keys())
    for key in _SETS & given.keys():
        yield from (one.split()[0] for one in given[key].split(",") if one.strip())
    if any("url(" in value for value in given.values()):
        yield from (one for value in given.values() for one in _URL.findall(value))
    if element == "meta":
        yield from _of_meta(given)


def _of_meta(given: Mapping[str, str]) -> Iterator[str]:
    """Where a `meta` leads on to; and whole addresses, as other sites are told of pages and pictures."""
    content = given.get("content", "")
    if given.get("http-equiv", "").lower() == "refresh":
        found = re.search(r"url\s*=\s*[\"']?([^\"']*)", content, re.IGNORECASE)
        yield from [found[1]] if found else []
    elif re.match("https?://", content):
        yield content


def _tags(html: str, site: _Site) -> list[_Tag]:
    """The start tags of a page that say something of links."""
    found = (_first(one) if one.startswith(_HIDES) else one for one in _TAGS.findall(html))
    return [tag for one in found if (tag := _understood(one, site)) is not None]


def _first(raw: str) -> str:
    """The start tag of an element whose inside is no markup; of a comment nothing."""
    found = _FIRST.match(raw)
    return found[0] if found else "<!>"


def _of_page(page: str, html: str, site: _Site, template: str) -> Crossing:
    """Where a page leads. Its own ids and what it says of them are judged here; the rest needs the whole site."""
    folders = _folders(page)
    tags = _tags(html, site)
    counted = Counter(one.id for one in tags if one.id is not None)
    leads = {lead.from_page(page, folders): lead.address for one in dict.fromkeys(tags) for lead in one.leads}
    own = f"{page}#"
    inner = {place.removeprefix(own): address for place, address in leads.items() if place.startswith(own)}
    faults = [Fault(page, "id-twice", one, template) for one, count in counted.items() if count > 1]
    faults += [Fault(page, "id-form", one, template) for one in counted if not one or re.search(r"\s", one)]
    faults += [Fault(page, "id", address, template) for one, address in inner.items() if one not in counted]
    named = dict.fromkeys(name for one in tags for name in one.names)
    faults += [Fault(page, "name", one, template) for one in named if one not in counted]
    outer = {place: one for place, one in leads.items() if place != page and not place.startswith(own)}
    return Crossing(outer, frozenset(counted), tuple(faults))


# --- other files ------------------------------------------------------------------------------------------


def _leading(path: str, addresses: Iterable[str], site: _Site, whole: bool = False) -> Crossing:
    """Where addresses in a file lead that has no ids."""
    folders = _folders(path)
    found = filter(None, (_lead(one, site, whole) for one in addresses))
    placed = ((one.from_page(path, folders), one.address) for one in found)
    return Crossing({place: address for place, address in placed if place.partition("#")[0] != path})


def _of_style(path: str, css: str, site: _Site, template: str) -> Crossing:
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return _leading(path, [*_URL.findall(plain), *re.findall(r"@import\s+[\"']([^\"']*)", plain)], site)


def _of_manifest(path: str, words: str, site: _Site, template: str) -> Crossing:
    """What a phone installs: its pictures, and the page that it begins at."""

    def addresses(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (str(value[key]) for key in ("src", "start_url", "scope", "url") if key in value)
        if isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from addresses(one)

    return _leading(path, addresses(json.loads(words)), site)


_IN_XML = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|<(?:\w+:)?link\b[^>]*?\bhref=\"([^\"]*)\"")


def _of_list(path: str, xml: str, site: _Site, template: str) -> Crossing:
    """The pages that a sitemap or a feed names."""
    return _leading(path, (unescape(one or other) for one, other in _IN_XML.findall(xml)), site, whole=True)


_READERS: Mapping[str, Callable[[str, str, _Site, str], Crossing]] = {
    "html": _of_page,
    "svg": _of_page,
    "css": _of_style,
    "webmanifest": _of_manifest,
    "xml": _of_list,
    "atom": _of_list,
}


# --- in words ---------------------------------------------------------------------------------------------

FAULTS = {
    "file": ("liên kết '{value}' không dẫn tới tệp nào của trang", "the link '{value}' leads to no file of the site"),
    "place": ("trang mà '{value}' dẫn tới không có id ấy", "the page that '{value}' leads to has no such id"),
    "id": ("trang này không có id mà '{value}' dẫn tới", "this page has no such id as '{value}' leads to"),
    "name": ("trang này không có id '{value}' mà một thẻ nhắc tới", "this page has no id '{value}', which a tag names"),
    "id-twice": ("id '{value}' có hơn một lần", "the id '{value}' is there more than once"),
    "id-form": ("id '{value}' trống hay có dấu cách", "the id '{value}' is empty or has a space"),
}
"""What is wrong of links and ids, in Vietnamese and English."""


def in_words(faults: Iterable[Fault]) -> Iterator[str]:
    """A line for each thing that is wrong, with the first page that has it and how many more have it too."""
    found: dict[tuple[str, str], list[Fault]] = {}
    for one in faults:
        found.setdefault((one.kind, one.value), []).append(one)
    for (kind, value), some in found.items():
        templates = ", ".join(dict.fromkeys(one.template for one in some if one.template))
        pages = list(dict.fromkeys(one.page for one in some))
        where = f"{pages[0]} ({templates})" if templates else pages[0]
        also = f" (+ {len(pages) - 1} trang nữa / more pages)" if len(pages) > 1 else ""
        vi, en = (words.format(value=printable(value)) for words in FAULTS[kind])
        yield f"{where}: {vi} / {en}{also}"
