"""The darkroom: photos are looked at and developed once, side by side, and one that kills its process is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pictures import forms, noise, saved
from sites import SVG, Quiet, a_darkroom, cut_short, found_of, jpeg, lay, photo_of, png

from ocopgen.cache import Cache
from ocopgen.darkroom import Darkroom, Spoiled
from ocopgen.image import FORMATS, Ladder, ladder
from ocopgen.model import LIMITS, Limits
from ocopgen.notebook import Notebook
from ocopgen.photo import CARD, PhotoFile, Sight
from ocopgen.pool import Died, Pool
from ocopgen.recipe import digest
from ocopgen.survey import Found

A, B = jpeg(90, 70), png(80, 60)


@dataclass
class Counted(Quiet):
    """A progress that remembers what was begun, and how far each came."""

    begun: list[tuple[str, int]] = field(default_factory=list)
    steps: int = 0

    def begin(self, what: str, total: int) -> None:
        self.begun.append((what, total))

    def step(self, count: int = 1) -> None:
        self.steps += count


@contextmanager
def counting(cache: Path, jobs: int = 1) -> Iterator[tuple[Darkroom, Counted]]:
    """A darkroom, and what it was seen to do."""
    counted = Counted()
    with a_darkroom(cache, jobs) as room:
        yield replace(room, progress=counted), counted


def files(folder: Path, **raws: bytes) -> dict[str, Found]:
    """Pictures on disk by their names."""
    lay(folder, {f"{name}.jpg": raw for name, raw in raws.items()})
    return found_of({f"p/{name}/a.jpg": folder / f"{name}.jpg" for name in raws})


def ladders(folder: Path, *raws: bytes, widths: tuple[int, ...] = (40,)) -> tuple[list[Ladder], dict[str, Path]]:
    """Small renditions of pictures, and where those lie."""
    sources = {digest(raw): folder / f"{number}.src" for number, raw in enumerate(raws)}
    lay(folder, {f"{number}.src": raw for number, raw in enumerate(raws)})
    photos = [PhotoFile(f"p/{at}/a.jpg", digest(raw), len(raw), Sight("jpeg", 90, 70)) for at, raw in enumerate(raws)]
    return [ladder(one, f"p{at}", CARD, widths) for at, one in enumerate(photos)], sources


# --- looking ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_known_of_photos_is_what_a_look_at_each_tells(tmp_path: Path, jobs: int) -> None:
    raws = {f"n{at}": raw for at, (_, raw) in enumerate(forms().values())}
    with a_darkroom(tmp_path / "cache", jobs) as room:
        found = room.photos(files(tmp_path, **raws), LIMITS)
    assert found == {f"p/{name}/a.jpg": photo_of(raw, f"p/{name}/a.jpg") for name, raw in raws.items()}


def test_a_second_look_at_the_same_photos_is_no_look(tmp_path: Path) -> None:
    given = files(tmp_path, a=A, b=B)
    with counting(tmp_path / "cache") as (room, counted):
        first = room.photos(given, LIMITS)
        assert room.photos(given, LIMITS) == first
    assert (counted.begun, counted.steps) == ([("looks", 2)], 2)
    with counting(tmp_path / "cache") as (room, counted):
        assert room.photos(given, LIMITS) == first
        assert room.photos({"q/moved.jpg": given["p/a/a.jpg"]}, LIMITS)["q/moved.jpg"].sight == photo_of(A).sight
        assert room.pool._executor is None
    assert counted.begun == []


def test_a_second_look_reads_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = files(tmp_path, a=A)
    with a_darkroom(tmp_path / "cache") as room:
        first = room.photos(given, LIMITS)
    monkeypatch.delattr(Path, "read_bytes")
    with a_darkroom(tmp_path / "cache") as room:
        assert room.photos(given, LIMITS) == first


def test_a_photo_that_changed_is_looked_at_anew_and_no_other(tmp_path: Path) -> None:
    given = files(tmp_path, a=A, b=B)
    with a_darkroom(tmp_path / "cache") as room:
        room.photos(given, LIMITS)
    changed = files(tmp_path, a=png(70, 50), b=B)
    with counting(tmp_path / "cache") as (room, counted):
        found = room.photos(changed, LIMITS)
    assert counted.begun == [("looks", 1)]
    assert (found["p/a/a.jpg"].kind, found["p/a/a.jpg"].width) == ("png", 70)


def test_the_same_photo_in_two_folders_is_looked_at_once(tmp_path: Path) -> None:
    with counting(tmp_path / "cache") as (room, counted):
        found = room.photos(files(tmp_path, a=A, b=A, c=B), LIMITS)
    assert counted.begun == [("looks", 2)]
    assert found["p/a/a.jpg"] == replace(found["p/b/a.jpg"], path="p/a/a.jpg")


def test_a_photo_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = files(tmp_path, vast=A + bytes(LIMITS.most_bytes + 1 - len(A)))
    monkeypatch.delattr(Path, "read_bytes")
    with a_darkroom(tmp_path / "cache") as room:
        (found,) = room.photos(given, LIMITS).values()
    assert found == PhotoFile("p/vast/a.jpg", "", LIMITS.most_bytes + 1, Sight("jpeg"))


def test_other_limits_are_another_look(tmp_path: Path) -> None:
    given = files(tmp_path, a=saved(noise(1200, 900), "JPEG"))
    with counting(tmp_path / "cache") as (room, counted):
        (low,) = room.photos(given, Limits(megapixels=1)).values()
        (high,) = room.photos(given, LIMITS).values()
        (size,) = room.photos(given, Limits(megabytes=24)).values()
    assert (low.sight.tint, low.width) == ("", 1200)
    assert high.sight.tint != ""
    assert size == high
    assert counted.begun == [("looks", 1), ("looks", 1)]


def test_a_photo_that_cannot_be_read_is_remembered_as_such(tmp_path: Path) -> None:
    given = files(tmp_path, a=cut_short(A))
    for looks in ([("looks", 1)], []):
        with counting(tmp_path / "cache") as (room, counted):
            (found,) = room.photos(given, LIMITS).values()
        assert found.sight.fault == "cut-off"
        assert counted.begun == looks


def test_drawings_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"hero.svg": SVG})
    with a_darkroom(tmp_path / "cache") as room:
        first = room.drawings({"hero": tmp_path / "hero.svg"})
    assert first["hero"].path == "illustrations/hero.svg"
    assert (first["hero"].width, first["hero"].digest) == (40, digest(SVG.encode()))
    monkeypatch.setattr("ocopgen.pixels.looked_at_drawing", None)
    with a_darkroom(tmp_path / "cache") as room:
        assert room.drawings({"hero": tmp_path / "hero.svg"}) == first


# --- developing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_rendition_is_in_the_cache_and_has_its_size(tmp_path: Path, jobs: int) -> None:
    found, sources = ladders(tmp_path, A, B, widths=(40, 60))
    with counting(tmp_path / "cache", jobs) as (room, counted):
        sizes, spoiled = room.develop((each for one in found for each in one.renditions), sources)
    assert spoiled == []
    assert len(sizes) == 2 * 2 * len(FORMATS)
    kept = {key: Cache(tmp_path / "cache").get(key) for key in sizes}
    assert sizes == {key: len(raw or b"") for key, raw in kept.items()}
    assert (counted.begun, counted.steps) == ([("pictures", 2)], 2)


def test_what_is_in_the_cache_is_not_made_again_by_any_build_that_shares_it(tmp_path: Path) -> None:
    (one,), sources = ladders(tmp_path, A)
    with a_darkroom(tmp_path / "cache") as room:
        first, _ = room.develop(one.renditions, sources)
    Path(sources[digest(A)]).unlink()
    with counting(tmp_path / "cache") as (room, counted):
        assert room.develop(one.renditions, sources) == (first, [])
        assert room.sizes([one], sources) == (first, [])
    assert counted.begun == []


def test_sizes_are_known_without_the_cache(tmp_path: Path) -> None:
    found, sources = ladders(tmp_path, A, B)
    with a_darkroom(tmp_path / "cache") as room:
        first = room.sizes(found, sources)
    for kept in (tmp_path / "cache").rglob("*.kept"):
        kept.unlink()
    with counting(tmp_path / "cache") as (room, counted):
        assert room.sizes(found, sources) == first
    assert counted.begun == []


def test_a_ladder_that_is_new_is_made_and_the_others_are_not(tmp_path: Path) -> None:
    found, sources = ladders(tmp_path, A, B)
    with a_darkroom(tmp_path / "cache") as room:
        room.sizes(found[:1], sources)
    with counting(tmp_path / "cache") as (room, counted):
        sizes, _ = room.sizes(found, sources)
    assert counted.begun == [("pictures", 1)]
    assert sizes.keys() == {each.key for one in found for each in one.renditions}


def test_everything_made_anew_is_made_without_reading_the_cache(tmp_path: Path) -> None:
    (one,), sources = ladders(tmp_path, A)
    cache = Cache(tmp_path / "cache")
    with a_darkroom(tmp_path / "cache") as room:
        first = room.sizes([one], sources)
        before = {each.key: cache.get(each.key) for each in one.renditions}
        for each in one.renditions:
            cache.put(each.key, b"another")
        assert room.sizes([one], sources, force=True) == first
    assert {each.key: cache.get(each.key) for each in one.renditions} == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_photo_that_cannot_be_developed_is_told_and_the_others_are_done(tmp_path: Path, jobs: int) -> None:
    bad = cut_short(jpeg(200, 200))
    found, sources = ladders(tmp_path, A, bad, B)
    with a_darkroom(tmp_path / "cache", jobs) as room:
        sizes, spoiled = room.sizes(found, sources)
    assert spoiled == [Spoiled(digest(bad), killed=False)]
    assert sizes.keys() == {each.key for at in (0, 2) for each in found[at].renditions}
    with counting(tmp_path / "cache") as (room, counted):
        assert room.sizes(found, sources)[1] == spoiled
    assert counted.begun == [("pictures", 1)]


def test_a_photo_that_changed_since_it_was_looked_at_is_not_used(tmp_path: Path) -> None:
    (one,), sources = ladders(tmp_path, A)
    sources[digest(A)].write_bytes(B)
    with pytest.raises(OSError, match="changed"), a_darkroom(tmp_path / "cache") as room:
        room.sizes([one], sources)
    assert not list((tmp_path / "cache").rglob("*.kept"))


# --- what kills ---------------------------------------------------------------------------------------------


class Deadly(Pool):
    """Processes that one photo kills: that with this name."""

    def each(self, make, work):  # type: ignore[no-untyped-def]
        return super().each(_Doing(make), work)


@dataclass(frozen=True)
class _Doing:
    """What is done, unless the photo is deadly."""

    make: object

    def __call__(self, work: tuple[Path, ...]) -> object:
        if work[0].read_bytes() == DEADLY:
            os._exit(1)
        return self.make(work)  # type: ignore[operator]


DEADLY = jpeg(66, 66)


@contextmanager
def deadly(cache: Path, jobs: int) -> Iterator[Darkroom]:
    notes = Notebook(cache)
    with Deadly(jobs) as pool:
        yield Darkroom(Cache(cache), notes, pool, Quiet())
    notes.save()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_look_that_kills_its_process_is_told_with_its_photo_and_is_tried_again(tmp_path: Path, jobs: int) -> None:
    given = files(tmp_path, a=A, b=DEADLY, c=B)
    with deadly(tmp_path / "cache", jobs) as room:
        found = room.photos(given, LIMITS)
    assert found.pop("p/b/a.jpg").sight == Sight("other", fault="killed")
    assert list(found.values()) == [photo_of(A, "p/a/a.jpg"), photo_of(B, "p/c/a.jpg")]
    with a_darkroom(tmp_path / "cache") as room:
        assert room.photos(given, LIMITS)["p/b/a.jpg"] == photo_of(DEADLY, "p/b/a.jpg")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_photo_that_kills_its_process_while_it_is_developed_is_told_and_the_others_are_done(
    tmp_path: Path, jobs: int
) -> None:
    found, sources = ladders(tmp_path, A, DEADLY, B)
    with deadly(tmp_path / "cache", jobs) as room:
        sizes, spoiled = room.sizes(found, sources)
    assert spoiled == [Spoiled(digest(DEADLY), killed=True)]
    assert sizes.keys() == {each.key for at in (0, 2) for each in found[at].renditions}


def test_what_was_learned_is_kept_though_the_work_was_broken_off(tmp_path: Path) -> None:
    found, sources = ladders(tmp_path, A, B)

    class Halted(Pool):
        """Processes of which only the first result comes."""

        def each(self, make, work: Iterable[object]):  # type: ignore[no-untyped-def]
            for at, done in enumerate(super().each(make, work)):
                assert not isinstance(done[1], Died)
                if at:
                    raise KeyboardInterrupt
                yield done

    with pytest.raises(KeyboardInterrupt), Halted(1) as pool:
        Darkroom(Cache(tmp_path / "cache"), Notebook(tmp_path), pool, Quiet()).sizes(found, sources)
    with counting(tmp_path / "cache") as (room, counted):
        room.sizes(found, sources)
    assert sum(total for _, total in counted.begun) <= 1
