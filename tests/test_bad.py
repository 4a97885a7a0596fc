"""One broken file a message: `tests/bad/<code>.md` holds what a contributor wrote and what is said of it.

The first lines of such a file begin with `#:` and are no part of it. They tell

    #: in products/toi-den/index.vi.md         which file of the tiny site (`making.a_content`) it replaces or adds
    #: without places.yml                      which file is taken away (only where that is the mistake)
    #: picture products/toi-den/a.jpg jpeg 1600 1200 1     a picture: path, kind, width, height, bytes, and further
                                                           facts of its `Sight`, such as `flaw="dark"` (in JSON)

and then, line for line, everything that is printed. To add a message, add a row to `messages.py` and a file here.
These words are held in every form: with English first, as annotations of GitHub, in its summary, for machines.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from making import PRODUCT, a_content, a_photo, a_product, found
from runner import Command, commands

from ocopgen.diagnostics import Report, annotated, as_json, sarif, summary
from ocopgen.messages import MESSAGES
from ocopgen.photo import PhotoFile, PictureKind
from ocopgen.problems import Place, Problem

BAD = Path(__file__).resolve().parent / "bad"

LISTS: dict[str, dict[str, object]] = {
    "list-large": {"size": 24, "limit": 20},
    "list-long": {"limit": 50000},
    "list-empty": {},
    "list-broken": {},
    "list-locked": {},
    "list-old": {},
    "list-doctype": {},
    "list-encoding": {"line": 3, "byte": "d2"},
    "list-csv": {"line": 3},
    "list-json": {},
    "list-sheet": {"value": "5 sao", "mend_vi": "có phải là '4 sao'?", "mend_en": "did you mean '4 sao'?"},
    "list-headings": {},
    "list-column-unknown": {"value": "Màu"},
    "list-name-missing": {},
    "list-formula": {"value": "#N/A"},
    "list-missing": {"key": "stars", "label_vi": "Hạng sao", "label_en": "Stars"},
    "list-text": {"key": "Tên", "value": "2026-01-02"},
    "list-number": {"key": "Điểm", "value": "'cao'"},
    "list-date": {"key": "Ngày", "value": "'26/4/22'", "near_vi": "", "near_en": ""},
    "list-price": {"key": "Giá", "value": "'50 - 70'", "near": 250000},
    "list-phone": {"key": "SĐT", "value": "'anh Nam'"},
    "list-stars": {"key": "Hạng sao", "value": 6},
    "list-gtin": {"key": "Mã vạch", "value": "'12'"},
    "list-choice": {"key": "Loại hình", "value": "Xưởng", "choices_vi": "Hợp tác xã", "choices_en": "Cooperative"},
    "list-set-unknown": {"value": "Đồ lạ"},
    "list-place-unknown": {"value": "Xã Lạ"},
    "list-ambiguous": {"value": "gao, gao-ha"},
    "list-row-twice": {"row": 7},
}
"""Messages of the office's list, which is no file of the content, and the words that fill them."""

BUDGETS: dict[str, dict[str, object]] = {
    "budget-page": {
        "weight": 312,
        "most": 250,
        "parts_vi": "a.jpg 90,1 kB",
        "parts_en": "a.jpg 90.1 kB",
        "key": "product",
    },
    "budget-pages": {"weight": 300, "n": 12, "most": 250, "key": "product"},
    "budget-picture": {"weight": 180, "most": 120, "width": 800, "picture": "pictures/a-800-0123456789ab.avif"},
    "budget-file": {"weight": 15, "most": 14, "key": "style"},
    "budget-scripts": {"weight": 12, "most": 10, "parts_vi": "a.js 12,0 kB", "parts_en": "a.js 12.0 kB"},
    "budget-records": {"weight": 31, "most": 30},
}
"""Messages of a build that keeps to budgets, and the words that fill them."""

