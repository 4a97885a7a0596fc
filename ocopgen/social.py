"""The pictures that other sites show where a page is shared: a product's photo, else the site's drawing, and words.

The words are laid out here, by the widths of the font's own glyphs, and drawn by the template `social.svg`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from urllib.parse import urlsplit

from ocopgen import font
from ocopgen.cards import Desk
from ocopgen.gallery import focus_of
from ocopgen.html import Templates
from ocopgen.image import Cut, Ladder, Mount, Rendition
from ocopgen.model import Product
from ocopgen.text import Lang
from ocopgen.views import Poster, Run, Seal

WIDTH, HEIGHT = 1200, 630
"""What Facebook, Zalo, Messenger and X show whole."""

PHOTO = 660
"""The width of the photo, which has the full height and stands at the left."""

LEFT, RIGHT = 704, 1148
"""Between these all words stand."""


# --- how wide words are -----------------------------------------------------------------------------------


@cache
def _widths(bold: bool) -> dict[str, int]:
    """The width of each letter that the font has, in thousandths of its size."""
    from fontTools.ttLib import TTFont

    with TTFont(font.WORDS_ON_PICTURES[bold].source, lazy=True) as file:
        advances, unit = file["hmtx"].metrics, file["head"].unitsPerEm
        return {chr(code): advances[name][0] * 1000 // unit for code, name in file.getBestCmap().items()}


@lru_cache(1 << 14)
def _width(words: str, bold: bool) -> int:
    widths = _widths(bold)
    return sum(widths[letter] for letter in words)


@cache
def _letters() -> frozenset[str]:
    """What both weights of the font can draw; no control character is among it."""
    return frozenset(one for one in _widths(True).keys() & _widths(False).keys() if one.isprintable() or one == _NBSP)


_NBSP = "\u00a0"


@lru_cache(1 << 12)
def drawable(words: str) -> str:
    """Words without what the font cannot draw, one space between them; a space that does not break stays so."""
    letters = _letters()
    known = (one if one in letters else " " if one.isspace() else "" for one in words)
    return " ".join(filter(None, "".join(known).split(" ")))


@dataclass(frozen=True, slots=True)
class Style:
    """How words of one kind are set; more than `most` lines are cut off. `kind` is a class of the drawing."""

    kind: str
    size: int
    leading: int
    bold: bool
    most: int

    def width(self, words: str) -> float:
        return _width(words, self.bold) * self.size / 1000

    def baseline(self, top: int) -> int:
        """Where the baseline of a line is that begins at `top`; the font rises 1000 above it and sinks 265 below."""
        return top + round((self.leading - 1.265 * self.size) / 2 + self.size)


@lru_cache(1 << 12)
def wrap(words: str, style: Style, column: int) -> tuple[str, ...]:
    """Words in lines no wider than the column, all of about one length; what is too long is broken, then cut off."""
    room = column * 1000 // style.size
    parts = [part for word in drawable(words).split(" ") for part in _broken(word, style.bold, room)]
    lines = _filled(parts, style.bold, room)
    if len(lines) > style.most:
        return _cut_off(lines[: style.most], style.bold, room)
    low, high = room // max(2, len(lines)), room
    while high - low > _ALIKE:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_filled(parts, style.bold, middle)) == len(lines) else (middle, high)
    return tuple(_filled(parts, style.bold, high))


_ALIKE = 250
"""Lines whose lengths differ by a quarter of their height look alike."""


def fits(words: str, style: Style, column: int) -> bool:
    """Whether words need neither to be broken nor cut off."""
    room = column * 1000 // style.size
    parts = drawable(words).split(" ")
    widest = max(_width(part, style.bold) for part in parts)
    return widest <= room and len(_filled(parts, style.bold, room)) <= style.most


def _filled(parts: Sequence[str], bold: bool, room: int) -> list[str]:
    """Each line as full as it can be; a part that is wider than the room has a line of its own."""
    lines: list[list[str]] = []
    filled, space = 0, _width(" ", bold)
    for part in parts:
        width = _width(part, bold)
        if lines and filled + space + width <= room:
            lines[-1].append(part)
            filled += space + width
        else:
            lines.append([part])
            filled = width
    return list(map(" ".join, lines))


def _broken(word: str, bold: bool, room: int) -> Iterator[str]:
    """A word in pieces that fit."""
    if _width(word, bold) <= room:
        yield word
        return
    begin, filled = 0, 0
    for at, letter in enumerate(word):
        filled += _width(letter, bold)
        if filled > room:
            yield word[begin:at]
            begin, filled = at, _width(letter, bold)
    yield word[begin:]


def _cut_off(lines: Sequence[str], bold: bool, room: int) -> tuple[str, ...]:
    """Lines of which the last says by an ellipsis that it is not the last."""
    last = lines[-1]
    while last and _width(f"{last}…", bold) > room:
        last = last[:-1]
    return *lines[:-1], f"{last.rstrip(' ,.;·-')}…"


# --- where words stand ------------------------------------------------------------------------------------

LABEL = Style("label", 20, 28, True, 1)
STARS = Style("stars", 27, 35, True, 1)
STANDING = Style("standing", 21, 28, False, 3)
PRODUCER = Style("producer", 24, 31, True, 3)
PLACE = Style("place", 22, 30, False, 2)
NOTICE = Style("notice", 17, 24, False, 3)
CAPTION = Style("caption", 20, 34, False, 1)
SITE = Style("site", 22, 30, True, 1)
TAGLINE = Style("tagline", 26, 36, False, 7)
NAME_SIZES = 64, 60, 56, 52, 48, 45, 42, 39, 36, 33, 31, 29, 27, 25

TOP, FLOOR, SITE_TOP = 48, 520, 556
"""Where the words about the product begin and end, and where the line with the site's name begins."""

