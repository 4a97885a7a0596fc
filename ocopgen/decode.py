"""A document → a value of the model, or the problems that prevent it, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ocopgen.document import Document, Path
from ocopgen.keys import (
    COMPARED,
    OUTSIDE_YAML,
    key_of,
    keys_by_name,
    known_keys,
    model_at,
    names_of,
    words_model,
)
from ocopgen.messages import MESSAGES
from ocopgen.model import VIETNAMESE_CHOICES, Entry
from ocopgen.problems import Place, Problem, brief, nearest
from ocopgen.text import Lang, Text, slug

V = TypeVar("V", bound=BaseModel)
E = TypeVar("E", bound=Entry)

_CODES = {
    "extra_forbidden": "unknown-key",
    "string_type": "text-expected",
    "bool_type": "boolean-expected",
    "tuple_type": "list-expected",
    "dict_type": "mapping-expected",
    "model_type": "mapping-expected",
    "model_attributes_type": "mapping-expected",
    "literal_error": "choice",
    "greater_than_equal": "number-range",
    "less_than_equal": "number-range",
    "greater_than": "number-range",
    **dict.fromkeys(("int_type", "int_from_float", "float_type", "float_parsing", "finite_number"), "number-expected"),
}
_BOUNDS = {
    "greater_than_equal": ("từ", "at least", "ge"),
    "less_than_equal": ("không quá", "at most", "le"),
    "greater_than": ("lớn hơn", "more than", "gt"),
}


def decode_data(document: Document, model: type[V], langs: Sequence[Lang] = ()) -> tuple[V | None, list[Problem]]:
    """A data file such as places.yml; its texts must be there in every one of `langs`."""
    return _validated(_Reading(document, model), {"langs": tuple(langs)})


def decode_entry(model: type[E], entry_id: str, documents: Mapping[Lang, Document]) -> tuple[E | None, list[Problem]]:
    """An entry from its files, the first of which carries the facts and the others only words."""
    (lang, source), *translations = documents.items()
    entry, problems = _validated(_Reading(source, model), {"lang": lang})
    if entry is not None:
        body = _body(lang, source)
        entry = entry.model_copy(update={"id": entry_id, "body": body, "stories": (lang,) if body else ()})
    for other, document in translations:
        reading = _Reading(document, words_model(model), model, source.file)
        words, faults = _validated(reading, {"lang": other})
        problems += faults
        if entry is not None and words is not None:
            entry, faults = _translated(entry, words, other, document, source)
            problems += faults
            day = getattr(words, COMPARED)
            body = _with_body(entry.body, other, document)
            update = {
                "body": body,
                "stories": tuple(known for known, _ in body.words) if body else (),
                "compared": (*entry.compared, *([(other, day)] if day else [])),
            }
            entry = entry.model_copy(update=update)
    return entry, problems


def _body(lang: Lang, document: Document) -> Text | None:
    return Text.of({lang: document.body}) if document.body.strip() else None


def _with_body(body: Text | None, lang: Lang, document: Document) -> Text | None:
    if not document.body.strip():
        return body
    return body.plus(lang, document.body) if body else Text.of({lang: document.body})


# --- words of a translation -------------------------------------------------------------------------------


def _translated(
    entry: E, words: BaseModel, lang: Lang, document: Document, source: Document
) -> tuple[E, list[Problem]]:
    merge = _Merge(lang, document, source.file)
    return merge.value(entry, words, ()), merge.problems


class _Merge:
    """Lays the words of one translation over an entry's own."""

    def __init__(self, lang: Lang, document: Document, source: str) -> None:
        self.lang, self.document, self.source = lang, document, source
        self.problems: list[Problem] = []

    def value(self, own: V, words: BaseModel, path: Path) -> V:
        changed = {
            name: self.field(getattr(own, name), getattr(words, name), (*path, name))
            for name in words.model_fields_set
            if name not in (key_of(type(own)), COMPARED) and getattr(words, name) is not None
        }
        return own.model_copy(update=changed)

    def field(self, own: Any, words: Any, path: Path) -> Any:
        if isinstance(words, Text):
            return own.plus(self.lang, words.source) if isinstance(own, Text) else self._unmatched(own, path)
        items = list(own)
        for number, item in enumerate(words):
            place = self._matching(own, item, number)
            if place is None:
                self._unmatched(own, (*path, number))
            else:
                items[place] = self._item(items[place], item, (*path, number))
        return tuple(items)

    def _item(self, own: Any, words: Any, path: Path) -> Any:
        if isinstance(words, BaseModel):
            return self.value(own, words, path)
        return self.field(own, words, path)

    @staticmethod
    def _matching(own: tuple[Any, ...], words: Any, number: int) -> int | None:
        key = key_of(type(words)) if isinstance(words, BaseModel) else None
        if key is None:
            return number if number < len(own) else None
        wanted = getattr(words, key)
        return next((place for place, item in enumerate(own) if getattr(item, key) == wanted), None)

    def _unmatched(self, own: Any, path: Path) -> Any:
        code = "translation-alone" if own is None else "translation-unknown"
        self.problems.append(Problem.at(self.document.place(path), code, key=_key(path), source=self.source))
        return own


# --- problems ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document and what it is read as; a translation knows the model and the file of its facts."""

    document: Document
    model: type[BaseModel]
    facts: type[BaseModel] | None = None
    source: str = ""


