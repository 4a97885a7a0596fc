"""HTML of stories becomes a tree that keeps every word in its order, and nothing in it is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocopgen.prose import render
from ocopgen.typeset import Part, typeset


def told(body: str) -> tuple[Part, ...]:
    """The tree of a Markdown text, as stories are rendered."""
    return typeset(render(body).html)


def words(parts: Iterable[Part]) -> Iterator[str]:
    """All words of a tree in the order in which they are set."""
    for one in parts:
        if isinstance(one, str):
            yield one
        else:
            yield from words(one["parts"])
            for cell in one.get("cells", ()):
                yield from words(cell)


def parts(tree: Iterable[Part]) -> Iterator[dict[str, Any]]:
    """All parts of a tree with a tag."""
    for one in tree:
        if isinstance(one, dict):
            yield one
            yield from parts(one["parts"])
            for cell in one.get("cells", ()):
                yield from parts(cell)


def the(tag: str, tree: Iterable[Part]) -> dict[str, Any]:
    (one,) = [one for one in parts(tree) if one["tag"] == tag]
    return one


def test_words_and_marks_become_strings_and_parts() -> None:
    assert told("Đậm đà & **thơm *lắm***.") == (
        {
            "tag": "p",
            "parts": [
                "Đậm đà & ",
                {"tag": "strong", "parts": ["thơm ", {"tag": "em", "parts": ["lắm"]}]},
                ".",
            ],
        },
    )


def test_a_line_break_between_words_is_a_space_and_between_blocks_nothing() -> None:
    tree = told("một\nhai\n\n- ba\n- bốn\n")
    assert tree[0] == {"tag": "p", "parts": ["một hai"]}
    assert [one["tag"] for one in tree[1:] if isinstance(one, dict)] == ["ul"]
    assert the("ul", tree)["parts"] == [{"tag": "li", "parts": ["ba"]}, {"tag": "li", "parts": ["bốn"]}]


def test_lines_of_preformatted_text_stay_lines() -> None:
    assert the("code", told("    một\n      hai\n"))["parts"] == ["một\n  hai\n"]


def test_entities_are_the_letters_they_stand_for() -> None:
    assert "".join(words(told("1 &lt; 2 &amp; &#39;x&#39; &copy; &nbsp;·"))) == "1 < 2 & 'x' © \u00a0·"


def test_lists_nest_and_numbered_ones_begin_where_they_say() -> None:
    tree = told("3. ba\n4. bốn\n    - trong\n")
    assert the("ol", tree)["start"] == 3
    assert the("ul", tree)["parts"] == [{"tag": "li", "parts": ["trong"]}]
    assert the("ol", told("1. một\n"))["start"] == 1


@pytest.mark.parametrize("start", ["", "x", "-3", "9" * 40])
def test_a_number_that_no_list_begins_with_is_one(start: str) -> None:
    assert the("ol", typeset(f'<ol start="{start}"><li>a</li></ol>'))["start"] == 1


def test_links_and_pictures_have_their_addresses() -> None:
    tree = told('[báo](https://example.org/?a=1&b=2)\n\n![Hũ "mắm"](hu.jpg)\n')
    assert the("a", tree)["href"] == "https://example.org/?a=1&b=2"
    assert (the("img", tree)["src"], the("img", tree)["alt"]) == ("hu.jpg", 'Hũ "mắm"')


def test_what_leaves_no_words_on_paper_is_no_heading_and_no_level() -> None:
    tree = told("## 🌿\n\n#### Hai\n\n## ![Hạt](hat.jpg)\n\n#### Ba ⭐\n")
    assert [one["level"] for one in parts(tree) if "level" in one] == [1, 2]


def test_no_heading_skips_a_level_however_it_was_written() -> None:
    tree = told("##### sâu\n\n## lên\n\n#### xuống\n\n### giữa\n\n###### cuối\n")
    assert [one["level"] for one in parts(tree) if "level" in one] == [1, 1, 2, 2, 3]


# --- tables -----------------------------------------------------------------------------------------------


def test_a_table_is_cells_row_by_row_under_its_head() -> None:
    table = the("table", told("| a | b |\n|---|---|\n| 1 | **2** |\n"))
    assert (table["columns"], table["head"], table["parts"]) == (2, 1, [])
    assert table["cells"] == [["a"], ["b"], ["1"], [{"tag": "strong", "parts": ["2"]}]]


def test_short_rows_are_filled_up_to_the_longest() -> None:
    table = the("table", typeset("<table><tr><td>1</td></tr><tr><td>2</td><td>3</td><td>4</td></tr></table>"))
    assert (table["columns"], table["head"]) == (3, 0)
    assert table["cells"] == [["1"], [], [], ["2"], ["3"], ["4"]]


def test_rows_without_cells_are_no_rows() -> None:
    table = the("table", typeset("<table><tr></tr><tr><td>1</td></tr></table>"))
    assert (table["columns"], table["cells"]) == (1, [["1"]])


def test_a_table_keeps_its_caption() -> None:
    table = the("table", told("<table><caption>Mùa vụ</caption><tr><td>9</td></tr></table>"))
    assert table["parts"] == [{"tag": "caption", "parts": ["Mùa vụ"]}]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    tree = typeset("<table><tr><td><table><tr><td>in</td><td>ner</td></tr></table></td></tr></table>")
    outer, inner = [one for one in parts(tree) if one["tag"] == "table"]
    assert (outer["columns"], inner["columns"]) == (1, 2)


# --- whatever comes ---------------------------------------------------------------------------------------


def test_what_is_never_closed_ends_with_its_parent() -> None:
    (table,) = typeset("<table><tr><td>a<td>b <b>c")
    assert isinstance(table, dict)
    assert list(words(table["cells"][0])) == ["a", "b ", "c"]


def test_an_end_without_a_begin_is_nothing() -> None:
    assert typeset("</p>a</table></b>b") == ("a", "b")


class _Words(HTMLParser):
    """What is read between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data


MARKS = ("a", "ờ", " ", "\n", "\n\n", "- ", "1. ", "    ", "> ", "| ", "|---|---|", "**", "*", "`", "# ", "### ")
MARKUP = ("<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<caption>", "<div>", "</div>", "<ul>", "<li>", "<dl>")
REST = ("[a](b)", "![c](d.jpg)", "&lt;", "&", "<", ">", "\\", "#read(x)", "$x$", "@p-x")


@given(st.lists(st.sampled_from((*MARKS, *MARKUP, *REST)), max_size=30))
def test_any_story_keeps_its_words_in_their_order_as_strings(pieces: list[str]) -> None:
    html = render("".join(pieces)).html
    reader = _Words()
    reader.feed(html)
    reader.close()
    tree = typeset(html)
    assert "".join("".join(words(tree)).split()) == "".join(reader.found.split())
    for one in parts(tree):
        assert one.keys() <= {"tag", "parts", "href", "src", "alt", "start", "level", "columns", "head", "cells"}
        if one["tag"] == "table":
            assert len(one["cells"]) % one["columns"] == 0
