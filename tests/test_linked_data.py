"""What machines are told: true, as far as the page itself shows it, in words that schema.org knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sites import (
    AWKWARD,
    DATA,
    DRAWINGS,
    EN,
    ONE,
    ROOT,
    TODAY,
    VI,
    Files,
    catalogue,
    desk,
    entry,
    page_of,
    photo,
    producer,
    product,
    read_content,
    stars,
    the,
    tiny_templates,
    views,
    with_policies,
)

from ocopgen.cards import Desk
from ocopgen.gallery import Gallery
from ocopgen.linked_data import Node, of_producer, of_product, script
from ocopgen.plan import Look, plan
from ocopgen.text import Lang

AT = "https://example.vn/"
GAO, AN = page_of("products", "gao"), page_of("producers", "an")
URL = f"{AT}vi/san-pham/gao/"
ALCOHOL = 14

VOCABULARY: Mapping[str, set[str]] = {
    "Brand": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "Certification": {
        *("name", "issuedBy", "certificationIdentification", "certificationRating", "certificationStatus"),
        *("datePublished", "validFrom", "expires"),
    },
    "EntryPoint": {"urlTemplate"},
    "GeoCoordinates": {"latitude", "longitude"},
    "ItemList": {"numberOfItems", "itemListElement"},
    "ListItem": {"position", "name", "item", "url"},
    "NewsArticle": {
        *("headline", "description", "url", "mainEntityOfPage", "inLanguage", "image", "datePublished"),
        *("dateModified", "author", "publisher"),
    },
    "Offer": {"name", "price", "priceCurrency", "validFrom", "gtin", "url", "seller"},
    "Organization": {
        *("name", "legalName", "description", "url", "sameAs", "image", "foundingDate", "address", "location"),
        *("telephone", "email"),
    },
    "Place": {"geo"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion", "addressCountry"},
    "Product": {
        *("name", "description", "url", "category", "image", "brand", "manufacturer", "gtin", "hasCertification"),
        "offers",
    },
    "Rating": {"ratingValue", "bestRating", "worstRating"},
    "SearchAction": {"target", "query-input"},
    "Store": {"name", "description", "url", "sameAs", "image", "address", "location", "telephone"},
    "WebSite": {"name", "description", "url", "inLanguage", "publisher", "potentialAction"},
}
"""The types that we use, and of their properties those that we use, as schema.org (release 29) defines them.

`query-input` is what its page on actions makes of `query` with a constraint.
"""


def a_desk(files: Files = ONE, lang: Lang = VI, data: Files = DATA, today: date = TODAY, **more: Any) -> Desk:
    """A desk of a site that has an address."""
    one = desk(files, lang, data=data, today=today, **more)
    return replace(one, edition=replace(one.edition, base_url=AT))


def told(data: Files = DATA, today: date = TODAY, maker: str | None = None, **facts: Any) -> Node:
    """What is told of one product of these facts."""
    one = a_desk({**ONE, GAO: product(**facts), **({AN: maker} if maker else {})}, data=data, today=today)
    (node,) = of_product(one, the(one, "gao"), URL)
    return node


def made(maker: str, data: Files = DATA, lang: Lang = VI) -> list[Node]:
    """What is told of a producer."""
    one = a_desk({**ONE, AN: maker}, lang, data)
    return of_producer(one, one.catalogue.producer_by_id["an"], f"{AT}vi/chu-the/an/")


def graph(head: Any) -> list[Node]:
    """The nodes of a page."""
    if head.linked is None:
        return []
    whole = json.loads(head.linked)
    assert whole["@context"] == "https://schema.org"
    nodes: list[Node] = whole["@graph"]
    return nodes


def inside(node: object) -> Iterator[Node]:
    """Every node in a value."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        yield from (one for each in node for one in inside(each))


