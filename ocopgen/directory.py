"""Lists of many names, as dictionaries have them: in chapters, and in parts that tell their first and last name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.listing_pages import window
from ocopgen.model import Entry
from ocopgen.text import Phrase
from ocopgen.views import Head, IndexGroup, IndexPage, IndexRow, Link, Pager

E = TypeVar("E", bound=Entry)

ON_ONE_PAGE = 300
"""Names on one page: with their seals some 190 kB, and 20 kB compressed."""


@dataclass(frozen=True)
class Leaf:
    """One page of a directory: a part of a chapter. The first page is of no chapter: it holds or leads to all."""

    chapter: str = ""
    part: int = 1
    of: int = 1


@dataclass(frozen=True)
class Chapter(Generic[E]):
    """Entries under one heading; `key` names the chapter in every language, `anchor` is its fragment on a page."""

    key: str
    anchor: str
    title: Phrase
    entries: Sequence[E]

    @property
    def parts(self) -> int:
        """The pages that it needs."""
        return -(-len(self.entries) // ON_ONE_PAGE)

    def part(self, number: int) -> Sequence[E]:
        """The entries on one of its pages."""
        return self.entries[(number - 1) * ON_ONE_PAGE : number * ON_ONE_PAGE]


@dataclass(frozen=True)
class Directory(Generic[E]):
    """How one kind of entries is listed by name; `keys` are the chapters without an order, for addresses alone.

    `count` and `empty` are keys of words: of a number of entries, and of none.
    """

    name: str
    entries: Callable[[Desk], Sequence[E]]
    chapters: Callable[[Desk], tuple[Chapter[E], ...]]
    keys: Callable[[Desk], set[str]]
    row: Callable[[Desk, E], IndexRow]
    chapter_href: Callable[[Edition, str, int], str]
    count: str
    empty: str

    def href(self, edition: Edition, leaf: Leaf) -> str:
        """The address of a page."""
        return self.chapter_href(edition, leaf.chapter, leaf.part) if leaf.chapter else edition.href(self.name)

    def leaves(self, desk: Desk) -> Iterator[Leaf]:
        """The pages that the names need: one, or one and those of each chapter."""
        yield Leaf()
        for one in self._chapters(desk) if self._is_long(desk) else ():
            yield from (Leaf(one.key, part, one.parts) for part in range(1, one.parts + 1))

    def firsts(self, desk: Desk) -> Iterator[Leaf]:
        """The same without further pages, for which nothing need be put in order."""
        yield Leaf()
        yield from map(Leaf, self.keys(desk) if self._is_long(desk) else ())

    def title(self, desk: Desk, leaf: Leaf) -> str:
        """What a page is called among all pages."""
        words = [desk.edition.say(self.name)]
        words += [self._chapter(desk, leaf.chapter).title.words] if leaf.chapter else []
        words += [desk.edition.say("part_of", part=leaf.part, total=leaf.of)] if leaf.part > 1 else []
        return " · ".join(words)

    def description(self, desk: Desk, leaf: Leaf) -> str:
        """What a page holds, in a sentence."""
        if not leaf.chapter:
            return desk.edition.say(f"describe_{self.name}")
        names = _between(desk, self._chapter(desk, leaf.chapter).part(leaf.part))
        return desk.edition.say("describe_names", name=self.title(desk, leaf), names=names.words)

    def shown(self, desk: Desk, leaf: Leaf) -> Sequence[E]:
        """The entries that a page tells of."""
        return self._chapter(desk, leaf.chapter).part(leaf.part) if leaf.chapter else self.entries(desk)

    def page(self, desk: Desk, leaf: Leaf, head: Head) -> IndexPage:
        """All names on one page; where they are too many, the way to its parts, or one part."""
        edition, is_long = desk.edition, self._is_long(desk)
        groups = tuple(self._groups(desk, leaf, is_long))
        listed = self._chapter(desk, leaf.chapter).entries if leaf.chapter else self.entries(desk)
        return IndexPage(
            head=head,
            title=edition.say(self.name),
            lead=(),
            count=edition.say(self.count, n=len(listed)),
            groups=groups,
            empty=edition.say(self.empty),
            chapters=self._links(desk, leaf) if is_long else (),
            pager=self._pager(desk, leaf) if leaf.of > 1 else None,
        )

    def _groups(self, desk: Desk, leaf: Leaf, is_long: bool) -> Iterator[IndexGroup]:
        for one in self._chapters(desk):
            if not is_long or leaf == Leaf(one.key, leaf.part, leaf.of):
                entries = one.part(leaf.part) if is_long else one.entries
                yield IndexGroup(one.title, one.anchor, tuple(self.row(desk, each) for each in entries))
            elif not leaf.chapter:
                yield IndexGroup(one.title, one.anchor, tuple(self._contents(desk, one)))

    def _contents(self, desk: Desk, chapter: Chapter[E]) -> Iterator[IndexRow]:
        """The parts of a chapter as a table of contents names them: by the first and the last name."""
        for part in range(1, chapter.parts + 1):
            entries = chapter.part(part)
            href = self.chapter_href(desk.edition, chapter.key, part)
            yield IndexRow(_between(desk, entries), href, desk.edition.say(self.count, n=len(entries)))

    def _links(self, desk: Desk, leaf: Leaf) -> tuple[Link, ...]:
        """The way to each chapter; that of the chapter of this page leads here."""
        return tuple(
            Link(one.title, self.chapter_href(desk.edition, one.key, leaf.part if one.key == leaf.chapter else 1))
            for one in self._chapters(desk)
        )

    def _pager(self, desk: Desk, leaf: Leaf) -> Pager:
        hrefs = [self.chapter_href(desk.edition, leaf.chapter, number) for number in range(1, leaf.of + 1)]
        return Pager(
            words=desk.edition.say("part_of", part=leaf.part, total=leaf.of),
            pages=tuple(Link(Phrase(str(number)), hrefs[number - 1]) for number in window(leaf.part, leaf.of)),
            previous=hrefs[leaf.part - 2] if leaf.part > 1 else None,
            following=hrefs[leaf.part] if leaf.part < leaf.of else None,
        )

    def _chapters(self, desk: Desk) -> tuple[Chapter[E], ...]:
        return desk.once(("chapters", self.name), lambda: self.chapters(desk))

    def _chapter(self, desk: Desk, key: str) -> Chapter[E]:
        return next(one for one in self._chapters(desk) if one.key == key)

    def _is_long(self, desk: Desk) -> bool:
        return len(self.entries(desk)) > ON_ONE_PAGE


def _between(desk: Desk, entries: Sequence[Entry]) -> Phrase:
    """The first and the last of some names: `Bánh cáy – Bún khô`."""
    first, last = (desk.edition.phrase(one.name) for one in (entries[0], entries[-1]))
    if len(entries) == 1:
        return first
    return Phrase(f"{first.words} – {last.words}", first.lang if first.lang == last.lang else None)
