"""The products of an edition in groups and orders, each worked out once."""

from __future__ import annotations

from sites import ONE, desk, page_of, product, stars, the

from ocopgen.index import newest

FILES = {
    **ONE,
    page_of("products", "toi"): product(
        "Tỏi",
        set=10,
        place={"district": "dong-hung"},
        recognitions=[stars(4, year=2025), {"stars": 3, "year": 2021}, {"stars": 3, "year": 2021}],
    ),
    page_of("products", "hanh"): product("Hành", set=10, place={"province": "hung-yen"}, recognitions=[{"stars": 3}]),
}


def ids(groups: dict[object, list[object]]) -> dict[object, list[str]]:
    return {key: [one.id for one in group] for key, group in groups.items()}  # type: ignore[attr-defined]


def test_products_are_grouped_by_all_that_pages_ask_for() -> None:
    index = desk(FILES).index
    for groups, wanted in (
        (index.by_sector, {"food": ["gao", "hanh", "toi"]}),
        (index.by_group, {"raw-food": ["gao"], "condiments": ["hanh", "toi"]}),
        (index.by_set, {3: ["gao"], 10: ["hanh", "toi"]}),
        (index.by_district, {"thai-thuy": ["gao"], "dong-hung": ["toi"]}),
        (index.by_set_and_district, {(3, "thai-thuy"): ["gao"], (10, "dong-hung"): ["toi"]}),
        (index.by_year, {2021: ["toi"], 2025: ["toi"]}),
        (index.by_stars, {(4, True): ["toi"], (3, False): ["hanh"]}),
    ):
        assert ids(groups) == wanted  # type: ignore[arg-type]


def test_a_product_is_from_where_its_papers_say_else_from_its_producer() -> None:
    d = desk(FILES)
    assert [d.index.district_of(the(d, one)) for one in ("gao", "toi", "hanh")] == ["thai-thuy", "dong-hung", None]


def test_a_group_is_worked_out_once() -> None:
    index = desk(FILES).index
    assert index.by_set is index.by_set
    assert index.name_key(index.products[0])[0] is index.name_key(index.products[0])[0]


def test_a_product_counts_by_the_recognition_of_today() -> None:
    d = desk(FILES)
    one, held = d.index.recognition(the(d, "toi"))
    assert one is not None
    assert (one.stars, held) == (4, True)
    assert d.index.recognition(the(d, "gao")) == (None, False)


def test_the_newest_recognition_is_a_day_else_a_year_else_long_ago() -> None:
    d = desk(FILES)
    assert [newest(the(d, one)).year for one in ("toi", "hanh", "gao")] == [2025, 1, 1]


PROPOSED = {"stars": 5, "year": 2026, "evidence": "proposed"}


def test_what_was_only_proposed_is_in_no_group_and_in_no_order() -> None:
    hoped = product("Tỏi", set=10, recognitions=[PROPOSED, {"stars": 3, "year": 2021}])
    d = desk({**ONE, page_of("products", "toi"): hoped, page_of("products", "hanh"): product(recognitions=[PROPOSED])})
    assert ids(d.index.by_year) == {2021: ["toi"]}  # type: ignore[arg-type]
    assert ids(d.index.by_stars) == {(3, False): ["toi"]}  # type: ignore[arg-type]
    assert [newest(the(d, one)).year for one in ("toi", "hanh")] == [2021, 1]
