"""The small pieces: pictures, seals, cards, facts, places, contacts, stories."""

from __future__ import annotations

from datetime import date

import pytest
from sites import (
    DATA,
    DRAWINGS,
    EN,
    ONE,
    VI,
    desk,
    entry,
    page_of,
    photo,
    producer,
    product,
    read_yaml,
    stars,
    the,
    with_policies,
    write_yaml,
)

from ocopgen.cards import Desk, host, map_href
from ocopgen.gallery import Gallery, drawing_path, picture, stem
from ocopgen.image import ladder
from ocopgen.model import Location, Place
from ocopgen.photo import PhotoFile, Sight
from ocopgen.text import Lang, Phrase
from ocopgen.views import Away

GAO = page_of("products", "gao")
HOUSEHOLD = {"address": "Ngõ 7", "phones": ["0912345678"], "zalo": "0987654321", "email": "a@example.org"}


def of_product(lang: Lang = VI, **facts: object) -> Desk:
    return desk({**ONE, GAO: product(**facts)}, lang)


def of_producer(lang: Lang = VI, **facts: object) -> Desk:
    return desk({**ONE, page_of("producers", "an"): producer(**facts)}, lang)


# --- pictures ---------------------------------------------------------------------------------------------


def test_every_picture_of_the_folder_is_shown_when_none_is_listed() -> None:
    d = desk(photos=[photo("products/gao/b.jpg"), photo("products/gao/a.jpg"), photo("producers/an/c.jpg")])
    shown = d.product_pictures(the(d, "gao"))
    assert [one.src.rsplit("-", 2)[0] for one in shown] == ["pictures/gao-a", "pictures/gao-b"]
    assert {one.alt for one in shown} == {Phrase("Gạo")}


def test_listed_photos_stand_in_their_order_with_their_words_and_credits() -> None:
    listed = [{"file": "b.jpg", "alt": "Một hộp", "credit": "Lan"}, {"file": "a.jpg"}]
    files = {**ONE, GAO: product(photos=listed)}
    d = desk(files, EN, [photo("products/gao/a.jpg"), photo("products/gao/b.jpg")])
    first, second = d.product_pictures(the(d, "gao"))
    assert (first.alt, first.credit) == (Phrase("Một hộp", VI), "Lan")
    assert (second.alt, second.credit) == (Phrase("Gạo", VI), None)


def test_without_a_photo_the_drawing_of_the_set_is_shown_and_said_to_be_one() -> None:
    (shown,) = (d := desk(lang=EN)).product_pictures(the(d, "gao"))
    assert shown.illustration
    assert shown.alt.words == "Illustration: Rice"
    assert shown.src == drawing_path(DRAWINGS["set-03"])


def test_a_drawing_is_one_file_with_its_own_size_and_colour() -> None:
    drawing = PhotoFile("illustrations/hero.svg", "0123456789abcdef", 9, Sight("svg", 2400, 1350, tint="310"))
    shown = Desk(desk().edition, Gallery(desk().catalogue, {"hero": drawing})).hero()
    assert (shown.sources, shown.src) == ((), "pictures/hero-0123456789ab.svg")
    assert (shown.width, shown.height, shown.tint, shown.illustration) == (2400, 1350, "310", True)


def test_a_set_that_is_newer_than_the_drawings_is_shown_by_the_hero() -> None:
    whole = desk().catalogue
    d = Desk(desk().edition, Gallery(whole, {"hero": DRAWINGS["hero"]}))
    (shown,) = d.product_pictures(the(d, "gao"))
    assert shown.src == drawing_path(DRAWINGS["hero"])
    assert d.gallery.drawings() == {DRAWINGS["hero"]}


def test_a_sector_is_shown_by_its_set_with_the_most_products_else_its_first() -> None:
    assert desk().gallery.face("food").name == "set-03.svg"
    files = {page_of("products", name): product(set=10) for name in ("a", "b")}
    assert desk({**ONE, **files}).gallery.face("food").name == "set-10.svg"
    assert desk().gallery.face("tourism").name == "set-26.svg"
    assert desk().gallery.face("no-such-sector").name == "hero.svg"


def test_a_picture_offers_its_best_format_first_and_falls_back_to_a_middle_jpeg() -> None:
    shown = picture(ladder(photo("products/gao/a.jpg", 2000, 1500), "gao-a"), Phrase("x"))
    assert [kind for kind, _ in shown.sources] == ["image/avif", "image/webp", "image/jpeg"]
    assert [[one.width for one in files] for _, files in shown.sources] == [[400, 800, 1600]] * 3
    assert (shown.src, shown.width, shown.height) == (shown.sources[-1][1][1].href, 1600, 1200)
    small = picture(ladder(photo("a/b/c.jpg", 300, 300), "x"), Phrase("x"))
    assert small.src == small.sources[-1][1][0].href


