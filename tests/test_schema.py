"""The schemas: whatever is decoded is taken by them, what they can tell to be wrong is refused, and all is in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from editors import DRAFTS, faults_in_editor, front, is_taken, strings
from making import CONTENT
from sites import AWKWARD, ROOT
from test_bad import BAD, bad

from ocopgen.model import KINDS
from ocopgen.open_schema import FILE, open_schema
from ocopgen.reference import DATA_FILES
from ocopgen.schema import OURS, files, schemas

SCHEMAS = schemas(strings())
FILES = tuple(files(strings()))


@cache
def texts(folder: Path) -> dict[str, bytes]:
    """The texts of a content folder."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# --- what is committed ------------------------------------------------------------------------------------


def test_the_committed_schemas_are_those_of_the_model() -> None:
    kept = {one.name: one.read_text("utf-8") for one in (ROOT / "schema").iterdir()}
    assert kept == {**SCHEMAS, FILE: open_schema()}, "run make schema"


def test_there_is_a_schema_for_every_file_that_is_written() -> None:
    names = {one.name for one in FILES}
    assert names == {*KINDS, *(f"{kind}.words" for kind in KINDS), *(path.removesuffix(".yml") for path in DATA_FILES)}


KEYWORDS = {
    *("$schema", "$id", "$ref", "title", "description", "definitions", "type", "const", "enum", "anyOf", "pattern"),
    *("minimum", "exclusiveMinimum", "maximum", "properties", "required", "additionalProperties"),
    *("items", "minItems", "maxItems", "default", "examples", "enumDescriptions", "errorMessage"),
}
"""Keywords that mean the same in draft-07 and 2020-12, and two that editors know."""


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_sound_in_both_dialects_and_names_no_other_place(name: str) -> None:
    schema = json.loads(SCHEMAS[name])
    for draft in DRAFTS:
        draft.check_schema(schema)
    assert schema["$id"] == OURS + name.removesuffix(".json")
    assert {key for node in nodes(schema) for key in node} <= KEYWORDS
    assert all(node.keys() <= {"$ref", "title", "description", "examples"} for node in nodes(schema) if "$ref" in node)


