"""Places by the names that people write."""

from __future__ import annotations

import pytest
from lists import whole

from ocopgen.gazetteer import Gazetteer, core
from ocopgen.model import Place

FINDS = Gazetteer(whole().places)
THUY_AN = Place(commune="thuy-an", district="thai-thuy")
TODAY_S = Place(commune="tay-thuy-anh", province="hung-yen")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(
            (one, "thuy-ninh")
            for one in ("Xã Thụy Ninh", "Thuỵ Ninh", "X. Thụy Ninh", "thuy-ninh", "Thụy Ninh Commune")
        ),
        *((one, "thai-binh") for one in ("TP Thái Bình", "TP. Thái Bình", "Thành phố Thái Bình", "Tỉnh Thái Bình")),
        *((("Xã", "xa"), ("Phường", "phuong"), ("TT Diêm Điền", "diem-dien"), ("Thái Thụy District", "thai-thuy"))),
    ],
)
def test_the_name_of_a_place_without_its_kind(words: str, name: str) -> None:
    assert core(words) == name


def test_districts_and_provinces_are_found_by_any_of_their_names() -> None:
    assert {FINDS.district(one) for one in ("Huyện Thái Thụy", "Thái Thuỵ", "H. Thái Thụy", "thai-thuy")} == {
        "thai-thuy"
    }
    assert FINDS.province("Hưng Yên") == "hung-yen"
    assert FINDS.district("Hưng Yên") is None


def test_a_commune_is_that_of_its_district_or_the_only_one_of_its_name() -> None:
    assert FINDS.commune("Xã Thụy An", "thai-thuy", None) == THUY_AN
    assert FINDS.commune("Thụy An", None, None) == THUY_AN
    assert FINDS.commune("Thụy An", "dong-hung", None) is None
    assert FINDS.commune("Tây Thuỵ Anh", None, None) == TODAY_S
    assert FINDS.commune("Tây Thụy Anh", None, "hung-yen") == TODAY_S
    assert FINDS.commune("Thụy An", None, "hung-yen") is None
    assert FINDS.commune("Không Có", None, None) is None


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Thôn 1, xã Thụy An, huyện Thái Thụy, tỉnh Thái Bình", THUY_AN),
        ("Thôn Đông Hưng, xã Thụy An, huyện Thái Thụy", THUY_AN),
        ("Xã Thụy An - Huyện Thái Thụy", THUY_AN),
        ("Xã Tây Thụy Anh, tỉnh Hưng Yên", TODAY_S),
        ("Thôn 1, huyện Đông Hưng", Place(district="dong-hung")),
        ("Thôn Thụy An, tỉnh Thái Bình", Place(province="thai-binh")),
        ("Thôn 1", None),
        ("", None),
    ],
)
def test_an_address_tells_its_place_where_it_says_what_is_what(address: str, place: Place | None) -> None:
    assert FINDS.in_address(address) == place
