"""The command line: exit codes, help, words, and a site that is left alone when something is wrong."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from runner import commands
from sites import ONE, ROOT, TINY, jpeg, lay, page_of, product, site, stars, tree
from test_changes import git

from ocopgen import cli
from ocopgen.output import Output
from ocopgen.project import Project

GAO = page_of("products", "gao")
CONTENT = "--content", "--cache", "--jobs"
COMMON = (
    *CONTENT,
    "--templates",
    "--output",
    "--date",
    "--base-url",
    "--form",
    "--drafts",
    "--no-brochures",
    "--compress",
)


def words(project: Project, command: str, *more: str) -> list[str]:
    folders = ("content", "cache", *(() if command == "fix" else ("templates", "output")))
    places = [word for name in folders for word in (f"--{name}", str(getattr(project, name)))]
    day = () if command == "fix" else ("--date", "2026-11-23", "--form", str(project.cache / "no form"))
    return [command, *places, *day, "--jobs", "1", *more]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    return site(tmp_path)


def run(
    *arguments: str, python: tuple[str, ...] = (), env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`build.py` in a process of its own, outside the project's folder."""
    line = [sys.executable, *python, str(ROOT / "build.py"), *arguments]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, cwd="/", env=env)


# --- exit codes -------------------------------------------------------------------------------------------


def test_a_good_content_is_checked_and_built_with_0(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(project, "check")) == 0
    assert "the content is fine" in capsys.readouterr().out
    assert cli.main(words(project, "build")) == 0
    assert re.search(r"(\d+) files, \1 printed, 0 removed", capsys.readouterr().out)
    assert cli.main(words(project, "build", "--force")) == 0
    assert re.search(r"(\d+) files, \1 printed, 0 removed", capsys.readouterr().out)


def test_warnings_are_told_and_stop_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    lay(project.content, {"letter.docx": "x"})
    assert cli.main(words(project, "build")) == 0
    told = capsys.readouterr().out
    assert "[file-unknown]" in told
    assert "0 errors, 1 warnings" in told


def test_errors_give_1_and_leave_the_last_good_site_byte_for_byte(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(project, "build")) == 0
    before = tree(project.output)
    lay(project.content, {GAO: product(set=99), page_of("products", "b"): product(stars=6)})
    capsys.readouterr()
    for command in ("build", "check"):
        assert cli.main(words(project, command)) == 1
        told = capsys.readouterr()
        assert all(code in told.out for code in ("[set-unknown]", "[unknown-key]", "2 errors"))
        assert tree(project.output) == before
    assert "\x1b" not in told.out + told.err


def test_a_spoiled_picture_gives_1(project: Project) -> None:
    lay(project.content, {"products/gao/a.jpg": b"\xff\xd8\xff"})
    assert cli.main(words(project, "build")) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--date", "23/11/2026"),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "many"),
        ("build", "--base-url", "example.org"),
        ("bundle", "--max-size", "0"),
        ("bundle", "--max-size", "1.5GB"),
        ("serve", "--port", "70000"),
        ("serve", "--port", "x"),
        ("publish",),
        ("check", "--force"),
        ("check", "--lang", "fr"),
        ("check", "--format", "xml"),
        ("fix", "--templates", "x"),
        ("report", "--lang", "vi,fr"),
        ("report", "--format", "pdf"),
        ("fix", "--drafts"),
    ],
)
def test_wrong_words_give_2_and_say_what_is_right(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "folder"),
    [*((one, two) for one in ("build", "check", "serve") for two in ("content", "templates")), ("fix", "content")],
)
def test_a_folder_that_is_not_there_gives_2(
    project: Project, command: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(project, command, f"--{folder}", "/no/such/folder")) == 2
    assert f"there is no folder '/no/such/folder'; name it with --{folder}\n" in capsys.readouterr().err


