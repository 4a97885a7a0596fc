"""What is wrong, where, and what to do: places, printing, order and near words."""

from __future__ import annotations

from ocopgen.problems import Place, Problem, errors, in_order, nearest, slipped

AT = Place("content/a.md", 6, 9, "set: x")


def test_a_problem_is_printed_in_both_languages_with_its_line_and_mend() -> None:
    assert Problem.at(AT, "yaml-duplicate", key="set").printed() == (
        "content/a.md:6:9: lỗi: khóa 'set' được viết hai lần   [yaml-duplicate]\n"
        "  error: the key 'set' is written twice\n"
        "  6 | set: x\n"
        "    |         ^\n"
        "  → giữ một dòng, xóa dòng kia\n"
        "  → keep one of the lines and delete the other"
    )


def test_a_problem_without_a_mend_ends_with_its_line() -> None:
    problem = Problem.at(AT, "score-none", score="40")
    assert problem.printed().split("\n")[-1] == "    |         ^"


def test_a_problem_of_a_whole_file_shows_no_line() -> None:
    problem = Problem.at(Place("content/a.md"), "symlink")
    assert problem.printed().split("\n")[0].startswith("content/a.md: lỗi: ")
    assert "|" not in problem.printed()


def test_colour_is_paint_around_the_same_words() -> None:
    problem = Problem.at(AT, "alt-missing", value="a.jpg")
    painted = problem.printed(colour=True)
    assert "\x1b[33;1mlưu ý\x1b[0m" in painted
    for code in ("\x1b[33;1m", "\x1b[31;1m", "\x1b[2m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == problem.printed()


def test_a_long_line_is_cut_around_the_place_and_the_caret_still_points_at_it() -> None:
    line = "x" * 200 + "!" + "y" * 200
    shown, caret = Problem.at(Place("a.md", 1, 201, line), "yaml-syntax").printed().split("\n")[2:4]
    assert len(shown) <= 110
    assert shown[caret.index("^")] == "!"


def test_a_line_cannot_send_commands_to_the_terminal() -> None:
    shown = Problem.at(Place("a.md", 1, 4, "a\tb\x1b[2Jc"), "yaml-syntax").printed().split("\n")[2]
    assert shown == "  1 | a b [2Jc"


def test_no_word_of_a_message_can_send_commands_to_the_terminal_or_begin_a_line() -> None:
    told = Problem.at(Place("a\x1b\n.md", 1, 1), "stars-range", key="stars", value="\x1b]0;x\x07\nb").printed()
    assert told.split("\n")[:2] == [
        "a  .md:1:1: lỗi: 'stars' phải là 3, 4 hoặc 5, không phải  ]0;x  b   [stars-range]",
        "  error: 'stars' must be 3, 4 or 5, not  ]0;x  b",
    ]


def test_problems_come_by_file_line_and_column_each_once() -> None:
    later = Problem.at(Place("b.md", 1, 1), "yaml-syntax")
    first = Problem.at(Place("a.md", 2, 1), "yaml-syntax")
    between = Problem.at(Place("a.md", 10, 1), "yaml-syntax")
    assert in_order([later, between, first, later]) == (first, between, later)


def test_only_errors_stop_a_build() -> None:
    error, warning = Problem.at(AT, "yaml-syntax"), Problem.at(AT, "alt-missing", value="a.jpg")
    assert errors([warning, error]) == (error,)


def test_the_nearest_word_is_found_without_marks_case_and_kind_of_hyphen() -> None:
    assert nearest("Shelf-Life", ["summary", "shelf_life"]) == "shelf_life"
    assert nearest("trường an", ["truong-an", "thai-thuy"]) == "truong-an"


def test_no_word_is_near_where_none_is_alike() -> None:
    assert nearest("xyz", ["name", "summary"]) is None


def test_a_slip_of_the_finger_is_one_sign() -> None:
    for word in ("storag", "storages", "sstorage", "storbge", "storgae", "torage", "xtorage"):
        assert slipped(word, "storage")
    for word in ("store", "storgea", "storagess", "stroaeg", ""):
        assert not slipped(word, "storage")
