"""What a change touched, asked of git; and where the content lies in its repository."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import Path

SECONDS = 60
"""How long git may take."""


class Unknown(ValueError):
    """What changed cannot be told; it says why and what to do, in both languages."""


def folder_in_repository(content: Path) -> str:
    """What the content folder is called from the root of its repository; as it was given, where it is in none."""
    root = _root(content)
    if root is None:
        return content.as_posix()
    return "/".join(content.resolve().relative_to(root).parts)


def touched_since(content: Path, label: str, ref: str) -> frozenset[str]:
    """Entries and data files below the content folder that changed since this line of development left `ref`.

    Changes count that are committed or not, and files that git does not know yet. An entry is named by its folder,
    since whatever happened in it may be the cause of its problems; names begin with `label`. Raises `Unknown`.
    """
    root = _root(content)
    if root is None:
        raise Unknown(_NO_REPOSITORY.format(folder=content.resolve()))
    base = None if ref.startswith("-") else _git(root, content, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if not base:
        raise Unknown(_NO_REF.format(ref=ref))
    names = "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"
    changed = _git(root, content, "diff", *names, "--merge-base", base.decode().strip(), "--")
    if changed is None:
        raise Unknown(_NO_BASE.format(ref=ref))
    new = _git(root, content, "ls-files", "-z", "--others", "--exclude-standard") or b""
    return frozenset(_entries(label, (changed + new).split(b"\0")))


def _entries(label: str, names: Iterable[bytes]) -> Iterable[str]:
    for raw in filter(None, names):
        name = unicodedata.normalize("NFC", raw.decode("utf-8", "replace"))
        parts = name.split("/")
        yield "/".join((label, *(parts[:2] if len(parts) > 2 else parts)))


def _root(content: Path) -> Path | None:
    """The nearest folder above that is a repository; one that lies bare in the content is none of ours."""
    whole = content.resolve()
    return next((one for one in (whole, *whole.parents) if (one / ".git").exists()), None)


def _git(root: Path, content: Path, *words: str) -> bytes | None:
    """What git says of the content; nothing where it refuses.

    Its folder is named, not looked for: content that holds a repository of its own could bring commands with it.
    """
    line = ["git", f"--git-dir={root / '.git'}", f"--work-tree={root}", *words]
    try:
        done = subprocess.run(line, capture_output=True, check=False, cwd=content, timeout=SECONDS)
    except FileNotFoundError:
        raise Unknown(_NO_GIT) from None
    except subprocess.TimeoutExpired:
        raise Unknown(_SLOW.format(seconds=SECONDS)) from None
    return done.stdout if done.returncode == 0 else None


_NO_GIT = (
    "không có git trên máy: cài git, hoặc bỏ --changed-since\n"
    "there is no git on this machine: install it, or leave out --changed-since"
)
_NO_REPOSITORY = (
    "'{folder}' không nằm trong kho git: bỏ --changed-since\n"
    "'{folder}' lies in no git repository: leave out --changed-since"
)
_NO_REF = (
    "git không biết '{ref}': xem lại tên, chạy 'git fetch origin' trước; trong GitHub Actions đặt fetch-depth: 0\n"
    "git does not know '{ref}': check the name, run 'git fetch origin' first; in GitHub Actions set fetch-depth: 0"
)
_NO_BASE = (
    "không tìm được chỗ rẽ từ '{ref}' vì lịch sử bị cắt ngắn: chạy 'git fetch --unshallow', hoặc đặt fetch-depth: 0\n"
    "where this left '{ref}' is not known, the history is cut short: run 'git fetch --unshallow', or set fetch-depth: 0"
)
_SLOW = (
    "git không trả lời trong {seconds} giây: bỏ --changed-since\n"
    "git did not answer within {seconds} seconds: leave out --changed-since"
)