def pages(files: Files, photos: tuple[Any, ...] = (), data: Files = DATA) -> dict[str, list[Node]]:
    """The nodes of every page of a site."""
    gallery = Gallery(catalogue(files, photos, data), DRAWINGS)
    found = views(plan(gallery, Look(tiny_templates(), TODAY, AT)))
    return {path: graph(view.head) for path, view in found.items() if hasattr(view, "head")}


# --- the vocabulary ---------------------------------------------------------------------------------------


def sites() -> Iterator[dict[str, list[Node]]]:
    photos = (photo("products/ten-rat-dai/ngang.png"), photo("news/hoi-cho/a.jpg"))
    yield pages(read_content(AWKWARD).texts, photos)
    yield pages(read_content(ROOT / "content").texts)


def test_all_pages_speak_only_of_what_schema_org_knows_and_never_of_ratings_by_people() -> None:
    seen: set[str] = set()
    for site in sites():
        for node in inside(list(site.values())):
            assert set(node) - {"@type", "@id"} <= VOCABULARY[node["@type"]], node
            assert not {"aggregateRating", "review"} & set(node)
            assert all(value not in (None, "", []) for value in node.values())
            seen.add(node["@type"])
    assert seen >= VOCABULARY.keys() - {"Offer", "GeoCoordinates", "Place"}


def test_all_addresses_are_whole_and_lead_into_the_site_or_away() -> None:
    for site in sites():
        for path, nodes in site.items():
            for node in inside(nodes):
                for name in ("url", "item", "@id"):
                    assert node.get(name, AT).startswith(AT), (path, node)
                for image in node.get("image", ()):
                    assert image.startswith(f"{AT}pictures/")
                    assert image.endswith(".jpg")


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!-- <script>", "&lt;/script>", "]]>\u2028\\"]
)
def test_no_words_can_end_the_script_or_open_another(words: str) -> None:
    written = script([{"@type": "Thing", "name": words}])
    assert "<" not in written
    assert json.loads(written)["@graph"][0]["name"] == words


# --- stars ------------------------------------------------------------------------------------------------


def test_a_star_by_a_decision_is_a_certification_with_issuer_number_and_dates() -> None:
    paper = {"number": "86/QĐ-UBND", "date": date(2025, 6, 1), "by": "UBND tỉnh Hưng Yên"}
    (one,) = told(recognitions=[{"stars": 4, "decision": paper}])["hasCertification"]
    assert one == {
        "@type": "Certification",
        "name": "OCOP 4 sao",
        "certificationIdentification": "86/QĐ-UBND",
        "certificationStatus": "https://schema.org/CertificationActive",
        "certificationRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
        "issuedBy": {"@type": "Organization", "name": "UBND tỉnh Hưng Yên"},
        "datePublished": "2025-06-01",
        "validFrom": "2025-06-01",
        "expires": "2028-06-01",
    }


SOURCE = {"title": "Quyết định"}


@pytest.mark.parametrize(
    ("today", "more", "active", "expires", "word"),
    [
        (date(2028, 5, 31), {}, True, "2028-06-01", "OCOP 4 sao"),
        (date(2028, 6, 1), {}, False, "2028-06-01", "hết hiệu lực"),
        (date(2028, 6, 1), {"extended": {"until": date(2028, 9, 1), "source": SOURCE}}, True, "2028-09-02", "OCOP"),
        (date(2028, 9, 2), {"extended": {"until": date(2028, 9, 1), "source": SOURCE}}, False, "2028-09-02", "hết"),
        (date(2026, 3, 1), {"withdrawn": {"date": date(2026, 2, 1), "source": SOURCE}}, False, "2026-02-01", "thu hồi"),
    ],
)
def test_a_star_that_lapsed_is_told_as_lapsed(
    today: date, more: Mapping[str, object], active: bool, expires: str, word: str
) -> None:
    (one,) = told(recognitions=[stars(4, **more)], today=today)["hasCertification"]
    assert one["certificationStatus"].endswith("/CertificationActive") == active
    assert one["expires"] == expires
    assert (today.isoformat() < one["expires"]) == active
    assert word in one["name"]


