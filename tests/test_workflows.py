"""Workflows: sound, pinned and with few rights; and their steps, run here on good, bad and hostile changes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sites import ONE, ROOT, Files, entry, lay, page_of, producer, product, tree
from workflows import FORM, SET_UP, WORKFLOWS, Hub, Job, git, run, workflow

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")

NAMES = sorted(one.stem for one in WORKFLOWS.glob("*.yml"))
GAO = page_of("products", "gao")
CANARY = "CANARY-9f2b"


# --- linters ----------------------------------------------------------------------------------------------


def linted(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("vendor.dependabot", "dependabot.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_files_for_github_have_the_form_that_it_takes(schema: str, files: str) -> None:
    paths = [str(one) for one in (ROOT / ".github").glob(files)]
    assert paths
    told = linted(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_linter_of_workflows_finds_nothing_however_strict() -> None:
    zizmor = str(Path(sys.executable).with_name("zizmor"))
    told = linted(zizmor, "--offline", "--persona=auditor", "--no-progress", "--strict-collection", ".github")
    assert told.returncode == 0, told.stdout + told.stderr
    assert all(f"completed .github/workflows/{name}.yml" in told.stderr for name in NAMES)


# --- rights -----------------------------------------------------------------------------------------------


def jobs() -> list[tuple[str, str, Any]]:
    return [(name, job, told) for name in NAMES for job, told in workflow(name)["jobs"].items()]


@pytest.mark.parametrize("name", NAMES)
def test_an_action_is_pinned_by_its_commit_and_its_version_told(name: str) -> None:
    rows = re.findall(r"uses: (.*)", (WORKFLOWS / f"{name}.yml").read_text("utf-8"))
    assert rows
    assert [one for one in rows if not re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def test_an_action_is_of_one_version_everywhere() -> None:
    pins = {tuple(one["uses"].split("@")) for *_, job in jobs() for one in job["steps"] if "uses" in one}
    families: dict[str, set[str]] = {}
    for name, commit in pins:
        families.setdefault("/".join(name.split("/")[:2]), set()).add(commit)
    assert [name for name, commits in families.items() if len(commits) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_secret_and_no_foreign_word_stands_in_a_script(name: str) -> None:
    text = (WORKFLOWS / f"{name}.yml").read_text("utf-8")
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert not re.search(r"secrets[.\[]\w", text)
    assert workflow(name)["permissions"] == {}
    assert [one["run"] for *_, job in jobs() for one in job["steps"] if "${{" in one.get("run", "")] == []


def test_each_job_may_do_what_it_must_and_ends() -> None:
    rights = {job: told["permissions"] for _, job, told in jobs()}
    assert rights == {
        "content": {"contents": "read"},
        "tests": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert all(0 < told["timeout-minutes"] <= 45 for *_, told in jobs())


def test_the_site_is_published_when_a_day_has_begun_in_viet_nam() -> None:
    (row,) = workflow("publish")["on"]["schedule"]
    minute, hour, *days = row["cron"].split()
    assert days == ["*", "*", "*"]
    there = datetime(2026, 11, 23, int(hour), int(minute), tzinfo=UTC).astimezone(timezone(timedelta(hours=7)))
    assert (there.day, there.hour, there.minute) == (24, 0, 5)


def test_the_steps_that_others_stand_in_for_are_there_and_the_set_up_can_be_made() -> None:
    scripts = {job: [one.get("run") for one in told["steps"]] for _, job, told in jobs()}
    assert SET_UP in scripts["content"]
    assert {SET_UP, FORM} < {*scripts["build"]}
    told = linted("make", "-n", "setup", "PYTHON=python3")
    assert told.returncode == 0, told.stderr


# --- a change ---------------------------------------------------------------------------------------------


def checked(folder: Path, files: Files, change: Any, before: Files = ONE) -> Job:
    """What the workflow of pull requests makes of a change: files, or what somebody does with the repository."""
    hub = Hub.of(folder / "hub", before)

    def changed(root: Path) -> None:
        lay(root / "content", files)
        if change is not None:
            change(root)

    commit = hub.propose(changed)
    git(hub.folder, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "main went on meanwhile")
    return run(workflow("pull-request")["jobs"]["content"], hub, folder, commit)


def hostile_code(root: Path) -> None:
    """All that is run or printed, replaced."""
    evil = f"import pathlib; pathlib.Path('{root.parent}/pwned').touch(); print('{CANARY}')\n"
    python = [*(root / "ocopgen").glob("*.py"), root / "build.py"]
    lay(root, {path.relative_to(root).as_posix(): evil for path in python})
    lay(root, {one.relative_to(root).as_posix(): CANARY for one in (root / "templates").glob("*.*")})
    lay(
        root,
        {"Makefile": f"setup:\n\ttouch {root.parent}/pwned\n", "content/conftest.py": evil, "content/ocopgen.py": evil},
    )


PACKS = "packs: [{label: Hộp, price: %d, priced: 2026-10-01}]"


@needs_git
def test_a_good_change_is_built_with_the_code_of_main_and_told_in_vietnamese(tmp_path: Path) -> None:
    before = {**ONE, GAO: product().replace("set: 3", f"set: 3\n{PACKS % 250000}")}
    after = {GAO: product().replace("set: 3", f"set: 3\n{PACKS % 260000}")}
    done = checked(tmp_path, after, hostile_code, before)
    assert done.succeeded, done.log
    assert not (tmp_path / "pwned").exists()
    assert {one.name for one in (done.workspace / "pr").iterdir()} == {".git", "content"}
    assert CANARY not in done.log + done.summary
    pages = tree(done.uploads["trang-dung-thu"])
    assert not any(CANARY.encode() in (raw or b"") for raw in pages.values())
    assert b"260" in (pages["vi/san-pham/gao/index.html"] or b"")
    assert not any(path.startswith(".") for path in pages)
    parts = ["## Sửa đổi này làm gì", r"250\.000 → **260\.000**", r"Sửa: vi\/san\-pham\/gao\/", "## Xem trang dựng thử"]
    places = [done.summary.index(part) for part in parts]
    assert places == sorted(places)
    assert "(https://github.example/artifacts/7)" in done.summary
    assert "## What this change does" in done.summary


@needs_git
def test_a_change_with_an_error_fails_with_its_line_and_builds_nothing(tmp_path: Path) -> None:
    done = checked(tmp_path, {GAO: product(recognitions=[{"stars": 6}])}, None)
    assert not done.succeeded
    assert [name for name, one in done.steps.items() if one.outcome == "failure"] == ["Kiểm tra / Check"]
    first = done.commands[0]
    assert (first.name, first.properties["file"]) == ("error", f"content/{GAO}")
    assert int(first.properties["line"]) > 1
    assert "phải là 3, 4 hoặc 5" in first.data
    assert "must be 3, 4 or 5" in first.data
    assert "Chưa so được vì tệp có lỗi" in done.summary
    assert r"phải là 3\, 4 hoặc 5" in done.summary
    assert done.uploads == {}


@needs_git
def test_a_change_may_mend_a_main_that_is_broken(tmp_path: Path) -> None:
    done = checked(tmp_path, {GAO: product()}, None, {**ONE, GAO: product(set=99)})
    assert done.succeeded, done.log
    assert "Bộ sản phẩm: 99 → **3**" in done.summary
    assert "Trang của website" not in done.summary, "there is nothing to compare pages with"
    assert "trang-dung-thu" in done.uploads


# --- a hostile change -------------------------------------------------------------------------------------

EVIL = (
    "::set-env name=LD_PRELOAD::x\\n::add-path::/x\\n##[add-path]/x @admin #1 [x](https://evil.example) "
    "`$(touch pwned)` <b onclick=alert(1)>x</b> | $(touch pwned) ; touch pwned"
)
"""What a shell, a workflow, Markdown and HTML might take for more than words."""


def odd_names(root: Path) -> None:
    """Names that are scripts, commands, options and several lines; and more files than anybody reads."""
    folder = root / "content/products/gao"
    for name in (
        "$(touch pwned).md",
        "`touch pwned`.md",
        ";touch pwned;.md",
        "a\n::error::x\n.md",
        "--output=x.md",
        "%0A.md",
    ):
        (folder / name).write_text(EVIL)
    lay(root / "content", {f"products/gao/thừa {number}.txt": "x" for number in range(5000)})
    lay(root / "content", {"products/$(touch pwned)/index.vi.md": "x", "products/a\n::error::x/index.vi.md": EVIL})


@needs_git
def test_a_hostile_change_runs_nothing_commands_nothing_and_reads_nothing_outside(tmp_path: Path) -> None:
    lay(tmp_path, {"outside/secret.md": f"---\nname: {CANARY}\n---\n{CANARY}", "outside/a.jpg": CANARY})

    def change(root: Path) -> None:
        odd_names(root)
        for name, aim in {"gao/index.en.md": "secret.md", "gao/a.jpg": "a.jpg", "lạ": "."}.items():
            (root / "content/products" / name).symlink_to(tmp_path / "outside" / aim)
        (root / "content/outlets").symlink_to(tmp_path / "outside")

    words = {"name": EVIL, "summary": EVIL[:190], "tags": [EVIL], "producer": EVIL}
    done = checked(tmp_path, {GAO: entry(EVIL, **words, set=3)}, change)
    assert not done.succeeded
    assert done.uploads == {}
    assert CANARY not in done.log + done.summary
    assert "[symlink]" in done.log
    assert [one for one in tmp_path.rglob("*pwned*") if "touch" not in one.name] == []
    assert {one.name for one in done.commands} <= {"error", "warning"}
    assert len(done.commands) <= 10
    assert re.findall(r"(?<!\\)[@`|<]", re.sub(r"</?(details|summary)>|`+ .* `+|`was`", "", done.summary)) == []
    assert all(len(one.summary.encode()) <= 1 << 20 for one in done.steps.values())


@needs_git
def test_words_that_are_allowed_command_nothing_while_pages_are_built(tmp_path: Path) -> None:
    words = EVIL.replace("\\n", " ")
    body = f"{words}\n\n::error::x\n\n##[error]x\n"
    files = {GAO: product(name=words, usage=words, body=body), "products/gao/##[add-path]x.txt": "x"}
    done = checked(tmp_path, files, None)
    assert done.succeeded, done.log
    assert {one.name for one in done.commands} <= {"warning"}
    assert r"\:\:set\-env" in done.summary
    assert [one for one in tmp_path.rglob("pwned") if one.name == "pwned"] == []
    pages = tree(done.uploads["trang-dung-thu"])
    shown = {path: raw for path, raw in pages.items() if raw and not path.endswith(".csv")}  # which no browser runs
    assert not any(b"<b onclick" in raw for raw in shown.values())


def a_repository_within(root: Path) -> None:
    commit = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{commit},content/products/kho")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "x")
    git(root / "content", "init", "-q", "products/kho")
    git(root / "content/products/kho", "fetch", "-q", f"file://{root}", commit)
    git(root / "content/products/kho", "checkout", "-q", commit)


def no_content(root: Path) -> None:
    shutil.rmtree(root / "content")


def content_that_leads_away(root: Path) -> None:
    no_content(root)
    (root / "content").symlink_to("/etc")


@needs_git
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (a_repository_within, "Trong content có kho git khác"),
        (no_content, "Không còn thư mục content"),
        (content_that_leads_away, "Không còn thư mục content"),
    ],
)
def test_what_the_check_cannot_see_is_refused_before_it(tmp_path: Path, change: Any, said: str) -> None:
    done = checked(tmp_path, {}, change)
    assert [name for name, one in done.steps.items() if one.outcome == "failure"] == [
        "Xem cỡ của nội dung / Weigh the content"
    ]
    (told,) = done.commands
    assert told.name == "error"
    assert said in told.data
    assert {one.outcome for name, one in done.steps.items() if name.startswith(("Kiểm tra", "Dựng", "Cho"))} == {
        "skipped"
    }


# --- publishing -------------------------------------------------------------------------------------------


@needs_git
def test_main_is_published_at_its_address_without_the_build_s_own_record(tmp_path: Path) -> None:
    hub = Hub.of(tmp_path / "hub")
    done = run(workflow("publish")["jobs"]["build"], hub, tmp_path, git(hub.folder, "rev-parse", "main"))
    assert done.succeeded, done.log
    pages = tree(done.uploads["github-pages"])
    assert b"https://ocop.example.vn/trang/vi/san-pham/gao/" in (pages["vi/san-pham/gao/index.html"] or b"")
    assert not (done.uploads["github-pages"] / ".ocopgen").exists()


@needs_git
def test_a_main_with_errors_is_not_published(tmp_path: Path) -> None:
    hub = Hub.of(tmp_path / "hub", {page_of("producers", "an"): producer(), GAO: product(set=99)})
    done = run(workflow("publish")["jobs"]["build"], hub, tmp_path, git(hub.folder, "rev-parse", "main"))
    assert done.step("Dựng trang").outcome == "failure"
    assert done.uploads == {}
