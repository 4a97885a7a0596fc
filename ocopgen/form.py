"""The model → the configuration of the form at `/admin/`: collections, widgets, hints, and where changes go.

It is that of Decap CMS, which other git-based editors read too. Two keys of fields are our own, for `form.js`: a
relation leads to an entry by its folder, and what is `plain` is written without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ocopgen import notation
from ocopgen.model import NOUNS, Entry
from ocopgen.reference import Classification, Places, Strings
from ocopgen.schema import File, Node, Property, files
from ocopgen.settings import Site
from ocopgen.text import Lang

LOCAL = "http://127.0.0.1:8081/api/v1"
"""Where the form's local back end answers; the form asks there only on this machine."""

Field = dict[str, Any]

VI = Lang("vi")
"""The language of the form."""

RELATIONS = {"Product.producer": "producers", "Product.outlets": "outlets", "Product.related": "products"}
"""Fields that name other entries."""

HINTS = {
    "Product.producer": "Chọn trong danh sách. Chủ thể chưa có thì tạo ở mục Chủ thể trước.",
    "Product.outlets": "Chọn trong danh sách.",
    "Product.related": "Chọn trong danh sách; để trống thì trang tự chọn.",
    "Product.set": "Chọn một trong 26 bộ sản phẩm.",
    "Place.commune": "Xã trước đây thì chọn cả huyện, xã hôm nay thì chọn cả tỉnh.",
    "Place.district": "Huyện trước ngày 01/07/2025.",
    "Place.province": "Chỉ cần khi không có huyện.",
    "photos": "Ảnh nào có ở đây mới được hiện, theo thứ tự này.",
    "draft": "Bật: chưa đăng lên trang.",
    "was": "Chỉ ban biên tập ghi: tên cũ trong địa chỉ của trang.",
    **dict.fromkeys(
        ("Producer.address", "Producer.phones", "Producer.zalo", "Producer.email"),
        "Của hộ thì chỉ được đăng khi có phần Đồng ý công bố.",
    ),
}
"""What the form says otherwise than who writes a file is told, by part and field or by the field of every part."""

_DAY = {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False, "plain": True}
_WIDGETS: Mapping[notation.Notation, Field] = {
    notation.DAY: _DAY,
    notation.MOMENT: {"widget": "string", "plain": True},
    notation.ALCOHOL: {
        "widget": "string",
        "plain": True,
        "pattern": [r"^([0-9]+(\.[0-9]+)?|unknown)$", notation.ALCOHOL.vi],
    },
    notation.PHOTO_NAME: {"widget": "image", "choose_url": False},
    notation.SUMMARY: {"widget": "text"},
}
"""Notations that have a widget of their own."""

_BODY = {
    "name": "body",
    "label": "Câu chuyện, bài viết",
    "widget": "text",
    "required": False,
    "i18n": True,
    "hint": "Viết thành đoạn, giữa hai đoạn để trống một dòng. ## ở đầu dòng là tiêu đề.",
}


def configuration(site: Site, classification: Classification, places: Places, strings: Strings) -> dict[str, Any]:
    """What the form is: how it saves, and its collections with their fields in the order of the form."""
    known = {one.name: one for one in files(strings)}
    maker = _Maker(site.languages, _choices(classification, places))
    folder = site.editing.folder.strip("/")
    locales = {"locales": list(site.languages), "default_locale": site.languages[0]}
    kinds = [maker.kind(kind, folder, known[kind], known[f"{kind}.words"]) for kind in NOUNS]
    address = {"site_url": site.address, "display_url": site.address} if site.address else {}
    return {
        "backend": backend(site),
        "local_backend": {"url": LOCAL},
        "publish_mode": "editorial_workflow",
        "locale": str(VI),
        **address,
        "show_preview_links": False,
        "media_folder": folder,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "i18n": {"structure": "multiple_files", **locales},
        "editor": {"preview": False},
        "collections": [*kinds, maker.settings(folder, known["site"])],
    }


# --- where changes go -------------------------------------------------------------------------------------

_MESSAGES = {
    "create": "Thêm {{collection}} {{slug}}",
    "update": "Sửa {{collection}} {{slug}}",
    "delete": "Xóa {{collection}} {{slug}}",
    "uploadMedia": "Thêm ảnh {{path}}",
    "deleteMedia": "Xóa ảnh {{path}}",
    "openAuthoring": "{{message}}",
}


def repository(site: Site) -> str | None:
    """The owner and name of the repository, if it is one that the form can work with."""
    parts = urlsplit(site.repository or "")
    named = re.fullmatch(r"/([\w.-]+/[\w.-]+?)(\.git)?/?", parts.path)
    return named[1] if named and parts.hostname in ("github.com", "www.github.com") else None