MADE_ELSEWHERE = {
    "not-utf8": "bytes that are no text; below",
    "file-too-large": "more than a megabyte; below",
    "symlink": "a matter of the disk; test_store",
    "name-not-utf8": "a matter of the disk; test_store",
    "string-missing": "a matter of the templates; test_project",
    "path-twice": "a matter of the pages; test_plan",
    "photo-place-stays": "a matter of mending; test_fix",
    **dict.fromkeys(("address-dead", "address-unsure", "address-moved"), "a matter of the network; test_errands"),
    **dict.fromkeys(BUDGETS, "a matter of what was printed; test_weight"),
    **dict.fromkeys(LISTS, "a matter of the office's list; test_workbook, test_roll, test_comparison"),
}
"""The codes that no text file can cause by itself, and where they are tested."""


@dataclass(frozen=True)
class Bad:
    """A broken file: where it goes, what comes with it, and the words expected."""

    path: str
    text: str
    without: tuple[str, ...]
    pictures: tuple[PhotoFile, ...]
    expected: str


def picture(path: str, kind: str, width: str, height: str, size: str, *facts: str) -> PhotoFile:
    """A picture as a header describes it."""
    seen = {name: json.loads(value) for name, _, value in (one.partition("=") for one in facts)}
    return a_photo(path, cast(PictureKind, kind), int(width), int(height), int(size), **seen)


def bad(file: Path) -> Bad:
    """A file of `tests/bad` without its header."""
    lines = file.read_text("utf-8").split("\n")
    head = [line[3:] for line in lines if line.startswith("#:")]
    orders = [line.split() for line in head if line.split()[:1] in (["in"], ["without"], ["picture"])]
    (path,) = [order[1] for order in orders if order[0] == "in"] or [""]
    pictures = [picture(*order[1:]) for order in orders if order[0] == "picture"]
    return Bad(
        path=path,
        text="\n".join(lines[len(head) :]),
        without=tuple(order[1] for order in orders if order[0] == "without"),
        pictures=tuple(pictures),
        expected="\n".join(head[len(orders) :]),
    )


def said_of(one: Bad) -> tuple[Problem, ...]:
    """What is wrong with the tiny site that has this file."""
    files = {one.path: one.text} if one.path else {}
    return found(a_content(*one.pictures, **files, **dict.fromkeys(one.without)))


@pytest.mark.parametrize("file", sorted(BAD.iterdir()), ids=lambda file: file.stem)
def test_a_broken_file_is_told_so_in_these_words(file: Path) -> None:
    one = bad(file)
    said = said_of(one)
    assert file.stem in {each.code for each in said}
    held(said, one.expected)


ELSEWHERE: dict[str, dict[str, object]] = {
    "not-utf8": {"byte": "f4"},
    "file-too-large": {"size": 1024, "limit": 1024},
    "symlink": {},
    "name-not-utf8": {},
    "string-missing": {"key": "menu", "lang": "vi"},
    "path-twice": {"value": "vi/a/index.html"},
    "photo-place-stays": {"value": "a.jpg"},
    "address-dead": {"value": "http://a.vn/x", "why_vi": "trang đã bị xóa", "why_en": "the page was removed"},
    "address-unsure": {"value": "http://a.vn/x", "why_vi": "không nối được", "why_en": "it cannot be reached"},
    "address-moved": {"value": "http://a.vn/x", "to": "http://a.vn/y"},
    **LISTS,
    **BUDGETS,
}
"""The words that fill those messages that no text file can cause; what they come to is in `elsewhere.txt`."""


@pytest.mark.parametrize("code", MADE_ELSEWHERE)
def test_what_no_text_file_can_cause_is_told_in_these_words(code: str) -> None:
    problem = Problem.at(Place("content/a.md", 2, 4, "name: x"), code, **ELSEWHERE[code])
    held((problem,), (BAD.parent / "elsewhere.txt").read_text("utf-8").split("\n\n")[list(ELSEWHERE).index(code)])


