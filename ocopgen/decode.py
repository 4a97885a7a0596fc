"""A document → a value of the model, or the problems that prevent it, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ocopgen.document import Document, Path
from ocopgen.messages import MESSAGES
from ocopgen.model import VIETNAMESE_CHOICES, Entry, Value, field
from ocopgen.problems import Place, Problem, brief, nearest, slipped
from ocopgen.text import Lang, Text, slug
from ocopgen.values import Day

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
OUTSIDE_YAML = frozenset({"id", "body", "compared"})
"""The fields of an entry that stand in no front matter."""
_BEFORE_OWN = frozenset({"name", "summary"})
"""What all entries begin with; the rest of what they share comes after the fields of their kind."""
_COMPARED = "translated"
"""The key of a translation that tells when its words were last compared; no word of the entry."""


def decode_data(document: Document, model: type[V], langs: Sequence[Lang] = ()) -> tuple[V | None, list[Problem]]:
    """A data file such as places.yml; its texts must be there in every one of `langs`."""
    return _validated(_Reading(document, model), {"langs": tuple(langs)})


def decode_entry(model: type[E], entry_id: str, documents: Mapping[Lang, Document]) -> tuple[E | None, list[Problem]]:
    """An entry from its files, the first of which carries the facts and the others only words."""
    (lang, source), *translations = documents.items()
    entry, problems = _validated(_Reading(source, model), {"lang": lang})
    if entry is not None:
        entry = entry.model_copy(update={"id": entry_id, "body": _body(lang, source)})
    for other, document in translations:
        reading = _Reading(document, words_model(model), model, source.file)
        words, faults = _validated(reading, {"lang": other})
        problems += faults
        if entry is not None and words is not None:
            entry, faults = _translated(entry, words, other, document, source)
            problems += faults
            day = getattr(words, _COMPARED)
            update = {
                "body": _with_body(entry.body, other, document),
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


@cache
def words_model(model: type[BaseModel]) -> type[BaseModel]:
    """The model of a translation file: the translated fields of `model`, all optional, and the day of the work."""
    fields: dict[str, Any] = {}
    for name in _in_order(model):
        info = model.model_fields[name]
        inner = submodel(info.annotation)
        if inner is not None and _holds_text(inner):
            fields[name] = (tuple[words_model(inner), ...] | None, _like(info, None))  # type: ignore[misc]
        elif _mentions_text(info.annotation):
            fields[name] = (_with_metadata(info) | None, _like(info, None))
        elif name == _key_of(model):
            fields[name] = (_with_metadata(info), _like(info, ...))
    if issubclass(model, Entry):
        fields[_COMPARED] = (Day | None, field("Ngày đối chiếu bản dịch", "Translation compared on", None))
    return create_model(f"{model.__name__}Words", __base__=Value, **fields)


@cache
def translated_fields(model: type[BaseModel]) -> tuple[tuple[str, ...], ...]:
    """The paths of what is translated of an entry, its story last: `("name",)`, …, `("photos", "alt")`, `("body",)`."""
    return (*_text_fields(model), ("body",))


def _text_fields(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    for name, info in model.model_fields.items():
        inner = submodel(info.annotation)
        if inner is not None and _holds_text(inner):
            yield from ((name, *path) for path in _text_fields(inner))
        elif _mentions_text(info.annotation) and name not in OUTSIDE_YAML:
            yield (name,)


def _like(info: FieldInfo, default: Any) -> Any:
    """A field that is told of as another is."""
    return Field(default, json_schema_extra=info.json_schema_extra)


def _with_metadata(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _key_of(model: type[BaseModel]) -> str | None:
    """The field that tells which item of a list a translation belongs to."""
    return "file" if "file" in model.model_fields else None


def _mentions_text(annotation: Any) -> bool:
    return annotation is Text or any(_mentions_text(part) for part in get_args(annotation))


def _holds_text(model: type[BaseModel]) -> bool:
    return any(_mentions_text(info.annotation) for info in model.model_fields.values())


def submodel(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Photo, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(submodel, get_args(annotation))), None)


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
            if name not in (_key_of(type(own)), _COMPARED) and getattr(words, name) is not None
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
        key = _key_of(type(words)) if isinstance(words, BaseModel) else None
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
class _Field:
    """The names of a field for people, and whether it must be there."""

    vi: str
    en: str
    needed: bool = False


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
    field = _field(reading.model, path)
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
    if key == _COMPARED and len(path) == 1 and not reading.facts and issubclass(reading.model, Entry):
        return Problem.at(place, "translated-in-facts")
    if facts is not None and key in known_keys(facts):
        return Problem.at(place, "fact-in-translation", key=key, source=reading.source)
    if re.match(r"\s*[,}]", place.excerpt[place.column - 1 + len(key) :]):
        return Problem.at(place, "yaml-comma", key=key)
    inner = model_at(reading.model, path[:-1])
    meant, known = (_named(inner).get(slug(key), key), known_keys(inner)) if inner else (key, ())
    return Problem.at(place, "unknown-key", key=key, **did_you_mean(meant, known))


def _named(model: type[BaseModel]) -> dict[str, str]:
    """The keys of a model by their names in both languages: who writes `ten` or `Chủ thể` means a key."""
    labels = ((key, _field(model, (key,))) for key in known_keys(model))
    return {slug(re.sub(r"\(.*", "", name)): key for key, label in labels for name in (label.en, label.vi)}


def meant_key(word: str, model: type[BaseModel]) -> str | None:
    """The key that somebody means beyond doubt: by its name in some language, or but for a slip of the finger."""
    known = known_keys(model)
    said = slug(word)
    by_name = _named(model).get(said) or next((key for key in known if slug(key) == said), None)
    if by_name is not None:
        return by_name
    near = [key for key in known if len(word) > 3 and slipped(word, key)]
    return near[0] if len(near) == 1 else None


def did_you_mean(word: str, known: Sequence[str]) -> dict[str, object]:
    """The mend that names the nearest known word, or all of them where none is near."""
    near = nearest(word, known)
    if near is not None:
        return {"mend_vi": f"có phải là '{near}'?", "mend_en": f"did you mean '{near}'?"}
    if not known:
        return {"mend_vi": "xóa dòng này", "mend_en": "delete the line"}
    shown = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
    return {"mend_vi": f"dùng một trong: {shown}", "mend_en": f"use one of: {shown}"}


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a contributor may write, in the usual order."""
    return tuple(model.model_fields[name].alias or name for name in _in_order(model))


def _in_order(model: type[BaseModel]) -> list[str]:
    """The fields that stand in the YAML: what all entries end with at the end."""
    names = [name for name in model.model_fields if name not in OUTSIDE_YAML]
    last = set(Entry.model_fields) - _BEFORE_OWN if issubclass(model, Entry) else set()
    return sorted(names, key=lambda name: name in last)


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the value at `path`; a key that no model has is that of a mapping by free names."""
    inner: type[BaseModel] | None = model
    for key in path:
        if isinstance(key, int):
            continue
        known = dict(_annotations(inner)) if inner else {}
        inner = submodel(known[key]) if key in known else inner
    return inner


def _annotations(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, info in model.model_fields.items():
        yield info.alias or name, info.annotation


def _field(model: type[BaseModel], path: Path) -> _Field:
    inner = model_at(model, path[:-1])
    for name, info in (inner.model_fields if inner else {}).items():
        extra = info.json_schema_extra
        if (info.alias or name) == path[-1] and isinstance(extra, dict):
            return _Field(str(extra["vi"]), str(extra["en"]), info.is_required())
    return _Field(str(path[-1]), str(path[-1]))


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
