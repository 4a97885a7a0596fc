"""The revision: new entries say what the list says, and entries that are there lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import GAO, HEADINGS, LIST, Line, compared, whole
from sites import Files, page_of, producer, product, stars

from ocopgen.document import read_data
from ocopgen.model import Product
from ocopgen.revision import Edit, Revision, applied, flow, revise, yaml_lines

SOURCE = {"title": "Danh sách 2026"}
PAPERS = (*HEADINGS, "Số quyết định", "Ngày quyết định", "Năm", "Địa chỉ", "Bộ sản phẩm", "Giá bán", "Hết hiệu lực")


def revised(*lines: Line, headings: Line = PAPERS, files: Files = LIST, overwrite: bool = False) -> Revision:
    found = compared(*lines, headings=headings, files=files)
    assert found.problems == (), "\n".join(one.printed() for one in found.problems)
    return revise(found, whole(files), SOURCE, overwrite)


def changed(*lines: Line, headings: Line = PAPERS, text: str, overwrite: bool = False) -> str:
    """The text of the product `gao` after a list."""
    edits = revised(*lines, headings=headings, files={**LIST, GAO: text}, overwrite=overwrite).edits
    return applied(text, Product, edits.get("products/gao", ()))


# --- new entries ------------------------------------------------------------------------------------------


def test_a_new_product_and_its_producer_say_what_the_list_says() -> None:
    address = "Thôn 1, xã Thụy An, huyện Thái Thụy"
    cells = (1, "Tỏi đen", "HTX Bình", "4 sao", "86/QĐ-UBND", "26/04/2026", 2025, address, 10, "85.000 đ")
    assert revised(cells).new == {
        "producers/htx-binh": (
            "---\nname: HTX Bình\nkind: cooperative\nplace: {commune: thuy-an, district: thai-thuy}\n"
            'address: "Thôn 1, xã Thụy An, huyện Thái Thụy"\n'
            "sources:\n  - title: Danh sách 2026\nupdated: 2026-11-23\n---\n"
        ),
        "products/toi-den": (
            '---\nname: Tỏi đen\nsummary: "Sản phẩm của HTX Bình, xã Thụy An, huyện Thái Thụy."\nproducer: htx-binh\n'
            "set: 10\nrecognitions:\n  - stars: 4\n    year: 2025\n"
            "    decision: {number: 86/QĐ-UBND, date: 2026-04-26}\n"
            "place: {commune: thuy-an, district: thai-thuy}\npacks:\n  - price: 85000\n"
            "sources:\n  - title: Danh sách 2026\nupdated: 2026-11-23\n---\n"
        ),
    }


def test_what_the_list_does_not_say_is_marked_in_a_draft() -> None:
    new = revised((1, "Gạo tẻ", None, 3)).new
    text = new["products/gao-te"]
    assert "set: 3  # tạm: danh sách không ghi bộ sản phẩm" in text
    assert "draft: true  # bản nháp cho đến khi" in text
    assert "summary: Gạo tẻ\n" in text
    assert "kind: unknown  # danh sách không ghi loại hình" in new["producers/chu-the-gao-te"]
    assert "place: {}  # danh sách không ghi địa phương" in new["producers/chu-the-gao-te"]


def test_the_set_of_a_draft_is_that_of_products_named_alike_else_the_first() -> None:
    new = revised((1, "Mắm tép", "HTX An", 3), (2, "Chiếu cói", "HTX An", 3)).new
    assert "set: 10  # tạm" in new["products/mam-tep"]
    assert "set: 3  # tạm" in new["products/chieu-coi"]


def test_alcohol_is_said_to_be_unknown_where_the_list_is_silent() -> None:
    (text,) = revised((1, "Rượu", "HTX An", 3, None, None, None, None, 14)).new.values()
    assert "alcohol: unknown\n" in text


def test_two_rows_make_one_entry_with_the_newest_recognition_first() -> None:
    old, new = (1, "Tỏi", "HTX An", 3, "1/QĐ", date(2023, 1, 1)), (2, "Tỏi", "HTX An", 4, "2/QĐ", date(2025, 6, 1))
    for lines in ((old, new), (new, old)):
        (text,) = revised(*lines).new.values()
        assert text.index("2/QĐ") < text.index("1/QĐ")


def test_a_long_summary_gives_up_its_end() -> None:
    name = "Hợp tác xã " + "rất dài " * 20
    address = "xã Thụy An, huyện Thái Thụy"
    (text,) = (
        one for key, one in revised((1, "Tỏi", name, 3, None, None, None, address)).new.items() if "products" in key
    )
    assert f"summary: Sản phẩm của {name.strip()}.\n" in text or f'summary: "Sản phẩm của {name.strip()}."\n' in text


# --- entries that are there -------------------------------------------------------------------------------

TEXT = """\
---
name: 'Gạo nếp'   # tên trên bao
summary: Gạo nếp ngon.
producer: an
set: 3
recognitions:
  # mới nhất trước
  - {stars: 3, decision: {number: 1/QĐ-UBND, date: 2025-06-01}}   # quyết định đầu
