"""`build --budget`: what is too heavy is not published, the last good site stays, and nothing is weighed twice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sites import ONE, Quiet, awkward, built, lay, read_yaml, site, write_yaml

from ocopgen import scales
from ocopgen.project import Project, build
from ocopgen.proof import site_files


def with_budgets(project: Project, **budgets: int) -> Project:
    """A project with these budgets, which are to be kept."""
    told = {**read_yaml((project.content / "site.yml").read_bytes()), "budgets": budgets}
    lay(project.content, {"site.yml": write_yaml(told)})
    return replace(project, budget=True)


def test_a_site_that_is_too_heavy_leaves_the_last_good_one_and_tells_why(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    built(project)
    before = site_files(project.output)
    done = build(with_budgets(project, product=100, listing=101, style=1), Quiet())
    assert not done.published
    codes = {one.code for one in done.problems if one.code.startswith("budget")}
    assert codes == {"budget-page", "budget-pages", "budget-file"}
    heavy = {
        one.place.file.removeprefix(f"{project.output.as_posix()}/")
        for one in done.problems
        if one.code == "budget-page"
    }
    assert "vi/san-pham/index.html" in heavy
    assert len([one for one in heavy if re.match("(vi/san-pham|en/products)/[a-z-]+/", one)]) == 5
    assert not any(one.startswith("vi/tin-tuc/") for one in heavy), "other pages have a budget of their own"
    assert site_files(project.output) == before
    assert build(replace(project, budget=False), Quiet()).published


def test_a_site_within_its_budgets_is_published_as_without(tmp_path: Path) -> None:
    project = replace(site(tmp_path), budget=True)
    built(project)
    beside = replace(project, output=tmp_path / "other", budget=False)
    built(beside)
    assert site_files(project.output) == site_files(beside.output)


def test_a_page_that_did_not_change_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = replace(site(tmp_path), budget=True, cache=tmp_path / "cache")
    looked: list[str] = []
    look = scales.look

    def noting(pages: object) -> list[scales.Looked]:
        found = look(pages)  # type: ignore[arg-type]
        looked.extend(path for path, _, _ in found)
        return found

    monkeypatch.setattr(scales, "look", noting)
    built(project)
    assert "vi/san-pham/gao/index.html" in looked
    looked.clear()
    page = "products/gao/index.vi.md"
    lay(project.content, {page: f"{ONE[page]!s}\nThêm."})
    built(project)
    assert set(looked) <= {"vi/san-pham/gao/index.html", "en/products/gao/index.html"}
    assert looked
