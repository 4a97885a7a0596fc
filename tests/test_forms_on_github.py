"""Forms on GitHub ask for what the model holds, by its names, and offer what it takes."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from sites import ROOT, read_yaml

from ocopgen.keys import submodel
from ocopgen.model import PRODUCER_KINDS, Producer, Product, Recognition

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(one for one in FOLDER.glob("*.yml") if one.name != "config.yml")
MODELS: dict[str, Any] = {"product": Product, "producer": Producer}

NEW = FOLDER / "san-pham-moi.yml"


def asked(form: Any) -> dict[str, Any]:
    """The questions of a form by their ids."""
    return {one["id"]: one for one in read_yaml(form.read_text("utf-8"))["body"] if one["type"] != "markdown"}


def names(path: str) -> str:
    """The names of a field as the model has them: `product-recognitions-decision-date`."""
    first, *keys = path.split("-")
    model = MODELS[first]
    for key in keys:
        info = model.model_fields[key]
        model = submodel(info.annotation)
    return f"{info.json_schema_extra['vi']} / {info.json_schema_extra['en']}"


@pytest.mark.parametrize("form", FORMS, ids=lambda one: str(one.stem))
def test_a_question_about_a_field_has_its_names(form: Any) -> None:
    of_model = {key: one for key, one in asked(form).items() if key.partition("-")[0] in MODELS}
    assert {key: one["attributes"]["label"] for key, one in of_model.items()} == {key: names(key) for key in of_model}


def test_what_the_model_needs_must_be_filled_in() -> None:
    must = {key for key, one in asked(NEW).items() if one.get("validations", {}).get("required")}
    needed = {
        f"{kind}-{name}"
        for kind, model in MODELS.items()
        for name, info in model.model_fields.items()
        if info.is_required()
    }
    assert must == needed - {"product-producer"}, "the producer is asked for by its own questions"


def test_choices_are_those_of_the_model_and_of_the_data_files() -> None:
    options = {key: one["attributes"]["options"] for key, one in asked(NEW).items() if one["type"] == "dropdown"}
    sets = read_yaml((ROOT / "content" / "classification.yml").read_bytes())["sets"]
    strings = read_yaml((ROOT / "content" / "strings.yml").read_bytes())
    assert options["product-set"] == [f"{one['n']}. {one['name']['vi']}" for one in sets]
    kinds = [strings[f"kind_{one}"]["vi"] for one in get_args(PRODUCER_KINDS) if one != "unknown"]
    assert options["producer-kind"] == kinds
    stars = get_args(Recognition.model_fields["stars"].annotation)
    assert options["product-recognitions-stars"][1:] == [str(one) for one in stars]


def test_nothing_is_published_without_consent() -> None:
    (row,) = asked(NEW)["producer-consent"]["attributes"]["options"]
    assert row["required"]


def test_lines_of_owners_name_folders_that_are_there() -> None:
    lines = re.findall(r"^# (/\S+) +@", (ROOT / ".github" / "CODEOWNERS").read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 7
    assert [one for one in lines if not list(ROOT.glob(one.strip("/")))] == []
