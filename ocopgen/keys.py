"""The keys of each file, from the model: which there are and in what order, and what somebody means by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from ocopgen.document import Path
from ocopgen.model import Entry, Value, field
from ocopgen.problems import slipped
from ocopgen.text import Text, slug
from ocopgen.values import Day

OUTSIDE_YAML = frozenset({"id", "body", "stories", "compared"})
"""The fields of an entry that stand in no front matter."""
_BEFORE_OWN = frozenset({"name", "summary"})
"""What all entries begin with; the rest of what they share comes after the fields of their kind."""
COMPARED = "translated"
"""The key of a translation that tells when its words were last compared; no word of the entry."""


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a contributor may write, in the usual order."""
    return tuple(model.model_fields[name].alias or name for name in in_order(model))


def in_order(model: type[BaseModel]) -> list[str]:
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


def keys_by_name(model: type[BaseModel]) -> dict[str, str]:
    """The keys of a model by their names in both languages: who writes `ten` or `Chủ thể` means a key."""
    labels = ((key, names_of(model, (key,))) for key in known_keys(model))
    return {slug(re.sub(r"\(.*", "", name)): key for key, label in labels for name in (label.en, label.vi)}


def meant_key(word: str, model: type[BaseModel]) -> str | None:
    """The key that somebody means beyond doubt: by its name in some language, or but for a slip of the finger."""
    known = known_keys(model)
    said = slug(word)
    by_name = keys_by_name(model).get(said) or next((key for key in known if slug(key) == said), None)
    if by_name is not None:
        return by_name
    near = [key for key in known if len(word) > 3 and slipped(word, key)]
    return near[0] if len(near) == 1 else None


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a field for people, and whether it must be there."""

    vi: str
    en: str
    needed: bool = False


def names_of(model: type[BaseModel], path: Path) -> Names:
    """The names of the field at `path`; of one that is not there, its key."""
    inner = model_at(model, path[:-1])
    for name, info in (inner.model_fields if inner else {}).items():
        extra = info.json_schema_extra
        if (info.alias or name) == path[-1] and isinstance(extra, dict):
            return Names(str(extra["vi"]), str(extra["en"]), info.is_required())
    return Names(str(path[-1]), str(path[-1]))


# --- words of a translation -------------------------------------------------------------------------------


@cache
def words_model(model: type[BaseModel]) -> type[BaseModel]:
    """The model of a translation file: the translated fields of `model`, all optional, and the day of the work."""
    fields: dict[str, Any] = {}
    for name in in_order(model):
        info = model.model_fields[name]
        inner = submodel(info.annotation)
        if inner is not None and _holds_text(inner):
            fields[name] = (tuple[words_model(inner), ...] | None, _like(info, None))  # type: ignore[misc]
        elif _mentions_text(info.annotation):
            fields[name] = (_with_metadata(info) | None, _like(info, None))
        elif name == key_of(model):
            fields[name] = (_with_metadata(info), _like(info, ...))
    if issubclass(model, Entry):
        fields[COMPARED] = (Day | None, field("Ngày đối chiếu bản dịch", "Translation compared on", None))
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


def key_of(model: type[BaseModel]) -> str | None:
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
