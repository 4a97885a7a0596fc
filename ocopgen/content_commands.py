"""The commands that help to write the content."""

from __future__ import annotations

import argparse
from pathlib import Path

from ocopgen.arguments import FINE, WRONG_CONTENT, WRONG_USE, Adder, of_content, project_of, refused


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    mends = "sửa những lỗi máy sửa được, xóa nơi chụp khỏi ảnh / mend what a machine can, clean photos of their place"
    fix = command("fix", _fix, mends, of_content())
    fix.description = _FIX
    fix.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="chỉ sửa ở đây / mend only here (all)")
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it


_FIX = """\
Sửa: mã hóa, xuống dòng, dạng dấu tiếng Việt, Tab, tên và thứ tự khóa, ngày, giá, số, điện thoại, lựa chọn viết
bằng tiếng Việt; ghi chú giữ nguyên. Chỗ nào có thể hiểu hai cách thì để nguyên cho lệnh check nói.
Mends encoding, line ends, letters, tabs, names and order of keys, dates, prices, numbers, phones, and choices
written in Vietnamese; comments stay. What might mean two things is left for check to tell."""


def _fix(parsed: argparse.Namespace) -> int:
    from ocopgen.fix import fix
    from ocopgen.terminal import Bars, tell, told_fixed

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    try:
        fixed = fix(project, Bars(), parsed.dry_run, parsed.paths)
    except FileNotFoundError as gone:
        return refused(f"không có '{gone.filename}' / there is no '{gone.filename}'")
    tell(fixed.problems)
    told_fixed(fixed, parsed.dry_run)
    return WRONG_CONTENT if fixed.problems else FINE
