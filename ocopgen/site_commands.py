"""The commands that make, show and prove the site."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.arguments import (
    CACHE,
    FINE,
    WRONG_CONTENT,
    WRONG_USE,
    Adder,
    a_number,
    a_port,
    of_site,
    project_of,
    refused,
    seconds,
    today_in_vietnam,
)

if TYPE_CHECKING:
    from ocopgen.diagnostics import Report
    from ocopgen.errands import Offline
    from ocopgen.problems import Problem
    from ocopgen.project import Project


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    build = command("build", _build, "kiểm tra rồi dựng trang / check, then build the site (default)", of_site())
    build.add_argument("--force", action="store_true", help="in lại mọi tệp / print every file anew")
    build.add_argument(
        "--wait",
        type=seconds,
        default=600,
        metavar="S",
        help="đợi lần dựng khác / wait for another build (%(default)s s)",
    )
    keeps = "chỉ đăng nếu mọi trang và tệp trong hạn mức / publish only what keeps to the budgets of site.yml"
    build.add_argument("--budget", action="store_true", help=keeps)
    build.add_argument("--timings", action="store_true", help="cho biết thời gian từng bước / show each stage's time")
    build.add_argument("--stats", type=Path, metavar="FILE", help="ghi số liệu vào tệp JSON / write figures as JSON")
    _add_bundle(command)
    _takes_reports(command("check", _check, "chỉ kiểm tra nội dung / only check the content", of_site()))
    tells = "vì sao một tệp được in lại, và in từ đâu / why a file was printed, and from what"
    why = command("why", _why, tells, of_site())
    why.add_argument("path", help="tệp của trang / a file of the site: vi/san-pham/…")
    proves = "dựng sạch bên cạnh rồi so từng byte / build clean beside and compare byte for byte"
    command("verify", _verify, proves, of_site())
    cache = command("cache", _cache, "xem và dọn kho ảnh đã làm / show and trim the pictures made before")
    cache.add_argument("--cache", **CACHE)
    cache.add_argument("--trim", action="store_true", help="xóa phần vượt mức / remove what is over the limits")
    cache.add_argument(
        "--megabytes", type=a_number, default=2000, metavar="N", help="giữ tối đa / keep at most (%(default)s)"
    )
    cache.add_argument(
        "--days",
        type=a_number,
        default=90,
        metavar="N",
        help="giữ nếu dùng trong N ngày / keep if used within (%(default)s)",
    )
    views = "xem trên máy, tự dựng lại khi sửa / view locally, rebuild on every change"
    serve = command("serve", _serve, views, of_site())
    serve.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe / address to listen on (%(default)s)")
    serve.add_argument("--port", type=a_port, default=8000, help="cổng / port (%(default)s)")


def _build(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused, write
    from ocopgen.project import build
    from ocopgen.stopwatch import Stopwatch
    from ocopgen.terminal import Bars, stats, told, told_timings

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    watch = Stopwatch()
    try:
        built = build(project, Bars(), parsed.force, watch)
    except Refused as why:
        return refused(why)
    told(built, project)
    if parsed.timings:
        told_timings(watch.laps)
    if parsed.stats:
        write(parsed.stats, stats(built, watch.laps).encode())
    return FINE if built.published else WRONG_CONTENT


def _add_bundle(command: Adder) -> None:
    makes = (
        "gói cho hội chợ: một thư mục và một tệp zip, mở từ USB không cần mạng / a bundle that opens from a USB stick"
    )
    bundle = command("bundle", _bundle, makes, of_site())
    bundle.add_argument(
        "--into",
        type=Path,
        default=Path("bundle"),
        metavar="DIR",
        help="thư mục của gói; tệp zip nằm bên cạnh / the bundle's folder; its zip lies beside it (%(default)s)",
    )
    bundle.add_argument(
        "--max-size",
        type=a_number,
        metavar="N",
        help="thư mục tối đa N triệu byte, bớt cỡ ảnh nếu cần / at most N million bytes, with smaller pictures",
    )


def _bundle(parsed: argparse.Namespace) -> int:
    from ocopgen.bundle import MB, Order, bundle
    from ocopgen.ledger import Refused
    from ocopgen.terminal import Bars, told_bundled

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    into = parsed.into if parsed.into.name not in ("", "..") else parsed.into.resolve()
    if not into.name or into.is_mount():
        print(
            f"'{parsed.into}' là cả ổ đĩa; chọn một thư mục trong đó, ví dụ / is a whole drive;"
            f" choose a folder on it, such as '{into / 'ocop'}'",
            file=sys.stderr,
        )
        return WRONG_USE
    order = Order(into, parsed.max_size and parsed.max_size * MB, project.today)
    try:
        bundled = bundle(project, order, Bars())
    except Refused as why:
        return refused(why)
    told_bundled(bundled, order, parsed.brochures)
    return FINE if bundled.made and bundled.made.there else WRONG_CONTENT


def _takes_reports(check: argparse.ArgumentParser) -> None:
    """How, and of what first, a check tells."""
    check.add_argument(
        "--lang",
        choices=("vi", "en"),
        default="vi",
        help="ngôn ngữ đứng trước / the language that comes first (%(default)s)",
    )
    check.add_argument(
        "--format",
        choices=("text", "github", "json", "sarif"),
        default="text",
        help="cho người đọc, GitHub hay máy / for people, GitHub or machines (%(default)s)",
    )
    check.add_argument(
        "--changed-since",
        metavar="REF",
        help="nói trước về phần đã sửa từ nhánh hay phiên bản này / first tell of what changed since, such as main",
    )
    check.add_argument(
        "--external",
        action="store_true",
        help="hỏi cả các trang ngoài xem liên kết còn dùng được không / ask other sites whether links to them work",
    )
    fresh = "với --external: hỏi lại cả những gì mới hỏi / with --external: ask again what was asked lately"
    check.add_argument("--fresh", action="store_true", help=fresh)
    check.add_argument("--all", action="store_true", help="hiện mọi lưu ý / show every warning")


def _check(parsed: argparse.Namespace) -> int:
    from ocopgen import changes
    from ocopgen.diagnostics import Report
    from ocopgen.problems import in_order
    from ocopgen.project import check
    from ocopgen.terminal import Bars

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    if parsed.fresh and not parsed.external:
        return refused("--fresh chỉ đi cùng --external\n--fresh goes with --external only")
    label = project.content.as_posix()
    try:
        since = parsed.changed_since
        touched = None if since is None else changes.touched_since(project.content, label, since)
    except changes.Unknown as why:
        return refused(why)
    checked = check(project, Bars())
    beyond, offline = _outward(parsed, project) if parsed.external else ((), None)
    report = Report(in_order((*checked.problems, *beyond)), parsed.lang, touched)
    _report(parsed, report, label, changes.folder_in_repository(project.content))
    if offline is not None:
        print(offline, file=sys.stderr)
    return WRONG_CONTENT if not checked.sound else WRONG_USE if offline else FINE


def _outward(parsed: argparse.Namespace, project: Project) -> tuple[tuple[Problem, ...], Offline | None]:
    """What is wrong of addresses outside; or why none could be asked."""
    from ocopgen.errands import Offline, check_outward
    from ocopgen.terminal import Bars, told_visited

    try:
        visited = check_outward(project, Bars(), parsed.fresh)
    except Offline as offline:
        return (), offline
    told_visited(visited)
    return visited.problems, None


def _report(parsed: argparse.Namespace, report: Report, label: str, folder: str) -> None:
    """Tell in the form that was asked for; whoever shows files of a repository needs their names in it."""
    from ocopgen.diagnostics import as_json, sarif
    from ocopgen.terminal import fine, show, show_on_github

    if parsed.format == "json":
        print(as_json(report), end="")
    elif parsed.format == "sarif":
        print(sarif(report.moved(label, folder)), end="")
    elif parsed.format == "github":
        show_on_github(report.moved(label, folder))
    else:
        show(report, parsed.all)
        fine(report)


def _serve(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.serve import serve

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    try:
        return serve(project, parsed.host, parsed.port, lambda: parsed.date or today_in_vietnam())
    except Refused as why:
        return refused(why)


def _why(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.proof import Unknown, why
    from ocopgen.terminal import told_why

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    try:
        told_why(why(project, parsed.path))
    except (Refused, Unknown) as fault:
        return refused(fault)
    return FINE


def _verify(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.proof import verify
    from ocopgen.terminal import Bars, told_verified

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    try:
        verified = verify(project, Bars())
    except Refused as why:
        return refused(why)
    told_verified(verified, project)
    return FINE if verified.built.published and not verified.differing else WRONG_CONTENT


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
