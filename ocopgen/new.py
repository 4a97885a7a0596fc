"""A new entry in the content folder: its name becomes a folder, which is there whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ocopgen.catalogue import data_documents, decoded_ground
from ocopgen.document import read_entry
from ocopgen.problems import Problem
from ocopgen.reference import DATA_FILES, ProductSet
from ocopgen.starter import FOLDERS, Ground, Start, templates
from ocopgen.text import slug

LONGEST_ID = 80
"""Characters of a folder's name that is made from an entry's name."""


class Refused(ValueError):
    """Nothing was written; says why and what to do, in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


class Unready(ValueError):
    """A data file of the content cannot be read: its problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: a kind by its word (`product`), a name, and what may be told of it already."""

    kind: str
    name: str
    set: int | None = None
    producer: str | None = None
    id: str | None = None


def begin(content: Path, wish: Wish, today: date) -> tuple[Path, ...]:
    """Write the files of a new entry; gives their paths. Raises `Refused`, `Unready`, `OSError`."""
    name = _on_one_line(wish.name)
    if not name:
        raise Refused("tên đang để trống: viết tên trong dấu nháy", "the name is empty: write it in quotes")
    if wish.kind != "product" and (wish.set is not None or wish.producer is not None):
        raise Refused(
            "--set và --producer chỉ dùng cho sản phẩm (new product)",
            "--set and --producer are for products only (new product)",
        )
    ground = _ground(content)
    kind = FOLDERS[wish.kind]
    producer = None if wish.producer is None else _known_producer(content, wish.producer)
    if (content / kind).is_symlink():
        raise Refused(
            f"{(content / kind).as_posix()} là liên kết tượng trưng; dùng thư mục thật",
            f"{(content / kind).as_posix()} is a symbolic link; use a real folder",
        )
    entry = _free_id(content / kind, _proper_id(wish, name), (_commune(content, producer), producer))
    start = Start(kind, name, today, _known_set(ground, wish.set), producer)
    made = templates(start, ground)
    return make_folder(content, content / kind / entry, {name: text.encode() for name, text in made.items()})


