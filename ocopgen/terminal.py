"""Words and progress for the person at the terminal."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen import __version__
from ocopgen.cache import Kept
from ocopgen.diagnostics import SUMMARY_BYTES, Report, annotated, guarded, summary, text
from ocopgen.problems import Colour, Problem, errors
from ocopgen.project import Built, Project
from ocopgen.stopwatch import Lap

if TYPE_CHECKING:
    from pathlib import Path

    from ocopgen.bundle import Bundled, Made
    from ocopgen.bundle import Order as BundleOrder
    from ocopgen.errands import Visited
    from ocopgen.exchange import Imported, Wanted
    from ocopgen.fix import Fixed, Rewritten
    from ocopgen.printshop import Delivered
    from ocopgen.printshop import Order as PrintOrder
    from ocopgen.proof import Verified, Why
    from ocopgen.report import Order, Reported


def tell(problems: Sequence[Problem]) -> None:
    """Print problems, of many warnings only some; colours only on a terminal that wants them."""
    show(Report(tuple(problems)))


def show(report: Report, whole: bool = False) -> None:
    """Print a report for people; with `whole`, every warning of it."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    shown = "\n\n".join(text(report, colour, whole))
    if shown:
        print(guarded(shown, secrets.token_hex(16)) if os.environ.get("GITHUB_ACTIONS") else shown)


def fine(report: Report) -> None:
    """Say that a content is fine, if it is."""
    if not errors(report.problems):
        print(f"{report.both('nội dung tốt', 'the content is fine')}{count(report.problems)}")


def show_on_github(report: Report) -> None:
    """Annotations for the log of a workflow and every word behind them; and the summary of the step, if it takes one.

    What a summary can hold is shared by all that this step writes into it.
    """
    for one in annotated(report):
        print(one)
    everything = "\n\n".join(text(report, whole=True))
    if everything:
        print(guarded(everything, secrets.token_hex(16)))
    fine(report)
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as step:
            step.write(summary(report, SUMMARY_BYTES - step.tell()))


def count(problems: Sequence[Problem]) -> str:
    """The end of a line that says how many problems there were."""
    return f", {len(problems)} lưu ý / warnings" if problems else ""


class Bars:
    """Progress on a terminal; silent elsewhere."""

    _NAMES = {  # noqa: RUF012 -- a constant table
        "looks": "xem ảnh / looking at photos",
        "pictures": "ảnh / pictures",
        "brochures": "tờ giới thiệu / brochures",
        "pages": "trang / pages",
        "entries": "mục / entries",
        "files": "tệp / files",
        "addresses": "liên kết ra ngoài / links to other sites",
    }

    def begin(self, what: str, total: int) -> None:
        if what == "waiting":
            number = total or "?"
            print(f"đợi tiến trình {number} dựng xong / waiting for the build of process {number}", file=sys.stderr)
            return
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=self._NAMES[what], disable=None, leave=False, file=sys.stderr)

    def step(self, count: int = 1) -> None:
        self._bar.update(count)

    def end(self) -> None:
        self._bar.close()


def told_visited(visited: Visited) -> None:
    """Say how many addresses outside were asked, beside the report."""
    known, asked = visited.known, visited.asked
    print(
        f"{known} địa chỉ ngoài, vừa hỏi {asked}, còn lại theo lần hỏi trước"
        f" / {known} addresses outside: {asked} asked now, the others as they were told before",
        file=sys.stderr,
    )


