"""Bytes → YAML values and body, and the place of everything."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_document, a_product, spots_in

from ocopgen.document import MAX_BYTES, read_data, read_entry


def value(written: str) -> object:
    return a_document(f"key: {written}\n").data["key"]


def slip(text: str | bytes) -> str:
    """What is wrong with a data file: `code line:column`."""
    document, (problem,) = read_data("data.yml", text.encode() if isinstance(text, str) else text)
    assert document is None
    return f"{problem.code} {problem.place.line}:{problem.place.column}"


@pytest.mark.parametrize("word", ["no", "yes", "on", "012", "0912345678", "+84912345678", "1:30", "1e5", ".5", "1_000"])
def test_what_other_readers_guess_at_stays_words(word: str) -> None:
    assert value(word) == word


def test_numbers_dates_truth_and_nothing_are_read_as_such() -> None:
    written = ("12", "-3", "84.5", "2022-04-26", "true", "False", "~", "Null", "")
    assert [value(one) for one in written] == [12, -3, 84.5, date(2022, 4, 26), True, False, None, None, None]


def test_a_day_that_the_calendar_lacks_stays_words() -> None:
    assert value("2022-02-30") == "2022-02-30"


def test_a_number_too_long_to_be_one_stays_words() -> None:
    assert value("1" * 20) == "1" * 20


def test_quotes_make_anything_words() -> None:
    assert [value(one) for one in ('"12"', "'true'", '""')] == ["12", "true", ""]


def test_lists_become_tuples_and_groups_mappings() -> None:
    assert value("[1, {a: b}]") == (1, {"a": "b"})


def test_windows_bytes_read_like_plain_ones() -> None:
    plain = "---\nname: Tỏi đen\n---\nChuyện.\n"
    windows = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()
    assert read_entry("a.md", windows) == read_entry("a.md", plain.encode())
    assert read_entry("a.md", plain.replace("\n", "\r").encode()) == read_entry("a.md", plain.encode())


def test_decomposed_letters_read_like_composed_ones() -> None:
    plain = "---\nname: Tỏi đen\n---\nChuyện.\n"
    assert read_entry("a.md", unicodedata.normalize("NFD", plain).encode()) == read_entry("a.md", plain.encode())


def test_spaces_that_look_plain_are_plain_between_key_and_value() -> None:
    text = "place:\n\u00a0 district:\u00a0thai-thuy\ntags:\n  -\u00a0Hộp 200\u00a0g\n"
    assert a_document(text).data == {"place": {"district": "thai-thuy"}, "tags": ("Hộp 200\u00a0g",)}


def test_separators_that_no_editor_counts_do_not_shift_the_lines() -> None:
    assert slip("a: x\u2028y\u0085z\nb: c: d\n") == "yaml-colon 2:5"


def test_the_body_is_what_follows_the_second_line_of_hyphens() -> None:
    document, problems = read_entry("a.md", b"---  \nname: x\n---\t\n\nOne.\n\n---\n\nTwo.\n")
    assert document is not None
    assert (document.body, problems) == ("\nOne.\n\n---\n\nTwo.\n", [])


def test_a_value_a_key_and_a_letter_of_the_body_know_their_places() -> None:
    document, _ = read_entry("a.md", "---\nname: Tỏi\npacks:\n  - label: Hộp\n---\nMột\nhai ba\n".encode())
    assert document is not None
    label = ("packs", 0, "label")
    assert str(document.place(label)) == "a.md:4:12"
    assert str(document.key_place(label)) == "a.md:4:5"
    assert document.place(label).excerpt == "  - label: Hộp"
    assert str(document.body_place(document.body.index("ba"))) == "a.md:7:5"
    assert document.body_place(0).excerpt == "Một"


def test_a_value_that_is_not_there_has_the_place_of_its_nearest_parent() -> None:
    document = a_document("packs:\n  - label: Hộp\n")
    assert str(document.place(("packs", 0, "gtin"))) == "data.yml:2:5"
    assert str(document.place(("photos",))) == "data.yml:1:1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "file-empty 1:1"),
        ("\n \n", "file-empty 1:1"),
        ("- a\n", "yaml-not-mapping 1:1"),
        ("a: b\na: c\n", "yaml-duplicate 2:1"),
        ("? [a]\n: b\n", "yaml-key 1:3"),
        ("a: &b c\n", "yaml-alias 1:4"),
        ("a: *b\n", "yaml-alias 1:4"),
        ("a: **bold**\n", "yaml-alias 1:4"),
        ("a: !!python/object:os.system b\n", "yaml-tag 1:4"),
        ("a: !b [c]\n", "yaml-tag 1:4"),
        ("a: " + "[" * 30 + "]" * 30, "yaml-deep 1:23"),
        ("a: b\n---\nc: d\n", "yaml-second 2:1"),
        ("a: b\nc: \ttỏi \x07\n", "yaml-character 2:9"),
        ("a:\n\tb: c\n", "yaml-tab 2:1"),
        ("a: b: c\n", "yaml-colon 1:5"),
        ("a:b\nc: d\n", "yaml-line 1:1"),
        ("a: b\nc:d\ne: f\n", "yaml-line 2:1"),
        ("a: b\nMột dòng chữ.\n", "yaml-line 2:1"),
        ('a: "b\nc: d\n', "yaml-quote 1:4"),
        ("a: 'b\nc: d\n", "yaml-quote 1:4"),
        ('a: "b\nc: "d"\n', "yaml-quote 1:4"),
        ('a: "b\nc: d\ne: "f, g"\n', "yaml-quote 1:4"),
        ('- a: {b: "c, d: e}\n- f: "g"\n', "yaml-quote 1:10"),
        ("a:\n  - 'b\n  - 'c'\n", "yaml-quote 2:5"),
        ('a: "b\n  c" # d\ne: "f" g\n', "yaml-after 3:8"),
        ('a: "b\n  c"\nd:\n\te: f\n', "yaml-tab 4:1"),
        ("a: Bánh 'cáy\nb: [c\n", "yaml-bracket 2:4"),
        ('a: "\\d"\n', "yaml-escape 1:5"),
        ('a: "\\xZZ"\n', "yaml-escape 1:7"),
        ('a: "b" c\n', "yaml-after 1:8"),
        ("a: [b] c\n", "yaml-after 1:8"),
        ("a: [b, c\nd: e\n", "yaml-bracket 1:4"),
        ("a: {b: c\nd: e\n", "yaml-bracket 1:4"),
        ("a: @b\n", "yaml-character-start 1:4"),
        ("a: > b\n", "yaml-character-start 1:4"),
        ("a: }b\n", "yaml-character-start 1:4"),
        ("a:\n    b: c\n  d: e\n", "yaml-indent 3:3"),
        ("a:\n  - b: c\n    d: e\n   f: g\n", "yaml-indent 4:4"),
        ("a: “b: c”\n", "quotes-curly 1:6"),
        ("a: - b\n", "yaml-syntax 1:4"),
        (b"a: b\n\xff\n", "not-utf8 2:1"),
        ("a: Tỏi \ud800".encode("utf-8", "surrogatepass"), "not-utf8 1:8"),
        (b"\xef\xbb\xbfa: b\nc: \xff\n", "not-utf8 2:4"),
        (b"x" * (MAX_BYTES + 1), "file-too-large 0:0"),
    ],
)
def test_a_slip_has_a_name_and_a_place(text: str | bytes, expected: str) -> None:
    assert slip(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Tỏi\n---\n", ["front-matter-missing 1:1"]),
        ("— \nname: Tỏi\n---\n", ["front-matter-missing 1:1"]),
        ("---\nname: Tỏi\n", ["front-matter-open 2:10"]),
        ("---\nname: Tỏi\ntags:\n- a\n\n# Chuyện\n\n- Một\nHai.\n", ["front-matter-open 4:4"]),
        ("---\nname: Tỏi\nplace: {\n}\n\nphotos:\n  - {file: a.jpg}\nNguồn: báo.\n", ["front-matter-open 7:18"]),
        ("---\n---\nChuyện.\n", ["missing 2:1"] * 4),
    ],
)
def test_an_entry_needs_both_lines_of_hyphens(text: str, expected: list[str]) -> None:
    assert spots_in(text) == expected


def test_a_forgotten_closing_line_is_seen_at_the_first_line_of_the_story() -> None:
    assert spots_in("---\nname: Tỏi\n\nMột câu chuyện.\n\n---\n\nHết.\n") == ["yaml-line 4:1"]


def test_a_file_of_remarks_holds_no_keys() -> None:
    assert a_document("# nothing yet\n").data == {}


def test_a_billion_laughs_are_not_even_begun() -> None:
    assert slip("a: &a [x]\nb: [*a, *a]\n") == "yaml-alias 1:4"


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_one_problem(raw: bytes) -> None:
    for read in (read_data, read_entry):
        document, problems = read("a", raw)
        assert (document is None) == (len(problems) == 1)


@given(st.text(alphabet="ab:-[]{}\"'\\#&*!|> \n\t“\u00a0\u2028", max_size=60))
def test_any_yaml_gives_a_document_or_one_problem_inside_the_file(text: str) -> None:
    document, problems = read_data("a", text.encode())
    assert (document is None) == (len(problems) == 1)
    for one in problems:
        assert 1 <= one.place.line <= text.count("\n") + 1
        assert 1 <= one.place.column <= len(one.place.excerpt) + 1


def test_the_file_of_a_sound_product_has_no_problem() -> None:
    assert spots_in(a_product()) == []


def test_a_line_behind_a_sign_of_comments_takes_nothing_from_the_value_above() -> None:
    for text in ("name: Tỏi đen\n#usage: Ăn ngay\n", "name: Tỏi đen\n  #usage: Ăn ngay\n", "name:\n#usage: Ăn ngay\n"):
        assert read_data("x.yml", text.encode())[1] == []
    for text in ("storage: Hộp #5\n", "storage: Hộp\n  to #5\n", "storage: H #5\n"):
        assert [one.code for one in read_data("x.yml", text.encode())[1]] == ["yaml-hash"]
