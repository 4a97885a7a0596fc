"""What differs between two contents: entries that came, went, were renamed; their fields, words, stories, photos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from making import IN_ENGLISH, PRODUCER, PRODUCT, PROGRAMME, SITE, STORY, a_content, a_photo, a_product, an_entry

from ocopgen.catalogue import Content
from ocopgen.differences import Change, DataChange, Differences, EntryChange, Files, compare, files
from ocopgen.model import Pack
from ocopgen.reference import DATA_FILES
from ocopgen.text import Text


def told(before: str, after: str) -> dict[str, tuple[object, object]]:
    """What changes in the product, by the Vietnamese names of its fields: `Bao gói 1/Giá tham khảo (đồng)`."""
    (one,) = entries(a_content(**{PRODUCT: before}), a_content(**{PRODUCT: after}))
    return {name(change): (change.before, change.after) for change in one.changes}


def name(change: Change) -> str:
    steps = (f"{step.label.source} {step.item or ''}".rstrip() for step in change.path)
    return "/".join(steps) + (f"@{change.lang}" if change.lang else "")


def entries(before: Content, after: Content) -> tuple[EntryChange, ...]:
    return compare(before, after).entries


# --- nothing ----------------------------------------------------------------------------------------------


def test_of_the_same_content_nothing_is_told() -> None:
    found = compare(a_content(), a_content())
    assert found == Differences((), (), ())
    assert not found


def test_another_form_of_the_same_facts_is_a_change_that_says_nothing() -> None:
    (one,) = entries(a_content(), a_content(**{PRODUCT: a_product("# lời dặn", body=f"{STORY}\n\n")}))
    assert (one.how, one.name, one.changes, one.stories) == ("changed", "Tỏi đen", (), ())


# --- entries ----------------------------------------------------------------------------------------------


def test_entries_come_and_go() -> None:
    new = "products/toi-trang/index.vi.md"
    before, after = a_content(), a_content(**{new: a_product(name="Tỏi trắng", body="Một hai ba.")})
    (one,) = entries(before, after)
    assert (one.how, one.key, one.name) == ("added", "products/toi-trang", "Tỏi trắng")
    assert {name(change): change.after for change in one.changes}["Bộ sản phẩm"] == 10
    assert [(story.before, story.after) for story in one.stories] == [(0, 3)]
    (one,) = entries(after, before)
    assert (one.how, one.key, one.name) == ("removed", "products/toi-trang", "Tỏi trắng")
    assert one.changes == one.stories == ()


def test_a_renamed_entry_is_told_once_with_what_else_became_of_it() -> None:
    moved = {PRODUCT: None, IN_ENGLISH: None, "products/toi/index.vi.md": a_product("was: [toi-den]", set=14)}
    (one,) = entries(a_content(), a_content(**moved))
    assert (one.how, one.key, one.was) == ("renamed", "products/toi", "products/toi-den")
    assert [name(change) for change in one.changes] == ["Tên@en", "Giới thiệu ngắn@en", "Mã cũ", "Bộ sản phẩm"]


def test_who_names_an_entry_that_still_stands_was_not_it() -> None:
    (one,) = entries(a_content(), a_content(**{"products/toi/index.vi.md": a_product("was: [toi-den]")}))
    assert (one.how, one.was) == ("added", None)


# --- fields -----------------------------------------------------------------------------------------------


def test_a_value_is_told_by_the_name_of_its_field_with_what_it_was() -> None:
    assert told(a_product(), a_product(set=14, alcohol=29.5)) == {
        "Bộ sản phẩm": (10, 14),
        "Hàm lượng etanol": (None, 29.5),
    }


def test_the_fields_of_a_part_are_told_each() -> None:
    before = "packs: [{label: Hộp, price: 250000}, {label: Túi}]"
    after = "packs: [{label: Hộp, price: 260000, priced: 2026-10-01}, {label: Túi}]"
    assert told(a_product(before), a_product(after)) == {
        "Bao gói 1/Giá tham khảo (đồng)": (250000, 260000),
        "Bao gói 1/Ngày báo giá": (None, date(2026, 10, 1)),
    }


def test_an_item_that_came_first_moves_no_other() -> None:
    older = "{label: Hộp, price: 250000}"
    found = told(a_product(f"packs: [{older}]"), a_product(f"packs: [{{label: Túi}}, {older}]"))
    assert found == {"Bao gói 1": (None, Pack(label="Túi"))}
    found = told(a_product(f"packs: [{{label: Túi}}, {older}]"), a_product(f"packs: [{older}]"))
    assert found == {"Bao gói 1": (Pack(label="Túi"), None)}


def test_what_was_taken_out_is_told_by_what_it_was() -> None:
    assert told(a_product("trace: {code: A1}"), a_product()) == {"Truy xuất nguồn gốc/Mã truy xuất": ("A1", None)}
    assert told(a_product("tags: [a, b]"), a_product()) == {"Thẻ": (("a", "b"), None)}


def test_words_are_told_by_their_language() -> None:
    after = {IN_ENGLISH: an_entry(name="Black garlic of Trường An", summary="Slowly aged garlic.", body="Another.")}
    (one,) = entries(a_content(), a_content(**after))
    assert [(name(change), change.before, change.after) for change in one.changes] == [
        ("Tên@en", "Black garlic", "Black garlic of Trường An")
    ]
    assert [(story.lang, story.before, story.after) for story in one.stories] == [("en", 5, 1)]
    found = told(a_product("awards: [Một, Hai]"), a_product("awards: [Một, Ba]"))
    assert found == {"Giải thưởng 2@vi": ("Hai", "Ba")}


@pytest.mark.parametrize(
    ("facts", "stars"),
    [("recognitions: [{stars: 4}]", True), ("recognitions: [{stars: 3, year: 2024}]", True), ("season: [9]", False)],
)
def test_a_change_of_the_stars_is_marked(facts: str, stars: bool) -> None:
    recognised = "recognitions: [{stars: 3}]"
    lines = (facts,) if stars else (recognised, facts)
    (one,) = entries(a_content(**{PRODUCT: a_product(recognised)}), a_content(**{PRODUCT: a_product(*lines)}))
    assert one.stars is stars


def test_photos_are_told_by_their_names() -> None:
    kept, other, gone = (a_photo(f"products/toi-den/{name}.jpg") for name in ("a", "b", "c"))
    (one,) = entries(
        a_content(kept, other, gone), a_content(kept, replace(other, digest="x"), a_photo("products/toi-den/d.jpg"))
    )
    assert one.photos == Files(("d.jpg",), ("c.jpg",), ("b.jpg",))


# --- what is broken ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["---\nname: [\n---\n", a_product(set="x"), a_product(producer=None), "x", "\xff"])
def test_an_entry_that_cannot_be_read_is_told_so_and_the_others_are_compared(broken: str) -> None:
    raw = broken.encode("latin-1" if broken == "\xff" else "utf-8")
    after = {PRODUCT: raw, PRODUCER: an_entry(name="HTX Mới", kind="farm", place="{district: thai-thuy}")}
    first, second = entries(a_content(), a_content(**after))
    assert [name(change) for change in first.changes] == ["Tên@vi", "Loại hình"]
    assert (second.name, second.unread, second.faulty, second.changes) == ("Tỏi đen", True, True, ())
    (back,) = entries(a_content(**{PRODUCT: raw}), a_content())
    assert (back.unread, back.faulty, back.changes) == (True, False, ())


def test_where_a_translation_is_broken_the_entry_is_told_to_have_errors() -> None:
    (one,) = entries(a_content(), a_content(**{IN_ENGLISH: an_entry(set=10)}))
    assert (one.unread, one.faulty) == (False, True)


def test_a_folder_without_its_first_file_is_told() -> None:
    (one,) = entries(a_content(), a_content(**{"products/toi/index.en.md": an_entry(name="Garlic")}))
    assert (one.key, one.how, one.unread) == ("products/toi", "added", True)


# --- what all entries stand on ----------------------------------------------------------------------------


def test_fields_of_data_files_are_told_by_their_names() -> None:
    (one,) = compare(a_content(), a_content(**{"site.yml": SITE.replace("Sản vật", "Đặc sản")})).data
    assert (one.name, [name(change) for change in one.changes]) == ("site.yml", ["Tên trang@vi"])


def test_words_of_the_interface_are_told_by_their_keys() -> None:
    words = "menu: {vi: Danh mục, en: Menu}\nmore: {vi: Nữa, en: More}\n"
    (one,) = compare(a_content(), a_content(**{"strings.yml": words})).data
    assert [name(change) for change in one.changes] == ["menu@vi", "more@vi", "more@en"]


@pytest.mark.parametrize("raw", ["[", None])
def test_a_data_file_that_cannot_be_read_is_told_so(raw: str | None) -> None:
    found = compare(a_content(), a_content(**{"places.yml": raw}))
    assert found.data == (DataChange("places.yml", unread=True),)
    assert found.ground.values.keys() == DATA_FILES.keys(), "words for values are those of the side that is whole"


def test_what_stands_under_free_names_is_told_by_them() -> None:
    changed = PROGRAMME.replace("seed: {title: Bài báo}", "seed: {title: Bài khác}")
    (one,) = compare(a_content(), a_content(**{"programme.yml": changed})).data
    assert [name(change) for change in one.changes] == ["Nguồn/seed/Tên nguồn"]


def test_new_files_that_nothing_reads_are_told_by_their_paths() -> None:
    before = replace(a_content(), strangers=("thư.docx",))
    after = replace(
        a_content(**{"products/toi-den/index.vn.md": "x"}), strangers=("thư.docx", "products/toi-den/phim.mp4")
    )
    assert compare(before, after).strangers == ("products/toi-den/index.vn.md", "products/toi-den/phim.mp4")


# --- files of a site --------------------------------------------------------------------------------------


def test_files_are_told_by_what_became_of_them() -> None:
    assert files({"a": "1", "b": "1", "c": "1"}, {"b": "1", "c": "2", "d": "1"}) == Files(("d",), ("a",), ("c",))
    assert not files({"a": "1"}, {"a": "1"})


def test_labels_are_in_both_languages() -> None:
    (one,) = entries(a_content(), a_content(**{PRODUCT: a_product(set=14)}))
    label = next(change for change in one.changes if name(change) == "Bộ sản phẩm").path[0].label
    assert isinstance(label, Text)
    assert dict(label.words) == {"vi": "Bộ sản phẩm", "en": "Product set"}
