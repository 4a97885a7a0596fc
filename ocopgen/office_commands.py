"""The commands for those who keep the catalogue: what is due, what a change does, what editors know."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.arguments import CACHE, FINE, WRONG_CONTENT, WRONG_USE, Adder, of_site, one_of, project_of, refused

if TYPE_CHECKING:
    from ocopgen.catalogue import Content
    from ocopgen.notebook import Notebook
    from ocopgen.problems import Problem
    from ocopgen.reference import Strings


def add(command: Adder) -> None:
    """Add these commands to the command line."""
    _add_report(command)
    _add_changes(command)
    _add_schema(command)
    _add_brochures(command)


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


def _add_brochures(command: Adder) -> None:
    tells = "làm tờ giới thiệu PDF vào một thư mục, để in hay để gửi / make PDF brochures, to print or to send"
    brochures = command("brochures", _brochures, tells, of_site())
    brochures.add_argument(
        "--print",
        action="store_true",
        help="bản cho nhà in: ảnh 300 dpi, chừa xén 3 mm, có dấu cắt / for a printer: 300 dpi, 3 mm bleed, crop marks",
    )
    brochures.add_argument(
        "--to",
        type=Path,
        default=Path("brochures"),
        metavar="DIR",
        help="thư mục nhận tệp, ngoài trang / the folder for the files, outside the site (%(default)s)",
    )
    brochures.add_argument(
        "--only",
        default="",
        metavar="TEXT",
        help="chỉ tệp có đường dẫn chứa chữ này / only files whose path has this in it: vi/, toi-den-truong-an",
    )


def _brochures(parsed: argparse.Namespace) -> int:
    from ocopgen.ledger import Refused
    from ocopgen.printshop import Order, brochures
    from ocopgen.terminal import Bars, tell, told_brochures

    project = project_of(parsed)
    if project is None:
        return WRONG_USE
    order = Order(parsed.to, parsed.print, parsed.only)
    try:
        made = brochures(project, order, Bars())
    except Refused as why:
        return refused(why)
    if made.brochures is None:
        tell(made.problems)
    told_brochures(made, order)
    if made.brochures is None:
        return WRONG_CONTENT
    return FINE if made.brochures else WRONG_USE


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


def _schema(parsed: argparse.Namespace) -> int:
    from ocopgen.field_list import field_list
    from ocopgen.open_schema import FILE, open_schema
    from ocopgen.schema import schemas
    from ocopgen.terminal import tell

    strings, problems = _strings(parsed.content)
    if strings is None:
        tell(problems)
        return WRONG_CONTENT
    made = {f"schema/{name}": text for name, text in schemas(strings).items()}
    made[f"schema/{FILE}"] = open_schema()
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
