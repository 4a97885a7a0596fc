"""A project on disk: check writes nothing, build prints only what is sound, and faults of content are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sites import (
    DATA,
    ONE,
    TEMPLATES,
    TINY,
    Quiet,
    built,
    cut_short,
    entry,
    jpeg,
    lay,
    page_of,
    png,
    product,
    read_yaml,
    site,
    stars,
    tree,
    write_yaml,
)

from ocopgen.project import build, check

GAO = page_of("products", "gao")


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    project = site(tmp_path)
    assert check(project).sound
    assert not project.output.exists()


def test_a_build_prints_every_page(tmp_path: Path) -> None:
    project = site(tmp_path)
    done = built(project)
    assert done.published
    assert done.printed is not None
    assert done.printed.total == len([1 for content in tree(project.output).values() if content is not None])
    assert {"index.html", "404.html", "vi/index.html", "en/index.html"} <= tree(project.output).keys()


def test_an_error_in_the_content_leaves_the_site_as_it_is(tmp_path: Path) -> None:
    project = site(tmp_path)
    built(project)
    before = tree(project.output)
    lay(project.content, {GAO: product(stars=4)})
    done = build(project, Quiet())
    assert (done.printed, done.published) == (None, False)
    assert [one.code for one in done.problems] == ["unknown-key"]
    assert str(done.problems[0].place).startswith(project.content.as_posix())
    assert tree(project.output) == before


def test_drafts_are_checked_always_and_printed_on_demand(tmp_path: Path) -> None:
    project = site(tmp_path, {**ONE, page_of("products", "b"): product("B", draft=True)})
    built(project)
    assert "vi/san-pham/b/index.html" not in tree(project.output)
    built(replace(project, drafts=True))
    assert "vi/san-pham/b/index.html" in tree(project.output)
    built(project)
    assert "vi/san-pham/b" not in tree(project.output)


def test_the_day_is_an_input(tmp_path: Path) -> None:
    project = site(tmp_path, {**ONE, GAO: product(recognitions=[stars(4, number="77/QĐ")])})
    built(project)
    page = project.output / "vi/san-pham/gao/index.html"
    assert "held=True" in page.read_text("utf-8")
    built(replace(project, today=project.today + timedelta(days=3 * 365)))
    assert "held=True" not in page.read_text("utf-8")


def test_the_base_address_is_an_input(tmp_path: Path) -> None:
    project = replace(site(tmp_path), base_url="https://example.vn/x/")
    built(project)
    assert "https://example.vn/x/vi/san-pham/gao/" in (project.output / "vi/san-pham/gao/index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_spoiled_picture_is_an_error_at_its_file_and_keeps_the_old_site(tmp_path: Path, name: str) -> None:
    project = site(tmp_path)
    built(project)
    before = tree(project.output)
    lay(project.content, {f"products/gao/{name}": cut_short(jpeg() if name == "a.jpg" else png())})
    done = build(project, Quiet())
    assert not done.published
    (problem,) = done.problems
    assert (problem.code, problem.place.file) == (
        "photo-unreadable",
        f"{project.content.as_posix()}/products/gao/{name}",
    )
    assert tree(project.output) == before
    lay(project.content, {f"products/gao/{name}": jpeg() if name == "a.jpg" else png()})
    assert built(project).published


def test_two_pages_of_one_address_are_an_error(tmp_path: Path) -> None:
    done = build(site(tmp_path, {**ONE, page_of("pages", "san-pham"): entry(name="X", summary="…")}), Quiet())
    assert [one.code for one in done.problems] == ["path-twice"]
    assert not done.published


def strings(**words: object) -> dict[str, str]:
    """The words of the interface, with some changed or (`None`) taken out."""
    known = {**read_yaml(DATA["strings.yml"]), **words}
    return {"strings.yml": write_yaml({key: value for key, value in known.items() if value is not None})}


def test_words_that_a_template_asks_for_must_be_there(tmp_path: Path) -> None:
    checked = check(site(tmp_path, templates={**TINY, "news.html": "{{ say.no_such_words }}"}))
    (problem,) = checked.problems
    assert (problem.code, dict(problem.words)["key"]) == ("string-missing", "no_such_words")


def test_words_that_the_code_asks_for_must_be_there(tmp_path: Path) -> None:
    done = build(site(tmp_path, {**ONE, **strings(section_held=None)}), Quiet())
    (problem,) = done.problems
    assert (problem.code, dict(problem.words)["key"]) == ("string-missing", "section_held")
    assert done.printed is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("products_n", "{m} sản phẩm"),
        ("products_n", "{n sản phẩm"),
        ("part_of", "{} / {total}"),
        ("locale", "tiếng Việt"),
    ],
)
def test_words_that_cannot_be_filled_in_are_an_error_and_no_fault(tmp_path: Path, key: str, said: str) -> None:
    many = {page_of("products", f"p{n}"): product(f"Sp {n}") for n in range(50)}
    done = build(site(tmp_path, {**ONE, **many, **strings(**{key: {"vi": said, "en": "x"}})}), Quiet())
    (problem,) = done.problems
    assert (problem.code, dict(problem.words)) == ("value-wrong", {"key": key, "value": f"'{said}'"})
    assert done.printed is None


def test_a_data_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    project = site(tmp_path)
    (project.content / "places.yml").unlink()
    checked = check(project)
    assert [one.code for one in checked.problems] == ["file-missing"]
    assert checked.artifacts is None
    assert not build(project, Quiet()).published


def test_the_small_content_is_also_good_for_the_real_templates(tmp_path: Path) -> None:
    project = replace(site(tmp_path), templates=TEMPLATES)
    assert built(project).problems == ()
