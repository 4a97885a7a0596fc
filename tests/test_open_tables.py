"""Tables for everyone: a row for each entry in the words of one language, and nothing that pages withhold."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache

import pytest
from sites import EN, ONE, VI, Files, page_of, product, stars, with_policies
from test_open_data import SITE, WITHHELD, awkward, teller

from ocopgen.open_data import Teller
from ocopgen.open_tables import Tables
from ocopgen.text import Lang

Row = dict[str, str]


def read(raw: bytes) -> list[Row]:
    """The rows of a table by its headings."""
    return list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))


def tables(one: Teller, lang: Lang = VI) -> Tables:
    return Tables(next(desk for desk in one.desks if desk.lang == lang), one)


@cache
def raws() -> dict[str, bytes]:
    """Every table of the awkward site."""
    return {
        f"{lang} {name}": getattr(tables(awkward(), lang), name)()
        for lang in (VI, EN)
        for name in ("products", "producers")
    }


@pytest.mark.parametrize("name", ["vi products", "en products", "vi producers", "en producers"])
def test_a_table_opens_in_excel_and_has_a_heading_for_each_column_and_no_two_alike(name: str) -> None:
    raw = raws()[name]
    assert raw.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True))
    assert len(set(heading)) == len(heading)
    assert {len(row) for row in rows} == {len(heading)}
    kind = name.partition(" ")[2]
    assert len(rows) == len(getattr(awkward().catalogue, kind))


def test_a_product_is_told_with_its_producer_and_what_was_worked_out() -> None:
    row = next(one for one in read(raws()["vi products"]) if one["Mã mục"] == "gao-keo-dai")
    assert row["Tên sản phẩm"] == "Gạo được kéo dài"
    assert row["Loại hình"] == "Hợp tác xã"
    assert row["Xã, phường"] == "Xã Thụy An", "of its producer, as it names none"
    assert row["Hạng sao"] == "4"
    assert row["Tình trạng"] == "được kéo dài hiệu lực đến 01/03/2027"
    assert row["Hiệu lực đến hết ngày"] == "2027-03-01"
    assert row["Ngành"] == "Thực phẩm"
    assert row["Nay thuộc: Tỉnh"] == "Tỉnh Hưng Yên"
    assert row["Địa chỉ trang"] == f"{SITE}vi/san-pham/gao-keo-dai/"


def test_words_are_in_the_language_of_the_table_where_they_were_written_in_it() -> None:
    row = next(one for one in read(raws()["en products"]) if one["Entry"] == "ten-rat-dai")
    assert row["Product name"].startswith("Three-year crab paste")
    assert row["Storage"] == "Nơi thoáng mát"
    assert row["Awards"] == "First prize of the fair\nGiải nhì hội thi"
    assert row["Address of the page"] == f"{SITE}en/products/ten-rat-dai/"


def test_a_producer_is_told_with_its_products() -> None:
    row = next(one for one in read(raws()["en producers"]) if one["Producer's entry"] == "nha-bao-mat")
    assert row["Kind"] == "Household business"
    assert row["Products"].split("\n") == ["chieu-chua-co-gi", "nep-tiem-nang", "ruou-nep"]
    assert (row["Phones"], row["Address"], row["Zalo"], row["E-mail"]) == ("", "", "", "")


@pytest.mark.parametrize("secret", WITHHELD)
def test_what_pages_withhold_is_in_no_table(secret: str) -> None:
    assert {name for name, raw in raws().items() if re.search(secret, raw.decode())} == set()


def only(files: Files, **policies: bool) -> Row:
    """The row of the one product of some files."""
    (row,) = read(tables(teller({**ONE, **files}, data=with_policies(**policies))).products())
    return row


def test_the_star_of_a_row_is_the_one_that_counts_today() -> None:
    known = [{"stars": 5, "year": 2026, "evidence": "press"}, stars(4)]
    row = only({page_of("products", "gao"): product(recognitions=known)})
    assert (row["Hạng sao"], row["Hiệu lực đến hết ngày"]) == ("4", "2028-05-31")


@pytest.mark.parametrize(
    ("known", "strict"),
    [({"stars": 4, "year": 2026, "evidence": "proposed"}, False), (stars(4, date(2021, 1, 1)), True)],
)
def test_a_star_that_pages_do_not_show_is_in_no_row(known: dict[str, object], strict: bool) -> None:
    row = only({page_of("products", "gao"): product(recognitions=[known])}, current_only=strict)
    assert {row["Hạng sao"], row["Năm đánh giá"], row["Tình trạng"]} == {""}


@pytest.mark.parametrize("allowed", [False, True])
def test_nobody_is_reached_in_the_row_of_alcohol(allowed: bool) -> None:
    maker = page_of("producers", "an")
    files = {
        maker: ONE[maker].replace("kind:", "phones: ['0912345678']\nwebsite: https://an.example.org/\nkind:"),  # type: ignore[arg-type]
        page_of("products", "gao"): product(set=14, alcohol=29.5, packs=[{"price": 777000}]),
    }
    row = only(files, alcohol_prices=allowed)
    assert bool(row["Điện thoại"]) == bool(row["Trang web"]) == bool(row["Giá tham khảo (đồng)"]) == allowed


def test_no_cell_begins_like_a_formula() -> None:
    row = only({page_of("products", "gao"): product("=1+1")})
    assert row["Tên sản phẩm"] == "'=1+1"
