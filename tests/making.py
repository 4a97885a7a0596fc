"""Small makers for tests: a tiny but whole site as bytes, the words of its files, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ocopgen.book import Book
from ocopgen.catalogue import Catalogue, Content, Shelf, shelve
from ocopgen.decode import decode_entry
from ocopgen.document import Document, read_data, read_entry
from ocopgen.model import Product, Recognition
from ocopgen.photo import PhotoFile, PictureKind, Sight
from ocopgen.problems import Problem, in_order
from ocopgen.rules import problems
from ocopgen.text import Lang

CONTENT = Path(__file__).resolve().parent.parent / "content"
"""The shipped content."""

TODAY = date(2026, 11, 23)
VI, EN = Lang("vi"), Lang("en")

PRODUCT = "products/toi-den/index.vi.md"
IN_ENGLISH = "products/toi-den/index.en.md"
PRODUCER = "producers/truong-an/index.vi.md"

SITE = """\
title: {vi: Sản vật, en: Products}
tagline: {vi: Một câu., en: One sentence.}
languages: [vi, en]
contact:
  name: {vi: Ban biên tập, en: The editors}
"""

STRINGS = "menu: {vi: Mục lục, en: Menu}\n"
"""Neither the catalogue nor the rules look into the words of the interface, and the shipped ones take their time."""

PLACES = """\
provinces:
  - {id: thai-binh, name: {vi: Tỉnh Thái Bình, en: Thái Bình Province},
     short: Thái Bình, until: 2025-07-01, into: hung-yen}
  - {id: hung-yen, name: {vi: Tỉnh Hưng Yên, en: Hưng Yên Province}, short: Hưng Yên}
districts:
  - {id: thai-thuy, kind: district, province: thai-binh, name: {vi: Huyện Thái Thụy, en: Thái Thụy District},
     short: Thái Thụy}
communes:
  - {id: thuy-ninh, district: thai-thuy, name: {vi: Xã Thụy Ninh, en: Thụy Ninh Commune},
     short: Thụy Ninh, into: tay-thuy-anh}
  - {id: tay-thuy-anh, province: hung-yen, name: {vi: Xã Tây Thụy Anh, en: Tây Thụy Anh Commune}, short: Tây Thụy Anh}
checked: 2026-11-01
"""

CLASSIFICATION = """\
version: QD26-2026
in_force_from: 2026-05-22
sectors:
  - {id: food, roman: I, name: {vi: Thực phẩm, en: Food}, short: {vi: Thực phẩm, en: Food}}
groups:
  - {id: condiments, sector: food, name: {vi: Gia vị, en: Condiments}}
sets:
  - {n: 10, id: other-condiments, group: condiments, name: {vi: Gia vị khác, en: Other condiments},
     short: {vi: Gia vị, en: Condiments}}
  - {n: 14, id: white-spirits, group: condiments, name: {vi: Rượu trắng, en: White spirits},
     short: {vi: Rượu, en: Spirits},
     alcohol: true, notice: {vi: Không bán cho người dưới 18 tuổi., en: Not for sale to persons under 18.}}
  - {n: 18, id: health, group: condiments, name: {vi: Thực phẩm chức năng, en: Functional foods},
     short: {vi: Sức khỏe, en: Health},
     health: true, notice: {vi: Đây không phải là thuốc., en: This is not a medicine.}}
  - {n: 26, id: tourism, group: condiments, name: {vi: Du lịch, en: Tourism},
     short: {vi: Du lịch, en: Tourism}, service: true}
