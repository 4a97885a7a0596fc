"""Files of the content → one `Catalogue`, with every problem met on the way.

`Content` is what the disk gave: names, bytes and what is known of pictures. Nothing here touches the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from ocopgen.decode import decode_data, decode_entry, did_you_mean
from ocopgen.document import Document, read_data, read_entry
from ocopgen.model import KINDS, LIMITS, Entry, Limits, News, Outlet, Page, Producer, Product
from ocopgen.photo import PhotoFile
from ocopgen.problems import Place, Problem
from ocopgen.reference import (
    DATA_FILES,
    Classification,
    Group,
    Places,
    ProductSet,
    Programme,
    Sector,
    Site,
    Strings,
)
from ocopgen.text import Lang, slug


@dataclass(frozen=True, slots=True)
class Content:
    """Everything below the content folder: texts by path (`products/x/index.vi.md`), pictures by path."""

    texts: Mapping[str, bytes]
    photos: Mapping[str, PhotoFile] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    root: str = "content"

    def shown(self, path: str) -> str:
        """A path as messages print it."""
        return f"{self.root}/{path}"


Key = str
"""Which entry, among all kinds: `products/toi-den-truong-an`."""


@dataclass(frozen=True)
class Catalogue:
    """All entries and the data they stand on."""

    site: Site
    programme: Programme
    places: Places
    classification: Classification
    strings: Strings
    products: tuple[Product, ...]
    producers: tuple[Producer, ...]
    outlets: tuple[Outlet, ...]
    news: tuple[News, ...]
    pages: tuple[Page, ...]
    photos: Mapping[Key, tuple[PhotoFile, ...]]

    @cached_property
    def producer_by_id(self) -> dict[str, Producer]:
        return {one.id: one for one in self.producers}

    @cached_property
    def product_by_id(self) -> dict[str, Product]:
        return {one.id: one for one in self.products}

    @cached_property
    def outlet_by_id(self) -> dict[str, Outlet]:
        return {one.id: one for one in self.outlets}

    @cached_property
    def products_of(self) -> dict[str, tuple[Product, ...]]:
        """The products of each producer."""
        return {
            producer: tuple(one for one in group)
            for producer, group in _grouped(self.products, lambda one: one.producer).items()
        }

    @cached_property
    def entries(self) -> tuple[tuple[Key, Entry], ...]:
        """Every entry with its key, kind after kind."""
        return tuple((f"{kind}/{one.id}", one) for kind in KINDS for one in getattr(self, kind))

    def set_of(self, product: Product) -> ProductSet:
        return self.classification.set_by_number[product.set]

    def group_of(self, product: Product) -> Group:
        return self.classification.group_by_id[self.set_of(product).group]

    def sector_of(self, product: Product) -> Sector:
        return self.classification.sector_by_id[self.group_of(product).sector]

    def restrained(self, product: Product) -> bool:
        """Whether a product is shown without price and without a place to buy: alcohol, unless the office allows it."""
        return self.set_of(product).alcohol and not self.site.policies.alcohol_prices

    def published(self) -> Catalogue:
        """The catalogue without its drafts."""
        kept = {kind: tuple(one for one in getattr(self, kind) if not one.draft) for kind in KINDS}
        return replace(self, **cast(Any, kept))


def _grouped(items: Iterable[Product], key: Callable[[Product], str]) -> dict[str, list[Product]]:
    groups: dict[str, list[Product]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was read: the catalogue (if its data files could be), the documents it came from, and the problems.

    `unread` are entries that are there but could not be decoded: referring to them is no mistake.
    """

    catalogue: Catalogue | None
    documents: Mapping[Key, Mapping[Lang, Document]]
    data: Mapping[str, Document]
    problems: tuple[Problem, ...]
    unread: frozenset[Key] = frozenset()
    root: str = "content"


_EMPTY_SITE = ("vi", "en")


def limits(texts: Mapping[str, bytes]) -> Limits:
    """What `site.yml` allows a photo to be, before anything else is read; the usual where it cannot be read."""
    document, _ = read_data("site.yml", texts.get("site.yml", b""))
    site = decode_data(document, Site)[0] if document else None
    return site.limits if site else LIMITS


def shelve(content: Content) -> Shelf:
    """Decode every file; problems are collected, never raised."""
    problems = list(content.problems)
    data, documents = _data_files(content, problems)
    site = data.get("site.yml")
    langs = cast(Site, site).languages if site else tuple(map(Lang, _EMPTY_SITE))
    entries, sources, unread = _entries(content, langs, problems)
    problems += _strangers(content, langs)
    whole = all(name in data for name in DATA_FILES)
    catalogue = None
    if whole:
        values = {name.removesuffix(".yml"): value for name, value in data.items()}
        lists = {kind: tuple(entries[kind]) for kind in KINDS}
        catalogue = Catalogue(**cast(Any, values | lists), photos=MappingProxyType(_photos(content)))
    return Shelf(catalogue, sources, documents, tuple(problems), frozenset(unread), content.root)


