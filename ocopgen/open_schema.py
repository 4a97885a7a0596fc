"""The model → JSON Schema of the data that a site publishes.

It takes keys that it does not name: files of a later build may tell more, and are still of the same version.
"""

from __future__ import annotations

import json

from pydantic import BaseModel

from ocopgen.disclosure import NEVER
from ocopgen.model import KINDS
from ocopgen.open_fields import BESIDES, VERSION, About
from ocopgen.schema import DIALECT, OURS
from ocopgen.telling import Node, parts, properties

FILE = f"open-data-{VERSION}.json"
"""The name of its file among the schemas: that of an older version may be kept beside it."""


def open_schema() -> str:
    """The text of the schema: of the whole catalogue, and of the file of one entry of each kind."""
    models: dict[str, type[BaseModel]] = {}
    _collect(About, models)
    for one in KINDS.values():
        _collect(one, models)
    schema = {
        "$schema": DIALECT,
        "$id": OURS + FILE.removesuffix(".json"),
        "title": "data/*.json",
        "anyOf": [_whole(), *(_single(kind, model) for kind, model in KINDS.items())],
        "definitions": {name: _object(model) for name, model in models.items()},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _collect(model: type[BaseModel], known: dict[str, type[BaseModel]]) -> None:
    """A model with all that its values are made of."""
    if model.__name__ not in known:
        known[model.__name__] = model
        for one in (model, *([BESIDES[model]] if model in BESIDES else [])):
            for inner in parts(one, NEVER):
                _collect(inner, known)


def _object(model: type[BaseModel]) -> Node:
    told = [*properties(model, NEVER), *(properties(BESIDES[model], NEVER) if model in BESIDES else ())]
    return {
        "type": "object",
        "required": [key for key, _, needed in told if needed],
        "properties": {key: rules for key, rules, _ in told},
    }


def _ref(model: type[BaseModel]) -> Node:
    return {"$ref": f"#/definitions/{model.__name__}"}


_HEAD: Node = {"$schema": {"type": "string"}, "about": _ref(About)}


def _whole() -> Node:
    lists = {kind: {"type": "array", "items": _ref(model)} for kind, model in KINDS.items()}
    return {"type": "object", "required": ["about", *lists], "properties": {**_HEAD, **lists}}


def _single(kind: str, model: type[BaseModel]) -> Node:
    own = {"kind": {"const": kind}, "entry": _ref(model)}
    return {"type": "object", "required": ["about", *own], "properties": {**_HEAD, **own}}
