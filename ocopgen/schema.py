"""The model → JSON Schema of every file of the content, for editors, and what each field is, in words.

The dialect is draft-07, which all editors know; each schema means the same in 2020-12. Names, descriptions and
choices are in Vietnamese and English. A schema takes every file that is decoded without an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from ocopgen.hints import HINTS, Hint
from ocopgen.keys import OUTSIDE_YAML, words_model
from ocopgen.model import KINDS
from ocopgen.notation import Notation
from ocopgen.reference import DATA_FILES, Strings
from ocopgen.text import Lang, slug

DIALECT = "http://json-schema.org/draft-07/schema#"
OURS = "urn:ocopgen:schema:"
_PARTS = "#/definitions/"

Node = dict[str, Any]
"""A piece of JSON Schema."""


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in Vietnamese and English."""

    vi: str
    en: str

    @property
    def together(self) -> str:
        """Both on one line; what is the same in both, such as a trade name, once."""
        return self.vi if self.vi == self.en else f"{self.vi} / {self.en}"


@dataclass(frozen=True, slots=True)
class Property:
    """One field of a part of a file: its key and names, and what is written there.

    `form` says how the value is written, and `notation` how a word of it is, where it has a form; `choices` what each
    of them means, `part` names what the value is made of (`many`: what each item of the list is), `rules` say all that
    in JSON Schema.
    """

    key: str
    name: Both
    form: Both
    hint: Hint
    example: Any
    choices: Mapping[Any, Both | None]
    part: str | None
    many: bool
    needed: bool
    translated: bool
    fact: bool
    rules: Node
    notation: Notation | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file of the content: its path, and the parts it is made of; the first is the file itself.

    `rules` are there for a file of free keys, which has no parts.
    """

    name: str
    path: str
    parts: Mapping[str, tuple[Property, ...]]
    rules: Node


def files(strings: Strings) -> Iterator[File]:
    """Every kind of file that is written: entries, their translations, data files; `strings` name the choices."""
    for kind, entry in KINDS.items():
        yield _file(kind, f"{kind}/*/index.vi.md", entry, strings)
        words = _file(f"{kind}.words", f"{kind}/*/index.en.md", words_model(entry), strings)
        yield replace(words, parts={name: tuple(map(_plainly, part)) for name, part in words.parts.items()})
    for path, data in DATA_FILES.items():
        yield _file(path.removesuffix(".yml"), path, data, strings)


def _plainly(one: Property) -> Property:
    """A field where all words are a translation: that goes without saying, and an example is in the other language."""
    return replace(one, translated=False, example=None) if one.translated else one


def schemas(strings: Strings) -> dict[str, str]:
    """The text of every schema by the name of its file."""
    return {f"{one.name}.json": json.dumps(_schema(one), ensure_ascii=False, indent=2) + "\n" for one in files(strings)}


def _schema(file: File) -> Node:
    parts = {name: _object(properties) for name, properties in file.parts.items()}
    whole = parts.pop(next(iter(parts))) if parts else file.rules
    head = {"$schema": DIALECT, "$id": OURS + file.name, "title": f"content/{file.path}"}
    return {**head, **whole, **({"definitions": parts} if parts else {})}


def _object(properties: tuple[Property, ...]) -> Node:
    needed = [one.key for one in properties if one.needed]
    return {
        "type": "object",
        "properties": {one.key: _described(one) for one in properties},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _described(one: Property) -> Node:
    return {
        "title": one.name.together,
        "description": f"{_sentences(one, 'vi')}\n\n{_sentences(one, 'en')}",
        **one.rules,
        **({"examples": [one.example]} if one.example is not None else {}),
    }


_NEEDED = Both("Cần có.", "Needed.")
_TRANSLATED = Both("Viết lại trong tệp của ngôn ngữ khác.", "Written anew in the files of other languages.")


def _sentences(one: Property, lang: Literal["vi", "en"]) -> str:
    form, hint = getattr(one.form, lang), getattr(one.hint, lang)
    said = [f"{form[:1].upper()}{form[1:]}.", *([hint] if hint else [])]
    said += [getattr(_NEEDED, lang)] if one.needed else []
    said += [getattr(_TRANSLATED, lang)] if one.translated else []
    return " ".join(said)


# --- what pydantic tells of a model -----------------------------------------------------------------------


def _file(name: str, path: str, model: type[BaseModel], strings: Strings) -> File:
    told = model.model_json_schema(ref_template=_PARTS + "{model}")
    known = told.pop("$defs", {})
    if "properties" not in told:
        return File(name, path, {}, _rules(told, {}))
    told["properties"] = {key: inner for key, inner in told["properties"].items() if key not in OUTSIDE_YAML}
    nodes = {model.__name__: told, **{one: known[one] for one in _in_order(told, known)}}
    return File(name, path, {one: tuple(_properties(node, strings)) for one, node in nodes.items()}, {})


def _in_order(node: Any, known: Mapping[str, Node], seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The parts that a node leads to, in the order in which they come up."""
    part = _part(node) if isinstance(node, dict) else None
    if part and part not in seen:
        seen = _in_order(known[part], known, (*seen, part))
    for inner in _inside(node):
        seen = _in_order(inner, known, seen)
    return seen


