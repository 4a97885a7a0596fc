"""Files of the content → one catalogue, with every problem met on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import (
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    a_catalogue,
    a_content,
    a_photo,
    a_producer,
    a_product,
    an_entry,
    found,
    shelved,
    spots,
)

from ocopgen.catalogue import shelve
from ocopgen.problems import Place, Problem
from ocopgen.reference import DATA_FILES

OTHER = "products/toi-moi/index.vi.md"


def test_a_sound_site_has_no_problem() -> None:
    assert found(a_content()) == ()


def test_every_kind_of_entry_finds_its_shelf() -> None:
    catalogue = a_catalogue(
        **{
            "outlets/cho/index.vi.md": an_entry(name="Chợ", place="{district: thai-thuy}"),
            "news/tin/index.vi.md": an_entry(name="Tin", summary="Tin.", date="2026-01-01"),
            "pages/gioi-thieu/index.vi.md": an_entry(name="Giới thiệu", summary="Về trang."),
        }
    )
    assert [key for key, _ in catalogue.entries] == [
        *("products/toi-den", "producers/truong-an", "outlets/cho", "news/tin", "pages/gioi-thieu")
    ]
    assert list(catalogue.producer_by_id) == ["truong-an"]
    assert list(catalogue.outlet_by_id) == ["cho"]
    assert [one.id for one in catalogue.products_of["truong-an"]] == ["toi-den"]


def test_the_set_of_a_product_gives_its_group_and_sector() -> None:
    catalogue = a_catalogue()
    product = catalogue.product_by_id["toi-den"]
    assert (catalogue.set_of(product).n, catalogue.group_of(product).id, catalogue.sector_of(product).id) == (
        *(10, "condiments", "food"),
    )


def test_drafts_are_on_the_shelf_but_not_published() -> None:
    catalogue = a_catalogue(**{OTHER: a_product("draft: true", body="")})
    assert [one.id for one in catalogue.products] == ["toi-den", "toi-moi"]
    assert [one.id for one in catalogue.published().products] == ["toi-den"]


def test_pictures_are_shelved_by_folder_in_the_order_of_their_names() -> None:
    photos = a_photo("products/toi-den/b.jpg"), a_photo("products/toi-den/a.jpg")
    assert [one.name for one in a_catalogue(*photos).photos["products/toi-den"]] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("name", DATA_FILES)
def test_without_a_data_file_there_is_no_catalogue_but_the_rest_is_judged(name: str) -> None:
    files = {name: None, PRODUCT: a_product(set="x")}
    assert shelved(**files).catalogue is None
    assert spots(a_content(**files)) == [
        *(["number-expected 5:6"] if name > "products" else []),
        *([f"file-missing {name}"]),
        *(["number-expected 5:6"] if name < "products" else []),
    ]


def test_a_data_file_that_cannot_be_read_is_told_once() -> None:
    assert spots(a_content(**{"places.yml": "provinces: [\n"})) == ["yaml-bracket 1:13 places.yml"]


def test_the_languages_of_the_site_decide_which_files_are_read() -> None:
    site = "title: {vi: A}\ntagline: {vi: B}\nlanguages: [vi]\ncontact: {name: {vi: C}}\n"
    french = {"products/toi-den/index.fr.md": an_entry(name="Ail noir")}
    assert spots(a_content(**{"site.yml": site}, **french)) == ["file-unknown products/toi-den/index.fr.md"]


def test_english_files_wait_where_the_site_has_no_english() -> None:
    site = "title: {vi: A}\ntagline: {vi: B}\nlanguages: [vi]\ncontact: {name: {vi: C}}\n"
    assert spots(a_content(**{"site.yml": site, IN_ENGLISH: an_entry(name="Garlic")})) == []


def test_an_entry_in_english_only_needs_its_vietnamese_file() -> None:
    content = a_content(**{"products/toi-moi/index.en.md": an_entry(name="New garlic")})
    assert spots(content) == ["entry-without-vi products/toi-moi"]


def test_a_picture_alone_makes_no_entry() -> None:
    assert spots(a_content(a_photo("products/toi-moi/a.jpg"))) == ["entry-without-vi products/toi-moi"]


def test_who_names_an_entry_that_cannot_be_read_makes_no_mistake() -> None:
    assert spots(a_content(**{PRODUCER: a_producer(kind="x")})) == [f"choice 3:7 {PRODUCER}"]
    assert spots(a_content(**{PRODUCER: "---\n"})) == [f"front-matter-open 1:4 {PRODUCER}"]


@pytest.mark.parametrize("folder", ["Toi-Moi", "tỏi-mới", "toi_moi", "toi moi", "toi--moi", "-toi-moi"])
def test_a_folder_is_named_in_plain_letters(folder: str) -> None:
    (problem,) = found(a_content(**{f"products/{folder}/index.vi.md": a_product()}))
    assert problem.mend("en") == "rename the folder to 'toi-moi'"


@pytest.mark.parametrize("folder", ["Toi-Den", "tỏi-đen"])
def test_two_folders_that_mean_one_id_are_told_so(folder: str) -> None:
    path = f"products/{folder}/index.vi.md"
    assert spots(a_content(**{path: a_product()})) == [f"duplicate-id {path}", f"folder-name {path}"]


@pytest.mark.parametrize(
    ("path", "mend"),
    [
        ("products/toi-den/index.md", "did you mean 'index.vi.md'?"),
        ("products/toi-den/Index.en.MD", "did you mean 'index.en.md'?"),
        ("products/toi-den/index.vi.md.txt", "did you mean 'index.vi.md'?"),
        ("products/toi-den/notes.xlsx", "use one of: index.vi.md, index.en.md"),
        ("product/toi-moi/index.vi.md", "did you mean 'products'?"),
        ("product/toi-moi/a.jpg", "did you mean 'products'?"),
        ("string.yml", "did you mean 'strings.yml'?"),
        ("a.jpg", "use one of: site.yml, programme.yml, places.yml, classification.yml, strings.yml"),
        ("products/toi-den.md", "a folder an entry: products/ten-muc/index.vi.md, pictures beside it"),
        ("products/toi-den/anh/a.jpg", "a folder an entry: products/ten-muc/index.vi.md, pictures beside it"),
    ],
)
def test_a_file_in_the_wrong_place_is_told_the_right_one(path: str, mend: str) -> None:
    content = a_content(a_photo(path)) if path.endswith(".jpg") else a_content(**{path: "x"})
    assert [(one.code, one.place.file, one.mend("en")) for one in found(content)] == [
        ("file-unknown", f"content/{path}", mend)
    ]


def test_what_the_disk_found_is_passed_on() -> None:
    known = Problem.at(Place("content/products/a.md"), "symlink")
    content = replace(a_content(), problems=(known,), strangers=("site.yml.bak",))
    mend = {"mend_vi": "có phải là 'site.yml'?", "mend_en": "did you mean 'site.yml'?"}
    assert shelve(content).problems == (known, Problem.at(Place("content/site.yml.bak"), "file-unknown", **mend))


def test_messages_name_paths_as_the_content_was_given() -> None:
    content = replace(a_content(**{PRODUCT: a_product(set=99)}), root="../web/content")
    assert found(content)[0].place.file == f"../web/content/{PRODUCT}"
