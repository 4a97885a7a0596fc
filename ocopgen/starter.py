"""The first files of a new entry: commented templates made from the model, and the id that a name gives.

A line `#key: …` is a field that waits: without its # it is taken as it stands. A line `# …` only tells. The guide to
the story is a comment of the YAML too, since in the body it would be taken for a story.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import fill

from pydantic_core import PydanticCustomError

from ocopgen.decode import known_keys
from ocopgen.document import read_entry
from ocopgen.editing import Edited
from ocopgen.field_list import written
from ocopgen.model import KINDS
from ocopgen.reference import ProductSet
from ocopgen.rules_law import OF_GOODS
from ocopgen.schema import File, Property
from ocopgen.text import slug
from ocopgen.wording import plain_words

ID_LIMIT = 80
"""Characters of an id: it is part of every address of the entry, and of what a QR code carries."""

KIND_BY_WORD = {model.__name__.lower(): kind for kind, model in KINDS.items()}
"""The folder of each kind of entry, by what one entry of it is called: `product` → `products`."""


class Unfit(ValueError):
    """Nothing can begin with this name, id or value. As a string it says why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


# --- names and ids ----------------------------------------------------------------------------------------


def proper_name(words: str) -> str:
    """A name as it is written into a file: on one line, in NFC, without unseen signs. Raises `Unfit`."""
    try:
        name = unicodedata.normalize("NFC", plain_words(words))
        text = f"---\n{_line('name', name)}\n---\n"
        document, _ = read_entry("", text.encode())
    except (PydanticCustomError, UnicodeEncodeError):
        document = None
    if document is None or document.data.get("name") != name or any(map(_is_control, name)):
        raise Unfit(
            "tên trống hoặc có ký tự không hiện ra được; gõ lại tên",
            "the name is empty or holds an invisible character; type it again",
        )
    return name


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc"