@pytest.mark.parametrize(
    "one",
    [
        {"stars": 4, "year": 2025, "evidence": "press"},
        {"stars": 4, "decision": {"number": "1/QĐ-UBND"}},
        stars(4, evidence="proposed"),
        stars(4, evidence="producer"),
        {"stars": 4, "withdrawn": {"date": date(2026, 2, 1), "source": SOURCE}},
    ],
)
def test_what_no_decision_proves_is_no_certification(one: Mapping[str, object]) -> None:
    assert "hasCertification" not in told(recognitions=[one])


def test_only_what_the_page_shows_is_told() -> None:
    history = [stars(4), stars(3, date(2020, 1, 1))]
    assert [one["expires"] for one in told(recognitions=history)["hasCertification"]] == ["2028-06-01", "2023-01-01"]
    strict = told(with_policies(current_only=True), recognitions=history)["hasCertification"]
    assert [one["expires"] for one in strict] == ["2028-06-01"]
    assert "hasCertification" not in told(with_policies(current_only=True), recognitions=history[1:])


def test_other_certificates_are_told_with_what_is_known_of_them() -> None:
    ended = {"name": "VietGAP", "number": "7", "issuer": "Trung tâm", "from": date(2020, 1, 1), "to": date(2022, 1, 1)}
    first, second = told(certificates=[ended, {"name": "HACCP"}])["hasCertification"]
    assert first == {
        "@type": "Certification",
        "name": "VietGAP",
        "certificationIdentification": "7",
        "certificationStatus": "https://schema.org/CertificationInactive",
        "issuedBy": {"@type": "Organization", "name": "Trung tâm"},
        "validFrom": "2020-01-01",
        "expires": "2022-01-01",
    }
    assert second == {"@type": "Certification", "name": "HACCP"}


# --- prices, codes, makers --------------------------------------------------------------------------------

PRICED = {"label": "Hộp", "quantity": "200 g", "price": 250000, "priced": date(2026, 10, 1)}


def test_a_price_is_offered_only_with_its_day() -> None:
    (offer,) = told(packs=[PRICED, {"label": "Túi", "price": 90000}, {"label": "Gói"}])["offers"]
    assert (offer["price"], offer["priceCurrency"], offer["validFrom"]) == (250000, "VND", "2026-10-01")
    assert offer["name"] == "Hộp 200\u00a0g"
    assert "priceValidUntil" not in offer
    assert "offers" not in told(packs=[{"label": "Túi", "price": 90000}])


def test_alcohol_has_no_offer_unless_the_office_allows_it() -> None:
    assert "offers" not in told(set=ALCOHOL, alcohol=29.5, packs=[PRICED])
    assert told(with_policies(alcohol_prices=True), set=ALCOHOL, alcohol=29.5, packs=[PRICED])["offers"]


def test_barcodes_are_told_once_each() -> None:
    first, second = "8930000000019", "8930000000026"
    assert told(packs=[{"gtin": first}])["gtin"] == first
    assert told(packs=[{"label": "a", "gtin": first}, {"label": "b", "gtin": second}])["gtin"] == [first, second]
    assert "gtin" not in told()


def test_the_maker_is_its_brand_unless_no_source_names_it() -> None:
    node = told()
    assert node["brand"] == {"@type": "Brand", "name": "Hợp tác xã An"}
    assert node["manufacturer"]["@id"] == f"{AT}vi/chu-the/an/#organization"
    unnamed = told(maker=producer("Chưa rõ", kind="unknown"))
    assert not {"brand", "manufacturer"} & set(unnamed)
    assert made(producer("Chưa rõ", kind="unknown")) == []


SECRET: Mapping[str, Any] = {
    "address": "Số 7, ngõ kín",
    "phones": ["0912345678"],
    "email": "kin@example.org",
    "location": {"lat": 20.5, "lon": 106.5},
}


