"""A document → a value of the model, or its problems, each at its line and column."""

from __future__ import annotations

from datetime import date

import pytest
from making import (
    EN,
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    PROGRAMME,
    VI,
    a_catalogue,
    a_content,
    a_producer,
    a_product,
    an_entry,
    found,
    spots,
    spots_in,
)

from ocopgen.catalogue import Content
from ocopgen.decode import did_you_mean
from ocopgen.keys import known_keys, translated_fields, words_model
from ocopgen.model import KINDS, Product
from ocopgen.text import Text


def english(*lines: str, **facts: object) -> Content:
    return a_content(**{IN_ENGLISH: an_entry(*lines, **facts)})


def mends(content: Content) -> list[str]:
    return [one.mend("en") for one in found(content)]


# --- facts ------------------------------------------------------------------------------------------------


def test_everything_wrong_in_a_file_is_said_at_once() -> None:
    lines = ("recognitions:", "  - stars: 6", "    score: nhiều", "season: [0]", "draft: 1")
    assert spots_in(a_product(*lines, set=None)) == [
        *("missing 2:1", "stars-range 6:12", "number-expected 7:12", "number-range 8:10", "boolean-expected 9:8")
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("packs: {label: Hộp}", "list-expected 6:8"),
        ("packs: [Hộp]", "mapping-expected 6:9"),
        ("place: Thái Thụy", "mapping-expected 6:8"),
        ("place: [thai-thuy]", "mapping-expected 6:8"),
        ("tags: tỏi", "list-expected 6:7"),
        ("tags: [[tỏi]]", "text-not-list 6:8"),
        ("tags: [5]", "text-expected 6:8"),
        ("recognitions: [{stars: 4, score: 101}]", "number-range 6:34"),
        ("recognitions: [{stars: 4, score: -1}]", "number-range 6:34"),
        ("recognitions: [{stars: 4, score: true}]", "number-expected 6:34"),
        ("recognitions: [{stars: 4, year: 2017}]", "number-range 6:33"),
        ("recognitions: [{stars: 4, kind: firsts}]", "choice 6:33"),
        ("recognitions: [{score: 80}]", "missing 6:16"),
        ('recognitions: [{stars: "4"}]', "number-expected 6:24"),
        ("channels: [{kind: shoppee}]", "choice 6:19"),
        ("potential_5_star: true", "mapping-expected 6:19"),
        ("shelf_life: [12]", "period-form 6:13"),
        ("id: toi-den", "unknown-key 6:1"),
        ("body: Chuyện", "unknown-key 6:1"),
        ("place: {huyen: thai-thuy}", "unknown-key 6:9"),
        ("sources: [{title: Báo Thái Bình, số 5}]", "yaml-comma 6:34"),
        ("updated: “2026-11-01”", "quotes-curly 6:10"),
    ],
)
def test_a_wrong_value_is_told_where_it_stands(line: str, expected: str) -> None:
    assert spots_in(a_product(line)) == [expected]


@pytest.mark.parametrize("key", ["tags", "packs", "photos", "draft", "recognitions", "name", "set", "producer"])
def test_a_key_without_a_value_is_told_to_be_empty(key: str) -> None:
    content = a_content(**{PRODUCT: a_product(**{key: ""})})
    needed = key in ("name", "set", "producer")
    assert {one.code for one in found(content)} == {"not-filled" if needed else "text-empty"}


def test_an_optional_value_may_be_left_empty() -> None:
    assert spots_in(a_product("ingredients:", "place: ~", "shelf_life: null")) == []


def test_a_number_is_quoted_as_it_was_written() -> None:
    content = a_content(**{PRODUCT: a_product("packs: [{price: 250.000}]")})
    assert [one.said("en") for one in found(content)] == ["'price' must be a whole number of dong, not 250.000"]


def test_a_long_value_is_quoted_in_part() -> None:
    content = a_content(**{PRODUCT: a_product("updated: " + "rất lâu " * 20)})
    (problem,) = found(content)
    assert problem.said("en") == f"'updated' must be a date, not '{('rất lâu ' * 20)[:57]}…'"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Summary", "summary"),
        ("shelf-life", "shelf_life"),
        ("tags:", "tags"),
        ("thành phần", "ingredients"),
        ("thanh_phan", "ingredients"),
        ("Hạn sử dụng", "shelf_life"),
        ("Storage ", "storage"),
        ("bao-gói", "packs"),
        ("How to use", "usage"),
    ],
)
def test_a_key_by_another_name_is_answered_with_the_key(written: str, key: str) -> None:
    content = a_content(**{PRODUCT: a_product(f"'{written}': x")})
    assert mends(content) == [f"did you mean '{key}'?"]


