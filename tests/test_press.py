"""Printing: what is stale is made, published together and recorded after; what goes wrong changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import Quiet, cut_short, jpeg, tree

from ocopgen import font, press
from ocopgen.catalogue import PhotoFile
from ocopgen.html import Templates
from ocopgen.image import ladder, looked_at
from ocopgen.ledger import Ledger
from ocopgen.press import Printed, print_site
from ocopgen.recipe import Artifact, Plain, digest
from ocopgen.store import Cache, ForeignFolder, Output, Workshop

Pages = dict[str, bytes]


def printed(folder: Path, pages: Pages, jobs: int = 1, force: bool = False, output: Output | None = None) -> Printed:
    """Print plain files."""
    plan = [Artifact(path, Plain(content)) for path, content in sorted(pages.items())]
    workshop = Workshop(Templates({}), {}, Cache(folder / "cache"))
    return print_site(plan, output or Output(folder / "out"), workshop, jobs, Quiet(), force)


def files(folder: Path) -> dict[str, bytes | None]:
    return {path: content for path, content in tree(folder / "out").items() if content is not None}


def pictures(folder: Path, raws: Iterable[bytes], jobs: int) -> Printed:
    """Print one small rendition of each picture."""
    plan, sources = [], {}
    for number, raw in enumerate(raws):
        path = folder / f"{number}.jpg"
        path.write_bytes(raw)
        sources[digest(raw)] = path
        steps = ladder(PhotoFile(f"p/{number}/a.jpg", digest(raw), *looked_at(raw)), f"p{number}", None, (40,))
        plan += [Artifact(steps.path(one), one) for one in steps.renditions]
    workshop = Workshop(Templates({}), sources, Cache(folder / "cache"))
    return print_site(plan, Output(folder / "out"), workshop, jobs, Quiet())


# --- what is stale ----------------------------------------------------------------------------------------


def test_the_first_print_makes_everything_and_the_second_nothing(tmp_path: Path) -> None:
    pages = {"a.html": b"a", "b/c.html": b"c"}
    assert printed(tmp_path, pages) == Printed(2, 0, 2, 0)
    assert printed(tmp_path, pages) == Printed(0, 0, 2, 0)
    assert files(tmp_path) == pages


def test_only_what_changed_is_made_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a", "b/c": b"c", "d": b"d"})
    assert printed(tmp_path, {"a": b"A", "d": b"d"}) == Printed(1, 1, 2, 0)
    assert tree(tmp_path / "out") == {"a": b"A", "d": b"d"}


@pytest.mark.parametrize("harm", ["unlink", "edit", "touch"])
def test_a_file_that_somebody_harmed_is_made_again(tmp_path: Path, harm: str) -> None:
    pages = {"a": b"aaaa", "b": b"b"}
    printed(tmp_path, pages)
    path = tmp_path / "out/a"
    if harm == "unlink":
        path.unlink()
    elif harm == "edit":
        path.write_bytes(b"AAAA")
    os.utime(tmp_path / "out" / ("a" if harm != "unlink" else "."), ns=(1, 1))
    assert printed(tmp_path, pages).made == 1
    assert files(tmp_path) == pages


def test_everything_can_be_made_anew(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    assert printed(tmp_path, {"a": b"a"}, force=True).made == 1


def test_without_its_ledger_everything_is_made_again(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    (tmp_path / "out/.ocopgen/ledger.sqlite").unlink()
    assert printed(tmp_path, {"a": b"a"}).made == 1


def test_files_that_the_press_did_not_make_stay(tmp_path: Path) -> None:
    printed(tmp_path, {"a/b": b"b"})
    (tmp_path / "out/a/mine.txt").write_text("mine")
    printed(tmp_path, {"c": b"c"})
    assert files(tmp_path) == {"a/mine.txt": b"mine", "c": b"c"}


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.doc").write_text("mine")
    with pytest.raises(ForeignFolder):
        printed(tmp_path, {"a": b"a"})
    assert tree(tmp_path / "out") == {"thesis.doc": b"mine"}


# --- many hands -------------------------------------------------------------------------------------------


def test_many_hands_make_the_same_site(tmp_path: Path) -> None:
    pages = {f"{n % 7}/{n}": str(n).encode() for n in range(2 * press.CHUNK + 5)}
    assert printed(tmp_path / "one", pages, jobs=1).made == printed(tmp_path / "two", pages, jobs=2).made == len(pages)
    assert tree(tmp_path / "one/out") == tree(tmp_path / "two/out")


def test_many_hands_make_the_same_pictures(tmp_path: Path) -> None:
    raws = [jpeg(60 + n, 60) for n in range(3)]
    for name, jobs in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        assert pictures(tmp_path / name, raws, jobs).pictures == 3
    assert tree(tmp_path / "one/out") == tree(tmp_path / "two/out")
    assert pictures(tmp_path / "one", raws, 1) == Printed(0, 0, 9, 0)


def test_a_font_is_made_once_and_kept(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    plan = [Artifact(font.path("text-400"), font.FONTS["text-400"])]
    assert print_site(plan, Output(tmp_path / "out"), workshop, 1, Quiet()) == Printed(1, 0, 1, 1)
    assert print_site(plan, Output(tmp_path / "again"), workshop, 1, Quiet()) == Printed(1, 0, 1, 0)
    assert tree(tmp_path / "out") == tree(tmp_path / "again")


# --- what goes wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_spoiled_picture_is_named_and_nothing_is_published(tmp_path: Path, jobs: int) -> None:
    good, other = jpeg(60, 60), jpeg(61, 61)
    pictures(tmp_path, [good], 1)
    before = tree(tmp_path / "out")
    spoiled = cut_short(jpeg(200, 200))
    done = pictures(tmp_path, [good, other, spoiled], jobs)
    assert [one.digest for one in done.spoiled] == [digest(spoiled)]
    assert (done.made, done.removed) == (0, 0)
    assert tree(tmp_path / "out") == before
    assert pictures(tmp_path, [good, other], jobs).spoiled == ()
    assert len(files(tmp_path)) == 6


@dataclass(frozen=True)
class Unplugged(Output):
    """An output folder whose machine loses its power after some files were moved into place."""

    after: int = 0

    def publish(self, paths: Iterable[str]) -> None:
        super().publish(list(paths)[: self.after])
        raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_build_that_is_cut_off_is_made_whole_by_the_next(tmp_path: Path, after: int) -> None:
    printed(tmp_path, {"a": b"a", "b": b"b", "old/x": b"x"})
    with pytest.raises(KeyboardInterrupt):
        printed(tmp_path, {"a": b"A", "c": b"c", "d/e": b"e"}, output=Unplugged(tmp_path / "out", after))
    printed(tmp_path, {"a": b"a", "f": b"f"})
    printed(tmp_path / "clean", {"a": b"a", "f": b"f"})
    assert tree(tmp_path / "out") == tree(tmp_path / "clean/out")


def test_what_is_recorded_is_what_was_written(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    with Ledger(tmp_path / "out") as ledger:
        (entered,) = ledger.printed().values()
    stat = (tmp_path / "out/a").stat()
    assert (entered.key, entered.size, entered.mtime) == (Plain(b"a").key, stat.st_size, stat.st_mtime_ns)
