"""Links of the whole site: in every build, also from pages that nobody touched; the last good site stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from sites import tree
from test_press import on_paper

from ocopgen.cache import Cache
from ocopgen.crossings import Broken, Fault
from ocopgen.html import Templates
from ocopgen.ledger import FOLDER, Damaged
from ocopgen.output import Output
from ocopgen.overlay import of_fault
from ocopgen.press import Printed
from ocopgen.recipe import Artifact, Plain
from ocopgen.store import Workshop

Sheets = Mapping[str, Mapping[str, str]]
"""The files of each sheet, as they are."""


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "output")


def printed(output: Output, sheets: Sheets, jobs: int = 1) -> Printed:
    piles = {
        name: [Artifact(path, Plain(words.encode())) for path, words in pile.items()] for name, pile in sheets.items()
    }
    workshop = Workshop(Templates({}), {}, Cache(output.root.parent / "cache"))
    return on_paper(piles, Output(output.root), workshop, jobs)


def broken(output: Output, sheets: Sheets) -> list[str]:
    """What is told of a site that is not published; what stands is as it was."""
    before = tree(output.root)
    with pytest.raises(Broken) as raised:
        printed(output, sheets)
    site = {path: raw for path, raw in tree(output.root).items() if not path.startswith(FOLDER)}
    assert site == {path: raw for path, raw in before.items() if not path.startswith(FOLDER)}
    return [f"{one.page} {one.kind} {one.value}" for one in raised.value.faults]


A, B = '<a href="b.html#x">', '<p id="x">'
SITE: Sheets = {"a": {"a.html": A}, "b": {"b.html": B, "b.pdf": ""}, "c": {"c.html": '<a href="b.pdf">'}}


def test_a_site_whose_links_all_arrive_is_published(output: Output) -> None:
    assert printed(output, SITE).made == 4


@pytest.mark.parametrize(
    ("sheets", "faults"),
    [
        ({**SITE, "b": {"b.html": "<p>"}}, ["a.html place b.html#x", "c.html file b.pdf"]),
        ({"a": SITE["a"]}, ["a.html file b.html#x"]),
        ({**SITE, "a": {"a.html": '<a href="../b.html">'}}, ["a.html file ../b.html"]),
        ({**SITE, "a": {"a.html": '<a href="B.html">'}}, ["a.html file B.html"]),
        ({**SITE, "a": {"a.html": '<a href="b.html#y"><a href="#z">'}}, ["a.html id #z", "a.html place b.html#y"]),
    ],
)
def test_a_link_that_leads_nowhere_is_told_at_once_and_after_any_build(
    output: Output, sheets: Sheets, faults: list[str]
) -> None:
    output.root.mkdir()
    assert broken(output, sheets) == faults
    printed(output, SITE)
    assert broken(output, sheets) == faults, "also where the page itself was printed before"
    assert printed(output, SITE).made == 0


def test_a_page_that_goes_is_missed_by_a_page_that_nobody_touched(output: Output) -> None:
    printed(output, SITE)
    assert broken(output, {"a": SITE["a"], "c": SITE["c"]}) == ["a.html file b.html#x", "c.html file b.pdf"]


def test_an_id_that_goes_is_missed_by_a_page_that_nobody_touched(output: Output) -> None:
    printed(output, SITE)
    assert broken(output, {**SITE, "b": {"b.html": '<p id="y">', "b.pdf": ""}}) == ["a.html place b.html#x"]


def test_a_page_is_right_once_what_it_leads_to_is_there(output: Output) -> None:
    output.root.mkdir()
    assert broken(output, {"a": SITE["a"]})
    printed(output, {"a": SITE["a"], "b": SITE["b"]})
    printed(output, {"a": {"a.html": "<p>"}})
    assert not (output.root / "b.html").exists()


def test_it_is_the_same_with_many_processes(output: Output) -> None:
    many = {str(number): {f"{number}.html": f'<a href="{number + 1}.html#x"><p id="x">'} for number in range(100)}
    output.root.mkdir()
    with pytest.raises(Broken) as raised:
        printed(output, many, jobs=2)
    assert [one.page for one in raised.value.faults] == ["99.html"]
    assert printed(output, {**many, "100": {"100.html": '<p id="x">'}}, jobs=2).made == 101


@pytest.mark.parametrize(
    "damage",
    [
        "update marks set leads = x'0102030405060708' where sheet = 'a'",
        "update marks set places = x'0102030405060708' where sheet = 'b'",
        "update marks set places = x'01' where sheet = 'b'",
        "update marks set leads = 'words' where sheet = 'b'",
        "delete from marks where sheet = 'a'",
    ],
)
def test_what_is_spoiled_in_the_ledger_is_damage_and_no_broken_link(output: Output, damage: str) -> None:
    printed(output, SITE)
    db = sqlite3.connect(output.root / FOLDER / "ledger.sqlite")
    db.execute(damage)
    db.commit()
    db.close()
    changed = {**SITE, "c": {"c.html": "<p>"}}
    with pytest.raises(Damaged):
        printed(output, changed)
    assert printed(output, changed).total == 4


def test_a_ledger_of_an_earlier_version_is_begun_anew(output: Output) -> None:
    printed(output, SITE)
    db = sqlite3.connect(output.root / FOLDER / "ledger.sqlite")
    db.execute("drop table marks")
    db.commit()
    db.close()
    assert printed(output, SITE).total == 4


def test_it_is_told_in_both_languages_with_the_mend() -> None:
    said = of_fault(Broken((Fault("vi/index.html", "id-twice", "x", "home.html"),)), Path("templates")).printed()
    assert said.splitlines() == [
        "vi/index.html (home.html): id 'x' có hơn một lần / the id 'x' is there more than once",
        "lỗi liên kết của trang sắp dựng: 1; trang cũ được giữ nguyên"
        " / faults in the links of the new site: 1; the last good one stays",
        "sửa mẫu trang nêu trong ngoặc, hay mẫu mà chúng cùng dùng (như base.html, parts.html); nếu bạn không sửa "
        "mẫu nào thì đây là lỗi của ocopgen, hãy báo cho dự án"
        " / mend the template in brackets, or one that these share (as base.html, parts.html); if you changed none, "
        "it is a fault of ocopgen: report it to the project",
    ]