def _on_one_line(name: str) -> str:
    """A name without signs that no file of the content may hold."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in name)
    plain = re.sub("[\u200b\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", "", "".join(kept))
    return re.sub(" +", " ", unicodedata.normalize("NFC", plain)).strip()


def _ground(content: Path) -> Ground:
    found = {name: (content / name).read_bytes() for name in DATA_FILES if (content / name).is_file()}
    documents, problems = data_documents(content.as_posix(), found)
    decoded, more = decoded_ground(documents)
    values: Any = decoded.values
    try:
        return Ground(values["site.yml"], values["classification.yml"], values["strings.yml"])
    except KeyError:
        raise Unready([*problems, *more]) from None


# --- the folder -------------------------------------------------------------------------------------------


def _free_id(folder: Path, entry: str, tails: Sequence[str | None]) -> str:
    """The name of the new folder, which no other is in another case or Unicode form, or was before.

    `tails` tell namesakes apart.
    """
    taken = {slug(one): one for one in _names(folder)}
    former = None if entry in taken else _former(folder, entry)
    if entry not in taken and former is None:
        return entry
    other = former or taken[entry]
    told = f"{folder.as_posix()}/{other}{_called(folder / other)}"
    longer = [f"{entry}-{tail}" for tail in tails if tail and not entry.endswith(tail)]
    free = next((one for one in longer if one not in taken and len(one) <= LONGEST_ID), None)
    how = f"--id {free or f'{entry}-…'}"
    if former:
        raise Refused(
            f"'{entry}' là mã cũ của {told}, địa chỉ cũ dẫn về đó; nếu là mục khác thì thêm {how}",
            f"'{entry}' is a former id of {told}, where its old address leads; if this is another entry, add {how}",
        )
    raise Refused(
        f"đã có {told}, không ghi đè; nếu là mục khác thì thêm {how}" + ("" if free else " (thêm một từ để phân biệt)"),
        f"{told} is there already and is not overwritten; if this is another entry, add {how}"
        + ("" if free else " (a word that tells them apart)"),
    )


def _former(folder: Path, entry: str) -> str | None:
    """The entry that had this id before, if one did."""
    said = entry.encode()
    for name in _names(folder):
        for raw in _texts(folder / name):
            if said in raw and b"was:" in raw:
                was = _data(raw).get("was")
                if isinstance(was, tuple) and entry in was:
                    return name
    return None


def _called(folder: Path) -> str:
    """What an entry calls itself, if it can be read."""
    names = (_data(raw).get("name") for raw in _texts(folder))
    return next((f" (“{one}”)" for one in names if isinstance(one, str)), "")


def _texts(folder: Path) -> Iterator[bytes]:
    """The files of an entry, the one of facts first; no link is followed, and no pipe is waited for."""
    found = [] if folder.is_symlink() else folder.glob("index.*.md")
    for path in sorted(found, key=lambda one: one.name != "index.vi.md"):
        if not path.is_symlink() and path.is_file():
            yield path.read_bytes()


def _data(raw: bytes) -> Mapping[str, object]:
    """What stands in the front matter of a file; nothing where it cannot be read."""
    document, _ = read_entry("", raw)
    return document.data if document else {}


def _proper_id(wish: Wish, name: str) -> str:
    if wish.id is not None:
        if not wish.id or slug(wish.id) != wish.id or len(wish.id) > LONGEST_ID:
            near = _short(slug(wish.id)) or "ten-khong-dau"
            raise Refused(
                f"--id '{wish.id}' chỉ được gồm a-z, 0-9 và gạch nối, tối đa {LONGEST_ID} ký tự: --id {near}",
                f"--id '{wish.id}' may hold only a-z, 0-9 and hyphens, {LONGEST_ID} at most: --id {near}",
            )
        return wish.id
    entry = _short(slug(name))
    if not entry:
        raise Refused(
            f"tên '{name}' không có chữ cái hay chữ số nào để đặt tên thư mục: thêm --id ten-khong-dau",
            f"the name '{name}' has no letter or digit to name a folder by: add --id plain-name",
        )
    return entry


def _short(entry: str) -> str:
    """A name of a folder that is not too long, cut between words where it can be."""
    if len(entry) <= LONGEST_ID:
        return entry
    return entry[: LONGEST_ID + 1].rpartition("-")[0] or entry[:LONGEST_ID]


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def make_folder(content: Path, folder: Path, texts: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Make the folder beside, then move it to its place: a disk that is full leaves nothing behind."""
    with TemporaryDirectory(prefix=".new-", dir=content) as beside:
        made = Path(beside) / folder.name
        made.mkdir()
        for name, text in texts.items():
            (made / name).write_bytes(text)
        folder.parent.mkdir(exist_ok=True)
        try:
            made.rename(folder)
        except BaseException:
            with suppress(OSError):
                folder.parent.rmdir()  # where it was made for this entry, it is empty
            raise
    return tuple(folder / name for name in texts)


# --- what is named ----------------------------------------------------------------------------------------


def _known_producer(content: Path, said: str) -> str:
    """A folder in producers, by its name or by the words it is made from."""
    known = _names(content / "producers")
    for one in (said, slug(said)):
        if one in known:
            return one
    near = ", ".join(_near(slug(said), known)) or "…"
    raise Refused(
        f"không có chủ thể '{said}' trong {content.as_posix()}/producers; gần giống: {near}."
        " Chủ thể mới thì tạo trước: new producer TÊN",
        f"there is no producer '{said}' in {content.as_posix()}/producers; near it: {near}."
        " A new one is begun first: new producer NAME",
    )


def _near(word: str, known: Sequence[str]) -> list[str]:
    """Up to five names that hold the word, or are like it."""
    holding = [one for one in known if word and word in one]
    return list(dict.fromkeys([*holding, *get_close_matches(word, known, n=5, cutoff=0.5)]))[:5]


def _commune(content: Path, producer: str | None) -> str | None:
    """The commune that a producer's file names, if it can be read."""
    for raw in _texts(content / "producers" / producer) if producer else ():
        place = _data(raw).get("place")
        if isinstance(place, dict) and isinstance(place.get("commune"), str):
            return slug(place["commune"]) or None
    return None


def _known_set(ground: Ground, number: int | None) -> ProductSet | None:
    known = ground.classification.set_by_number
    if number is None or number in known:
        return known.get(number) if number is not None else None
    listed = "\n".join(f"  {n} {one.name.source}" for n, one in known.items())
    raise Refused(
        f"không có bộ sản phẩm {number}; chọn một trong các bộ sau", f"there is no set {number}; take one of\n{listed}"
    )
