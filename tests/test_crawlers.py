"""What crawlers read: every page with its twins and its day, in as many files as it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from sites import (
    AWKWARD,
    DATA,
    DRAWINGS,
    ONE,
    TODAY,
    Files,
    catalogue,
    desk,
    entry,
    page_of,
    photo,
    product,
    read_content,
    tiny_templates,
    views,
)

from ocopgen import crawlers
from ocopgen.crawlers import robots, sitemap
from ocopgen.gallery import Gallery
from ocopgen.pages import SITE
from ocopgen.plan import Look, plan
from ocopgen.recipe import Artifact, Plain
from ocopgen.views import Head

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
AT = "https://example.vn/ocop/"
GAO = page_of("products", "gao")


def site(files: Files = ONE, address: str | None = AT, data: Files = DATA) -> dict[str, Artifact]:
    """The plan of a site that lies here."""
    photos = [photo("products/ten-rat-dai/ngang.png"), photo("news/hoi-cho/a.jpg")] if "site.yml" in files else []
    gallery = Gallery(catalogue(files, photos, data), DRAWINGS)
    return {one.path: one for one in plan(gallery, Look(tiny_templates(), TODAY, address))}


def content(one: Artifact) -> bytes:
    assert isinstance(one.recipe, Plain)
    return one.recipe.content


def rows(raw: bytes, name: str = "url") -> list[Element]:
    return ElementTree.fromstring(raw).findall(f"{MAP}{name}")


def told(files: Files = ONE) -> dict[str, Element]:
    """The rows of the sitemap by their addresses, below the site's."""
    return {loc(one).removeprefix(AT): one for one in rows(content(site(files)["sitemap.xml"]))}


def loc(one: Element) -> str:
    return one.findtext(f"{MAP}loc") or ""


def day(one: Element) -> str | None:
    return one.findtext(f"{MAP}lastmod")


def twins(one: Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"] for link in one.findall(LINK)}


@pytest.mark.parametrize("files", [ONE, read_content(AWKWARD).texts], ids=["one", "awkward"])
def test_it_has_each_page_once_that_is_its_own_original_and_tells_what_the_page_tells(files: Files) -> None:
    found = {path.removesuffix("index.html"): view for path, view in views(site(files).values()).items()}
    heads: dict[str, Head] = {path: view.head for path, view in found.items() if hasattr(view, "head")}
    own = {path: head for path, head in heads.items() if head.canonical == f"{AT}{path}"}
    assert len(own) < len(heads)
    rows = told(files)
    assert rows.keys() == own.keys() | {""}
    for path, head in own.items():
        beside = {str(one.lang): one.url for one in head.alternates if one.url}
        assert twins(rows[path]) == (beside | {"x-default": head.default} if beside else {})
    assert twins(rows[""]) == twins(rows["vi/"]) == {"vi": f"{AT}vi/", "en": f"{AT}en/", "x-default": AT}


def test_days_are_those_of_the_content_and_left_out_where_it_tells_none() -> None:
    files = {
        **ONE,
        GAO: product(updated=date(2026, 5, 1)),
        page_of("products", "ngo"): product("Ngô", updated=date(2026, 6, 1), set=10),
        page_of("news", "tin"): entry(name="Tin", summary="…", date=date(2026, 1, 1), updated=date(2026, 7, 1)),
    }
    found = told(files)
    assert day(found["vi/san-pham/gao/"]) == "2026-05-01"
    assert day(found["vi/san-pham/"]) == day(found["en/places/thai-thuy/"]) == "2026-06-01"
    assert day(found["vi/tin-tuc/"]) == day(found["vi/"]) == "2026-07-01"
    assert day(found["vi/chu-the/an/"]) is day(found["vi/chuong-trinh/"]) is None
    assert {day(one) for one in told().values()} == {None}


def test_another_story_changes_no_sitemap_and_another_day_of_the_content_does() -> None:
    before = content(site()["sitemap.xml"])
    assert content(site({**ONE, GAO: product(body="Chuyện.")})["sitemap.xml"]) == before
    assert content(site({**ONE, GAO: product(updated=date(2026, 5, 1))})["sitemap.xml"]) != before


def test_addresses_are_written_as_xml_wants_them() -> None:
    found = rows(content(site(address="https://example.vn/a&b'<>/")["sitemap.xml"]))
    assert all(loc(one).startswith("https://example.vn/a&b'<>/") for one in found)
    assert all(href.startswith("https://example.vn/a&b'<>/") for one in found for href in twins(one).values())


@pytest.mark.parametrize("limit", ["MOST", "LARGEST"])
def test_what_is_too_long_for_one_file_is_an_index_and_its_parts(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = content(site()["sitemap.xml"])
    monkeypatch.setattr(crawlers, limit, {"MOST": 10, "LARGEST": 1_000}[limit])
    one = desk({**ONE, GAO: product(updated=date(2026, 5, 1))})
    desks = [replace(one, edition=replace(one.edition, base_url=AT))]
    files = {each.path: content(each) for each in sitemap(SITE, desks)}
    index = rows(files.pop("sitemap.xml"), "sitemap")
    assert [loc(each) for each in index] == [f"{AT}{name}" for name in files]
    assert list(files) == [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    assert len(files) > 1
    parts = [rows(each) for each in files.values()]
    if limit == "MOST":
        assert all(len(each) == 10 for each in parts[:-1])
    assert all(len(each) <= 1_000 for each in files.values()) or limit == "MOST"
    for each, part in zip(index, parts, strict=True):
        assert day(each) == max((day(row) or "" for row in part), default="") or day(each) is None
    assert sum(map(len, parts)) > 10
    assert len(whole) > 1_000


def test_robots_names_the_sitemap_and_forbids_nothing() -> None:
    (one,) = robots(replace(desk().edition, base_url="https://example.vn/ocop"))
    assert one.path == "robots.txt"
    assert content(one) == b"User-agent: *\nAllow: /\n\nSitemap: https://example.vn/ocop/sitemap.xml\n"


def test_without_an_address_there_is_neither() -> None:
    edition = replace(desk().edition, base_url=None)
    assert list(robots(edition)) == []
    assert list(sitemap(SITE, [replace(desk(), edition=edition)])) == []
