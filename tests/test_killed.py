"""A build that is killed at any moment leaves whole files only, and the next one ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sites import ROOT, TODAY, Files, awkward, built, lay, page_of, producer, product, stars, tree

from ocopgen.project import Project

KILLS = int(os.environ.get("OCOPGEN_KILLS", "6"))
"""How often; a long run is asked for by this variable."""

ADDED: Files = {
    page_of("producers", "moi"): producer("Hợp tác xã Mới"),
    **{
        page_of("products", f"moi-{n}"): product(f"Gạo mới {n}", "## Chuyện\n\nMới.", producer="moi") for n in range(40)
    },
    page_of("products", "moi-sao"): product("Gạo sao", producer="moi", recognitions=[stars(4)]),
}


def contents(folder: Path) -> tuple[Project, Project]:
    """Two states of the content of one project, each in a folder of its own."""
    one = awkward(folder / "one")
    other = awkward(folder / "other")
    lay(other.content, ADDED)
    return one, other


def switch(content: Path, to: Path) -> None:
    """Let a content folder hold what another holds, file by file, as a checkout would do it."""
    wanted = {one.relative_to(to): one.read_bytes() for one in to.rglob("*") if one.is_file()}
    for one in [one for one in content.rglob("*") if one.is_file()]:
        if one.relative_to(content) not in wanted:
            one.unlink()
    for path, raw in wanted.items():
        target = content / path
        if not target.is_file() or target.read_bytes() != raw:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)


def start(project: Project) -> subprocess.Popen[bytes]:
    folders = {"--content": project.content, "--output": project.output, "--cache": project.cache}
    folders["--form"] = project.cache / "form"  # none: what was fetched for the shipped site is no part of this one
    options = [str(part) for pair in folders.items() for part in pair]
    command = [sys.executable, str(ROOT / "build.py"), "build", "--date", TODAY.isoformat(), "--jobs", "2", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def kill(process: subprocess.Popen[bytes], whole_family: bool) -> None:
    """With its children, or alone, so that they must see by themselves that nobody waits for them."""
    if whole_family and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_no_kill_leaves_half_a_file_or_a_wrong_site(tmp_path: Path) -> None:
    states = contents(tmp_path)
    clean = []
    for state in states:
        built(state)
        clean.append(tree(state.output))
    project = replace(awkward(tmp_path / "killed"), cache=tmp_path / "cache")
    begin = time.monotonic()
    start(project).communicate()
    long = time.monotonic() - begin
    chance = random.Random(KILLS)
    for number in range(KILLS):
        goal = chance.randrange(2)
        switch(project.content, states[goal].content)
        process = start(project)
        time.sleep(chance.random() * long)
        kill(process, whole_family=number % 2 == 0)
        for path, raw in tree(project.output).items():
            assert raw is None or raw in (clean[0].get(path), clean[1].get(path)), f"{path} after kill {number}"
        if chance.random() < 0.5:
            output, errors = (done := start(project)).communicate()
            assert done.returncode == 0, (output + errors).decode()
            assert tree(project.output) == clean[goal], f"after kill {number}"
    start(project).communicate()
    assert tree(project.output) == clean[goal]
