"""The page of each entry: what a product, a producer, a news entry, an outlet and a page of its own show."""

from __future__ import annotations

from datetime import date

import pytest
from sites import (
    DATA,
    EN,
    ONE,
    TODAY,
    VI,
    Files,
    a_head,
    desk,
    entry,
    hrefs,
    page_of,
    photo,
    producer,
    product,
    stars,
    the,
    with_policies,
)

from ocopgen.entry_pages import packs, producer_page, product_page, similar, text_page
from ocopgen.text import Lang, Phrase
from ocopgen.views import Away, ProducerPage, ProductPage, TextPage

GAO = page_of("products", "gao")
SPIRIT = {
    "set": 14,
    "alcohol": 29.5,
    "packs": [{"label": "Chai", "quantity": "500 ml", "price": 777000, "priced": date(2026, 10, 1)}],
    "channels": [{"kind": "shopee", "url": "https://example.org/777"}],
    "outlets": ["cho"],
}
OUTLET = {page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"})}


def shown(lang: Lang = VI, files: Files | None = None, data: Files = DATA, **facts: object) -> ProductPage:
    """The page of the product `gao` with some facts."""
    d = desk({**ONE, **(files or {}), GAO: product(**facts)}, lang, data=data)
    return product_page(d, the(d, "gao"), a_head())


def of_producer(lang: Lang = VI, files: Files | None = None, **facts: object) -> ProducerPage:
    d = desk({**ONE, **(files or {}), page_of("producers", "an"): producer(**facts)}, lang)
    return producer_page(d, d.catalogue.producer_by_id["an"], a_head())


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return words.replace("\u00a0", " ")


# --- products ---------------------------------------------------------------------------------------------


def test_a_product_with_nothing_but_its_needed_fields_has_a_page() -> None:
    page = shown(EN)
    assert (page.name, page.summary, page.fallback) == (Phrase("Gạo", VI), Phrase("Gạo ngon.", VI), True)
    assert page.producer.href == "en/producers/an/"
    assert [link.href for link in page.classification] == ["en/sectors/food/", "en/product-sets/3-rice/"]
    assert (page.seal, page.potential, page.story, page.notice) == (None, None, None, None)
    assert (page.packs, page.facts, page.certificates, page.history, page.buy) == ((), (), (), (), ())
    assert (page.siblings, page.similar, page.sources, page.updated, page.tags) == ((), (), (), "", ())
    assert page.pictures[0].illustration


def test_packs_say_their_label_quantity_price_and_day() -> None:
    rows = shown(
        EN,
        packs=[
            {
                "label": "Hộp",
                "quantity": "200 g",
                "price": 250000,
                "priced": date(2026, 10, 1),
                "gtin": "8930000000002",
            },
            {"label": "Thùng gỗ"},
            {"price": 90000},
        ],
    ).packs
    assert [(plain(row.words.words), row.words.lang) for row in rows] == [
        ("Box 200 g", None),
        ("Thùng gỗ", "vi"),
        ("Pack", None),
    ]
    assert [row.gtin for row in rows] == ["8930000000002", "", ""]
    assert ["250,000" in row.price for row in rows] == [True, False, False]
    assert [row.priced for row in rows] == ["1 October 2026", "", ""]


def test_alcohol_has_no_price_and_nothing_that_leads_to_a_sale() -> None:
    for lang in (VI, EN):
        page = shown(lang, OUTLET, **SPIRIT)
        assert [plain(row.words.words) for row in page.packs] == [{VI: "Chai 500 ml", EN: "Bottle 500 ml"}[lang]]
        assert not any(row.price or row.priced for row in page.packs)
        assert (page.prices, page.buy, page.outlets, page.contacts) == (False, (), (), ())
        assert page.notice is not None
        assert "777" not in repr(page)


def test_the_office_may_allow_prices_of_alcohol() -> None:
    page = shown(VI, OUTLET, with_policies(DATA, alcohol_prices=True), **SPIRIT)
    assert page.packs[0].price == "777.000\u00a0₫"
    assert [link.href for link in page.outlets] == ["vi/diem-ban/cho/"]
    assert [away.href for away in page.buy] == ["https://example.org/777"]


def test_a_price_of_no_day_is_still_a_price() -> None:
    d = desk()
    (row,) = packs(d, the(desk({**ONE, GAO: product(packs=[{"price": 1000}])}), "gao"), False)
    assert (row.price, row.priced) == ("1.000\u00a0₫", "")


def test_what_is_healthy_has_its_notice() -> None:
    assert shown(EN, set=18).notice == Phrase("This food is not a medicine.")


def test_a_channel_is_named_by_its_shop_else_by_its_kind() -> None:
    page = shown(
        EN, channels=[{"kind": "shop", "name": "Ven sông"}, {"kind": "postmart", "url": "https://postmart.vn/x"}]
    )
    assert [(away.words.words, away.href, away.note) for away in page.buy] == [
        ("Ven sông", None, "Shop"),
        ("Postmart", "https://postmart.vn/x", "Postmart"),
    ]


def test_certificates_say_when_they_expired_and_are_over_on_their_last_day() -> None:
    rows = shown(
        EN,
        certificates=[
            {"name": "VietGAP", "number": "7", "issuer": "A", "from": date(2025, 1, 1), "to": date(2027, 1, 1)},
            {"name": "HACCP", "to": TODAY},
            {"name": "ISO"},
        ],
    ).certificates
    assert [(row.name, row.ended) for row in rows] == [("VietGAP", False), ("HACCP", True), ("ISO", False)]
    assert rows[0].lines == ("no. 7", "issued by A", "from 1 January 2025", "to 1 January 2027")
    assert rows[1].lines == ("expired 23 November 2026",)


def test_the_history_tells_each_recognition_with_all_that_is_known() -> None:
    full = {
        "decision": {"number": "86/QĐ-UBND", "date": date(2022, 4, 26), "by": "UBND tỉnh"},
        "ends": date(2025, 1, 1),
        "ends_reason": "nâng hạng",
        "source": {"title": "Quyết định", "date": date(2022, 4, 26)},
    }
    more = {"year": 2021, "score": 84.5, "kind": "first", "criteria": "QD1048-2019"}
    newest, oldest = shown(EN, recognitions=[stars(5), stars(4) | full | more]).history
    assert oldest.lines == (
        "Decision 86/QĐ-UBND",
        "of 26 April 2022",
        "by UBND tỉnh",
        "Evaluation round of 2021",
        "First recognition",
        "Score: 84.5",
        "Criteria of 2019 (Decision 1048/QĐ-TTg)",
        "End date according to: nâng hạng",
    )
    assert (oldest.seal.held, newest.seal.held) == (False, True)
    assert ([source.note for source in oldest.sources], newest.sources) == (["26 April 2022"], ())


def test_the_history_names_the_sources_of_an_extension_and_a_withdrawal() -> None:
    more = {"extended": {"until": date(2026, 12, 1), "source": {"title": "Đơn"}}}
    gone = {"withdrawn": {"date": date(2026, 10, 1), "source": {"title": "Thu hồi"}}}
    (row,) = shown(VI, recognitions=[stars(4) | more | gone]).history
    assert [source.words.words for source in row.sources] == ["Đơn", "Thu hồi"]


def test_a_press_report_makes_no_line_of_a_decision() -> None:
    (row,) = shown(EN, recognitions=[{"stars": 4, "evidence": "press", "year": 2021}]).history
    assert row.lines == ("Evaluation round of 2021",)
    assert not row.seal.held


def test_a_strict_office_tells_only_what_is_in_effect() -> None:
    data = with_policies(DATA, current_only=True)
    page = shown(EN, data=data, recognitions=[stars(4), stars(3, date(2022, 1, 1))])
    assert [row.seal.stars for row in page.history] == [4]


def test_potential_five_stars_is_a_source_beside_the_seal() -> None:
    page = shown(EN, recognitions=[stars(4)], potential_5_star={"source": {"title": "Tờ trình"}})
    assert page.potential is not None
    assert page.potential.words.words == "Tờ trình"
    assert page.seal is not None
    assert page.seal.stars == 4


def test_the_stamp_leads_to_its_page() -> None:
    assert shown(EN, trace={"code": "TX1", "url": "https://example.org/t"}).trace == Away(
        Phrase("TX1"), "https://example.org/t"
    )
    assert shown(EN, trace={"url": "https://example.org/t"}).trace == Away(
        Phrase("example.org"), "https://example.org/t"
    )
    assert shown(EN, trace={"code": "TX1"}).trace == Away(Phrase("TX1"))
    assert shown(EN, trace={}).trace is None


def test_the_last_change_is_told() -> None:
    page = shown(EN, updated=date(2026, 11, 1))
    assert (page.updated, page.updated_iso) == ("1 November 2026", "2026-11-01")


def test_a_product_leads_to_its_siblings_but_not_to_itself() -> None:
    files = {page_of("products", name): product(name) for name in "bcdefghijk"}
    page = shown(VI, files)
    assert len(page.siblings) == 8
    assert "vi/san-pham/gao/" not in {card.href for card in page.siblings}


def test_similar_products_are_those_that_are_named() -> None:
    files = {page_of("products", name): product(name) for name in "abc"}
    page = shown(VI, files, related=["c", "gao", "a"])
    assert [card.href for card in page.similar] == ["vi/san-pham/c/", "vi/san-pham/a/"]


def test_drafts_are_not_named_as_similar() -> None:
    files = {page_of("products", "b"): product("b", draft=True)}
    assert shown(VI, files, related=["b"]).similar == ()


def test_else_those_of_other_producers_by_set_and_place_then_by_set_then_by_group() -> None:
    far = {"district": "dong-hung"}
    files = {page_of("producers", "binh"): producer("Bình"), page_of("producers", "chi"): producer("Chi", place=far)}
    for name, facts in {
        "own": {"producer": "an"},
        "same-set": {"producer": "chi"},
        "same-set-and-place": {"producer": "binh"},
        "same-place": {"producer": "binh", "set": 10},
        "same-sector": {"producer": "chi", "set": 10},
        "other-sector": {"producer": "binh", "set": 21},
    }.items():
        files[page_of("products", name)] = product(name, **facts)
    d = desk({**ONE, **files})
    assert [one.id for one in similar(d.index, the(d, "gao"))] == ["same-set-and-place", "same-set"]


def test_no_more_than_four_are_similar() -> None:
    files = {page_of("producers", "binh"): producer("Bình")}
    files |= {page_of("products", name): product(name, producer="binh") for name in "abcdef"}
    d = desk({**ONE, **files})
    assert [one.id for one in similar(d.index, the(d, "gao"))] == list("abcd")


# --- producers --------------------------------------------------------------------------------------------


def test_a_producer_shows_its_products_by_standing() -> None:
    files = {page_of("products", "held"): product("Zz", recognitions=[stars(3)])}
    page = of_producer(EN, files)
    assert [card.href for card in page.products] == ["en/products/held/", "en/products/gao/"]
    assert (page.products_count, page.kind, page.known) == ("2 products", "Cooperative", True)


def test_a_producer_without_products_has_a_page() -> None:
    d = desk({page_of("producers", "an"): producer()})
    page = producer_page(d, d.catalogue.producers[0], a_head())
    assert (page.products, page.products_count, page.summary) == ((), "0 sản phẩm", None)


@pytest.mark.parametrize(
    ("consent", "withheld"),
    [(None, True), (["phones"], True), (["phones", "address"], False)],
)
def test_what_a_household_does_not_agree_to_is_not_in_its_page(consent: list[str] | None, withheld: bool) -> None:
    agreed = {"consent": {"date": date(2026, 1, 1), "scope": consent}} if consent else {}
    facts = {"kind": "household", "address": "Ngõ 7", "phones": ["0912345678"]}
    page = of_producer(VI, **facts, **agreed, location={"lat": 20.5, "lon": 106.5})
    assert page.withheld is withheld
    assert ("Ngõ 7" in repr(page)) is not withheld
    assert (page.map_href is None) is withheld
    assert ("345 678" in repr(page)) is (consent is not None)


def test_a_maker_that_nobody_names_is_said_to_be_unknown() -> None:
    assert not of_producer(kind="unknown").known


def test_a_producer_shows_its_facts_sources_story_and_photos() -> None:
    d = desk(
        {
            **ONE,
            page_of("producers", "an"): producer(
                body="Chuyện.", founded="1998-05", sources=[{"title": "Sổ"}], updated=date(2026, 1, 2), summary="Tốt."
            ),
        },
        EN,
        [photo("producers/an/a.jpg")],
    )
    page = producer_page(d, d.catalogue.producers[0], a_head())
    assert [(fact.label.words, fact.values[0].words) for fact in page.facts] == [("Founded", "May 1998")]
    assert page.story is not None
    assert (page.story.lang, len(page.pictures), page.updated_iso) == (VI, 1, "2026-01-02")
    assert page.sources[0].words.words == "Sổ"
    assert page.summary == Phrase("Tốt.", VI)


# --- texts ------------------------------------------------------------------------------------------------


def text(kind: str, lang: Lang = VI, files: Files | None = None, body: str = "", **facts: object) -> TextPage:
    d = desk({**ONE, **(files or {}), page_of(kind, "x"): entry(body, **{"name": "X", **facts})}, lang)
    return text_page(d, getattr(d.catalogue, kind)[0], a_head())


def test_an_event_has_its_days_and_its_venue() -> None:
    page = text(
        "news", EN, summary="…", date=date(2026, 11, 1), starts=date(2026, 12, 1), ends=date(2026, 12, 3), venue="Sân"
    )
    assert (page.date, page.date_iso) == ("1 November 2026", "2026-11-01")
    assert [(fact.label.words, fact.values[0].words) for fact in page.facts] == [
        ("Starts", "1 December 2026"),
        ("Ends", "3 December 2026"),
        ("Venue", "Sân"),
    ]


def test_an_outlet_has_its_place_its_contacts_and_the_products_it_sells() -> None:
    page = text(
        "outlets",
        EN,
        {page_of("products", "b"): product("B", outlets=["x"])},
        place={"commune": "thuy-an", "district": "thai-thuy"},
        phones=["02273123456"],
        website="https://www.example.org/",
        location={"lat": 20.5, "lon": 106.5},
    )
    assert page.place is not None
    assert [away.href for away in page.contacts] == ["tel:+842273123456", "https://www.example.org/"]
    assert page.map_href is not None
    assert [card.href for card in page.products] == ["en/products/b/"]
    assert page.summary is None


def test_a_page_of_its_own_is_a_name_a_summary_and_a_story() -> None:
    page = text("pages", summary="Là gì.", body="Thưa *bà con*.", updated=date(2026, 1, 2))
    assert (page.name.words, page.summary, page.date, page.place) == ("X", Phrase("Là gì."), "", None)
    assert page.story is not None
    assert "<em>bà con</em>" in page.story.html
    assert page.updated == "02/01/2026"


def test_every_address_of_an_english_page_is_english() -> None:
    files = {page_of("products", name): product(name) for name in "ab"}
    found = hrefs(shown(EN, {**files, **OUTLET}, outlets=["cho"], related=["a"], recognitions=[stars(4)]))
    assert {href.split("/")[0] for href in found} == {"en", "pictures"}
