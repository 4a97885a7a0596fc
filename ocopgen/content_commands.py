"""The commands that help to write the content."""

from __future__ import annotations

import argparse
from pathlib import Path

from ocopgen.arguments import FINE, WRONG_CONTENT, WRONG_USE, Adder, of_content, of_site, one_of, project_of, refused


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    cleans = "xóa nơi chụp và mọi thông tin kèm theo khỏi ảnh có GPS / clean photos that tell their place"
    fix = command("fix", _fix, cleans, of_content())
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it
    tells = "báo cáo: bản dịch, hạn công nhận, độ đầy đủ, phiếu minh chứng / what is translated, due and missing"
    report = command("report", _report, tells, of_site())
    report.add_argument(
        "--to",
        type=Path,
        default=Path("reports"),
        metavar="DIR",
        help="thư mục báo cáo, ngoài trang công khai / the report's folder, outside the site (%(default)s)",
    )
    report.add_argument(
        "--lang",
        type=one_of("vi", "en"),
        default=("vi", "en"),
        metavar="LANG",
        help="ngôn ngữ của báo cáo / languages of the report (vi,en)",
    )
    report.add_argument(
        "--format",
        type=one_of("html", "json"),
        default=("html", "json"),
        metavar="FORMAT",
        help="dạng báo cáo / forms of the report (html,json)",
    )


def _fix(parsed: argparse.Namespace) -> int:
    from ocopgen.fix import fix
    from ocopgen.terminal import Bars, tell, told_fixed

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    fixed = fix(project, Bars(), parsed.dry_run)
    tell(fixed.problems)
    told_fixed(fixed, parsed.dry_run)
    return WRONG_CONTENT if fixed.problems else FINE


def _report(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.report import Order, report
    from ocopgen.terminal import Bars, tell, told_report

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    order = Order(parsed.to, parsed.lang, "html" in parsed.format, "json" in parsed.format)
    try:
        reported = report(project, order, Bars())
    except Refused as why:
        return refused(why)
    if reported.found is None:
        tell(reported.problems)
    told_report(reported, order)
    return FINE if reported.found else WRONG_CONTENT