def test_the_stem_of_a_name_is_plain_letters_and_short() -> None:
    assert stem(photo("products/gao/Ảnh Hộp (1).jpg")) == "gao-anh-hop-1"
    assert len(stem(photo(f"products/{'gao-' * 30}x/{'a' * 90}.jpg"))) <= 60


def test_every_picture_that_is_shown_is_made() -> None:
    body = "![x](story.jpg)"
    files = {**ONE, GAO: product(body=body, photos=[{"file": "a.jpg"}]), page_of("products", "b"): product("B", set=10)}
    files[page_of("news", "n")] = entry("", name="N", summary="…", date=date(2026, 1, 1))
    photos = [photo(f"products/gao/{name}.jpg") for name in ("a", "story")] + [photo("news/n/n.jpg")]
    d = desk(files, photos=photos)
    made = {one.path(each) for one in d.gallery.ladders() for each in one.renditions}
    shown = [*d.product_pictures(the(d, "gao")), *d.pictures("news/n", d.catalogue.news[0])]
    assert {file.href for one in shown for _, candidates in one.sources for file in candidates} <= made
    drawn = [*d.product_pictures(the(d, "b")), d.hero()]
    drawn += (d.sector_picture(one.id) for one in d.catalogue.classification.sectors)
    assert {one.src for one in drawn} == set(map(drawing_path, d.gallery.drawings()))
    story = d.story("products/gao", the(d, "gao"), "")
    assert story is not None
    assert {part.split(" ")[0] for part in str(story.html).split('srcset="')[1].split('"')[0].split(", ")} <= made


# --- seals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recognition", "held"),
    [
        (stars(4), True),
        (stars(4, date(2023, 11, 24)), True),
        (stars(4, date(2023, 11, 23)), False),
        ({"stars": 4, "evidence": "press"}, False),
        (stars(4, withdrawn={"date": date(2026, 1, 1), "source": {"title": "x"}}), False),
        (stars(4, date(2023, 10, 1), extended={"until": date(2027, 1, 1), "source": {"title": "x"}}), True),
    ],
)
def test_a_seal_is_filled_only_while_the_star_is_in_effect(recognition: dict[str, object], held: bool) -> None:
    d = of_product(recognitions=[recognition])
    seal = d.seal(the(d, "gao"))
    assert seal is not None
    assert (seal.stars, seal.held) == (4, held)
    assert seal.words == f"{seal.short} · {seal.standing}"


def test_a_star_that_was_withdrawn_hides_the_older_one_below_it() -> None:
    gone = stars(5, date(2026, 1, 1), withdrawn={"date": date(2026, 2, 1), "source": {"title": "x"}})
    d = of_product(recognitions=[gone, stars(4, date(2025, 1, 1))])
    seal = d.seal(the(d, "gao"))
    assert seal is not None
    assert (seal.stars, seal.held) == (5, False)


def test_the_year_of_a_seal_is_the_round_else_the_decision_else_nothing() -> None:
    years = {2021: stars(4, year=2021), 2025: stars(4, date(2025, 6, 1)), "": {"stars": 4}}
    for year, recognition in years.items():
        d = of_product(recognitions=[recognition])
        assert d.seal_of(the(d, "gao").recognitions[0]).year == str(year)


def test_without_a_recognition_there_is_no_seal() -> None:
    assert (d := desk()).seal(the(d, "gao")) is None


def test_potential_five_stars_are_never_five_stars() -> None:
    d = of_product(recognitions=[stars(4, score=91)], potential_5_star={"source": {"title": "x"}})
    seal = d.seal(the(d, "gao"))
    assert seal is not None
    assert seal.stars == 4


def test_a_strict_office_shows_no_seal_that_is_not_in_effect() -> None:
    data = with_policies(DATA, current_only=True)
    for recognition, shown in ((stars(4), True), (stars(4, date(2022, 1, 1)), False), ({"stars": 4}, False)):
        d = desk({**ONE, GAO: product(recognitions=[recognition])}, data=data)
        assert (d.seal(the(d, "gao")) is not None) == shown


# --- cards and facts --------------------------------------------------------------------------------------


