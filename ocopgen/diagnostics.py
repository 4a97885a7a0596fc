"""Problems as people, GitHub and machines read them: text, annotations, a summary in Markdown, JSON, SARIF.

Whatever a contributor wrote stays words in all of them: it is no command of a terminal or of a workflow, no markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import quote

from ocopgen import __version__
from ocopgen.messages import LANGS, MESSAGES, Severity
from ocopgen.problems import Place, Problem, errors, in_turn, printable

SHOWN = 20
"""Warnings that are all shown whole; of more, each kind is shown once and counted."""

PLACES = 3
"""Further places that are named of a kind of warnings."""

ANNOTATIONS = 10
"""What GitHub shows of the errors of a step, and of its warnings; more would only push out the useful ones."""


@dataclass(frozen=True)
class Report:
    """Problems in the order of their places, the language that comes first, and what the change at hand touched.

    `touched` are folders of entries and files, by the names that places have; `None` where no change is looked at.
    """

    problems: tuple[Problem, ...]
    lang: str = LANGS[0]
    touched: frozenset[str] | None = None

    @cached_property
    def own(self) -> tuple[Problem, ...]:
        """The problems of what the change touched; all, where no change is looked at."""
        if self.touched is None:
            return self.problems
        return tuple(one for one in self.problems if self._touches(one.place.file))

    @cached_property
    def others(self) -> tuple[Problem, ...]:
        """The problems that lie elsewhere."""
        own = frozenset(self.own)
        return tuple(one for one in self.problems if one not in own)

    def _touches(self, file: str) -> bool:
        parts = file.split("/")
        return any("/".join(parts[:end]) in (self.touched or ()) for end in range(1, len(parts) + 1))

    @property
    def counts(self) -> str:
        """How many errors and warnings there are."""
        wrong = len(errors(self.problems))
        right = len(self.problems) - wrong
        said = f"{wrong} lỗi, {right} lưu ý", f"{wrong} errors, {right} warnings"
        return self.both(*said)

    def both(self, vi: str, en: str) -> str:
        """The same in both languages, on one line."""
        return f"{vi} / {en}" if self.lang == "vi" else f"{en} / {vi}"

    def moved(self, label: str, folder: str) -> Report:
        """The same with the content folder, which places call `label`, called otherwise."""

        def named(file: str) -> str:
            inside = file.removeprefix(f"{label}/")
            return "/".join(filter(None, (folder, inside))) if file != inside else file

        problems = tuple(replace(one, place=replace(one.place, file=named(one.place.file))) for one in self.problems)
        touched = None if self.touched is None else frozenset(map(named, self.touched))
        return Report(problems, self.lang, touched)


# --- for people -------------------------------------------------------------------------------------------


def text(report: Report, colour: bool = False, whole: bool = False) -> Iterator[str]:
    """Paragraphs for a terminal. Errors are always there whole, and so are warnings if `whole` or if they are few."""
    if report.touched is None:
        yield from _summed(report, report.problems, colour, whole)
    else:
        yield _heading(report, *_OWN, len(report.own))
        yield from (one.printed(colour, report.lang) for one in report.own)
        yield from _elsewhere(report, colour, whole)
    if report.problems:
        yield report.counts


_OWN = "Trong phần vừa sửa", "In what was changed"
_OTHERS = "Ở những mục khác", "Elsewhere"


def _heading(report: Report, vi: str, en: str, count: int) -> str:
    none = report.both("không có gì", "nothing")
    return f"{report.both(vi, en)}: {count or none}"


def _summed(report: Report, problems: Sequence[Problem], colour: bool, whole: bool) -> Iterator[str]:
    wrong = errors(problems)
    if whole or len(problems) - len(wrong) <= SHOWN:
        yield from (one.printed(colour, report.lang) for one in problems)
        return
    hidden = 0
    for group in _kinds(one for one in problems if one.severity is not Severity.ERROR):
        if len(group) <= PLACES:
            yield from (one.printed(colour, report.lang) for one in group)
            continue
        more = group[1:]
        hidden += len(more)
        places = ", ".join(str(one.place) for one in more[:PLACES]) + (", …" if len(more) > PLACES else "")
        said = report.both(f"và {len(more)} lưu ý cùng loại", f"and {len(more)} more of this kind")
        yield f"{group[0].printed(colour, report.lang)}\n  … {said}: {places}"
    yield from (one.printed(colour, report.lang) for one in wrong)
    if hidden:
        yield report.both(f"{hidden} lưu ý không hiện; thêm --all", f"{hidden} warnings are not shown; add --all")


def _elsewhere(report: Report, colour: bool, whole: bool) -> Iterator[str]:
    """Of what the change did not touch, errors alone are shown, for only they stop the build."""
    wrong = report.others if whole else errors(report.others)
    if report.others:
        yield _heading(report, *_OTHERS, len(report.others))
    yield from (one.printed(colour, report.lang) for one in wrong)
    hidden = len(report.others) - len(wrong)
    if hidden:
        vi, en = f"{hidden} lưu ý ở mục khác không hiện", f"{hidden} warnings elsewhere are not shown"
        yield report.both(f"{vi}; thêm --all", f"{en}; add --all")


def _kinds(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one code together, in the order in which the codes stand in the table of messages."""
    ordered = sorted(problems, key=lambda one: (_RANK[one.code], one.place))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one.code)]


