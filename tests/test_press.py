"""Printing: what is stale is made, published together and recorded after; what goes wrong changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import EN, VI, Quiet, lay, times, tree

from ocopgen import font, press
from ocopgen.cache import Cache
from ocopgen.html import Templates
from ocopgen.ledger import ForeignFolder, Ledger, stale
from ocopgen.output import Busy, ForeignFile, Output
from ocopgen.packing import pack
from ocopgen.plan import SharedPath
from ocopgen.pool import Died, Pool
from ocopgen.press import Killed, Printed, Run, Stories, print_site
from ocopgen.prose import Prose
from ocopgen.recipe import COMMON, Artifact, Plain, Sheet, digest
from ocopgen.sheets import Planned
from ocopgen.stopwatch import Stopwatch
from ocopgen.store import Workshop
from ocopgen.study import Story
from ocopgen.text import Lang

Pages = dict[str, bytes]
WATCH = Stopwatch()


@dataclass(frozen=True)
class Stack:
    """In place of a case: the files of each sheet, as they are, and one for each story that is given with it."""

    files: Mapping[str, tuple[Artifact, ...]]

    def artifacts(self, planned: Planned, stories: Iterable[Story]) -> tuple[Artifact, ...]:
        name = planned.sheet.name
        told = (Artifact(f"{name}.{one.lang}", Plain(f"{one.body} {one.prose.html}".encode())) for one in stories)
        return (*self.files[name], *told)

    def spare(self, most: int) -> None:
        """There is nothing that could be made again."""


Piles = Mapping[str, Iterable[Artifact]]
"""Files by the name of their sheet."""


def on_paper(
    piles: Piles,
    output: Output,
    workshop: Workshop,
    jobs: int = 1,
    force: bool = False,
    common: str = "",
    stories: Mapping[str, Stories] | None = None,
) -> Printed:
    """Print sheets, each of which has its files for input; those that have stories are of an entry of their name."""
    files = {name: tuple(pile) for name, pile in piles.items()}
    told = stories or {}
    every = [
        Planned(
            Sheet(name, ((COMMON, common), *((one.path, digest(repr(one.recipe))) for one in pile))),
            subject=name if name in told else None,
        )
        for name, pile in files.items()
    ]
    with output.claimed(), Ledger(output.root) as ledger:
        printed = ledger.printed()
        names = {
            one.name for one in stale((one.sheet for one in every), ledger.sheets, printed, output.standing(printed))
        }
        run = Run(
            stale=[one for one in every if force or one.sheet.name in names],
            standing=[one.sheet for one in every if not force and one.sheet.name not in names],
            case=Stack(files),  # type: ignore[arg-type]
            workshop=workshop,
            stories=told.__getitem__,
            common=(("--date", common),),
            outcome=("fingerprint", b"problems"),
            force=force,
        )
        return print_site(run, output, ledger, jobs, Quiet(), WATCH)


def plain(pages: Pages) -> list[Artifact]:
    return [Artifact(path, Plain(content)) for path, content in sorted(pages.items())]


def printed(folder: Path, pages: Pages, jobs: int = 1, force: bool = False, output: Output | None = None) -> Printed:
    """Print plain files, each on a sheet of its own."""
    piles = {one.path: [one] for one in plain(pages)}
    workshop = Workshop(Templates({}), {}, Cache(folder / "cache"))
    return on_paper(piles, output or Output(folder / "out"), workshop, jobs, force)


def stacked(folder: Path, piles: Mapping[str, Pages], jobs: int = 1, common: str = "") -> Printed:
    """Print plain files, many on a sheet."""
    workshop = Workshop(Templates({}), {}, Cache(folder / "cache"))
    return on_paper(
        {name: plain(pages) for name, pages in piles.items()}, Output(folder / "out"), workshop, jobs, common=common
    )


def files(folder: Path) -> dict[str, bytes | None]:
    return {path: content for path, content in tree(folder / "out").items() if content is not None}


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


def test_of_a_stale_sheet_only_what_differs_is_written(tmp_path: Path) -> None:
    stacked(tmp_path, {"a": {"x": b"1", "y": b"2", "z": b"3"}, "b": {"w": b"4"}})
    before = times(tmp_path / "out")
    assert stacked(tmp_path, {"a": {"x": b"1", "y": b"TWO", "v": b"5"}, "b": {"w": b"4"}}) == Printed(2, 1, 4)
    after = times(tmp_path / "out")
    assert [after[path] == before[path] for path in ("x", "w", "y")] == [True, True, False]


def test_a_stale_sheet_of_the_same_files_writes_nothing_and_is_stale_no_more(tmp_path: Path) -> None:
    pages = {"a": {"x": b"1"}, "b": {"y": b"2"}}
    stacked(tmp_path, pages)
    before = times(tmp_path / "out")
    assert stacked(tmp_path, pages, common="another day") == Printed(0, 0, 2)
    assert times(tmp_path / "out") == before
    with Ledger(tmp_path / "out") as ledger:
        keys = {name: one.key for name, one in ledger.sheets.items() if name != COMMON}
    stacked(tmp_path, pages, common="another day")
    with Ledger(tmp_path / "out") as ledger:
        assert {name: one.key for name, one in ledger.sheets.items() if name != COMMON} == keys


def test_a_costly_file_is_known_by_its_recipe_and_not_made_to_be_compared(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    recipe = font.FONTS["text-400"]
    workshop.cache.put(recipe.key, b"kept")
    pile = [Artifact("a.woff2", recipe)]
    assert on_paper({"a": pile}, Output(tmp_path / "out"), workshop).made == 1
    workshop.cache.put(recipe.key, b"another")
    assert on_paper({"a": pile}, Output(tmp_path / "out"), workshop, common="x").made == 0
    assert files(tmp_path) == {"a.woff2": b"kept"}


def test_a_file_that_two_sheets_ask_for_is_one_file_and_stays_with_either(tmp_path: Path) -> None:
    both = {"a": {"x": b"1", "same": b"0"}, "b": {"y": b"2", "same": b"0"}}
    assert stacked(tmp_path, both) == Printed(3, 0, 3)
    assert stacked(tmp_path, both) == Printed(0, 0, 3)
    assert stacked(tmp_path, {"b": both["b"]}) == Printed(0, 1, 2)
    assert files(tmp_path) == {"y": b"2", "same": b"0"}


@pytest.mark.parametrize("before", [{}, {"a": {"x": b"1"}}, {"a": {"x": b"1"}, "b": {"y": b"1"}}])
@pytest.mark.parametrize("path", ["x", "X"])
def test_two_sheets_that_give_other_files_at_one_path_are_refused_and_nothing_is_published(
    tmp_path: Path, before: Mapping[str, Pages], path: str
) -> None:
    stacked(tmp_path, before)
    standing = tree(tmp_path / "out")
    with pytest.raises(SharedPath, match=r"(?i)^x$"):
        stacked(tmp_path, {"a": {"x": b"1"}, "b": {path: b"2"}})
    assert tree(tmp_path / "out") == standing


def reasons(folder: Path, path: str) -> list[tuple[str, str]]:
    with Ledger(folder / "out") as ledger:
        return ledger.why(path)


def test_what_made_a_file_be_written_is_on_record(tmp_path: Path) -> None:
    stacked(tmp_path, {"a": {"x": b"1"}, "b": {"y": b"1"}}, common="monday")
    assert reasons(tmp_path, "x") == [("--date", "new"), ("x", "new")]
    stacked(tmp_path, {"a": {"x": b"2"}, "b": {"y": b"1"}}, common="monday")
    assert (reasons(tmp_path, "x"), reasons(tmp_path, "y")) == ([("x", "changed")], [("--date", "new"), ("y", "new")])
    stacked(tmp_path, {"a": {"x": b"3", "z": b"3"}}, common="tuesday")
    assert reasons(tmp_path, "z") == [("--date", "changed"), ("x", "changed"), ("z", "new")]
    assert reasons(tmp_path, "y") == []
    (tmp_path / "out/z").unlink()
    stacked(tmp_path, {"a": {"x": b"3", "z": b"3"}}, common="tuesday")
    assert reasons(tmp_path, "z") == []


def test_the_outcome_is_recorded_with_the_files(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    with Ledger(tmp_path / "out") as ledger:
        assert ledger.outcome == ("fingerprint", b"problems")


def test_everything_can_be_made_anew(tmp_path: Path) -> None:
    printed(tmp_path, {"a": b"a"})
    assert printed(tmp_path, {"a": b"a"}, force=True).made == 1


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
    pages = {f"{n % 7}/{n}": str(n).encode() for n in range(press.FEW + 5)}
    assert printed(tmp_path / "one", pages, jobs=1).made == printed(tmp_path / "two", pages, jobs=2).made == len(pages)
    assert tree(tmp_path / "one/out") == tree(tmp_path / "two/out")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_entry_is_printed_with_its_own_stories_and_what_is_no_entry_with_none(tmp_path: Path, jobs: int) -> None:
    keys = [f"products/{n}" for n in range(press.FEW)]
    told = {key: (_packed_story(VI, key), _packed_story(EN, key)) for key in keys}
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    piles = {name: plain({name: b""}) for name in (*keys, "assets")}
    on_paper(piles, Output(tmp_path / "out"), workshop, jobs, stories=told)
    expected = {f"{key}.{lang}": f"{key} <p>{lang} {key}</p>".encode() for key in keys for lang in (VI, EN)}
    assert files(tmp_path) == expected | dict.fromkeys(piles, b"")


def _packed_story(lang: Lang, key: str) -> bytes:
    return pack(Story(lang, key, Prose(f"<p>{lang} {key}</p>")))


def test_a_font_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[font.Font] = []
    subset = font.Font._subset
    monkeypatch.setattr(font.Font, "_subset", lambda one: made.append(one) or subset(one))
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    plan = {"fonts": [Artifact(font.path("text-400"), font.FONTS["text-400"])]}
    assert on_paper(plan, Output(tmp_path / "out"), workshop) == Printed(1, 0, 1)
    assert on_paper(plan, Output(tmp_path / "again"), workshop) == Printed(1, 0, 1)
    assert made == [font.FONTS["text-400"]]
    assert tree(tmp_path / "out") == tree(tmp_path / "again")


# --- what goes wrong --------------------------------------------------------------------------------------


def test_a_process_that_was_killed_is_told_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {str(n): b"x" for n in range(press.FEW)}
    printed(tmp_path, {"a": b"a"})
    monkeypatch.setattr(Pool, "each", lambda pool, make, work: ((one, Died()) for one in work))
    with pytest.raises(Killed, match="out of memory"):
        printed(tmp_path, pages, jobs=2)
    assert files(tmp_path) == {"a": b"a"}


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
    assert (entered.key, entered.size, entered.mtime) == (digest(b"a"), stat.st_size, stat.st_mtime_ns)
