"""The commands that help to write the content."""

from __future__ import annotations

import argparse
from pathlib import Path

from ocopgen.arguments import FINE, WRONG_CONTENT, WRONG_USE, Adder, of_content, project_of


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    cleans = "xóa nơi chụp và mọi thông tin kèm theo khỏi ảnh có GPS / clean photos that tell their place"
    fix = command("fix", _fix, cleans, of_content())
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it


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
