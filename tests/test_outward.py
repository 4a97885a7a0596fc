"""Addresses outside: of every field and story, with their places, and none that is the site's own."""

from __future__ import annotations

from making import PRODUCT, SITE, a_book, a_product

from ocopgen.outward import outward

EDITED = """\
address: https://example.vn/ocop/
repository: https://example.vn/repo
editing: {sign_in: "https://example.vn/sign-in"}
"""


def found(**files: str) -> list[str]:
    named = outward(a_book(**files))
    return [
        f"{one.address} {one.place.file.removeprefix('content/')}:{one.place.line}:{one.place.column}" for one in named
    ]


def test_addresses_of_fields_are_found_where_they_are_written() -> None:
    text = a_product(
        "sources:", "  - {title: Báo, url: 'https://a.vn/x#phan-2'}", "  - {title: Sổ}", "website: không có"
    )
    assert f"https://a.vn/x {PRODUCT}:7:23" in found(**{PRODUCT: text})


def test_links_of_stories_are_found_where_they_are_written() -> None:
    text = a_product(
        body="Xem [báo](https://a.vn/x?a=1&b=2).\n\nVà <http://b.vn/>, [khác](../gao/), [thư](mailto:a@b.vn).\n"
    )
    assert [one for one in found(**{PRODUCT: text}) if PRODUCT in one] == [
        f"https://a.vn/x?a=1&b=2 {PRODUCT}:7:11", f"http://b.vn/ {PRODUCT}:9:5",
    ]  # fmt: skip


def test_drafts_are_looked_at_too() -> None:
    assert any(
        "https://a.vn/x" in one for one in found(**{PRODUCT: a_product("draft: true", body="<https://a.vn/x>\n")})
    )


def test_the_site_itself_and_its_door_are_not_asked() -> None:
    names = [one.split()[0] for one in found(**{"site.yml": SITE + EDITED}) if "site.yml" in one]
    assert names == ["https://example.vn/repo"]
