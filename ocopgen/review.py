"""What a reviewer reads of a change, on a phone: what differs, as Markdown, in Vietnamese and below it in English.

Whatever a contributor wrote stays words in it: no link, picture, mention, table or command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from pydantic import BaseModel

from ocopgen.diagnostics import SUMMARY_BYTES, inert
from ocopgen.differences import Change, DataChange, Differences, EntryChange, Files, Retold, Step
from ocopgen.edition import Edition, MissingWords, WrongWords
from ocopgen.model import NOUNS
from ocopgen.schema import meaning
from ocopgen.text import Lang, Text
from ocopgen.values import Moment, Period, Quantity

WORDS = 300
"""Characters that are shown of a value."""

ENTRIES = 300
"""Entries that are told of one by one; of more, their number is told."""

LINES = 60
"""Lines that are shown of an entry or a data file; of more, their number is told."""

PAGES = 30
"""Pages of the site that are named; of more, their number is told."""

_ENDING = "index.html"


def markdown(found: Differences, pages: Files | None = None, room: int = SUMMARY_BYTES) -> str:
    """All of it in at most so many bytes; what does not fit is counted. Without `pages` the site is not told of."""
    catalogue = found.ground.catalogue((), {})
    tongues = (_Tongue(lang, Edition(Lang(lang), catalogue, date.min) if catalogue else None) for lang in ("vi", "en"))
    vietnamese, english = (list(_blocks(tongue, found, pages)) for tongue in tongues)
    frame = "\n<details><summary>English</summary>\n\n", "\n</details>\n"
    half = (room - sum(map(len, frame))) // 2
    return _within(vietnamese, half, _MORE["vi"]) + frame[0] + _within(english, half, _MORE["en"]) + frame[1]


_MORE = {
    "vi": "\n… và {n} phần nữa: xem thẻ Files changed.\n",
    "en": "\n… and {n} more parts: see the tab Files changed.\n",
}


def _within(blocks: Sequence[str], room: int, more: str) -> str:
    """The first blocks that fit, and how many do not."""
    left = room - len(more.encode()) - len(str(len(blocks)))
    for number, block in enumerate(blocks):
        left -= len(block.encode())
        if left < 0:
            return "".join(blocks[:number]) + more.format(n=len(blocks) - number)
    return "".join(blocks)


# --- what is said -----------------------------------------------------------------------------------------

_SAID = {
    "title": ("Sửa đổi này làm gì", "What this change does"),
    "nothing": ("Nội dung không có gì khác.", "Nothing differs in the content."),
    "added": ("Thêm", "Added"),
    "renamed": ("Đổi tên thư mục", "Renamed"),
    "changed": ("Sửa", "Changed"),
    "removed": ("Bỏ", "Removed"),
    **NOUNS,
    "stars": (
        "⭐ **Thông tin hạng sao thay đổi** ở: {names}. Đối chiếu số và ngày quyết định trước khi nhận.",
        "⭐ **Stars change** at: {names}. Compare the number and the date of the decision before you accept.",
    ),
    "gone": (
        "Địa chỉ trang này, kể cả trong mã QR đã in, sẽ không còn. Nếu chỉ đổi tên thư mục, ghi tên cũ vào dòng `was` "
        "của mục mới.",
        "The page's address goes, in printed QR codes too. If only the folder was renamed, write its old name into "
        "`was` of the new entry.",
    ),
    "moved": (
        "Tên cũ: {was}. Địa chỉ cũ sẽ dẫn sang trang mới.",
        "Former name: {was}. The old address will lead to the new page.",
    ),
    "unread": (
        "Chưa so được vì tệp có lỗi: xem phần kiểm tra.",
        "It could not be compared, the file has errors: see the check.",
    ),
    "faulty": ("Mục này còn lỗi: xem phần kiểm tra.", "This entry still has errors: see the check."),
    "same": ("Chỉ khác cách trình bày trong tệp.", "Only the form of the file differs."),
    "story": ("Câu chuyện ({lang}): {before} → {after} chữ", "Story ({lang}): {before} → {after} words"),
    "entries": ("… và {n} mục nữa: xem thẻ Files changed.", "… and {n} more entries: see the tab Files changed."),
    "lines": ("… và {n} dòng nữa", "… and {n} more lines"),
    "photos": ("Ảnh", "Photos"),
    "data": ("Dữ liệu chung", "Shared data"),
    "strangers": ("Tệp không thuộc về đâu", "Files that belong nowhere"),
    "site": ("Trang của website", "Pages of the site"),
    "site_same": ("Không trang nào khác.", "No page differs."),
    "site_other": ("{n} tệp khác (ảnh, phông chữ, định dạng)", "{n} other files (pictures, fonts, styles)"),
    "site_more": ("… và {n} trang nữa", "… and {n} more pages"),
    "none": ("không có", "none"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
}

_HOWS = "added", "renamed", "changed", "removed"


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language of the reviewer: what is said in it, and the forms of its values."""

    lang: str
    edition: Edition | None

    def said(self, key: str, **words: object) -> str:
        return _SAID[key][self.lang != "vi"].format(**words)

    def named(self, label: Text) -> str:
        return inert(label.get(Lang(self.lang)) or label.source)

    def language(self, lang: Lang) -> str:
        """The name of a language: `tiếng Anh`."""
        name = Locale(self.lang).languages.get(lang, str(lang))
        return inert(name[:1].lower() + name[1:] if self.lang == "vi" else name)

    def value(self, value: Any, choices: str = "") -> str:
        """A value in words, inert and not too long."""
        words = self._parts(value) if isinstance(value, BaseModel) else self._words(value, choices)
        return inert(words if len(words) <= WORDS else words[: WORDS - 1].rstrip() + "…")

    def _parts(self, value: BaseModel) -> str:
        """All that is said in something that has parts: `Hạng sao: 4, Năm đánh giá: 2025`."""
        told = []
        for name, info in type(value).model_fields.items():
            part: Any = getattr(value, name)
            extra: Any = info.json_schema_extra
            if extra and part not in (None, ()):
                words = f"({self._parts(part)})" if isinstance(part, BaseModel) else self._words(part, _choices(extra))
                told.append(f"{extra[self.lang]}: {words}")
        return ", ".join(told)

    def _words(self, value: Any, choices: str = "") -> str:
        if value is None:
            return self.said("none")
        if isinstance(value, bool):
            return self.said("yes" if value else "no")
        if isinstance(value, tuple):
            told = (self._parts(one) if isinstance(one, BaseModel) else self._words(one, choices) for one in value)
            return "; ".join(told)
        if isinstance(value, Text):
            return value.get(Lang(self.lang)) or value.source
        try:
            return self._formed(value, choices)
        except (MissingWords, WrongWords):
            return str(value)

    def _formed(self, value: Any, choices: str) -> str:
        """A value in the form that pages give it, as far as it is known."""
        if self.edition is None:
            return str(value)
        meant = meaning(value, choices, self.edition.catalogue.strings) if choices else None
        if meant is not None:
            return meant.vi if self.lang == "vi" else meant.en
        if isinstance(value, Period | Quantity | Moment | date):
            return " ".join(str(one) for one in self.edition.shown(value)).replace("\u00a0", " ")
        if isinstance(value, float) or (isinstance(value, int) and value >= 10_000):  # years have no dots
            return self.edition.number(value)
        return str(value)


