"""What commands share: arguments, how a word becomes a value, the project they name, exit codes."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ocopgen.project import Project

FINE, WRONG_CONTENT, WRONG_USE, OUR_FAULT = range(4)
"""Exit codes."""

FORM: dict[str, Any] = {
    "type": Path,
    "default": Path(".cache/form"),
    "metavar": "DIR",
    "help": "phần biểu mẫu đã tải về / scripts fetched for the form (%(default)s)",
}

Command = Callable[[argparse.Namespace], int]
Adder = Callable[..., argparse.ArgumentParser]
"""Adds a command by its name, what runs it, a line on what it does, and the arguments it shares with others."""

CACHE: dict[str, Any] = {
    "type": Path,
    "default": Path(".cache"),
    "metavar": "DIR",
    "help": "kho ảnh đã làm / pictures made before (%(default)s)",
}


def of_content() -> argparse.ArgumentParser:
    """The arguments of every command that reads the content."""
    content = argparse.ArgumentParser(add_help=False)
    content.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="thư mục nội dung / the content (%(default)s)",
    )
    content.add_argument("--cache", **CACHE)
    content.add_argument(
        "--jobs",
        type=a_number,
        default=None,
        metavar="N",
        help="số tiến trình / processes (as many as processors)",
    )
    return content


def of_site() -> argparse.ArgumentParser:
    """The arguments of every command that plans the site."""
    common = argparse.ArgumentParser(add_help=False, parents=[of_content()])
    here = Path(__file__).resolve().parent.parent
    common.add_argument(
        "--templates",
        type=Path,
        default=here / "templates",
        metavar="DIR",
        help="thư mục mẫu trang / the templates (the project's own)",
    )
    common.add_argument(
        "--output",
        type=Path,
        default=Path("output"),
        metavar="DIR",
        help="thư mục trang dựng ra / the site (%(default)s)",
    )
    common.add_argument(
        "--date",
        type=a_date,
        default=None,
        metavar="YYYY-MM-DD",
        help="ngày tính hiệu lực của sao / the day on which stars are judged (today)",
    )
    common.add_argument(
        "--base-url",
        type=a_base_url,
        default=None,
        metavar="URL",
        help="địa chỉ công khai của trang / the site's public address (site.yml)",
    )
    common.add_argument("--form", **FORM)
    common.add_argument("--drafts", action="store_true", help="dựng cả bản nháp / build drafts too")
    without = "không làm tờ giới thiệu PDF / make no PDF brochures"
    common.add_argument("--no-brochures", dest="brochures", action="store_false", help=without)
    beside = "đặt bản nén .br, .gz cạnh mỗi tệp chữ / lay compressed forms of text files beside them"
    common.add_argument("--compress", action="store_true", help=beside)
    return common


def a_date(word: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{word}': viết năm-tháng-ngày / write year-month-day, 2026-11-23") from None


def a_number(word: str) -> int:
    """A whole number from 1."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"'{word}': số nguyên từ 1 / a whole number from 1")
    return int(word)


def seconds(word: str) -> int:
    """Whole seconds; 0 means not at all."""
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"'{word}': số nguyên từ 0 / a whole number from 0")
    return int(word)


def a_port(word: str) -> int:
    """A port; 0 lets the system choose."""
    if not word.isdecimal() or int(word) > 65535:
        raise argparse.ArgumentTypeError(f"'{word}': số từ 0 đến 65535 / a number from 0 to 65535")
    return int(word)


def one_of(*known: str) -> Callable[[str], tuple[str, ...]]:
    """Takes one or more of some words, parted by commas: `vi,en`."""

    def taken(word: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(part.strip() for part in word.split(",")))
        if not set(words) <= set(known):
            choices = ", ".join(known)
            raise argparse.ArgumentTypeError(
                f"'{word}': dùng / use {choices}; nhiều thì cách bằng dấu phẩy / by commas"
            )
        return words

    return taken


def a_base_url(word: str) -> str:
    """A public address, with a slash at its end."""
    parts = urlsplit(word)
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s?#]", word):
        raise argparse.ArgumentTypeError(f"'{word}': viết như / write like https://example.vn/ocop/")
    return word.rstrip("/") + "/"


def today_in_vietnam() -> date:
    """The day it is where the stars are given (UTC+7, all year), wherever the build runs."""
    return datetime.now(timezone(timedelta(hours=7))).date()


def processors(limits: Path = Path("/sys/fs/cgroup")) -> int:
    """The processors this process may use, also in a container that is given only a share of the machine's."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([ours, *_share(limits)]))


def _share(limits: Path) -> list[int]:
    """Whole processors that a container's limit comes to (cgroup version 2, else 1); nothing where there is none."""
    for names in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        try:
            quota, period = " ".join((limits / name).read_text() for name in names).split()
        except (OSError, ValueError):
            continue
        if quota.isdecimal() and period.isdecimal() and int(period):
            return [-(-int(quota) // int(period))]
    return []


def project_of(parsed: argparse.Namespace) -> Project | None:
    """The project that the arguments name; `None`, with a word, where a folder is missing."""
    from ocopgen.project import Project

    for option, folder in (("--content", parsed.content), ("--templates", parsed.templates)):
        if not folder.is_dir():
            missing_folder(option, folder)
            return None
    return Project(
        content=parsed.content,
        templates=parsed.templates,
        output=parsed.output,
        cache=parsed.cache,
        today=parsed.date or today_in_vietnam(),
        base_url=parsed.base_url,
        drafts=parsed.drafts,
        brochures=getattr(parsed, "brochures", False),
        jobs=parsed.jobs or processors(),
        patience=getattr(parsed, "wait", 0),
        form=getattr(parsed, "form", None),
        compress=getattr(parsed, "compress", False),
        budget=getattr(parsed, "budget", False),
    )


def missing_folder(option: str, folder: Path) -> int:
    """Say that a folder is not there, and which option names it; gives the exit code."""
    where = folder.resolve()
    return refused(
        f"không có thư mục '{where}'; chọn bằng {option}\nthere is no folder '{where}'; name it with {option}"
    )


def refused(why: Exception | str) -> int:
    """Say why a command was refused; gives its exit code."""
    print(why, file=sys.stderr)
    return WRONG_USE
