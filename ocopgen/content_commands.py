"""The commands that help to write the content."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ocopgen.arguments import (
    FINE,
    FORM,
    WRONG_CONTENT,
    WRONG_USE,
    Adder,
    a_date,
    a_number,
    a_port,
    missing_folder,
    of_content,
    of_site,
    project_of,
    refused,
    today_in_vietnam,
)


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    _add_new(command)
    _add_fix(command)
    _add_exchange(command)
    _add_form(command)


def _add_new(command: Adder) -> None:
    begins = "tạo mục mới: thư mục với tệp mẫu để điền / begin an entry: a folder with a template to fill in"
    new = command("new", _new, begins)
    new.description = _NEW
    new.add_argument(
        "kind",
        choices=("product", "producer", "outlet", "news", "page"),
        help="sản phẩm, chủ thể, điểm bán, tin hay trang / what it is",
    )
    new.add_argument(
        "name", metavar="NAME", help="tên, trong dấu nháy; bắt đầu bằng - thì viết sau -- / its name, in quotes"
    )
    new.add_argument("--set", type=a_number, metavar="N", help="bộ sản phẩm, 1 đến 26 / its product set, 1 to 26")
    new.add_argument("--producer", metavar="ID", help="chủ thể: thư mục trong producers / its producer's folder")
    new.add_argument("--id", metavar="ID", help="tên thư mục, nếu khác tên / the folder's name (made from NAME)")
    new.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="thư mục nội dung / the content (%(default)s)",
    )


_NEW = """\
Ví dụ / examples:
  new product "Rượu nếp Hà My" --set 14 --producer truong-an
  new producer "HTX Trường An"
