"""The disk: reading the content and the templates, the cache of costly bytes, and the output folder."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import Template

from ocopgen.catalogue import Content, PhotoFile
from ocopgen.document import MAX_BYTES
from ocopgen.html import Templates
from ocopgen.image import looked_at
from ocopgen.ledger import FOLDER
from ocopgen.problems import Place, Problem
from ocopgen.recipe import digest
from ocopgen.rules_matter import LARGEST_PHOTO

TEXTS = frozenset({".md", ".yml", ".yaml"})
PICTURES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".gif",
        ".heic",
        ".heif",
        ".avif",
        ".tif",
        ".tiff",
        ".bmp",
        ".svg",
        ".pdf",
    }
)
LITTER = frozenset({"thumbs.db", "desktop.ini"})
"""Files that systems leave behind by themselves."""


# --- reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Library:
    """What was read from disk, and where the pictures lie by the digest of their bytes."""

    content: Content
    files: Mapping[str, Path]


def read_content(root: Path, label: str) -> Library:
    """Everything below the content folder, which messages call `label`. Symbolic links are refused, never followed."""
    texts: dict[str, bytes] = {}
    photos: dict[str, PhotoFile] = {}
    files: dict[str, Path] = {}
    strangers: list[str] = []
    problems: list[Problem] = []
    for path, name, fault in _walk(root, ""):
        if fault:
            problems.append(Problem.at(Place(f"{label}/{name}"), fault))
        elif path.suffix.lower() in TEXTS:
            with path.open("rb") as file:
                texts[name] = file.read(MAX_BYTES + 1)
        elif path.suffix.lower() in PICTURES:
            photos[name] = photo = _photo(path, name)
            files[photo.digest] = path
        else:
            strangers.append(name)
    return Library(Content(texts, photos, tuple(strangers), tuple(problems), label), files)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[Path, str, str]]:
    """Files below a folder in the order of their names: path, name from the root in NFC, code of a fault."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda one: one.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() in LITTER:
            continue
        path = folder / entry.name
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            yield path, prefix + entry.name.encode("utf-8", "replace").decode(), "name-not-utf8"
            continue
        name = prefix + unicodedata.normalize("NFC", entry.name)
        if entry.is_symlink():
            yield path, name, "symlink"
        elif entry.is_dir():
            yield from _walk(path, f"{name}/")
        elif entry.is_file():
            yield path, name, ""


def _photo(path: Path, name: str) -> PhotoFile:
    size = path.stat().st_size
    if size > LARGEST_PHOTO:
        return PhotoFile(name, "", "other", size=size)
    raw = path.read_bytes()
    kind, width, height = looked_at(raw)
    return PhotoFile(name, digest(raw), kind, width, height, len(raw))


def read_templates(folder: Path) -> Templates:
    """Every template of a folder by its name."""
    kinds = (".html", ".css", ".svg")
    return Templates({one.name: one.read_text("utf-8") for one in sorted(folder.iterdir()) if one.suffix in kinds})


def read_illustrations(folder: Path) -> tuple[dict[str, PhotoFile], dict[str, Path]]:
    """Our own drawings by name (`set-01`, `hero`), and where they lie by digest."""
    drawings = {one.stem: one for one in sorted(folder.glob("*.svg"))}
    photos = {name: _photo(path, f"illustrations/{path.name}") for name, path in drawings.items()}
    return photos, {photos[name].digest: path for name, path in drawings.items()}


# --- the cache --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cache:
    """Costly bytes by the key of their recipe, kept outside the output and across builds."""

    folder: Path

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def has(self, key: str) -> bool:
        return self._file(key).is_file()

    def get(self, key: str) -> bytes | None:
        try:
            return self._file(key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, content: bytes) -> None:
        write(self._file(key), content)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


@dataclass(frozen=True)
class Workshop:
    """The tools of `recipe.Tools`, on disk. It can be sent to another process."""

    templates: Templates
    files: Mapping[str, Path]
    cache: Cache
    _compiled: dict[str, Template] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[type[Workshop], tuple[Templates, Mapping[str, Path], Cache]]:
        return Workshop, (Templates(self.templates.sources), self.files, self.cache)

    def template(self, name: str) -> Template:
        if name not in self._compiled:
            self._compiled[name] = self.templates.environment.get_template(name)
        return self._compiled[name]

    def source(self, wanted: str) -> bytes:
        raw = self.files[wanted].read_bytes()
        if digest(raw) != wanted:
            raise OSError(f"{self.files[wanted]} changed while it was being read")
        return raw

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        found = self.cache.get(key)
        if found is not None:
            return found
        made = make()
        for one, content in made.items():
            self.cache.put(one, content)
        return made[key]


# --- the output -------------------------------------------------------------------------------------------


class ForeignFolder(Exception):
    """The output folder holds files and is not ours; the path is the argument."""


@dataclass(frozen=True)
class Output:
    """The folder of the site. New files are staged beside it and moved into place when all are ready."""

    root: Path

    @cached_property
    def staging(self) -> Path:
        return self.root / FOLDER / "staging"

    def claim(self) -> None:
        """Make the folder ours, if it is empty or already is. Raises `ForeignFolder`."""
        if self.root.exists() and not self.root.is_dir():
            raise ForeignFolder(self.root)
        if self.root.is_dir() and any(self.root.iterdir()) and not (self.root / FOLDER).is_dir():
            raise ForeignFolder(self.root)
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)

    def standing(self, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Size and time of change (ns) of those files that are there."""
        found = {}
        for path in paths:
            try:
                stat = (self.root / path).stat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            found[path] = stat.st_size, stat.st_mtime_ns
        return found

    def stage(self, path: str, content: bytes) -> tuple[int, int]:
        """Write a file where it waits for the others; its size and time of change."""
        staged = self.staging / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(content)
        stat = staged.stat()
        return stat.st_size, stat.st_mtime_ns

    def publish(self, paths: Iterable[str]) -> None:
        """Move staged files into place, each at once."""
        for path in paths:
            target = self.root / path
            _make_room(self.root, target)
            (self.staging / path).replace(target)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files that are made no longer, and the folders that they leave empty."""
        for path in paths:
            target = self.root / path
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()

    def tidy(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self.staging, ignore_errors=True)


def _make_room(root: Path, target: Path) -> None:
    """The folders above a file; an empty folder in the file's own place goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink() and not any(target.iterdir()):
        target.rmdir()
