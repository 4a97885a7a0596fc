"""Matching: one thing in two spellings is one, two things of one name are two, and near names are told."""

from __future__ import annotations

from datetime import date

import pytest
from lists import AN, LIST, the_row, whole
from making import a_recognition
from sites import Files, page_of, producer, product

from ocopgen.matching import Ambiguous, Finder, Named, Neighbours, core, is_same, newest, numbers_agree, spelling
from ocopgen.model import Decision

FILES: Files = {
    **LIST,
    AN: producer("HTX DVNN xã Thụy An", registered_name="Hợp tác xã Dịch vụ An"),
    page_of("products", "mam-hai"): product("Mắm cáy", producer="khong-ro", set=10),
    page_of("producers", "khong-ro"): producer("Chủ thể mắm cáy", kind="unknown"),
}


def met(
    name: str, maker: str | None = None, files: Files = FILES, key: str | None = None
) -> tuple[str | None, str | None]:
    """The ids of the product and the producer that a row with these names means."""
    finds = Finder(whole(files))
    row = the_row((1, name, maker, key), headings=("STT", "Tên sản phẩm", "Chủ thể", "Mã mục"), files=files)
    found = finds.producer(row)
    one = finds.product(row, found)
    return one.id if one else None, found.id if found else None


@pytest.mark.parametrize("name", ["Gạo nếp", "GẠO NẾP", "gạo  nếp", "Gao nep", "Gạo-nếp", "Gạo ne\u0302\u0301p"])
def test_a_product_is_found_in_every_spelling_of_its_makers(name: str) -> None:
    assert met(name, "HTX DVNN xã Thuỵ An") == ("gao", "an")


def test_an_entry_of_an_unknown_maker_is_found_only_by_its_very_name() -> None:
    assert met("MẮM CÁY", "Cơ sở Hải") == ("mam-hai", None)
    assert met("Mắm cay", "Cơ sở Hải") == (None, None)


@pytest.mark.parametrize(
    "maker", ["HTX DVNN xã Thụy An", "Hợp tác xã Thụy An", "HTX Nông nghiệp Thuỵ An", "Hợp tác xã dịch vụ An", "htx an"]
)
def test_a_producer_is_found_by_what_its_name_has_of_its_own(maker: str) -> None:
    assert met("Gạo nếp", maker) == ("gao", "an")


@pytest.mark.parametrize("maker", ["Công ty TNHH Thụy An", "HTX Thụy Ninh", "HTX Bình"])
def test_another_kind_or_name_is_another_producer_with_a_product_of_its_own(maker: str) -> None:
    assert met("Gạo nếp", maker) == (None, None)


def test_a_name_alone_is_enough_where_only_one_has_it() -> None:
    assert met("Gạo nếp") == ("gao", None)
    with pytest.raises(Ambiguous) as why:
        met("Mắm cáy")
    assert why.value.args == ("mam", "mam-hai")


def test_an_entry_whose_maker_nobody_knew_is_the_one_that_is_meant() -> None:
    assert met("Mắm cáy", "HTX Mới") == ("mam-hai", None)


def test_a_producer_is_found_by_the_name_in_brackets_or_without_it() -> None:
    assert met("Gạo nếp", "Xưởng gạo (Hợp tác xã Dịch vụ An)") == ("gao", "an")
    assert met("Gạo nếp", "HTX DVNN (đóng gói) xã Thụy An") == ("gao", "an")


def test_the_same_name_from_the_same_commune_is_the_same_product() -> None:
    finds = Finder(whole(FILES))
    headings = ("Tên sản phẩm", "Chủ thể", "Địa chỉ")
    for address, expected in (
        ("Xã Thụy An, huyện Thái Thụy", "gao"),
        ("Xã Đông La, huyện Đông Hưng", None),
        (None, None),
    ):
        row = the_row(("Gạo nếp", "Xưởng Gạo", address), headings=headings, files=FILES)
        found = finds.product(row, finds.producer(row))
        assert (found and found.id) == expected


def test_an_id_decides_also_a_former_one() -> None:
    files = {**FILES, page_of("products", "gao"): product("Gạo nếp", was=["gao-cu"])}
    assert met("Tên nào đó", "HTX Bình", key="mam") == ("mam", None)
    assert met("Tên nào đó", files=files, key="gao-cu") == ("gao", None)


def names(name: str, maker: str | None) -> tuple[Named | None, Named | None]:
    finds = Finder(whole(FILES))
    row = the_row((name, maker), headings=("Tên sản phẩm", "Chủ thể"), files=FILES)
    found = finds.producer(row)
    return finds.of_product(row, finds.product(row, found)), finds.of_producer(row, found)


