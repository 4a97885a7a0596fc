"""The pages that show the whole: home and the programme."""

from __future__ import annotations

from datetime import date

from sites import DATA, EN, ONE, TODAY, VI, Files, a_head, desk, entry, page_of, producer, product, read_yaml, stars
from sites import write_yaml as written

from ocopgen.overview_pages import home_page, programme_page
from ocopgen.text import Lang, Phrase
from ocopgen.views import HomePage, ProgrammePage


def home(files: Files = ONE, lang: Lang = EN) -> HomePage:
    return home_page(desk(files, lang), None, a_head())


def programme(lang: Lang = EN, **changes: object) -> ProgrammePage:
    data = {**DATA, "programme.yml": written({**read_yaml(DATA["programme.yml"]), **changes})}
    return programme_page(desk(lang=lang, data=data), None, a_head())


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


# --- home -------------------------------------------------------------------------------------------------


def test_star_levels_say_what_is_held_and_what_is_recorded() -> None:
    files = {
        **ONE,
        page_of("products", "a"): product(recognitions=[stars(4)]),
        page_of("products", "b"): product(recognitions=[{"stars": 4}]),
    }
    tiles = home(files).stars
    assert [(tile.seal.stars, tile.href) for tile in tiles] == [(n, f"en/stars/{n}/") for n in (5, 4, 3)]
    assert [plain(tile.held) for tile in tiles] == ["0 in effect", "1 in effect", "0 in effect"]
    assert [bool(tile.recorded) for tile in tiles] == [False, True, False]


def test_every_sector_has_a_tile_and_an_empty_one_says_so() -> None:
    tiles = home().sectors
    assert [plain(tile.count) for tile in tiles] == ["1 product"] + ["No products yet"] * 4
    assert all(tile.picture.illustration and tile.picture.alt.words == "" for tile in tiles)


def test_the_newest_recognised_products_stand_on_the_home_page() -> None:
    files = {page_of("products", f"p{n}"): product(recognitions=[stars(4, date(2025, 1, 1 + n))]) for n in range(9)}
    assert [card.href for card in home({**ONE, **files}).newest] == [f"en/products/p{n}/" for n in range(8, 0, -1)]


def test_the_home_page_names_twelve_producers_and_three_news_at_most() -> None:
    files = {page_of("producers", f"p{n}"): producer(f"P{n}") for n in range(14)}
    files |= {page_of("news", f"n{n}"): entry(name="N", summary="…", date=TODAY) for n in range(5)}
    page = home({**ONE, **files})
    assert (len(page.producers), len(page.news)) == (12, 3)
    assert (page.producers[0].words.words, page.producers[0].count) == ("Hợp tác xã An", 1)


def test_a_catalogue_without_products_has_a_home_page() -> None:
    page = home({page_of("producers", "an"): producer()})
    assert (page.newest, plain(page.products_count)) == ((), "0 products")


# --- the programme ----------------------------------------------------------------------------------------


def test_figures_name_their_source_in_the_language_it_was_published_in() -> None:
    source = programme().targets_source
    assert (source.words, source.href, source.note) == (
        Phrase("Một văn bản", VI),
        "https://example.org/van-ban",
        "October 2022",
    )
    assert programme(VI).targets_source.words == Phrase("Một văn bản")


def test_bars_are_as_long_as_their_numbers() -> None:
    years, levels, kinds, here = programme().charts
    assert [bar.per_mille for bar in years.bars] == [265, 0, 484, 1000]
    assert [bar.per_mille for bar in levels.bars][-1] == 1000
    assert [plain(bar.number) for bar in kinds.bars] == ["29 · 43.3%", "25 · 37.3%", "13 · 19.4%"]
    assert [bar.number for bar in here.bars] == ["0", "1"]
    assert "Four stars only." in years.note


def test_a_chart_of_nothing_is_no_fault() -> None:
    results = {**read_yaml(DATA["programme.yml"])["results"], "by_year": []}
    assert programme(results=results).charts[0].bars == ()


def test_targets_say_what_was_asked_reached_and_met() -> None:
    rows = [(plain(row.goal), plain(row.reached), row.met) for row in programme().targets]
    assert [met for _, _, met in rows] == ["no", "yes", "", ""]
    assert rows[0][0].startswith("≥ 150")
    assert rows[0][1].startswith("112")
    assert rows[2][0].startswith("2–3")
    assert rows[3][1] == ""


def test_support_shows_amounts_where_they_are_known() -> None:
    page = programme()
    assert [row.years for row in page.support] == ["2018–2020", "2021–2022"]
    assert "1,000,000,000" in page.support[0].amount
    assert page.support[1].amount == ""
    assert [phrase.words for phrase in page.support[1].words] == ["direct support", "provincial budget"]
    assert page.support_source is not None
    assert programme(support=[]).support_source is None


def test_later_figures_are_empty_where_a_source_gives_none() -> None:
    first, second = programme().later
    assert (first.on.words, second.on.words) == ("in 2024", "6 March 2025")
    assert first.cells[:2] == ("194", "48")
    assert set(second.cells[1:]) == {""}


def test_the_programme_never_takes_the_catalogue_for_its_result() -> None:
    assert "1 product " in plain(programme().here)
    assert programme().figures[0].number == "112"