@pytest.mark.parametrize("key", ["a[1]", "##[x]", "function-plain[x]", "["])
def test_a_key_with_brackets_is_a_key_that_nobody_knows(key: str) -> None:
    assert spots_in(a_product(f"'{key}': 1", f"packs: [{{'{key}': 1}}]")) == ["unknown-key 6:1", "unknown-key 7:10"]


def test_a_key_like_no_other_is_answered_with_the_keys_there_are() -> None:
    content = a_content(**{PRODUCT: a_product("place: {xyz: a}")})
    assert mends(content) == ["use one of: commune, district, province"]


def test_a_choice_like_no_other_is_not_listed_twice() -> None:
    content = a_content(**{PRODUCER: a_producer(kind="xyz")})
    assert mends(content) == [""]


def test_a_word_with_nothing_to_compare_to_is_to_be_deleted() -> None:
    assert did_you_mean("x", ())["mend_en"] == "delete the line"


def test_a_long_list_of_words_is_cut() -> None:
    known = [f"key{number:02}" for number in range(30)]
    assert str(did_you_mean("zzz", known)["mend_en"]).endswith("key19, …")


def test_data_files_are_told_like_entries() -> None:
    content = a_content(**{"site.yml": "title: {vi: A, en: B}\nlanguages: []\ncontact: ~\n"})
    assert spots(content) == ["missing 1:1 site.yml", "value-wrong 2:12 site.yml", "not-filled 3:10 site.yml"]


def test_a_key_below_a_free_name_is_answered_with_the_keys_there() -> None:
    content = a_content(**{"programme.yml": PROGRAMME.replace("{title: Bài báo}", "{title: Bài báo, link: x}")})
    assert spots(content) == ["unknown-key 7:26 programme.yml"]
    assert mends(content) == ["use one of: title, lang, url, date, outlet"]


def test_the_words_of_a_data_file_are_needed_in_every_language() -> None:
    content = a_content(**{"strings.yml": "menu: {vi: Mục lục}\nskip: Đến nội dung\n"})
    assert spots(content) == ["language-missing 1:7 strings.yml", "mapping-expected 2:7 strings.yml"]


# --- translations -----------------------------------------------------------------------------------------

FACTS = a_product(
    "photos:",
    "  - {file: a.jpg, alt: Một}",
    "  - {file: b.jpg, alt: Hai}",
    "awards: [Giải nhất, Giải nhì]",
    "usage: Ăn ngay",
)


def translated(*lines: str) -> Product:
    catalogue = a_catalogue(**{PRODUCT: FACTS, IN_ENGLISH: an_entry(*lines, body="Story.\n")})
    return catalogue.product_by_id["toi-den"]


def test_a_translation_lays_its_words_over_the_facts() -> None:
    product = translated("name: Garlic", "usage: Eat it")
    assert (product.name.get(EN), product.name.source) == ("Garlic", "Tỏi đen")
    assert product.usage == Text.of({VI: "Ăn ngay", EN: "Eat it"})
    assert product.summary.get(EN) is None
    assert product.body is not None
    assert product.body.get(EN) == "Story.\n"


def test_pictures_are_matched_by_their_file_and_lists_by_their_order() -> None:
    product = translated("photos: [{file: b.jpg, alt: Two}]", "awards: [First prize]")
    assert [photo.alt.get(EN) for photo in product.photos if photo.alt] == [None, "Two"]
    assert [award.get(EN) for award in product.awards] == ["First prize", None]


def test_a_body_only_in_translation_is_kept() -> None:
    catalogue = a_catalogue(**{PRODUCT: a_product(body="")})
    body = catalogue.product_by_id["toi-den"].body
    assert body is not None
    assert body.source == "The story of a clove.\n"


def test_an_entry_without_any_body_has_none() -> None:
    catalogue = a_catalogue(**{PRODUCT: a_product(body="\n"), IN_ENGLISH: an_entry(name="Garlic")})
    assert catalogue.product_by_id["toi-den"].body is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("producer: truong-an", "fact-in-translation 2:1"),
        ("photos: [{file: a.jpg, credit: An}]", "fact-in-translation 2:24"),
        ("photos: [{file: c.jpg, alt: Three}]", "translation-unknown 2:10"),
        ("photos: [{alt: Three}]", "missing 2:10"),
        ("awards: [One, Two, Three]", "translation-unknown 2:20"),
        ("storage: In the dark", "translation-alone 2:10"),
        ("body: Story", "unknown-key 2:1"),
        ("name: 5", "text-expected 2:7"),
        ("names: Garlic", "unknown-key 2:1"),
        (f"summary: {'x' * 201}", "text-long 2:10"),
    ],
)
def test_a_slip_in_a_translation_is_told_there(line: str, expected: str) -> None:
    content = a_content(**{PRODUCT: FACTS, IN_ENGLISH: an_entry(line)})
    assert [one for one in spots(content) if "index.en.md" in one] == [f"{expected} {IN_ENGLISH}"]


