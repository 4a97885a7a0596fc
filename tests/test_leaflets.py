"""Leaflets: two sides of three panels, in all languages, with nothing that is not held and nothing lost."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from prints import Tray, bindery, codes, covered, documents, made, marks, pictures, places, size, words
from pypdf import PdfReader
from sites import DATA, Files, entry, page_of, producer, product, stars, with_policies
from test_labels import ADDRESSES, LONG, LONG_EN, PACK, at

from ocopgen.bindery import PRINT, Bindery
from ocopgen.leaflets import catalogue_leaflet, producer_leaflet
from ocopgen.pdf import Pdf

FILES: Files = {
    page_of("producers", "an"): producer(
        "Hợp tác xã An", summary="Hợp tác xã trồng lúa.", phones=["0912345678", "02273123456"], founded="1998"
    ),
    "producers/an/index.en.md": entry(name="An Cooperative", summary="A cooperative of rice growers."),
    page_of("producers", "kin"): producer("Hộ ông Kín", kind="household", phones=["0987654321"]),
    page_of("producers", "ai"): producer("Chưa rõ ai làm", kind="unknown"),
    page_of("outlets", "cho"): entry(name="Chợ phiên", place={"district": "thai-thuy"}),
    "outlets/cho/index.en.md": entry(name="The weekly market"),
    page_of("products", "gao"): product("Gạo nếp", recognitions=[stars(4)], packs=[PACK], outlets=["cho"]),
    "products/gao/index.en.md": entry(name="Sticky rice", summary="Good sticky rice."),
    page_of("products", "mam"): product(LONG, recognitions=[stars(3, date(2021, 6, 1))]),
    "products/mam/index.en.md": entry(name=LONG_EN),
    page_of("products", "tra"): product("Trà sen", set=18),
    page_of("products", "ruou"): product("Rượu nếp", set=14),
    page_of("products", "kin"): product("Chiếu", producer="kin", set=21),
    page_of("products", "ai"): product("Tỏi", producer="ai"),
}

HERBS = "name: {vi: Dược liệu, en: Herbal products}, short:".encode()
WATER = "{n: 17, id: water, group: alcoholic, name: {vi: Nước, en: Water}, short: {vi: Nước, en: Water}}"
"""A set of the same sector as spirits, without alcohol."""


def of_producer(place: Bindery, one: str = "an") -> Pdf:
    return documents(place, "producer", place.desk.catalogue.producer_by_id[one])["leaflet-producer.typ"].pdf


def of_catalogue(place: Bindery) -> Pdf:
    return documents(place, "products", None)["leaflet-catalogue.typ"].pdf


def both(place: Bindery) -> list[Pdf]:
    return [of_catalogue(place), of_producer(place)]


def text(pdf: Pdf) -> str:
    return " ".join(map(words, made(pdf).pages))


def panel(reader: PdfReader, page: int, left: float, right: float) -> str:
    """The words that begin between two places, in mm from the left."""
    return " ".join(words for words, x, _ in places(reader.pages[page]) if left <= x < right)


# --- the sheet --------------------------------------------------------------------------------------------


def test_a_leaflet_is_a_sheet_of_a4_with_two_sides() -> None:
    for one in both(bindery(FILES)):
        assert [size(page) for page in made(one).pages] == [(297.0, 210.0)] * 2


def test_a_printing_house_gets_the_bleed_and_room_for_marks() -> None:
    for one in both(bindery(FILES, quality=PRINT)):
        assert [size(page) for page in made(one).pages] == [(313.0, 226.0)] * 2


def test_cover_back_and_flap_stand_where_the_sheet_is_folded() -> None:
    reader = made(of_producer(bindery(FILES)))
    assert "Hợp tác xã trồng lúa." in panel(reader, 0, 0, 97)
    assert "0912 345 678" in panel(reader, 0, 97, 197)
    assert "Hợp tác xã An" in panel(reader, 0, 197, 297)
    whole = made(of_catalogue(bindery(FILES)))
    assert "112" in panel(whole, 0, 0, 97)
    assert "Test Market" in panel(whole, 0, 197, 297)
    starts = (panel(whole, 1, *one) for one in ((0, 100), (100, 200), (200, 297)))
    assert [one.split()[0] for one in starts] == ["Hạng", "Theo", "Mua"]


def test_words_keep_away_from_the_folds_and_edges() -> None:
    for one in both(bindery(FILES)):
        for number, page in enumerate(made(one).pages):
            folds = (97, 197) if number == 0 else (100, 200)
            for said, x, y in places(page):
                assert all(not at - 5 < x < at + 8 for at in folds), said
                assert 8 < x < 292, said
                assert 8 < y < 203, said


def test_where_it_is_folded_is_marked_outside_of_what_is_cut_and_nowhere_else() -> None:
    for one in both(bindery(FILES, quality=PRINT)):
        for page, folds in zip(pictures(one), ((97, 197), (100, 200)), strict=True):
            above = {x for x, _ in marks(page, (20, 0, 293, 3.5))}
            assert above
            assert above <= {at + 8 + by for at in folds for by in (-1, 0)}
    for page in pictures(of_catalogue(bindery(FILES)))[1:]:
        at_the_fold = {page.getpixel((round(99.6 / 25.4 * 100), y)) for y in range(page.height)}
        assert len(at_the_fold) <= 2, "the ground of the panels, and nothing on it"


# --- what it tells ----------------------------------------------------------------------------------------


def test_the_leaflet_of_the_catalogue_tells_in_both_languages_what_the_stars_mean() -> None:
    said = text(of_catalogue(bindery(FILES)))
    for words_of_it in ("Chợ thử", "Test Market", "Hạng sao có nghĩa gì", "What the stars mean", "5 stars", "3 stars"):
        assert words_of_it in said.replace("\xa0", " ")
    assert "Chợ phiên" in said


def test_figures_of_the_programme_have_their_source_and_are_not_mixed_with_counts() -> None:
    place = bindery(FILES)
    view = catalogue_leaflet(place, None)
    assert view is not None
    assert [one.number for one in view.figures] == ["112", "48", "64", "67", "8"]
    assert [str(one) for words_of_it in view.results for one in words_of_it][-1].startswith("Báo thử")
    counts = {str(one.names[0]): str(one.count[0]) for one in view.sectors}
    assert counts == {"Thực phẩm": "3 sản phẩm", "Dược liệu": "1 sản phẩm", "Thủ công mỹ nghệ": "1 sản phẩm"}
    assert "5 sản phẩm" in str(view.here[0][0])
    assert [str(one.heading[0]) for one in view.makers] == ["Hợp tác xã An", "Hộ ông Kín"]


def test_a_list_of_producers_that_is_not_whole_says_so() -> None:
    said = text(of_catalogue(bindery(FILES)))
    assert "và các chủ thể khác" in said
    assert "and others" in said
    assert "Chưa rõ ai làm" not in said
    known = {**FILES, page_of("products", "ai"): product("Tỏi")}
    assert "và các chủ thể khác" not in text(of_catalogue(bindery(known)))
    several = text(of_catalogue(bindery({**FILES, page_of("products", "toi"): product("Hành", producer="ai")})))
    assert "Chưa rõ ai làm" in several
    assert "và các chủ thể khác" not in several


def test_drawings_say_that_they_are_in_both_languages_and_small_ones_at_the_foot() -> None:
    for one in both(bindery(FILES)):
        assert "Hình minh họa · Illustration" in text(one)
    assert text(of_catalogue(bindery(FILES))).count("Hình minh họa") == 1
    assert "Hình vẽ là hình minh họa. Drawings are illustrations." in text(of_catalogue(bindery(FILES)))
    many = {page_of("products", f"sp-{n}"): product(f"Gạo số {n:02}") for n in range(9)}
    said = text(of_producer(bindery({page_of("producers", "an"): producer(), **many})))
    assert said.count("Hình minh họa") == 1
    assert "Hình vẽ là hình minh họa. Drawings are illustrations." in said


def test_a_sector_has_its_whole_name_where_there_is_room() -> None:
    raw = DATA["classification.yml"]
    assert isinstance(raw, bytes)
    for name, shown in (("Herbs and what is made of herbs", True), (LONG_EN * 3, False)):
        longer = raw.replace(HERBS, f"name: {{vi: Dược liệu, en: '{name}'}}, short:".encode())
        said = text(of_catalogue(bindery(FILES, data={**DATA, "classification.yml": longer})))
        assert (name in said, "Herbal products" in said) == (shown, not shown)


@pytest.mark.parametrize("base", ADDRESSES)
def test_nothing_stands_on_words_however_long_names_and_addresses_are(base: str) -> None:
    place = at(base)
    for one in both(place):
        assert covered(one) == []


def test_alcohol_stays_out_and_this_is_said() -> None:
    for one in both(bindery(FILES)):
        assert "Rượu" not in text(one)
        assert "Tờ này không in đồ uống có cồn." in text(one)
    for one in both(bindery(FILES, data=with_policies(alcohol_brochures=True))):
        assert "Tờ này không in" not in text(one)
    assert "Rượu nếp" in text(of_producer(bindery(FILES, data=with_policies(alcohol_brochures=True))))


def test_a_drawing_of_alcohol_stands_for_no_sector() -> None:
    more = {page_of("products", f"ruou-{n}"): product(f"Rượu {n}", set=14) for n in range(3)}
    raw = DATA["classification.yml"]
    assert isinstance(raw, bytes)
    drinks = raw.replace(b"sets:\n", f"sets:\n  - {WATER}\n".encode())
    data = {**with_policies(alcohol_brochures=True), "classification.yml": drinks}
    water = {page_of("products", "nuoc"): product("Nước mơ", set=17)}
    for made_of, picture in (({**FILES, **more, **water}, "set-17"), ({**FILES, **more}, "hero")):
        place = bindery(made_of, data=data)
        view = catalogue_leaflet(place, None)
        assert view is not None
        shown = {str(one.names[0]): one.plate.recipe.key for one in view.sectors}
        gallery = place.desk.gallery
        assert shown["Đồ uống"] == gallery.illustrations.get(picture, gallery.hero).digest
        assert shown["Đồ uống"] != gallery.of_set(14).digest


def test_a_producer_is_told_with_its_products_stars_and_notices() -> None:
    said = text(of_producer(bindery(FILES))).replace("\xa0", " ")
    for one in ("Hợp tác xã An", "An Cooperative", "A cooperative of rice growers.", "1998", "Gạo nếp", "Sticky rice"):
        assert one in said
    for one in (LONG, LONG_EN, "Trà sen", "hết hiệu lực 01/06/2024", "không phải là thuốc", "The weekly market"):
        assert one in said
    view = producer_leaflet(place := bindery(FILES), place.desk.catalogue.producer_by_id["an"])
    assert view is not None
    assert [bool(one.worth and one.worth.plate) for one in view.goods] == [True, False, False]
    assert [one.stars for one in view.stars.levels] == [4, 3]


def test_what_a_household_did_not_allow_is_not_printed() -> None:
    said = text(of_producer(bindery(FILES), "kin"))
    assert "Hộ ông Kín" in said
    assert "0987" not in said


def test_the_code_on_the_back_leads_to_the_catalogue_or_to_the_producer() -> None:
    place = bindery(FILES)
    for one, address in zip(both(place), ("https://ocop.example/", "https://ocop.example/c/an"), strict=True):
        ((read, x, _, wide),) = codes(pictures(one)[0])
        assert read == address
        assert 97 < x < x + wide < 197
        assert wide > 25


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 12, 13, 18])
def test_however_many_products_each_has_its_names_and_room(count: int) -> None:
    ids = [f"sp-{n:02}" for n in range(count)]
    files = {
        page_of("products", one): product(f"{LONG} {one}", summary="Ngon.", recognitions=[stars(4)]) for one in ids
    }
    leaflet = of_producer(bindery({page_of("producers", "an"): producer(), **files}))
    reader = made(leaflet)
    assert len(reader.pages) == 2
    inside = words(reader.pages[1])
    assert all(inside.count(f"{LONG} {one}") == 1 for one in ids)
    assert marks(pictures(leaflet)[1], (205, 203, 292, 210)) == set(), "no words run over"
    for left, right in ((0, 100), (100, 200), (200, 297)):
        told = (one for one in places(reader.pages[1]) if not one[0].isdigit() and one[0] != "Hình minh họa")
        lines = sorted({round(y, 1) for _, x, y in told if left <= x < right})
        assert all(after - before > 1.4 for before, after in pairwise(lines)), "no line stands on another"


def test_what_has_no_room_is_said_to_be_in_the_catalogue() -> None:
    files = {page_of("products", f"sp-{n}"): product(f"Gạo số {n:02}", summary="Ngon.") for n in range(40)}
    said = text(of_producer(bindery({page_of("producers", "an"): producer(), **files})))
    assert said.count("Gạo số") == 18
    assert "Xem đủ trong danh mục · ocop.example" in said


def test_a_maker_that_no_source_names_has_none_and_an_empty_catalogue_neither() -> None:
    place = bindery(FILES)
    assert producer_leaflet(place, place.desk.catalogue.producer_by_id["ai"]) is None
    alcohol = bindery({page_of("producers", "an"): producer(), page_of("products", "ruou"): product("Rượu", set=14)})
    assert catalogue_leaflet(alcohol, None) is None


def test_the_same_bytes_every_time() -> None:
    for one in both(bindery(FILES)):
        assert one.make(Tray()) == one.make(Tray())
