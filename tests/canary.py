"""Content in which every field that takes words holds words that would be markup, made from the model itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from ocopgen.keys import OUTSIDE_YAML
from ocopgen.model import KINDS, Value
from ocopgen.text import Text

TAG = "canary-tag"
"""An element that no page has."""

MARKUP = f"</title></textarea><{TAG} {TAG}=1 onclick=x>\"'><script>{TAG}()</script>&lt;{TAG}&gt;{{{{ 7*7 }}}}"
ADDRESS = f"https://example.vn/?q=\"'><{TAG}/onclick=x>{{{{7*7}}}}#"
"""The same as an address, which has no spaces."""

SAMPLES: tuple[object, ...] = (
    *(False, date(2026, 1, 10), 12, 20.5, "12 months", "200 g", 250_000, "0912345678", "8930000000019"),
    *("hop.jpg", [0.5, 0.5], "ma-cu", 104.5, "https://example.vn/", "ten@example.vn"),
)
"""One value at least of every form that is not plain words. A new form needs one here."""

MEANT: Mapping[str, object] = {
    "producer": "an",
    "set": 3,
    "outlets": ["cho"],
    "related": ["gao"],
    "code": "T-X-1",
    "place": {"commune": "thuy-an", "district": "thai-thuy"},
    "season": [1, 2],
    "alcohol": None,
    "photos": None,
    "year": 2025,
    "score": 75.0,
    "stars": 4,
    "decision.date": date(2026, 1, 10),
    "ends": date(2029, 1, 11),
    "until": date(2029, 2, 1),
    "withdrawn": None,
    "potential_5_star": None,
    "to": date(2027, 1, 10),
    "lang": "vi",
    "kind": None,
    "criteria": None,
    "evidence": None,
    "was": None,
    "draft": False,
    "location": {"lat": 20.5, "lon": 106.5},
    "scope": ["phones", "address", "email"],
}
"""What the rules ask of some fields, by their names; `None` leaves a field out."""


KEYS = (".unit",)
"""Fields whose words choose among others and are not shown themselves."""


@dataclass
class Canaries:
    """The words that were put in, by the field that holds them."""

    words: dict[str, str] = field(default_factory=dict)

    def next(self, path: str, words: str = MARKUP) -> str:
        """The words, with what tells them from those of all other fields."""
        name = self.words.setdefault(path, f"Zq{len(self.words)}q")
        return f"{name} {words}" if words is MARKUP else words + name

    def entry(self, kind: str) -> dict[str, object]:
        """An entry whose every field is written."""
        return self._model(KINDS[kind], kind)

    def _model(self, model: type[BaseModel], path: str) -> dict[str, object]:
        facts: dict[str, object] = {}
        for name, info in model.model_fields.items():
            key = info.alias or name
            if key in OUTSIDE_YAML:
                continue
            value = MEANT[key] if key in MEANT else self._value(_whole(info), f"{path}.{key}")
            if value is None and info.is_required():
                value = self._value(_whole(info), f"{path}.{key}")
            if value is not None:
                facts[key] = value
        return facts

    def _value(self, annotation: Any, path: str) -> object:
        inner = _parts(annotation)
        if inner and get_origin(inner[0]) is tuple and Ellipsis in get_args(inner[0]):
            return [self._value(get_args(inner[0])[0], f"{path}[]")]
        for one in inner:
            if isinstance(one, type) and issubclass(one, BaseModel):
                return self._model(one, path)
        if choices := next((get_args(one) for one in inner if get_origin(one) is Literal), None):
            return choices[0]
        for words in (MARKUP, ADDRESS):
            if _taken(annotation, words):
                return self.next(path, words)
        return next(one for one in SAMPLES if _taken(annotation, one))


def _whole(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _parts(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, without what only annotates them."""
    if hasattr(annotation, "__metadata__"):
        return _parts(get_args(annotation)[0])
    if get_origin(annotation) in (None, tuple, dict, Literal):
        return [] if annotation is type(None) else [annotation]
    return [part for one in get_args(annotation) for part in _parts(one)]


def _taken(annotation: Any, value: object) -> bool:
    """Whether a field of this kind takes a value."""
    try:
        create_model("One", __base__=Value, one=(annotation, ...)).model_validate(
            {"one": value}, context={"lang": "vi"}
        )
    except ValidationError:
        return False
    return True


def in_data(model: type[BaseModel], values: Any, canaries: Canaries, path: str) -> Any:
    """The values of a data file with the same put behind all its words."""
    if issubclass(model, RootModel):
        return values
    return {
        key: _in_field(_field(model, key), value, canaries, f"{path}.{key}") if _field(model, key) else value
        for key, value in values.items()
    }


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)


def _in_field(info: Any, value: Any, canaries: Canaries, path: str) -> Any:
    annotation = _whole(info) if isinstance(info, FieldInfo) else info
    inner = _parts(annotation)
    if isinstance(value, list):
        item = get_args(inner[0])[0] if get_origin(inner[0]) is tuple else None
        return [_in_field(item, one, canaries, f"{path}[]") for one in value]
    model = next((one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)), None)
    if model is not None and isinstance(value, dict):
        return in_data(model, value, canaries, path)
    if get_origin(inner[0]) is dict and isinstance(value, dict):
        return {key: _in_field(get_args(inner[0])[1], one, canaries, path) for key, one in value.items()}
    if Text in inner and isinstance(value, dict):
        return {lang: f"{words} {canaries.next(f'{path}.{lang}')}" for lang, words in value.items()}
    if isinstance(value, str) and not path.endswith(KEYS) and _taken(annotation, f"{value} {MARKUP}"):
        return f"{value} {canaries.next(path)}"
    return value
