"""Shelf cards and stickers: one a product, in all languages, cut where they can be cut, and read by a reader."""

from __future__ import annotations

from datetime import date

import pytest
from prints import Tray, bindery, codes, covered, documents, made, marks, paper_lines, pictures, size, words
from sites import DATA, EN, ONE, Files, entry, page_of, producer, product, stars, with_policies

from ocopgen.bindery import PRINT, Bindery
from ocopgen.labels import producer_cards
from ocopgen.offers import Offers
from ocopgen.pages import SITE
from ocopgen.pdf import Pdf

LONG = (
    "Mắm cáy cổ truyền ủ chum sành ba năm phơi sương phơi nắng theo lối làm của người Thụy Ninh ven cửa sông Trà Lý, "
    "loại đặc biệt dùng cho ngày giỗ ngày Tết và biếu người ở xa về thăm quê"
)
LONG_EN = (
    "Three-year crab paste of Thụy Ninh, aged in earthen jars through dew and sun in the way of the people at the "
    "mouth of the Trà Lý, the special grade for feasts and for those who come home from far away"
)
PACK = {"label": "Hộp", "quantity": "200 g", "price": 250000, "priced": date(2026, 10, 1)}

FILES: Files = {
    page_of("producers", "an"): producer("Hợp tác xã An"),
    "producers/an/index.en.md": entry(name="An Cooperative"),
    page_of("outlets", "cho"): entry(name="Chợ phiên", place={"district": "thai-thuy"}),
    page_of("products", "gao"): product("Gạo nếp", recognitions=[stars(4)], packs=[PACK], outlets=["cho"]),
    "products/gao/index.en.md": entry(name="Sticky rice"),
    page_of("products", "mam"): product(LONG, recognitions=[stars(4, date(2021, 6, 1))], packs=[{"price": 90000}]),
    "products/mam/index.en.md": entry(name=LONG_EN),
    page_of("products", "tra"): product("Trà sen", set=18, recognitions=[{"stars": 3, "evidence": "press"}]),
    page_of("products", "ruou"): product("Rượu nếp", set=14, packs=[PACK], outlets=["cho"]),
    page_of("products", "toi"): product("Tỏi đen"),
    page_of("products", "chieu"): product("Chiếu cói", set=21),
}
PACKS = [{**PACK, "quantity": f"{n}00 g"} for n in range(1, 6)]
FULL: Files = {
    page_of("producers", "an"): producer(f"Hợp tác xã {LONG}"),
    "producers/an/index.en.md": entry(name=f"{LONG_EN} Cooperative"),
    **{
        page_of("products", one): product(name, summary="Ngon.", set=18, recognitions=[stars(5)], packs=PACKS)
        for one, name in {
            "gao": "Gạo nếp",
            "mam": LONG,
            "banh-cay-lang-nguyen-thai-binh-loai-dac-biet": "Bánh cáy làng Nguyễn",
            "dai": f"{LONG}, {LONG}, {LONG}",
            "lien": "Siêuthựcphẩmchứcnănglênmen",
        }.items()
    },
    "products/mam/index.en.md": entry(name=LONG_EN),
    page_of("products", "cu"): product(LONG, recognitions=[stars(4, date(2021, 6, 1))], packs=PACKS),
}
"""Long names, seals, notices, and more packs than have room."""

ADDRESSES = (
    "https://ocop.example/",
    "https://ocop.example.vn/ocop/",
    "https://ocop.hungyen.example.gov.vn/danh-muc-san-pham-ocop/",
    f"https://ocop.example/{'mot-dia-chi-rat-dai' * 8}/",
)
IDS = "gao", "mam", "tra", "toi", "chieu"


def of_an(place: Bindery | None = None) -> dict[str, Pdf]:
    here = place or bindery(FILES)
    found = documents(here, "producer", here.desk.catalogue.producer_by_id["an"])
    return {name: one.pdf for name, one in found.items()}


def of_market(place: Bindery) -> dict[str, Pdf]:
    found = documents(place, "outlet", place.desk.catalogue.outlet_by_id["cho"])
    return {name: one.pdf for name, one in found.items()}


def text(pdf: Pdf) -> str:
    return " ".join(map(words, made(pdf).pages))


# --- cards ------------------------------------------------------------------------------------------------


def test_four_cards_stand_on_a_sheet_of_a4_that_lies_across() -> None:
    pages = made(of_an()["cards.typ"]).pages
    assert [size(one) for one in pages] == [(297.0, 210.0)] * 2
    assert "Tỏi đen" in words(pages[1])


def test_each_product_has_a_card_with_its_names_whole_however_long() -> None:
    said = text(of_an()["cards.typ"])
    for name in ("Gạo nếp", "Sticky rice", "Trà sen", "Tỏi đen", "Chiếu cói", LONG, LONG_EN):
        assert said.count(name) == 1, name
    assert said.count("Hợp tác xã An") == said.count("An Cooperative") == len(IDS)


