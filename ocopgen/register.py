"""The columns of the office's list, made from the model: entries → the rows of a table, one product a row.

A column is a fact that fits into a cell: of the product, of the recognition that counts, of the first pack, of the
producer. Whatever is added to the model as such a fact has its column by that alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, get_args

from pydantic import BaseModel

from ocopgen.catalogue import Catalogue
from ocopgen.cells import Choices, Form, form_of
from ocopgen.document import Path
from ocopgen.keys import submodel
from ocopgen.model import CONTACTS, Contact, Pack, Place, Producer, Product, Recognition
from ocopgen.reference import Places, Strings
from ocopgen.text import Lang, slug, sort_key
from ocopgen.workbook import Cell

Part = Literal["product", "producer", "recognition", "pack"]
PARTS: Mapping[Part, type[BaseModel]] = {
    "product": Product,
    "producer": Producer,
    "recognition": Recognition,
    "pack": Pack,
}
_BEFORE: Mapping[Part, Path] = {"product": (), "producer": (), "recognition": ("recognitions", 0), "pack": ("packs", 0)}
"""Where a part of the product's file stands in it; the producer has a file of its own."""

_NO_COLUMN = {"body", "updated", "producer.draft", "producer.summary"}
"""What an office's list says nothing of."""


@dataclass(frozen=True)
class Column:
    """A column: whose fact it is, where it stands in that one's file, its headings, and the form of its cells."""

    part: Part
    path: tuple[str, ...]
    vi: str
    en: str
    form: Form = field(compare=False, hash=False)

    @cached_property
    def key(self) -> str:
        """The column's name for machines: `name`, `producer.phones`, `recognition.decision.number`."""
        return ".".join(self.path if self.part == "product" else (self.part, *self.path))

    @cached_property
    def place(self) -> Path:
        """Where its value stands in the file of the product, or in that of the producer."""
        return (*_BEFORE[self.part], *self.path)

    def heading(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en

    def of(self, value: BaseModel | None) -> object:
        """Its value in a product, producer, recognition or pack; `None` where there is none."""
        found: object = value
        for name in self.path:
            found = getattr(found, name, None)
        return found


# --- the columns ------------------------------------------------------------------------------------------

_HEADINGS: Mapping[str, tuple[str, str]] = {
    "name": ("Tên sản phẩm", "Product name"),
    "set": ("Bộ sản phẩm", "Product set"),
    "id": ("Mã mục", "Entry"),
    "producer.id": ("Mã mục chủ thể", "Producer's entry"),
}
"""Headings where the model's name of a field is too short beside other columns."""

_FIRST = (
    "name",
    "producer.name",
    "producer.kind",
    "producer.address",
    "producer.phones",
    "place",
    "set",
    "recognition",
)
"""What stands first in a list, as in those of provinces; the rest follows in the order of the model, ids last."""


@cache
def columns() -> tuple[Column, ...]:
    """All columns, in the order in which they are written."""

    def rank(one: Column) -> int:
        order = (number for number, key in enumerate(_FIRST) if one.key == key or one.key.startswith(f"{key}."))
        return next(order, len(_FIRST) + (one.path == ("id",)))

    return tuple(sorted(_columns(), key=rank))


@cache
def by_key() -> dict[str, Column]:
    """The columns by their keys."""
    return {one.key: one for one in columns()}


def _columns() -> Iterator[Column]:
    taken: set[str] = set()
    for part, model in PARTS.items():
        for path, names, form in _facts(model, ()):
            bare = Column(part, path, *names, form)
            if bare.key in _NO_COLUMN or path[0] in _NO_COLUMN:
                continue
            vi, en = _HEADINGS.get(bare.key, _heading(bare, taken))
            taken.add(slug(vi))
            yield Column(part, path, vi, en, form)


def _heading(one: Column, taken: set[str]) -> tuple[str, str]:
    if one.key == "producer.name":
        return _label(Product, "producer")
    return (f"{one.vi} (chủ thể)", f"{one.en} (producer)") if slug(one.vi) in taken else (one.vi, one.en)


_PLACE_NAME = Form(lambda cell: cell)
_ID = Form(lambda cell: slug(str(cell)))


def _facts(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, str], Form]]:
    """What fits into a cell: facts, and the parts of a small value that all fit and may be left out."""
    for name, info in model.model_fields.items():
        inner = submodel(info.annotation)
        form = _ID if name == "id" else _PLACE_NAME if model is Place else form_of(info)
        if form is not None:
            yield (*above, name), _label(model, name), form
        elif inner is not None and not above and get_args(info.annotation)[1:2] != (...,) and _is_small(inner):
            yield from _facts(inner, (name,))


def _is_small(model: type[BaseModel]) -> bool:
    fields = model.model_fields.values()
    return model is Place or all(form_of(one) and not one.is_required() for one in fields)


