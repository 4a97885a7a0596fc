"""The commands that help to write the content."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.arguments import (
    FINE,
    FORM,
    WRONG_CONTENT,
    WRONG_USE,
    Adder,
    a_port,
    of_content,
    of_site,
    project_of,
    refused,
    today_in_vietnam,
)

if TYPE_CHECKING:
    from ocopgen.problems import Problem
    from ocopgen.reference import Strings


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    cleans = "xóa nơi chụp và mọi thông tin kèm theo khỏi ảnh có GPS / clean photos that tell their place"
    fix = command("fix", _fix, cleans, of_content())
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it
    writes = "làm lại schema/*.json và docs/fields.md từ mô hình / make schema/*.json and docs/fields.md from the model"
    schema = command("schema", _schema, writes)
    schema.add_argument("--check", action="store_true", help="chỉ xem còn đúng không / only tell if they are current")
    schema.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="nơi có strings.yml, chữ của các lựa chọn / where strings.yml is, with words for choices (%(default)s)",
    )
    schema.add_argument(
        "--into", type=Path, default=Path(), metavar="DIR", help="thư mục dự án / the project's folder (%(default)s)"
    )

    fetches = "tải biểu mẫu cho trang /admin/, cần npm / fetch the form for the page /admin/; needs npm"
    command("form", _form, fetches).add_argument("--form", **FORM)
    edits = "sửa nội dung bằng biểu mẫu trên máy này / edit the content in the form on this machine"
    edit = command("edit", _edit, edits, of_site())
    edit.add_argument("--port", type=a_port, default=8000, help="cổng / port (%(default)s)")


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


def _schema(parsed: argparse.Namespace) -> int:
    from ocopgen.field_list import field_list
    from ocopgen.schema import schemas
    from ocopgen.terminal import tell

    strings, problems = _strings(parsed.content)
    if strings is None:
        tell(problems)
        return WRONG_CONTENT
    made = {f"schema/{name}": text for name, text in schemas(strings).items()}
    made["docs/fields.md"] = field_list(strings)
    other = [name for name, text in made.items() if _read(parsed.into / name) != text.encode()]
    for name in other:
        print(f"{name}: {'cũ / not current' if parsed.check else 'đã ghi / written'}")
        if not parsed.check:
            (parsed.into / name).parent.mkdir(parents=True, exist_ok=True)
            (parsed.into / name).write_bytes(made[name].encode())
    if other and parsed.check:
        print("chạy 'make schema' / run 'make schema'")
    return WRONG_CONTENT if other and parsed.check else FINE


def _form(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.npm import fetch

    try:
        fetched = fetch(parsed.form)
    except Refused as why:
        return refused(why)
    print(f"{parsed.form}: {'đã tải biểu mẫu / the form was fetched' if fetched else 'đã có sẵn / there already'}")
    return FINE


def _edit(parsed: argparse.Namespace) -> int:
    from ocopgen.edit import edit
    from ocopgen.ledger import Refused
    from ocopgen.npm import fetch

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    try:
        fetch(parsed.form)
        return edit(project, "127.0.0.1", parsed.port, lambda: parsed.date or today_in_vietnam())
    except Refused as why:
        return refused(why)


def _strings(content: Path) -> tuple[Strings | None, list[Problem]]:
    """The words of the interface, or what is wrong with them. Raises `OSError`."""
    from ocopgen.decode import decode_data
    from ocopgen.document import read_data
    from ocopgen.reference import Strings

    path = content / "strings.yml"
    document, problems = read_data(path.as_posix(), path.read_bytes())
    return decode_data(document, Strings) if document else (None, problems)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