def test_a_card_is_made_once_for_all_lists() -> None:
    d = desk()
    assert d.card(the(d, "gao")) is d.card(the(d, "gao"))


def test_a_card_marks_what_is_not_translated() -> None:
    d = desk({**ONE, "producers/an/index.en.md": entry(name="An Cooperative")}, EN)
    card = d.card(the(d, "gao"))
    assert (card.name, card.summary) == (Phrase("Gạo", VI), Phrase("Gạo ngon.", VI))
    assert card.producer == Phrase("An Cooperative")
    assert card.href == "en/products/gao/"


def test_facts_are_the_fields_that_are_there_in_the_order_of_the_model() -> None:
    d = of_product(
        EN, set=14, alcohol=29.5, shelf_life="12 months", ingredients="Nếp", awards=["Giải nhất", "Giải nhì"]
    )
    rows = [
        (row.label.words, [value.words.replace("\u00a0", " ") for value in row.values])
        for row in d.facts(the(d, "gao"))
    ]
    assert rows == [
        ("Ingredients", ["Nếp"]),
        ("Alcohol by volume", ["29.5 % vol"]),
        ("Shelf life", ["12 months"]),
        ("Awards", ["Giải nhất", "Giải nhì"]),
    ]


def test_an_entry_without_facts_has_no_rows() -> None:
    assert (d := desk()).facts(the(d, "gao")) == ()


# --- places -----------------------------------------------------------------------------------------------


def at(lang: Lang = EN, **place: str) -> tuple[str, str, bool, str | None] | None:
    line = desk(lang=lang).place(Place(**place))
    return line and (line.then.words, line.now.words if line.now else "", line.unsure, line.href)


def test_a_commune_of_then_says_what_it_is_part_of_today_and_whether_that_is_sure() -> None:
    assert at(commune="thuy-an", district="thai-thuy") == (
        "Thụy An Commune, Thái Thụy District, Thái Bình Province",
        "Tây Thụy Anh, Hưng Yên Province",
        False,
        "en/places/thai-thuy/",
    )
    sure = at(commune="thuy-ninh", district="thai-thuy")
    assert sure is not None
    assert sure[2]


def test_where_the_commune_of_today_is_not_known_the_province_is() -> None:
    shown = at(commune="dong-la", district="dong-hung")
    assert shown is not None
    assert shown[1:3] == ("Hưng Yên Province", False)


def test_a_place_of_today_has_no_then_and_no_district() -> None:
    assert at(commune="tay-thuy-anh", province="hung-yen") == ("Tây Thụy Anh, Hưng Yên Province", "", False, None)


def test_a_place_that_says_nothing_is_not_shown() -> None:
    assert at() is None


def test_inside_a_line_the_kind_of_a_place_is_small() -> None:
    line = desk().place(Place(commune="thuy-an", district="thai-thuy"))
    assert line is not None
    assert line.then.words == "Xã Thụy An, huyện Thái Thụy, tỉnh Thái Bình"
    assert line.short.words == "Xã Thụy An, huyện Thái Thụy"


# --- ways to reach ----------------------------------------------------------------------------------------


def contacts(lang: Lang = VI, **facts: object) -> tuple[Away, ...]:
    d = of_producer(lang, **facts)
    return d.contacts(d.catalogue.producers[0])


def test_the_contacts_of_a_household_are_published_only_with_its_consent() -> None:
    assert contacts(kind="household", **HOUSEHOLD) == ()
    for scope, seen in (
        ("phones", ["0912 345 678", "0987 654 321"]),
        ("address", ["Ngõ 7"]),
        ("email", ["a@example.org"]),
    ):
        consent = {"date": date(2026, 1, 1), "scope": [scope]}
        assert [one.words.words for one in contacts(kind="household", consent=consent, **HOUSEHOLD)] == seen


def test_a_cooperative_is_reached_in_every_way_it_gives() -> None:
    more = {"website": "https://www.example.org/a", "social": ["https://facebook.com/an"]}
    assert [one.href for one in contacts(EN, **HOUSEHOLD, **more)] == [
        None,
        "tel:+84912345678",
        "https://zalo.me/0987654321",
        "mailto:a@example.org",
        "https://www.example.org/a",
        "https://facebook.com/an",
    ]
    assert contacts(**more)[0].words == Phrase("example.org")


def test_a_hotline_has_no_form_for_abroad() -> None:
    assert [one.href for one in contacts(EN, phones=["19001234"])] == ["tel:19001234"]