def test_a_folder_of_somebody_else_gives_2_and_is_not_touched(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(project.output, {"thesis.doc": "mine"})
    assert cli.main(words(project, "build")) == 2
    assert "--output" in capsys.readouterr().err
    assert tree(project.output) == {"thesis.doc": b"mine"}


def test_a_foreign_file_in_the_way_gives_2_and_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    lay(project.output, {".ocopgen/paths": "\n", "vi": "mine"})
    assert cli.main(words(project, "build")) == 2
    assert f"'{project.output / 'vi'}' was not made by ocopgen" in capsys.readouterr().err
    assert tree(project.output) == {"vi": b"mine"}


def test_a_second_build_at_once_waits_then_gives_2_and_names_the_first(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    with Output(project.output).claimed():
        assert cli.main(words(project, "build", "--wait", "0")) == 2
        assert "waiting" not in capsys.readouterr().err
        assert cli.main(words(project, "build", "--wait", "1")) == 2
    told = capsys.readouterr().err
    assert f"một lần dựng khác đang chạy (tiến trình {os.getpid()})" in told
    assert f"another build is running (process {os.getpid()})" in told
    assert f"waiting for the build of process {os.getpid()}" in told
    assert cli.main(words(project, "build")) == 0


def test_a_disk_that_cannot_be_written_gives_2(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(project, "build", "--output", "/proc/no")) == 2
    assert "cannot read or write" in capsys.readouterr().err


def test_a_slow_reader_of_yaml_gives_2(project: Project) -> None:
    code = "import sys, yaml; yaml.__with_libyaml__ = False; from ocopgen import cli; sys.exit(cli.main())"
    line = [sys.executable, "-c", code, *words(project, "check")]
    told = subprocess.run(line, capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.returncode == 2
    assert "yaml._yaml is missing: run '" in told.stderr


def test_our_own_fault_gives_3_and_is_owned(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocopgen.project.check", lambda *_: 1 / 0)
    assert cli.main(words(project, "check")) == 3
    told = capsys.readouterr().err
    assert "a fault of ocopgen, not yours: ZeroDivisionError" in told
    assert "Traceback" in told


@pytest.mark.parametrize("fault", ["{{ page.no_such_field }}", "{% if %}"])
def test_a_fault_in_a_template_gives_3_and_is_told_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    broken = site(tmp_path, templates={**TINY, "home.html": f"\n\n{fault}"})
    assert cli.main(words(broken, "build")) == 3
    told = capsys.readouterr().err
    assert told.startswith(f"{broken.templates.as_posix()}/home.html:3:1: lỗi trong mẫu trang")
    assert "Traceback" not in told


def test_each_stage_and_what_a_build_did_can_be_told(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(project.content, {"letter.docx": "x"})
    for written in (True, False):
        assert cli.main(words(project, "build", "--timings", "--stats", str(tmp_path / "stats.json"))) == 0
        told = capsys.readouterr()
        stats = json.loads((tmp_path / "stats.json").read_text("utf-8"))
        assert stats["problems"] == {"errors": 0, "warnings": 1}
        assert stats["files"]["written"] == (stats["files"]["total"] if written else 0)
        stages = [one["stage"] for one in stats["stages"]]
        assert stages[:3] == ["start", "ledger", "survey"]
        assert ("print" in stages) is written
        assert len(re.findall(r" s CPU$", told.err, re.MULTILINE)) == len(stages)


def test_why_tells_of_a_file_and_of_no_file(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(project, "why", "vi/san-pham/gao/")) == 2
    assert "nothing was built into" in capsys.readouterr().err
    assert cli.main(words(project, "build")) == 0
    capsys.readouterr()
    assert cli.main(words(project, "why", "vi/san-pham/gao/")) == 0
    told = capsys.readouterr().out
    assert all(said in told for said in ("vi/san-pham/gao/index.html\n", "  products/gao: mới / new\n", "made from:"))
    assert cli.main(words(project, "why", "vi/san-pham/goa/")) == 2
    assert "did you mean" in capsys.readouterr().err


def test_verify_gives_0_for_what_a_clean_build_makes_and_1_for_anything_else(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(project, "verify")) == 2
    assert not project.output.exists()
    assert cli.main(words(project, "build")) == 0
    assert cli.main(words(project, "verify")) == 0
    assert "the same as a clean build makes" in capsys.readouterr().out
    page = project.output / "index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert cli.main(words(project, "verify")) == 1
    assert "differs: index.html" in capsys.readouterr().out


# --- forms of a check --------------------------------------------------------------------------------------


@pytest.fixture
def broken(project: Project) -> Project:
    """A project with an error and 25 warnings, in a repository that knows it."""
    lay(project.content, {GAO: product(stars=4), **{f"products/gao/{n}.doc": "x" for n in range(25)}})
    git(project.content.parent, "init", "-q", "-b", "main")
    git(project.content.parent, "add", "content")
    git(project.content.parent, "commit", "-q", "--no-gpg-sign", "-m", "x")
    return project


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_every_form_gives_the_same_exit_code_and_only_its_form(
    broken: Project, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(broken, "check", "--format", form)) == 1
    told = capsys.readouterr()
    assert "unknown-key" in told.out
    assert told.err == ""
    if form in ("json", "sarif"):
        json.loads(told.out)
    lay(broken.content, {GAO: product()})
    assert cli.main(words(broken, "check", "--format", form)) == 0


def test_many_warnings_are_summed_up_until_all_are_asked_for(
    broken: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    for more, shown in (([], 1), (["--all"], 25)):
        cli.main(words(broken, "check", *more))
        told = capsys.readouterr().out
        assert told.count("[file-unknown]") == shown
        assert told.endswith("1 lỗi, 25 lưu ý / 1 errors, 25 warnings\n")
    cli.main(words(broken, "build"))
    assert capsys.readouterr().out.count("[file-unknown]") == 1


def test_english_comes_first_where_it_is_asked_for(broken: Project, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(words(broken, "check", "--lang", "en"))
    told = capsys.readouterr().out
    assert "index.vi.md:6:1: error: there is no key 'stars'   [unknown-key]\n  lỗi: không có khóa 'stars'" in told
    assert told.endswith("1 errors, 25 warnings / 1 lỗi, 25 lưu ý\n")


def test_on_github_the_log_has_annotations_and_the_step_its_summary(
    broken: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    step = lay(tmp_path, {"step.md": "# before\n"}) / "step.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    evil = product(**{"::error::a": 1, "##[add-mask]b": 2})
    lay(broken.content, {GAO: evil})
    assert cli.main(words(broken, "check", "--format", "github")) == 1
    log = capsys.readouterr().out
    told = commands(log)
    assert [one.name for one in told] == ["error", "error", *["warning"] * 8]
    assert {one.properties["file"].partition("/")[0] for one in told} == {"content"}
    assert log.count("[file-unknown]") == 8 + 25
    written = step.read_text("utf-8")
    assert written.startswith("# before\n## 2 lỗi, 25 lưu ý / 2 errors, 25 warnings\n")
    assert "\n#### ` content/products/gao/index.vi.md `\n" in written


def test_in_a_workflow_nothing_that_people_read_is_a_command(
    broken: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lay(broken.content, {GAO: product(**{"##[add-mask]b": 2})})
    for command in ("check", "build"):
        assert cli.main(words(broken, command)) == 1
        log = capsys.readouterr().out
        assert "##[add-mask]b" in log
        assert commands(log) == []


def test_what_a_pull_request_touched_comes_first(broken: Project, capsys: pytest.CaptureFixture[str]) -> None:
    lay(broken.content, {"producers/an/x.doc": "mine"})
    assert cli.main(words(broken, "check", "--changed-since", "main")) == 1
    told = capsys.readouterr().out.split("\n\n")
    assert told[0] == "Trong phần vừa sửa / In what was changed: 1"
    assert "producers/an/x.doc" in told[1]
    assert told[2] == "Ở những mục khác / Elsewhere: 26"
    assert "[unknown-key]" in told[3]
    assert len(told) == 6
    assert cli.main(words(broken, "check", "--changed-since", "main", "--format", "json")) == 1
    rows = json.loads(capsys.readouterr().out)["problems"]
    assert [one["touched"] for one in rows] == [True] + [False] * 26


def test_a_state_that_git_does_not_know_gives_2(broken: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(broken, "check", "--changed-since", "nope")) == 2
    told = capsys.readouterr()
    assert "git does not know 'nope'" in told.err
    assert told.out == ""


def test_what_differs_between_two_contents_is_told_with_the_pages_where_both_sites_were_built(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = site(tmp_path / "other", {**ONE, GAO: product(name="Gạo tám"), "products/gao/a.jpg": jpeg()})
    told = ["changes", str(project.content), str(other.content), "--cache", str(tmp_path / "notes")]
    sites = ["--sites", str(project.output), str(other.output)]
    assert cli.main([*told, *sites]) == 0
    said = capsys.readouterr().out
    assert "Gạo → **Gạo tám**" in said
    assert r"thêm a\.jpg" in said
    assert "Trang của website" not in said
    assert [cli.main(words(one, "build")) for one in (project, other)] == [0, 0]
    capsys.readouterr()
    assert cli.main([*told, *sites]) == 0
    assert r"Sửa: vi\/san\-pham\/gao\/" in capsys.readouterr().out
    assert not (tmp_path / "notes").exists()
    assert cli.main([*told[:2], "/no/such/folder"]) == 2
    assert "there is no folder '/no/such/folder'" in capsys.readouterr().err


# --- defaults ---------------------------------------------------------------------------------------------


def test_without_a_command_it_is_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["ocopgen", *words(project, "build")[1:]])
    assert cli.main() == 0
    assert (project.output / "index.html").is_file()


# --- in a process of its own ------------------------------------------------------------------------------


def test_help_is_whole_and_loads_nothing_heavy() -> None:
    told = run("--help", python=("-X", "importtime"))
    assert not any(heavy in told.stderr for heavy in ("pydantic", "jinja2", "PIL", "babel", "markdown"))
    assert told.returncode == 0
    assert all(word in told.stdout for word in ("build", "check", "serve", "exit codes", "mã thoát"))
    taken = {
        "build": (*COMMON, "--budget", "--compress", "--force", "--wait", "--timings", "--stats"),
        "bundle": (*COMMON, "--into", "--max-size"),
        "why": COMMON,
        "verify": COMMON,
        "check": (*COMMON, "--lang", "--format", "--changed-since", "--all", "--external", "--fresh"),
        "serve": (*COMMON, "--host", "--port"),
        "fix": (*CONTENT, "--dry-run"),
        "new": ("--content", "--set", "--producer", "--id"),
        "changes": ("--sites", "--cache"),
        "form": ("--form",),
        "edit": (*COMMON, "--port"),
        "schema": ("--check", "--content", "--into"),
        "report": (*COMMON, "--to", "--lang", "--format"),
        "brochures": (*COMMON, "--print", "--to", "--only"),
        "import": (*CONTENT, "--date", "--lang", "--sheet", "--source", "--write", "--overwrite", "--format"),
        "export": (*CONTENT, "--date", "--lang", "--drafts", "--private", "--force"),
        "cache": ("--cache", "--trim", "--megabytes", "--days"),
    }
    for command, options in taken.items():
        told = run(command, "--help")
        assert told.returncode == 0
        assert "exit codes" in told.stdout
        assert set(re.findall(r"--[a-z-]+", told.stdout)) == {*options, "--help"}


HEAVY = "pydantic", "jinja2", "yaml", "markdown", "nh3", "babel", "PIL", "fontTools", "tqdm", "multiprocessing"


def test_where_nothing_changed_it_loads_nothing_heavy_and_tells_the_same(project: Project) -> None:
    lay(project.content, {"letter.docx": "x"})
    code = (
        "import sys; before = {*sys.modules}; from ocopgen import cli; cli.main();"  # what measures coverage is there
        f"print(({{*sys.modules}} - before) & {{*{HEAVY}}}, file=sys.stderr)"
    )
    line = [sys.executable, "-c", code, *words(project, "build")]
    first, second = (subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(2))
    assert first.stderr != "set()\n"
    assert second.stderr == "set()\n"
    assert re.search(r"(\d+) files, \1 printed, 0 removed, 1 lưu ý", first.stdout)
    assert re.search(r"\d+ files, 0 printed, 0 removed, 1 lưu ý", second.stdout)
    assert first.stdout.split("output:")[0] == second.stdout.split("output:")[0] != ""


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"ocopgen \d+\.\d+\.\d+\n", run("--version").stdout)


def test_without_its_packages_it_says_in_one_line_what_to_run() -> None:
    told = run("build", "--content", str(ROOT / "content"), python=("-S", "-E"))
    assert told.returncode == 2
    (line,) = told.stderr.strip().split("\n")
    assert re.search("jinja2|pydantic|markupsafe|yaml", line)
    assert "run '" in line
    assert told.stdout == ""


def test_it_can_be_run_from_anywhere_in_any_locale(tmp_path: Path) -> None:
    project = site(tmp_path, {**ONE, GAO: product(stars=4)})
    told = run(*words(project, "check"), env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    assert told.returncode == 1
    assert "lỗi:" in told.stdout
    assert "\x1b" not in told.stdout + told.stderr


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    broken = {page_of("products", f"p{n}"): product(stars=4) for n in range(400)}
    project = site(tmp_path, {**ONE, **broken})
    line = [sys.executable, str(ROOT / "build.py"), *words(project, "check")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(20) == 0


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_a_terminal_that_wants_them(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    project = site(tmp_path, {**ONE, GAO: product(stars=4)})
    told = on_terminal([sys.executable, str(ROOT / "build.py"), *words(project, "check")], env)
    assert b"[unknown-key]" in told
    assert (b"\x1b[31;1m" in told) is coloured


def on_terminal(line: list[str], env: dict[str, str]) -> bytes:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(line, stdout=theirs, stderr=subprocess.DEVNULL, env={**clean, **env}) as running:
        os.close(theirs)
        told = b""
        while part := _read(ours):
            told += part
        running.wait(20)
    os.close(ours)
    return told


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


# --- fix and cache ----------------------------------------------------------------------------------------


def test_fix_says_what_it_did_and_what_git_still_knows(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    lay(project.content, {"products/gao/hop.jpg": jpeg(gps=True)})
    before = tree(project.content)
    assert cli.main(words(project, "fix", "--dry-run")) == 0
    assert "would mend 0 texts, clean 1 photos" in capsys.readouterr().out
    assert tree(project.content) == before
    assert cli.main(words(project, "fix")) == 0
    told = capsys.readouterr().out
    assert all(said in told for said in ("products/gao/hop.jpg: ", "cleaned 1 photos", "git"))
    assert cli.main(words(project, "fix")) == 0
    told = capsys.readouterr().out
    assert "nothing to mend" in told
    assert "git" not in told


def test_bundle_tells_what_it_holds_how_large_it_is_and_why_it_was_not_made(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "fair"
    bundle = words(project, "bundle", "--into", str(into))
    assert cli.main(bundle) == 0
    told = capsys.readouterr().out
    assert "ảnh JPEG đủ mọi cỡ / pictures as JPEG in every size\n" in told
    size = sum(one.stat().st_size for one in into.rglob("*") if one.is_file())
    millions = f"{-(-size // 100_000) / 10:.1f}"
    assert re.search(rf"{into}: (\d+) trang, .* MB / \1 pages, \d+ files, {millions} MB\n", told)
    assert re.search(rf"{into}.zip: \d,\d MB / \d\.\d MB\n", told)
    before = tree(into)
    with monkeypatch.context() as patch:
        patch.setattr("ocopgen.bundle.MB", size - 1)
        assert cli.main([*bundle, "--max-size", "1"]) == 1
    told_large = capsys.readouterr().err
    assert f"even the smallest bundle is {millions} MB, 0.1 MB over the limit" in told_large
    assert "  trang / pages: " in told_large
    assert tree(into) == before
    monkeypatch.chdir(project.content)
    for around, why in ((".", "or around it"), ("..", "or around it"), ("/", "is a whole drive")):
        assert cli.main(words(project, "bundle", "--into", around)) == 2
        assert why in capsys.readouterr().err
    lay(into, {"thesis.doc": "mine"})
    assert cli.main(bundle) == 2
    assert "thesis.doc' was not written by bundle" in capsys.readouterr().err
    (into / "thesis.doc").unlink()
    lay(project.content, {GAO: product(set=99)})
    assert cli.main(bundle) == 1
    told_wrong = capsys.readouterr()
    assert "[set-unknown]" in told_wrong.out
    assert "the last bundle was left as it is" in told_wrong.err
    assert tree(into) == before


def test_brochures_tells_what_was_made_and_what_is_missing(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "papers"
    line = words(project, "brochures", "--to", str(to))
    assert cli.main(line) == 0
    told = capsys.readouterr()
    assert re.search(rf"{to}: (\d+) tệp, .* MB, ghi \1, xóa 0 / \1 files, .* MB, \1 written, 0 removed\n", told.out)
    assert "QR" not in told.err
    assert cli.main([*line, "--only", "no-such"]) == 2
    assert "no brochure has 'no-such' in its path" in capsys.readouterr().out
    settings = (project.content / "site.yml").read_text("utf-8").replace("address: https://example.org/cho/\n", "")
    lay(project.content, {"site.yml": settings})
    assert cli.main([*line, "--print"]) == 0
    assert "no QR codes and no stickers" in capsys.readouterr().err
    before = tree(to)
    lay(project.content, {GAO: product(set=99)})
    assert cli.main(line) == 1
    wrong = capsys.readouterr()
    assert "[set-unknown]" in wrong.out
    assert "the last brochures were left as they are" in wrong.err
    assert tree(to) == before
    assert cli.main([*line, "--to", str(project.output / "x")]) == 2
    assert "choose another place with --to" in capsys.readouterr().err


def test_a_bundle_without_brochures_says_that_the_site_has_none_either(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(project, "bundle", "--into", str(tmp_path / "fair"), "--no-brochures")) == 0
    assert "the site that was built has no brochures now, too" in capsys.readouterr().err


def test_report_tells_what_is_due_and_where_it_lies(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.templates / "report").symlink_to(ROOT / "templates" / "report")
    lay(project.content, {GAO: product(recognitions=[stars(4, date(2024, 1, 12))])})
    report = words(project, "report", "--to", str(tmp_path / "reports"))
    assert cli.main(report) == 0
    told = capsys.readouterr().out
    assert "2027-01-12, 50 ngày / days: Gạo (Hợp tác xã An)" in told
    assert re.search(r"reports: (\d+) tệp, .*\1 files, \1 written, 0 removed", told)
    assert cli.main([*report, "--format", "json", "--lang", "en"]) == 0
    assert "1 files, 0 written" in capsys.readouterr().out
    assert tree(tmp_path / "reports").keys() == {"report.json", ".ocopgen-report"}
    assert cli.main(words(project, "report", "--to", str(project.output))) == 2
    assert "not published" in capsys.readouterr().err
    lay(project.content, {GAO: product(set=99)})
    assert cli.main(report) == 1
    told_wrong = capsys.readouterr()
    assert "[set-unknown]" in told_wrong.out
    assert "the last report was left as it is" in told_wrong.err


def test_the_cache_is_shown_and_trimmed_and_a_build_makes_it_anew(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = replace(project, cache=tmp_path / "kho")
    assert cli.main(words(project, "build")) == 0
    site_before = tree(project.output)
    capsys.readouterr()
    show = "cache", "--cache", str(project.cache)
    assert cli.main(show) == 0
    shown = capsys.readouterr().out
    assert re.search(r"[1-9]\d* files, ", shown)
    assert "--trim" not in shown
    for kept in project.cache.glob("??/*"):
        os.utime(kept, (0, 0))
    assert cli.main(show) == 0
    assert "remove them with --trim" in capsys.readouterr().out
    assert cli.main((*show, "--trim", "--days", "99999")) == 0
    assert "removed 0 files" in capsys.readouterr().out
    assert cli.main((*show, "--trim")) == 0
    assert re.search(r"\b0 files, 0\.0 MB\n.*removed [1-9]", capsys.readouterr().out)
    assert not any(project.cache.glob("??/*"))
    assert cli.main(words(project, "build", "--force")) == 0
    assert tree(project.output) == site_before


def test_the_cache_is_trimmed_to_a_size_the_oldest_first(tmp_path: Path) -> None:
    for number in range(4):
        name = f"aa/aa{number:030}.kept"
        file = lay(tmp_path, {name: b"x" * 700_000}) / name
        os.utime(file, (time.time() - number * 1000,) * 2)
    assert cli.main(("cache", "--cache", str(tmp_path), "--trim", "--megabytes", "2")) == 0
    assert sorted(one.name for one in tmp_path.glob("aa/*")) == [f"aa{number:030}.kept" for number in (0, 1)]


# --- processors -------------------------------------------------------------------------------------------


# --- schema -----------------------------------------------------------------------------------------------


def test_schema_writes_what_is_not_current_and_check_only_tells(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "schema", "--content", str(project.content), "--into", str(tmp_path / "x")
    assert cli.main((*line, "--check")) == 1
    told = capsys.readouterr().out
    assert "schema/products.json: cũ / not current" in told
    assert "run 'make schema'" in told
    assert not (tmp_path / "x").exists()
    assert cli.main(line) == 0
    assert "docs/fields.md: đã ghi / written" in capsys.readouterr().out
    assert {one.name for one in (tmp_path / "x").iterdir()} == {"schema", "docs"}
    assert cli.main((*line, "--check")) == 0
    assert cli.main(line) == 0
    assert capsys.readouterr().out == ""


def test_schema_tells_what_is_wrong_with_the_words_it_needs(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    for broken, code in ((b"menu: x\n", "[mapping-expected]"), (b"menu: [\n", "[yaml-")):
        (project.content / "strings.yml").write_bytes(broken)
        assert cli.main(("schema", "--content", str(project.content), "--check")) == 1
        assert code in capsys.readouterr().out
    (project.content / "strings.yml").unlink()
    assert cli.main(("schema", "--content", str(project.content), "--check")) == 2
    assert "cannot read or write" in capsys.readouterr().err