def id_of(name: str, given: str | None = None) -> str:
    """The id of a new entry: the one that is `given`, else the slug of its name. Raises `Unfit`."""
    wanted = slug(name) if given is None else given
    if given is not None and (slug(given) != given or not given):
        near = f"--id {slug(given)}" if slug(given) else "--id ten-khong-dau"
        raise Unfit(
            f"mã '{given}' chỉ được gồm a-z, 0-9 và gạch nối: {near}",
            f"the id '{given}' may hold only a-z, 0-9 and hyphens: {near}",
        )
    if not wanted:
        raise Unfit(
            f"tên '{name}' không có chữ cái La-tinh hay chữ số để làm tên thư mục; đặt mã riêng: --id ten-khong-dau",
            f"the name '{name}' has no Latin letter or digit for the folder's name; give an id: --id a-plain-name",
        )
    if len(wanted) > ID_LIMIT:
        near = wanted[: ID_LIMIT // 2].rpartition("-")[0] or wanted[: ID_LIMIT // 2]
        raise Unfit(
            f"mã từ tên này dài {len(wanted)} ký tự, tối đa {ID_LIMIT}; rút gọn tên, hoặc đặt mã riêng: --id {near}",
            f"this name gives an id of {len(wanted)} characters, at most {ID_LIMIT};"
            f" shorten the name, or give an id: --id {near}",
        )
    return wanted


def holder(wanted: str, names: Iterable[str], former: Mapping[str, str]) -> str | None:
    """Who has an id already: what lies under that name, also in another case or Unicode form, or had it formerly.

    `former` leads from former ids to the entries of today.
    """
    return next((one for one in names if slug(one) == wanted), former.get(wanted))


_APART = {
    "products": ("tên chủ thể hoặc tên xã", "the producer or the commune", "ten-xa"),
    "producers": ("tên xã", "the commune", "ten-xa"),
    "outlets": ("tên xã", "the commune", "ten-xa"),
    "news": ("năm", "the year", "2026"),
    "pages": ("chữ phân biệt", "what tells them apart", "khac"),
}
"""What an id is made longer by where two entries have the same name, and a sample of it."""


def taken(kind: str, wanted: str, other: str, name: str, addition: str | None = None) -> Unfit:
    """That an id is taken by the folder `other`, whose entry is called `name`; with `addition` it would be another."""
    vi, en, sample = _APART[kind]
    if other == wanted:
        how_vi = how_en = ""
    elif slug(other) == wanted:
        how_vi, how_en = ", chỉ khác cách viết", ", which is only written otherwise"
    else:
        how_vi, how_en = ", là mã cũ của mục ấy", ", which had it formerly"
    called = f" (“{name}”)" if name else ""
    longer = f"--id {wanted}-{sample if addition is None or addition in wanted else addition}"
    return Unfit(
        f"mã '{wanted}' đã có: {kind}/{other}{called}{how_vi}. Nếu là cùng một mục, hãy sửa mục ấy;"
        f" nếu là mục khác, thêm {vi} vào mã: {longer}",
        f"the id '{wanted}' is taken by {kind}/{other}{called}{how_en}. If it is the same, edit that entry;"
        f" if it is another, add {en} to the id: {longer}",
    )


# --- a new entry ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """An entry that begins: its kind, what is known of it by key, its product set, and the day it is.

    `restrained` says that the site shows no prices and no places to buy where the set is of alcohol.
    """

    kind: str
    known: Mapping[str, object]
    today: date
    set: ProductSet | None = None
    restrained: bool = False

    @property
    def facts(self) -> dict[str, object]:
        """What is written from the beginning."""
        return {"updated": self.today, **({"date": self.today} if self.kind == "news" else {}), **self.known}

    @property
    def dropped(self) -> frozenset[str]:
        """The fields that its set makes senseless; `packs.price` is one of each pack."""
        if self.set is None:
            return frozenset()
        sold = ("packs.price", "packs.priced", "channels", "outlets") if self.set.alcohol and self.restrained else ()
        goods = (*OF_GOODS, "packs.quantity", "packs.gtin") if self.set.service else ()
        return frozenset((*sold, *goods, *(() if self.set.alcohol else ("alcohol",))))

    def asks(self, one: Property) -> bool:
        """Whether a field must be filled."""
        return one.needed or (one.key == "alcohol" and self.set is not None and self.set.alcohol)


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a file, and the keys in it that wait for a value."""

    text: str
    empty: tuple[str, ...] = ()


_HEAD = """\
- Dòng để trống sau dấu hai chấm là dòng cần ghi.
- Dòng có dấu # liền với khóa, như #draft: true, là dòng chưa dùng và chỉ là ví dụ: bỏ dấu #, rồi sửa thành thông tin \
thật. Không có thông tin ấy thì để nguyên, hoặc xóa cả dòng.
- Dòng có dấu # rồi dấu cách là lời giải thích, đọc xong có thể xóa.
- Danh sách viết trong ngoặc vuông, mục nữa viết sau dấu phẩy: [một, hai], [{…}, {…}]."""


def facts_template(file: File, start: Start) -> Template:
    """The file that carries every fact; `file` is that of the kind, as `schema.files` tells of it."""
    lines, empty = _told(_HEAD), []
    for one in _fields(file, start):
        lines += ["", *_explained(one, file, start)]
        if one.key in start.facts:
            lines.append(_line(one.key, start.facts[one.key]))
        elif start.asks(one):
            lines.append(f"{one.key}:")
            empty.append(one.key)
        else:
            lines.append(f"#{one.key}: {written(_example(one, file, start))}")
    lines += ["", *_told(_STORIES[start.kind] + (_SERVICE if start.set and start.set.service else ""))]
    return Template(_file(lines), tuple(empty))


def _fields(file: File, start: Start) -> list[Property]:
    """The fields that make sense, in the usual order of keys."""
    fields, *_ = file.parts.values()
    order = known_keys(KINDS[start.kind])
    kept = (one for one in fields if one.key not in start.dropped)
    return sorted(kept, key=lambda one: order.index(one.key) if one.key in order else len(order))


def _file(lines: Iterable[str]) -> str:
    return "\n".join(("---", *lines, "---", "", ""))


def _line(key: str, value: object) -> str:
    """A key and its value, in quotes where it needs them."""
    return Edited("", f"{key}: x\n", "").set((key,), value).yaml.removesuffix("\n")


def _told(words: str) -> list[str]:
    """Explanations as lines of a comment, a paragraph each."""
    return [
        fill(one, 100, initial_indent="# ", subsequent_indent="#   ", break_long_words=False, break_on_hyphens=False)
        for one in words.split("\n")
    ]


# --- what is told of a field ------------------------------------------------------------------------------


def _explained(one: Property, file: File, start: Start) -> list[str]:
    waits = start.asks(one) and one.key not in start.facts
    said = [
        f"{one.name.vi}{_form(one)}.",
        "Cần ghi." if waits else "",
        one.hint.vi,
        f"Ví dụ: {written(_example(one, file, start))}" if waits else "",
    ]
    return _told("\n".join([" ".join(filter(None, said)), *_of_set(one, start), *_inside(one, file, start)]))


_SELF_EVIDENT = "", "chữ", "danh sách: chữ"


def _form(one: Property) -> str:
    """How a field is written, where its example does not tell it all."""
    if one.choices:
        return f", một trong: {_choices(one)}"
    return "" if one.part or one.form.vi in _SELF_EVIDENT else f" ({one.form.vi})"


def _choices(one: Property) -> str:
    """What may be chosen, with its meaning; `shopee` means Shopee."""
    told = {word: meaning.vi for word, meaning in one.choices.items() if meaning and slug(meaning.vi) != word}
    return ", ".join(f"{word} = {told[word]}" if word in told else str(word) for word in one.choices)


def _inside(one: Property, file: File, start: Start) -> Iterator[str]:
    """What may be written inside the braces of a field."""
    if one.part:
        inner = (_named(part, file) for part in file.parts[one.part] if f"{one.key}.{part.key}" not in start.dropped)
        yield f"- Trong ngoặc {{ }} ghi được: {'; '.join(inner)}."


def _named(one: Property, file: File) -> str:
    keys = ", ".join(part.key for part in file.parts[one.part]) if one.part else _choices(one)
    return f"{one.key}: {one.name.vi}" + (f" ({keys})" if keys else "")


def _of_set(one: Property, start: Start) -> Iterator[str]:
    """What the product set asks, told where the set stands."""
    if one.key != "set" or start.set is None:
        return
    yield f"- Bộ {start.set.n}: {start.set.name.source}."
    if start.set.notice:
        yield f"- Trang tự in lời cảnh báo của bộ này, không cần chép: “{start.set.notice.source}”"
    if start.set.health:
        yield "- Không viết là chữa, trị hay phòng bệnh: luật cấm, lệnh check báo lỗi."
    if start.set.alcohol and start.restrained:
        yield "- Trang không đăng giá và nơi bán đồ uống có cồn, nên ở đây không có các dòng ấy."
    if start.set.service:
        yield "- Dịch vụ không có thành phần, khối lượng, hạn dùng; giờ mở cửa, cách đặt chỗ ghi ở usage và câu chuyện."


_OF_SERVICES = {
    "packs": [{"label": "Vé tham quan trong ngày", "price": 250000, "priced": "2026-11-23"}],
    "usage": "Mở cửa từ 7 giờ đến 17 giờ; đặt chỗ trước một ngày qua điện thoại",
}
"""Examples where those of goods make no sense."""


def _example(one: Property, file: File, start: Start) -> object:
    """The example of a field; where it has none, one made of the parts that are needed, or else of all."""
    if start.set is not None and start.set.service and one.key in _OF_SERVICES:
        return _OF_SERVICES[one.key]
    if one.example is None and one.part:
        parts = file.parts[one.part]
        kept = [part for part in parts if part.needed] or parts
        made = {part.key: _example(part, file, start) for part in kept}
        return [made] if "array" in one.rules.get("type", ()) else made
    dropped = {path.partition(".")[2] for path in start.dropped if path.startswith(f"{one.key}.")}
    if dropped and isinstance(one.example, list):
        return [{key: value for key, value in item.items() if key not in dropped} for item in one.example]
    return one.example


_STORIES = {
    "products": """\
CÂU CHUYỆN SẢN PHẨM viết ở dưới dòng --- cuối cùng; cách đoạn bằng một dòng trống.
- Chuyện riêng của sản phẩm này: chép chuyện của sản phẩm khác thì được 0 điểm, dù cùng một chủ thể.
- Có gốc, có nơi: ai làm, ở xã nào, nguyên liệu từ đâu, nghề có từ bao giờ, khác nơi khác ở chỗ nào.
- Ngắn và kể như nói chuyện: ba, bốn đoạn là vừa.
- Chỉ kể điều có thật; không viết là chữa hay phòng bệnh.""",
    "producers": """\
BÀI GIỚI THIỆU viết ở dưới dòng --- cuối cùng; cách đoạn bằng một dòng trống.
- Ai đứng ra làm, từ năm nào, ở làng nào, bao nhiêu người cùng làm, làm những gì.
- Ngắn, bằng lời của mình, chỉ kể điều có thật.""",
    "outlets": """\
BÀI GIỚI THIỆU viết ở dưới dòng --- cuối cùng: có bán những gì, đường đến, chỗ để xe.""",
    "news": """\
BÀI VIẾT ở dưới dòng --- cuối cùng; cách đoạn bằng một dòng trống.
- Đoạn đầu nói ngay: việc gì, ai, ở đâu, bao giờ. Lấy tin ở đâu thì ghi vào sources.""",
    "pages": """\
BÀI VIẾT ở dưới dòng --- cuối cùng; đề mục bắt đầu bằng ## và một dấu cách.""",
}
_SERVICE = "\n- Kể một ngày ở đó có gì; ghi giờ mở cửa, cách đặt chỗ, đường đến."


# --- a translation ----------------------------------------------------------------------------------------

_WORDS_HEAD = """\
Only words stand here; facts stay in {source}. What is left out is shown as it is written there.
To use a line #key: take away its # and write after the colon. Proper names keep their letters: Trường An, Thái Bình."""

_WORDS_STORY = """\
THE STORY goes below the last line ---, told anew for readers who do not know the place, not word for word."""


def words_template(file: File, start: Start, source: str) -> str:
    """The file of a translation, in which nothing is said yet; `source` is the name of the file of facts."""
    lines = _told(_WORDS_HEAD.format(source=source))
    for one in _fields(file, start):
        lines += ["", *_told(one.name.en), f"#{one.key}: {_blank(one, file, start)}".rstrip()]
    return _file([*lines, "", *_told(_WORDS_STORY)])


def _blank(one: Property, file: File, start: Start) -> str:
    """What stands after the key of a translation: its parts, with blanks where words go; a day is today."""
    if one.part:
        parts = (f"{part.key}: {_blank(part, file, start)}" for part in file.parts[one.part])
        return f"[{{{', '.join(parts)}}}]"
    if one.key == "translated":
        return start.today.isoformat()
    return written(one.example) if one.needed else ""