packs:
- label: "Túi"
sources:
  - title: Báo
updated: 2025-06-02
---
Chuyện: *gạo*.
"""


def test_a_list_that_says_nothing_new_changes_nothing() -> None:
    cells = (1, "Gạo nếp", "HTX An", 3, "1/QĐ-UBND", date(2025, 6, 1))
    assert revised(cells, files={**LIST, GAO: TEXT}).edits == {}


def test_a_new_recognition_comes_first_and_all_else_stays() -> None:
    text = changed((1, "Gạo nếp", "HTX An", 4, "2/QĐ-UBND", date(2026, 6, 1), 2026), text=TEXT)
    assert text == TEXT.replace(
        "  # mới nhất trước\n  - {stars: 3",
        "  # mới nhất trước\n  - stars: 4\n    year: 2026\n    kind: upgrade\n    decision:\n      number: 2/QĐ-UBND\n"
        "      date: 2026-06-01\n  - {stars: 3",
    ).replace("  - title: Báo\nupdated: 2025-06-02", "  - title: Báo\n  - title: Danh sách 2026\nupdated: 2026-11-23")


def test_the_same_list_twice_adds_nothing_the_second_time() -> None:
    cells = (1, "Gạo nếp", "HTX An", 4, "2/QĐ-UBND", date(2026, 6, 1), 2026, None, None, "50.000 đ")
    once = changed(cells, text=TEXT)
    assert "price: 50000" in once
    assert changed(cells, text=once) == once


def test_recognitions_fall_into_their_order() -> None:
    several = [stars(4, date(2025, 6, 1), "3/QĐ"), stars(3, date(2022, 6, 1), "2/QĐ")]
    papers = (("1/QĐ", 2021), ("22/QĐ", 2023), ("23/QĐ", 2024), ("4/QĐ", 2026))
    lines = [(1, "Gạo nếp", "HTX An", 3, paper, date(year, 6, 1)) for paper, year in papers]
    text = changed(*lines, text=product("Gạo nếp", recognitions=several))
    found = [text.index(f"number: {one}") for one in ("4/QĐ", "3/QĐ", "23/QĐ", "22/QĐ", "2/QĐ", "1/QĐ")]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("before", "star", "kind"),
    [
        (stars(3, date(2025, 6, 1)), 4, "kind: upgrade"),
        (stars(4, date(2025, 6, 1)), 4, "kind: renewal"),
        (stars(4, date(2025, 6, 1)), 3, "kind: renewal"),
        (stars(4, date(2022, 6, 1)), 4, ""),
        ({"stars": 4, "year": 2022, "evidence": "press"}, 4, ""),
    ],
)
def test_a_recognition_given_while_another_holds_says_what_the_law_calls_it(
    before: dict[str, object], star: int, kind: str
) -> None:
    text = changed(
        (1, "Gạo nếp", "HTX An", star, "9/QĐ", date(2026, 6, 1)), text=product("Gạo nếp", recognitions=[before])
    )
    assert ("kind:" in text) is bool(kind)
    assert kind in text


def test_a_proposal_that_was_decided_is_decided() -> None:
    proposed = product("Gạo nếp", recognitions=[{"stars": 3, "year": 2025, "evidence": "proposed"}])
    text = changed((1, "Gạo nếp", "HTX An", 3, "9/QĐ-UBND", date(2026, 1, 5)), text=proposed)
    assert "evidence: decision" in text
    assert "number: 9/QĐ-UBND" in text
    assert text.count("stars:") == 1
    press = product("Gạo nếp", recognitions=[{"stars": 3, "year": 2025, "evidence": "press"}])
    assert "evidence: press" in changed((1, "Gạo nếp", "HTX An", 3, "9/QĐ", date(2026, 1, 5)), text=press)


def test_what_an_entry_says_otherwise_stays_unless_the_list_is_followed() -> None:
    text = TEXT.replace('- label: "Túi"', '- {label: "Túi", price: 50000}   # giá cũ')
    cells = (1, "Gạo nếp", "Hộ kinh doanh Hà", 4, "1/QĐ-UBND", date(2025, 6, 1), None, None, 10, 60000, "gao")
    headings = (*PAPERS[:-1], "Mã mục")
    assert changed(cells, text=text, headings=headings) == text
    followed = changed(cells, text=text, headings=headings, overwrite=True)
    assert followed == text.replace("price: 50000", "price: 60000").replace("set: 3", "set: 10").replace(
        "{stars: 3", "{stars: 4"
    ).replace("producer: an", "producer: ha").replace(
        "  - title: Báo\nupdated: 2025-06-02", "  - title: Báo\n  - title: Danh sách 2026\nupdated: 2026-11-23"
    )


def test_a_producer_that_no_product_gets_is_not_made() -> None:
    cells = (1, "Gạo nếp", "Xưởng Gạo", 4, "2/QĐ-UBND", date(2026, 6, 1), None, "Xã Thụy An, huyện Thái Thụy")
    assert revised(cells).new == {}
    assert "producer" not in changed(cells, text=TEXT).replace("producer: an", "")
    followed = revised(cells, overwrite=True)
    assert list(followed.new) == ["producers/xuong-gao"]
    assert Edit(("producer",), "xuong-gao") in followed.edits["products/gao"]


def test_a_place_is_one_value() -> None:
    headings = ("Tên sản phẩm", "Chủ thể", "Xã", "Huyện")
    cells = ("Gạo nếp", "HTX An", "Xã Đông La", "Huyện Đông Hưng")
    text = product("Gạo nếp", place={"commune": "thuy-an", "district": "thai-thuy"})
    assert changed(cells, headings=headings, text=text) == text
    followed = changed(cells, headings=headings, text=text, overwrite=True)
    assert "commune: dong-la" in followed
    assert "district: dong-hung" in followed
    assert "thai-thuy" not in followed


def test_a_producer_is_filled_in_once() -> None:
    headings = ("Tên sản phẩm", "Chủ thể", "Điện thoại")
    files = {**LIST, page_of("products", "nep"): product("Nếp")}
    edits = revised(
        ("Gạo nếp", "HTX An", 912345678), ("Nếp", "HTX An", 912345678), headings=headings, files=files
    ).edits
    assert list(edits) == ["producers/an"]
    text = applied(producer("HTX An"), Product, edits["producers/an"])
    assert text.count("0912345678") == 1


def test_an_end_is_written_only_where_it_does_not_follow() -> None:
    cells = (1, "Gạo nếp", "HTX An", 4, "2/QĐ-UBND", date(2026, 6, 1), None, None, None, None)
    assert "ends" not in changed((*cells, date(2029, 6, 1)), text=TEXT)
    text = changed((*cells, date(2028, 1, 1)), text=TEXT)
    assert "ends: 2028-01-01" in text
    assert "ends_reason: Theo Danh sách 2026" in text


def test_what_should_hold_a_value_is_made_around_it() -> None:
    bare = "---\nname: Gạo\nrecognitions:\n- stars: 3\n---\n"
    edits = (
        Edit(("packs", 0, "price"), 50000),
        Edit(("recognitions", 0, "decision", "number"), "1/QĐ"),
        Edit(("recognitions", 0, "decision", "date"), date(2026, 1, 1)),
        Edit(("sources", 0), {"title": "x"}, inserted=True),
    )
    text = applied(bare, Product, edits)
    document, _ = read_data("a.yml", text.split("---\n")[1].encode())
    assert document is not None
    assert document.data == {
        "name": "Gạo",
        "recognitions": ({"stars": 3, "decision": {"number": "1/QĐ", "date": date(2026, 1, 1)}},),
        "packs": ({"price": 50000},),
        "sources": ({"title": "x"},),
    }


# --- words of YAML ----------------------------------------------------------------------------------------

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12)
ODD = st.sampled_from(
    (
        *("no", "true", "null", "12", "1.5", "2022-04-26", "0912345678", "86/QĐ-UBND", "1/2", "50 %", '"', "'"),
        *("a: b", "a #b", "- a", "[a]", "x:", "a,b", "@a"),
    )
)
VALUES: st.SearchStrategy[object] = st.recursive(
    PLAIN | ODD | st.integers(0, 10**9) | st.dates(date(1900, 1, 1)) | st.booleans() | st.just(84.5),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(value=VALUES)
def test_a_value_that_is_written_is_read_again(value: object) -> None:
    for lines in (yaml_lines("key", value), [f"key: {flow(value)}"]):
        document, problems = read_data("a.yml", ("\n".join(lines) + "\n").encode())
        assert document is not None, problems
        assert _composed(document.data["key"]) == _composed(value)


def _composed(value: object) -> str:
    """A value as it can be compared: files are read in NFC, and separators of lines as spaces."""
    import unicodedata

    words = unicodedata.normalize("NFC", repr(value))
    return words.replace("\\u2028", " ").replace("\\u2029", " ").replace("\\x85", " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [("86/QĐ-UBND", "86/QĐ-UBND"), ("HTX An (Thái Thụy)", "HTX An (Thái Thụy)"), ("a, b", '"a, b"'), ("no", '"no"')],
)
def test_words_are_quoted_only_where_they_must_be(value: str, words: str) -> None:
    assert flow(value) == words