TAGLINE_TOP = 262
"""Where the line about the site begins."""

SEAL, BESIDE_SEAL, BESIDE_MARK = 84, 104, 34
"""The size of the seal, and how far from the left words begin that have a drawing before them."""

ABOVE_NAME, BELOW_NAME, BELOW_SEAL, ABOVE_NOTICE = 12, 30, 24, 14


def poster(desk: Desk, product: Product) -> Poster:
    """The words about a product, from the lowest line up to its name, which takes the room that is left."""
    edition = desk.edition
    site = _set(edition.phrase(desk.catalogue.site.title).words, SITE, SITE_TOP, BESIDE_MARK)
    facts, floor = _facts(desk, product)
    seal = desk.seal(product)
    beside: tuple[Run, ...] = ()
    if seal is not None:
        beside, floor = _beside_seal(seal, floor - BELOW_SEAL)
    label = _set(_label(desk, product), LABEL, TOP)
    named = _named(edition.phrase(product.name).words, TOP + LABEL.leading + ABOVE_NAME, floor - BELOW_NAME)
    bare = not desk.gallery.photos(f"products/{product.id}", product)
    caption = drawable(edition.say("illustration")) if bare else ""
    runs = (*label, *named, *beside, *facts, *site)
    return Poster(runs, seal, floor, caption, round(CAPTION.width(caption)))


def site_poster(desk: Desk) -> Poster:
    """The words about the site: its title, below it its tagline, and its address."""
    edition, site = desk.edition, desk.catalogue.site
    address = urlsplit(edition.base_url or "")
    at = _set(f"{address.netloc}{address.path.rstrip('/')}", SITE, SITE_TOP, BESIDE_MARK)
    title = _named(edition.phrase(site.title).words, TOP + LABEL.leading + ABOVE_NAME, TAGLINE_TOP - BELOW_NAME)
    tagline = _set(edition.phrase(site.tagline).words, TAGLINE, TAGLINE_TOP)
    caption = drawable(edition.say("illustration"))
    return Poster((*title, *tagline, *at), None, 0, caption, round(CAPTION.width(caption)))


def _set(words: str, style: Style, at: int, indent: int = 0, upwards: bool = False) -> tuple[Run, ...]:
    """Words in lines of which the first begins at a height, or the last ends there."""
    column = RIGHT - LEFT - indent
    lines = wrap(words, style, column)
    top = at - len(lines) * style.leading if upwards else at
    return tuple(
        Run(style.kind, line, LEFT + indent, style.baseline(top + number * style.leading), style.size)
        for number, line in enumerate(lines)
    )