def _choices(extra: Any) -> str:
    return str(extra.get("choices", ""))


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(tongue: _Tongue, found: Differences, pages: Files | None) -> Iterator[str]:
    """What is cut between, if it must be cut: the head, an entry, a data file, the pages."""
    yield f"## {tongue.said('title')}\n\n{_counts(tongue, found)}\n"
    starred = [inert(one.name) for one in found.entries if one.stars]
    if starred:
        names = ", ".join((*starred[:PAGES], *(["…"] if len(starred) > PAGES else [])))
        yield f"\n> {tongue.said('stars', names=names)}\n"
    entries = sorted(found.entries, key=lambda entry: _HOWS.index(entry.how))
    yield from (_entry(tongue, one) for one in entries[:ENTRIES])
    if len(entries) > ENTRIES:
        yield f"\n{tongue.said('entries', n=len(entries) - ENTRIES)}\n"
    if found.data:
        yield f"\n### {tongue.said('data')}\n\n"
        yield from (_data(tongue, one) for one in found.data)
    if found.strangers:
        yield f"\n### {tongue.said('strangers')}\n\n{_listed(map(inert, found.strangers))}"
    if pages is not None:
        yield _pages(tongue, pages)


def _counts(tongue: _Tongue, found: Differences) -> str:
    if not found:
        return tongue.said("nothing")
    numbers = {how: sum(one.how == how for one in found.entries) for how in _HOWS}
    told = [f"{tongue.said(how)}: {number}" for how, number in numbers.items() if number]
    return " · ".join(told + ([f"{tongue.said('data')}: {len(found.data)}"] if found.data else []))