def test_what_is_told_of_names() -> None:
    assert names("Gạo nếp", "Hợp tác xã Dịch vụ An") == (None, None)
    assert names("Gao nêp", "HTX Thuỵ An") == (
        Named("same", "gao", "Gạo nếp"),
        Named("same", "an", "HTX DVNN xã Thụy An"),
    )
    assert names("Gạo nếp", "HTX Lạ")[0] == Named("other", "gao", "Gạo nếp")
    assert names("Gạo nếpp", "HTX Lạ")[0] == Named("near", "gao", "Gạo nếp")
    assert names("Gạo nếp", "HTX Thụy Ann")[1] == Named("near", "an", "HTX DVNN xã Thụy An")
    assert names("Gạo nếp", "Công ty Thụy An")[1] == Named("near", "an", "HTX DVNN xã Thụy An")
    assert names("Chè", "Hoàn toàn khác") == (None, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Thụy Ninh", "Thuỵ Ninh"), ("hòa", "hoà"), ("mỹ", "mĩ"), ("Tỏi đen", "TỎI ĐEN"), ("a-b", "a  b")],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Công ty TNHH MTV Thương mại Hà", "ha"),
        ("HTX Đông Xá", "dong xa"),
        ("HTX dịch vụ nông nghiệp xã Chí Hòa", "chi hoa"),
        ("Hợp tác xã", "hop tac xa"),
    ],
)
def test_the_own_part_of_a_name(name: str, own: str) -> None:
    assert core(name) == own


def test_neighbours_are_found_by_their_rarest_syllables() -> None:
    finds = Neighbours({f"gao nep so {number}": str(number) for number in range(200)} | {"tinh bot nghe": "nghe"})
    assert finds.near("tinh bot nge") == "nghe"
    assert finds.near("hoan toan khac") is None
    assert Neighbours({}).near("a") is None


# --- recognitions -----------------------------------------------------------------------------------------


FIRST = "stars: {}, decision: {{number: 1/QĐ, date: 2022-04-26}}"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (FIRST.format(4), "stars: 4, decision: {number: 1/QD, date: 2022-04-26}", True),
        (FIRST.format(4), FIRST.format(3), True),
        (FIRST.format(4), "stars: 4, decision: {number: 1/QĐ, date: 2025-04-26}", False),
        (FIRST.format(4), "stars: 4, decision: {number: 2/QĐ, date: 2022-04-26}", False),
        ("stars: 4, decision: {number: 1/QĐ}", "stars: 4, decision: {number: Số 1/QĐ, date: 2022-04-26}", True),
        ("stars: 4, decision: {date: 2022-04-26}", FIRST.format(4), True),
        ("stars: 4, decision: {date: 2022-04-26}", FIRST.format(3), False),
        ("stars: 4, year: 2021", "stars: 4, year: 2021", True),
        ("stars: 4, year: 2021", "stars: 4, year: 2024", False),
        ("stars: 4, year: 2021", "stars: 3, year: 2021", False),
        ("stars: 4, year: 2021, evidence: press", FIRST.format(4), True),
        ("stars: 4, year: 2021, evidence: press", "stars: 4, decision: {number: 1/QĐ, date: 2025-04-26}", False),
        (FIRST.format(4), "stars: 4, year: 2021", True),
        (FIRST.format(4), "stars: 4", True),
        ("stars: 4, evidence: press", FIRST.format(4), False),
        ("stars: 4", "stars: 4", True),
    ],
)  # fmt: skip
def test_which_recognitions_are_one(old: str, new: str, same: bool) -> None:
    assert is_same(a_recognition(old), a_recognition(new)) is same


def test_numbers_of_decisions_agree_in_any_spelling() -> None:
    assert numbers_agree(Decision(number="86/QĐ-UBND"), Decision(number="Số 86/QD-UBND"))
    assert not numbers_agree(Decision(number="86/QĐ-UBND"), Decision(number="88/QĐ-UBND"))
    assert not numbers_agree(Decision(number="86/QĐ-UBND"), Decision(date=date(2022, 4, 26)))
    assert not numbers_agree(None, None)


def test_the_newest_is_by_day_and_the_first_where_none_is_known() -> None:
    one, two = a_recognition("stars: 3"), a_recognition("stars: 4, year: 2021")
    three = a_recognition("stars: 5, decision: {number: 1/QĐ, date: 2025-06-26}")
    assert newest((one, two, three)) is three
    assert newest((one,)) is one
    assert newest(()) is None
