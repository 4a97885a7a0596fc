"""Lists of many names: on one page, by letter, by kind, and in parts that tell their first and last name."""

from __future__ import annotations

import pytest
from sites import EN, ONE, VI, a_head, catalogue, desk, file_of, hrefs, page_of, planned, producer, product, views

from ocopgen import directory
from ocopgen.cards import Desk
from ocopgen.directory import Leaf
from ocopgen.name_pages import AZ, PRODUCERS
from ocopgen.views import IndexPage

NAMES = "An", "Ăn", "Bánh 1", "Bánh 2", "Bánh 3", "Đậu"
FILES = {**ONE, **{page_of("products", f"p{n}"): product(name) for n, name in enumerate(NAMES)}}
"""With the rice: seven names under five letters."""


@pytest.fixture
def two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "ON_ONE_PAGE", 2)


def names(page: IndexPage) -> list[tuple[str, list[str]]]:
    return [(group.title.words, [row.words.words for row in group.rows]) for group in page.groups]


def addresses(one: Desk) -> list[str]:
    return [AZ.href(one.edition, leaf) for leaf in AZ.leaves(one)]


def test_names_that_fit_on_one_page_stand_there() -> None:
    one = desk(FILES)
    assert addresses(one) == ["vi/a-z/"]
    page = AZ.page(one, Leaf(), a_head())
    assert sum(len(rows) for _, rows in names(page)) == 7
    assert page.chapters == ()
    assert page.pager is None


@pytest.mark.usefixtures("two_a_page")
def test_each_vietnamese_letter_has_pages_of_its_own_where_names_are_many() -> None:
    assert addresses(desk(FILES)) == [
        "vi/a-z/",
        *("vi/a-z/a/", "vi/a-z/aw/", "vi/a-z/b/", "vi/a-z/b/trang-2/", "vi/a-z/dd/", "vi/a-z/g/"),
    ]
    assert set(AZ.firsts(desk(FILES))) == {Leaf(), *map(Leaf, "AĂBĐG")}


@pytest.mark.usefixtures("two_a_page")
def test_the_first_page_leads_to_all_parts_by_their_first_and_last_name() -> None:
    page = AZ.page(desk(FILES), Leaf(), a_head())
    assert names(page)[:3] == [("A", ["An"]), ("Ă", ["Ăn"]), ("B", ["Bánh 1 – Bánh 2", "Bánh 3"])]
    assert [(row.href, row.note) for row in page.groups[2].rows] == [
        ("vi/a-z/b/", "2 sản phẩm"),
        ("vi/a-z/b/trang-2/", "1 sản phẩm"),
    ]
    assert page.count == "7 sản phẩm"


@pytest.mark.usefixtures("two_a_page")
def test_a_part_shows_its_names_the_letters_and_its_neighbours() -> None:
    one = desk(FILES)
    page = AZ.page(one, Leaf("B", 2, 2), a_head())
    assert names(page) == [("B", ["Bánh 3"])]
    assert page.count == "3 sản phẩm"
    assert [(link.words.words, link.href) for link in page.chapters][1:3] == [
        ("Ă", "vi/a-z/aw/"),
        ("B", "vi/a-z/b/trang-2/"),
    ]
    assert page.pager is not None
    assert (page.pager.previous, page.pager.following) == ("vi/a-z/b/", None)
    assert AZ.title(one, Leaf("B", 2, 2)).endswith("B · Trang 2 / 2")
    assert AZ.description(one, Leaf("B", 1, 2)).endswith(": Bánh 1 – Bánh 2.")


def test_letters_of_other_alphabets_and_of_none_have_addresses_too() -> None:
    names = "Жито", "ªa", "Ää", "“Ong”", "Âm", "Ôi", "Ơi", "Ưa", "Êm"
    one = desk({page_of("products", f"p{n}"): product(name) for n, name in enumerate(names)} | ONE)
    found = {AZ.href(one.edition, Leaf(key)) for key in AZ.keys(one)}
    assert len(found) == 10
    assert all(href.isascii() and href.startswith("vi/a-z/") for href in found)


@pytest.mark.usefixtures("two_a_page")
def test_many_producers_stand_by_kind() -> None:
    makers = {page_of("producers", f"h{n}"): producer(f"Hộ {n}", kind="household") for n in range(3)}
    one = desk({**ONE, **makers}, EN)
    assert [PRODUCERS.href(one.edition, leaf) for leaf in PRODUCERS.leaves(one)] == [
        "en/producers/",
        "en/producers/kinds/cooperatives/",
        "en/producers/kinds/household-businesses/",
        "en/producers/kinds/household-businesses/page-2/",
    ]


@pytest.mark.usefixtures("two_a_page")
def test_every_way_of_a_long_list_leads_to_a_page_and_its_letters_have_no_twin() -> None:
    english = {"products/p5/index.en.md": "---\nname: Beans\n---\n"}
    found = views(planned(catalogue({**FILES, **english})))
    lists = {path: view for path, view in found.items() if isinstance(view, IndexPage)}
    assert {file_of(href) for view in lists.values() for href in hrefs(view)} <= found.keys()
    assert "vi/a-z/dd/index.html" in lists
    assert "en/a-z/dd/index.html" not in lists
    (other,) = [one for one in lists["vi/a-z/dd/index.html"].head.alternates if not one.current]
    assert (other.lang, other.href, other.url) == (EN, "en/a-z/", None), "another letter holds others"
    assert [one.lang for one in lists["vi/a-z/index.html"].head.alternates if one.url] == [VI, EN]