_RANK = {code: number for number, code in enumerate(MESSAGES)}
"""The table goes from files over YAML and values to what entries say of one another: causes before consequences."""


# --- for GitHub -------------------------------------------------------------------------------------------


def annotated(report: Report) -> Iterator[str]:
    """Workflow commands that show problems at their lines, the most useful first, and no more than are looked at."""
    own = frozenset(report.own)

    def use(one: Problem) -> tuple[object, ...]:
        return one.severity is not Severity.ERROR, one not in own, _RANK[one.code], one.place

    return (_annotation(report, one) for one in sorted(report.problems, key=use)[:ANNOTATIONS])


def _annotation(report: Report, one: Problem) -> str:
    place = one.place
    spot = {"line": place.line, "col": place.column} if place.line else {}
    title = f"{report.both(one.severity.word('vi'), one.severity.word('en'))} [{one.code}]"
    properties = {"file": place.file, **spot, "title": title}
    listed = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{one.severity.value} {listed}::{_escaped(message(one, report.lang))}"


def message(one: Problem, lang: str) -> str:
    """A problem in both languages without its place, the mend at the end."""
    langs = in_turn(lang)
    mends = (f"→ {mend}" for each in langs if (mend := one.mend(each)))
    return "\n".join((*(one.said(each) for each in langs), *mends))


def _escaped(words: str, more: str = "") -> str:
    """Words as a workflow command carries them; the percent sign first, for all others are written with it."""
    for char in f"%\r\n{more}":
        words = words.replace(char, f"%{ord(char):02X}")
    return words


def guarded(words: str, token: str) -> str:
    """Words for the log of a workflow in which no line is a command; the token must be one that nobody can guess."""
    return f"::stop-commands::{token}\n{words.rstrip()}\n::{token}::"


SUMMARY_BYTES = 1 << 20
"""What GitHub takes of the summary of a step."""


def summary(report: Report, room: int = SUMMARY_BYTES) -> str:
    """All problems as Markdown of at most so many bytes; what does not fit is counted."""
    end = "\n" + report.both("… và {n} vấn đề nữa, xem trong nhật ký", "… and {n} more, see the log") + "\n"
    fine = report.both("Nội dung tốt", "The content is fine")
    title = report.counts if errors(report.problems) else f"{fine}, {report.counts}" if report.problems else fine
    written = [f"## {title}\n"]
    left = room - len(written[0].encode()) - len(end.encode()) - len(str(len(report.problems)))
    for number, (head, one) in enumerate(_headed(report)):
        part = head + _item(report, one)
        left -= len(part.encode())
        if left < 0:
            return "".join(written) + end.format(n=len(report.problems) - number)
        written.append(part)
    return "".join(written)


def _headed(report: Report) -> Iterator[tuple[str, Problem]]:
    """Each problem with the headings that go before it: errors before warnings, file after file."""
    for names, problems in ((_OWN, report.own), (_OTHERS, report.others)):
        part = f"\n### {report.both(*names)}\n" if report.touched is not None else ""
        wrong = errors(problems)
        for several in (wrong, [one for one in problems if one not in frozenset(wrong)]):
            for file, group in groupby(several, key=lambda one: one.place.file):
                head = f"{part}\n#### {_code(file)}\n\n"
                for one in group:
                    yield head, one
                    head = part = ""


