"""The head of each page: titles and descriptions told apart, canonical addresses, twins, what other sites show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache

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
    entry,
    page_of,
    photo,
    producer,
    product,
    read_content,
    stars,
    tiny_templates,
    views,
)

from ocopgen.catalogue import Catalogue, shelve
from ocopgen.gallery import Gallery
from ocopgen.heads import DESCRIPTION, TITLE, cut
from ocopgen.plan import Look, lay_out, plan, with_posters
from ocopgen.views import Head, PlainPage, ShortPage, View

AT = "https://example.vn/ocop/"
SHIPPED = ROOT / "content"


def planned(whole: Catalogue, address: str | None = AT) -> Mapping[str, View]:
    """The views of all pages of a site that lies here, with the pictures that others show of them."""
    look = Look(tiny_templates(), TODAY, address)
    return views(plan(with_posters(Gallery(whole, DRAWINGS), lay_out(whole, look)), look))


def heads(files: Files, address: str | None = AT, data: Files = DATA) -> dict[str, Head]:
    """The heads of all pages that belong to a language."""
    return heads_of(planned(catalogue(files, data=data), address))


def heads_of(found: Mapping[str, View]) -> dict[str, Head]:
    return {path.removesuffix("index.html"): view.head for path, view in found.items() if hasattr(view, "head")}


@cache
def of_site(name: str) -> dict[str, Head]:
    """The heads of the shipped site, or of the awkward one, whose photos are not looked at."""
    if name == "shipped":
        whole = shelve(read_content(SHIPPED)).catalogue
        assert whole is not None
        return heads_of(planned(whole.published()))
    photos = [photo("products/ten-rat-dai/ngang.png"), photo("news/hoi-cho/a.jpg")]
    whole = shelve(read_content(AWKWARD, photos)).catalogue or catalogue(read_content(AWKWARD).texts, photos)
    return heads_of(planned(whole.published()))


NEWS: Files = {
    page_of("news", f"tin-{n}"): entry(name="Hội chợ", summary="Chợ phiên.", date=date(2026, n, 1)) for n in (1, 2)
}
NAMESAKES: Files = {
    page_of("producers", "an"): producer("Làng Sen"),
    page_of("producers", "binh"): producer("Bình", place={"district": "thai-thuy"}),
    page_of("producers", "chi"): producer("Bình", kind="household"),
    page_of("products", "sen"): product("Làng Sen"),
    page_of("products", "gao"): product("Gạo", summary="Gạo ngon."),
    page_of("products", "gao-2"): product("Gạo", summary="Gạo ngon."),
    page_of("products", "gao-3"): product("gạo", producer="binh", summary="Gạo khác."),
    page_of("products", "thuc-pham"): product("Sản phẩm"),
    **NEWS,
}
MANY: Files = {**ONE, **{page_of("products", f"p{n}"): product(f"Sp {n}", recognitions=[stars()]) for n in range(60)}}

SITES = {"namesakes": NAMESAKES, "many": MANY}


@pytest.mark.parametrize("name", ["shipped", "awkward", *SITES])
def test_titles_and_descriptions_are_there_unique_in_a_language_and_of_a_good_size(name: str) -> None:
    found = heads(SITES[name]) if name in SITES else of_site(name)
    for lang in (VI, EN):
        pages = [head for path, head in found.items() if path.startswith(f"{lang}/")]
        assert len(pages) > 25
        for told in ([one.title for one in pages], [one.description for one in pages]):
            assert all(told)
            assert [one for one, count in Counter(map(str.casefold, told)).items() if count > 1] == []
        assert [one.description for one in pages if len(one.description) > DESCRIPTION] == []
        site = next(one.title for one in pages if one.here == f"{lang}/")
        assert all(len(one.title) <= TITLE or not one.title.endswith(f" · {site}") for one in pages)


def test_entries_of_one_name_are_told_apart_by_as_little_as_needed() -> None:
    found = heads(NAMESAKES)
    titles = {path.split("/", 1)[1]: head.title for path, head in found.items() if path.startswith("vi/")}
    assert titles["san-pham/gao-3/"] == "gạo – Bình · Chợ thử"
    assert titles["san-pham/gao/"] == "Gạo – Làng Sen – Xã Thụy An, huyện Thái Thụy – gao · Chợ thử"
    assert titles["san-pham/sen/"].startswith("Làng Sen – Làng Sen")
    assert titles["chu-the/an/"] == "Làng Sen – Hợp tác xã · Chợ thử"
    assert titles["chu-the/chi/"] == "Bình – Hộ kinh doanh · Chợ thử"
    assert titles["tin-tuc/tin-1/"] == "Hội chợ – 01/01/2026 · Chợ thử"
    assert titles["san-pham/thuc-pham/"] == "Sản phẩm – Làng Sen · Chợ thử"
    assert found["vi/san-pham/gao/"].description == "Gạo – Làng Sen – Xã Thụy An, huyện Thái Thụy – gao. Gạo ngon."
    assert heads(ONE)["vi/san-pham/gao/"].title == "Gạo · Chợ thử"


def test_the_short_page_of_a_namesake_is_called_as_its_page() -> None:
    found = planned(catalogue(NAMESAKES))
    page = found["p/gao-3/index.html"]
    assert isinstance(page, ShortPage)
    assert page.title == "gạo – Bình · Chợ thử"


def test_further_parts_say_which_they_are_and_listings_name_what_is_on_them_but_not_below_a_star() -> None:
    found = heads(MANY)
    assert found["vi/san-pham/trang-2/"].title == "Sản phẩm – Trang 2 / 2 · Chợ thử"
    assert "Trang 2 / 2." in found["vi/san-pham/trang-2/"].description
    assert "Sp 58, Sp 59" not in found["vi/san-pham/"].description
    assert "Sp 0, Sp 1" in found["vi/san-pham/"].description
    assert "Sp" not in found["vi/sao/4/"].description


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ("ngắn", 10, "ngắn"),
        ("vừa khít mười", 13, "vừa khít mười"),
        ("một hai ba bốn", 11, "một hai ba…"),
        ("một hai, ba bốn", 9, "một hai…"),
        ("hai\n dòng  chữ", 20, "hai dòng chữ"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_words_are_cut_off_after_a_whole_word(words: str, most: int, expected: str) -> None:
    assert cut(words, most) == expected
    assert len(expected) <= most


def test_who_says_nothing_of_itself_is_described_by_what_is_known() -> None:
    nowhere = {page_of("producers", "lo"): entry(name="Ẩn", kind="unknown", place={})}
    shop = {page_of("outlets", "cho"): entry(name="Chợ Bo", place={"district": "thai-thuy"})}
    found = heads({**ONE, **nowhere, **shop})
    assert found["vi/chu-the/an/"].description == (
        "Hợp tác xã An: hợp tác xã · Xã Thụy An, huyện Thái Thụy, tỉnh Thái Bình. Có 1 sản phẩm trong danh mục."
    )
    assert found["vi/chu-the/lo/"].description == "Ẩn."
    assert found["en/outlets/cho/"].description.startswith("Chợ Bo: products are shown and sold here, Thái Thụy Dis")


# --- addresses --------------------------------------------------------------------------------------------

ENGLISH: Files = {**ONE, "products/gao/index.en.md": entry(name="Rice")}
STORY_ALONE: Files = {**ONE, "products/gao/index.en.md": entry("A story.")}


def told(head: Head) -> dict[str, str]:
    """What machines are told of the twins of a page."""
    found = {str(one.lang): one.url for one in head.alternates if one.url}
    return {**found, **({"x-default": head.default} if head.default else {})}


@pytest.mark.parametrize("files", [ENGLISH, STORY_ALONE])
def test_each_page_names_itself_its_twins_and_the_first_of_them_for_all_others(files: Files) -> None:
    found = heads(files)
    twins = {"vi": f"{AT}vi/san-pham/gao/", "en": f"{AT}en/products/gao/", "x-default": f"{AT}vi/san-pham/gao/"}
    for lang, path in (("vi", "vi/san-pham/gao/"), ("en", "en/products/gao/")):
        assert found[path].canonical == twins[lang]
        assert told(found[path]) == twins
    assert told(found["en/"]) == {"vi": f"{AT}vi/", "en": f"{AT}en/", "x-default": AT}


def test_a_page_without_a_word_of_its_own_points_to_its_source_and_is_nobodys_twin() -> None:
    found = heads(ONE)
    english, vietnamese = found["en/products/gao/"], found["vi/san-pham/gao/"]
    assert english.canonical == vietnamese.canonical == f"{AT}vi/san-pham/gao/"
    assert told(english) == told(vietnamese) == {}
    assert [one.href for one in english.alternates] == ["vi/san-pham/gao/", "en/products/gao/"], "readers still switch"
    assert english.shared is not None
    assert english.shared.url == english.canonical
    assert english.shared.others == ("vi_VN",)


@pytest.mark.parametrize("name", ["shipped", "awkward"])
def test_twins_name_each_other_and_lie_where_they_say(name: str) -> None:
    found = of_site(name)
    at = f"{AT}"
    for path, head in found.items():
        twins = told(head)
        if twins:
            assert head.canonical == f"{at}{path}"
            assert set(twins) == {"vi", "en", "x-default"}
            for lang in (VI, EN):
                assert told(found[twins[lang].removeprefix(at)]) == twins
        else:
            assert head.canonical is not None
            assert head.canonical.removeprefix(at) in found
    assert name == "shipped" or [path for path, head in found.items() if not told(head)], "some have no English"


def test_without_an_address_nothing_is_there_that_must_be_whole() -> None:
    data = {**DATA, "site.yml": DATA["site.yml"].replace(b"address: https://example.org/cho/\n", b"")}  # type: ignore[arg-type]
    for head in heads(ENGLISH, None, data).values():
        assert (head.canonical, head.default, head.shared, head.linked) == (None, None, None, None)
        assert told(head) == {}
        assert len(head.alternates) == 2


def test_the_entrance_stands_for_all_home_pages() -> None:
    page = planned(catalogue())["index.html"]
    assert isinstance(page, PlainPage)
    assert page.canonical == AT
    assert {str(one.lang): one.url for one in page.alternates} == {"vi": f"{AT}vi/", "en": f"{AT}en/"}
    assert page.shared is not None
    assert page.shared.url == AT


# --- what other sites show --------------------------------------------------------------------------------


def test_every_page_tells_other_sites_what_to_show() -> None:
    found = heads({**ENGLISH, **NEWS})
    for path, head in found.items():
        assert head.shared is not None
        one = head.shared
        assert (one.width, one.height, one.locale[:2]) == (1200, 630, path[:2])
        assert one.kind == ("article" if any(f"/{kind}/" in f"/{path}" for kind in KINDS) else "website")
        assert one.description == head.description
        assert one.alt
        assert one.image.startswith(f"{AT}pictures/")
        assert (one.title == one.site) == (path in ("vi/", "en/"))


KINDS = "san-pham/gao", "products/gao", "tin-tuc/tin-1", "tin-tuc/tin-2", "news/tin-1", "news/tin-2"


def test_a_short_address_shows_in_a_chat_what_its_page_shows() -> None:
    found = planned(catalogue(ENGLISH))
    product, maker = (found[f"{path}/index.html"] for path in ("p/gao", "c/an"))
    assert isinstance(product, ShortPage)
    assert isinstance(maker, ShortPage)
    assert product.shared is not None
    assert maker.shared is not None
    assert product.shared == heads_of(found)["vi/san-pham/gao/"].shared
    assert "site-vi" in maker.shared.image
