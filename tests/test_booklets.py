"""What brochures show, and whether contents and indexes tell the truth."""

from __future__ import annotations

import re
from functools import cache

import pytest
from papers import Paper, awkward, awkward_paper, bindery, paper
from sites import DATA, EN, ONE, VI, Files, entry, page_of, producer, product, stars, the, with_policies

from ocopgen import booklets
from ocopgen.bindery import Bindery
from ocopgen.booklets import LONG, level_booklet, producer_booklet, product_sheet, sector_booklet, whole_booklet
from ocopgen.brochure_views import Booklet, ProductSheet
from ocopgen.model import Product
from ocopgen.text import Lang

NAMES = "Ăn", "Ân", "An", "Đa", "Da", "Ổi", "Ơi", "Ớt", "Ô mai", "Gạo", "gạo nếp", "Bánh", "Y", "Ý dĩ"
IN_ORDER = "An", "Ăn", "Ân", "Bánh", "Da", "Đa", "Gạo", "gạo nếp", "Ô mai", "Ổi", "Ơi", "Ớt", "Y", "Ý dĩ"


def many(count: int = len(NAMES), makers: int = 3) -> Files:
    """Products of some producers, in two sectors."""
    files: dict[str, str | bytes] = {
        page_of("producers", f"p{at}"): producer(f"{'BĐÂ'[at % 3]} {at}") for at in range(makers)
    }
    for at in range(count):
        name = NAMES[at] if at < len(NAMES) else f"Món số {at} có cái tên đủ dài để chiếm hơn một dòng của mục lục"
        files[page_of("products", f"mon-{at}")] = product(
            name, producer=f"p{at % makers}", set=21 if at % 5 == 4 else 3, sources=[{"title": f"Báo {at % 4}"}]
        )
    return files


def whole(here: Bindery) -> Booklet:
    found = whole_booklet(here, None)
    assert found is not None
    return found


def shown(book: Booklet) -> list[str]:
    """The ids of all products of a booklet in their order."""
    return [one.id for chapter in book.chapters for one in chapter.items]


# --- sheets -----------------------------------------------------------------------------------------------


def sheet(here: Bindery, product_id: str) -> ProductSheet:
    found = product_sheet(here, the(here.desk, product_id))
    assert found is not None
    return found


def test_a_sheet_shows_what_is_known_and_no_row_without_a_value() -> None:
    view = sheet(awkward(), "ten-rat-dai")
    rows = {one.label.words: [each.words for each in one.values] for one in view.item.rows}
    assert rows["Hũ 500\u00a0g"] == ["1.250.000\u00a0₫"]
    assert rows["Thùng gỗ 3\u00a0kg"] == ["hỏi chủ thể"]
    assert rows["Giải thưởng"] == ["Giải nhất hội chợ", "Giải nhì hội thi"]
    assert "HACCP" not in str(rows["Chứng nhận"]), "a certificate that ended is not printed"
    assert all(rows.values())
    bare = sheet(awkward(), "chieu-chua-co-gi")
    assert [one.label.words for one in bare.item.rows] == ["Chủ thể", "Nơi làm ra"]
    assert (bare.story, bare.ways, bare.sources, bare.item.mark) == (None, (), (), None)


def test_where_to_buy_tells_whole_addresses_and_no_loose_ends() -> None:
    ways = {one.label.words: [each.words for each in one.values] for one in sheet(awkward(), "ten-rat-dai").ways}
    assert ways["Mua trực tuyến"] == ["Postmart · example.org/mua", "Cửa hàng ven sông"]
    assert "Trang web: facebook.com/htx" in ways["Hỏi người làm ra"]
    assert "Zalo: 0912 345 678" in ways["Hỏi người làm ra"]


def test_what_a_producer_did_not_consent_to_is_not_printed() -> None:
    for name, made in (("nha-bao-mat", awkward_paper("nha-bao-mat")), ("chieu", awkward_paper("chieu-chua-co-gi"))):
        assert not re.search(r"0912|nha-bao@|bí mật", made.text), name


def test_a_sheet_in_another_language_says_what_is_not_translated() -> None:
    assert sheet(awkward(EN), "gao-het-han").note.startswith("Some words have no English text yet")
    assert sheet(awkward(EN), "gao-het-han").item.name.lang == VI
    assert sheet(awkward(VI), "gao-het-han").note == ""


def test_alcohol_has_no_sheet_unless_the_office_allows_it_and_then_no_way_to_buy() -> None:
    facts = {"set": 14, "packs": [{"price": 70000}], "channels": [{"kind": "shopee", "url": "https://example.org/"}]}
    files = {**ONE, page_of("products", "ruou"): product("Rượu", **facts)}
    forbidden = bindery(files)
    assert product_sheet(forbidden, the(forbidden.desk, "ruou")) is None
    allowed = bindery(files, data=with_policies(DATA, alcohol_brochures=True))
    view = sheet(allowed, "ruou")
    assert view.ways == ()
    assert view.item.notice
    assert [one.values for one in view.item.rows if one.label.words == "Quy cách"] == [()]