Trong tệp mẫu, dòng để trống là cần có, dòng có dấu # là tùy chọn; mẫu theo đúng bộ sản phẩm. Không ghi đè gì cả.
In the template, lines left empty are needed and lines with a # are optional; it has what the product set needs.
Nothing is overwritten."""


def _new(parsed: argparse.Namespace) -> int:
    from ocopgen.new import Refused, Unready, Wish, begin
    from ocopgen.terminal import tell, told_new

    if not parsed.content.is_dir():
        return missing_folder("--content", parsed.content)
    wish = Wish(parsed.kind, parsed.name, parsed.set, parsed.producer, parsed.id)
    try:
        told_new(begin(parsed.content, wish, today_in_vietnam()), parsed.content)
    except Refused as why:
        return refused(why)
    except Unready as unready:
        tell(unready.problems)
        return WRONG_CONTENT
    return FINE


def _add_fix(command: Adder) -> None:
    mends = "sửa những lỗi máy sửa được, xóa nơi chụp khỏi ảnh / mend what a machine can, clean photos of their place"
    fix = command("fix", _fix, mends, of_content())
    fix.description = _FIX
    fix.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="chỉ sửa ở đây / mend only here (all)")
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(**_NO_SITE, date=None, drafts=False)


_FIX = """\
Sửa: mã hóa, xuống dòng, dạng dấu tiếng Việt, Tab, tên và thứ tự khóa, ngày, giá, số, điện thoại, lựa chọn viết
bằng tiếng Việt; ghi chú giữ nguyên. Chỗ nào có thể hiểu hai cách thì để nguyên cho lệnh check nói.
Mends encoding, line ends, letters, tabs, names and order of keys, dates, prices, numbers, phones, and choices
written in Vietnamese; comments stay. What might mean two things is left for check to tell.
Mã thoát 1: còn tệp không đọc được, hay ảnh không xóa được nơi chụp. Thông tin sai thì lệnh check nói.
Exit code 1: a file can still not be read, or a photo keeps its place. What is wrong otherwise is told by check."""


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


_NO_SITE = {"templates": Path(), "output": Path("output"), "base_url": None}
"""What these commands have no use for."""


def _add_exchange(command: Adder) -> None:
    reads = "so danh sách của tỉnh (XLSX, CSV) với danh mục, và ghi vào / compare the office's list, and write it in"
    taken = command("import", _import, reads, of_content(), _of_exchange())
    taken.description = _IMPORT
    taken.add_argument("file", type=Path, metavar="FILE", help="danh sách / the list: .xlsx, .csv, .json")
    taken.add_argument("--sheet", metavar="NAME", help="trang tính / the sheet (the one with headings)")
    source = "tên nguồn ghi vào mục / what entries name as their source (the file's name)"
    taken.add_argument("--source", metavar="TITLE", help=source)
    taken.add_argument(
        "--write", action="store_true", help="ghi mục mới và điền chỗ trống / write new entries, fill gaps"
    )
    overwrite = "khi ghi, chỗ nào khác thì lấy theo danh sách / where entries differ, follow the list"
    taken.add_argument("--overwrite", action="store_true", help=overwrite)
    taken.add_argument("--format", choices=("text", "json"), default="text", help="dạng báo cáo / form of the report")
    taken.set_defaults(**_NO_SITE, drafts=True)
    writes = "ghi danh mục ra XLSX, CSV hay JSON / write the catalogue to XLSX, CSV or JSON"
    given = command("export", _export, writes, of_content(), _of_exchange())
    given.add_argument("file", type=Path, metavar="FILE", help="tệp ghi ra / the file: .xlsx, .csv, .json")
    given.add_argument("--drafts", action="store_true", help="ghi cả bản nháp / drafts too")
    private = "ghi cả liên hệ chưa được đồng ý công bố / contacts without consent too"
    given.add_argument("--private", action="store_true", help=private)
    given.add_argument("--force", action="store_true", help="ghi đè tệp đã có / replace a file that is there")
    given.set_defaults(**_NO_SITE)


_IMPORT = """\
Không có --write thì chỉ báo khác nhau, không ghi gì. / Without --write it only reports, and writes nothing.
Đã ghi gì trong mục thì giữ nguyên, trừ khi có --overwrite. / What entries say stays, unless --overwrite is given.
"""


def _of_exchange() -> argparse.ArgumentParser:
    """The arguments that import and export share."""
    shared = argparse.ArgumentParser(add_help=False)
    day = "ngày tính hiệu lực của sao / the day on which stars are judged (today)"
    shared.add_argument("--date", type=a_date, default=None, metavar="YYYY-MM-DD", help=day)
    lang = "ngôn ngữ của báo cáo, tiêu đề / language of report, headings (%(default)s)"
    shared.add_argument("--lang", choices=("vi", "en"), default="vi", help=lang)
    return shared


def _import(parsed: argparse.Namespace) -> int:
    from ocopgen.exchange import Wanted, import_list
    from ocopgen.terminal import Bars, tell, told_imported

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    wanted = Wanted(parsed.file, parsed.sheet, parsed.source, parsed.write, parsed.overwrite)
    imported = import_list(project, Bars(), wanted)
    if parsed.format == "text":
        tell(imported.problems)
    told_imported(imported, wanted, parsed.lang, parsed.format)
    return FINE if imported.sound else WRONG_CONTENT


def _export(parsed: argparse.Namespace) -> int:
    from ocopgen.exchange import FORMATS, export, keep
    from ocopgen.terminal import Bars, tell, told_exported

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    if parsed.file.suffix.lower() not in FORMATS:
        said = f"'{parsed.file}': tên tệp kết thúc bằng / the name of the file ends in {', '.join(FORMATS)}"
        print(said, file=sys.stderr)
        return WRONG_USE
    exported = export(project, Bars(), parsed.file.suffix.lower(), parsed.lang, parsed.private)
    tell(exported.problems)
    if exported.problems:
        return WRONG_CONTENT
    kept = keep(parsed.file, exported.raw, parsed.force)
    told_exported(parsed.file, exported.products, kept)
    return FINE if kept else WRONG_USE


def _add_form(command: Adder) -> None:
    fetches = "tải biểu mẫu cho trang /admin/, cần npm / fetch the form for the page /admin/; needs npm"
    command("form", _form, fetches).add_argument("--form", **FORM)
    edits = "sửa nội dung bằng biểu mẫu trên máy này / edit the content in the form on this machine"
    edit = command("edit", _edit, edits, of_site())
    edit.add_argument("--port", type=a_port, default=8000, help="cổng / port (%(default)s)")


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