def test_of_a_household_only_what_it_agreed_to_is_told() -> None:
    (closed,) = made(producer("Hộ ông Kín", kind="household", **SECRET))
    assert not {"telephone", "email", "location"} & set(closed)
    assert "streetAddress" not in closed["address"]
    (half,) = made(producer("Hộ", kind="household", consent={"date": date(2026, 1, 1), "scope": ["phones"]}, **SECRET))
    assert half["telephone"] == ["+84912345678"]
    assert not {"email", "location"} & set(half)
    (known,) = made(producer("Hợp tác xã", **SECRET))
    assert known["address"]["streetAddress"] == "Số 7, ngõ kín"
    assert known["address"]["addressRegion"] == "tỉnh Thái Bình"
    assert known["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 20.5, "longitude": 106.5}


def test_a_drawing_of_ours_is_no_image_of_a_product_and_a_photo_is() -> None:
    assert "image" not in told()
    one = a_desk(photos=[photo("products/gao/a.jpg", 2000, 1500)])
    (node,) = of_product(one, the(one, "gao"), URL)
    (image,) = node["image"]
    assert "-1600-" in image


# --- pages ------------------------------------------------------------------------------------------------


def kinds(nodes: list[Node]) -> list[str]:
    return [str(one["@type"]) for one in nodes]


def test_each_kind_of_page_tells_what_it_is_and_where_it_stands() -> None:
    news = {page_of("news", "tin"): entry(name="Tin", summary="…", date=date(2026, 1, 1), updated=date(2026, 2, 1))}
    shop = {page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"}, phones=["02273123456"])}
    found = pages({**ONE, **news, **shop})
    assert kinds(found["vi/index.html"]) == ["Organization", "WebSite"]
    assert kinds(found["vi/san-pham/index.html"]) == ["ItemList", "BreadcrumbList"]
    assert kinds(found["vi/san-pham/gao/index.html"]) == ["Product", "BreadcrumbList"]
    assert kinds(found["vi/chu-the/an/index.html"]) == ["Organization", "BreadcrumbList"]
    assert kinds(found["vi/tin-tuc/tin/index.html"]) == ["NewsArticle", "BreadcrumbList"]
    assert kinds(found["vi/diem-ban/cho/index.html"]) == ["Store", "BreadcrumbList"]
    article = found["vi/tin-tuc/tin/index.html"][0]
    assert (article["datePublished"], article["dateModified"]) == ("2026-01-01", "2026-02-01")
    assert article["publisher"]["@id"] == f"{AT}#organization"
    assert all(any(kind == "BreadcrumbList" for kind in kinds(found[path])) for path in found if path.count("/") > 1)


def test_crumbs_end_at_the_page_itself() -> None:
    (trail,) = pages(ONE)["en/products/gao/index.html"][1:]
    steps = [(one["position"], one["name"], one["item"]) for one in trail["itemListElement"]]
    assert steps == [
        (1, "Home", f"{AT}en/"),
        (2, "Products", f"{AT}en/products/"),
        (3, "Gạo", f"{AT}en/products/gao/"),
    ]


def test_a_listing_names_the_products_of_its_part_in_their_places() -> None:
    many = {page_of("products", f"p{n:02}"): product(f"Sp {n:02}") for n in range(60)}
    rows = pages({**ONE, **many})["vi/san-pham/trang-2/index.html"][0]
    assert rows["numberOfItems"] == 61
    assert [one["position"] for one in rows["itemListElement"]] == list(range(49, 62))
    assert rows["itemListElement"][-1]["url"] == f"{AT}vi/san-pham/p59/"


def test_the_home_page_leads_to_its_search() -> None:
    (site,) = (one for one in pages(ONE)["en/index.html"] if one["@type"] == "WebSite")
    search = site["potentialAction"]
    assert search["target"]["urlTemplate"] == f"{AT}en/search/?q={{search_term_string}}"
    assert search["query-input"] == "required name=search_term_string"
    assert site["publisher"]["@id"] == f"{AT}#organization"
    assert (site["inLanguage"], site["name"]) == (EN, "Test Market")
