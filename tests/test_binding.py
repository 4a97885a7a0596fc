"""Brochures are made once and kept, few here and many side by side, and a process that dies is told."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from papers import bindery, the_pdf
from sites import ONE, SVG, Quiet, a_darkroom, jpeg, lay, photo_of, the
from test_pdf import DAY, TEMPLATE, Shown, a_pdf

from ocopgen import binding
from ocopgen.binding import FEW, bind
from ocopgen.darkroom import Darkroom
from ocopgen.pdf import Pdf, Plate
from ocopgen.press import Killed
from ocopgen.recipe import Source, Tools, digest
from ocopgen.text import Phrase

MANY = FEW + 2


@dataclass
class Counted(Quiet):
    """A progress that remembers what was begun, and how far it came."""

    begun: list[tuple[str, int]] = field(default_factory=list)
    steps: int = 0

    def begin(self, what: str, total: int) -> None:
        self.begun.append((what, total))

    def step(self, count: int = 1) -> None:
        self.steps += count


@contextmanager
def counting(cache: Path) -> Iterator[tuple[Darkroom, Counted]]:
    """A darkroom over a cache of its own, and what it was seen to do."""
    counted = Counted()
    with a_darkroom(cache) as room:
        yield replace(room, progress=counted), counted


def documents(count: int) -> list[Pdf]:
    return [a_pdf(f"Tờ {number}") for number in range(count)]


def kept(room: Darkroom, made: list[Pdf]) -> list[bytes]:
    """What is in the cache, which has all of them."""
    found = [room.cache.get(one.key) for one in made]
    assert None not in found
    return [one for one in found if one is not None]


@pytest.mark.parametrize("count", [1, MANY])
def test_every_document_is_in_the_cache_and_its_size_is_told(tmp_path: Path, count: int) -> None:
    made = documents(count)
    with counting(tmp_path) as (room, counted):
        sizes = bind(made, room, {}, jobs=2, force=False)
        assert sizes == {one.key: len(raw) for one, raw in zip(made, kept(room, made), strict=True)}
    assert all(raw.startswith(b"%PDF") for raw in kept(room, made))
    assert (counted.begun, counted.steps) == ([("brochures", count)], count)


def test_what_was_made_before_is_not_made_again(tmp_path: Path) -> None:
    made = documents(2)
    with counting(tmp_path) as (room, _):
        before = bind(made, room, {}, 2, force=False)
    with counting(tmp_path) as (room, counted):
        assert bind(made, room, {}, 2, force=False) == before
        assert counted.begun == []
        bind([*made, a_pdf("Tờ mới")], room, {}, 2, force=False)
    assert counted.begun == [("brochures", 1)]


def test_one_document_of_two_pages_is_made_once(tmp_path: Path) -> None:
    with counting(tmp_path) as (room, counted):
        sizes = bind([a_pdf(), a_pdf(), a_pdf()], room, {}, 2, force=False)
    assert (len(sizes), counted.steps) == (1, 1)


def test_a_document_that_the_disk_has_spoiled_is_made_again(tmp_path: Path) -> None:
    with counting(tmp_path) as (room, _):
        before = bind([a_pdf()], room, {}, 2, force=False)
        (file,) = tmp_path.rglob(f"{a_pdf().key}.kept")
        file.write_bytes(file.read_bytes()[:-9])
        assert bind([a_pdf()], room, {}, 2, force=False) == before
        assert kept(room, [a_pdf()])


def test_force_makes_what_is_there_anew(tmp_path: Path) -> None:
    with counting(tmp_path) as (room, counted):
        bind([a_pdf()], room, {}, 2, force=False)
        room.cache.put(a_pdf().key, b"wrong")
        sizes = bind([a_pdf()], room, {}, 2, force=True)
        (raw,) = kept(room, [a_pdf()])
    assert raw.startswith(b"%PDF")
    assert sizes == {a_pdf().key: len(raw)}
    assert counted.steps == 2


def test_many_are_made_in_processes_and_few_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []
    make = binding._make
    monkeypatch.setattr(binding, "_make", lambda work: here.append(threading.current_thread().name) or make(work))
    with counting(tmp_path) as (room, _):
        bind(documents(FEW), room, {}, 2, force=False)
    assert len(here) == FEW
    monkeypatch.undo()
    with counting(tmp_path / "many") as (room, _):
        bind([of_process(number) for number in range(MANY)], room, {}, 2, force=False)
        assert str(os.getpid()).encode() not in b"".join(_told(room))


@dataclass(frozen=True)
class Teller:
    """A drawing that keeps beside it which process made it."""

    number: int

    @property
    def key(self) -> str:
        return digest("teller", str(self.number))

    def make(self, tools: Tools) -> bytes:
        tools.kept(self.key, lambda: {self.key: str(os.getpid()).encode()})
        return SVG.encode()


def of_process(number: int) -> Pdf:
    plate = Plate(Teller(number), Phrase("Hình"))
    return Pdf.of("a.typ", {"a.typ": TEMPLATE}, {"page": Shown(f"Tờ {number}", (plate,))}, DAY)


def _told(room: Darkroom) -> Iterator[bytes]:
    for number in range(MANY):
        told = room.cache.get(Teller(number).key)
        assert told is not None
        yield told


def test_processes_make_the_bytes_that_are_made_here(tmp_path: Path) -> None:
    made = documents(MANY)
    with counting(tmp_path / "one") as (one, _), counting(tmp_path / "other") as (other, _):
        bind(made, one, {}, 2, force=False)
        for each in made:
            bind([each], other, {}, 2, force=False)
        assert kept(one, made) == kept(other, made)


def test_more_than_are_held_at_once_are_made_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "CHUNK", 2)
    made = documents(5)
    with counting(tmp_path) as (room, counted):
        assert bind(iter(made), room, {}, 2, force=False).keys() == {one.key for one in made}
    assert counted.begun == [("brochures", 2), ("brochures", 2), ("brochures", 1)]


# --- pictures ---------------------------------------------------------------------------------------------


def test_the_pictures_of_documents_are_developed_once_and_found_where_they_lie(tmp_path: Path) -> None:
    raw = jpeg(900, 700)
    here = bindery(ONE, pictures={"products/gao/hop.jpg": raw})
    lay(tmp_path, {"hop.jpg": raw, "set.svg": SVG})
    sources: Mapping[str, Path] = {photo_of(raw).digest: tmp_path / "hop.jpg", "digest of hero": tmp_path / "set.svg"}
    made = [
        the_pdf(here, "product", the(here.desk, "gao")),
        the_pdf(here, "producer", here.desk.catalogue.producers[0]),
    ]
    with counting(tmp_path / "cache") as (room, counted):
        sizes = bind(made, room, sources, 2, force=False)
    assert min(sizes.values()) > 10_000
    assert counted.begun[-1] == ("brochures", 2)
    assert sum(total for what, total in counted.begun if what == "pictures") <= 3


def test_a_drawing_is_found_by_the_digest_of_its_bytes(tmp_path: Path) -> None:
    lay(tmp_path, {"set.svg": SVG})
    plate = Plate(Source(digest(SVG)), Phrase("Hình"))
    shown = TEMPLATE + "#image(data.page.plates.first().file, alt: data.page.plates.first().alt)\n"
    drawn = Pdf.of("a.typ", {"a.typ": shown}, {"page": Shown("Gạo", (plate,))}, DAY)
    with counting(tmp_path / "cache") as (room, _):
        assert bind([drawn], room, {digest(SVG): tmp_path / "set.svg"}, 2, force=False)[drawn.key] > 0


# --- what kills -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deadly:
    """A drawing that ends the process which makes it."""

    key: str = "deadly"

    def make(self, tools: Tools) -> bytes:
        os._exit(1)


def test_a_process_that_dies_is_told_and_what_others_made_is_kept(tmp_path: Path) -> None:
    plate = Plate(Deadly(), Phrase("Hình"))
    deadly = Pdf.of("a.typ", {"a.typ": TEMPLATE}, {"page": Shown("Gạo", (plate,))}, DAY)
    made = documents(MANY)
    with counting(tmp_path) as (room, counted):
        with pytest.raises(Killed):
            bind([*made, deadly], room, {}, 2, force=False)
        assert room.cache.get(deadly.key) is None
        assert counted.begun == [("brochures", MANY + 1)]
        assert sum(room.cache.get(one.key) is not None for one in made) == counted.steps
