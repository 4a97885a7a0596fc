"""What lies in the content folder: every file by name with the digest of its bytes; only what changed is read."""

# ruff: noqa: PTH100, PTH116, PTH122, PTH123

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from ocopgen.cache import Changed, read_exactly
from ocopgen.notebook import Notebook
from ocopgen.photo import is_picture
from ocopgen.problems import Place, Problem
from ocopgen.recipe import digest

TEXTS = frozenset({".md", ".yml", ".yaml"})
LITTER = frozenset({"thumbs.db", "desktop.ini"})
"""Files that systems leave behind by themselves."""

RACY = 2_000_000_000
"""Nanoseconds within which a second change of a file may leave its times as they were."""

UNREAD = 64 << 20
"""Bytes above which a file is known by its size and time only: none so large is ever shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it lies, its size in bytes, and the digest of its content."""

    path: str
    size: int
    digest: str

    def read(self, most: int = UNREAD) -> bytes:
        """Its bytes; of a file that has more of them, a few more than `most`. Raises `Changed`."""
        if self.size <= most:
            return read_exactly(Path(self.path), self.digest)
        with open(self.path, "rb") as file:
            return file.read(most + 1)


@dataclass(frozen=True)
class Survey:
    """Texts and pictures by their paths in the content, names of what is neither, and what is wrong with names.

    `label` is what messages call the folder.
    """

    label: str
    texts: Mapping[str, Found]
    pictures: Mapping[str, Found]
    strangers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The fingerprint of all that lies there."""
        files = (f"{name} {one.digest}" for part in (self.texts, self.pictures) for name, one in part.items())
        return digest(self.label, *files, *self.strangers, repr(self.problems))

    @cached_property
    def data_digest(self) -> str:
        """The fingerprint of the files that lie in no folder: the data files."""
        return digest(self.label, *(f"{name} {one.digest}" for name, one in self.texts.items() if "/" not in name))


def survey(root: Path, label: str, notes: Notebook) -> Survey:
    """Look at everything below the content folder. Symbolic links are refused, never followed.

    Files that stand as they were noted are not read. Raises `Changed` where one goes away meanwhile.
    """
    about = f"files {os.path.abspath(root)}"
    noted: dict[str, list[Any]] = notes.get(about) or {}
    kept: dict[str, list[Any]] = {}
    texts: dict[str, Found] = {}
    pictures: dict[str, Found] = {}
    strangers: list[str] = []
    problems: list[Problem] = []
    with all_there(os.fspath(root)):
        for entry, name, fault in _files(os.fspath(root), ""):
            ending = os.path.splitext(name)[1].lower()
            if fault:
                problems.append(Problem.at(Place(f"{label}/{name}"), fault))
            elif ending in TEXTS or is_picture(ending):
                found, note = _found(entry, noted.get(name))
                (texts if ending in TEXTS else pictures)[name] = found
                if note:
                    kept[name] = note
            else:
                strangers.append(name)
    if kept != noted:
        notes.put(about, kept)
    return Survey(label, texts, pictures, tuple(strangers), tuple(problems))


def files_below(root: Path, notes: Notebook) -> dict[str, Found]:
    """Every file below a folder by its name, hidden ones and links apart; none where there is no folder."""
    about = f"files {os.path.abspath(root)}"
    noted: dict[str, list[Any]] = notes.get(about) or {}
    kept: dict[str, list[Any]] = {}
    found: dict[str, Found] = {}
    if not root.is_dir():
        return found
    with all_there(os.fspath(root)):
        for entry, name, fault in _files(os.fspath(root), ""):
            if fault:
                continue
            found[name], note = _found(entry, noted.get(name))
            if note:
                kept[name] = note
    if kept != noted:
        notes.put(about, kept)
    return found


@contextmanager
def all_there(root: str) -> Iterator[None]:
    """Raises `Changed` where a file below a folder is gone that was there a moment ago."""
    try:
        yield
    except FileNotFoundError as gone:
        if gone.filename == root:
            raise
        raise Changed(gone.filename) from None


Named = tuple[os.DirEntry[str], str, str]
"""A file as the disk has it, its name from the root in NFC, and the code of what is wrong with it."""


def _files(folder: str, prefix: str) -> Iterator[Named]:
    """Every file, folder after folder, in the order of their names."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=_NAME)
    below = []
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() in LITTER:
            continue
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            yield entry, prefix + entry.name.encode("utf-8", "replace").decode(), "name-not-utf8"
            continue
        name = prefix + unicodedata.normalize("NFC", entry.name)
        if entry.is_symlink():
            yield entry, name, "symlink"
        elif entry.is_dir():
            below.append((entry.path, f"{name}/"))
        elif entry.is_file():
            yield entry, name, ""
    for path, name in below:
        yield from _files(path, name)


_NAME = attrgetter("name")


def _found(entry: os.DirEntry[str], noted: list[Any] | None) -> tuple[Found, list[Any] | None]:
    """A file with its digest, and what to note of it: its state and digest, if that state surely tells them."""
    stat = entry.stat()
    state = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
    if noted and noted[:4] == state:
        return Found(entry.path, stat.st_size, noted[4]), noted
    found, still = _digest(entry.path, stat)
    return Found(entry.path, stat.st_size, found), [*state, found] if still else None


def _digest(path: str, stat: os.stat_result) -> tuple[str, bool]:
    """The digest of a file, and whether it surely is that of a file in this state for as long as it stays so."""
    changed = stat.st_mtime_ns
    if stat.st_size > UNREAD:
        return f"{stat.st_size} bytes of {changed}", True
    now = time.time_ns()
    with open(path, "rb") as file:
        found = digest(file.read())
    return found, max(changed, stat.st_ctime_ns) + RACY < now and os.stat(path).st_mtime_ns == changed
