"""What an editor makes of a file of the content: YAML 1.2 with its core schema (10.3.2), and its verdict."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.protocols import Validator
from making import CONTENT

from ocopgen.decode import decode_data, decode_entry
from ocopgen.document import read_data, read_entry
from ocopgen.model import KINDS
from ocopgen.reference import DATA_FILES, Strings
from ocopgen.schema import DIALECT, schemas
from ocopgen.text import Lang

VI, EN = Lang("vi"), Lang("en")
DRAFTS = Draft7Validator, Draft202012Validator


class _Core(yaml.CSafeLoader):
    """The core schema: no dates, no `yes` and `no`, no octal numbers but `0o17`."""


_Core.yaml_implicit_resolvers = {}
for _tag, _words in (
    ("null", r"null|Null|NULL|~|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_words})$"), None)
_Core.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0 if node.value[1:2] in "ox" else 10)
)
_Core.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(re.sub(r"\.(?=inf|nan)", "", node.value.lower()))
)


def seen(text: str) -> Any:
    """The values of YAML as an editor sees them."""
    return yaml.load(text, Loader=_Core)


def front(raw: bytes, path: str) -> str:
    """The YAML of a file: all of a data file, the front matter of an entry's."""
    text = raw.decode("utf-8-sig")
    return text.split("---\n")[1] if path.endswith(".md") else text


@cache
def strings() -> Strings:
    """The shipped words."""
    document, faults = read_data("strings.yml", (CONTENT / "strings.yml").read_bytes())
    assert document is not None, faults
    words, faults = decode_data(document, Strings)
    assert words is not None, faults
    return words


@cache
def validators(path: str) -> tuple[Validator, ...]:
    """The schema of a file by both dialects."""
    kind, _, rest = path.partition("/")
    name = kind.removesuffix(".yml") if not rest else kind if path.endswith(".vi.md") else f"{kind}.words"
    return tuple(draft(_all()[name]) for draft in DRAFTS)


@cache
def _all() -> dict[str, Any]:
    read = {
        name.removesuffix(".json"): yaml.load(text, Loader=yaml.CSafeLoader)
        for name, text in schemas(strings()).items()
    }
    assert {one["$schema"] for one in read.values()} == {DIALECT}
    return read


def faults_in_editor(path: str, raw: bytes) -> list[str]:
    """What an editor finds wrong in a file, by each dialect."""
    values = seen(front(raw, path))
    if not isinstance(values, dict):
        return []
    return [f"{path}: {one.json_path} {one.message}" for each in validators(path) for one in each.iter_errors(values)]


def is_taken(path: str, raw: bytes, source: bytes = b"") -> bool:
    """Whether a file is decoded without a problem; a translation goes with the file of the facts."""
    kind, _, rest = path.partition("/")
    document, faults = (read_entry if rest else read_data)(path, raw)
    if document is None or faults:
        return False
    if not rest:
        return not decode_data(document, DATA_FILES[path], (VI, EN))[1]
    if path.endswith(".vi.md"):
        return not decode_entry(KINDS[kind], "x", {VI: document})[1]
    facts, _ = read_entry(path, source)
    assert facts is not None
    return not decode_entry(KINDS[kind], "x", {VI: facts, EN: document})[1]