def nodes(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema, itself included."""
    yield schema
    for key in ("properties", "definitions"):
        for inner in schema.get(key, {}).values():
            yield from nodes(inner)
    inside = [*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")]
    for inner in inside:
        if isinstance(inner, dict):
            yield from nodes(inner)


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_mapping_takes_keys_that_are_not_known_but_words_and_sources(name: str) -> None:
    objects = [one for one in nodes(json.loads(SCHEMAS[name])) if one.get("type") == "object" or "properties" in one]
    assert all("additionalProperties" in one for one in objects)


# --- words ------------------------------------------------------------------------------------------------


def test_every_field_is_told_in_both_languages() -> None:
    for one in (one for file in FILES for part in file.parts.values() for one in part):
        assert all((one.name.vi, one.name.en, one.form.vi, one.form.en)), one.key
        assert bool(one.hint.vi) == bool(one.hint.en), one.key


def test_every_choice_but_signs_and_numbers_has_its_words() -> None:
    found = {
        (one.key, choice): meaning
        for file in FILES
        for part in file.parts.values()
        for one in part
        for choice, meaning in one.choices.items()
    }
    assert {key for (key, _), meaning in found.items() if meaning is None} == {"stars", "op"}
    meaning = found["kind", "cooperative"]
    assert meaning is not None
    assert meaning.together == "Hợp tác xã / Cooperative"


def test_a_field_says_how_it_is_written_what_may_be_chosen_and_what_is_wrong() -> None:
    recognition = json.loads(SCHEMAS["products.json"])["definitions"]["Recognition"]
    assert recognition["required"] == ["stars"]
    assert recognition["properties"]["ends"] == {
        "title": "Hết hiệu lực ngày / Ends on",
        "description": "Ngày, viết năm-tháng-ngày. Không ghi thì tính 36 tháng từ ngày quyết định.\n\n"
        "A day, written year-month-day. If left out, 36 months from the decision.",
        "type": ["string", "null"],
        "pattern": r"^\s*(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\s*$",
        "errorMessage": "Cần ngày, viết năm-tháng-ngày. / Needed: a day, written year-month-day.",
        "examples": ["2026-11-23"],
    }
    assert recognition["properties"]["kind"]["enum"] == ["first", "upgrade", "renewal", None]
    assert recognition["properties"]["kind"]["enumDescriptions"][1] == "Nâng hạng / Upgrade"
    assert json.loads(SCHEMAS["pages.json"])["properties"]["order"]["default"] == 100


# --- the law: what is decoded is taken ---------------------------------------------------------------------


@pytest.mark.parametrize("folder", [CONTENT, AWKWARD], ids=["shipped", "awkward"])
def test_an_editor_finds_nothing_wrong_in_a_sound_content(folder: Path) -> None:
    assert [fault for path, raw in texts(folder).items() for fault in faults_in_editor(path, raw)] == []


VALUES = (
    *("", "~", "true", "False", "0", "012", "-1", "3", "4", "10", "2024", "84.5", "250000", "1e3", "0x1F", ".5", "+5"),
    *(
        "9999999999999999999999",
        "1800",
        "250.000",
        "26/04/2022",
        "2026-11-23",
        '" 2026-11-23 "',
        "2025-03",
        "2022-02-30",
    ),
    *(
        "[]",
        "{}",
        "[a, b]",
        "[7, 8]",
        "[0.5, 1]",
        "{vi: a, en: b}",
        '""',
        '" "',
        "Tỏi đen",
        "toi-den",
        "023",
        "unknown",
    ),
    *("12 months", "12tháng", "200 g", "1,5 lít", "0912345678", "+84912345678", "0227.3123456", '"(0227) 3-123-456"'),
    *(
        "19001234",
        "8930000000002",
        '"8930 0000 0000 2"',
        "https://a.vn/x",
        "HTTP://A.VN",
        "a@b.vn",
        "hop.jpg",
        "x/y.jpg",
    ),
    *("cooperative", "press", "first", "district", ">=", '"#2F6B3B"', "vi", ">\n  một câu\n", "x" * 201, "“x”"),
)
"""What somebody may write for a value: right for some fields, nearly right for others."""


def changed(text: str, chance: Random) -> str:
    """A file in which somebody wrote other values, took a line out, or wrote one twice."""
    lines = text.split("\n")
    keyed = [number for number, line in enumerate(lines) if re.match(r"[\s-]*\w+:", line)]
    at = chance.choice(keyed)
    deed = chance.randrange(4)
    if deed == 0:
        del lines[at]
    elif deed == 1 and re.search(r"[{\[, ]\w+: \w", lines[at]):
        spots = list(re.finditer(r"(?<=\w: )[^,{}\[\]]+", lines[at]))
        spot = chance.choice(spots) if spots else None
        lines[at] = lines[at][: spot.start()] + chance.choice(VALUES) + lines[at][spot.end() :] if spot else lines[at]
    else:
        lines[at] = lines[at].partition(":")[0] + ": " + chance.choice(VALUES)
    return "\n".join(lines)


def test_whatever_is_decoded_is_taken_by_an_editor_too() -> None:
    chance, taken, refused = Random(5), 0, 0
    everything = [(folder, path) for folder in (CONTENT, AWKWARD) for path in texts(folder) if path != "strings.yml"]
    for _ in range(3000):
        folder, path = chance.choice(everything)
        raw = texts(folder)[path]
        text = front(raw, path)
        for _ in range(chance.randint(1, 3)):
            text = changed(text, chance) if ":" in text else text
        now = f"---\n{text}---\n".encode() if path.endswith(".md") else text.encode()
        source = texts(folder).get(path.replace(".en.", ".vi."), b"")
        if is_taken(path, now, source):
            taken += 1
            assert faults_in_editor(path, now) == [], text
        else:
            refused += 1
    assert min(taken, refused) > 500


# --- what can be told to be wrong -------------------------------------------------------------------------

TOLD = {
    *("boolean-expected", "choice", "date-expected", "date-year", "email-form", "fact-in-translation", "focus-form"),
    *("gtin-form", "list-expected", "mapping-expected", "missing", "not-filled", "number-expected"),
    *("number-range", "period-form"),
    *("phone-form", "photo-name", "price-form", "quantity-form", "quotes-curly", "slug-form", "stars-range"),
    *("text-empty", "text-long", "text-not-list", "translated-in-facts", "unknown-key", "url-form", "value-wrong"),
    *("yaml-comma", "yaml-deep"),
}
"""The mistakes that a schema can tell. `name: 2026` is none of them: an editor cannot tell it from `02026`."""


def test_an_editor_tells_what_a_schema_can_tell() -> None:
    told = set()
    for file in BAD.iterdir():
        one = bad(file)
        if one.path in DATA_FILES or one.path.endswith(("/index.vi.md", "/index.en.md")):
            with suppress(yaml.YAMLError, IndexError):  # the YAML itself is broken, or there is none
                told |= {file.stem} if faults_in_editor(one.path, one.text.encode()) else set()
    assert told == TOLD