"""

PROGRAMME = """\
name: {vi: Chương trình mỗi xã một sản phẩm, en: One Commune One Product Programme}
abbreviation: OCOP
plan: {vi: Đề án, en: Scheme}
issued_by: {vi: UBND tỉnh, en: Provincial People's Committee}
lead_agency: {vi: Sở, en: Department}
sources:
  seed: {title: Bài báo}
results:
  from: 2020
  to: 2022
  total: 112
  source: seed
  by_star: [{stars: 4, count: 48}, {stars: 3, count: 64}]
  by_year: [{year: 2020, stars_4: 17, stars_3: 0, total: 17}]
  producers: {total: 67, by_kind: [{kind: cooperative, count: 29}]}
  districts: 8
targets:
  year: 2025
  source: seed
  items:
    - {id: products, text: {vi: Sản phẩm, en: Products}, op: ">=", value: 150, unit: product, reached: 112}
"""

STORY = """\
Tỏi được ủ trong hơi ấm và độ ẩm vừa phải suốt nhiều tuần, tép trắng sẫm dần rồi đen hẳn, mềm và dẻo.
Vị hăng lùi đi, nhường chỗ cho vị ngọt dịu; người làng bóc ăn ngay hoặc đem làm gia vị trong bếp mỗi ngày.
"""


def a_product(*lines: str, body: str = "Chuyện của một tép tỏi.\n", **facts: object) -> str:
    """The Vietnamese file of a sound product; `facts` replace its lines (`None` drops one), `lines` are added."""
    needed = {"name": "Tỏi đen", "summary": "Tỏi đen ủ chậm.", "producer": "truong-an", "set": 10}
    return an_entry(*lines, body=body, **(needed | facts))


def a_producer(*lines: str, body: str = "", **facts: object) -> str:
    """The Vietnamese file of a sound producer."""
    needed = {"name": "HTX Trường An", "kind": "cooperative", "place": "{district: thai-thuy}"}
    return an_entry(*lines, body=body, **(needed | facts))


def an_entry(*lines: str, body: str = "", **facts: object) -> str:
    """An entry's file: a line for each fact, then the lines as they are, then the body."""
    stated = (f"{key}: {value}" for key, value in facts.items() if value is not None)
    return "\n".join(("---", *stated, *lines, "---", body))


def a_photo(
    path: str, kind: PictureKind = "jpeg", width: int = 1600, height: int = 1200, size: int = 1, **seen: Any
) -> PhotoFile:
    """A picture as the disk would have told of it; `seen` are further facts of its `Sight`."""
    return PhotoFile(path, "digest", size, Sight(kind, width, height, **seen))


def a_content(*photos: PhotoFile, **files: str | bytes | None) -> Content:
    """The files of a tiny whole site; a path given by name is put in, or taken out by `None`."""
    whole: dict[str, str | bytes | None] = {
        "site.yml": SITE,
        "strings.yml": STRINGS,
        "places.yml": PLACES,
        "classification.yml": CLASSIFICATION,
        "programme.yml": PROGRAMME,
        PRODUCER: a_producer(),
        PRODUCT: a_product(body=STORY),
        IN_ENGLISH: an_entry(name="Black garlic", summary="Slowly aged garlic.", body="The story of a clove.\n"),
    }
    texts = {path: text.encode() if isinstance(text, str) else text for path, text in (whole | files).items()}
    return Content({path: raw for path, raw in texts.items() if raw is not None}, {one.path: one for one in photos})


def shelved(*photos: PhotoFile, **files: str | bytes | None) -> Shelf:
    """What is read from `a_content` of the same arguments."""
    return shelve(a_content(*photos, **files))


def a_catalogue(*photos: PhotoFile, **files: str | bytes | None) -> Catalogue:
    """The catalogue of `a_content` of the same arguments."""
    catalogue = shelved(*photos, **files).catalogue
    assert catalogue is not None
    return catalogue


def a_book(*photos: PhotoFile, today: date = TODAY, **files: str | bytes | None) -> Book:
    """What rules read of `a_content` of the same arguments."""
    shelf = shelved(*photos, **files)
    assert shelf.catalogue is not None
    return Book(shelf.catalogue, shelf, today)


def found(content: Content, today: date = TODAY) -> tuple[Problem, ...]:
    """Everything that shelving and the rules find, in order."""
    shelf = shelve(content)
    ruled = problems(Book(shelf.catalogue, shelf, today)) if shelf.catalogue else ()
    return in_order((*shelf.problems, *ruled))


def spots(content: Content, today: date = TODAY) -> list[str]:
    """The problems as `code line:column`, with the path where it is not the product's Vietnamese file."""
    return [_spot(one, content.shown(PRODUCT)) for one in found(content, today)]


def _spot(one: Problem, home: str) -> str:
    spot = f" {one.place.line}:{one.place.column}" if one.place.line else ""
    file = "" if one.place.file == home else " " + one.place.file.removeprefix("content/")
    return one.code + spot + file


def spots_in(text: str | bytes, *photos: PhotoFile, today: date = TODAY) -> list[str]:
    """The problems of the tiny site whose product has this Vietnamese file."""
    return spots(a_content(*photos, **{PRODUCT: text}), today)


def the_product(text: str) -> Product:
    """The product of a Vietnamese file that decodes."""
    document, _ = read_entry("index.vi.md", text.encode())
    assert document is not None
    product, faults = decode_entry(Product, "toi-den", {VI: document})
    assert product is not None, [one.printed() for one in faults]
    return product


def a_recognition(facts: str) -> Recognition:
    """A recognition written in flow style: `stars: 4, year: 2021`."""
    return the_product(a_product(f"recognitions: [{{{facts}}}]")).recognitions[0]


def a_document(text: str | bytes) -> Document:
    """A YAML document that can be read."""
    document, faults = read_data("data.yml", text.encode() if isinstance(text, str) else text)
    assert document is not None, [one.printed() for one in faults]
    return document
