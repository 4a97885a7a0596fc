"""The report on disk: what the catalogue lacks and what is due, in a folder of its own that is never published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocopgen.darkroom import Progress
from ocopgen.delivery import Ours, apart, deliver
from ocopgen.findings import Findings, findings
from ocopgen.problems import Problem
from ocopgen.project import Project, judge
from ocopgen.reporting import files
from ocopgen.store import read_templates
from ocopgen.text import Lang

REPORT = Ours("report", ("html", "json"))
"""What makes a folder the report's own."""

TEMPLATES = "report"
"""Where the templates of the report lie, below those of the site: they are no part of it."""


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

    Raises `Misplaced`, `NotOurs`.
    """
    apart(project, order.to)
    judged = judge(project, progress)
    catalogue = judged.catalogue
    if catalogue is None:
        return Reported(judged.problems, None, 0, 0, 0)
    found = findings(judged.library.book(catalogue), project.base_url, project.drafts)
    templates = read_templates(project.templates / TEMPLATES)
    made = files(found, catalogue, templates, order.langs if order.html else (), order.json)
    written, removed = deliver(order.to, made, REPORT)
    return Reported(judged.problems, found, written, removed, len(made))