def backend(site: Site) -> dict[str, Any]:
    """Where the form signs in and saves: each change a pull request. Before there is a place, this machine only."""
    repo = repository(site)
    if not repo or not site.editing.sign_in:
        return {"name": "proxy", "proxy_url": LOCAL, "branch": site.editing.branch, "commit_messages": _MESSAGES}
    sign_in = urlsplit(site.editing.sign_in)
    return {
        "name": "github",
        "repo": repo,
        "branch": site.editing.branch,
        "base_url": f"{sign_in.scheme}://{sign_in.netloc}",
        "auth_endpoint": sign_in.path.strip("/") or "auth",
        "auth_scope": "public_repo",
        "open_authoring": True,
        "commit_messages": _MESSAGES,
    }


# --- choices that stand in data files ---------------------------------------------------------------------

Options = list[dict[str, Any]]


def _choices(classification: Classification, places: Places) -> dict[str, Options]:
    """The choices of fields that name a row of a data file."""
    sets = ((one.n, f"{one.n}. {_vi(one.name)}") for one in classification.sets)
    communes: dict[str, list[str]] = {}
    for one in places.communes:
        above = places.district_by_id.get(one.district or "") or places.province_by_id.get(one.province or "")
        communes.setdefault(one.id, []).append(f"{_vi(one.name)} ({_vi(above.name)})" if above else _vi(one.name))
    return {
        "Product.set": _options(sets),
        "Place.commune": _options((key, " / ".join(names)) for key, names in communes.items()),
        "Place.district": _options((one.id, _vi(one.name)) for one in places.districts),
        "Place.province": _options((one.id, _vi(one.name)) for one in places.provinces),
    }


def _options(rows: Iterator[tuple[Any, str]]) -> Options:
    return [{"label": label, "value": value} for value, label in rows]


def _vi(text: Any) -> str:
    return str(text.on_page(VI).words)


# --- collections and fields -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a file with its translation, where it has one; of what is `optional` nothing is needed."""

    file: File
    name: str
    words: Mapping[str, Property]
    translation: File | None = None
    optional: bool = False

    def below(self, one: Property) -> _Part:
        inner = self.words.get(one.key)
        words = self.translation.parts[inner.part] if self.translation and inner and inner.part else ()
        optional = not _listed(one) and (self.optional or not one.needed)
        return _Part(self.file, str(one.part), _by_key(words), self.translation, optional)


