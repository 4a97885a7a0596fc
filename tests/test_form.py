"""The form's configuration: every field of the model is there, with the widget, the words and the rules it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sites import DATA, ROOT, catalogue, read_yaml, write_yaml

from ocopgen import notation
from ocopgen.decode import decode_data
from ocopgen.document import read_data
from ocopgen.form import HINTS, RELATIONS, configuration, repository
from ocopgen.keys import words_model
from ocopgen.model import KINDS, NOUNS
from ocopgen.reference import Classification, Places, Strings
from ocopgen.schema import files
from ocopgen.settings import Site
from ocopgen.text import Lang

Field = Mapping[str, Any]
LANGS = Lang("vi"), Lang("en")


def shipped(name: str, model: Any) -> Any:
    document, problems = read_data(name, (ROOT / "content" / name).read_bytes())
    assert document is not None, problems
    value, problems = decode_data(document, model, LANGS)
    assert value is not None, problems
    return value


def a_configuration(**settings: Any) -> dict[str, Any]:
    """Of the shipped content, with some settings of the site changed."""
    site = read_yaml(DATA["site.yml"]) | settings
    whole = catalogue(data={**DATA, "site.yml": write_yaml(site)})
    return configuration(
        whole.site,
        shipped("classification.yml", Classification),
        shipped("places.yml", Places),
        shipped("strings.yml", Strings),
    )


WHOLE = a_configuration()
COLLECTIONS = {one["name"]: one for one in WHOLE["collections"]}


def walk(fields: list[Field], path: str) -> Iterator[tuple[str, Field]]:
    for one in fields:
        here = f"{path}.{one['name']}"
        yield here, one
        yield from walk(one.get("fields", []), here)


FIELDS = dict(
    pair
    for name, one in COLLECTIONS.items()
    for pair in walk(one["fields"] if "fields" in one else one["files"][0]["fields"], name)
)


# --- nothing is left out ----------------------------------------------------------------------------------


def keys(file: Any, part: str, path: str) -> Iterator[str]:
    for one in file.parts[part]:
        yield f"{path}.{one.key}"
        if one.part:
            yield from keys(file, one.part, f"{path}.{one.key}")


def test_every_field_of_the_model_is_in_the_form_and_nothing_else() -> None:
    wanted = {f"{kind}.body" for kind in KINDS}
    for file in files(shipped("strings.yml", Strings)):
        if file.name in KINDS or file.name == "site":
            name = "settings" if file.name == "site" else file.name
            wanted |= set(keys(file, next(iter(file.parts)), name))
    languages = {path for path in FIELDS if path.rpartition(".")[2] in LANGS}
    assert set(FIELDS) - languages == wanted
    assert tuple(NOUNS) == tuple(KINDS)


def test_what_the_form_says_otherwise_is_said_of_fields_that_are_there() -> None:
    parts = {
        f"{part}.{one.key}"
        for file in files(shipped("strings.yml", Strings))
        for part, own in file.parts.items()
        for one in own
    }
    known = parts | {place.rpartition(".")[2] for place in parts}
    assert {*HINTS, *RELATIONS} <= known


def test_each_field_has_a_name_in_vietnamese_and_a_widget() -> None:
    widgets = {"string", "text", "number", "boolean", "datetime", "select", "relation", "list", "object", "image"}
    assert {one["widget"] for one in FIELDS.values()} == widgets
    assert all(one["label"] for one in FIELDS.values())


# --- widgets ----------------------------------------------------------------------------------------------


def test_a_day_is_a_day_without_time_and_without_quotes() -> None:
    day = FIELDS["products.packs.priced"]
    assert (day["widget"], day["date_format"], day["time_format"], day["plain"]) == (
        "datetime",
        "YYYY-MM-DD",
        False,
        True,
    )


def test_numbers_have_their_bounds() -> None:
    price, score = FIELDS["products.packs.price"], FIELDS["products.recognitions.score"]
    assert (price["widget"], price["value_type"], price["min"]) == ("number", "int", notation.CHEAPEST)
    assert (score["value_type"], score["min"], score["max"]) == ("float", 0, 100)


def test_choices_have_names() -> None:
    def options(path: str) -> dict[Any, str]:
        return {one["value"]: one["label"] for one in FIELDS[path]["options"]}

    assert len(options("products.set")) == 26
    assert options("products.set")[10].startswith("10. Gia vị")
    assert list(options("products.recognitions.stars")) == [3, 4, 5]
    assert options("producers.kind")["household"] == "Hộ kinh doanh"
    assert options("products.place.commune")["thuy-ninh"] == "Xã Thụy Ninh (Huyện Thái Thụy)"
    assert list(options("products.season")) == list(range(1, 13))
    assert FIELDS["products.season"]["multiple"]


def test_a_commune_whose_name_repeats_is_one_choice_with_all_its_places() -> None:
    options = FIELDS["products.place.commune"]["options"]
    values = [one["value"] for one in options]
    assert len(values) == len(set(values))
    both = next(one["label"] for one in options if one["value"] == "binh-nguyen")
    assert both == "Xã Bình Nguyên (Huyện Kiến Xương) / Bình Nguyên (Tỉnh Hưng Yên)"


@pytest.mark.parametrize(("path", "collection"), [("products.producer", "producers"), ("products.outlets", "outlets")])
def test_what_names_another_entry_is_a_relation(path: str, collection: str) -> None:
    field = FIELDS[path]
    assert (field["widget"], field["collection"], field["value_field"]) == ("relation", collection, "{{slug}}")
    assert field.get("multiple", False) == (path == "products.outlets")


def test_lists_of_parts_are_told_by_what_is_in_them() -> None:
    assert FIELDS["products.packs"]["summary"] == "{{fields.label}} {{fields.quantity}} {{fields.price}}"
    assert FIELDS["products.recognitions"]["label_singular"] == "lần công nhận"
    assert FIELDS["products.photos.file"]["widget"] == "image"
    assert FIELDS["products.photos.focus"]["field"] == {
        "name": "one", "label": "Điểm chính của ảnh", "widget": "number", "value_type": "float", "min": 0, "max": 1,
    }  # fmt: skip
    assert (FIELDS["products.photos.focus"]["min"], FIELDS["products.photos.focus"]["max"]) == (2, 2)


# --- what is needed, and what is said ---------------------------------------------------------------------


def test_what_the_model_needs_is_needed_but_not_in_a_part_that_may_be_left_out() -> None:
    needed = {path for path, one in FIELDS.items() if one["required"] and path.startswith("products.")}
    assert needed == {
        *("products.name", "products.summary", "products.producer", "products.set", "products.recognitions.stars"),
        *("products.certificates.name", "products.channels.kind", "products.photos.file", "products.sources.title"),
    }
    assert FIELDS["settings.contact.name"]["required"]
    assert not FIELDS["products.recognitions.extended.until"]["required"]


def test_a_hint_tells_the_form_an_example_and_whether_it_must_be_filled() -> None:
    assert FIELDS["products.packs.quantity"]["hint"] == "Số và đơn vị, như g, kg, ml, lít, cái, đôi, bộ. Ví dụ: 200 g"
    assert FIELDS["products.producer"]["hint"].startswith("Cần có. Chọn trong danh sách.")
    assert FIELDS["products.name"]["hint"] == "Cần có bản tiếng Việt. Ví dụ: Tỏi đen Trường An"
    assert FIELDS["products.photos.focus"]["hint"].endswith("Ví dụ: 0.5 – 0.3")
    assert "hint" not in FIELDS["products.packs.priced"]


def test_no_hint_speaks_of_files_or_quotes() -> None:
    said = " ".join(one.get("hint", "") + str(one.get("pattern", ["", ""])[1]) for one in FIELDS.values())
    assert not re.search(r"dấu nháy|content/|consent|true|\.md", said)


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("producers.zalo", "0912 345 678", "12345"),
        ("products.packs.gtin", "8930000000002", "89"),
        ("products.alcohol", "29.5", "nhiều"),
        ("products.alcohol", "unknown", "29,5"),
        ("producers.founded", "2015-03", "03/2015"),
        ("producers.website", "https://example.vn", "example"),
    ],
)
def test_a_pattern_takes_what_is_right_and_says_what_is_meant(path: str, right: str, wrong: str) -> None:
    pattern, said = FIELDS[path]["pattern"]
    assert re.search(pattern, right)
    assert not re.search(pattern, wrong)
    assert said


# --- languages --------------------------------------------------------------------------------------------


def test_what_a_translation_may_carry_is_in_both_languages_and_nothing_else() -> None:
    for kind, entry in KINDS.items():
        translated = {one["name"] for one in COLLECTIONS[kind]["fields"] if one["i18n"]}
        assert translated == {*words_model(entry).model_fields, "body"} - {"translated"}
    assert FIELDS["products.photos.alt"]["i18n"]
    assert not FIELDS["products.photos.credit"]["i18n"]
    assert {one.get("i18n") for one in FIELDS.values()} <= {True, False, None}, "no fact is written twice"


def test_one_folder_an_entry_with_a_file_for_each_language_and_its_photos() -> None:
    products = COLLECTIONS["products"]
    assert (products["folder"], products["path"]) == ("content/products", "{{slug}}/index")
    assert (products["media_folder"], products["public_folder"]) == ("", "")
    assert WHOLE["i18n"] == {"structure": "multiple_files", "locales": ["vi", "en"], "default_locale": "vi"}
    assert WHOLE["slug"] == {"encoding": "ascii", "clean_accents": True}
    assert WHOLE["locale"] == "vi"


# --- where changes go -------------------------------------------------------------------------------------

SIGN_IN = {"branch": "trang", "folder": "danh-muc", "sign_in": "https://dang-nhap.example.vn/oauth/vao"}


def test_without_a_repository_it_works_on_this_machine_only() -> None:
    assert WHOLE["backend"]["name"] == "proxy"
    assert WHOLE["local_backend"]["url"].startswith("http://127.0.0.1:")


def test_with_a_repository_and_a_sign_in_each_change_is_a_pull_request() -> None:
    made = a_configuration(repository="https://github.com/ocop/thai-binh.git", editing=SIGN_IN)
    assert made["backend"] | {"commit_messages": None} == {
        "name": "github",
        "repo": "ocop/thai-binh",
        "branch": "trang",
        "base_url": "https://dang-nhap.example.vn",
        "auth_endpoint": "oauth/vao",
        "auth_scope": "public_repo",
        "open_authoring": True,
        "commit_messages": None,
    }
    assert made["publish_mode"] == "editorial_workflow"
    assert made["backend"]["commit_messages"]["update"] == "Sửa {{collection}} {{slug}}"
    assert made["collections"][0]["folder"] == "danh-muc/products"


@pytest.mark.parametrize("address", ["https://gitlab.com/a/b", "https://github.com/a", "https://github.com/a/b/c"])
def test_a_repository_that_the_form_cannot_work_with_is_none(address: str) -> None:
    site: Site = catalogue().site.model_copy(update={"repository": address})
    assert repository(site) is None
