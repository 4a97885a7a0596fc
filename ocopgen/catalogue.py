"""Files of the content → one `Catalogue`, with every problem met on the way.

`Content` is what the disk gave: names, bytes and what is known of pictures. Nothing here touches the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from ocopgen.decode import decode_data, decode_entry, did_you_mean
from ocopgen.document import Document, read_data, read_entry
from ocopgen.model import KINDS, LIMITS, Entry, Limits, News, Outlet, Page, Producer, Product
from ocopgen.photo import PhotoFile
from ocopgen.problems import Place, Problem
from ocopgen.reference import DATA_FILES, Classification, Group, Places, ProductSet, Programme, Sector, Strings
from ocopgen.settings import Site
from ocopgen.text import Lang, slug

T = TypeVar("T")


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

    @cached_property
    def entry_by_key(self) -> dict[Key, Entry]:
        return dict(self.entries)

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


def limits(raw: bytes) -> Limits:
    """What a `site.yml` allows a photo to be, before anything else is read; the usual where it cannot be read."""
    document, _ = read_data("site.yml", raw)
    site = decode_data(document, Site)[0] if document else None
    return site.limits if site else LIMITS


@dataclass(frozen=True, slots=True)
class Ground:
    """What all entries stand on: the values of the data files by name, and the problems met in them."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages of the site, the one that facts are written in first."""
        site = self.values.get("site.yml")
        return site.languages if site else tuple(map(Lang, _EMPTY_SITE))

    def catalogue(self, entries: Iterable[tuple[Key, Entry]], photos: Mapping[Key, Photos]) -> Catalogue | None:
        """These entries, in the order of their keys, on this ground; none where a data file could not be read."""
        if not all(name in self.values for name in DATA_FILES):
            return None
        lists: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        for key, entry in sorted(entries, key=lambda pair: pair[0]):
            lists[key.partition("/")[0]].append(entry)
        values = {name.removesuffix(".yml"): value for name, value in self.values.items()}
        kinds = {kind: tuple(found) for kind, found in lists.items()}
        return Catalogue(**cast(Any, values | kinds), photos=photos)


def shelve(content: Content) -> Shelf:
    """Decode every file; problems are collected, never raised."""
    data, faults = data_documents(content.root, content.texts)
    ground, more = decoded_ground(data)
    problems = [*content.problems, *faults, *more]
    entries: dict[Key, Entry] = {}
    sources: dict[Key, Mapping[Lang, Document]] = {}
    unread: set[Key] = set()
    for key in folders((*content.texts, *content.photos)):
        problems += folder_problems(content.root, content.texts, key, ground.langs[0])
        entry, documents, faults = decode_folder(
            content.root, key, texts_of(content.texts, key, ground.langs), ground.langs[0]
        )
        problems += faults
        if documents:
            sources[key] = documents
        if entry is None:
            unread.add(key)
        else:
            entries[key] = entry
    problems += strangers(
        (*content.texts, *content.photos, *content.strangers), content.photos, ground.langs, content.root
    )
    catalogue = ground.catalogue(entries.items(), photos_of(content.photos))
    return Shelf(catalogue, sources, data, tuple(problems), frozenset(unread), content.root)


def data_documents(root: str, texts: Mapping[str, bytes]) -> tuple[dict[str, Document], list[Problem]]:
    """The data files that could be read, `site.yml` first because it names the languages the others must have."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name in DATA_FILES:
        file = f"{root}/{name}"
        if name not in texts:
            problems.append(Problem.at(Place(file), "file-missing"))
            continue
        document, faults = read_data(file, texts[name])
        problems += faults
        if document is not None:
            documents[name] = document
    return documents, problems


def decoded_ground(documents: Mapping[str, Document]) -> tuple[Ground, list[Problem]]:
    """What the data files say."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    langs: tuple[Lang, ...] = ()
    for name, document in documents.items():
        value, faults = decode_data(document, DATA_FILES[name], langs)
        problems += faults
        if value is not None:
            values[name] = value
            langs = value.languages if isinstance(value, Site) else langs
    return Ground(values), problems


def folders(paths: Iterable[str]) -> tuple[Key, ...]:
    """Every folder that holds an entry, in the order of their names."""
    parts = (path.split("/") for path in paths)
    return tuple(sorted({f"{one[0]}/{one[1]}" for one in parts if len(one) > 2 and one[0] in KINDS}))


def texts_of(texts: Mapping[str, T], key: Key, langs: Iterable[Lang]) -> dict[Lang, T]:
    """The files of an entry by language."""
    return {lang: texts[path] for lang in langs if (path := f"{key}/index.{lang}.md") in texts}


def decode_folder(
    root: str, key: Key, texts: Mapping[Lang, bytes], first: Lang
) -> tuple[Entry | None, dict[Lang, Document], list[Problem]]:
    """An entry from its files, the first of which must be readable, and the documents behind it."""
    kind, _, entry_id = key.partition("/")
    documents: dict[Lang, Document] = {}
    problems: list[Problem] = []
    for lang, raw in texts.items():
        document, faults = read_entry(f"{root}/{key}/index.{lang}.md", raw)
        problems += faults
        if document is not None:
            documents[lang] = document
    if first not in documents:
        return None, {}, problems
    entry, faults = decode_entry(KINDS[kind], entry_id, documents)
    return entry, documents, problems + faults


def folder_problems(root: str, names: Collection[str], key: Key, lang: Lang) -> list[Problem]:
    """What is wrong with the name of an entry's folder, and whether its first file is there."""
    kind, _, entry_id = key.partition("/")
    problems = []
    first = f"{key}/index.{lang}.md"
    place = Place(f"{root}/{first if first in names else key}")
    if not _ID.fullmatch(entry_id):
        proper = slug(entry_id)
        problems.append(Problem.at(place, "folder-name", entry=entry_id, slug=proper))
        if f"{kind}/{proper}/index.{lang}.md" in names:
            other = f"{root}/{kind}/{proper}"
            problems.append(Problem.at(place, "duplicate-id", entry=entry_id, other=other))
    if first not in names:
        problems.append(Problem.at(place, "entry-without-vi", entry=entry_id, lang=lang))
    return problems


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_SHIPPED = [["index.vi.md"], ["index.en.md"]]
"""Files of a language that a site may leave out: they wait, and are no slip."""


def strangers(paths: Iterable[str], pictures: Collection[str], langs: tuple[Lang, ...], root: str) -> list[Problem]:
    """Files that nothing reads: most often a slip in a name."""
    names = tuple(f"index.{lang}.md" for lang in langs)
    problems = []
    for path in paths:
        parts = path.split("/")
        in_entry = len(parts) == 3 and parts[0] in KINDS
        known = path in pictures or parts[2:] in _SHIPPED or (parts[2:] and parts[2] in names)
        if path not in DATA_FILES and not (in_entry and known):
            problems.append(Problem.at(Place(f"{root}/{path}"), "file-unknown", **_where_it_belongs(parts, names)))
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


Photos = tuple[PhotoFile, ...]


def photos_of(photos: Mapping[str, PhotoFile]) -> dict[Key, Photos]:
    """The pictures of each entry's folder, in name order."""
    found: dict[Key, list[PhotoFile]] = {}
    for path in sorted(photos):
        parts = path.split("/")
        if len(parts) == 3 and parts[0] in KINDS:
            found.setdefault("/".join(parts[:2]), []).append(photos[path])
    return {key: tuple(files) for key, files in found.items()}
