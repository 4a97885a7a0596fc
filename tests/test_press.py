"""Printing: what is stale is made, published together and recorded after; what goes wrong changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import a_darkroom, cut_short, jpeg, lay, tree

from ocopgen import font, press
from ocopgen.cache import Cache
from ocopgen.html import Templates
from ocopgen.image import ladder
from ocopgen.ledger import ForeignFolder, Ledger
from ocopgen.photo import PhotoFile, Sight
from ocopgen.press import Printed, print_site
from ocopgen.recipe import Artifact, Plain, digest
from ocopgen.store import Busy, ForeignFile, Output, Workshop

Pages = dict[str, bytes]


def on_paper(
    plan: Sequence[Artifact], output: Output, workshop: Workshop, jobs: int = 1, force: bool = False
) -> Printed:
    """Print a plan with a darkroom of its own beside the workshop's cache."""
    with output.claimed(), a_darkroom(workshop.cache.folder, jobs) as room:
        return print_site(plan, output, workshop, room, jobs, force)


def printed(folder: Path, pages: Pages, jobs: int = 1, force: bool = False, output: Output | None = None) -> Printed:
    """Print plain files."""
    plan = [Artifact(path, Plain(content)) for path, content in sorted(pages.items())]
    workshop = Workshop(Templates({}), {}, Cache(folder / "cache"))
    return on_paper(plan, output or Output(folder / "out"), workshop, jobs, force)


def files(folder: Path) -> dict[str, bytes | None]:
    return {path: content for path, content in tree(folder / "out").items() if content is not None}


def pictures(folder: Path, raws: Iterable[bytes], jobs: int, force: bool = False) -> Printed:
    """Print one small rendition of each picture, whatever a look at it would tell."""
    plan, sources = [], {}
    for number, raw in enumerate(raws):
        path = folder / f"{number}.jpg"
        path.write_bytes(raw)
        sources[digest(raw)] = path
        found = PhotoFile(f"p/{number}/a.jpg", digest(raw), len(raw), Sight("jpeg", 60, 60))
        steps = ladder(found, f"p{number}", None, (40,))
        plan += [Artifact(steps.path(one), one) for one in steps.renditions]
    workshop = Workshop(Templates({}), sources, Cache(folder / "cache"))
    return on_paper(plan, Output(folder / "out"), workshop, jobs, force)


# --- what is stale ----------------------------------------------------------------------------------------


def test_the_first_print_makes_everything_and_the_second_nothing(tmp_path: Path) -> None:
    pages = {"a.html": b"a", "b/c.html": b"c"}
    assert printed(tmp_path, pages) == Printed(2, 0, 2)
    assert printed(tmp_path, pages) == Printed(0, 0, 2)
    assert files(tmp_path) == pages


def test_only_what_changed_is_made_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a", "b/c": b"c", "d": b"d"})
    assert printed(tmp_path, {"a": b"A", "d": b"d"}) == Printed(1, 1, 2)
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