def _label(model: type[BaseModel], name: str) -> tuple[str, str]:
    extra = model.model_fields[name].json_schema_extra
    return (str(extra["vi"]), str(extra["en"])) if isinstance(extra, dict) else (name, name)


# --- words that need the catalogue ------------------------------------------------------------------------

_CHOICE_WORDS = {"producer.kind": "kind_{}", "recognition.kind": "recognition_{}"}
"""The words of the interface for the choices of a column."""

_EVIDENCE = {
    "decision": ("Quyết định", "Decision"),
    "press": ("Báo chí", "Press"),
    "proposed": ("Đề nghị", "Proposed"),
    "producer": ("Chủ thể nói", "Producer's word"),
}


def words_of(column: Column, strings: Strings, lang: Lang) -> Choices:
    """The words for the choices of a column in one language."""
    if column.key == "recognition.evidence":
        return {name: words[0 if lang == "vi" else 1] for name, words in _EVIDENCE.items()}
    template = _CHOICE_WORDS.get(column.key)
    keys = {name: template.format(name) for name in column.form.choices} if template else {}
    return {name: strings[key].on_page(lang).words for name, key in keys.items() if key in strings}


def place_name(places: Places, place: Place, name: str, lang: Lang) -> str | None:
    """The name of a place's commune, district or province; its id where the table lacks it."""
    told = getattr(place, name)
    known = {
        "commune": places.commune(place),
        "district": places.district_by_id.get(place.district or ""),
        "province": places.province_by_id.get(place.province or ""),
    }[name]
    return known.name.on_page(lang).words if known else told


# --- rows -------------------------------------------------------------------------------------------------


def counting(product: Product) -> Recognition | None:
    """The recognition that a row tells: the newest that was given, else the newest proposal."""
    return next(iter((*product.given, *product.recognitions)), None)


@dataclass(frozen=True)
class Teller:
    """Shows facts of a catalogue in cells, in the words of one language."""

    catalogue: Catalogue
    lang: Lang

    def cell(self, column: Column, value: BaseModel | None) -> Cell:
        """What a cell of this column holds for a product, producer, recognition or pack."""
        found = column.of(value)
        if column.path[0] == "place" and isinstance(value, Product | Producer) and value.place:
            return place_name(self.catalogue.places, value.place, column.path[1], self.lang)
        if found is None or found == ():
            return None
        if column.key == "set":
            return self._set(found)
        shown = column.form.show(found)
        return self._words(column).get(str(shown), shown) if column.form.choices else shown

    def _set(self, number: object) -> Cell:
        known = self.catalogue.classification.set_by_number.get(number)  # type: ignore[call-overload]
        return f"{number}. {known.short.on_page(self.lang).words}" if known else str(number)

    def _words(self, column: Column) -> Choices:
        memory: dict[str, Choices] = self.__dict__.setdefault("_memory", {})
        if column.key not in memory:
            memory[column.key] = words_of(column, self.catalogue.strings, self.lang)
        return memory[column.key]


def rows(catalogue: Catalogue, lang: Lang, private: bool = False) -> Iterator[tuple[Cell, ...]]:
    """A row for each product, by name in Vietnamese order.

    Contacts that may not be published are left out, unless the table is `private`.
    """
    teller = Teller(catalogue, lang)
    for product in sorted(catalogue.products, key=lambda one: (sort_key(one.name.source), one.id)):
        parts = parts_of(product, catalogue.producer_by_id.get(product.producer))
        hidden = set() if private else _hidden(parts["producer"])
        yield tuple(None if one in hidden else teller.cell(one, parts[one.part]) for one in columns())


def parts_of(product: Product, producer: Producer | None) -> dict[str, BaseModel | None]:
    """What the columns of each part tell of."""
    first = next(iter(product.packs), None)
    return {"product": product, "producer": producer, "recognition": counting(product), "pack": first}


def _hidden(producer: BaseModel | None) -> set[Column]:
    """The columns of contacts that this producer does not publish; a Zalo number is a phone."""
    if not isinstance(producer, Producer):
        return set()
    found: set[Contact] = {one for one in CONTACTS if not producer.publishes(one)}
    names = {*found, *(("zalo",) if "phones" in found else ())}
    return {one for one in columns() if one.part == "producer" and one.path[0] in names}


@cache
def known_headings() -> dict[str, Column]:
    """Every heading that names a column, as a slug: its key, its headings, and what real lists write."""
    found = {slug(word): by_key()[key] for key, words in _SYNONYMS.items() for word in words}
    for one in columns():
        bare = (re.sub(r"\s*\(.*", "", word) for word in (one.vi, one.en))
        found = {slug(word): one for word in bare} | found if one.part != "producer" else found
    return found | {slug(word): one for one in columns() for word in (one.key, one.vi, one.en)}


