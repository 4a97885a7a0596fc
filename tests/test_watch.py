"""Changes on disk: told in batches, none lost, and nothing told that no build reads."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ocopgen import watch as module
from ocopgen.watch import Batch, Watched, changes

PATIENCE = 30.0


class Told:
    """What is told of two folders, from the moment on in which nothing can be missed."""

    def __init__(self, root: Path, *but: Path) -> None:
        self.content, self.templates = root / "content", root / "templates"
        for one in (self.content, self.templates):
            one.mkdir(parents=True, exist_ok=True)
        self.batches = changes(Watched.of((self.content, self.templates), but))
        assert next(self.batches) == frozenset()

    def until(self, *paths: Path) -> Batch:
        """All that is told until each of some paths was."""
        told: Batch = frozenset()
        end = time.monotonic() + PATIENCE
        while not told.issuperset(one.resolve() for one in paths):
            assert time.monotonic() < end, f"told only {sorted(told)}"
            told |= next(self.batches)
        return told


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    one = Told(tmp_path)
    with closing(one.batches):
        yield one


def write(path: Path, words: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")
    return path


def by_rename(path: Path) -> Path:
    """Saved as most editors do: written beside, and moved into place."""
    write(path.with_name("4913")).unlink()
    return write(path.with_name(f"{path.name}.tmp")).replace(path)


def test_what_is_written_renamed_or_deleted_is_told(told: Told) -> None:
    page = told.content / "products" / "gao" / "index.vi.md"
    told.until(write(page).parent.parent)
    next(told.batches)
    assert told.until(write(page, "other")) == {page}
    assert told.until(by_rename(page)) == {page}
    page.unlink()
    assert told.until(page) == {page}
    sheet = told.templates / "style.css"
    assert told.until(by_rename(sheet)) == {sheet}


def test_a_change_while_nobody_asks_is_told_later(told: Told) -> None:
    first, second = told.content / "first.md", told.content / "second.md"
    told.until(write(first))
    write(second)
    shutil.copy(second, first)
    assert told.until(first, second) == {first, second}


def test_a_checkout_of_many_files_is_told_whole(told: Told) -> None:
    folders = [told.content / f"folder-{number}" for number in range(100)]
    for one in folders:
        one.mkdir()
    told.until(*folders)
    files = [write(folder / f"{number}.md") for folder in folders for number in range(10)]
    assert told.until(*files) == set(files)


def test_a_new_folder_is_told_and_so_is_what_comes_into_it(told: Told, tmp_path: Path) -> None:
    deep = write(tmp_path / "elsewhere" / "a" / "b" / "index.md").parent
    moved = told.content / "moved"
    shutil.move(tmp_path / "elsewhere", moved)
    told.until(moved)
    assert told.until(write(moved / "a" / "b" / "new.md")) == {moved / "a" / "b" / "new.md"}
    assert deep.name == "b"


@pytest.mark.parametrize("name", ["content", "templates"])
def test_a_watched_folder_that_is_made_anew_is_watched_again(told: Told, tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    for again in range(2):
        shutil.rmtree(root)
        root.mkdir()
        told.until(root, told.content, told.templates)
        told.until(write(root / f"{again}.html"))
    shutil.rmtree(root)
    told.until(root)
    for _ in range(3):
        next(told.batches)
    write(root / "again.html")
    told.until(root, told.content, told.templates)
    told.until(write(root / "again.html", "other"))


def test_folders_that_are_both_away_are_waited_for(told: Told) -> None:
    for one in (told.content, told.templates):
        shutil.rmtree(one)
    told.until(told.content, told.templates)
    for _ in range(3):
        next(told.batches)
    for one in (told.content, told.templates):
        one.mkdir()
    told.until(told.content, told.templates)
    told.until(write(told.content / "a.md"))


LITTER = (
    ".index.vi.md.swp",
    ".git/HEAD",
    ".cache/x/y",
    "4913",
    "index.vi.md~",
    "#index.vi.md#",
    ".#index.vi.md",
    "index.vi.md.tmp",
    "index.vi.md___jb_tmp___",
    "sedAbC123",
    "photo.jpg.part",
    "Thumbs.db",
)


def test_what_editors_and_systems_leave_is_not_told(told: Told) -> None:
    for name in LITTER:
        write(told.content / name)
    real = write(told.content / "real.md")
    assert told.until(real) == {real}


def test_the_output_and_the_cache_are_not_told_even_inside_the_content(tmp_path: Path) -> None:
    output, cache = tmp_path / "content" / "output", tmp_path / "content" / "kept"
    told = Told(tmp_path, output, cache)
    with closing(told.batches):
        write(output / "index.html")
        write(cache / "a" / "b")
        real = write(told.content / "real.md")
        assert told.until(real) == {real}


def test_folders_that_are_named_from_here_or_by_a_link_are_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real" / "content").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    with closing(changes(Watched.of([Path("link/content")]))) as batches:
        assert next(batches) == frozenset()
        write(tmp_path / "real" / "content" / "a.md")
        while not (batch := next(batches)):
            pass
        assert batch == {(tmp_path / "real" / "content" / "a.md").resolve()}


def watching(*faults: Exception) -> tuple[list[bool | None], Callable[..., Iterator[set[tuple[int, str]]]]]:
    """Instead of watchfiles: faults, one a time, then silence; and whether it was told to look at every file."""
    polling: list[bool | None] = []
    ahead = iter(faults)

    def watch(*_: Path, force_polling: bool | None, **__: object) -> Iterator[set[tuple[int, str]]]:
        polling.append(force_polling)
        for fault in ahead:
            raise fault
        while True:
            yield set()

    return polling, watch


def test_where_the_system_tells_nothing_every_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    polling, watch = watching(FileNotFoundError("just gone"), OSError("OS file watch limit reached."))
    monkeypatch.setattr(module, "watch", watch)
    with closing(changes(Watched.of([tmp_path]))) as batches:
        assert next(batches) == {tmp_path.resolve()}
        assert next(batches) == frozenset()
    assert polling == [None, None, True]
    told = capsys.readouterr().err
    assert "không theo dõi được thay đổi (OS file watch limit reached.)" in told
    assert "cannot be told of changes" in told


def test_where_not_even_that_is_possible_it_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, watch = watching(OSError("limit"), OSError("no"))
    monkeypatch.setattr(module, "watch", watch)
    with pytest.raises(OSError, match=r"^no$"):
        next(changes(Watched.of([tmp_path])))


def test_every_file_that_is_looked_at_tells_its_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    told = Told(tmp_path)
    with closing(told.batches):
        told.until(write(told.content / "a.md"))