def _by_key(properties: Sequence[Property]) -> Mapping[str, Property]:
    return {one.key: one for one in properties}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the fields of the form."""

    langs: tuple[Lang, ...]
    choices: Mapping[str, Options]

    def kind(self, kind: str, folder: str, file: File, translation: File) -> dict[str, Any]:
        """The collection of a kind of entry: a folder for each, with a file for each language and its photos."""
        singular = NOUNS[kind][0]
        label = singular.capitalize()
        name, own = next(iter(file.parts.items()))
        words = _by_key(next(iter(translation.parts.values())))
        part = _Part(file, name, words, translation)
        first = [one for one in own if one.key in ("name", "summary")]
        last = [one for one in own if one.key in Entry.model_fields and one not in first]
        middle = [one for one in own if one not in first and one not in last]
        fields = [self.field(part, one) for one in (*first, *middle, *last)]
        at = next(number for number, one in enumerate(fields) if one["name"] == "photos") + 1
        return {
            "name": kind,
            "label": label,
            "label_singular": singular,
            "folder": f"{folder}/{kind}",
            "path": "{{slug}}/index",
            "extension": "md",
            "format": "yaml-frontmatter",
            "create": True,
            "delete": False,
            "identifier_field": "name",
            "summary": "{{name}}",
            "sortable_fields": ["name", "updated"],
            "view_filters": [{"label": "Bản nháp", "field": "draft", "pattern": True}],
            "media_folder": "",
            "public_folder": "",
            "i18n": True,
            "fields": [*fields[:at], _BODY, *fields[at:]],
        }

    def settings(self, folder: str, file: File) -> dict[str, Any]:
        """The collection of the one data file that is short enough for a form."""
        name, own = next(iter(file.parts.items()))
        fields = [self.field(_Part(file, name, {}), one) for one in own]
        site = {"name": "site", "label": "Cài đặt chung", "file": f"{folder}/site.yml", "fields": fields}
        return {"name": "settings", "label": "Cài đặt trang", "files": [site]}

    def field(self, part: _Part, one: Property) -> Field:
        """A field as the form shows it."""
        needed = one.needed and not part.optional
        widget = self._widget(part, one)
        told = _hint(f"{part.name}.{one.key}", one, needed, widget)
        return {
            "name": one.key,
            "label": one.name.vi,
            **widget,
            "required": needed,
            **({"i18n": one.key in part.words} if part.translation else {}),
            **({"hint": told} if told else {}),
        }

    def _widget(self, part: _Part, one: Property) -> Field:
        place = f"{part.name}.{one.key}"
        many = {"multiple": True} if _listed(one) else {}
        if place in RELATIONS:
            names = {"display_fields": ["name"], "search_fields": ["name"]}
            return {"widget": "relation", "collection": RELATIONS[place], "value_field": "{{slug}}", **names, **many}
        options = self._choices(place, one)
        if options:
            return {"widget": "select", "options": options, **many}
        if one.part:
            return self._group(part.below(one), one)
        if one.notation is notation.WORDINGS:
            words = [{"name": lang, "label": lang, "widget": "text", "required": one.needed} for lang in self.langs]
            return {"widget": "object", "collapsed": True, "fields": words}
        if _listed(one):
            item = {"name": "one", "label": one.name.vi, **_leaf(one)}
            return {"widget": "list", "label_singular": one.name.vi.lower(), "field": item, **_bounds(one)}
        return _leaf(one)

    def _group(self, part: _Part, one: Property) -> Field:
        properties = part.file.parts[part.name]
        fields = [self.field(part, inner) for inner in properties]
        if not _listed(one):
            return {"widget": "object", "collapsed": True, "fields": fields}
        shown = [inner.key for inner in properties if not inner.part and not _listed(inner)][:3]
        return {
            "widget": "list",
            "label_singular": one.name.vi.lower().removeprefix("các "),
            "summary": " ".join(f"{{{{fields.{key}}}}}" for key in shown),
            "fields": fields,
        }

    def _choices(self, place: str, one: Property) -> Options:
        if place in self.choices:
            return self.choices[place]
        if one.choices:
            return _options((value, words.vi if words else str(value)) for value, words in one.choices.items())
        rules = one.rules.get("items", {})
        if rules.get("type") == "integer" and "minimum" in rules and "maximum" in rules:
            return _options((number, str(number)) for number in range(rules["minimum"], rules["maximum"] + 1))
        return []


# --- what is told of a field ------------------------------------------------------------------------------

_SELF_EVIDENT = notation.WORDS, notation.LINE
"""Notations of which a form need not tell."""


def _hint(place: str, one: Property, needed: bool, widget: Field) -> str:
    """Whether the field must be filled, what is written there where it has a form of its own, and an example."""
    typed = widget["widget"] in ("string", "text", "number") or "field" in widget
    own = HINTS.get(place, HINTS.get(one.key, one.hint.vi))
    said = [] if not needed else ["Cần có bản tiếng Việt."] if one.translated else ["Cần có."]
    said += [_sentence(_unquoted(one.form.vi))] if typed and one.notation not in (None, *_SELF_EVIDENT) else []
    said += [own] if own else []
    example = one.example[0] if isinstance(one.example, list) and "min" not in widget else one.example
    said += [f"Ví dụ: {_example(example)}"] if typed and example is not None else []
    return " ".join(said)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('…') else '.'}"


def _unquoted(words: str) -> str:
    """How a value is written where no file is seen: the form puts quotes around it by itself."""
    return re.sub(r"^danh sách: |, trong dấu nháy", "", words)


def _example(value: Any) -> str:
    return " – ".join(map(str, value)) if isinstance(value, list) else str(value)


# --- single values ----------------------------------------------------------------------------------------


def _kinds(rules: Node) -> tuple[str, ...]:
    kinds = rules.get("type", ())
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def _listed(one: Property) -> bool:
    return "array" in _kinds(one.rules)


def _bounds(one: Property) -> Field:
    """How many items a list may have; without the one bound the form asks for none."""
    known = {"min": one.rules.get("minItems"), "max": one.rules.get("maxItems")}
    return {key: value for key, value in known.items() if value is not None}


def _leaf(one: Property) -> Field:
    """The widget of a value, or of an item of a list."""
    rules = one.rules["items"] if _listed(one) else one.rules
    own = _WIDGETS.get(one.notation) if one.notation else None
    if own is not None:
        return {**own, **_pattern(one, rules)} if own["widget"] != "datetime" and "pattern" not in own else own
    kinds = _kinds(rules)
    if "boolean" in kinds:
        return {"widget": "boolean"}
    if "string" not in kinds and ("integer" in kinds or "number" in kinds):
        known = {"min": rules.get("minimum"), "max": rules.get("maximum")}
        limits = {key: value for key, value in known.items() if value is not None}
        return {"widget": "number", "value_type": "int" if "integer" in kinds else "float", **limits}
    widget = "text" if one.fact and one.translated and not _listed(one) else "string"
    return {"widget": widget, **_pattern(one, rules)}


def _pattern(one: Property, rules: Node) -> Field:
    """What a value must look like, and what is said where it does not."""
    if "pattern" not in rules or one.notation in (notation.WORDS, notation.LINE, notation.PHOTO_NAME):
        return {}
    return {"pattern": [rules["pattern"], _unquoted(one.form.vi)]}