def _facts(desk: Desk, product: Product) -> tuple[tuple[Run, ...], int]:
    """Who makes a product, where, and what the law wants said of it; and where these words begin."""
    edition, catalogue = desk.edition, desk.catalogue
    place, notice = desk.place_of(product), catalogue.set_of(product).notice
    words = (
        (NOTICE, edition.phrase(notice).words if notice else "", ABOVE_NOTICE),
        (PLACE, place.short.words if place else "", 0),
        (PRODUCER, edition.phrase(catalogue.producer_by_id[product.producer].name).words, 0),
    )
    runs: tuple[Run, ...] = ()
    floor = FLOOR
    for style, said, gap in words:
        if said:
            here = _set(said, style, floor, upwards=True)
            runs = (*here, *runs)
            floor -= len(here) * style.leading + gap
    return runs, floor


def _beside_seal(seal: Seal, bottom: int) -> tuple[tuple[Run, ...], int]:
    """The words of a seal, in the middle of its height where they are lower than it; and where the seal begins."""
    standing = _set(seal.standing, STANDING, 0, BESIDE_SEAL) if seal.standing else ()
    height = STARS.leading + len(standing) * STANDING.leading
    top = bottom - max(SEAL, height)
    begin = top + max(0, SEAL - height) // 2 + STARS.leading
    stars = _set(seal.short, STARS, begin, BESIDE_SEAL, upwards=True)
    return (*stars, *(replace(one, y=one.y + begin) for one in standing)), top


def _named(name: str, top: int, bottom: int) -> tuple[Run, ...]:
    """A name in the largest size in which it fits; in the smallest as many lines as fit."""
    style = LABEL
    for size in NAME_SIZES:
        leading = round(size * 1.24)
        style = Style("name", size, leading, True, max(1, (bottom - top) // leading))
        if fits(name, style, RIGHT - LEFT):
            break
    return _set(name, style, top)


def _label(desk: Desk, product: Product) -> str:
    """The sector and the set of a product, in short."""
    sector, its_set = desk.catalogue.sector_of(product), desk.catalogue.set_of(product)
    words = (desk.edition.phrase(one.short).words for one in (sector, its_set))
    return " · ".join(dict.fromkeys(words))


# --- the pictures -----------------------------------------------------------------------------------------


def posters(desk: Desk, products: Iterable[Product], templates: Templates) -> dict[tuple[Lang, str], Ladder]:
    """The pictures of products, by language and product."""
    template, light = templates.environment.get_template("social.svg"), desk.catalogue.site.colours.by_light
    found = {}
    for product in products:
        drawing = template.render(page=poster(desk, product), light=light)
        found[desk.lang, product.id] = _ladder(desk, product, Mount(drawing, WIDTH, HEIGHT))
    return found


def site_posters(desk: Desk, templates: Templates) -> dict[tuple[Lang, str], Ladder]:
    """The picture of the site in a language, for all pages that have none of their own: that of no product."""
    light = desk.catalogue.site.colours.by_light
    drawing = templates.environment.get_template("social.svg").render(page=site_poster(desk), light=light)
    hero = desk.gallery.hero
    cut = Cut(hero.digest, hero.kind, (PHOTO, HEIGHT))
    rendition = Rendition(cut, PHOTO, HEIGHT, "jpeg", Mount(drawing, WIDTH, HEIGHT))
    return {(desk.lang, ""): Ladder(f"site-{desk.lang}", WIDTH, HEIGHT, hero.sight.tint, (rendition,))}


def _ladder(desk: Desk, product: Product, mount: Mount) -> Ladder:
    """The one rendition of a product's first photo, else of the illustration of its set."""
    told, photo = next(
        iter(desk.gallery.photos(f"products/{product.id}", product)), (None, desk.gallery.of_set(product.set))
    )
    cut = Cut(photo.digest, photo.kind, (PHOTO, HEIGHT), focus_of(told))
    rendition = Rendition(cut, PHOTO, HEIGHT, "jpeg", mount)
    return Ladder(f"{product.id}-{desk.lang}", WIDTH, HEIGHT, photo.sight.tint, (rendition,))