# --- booklets ---------------------------------------------------------------------------------------------


def test_a_producer_has_a_booklet_with_its_products_and_what_it_tells_of_itself() -> None:
    here = awkward()
    view = producer_booklet(here, here.desk.catalogue.producer_by_id["htx-rat-dai"])
    assert view is not None
    assert shown(view)[:2] == ["ten-rat-dai", "gao-keo-dai"], "stars in effect come first"
    assert view.about is not None
    assert [one.label.words for one in view.rows][:2] == ["Địa phương", "Hỏi người làm ra"]
    assert not view.long


def test_no_booklet_is_made_of_nothing() -> None:
    unnamed = bindery({page_of("producers", "an"): producer(kind="unknown"), page_of("products", "gao"): product()})
    assert producer_booklet(unnamed, unnamed.desk.catalogue.producers[0]) is None, "no source names it"
    empty = bindery({page_of("producers", "an"): producer()})
    assert producer_booklet(empty, empty.desk.catalogue.producers[0]) is None, "it has no product"
    assert whole_booklet(empty, None) is None
    assert level_booklet(empty, 5) is None


def test_a_level_has_those_in_effect_and_then_those_on_record() -> None:
    view = level_booklet(awkward(), 4)
    assert view is not None
    assert [[one.id for one in chapter.items] for chapter in view.chapters] == [
        ["gao-keo-dai", "nep-tiem-nang"],
        ["gao-thu-hoi", "toi-theo-bao"],
    ]
    held, recorded = view.chapters
    assert all(one.mark and one.mark.plate for one in held.items)
    assert all(one.mark and not one.mark.plate for one in recorded.items)


def test_a_sector_is_told_set_by_set() -> None:
    here = awkward()
    view = sector_booklet(here, here.desk.catalogue.classification.sectors[0])
    assert view is not None
    assert [one.title.words for one in view.chapters][:2] == ["Gạo và ngũ cốc", "Gia vị khác"]


def test_the_whole_has_every_product_once_sector_by_sector_in_vietnamese_order() -> None:
    view = whole(bindery(many()))
    assert sorted(shown(view)) == sorted(f"mon-{at}" for at in range(len(NAMES)))
    for chapter in view.chapters:
        names = [one.name.words for one in chapter.items]
        assert names == [one for one in IN_ORDER if one in names]


def test_the_index_is_in_vietnamese_order_with_each_letter_once() -> None:
    view = whole(bindery(many()))
    assert [one.words.words for one in view.by_name] == list(IN_ORDER)
    letters = [one.letter for one in view.by_name if one.letter]
    assert letters == ["A", "Ă", "Â", "B", "D", "Đ", "G", "Ô", "Ơ", "Y"]


def test_the_index_by_producer_has_all_products_of_each() -> None:
    view = whole(bindery(many()))
    assert [one.words.words for one in view.by_producer] == ["Â 2", "B 0", "Đ 1"]
    assert sorted(each for one in view.by_producer for each in one.ids) == sorted(shown(view))


def test_few_products_need_neither_contents_nor_index() -> None:
    assert whole(bindery(many(LONG - 1))).by_name == ()
    assert not whole(bindery(many(LONG - 1))).long
    assert whole(bindery(many(LONG))).long


def test_more_products_than_anybody_leafs_through_have_no_booklet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booklets, "MOST", 2)
    assert whole_booklet(bindery(many(2)), None) is not None
    assert whole_booklet(bindery(many(3)), None) is None


def test_a_source_of_many_products_is_named_once() -> None:
    sources = [one.words.words for one in whole(bindery(many())).sources]
    assert sorted(sources) == ["Báo 0", "Báo 1", "Báo 2", "Báo 3"]


def test_what_is_said_of_alcohol_is_said_only_where_some_was_left_out() -> None:
    spirit = {page_of("products", "ruou"): product("Rượu", set=14)}
    assert whole(bindery(ONE)).note == ""
    assert whole(bindery({**ONE, **spirit})).note


# --- page numbers -----------------------------------------------------------------------------------------


@cache
def printed(count: int) -> tuple[Bindery, Paper]:
    """The whole catalogue of so many products."""
    here = bindery(many(count, makers=7)) if count else awkward()
    return here, paper(here, "products", None) if count else awkward_paper("cho-thu")


def where(here: Bindery, made: Paper) -> dict[str, int]:
    """The page where each product stands, known by its address, which stands nowhere else."""
    ids = [one.id for one in here.printed(here.desk.catalogue.products)]
    return {one: made.page_of(f"example.org/cho/p/{one} ") for one in ids}


def pages_with(made: Paper, title: str, following: str) -> range:
    """The pages from one bookmark to the one that follows it."""
    marks = made.bookmarks()
    return range(marks[title], marks[following])


