"""Which entries belong together, and in what order."""

from __future__ import annotations

from datetime import date

from sites import DATA, EN, ONE, desk, entry, page_of, producer, product, stars, with_policies

from ocopgen.order import (
    by_name,
    by_standing,
    known_producers,
    newest_first,
    products_in,
    sets_in_use,
    sorted_pages,
    starred,
    years,
)

HELD, ENDED = stars(4, date(2025, 6, 1)), stars(4, date(2022, 6, 1))
PRESS = {"stars": 4, "evidence": "press", "year": 2021}


def products(**facts: dict[str, object]) -> dict[str, str]:
    """Products by id; a name is given in the facts or made from the id."""
    return {page_of("products", key): product(**{"name": key.title(), **value}) for key, value in facts.items()}


def ids(entries: object) -> list[str]:
    return [one.id for one in entries]  # type: ignore[attr-defined]


def test_names_stand_in_vietnamese_order() -> None:
    names = {"a": "Đường", "b": "Dừa", "c": "Ớt", "d": "Ổi", "e": "Đậu"}
    d = desk({**ONE, **products(**{key: {"name": name} for key, name in names.items()}, gao={"name": "Gạo"})})
    assert [one.name.source for one in by_name(d, d.catalogue.products)] == ["Dừa", "Đậu", "Đường", "Gạo", "Ổi", "Ớt"]


def test_each_edition_sorts_by_the_names_it_shows() -> None:
    files = {**ONE, **products(a={"name": "Gạo"}, b={"name": "Nếp"})}
    del files[page_of("products", "gao")]
    files["products/a/index.en.md"] = entry(name="Rice")
    files["products/b/index.en.md"] = entry(name="Glutinous rice")
    assert ids(by_name(desk(files), desk(files).catalogue.products)) == ["a", "b"]
    assert ids(by_name(desk(files, EN), desk(files).catalogue.products)) == ["b", "a"]


def test_equal_names_are_told_apart_by_id() -> None:
    d = desk({**ONE, **products(b={"name": "Gạo"}, a={"name": "Gạo"})})
    assert ids(by_name(d, d.catalogue.products)) == ["a", "b", "gao"]


def test_stars_in_effect_stand_before_those_on_record_and_both_before_none() -> None:
    files = products(
        none={},
        press={"recognitions": [PRESS]},
        ended={"recognitions": [stars(5, date(2022, 6, 1))]},
        three={"recognitions": [stars(3)]},
        four={"recognitions": [stars(4)]},
    )
    d = desk({page_of("producers", "an"): producer(), **files})
    assert ids(by_standing(d, d.catalogue.products)) == ["four", "three", "ended", "press", "none"]


def test_the_newest_recognition_stands_first_and_products_without_one_last() -> None:
    files = products(
        none={},
        year={"recognitions": [{"stars": 4, "year": 2024}]},
        day={"recognitions": [stars(4, date(2024, 6, 1))]},
        bare={"recognitions": [{"stars": 3}]},
    )
    d = desk({page_of("producers", "an"): producer(), **files})
    assert ids(newest_first(d.catalogue.products)) == ["day", "year", "none", "bare"]


def test_a_star_page_has_what_is_held_and_what_is_only_recorded() -> None:
    files = products(held={"recognitions": [HELD]}, ended={"recognitions": [ENDED]}, press={"recognitions": [PRESS]})
    held, other = starred(desk({**ONE, **files}), 4)
    assert (ids(held), ids(other)) == (["held"], ["ended", "press"])


def test_a_product_counts_at_the_level_it_holds_today_and_nowhere_else() -> None:
    files = products(x={"recognitions": [stars(4), stars(3, date(2022, 6, 1))]})
    d = desk({**ONE, **files})
    assert [list(map(ids, starred(d, level))) for level in (5, 4, 3)] == [[[], []], [["x"], []], [[], []]]


def test_a_strict_office_shows_only_what_is_held() -> None:
    d = desk({**ONE, **products(ended={"recognitions": [ENDED]})}, data=with_policies(DATA, current_only=True))
    assert starred(d, 4) == ([], [])


def test_unknown_makers_are_known_only_when_they_stand_behind_several_products() -> None:
    files = {page_of("producers", name): producer(kind="unknown") for name in ("one", "two")}
    files |= products(a={"producer": "one"}, b={"producer": "two"}, c={"producer": "two"})
    assert ids(known_producers(desk({**ONE, **files}))) == ["an", "two"]


def test_a_product_is_from_where_its_papers_say_else_from_its_producer() -> None:
    d = desk({**ONE, **products(moved={"place": {"district": "dong-hung"}})})
    assert ids(products_in(d, d.catalogue.places.district_by_id["dong-hung"])) == ["moved"]


def test_years_are_those_of_the_rounds_newest_first() -> None:
    d = desk({**ONE, **products(a={"recognitions": [stars(4, year=2025), PRESS]}, b={"recognitions": [HELD]})})
    assert years(d) == [2025, 2021]


def test_only_sets_with_products_are_in_use() -> None:
    d = desk({**ONE, **products(a={"set": 10})})
    assert [one.n for one in sets_in_use(d)] == [3, 10]


def test_pages_stand_in_the_order_they_ask_for() -> None:
    pages = {"b": 1, "a": 2, "c": 1}
    files = {page_of("pages", key): entry(name=key, summary="…", order=order) for key, order in pages.items()}
    assert ids(sorted_pages(desk({**ONE, **files}))) == ["b", "c", "a"]
