"""The words of a comparison: whole in both languages, and the same for machines."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lists import GAO, HEADINGS, LIST, compared, listed, sheet, whole
from sites import TODAY, page_of, product, stars

from ocopgen.comparison import Comparison, Standing, compare
from ocopgen.comparison_words import _MISSING, _NAMED, _STANDINGS, as_json, told
from ocopgen.roll import read_roll

PAPERS = (*HEADINGS, "Số quyết định", "Ngày quyết định", "Điện thoại", "Giá bán")
FILES = {
    **LIST,
    GAO: product("Gạo nếp", recognitions=[stars(3)], packs=[{"price": 50000}]),
    page_of("products", "che"): product("Chè"),
}


@pytest.fixture
def found() -> Comparison:
    return compared(
        (None, "HUYỆN THÁI THỤY"),
        (1, "Gạo nêp", "HTX An", 4, "2/QĐ-UBND", date(2026, 6, 1), 912345678, 60000),
        (2, "Tỏi", "HTX Bình", 3, "1/QĐ-UBND", date(2023, 1, 5)),
        (3, "Mắm cáy", "Hộ kinh doanh Hà"),
        headings=PAPERS,
        files=FILES,
    )


def test_the_report_in_vietnamese(found: Comparison) -> None:
    assert told(found, "vi") == (
        "ds.xlsx, trang tính 'Sheet1': 3 dòng\n"
        "\nSản phẩm mới (1)\n  Tỏi → toi: 3 sao, 1/QĐ-UBND, 05/01/2023\n"
        "\nNâng hạng (1)\n  Gạo nêp → gao: 3 → 4 sao, 2/QĐ-UBND, 01/06/2026\n"
        "\nHết hiệu lực (1)\n  Tỏi → toi: 05/01/2026\n"
        "\nDanh mục có, danh sách không có (1)\n  Chè (che)\n"
        "\nChủ thể mới (1)\n  HTX Bình → htx-binh\n"
        "\nTên viết khác hoặc gần giống; xem có phải một (1)\n  'Gạo nêp' là mục gao viết khác: 'Gạo nếp'\n"
        "\nMục chưa ghi, danh sách có (1)\n  Sheet1!G3 an, Điện thoại: 0912345678\n"
        "\nKhác nhau; mục được giữ nguyên (1)\n  Sheet1!H3 gao, Giá tham khảo (đồng): 50000 ≠ 60000\n"
        "\nCòn thiếu (5)\n  htx-binh: điện thoại\n  ha: điện thoại, đồng ý công bố\n"
        "  gao: ảnh, tiếng Anh\n  toi: bộ sản phẩm, ảnh, tiếng Anh\n  mam: hạng sao, ảnh, tiếng Anh\n"
        "\nDòng không phải sản phẩm (1)\n  dòng 2: HUYỆN THÁI THỤY\n"
        "\n1 dòng không đổi hạng"
    )


def test_the_report_in_english_says_as_much(found: Comparison) -> None:
    vi, en = (told(found, lang).split("\n") for lang in ("vi", "en"))
    assert len(vi) == len(en)
    assert en[0] == "ds.xlsx, sheet 'Sheet1': 3 rows"
    assert "  Gạo nêp → gao: 3 → 4 stars, 2/QĐ-UBND, 2026-06-01" in en
    assert "  'Gạo nêp' is gao, spelt otherwise: 'Gạo nếp'" in en


def test_who_follows_the_list_is_told_so(found: Comparison) -> None:
    assert "lấy theo danh sách" in told(found, "vi", overwrite=True)
    assert "the list is followed" in told(found, "en", overwrite=True)


def test_a_list_that_agrees_says_so() -> None:
    whole_list = compared((1, "Gạo nếp", "HTX An", 3), (2, "Mắm cáy", "Hộ kinh doanh Hà", None))
    assert told(whole_list, "vi").endswith("Danh sách và danh mục khớp nhau")
    assert told(whole_list, "en").endswith("The list and the catalogue agree")


def test_the_title_and_other_sheets_are_told() -> None:
    title = ("(Kèm theo Quyết định số 9/QĐ-UBND ngày 30/01/2026 của UBND tỉnh)",)
    sheets = [sheet(title, HEADINGS, (1, "Tỏi", "A", 3)), sheet(HEADINGS[1:], ("Hành", "A", 3), name="Khác")]
    said = told(compare(read_roll("ds.xlsx", sheets, whole(LIST)), whole(LIST), TODAY), "vi")
    assert "quyết định ghi ở đầu danh sách: 9/QĐ-UBND 30/01/2026 UBND tỉnh" in said
    assert "trang tính khác cũng có danh sách: 'Khác' (--sheet)" in said


def test_every_code_has_its_words() -> None:
    assert set(_STANDINGS) == set(Standing) - {Standing.SAME}
    for words in (*_STANDINGS.values(), *_MISSING.values(), *_NAMED.values()):
        assert all(words)


def test_machines_read_the_same(found: Comparison) -> None:
    said = json.loads(as_json(found, found.problems, ["products/toi/index.vi.md"]))
    assert said["rows"] == 3
    assert said["date"] == "2026-11-23"
    assert [(one["id"], one["standing"], one["stars"], one["stars_before"]) for one in said["products"]] == [
        ("gao", "upgraded", 4, 3),
        ("toi", "new", 3, None),
        ("mam", "same", None, None),
    ]
    assert said["products"][0]["named"] == {"how": "same", "id": "gao", "name": "Gạo nếp"}
    assert said["products"][0]["differences"] == [{"fact": "pack.price", "entry": 50000, "list": 60000}]
    assert said["products"][1]["status"] == "ended"
    assert said["absent"] == ["che"]
    assert said["passed"] == [{"row": 2, "words": "HUYỆN THÁI THỤY"}]
    assert said["written"] == ["products/toi/index.vi.md"]


def test_machines_read_problems_in_both_languages() -> None:
    roll = listed((1, "Tỏi", "A", 9))
    (one,) = json.loads(as_json(None, roll.problems))["problems"]
    assert (one["place"], one["severity"], one["code"]) == ("ds.xlsx:Sheet1!D2", "error", "list-stars")
    assert one["said_vi"] != one["said_en"]
