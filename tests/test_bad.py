"""One broken file a message: `tests/bad/<code>.md` holds what a contributor wrote and what is said of it.

The first lines of such a file begin with `#:` and are no part of it. They tell

    #: in products/toi-den/index.vi.md         which file of the tiny site (`making.a_content`) it replaces or adds
    #: without places.yml                      which file is taken away (only where that is the mistake)
    #: picture products/toi-den/a.jpg jpeg 1600 1200 1     a picture: path, kind, width, height, bytes, and further
                                                           facts of its `Sight`, such as `flaw="dark"` (in JSON)

and then, line for line, everything that is printed. To add a message, add a row to `messages.py` and a file here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from making import PRODUCT, a_content, a_photo, a_product, found

from ocopgen.messages import MESSAGES
from ocopgen.photo import PhotoFile, PictureKind

BAD = Path(__file__).resolve().parent / "bad"

MADE_ELSEWHERE = {
    "not-utf8": "bytes that are no text; below",
    "file-too-large": "more than a megabyte; below",
    "symlink": "a matter of the disk; test_store",
    "name-not-utf8": "a matter of the disk; test_store",
    "string-missing": "a matter of the templates; test_project",
    "path-twice": "a matter of the pages; test_plan",
    "photo-place-stays": "a matter of mending; test_fix",
    **{
        code: "a matter of lists; test_workbook, test_roll, test_comparison"
        for code in MESSAGES
        if code.startswith("list-")
    },
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


@pytest.mark.parametrize("file", sorted(BAD.iterdir()), ids=lambda file: file.stem)
def test_a_broken_file_is_told_so_in_these_words(file: Path) -> None:
    one = bad(file)
    files = {one.path: one.text} if one.path else {}
    said = found(a_content(*one.pictures, **files, **dict.fromkeys(one.without)))
    assert "\n".join(line.rstrip() for each in said for line in each.printed().split("\n")) == one.expected
    assert file.stem in {each.code for each in said}


def test_every_message_has_its_broken_file() -> None:
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
