"""All addresses of a content: asked once, remembered by the day, told at each place; and what ends the work early."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import DATA, ONE, TEMPLATES, TODAY, Quiet, lay, page_of, product
from strangers import Deed, Web, leads, says, web

from ocopgen import cli, errands
from ocopgen.errands import Offline, Visited, check_outward, recalled
from ocopgen.notebook import Notebook
from ocopgen.project import Project
from ocopgen.visit import Answer, Visitor

PAGE = says("200 OK", b"<p>x")
DAY = 20_000
HERE = page_of("products", "gao")


def a_project(folder: Path, *addresses: str) -> Project:
    """A small content whose product has these addresses for its sources."""
    sources = [{"title": f"Nguồn {number}", "url": one} for number, one in enumerate(addresses)]
    files = {**DATA, **ONE, HERE: product(sources=sources)}
    content = lay(folder / "content", files)
    return Project(content, folder / "templates", folder / "output", folder / "cache", TODAY)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "today", lambda: DAY)


def run(
    project: Project,
    deeds: dict[str, Deed],
    fresh: bool = False,
    unknown: Callable[[str], OSError | None] | None = None,
) -> tuple[Visited, Web]:
    """Ask what the content names of a web, whose servers run beside."""
    ready, done = threading.Event(), threading.Event()
    kept: list[Web] = []

    async def stay() -> None:
        async with web(deeds) as there:
            there.unknown = unknown or there.unknown
            kept.append(there)
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.01)

    beside = threading.Thread(target=lambda: asyncio.run(stay()))
    beside.start()
    ready.wait()
    try:
        return check_outward(project, Quiet(), fresh, lambda agent: kept[0].visitor(agent)), kept[0]
    finally:
        done.set()
        beside.join()


def codes(visited: Visited) -> list[str]:
    return [f"{one.code} {one.place.line}" for one in visited.problems if "gao" in one.place.file]


def outside(web: Web) -> list[str]:
    """What was asked that the product names; the data files name others."""
    return [one.address for one in web.asked if one.address.split("/")[0].endswith(".test")]


def test_each_address_is_asked_once_and_told_at_each_place(tmp_path: Path) -> None:
    project = a_project(tmp_path, "http://a.test/x", "http://a.test/gone", "http://b.test/old", "http://a.test/gone#2")
    visited, there = run(project, {"a.test/x": PAGE, "b.test/old": leads("/new"), "b.test/new": PAGE})
    assert [one.split()[0] for one in codes(visited)] == ["address-dead", "address-moved", "address-dead"]
    assert sorted(outside(there)) == ["a.test/gone", "a.test/gone", "a.test/x", "b.test/new", "b.test/old"]
    moved = next(one for one in visited.problems if one.code == "address-moved")
    assert moved.said("en") == "the address 'http://b.test/old' has moved for good to 'http://b.test/new'"
    assert moved.place.excerpt.strip() == "url: http://b.test/old"
    assert (moved.severity.word("en"), moved.place.column > 1) == ("warning", True)


def test_what_was_answered_is_not_asked_again_before_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"http://{one}.test/x" for one in ("good", "gone", "busy", "moved")]
    project = a_project(tmp_path, *names)
    deeds = {"good.test/x": PAGE, "busy.test/x": says("500 Oh"), "moved.test/x": leads("/y"), "moved.test/y": PAGE}
    first, _ = run(project, deeds)
    for after, asked in ((0, []), (1, ["busy"]), (7, ["busy", "gone"]), (30, ["busy", "gone", "good", "moved"])):
        monkeypatch.setattr(errands, "today", lambda after=after: DAY + after)
        known = recalled(Notebook(project.cache), names)
        assert sorted(one[7:].split(".")[0] for one in names if one not in known) == asked
    monkeypatch.setattr(errands, "today", lambda: DAY)
    again, there = run(project, deeds)
    assert (outside(there), again.problems, again.asked) == ([], first.problems, 0)
    anew, there = run(project, deeds, fresh=True)
    assert len(outside(there)) == 7
    assert anew.problems == first.problems


def test_a_note_that_nobody_can_read_is_asked_again(tmp_path: Path) -> None:
    notes = Notebook(tmp_path)
    for number, raw in enumerate((b"x", b"[]", b'[1, "what"]', b'["a", "good", "", ""]', b"7")):
        notes.keep(f"address {number}", raw)
    assert recalled(notes, map(str, range(6))) == {}


def test_where_nobody_is_reached_it_is_told_once_and_nothing_is_remembered(tmp_path: Path) -> None:
    project = a_project(tmp_path, *(f"http://{number}.test/{page}" for number in range(40) for page in range(3)))
    with pytest.raises(Offline, match="is this machine online"):
        run(project, {}, unknown=lambda host: socket.gaierror(socket.EAI_NONAME, "no"))
    assert Notebook(project.cache).kept_all("address ") == {}


def test_where_only_some_are_not_reached_they_are_told(tmp_path: Path) -> None:
    project = a_project(tmp_path, "http://a.test/x", "http://none.test/x", "http://none.test/y")
    fault = socket.gaierror(socket.EAI_NONAME, "no")
    visited, _ = run(project, {"a.test/x": PAGE}, unknown=lambda host: fault if host == "none.test" else None)
    assert [one.split()[0] for one in codes(visited)] == ["address-dead", "address-dead"]


def test_of_a_host_alone_that_has_no_name_nothing_is_sure() -> None:
    async def ask() -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        async with web({}) as there:
            there.unknown = lambda host: socket.gaierror(socket.EAI_NONAME, "no")
            await errands.ask(["http://a.test/x"], there.visitor, Quiet(), found)
        return found

    assert asyncio.run(ask()) == {"http://a.test/x": Answer("unsure", "no-host")}


def test_what_was_learned_before_ctrl_c_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = a_project(tmp_path, "http://a.test/x", "http://a.test/y")

    async def visit(self: Visitor, address: str) -> Answer:
        if address.endswith("y"):
            signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(60)
        return Answer("good")

    monkeypatch.setattr(Visitor, "visit", visit)
    with pytest.raises(KeyboardInterrupt):
        check_outward(project, Quiet(), fresh=False)
    assert list(recalled(Notebook(project.cache), ("http://a.test/x", "http://a.test/y"))) == ["http://a.test/x"]


def test_many_hosts_are_asked_side_by_side_but_not_too_many(tmp_path: Path) -> None:
    now = most = 0

    async def slow(writer: asyncio.StreamWriter, method: str) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        await PAGE(writer, method)

    names = [f"{number}.test/{page}" for number in range(20) for page in range(2)]
    run(a_project(tmp_path, *(f"http://{one}" for one in names)), dict.fromkeys(names, slow))
    assert 2 <= most <= errands.HOSTS


# --- the command ------------------------------------------------------------------------------------------


def words(project: Project, *more: str) -> list[str]:
    places = ("--content", str(project.content), "--cache", str(project.cache), "--templates", str(TEMPLATES))
    return ["check", *places, "--date", "2026-11-23", "--jobs", "1", *more]


def test_check_tells_what_is_dead_as_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def visit(self: Visitor, address: str) -> Answer:
        return Answer("dead", "404") if "gone" in address else Answer("good")

    monkeypatch.setattr(Visitor, "visit", visit)
    project = a_project(tmp_path, "http://a.test/gone")
    assert cli.main(words(project, "--external", "--lang", "en")) == 0
    told = capsys.readouterr()
    assert "warning: the address 'http://a.test/gone' is gone: its server answers 404" in told.out
    assert "addresses outside" in told.err
    assert cli.main(words(project)) == 0
    assert "a.test" not in capsys.readouterr().out, "without --external nobody is asked, and nothing told"


def test_check_says_that_the_network_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def visit(self: Visitor, address: str) -> Answer:
        return Answer("unsure", "unknown-host")

    monkeypatch.setattr(Visitor, "visit", visit)
    project = a_project(tmp_path, *(f"http://{number}.test/" for number in range(9)))
    assert cli.main(words(project, "--external")) == 2
    told = capsys.readouterr()
    assert told.err.count("online?") == 1
    assert "address-" not in told.out


def test_fresh_alone_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(a_project(tmp_path), "--fresh")) == 2
    assert "--external" in capsys.readouterr().err