def test_a_map_needs_a_position() -> None:
    assert map_href(None) is None
    assert map_href(Location(lat=20.5, lon=106.25)) == (
        "https://www.openstreetmap.org/?mlat=20.5&mlon=106.25#map=16/20.5/106.25"
    )


def test_a_link_is_named_by_its_host() -> None:
    assert host("https://www.example.org:8080/x") == "example.org"


def test_a_source_has_its_date_as_far_as_it_is_known() -> None:
    d = of_product(EN, sources=[{"title": "Báo", "date": "2022-10"}, {"title": "Sổ", "url": "https://example.org/"}])
    first, second = d.sources(the(d, "gao"))
    assert (first.words.words, first.href, first.note) == ("Báo", None, "October 2022")
    assert (second.href, second.note) == ("https://example.org/", "")


# --- stories ----------------------------------------------------------------------------------------------

BODY = """Xem [nhà](../../producers/an/index.vi.md), [báo](https://example.org/?a=1&b=2),
[thư](mailto:a@example.org) và <script>alert(1)</script>.

![Một hộp](hop.jpg) ![Không có](mat.jpg)
"""


def story(lang: Lang = VI) -> str:
    d = desk({**ONE, GAO: product(body=BODY)}, lang, [photo("products/gao/hop.jpg")])
    told = d.story("products/gao", the(d, "gao"), "../../../")
    assert told is not None
    assert told.lang == (None if lang == VI else VI)
    return str(told.html)


def test_links_of_a_story_lead_to_pages_of_the_same_language() -> None:
    assert 'href="../../../vi/chu-the/an/"' in story()
    assert 'href="../../../en/producers/an/"' in story(EN)


def test_links_that_lead_away_stay_as_they_are() -> None:
    for link in ('href="https://example.org/?a=1&amp;b=2"', 'href="mailto:a@example.org"'):
        assert link in story()


def test_a_link_that_leads_to_no_entry_stays_as_it_is() -> None:
    d = desk({**ONE, GAO: product(body="[x](/abs/) [y](../../recipes/x/)")})
    told = d.story("products/gao", the(d, "gao"), "../")
    assert told is not None
    assert 'href="/abs/"' in told.html
    assert 'href="../../recipes/x/"' in told.html


def test_pictures_of_a_story_have_sizes_and_those_that_are_not_there_are_left_out() -> None:
    assert 'alt="Một hộp"' in story()
    assert 'width="900" height="700"' in story()
    assert "mat.jpg" not in story()
    assert story().count("<img") == 1
    assert [kind in story() for kind in ("image/avif", "image/webp", "image/jpeg")] == [True] * 3


def test_a_story_holds_no_script() -> None:
    assert "script" not in story()
    assert "alert" not in story()


def test_an_entry_without_a_body_has_no_story() -> None:
    assert (d := desk()).story("products/gao", the(d, "gao"), "") is None


def test_a_page_is_a_fallback_where_its_name_summary_or_story_is_not_translated() -> None:
    translations = {
        "name: Rice\n": True,
        "name: Rice\nsummary: Good.\n": False,
    }
    for front, fallback in translations.items():
        d = desk({**ONE, "products/gao/index.en.md": f"---\n{front}---\n"}, EN)
        assert d.fallback(the(d, "gao")) is fallback
    d = desk({**ONE, GAO: product(body="Chuyện."), "products/gao/index.en.md": "---\nname: R\nsummary: G\n---\n"}, EN)
    assert d.fallback(the(d, "gao"))
    assert not desk().fallback(the(desk(), "gao"))


def test_a_translation_older_than_its_original_is_told_so_on_its_own_page_only() -> None:
    words = "---\nname: Rice\nsummary: Good.\ntranslated: 2026-11-01\n---\n"
    files = {**ONE, GAO: product(updated=date(2026, 11, 5)), "products/gao/index.en.md": words}
    said = {lang: desk(files, lang).outdated(the(desk(files, lang), "gao")) for lang in (VI, EN)}
    assert said == {VI: "", EN: "This translation is of 1 November 2026; the Vietnamese text has been changed since."}
    files[GAO] = product(updated=date(2026, 11, 1))
    assert desk(files, EN).outdated(the(desk(files, EN), "gao")) == ""


def test_a_sector_without_sets_is_no_fault() -> None:
    classification = read_yaml(DATA["classification.yml"])
    words = {"vi": "Mới", "en": "New"}
    classification["sectors"].append({"id": "new", "roman": "VII", "name": words, "short": words})
    d = desk(data={**DATA, "classification.yml": write_yaml(classification)})
    assert d.sector_picture("new").src == d.hero().src