def _inside(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []


def _part(node: Node) -> str | None:
    return str(node["$ref"]).removeprefix(_PARTS) if "$ref" in node else None


def _properties(node: Node, strings: Strings) -> Iterator[Property]:
    for key, inner in node["properties"].items():
        hint = HINTS.get(inner["declared"], Hint())
        leaf = _leaf(inner)
        notation: Notation | None = leaf.get("notation")
        choices = {one: meaning(one, inner.get("choices"), strings) for one in leaf.get("enum", ())}
        yield Property(
            key=key,
            name=Both(inner["vi"], inner["en"]),
            form=_form(inner),
            hint=hint,
            example=_example(inner) if hint.example is None else hint.example,
            choices=choices,
            part=_part(leaf),
            many=leaf is not _options(inner)[0],
            needed=key in node.get("required", ()),
            translated=notation is not None and notation.translated,
            fact="fact" in inner,
            rules=_rules(inner, choices),
            notation=notation,
        )


def meaning(choice: Any, prefix: str | None, strings: Strings) -> Both | None:
    """What a choice means, where strings.yml has words for it: `kind_farm`, `criteria_qd148_2023`."""
    for key in (f"{prefix}_{choice}", f"{prefix}_{slug(str(choice)).replace('-', '_')}"):
        if key in strings:
            text = strings[key]
            return Both(text.get(Lang("vi")) or text.source, text.get(Lang("en")) or text.source)
    return None


def _options(node: Node) -> list[Node]:
    """What a value may be, `null` apart."""
    return [one for one in node.get("anyOf", [node]) if one.get("type") != "null"]


def _leaf(node: Node) -> Node:
    """What is written in the end: an item of a list, a value that may be left out."""
    first = _options(node)[0]
    return _leaf(first["items"]) if "items" in first and "notation" not in first else first


def _example(node: Node) -> Any:
    for one in _options(node):
        if "notation" in one:
            return one["notation"].example
        if "enum" in one:
            return one["enum"][0]
        inner = _example(one["items"]) if "items" in one else None
        if inner is not None:
            return [inner]
    return None


# --- how a value is written -------------------------------------------------------------------------------

_KINDS = {
    "boolean": Both("có (true) hoặc không (false)", "yes (true) or no (false)"),
    "integer": Both("số nguyên", "a whole number"),
    "number": Both("số", "a number"),
    "object": Both("nhóm thông tin, viết thụt vào", "a group of fields, indented"),
}


def _form(node: Node) -> Both:
    options = [_form_of(one) for one in _options(node)]
    return Both(" hoặc ".join(one.vi for one in options), " or ".join(one.en for one in options))


def _form_of(node: Node) -> Both:
    if "notation" in node:
        return Both(node["notation"].vi, node["notation"].en)
    if "enum" in node:
        choices = ", ".join(map(str, node["enum"]))
        return Both(f"một trong các lựa chọn: {choices}", f"one of these: {choices}")
    if "items" in node or "prefixItems" in node:
        item = _form(node.get("items") or node["prefixItems"][0])
        return Both(f"danh sách: {item.vi}", f"a list: {item.en}")
    kind = _KINDS[node.get("type", "object")]
    low, high = node.get("minimum"), node.get("maximum")
    vi = [f"từ {low}"] if low is not None else []
    en = [f"from {low}"] if low is not None else []
    if high is not None:
        vi, en = [*vi, f"đến {high}"], [*en, f"to {high}"]
    return Both(" ".join([kind.vi, *vi]), " ".join([kind.en, *en]))


# --- rules ------------------------------------------------------------------------------------------------

_TOLD = {"title", "description", "default", "vi", "en", "declared", "choices", "fact", "notation"}
"""What pydantic and the model tell people, which is told anew."""


def _rules(node: Node, choices: Mapping[Any, Both | None]) -> Node:
    """The rules of a value, readable: one type where pydantic has alternatives, and no default that says nothing."""
    options = [_rules_of(one, choices) for one in _options(node)]
    optional = {"type": "null"} in node.get("anyOf", ())
    rules = options[0] if len(options) == 1 else {"anyOf": options}
    default = {"default": node["default"]} if isinstance(node.get("default"), bool | int | str) else {}
    return {**(_or_null(rules) if optional else rules), **default}


def _or_null(rules: Node) -> Node:
    if "type" not in rules:
        options = rules.get("anyOf", [rules])
        return {**(rules if "anyOf" in rules else {}), "anyOf": [*options, {"type": "null"}]}
    kinds = rules["type"] if isinstance(rules["type"], list) else [rules["type"]]
    enum = {"enum": [*rules["enum"], None]} if "enum" in rules else {}
    return {**rules, "type": [*kinds, "null"], **enum}


def _rules_of(node: Node, choices: Mapping[Any, Both | None]) -> Node:
    """The rules of one way to write a value, with what an editor says of any other."""
    notation: Notation | None = node.get("notation")
    rules = {key: value for key, value in node.items() if key not in _TOLD}
    if notation is None or notation.rules is None:
        if "prefixItems" in rules:
            rules["items"] = rules.pop("prefixItems")[0]
        rules |= {key: _rules(rules[key], choices) for key in _NESTED if isinstance(rules.get(key), dict)}
    if "enum" in rules:
        said = [choices[one] for one in rules["enum"]]
        rules |= {"enumDescriptions": [one.together if one else "" for one in said]} if any(said) else {}
    if "$ref" not in rules and rules.get("type") not in ("object", "array"):
        form = _form_of(node)
        rules["errorMessage"] = f"Cần {form.vi}. / Needed: {form.en}."
    return {key: rules[key] for key in sorted(rules, key=lambda key: (_ORDER.find(f" {key} "), key))}


_NESTED = "items", "additionalProperties"
_ORDER = (
    " type const enum enumDescriptions pattern minimum exclusiveMinimum maximum errorMessage"
    " properties additionalProperties items minItems maxItems "
)
