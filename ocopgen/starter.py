"""A new entry → its files as templates made from the model, in Vietnamese: what is needed waits to be filled.

All else is commented out: `#key: example` is a field and is taken into use by deleting its `#`, while `# words` is
said to people. What makes a good story is said in the front matter too: words in the body would pass for the story.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from ocopgen.editing import Edited
from ocopgen.field_list import written
from ocopgen.keys import known_keys
from ocopgen.model import KINDS, NOT_OF_SERVICES, NOUNS
from ocopgen.reference import Classification, ProductSet, Strings
from ocopgen.schema import Both, File, Property, files
from ocopgen.settings import Site
from ocopgen.text import Lang, Text

WIDTH = 100

FOLDERS = {
    "product": "products",
    "producer": "producers",
    "outlet": "outlets",
    "news": "news",
    "page": "pages",
}
"""What one entry is called at the command line, and the folder of its kind."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of a new entry: its kind, one of `KINDS`, its name on one line, and the day it is begun."""

    kind: str
    name: str
    today: date
    set: ProductSet | None = None
    producer: str | None = None

    @property
    def known(self) -> Mapping[str, object]:
        """What need not be asked, by key."""
        told = {"name": self.name, "producer": self.producer, "set": self.set.n if self.set else None}
        return {key: one for key, one in told.items() if one is not None} | (
            {"date": self.today} if self.kind == "news" else {}
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What templates are made from besides the model."""

    site: Site
    classification: Classification
    strings: Strings


def templates(start: Start, ground: Ground) -> dict[str, str]:
    """The text of each file of a new entry, by name; the first carries the facts, the others only words."""
    kinds = {one.name: one for one in files(ground.strings)}
    first, *others = ground.site.languages
    facts = _Facts(start, ground, kinds[start.kind]).text()
    words = kinds[f"{start.kind}.words"]
    left_out = _left_out(start.set, ground.site)
    return {f"index.{first}.md": facts, **{f"index.{lang}.md": _translation(words, lang, left_out) for lang in others}}


# --- the file of facts ------------------------------------------------------------------------------------


class _Facts:
    """Makes the file that carries the facts."""

    def __init__(self, start: Start, ground: Ground, file: File) -> None:
        self.start, self.ground, self.parts = start, ground, file.parts
        self.own = file.parts[KINDS[start.kind].__name__]
        self.left_out = _left_out(start.set, ground.site)

    def text(self) -> str:
        order = known_keys(KINDS[self.start.kind])
        offered = sorted(filter(self._is_offered, self.own), key=lambda one: order.index(one.key))
        empty = [one.key for one in offered if self._is_needed(one) and one.key not in self.start.known]
        blocks = ["\n".join(self._head(empty)), *("\n".join(self._field(one)) for one in offered)]
        blocks.append("\n".join(_comment(*_STORIES[self.start.kind], *self._of_the_set())))
        made = Edited.of("---\n" + "\n\n".join(blocks) + "\n---\n\n")
        for key, value in self.start.known.items():
            made = made.set((key,), value)
        return made.text

    def _head(self, empty: Sequence[str]) -> list[str]:
        waiting = f" Các dòng còn trống ({', '.join(empty)}) là cần có: xin điền vào sau dấu hai chấm." if empty else ""
        return _comment(f"Mẫu cho một {NOUNS[self.start.kind][0]} mới.{waiting}", *_HEAD)

    def _is_offered(self, one: Property) -> bool:
        return not one.hint.rare and one.key not in self.left_out

    def _is_needed(self, one: Property) -> bool:
        return one.needed or (one.key == "alcohol" and self.start.set is not None and self.start.set.alcohol)

    def _field(self, one: Property) -> Iterator[str]:
        """A field on lines of its own, below what is said of it."""
        needed = self._is_needed(one)
        example = self._example(one, one.key)
        if one.key in self.start.known:
            yield from _comment(_said(one))
            yield f"{one.key}:" + (f"  # {self._set_name()}" if one.key == "set" else "")
            return
        shown = f"VD: {written(example)}" if needed and example is not None else ""
        yield from _comment(" ".join(filter(None, (_said(one), self._more(one.key), shown))))
        if one.key == "set":
            yield from (f"#   {n} {_vi(one.name)}" for n, one in self.ground.classification.set_by_number.items())
        if one.part:
            yield f"{'' if needed else '#'}{one.key}:"
            yield from self._inner(one)
        else:
            yield f"{one.key}:" if needed else f"#{one.key}: {written(example)}"

    def _inner(self, outer: Property) -> Iterator[str]:
        """The fields of a group, or of the first item of a list of groups."""
        dash = "  - " if outer.many else "  "
        for one in self.parts[outer.part or ""]:
            path = f"{outer.key}.{one.key}"
            if one.hint.rare or path in self.left_out:
                continue
            words = _said(one) + (" Cần có." if one.needed else "")
            line = f"#{dash}{one.key}: {written(self._example(one, path))}"
            dash = " " * len(dash)
            if len(line) + len(words) + 4 <= WIDTH:
                yield f"{line}  # {words}"
            else:
                yield from (f"#{dash}# {part}" for part in wrap(words, WIDTH - 8))
                yield line

    def _example(self, one: Property, path: str) -> Any:
        """An example of a value; of a group on one line, one of each of its fields."""
        if one.part and "." in path:
            inner = [each for each in self.parts[one.part] if not each.hint.rare]
            return {each.key: self._example(each, f"{path}.{each.key}") for each in inner}
        if path == "updated":
            return self.start.today.isoformat()
        of_service = self.start.set is not None and self.start.set.service
        return (_OF_SERVICES if of_service else {}).get(path) or _EXAMPLES.get((self.start.kind, path), one.example)

    # --- what the product set asks ------------------------------------------------------------------------

    def _set_name(self) -> str:
        return _vi(self.start.set.name) if self.start.set else ""

    def _more(self, key: str) -> str:
        """What else is said of a field of a product of this set."""
        product_set = self.start.set
        if product_set is None:
            return ""
        if key == "warnings" and product_set.notice:
            return f"Trang tự in lời cảnh báo theo luật: “{_vi(product_set.notice)}” Ở đây chỉ ghi thêm điều khác."
        return "Giờ mở cửa, cách đặt chỗ ghi ở đây." if key == "usage" and product_set.service else ""

    def _of_the_set(self) -> list[str]:
        """What else is said of the story of a product of this set."""
        if self.start.kind != "products":
            return []
        if self.start.set and self.start.set.service:
            return ["- có cả bản tiếng nước ngoài, viết trong index.en.md (bộ này được tính điểm riêng)."]
        return [*_IN_TRACE, "Không viết rằng sản phẩm chữa, trị hay phòng bệnh: luật không cho phép."]


def _left_out(product_set: ProductSet | None, site: Site) -> frozenset[str]:
    """The fields that make no sense in a product set, or are not shown."""
    if product_set is None:
        return frozenset()
    service = {*NOT_OF_SERVICES, "packs.quantity", "packs.gtin"} if product_set.service else set()
    restrained = product_set.alcohol and not site.policies.alcohol_prices
    sold = {"packs.price", "packs.priced", "channels", "outlets"} if restrained else set()
    return frozenset(service | sold | (set() if product_set.alcohol else {"alcohol"}))


def _said(one: Property) -> str:
    """The name of a field, how it is written, and what is told of it."""
    form = "" if one.part or one.form.vi in ("chữ", "danh sách: chữ") else one.form.vi
    if any(one.choices.values()):
        form = "một trong: " + ", ".join(_chosen(word, meaning) for word, meaning in one.choices.items())
    if one.many and not one.part and one.choices:
        form = f"danh sách, {form}"
    return f"{one.name.vi}{': ' if form else ''}{form}." + (f" {one.hint.vi}" if one.hint.vi else "")


def _chosen(word: Any, meaning: Both | None) -> str:
    return f"{word} ({meaning.vi})" if meaning and meaning.vi.lower() != str(word) else str(word)


def _comment(*paragraphs: str) -> list[str]:
    """Words as lines of comments, each paragraph on lines of its own."""
    return [f"# {line}" for one in paragraphs for line in wrap(one, WIDTH - 2, break_long_words=False)]


def _vi(text: Text) -> str:
    return text.get(Lang("vi")) or text.source


# --- the files of words -----------------------------------------------------------------------------------


def _translation(file: File, lang: Lang, left_out: Container[str]) -> str:
    """The file of a language into which the entry is translated: nothing in it is needed."""
    own = next(iter(file.parts.values()))
    name = {"en": "tiếng Anh"}.get(lang, f"ngôn ngữ {lang}")
    lines = _comment(*(one.format(name=name) for one in _TRANSLATION))
    for one in own:
        if one.part is None and one.key not in left_out:
            lines += ["", *_comment(one.name.together), f"#{one.key}:"]
    return "\n".join(["---", *lines, "---", "", ""])


# --- words ------------------------------------------------------------------------------------------------

_HEAD = (
    "Dòng có dấu # dính liền với chữ là tùy chọn. Muốn dùng thì xóa dấu # ấy, ở cả các dòng thụt vào bên dưới,"
    " rồi thay ví dụ bằng thông tin thật; không dùng thì để nguyên cũng được. Mọi trường: docs/fields.md.",
    "Ảnh đặt trong cùng thư mục với tệp này.",
)

_EXAMPLES: Mapping[tuple[str, str], Any] = {
    ("producers", "summary"): "Hợp tác xã làm tỏi đen ở Thụy Ninh từ năm 2015.",
    ("outlets", "summary"): "Nơi trưng bày và bán đặc sản của các xã trong vùng.",
}
"""Examples where those of the model are of a product."""

_OF_SERVICES: Mapping[str, Any] = {
    "usage": "Mở cửa 7 giờ đến 17 giờ hằng ngày; đặt chỗ trước ít nhất một ngày",
    "packs.label": "Vé tham quan một người",
    "warnings": "Trẻ em đi thuyền cần có người lớn đi cùng",
    "raw_materials": "Làng vườn ven sông Trà Lý",
}
"""Examples for a service, by the path of the field."""

_STORIES: Mapping[str, tuple[str, ...]] = {
    "products": (
        "CÂU CHUYỆN SẢN PHẨM: viết dưới dòng --- sau đây, giữa hai đoạn để một dòng trống."
        " Bộ tiêu chí OCOP cho điểm một câu chuyện:",
        "- là chuyện riêng của sản phẩm này: giống chuyện của sản phẩm khác thì được 0 điểm;",
        "- kể được gốc gác: ở làng nào, ai làm, nghề có từ bao giờ, cách làm khác nơi khác ở chỗ nào;",
        "- ngắn gọn, súc tích, kể như một câu chuyện chứ không liệt kê;",
    ),
    "producers": (
        "BÀI GIỚI THIỆU: viết dưới dòng --- sau đây, giữa hai đoạn để một dòng trống. Kể ngắn gọn: ai gây dựng,"
        " từ bao giờ, làm ra những gì, vùng nguyên liệu và tay nghề ra sao.",
    ),
    "outlets": (
        "BÀI GIỚI THIỆU: viết dưới dòng --- sau đây, giữa hai đoạn để một dòng trống. Kể ngắn gọn: bán những gì,"
        " của ai làm ra, đến đó bằng đường nào.",
    ),
    "news": (
        "BÀI VIẾT: viết dưới dòng --- sau đây, giữa hai đoạn để một dòng trống. Kể rõ việc gì, ở đâu, khi nào, ai làm;"
        " con số nào cũng cần có nguồn.",
    ),
    "pages": (
        "NỘI DUNG: viết dưới dòng --- sau đây, giữa hai đoạn để một dòng trống; đầu đề của mỗi phần viết sau dấu ##.",
    ),
}

_IN_TRACE = ("- có trên tờ rơi, trên trang mạng và trong nội dung tem truy xuất (cần để đạt 4 sao).",)

_TRANSLATION = (
    "Bản dịch, {name}: chỉ có chữ; mọi thông tin khác nằm trong index.vi.md. Dịch được chỗ nào thì xóa dấu # ở"
    " dòng ấy và viết vào sau dấu hai chấm; chỗ chưa dịch, trang hiện chữ tiếng Việt. Câu chuyện viết dưới dòng ---"
    " sau cùng.",
    "Words only; every fact stands in index.vi.md. Delete the # of a line and write the words after the colon; what"
    " is left out is shown in Vietnamese. The story goes below the last line ---.",
)