def told_fixed(fixed: Fixed, dry_run: bool) -> None:
    """Say what was mended in which files; before it is done, also how they will differ."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for file in fixed.texts:
        print(file.name)
        for mend in file.done:
            where = f"dòng {mend.line} / line {mend.line}: " if mend.line else ""
            print(f"  {where}{mend.vi}" + (f" / {mend.en}" if mend.en != mend.vi else ""))
        if dry_run:
            print("".join(_difference(file, colour)))
    for one in fixed.photos:
        print(f"{one.path}: {one.before:,} → {one.after:,} byte / bytes")
    texts, photos = len(fixed.texts), len(fixed.photos)
    if not texts and not photos:
        print("không có gì để sửa / there is nothing to mend")
    elif dry_run:
        print(
            f"sẽ sửa {texts} tệp chữ, xóa nơi chụp khỏi {photos} ảnh / would mend {texts} texts, clean {photos} photos"
        )
    else:
        print(f"đã sửa {texts} tệp chữ, xóa nơi chụp khỏi {photos} ảnh / mended {texts} texts, cleaned {photos} photos")
    if photos and not dry_run:
        print(
            "ảnh đã gửi lên trước đây vẫn còn trong lịch sử git; cần xóa hẳn thì nhờ người giữ kho\n"
            "what was committed before is still in git's history; ask the repository's keeper to remove it there"
        )


def _difference(file: Rewritten, colour: bool) -> Iterator[str]:
    """The lines that differ, as `diff -u` shows them; what is not UTF-8 is shown by its signs."""
    before = file.before.decode("utf-8", "backslashreplace").splitlines(keepends=True)
    for line in unified_diff(before, file.after.splitlines(keepends=True), file.name, file.name, n=1):
        paint = {"+": Colour.ADDED, "-": Colour.ERROR}.get(line[0])
        shown = "".join(one if one.isprintable() else " " for one in line.rstrip("\r\n"))
        yield (paint.paint(shown, colour) if paint else shown) + "\n"


def told_new(files: Sequence[Path], content: Path) -> None:
    """Say what was begun, and what comes next."""
    for path in files:
        print(path)
    print(
        "mở tệp đầu, điền các dòng còn trống, viết câu chuyện ở dưới, đặt ảnh vào cùng thư mục; rồi chạy:\n"
        "open the first file, fill in the empty lines, write the story below, put photos beside it; then run:\n"
        f"  {_again('check', *(() if content == Path('content') else ('--content', str(content))))}"
    )


def _again(*arguments: str) -> str:
    """This program with other arguments, as it was called."""
    called = sys.argv[0]
    python = Path(sys.executable)
    here = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    words = [*([str(here)] if called.endswith(".py") else []), called, *arguments]
    return " ".join(f'"{one}"' if " " in one else one for one in words)


def told_imported(imported: Imported, wanted: Wanted, lang: str, form: str) -> None:
    """Say what a list changes, and what was written."""
    from ocopgen.comparison_words import as_json, told

    if form == "json":
        print(as_json(imported.comparison, imported.problems, imported.files if imported.written else ()))
        return
    if imported.comparison is not None:
        print(told(imported.comparison, lang, wanted.overwrite))
    count = len(imported.files)
    if not imported.sound:
        print(
            "chưa ghi gì: sửa các lỗi trên rồi chạy lại / nothing was written: mend the errors above and run it again"
        )
    elif not count:
        print("không có gì để ghi / there is nothing to write")
    elif imported.written:
        print(f"đã ghi {count} tệp; kiểm tra: check / wrote {count} files; now run check")
    else:
        print(f"chưa ghi gì; ghi {count} tệp bằng --write / nothing was written; write {count} files with --write")


def told_exported(file: Path, products: int, kept: bool) -> None:
    """Say what was written out, or that another file is in its place."""
    if kept:
        print(f"{file}: {products} sản phẩm / products")
    else:
        there = f"'{file}' đã có và khác; ghi đè bằng --force / is there and differs; replace it with --force"
        print(there, file=sys.stderr)


def told_cache(kept: Sequence[Kept], surplus: Sequence[Kept], trimmed: bool) -> None:
    """Say what the cache holds, and what is more than it should."""
    print(f"{len(kept)} tệp, {_megabytes(kept)} MB / {len(kept)} files, {_megabytes(kept)} MB")
    if trimmed:
        print(f"đã xóa {len(surplus)} tệp, {_megabytes(surplus)} MB / removed {len(surplus)} files")
    elif surplus:
        print(
            f"{len(surplus)} tệp, {_megabytes(surplus)} MB vượt mức; xóa bằng --trim\n"
            f"{len(surplus)} files, {_megabytes(surplus)} MB are over the limits; remove them with --trim"
        )


def _megabytes(files: Sequence[Kept]) -> str:
    return f"{sum(one.size for one in files) / (1 << 20):.1f}"


def told(built: Built, project: Project) -> None:
    """Say what a build did, or that the last good site was kept."""
    tell(built.problems)
    printed = built.printed
    if printed is None:
        print("trang cũ được giữ nguyên / the last good site was left as it is", file=sys.stderr)
        return
    print(
        f"{project.output}: {printed.total} tệp, in {printed.made}, xóa {printed.removed}, {built.seconds:.1f} s"
        f" / {printed.total} files, {printed.made} printed, {printed.removed} removed{count(built.problems)}"
    )


def told_timings(laps: Sequence[Lap]) -> None:
    """Say how long each stage took, by the clock and by processors."""
    for one in laps:
        print(f"{_STAGES[one.name]:45} {one.wall:8.3f} s {one.cpu:8.3f} s CPU", file=sys.stderr)


_STAGES = {
    "start": "khởi động / start",
    "ledger": "sổ in / ledger",
    "survey": "xem thư mục nội dung / survey of the content",
    "standing": "xem trang đã in / look at what was printed",
    "load": "nạp chương trình / loading the program",
    "entries": "đọc mục / entries",
    "rules": "kiểm tra chéo / rules",
    "plan": "sắp trang / plan",
    "pictures": "ảnh / pictures",
    "brochures": "tờ giới thiệu / brochures",
    "print": "in trang / printing",
    "links": "liên kết / links",
    "weigh": "cân trang / weighing",
    "publish": "đưa ra / publishing",
}


def stats(built: Built, laps: Sequence[Lap]) -> str:
    """What a build did and cost, as JSON."""
    done = built.printed
    files = {"total": done.total, "written": done.made, "removed": done.removed} if done else None
    stages = [{"stage": one.name, "wall": round(one.wall, 6), "cpu": round(one.cpu, 6)} for one in laps]
    wrong = len(errors(built.problems))
    problems = {"errors": wrong, "warnings": len(built.problems) - wrong}
    told = {"version": __version__, "seconds": round(built.seconds, 6), "files": files, "problems": problems}
    return json.dumps({**told, "stages": stages}, indent=1) + "\n"


def told_why(found: Why) -> None:
    """Say what a file was printed from, and what made it be printed."""
    print(found.path)
    words = {"new": "mới / new", "changed": "đã đổi / changed", "gone": "không còn / gone"}
    print("in lần cuối vì / last printed because of:")
    for name, how in found.reasons:
        print(f"  {name}: {words[how]}")
    if not found.reasons:
        print("  được yêu cầu, hoặc tệp bị sửa từ ngoài / being asked for, or the file was changed from outside")
    print("làm từ / made from:")
    for name in found.made_from:
        print(f"  {name}")


def told_verified(verified: Verified, project: Project) -> None:
    """Say whether the site is what a clean build makes."""
    tell(verified.built.problems)
    if not verified.built.published:
        return
    for path in verified.differing:
        print(f"khác / differs: {path}")
    if verified.differing:
        print(f"{project.output}: {len(verified.differing)} tệp khác bản dựng sạch / files differ from a clean build")
    else:
        print(f"{project.output}: {verified.files} tệp, giống bản dựng sạch / files, the same as a clean build makes")


def told_brochures(delivered: Delivered, order: PrintOrder) -> None:
    """Say which brochures were made and where they lie; or why none were."""
    made = delivered.brochures
    if made is None:
        print("các tờ cũ được giữ nguyên / the last brochures were left as they are", file=sys.stderr)
    elif not made and order.only:
        print(f"không có tờ nào có đường dẫn chứa '{order.only}' / no brochure has '{order.only}' in its path")
    elif not made:
        print("chưa có gì để in / there is nothing to print yet")
    else:
        size = f"{sum(made.values()) / 1_000_000:.1f} MB"
        print(
            f"{order.to}: {len(made)} tệp, {size}, ghi {delivered.written}, xóa {delivered.removed}"
            f" / {len(made)} files, {size}, {delivered.written} written, {delivered.removed} removed"
        )
    if made is not None and not delivered.addressed:
        print(
            "không có mã QR và tem, vì chưa biết địa chỉ của trang: thêm --base-url, hoặc address trong site.yml\n"
            "no QR codes and no stickers, as nobody knows the site's address: add --base-url, or address in site.yml",
            file=sys.stderr,
        )


def told_report(reported: Reported, order: Order) -> None:
    """Say what a report found, the most urgent first, and where it lies; or that the last one was kept."""
    found = reported.found
    if found is None:
        print("báo cáo cũ được giữ nguyên / the last report was left as it is", file=sys.stderr)
        return
    from ocopgen.reporting import summary

    for line in summary(found):
        print(line)
    print(
        f"{order.to}: {reported.total} tệp, ghi {reported.written}, xóa {reported.removed}"
        f" / {reported.total} files, {reported.written} written, {reported.removed} removed"
        f"{count(reported.problems)}"
    )


def told_bundled(bundled: Bundled, order: BundleOrder, brochures: bool) -> None:
    """Say what a bundle holds and how large it is; or why the last one was kept."""
    tell(bundled.built.problems)
    if bundled.built.published and not brochures:
        print(
            "trang vừa dựng cũng không có tờ giới thiệu; trước khi đưa lên mạng hãy chạy build\n"
            "the site that was built has no brochures now, too; run build before it is published",
            file=sys.stderr,
        )
    made = bundled.made
    if made is None:
        print("gói cũ được giữ nguyên / the last bundle was left as it is", file=sys.stderr)
    elif not made.there:
        _told_too_large(made, order.most or 0)
    else:
        size, zipped = _in_both(made.size), _in_both(made.zipped)
        print(f"{made.step.vi} / {made.step.en}")
        print(
            f"{order.into}: {made.pages} trang, {made.files} tệp, {size[0]} MB"
            f" / {made.pages} pages, {made.files} files, {size[1]} MB"
        )
        print(f"{order.zip}: {zipped[0]} MB / {zipped[1]} MB")
        print(
            "chép cả thư mục vào USB, rồi bấm đúp vào index.html\n"
            "copy the whole folder to a USB stick, then double-click index.html"
        )


def _told_too_large(made: Made, most: int) -> None:
    size, limit, over = map(_in_both, (made.size, most, made.size - most))
    print(
        f"gói nhỏ nhất cũng cần {size[0]} MB, vượt mức {limit[0]} MB là {over[0]} MB; gói cũ được giữ nguyên\n"
        f"even the smallest bundle is {size[1]} MB, {over[1]} MB over the limit of {limit[1]} MB;"
        " the last bundle was left as it is",
        file=sys.stderr,
    )
    for kind, part in made.kinds:
        print(f"  {kind}: {' MB / '.join(_in_both(part))} MB", file=sys.stderr)
    print("bớt được bằng --no-brochures / --no-brochures makes it smaller", file=sys.stderr)


def _in_both(size: int) -> tuple[str, str]:
    """Millions of bytes as Vietnamese and English write them."""
    from ocopgen.guide import megabytes

    return megabytes(size, "vi"), megabytes(size, "en")
