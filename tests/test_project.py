"""A project on disk: check writes nothing, build prints only what is sound, and faults of content are told."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
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
    Files,
    Quiet,
    built,
    cut_short,
    entry,
    gif,
    jpeg,
    lay,
    page_of,
    png,
    producer,
    product,
    read_yaml,
    site,
    stars,
    times,
    tree,
    warm,
    write_yaml,
)

from ocopgen import font
from ocopgen.cache import Cache, Changed, read_exactly
from ocopgen.darkroom import Darkroom, Spoiled
from ocopgen.html import Templates
from ocopgen.notebook import Notebook
from ocopgen.problems import errors
from ocopgen.project import Built, Checked, Project, build, check
from ocopgen.proof import why
from ocopgen.recipe import digest
from ocopgen.store import read_templates
from ocopgen.survey import _digest

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
    assert not build(project, Quiet()).published


def test_the_small_content_is_also_good_for_the_real_templates(tmp_path: Path) -> None:
    project = replace(site(tmp_path), templates=TEMPLATES)
    assert built(project).problems == ()


# --- nothing changed --------------------------------------------------------------------------------------

WARNED: Files = {**ONE, GAO: product(body="Chuyện *gạo*."), "letter.docx": "x"}


@pytest.fixture
def own(tmp_path: Path) -> Project:
    """A project with a warning, built once, with a cache of its own."""
    project = replace(site(tmp_path, WARNED), cache=warm(tmp_path / "cache"))
    assert [one.code for one in built(project).problems] == ["file-unknown"]
    return project


def all_times(*folders: Path) -> dict[str, int]:
    """When each file was changed (ns), those of the build itself too; a lock is taken and let go."""
    files = (one for folder in folders for one in folder.rglob("*") if one.is_file() and one.name != "lock")
    return {str(one): one.stat().st_mtime_ns for one in files}


def test_where_nothing_changed_nothing_is_judged_or_written_and_the_same_is_told(
    own: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_times(own.output, own.cache)
    monkeypatch.setattr("ocopgen.works.judge", None)
    done = built(own)
    assert done.printed is not None
    assert (done.printed.made, done.printed.removed) == (0, 0)
    assert done.printed.total == len([raw for raw in tree(own.output).values() if raw is not None])
    assert [one.code for one in done.problems] == ["file-unknown"]
    assert all_times(own.output, own.cache) == before


HOME = "vi/index.html"


def tamper(path: Path, how: str) -> None:
    """Do something to a file of the site."""
    if how == "edited":
        path.write_bytes(path.read_bytes().replace(b"<", b">"))
    elif how == "touched":
        os.utime(path, ns=(1, 1))
    else:
        path.unlink()
    if how == "a link":
        path.symlink_to("/etc/hostname")
    elif how == "a folder":
        (path / "empty").mkdir(parents=True)


@pytest.mark.parametrize("how", ["edited", "touched", "deleted", "a link", "a folder"])
def test_a_file_of_the_site_that_somebody_changed_is_mended_and_no_other_is_written(own: Project, how: str) -> None:
    before, stood = tree(own.output), times(own.output)
    tamper(own.output / HOME, how)
    done = built(own)
    assert done.printed is not None
    assert done.printed.made == 1
    assert not (own.output / HOME).is_symlink()
    assert tree(own.output) == before
    files = [path for path, raw in before.items() if raw is not None]
    assert [path for path in files if times(own.output)[path] != stood[path]] == [HOME]
    assert [one.code for one in done.problems] == ["file-unknown"]


def test_a_lost_cache_is_no_reason_to_write_anything(own: Project) -> None:
    stood = times(own.output)
    shutil.rmtree(own.cache)
    built(own)
    assert times(own.output) == stood
    lay(own.content, {GAO: product(body="Chuyện khác.")})
    warm(own.cache)
    built(own)
    files = {path for path in stood if (own.output / path).is_file()}
    assert {path for path in files if times(own.output)[path] != stood[path]} == {
        *("vi/san-pham/gao/index.html", "en/products/gao/index.html", "data/products/gao.json")
    }


# --- damage -----------------------------------------------------------------------------------------------


def sql(file: Path, line: str, *words: object) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        assert db.execute(line, words).rowcount > 0


def junk(file: Path, like: str) -> None:
    """Put bytes that are no packed value, but whole, under all names of a kind."""
    with closing(sqlite3.connect(file)) as db:
        names = [name for (name,) in db.execute("select name from large where name like ?", (like,))]
    notes = Notebook(file.parent)
    for name in names:
        notes.keep(name, b"no packed value")
    assert names
    notes.save()


def spoil(file: Path, name: str) -> None:
    """Overwrite the first page of a table or index, which is read only when somebody asks for a row of it."""
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()
        (size,) = db.execute("pragma page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"spoiled " * (size // 8))


LEDGER, NOTES = ".ocopgen/ledger.sqlite", "notes.sqlite"
HARM: dict[str, Callable[[Path, Path], object]] = {
    "ledger spoiled": lambda output, cache: (output / LEDGER).write_bytes(b"spoiled " * 400),
    "ledger lost": lambda output, cache: (output / LEDGER).unlink(),
    "list lost": lambda output, cache: (output / ".ocopgen/paths").unlink(),
    "outcome spoiled": lambda output, cache: sql(output / LEDGER, "update state set outcome = ?", b"spoiled"),
    "outcome lost": lambda output, cache: sql(output / LEDGER, "delete from state"),
    "inputs lost": lambda output, cache: sql(output / LEDGER, "delete from inputs"),
    "inputs no pairs": lambda output, cache: sql(output / LEDGER, "update inputs set inputs = '[1, {'"),
    "inputs spoiled": lambda output, cache: spoil(output / LEDGER, "inputs"),
    "keys spoiled": lambda output, cache: spoil(output / LEDGER, "sqlite_autoindex_printed_1"),
    "paths no words": lambda output, cache: sql(output / LEDGER, "update sheets set paths = x'00ff'"),
    "sheets lost": lambda output, cache: sql(output / LEDGER, "delete from sheets where name like 'products/%'"),
    "files lost": lambda output, cache: sql(output / LEDGER, "delete from printed where path like 'vi/%'"),
    "notes spoiled": lambda output, cache: (cache / NOTES).write_bytes(b"spoiled " * 400),
    "notes lost": lambda output, cache: (cache / NOTES).unlink(),
    "notes unsealed": lambda output, cache: sql(cache / NOTES, "update notes set value = '00000000{}'"),
    "values unsealed": lambda output, cache: sql(cache / NOTES, "update large set value = ?", b"0" * 40),
    "grounds no values": lambda output, cache: junk(cache / NOTES, "ground %"),
    "studies no values": lambda output, cache: junk(cache / NOTES, "study %"),
    "stories no values": lambda output, cache: junk(cache / NOTES, "story %"),
    "stories lost": lambda output, cache: sql(cache / NOTES, "delete from large where name like 'story %'"),
}


@pytest.mark.parametrize(
    "edit",
    [
        {},
        {GAO: product(body="Chuyện khác.")},
        {page_of("producers", "an"): producer("An Mới")},
        {"../templates/base.html": "<p>{{ say.menu }}"},
    ],
)
@pytest.mark.parametrize("how", HARM)
def test_whatever_is_damaged_the_next_build_is_as_a_clean_one(own: Project, how: str, edit: Files) -> None:
    HARM[how](own.output, own.cache)
    lay(own.content, edit)
    done = built(own)
    clean = replace(own, output=own.output.parent / "clean", cache=warm(own.output.parent / "cold"))
    anew = built(clean)
    assert tree(own.output) == tree(clean.output)
    assert done.problems == anew.problems
    stood = times(own.output)
    assert built(own).problems == anew.problems
    assert times(own.output) == stood


def test_what_happened_to_a_file_is_asked_of_a_damaged_ledger_without_a_traceback(own: Project) -> None:
    spoil(own.output / LEDGER, "inputs")
    with pytest.raises(OSError, match="the ledger is damaged"):
        why(own, "index.html")
    assert built(own).printed is not None
    assert why(own, "index.html").made_from


# --- a moving content -------------------------------------------------------------------------------------


def test_a_file_that_goes_away_while_the_content_is_looked_at_is_looked_for_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site(tmp_path)
    passing = project.content / "products/gao/a.md"
    passing.write_text("x", "utf-8")

    def gone(path: str, stat: os.stat_result) -> tuple[str, bool]:
        if path == os.fspath(passing):
            passing.unlink()
        return _digest(path, stat)

    monkeypatch.setattr("ocopgen.survey._digest", gone)
    assert built(project).problems == ()


def test_a_template_that_changes_during_a_build_is_not_recorded_as_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site(tmp_path)
    before = TINY["base.html"]
    edits = iter([f"{before}second"])

    def edited(folder: Path) -> Templates:
        if (words := next(edits, None)) is not None:
            lay(folder, {"base.html": words})
        return read_templates(folder)

    monkeypatch.setattr("ocopgen.works.read_templates", edited)
    built(project)
    assert "second" in (project.output / "vi/index.html").read_text("utf-8")
    lay(project.templates, {"base.html": before})
    built(project)
    assert "second" not in (project.output / "vi/index.html").read_text("utf-8")


def moving(monkeypatch: pytest.MonkeyPatch, often: int) -> None:
    """Let somebody edit the rice just before it is read, so many times."""
    edits = iter(range(often))

    def edited(path: Path, wanted: str) -> bytes:
        if path.as_posix().endswith(GAO) and (number := next(edits, None)) is not None:
            path.write_text(product(body=f"Lần {number}."), "utf-8")
        return read_exactly(path, wanted)

    monkeypatch.setattr("ocopgen.survey.read_exactly", edited)


@pytest.mark.parametrize("often", [1, 2])
def test_a_file_that_changes_while_it_is_read_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, often: int
) -> None:
    project = site(tmp_path)
    moving(monkeypatch, often)
    built(project)
    assert f"Lần {often - 1}." in (project.output / "vi/san-pham/gao/index.html").read_text("utf-8")


def test_a_file_that_never_rests_is_told_and_the_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    built(project)
    before = tree(project.output)
    lay(project.content, {GAO: product(body="Mới.")})
    moving(monkeypatch, 3)
    with pytest.raises(Changed, match=r"index\.vi\.md' đang được sửa .* changed while it was being read"):
        build(project, Quiet())
    assert tree(project.output) == before
    assert next(iter(built(project).problems), None) is None


def test_everything_made_anew_is_made_without_reading_the_cache(own: Project) -> None:
    cache, recipe = Cache(own.cache), font.FONTS["text-400"]
    shutil.rmtree(own.output)
    cache.put(recipe.key, b"made by another time")
    built(own)
    assert (own.output / font.path("text-400")).read_bytes() == b"made by another time"
    done = built(own, force=True)
    assert done.printed is not None
    assert done.printed.made == done.printed.total
    assert (own.output / font.path("text-400")).read_bytes().startswith(b"wOF2")
    assert cache.get(recipe.key) == (own.output / font.path("text-400")).read_bytes()
