"""The report on disk: never in the site, its own files only, written once, and kept where the content is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sites import TEMPLATES, Quiet, built, entry, lay, page_of, producer, product, site, stars, times, tree

from ocopgen.delivery import Misplaced, NotOurs, deliver
from ocopgen.project import Project
from ocopgen.report import REPORT, Order, Reported, report
from ocopgen.text import Lang

BOTH = Lang("vi"), Lang("en")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small site with the templates of the report beside tiny ones."""
    one = site(tmp_path)
    (one.templates / "report").symlink_to(TEMPLATES / "report")
    return one


def reported(project: Project, to: Path, html: bool = True, as_json: bool = True) -> Reported:
    return report(project, Order(to, BOTH, html, as_json), Quiet())


def test_a_report_is_written_once_and_then_only_what_changed(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "reports"
    first = reported(project, to)
    assert (first.written, first.removed) == (first.total, 0)
    assert {"index.html", "vi/evidence/an.html", "en/renewals.html", "report.json", REPORT.list} <= tree(to).keys()
    before = times(to)
    again = reported(project, to)
    assert (again.written, again.removed, again.total) == (0, 0, first.total)
    assert times(to) == before
    lay(project.content, {"products/gao/index.en.md": entry(name="Rice", summary="Good.", translated="2026-11-01")})
    changed = reported(project, to)
    assert 0 < changed.written < changed.total
    assert times(to)["vi/evidence.html"] == before["vi/evidence.html"]


def test_files_that_are_made_no_longer_go_and_those_of_others_stay(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "reports"
    lay(project.content, {page_of("producers", "b"): producer("B")})
    reported(project, to)
    lay(to, {"notes.txt": "mine", "vi/own.html": "mine"})
    (project.content / page_of("producers", "b")).unlink()
    done = reported(project, to)
    assert done.removed == 2
    assert not (to / "vi" / "evidence" / "b.html").exists()
    only_json = reported(project, to, html=False)
    assert only_json.total == 1
    assert tree(to).keys() == {"report.json", REPORT.list, "notes.txt", "vi", "vi/own.html"}


def test_with_an_error_in_the_content_the_last_report_stays(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "reports"
    reported(project, to)
    before = tree(to)
    lay(project.content, {page_of("products", "gao"): product(set=99)})
    wrong = reported(project, to)
    assert wrong.found is None
    assert [one.code for one in wrong.problems if one.code == "set-unknown"]
    assert tree(to) == before


def test_drafts_are_told_of_only_where_they_are_asked_for(project: Project, tmp_path: Path) -> None:
    lay(project.content, {page_of("products", "nhap"): product("Nháp", draft=True)})
    for drafts in (False, True):
        to = tmp_path / f"reports-{drafts}"
        reported(replace(project, drafts=drafts), to)
        keys = {one["key"] for one in json.loads((to / "report.json").read_bytes())["completeness"]}
        assert ("products/nhap" in keys) is drafts


def test_a_changed_template_of_the_report_prints_no_page_of_the_site(project: Project) -> None:
    (project.templates / "report").unlink()
    lay(project.templates / "report", {"base.html": "one"})
    built(project)
    lay(project.templates / "report", {"base.html": "another"})
    printed = built(project).printed
    assert printed is not None
    assert printed.made == 0


# --- where it may lie -------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["output", "output/reports", "content", "content/reports", "templates/x"])
def test_the_site_and_its_sources_are_refused_built_or_not(project: Project, tmp_path: Path, folder: str) -> None:
    for _ in range(2):
        with pytest.raises(Misplaced) as refused:
            reported(project, tmp_path / folder)
        assert "--to" in str(refused.value)
        assert not (tmp_path / folder / REPORT.list).exists()
        built(project)


def test_the_site_is_known_by_another_name_and_by_its_record(project: Project, tmp_path: Path) -> None:
    built(project)
    (tmp_path / "other-name").symlink_to(project.output)
    (tmp_path / "moved").mkdir()
    for to in (tmp_path / "other-name" / "reports", project.output / ".." / "output", project.output / "vi"):
        with pytest.raises(Misplaced):
            reported(project, to)
    with pytest.raises(Misplaced):
        reported(replace(project, output=tmp_path / "moved"), project.output / "reports")


def test_a_folder_of_somebody_else_is_refused_and_not_touched(project: Project, tmp_path: Path) -> None:
    to = lay(tmp_path / "papers", {"thesis.doc": "mine"})
    with pytest.raises(NotOurs, match="--to"):
        reported(project, to)
    assert tree(to) == {"thesis.doc": b"mine"}
    with pytest.raises(NotOurs):
        reported(project, to / "thesis.doc")


def test_a_file_of_somebody_else_in_the_way_is_refused_and_not_touched(tmp_path: Path) -> None:
    deliver(tmp_path, {"vi/index.html": b"one"}, REPORT)
    lay(tmp_path, {"en": "mine", "report.json": "mine"})
    before = tree(tmp_path)
    for path in ("en/index.html", "report.json"):
        with pytest.raises(NotOurs):
            deliver(tmp_path, {"vi/index.html": b"two", path: b"two"}, REPORT)
    assert tree(tmp_path) == before


def test_a_report_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    lay(tmp_path, {REPORT.list: "vi/index.html\nen/index.html\n", "vi/index.html": "half"})
    assert deliver(tmp_path, {"vi/index.html": b"whole"}, REPORT) == (1, 0)
    assert tree(tmp_path).keys() == {REPORT.list, "vi", "vi/index.html"}


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"index.html": "mine"})
    to = lay(
        tmp_path / "reports",
        {REPORT.list: f"../outside/index.html\n{outside}/index.html\nlink/index.html\nvi/x.html\n"},
    )
    (to / "link").symlink_to(outside)
    deliver(to, {"vi/index.html": b"x"}, REPORT)
    assert tree(outside) == {"index.html": b"mine"}


def test_the_report_of_a_recognition_that_ends_names_it(project: Project, tmp_path: Path) -> None:
    lay(project.content, {page_of("products", "gao"): product(recognitions=[stars(4, date(2024, 1, 12))])})
    found = reported(project, tmp_path / "reports").found
    assert found is not None
    assert found.renewals[0].renewals[0].stage.value == "filing-closed"
    assert b"12/01/2027" in (tmp_path / "reports" / "vi" / "index.html").read_bytes()
