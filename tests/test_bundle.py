"""The fair bundle: all that it holds is there, nothing else is, and the last good one is never lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sites import TODAY, Quiet, awkward, built, jpeg, lay, site, tree

from ocopgen import bundle as module
from ocopgen import guide
from ocopgen.bundle import COMMENT, LIST, MB, Bundled, Made, Misplaced, NotOurs, Order, Unnameable, bundle, bundle_of
from ocopgen.output import Busy, Output
from ocopgen.project import Project
from ocopgen.standalone import target

DAY_VI, DAY_EN = "23/11/2026", "23 November 2026"


def bundled(project: Project, into: Path, most: int | None = None) -> Bundled:
    return bundle(project, Order(into, most, TODAY), Quiet())


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


# --- a whole site -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the awkward site, to which a photo of every width was added, and a file of somebody else."""
    folder = tmp_path_factory.mktemp("fair")
    project = awkward(folder)
    lay(project.content, {"products/nep-tiem-nang/hop.jpg": jpeg(1700, 1300)})
    built(project)
    lay(project.output, {"theirs.html": "mine", "vi/theirs.doc": "mine"})
    made = bundled(project, folder / "bundle").made
    assert made is not None
    assert made.there
    return folder / "bundle"


class Addresses(HTMLParser):
    """The addresses that a page names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.found += [given[name] for name in ("href", "src", "poster", "data", "action") if name in given]
        self.found += [one.split()[0] for one in given.get("srcset", "").split(",") if one.strip()]
        if given.get("http-equiv") == "refresh":
            self.found.append(given["content"].partition("url=")[2])


def test_every_address_leads_to_a_file_of_the_bundle_by_its_name(whole: Path) -> None:
    files, counted = names(whole), 0
    for page in (one for one in files if one.endswith(".html")):
        for address in Addresses((whole / page).read_text("utf-8")).found:
            path = target(address, page)
            if path is not None:
                counted += 1
                assert path in files, f"{page}: {address}"
                assert not re.split("[?#]", address)[0].endswith("/"), "a browser would show a folder"
    assert counted > 2000


def test_every_file_is_named_by_a_page_or_is_one_or_the_style_s(whole: Path) -> None:
    files = names(whole)
    pages = {one for one in files if one.endswith(".html")}
    named = {target(one, page) for page in pages for one in Addresses((whole / page).read_text("utf-8")).found}
    left = files - pages - named
    style = "".join(one.read_text("utf-8") for one in (whole / "assets").glob("*.css"))
    asked_by_scripts = {f"{lang}/{name}.js" for lang in ("vi", "en") for name in ("records", "numbers")}
    assert {one for one in left if one.rpartition("/")[2] not in style} == {LIST, guide.NAME, *asked_by_scripts}


def test_what_is_for_the_web_and_what_is_not_ours_is_not_in_it(whole: Path) -> None:
    files = names(whole)
    assert "404.html" not in files
    assert not any(one.startswith("admin/") or "theirs" in one for one in files)
    assert {Path(one).suffix for one in files if one.startswith("pictures/")} == {".jpg", ".svg"}
    for page in (one for one in files if one.endswith(".html")):
        text = (whole / page).read_text("utf-8")
        assert not re.search(r"crossorigin|admin/|image/avif|image/webp", text), page


def test_every_page_says_on_which_day_stars_were_judged(whole: Path) -> None:
    """Pages of no language say it in both."""
    for page in whole.rglob("*.html"):
        text = page.read_text("utf-8")
        days = {"vi": [DAY_VI], "en": [DAY_EN]}.get(page.relative_to(whole).parts[0], [DAY_VI, DAY_EN])
        assert all(re.search(rf"(?:tính đến ngày|as of)[^.]*{one}", text) for one in days), page
    said = (whole / guide.NAME).read_text("utf-8-sig")
    assert DAY_VI in said
    assert DAY_EN in said


def test_the_list_and_the_guide_tell_what_is_there(whole: Path) -> None:
    files = names(whole)
    assert {*(whole / LIST).read_text("utf-8").splitlines(), LIST} == files
    assert f"{len(files)} files" in (whole / guide.NAME).read_text("utf-8-sig")
    assert (whole / guide.NAME).read_text("utf-8-sig").startswith("Chợ thử\n")


def test_the_zip_holds_the_folder_and_nothing_else(whole: Path) -> None:
    packed = whole.with_name("bundle.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert archive.comment == COMMENT
        held = {one.filename: archive.read(one) for one in archive.infolist()}
        assert [*held] == sorted(held)
        assert {one.date_time for one in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}
        stored = {Path(one.filename).suffix for one in archive.infolist() if one.compress_type == zipfile.ZIP_STORED}
        assert {".jpg", ".woff2"} <= stored <= {".jpg", ".png", ".woff2", ".pdf"}
    assert held == {f"bundle/{path}": raw for path, raw in tree(whole).items() if raw is not None}
    assert all(one.isascii() and len(one) < 200 for one in held)


@pytest.mark.skipif(shutil.which("unzip") is None, reason="there is no unzip")
def test_another_program_opens_the_zip(whole: Path) -> None:
    subprocess.run(["unzip", "-tq", str(whole.with_name("bundle.zip"))], check=True, capture_output=True)


# --- any site ---------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    return site(tmp_path)


def both(folder: Path) -> tuple[object, bytes]:
    """A bundle, and what lies beside it that is hidden: nothing ever does."""
    assert not [one for one in folder.parent.iterdir() if one.name.startswith(f".{folder.name}")]
    return tree(folder), folder.with_name(f"{folder.name}.zip").read_bytes()


def test_the_same_site_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    first = bundled(project, tmp_path / "a" / "bundle")
    again = bundled(project, tmp_path / "a" / "bundle")
    other = bundled(project, tmp_path / "b" / "bundle")
    assert first.made == again.made == other.made
    assert both(tmp_path / "a" / "bundle") == both(tmp_path / "b" / "bundle")
    made = first.made
    assert made is not None
    folder = tmp_path / "a" / "bundle"
    assert made.size == sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    assert made.zipped == folder.with_name("bundle.zip").stat().st_size
    assert made.files == len(names(folder))
    assert made.pages == len([*folder.rglob("*.html")])


def test_a_new_bundle_takes_the_place_of_the_last_one_whole(project: Project, tmp_path: Path) -> None:
    into = tmp_path / "bundle"
    bundled(project, into)
    lay(into, {".DS_Store": "x", "pictures/Thumbs.db": "x"})
    (into / "index.html").write_text("spoiled", "utf-8")
    shutil.rmtree(project.content / "news", ignore_errors=True)
    bundled(project, into)
    bundled(project, tmp_path / "other")
    assert tree(into) == tree(tmp_path / "other")
    both(into)


def test_an_empty_folder_is_filled(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    bundled(project, tmp_path / "bundle")
    assert "index.html" in names(tmp_path / "bundle")


def test_wrong_content_leaves_the_last_bundle(project: Project, tmp_path: Path) -> None:
    into = tmp_path / "bundle"
    bundled(project, into)
    before = both(into)
    lay(project.content, {"products/gao/index.vi.md": "---\nname: x\n---\n"})
    done = bundled(project, into)
    assert done.made is None
    assert not done.built.published
    assert both(into) == before


@pytest.mark.parametrize("stage", ["_drafted", "_copied", "_zipped"])
def test_a_run_that_fails_leaves_the_last_bundle(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    into = tmp_path / "bundle"
    bundled(project, into)
    before = both(into)
    monkeypatch.setattr(module, stage, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bundled(project, into)
    assert both(into) == before


def test_where_the_zip_cannot_be_replaced_the_folder_is_not_either(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "bundle"
    real = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if to.name == "bundle.zip" and self.name.endswith(".making"):
            raise PermissionError("open elsewhere")
        return real(self, to)

    for there_before in (False, True):
        if there_before:
            bundled(project, into)
        before = both(into) if there_before else None
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", refuse)
            with pytest.raises(PermissionError):
                bundled(project, into)
        assert before == (both(into) if there_before else None)
        assert into.exists() is there_before


def test_a_run_that_was_killed_is_cleared_up_by_the_next(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "bundle"
    bundled(project, into)
    before = both(into)
    into.rename(tmp_path / ".bundle.before")
    lay(tmp_path / ".bundle.making", {"vi/index.html": "half"})
    lay(tmp_path, {".bundle.zip.making": "half"})
    with monkeypatch.context() as patch:
        patch.setattr(module, "_drafted", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bundled(project, into)
    assert both(into) == before, "the last good one is back before anything is made"
    bundled(project, into)
    assert both(into) == before


# --- where it may lie -------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["output", "output/bundle", "content", "content/x/y", "templates/x", ".", ".."])
def test_the_site_and_its_sources_are_refused(project: Project, tmp_path: Path, folder: str) -> None:
    with pytest.raises(Misplaced, match="--into"):
        bundled(project, tmp_path / folder)
    assert not project.output.exists()


def test_another_site_and_another_bundle_are_refused(project: Project, tmp_path: Path) -> None:
    built(replace(project, output=tmp_path / "site"))
    bundled(project, tmp_path / "bundle")
    for folder in ("site/bundle", "bundle/vi/bundle"):
        with pytest.raises(Misplaced):
            bundled(project, tmp_path / folder)
    with pytest.raises(NotOurs):
        bundled(project, tmp_path / "site")


@pytest.mark.parametrize("theirs", ["bundle", "bundle.zip", "bundle/thesis.doc", "bundle/vi/photo.jpg"])
@pytest.mark.parametrize("before", [False, True])
def test_what_somebody_else_laid_there_is_named_and_not_touched(
    project: Project, tmp_path: Path, theirs: str, before: bool
) -> None:
    into = tmp_path / "bundle"
    if before:
        bundled(project, into)
        if theirs in ("bundle", "bundle.zip"):
            shutil.rmtree(into)
            into.with_name("bundle.zip").unlink()
    lay(tmp_path, {theirs: "mine"})
    standing = tree(tmp_path)
    with pytest.raises(NotOurs, match=re.escape(f"'{tmp_path / theirs}' was not written by bundle")):
        bundled(project, into)
    assert before or not project.output.exists(), "and nothing was built for nothing"
    assert {path: raw for path, raw in tree(tmp_path).items() if path in standing} == standing


def test_the_site_is_held_while_it_is_read(project: Project, tmp_path: Path) -> None:
    built(project)
    with Output(project.output).claimed(), pytest.raises(Busy):
        bundled(project, tmp_path / "bundle")


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["vi/con/index.html", "vi/AUX.html", "vi/lúa.html", "vi/a:b.html", "vi/a /b.html", "vi/a./b", "a" * 200]
)
def test_a_name_that_windows_cannot_read_is_refused(tmp_path: Path, path: str) -> None:
    lay(tmp_path / "site", {path: "<p>x</p>"})
    with pytest.raises(Unnameable, match=re.escape(path)):
        bundle_of(tmp_path / "site", [path], Order(tmp_path / "bundle", None, TODAY), Quiet())
    assert not (tmp_path / "bundle").exists()


def test_in_the_zip_a_folder_has_a_plain_name(tmp_path: Path) -> None:
    lay(tmp_path / "site", {"index.html": "<p>x</p>"})
    for name, inside in (("Hội chợ 2026", "hoi-cho-2026"), ("OCOP_2026", "OCOP_2026"), ("展", "bundle")):
        bundle_of(tmp_path / "site", ["index.html"], Order(tmp_path / name, None, TODAY), Quiet())
        with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
            assert {one.partition("/")[0] for one in archive.namelist()} == {inside}


# --- thrift -----------------------------------------------------------------------------------------------

_CARD = (
    '<picture><source type="image/avif" srcset="{0}a-400.avif 400w, {0}a-800.avif 800w, {0}a-1600.avif 1600w">'
    '<source type="image/jpeg" srcset="{0}a-400.jpg 400w, {0}a-800.jpg 800w, {0}a-1600.jpg 1600w">'
    '<img src="{0}a-800.jpg" alt=""></picture>'
)
_ALL, _OWN = (
    '<ul><li><a href="{}all.pdf">All</a></li></ul>',
    '<section><ul><li><a href="a.pdf">A</a></li></ul></section>',
)
SITE = {
    "index.html": '<title>T</title><a href="vi/">vi</a>',
    "vi/index.html": _CARD.format("../pictures/") + _ALL.format("../"),
    "vi/a/index.html": _CARD.format("../../pictures/") + _OWN + _ALL.format("../../"),
    "vi/a/a.pdf": b"A" * 3 * MB,
    "all.pdf": b"B" * MB,
    **{f"pictures/a-{width}.{form}": b"P" * width * 1000 for width in (400, 800, 1600) for form in ("avif", "jpg")},
    "pictures/poster.jpg": b"shown by other sites alone",
    "404.html": "<p>x",
}


def thrifty(folder: Path, most: int | None, paths: dict[str, str | bytes] = SITE) -> Made:
    lay(folder / "site", paths)
    return bundle_of(folder / "site", paths, Order(folder / "bundle", most, TODAY), Quiet())


PICTURES = {width: f"pictures/a-{width}.jpg" for width in (400, 800, 1600)}
PAGES = {"index.html", "vi/index.html", "vi/a/index.html", LIST, guide.NAME}


@pytest.mark.parametrize(
    ("most", "step", "kept"),
    [
        (None, 0, {*PICTURES.values(), "vi/a/a.pdf", "all.pdf"}),
        (7 * MB, 0, {*PICTURES.values(), "vi/a/a.pdf", "all.pdf"}),
        (6 * MB, 1, {PICTURES[400], PICTURES[800], "vi/a/a.pdf", "all.pdf"}),
        (5 * MB, 2, {PICTURES[400], "vi/a/a.pdf", "all.pdf"}),
        (4 * MB, 3, {PICTURES[400], "all.pdf"}),
    ],
)
def test_the_first_step_that_keeps_to_the_size_is_taken(
    tmp_path: Path, most: int | None, step: int, kept: set[str]
) -> None:
    made = thrifty(tmp_path, most)
    assert made.step == module.STEPS[step]
    assert names(tmp_path / "bundle") == PAGES | kept
    assert most is None or made.size <= most
    page = (tmp_path / "bundle" / "vi" / "a" / "index.html").read_text("utf-8")
    assert ("a.pdf" in page) is (step < 3)
    assert "<section>" in page or step == 3
    assert 'href="../../all.pdf"' in page


def test_the_size_that_a_bundle_has_is_enough_and_a_byte_less_is_not(tmp_path: Path) -> None:
    size = thrifty(tmp_path, None).size
    assert thrifty(tmp_path, size).step == module.STEPS[0]
    assert thrifty(tmp_path, size - 1).step == module.STEPS[1]


def test_what_is_too_large_by_every_step_replaces_nothing(tmp_path: Path) -> None:
    thrifty(tmp_path, 4 * MB)
    before = both(tmp_path / "bundle")
    made = thrifty(tmp_path, MB)
    assert not made.there
    assert made.zipped == 0
    assert made.size > MB
    assert made.kinds[0] == ("tờ giới thiệu / brochures", MB)
    assert made.kinds[1] == ("ảnh / pictures", 400_000)
    assert both(tmp_path / "bundle") == before


def test_without_brochures_there_is_no_step_of_leaving_them_out(tmp_path: Path) -> None:
    bare = {path: raw for path, raw in SITE.items() if not path.endswith("a.pdf")}
    bare["vi/a/index.html"] = _CARD.format("../../pictures/")
    assert thrifty(tmp_path, 1, bare).step == module.STEPS[2]