def test_the_code_of_each_card_leads_to_the_short_address_and_stands_in_its_quarter() -> None:
    pages = pictures(of_an()["cards.typ"])
    found = [codes(one) for one in pages]
    assert {address for one in found for address, *_ in one} == {f"https://ocop.example/p/{one}" for one in IDS}
    assert {(x > 148.5, y > 105) for _, x, y, _ in found[0]} == {(a, b) for a in (False, True) for b in (False, True)}


def test_near_the_edges_of_a_sheet_stands_nothing_but_the_marks_of_the_two_cuts() -> None:
    page = pictures(of_an()["cards.typ"])[0]
    at_the_sides = marks(page, (0, 0, 7, 210)) | marks(page, (290, 0, 297, 210))
    above_and_below = marks(page, (0, 0, 297, 7)) | marks(page, (0, 203, 297, 210))
    assert at_the_sides
    assert {y for _, y in at_the_sides - above_and_below} <= {104, 105}
    assert {x for x, _ in above_and_below - at_the_sides} <= {147, 148}
    assert marks(page, (140, 20, 156, 95)) == set(), "nothing is printed where it is cut"


def test_a_printing_house_finds_the_marks_outside_of_the_sheet() -> None:
    document = of_an(bindery(FILES, quality=PRINT))["cards.typ"]
    assert size(made(document).pages[0]) == (313.0, 226.0)
    page = pictures(document)[0]
    assert {x for x, _ in marks(page, (20, 0, 290, 4))} <= {155, 156, 157}
    assert marks(page, (150, 8, 163, 25)) == set()


def test_only_a_star_that_is_held_has_a_seal() -> None:
    place = bindery(FILES)
    cards = producer_cards(place, place.desk.catalogue.producer_by_id["an"])
    assert cards is not None
    seals = {str(one.names[0]): one.worth.plate is not None for one in cards.cards if one.worth}
    assert seals == {"Gạo nếp": True, LONG: False, "Trà sen": False}
    said = text(of_an(place)["cards.typ"])
    assert "hết hiệu lực 01/06/2024" in said
    assert "ended 1 June 2024" in said
    assert "theo báo chí, chưa có số quyết định" in said


def test_a_price_is_told_with_its_day_and_in_no_other_way() -> None:
    said = text(of_an()["cards.typ"])
    assert "Hộp 200 g · Box 200 g 250.000 ₫ giá ngày 01/10/2026 · price of 1 October 2026" in said.replace("\xa0", " ")
    assert "90.000" not in said


def test_alcohol_has_no_card_and_never_a_price_on_one() -> None:
    assert "Rượu" not in text(of_an()["cards.typ"])
    allowed = with_policies(alcohol_brochures=True, alcohol_prices=True)
    said = text(of_an(bindery(FILES, data=allowed))["cards.typ"])
    assert "Rượu nếp" in said
    assert said.count("250.000") == 1
    assert said.count("Không bán") == 1


def test_the_notice_of_the_set_is_on_the_card() -> None:
    place = bindery(FILES)
    cards = producer_cards(place, place.desk.catalogue.producer_by_id["an"])
    assert cards is not None
    (notice,) = (one.notice for one in cards.cards if one.notice)
    assert len(notice) == 2
    assert all(str(one) in text(of_an(place)["cards.typ"]) for one in notice)


def test_a_point_of_sale_has_cards_of_what_it_sells() -> None:
    said = text(of_market(bindery(FILES))["cards.typ"])
    assert "Gạo nếp" in said
    assert "Tỏi đen" not in said
    assert "Rượu" not in said
    allowed = bindery(FILES, data=with_policies(alcohol_brochures=True))
    assert "Rượu" not in text(of_market(allowed)["cards.typ"]), "where alcohol is sold is not told"


@pytest.mark.parametrize("base", ADDRESSES)
def test_nothing_stands_on_words_however_long_names_and_addresses_are(base: str) -> None:
    for one in of_an(at(base)).values():
        assert covered(one) == []


def test_a_card_tells_the_day_when_its_star_ends_and_its_whole_name_rather_than_prices() -> None:
    for base in ADDRESSES:
        said = text(of_an(at(base))["cards.typ"])
        assert said.count("còn hiệu lực đến hết 31/05/2028") == 5
        assert all(name in said for name in (f"{LONG}, {LONG}, {LONG}", LONG_EN, "Siêuthựcphẩmchứcnănglênmen"))


def test_a_card_says_how_many_packs_it_does_not_tell_of() -> None:
    files = {**ONE, page_of("products", "gao"): product(packs=PACKS)}
    said = text(of_an(bindery(files))["cards.typ"])
    assert said.count("250.000") == 3
    assert "và 2 quy cách khác · and 2 more packs" in said
    said = text(of_an(at(ADDRESSES[0]))["cards.typ"])
    assert "và 4 quy cách khác · and 4 more packs" in said, "one price has room beside a long name"
    assert "quy cách khác" not in text(of_an()["cards.typ"])
    files = {**FILES, page_of("products", "gao"): product(packs=[PACK, {"quantity": "1 kg"}])}
    assert "và 1 quy cách khác · and 1 more pack " in text(of_an(bindery(files))["cards.typ"])


