"""The output folder: one build at a time holds it, files are moved into place together, and only ours are removed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sites import lay

from ocopgen.ledger import FOLDER, ForeignFolder
from ocopgen.output import Busy, Output


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
        assert not output.staging.exists()


def test_one_build_at_a_time_holds_the_folder(tmp_path: Path) -> None:
    with Output(tmp_path).claimed():
        Output(tmp_path).stage("a", b"x")
        with pytest.raises(Busy) as busy, Output(tmp_path).claimed():
            pass
        assert busy.value.args == (os.getpid(),)
        assert len(list(Output(tmp_path).staging.iterdir())) == 1
        os.truncate(tmp_path / FOLDER / "lock", 0)
        with pytest.raises(Busy, match=r"process \?") as busy, Output(tmp_path).claimed():
            pass
        assert busy.value.args == (None,)
    with Output(tmp_path).claimed():
        pass


@contextmanager
def held_by_another(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that claimed the folder and holds it until it is killed."""
    code = "from ocopgen.output import *\nwith Output(Path(sys.argv[1])).claimed(): print(1, flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == b"1\n"
        yield other
        other.kill()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    with (
        held_by_another(tmp_path) as other,
        pytest.raises(Busy, match=f"tiến trình {other.pid}"),
        Output(tmp_path).claimed(),
    ):
        pass
    with Output(tmp_path).claimed():
        assert (tmp_path / FOLDER / "lock").read_text() == str(os.getpid())


def test_a_build_waits_for_another_and_is_told_which_it_is(tmp_path: Path) -> None:
    told: list[int | None] = []
    with held_by_another(tmp_path) as other:

        def waiting(number: int | None) -> None:
            told.append(number)
            other.kill()
            other.wait()

        with Output(tmp_path).claimed(patience=600, waiting=waiting):
            assert (tmp_path / FOLDER / "lock").read_text() == str(os.getpid())
    assert told == [other.pid]


def test_a_build_that_waited_long_enough_says_for_whom(tmp_path: Path) -> None:
    told: list[int | None] = []
    with Output(tmp_path).claimed():
        with pytest.raises(Busy) as busy, Output(tmp_path).claimed(patience=0.01, waiting=told.append):
            pass
        assert busy.value.args == (os.getpid(),)
    assert told == [os.getpid()]


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
