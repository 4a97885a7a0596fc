"""What lies in the content folder: what is found and refused, and that only what changed is read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sites import lay

from ocopgen import survey as module
from ocopgen.cache import Changed
from ocopgen.notebook import Notebook
from ocopgen.recipe import digest
from ocopgen.survey import RACY, Found, Survey, survey


def looked(folder: Path, notes: Path | None = None) -> Survey:
    """What lies in a folder; what was learned is noted, in a folder of its own."""
    book = Notebook(notes or folder.parent / "notes")
    found = survey(folder, "content", book)
    book.save()
    return found


def codes(found: Survey) -> list[tuple[str, str]]:
    return [(str(one.place), one.code) for one in found.problems]


def digests(files: Mapping[str, Found]) -> dict[str, str]:
    return {name: one.digest for name, one in files.items()}


# --- what is there ----------------------------------------------------------------------------------------


def test_texts_and_pictures_are_known_by_their_bytes_and_told_where_they_lie(tmp_path: Path) -> None:
    names = "products/gao/hop.JPG", "products/gao/iphone.HEIC", "products/gao/quay.mov"
    lay(tmp_path, {"site.yml": "x", "products/gao/index.vi.md": "y", **dict.fromkeys(names, "no picture at all")})
    found = looked(tmp_path)
    assert digests(found.texts) == {"site.yml": digest(b"x"), "products/gao/index.vi.md": digest(b"y")}
    assert {name: one.path for name, one in found.pictures.items()} == {name: str(tmp_path / name) for name in names}
    assert found.problems == found.strangers == ()


def test_files_that_nobody_knows_are_strangers_and_litter_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, {"a.docx": "x", ".git/config": "x", "products/.DS_Store": "x", "Thumbs.db": "x", "desktop.ini": "x"})
    found = looked(tmp_path)
    assert found.strangers == ("a.docx",)
    assert found.texts == {}


def test_names_are_read_as_composed_letters(tmp_path: Path) -> None:
    lay(tmp_path, {unicodedata.normalize("NFD", "pages/Giới thiệu/index.vi.md"): "x"})
    assert list(looked(tmp_path).texts) == ["pages/Giới thiệu/index.vi.md"]


def test_a_symbolic_link_is_refused_and_never_followed(tmp_path: Path) -> None:
    lay(tmp_path, {"secret/secret.yml": "x", "content/products/gao/index.vi.md": "y"})
    (tmp_path / "content/products/gao/index.en.md").symlink_to(tmp_path / "secret/secret.yml")
    (tmp_path / "content/products/vong").symlink_to(tmp_path / "content", target_is_directory=True)
    (tmp_path / "content/dau.yml").symlink_to("/no/such/file")
    found = looked(tmp_path / "content")
    assert sorted(codes(found)) == [
        ("content/dau.yml", "symlink"),
        ("content/products/gao/index.en.md", "symlink"),
        ("content/products/vong", "symlink"),
    ]
    assert [one.read() for one in found.texts.values()] == [b"y"]


def test_a_name_that_is_no_text_is_a_problem_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "products").mkdir()
    with open(os.fsencode(tmp_path) + b"/products/\xff.md", "wb"):  # noqa: PTH123 -- a path of bytes
        pass
    assert codes(looked(tmp_path)) == [("content/products/?.md", "name-not-utf8")]


def test_odd_names_are_only_names(tmp_path: Path) -> None:
    names = "products/a b/index.vi.md", "products/x/'; drop.md", "products/x/\nnew line.md", "products/x/-rf.md"
    lay(tmp_path, dict.fromkeys(names, "x"))
    assert set(looked(tmp_path).texts) == set(names)


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert looked(tmp_path).texts == {}


def test_the_order_in_which_the_disk_tells_of_files_is_no_difference(tmp_path: Path) -> None:
    names = "products/b/index.vi.md", "products/a/index.vi.md", "products/a/z.jpg", "site.yml", "pages/x/index.vi.md"
    for number, order in enumerate((names, names[::-1])):
        for name in order:
            lay(tmp_path / str(number), {name: name})
    one, other = looked(tmp_path / "0"), looked(tmp_path / "1")
    assert list(one.texts) == list(other.texts)
    assert one.digest == other.digest


FILES = {"site.yml": "x", "products/gao/index.vi.md": "y", "products/gao/hop.jpg": "z", "a.docx": "x"}


@pytest.mark.parametrize(
    "change",
    [
        {"site.yml": "X"},
        {"products/gao/hop.jpg": "Z"},
        {"site.yml": None},
        {"a.docx": None},
        {"b.docx": "x"},
        {"products/gao/index.en.md": ""},
        {"products/gao/hop.jpg": None, "products/gao/hop2.jpg": "z"},
        {"site.yml": "y", "products/gao/index.vi.md": "x"},
    ],
)
def test_whatever_changes_there_is_another_fingerprint(tmp_path: Path, change: dict[str, str | None]) -> None:
    before = looked(lay(tmp_path, FILES)).digest
    for name, text in change.items():
        (tmp_path / name).unlink() if text is None else lay(tmp_path, {name: text})
    assert looked(tmp_path).digest != before


def test_what_nobody_reads_of_a_stranger_is_no_difference(tmp_path: Path) -> None:
    before = looked(lay(tmp_path, FILES)).digest
    lay(tmp_path, {"a.docx": "another", ".git/x": "x", "Thumbs.db": "x"})
    assert looked(tmp_path).digest == before


# --- what is read -----------------------------------------------------------------------------------------


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files whose bytes are read, as they are read."""
    names: list[str] = []

    def counted(path: str, *more: Any) -> Any:
        names.append(path.rpartition("/")[2])
        return open(path, *more)  # noqa: PTH123 -- in place of this very function

    monkeypatch.setattr(module, "open", counted, raising=False)
    return names


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which every file is long settled."""
    now = module.time.time_ns() + 60 * RACY
    monkeypatch.setattr(module.time, "time_ns", lambda: now)


LONG_AGO = 1_700_000_000_000_000_000


@pytest.mark.usefixtures("later")
def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path, reads: list[str]) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one", "b/c.yml": "two"})
    first = looked(folder)
    assert digests(first.pictures) == {"a.jpg": digest(b"one")}
    assert looked(folder) == first
    assert reads == ["a.jpg", "c.yml"]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("content", ["two", "longer"])
def test_a_file_that_changed_is_read_again_though_its_time_was_put_back(
    tmp_path: Path, reads: list[str], content: str
) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one", "b.jpg": "b"})
    path = folder / "a.jpg"
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    looked(folder)
    before = path.stat().st_ctime_ns
    while path.stat().st_ctime_ns == before:  # the clock of file times has steps
        path.write_text(content)
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert digests(looked(folder).pictures)["a.jpg"] == digest(content)
    assert reads == ["a.jpg", "b.jpg", "a.jpg"]


@pytest.mark.usefixtures("later")
def test_another_file_moved_into_its_place_is_read(tmp_path: Path) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one"})
    looked(folder)
    lay(tmp_path, {"new.jpg": "two"})
    (tmp_path / "new.jpg").replace(folder / "a.jpg")
    assert digests(looked(folder).pictures) == {"a.jpg": digest(b"two")}


def test_a_file_that_was_just_written_is_not_trusted(tmp_path: Path, reads: list[str]) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one"})
    os.utime(folder / "a.jpg", ns=(LONG_AGO, LONG_AGO))
    for _ in range(2):
        looked(folder)
    assert reads == ["a.jpg", "a.jpg"]
    assert not (tmp_path / "notes").exists()


@pytest.mark.usefixtures("later")
def test_a_file_that_changes_while_it_is_read_is_not_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one"})
    os.utime(folder / "a.jpg", ns=(LONG_AGO, LONG_AGO))

    def and_written(raw: bytes) -> str:
        lay(folder, {"a.jpg": "two"})
        return digest(raw)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "digest", and_written)
        looked(folder)
    assert digests(looked(folder).pictures) == {"a.jpg": digest(b"two")}


@pytest.mark.usefixtures("later")
def test_folders_of_the_same_names_do_not_take_each_others_notes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        folder = lay(tmp_path / name, {"a.jpg": name})
        assert digests(looked(folder, tmp_path / "notes").pictures) == {"a.jpg": digest(name)}


@pytest.mark.usefixtures("later")
def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    folder = lay(tmp_path / "content", {"a.jpg": "one", "b.jpg": "two"})
    looked(folder)
    (folder / "a.jpg").unlink()
    assert list(looked(folder).pictures) == ["b.jpg"]
    assert list(Notebook(tmp_path / "notes").get(f"files {folder}")) == ["b.jpg"]


# --- reading it later -------------------------------------------------------------------------------------


def test_a_file_is_read_as_it_was_found_or_not_at_all(tmp_path: Path) -> None:
    folder = lay(tmp_path / "content", {"a.yml": "one"})
    found = looked(folder).texts["a.yml"]
    assert found.read() == b"one"
    lay(folder, {"a.yml": "two"})
    with pytest.raises(Changed, match=r"a\.yml"):
        found.read()
    (folder / "a.yml").unlink()
    with pytest.raises(Changed):
        found.read()


def test_of_a_file_that_is_too_large_only_so_much_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay(tmp_path / "content", {"a.yml": b"x" * 5000})
    assert len(looked(folder).texts["a.yml"].read(1000)) == 1001
    monkeypatch.setattr(module, "UNREAD", 1000)
    before = looked(folder)
    assert len(before.texts["a.yml"].read(1000)) == 1001
    lay(folder, {"a.yml": b"x" * 5001})
    assert looked(folder).digest != before.digest
