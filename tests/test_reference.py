"""What the office writes: palette, places, targets and words."""

from __future__ import annotations

import pytest
from making import EN, PLACES, PROGRAMME, a_catalogue, a_document

from ocopgen.decode import decode_data
from ocopgen.model import Place
from ocopgen.reference import Places, Target
from ocopgen.settings import DARK, LIGHT, Colours, Site
from ocopgen.text import Text


def the_places(text: str = PLACES) -> Places:
    places, _ = decode_data(a_document(text), Places)
    assert places is not None
    return places


def test_a_colour_that_is_not_given_is_the_shipped_one() -> None:
    own = Colours(rice="#123456")
    assert own.over(LIGHT) == LIGHT.model_copy(update={"rice": "#123456"})


def test_a_site_without_colours_has_the_shipped_palettes() -> None:
    colours = a_catalogue().site.colours
    assert (colours.by_light, colours.by_dark) == (LIGHT, DARK)


def test_the_first_language_is_the_one_entries_are_written_in() -> None:
    site: Site = a_catalogue().site
    assert site.languages == ("vi", "en")


def test_a_commune_is_found_by_its_district_of_then_or_its_province_of_today() -> None:
    places = the_places()
    then = places.commune(Place(commune="thuy-ninh", district="thai-thuy"))
    now = places.commune(Place(commune="tay-thuy-anh", province="hung-yen"))
    assert then is not None
    assert now is not None
    assert places.today(then) == now
    assert places.today(now) is None
    assert places.commune(Place(commune="thuy-ninh")) is None
    assert places.commune(Place(district="thai-thuy")) is None


def test_where_the_table_does_not_know_today_nothing_is_made_up() -> None:
    places = the_places(PLACES.replace("province: thai-binh", "province: thai-bin"))
    then = places.commune(Place(commune="thuy-ninh", district="thai-thuy"))
    assert then is not None
    assert places.today(then) is None


def test_names_of_communes_repeat_without_harm() -> None:
    twin = "  - {id: thuy-ninh, province: hung-yen, name: {vi: Xã Thụy Ninh, en: Thụy Ninh}, short: Thụy Ninh}\nchecked"
    places = the_places(PLACES.replace("checked", twin))
    then, now = (places.commune(Place(commune="thuy-ninh", **where)) for where in _BOTH)
    assert then != now


_BOTH: tuple[dict[str, str], ...] = ({"district": "thai-thuy"}, {"province": "hung-yen"})


@pytest.mark.parametrize(
    ("value", "reached", "met"),
    [("150", "150", True), ("150", "112", False), ("150", "null", None), ("[2, 3]", "2", None), ("30", "43.3", True)],
)
def test_a_target_is_met_where_a_source_tells(value: str, reached: str, met: bool | None) -> None:
    text = f"{{id: a, text: {{vi: A, en: B}}, op: '>=', value: {value}, unit: product, reached: {reached}}}"
    target, faults = decode_data(a_document(text), Target)
    assert target is not None, [one.printed() for one in faults]
    assert target.met is met


def test_figures_name_their_source() -> None:
    programme = a_catalogue(**{"programme.yml": PROGRAMME}).programme
    assert programme.sources[programme.results.source].title == "Bài báo"


def test_words_of_the_interface_are_found_by_their_key() -> None:
    strings = a_catalogue().strings
    assert strings["menu"].get(EN) == "Menu"
    assert isinstance(strings["menu"], Text)
    assert "menu" in strings
    assert "skip" not in strings