COUNTS = [0, 14, 50]


@pytest.mark.parametrize("count", COUNTS)
def test_contents_tell_the_page_where_each_product_stands(count: int) -> None:
    here, made = printed(count)
    stands = where(here, made)
    pages = pages_with(made, "Mục lục", whole(here).chapters[0].title.words)
    contents = " ".join(made.pages[page - 1] for page in pages)
    for one in here.printed(here.desk.catalogue.products):
        told = re.findall(rf"{re.escape(name_of(here, one))} (\d+)\b", contents)
        assert str(stands[one.id]) in told, one.id
    leads = [target for page in pages for target in made.links(page)]
    assert leads == [stands[one] for one in shown(whole(here))]


@pytest.mark.parametrize("count", COUNTS)
def test_bookmarks_lead_to_the_page_where_each_product_stands(count: int) -> None:
    here, made = printed(count)
    stands, marks = where(here, made), made.bookmarks()
    for one in here.printed(here.desk.catalogue.products):
        assert marks[name_of(here, one)] == stands[one.id]


@pytest.mark.parametrize("count", COUNTS)
def test_indexes_tell_the_pages_of_each_product_and_of_each_producer(count: int) -> None:
    here, made = printed(count)
    stands = where(here, made)
    pages = pages_with(made, "Tra theo tên sản phẩm", "Tra theo chủ thể")
    by_name = " ".join(made.pages[page - 1] for page in pages)
    for one in here.printed(here.desk.catalogue.products):
        assert f"{name_of(here, one)} {stands[one.id]}" in by_name
    assert sorted(target for page in pages for target in made.links(page)) == sorted(stands.values())
    by_producer = made.pages[pages.stop - 1]
    for line in whole(here).by_producer:
        told = sorted({stands[one] for one in line.ids})
        assert f"{line.words.words} {', '.join(map(str, told))}" in by_producer


@pytest.mark.parametrize("count", COUNTS)
def test_the_number_on_a_page_is_its_own(count: int) -> None:
    _, made = printed(count)
    for number, text in list(enumerate(made.pages, 1))[1:]:
        assert text.endswith(f"23/11/2026 {number}")


def test_the_head_of_a_page_names_the_chapter_that_goes_on_there() -> None:
    here, made = printed(50)
    first, second = (one.title.words for one in whole(here).chapters)
    begins = made.bookmarks()
    for number, text in enumerate(made.pages, 1):
        if begins[first] < number < begins[second]:
            assert text.startswith(f"{first} "), number
    assert made.pages[begins[first] - 1].count(first) == 1, "the page where it begins has its title alone"
    assert made.pages[begins["Mục lục"] - 1].startswith("Mục lục ")


def name_of(here: Bindery, one: Product) -> str:
    return here.desk.edition.phrase(one.name).words


# --- on paper ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", [VI, EN])
def test_a_long_story_goes_on_over_pages_and_loses_no_word(lang: Lang) -> None:
    body = "\n\n".join(f"## Mục {at}\n\n" + " ".join(f"chữ{at}x{word}" for word in range(90)) for at in range(12))
    files = {
        **ONE,
        page_of("products", "gao"): product(body=body, recognitions=[stars(4)]),
        "products/gao/index.en.md": entry(body),
    }
    here = bindery(files, lang)
    made = paper(here, "product", the(here.desk, "gao"))
    assert len(made.pages) > 2
    assert re.findall(r"chữ\d+x\d+", made.text) == re.findall(r"chữ\d+x\d+", body)
    assert [str(one["/S"]) for one in made.elements].count("/H2") == 12


def test_a_product_of_which_more_is_known_than_a_page_holds_goes_on_overleaf() -> None:
    much = " ".join(f"từ{word}" for word in range(400))
    facts = dict.fromkeys(("ingredients", "usage", "storage", "warnings"), much)
    here = bindery({**ONE, page_of("products", "gao"): product(**facts)})
    made = paper(here, "producer", here.desk.catalogue.producers[0])
    assert len(re.findall(r"từ\d+", made.text)) == 4 * 400
    assert max(bottom for _, _, _, _, bottom, _ in made.boxes()) < 292


def test_a_word_that_is_wider_than_the_sheet_is_broken_and_not_cut() -> None:
    long = "x" * 180
    files = {
        page_of("producers", "an"): producer(long),
        page_of("products", "gao"): product(long, f"{long}\n", summary="Dài."),
    }
    here = bindery(files)
    for route, subject in (("product", the(here.desk, "gao")), ("producer", here.desk.catalogue.producers[0])):
        made = paper(here, route, subject)
        for page in made.reader.pages:
            edges: list[float] = []
            page.extract_text(visitor_text=lambda text, cm, tm, font, size, e=edges: e.append(tm[4] + cm[4]))
            assert max(edges) < 193 * 72 / 25.4
        assert "".join(made.text.split()).replace("\u200b", "").count("x" * 180) >= 2
