"""The command line: one function a command; exit codes 0 fine, 1 the content is wrong, 2 wrong use, 3 our fault."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ocopgen import __version__

if TYPE_CHECKING:
    from ocopgen.project import Project

FINE, WRONG_CONTENT, WRONG_USE, OUR_FAULT = range(4)

_EPILOG = """\
exit codes: 0 fine; 1 the content has errors; 2 wrong use; 3 a fault of ocopgen or of a template; 130 stopped
mã thoát: 0 tốt; 1 nội dung có lỗi; 2 gõ sai lệnh; 3 lỗi của ocopgen hay của mẫu trang; 130 bị dừng
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parsed = _parser().parse_args(_with_command(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(parsed.run(parsed))
    except KeyboardInterrupt:
        print("\nđã dừng / stopped", file=sys.stderr)
        return 130
    except ModuleNotFoundError as missing:
        print(_what_to_run(str(missing.name)), file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as fault:
        print(f"không đọc hay ghi được / cannot read or write: {fault}", file=sys.stderr)
        return WRONG_USE
    except Exception as fault:
        from ocopgen.overlay import of_fault

        print(of_fault(fault, getattr(parsed, "templates", Path())).printed(), file=sys.stderr)
        return OUR_FAULT


def _what_to_run(missing: str) -> str:
    """One line on how to get a package: with the Python that has it, or by setting everything up."""
    own = Path(__file__).resolve().parent.parent / ".venv"
    pythons = [own / "bin" / "python", own / "Scripts" / "python.exe"]
    there = next((one for one in pythons if one.exists()), None)
    how = f"{there} build.py …" if there else "make site"
    return f"thiếu {missing}: chạy '{how}' / {missing} is missing: run '{how}'"


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Without a command it is `build`: `--drafts` means `build --drafts`."""
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help", "--version")):
        return list(arguments)
    return ["build", *arguments]


# --- arguments --------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ocopgen",
        description="Dựng danh mục sản phẩm OCOP song ngữ / Build a bilingual catalogue of OCOP products.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ocopgen {__version__}")
    commands = parser.add_subparsers(
        title="lệnh / commands", metavar="build | check | serve | fix | why | verify | cache", required=True
    )

    def command(name: str, run: _Command, words: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        raw = argparse.RawDescriptionHelpFormatter
        made = commands.add_parser(name, parents=parents, formatter_class=raw, epilog=_EPILOG, help=words)
        made.set_defaults(run=run)
        return made

    build = command("build", _build, "kiểm tra rồi dựng trang / check, then build the site (default)", _common())
    build.add_argument("--force", action="store_true", help="in lại mọi tệp / print every file anew")
    build.add_argument(
        "--wait",
        type=_number,
        default=600,
        metavar="S",
        help="đợi lần dựng khác / wait for another build (%(default)s s)",
    )
    build.add_argument("--timings", action="store_true", help="cho biết thời gian từng bước / show each stage's time")
    build.add_argument("--stats", type=Path, metavar="FILE", help="ghi số liệu vào tệp JSON / write figures as JSON")
    command("check", _check, "chỉ kiểm tra nội dung / only check the content", _common())
    tells = "vì sao một tệp được in lại, và in từ đâu / why a file was printed, and from what"
    why = command("why", _why, tells, _common())
    why.add_argument("path", help="tệp của trang / a file of the site: vi/san-pham/…")
    proves = "dựng sạch bên cạnh rồi so từng byte / build clean beside and compare byte for byte"
    command("verify", _verify, proves, _common())
    cleans = "xóa nơi chụp và mọi thông tin kèm theo khỏi ảnh có GPS / clean photos that tell their place"
    fix = command("fix", _fix, cleans, _content())
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it
    cache = command("cache", _cache, "xem và dọn kho ảnh đã làm / show and trim the pictures made before")
    cache.add_argument("--cache", **_CACHE)
    cache.add_argument("--trim", action="store_true", help="xóa phần vượt mức / remove what is over the limits")
    cache.add_argument(
        "--megabytes", type=_number, default=2000, metavar="N", help="giữ tối đa / keep at most (%(default)s)"
    )
    cache.add_argument(
        "--days",
        type=_number,
        default=90,
        metavar="N",
        help="giữ nếu dùng trong N ngày / keep if used within (%(default)s)",
    )
    views = "xem trên máy, tự dựng lại khi sửa / view locally, rebuild on every change"
    serve = command("serve", _serve, views, _common())
    serve.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe / address to listen on (%(default)s)")
    serve.add_argument("--port", type=_port, default=8000, help="cổng / port (%(default)s)")
    return parser


_Command = Callable[[argparse.Namespace], int]

_CACHE: dict[str, Any] = {
    "type": Path,
    "default": Path(".cache"),
    "metavar": "DIR",
    "help": "kho ảnh đã làm / pictures made before (%(default)s)",
}


def _content() -> argparse.ArgumentParser:
    """The arguments of every command that reads the content."""
    content = argparse.ArgumentParser(add_help=False)
    content.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="thư mục nội dung / the content (%(default)s)",
    )
    content.add_argument("--cache", **_CACHE)
    content.add_argument(
        "--jobs",
        type=_number,
        default=None,
        metavar="N",
        help="số tiến trình / processes (as many as processors)",
    )
    return content


def _common() -> argparse.ArgumentParser:
    """The arguments of every command that plans the site."""
    common = argparse.ArgumentParser(add_help=False, parents=[_content()])
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
        type=_date,
        default=None,
        metavar="YYYY-MM-DD",
        help="ngày tính hiệu lực của sao / the day on which stars are judged (today)",
    )
    common.add_argument(
        "--base-url",
        type=_base_url,
        default=None,
        metavar="URL",
        help="địa chỉ công khai của trang / the site's public address (site.yml)",
    )
    common.add_argument("--drafts", action="store_true", help="dựng cả bản nháp / build drafts too")
    return common


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{word}': viết năm-tháng-ngày / write year-month-day, 2026-11-23") from None


def _number(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"'{word}': số nguyên từ 1 / a whole number from 1")
    return int(word)


def _port(word: str) -> int:
    if not word.isdecimal() or int(word) > 65535:
        raise argparse.ArgumentTypeError(f"'{word}': số từ 0 đến 65535 / a number from 0 to 65535")
    return int(word)


def _base_url(word: str) -> str:
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


# --- commands ---------------------------------------------------------------------------------------------


def _project(parsed: argparse.Namespace) -> Project | None:
    """The project that the arguments name; `None`, with a word, where a folder is missing."""
    from ocopgen.project import Project

    for option, folder in (("--content", parsed.content), ("--templates", parsed.templates)):
        if not folder.is_dir():
            where = folder.resolve()
            print(
                f"không có thư mục '{where}'; chọn bằng {option}\nthere is no folder '{where}'; name it with {option}",
                file=sys.stderr,
            )
            return None
    return Project(
        content=parsed.content,
        templates=parsed.templates,
        output=parsed.output,
        cache=parsed.cache,
        today=parsed.date or today_in_vietnam(),
        base_url=parsed.base_url,
        drafts=parsed.drafts,
        jobs=parsed.jobs or processors(),
        patience=getattr(parsed, "wait", 0),
    )


def _check(parsed: argparse.Namespace) -> int:
    from ocopgen.project import check
    from ocopgen.terminal import Bars, count, tell

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    checked = check(project, Bars())
    tell(checked.problems)
    if checked.sound:
        print(f"nội dung tốt / the content is fine{count(checked.problems)}")
    return FINE if checked.sound else WRONG_CONTENT


def _build(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused, write
    from ocopgen.project import build
    from ocopgen.stopwatch import Stopwatch
    from ocopgen.terminal import Bars, stats, told, told_timings

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    watch = Stopwatch()
    try:
        built = build(project, Bars(), parsed.force, watch)
    except Refused as why:
        return _refused(why)
    told(built, project)
    if parsed.timings:
        told_timings(watch.laps)
    if parsed.stats:
        write(parsed.stats, stats(built, watch.laps).encode())
    return FINE if built.published else WRONG_CONTENT


def _why(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.proof import Unknown, why
    from ocopgen.terminal import told_why

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    try:
        told_why(why(project, parsed.path))
    except (Refused, Unknown) as fault:
        return _refused(fault)
    return FINE


def _verify(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.proof import verify
    from ocopgen.terminal import Bars, told_verified

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    try:
        verified = verify(project, Bars())
    except Refused as why:
        return _refused(why)
    told_verified(verified, project)
    return FINE if verified.built.published and not verified.differing else WRONG_CONTENT


def _fix(parsed: argparse.Namespace) -> int:
    from ocopgen.fix import fix
    from ocopgen.terminal import Bars, tell, told_fixed

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    fixed = fix(project, Bars(), parsed.dry_run)
    tell(fixed.problems)
    told_fixed(fixed, parsed.dry_run)
    return WRONG_CONTENT if fixed.problems else FINE


def _cache(parsed: argparse.Namespace) -> int:
    from ocopgen.cache import Cache
    from ocopgen.notebook import DAY, Notebook
    from ocopgen.terminal import told_cache

    cache = Cache(parsed.cache)
    before = time.time() - parsed.days * DAY
    surplus = cache.surplus(parsed.megabytes << 20, before)
    if parsed.trim:
        for one in surplus:
            one.path.unlink(missing_ok=True)
        Notebook(parsed.cache).forget(int(before) // DAY)
    told_cache(cache.files(), surplus, parsed.trim)
    return FINE


def _serve(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.serve import serve

    project = _project(parsed)
    if project is None:
        return WRONG_USE
    try:
        return serve(project, parsed.host, parsed.port, lambda: parsed.date or today_in_vietnam())
    except Refused as why:
        return _refused(why)


def _refused(why: Exception) -> int:
    print(why, file=sys.stderr)
    return WRONG_USE
