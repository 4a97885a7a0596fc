"""Translation coverage: each translated field of each entry has one state, and data files are counted too."""

from __future__ import annotations

import pytest
from making import (
    CLASSIFICATION,
    EN,
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    SITE,
    STRINGS,
    a_book,
    a_product,
    an_entry,
)

from ocopgen.coverage import Coverage, EntryWords, State, coverage, field_name
from ocopgen.keys import translated_fields
from ocopgen.model import KINDS, Product
from ocopgen.text import Lang

FR = Lang("fr")


def garlic(vi: str, en: str | None) -> EntryWords:
    """The words of the product of these files."""
    (english,) = coverage(a_book(**{PRODUCT: vi, IN_ENGLISH: en})).languages
    return next(one for one in english.entries if one.key == "products/toi-den")


@pytest.mark.parametrize(
    ("updated", "translated", "state"),
    [
        ("2026-11-01", "2026-11-02", State.TRANSLATED),
        ("2026-11-01", "2026-11-01", State.TRANSLATED),
        ("2026-11-02", "2026-11-01", State.STALE),
        (None, "2026-11-01", State.TRANSLATED),
        ("2026-11-02", None, State.UNDATED),
        (None, None, State.UNDATED),
    ],
)
def test_words_that_are_there_are_as_old_as_their_comparison(
    updated: str | None, translated: str | None, state: State
) -> None:
    found = garlic(a_product(updated=updated), an_entry(name="Garlic", translated=translated))
    assert found.fields["name"] is state
    assert found.age is state


def test_a_field_is_missing_only_where_there_are_words_to_translate() -> None:
    vi = a_product("usage: Ăn ngay", "photos: [{file: a.jpg, alt: Một}, {file: b.jpg}]", "awards: [Nhất, Nhì]")
    found = garlic(vi, an_entry("photos: [{file: a.jpg, alt: One}]", "awards: [First]", name="Garlic"))
    assert dict(found.fields) == {
        "name": State.UNDATED,
        "summary": State.MISSING,
        "photos.alt": State.UNDATED,
        "ingredients": State.ABSENT,
        "raw_materials": State.ABSENT,
        "usage": State.MISSING,
        "storage": State.ABSENT,
        "warnings": State.ABSENT,
        "awards": State.MISSING,
        "body": State.MISSING,
    }
    assert found.those(State.MISSING) == ("summary", "usage", "awards", "body")


def test_an_entry_without_a_translation_lacks_all_its_words() -> None:
    found = garlic(a_product(body=""), None)
    assert found.those(State.MISSING) == ("name", "summary")
    assert (found.age, found.fields["body"]) == (State.ABSENT, State.ABSENT)


def test_a_story_that_is_only_in_the_translation_lacks_nothing() -> None:
    assert garlic(a_product(body=""), an_entry(name="Garlic", body="A story.\n")).fields["body"] is State.UNDATED


def test_the_fields_of_every_kind_are_counted_and_none_is_left_out() -> None:
    (english,) = coverage(a_book()).languages
    assert [(one.kind, one.field) for one in english.fields] == [
        (kind, ".".join(path)) for kind, model in KINDS.items() for path in translated_fields(model)
    ]
    counts = {(one.kind, one.field): one.counts for one in english.fields}
    assert counts["products", "name"] == {**dict.fromkeys(State, 0), State.UNDATED: 1}
    assert counts["producers", "name"] == {**dict.fromkeys(State, 0), State.MISSING: 1}
    assert sum(english.counts.values()) == sum(len(one.fields) for one in english.entries)


def test_a_site_of_one_language_has_nothing_to_translate() -> None:
    alone = SITE.replace("languages: [vi, en]", "languages: [vi]")
    assert coverage(a_book(**{"site.yml": alone, IN_ENGLISH: None})).languages == ()


def of_file(found: Coverage, lang: Lang, name: str) -> tuple[int, tuple[str, ...]]:
    return next((one.total, one.missing) for one in found.files if (one.lang, one.file) == (lang, name))


def test_the_data_files_of_a_site_are_whole_in_its_languages() -> None:
    found = coverage(a_book())
    assert {one.lang for one in found.files} == {EN}
    assert all(one.missing == () for one in found.files)
    assert of_file(found, EN, "strings.yml") == (1, ())


def test_a_language_that_is_being_prepared_is_told_by_what_it_lacks() -> None:
    words = CLASSIFICATION.replace("name: {vi: Thực phẩm, en: Food}", "name: {vi: Thực phẩm, en: Food, fr: Aliments}")
    strings = STRINGS + "skip: {vi: Bỏ qua, en: Skip, fr: Passer}\nfield_usage: {vi: Dùng, en: Use, fr: Usage}\n"
    found = coverage(a_book(**{"classification.yml": words, "strings.yml": strings}))
    assert [one.lang for one in found.languages] == [EN]
    total, missing = of_file(found, FR, "classification.yml")
    assert total == len(missing) + 1
    assert "sectors.0.name" not in missing
    assert "sectors.0.short" in missing
    total, missing = of_file(found, FR, "strings.yml")
    assert missing[0] == "menu"
    assert "field_storage" in missing, "the model names its fields in two languages only"
    assert not {"skip", "field_usage"} & set(missing)
    assert total == len(missing) + 2


def test_a_field_is_called_as_the_model_calls_it() -> None:
    assert field_name(Product, "photos.alt").words == (("vi", "Ảnh: Mô tả ảnh"), ("en", "Photos: Description"))
    assert field_name(Product, "body").get(EN) == "Story"


def test_drafts_are_told_like_all_that_is_in_the_book() -> None:
    (english,) = coverage(
        a_book(**{PRODUCER: an_entry("place: {district: thai-thuy}", name="An", kind="farm", draft="true")})
    ).languages
    assert [one.key for one in english.entries] == ["products/toi-den", "producers/truong-an"]
