"""The page of the form: what it says, what it may do, and that its scripts are inputs of the build like any other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sites import DATA, ONE, TEMPLATES, TINY, built, lay, read_yaml, site, times, tree, write_yaml

from ocopgen.project import Project

PAGE = "admin/index.html"
FETCHED = {"decap-cms.js": "var form", "yaml/public-api.js": "export {}", ".fetched": "told"}
REAL = {name: (TEMPLATES / name).read_text("utf-8") for name in ("form.html", "plain.html", "form.js")}


def a_project(folder: Path, fetched: bool = True, **settings: Any) -> Project:
    """A small site whose form's page is the real one."""
    changed = write_yaml(read_yaml(DATA["site.yml"]) | settings)
    project = site(folder, {**ONE, "site.yml": changed}, {**TINY, **REAL})
    return replace(project, form=lay(folder / "form", FETCHED if fetched else {}))


def the_page(project: Project) -> str:
    built(project)
    return (project.output / PAGE).read_text("utf-8")


def test_without_scripts_the_page_tells_how_to_get_them_and_loads_none(tmp_path: Path) -> None:
    page = the_page(a_project(tmp_path, fetched=False, repository="https://github.com/a/b"))
    assert "Người giữ trang chạy lệnh “make form”" in page
    assert "Its keeper runs “make form”" in page
    assert "<script" not in page
    assert 'href="https://github.com/a/b"' in page
    assert not list((tmp_path / "output" / "admin").glob("*/"))


def test_without_a_repository_the_page_says_so(tmp_path: Path) -> None:
    page = the_page(a_project(tmp_path))
    assert "ghi kho GitHub vào dòng “repository”" in page
    assert "<script" in page, "on this machine the form opens all the same"


def test_without_a_sign_in_the_page_says_so(tmp_path: Path) -> None:
    page = the_page(a_project(tmp_path, repository="https://github.com/a/b"))
    assert "ghi nơi đăng nhập vào dòng “sign_in”" in page


def test_the_form_may_speak_with_github_its_sign_in_and_this_machine(tmp_path: Path) -> None:
    editing = {"sign_in": "https://vao.example.vn/auth"}
    page = the_page(a_project(tmp_path, repository="https://github.com/a/b", editing=editing))
    assert "Biểu mẫu đang mở" in page
    (line,) = (line for line in page.splitlines() if "Content-Security-Policy" in line)
    policy = dict(
        part.split(" ", 1) for part in line.partition('content="')[2].rstrip('">').replace("&#39;", "'").split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self' 'unsafe-eval'"
    assert policy["connect-src"].split()[3:] == [
        "https://vao.example.vn",
        "https://api.github.com",
        "http://127.0.0.1:8081",
    ]
    assert '<meta name="robots" content="noindex">' in page


def test_the_scripts_lie_under_names_that_tell_their_content(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    page = the_page(project)
    (folder,) = (one for one in (project.output / "admin").iterdir() if one.is_dir())
    assert (folder / "decap-cms.js").read_text() == FETCHED["decap-cms.js"]
    assert (folder / "yaml" / "public-api.js").is_file()
    assert not (folder / ".fetched").exists()
    assert f'data-folder="../admin/{folder.name}/"' in page
    lay(project.output.parent / "form", {"decap-cms.js": "var newer"})
    built(project)
    (other,) = (one for one in (project.output / "admin").iterdir() if one.is_dir())
    assert other.name != folder.name
    assert (other / "decap-cms.js").read_text() == "var newer"


def test_a_second_build_writes_nothing_and_one_with_scripts_equals_a_clean_one(tmp_path: Path) -> None:
    project = a_project(tmp_path / "a", fetched=False)
    built(project)
    lay(tmp_path / "a" / "form", FETCHED)
    built(project)
    before = times(project.output)
    assert built(project).printed is not None
    assert times(project.output) == before
    clean = a_project(tmp_path / "b")
    built(clean)
    assert tree(clean.output) == tree(project.output)
    for one in (tmp_path / "a" / "form").rglob("*.js"):
        one.unlink()
    built(project)
    assert not [name for name in tree(project.output) if name.startswith("admin/") and name.endswith(".js")]


def test_the_configuration_is_json_which_is_yaml_too(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    built(project)
    raw = (project.output / "admin" / "config.yml").read_bytes()
    assert json.loads(raw) == read_yaml(raw)


@pytest.mark.parametrize("name", ["admin/config.yml", PAGE])
def test_the_form_is_there_without_any_entry(tmp_path: Path, name: str) -> None:
    project = site(tmp_path, {}, {**TINY, **REAL})
    built(project)
    assert (project.output / name).is_file()
