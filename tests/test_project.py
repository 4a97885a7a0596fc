"""A project on disk: check writes nothing, build prints only what is sound, and faults of content are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sites import (
    DATA,
    ONE,
    SVG,
    TEMPLATES,
    TINY,
    Quiet,
    built,
    cut_short,
    entry,
    gif,
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

from ocopgen.darkroom import Darkroom, Spoiled
from ocopgen.problems import errors
from ocopgen.project import Built, Checked, build, check
from ocopgen.recipe import digest

GAO = page_of("products", "gao")
HOP = "products/gao/hop.jpg"


def test_a_check_writes_nothing_but_what_it_learned_of_photos(tmp_path: Path) -> None:
    project = replace(site(tmp_path, {**ONE, HOP: jpeg()}), cache=tmp_path / "cache")
    before = tree(project.content)
    assert check(project, Quiet()).sound
    assert not project.output.exists()
    assert tree(project.content) == before
    assert list(tree(project.cache)) == ["notes.sqlite"]


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
    assert "Seal(4, True, " in page.read_text("utf-8")
    built(replace(project, today=project.today + timedelta(days=3 * 365)))
    assert "Seal(4, True, " not in page.read_text("utf-8")
    assert "Seal(4, False, " in page.read_text("utf-8")


def test_the_base_address_is_an_input(tmp_path: Path) -> None:
    project = replace(site(tmp_path), base_url="https://example.vn/x/")
    built(project)
    assert "https://example.vn/x/vi/san-pham/gao/" in (project.output / "vi/san-pham/gao/index.html").read_text("utf-8")


def told(done: Built | Checked) -> list[tuple[str, str]]:
    """The codes of the errors that were found, each with its file."""
    return [(one.code, one.place.file.partition("/content/")[2]) for one in errors(done.problems)]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.jpg", cut_short(jpeg()), "photo-cut-off"),
        ("a.png", cut_short(png()), "photo-cut-off"),
        ("a.jpg", b"\x89PNG\r\n\x1a\nhello, this is none", "photo-unreadable"),
        ("a.jpg", jpeg(100, 100), "photo-small"),
        ("a.jpg", SVG.encode(), "photo-svg"),
        ("a.webp", b"GARBAGE", "photo-kind"),
    ],
)
def test_a_bad_picture_is_an_error_at_its_file_and_keeps_the_old_site(
    tmp_path: Path, name: str, raw: bytes, code: str
) -> None:
    project = site(tmp_path)
    built(project)
    before = tree(project.output)
    lay(project.content, {f"products/gao/{name}": raw})
    done = build(project, Quiet())
    assert not done.published
    assert told(done) == told(check(project, Quiet())) == [(code, f"products/gao/{name}")]
    assert tree(project.output) == before
    lay(project.content, {f"products/gao/{name}": jpeg()})
    assert built(project).published


def test_what_a_photo_may_be_is_told_by_the_site(tmp_path: Path) -> None:
    limits = {**read_yaml(DATA["site.yml"]), "limits": {"megapixels": 1, "megabytes": 1, "frames": 2}}
    project = site(tmp_path, {**ONE, HOP: jpeg(1200, 900), "site.yml": write_yaml(limits)})
    assert told(check(project, Quiet())) == [("photo-pixels", HOP)]
    lay(project.content, {HOP: jpeg(900, 700)})
    assert check(project, Quiet()).sound
    lay(project.content, {HOP: jpeg(900, 700) + bytes(1 << 20)})
    assert told(check(project, Quiet())) == [("photo-large", HOP)]
    lay(project.content, {HOP: gif(900, 700, 3)})
    assert told(check(project, Quiet())) == [("photo-frames", HOP)]


@pytest.mark.parametrize("killed", [False, True])
def test_a_photo_that_cannot_be_developed_is_told_at_its_file_and_keeps_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    project = site(tmp_path)
    built(project)
    before = tree(project.output)
    raw = jpeg()
    lay(project.content, {HOP: raw})
    monkeypatch.setattr(Darkroom, "develop", lambda *_: ({}, [Spoiled(digest(raw), killed)]))
    done = build(project, Quiet())
    assert not done.published
    assert told(done) == [("photo-killed" if killed else "photo-unreadable", HOP)]
    assert tree(project.output) == before


def test_two_pages_of_one_address_are_an_error(tmp_path: Path) -> None:
    done = build(site(tmp_path, {**ONE, page_of("pages", "san-pham"): entry(name="X", summary="…")}), Quiet())
    assert [one.code for one in done.problems] == ["path-twice"]
    assert not done.published


def strings(**words: object) -> dict[str, str]:
    """The words of the interface, with some changed or (`None`) taken out."""
    known = {**read_yaml(DATA["strings.yml"]), **words}
    return {"strings.yml": write_yaml({key: value for key, value in known.items() if value is not None})}


def test_words_that_a_template_asks_for_must_be_there(tmp_path: Path) -> None:
    checked = check(site(tmp_path, templates={**TINY, "news.html": "{{ say.no_such_words }}"}), Quiet())
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
    checked = check(project, Quiet())
    assert [one.code for one in checked.problems] == ["file-missing"]
    assert checked.artifacts is None
    assert not build(project, Quiet()).published


def test_the_small_content_is_also_good_for_the_real_templates(tmp_path: Path) -> None:
    project = replace(site(tmp_path), templates=TEMPLATES)
    assert built(project).problems == ()
