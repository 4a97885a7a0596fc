"""GitHub on this machine: a repository with a change that waits to be merged, and a runner for the steps of a job."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runner import Command, commands
from sites import DATA, ONE, ROOT, TINY, Files, lay, read_yaml, warm

WORKFLOWS = ROOT / ".github" / "workflows"

WHO = {f"GIT_{one}_{what}": "x@example.vn" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
GIT = {**WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *words: str, into: bytes | None = None) -> str:
    """What git says in a folder, with no settings of this machine."""
    line = ["git", *words]
    done = subprocess.run(line, cwd=folder, env={**os.environ, **GIT}, check=True, capture_output=True, input=into)
    return done.stdout.decode("utf-8", "replace").strip()


def workflow(name: str) -> Any:
    """A workflow's file as GitHub reads it; `on` is no truth value here."""
    return read_yaml((WORKFLOWS / f"{name}.yml").read_text("utf-8").replace("\non:", '\n"on":'))


# --- the repository ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hub:
    """A repository with our program, tiny templates and a small content on its branch main."""

    folder: Path

    @staticmethod
    def of(folder: Path, files: Files = ONE) -> Hub:
        """A new one."""
        kept = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "ocopgen", folder / "ocopgen", ignore=kept)
        for name in ("build.py", "Makefile", "README.md"):
            shutil.copy(ROOT / name, folder / name)
        lay(folder / "templates", TINY)
        lay(folder / "content", {**DATA, **files})
        git(folder, "init", "-q", "-b", "main")
        hub = Hub(folder)
        hub.save()
        return hub

    def save(self) -> None:
        """Commit everything."""
        git(self.folder, "add", "-A", "--force")
        git(self.folder, "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "x")

    def propose(self, change: Callable[[Path], object]) -> str:
        """Let somebody change all they like in a branch, and merge it for a try, as GitHub does; gives the commit."""
        git(self.folder, "switch", "-q", "-c", "sua")
        change(self.folder)
        self.save()
        git(self.folder, "switch", "-q", "--detach", "main")
        git(self.folder, "merge", "-q", "--no-ff", "--no-gpg-sign", "-m", "merge", "sua")
        git(self.folder, "update-ref", "refs/pull/1/merge", "HEAD")
        git(self.folder, "switch", "-q", "main")
        return git(self.folder, "rev-parse", "refs/pull/1/merge")


# --- the runner -------------------------------------------------------------------------------------------


@dataclass
class Step:
    """What became of a step: `success`, `failure` or `skipped`, and what it left behind."""

    outcome: str
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> list[Command]:
        """The commands that the runner would have run."""
        return commands(self.log)


@dataclass
class Job:
    """A job that was run: its steps by name, what it uploaded by name."""

    workspace: Path
    steps: dict[str, Step] = field(default_factory=dict)
    uploads: dict[str, Path] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        return all(one.outcome != "failure" for one in self.steps.values())

    @property
    def log(self) -> str:
        return "\n".join(one.log for one in self.steps.values())

    @property
    def summary(self) -> str:
        return "\n".join(one.summary for one in self.steps.values())

    @property
    def commands(self) -> list[Command]:
        return [command for one in self.steps.values() for command in one.commands]

    def step(self, words: str) -> Step:
        """The step whose name begins so."""
        return next(one for name, one in self.steps.items() if name.startswith(words))


SET_UP, FORM = "make -C main setup", ".venv/bin/python build.py form"
"""The steps that are not run as they stand, for they need the network: a Python that has everything stands in for the
first, and a site without its form comes of leaving out the second."""


def run(job: Mapping[str, Any], hub: Hub, folder: Path, commit: str) -> Job:
    """Run a job's steps one after another in a new folder; actions are replaced by what they do, here.

    Jobs of folders side by side share what is cached.
    """
    done = Job(folder / "work")
    home = folder.parent / "home"
    if not home.exists():
        warm(home / ".cache" / "ocopgen")
    done.workspace.mkdir(parents=True)
    by_id: dict[str, Step] = {}
    for number, one in enumerate(job["steps"]):
        if not _is_due(one.get("if", "success()"), done, by_id):
            step = Step("skipped")
        elif "uses" in one:
            step = _used(one, _filled(one.get("with", {}), by_id), hub, done, commit)
        else:
            temp = folder / f"step-{number}"
            step = _ran(one, job, _filled(one.get("env", {}), by_id), done, home, temp, folder / "temp")
        done.steps[one["name"]] = step
        if "id" in one:
            by_id[one["id"]] = step
    return done


CONDITIONS: dict[str, Callable[[Job, Mapping[str, Step]], bool]] = {
    "success()": lambda job, _: job.succeeded,
    "${{ !cancelled() && steps.setup.outcome == 'success' }}": lambda _, steps: steps["setup"].outcome == "success",
}


def _is_due(condition: str, job: Job, by_id: Mapping[str, Step]) -> bool:
    if "setup" in condition and "setup" not in by_id:
        return False
    return CONDITIONS[condition](job, by_id)


def _filled(words: Mapping[str, Any], by_id: Mapping[str, Step]) -> dict[str, str]:
    """Values with what earlier steps gave filled in; of other expressions the text stays."""

    def given(match: re.Match[str]) -> str:
        return by_id[match[1]].outputs[match[2]]

    pattern = r"\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}"
    return {key: re.sub(pattern, given, str(value)) for key, value in words.items()}


def _ran(
    one: Mapping[str, Any], job: Mapping[str, Any], env: dict[str, str], done: Job, home: Path, files: Path, temp: Path
) -> Step:
    """A step that is a script, run as the runner runs it."""
    files.mkdir()
    temp.mkdir(exist_ok=True)
    script = {SET_UP: _STAND_IN, FORM: ""}.get(one["run"], one["run"])
    (files / "script.sh").write_text(script, "utf-8")
    told = {
        name: files / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")
    }
    for path in told.values():
        path.touch()
    here = done.workspace / one.get("working-directory", "")
    shell = one.get("shell") or job.get("defaults", {}).get("run", {}).get("shell")
    options = ["--noprofile", "--norc", "-eo", "pipefail"] if shell == "bash" else ["-e"]
    around = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "RUNNER_TEMP": str(temp), "CI": "true"}
    ours = {**around, "GITHUB_ACTIONS": "true", **{name: str(path) for name, path in told.items()}}
    line = ["bash", *options, str(files / "script.sh")]
    ended = subprocess.run(
        line, cwd=here, env={**GIT, **ours, **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    texts = {name: path.read_text("utf-8") for name, path in told.items()}
    assert texts["GITHUB_ENV"] == texts["GITHUB_PATH"] == "", "no step changes what later ones run in"
    outputs = dict(row.split("=", 1) for row in texts["GITHUB_OUTPUT"].splitlines())
    outcome = "failure" if ended.returncode else "success"
    return Step(outcome, ended.stdout.decode("utf-8", "replace"), texts["GITHUB_STEP_SUMMARY"], outputs)


_STAND_IN = f"""
mkdir -p main/.venv/bin
printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' > main/.venv/bin/python
chmod +x main/.venv/bin/python
"""


# --- actions ----------------------------------------------------------------------------------------------


def _used(one: Mapping[str, Any], given: dict[str, str], hub: Hub, done: Job, commit: str) -> Step:
    """What an action does, as far as it matters here."""
    name = one["uses"].partition("@")[0]
    if name == "actions/checkout":
        _check_out(hub, done.workspace / given["path"], given, given.get("ref", commit))
        return Step("success")
    if name in ("actions/cache", "actions/cache/restore"):
        assert given["path"] == "~/.cache/ocopgen"
        return Step("success")
    if name == "actions/configure-pages":
        return Step("success", outputs={"base_url": "https://ocop.example.vn/trang"})
    assert name in ("actions/upload-artifact", "actions/upload-pages-artifact"), name
    uploaded = done.workspace.parent / "uploads" / given.get("name", "github-pages")
    hidden = shutil.ignore_patterns(".*") if name == "actions/upload-artifact" else None
    shutil.copytree(done.workspace / given["path"], uploaded, ignore=hidden)
    done.uploads[uploaded.name] = uploaded
    return Step("success", outputs={"artifact-url": "https://github.example/artifacts/7"})


def _check_out(hub: Hub, path: Path, given: Mapping[str, str], ref: str) -> None:
    assert given["persist-credentials"] == "False"
    path.mkdir(parents=True)
    git(path, "init", "-q")
    git(path, "fetch", "-q", f"--depth={given.get('fetch-depth', 1)}", f"file://{hub.folder}", ref)
    if "sparse-checkout" in given:
        assert given["sparse-checkout-cone-mode"] == "False", "else all files of the root would come too"
        git(path, "config", "core.sparseCheckout", "true")
        (path / ".git/info/sparse-checkout").write_text(given["sparse-checkout"] + "\n")
    git(path, "checkout", "-q", "--detach", "FETCH_HEAD")