def test_everything_made_anew_is_made_without_reading_the_cache(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    recipe = font.FONTS["text-400"]
    plan = [Artifact("a.woff2", recipe)]
    workshop.cache.put(recipe.key, b"made by another time")
    on_paper(plan, Output(tmp_path / "out"), workshop)
    assert files(tmp_path) == {"a.woff2": b"made by another time"}
    on_paper(plan, Output(tmp_path / "out"), workshop, force=True)
    content = files(tmp_path)["a.woff2"]
    assert content is not None
    assert content.startswith(b"wOF2")
    assert workshop.cache.get(recipe.key) == content


@pytest.mark.parametrize("harm", [b"", b"spoiled " * 400, None])
def test_without_its_ledger_everything_is_made_again_and_orphans_go(tmp_path: Path, harm: bytes | None) -> None:
    printed(tmp_path, {"a": b"a", "old/x": b"x"})
    lay(tmp_path / "out", {"mine.txt": "mine"})
    ledger = tmp_path / "out/.ocopgen/ledger.sqlite"
    if harm is None:
        ledger.unlink()
    else:
        ledger.write_bytes(harm)
    assert printed(tmp_path, {"a": b"a"}) == Printed(1, 1, 1)
    assert tree(tmp_path / "out") == {"a": b"a", "mine.txt": b"mine"}


def test_without_any_record_the_folder_is_not_ours(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    for name in ("ledger.sqlite", "paths"):
        (tmp_path / "out/.ocopgen" / name).unlink()
    for _ in range(2):
        with pytest.raises(ForeignFolder):
            printed(tmp_path, {"b": b"b"})
    assert tree(tmp_path / "out") == {"a": b"a"}


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
        assert pictures(tmp_path / name, raws, jobs) == Printed(9, 0, 9)
    assert tree(tmp_path / "one/out") == tree(tmp_path / "two/out")
    assert pictures(tmp_path / "one", raws, 1) == Printed(0, 0, 9)


def test_a_font_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[font.Font] = []
    subset = font.Font._subset
    monkeypatch.setattr(font.Font, "_subset", lambda one: made.append(one) or subset(one))
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    plan = [Artifact(font.path("text-400"), font.FONTS["text-400"])]
    assert on_paper(plan, Output(tmp_path / "out"), workshop) == Printed(1, 0, 1)
    assert on_paper(plan, Output(tmp_path / "again"), workshop) == Printed(1, 0, 1)
    assert made == [font.FONTS["text-400"]]
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


BEFORE = {"assets/old.css": b"old", "gone.html": b"old", "index.html": b"old", "way": b"old", "way2/x": b"old"}
AFTER = {"assets/new.css": b"new", "a.html": b"new", "index.html": b"new", "pictures/z": b"new"}
MOVED = {"way/x": b"new", "way2": b"new"}


@pytest.mark.parametrize("after", range(5))
def test_a_site_cut_off_has_all_that_its_pages_ask_for(tmp_path: Path, after: int) -> None:
    printed(tmp_path, BEFORE)
    with pytest.raises(KeyboardInterrupt):
        printed(tmp_path, AFTER, output=Unplugged(tmp_path / "out", after))
    found = files(tmp_path)
    assert found.items() >= {path: BEFORE[path] for path in BEFORE if path not in AFTER}.items()
    assert found["index.html"] == b"old" or found.keys() >= {"assets/new.css", "pictures/z"}
    assert [path for path in sorted(AFTER) if found.get(path) == b"new"] == sorted(
        ["assets/new.css", "pictures/z", "a.html", "index.html"][:after]
    )


def test_only_orphans_that_stand_in_the_way_go_first(tmp_path: Path) -> None:
    printed(tmp_path, BEFORE)
    with pytest.raises(KeyboardInterrupt):
        printed(tmp_path, {**AFTER, **MOVED}, output=Unplugged(tmp_path / "out", 0))
    assert BEFORE.keys() - files(tmp_path).keys() == {"way", "way2/x"}
    printed(tmp_path, {**AFTER, **MOVED})
    assert files(tmp_path) == {**AFTER, **MOVED}


@pytest.mark.parametrize(("theirs", "wanted"), [("x", "x/y/index.html"), ("x/y/mine", "x"), ("x/mine", "x")])
def test_a_foreign_file_in_the_way_stops_everything_before_the_first_move(
    tmp_path: Path, theirs: str, wanted: str
) -> None:
    printed(tmp_path, {"a": b"a", "x/b" if "/" in theirs else "b": b"b"})
    lay(tmp_path / "out", {theirs: "mine"})
    before = tree(tmp_path / "out")
    with pytest.raises(ForeignFile, match=theirs):
        printed(tmp_path, {"a": b"A", wanted: b"new"})
    assert tree(tmp_path / "out") == before
    printed(tmp_path, {"a": b"a"})
    assert files(tmp_path) == {"a": b"a", theirs: b"mine"}


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    pages = {"a": b"a", "b": b"b"}

    @dataclass(frozen=True)
    class Meanwhile(Output):
        """An output folder into which somebody else wants to print as well."""

        def publish(self, paths: Iterable[str]) -> None:
            with pytest.raises(Busy, match=f"process {os.getpid()}"):
                printed(tmp_path, {"c": b"c"})
            super().publish(paths)

    assert printed(tmp_path, pages, output=Meanwhile(tmp_path / "out")).made == 2
    assert files(tmp_path) == pages
    assert printed(tmp_path, {"c": b"c"}) == Printed(1, 2, 1)


def test_what_is_recorded_is_what_was_written(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    with Ledger(tmp_path / "out") as ledger:
        (entered,) = ledger.printed().values()
    stat = (tmp_path / "out/a").stat()
    assert (entered.key, entered.size, entered.mtime) == (Plain(b"a").key, stat.st_size, stat.st_mtime_ns)
