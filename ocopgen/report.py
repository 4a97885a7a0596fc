"""The report on disk: what the catalogue lacks and what is due, in a folder of its own that is never published."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ocopgen.darkroom import Progress
from ocopgen.findings import Findings, findings
from ocopgen.ledger import FOLDER, Refused, write
from ocopgen.output import Output
from ocopgen.problems import Problem
from ocopgen.project import Project, judge
from ocopgen.reporting import files
from ocopgen.store import read_templates
from ocopgen.text import Lang

LIST = ".ocopgen-report"
"""The file that makes a folder the report's own: the paths of all that was written there, a line each."""

TEMPLATES = "report"
"""Where the templates of the report lie, below those of the site: they are no part of it."""


class PublicFolder(Refused):
    """The report would lie in the site, or among its sources; the folder and what it is are the arguments."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' nằm trong thư mục '{self.args[1]}'; báo cáo không được đăng, chọn chỗ khác bằng --to\n"
            f"'{self.args[0]}' lies in '{self.args[1]}'; a report is not published; choose another place with --to"
        )


class NotOurs(Refused):
    """The folder holds a file that no report wrote; its path is the argument."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' không do lệnh report ghi ra; chọn thư mục khác bằng --to\n"
            f"'{self.args[0]}' was not written by report; choose another folder with --to"
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: where to, in which languages, as pages, as JSON."""

    to: Path
    langs: tuple[Lang, ...]
    html: bool
    json: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """What is wrong with the content; what was found, if no error forbids it; files written, removed and standing."""

    problems: tuple[Problem, ...]
    found: Findings | None
    written: int
    removed: int
    total: int


def report(project: Project, order: Order, progress: Progress) -> Reported:
    """Read the content and write the report. With an error in the content the last report stays as it is.

    Raises `PublicFolder`, `NotOurs`.
    """
    _private(project, order.to)
    judged = judge(project, progress)
    catalogue = judged.catalogue
    if catalogue is None:
        return Reported(judged.problems, None, 0, 0, 0)
    found = findings(judged.library.book(catalogue), project.base_url, project.drafts)
    templates = read_templates(project.templates / TEMPLATES)
    made = files(found, catalogue, templates, order.langs if order.html else (), order.json)
    written, removed = deliver(order.to, made)
    return Reported(judged.problems, found, written, removed, len(made))


def _private(project: Project, to: Path) -> None:
    """Refuse a folder that is published, or that others read: also by another name, or one of another project."""
    whole = to.resolve()
    for folder in (whole, *whole.parents):
        known = (project.output, project.content, project.templates, project.cache)
        taken = next((one for one in known if one.exists() and folder.exists() and folder.samefile(one)), None)
        taken = taken or next((one for one in known if one.resolve() == folder), None)
        if taken is not None or (folder / FOLDER).is_dir():
            raise PublicFolder(to, taken or folder)


def deliver(folder: Path, made: Mapping[str, bytes]) -> tuple[int, int]:
    """Bring a folder of ours to hold these files and no older ones; the numbers of files written and removed.

    A file that stands as it should is not written. Raises `NotOurs` where the folder or the place of a file is foreign.
    """
    ours, output = _listed(folder), Output(folder)
    if ours is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotOurs(folder)
    before = ours or set()
    taken = (folder / path for path in made if path not in before and os.path.lexists(folder / path))
    stranger = output.obstacle(made, before) or next(taken, None)
    if stranger is not None:
        raise NotOurs(stranger)
    stale = {path: content for path, content in made.items() if _content(folder / path) != content}
    _enlist(folder, before | made.keys())
    for path, content in stale.items():
        write(folder / path, content)
    gone = [path for path in sorted(before - made.keys()) if os.path.lexists(folder / path)]
    output.remove(gone)
    _enlist(folder, set(made))
    return len(stale), len(gone)


_PATH = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:html|json)")


def _listed(folder: Path) -> set[str] | None:
    """What we wrote into a folder, as far as its list can be trusted; `None` where it has no list."""
    raw = _content(folder / LIST)
    if raw is None:
        return None
    inside = folder.resolve()
    paths = {path for path in raw.decode("utf-8", "replace").split("\n") if _PATH.fullmatch(path)}
    return {path for path in paths if (folder / path).parent.resolve().is_relative_to(inside)}


def _enlist(folder: Path, paths: set[str]) -> None:
    content = "".join(f"{path}\n" for path in sorted(paths)).encode()
    if _content(folder / LIST) != content:
        write(folder / LIST, content)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
