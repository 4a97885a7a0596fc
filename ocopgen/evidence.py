"""The evidence sheet of a producer: what the catalogue can show for each criterion, and what it cannot.

It lists pages, codes and dates, as papers for the self-assessment; it is no form of the programme and gives no points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.coverage import Coverage, EntryWords, State, field_name
from ocopgen.criteria import Criterion, both, criteria_of
from ocopgen.edition import Edition
from ocopgen.model import Certificate, Producer, Product, Recognition, Source
from ocopgen.steps import LABEL_FIELDS
from ocopgen.story import Told
from ocopgen.text import Lang, Text, sort_key
from ocopgen.values import Moment

EN = Lang("en")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence: what it is, its words (plain where they are the same in every language), where and when."""

    what: Text
    words: Text | str
    url: str | None = None
    day: date | Moment | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """For one criterion: what the catalogue has and lacks, and what it cannot know (`beyond`).

    `read` tells whether the criterion was found in the very sheet of the product's set.
    """

    code: str
    read: bool
    have: tuple[Item, ...]
    lack: tuple[Text, ...]
    beyond: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProductEvidence:
    """One product: its recognitions as they are written, newest first, its criteria, and its other papers."""

    key: Key
    name: Text
    draft: bool
    code: str | None
    set: int
    pages: tuple[Item, ...]
    recognitions: tuple[Recognition, ...]
    criteria: tuple[Evidence, ...]
    certificates: tuple[Certificate, ...]
    awards: tuple[Text, ...]
    updated: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A producer with all its products."""

    id: str
    name: Text
    kind: str
    registered_name: str | None
    draft: bool
    pages: tuple[Item, ...]
    products: tuple[ProductEvidence, ...]
    updated: date | None


def evidence(book: Book, covered: Coverage, editions: tuple[Edition, ...]) -> tuple[Sheet, ...]:
    """The sheet of every producer, in Vietnamese order; `editions` are those of the site, one a language."""
    english = {one.key: one for part in covered.languages if part.lang == EN for one in part.entries}
    found = (_sheet(book, editions, english, one) for one in book.catalogue.producers)
    return tuple(sorted(found, key=lambda one: (sort_key(one.name.source), one.id)))


def _sheet(book: Book, editions: tuple[Edition, ...], english: Mapping[Key, EntryWords], producer: Producer) -> Sheet:
    products = [
        _Case(book, editions, english, producer, one) for one in book.catalogue.products_of.get(producer.id, ())
    ]
    return Sheet(
        id=producer.id,
        name=producer.name,
        kind=producer.kind,
        registered_name=producer.registered_name,
        draft=producer.draft,
        pages=_pages(editions, "producer", producer),
        products=tuple(map(_product, products)),
        updated=producer.updated,
    )


def _product(case: _Case) -> ProductEvidence:
    product = case.product
    return ProductEvidence(
        key=case.key,
        name=product.name,
        draft=product.draft,
        code=product.code,
        set=product.set,
        pages=case.pages,
        recognitions=product.given,
        criteria=tuple(_evidence(one, case) for one in criteria_of(product.set)),
        certificates=product.certificates,
        awards=product.awards,
        updated=product.updated,
    )


def _evidence(one: Criterion, case: _Case) -> Evidence:
    have, lack, beyond = FOUND[one.code](case)
    return Evidence(one.code, case.product.set in one.read, tuple(have), tuple(lack), tuple(beyond))


def _pages(editions: tuple[Edition, ...], route: str, entry: Product | Producer) -> tuple[Item, ...]:
    """The addresses of an entry's page; a draft has none, and without the site's own they are only paths."""
    if entry.draft:
        return ()
    found = []
    for edition in editions:
        path = edition.href(route, entry.id)
        url = edition.base_url.rstrip("/") + "/" + path if edition.base_url else None
        found.append(Item(both(f"Trang ({edition.lang})", f"Page ({edition.lang})"), url or path, url, entry.updated))
    return tuple(found)


# --- what is found for each criterion ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    """A product with all that its evidence is taken from."""

    book: Book
    editions: tuple[Edition, ...]
    english: Mapping[Key, EntryWords]
    producer: Producer
    product: Product

    @property
    def key(self) -> Key:
        return f"products/{self.product.id}"

    @property
    def told(self) -> Mapping[Lang, Told]:
        return self.book.told.get(self.key, {})

    @cached_property
    def pages(self) -> tuple[Item, ...]:
        return _pages(self.editions, "product", self.product)

    def stories(self, langs: Sequence[Lang] | None = None) -> list[Item]:
        """The pages that show the story in their own language, in all or in some; of a draft, that it is written."""
        pages = self.pages or (None,) * len(self.editions)
        found = []
        for edition, page in zip(self.editions, pages, strict=True):
            lang = edition.lang
            if lang in self.told and (langs is None or lang in langs):
                what = both(f"Câu chuyện ({lang})", f"Story ({lang})")
                found.append(Item(what, page.words, page.url, page.day) if page else Item(what, _WRITTEN))
        return found

    @property
    def trace(self) -> list[Item]:
        one = self.product.trace
        found = [Item(both("Mã truy xuất", "Trace code"), one.code)] if one and one.code else []
        return found + ([Item(both("Địa chỉ truy xuất", "Trace link"), one.url, one.url)] if one and one.url else [])

    def in_english(self, *fields: str) -> tuple[list[Text], list[Text]]:
        """The names of those fields that have English words, and of those that lack them."""
        states = self.english[self.key].fields if self.key in self.english else {}
        pairs = [(states.get(one, State.ABSENT), field_name(Product, one)) for one in fields]
        return [name for one, name in pairs if one.done], [name for one, name in pairs if one is State.MISSING]

    def text(self, field: str) -> list[Item]:
        words = getattr(self.product, field)
        return [Item(field_name(Product, field), words)] if words is not None else []


Found = tuple[list[Item], list[Text], list[Text]]
"""What there is, what is missing, and what the catalogue cannot know."""


def _no(there: object, vi: str, en: str) -> list[Text]:
    """What is missing, unless it is there."""
    return [] if there else [both(vi, en)]


_NO_STORY = "chưa viết câu chuyện", "the story is not written"
_NO_TRACE = "chưa ghi mã hoặc địa chỉ truy xuất", "no trace code or link is recorded"
_WRITTEN = both("đã viết, chưa đăng", "written, not published")
_LEAFLET = both("tờ rơi: kèm bản in", "leaflet: add the print")


def _untranslated(names: list[Text]) -> list[Text]:
    return [both(*(f"{said}: {one.get(lang)}" for lang, said in _NOT_TRANSLATED)) for one in names]


_NOT_TRANSLATED = (Lang("vi"), "chưa dịch"), (EN, "not translated")


def _unpublished(case: _Case) -> list[Text]:
    return _no(not case.product.draft, "bản nháp, chưa có trang", "a draft without a page")


def _story(case: _Case) -> Found:
    inside = both(
        "câu chuyện trong nội dung truy xuất: mở mã ra xem, danh mục không biết",
        "the story in the trace content: open the code and look, the catalogue does not know",
    )
    lack = [*_no(case.told, *_NO_STORY), *_unpublished(case), *_no(case.trace, *_NO_TRACE)]
    return [*case.stories(), *case.trace], lack, [_LEAFLET, *([inside] if case.trace else [])]


def _structure(case: _Case) -> Found:
    return case.stories(), _no(case.told, *_NO_STORY), []


def _identity(case: _Case) -> Found:
    compared = Item(
        both("So sánh bằng máy", "Compared by machine"),
        both("không giống câu chuyện nào khác trong danh mục", "like no other story of the catalogue"),
        day=case.book.today,
    )
    first = case.told.get(case.editions[0].lang)
    beyond = both("so với câu chuyện ngoài danh mục: chưa làm", "stories outside the catalogue were not compared")
    return [*case.stories(), *([compared] if first and first.runs else [])], _no(case.told, *_NO_STORY), [beyond]


def _label(case: _Case) -> Found:
    codes = [Item(both("Mã vạch GTIN", "GTIN barcode"), one.gtin) for one in case.product.packs if one.gtin]
    lack = [*_no(case.trace, *_NO_TRACE), *_no(codes, "chưa ghi mã vạch GTIN", "no GTIN barcode is recorded")]
    beyond = both(
        "nhãn đủ nội dung bắt buộc, có thông điệp câu chuyện: kèm ảnh nhãn",
        "a full and lawful label with the story's message: add a photo of it",
    )
    return [*case.trace, *codes], lack, [beyond]


def _bilingual(case: _Case) -> Found:
    there, missing = case.in_english("name", *LABEL_FIELDS)
    have = [Item(both("Chữ tiếng Anh có sẵn cho nhãn", "English words there for the label"), one) for one in there]
    lack = _untranslated(missing)
    lack += _no(EN in case.book.catalogue.site.languages, "trang không có tiếng Anh", "the site has no English")
    return have, lack, [both("nhãn in hai thứ tiếng: kèm ảnh nhãn", "the printed label: add a photo of it")]


def _distribution(case: _Case) -> Found:
    catalogue, product = case.book.catalogue, case.product
    kinds = {
        one.kind: Text.of({each.lang: each.say(f"channel_{one.kind}") for each in case.editions})
        for one in product.channels
    }
    have = [
        Item(both("Kênh bán hàng", "Sales channel"), one.name or kinds[one.kind], one.url) for one in product.channels
    ]
    outlets = (catalogue.outlet_by_id[one] for one in product.outlets if one in catalogue.outlet_by_id)
    have += [Item(both("Điểm bán", "Point of sale"), one.name) for one in outlets]
    beyond = [
        both(
            "số đại lý, hợp đồng với kênh hiện đại, xuất khẩu: kèm hợp đồng, hóa đơn",
            "agents, contracts with modern channels, export: add contracts and invoices",
        )
    ]
    if catalogue.restrained(product):
        beyond.append(
            both("trang không đăng nơi bán đồ uống có cồn", "the page shows no places to buy alcohol"),
        )
    return have, _no(have, "chưa ghi kênh bán, điểm bán", "no sales channels or points of sale are recorded"), beyond


def _promotion(case: _Case) -> Found:
    producer, product = case.producer, case.product
    addresses = [one for one in (producer.website, *producer.social) if one]
    have = [*case.pages, *(Item(both("Trang của chủ thể", "The producer's own page"), one, one) for one in addresses)]
    have += [_article(case, one) for one in _sources(product)]
    lack = [
        *_unpublished(case),
        *_no(addresses, "chưa ghi trang web, mạng xã hội của chủ thể", "no website or social page of the producer"),
    ]
    return have, lack, [both("hội chợ, hoạt động quảng bá: kèm ảnh, giấy mời", "fairs and activities: add papers")]


def _sources(product: Product) -> Iterator[Source]:
    """The sources of an entry and of its recognitions, each address once."""
    every = (*product.sources, *(one.source for one in product.recognitions if one.source))
    yield from {one.url or one.title: one for one in every}.values()


def _article(case: _Case, one: Source) -> Item:
    lang = one.lang or case.editions[0].lang
    return Item(both("Bài viết, nguồn tin", "Article, source"), Text.of({lang: one.title}), one.url, one.date)


def _usage(case: _Case) -> Found:
    have = [*case.text("usage"), *case.text("storage")]
    return have, _no(case.text("usage"), "chưa viết hướng dẫn sử dụng", "instructions for use are not written"), []


def _tourism(case: _Case) -> Found:
    _, missing = case.in_english("name", "summary", "body")
    abroad = case.stories([one.lang for one in case.editions[1:]])
    lack = [*_untranslated(missing), *_no(case.told, *_NO_STORY), *_unpublished(case)]
    lack += _no(EN in case.book.catalogue.site.languages, "trang không có tiếng Anh", "the site has no English")
    beyond = both("tờ rơi, tài liệu in hai thứ tiếng: kèm bản in", "leaflet and printed material: add the prints")
    return [*case.pages, *abroad], lack, [beyond]


FOUND: Mapping[str, Callable[[_Case], Found]] = {
    "5.1": _story,
    "5.2": _structure,
    "5.3": _identity,
    "2.3": _label,
    "2.4": _bilingual,
    "4.1": _distribution,
    "4.3": _promotion,
    "10": _usage,
    "4.4, 4.5, 5.1": _tourism,
}
"""What tells the evidence of each criterion."""