def _item(report: Report, one: Problem) -> str:
    place = one.place
    spot = f"{report.both('dòng', 'line')} {place.line}:{place.column} · " if place.line else ""
    first, second = in_turn(report.lang)
    lines = [
        f"- **{one.severity.word(first)}**: {inert(one.said(first))} ({spot}{one.code})",
        f"{one.severity.word(second)}: {inert(one.said(second))}",
        *([_code(f"{place.line} | {place.glimpse[0]}")] if place.glimpse[0] else []),
        *(f"→ {inert(mend)}" for lang in (first, second) if (mend := one.mend(lang))),
    ]
    return "\\\n  ".join(lines) + "\n"


def inert(words: str) -> str:
    """Words as Markdown that is nothing but these words: no link, picture, mention, tag or list.

    A backslash takes its meaning from any sign; a word joiner, which nobody sees, does so where GitHub looks for
    names and numbers in the words that came out.
    """
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", printable(words))
    return re.sub(r"([@#])", "\\1\u2060", escaped)


def _code(words: str) -> str:
    """Words as a span of code, in which nothing has a meaning; its fence is longer than any in the words."""
    plain = printable(words)
    fence = "`" * (max(map(len, re.findall("`+", plain)), default=0) + 1)
    return f"{fence} {plain} {fence}"


# --- for machines -----------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """All problems with their words in both languages; what the change touched comes first."""
    wrong = len(errors(report.problems))
    counts = {"errors": wrong, "warnings": len(report.problems) - wrong}
    rows = [_row(report, one, True) for one in report.own] + [_row(report, one, False) for one in report.others]
    return _dumped({"format": 1, "version": __version__, **counts, "problems": rows})


def _row(report: Report, one: Problem, own: bool) -> dict[str, object]:
    place = one.place
    return {
        "severity": one.severity.value,
        "code": one.code,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "excerpt": place.excerpt,
        "message": {lang: one.said(lang) for lang in LANGS},
        "mend": {lang: one.mend(lang) for lang in LANGS} if one.mend(LANGS[0]) else None,
        **({} if report.touched is None else {"touched": own}),
    }


def _dumped(value: object) -> str:
    """JSON; what a workflow would take for a command in its log is written so that it is none and means the same."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("##[", "#\\u0023[") + "\n"


SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: Report) -> str:
    """All problems as SARIF 2.1.0; files are named from the root of the repository."""
    ordered = (*report.own, *report.others)
    rules = sorted({one.code for one in ordered}, key=_RANK.__getitem__)
    driver = {
        "name": "ocopgen",
        "semanticVersion": __version__,
        "rules": [_rule(code, report.lang) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": report.both("gốc của kho", "the repository's root")}}},
        "results": [_result(one, rules, report.lang) for one in ordered],
    }
    return _dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


_ROOT = "%SRCROOT%"


def _rule(code: str, lang: str) -> dict[str, object]:
    said = MESSAGES[code]
    mends = "\n".join(filter(None, (_open(said.mend(one)) for one in in_turn(lang))))
    return {
        "id": code,
        "shortDescription": {"text": "\n".join(_open(said.sentence(one)) for one in in_turn(lang))},
        **({"help": {"text": mends}} if mends.strip("\n …") else {}),
        "defaultConfiguration": {"level": said.severity.value},
    }


def _open(template: str) -> str:
    """The words of a message before any problem fills them in."""
    return re.sub(r"\{\w+\}", "…", template.replace("{{", "\0").replace("}}", "\1")).translate({0: "{", 1: "}"})


def _result(one: Problem, rules: Sequence[str], lang: str) -> dict[str, object]:
    return {
        "ruleId": one.code,
        "ruleIndex": rules.index(one.code),
        "level": one.severity.value,
        "message": {"text": message(one, lang)},
        "locations": [{"physicalLocation": _location(one.place)}],
    }


def _location(place: Place) -> dict[str, Any]:
    absolute = re.match(r"/|\w:", place.file)
    uri = f"file:///{quote(place.file.lstrip('/'), safe='/:')}" if absolute else quote(place.file)
    located: dict[str, Any] = {"artifactLocation": {"uri": uri, **({} if absolute else {"uriBaseId": _ROOT})}}
    if place.line:
        located["region"] = {"startLine": place.line, "startColumn": place.column}
    if place.line and place.excerpt:
        located["contextRegion"] = {"startLine": place.line, "snippet": {"text": place.excerpt}}
    return located
