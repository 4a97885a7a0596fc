"""The same content, day and program give the same bytes anywhere; and a disk that fails spoils nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sites import ROOT, TODAY, Files, Quiet, awkward, built, lay, page_of, product, tree

from ocopgen.output import Output
from ocopgen.project import Project, build

ELSEWHERE = [
    ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "1"),
    ({"TZ": "America/Adak", "LC_ALL": "vi_VN.UTF-8", "PYTHONHASHSEED": "4242"}, "3"),
]
"""Other time zones, locales, seeds of hashing, and numbers of processes."""


def copied(content: Path, to: Path, chance: Random) -> Path:
    """A copy whose files were made in another order."""
    files = sorted(one for one in content.rglob("*") if one.is_file())
    chance.shuffle(files)
    for one in files:
        target = to / one.relative_to(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(one, target)
    return to


@pytest.mark.parametrize(("environment", "jobs"), ELSEWHERE)
def test_the_same_bytes_come_from_another_place(tmp_path: Path, environment: dict[str, str], jobs: str) -> None:
    here = awkward(tmp_path / "here")
    built(here)
    there = tmp_path / "một nơi khác" / "nữa"
    content = copied(here.content, there / "content", Random(jobs))
    options = ["--content", content.name, "--output", "trang", "--cache", str(here.cache), "--jobs", jobs]
    command = [sys.executable, str(ROOT / "build.py"), "build", "--force", "--date", TODAY.isoformat(), *options]
    done = subprocess.run(command, cwd=there, env={**os.environ, **environment}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert tree(there / "trang") == tree(here.output)


# --- disks that fail --------------------------------------------------------------------------------------

MORE: Files = {page_of("products", f"them-{n}"): product(f"Gạo thêm {n}") for n in range(5)}


@pytest.fixture
def grown(tmp_path: Path) -> tuple[Project, dict[str, bytes | None], dict[str, bytes | None]]:
    """A project that was built and then got more entries, with its site before and after."""
    project = awkward(tmp_path / "site")
    built(project)
    before = tree(project.output)
    other = awkward(tmp_path / "other")
    producer = next((other.content / "producers").iterdir()).name
    more = {path: str(text).replace("producer: an", f"producer: {producer}") for path, text in MORE.items()}
    for one in (project, other):
        lay(one.content, more)
    built(other)
    return project, before, tree(other.output)


@pytest.mark.parametrize("nth", [1, 2, 5])
@pytest.mark.parametrize("what", ["stage", "publish"])
def test_a_full_disk_leaves_whole_files_and_the_next_build_mends_all(
    grown: tuple[Project, dict[str, bytes | None], dict[str, bytes | None]],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    nth: int,
) -> None:
    project, before, after = grown
    count = 0

    def full(path: str) -> None:
        nonlocal count
        count += 1
        if count >= nth:
            raise OSError(errno.ENOSPC, "No space left on device", path)

    with monkeypatch.context() as patch:
        if what == "stage":
            stage = Output.stage

            def staged(self: Output, path: str, content: bytes) -> tuple[int, int]:
                full(path)
                return stage(self, path, content)

            patch.setattr(Output, "stage", staged)
        else:
            move = os.replace

            def replaced(source: str, target: str) -> None:
                if "/staging/" in str(source):
                    full(target)
                move(source, target)

            patch.setattr(os, "replace", replaced)
        with pytest.raises(OSError, match="No space"):
            build(replace(project, jobs=1), Quiet())
    for path, raw in tree(project.output).items():
        assert raw is None or raw in (before.get(path), after.get(path))
    built(project)
    assert tree(project.output) == after


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for the one who rules")
def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    project.output.mkdir()
    project.output.chmod(0o500)
    with pytest.raises(PermissionError):
        build(project, Quiet())
    project.output.chmod(0o700)
    built(project)
