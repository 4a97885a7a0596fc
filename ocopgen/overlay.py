"""What stands over the last good page in the browser while a build fails: every problem, in both languages."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from ocopgen.crossings import Broken, in_words
from ocopgen.problems import Place, Problem, errors

MOST = 50
"""Problems shown; who has more reads the terminal."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason why there is no new site: its place if one is known, what is said, and what to do, each vi and en."""

    said: tuple[str, str]
    mend: tuple[str, str] = ("", "")
    place: Place | None = None
    trace: str = field(default="", compare=False)

    def printed(self) -> str:
        """The same for the terminal."""
        where = f"{self.place}: " if self.place else ""
        return "\n".join(filter(None, (self.trace, where + " / ".join(self.said), " / ".join(filter(None, self.mend)))))


def of_problems(problems: Iterable[Problem]) -> tuple[Trouble, ...]:
    """The errors among the problems; what is only a warning stands in nobody's way."""
    return tuple(
        Trouble((one.said("vi"), one.said("en")), (one.mend("vi"), one.mend("en")), one.place)
        for one in errors(problems)
    )


def of_words(words: str) -> Trouble:
    """A reason that is told in two lines, Vietnamese and English, or in one for both."""
    vi, _, en = words.partition("\n")
    return Trouble((vi, en))


_IN_BROCHURE = re.compile(r"┌─ (?:.*[/\\])?([\w.-]+):(\d+):")
_IN_TEMPLATE = re.compile(r'File "([\w.-]+\.(?:html|css|svg))", line (\d+), in ')


def of_fault(fault: Exception, templates: Path) -> Trouble:
    """What is wrong with a template, told by the place in it, or with our own code."""
    if isinstance(fault, Broken):
        return _of_links(fault)
    trace = "".join(traceback.format_exception(fault))
    message = f"{type(fault).__name__}: {fault}"
    if isinstance(fault, TemplateSyntaxError):
        file = (templates / (fault.name or "")).as_posix()
        return _in_a_template(str(fault.message), _line_of(file, fault.lineno))
    brochure = _IN_BROCHURE.search(str(getattr(fault, "diagnostic", "")))
    if brochure:
        file = (templates / "brochures" / brochure[1]).as_posix()
        return _in_a_template(message, _line_of(file, int(brochure[2])))
    # Also of one that another process raised, whose own trace is words.
    lines = _IN_TEMPLATE.findall(trace)
    if lines:
        name, line = lines[-1]
        known = isinstance(fault, UndefinedError)
        return _in_a_template(message, _line_of((templates / name).as_posix(), int(line)), "" if known else trace)
    if isinstance(fault, TemplateError):
        return _in_a_template(message, Place(templates.as_posix(), 0, 0), trace)
    ours = "lỗi của ocopgen, không phải của bạn", "a fault of ocopgen, not yours"
    return Trouble((f"{ours[0]}: {message}", f"{ours[1]}: {message}"), trace=trace)


def _of_links(broken: Broken) -> Trouble:
    """Pages that lead nowhere: each fault once, with the first page that has it."""
    lines = list(in_words(broken.faults))
    more = len(lines) - MOST
    rest = [f"… và {more} lỗi nữa / and {more} more"] * (more > 0)
    return Trouble(
        (
            f"lỗi liên kết của trang sắp dựng: {len(lines)}; trang cũ được giữ nguyên",
            f"faults in the links of the new site: {len(lines)}; the last good one stays",
        ),
        (
            "sửa mẫu trang nêu trong ngoặc, hay mẫu mà chúng cùng dùng (như base.html, parts.html); nếu bạn không sửa "
            "mẫu nào thì đây là lỗi của ocopgen, hãy báo cho dự án",
            "mend the template in brackets, or one that these share (as base.html, parts.html); if you changed none, "
            "it is a fault of ocopgen: report it to the project",
        ),
        trace="\n".join((*lines[:MOST], *rest)),
    )


def _in_a_template(message: str, place: Place, trace: str = "") -> Trouble:
    return Trouble(
        (f"lỗi trong mẫu trang: {message}", f"a fault in a template: {message}"),
        ("sửa mẫu ở dòng này", "mend the template at this line"),
        place,
        trace,
    )


