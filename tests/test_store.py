"""The disk: what is read and refused, the cache, and an output folder that removes only what it made."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from sites import SVG, lay, photo

from ocopgen.cache import Cache
from ocopgen.document import MAX_BYTES
from ocopgen.html import Templates
from ocopgen.ledger import FOLDER, ForeignFolder, write
from ocopgen.recipe import digest
from ocopgen.store import (
    Busy,
    Library,
    Output,
    Workshop,
    illustrations,
    read_content,
    read_templates,
)


def library(folder: Path) -> Library:
    return read_content(folder, "content")


def codes(found: Library) -> list[tuple[str, str]]:
    return [(str(one.place), one.code) for one in found.problems]


# --- reading ----------------------------------------------------------------------------------------------


def test_texts_are_bytes_and_pictures_are_told_where_they_lie(tmp_path: Path) -> None:
    names = "products/gao/hop.JPG", "products/gao/iphone.HEIC", "products/gao/quay.mov"
    lay(tmp_path, {"site.yml": "x", "products/gao/index.vi.md": "y", **dict.fromkeys(names, "no picture at all")})
    found = library(tmp_path)
    assert found.texts == {"site.yml": b"x", "products/gao/index.vi.md": b"y"}
    assert found.pictures == {name: tmp_path / name for name in names}
    assert found.problems == found.strangers == ()


def test_a_content_is_what_was_read_and_the_pictures_as_they_were_found_to_be(tmp_path: Path) -> None:
    lay(tmp_path, {"site.yml": "x", "products/gao/hop.jpg": "…", "a.docx": "x"})
    (tmp_path / "b.yml").symlink_to("site.yml")
    found, photos = library(tmp_path), {"products/gao/hop.jpg": photo("products/gao/hop.jpg")}
    content = found.content(photos)
    assert (content.texts, content.photos, content.root) == ({"site.yml": b"x"}, photos, "content")
    assert (content.strangers, content.problems) == (("a.docx",), found.problems)


def test_files_that_nobody_knows_are_strangers_and_litter_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, {"a.docx": "x", ".git/config": "x", "products/.DS_Store": "x", "Thumbs.db": "x", "desktop.ini": "x"})
    found = library(tmp_path)
    assert found.strangers == ("a.docx",)
    assert found.texts == {}


def test_names_are_read_as_composed_letters(tmp_path: Path) -> None:
    lay(tmp_path, {unicodedata.normalize("NFD", "pages/Giới thiệu/index.vi.md"): "x"})
    assert list(library(tmp_path).texts) == ["pages/Giới thiệu/index.vi.md"]


def test_a_symbolic_link_is_refused_and_never_followed(tmp_path: Path) -> None:
    lay(tmp_path, {"secret/secret.yml": "x", "content/products/gao/index.vi.md": "y"})
    (tmp_path / "content/products/gao/index.en.md").symlink_to(tmp_path / "secret/secret.yml")
    (tmp_path / "content/products/vong").symlink_to(tmp_path / "content", target_is_directory=True)
    (tmp_path / "content/dau.yml").symlink_to("/no/such/file")
    found = library(tmp_path / "content")
    assert codes(found) == [
        ("content/dau.yml", "symlink"),
        ("content/products/gao/index.en.md", "symlink"),
        ("content/products/vong", "symlink"),
    ]
    assert list(found.texts.values()) == [b"y"]


def test_a_file_that_is_too_large_is_read_only_so_far(tmp_path: Path) -> None:
    lay(tmp_path, {"site.yml": b"x" * (MAX_BYTES + 5000)})
    assert len(library(tmp_path).texts["site.yml"]) == MAX_BYTES + 1


def test_a_name_that_is_no_text_is_a_problem_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "products").mkdir()
    with open(os.fsencode(tmp_path) + b"/products/\xff.md", "wb"):  # noqa: PTH123 -- a path of bytes
        pass
    assert codes(library(tmp_path)) == [("content/products/?.md", "name-not-utf8")]


def test_odd_names_are_only_names(tmp_path: Path) -> None:
    names = "products/a b/index.vi.md", "products/x/'; drop.md", "products/x/\nnew line.md", "products/x/-rf.md"
    lay(tmp_path, dict.fromkeys(names, "x"))
    assert set(library(tmp_path).texts) == set(names)


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert library(tmp_path).texts == {}


def test_templates_and_drawings_are_read_by_name(tmp_path: Path) -> None:
    lay(tmp_path, {"a.html": "A", "s.css": "C", "notes.txt": "x", "illustrations/set-03.svg": SVG})
    assert read_templates(tmp_path).sources == {"a.html": "A", "s.css": "C"}
    assert illustrations(tmp_path / "illustrations") == {"set-03": tmp_path / "illustrations/set-03.svg"}


# --- tools ------------------------------------------------------------------------------------------------


def test_costly_bytes_are_made_once(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    made: list[str] = []

    def make() -> dict[str, bytes]:
        made.append("x")
        return {"key1": b"one", "key2": b"two"}

    assert [workshop.kept("key1", make), workshop.kept("key1", make), workshop.kept("key2", make)] == [
        b"one",
        b"one",
        b"two",
    ]
    assert made == ["x"]
    assert workshop.cache.size("key2") == 3
    assert workshop.cache.size("key3") is None
    assert workshop.cache.get("key3") is None


def test_what_the_disk_has_spoiled_is_made_anew(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path))
    workshop.cache.put("key1", b"one")
    (kept,) = (one for one in tmp_path.rglob("*") if one.is_file())
    kept.write_bytes(kept.read_bytes()[:-1])
    assert workshop.kept("key1", lambda: {"key1": b"one"}) == b"one"
    assert workshop.cache.get("key1") == b"one"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path / "a/b", b"x")
    write(tmp_path / "a/b", b"y")
    assert [(one.name, one.read_bytes()) for one in (tmp_path / "a").iterdir()] == [("b", b"y")]


def test_a_picture_that_changed_since_it_was_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    workshop = Workshop(Templates({}), {digest(b"x"): path}, Cache(tmp_path))
    assert workshop.source(digest(b"x")) == b"x"
    path.write_bytes(b"y")
    with pytest.raises(OSError, match="changed"):
        workshop.source(digest(b"x"))


# --- the output -------------------------------------------------------------------------------------------


def published(output: Output, *paths: str) -> None:
    with output.claimed():
        for path in paths:
            output.stage(path, path.encode())
        output.publish(paths)


@pytest.mark.parametrize("name", ["", "a/b/c"])
def test_a_folder_that_is_empty_or_not_there_is_claimed(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        with Output(tmp_path / name).claimed():
            assert (tmp_path / name / FOLDER).is_dir()


def test_a_folder_of_somebody_else_is_refused_and_not_touched(tmp_path: Path) -> None:
    lay(tmp_path, {"thesis.doc": "x"})
    with pytest.raises(ForeignFolder, match=tmp_path.name), Output(tmp_path).claimed():
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.doc"]
    with pytest.raises(ForeignFolder), Output(tmp_path / "thesis.doc").claimed():
        pass


def test_files_wait_until_they_are_published(tmp_path: Path) -> None:
    output = Output(tmp_path / "out")
    with output.claimed():
        size, mtime = output.stage("vi/index.html", b"x")
        assert not (output.root / "vi").exists()
        output.publish(["vi/index.html"])
    assert output.standing(["vi/index.html", "no", "vi/index.html/x"]) == {"vi/index.html": (size, mtime)}
    assert not output.staging.exists()


def test_what_was_staged_by_a_build_that_broke_off_is_forgotten(tmp_path: Path) -> None:
    output = Output(tmp_path)
    lay(tmp_path, {f"{FOLDER}/staging/old": "x"})
    with output.claimed():
        assert list(output.staging.iterdir()) == []


def test_one_build_at_a_time_holds_the_folder(tmp_path: Path) -> None:
    with Output(tmp_path).claimed():
        Output(tmp_path).stage("a", b"x")
        with pytest.raises(Busy) as busy, Output(tmp_path).claimed():
            pass
        assert busy.value.args == (os.getpid(),)
        assert (Output(tmp_path).staging / "a").is_file()
        os.truncate(tmp_path / FOLDER / "lock", 0)
        with pytest.raises(Busy, match=r"process \?") as busy, Output(tmp_path).claimed():
            pass
        assert busy.value.args == (None,)
    with Output(tmp_path).claimed():
        pass


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    code = "from ocopgen.store import *\nwith Output(Path(sys.argv[1])).claimed(): print(1, flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(Busy, match=f"tiến trình {other.pid}"), Output(tmp_path).claimed():
            pass
        other.kill()
    with Output(tmp_path).claimed():
        assert (tmp_path / FOLDER / "lock").read_text() == str(os.getpid())


def test_removing_files_prunes_the_folders_they_leave_empty_and_no_others(tmp_path: Path) -> None:
    output = Output(tmp_path)
    published(output, "vi/a/b/index.html", "vi/c/index.html", "en/x")
    lay(tmp_path, {"vi/c/mine.txt": "not ours"})
    output.remove(["vi/a/b/index.html", "vi/c/index.html", "en/x", "never/was"])
    assert sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*") if FOLDER not in one.parts) == [
        "vi",
        "vi/c",
        "vi/c/mine.txt",
    ]


def test_what_others_put_in_the_place_of_a_removed_file_stays(tmp_path: Path) -> None:
    output = Output(tmp_path)
    published(output, "a", "b/c")
    output.remove(["a", "b/c"])
    lay(tmp_path, {"a/mine": "x", "b": "x"})
    output.remove(["a", "b/c"])
    assert (tmp_path / "a/mine").is_file()
    assert (tmp_path / "b").is_file()


@pytest.mark.parametrize(
    ("there", "paths", "ours", "found"),
    [
        ("a", ["a"], [], None),
        ("a", ["a/b/c"], [], "a"),
        ("a", ["a/b/c"], ["a"], None),
        ("a/b", ["c", "a/b/c/d"], [], "a/b"),
        ("a/b/c", ["a"], [], "a/b/c"),
        ("a/b/c", ["a"], ["a/b/c"], None),
        ("a/b/c", ["a/b"], ["a/b"], "a/b/c"),
        ("a/b/c", ["a/d", "b"], [], None),
    ],
)
def test_an_obstacle_is_a_file_of_others_where_a_folder_is_needed_or_the_reverse(
    tmp_path: Path, there: str, paths: list[str], ours: list[str], found: str | None
) -> None:
    lay(tmp_path, {there: "x"})
    assert Output(tmp_path).obstacle(paths, ours) == (tmp_path / found if found else None)


def test_links_are_obstacles_as_files_are(tmp_path: Path) -> None:
    lay(tmp_path, {"folder/x": "x", "out/a/b": "x"})
    (tmp_path / "out/a/link").symlink_to(tmp_path / "folder", target_is_directory=True)
    (tmp_path / "out/dangling").symlink_to("/no/such/file")
    output = Output(tmp_path / "out")
    assert output.obstacle(["a"], ["a/b"]) == tmp_path / "out/a/link"
    assert output.obstacle(["dangling/a"], []) == tmp_path / "out/dangling"


def test_empty_folders_in_the_place_of_a_file_go(tmp_path: Path) -> None:
    output = Output(tmp_path)
    with output.claimed():
        (tmp_path / "vi/a/b").mkdir(parents=True)
        (tmp_path / "vi/c").mkdir()
    published(output, "vi")
    assert (tmp_path / "vi").read_bytes() == b"vi"
