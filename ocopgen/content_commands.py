"""The commands that help to write the content."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.arguments import (
    CACHE,
    FINE,
    WRONG_CONTENT,
    WRONG_USE,
    Adder,
    a_number,
    is_there,
    of_content,
    of_site,
    one_of,
    project_of,
    refused,
    today_in_vietnam,
)

if TYPE_CHECKING:
    from ocopgen.catalogue import Content
    from ocopgen.notebook import Notebook
    from ocopgen.problems import Problem
    from ocopgen.reference import Strings


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    _add_new(command)
    _add_fix(command)
    _add_schema(command)
    _add_report(command)
    _add_changes(command)


def _add_new(command: Adder) -> None:
    begins = "tạo thư mục và tệp mẫu cho một mục mới / begin an entry: its folder with commented templates"
    new = command("new", _new, begins)
    new.description = _NEW
    new.add_argument(
        "kind",
        choices=KINDS,
        metavar="KIND",
        help="product (sản phẩm), producer (chủ thể), outlet (điểm bán), news (tin), page (trang) / what it is",
    )
    new.add_argument(
        "name",
        metavar="NAME",
        help="tên tiếng Việt, trong dấu nháy; tên bắt đầu bằng - viết sau -- / its Vietnamese name, in quotes",
    )
    new.add_argument("--set", type=a_number, metavar="N", help="bộ sản phẩm, 1 đến 26 / the product set, 1 to 26")
    new.add_argument("--producer", metavar="ID", help="mã chủ thể của sản phẩm / the producer of a product")
    new.add_argument("--id", metavar="ID", help="mã, tên thư mục / the id, the folder's name (from the name)")
    new.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="thư mục nội dung / the content (%(default)s)",
    )


def _add_fix(command: Adder) -> None:
    mends = "sửa những lỗi máy sửa được, xóa nơi chụp khỏi ảnh / mend what a machine can, clean photos of their place"
    fix = command("fix", _fix, mends, of_content())
    fix.description = _FIX
    fix.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="chỉ sửa ở đây / mend only here (all)")
    fix.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ sửa gì / only tell what would be done")
    fix.set_defaults(templates=Path(), output=Path("output"), date=None, base_url=None, drafts=False)  # of no use to it


def _add_schema(command: Adder) -> None:
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


def _add_changes(command: Adder) -> None:
    tells = "kể hai nội dung khác nhau ở đâu, bằng Markdown / tell in Markdown how two contents differ"
    changes = command("changes", _changes, tells)
    changes.add_argument("before", type=Path, metavar="BEFORE", help="nội dung trước khi sửa / the content before")
    changes.add_argument("after", type=Path, metavar="AFTER", help="nội dung sau khi sửa / the content after")
    changes.add_argument(
        "--sites",
        type=Path,
        nargs=2,
        metavar=("BEFORE", "AFTER"),
        help="trang dựng từ hai nội dung, nếu có, để so từng trang / the sites built from them, if they were",
    )
    changes.add_argument("--cache", **CACHE)


def _add_report(command: Adder) -> None:
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


KINDS = "product", "producer", "outlet", "news", "page"
"""What an entry may be: the models of `model.KINDS`, named here since help loads none of them."""

_NEW = """\
Tạo content/…/<mã>/index.vi.md và index.en.md từ mô hình: dòng cần ghi để trống, dòng khác là ví dụ chờ bỏ dấu #.
Mã lấy từ tên: "Tỏi đen Trường An" thành toi-den-truong-an. Không ghi đè lên mục đã có.
Writes content/…/<id>/index.vi.md and index.en.md, made from the model: what is needed is left empty, all else is an
example that waits behind a #. The id comes from the name. Nothing that is there is overwritten."""

_FIX = """\
Sửa: mã hóa, xuống dòng, dạng dấu tiếng Việt, Tab, tên và thứ tự khóa, ngày, giá, số, điện thoại, lựa chọn viết
bằng tiếng Việt; ghi chú giữ nguyên. Chỗ nào có thể hiểu hai cách thì để nguyên cho lệnh check nói.
Mends encoding, line ends, letters, tabs, names and order of keys, dates, prices, numbers, phones, and choices
written in Vietnamese; comments stay. What might mean two things is left for check to tell."""


def _new(parsed: argparse.Namespace) -> int:
    from ocopgen.new import Wish, begin
    from ocopgen.starter import Unfit
    from ocopgen.terminal import tell, told_begun

    if not is_there("--content", parsed.content):
        return WRONG_USE
    wish = Wish(parsed.kind, parsed.name, parsed.id, parsed.set, parsed.producer)
    try:
        begun = begin(parsed.content, wish, today_in_vietnam())
    except Unfit as why:
        return refused(why)
    tell(begun.problems)
    told_begun(begun, parsed.content)
    return FINE if begun.files else WRONG_CONTENT


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


def _changes(parsed: argparse.Namespace) -> int:
    from ocopgen.differences import compare, files
    from ocopgen.notebook import Notebook
    from ocopgen.proof import site_files
    from ocopgen.review import markdown

    for folder in (parsed.before, parsed.after):
        if not folder.is_dir():
            where = folder.resolve()
            print(f"không có thư mục '{where}'\nthere is no folder '{where}'", file=sys.stderr)
            return WRONG_USE
    notes = Notebook(parsed.cache)
    found = compare(_content(parsed.before, notes), _content(parsed.after, notes))
    built = parsed.sites and all(site.is_dir() for site in parsed.sites)
    pages = files(*map(site_files, parsed.sites)) if built else None
    print(markdown(found, pages), end="")
    return FINE


def _content(folder: Path, notes: Notebook) -> Content:
    """What lies in a folder; no photo is looked at."""
    from ocopgen.catalogue import Content
    from ocopgen.document import MAX_BYTES
    from ocopgen.photo import PhotoFile, Sight
    from ocopgen.survey import survey

    found = survey(folder, folder.as_posix(), notes)
    texts = {name: one.read(MAX_BYTES) for name, one in found.texts.items()}
    photos = {name: PhotoFile(name, one.digest, one.size, Sight("other")) for name, one in found.pictures.items()}
    return Content(texts, photos, found.strangers, found.problems, found.label)


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
