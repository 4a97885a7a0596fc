"""Why a file of the site is as it is, and proof that the site is what a clean build makes."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sites import ONE, TODAY, Quiet, built, lay, page_of, product, site, tree

from ocopgen.project import Project
from ocopgen.proof import Unknown, verify, why

GAO = page_of("products", "gao")
PAGE = "vi/san-pham/gao/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = site(tmp_path, {**ONE, GAO: product(body="Chuyện.")})
    built(project)
    return project


def test_a_file_is_told_what_it_was_made_from(project: Project) -> None:
    found = why(project, PAGE)
    assert found.path == PAGE
    assert {"products/gao", "products/gao body", "producers/an", "product.html"} <= set(found.made_from)
    assert {"ocopgen", "--date", "strings.yml", "frame vi"} <= set(found.made_from)
    assert "site" not in found.made_from
    assert {how for _, how in found.reasons} == {"new"}


def test_of_two_edits_each_file_is_told_the_one_that_concerned_it(project: Project) -> None:
    lay(project.content, {GAO: product(body="Chuyện khác.")})
    built(project)
    assert why(project, PAGE).reasons == (("products/gao body", "changed"),)
    assert {how for _, how in why(project, "vi/index.html").reasons} == {"new"}
    built(replace(project, today=TODAY + timedelta(days=1)))
    assert ("--date", "changed") in why(project, "vi/index.html").reasons


@pytest.mark.parametrize(
    "name", [PAGE, "vi/san-pham/gao", "vi/san-pham/gao/", "/vi/san-pham/gao/", "./vi/san-pham/gao/"]
)
def test_a_file_is_known_by_its_address(project: Project, name: str) -> None:
    assert why(project, name).path == PAGE


def test_a_file_is_known_by_where_it_lies(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert why(project, str(project.output / PAGE)).path == PAGE
    monkeypatch.chdir(project.output.parent)
    assert why(project, f"output/{PAGE}").path == PAGE


def test_a_file_that_is_not_there_is_told_with_those_like_it(project: Project) -> None:
    with pytest.raises(Unknown, match=r"did you mean:\n  vi/san-pham/gao/index\.html"):
        why(project, "vi/san-pham/goa/index.html")


# --- proof ------------------------------------------------------------------------------------------------


def test_a_good_site_is_what_a_clean_build_makes_and_proving_it_writes_nothing(project: Project) -> None:
    before = tree(project.output)
    found = verify(project, Quiet())
    assert (found.differing, found.files) == ((), len([raw for raw in before.values() if raw is not None]))
    assert tree(project.output) == before


def test_a_file_that_hides_its_change_is_found_and_one_of_others_is_no_difference(project: Project) -> None:
    page = project.output / PAGE
    stat = page.stat()
    lay(page.parent, {"mine.txt": "x"})
    assert verify(project, Quiet()).differing == ()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert verify(project, Quiet()).differing == (PAGE,)


def test_a_site_that_is_older_than_its_content_differs_and_is_left_as_it_is(project: Project) -> None:
    before = tree(project.output)
    lay(project.content, {GAO: product(body="Chuyện khác.")})
    assert PAGE in verify(project, Quiet()).differing
    assert tree(project.output) == before


def test_where_the_content_is_wrong_there_is_nothing_to_prove(project: Project) -> None:
    lay(project.content, {GAO: product(stars=6)})
    found = verify(project, Quiet())
    assert (found.built.published, found.files, found.differing) == (False, 0, ())