def at(base: str) -> Bindery:
    raw = DATA["site.yml"]
    assert isinstance(raw, bytes)
    data = {**DATA, "site.yml": raw.replace(b"address: https://example.org/cho/", f"address: {base}".encode())}
    return bindery(FULL, base_url=base, data=data)


def test_a_maker_that_no_source_names_has_none_but_one_of_several_products_does() -> None:
    files = {**ONE, page_of("producers", "an"): producer("Cơ sở Đình Mạnh", kind="unknown")}
    assert of_an(bindery(files)) == {}
    several = of_an(bindery({**files, page_of("products", "keo"): product("Kẹo lạc")}))
    assert several.keys() == {"cards.typ", "stickers.typ", "leaflet-producer.typ"}
    assert "Chưa rõ loại hình" not in text(several["leaflet-producer.typ"])


# --- stickers ---------------------------------------------------------------------------------------------


def test_stickers_stand_on_the_grid_with_codes_of_25_mm_and_white_around() -> None:
    document = of_an()["stickers.typ"]
    assert [size(one) for one in made(document).pages] == [(210.0, 297.0)]
    found = codes(pictures(document)[0])
    addresses = [address for address, *_ in found]
    assert addresses == sorted(
        [f"https://ocop.example/p/{one}" for one in IDS for _ in range(4)] + ["https://ocop.example/c/an"] * 4
    )
    for _, x, y, wide in found:
        assert wide == pytest.approx(25, abs=0.6)
        assert (x % 70, (y - 0.5) % 37) == (pytest.approx(6, abs=0.5), pytest.approx(6, abs=0.5))


def test_a_sticker_has_the_names_and_the_address() -> None:
    said = text(of_an()["stickers.typ"])
    for name in ("Gạo nếp", "Sticky rice", LONG, "ocop.example/p/gao", "ocop.example/c/an"):
        assert said.count(name) == 4, name


@pytest.mark.parametrize("base", ADDRESSES)
def test_words_of_a_sticker_keep_away_from_its_cuts(base: str) -> None:
    for left, top, right, bottom, said in paper_lines(of_an(at(base))["stickers.typ"]):
        assert left % 70 >= 3, said
        assert right % 70 <= 67, said
        assert left // 70 == right // 70, said
        assert (top - 0.5) % 37 >= 3, said
        assert (bottom - 0.5) % 37 <= 34, said
        assert (top - 0.5) // 37 == (bottom - 0.5) // 37, said


def test_an_address_is_broken_after_slashes_where_it_can_be() -> None:
    lines = [words_of_it for *_, words_of_it in paper_lines(of_an(at(ADDRESSES[2]))["stickers.typ"])]
    assert "ocop.hungyen.example.gov.vn/" in lines
    assert not any(one.endswith("-") for one in lines)


def test_near_the_edges_stands_nothing_but_marks() -> None:
    page = pictures(of_an()["stickers.typ"])[0]
    rows = {y for _, y in marks(page, (0, 0, 5.8, 297))}
    assert rows <= {round(0.5 + 37 * row) + by for row in range(1, 8) for by in (-1, 0)}
    assert {x for x, _ in marks(page, (0, 0, 210, 5.8))} <= {69, 70, 139, 140}


def test_more_than_a_sheet_holds_goes_on_to_the_next() -> None:
    many = {page_of("products", f"sp-{n}"): product(f"Sản phẩm số {n:02}") for n in range(26)}
    pages = made(of_an(bindery({page_of("producers", "an"): producer(), **many}))["stickers.typ"]).pages
    assert len(pages) == 2
    said = " ".join(map(words, pages))
    assert all(said.count(f"số {n:02}") == 1 for n in range(26))


def test_without_an_address_there_are_no_stickers_and_cards_have_no_codes() -> None:
    place = bindery(FILES, base_url=None, data={**DATA, "site.yml": _without_address()})
    assert "stickers.typ" not in of_an(place) | of_market(place)
    page = pictures(of_an(place)["cards.typ"])[0]
    assert codes(page) == []
    assert "ocop.example" not in text(of_an(place)["cards.typ"])


def _without_address() -> bytes:
    raw = DATA["site.yml"]
    assert isinstance(raw, bytes)
    return b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"address:"))


# --- files ------------------------------------------------------------------------------------------------


def test_the_same_bytes_every_time() -> None:
    for one in (*of_an().values(), *of_market(bindery(FILES)).values()):
        assert one.make(Tray()) == one.make(Tray())


def test_one_file_for_all_languages_lies_beside_the_first_and_each_page_leads_to_it() -> None:
    place = bindery(FILES)
    offers = Offers(place.desks, place.templates)
    route = next(one for one in SITE if one.name == "outlet")
    market = place.desk.catalogue.outlet_by_id["cho"]
    paths = {desk.lang: [one.path for one in offers.beside(desk, route, market)] for desk in place.desks}
    assert paths[EN] == []
    assert paths[place.desk.lang] == ["vi/diem-ban/cho/cho-the-ke.pdf", "vi/diem-ban/cho/cho-tem-qr.pdf"]
    offered = [[one.href for one in offers.downloads(desk, route, market, {})] for desk in place.desks]
    assert offered[0] == offered[1] == paths[place.desk.lang]