_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": ("tên sản phẩm", "tên sản phẩm OCOP", "sản phẩm", "sản phẩm OCOP", "tên hàng hóa", "product"),
    "producer.name": (
        *(
            "chủ thể OCOP",
            "tên chủ thể",
            "chủ thể sản xuất",
            "chủ thể sản phẩm",
            "tên chủ thể OCOP",
            "chủ thể tham gia",
        ),
        *(
            "tên cơ sở",
            "cơ sở sản xuất",
            "đơn vị",
            "đơn vị sản xuất",
            "tên đơn vị",
            "tên cơ sở sản xuất",
            "producer name",
        ),
        *("tên chủ thể sản xuất", "doanh nghiệp HTX hộ sản xuất", "tổ chức cá nhân"),
    ),
    "producer.kind": ("loại hình chủ thể", "loại hình tổ chức", "loại chủ thể", "hình thức tổ chức", "producer kind"),
    "producer.address": (
        *("địa chỉ chủ thể", "địa chỉ sản xuất", "địa chỉ cơ sở", "địa chỉ liên hệ", "địa chỉ sản xuất kinh doanh"),
        *("nơi sản xuất", "producer address"),
    ),
    "producer.phones": (
        *("số điện thoại", "SĐT", "điện thoại liên hệ", "số ĐT", "ĐT", "số điện thoại liên hệ", "phone", "telephone"),
        "hotline",
    ),
    "producer.email": ("email", "thư điện tử"),
    "producer.website": ("website", "trang web"),
    "place.commune": ("xã", "phường", "xã phường thị trấn", "xã thị trấn", "tên xã", "commune"),
    "place.district": ("huyện", "huyện thành phố", "huyện TP", "huyện thị xã thành phố", "địa phương", "district"),
    "place.province": ("tỉnh thành phố", "tỉnh"),
    "set": ("bộ sản phẩm", "phân nhóm sản phẩm", "phân nhóm", "set"),
    "recognition.stars": (
        *(
            "sao",
            "số sao",
            "hạng",
            "xếp hạng",
            "xếp hạng sao",
            "phân hạng",
            "phân hạng sao",
            "đạt sao",
            "kết quả phân hạng",
        ),
        *("hạng sao đạt được", "số sao đạt", "số sao được công nhận", "star", "star rank", "star rating", "rank"),
        *("kết quả xếp hạng", "hạng sao OCOP", "sao OCOP", "kết quả đánh giá phân hạng"),
    ),
    "recognition.score": (
        *("điểm", "số điểm", "tổng điểm", "điểm trung bình", "điểm đánh giá", "tổng số điểm", "kết quả điểm"),
        *("điểm chấm", "điểm TB", "points"),
    ),
    "recognition.year": ("năm", "năm công nhận", "năm phân hạng", "năm đạt", "năm đánh giá phân hạng", "year"),
    "recognition.decision.number": (
        *("quyết định số", "số QĐ", "quyết định", "quyết định công nhận", "số quyết định công nhận", "QĐ công nhận"),
        *("decision", "decision no"),
    ),
    "recognition.decision.date": (
        *("ngày QĐ", "ngày ban hành", "ngày ký", "ngày công nhận", "ngày cấp", "ngày quyết định công nhận"),
        *("ngày tháng năm quyết định", "decision date", "ngày cấp giấy chứng nhận"),
    ),
    "recognition.decision.by": ("cơ quan công nhận", "cấp quyết định", "đơn vị công nhận", "cơ quan quyết định"),
    "recognition.ends": ("ngày hết hạn", "hết hạn", "thời hạn", "hiệu lực đến", "ngày hết hiệu lực", "hết hiệu lực"),
    "recognition.kind": ("lần công nhận", "hình thức đánh giá", "đánh giá lần"),
    "pack.price": ("giá", "giá bán", "đơn giá", "giá bán lẻ", "giá tham khảo", "giá thành", "price"),
    "pack.quantity": ("quy cách", "khối lượng", "trọng lượng", "dung tích", "net quantity"),
    "pack.gtin": ("mã vạch", "mã số mã vạch", "GTIN", "barcode"),
    "code": ("mã sản phẩm", "mã số sản phẩm", "mã OCOP", "mã số", "product code"),
    "id": ("mã bản ghi", "slug", "id"),
    "summary": ("mô tả", "mô tả ngắn", "giới thiệu", "description"),
    "shelf_life": ("hạn dùng", "thời hạn sử dụng", "HSD"),
}
"""Headings of real lists, besides the names that the model gives."""

ORDINALS = frozenset({"stt", "tt", "so-tt", "so-thu-tu", "no"})
"""Headings of the column that counts."""

WITHOUT_COLUMN = frozenset(
    {
        *ORDINALS,
        "",
        "don-vi-tinh",
        "dvt",
        "ghi-chu",
        "note",
        "notes",
        "nhom",
        "nhom-san-pham",
        "nganh",
        "nganh-hang",
        "nganh-san-pham",
    }
)
"""Headings that are known and say nothing of their own."""
