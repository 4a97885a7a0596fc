"""Where pages are edited: in the form, in the editor of the repository's host, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import a_product, the_product
from sites import (
    DATA,
    EN,
    ONE,
    TEMPLATES,
    VI,
    built,
    catalogue,
    entry,
    lay,
    page_of,
    planned,
    read_yaml,
    site,
    views,
    write_yaml,
)

from ocopgen.edit_links import edit_content, edit_entry, is_written_in
from ocopgen.model import Photo, Product
from ocopgen.settings import Editing, Site
from ocopgen.text import Text

GITHUB = "https://github.com/o/n"


def a_site(repository: str | None = GITHUB, **editing: str) -> Site:
    whole = catalogue().site
    return whole.model_copy(update={"repository": repository, "editing": Editing(**editing)})


def toi_den() -> Product:
    return the_product(a_product())


# --- an entry ---------------------------------------------------------------------------------------------


def test_without_a_repository_nothing_is_edited() -> None:
    for one in (a_site(None), a_site(None, sign_in="https://auth.example.vn")):
        assert edit_entry(one, "products", toi_den(), VI, "../") is None
        assert edit_content(one, "places.yml", "../") is None


def test_an_entry_is_edited_on_github_in_the_file_of_the_language() -> None:
    both = toi_den().model_copy(update={"name": toi_den().name.plus(EN, "Black garlic")})
    assert edit_entry(a_site(), "products", both, VI, "") == f"{GITHUB}/edit/main/content/products/toi-den/index.vi.md"
    assert edit_entry(a_site(), "products", both, EN, "") == f"{GITHUB}/edit/main/content/products/toi-den/index.en.md"


def test_a_translation_that_is_not_there_is_begun_with_its_name() -> None:
    told = f"{GITHUB}/new/main/content/products/toi-den?filename=index.en.md"
    assert edit_entry(a_site(), "products", toi_den(), EN, "") == told


@pytest.mark.parametrize("words", ["body", "awards", "photos"])
def test_any_words_in_a_language_mean_that_its_file_is_there(words: str) -> None:
    text = Text.of({VI: "Một", EN: "One"})
    some = {"body": text, "awards": (text,), "photos": (Photo(file="a.jpg", alt=text),)}
    assert not is_written_in(toi_den(), EN)
    assert is_written_in(toi_den().model_copy(update={words: some[words]}), EN)


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/o/n/", f"{GITHUB}/edit/main/content/products/toi-den/index.vi.md"),
        ("https://github.com/o/n.git", f"{GITHUB}/edit/main/content/products/toi-den/index.vi.md"),
        (
            "https://www.github.com/o/n?tab=x#y",
            "https://www.github.com/o/n/edit/main/content/products/toi-den/index.vi.md",
        ),
        ("https://gitlab.com/g/s/n", "https://gitlab.com/g/s/n/-/edit/main/content/products/toi-den/index.vi.md"),
        ("https://git.example.vn/o/n", "https://git.example.vn/o/n"),
    ],
)
def test_each_host_has_its_own_addresses_and_an_unknown_one_only_the_repository(repository: str, address: str) -> None:
    assert edit_entry(a_site(repository), "products", toi_den(), VI, "") == address


def test_gitlab_too_begins_a_file_with_its_name() -> None:
    told = edit_entry(a_site("https://gitlab.com/g/n"), "products", toi_den(), EN, "")
    assert told == "https://gitlab.com/g/n/-/new/main/content/products/toi-den?file_name=index.en.md"


@pytest.mark.parametrize(
    ("branch", "folder", "path"),
    [
        ("main", "./data/nội dung/", "main/data/n%E1%BB%99i%20dung/products"),
        ("sửa/#1?", "content", "s%E1%BB%ADa/%231%3F/content/products"),
        ("main", "/", "main/products"),
        ("main", '"><script>', "main/%22%3E%3Cscript%3E/products"),
    ],
)
def test_branch_and_folder_are_encoded(branch: str, folder: str, path: str) -> None:
    one = a_site(branch=branch, folder=folder)
    assert edit_entry(one, "products", toi_den(), VI, "") == f"{GITHUB}/edit/{path}/toi-den/index.vi.md"


def test_where_the_form_signs_in_it_is_the_editor() -> None:
    one = a_site(sign_in="https://auth.example.vn")
    form = "../../../admin/#/collections/products"
    for lang in (VI, EN):
        assert edit_entry(one, "products", toi_den(), lang, "../../../") == f"{form}/entries/toi-den/index"
    assert edit_content(one, "products", "../../../") == form
    assert edit_content(one, "", "../") == "../admin/"
    assert edit_content(one, "places.yml", "../") == f"{GITHUB}/edit/main/content/places.yml"


def test_what_is_no_entry_is_edited_in_its_data_file_or_folder() -> None:
    assert edit_content(a_site(), "places.yml", "") == f"{GITHUB}/edit/main/content/places.yml"
    assert edit_content(a_site(), "producers", "") == f"{GITHUB}/tree/main/content/producers"
    assert edit_content(a_site(), "", "") == f"{GITHUB}/tree/main/content"


# --- the pages --------------------------------------------------------------------------------------------


def data(**more: object) -> dict[str, str | bytes]:
    return {**DATA, "site.yml": write_yaml({**read_yaml(DATA["site.yml"]), **more})}


FILES = {
    **ONE,
    "products/gao/index.en.md": entry(name="Rice"),
    page_of("pages", "gioi-thieu"): entry(name="Giới thiệu", summary="Về danh mục."),
    page_of("news", "tin"): entry(name="Tin", summary="Một tin.", date="2026-11-01"),
    page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"}),
}


def test_each_page_leads_to_what_it_is_made_of() -> None:
    found = views(planned(catalogue(FILES, data=data(repository=GITHUB))))
    edits = {path: one.head.edit.removeprefix(GITHUB) for path, one in found.items() if hasattr(one, "head")}
    told = {
        "vi/san-pham/gao/index.html": "/edit/main/content/products/gao/index.vi.md",
        "en/products/gao/index.html": "/edit/main/content/products/gao/index.en.md",
        "en/producers/an/index.html": "/new/main/content/producers/an?filename=index.en.md",
        "vi/gioi-thieu/index.html": "/edit/main/content/pages/gioi-thieu/index.vi.md",
        "vi/tin-tuc/tin/index.html": "/edit/main/content/news/tin/index.vi.md",
        "vi/diem-ban/cho/index.html": "/edit/main/content/outlets/cho/index.vi.md",
        "vi/index.html": "/tree/main/content",
        "vi/sao/4/index.html": "/tree/main/content/products",
        "vi/a-z/index.html": "/tree/main/content/products",
        "vi/chu-the/index.html": "/tree/main/content/producers",
        "vi/tin-tuc/index.html": "/tree/main/content/news",
        "vi/diem-ban/index.html": "/tree/main/content/outlets",
        "vi/dia-phuong/index.html": "/edit/main/content/places.yml",
        "vi/dia-phuong/thai-thuy/index.html": "/edit/main/content/places.yml",
        "vi/chuong-trinh/index.html": "/edit/main/content/programme.yml",
        "vi/nganh/thuc-pham/index.html": "/edit/main/content/classification.yml",
    }
    assert {path: edits[path] for path in told} == told
    assert len(edits) > 40


def test_without_a_repository_no_page_leads_to_an_editor() -> None:
    found = views(planned(catalogue(FILES)))
    assert {one.head.edit for one in found.values() if hasattr(one, "head")} == {None}


def test_the_link_is_in_the_footer_in_the_words_of_the_page(tmp_path: Path) -> None:
    templates = {
        one.relative_to(TEMPLATES).as_posix(): one.read_bytes() for one in TEMPLATES.rglob("*") if one.is_file()
    }
    project = site(tmp_path, FILES, templates)
    built(project)
    page = project.output / "en/producers/an/index.html"
    assert "Edit this page" not in page.read_text("utf-8")
    lay(project.content, data(repository=GITHUB))
    built(project)
    foot = page.read_text("utf-8").partition("<footer")[2]
    address = f"{GITHUB}/new/main/content/producers/an?filename=index.en.md"
    assert f'<p class="edit"><a href="{address}" rel="nofollow">Edit this page</a></p>' in foot
    assert ">Sửa trang này</a>" in (project.output / "vi/index.html").read_text("utf-8")
    lay(project.content, {"producers/an/index.en.md": entry(name="An Cooperative")})
    built(project)
    assert f'"{GITHUB}/edit/main/content/producers/an/index.en.md"' in page.read_text("utf-8")