def _data_files(content: Content, problems: list[Problem]) -> tuple[dict[str, Any], dict[str, Document]]:
    """The data files, `site.yml` first because it names the languages the others must have."""
    values: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    langs: tuple[Lang, ...] = ()
    for name, model in DATA_FILES.items():
        file = content.shown(name)
        if name not in content.texts:
            problems.append(Problem.at(Place(file), "file-missing"))
            continue
        document, faults = read_data(file, content.texts[name])
        problems += faults
        if document is None:
            continue
        documents[name] = document
        value, faults = decode_data(document, model, langs)
        problems += faults
        if value is not None:
            values[name] = value
            langs = value.languages if isinstance(value, Site) else langs
    return values, documents


def _entries(
    content: Content, langs: tuple[Lang, ...], problems: list[Problem]
) -> tuple[dict[str, list[Entry]], dict[Key, dict[Lang, Document]], set[Key]]:
    entries: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    sources: dict[Key, dict[Lang, Document]] = {}
    unread: set[Key] = set()
    for key in _folders(content):
        kind, _, entry_id = key.partition("/")
        problems += _folder_problems(content, key, langs[0])
        documents = _documents(content, key, langs, problems)
        if langs[0] not in documents:
            unread.add(key)
            continue
        sources[key] = documents
        entry, faults = decode_entry(KINDS[kind], entry_id, documents)
        problems += faults
        if entry is None:
            unread.add(key)
        else:
            entries[kind].append(entry)
    return entries, sources, unread


def _folders(content: Content) -> tuple[Key, ...]:
    """Every folder that holds an entry, in the order of their names."""
    paths = (path.split("/") for path in (*content.texts, *content.photos))
    return tuple(sorted({"/".join(parts[:2]) for parts in paths if len(parts) > 2 and parts[0] in KINDS}))


def _folder_problems(content: Content, key: Key, lang: Lang) -> list[Problem]:
    kind, _, entry_id = key.partition("/")
    problems = []
    first = f"{key}/index.{lang}.md"
    place = Place(content.shown(first if first in content.texts else key))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry_id):
        proper = slug(entry_id)
        problems.append(Problem.at(place, "folder-name", entry=entry_id, slug=proper))
        if f"{kind}/{proper}/index.{lang}.md" in content.texts:
            other = content.shown(f"{kind}/{proper}")
            problems.append(Problem.at(place, "duplicate-id", entry=entry_id, other=other))
    if first not in content.texts:
        problems.append(Problem.at(place, "entry-without-vi", entry=entry_id, lang=lang))
    return problems


def _documents(content: Content, key: Key, langs: tuple[Lang, ...], problems: list[Problem]) -> dict[Lang, Document]:
    documents: dict[Lang, Document] = {}
    for lang in langs:
        path = f"{key}/index.{lang}.md"
        if path in content.texts:
            document, faults = read_entry(content.shown(path), content.texts[path])
            problems += faults
            if document is not None:
                documents[lang] = document
    return documents


_SHIPPED = [["index.vi.md"], ["index.en.md"]]
"""Files of a language that a site may leave out: they wait, and are no slip."""


def _strangers(content: Content, langs: tuple[Lang, ...]) -> list[Problem]:
    """Files that nothing reads: most often a slip in a name."""
    names = tuple(f"index.{lang}.md" for lang in langs)
    problems = []
    for path in (*content.texts, *content.photos, *content.strangers):
        parts = path.split("/")
        in_entry = len(parts) == 3 and parts[0] in KINDS
        known = path in content.photos or parts[2:] in _SHIPPED or (parts[2:] and parts[2] in names)
        if path not in DATA_FILES and not (in_entry and known):
            problems.append(Problem.at(Place(content.shown(path)), "file-unknown", **_where_it_belongs(parts, names)))
    return problems


def _where_it_belongs(parts: list[str], names: tuple[str, ...]) -> dict[str, object]:
    """The mend for a file that nothing reads: by its name, its first folder or its depth."""
    if len(parts) == 1:
        return did_you_mean(parts[0], tuple(DATA_FILES))
    if parts[0] not in KINDS:
        return did_you_mean(parts[0], tuple(KINDS))
    if len(parts) == 3:
        return did_you_mean(parts[2], names)
    shape = f"{parts[0]}/ten-muc/{names[0]}"
    return {
        "mend_vi": f"mỗi mục một thư mục: {shape}, ảnh đặt cạnh",
        "mend_en": f"a folder an entry: {shape}, pictures beside it",
    }


def _photos(content: Content) -> dict[Key, tuple[PhotoFile, ...]]:
    """The pictures of each entry's folder, in name order."""
    photos: dict[Key, list[PhotoFile]] = {}
    for path in sorted(content.photos):
        parts = path.split("/")
        if len(parts) == 3 and parts[0] in KINDS:
            photos.setdefault("/".join(parts[:2]), []).append(content.photos[path])
    return {key: tuple(files) for key, files in photos.items()}
