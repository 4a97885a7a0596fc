"""Problems in every form: what comes first, what is left out and counted, and words of others that stay words."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from runner import Command, commands

from ocopgen import __version__
from ocopgen.diagnostics import (
    ANNOTATIONS,
    SHOWN,
    Report,
    annotated,
    as_json,
    guarded,
    inert,
    sarif,
    summary,
    text,
)
from ocopgen.problems import Place, Problem, in_order, printable

FILE = "content/products/gao/index.vi.md"


def wrong(file: str = FILE, line: int = 3, value: str = "6") -> Problem:
    return Problem.at(Place(file, line, 9, f"  stars: {value}"), "stars-range", key="stars", value=value)


def advice(number: int, file: str = "") -> Problem:
    place = Place(file or f"content/products/p{number:03}/index.vi.md", 4, 1, "photos:")
    return Problem.at(place, "alt-missing", value=f"{number}.jpg")


def report(*problems: Problem, **more: object) -> Report:
    return Report(in_order(problems), **more)  # type: ignore[arg-type]


def on_terminal(one: Report, whole: bool = False) -> str:
    return "\n\n".join(text(one, whole=whole))


# --- for people -------------------------------------------------------------------------------------------


def test_few_warnings_are_shown_whole_in_the_order_of_their_places() -> None:
    problems = in_order([wrong(), *map(advice, range(SHOWN))])
    assert on_terminal(report(*problems)) == "\n\n".join(
        [*(one.printed() for one in problems), f"1 lỗi, {SHOWN} lưu ý / 1 errors, {SHOWN} warnings"]
    )


def test_of_many_warnings_each_kind_is_shown_once_and_counted_and_errors_come_whole_at_the_end() -> None:
    many = [advice(number) for number in range(SHOWN)]
    few = [Problem.at(Place(f"content/{n}.doc"), "file-unknown", mend_vi="a", mend_en="b") for n in range(3)]
    errors = [wrong(f"content/products/{n}/index.vi.md") for n in range(30)]
    told = on_terminal(report(*many, *few, *errors)).split("\n\n")
    assert told[:3] == [one.printed() for one in few]
    assert told[3] == (
        f"{many[0].printed()}\n  … và 19 lưu ý cùng loại / and 19 more of this kind: "
        "content/products/p001/index.vi.md:4:1, content/products/p002/index.vi.md:4:1, "
        "content/products/p003/index.vi.md:4:1, …"
    )
    assert told[4:] == [
        *(one.printed() for one in in_order(errors)),
        "19 lưu ý không hiện; thêm --all / 19 warnings are not shown; add --all",
        "30 lỗi, 23 lưu ý / 30 errors, 23 warnings",
    ]


def test_all_that_is_asked_for_is_shown() -> None:
    problems = in_order([wrong(), *map(advice, range(99))])
    assert on_terminal(report(*problems), whole=True).count("[alt-missing]") == 99


def test_nothing_wrong_is_nothing_said() -> None:
    assert on_terminal(report()) == ""


def test_what_was_changed_comes_first_and_whole_and_of_the_rest_only_errors() -> None:
    mine = [advice(number, f"content/products/gao/{number}.jpg") for number in range(SHOWN + 5)]
    old = [*map(advice, range(200)), wrong("content/products/p007/index.vi.md")]
    told = on_terminal(report(*mine, *old, touched=frozenset({"content/products/gao"}))).split("\n\n")
    assert told == [
        f"Trong phần vừa sửa / In what was changed: {SHOWN + 5}",
        *(one.printed() for one in in_order(mine)),
        "Ở những mục khác / Elsewhere: 201",
        old[-1].printed(),
        "200 lưu ý ở mục khác không hiện; thêm --all / 200 warnings elsewhere are not shown; add --all",
        "1 lỗi, 225 lưu ý / 1 errors, 225 warnings",
    ]


def test_a_change_without_problems_says_so() -> None:
    told = on_terminal(report(wrong(), touched=frozenset())).split("\n\n")
    assert told[0] == "Trong phần vừa sửa / In what was changed: không có gì / nothing"


def test_a_change_is_told_by_folders_and_files_and_not_by_names_that_only_begin_alike() -> None:
    touched = frozenset({"content/products/gao", "content/site.yml"})
    places = [FILE, "content/products/gao/a.jpg", "content/products/gao", "content/site.yml"]
    others = ["content/products/gao-nep/index.vi.md", "content/products", "content/site.yml.bak"]
    one = report(*(wrong(file) for file in (*places, *others)), touched=touched)
    assert {each.place.file for each in one.own} == set(places)
    assert {each.place.file for each in one.others} == set(others)


def test_the_language_that_comes_first_can_be_chosen() -> None:
    told = on_terminal(report(wrong(), *map(advice, range(50)), lang="en", touched=frozenset({FILE})))
    assert told.startswith("In what was changed / Trong phần vừa sửa: 1\n\n" + f"{FILE}:3:9: error: 'stars' must be")
    assert told.endswith("1 errors, 50 warnings / 1 lỗi, 50 lưu ý")


# --- for GitHub -------------------------------------------------------------------------------------------


def test_an_annotation_lies_at_its_spot_and_ends_with_the_mend_in_both_languages() -> None:
    (line,) = annotated(report(wrong()))
    assert "\n" not in line
    (one,) = commands(line)
    assert one.name == "error"
    assert one.properties == {"file": FILE, "line": "3", "col": "9", "title": "lỗi / error [stars-range]"}
    assert one.data == (
        "'stars' phải là 3, 4 hoặc 5, không phải 6\n"
        "'stars' must be 3, 4 or 5, not 6\n"
        "→ dưới 3 sao không được công nhận OCOP; 'tiềm năng 5 sao' viết ở potential_5_star\n"
        "→ below 3 stars nothing is recognised; a potential 5-star product uses potential_5_star"
    )


def test_a_file_as_a_whole_has_no_line() -> None:
    (line,) = annotated(report(Problem.at(Place("content/a.md"), "symlink")))
    assert commands(line)[0].properties.keys() == {"file", "title"}


def test_the_most_useful_annotations_come_first_and_are_ten_at_most() -> None:
    mine, other = "content/products/gao/index.vi.md", "content/products/a/index.vi.md"
    syntax = Problem.at(Place(mine, 9, 1), "yaml-quote")
    problems = [advice(1, mine), wrong(mine), syntax, wrong(other), Problem.at(Place(other, 1, 1), "file-empty")]
    one = report(*problems, *map(advice, range(50)), touched=frozenset({"content/products/gao"}))
    told = [commands(line)[0] for line in annotated(one)]
    titles = [(each.properties["file"], each.properties["title"].partition("[")[2][:-1]) for each in told]
    assert titles[:5] == [
        (mine, "yaml-quote"),
        (mine, "stars-range"),
        (other, "file-empty"),
        (other, "stars-range"),
        (mine, "alt-missing"),
    ]
    assert len(told) == ANNOTATIONS


EVIL = [
    *("::error::x", "\n::add-mask::a", "\r\n::stop-commands::t", "##[add-mask]a", "%0A::error::x", "a,line=9,b"),
    *("a:b::c", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"),
    *("![x](http://a.vn/x)", "@someone", "someone/else#1", "#12", "http://evil.vn", "www.evil.vn", "a@evil.vn"),
    *("`code`", "``` x", "| a | b |", "- x", "1. x", "# x", "> x", "&lt;b&gt;", "\\", "a\\", "**x**", "_x_", "~~x~~"),
    *("\x1b[2J", "\u2028::error::x", "--- "),
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_word_of_a_contributor_is_a_command_in_the_log(evil: str) -> None:
    one = report(wrong(f"content/{evil}/index.vi.md", value=evil), wrong(value=evil), touched=frozenset())
    told = [commands(line) for line in annotated(one)]
    assert [[each.name for each in several] for several in told] == [["error"], ["error"]]
    assert {several[0].properties["file"] for several in told} == {f"content/{evil}/index.vi.md", FILE}
    assert all(f"không phải {printable(evil)}" in several[0].data for several in told)
    for log in (guarded(on_terminal(one), "no-one-knows"), as_json(one), sarif(one)):
        assert commands(log) == []


def test_commands_work_again_behind_what_was_guarded() -> None:
    log = guarded("::error::a\n##[error]b\n", "no-one-knows") + "\n::error::c"
    assert commands(log) == [Command("error", "c")]


# --- the summary ------------------------------------------------------------------------------------------


def test_a_summary_tells_everything_errors_first_file_by_file() -> None:
    told = summary(report(advice(1, FILE), wrong(), wrong("content/b.md"), touched=frozenset({FILE})))
    assert told == (
        "## 2 lỗi, 1 lưu ý / 2 errors, 1 warnings\n"
        "\n### Trong phần vừa sửa / In what was changed\n"
        f"\n#### ` {FILE} `\n\n"
        "- **lỗi**: \\'stars\\' phải là 3\\, 4 hoặc 5\\, không phải 6 (dòng / line 3:9 · stars-range)\\\n"
        "  error: \\'stars\\' must be 3\\, 4 or 5\\, not 6\\\n"
        "  ` 3 |   stars: 6 `\\\n"
        "  → dưới 3 sao không được công nhận OCOP\\; \\'tiềm năng 5 sao\\' viết ở potential\\_5\\_star\\\n"
        "  → below 3 stars nothing is recognised\\; a potential 5\\-star product uses potential\\_5\\_star\n"
        f"\n#### ` {FILE} `\n\n"
        "- **lưu ý**: ảnh \\'1\\.jpg\\' chưa có lời mô tả \\'alt\\' (dòng / line 4:1 · alt-missing)\\\n"
        "  warning: the picture \\'1\\.jpg\\' has no description \\'alt\\'\\\n"
        "  ` 4 | photos: `\\\n"
        "  → tả ảnh trong một câu ngắn cho người không nhìn thấy\\\n"
        "  → describe it in a short sentence for those who cannot see it\n"
        "\n### Ở những mục khác / Elsewhere\n"
        "\n#### ` content/b.md `\n\n" + told.rpartition("` content/b.md `\n\n")[2]
    )
    assert told.count("stars-range") == 2


def test_a_good_content_is_said_to_be_fine() -> None:
    assert summary(report()) == "## Nội dung tốt / The content is fine\n"
    assert summary(report(advice(1))).startswith("## Nội dung tốt / The content is fine, 0 lỗi, 1 lưu ý / 0 errors")


@pytest.mark.parametrize("room", [400, 2000, 100_000])
def test_a_summary_never_has_more_bytes_than_there_is_room_for_and_counts_the_rest(room: int) -> None:
    told = summary(report(*(wrong(f"content/{n:04}.md", value="Ệ" * 50) for n in range(999))), room)
    assert len(told.encode()) <= room
    shown = told.count("stars-range")
    assert told.endswith(
        f"\n… và {999 - shown} vấn đề nữa, xem trong nhật ký / … and {999 - shown} more, see the log\n"
    )
    assert (shown > 0) is (room > 1000)


@pytest.mark.parametrize("evil", EVIL)
def test_words_in_a_summary_have_no_meaning_in_markdown(evil: str) -> None:
    """CommonMark: a backslash before any ASCII punctuation takes its meaning; spans of code know no other end."""
    words = inert(evil)
    assert re.sub(r"\\(.)", "\\1", words).replace("\u2060", "") == "".join(c if c.isprintable() else " " for c in evil)
    assert not re.search(r"(?<!\\)(?:\\\\)*[!-/:-@\[-`{-~](?<!\\)", re.sub(r"\\.", "", words))
    assert all(words[at + 1] == "\u2060" for at, char in enumerate(words) if char in "@#")
    lines = summary(report(wrong(f"a{evil}", value=evil))).split("\n")
    for line in lines[2:]:
        code = re.fullmatch(r"(?:  |#### )(`+) (.*) \1(?:\\)?", line)
        assert code is None or code[1] not in re.findall("`+", code[2])
    assert [line for line in lines if line.startswith(("- ", "#"))] == [lines[0], lines[2], lines[4]]


# --- for machines -----------------------------------------------------------------------------------------


def test_json_has_every_problem_with_its_words_in_both_languages() -> None:
    told = json.loads(as_json(report(wrong(), Problem.at(Place("content/a.md"), "score-none", score="4"))))
    first, second = told.pop("problems")
    assert told == {"format": 1, "version": __version__, "errors": 2, "warnings": 0}
    assert first == {
        "severity": "error",
        "code": "score-none",
        "file": "content/a.md",
        "line": None,
        "column": None,
        "excerpt": "",
        "message": {
            "vi": "điểm 4 dưới 50: không có sao nào được công nhận",
            "en": "a score of 4 is below 50: no star is recognised",
        },
        "mend": None,
    }
    assert (second["line"], second["column"], second["excerpt"]) == (3, 9, "  stars: 6")
    assert second["mend"].keys() == {"vi", "en"}


def test_json_tells_what_the_change_touched_and_tells_it_first() -> None:
    told = json.loads(
        as_json(report(wrong("content/a.md"), wrong("content/b.md"), touched=frozenset({"content/b.md"})))
    )
    assert [(one["file"], one["touched"]) for one in told["problems"]] == [
        ("content/b.md", True),
        ("content/a.md", False),
    ]


def test_sarif_has_the_shape_that_its_standard_asks_for() -> None:
    whole = Problem.at(Place("content/ảnh đẹp.jpg"), "photo-unreadable", value="ảnh đẹp.jpg")
    told = json.loads(sarif(report(wrong(), advice(1), whole)))
    assert told.keys() == {"$schema", "version", "runs"}
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    assert run.keys() == {"tool", "columnKind", "originalUriBaseIds", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("ocopgen", __version__)
    rules = driver["rules"]
    assert [one["id"] for one in rules] == ["stars-range", "photo-unreadable", "alt-missing"]
    assert rules[0] == {
        "id": "stars-range",
        "shortDescription": {"text": "'…' phải là 3, 4 hoặc 5, không phải …\n'…' must be 3, 4 or 5, not …"},
        "help": {"text": rules[0]["help"]["text"]},
        "defaultConfiguration": {"level": "error"},
    }
    for one in run["results"]:
        assert one.keys() == {"ruleId", "ruleIndex", "level", "message", "locations"}
        rule = rules[one["ruleIndex"]]
        assert (rule["id"], rule["defaultConfiguration"]["level"]) == (one["ruleId"], one["level"])
        (location,) = one["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    spots = {one["ruleId"]: one["locations"][0]["physicalLocation"] for one in run["results"]}
    assert spots["photo-unreadable"] == {
        "artifactLocation": {"uri": "content/%E1%BA%A3nh%20%C4%91%E1%BA%B9p.jpg", "uriBaseId": "%SRCROOT%"}
    }
    assert spots["stars-range"]["region"] == {"startLine": 3, "startColumn": 9}
    assert spots["stars-range"]["contextRegion"] == {"startLine": 3, "snippet": {"text": "  stars: 6"}}


def test_a_file_outside_of_any_repository_has_a_whole_address_in_sarif() -> None:
    told = json.loads(sarif(report(wrong("/tmp/kho/a b.md"), wrong("C:/kho/a.md"))))
    files = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in told["runs"][0]["results"]]
    assert files == [{"uri": "file:///tmp/kho/a%20b.md"}, {"uri": "file:///C:/kho/a.md"}]


def test_files_can_be_named_as_another_reader_knows_them() -> None:
    one = report(wrong("../x/content/a.md"), wrong("templates/a.svg"), touched=frozenset({"../x/content/a.md"}))
    for folder, name in (("kho/content", "kho/content/a.md"), ("", "a.md")):
        moved = one.moved("../x/content", folder)
        assert [each.place.file for each in moved.problems] == [name, "templates/a.svg"]
        assert [each.place.file for each in moved.own] == [name]


def test_an_order_of_words_changes_no_word() -> None:
    for lang, form in product(("vi", "en"), (as_json, sarif, summary, on_terminal)):
        told = form(report(wrong(), advice(1), lang=lang))
        assert "không phải 6" in told
        assert "has no description" in told
