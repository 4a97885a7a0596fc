"""Begins an entry in the content: its folder with its first files, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ocopgen.catalogue import Ground, data_documents, decoded_ground
from ocopgen.decode import did_you_mean
from ocopgen.document import MAX_BYTES, Document, read_entry
from ocopgen.problems import Problem
from ocopgen.reference import DATA_FILES, ProductSet, Site
from ocopgen.schema import files
from ocopgen.starter import (
    KIND_BY_WORD,
    Start,
    Unfit,
    facts_template,
    holder,
    id_of,
    proper_name,
    taken,
    words_template,
)
from ocopgen.text import slug


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: `product`, its name, and what else is known of it."""

    word: str
    name: str
    id: str | None = None
    set: int | None = None
    producer: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The files that were written, the one of facts first, and the keys in it that wait for a value.

    Nothing is written where `problems` of the data files stand in the way.
    """

    files: tuple[Path, ...] = ()
    empty: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def begin(content: Path, wish: Wish, today: date) -> Begun:
    """Write the first files of an entry. Raises `Unfit` where it cannot begin so, `OSError`."""
    ground = _ground(content)
    if not {"site.yml", "classification.yml", "strings.yml"} <= ground.values.keys():
        return Begun(problems=ground.problems)
    kind, name = KIND_BY_WORD[wish.word], proper_name(wish.name)
    if kind != "products" and (wish.set is not None or wish.producer is not None):
        raise Unfit("--set và --producer chỉ dùng cho product", "--set and --producer are for a product")
    producer = _producer(content, wish.producer)
    wanted = id_of(name, wish.id)
    _refuse_taken(content, kind, wanted, producer, ground)
    site: Site = ground.values["site.yml"]
    known = {"name": name, "producer": producer, "set": wish.set}
    start = Start(
        kind,
        {key: value for key, value in known.items() if value is not None},
        today,
        _product_set(wish.set, ground),
        restrained=not site.policies.alcohol_prices,
    )
    told = {one.name: one for one in files(ground.values["strings.yml"])}
    first, *others = (f"index.{lang}.md" for lang in ground.langs)
    facts = facts_template(told[kind], start)
    texts = {first: facts.text, **{one: words_template(told[f"{kind}.words"], start, first) for one in others}}
    folder = content / kind / wanted
    _lay(folder, texts)
    return Begun(tuple(folder / one for one in texts), facts.empty)


# --- what is there ----------------------------------------------------------------------------------------


def _ground(content: Path) -> Ground:
    """What the data files say; a broken one that is of no use here stands in the way of nothing."""
    texts = {name: (content / name).read_bytes() for name in DATA_FILES if (content / name).is_file()}
    documents, faults = data_documents(content.as_posix(), texts)
    ground, more = decoded_ground(documents)
    return Ground(ground.values, (*faults, *more))


def _product_set(number: int | None, ground: Ground) -> ProductSet | None:
    if number is None:
        return None
    known: Mapping[int, ProductSet] = ground.values["classification.yml"].set_by_number
    if number not in known:
        names = "\n".join(f"  {one.n:2} {one.short.on_page(ground.langs[0])}" for one in known.values())
        raise Unfit(f"không có bộ sản phẩm {number}", f"there is no product set {number}\n{names}")
    return known[number]


def _producer(content: Path, given: str | None) -> str | None:
    """The id of a producer that is there, by its id or a name with the same slug."""
    known = tuple(sorted({one.parent.name for one in (content / "producers").glob("*/index.*.md")}))
    if given is None or slug(given) in known:
        return given and slug(given)
    near = did_you_mean(slug(given), known) if known else {"mend_vi": "", "mend_en": ""}
    raise Unfit(
        f"không có chủ thể '{given}' ({near['mend_vi'] or 'chưa có chủ thể nào'});"
        ' nếu là chủ thể mới thì tạo chủ thể trước: new producer "…"',
        f"there is no producer '{given}' ({near['mend_en'] or 'there are none yet'});"
        ' if it is new, begin the producer first: new producer "…"',
    )


def _refuse_taken(content: Path, kind: str, wanted: str, producer: str | None, ground: Ground) -> None:
    """Raises `Unfit` where something lies in the place, or an entry had the id formerly: its old address leads on."""
    folder = content / kind
    names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    first = f"index.{ground.langs[0]}.md"
    former = {
        str(old): name
        for name in names
        if (raw := _raw(folder / name / first)) and b"was:" in raw and wanted.encode() in raw
        for old in _former(_read(raw))
    }
    other = holder(wanted, names, former)
    if other is not None:
        document = _read(_raw(folder / other / first))
        name = document.data.get("name") if document else None
        shown = other.encode("utf-8", "replace").decode()
        raise taken(kind, wanted, shown, name if isinstance(name, str) else "", producer)


def _raw(path: Path) -> bytes:
    """An entry's file, if there is one that is read: no link, not too large."""
    if path.parent.is_symlink() or path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return b""
    return path.read_bytes()


def _read(raw: bytes) -> Document | None:
    return read_entry("", raw)[0] if raw else None


def _former(document: Document | None) -> tuple[object, ...]:
    was = document.data.get("was") if document else None
    return was if isinstance(was, tuple) else ()


# --- on disk ----------------------------------------------------------------------------------------------


def _lay(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a folder beside its place and move it there, so that it is whole or not there. No link is followed."""
    if folder.parent.is_symlink():
        raise Unfit(
            f"'{folder.parent}' là liên kết tượng trưng; dùng thư mục thật",
            f"'{folder.parent}' is a symbolic link; use a real folder",
        )
    folder.parent.mkdir(exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        beside.mkdir()
        for name, text in texts.items():
            (beside / name).write_bytes(text.encode())
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()  # where it was made for this entry, it is empty
        raise
