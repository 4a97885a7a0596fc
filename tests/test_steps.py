"""The table of steps: fields that there are, words in both languages, and nothing senseless asked of an entry."""

from __future__ import annotations

from typing import Any

import pytest
from making import CONTENT, EN, IN_ENGLISH, PRODUCT, VI, a_book, a_product, an_entry

from ocopgen.completeness import completeness
from ocopgen.coverage import coverage
from ocopgen.criteria import BY_CODE
from ocopgen.keys import submodel
from ocopgen.model import KINDS
from ocopgen.reference import Classification
from ocopgen.steps import BY_ID, STEPS, Filled, Step, worth

EVERY = [(kind, step) for kind, steps in STEPS.items() for step in steps]
SHIPPED = {name: (CONTENT / name).read_bytes() for name in ("classification.yml",)}


def there(model: Any, path: str) -> bool:
    """Whether a path leads through fields of the model."""
    for key in path.split("."):
        if model is None or key not in model.model_fields:
            return False
        model = submodel(model.model_fields[key].annotation)
    return True


@pytest.mark.parametrize(("kind", "step"), EVERY, ids=lambda one: getattr(one, "id", one))
def test_a_step_names_fields_of_the_model_and_speaks_both_languages(kind: str, step: Step) -> None:
    if isinstance(step.done, Filled):
        assert all(there(KINDS[kind], path) for path in step.done.paths)
    assert step.words.get(VI)
    assert step.words.get(EN)
    assert set(step.criteria) <= BY_CODE.keys()
    assert 1 <= step.weight <= 3


def test_every_kind_has_its_steps_each_named_once() -> None:
    assert STEPS.keys() == KINDS.keys()
    assert all(len(BY_ID[kind]) == len(steps) for kind, steps in STEPS.items())


GOODS = {"packs", "trace", "usage", "gtin"}
EATEN = {"ingredients", "shelf-life", "storage"}
SOLD = {"price", "channels"}


def asked(product_set: int, *lines: str, **files: str) -> set[str]:
    """The steps that are asked of a product of a set, in the shipped classification."""
    book = a_book(**{**SHIPPED, PRODUCT: a_product(*lines, set=product_set), **files})  # type: ignore[arg-type]
    found = next(one for one in completeness(book, coverage(book)) if one.key == "products/toi-den")
    return {*found.done, *found.todo}


@pytest.mark.parametrize(
    ("product_set", "lines", "senseless"),
    [
        (1, (), {"ingredients"}),
        (3, (), set()),
        (7, (), set()),
        (14, ("alcohol: 30",), {"price", "channels", "shelf-life"}),
        (16, (), set()),
        (18, (), set()),
        (19, (), set()),
        (20, (), EATEN),
        (21, (), {"packs", *EATEN}),
        (22, (), {"packs", *EATEN}),
        (23, (), {"packs", "gtin", "trace", *EATEN}),
        (26, (), {*GOODS, *EATEN}),
    ],
)
def test_what_makes_no_sense_for_a_set_is_not_asked(
    product_set: int, lines: tuple[str, ...], senseless: set[str]
) -> None:
    assert (GOODS | EATEN | SOLD) - asked(product_set, *lines) == senseless


def test_prices_of_alcohol_are_asked_for_where_the_office_shows_them() -> None:
    site = (CONTENT / "site.yml").read_text("utf-8").replace("alcohol_prices: false", "alcohol_prices: true")
    assert asked(14, "alcohol: 30", **{"site.yml": site}) >= SOLD


def test_no_words_are_asked_for_in_a_language_that_the_site_has_not() -> None:
    site = (CONTENT / "site.yml").read_text("utf-8").replace("[vi, en]", "[vi]")
    assert not {"english", "english-story", "english-label", "compare"} & asked(
        7, **{"site.yml": site, IN_ENGLISH: None}
    )  # type: ignore[arg-type]
    assert {"english", "english-story", "compare"} <= asked(7)


def test_the_words_of_the_label_are_asked_for_where_there_are_any() -> None:
    assert "english-label" not in asked(7)
    assert "english-label" in asked(7, "usage: Ăn ngay")
    assert "english-label" not in asked(26, "warnings: Sâu")


@pytest.mark.parametrize(
    ("kind", "step", "product_set", "expected"),
    [
        ("products", "story", 3, [("5.1", True)]),
        ("products", "story", 26, []),
        ("products", "trace", 7, [("5.1", True), ("2.3", True)]),
        ("products", "trace", 3, [("5.1", True), ("2.3", False)]),
        ("products", "english", 7, []),
        ("products", "english", 26, [("4.4, 4.5, 5.1", True)]),
        ("products", "english-label", 23, []),
        ("producers", "website", None, [("4.3", False)]),
        ("producers", "english", None, []),
    ],
)
def test_a_step_is_worth_what_the_sheet_of_its_set_tells(
    kind: str, step: str, product_set: int | None, expected: list[tuple[str, bool]]
) -> None:
    assert [(one.code, read) for one, read in worth(BY_ID[kind][step], product_set)] == expected


def test_the_groups_that_steps_are_asked_by_are_in_the_classification() -> None:
    book = a_book(**SHIPPED)  # type: ignore[arg-type]
    classification: Classification = book.catalogue.classification
    assert {"food", "beverages", "handicrafts", "ornamentals"} <= {one.id for one in classification.sectors}
    groups = {"fresh-food", "functional-food-medicine", "herbal-cosmetics"}
    assert groups <= {one.id for one in classification.groups}


def test_a_day_of_comparison_is_asked_for_anew_where_the_original_changed() -> None:
    files = {PRODUCT: a_product(updated="2026-11-02"), IN_ENGLISH: an_entry(name="Garlic", translated="2026-11-01")}
    book = a_book(**files)
    found = next(one for one in completeness(book, coverage(book)) if one.key == "products/toi-den")
    assert "compare" in found.todo
