"""The schema of open data: sound, made from the model, and open for what later versions of the program tell."""

from __future__ import annotations

import json
from typing import Any

import pytest
from editors import DRAFTS

from ocopgen.disclosure import NEVER
from ocopgen.keys import OUTSIDE_YAML, known_keys
from ocopgen.model import KINDS, Entry
from ocopgen.open_fields import VERSION
from ocopgen.open_schema import FILE, open_schema

SCHEMA: dict[str, Any] = json.loads(open_schema())


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_sound_in_both_dialects(draft: Any) -> None:
    draft.check_schema(SCHEMA)


def test_its_name_tells_its_version() -> None:
    assert SCHEMA["$id"] == f"urn:ocopgen:schema:open-data-{VERSION}"
    assert f"open-data-{VERSION}.json" == FILE


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_that_is_written_is_in_it_but_those_that_are_never_told(kind: str) -> None:
    model: type[Entry] = KINDS[kind]
    told = [*SCHEMA["definitions"][model.__name__]["properties"]]
    written = [key for key in known_keys(model) if key not in NEVER]
    assert told[: len(written) + 1] == ["id", *written]
    assert not {*told[1:]} & (OUTSIDE_YAML | NEVER)


def test_every_part_that_is_named_is_there_and_every_part_that_is_there_is_named() -> None:
    named = {one.rpartition("/")[2] for one in _refs(SCHEMA)}
    assert named == SCHEMA["definitions"].keys()


def _refs(node: Any) -> list[str]:
    if isinstance(node, list):
        return [ref for one in node for ref in _refs(one)]
    if not isinstance(node, dict):
        return []
    return [*([node["$ref"]] if isinstance(node.get("$ref"), str) else []), *_refs([*node.values()])]


def test_keys_that_it_does_not_name_are_taken() -> None:
    assert "additionalProperties" not in {key for one in SCHEMA["definitions"].values() for key in one}