def _validated(reading: _Reading, context: Mapping[str, object]) -> tuple[Any, list[Problem]]:
    data = reading.document.data
    reserved = sorted(OUTSIDE_YAML.intersection(data)) if issubclass(reading.facts or reading.model, Entry) else []
    problems = [_unknown_key(reading, (key,)) for key in reserved]
    clean = {key: value for key, value in data.items() if key not in reserved} if reserved else data
    try:
        return reading.model.model_validate(clean, context=dict(context)), problems
    except ValidationError as fault:
        problems += [_problem(reading, detail) for detail in fault.errors(include_url=False)]
        return None, problems


def _problem(reading: _Reading, detail: ErrorDetails) -> Problem:
    kind = detail["type"]
    path = _path(reading.document.data, detail["loc"], kind == "missing")
    place = reading.document.place(path)
    field = names_of(reading.model, path)
    if kind == "missing":
        return Problem.at(place, "missing", key=path[-1], label_vi=field.vi, label_en=field.en)
    if kind == "extra_forbidden":
        return _unknown_key(reading, path)
    if detail["input"] is None and field.needed:
        return Problem.at(place, "not-filled", key=path[-1], label_vi=field.vi, label_en=field.en)
    if detail["input"] is None:
        return Problem.at(place, "text-empty", key=_key(path))
    if isinstance(detail["input"], str) and detail["input"].startswith(("“", "”", "‘", "’", "„")):
        return Problem.at(place, "quotes-curly")
    code = kind if kind in MESSAGES else _CODES.get(kind, "value-wrong")
    words: dict[str, object] = {
        "key": _key(path),
        "value": _as_written(detail["input"], place),
        **detail.get("ctx", {}),
    }
    if code == "choice":
        code = "stars-range" if path[-1] == "stars" else code
        words |= _choice(words, detail)
    if code == "text-expected" and isinstance(detail["input"], Mapping | tuple):
        code = "text-not-list"
    if kind in _BOUNDS:
        vi, en, limit = _BOUNDS[kind]
        words |= {"bound_vi": vi, "bound_en": en, "limit": words[limit]}
    if code == "mapping-expected" and "example" not in words:
        inner = model_at(reading.model, path)
        words["example"] = next(iter(known_keys(inner)), "…") if inner else "…"
    return Problem.at(place, code, **words)


def _path(value: object, loc: Path, missing: bool) -> Path:
    """Where in a document pydantic means; parts that are no keys of it, such as "function-plain[…]", are its own."""
    path: list[str | int] = []
    for part in loc:
        inside: Any = (
            value if isinstance(value, Mapping) else dict(enumerate(value)) if isinstance(value, tuple) else {}
        )
        if part in inside:
            value = inside[part]
            path.append(part)
    return (*path, loc[-1]) if missing else tuple(path)


def _choice(words: Mapping[str, object], detail: ErrorDetails) -> dict[str, object]:
    choices = [part.strip("' ") for part in str(words["expected"]).replace(" or ", ", ").split(", ")]
    said = slug(str(detail["input"]))
    near = nearest(VIETNAMESE_CHOICES.get(said, said), choices)
    return {"choices": ", ".join(choices), **(did_you_mean(near, choices) if near else {"mend_vi": "", "mend_en": ""})}


def _unknown_key(reading: _Reading, path: Path) -> Problem:
    key = str(path[-1])
    place = reading.document.key_place(path)
    facts = model_at(reading.facts, path[:-1]) if reading.facts else None
    if key == COMPARED and len(path) == 1 and not reading.facts and issubclass(reading.model, Entry):
        return Problem.at(place, "translated-in-facts")
    if facts is not None and key in known_keys(facts):
        return Problem.at(place, "fact-in-translation", key=key, source=reading.source)
    if re.match(r"\s*[,}]", place.excerpt[place.column - 1 + len(key) :]):
        return Problem.at(place, "yaml-comma", key=key)
    inner = model_at(reading.model, path[:-1])
    meant, known = (keys_by_name(inner).get(slug(key), key), known_keys(inner)) if inner else (key, ())
    return Problem.at(place, "unknown-key", key=key, **did_you_mean(meant, known))


def did_you_mean(word: str, known: Sequence[str]) -> dict[str, object]:
    """The mend that names the nearest known word, or all of them where none is near."""
    near = nearest(word, known)
    if near is not None:
        return {"mend_vi": f"có phải là '{near}'?", "mend_en": f"did you mean '{near}'?"}
    if not known:
        return {"mend_vi": "xóa dòng này", "mend_en": "delete the line"}
    shown = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
    return {"mend_vi": f"dùng một trong: {shown}", "mend_en": f"use one of: {shown}"}


def _key(path: Path) -> str:
    return next((str(key) for key in reversed(path) if isinstance(key, str)), "")


def _shown(value: object) -> str:
    """A value as the message quotes it."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, tuple):
        return "[…]"
    words = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return f"'{brief(words)}'" if isinstance(value, str) or len(words) > 60 else words


def _as_written(value: object, place: Place) -> str:
    """A value as the message quotes it; a number as it stands in the file, so that `250.000` is not called 250.0."""
    if isinstance(value, float):
        return re.split(r"[\s,\]}#]", place.excerpt[place.column - 1 :])[0] or _shown(value)
    return _shown(value)
