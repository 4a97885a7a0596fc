"""What a change touched: committed or not, deleted, renamed, new; and words where git cannot tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sites import lay

from ocopgen import changes
from ocopgen.changes import Unknown, folder_in_repository, touched_since

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def git(folder: Path, *words: str) -> str:
    who = {f"GIT_{one}_{what}": "x@example.vn" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *words], cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def save(folder: Path, words: str = "x") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-gpg-sign", "-m", words)


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A repository whose content lies in a folder of it, with a branch of its own."""
    files = {f"products/{name}/index.vi.md": name for name in ("a", "b", "c", "d", "e", "f")}
    lay(tmp_path / "kho/web/content", {**files, "site.yml": "x", "products/c/hinh.jpg": "x"})
    git(tmp_path / "kho", "init", "-q", "-b", "main")
    save(tmp_path / "kho")
    git(tmp_path / "kho", "switch", "-q", "-c", "sua")
    return tmp_path / "kho"


def touched(kho: Path, ref: str = "main") -> set[str]:
    return set(touched_since(kho / "web/content", "nd", ref))


def test_everything_that_differs_is_told_by_its_folder(kho: Path) -> None:
    content = kho / "web/content"
    lay(content, {"products/a/index.vi.md": "committed"})
    (content / "products/c/hinh.jpg").unlink()
    git(kho, "mv", "web/content/products/d", "web/content/products/đ mới")
    save(kho)
    lay(content, {"products/b/index.vi.md": "in the index"})
    git(kho, "add", "-A")
    lay(content, {"products/e/index.vi.md": "not saved", "products/g/index.vi.md": "new", "site.yml": "y"})
    lay(kho, {"README.md": "outside of the content"})
    names = {f"nd/products/{name}" for name in ("a", "b", "c", "d", "đ mới", "e", "g")}
    assert touched(kho) == {*names, "nd/site.yml"}


def test_what_others_changed_meanwhile_is_not_told(kho: Path) -> None:
    git(kho, "switch", "-q", "main")
    lay(kho / "web/content", {"products/f/index.vi.md": "changed on main"})
    save(kho)
    git(kho, "switch", "-q", "sua")
    assert touched(kho) == set()


def test_what_git_leaves_out_is_left_out(kho: Path) -> None:
    lay(kho, {".gitignore": "*.tmp\n", "web/content/products/z/a.tmp": "x"})
    assert touched(kho) == set()


def test_names_are_told_as_they_are_surveyed(kho: Path) -> None:
    lay(kho / "web/content", {"products/ca\u0301/index.vi.md": "x"})
    assert touched(kho) == {"nd/products/c\u00e1"}


@pytest.mark.parametrize("ref", ["no-such-branch", "", "-x", "--output=x", "main..sua", ":/x"])
def test_what_is_no_name_of_a_state_is_said_to_be_unknown_and_is_no_option(kho: Path, ref: str) -> None:
    before = sorted(kho.rglob("*"))
    with pytest.raises(Unknown, match="git fetch origin") as fault:
        touched(kho, ref)
    assert len(str(fault.value).split("\n")) == 2
    assert sorted(kho.rglob("*")) == before


def test_a_history_that_is_cut_short_is_told(kho: Path, tmp_path: Path) -> None:
    lay(kho / "web/content", {"products/a/index.vi.md": "committed"})
    save(kho)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{kho}", "short")
    with pytest.raises(Unknown, match="fetch --unshallow"):
        touched(tmp_path / "short", "origin/main")


def test_a_folder_of_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="lies in no git repository"):
        touched_since(tmp_path, "content", "main")


def test_a_machine_without_git_is_told(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(kho))
    with pytest.raises(Unknown, match="install it"):
        touched(kho)


def test_a_git_that_hangs_is_told(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = lay(kho / "bin", {"git": "#!/bin/sh\nexec /bin/sleep 9\n"}) / "git"
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent))
    monkeypatch.setattr(changes, "SECONDS", 0.2)
    with pytest.raises(Unknown, match=r"within 0\.2 seconds"):
        touched(kho)


def test_content_that_is_a_repository_itself_cannot_bring_commands_with_it(kho: Path) -> None:
    content, ran = kho / "web/content", kho / "ran"
    git(content, "init", "-q", "--bare", ".")
    trap = "bare = false", "worktree = .", f'fsmonitor = "touch {ran} #"'
    lay(content, {"config": "\n\t".join(("[core]", "repositoryformatversion = 0", *trap)) + "\n"})
    git(content, "status", "--porcelain")
    assert ran.exists(), "otherwise the trap does not work and this test proves nothing"
    ran.unlink()
    touched(kho)
    assert not ran.exists()


def test_the_content_is_named_from_the_root_of_its_repository(
    kho: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kho / "web")
    assert folder_in_repository(Path("content")) == "web/content"
    assert folder_in_repository(kho / "web/content") == "web/content"
    assert folder_in_repository(kho) == ""
    lay(tmp_path / "elsewhere", {"a": ""})
    assert folder_in_repository(tmp_path / "elsewhere") == (tmp_path / "elsewhere").as_posix()


def test_a_second_working_tree_is_a_repository_too(kho: Path, tmp_path: Path) -> None:
    git(kho, "worktree", "add", "-q", "-b", "other", str(tmp_path / "beside"), "main")
    lay(tmp_path / "beside/web/content", {"products/a/index.vi.md": "changed"})
    assert touched(tmp_path / "beside") == {"nd/products/a"}
