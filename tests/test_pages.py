"""The table of pages: what each page's head says, and that every page is in every language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from sites import DATA, EN, ONE, VI, Files, catalogue, entry, file_of, hrefs, page_of, planned, product, stars, views

from ocopgen.pages import SITE
from ocopgen.views import Head, View

MANY: Files = {
    **ONE,
    **{page_of("products", f"p{n:02}"): product(f"Sp {n}", recognitions=[stars(4, year=2025)]) for n in range(60)},
    page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"}),
    page_of("news", "tin"): entry(name="Tin", summary="…", date=date(2026, 1, 1)),
    page_of("pages", "gioi-thieu"): entry(name="Giới thiệu", summary="Về danh mục."),
}


@pytest.fixture(scope="module")
def found() -> Mapping[str, View]:
    return views(planned(catalogue(MANY)))


def heads(found: Mapping[str, View]) -> dict[str, Head]:
    return {path: view.head for path, view in found.items() if hasattr(view, "head")}


def test_every_kind_of_page_is_there_in_both_languages(found: Mapping[str, View]) -> None:
    kinds = {lang: {path.split("/")[1] for path in found if path.startswith(f"{lang}/")} for lang in (VI, EN)}
    assert len(kinds[VI]) == len(kinds[EN])
    assert {"san-pham", "sao", "nganh", "bo-san-pham", "dia-phuong", "nam", "chu-the", "a-z"} <= kinds[VI]
    assert len({route.name for route in SITE}) == len(SITE)


def test_each_page_has_a_twin_that_names_it_as_its_own(found: Mapping[str, View]) -> None:
    pages = heads(found)
    for path, head in pages.items():
        assert [one.lang for one in head.alternates] == [VI, EN]
        (current,) = [one for one in head.alternates if one.current]
        assert file_of(current.href) == path
        for other in head.alternates:
            twin = pages[file_of(other.href)]
            assert [one.href for one in twin.alternates] == [one.href for one in head.alternates]


def test_from_every_page_the_root_is_found(found: Mapping[str, View]) -> None:
    for path, head in heads(found).items():
        assert head.root == "../" * path.count("/")


def test_titles_are_unique_in_a_language(found: Mapping[str, View]) -> None:
    for lang in (VI, EN):
        titles = [head.title for path, head in heads(found).items() if path.startswith(f"{lang}/")]
        assert len(set(titles)) == len(titles)


def test_the_home_page_is_titled_by_the_site_and_the_others_end_with_it(found: Mapping[str, View]) -> None:
    pages = heads(found)
    assert pages["en/index.html"].title == "Test Market"
    assert pages["en/products/gao/index.html"].title == "Gạo · Test Market"
    assert pages["en/products/page-2/index.html"].title == "Products – Page 2 of 2 · Test Market"


def test_crumbs_lead_up_step_by_step(found: Mapping[str, View]) -> None:
    pages = heads(found)
    crumbs = {path: [link.href for link in head.crumbs] for path, head in pages.items()}
    assert crumbs["en/index.html"] == []
    assert crumbs["en/gioi-thieu/index.html"] == ["en/"]
    assert crumbs["en/products/gao/index.html"] == ["en/", "en/products/"]
    assert crumbs["en/places/thai-thuy/index.html"] == ["en/", "en/places/"]
    assert crumbs["en/stars/4/index.html"] == ["en/", "en/products/"]


def test_every_page_describes_itself(found: Mapping[str, View]) -> None:
    assert all(head.description for head in heads(found).values())
    assert heads(found)["en/products/gao/index.html"].description == "Gạo ngon."
    assert heads(found)["en/producers/an/index.html"].description == (
        "Hợp tác xã An: cooperative · Thụy An Commune, Thái Thụy District, Thái Bình Province, "
        "with 61 products in the catalogue."
    )


def test_canonical_addresses_are_there_only_where_the_site_has_one() -> None:
    bare = heads(views(planned(catalogue(MANY, data={**DATA, "site.yml": without_address()}))))
    assert {head.canonical for head in bare.values()} == {None}
    assert {one.url for head in bare.values() for one in head.alternates} == {None}
    told = heads(views(planned(catalogue(MANY), base_url="https://example.vn/ocop")))
    page = told["vi/sao/4/trang-2/index.html"]
    assert page.canonical == "https://example.vn/ocop/vi/sao/4/trang-2/"
    assert [one.url for one in page.alternates] == [
        "https://example.vn/ocop/vi/sao/4/trang-2/",
        "https://example.vn/ocop/en/stars/4/page-2/",
    ]


def without_address() -> bytes:
    site = DATA["site.yml"]
    assert isinstance(site, bytes)
    return b"\n".join(line for line in site.split(b"\n") if not line.startswith(b"address"))


def test_every_address_in_a_view_is_a_file_of_the_plan() -> None:
    artifacts = planned(catalogue(MANY))
    files = {one.path for one in artifacts}
    for path, view in views(artifacts).items():
        assert {file_of(href) for href in hrefs(view)} <= files, path