def _entry(tongue: _Tongue, one: EntryChange) -> str:
    kind = tongue.said(one.key.partition("/")[0])
    head = f"\n### {tongue.said(one.how)} {kind}: {inert(one.name)}\n\n{inert(one.key)}\n\n"
    lines = [
        *([tongue.said("moved", was=inert(one.was))] if one.was else []),
        *([tongue.said("gone")] if one.how == "removed" else []),
        *([tongue.said("unread")] if one.unread else [tongue.said("faulty")] if one.faulty else []),
        *(_change(tongue, change) for change in one.changes),
        *(_retold(tongue, story) for story in one.stories),
        *_photos(tongue, one.photos),
    ]
    return head + _listed(_cut(tongue, lines) or [tongue.said("same")])


def _cut(tongue: _Tongue, lines: Sequence[str]) -> list[str]:
    more = len(lines) - LINES
    return [*lines[:LINES], *([tongue.said("lines", n=more)] if more > 0 else [])]


def _data(tongue: _Tongue, one: DataChange) -> str:
    lines = [_change(tongue, change) for change in one.changes] or [tongue.said("unread" if one.unread else "same")]
    return f"- {inert(one.name)}\n" + "".join(f"  - {line}\n" for line in _cut(tongue, lines))


def _change(tongue: _Tongue, change: Change) -> str:
    path = " › ".join(_step(tongue, step) for step in change.path)
    lang = f" ({tongue.language(change.lang)})" if change.lang else ""
    after = f"**{tongue.value(change.after, change.choices)}**"
    if change.before is None:
        return f"{path}{lang}: {after}"
    return f"{path}{lang}: {tongue.value(change.before, change.choices)} → {after}"


def _step(tongue: _Tongue, step: Step) -> str:
    return tongue.named(step.label) + (f" {step.item}" if step.item else "")


def _retold(tongue: _Tongue, story: Retold) -> str:
    return tongue.said("story", lang=tongue.language(story.lang), before=story.before, after=story.after)


def _photos(tongue: _Tongue, photos: Files) -> Iterator[str]:
    for how in ("added", "changed", "removed"):
        names = getattr(photos, how)
        if names:
            yield f"{tongue.said('photos')}: {tongue.said(how).lower()} {', '.join(map(inert, names))}"


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _pages(tongue: _Tongue, pages: Files) -> str:
    """The pages of the site that differ, those in the first language of the list first."""
    head = f"\n### {tongue.said('site')}\n\n"
    told = {
        how: [one for one in getattr(pages, how) if one.endswith(".html")] for how in ("changed", "added", "removed")
    }
    count = sum(map(len, told.values()))
    others = len(pages.added) + len(pages.removed) + len(pages.changed) - count
    lines, left = [], PAGES
    for how, paths in told.items():
        shown = sorted(paths, key=_rank)[:left]
        left -= len(shown)
        lines += [f"{tongue.said(how)}: {inert(path.removesuffix(_ENDING) or path)}" for path in shown]
    lines += [tongue.said("site_more", n=count - PAGES)] if count > PAGES else []
    lines += [tongue.said("site_other", n=others)] if others else []
    return head + _listed(lines or [tongue.said("site_same")])


def _rank(path: str) -> tuple[bool, str]:
    """Vietnamese pages before others: they are what the office reads."""
    return not path.startswith("vi/"), path