def test_a_translation_tells_when_its_words_were_compared() -> None:
    product = translated("name: Garlic", "translated: 2026-11-01")
    assert (product.compared_on(EN), product.compared_on(VI)) == (date(2026, 11, 1), None)
    assert translated("name: Garlic").compared_on(EN) is None


@pytest.mark.parametrize(
    ("updated", "compared", "outdated"),
    [
        ("2026-11-02", "2026-11-01", True),
        ("2026-11-01", "2026-11-01", False),
        ("2026-10-01", "2026-11-01", False),
        (None, "2026-11-01", False),
        ("2026-11-02", None, False),
    ],
)
def test_a_translation_is_outdated_only_where_both_days_are_known(
    updated: str | None, compared: str | None, outdated: bool
) -> None:
    files = {PRODUCT: a_product(updated=updated), IN_ENGLISH: an_entry(name="Garlic", translated=compared)}
    product = a_catalogue(**files).product_by_id["toi-den"]
    assert product.outdated(EN) is outdated


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("translated: 01/11/2026", "date-expected 3:13"),
        ("translated: 2026-12-01", "future-date 3:13"),
        ("translatd: 2026-11-01", "unknown-key 3:1"),
        ("photos: [{file: a.jpg, translated: 2026-11-01}]", "unknown-key 3:24"),
    ],
)
def test_a_slip_in_the_day_of_a_translation_is_told_there(line: str, expected: str) -> None:
    content = a_content(**{PRODUCT: FACTS, IN_ENGLISH: an_entry("name: Garlic", line)})
    assert [one for one in spots(content) if "index.en.md" in one] == [f"{expected} {IN_ENGLISH}"]


def test_the_fields_that_are_translated_are_those_of_a_translation() -> None:
    assert translated_fields(Product) == (
        *(("name",), ("summary",), ("photos", "alt"), ("ingredients",), ("raw_materials",), ("usage",), ("storage",)),
        *(("warnings",), ("awards",), ("body",)),
    )
    for model in KINDS.values():
        heads = {path[0] for path in translated_fields(model)} - {"body"}
        assert heads == set(words_model(model).model_fields) - {"translated"}


def test_a_fact_in_a_translation_names_the_file_it_belongs_in() -> None:
    assert mends(english("set: 10")) == [f"delete it here; it belongs in content/{PRODUCT}"]


def test_a_broken_translation_leaves_the_facts_readable() -> None:
    content = a_content(**{IN_ENGLISH: "---\nname: [\n---\n"})
    assert spots(content) == [f"yaml-bracket 2:8 {IN_ENGLISH}"]


def test_a_translation_of_broken_facts_is_still_read_for_its_own_slips() -> None:
    content = a_content(**{PRODUCT: a_product(set="x"), IN_ENGLISH: an_entry("set: 10")})
    assert spots(content) == [f"fact-in-translation 2:1 {IN_ENGLISH}", "number-expected 5:6"]


def test_the_words_of_a_translation_are_never_needed() -> None:
    for model in KINDS.values():
        assert not any(info.is_required() for info in words_model(model).model_fields.values())


def test_the_keys_of_an_entry_are_those_that_may_be_written() -> None:
    assert set(known_keys(Product)) >= {"name", "summary", "producer", "set"}
    assert not {"id", "body"} & set(known_keys(Product))
    assert "from" in known_keys(Product.model_fields["certificates"].annotation.__args__[0])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "meant"), [("Hợp tác xã", "cooperative"), ("HTX", "cooperative"), ("hộ kinh doanh", "household")]
)
def test_a_choice_in_vietnamese_is_understood_by_the_mend(said: str, meant: str) -> None:
    content = a_content(**{PRODUCER: a_producer(kind=said)})
    assert mends(content) == [f"did you mean '{meant}'?"]


@pytest.mark.parametrize(
    ("price", "near"), [("85.000", "85000"), ("85", "85000"), ("85.000 đ", "85000"), ("-1", "250000")]
)
def test_the_mend_of_a_price_is_the_price_that_was_meant(price: str, near: str) -> None:
    content = a_content(**{PRODUCT: a_product(f"packs: [{{price: {price}}}]")})
    assert mends(content) == [f"write it without points or units: {near}"]