# --- the same in every form -------------------------------------------------------------------------------

HEAD = re.compile(r"(?P<file>.+?)(:(?P<line>\d+):(?P<col>\d+))?: (?P<word>lỗi|lưu ý): (?P<vi>.*)   \[(?P<code>.*)\]")


def held(problems: tuple[Problem, ...], expected: str) -> None:
    """Whether problems are told in just these words, in every form in which they are told."""
    assert "\n".join(stripped(each.printed()) for each in problems) == expected
    lines = expected.split("\n")
    for one in problems:
        length = one.printed().count("\n") + 1
        told, lines = lines[:length], lines[length:]
        head = HEAD.fullmatch(told[0])
        assert head is not None
        word, _, english = told[1].strip().partition(": ")
        excerpt = [line for line in told[2:] if not line.startswith("  → ")]
        mends = [line.strip() for line in told[2:] if line.startswith("  → ")]
        place = head["file"] + (f":{head['line']}:{head['col']}" if head["line"] else "")
        assert stripped(one.printed(lang="en")).split("\n") == [
            f"{place}: {word}: {english}   [{head['code']}]",
            f"  {head['word']}: {head['vi']}",
            *excerpt,
            *(f"  {mend}" for mend in mends[::-1]),
        ]
        in_forms(one, head.groupdict(), english, mends)


def in_forms(one: Problem, head: dict[str, str], english: str, mends: list[str]) -> None:
    """Whether the annotation, the summary, JSON and SARIF say the same words."""
    report = Report((one,))
    (line,) = annotated(report)
    (command,) = commands(line)
    said = "\n".join((head["vi"], english, *mends))
    spot = {"line": head["line"], "col": head["col"]} if head["line"] else {}
    kind = {"lỗi": "error", "lưu ý": "warning"}[head["word"]]
    title = f"{head['word']} / {kind} [{head['code']}]"
    assert command == Command(kind, said, {"file": head["file"], **spot, "title": title})
    (row,) = json.loads(as_json(report))["problems"]
    assert (row["message"], row["code"]) == ({"vi": head["vi"], "en": english}, head["code"])
    assert [f"→ {mend}" for mend in (row["mend"] or {}).values()] == mends
    (result,) = json.loads(sarif(report))["runs"][0]["results"]
    assert result["message"]["text"] == said
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", "\\1", summary(report)).replace("\u2060", "")
    assert all(words in shown for words in (f"**{head['word']}**: {head['vi']} (", f"{kind}: {english}", *mends))


def stripped(words: str) -> str:
    return "\n".join(line.rstrip() for line in words.split("\n"))


def test_every_message_has_its_broken_file() -> None:
    assert MADE_ELSEWHERE.keys() == ELSEWHERE.keys()
    assert {file.stem for file in BAD.iterdir()} == set(MESSAGES) - set(MADE_ELSEWHERE)


def test_a_file_that_windows_wrote_in_another_encoding_is_told_at_its_first_letter() -> None:
    content = a_content(**{PRODUCT: a_product(name="Tỏi đen").encode("utf-16")})
    assert [one.said("en") for one in found(content)] == ["the file is not UTF-8 (byte ff)"]


def test_a_byte_order_mark_does_not_shift_the_place_of_a_wrong_byte() -> None:
    raw = b"\xef\xbb\xbf" + a_product(storage="Nơi khô").encode().replace("ô".encode(), b"\xf4")
    assert [(one.code, one.place.line, one.place.column) for one in found(a_content(**{PRODUCT: raw}))] == [
        ("not-utf8", 6, 16)
    ]


def test_a_file_over_one_mebibyte_is_not_read() -> None:
    content = a_content(**{PRODUCT: a_product(body="x" * (1 << 20))})
    assert [one.said("en") for one in found(content)] == ["the file has 1024 KiB; at most 1024 KiB are read"]
