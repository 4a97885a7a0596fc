"""Words and progress for the person at the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from typing import TYPE_CHECKING

from ocopgen.cache import Kept
from ocopgen.problems import Problem, errors
from ocopgen.project import Built, Project

if TYPE_CHECKING:
    from ocopgen.fix import Fixed


def tell(problems: Sequence[Problem]) -> None:
    """Print problems in order; colours only on a terminal that wants them."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for problem in problems:
        print(problem.printed(colour), end="\n\n")
    if problems:
        wrong = len(errors(problems))
        print(f"{wrong} lỗi, {len(problems) - wrong} lưu ý / {wrong} errors, {len(problems) - wrong} warnings")


def count(problems: Sequence[Problem]) -> str:
    """The end of a line that says how many problems there were."""
    return f", {len(problems)} lưu ý / warnings" if problems else ""


class Bars:
    """Progress on a terminal; silent elsewhere."""

    _NAMES = {"looks": "xem ảnh / looking at photos", "pictures": "ảnh / pictures", "pages": "trang / pages", "entries": "mục / entries"}  # noqa: RUF012 -- a constant table

    def begin(self, what: str, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=self._NAMES[what], disable=None, leave=False, file=sys.stderr)

    def step(self, count: int = 1) -> None:
        self._bar.update(count)

    def end(self) -> None:
        self._bar.close()


def told_fixed(fixed: Fixed, dry_run: bool) -> None:
    """Say which files were mended."""
    for one in fixed.mended:
        print(f"{one.path}: {one.before:,} → {one.after:,} byte / bytes")
    count = len(fixed.mended)
    if dry_run:
        print(f"sẽ xóa nơi chụp khỏi {count} ảnh / would take the place out of {count} photos")
        return
    print(f"đã xóa nơi chụp khỏi {count} ảnh / took the place out of {count} photos")
    if count:
        print(
            "ảnh đã gửi lên trước đây vẫn còn trong lịch sử git; cần xóa hẳn thì nhờ người giữ kho\n"
            "what was committed before is still in git's history; ask the repository's keeper to remove it there"
        )


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