def _line_of(file: str, line: int) -> Place:
    """A line of a file, with its words where it can be read; not all who read templates tell columns."""
    try:
        words = Path(file).read_text("utf-8").split("\n")[line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        words = ""
    return Place(file, line, 1, words)


# --- in the browser ---------------------------------------------------------------------------------------


def overlay(troubles: Sequence[Trouble]) -> str:
    """The piece of a page that shows them. Nothing in it can be markup but what is written here."""
    count = len(troubles)
    more = count - MOST
    return "\n".join(
        [
            '<aside id="ocopgen-overlay" role="alert"><details open>',
            f"<summary>{_both(f'{count} lỗi', f'{count} error' if count == 1 else f'{count} errors', 'b')}</summary>",
            _both(
                "Trang bên dưới là bản tốt gần nhất. Sửa xong, trang tự hiện lại.",
                "Below is the last good page. Once this is mended, it comes anew by itself.",
            ),
            "<ol>",
            *(_item(one) for one in troubles[:MOST]),
            "</ol>",
            *([_both(f"… và {more} lỗi nữa, xem ở cửa sổ lệnh.", f"… and {more} more, in the terminal.")] * (more > 0)),
            "</details></aside>",
        ]
    )


def _item(one: Trouble) -> str:
    return "".join(
        [
            "<li>",
            f"<code>{escape(str(one.place))}</code>" if one.place else "",
            _both(*one.said, "p", "said"),
            _excerpt(one.place) if one.place else "",
            _both(_arrow(one.mend[0]), _arrow(one.mend[1])),
            f"<pre>{escape(one.trace)}</pre>" if one.trace else "",
            "</li>",
        ]
    )


def _both(vi: str, en: str, tag: str = "p", kind: str = "") -> str:
    """The same said twice; the second is quieter."""
    said = (("vi", vi), ("en", en))
    form = f' class="{kind}"' if kind else ""
    return "".join(f'<{tag} lang="{lang}"{form}>{escape(one)}</{tag}>' for lang, one in said if one)


def _arrow(mend: str) -> str:
    return f"→ {mend}" if mend else ""


def _excerpt(place: Place) -> str:
    """The line, marked from the column on; a long one is cut around it."""
    if not place.line or not place.excerpt.strip():
        return ""
    start = max(0, place.column - 40)
    at = place.column - 1 - start
    shown = place.excerpt[start : start + 120]
    return f"<pre>{place.line} | {escape(shown[:at])}<mark>{escape(shown[at:])}</mark></pre>"


STYLE = """\
#ocopgen-overlay,#ocopgen-overlay *{all:revert;box-sizing:border-box}
#ocopgen-overlay{color-scheme:light dark;--back:#fffdf8;--ink:#221d17;--soft:#5f574c;--red:#a3242b;--code:#f3ece0;\
--mark:#f7d9d6;position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:80vh;max-height:80dvh;overflow:auto;\
overscroll-behavior:contain;background:var(--back);color:var(--ink);border-top:4px solid var(--red);\
box-shadow:0 -4px 24px rgb(0 0 0/.35);font:400 16px/1.5 system-ui,sans-serif;text-align:start;overflow-wrap:anywhere}
#ocopgen-overlay details{max-width:60rem;margin:0 auto;padding:0 16px 16px}
#ocopgen-overlay details:not([open]){padding-bottom:0}
#ocopgen-overlay summary{position:sticky;top:0;padding:12px 0;background:var(--back);color:var(--red);cursor:pointer;\
font-size:18px}
#ocopgen-overlay summary:focus-visible{outline:3px solid var(--red);outline-offset:-3px}
#ocopgen-overlay summary b+b::before{content:"· "}
#ocopgen-overlay b{font-weight:600;margin-inline-end:.4em}
#ocopgen-overlay p{margin:0}
#ocopgen-overlay p:lang(en){color:var(--soft)}
#ocopgen-overlay ol{list-style:none;margin:0;padding:0}
#ocopgen-overlay li{margin:16px 0 0;padding:16px 0 0;border-top:1px solid var(--soft)}
#ocopgen-overlay code,#ocopgen-overlay pre{font:400 14px/1.5 ui-monospace,monospace}
#ocopgen-overlay code{color:var(--red)}
#ocopgen-overlay .said:lang(vi){font-weight:600}
#ocopgen-overlay pre{margin:8px 0;padding:8px 12px;background:var(--code);overflow:auto;max-height:40vh;tab-size:4}
#ocopgen-overlay mark{background:var(--mark);color:inherit}
@media (prefers-color-scheme:dark){#ocopgen-overlay{--back:#1d1a17;--ink:#f2ebdf;--soft:#b3a999;--red:#ff9a90;\
--code:#2a2621;--mark:#5c2622}}
@media print{#ocopgen-overlay{display:none}}
"""
"""How it looks, whatever the page's own style says; in light and dark, on a phone and a desktop."""
