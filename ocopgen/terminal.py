"""Words and progress for the person at the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ocopgen.problems import Problem, errors
from ocopgen.project import Built, Project


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

    _NAMES = {"pictures": "ảnh / pictures", "pages": "trang / pages"}  # noqa: RUF012 -- a constant table

    def begin(self, what: str, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=self._NAMES[what], disable=None, leave=False, file=sys.stderr)

    def step(self, count: int = 1) -> None:
        self._bar.update(count)

    def end(self) -> None:
        self._bar.close()


def told(built: Built, project: Project) -> None:
    """Say what a build did, or that the last good site was kept."""
    tell(built.problems)
    printed = built.printed
    if printed is None or printed.spoiled:
        print("trang cũ được giữ nguyên / the last good site was left as it is", file=sys.stderr)
        return
    print(
        f"{project.output}: {printed.total} tệp, in {printed.made}, xóa {printed.removed}, {built.seconds:.1f} s"
        f" / {printed.total} files, {printed.made} printed, {printed.removed} removed{count(built.problems)}"
    )
