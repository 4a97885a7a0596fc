"""Markdown of a body → cleaned HTML: what is kept, what is taken out, and what is refused."""

from __future__ import annotations

import inspect
import re
import sys
from contextlib import suppress
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from sites import ROOT

from ocopgen.prose import (
    _TOO_DEEP,
    BODY_LIMIT,
    NESTING_LIMIT,
    _lost,
    _markdown,
    _Tags,
    entry_at,
    leads_somewhere,
    render,
    with_addresses,
    words_of,
)


def html(body: str) -> str:
    return render(body).html.strip()


def fault(body: str) -> str:
    return render(body).fault


# --- what is kept -----------------------------------------------------------------------------------------


def test_marks_become_plain_html() -> None:
    assert html("**Đậm** và *nghiêng*\n\n- một\n- hai") == (
        "<p><strong>Đậm</strong> và <em>nghiêng</em></p>\n<ul>\n<li>một</li>\n<li>hai</li>\n</ul>"
    )


def test_headings_begin_at_the_second_level() -> None:
    assert html("# Một\n\n## Hai\n\n###### Sáu") == "<h2>Một</h2>\n<h3>Hai</h3>\n<h6>Sáu</h6>"


def test_headings_that_begin_lower_are_left_alone() -> None:
    assert html("## Hai\n\n### Ba") == "<h2>Hai</h2>\n<h3>Ba</h3>"


def test_a_table_can_scroll_and_its_columns_are_aligned_by_class() -> None:
    table = html("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|")
    assert table.startswith('<div class="scroll"><table>')
    assert table.endswith("</table></div>")
    assert re.findall(r"<t[hd]\b[^>]*>", table) == [
        *('<th class="left">', '<th class="center">', '<th class="right">', "<th>"),
        *('<td class="left">', '<td class="center">', '<td class="right">', "<td>"),
    ]


def test_harmless_html_stays_and_is_not_reported() -> None:
    prose = render('H<sub>2</sub>O <abbr title="One">OCOP</abbr>\n\n<table><tr><td class="left">x</td></tr></table>')
    assert "H<sub>2</sub>O" in prose.html
    assert '<td class="left">' in prose.html
    assert prose.removed == ()


def test_links_and_pictures_are_listed_once_as_they_were_written() -> None:
    prose = render("[a](../b/?x=1&y=2) [a](../b/?x=1&y=2) ![Hộp](hop.jpg) <a href='../c/'>c</a>")
    assert prose.links == ("../b/?x=1&y=2", "../c/")
    assert prose.images == ("hop.jpg",)


# --- what is taken out ------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.vn/x.js></sCrIpT>",
    '<img src="a.jpg" onerror="alert(1)">',
    "<p OnClick='alert(1)'>x</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#106;&#97;vascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x]( javascript:alert(1))",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src='https://evil.vn'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<form action='https://evil.vn'><input name=a></form>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<link rel=stylesheet href=//evil.vn>",
    "<base href='https://evil.vn/'>",
    "<meta http-equiv=refresh content='0;url=//evil.vn'>",
    "<div id='main' class='seal'>x</div>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "`<script>`\n\n    <script>alert(1)</script>",
    "<a href='https://a.vn' target=_blank ping='//evil.vn'>x</a>",
    '"><script>alert(1)</script>',
    '![x" onerror="alert(1)](a.jpg)',
    '[x](https://a.vn "title" onclick=alert(1))',
]
TAGS = "p|br|h[2-6]|ul|ol|li|strong|em|code|pre|a|img|table|tbody|tr|t[dh]|div|span"
ALLOWED = re.compile(rf'</?(?:{TAGS})(?: (?:href|src|alt|title)="[^"<>]*")*>')


@pytest.mark.parametrize("body", HOSTILE)
def test_nothing_hostile_is_left(body: str) -> None:
    cleaned = html(body)
    assert re.sub(ALLOWED, "", cleaned).count("<") == 0
    for address in re.findall(r'(?:href|src)="([^"]*)"', cleaned):
        assert not re.match(r"\s*(?:java[\t\n]*script|vbscript|data)\s*:", address, re.IGNORECASE)


@pytest.mark.parametrize(
    ("body", "removed"),
    [
        ("<script>x</script>", ("script",)),
        ("<iframe src='https://a.vn'></iframe><iframe></iframe>", ("iframe",)),
        ("<p onclick='x' style='y'>z</p>", ("p onclick", "p style")),
        ("<td style='x'>y</td>", ("td style",)),
        ("<div><![</div>", ()),
        ("<div><!['><script>x</script></div>", ("script",)),
    ],
)
def test_what_was_taken_out_is_told(body: str, removed: tuple[str, ...]) -> None:
    assert render(body).removed == removed


@pytest.mark.parametrize(
    ("body", "links", "images"),
    [
        ("<a href='javascript:x'>y</a>", ("javascript:x",), ()),
        ("[x](javascript:y) [z](https://a.vn)", ("https://a.vn", "javascript:y"), ()),
        ("[x](file:///etc/passwd)", ("file:///etc/passwd",), ()),
        ("[x](java&#115;cript:y)", ("javascript:y",), ()),
        ("![x](data:image/svg+xml,y) ![z](a.jpg)", (), ("a.jpg", "data:image/svg+xml,y")),
    ],
)
def test_addresses_that_no_page_may_have_are_told_though_they_are_taken_out(
    body: str, links: tuple[str, ...], images: tuple[str, ...]
) -> None:
    assert (render(body).links, render(body).images, render(body).removed) == (links, images, ())
    assert not any(one in html(body) for one in ("script:", "file:", "data:"))


def test_the_words_inside_a_removed_tag_are_kept_where_they_are_words() -> None:
    assert html("<blink>Hay</blink>") == "<p>Hay</p>"


@given(st.text(alphabet="<>/=\"'& \n!-[]()*_`abcdimgsrcphefonlt:javscript#|", max_size=120))
def test_no_text_whatever_leaves_a_forbidden_tag(body: str) -> None:
    cleaned = re.sub(r"<[^>]*>", "", html(body))
    assert "<" not in cleaned
    assert not re.search(r"<(?:script|style|iframe|svg|object|embed)|\son\w+=[\"']", html(body))


# --- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("char", "[]()<*_`!\\")
def test_twenty_thousand_marks_are_refused(char: str) -> None:
    assert fault(char * 20_000) == "body-tangled"


@pytest.mark.parametrize(
    "body",
    [
        "".join("  " * depth + "- x\n" for depth in range(180)),
        "".join("    " * depth + "- x\n" for depth in range(14)),
        ">" * 300 + " x",
        "> " * 13 + "x",
        "- " * 13 + "x",
        "1. " * 13 + "x",
        "> - 1. " * 5 + "x",
        "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|a\n" * 1000,
        "a\n=\n" * 6000,
        "# \n" * 6000,
        "- - -\n" * 5000,
    ],
)
def test_what_would_take_for_ever_is_refused(body: str) -> None:
    assert fault(body) == "body-tangled"


def test_a_body_of_forty_thousand_letters_is_read_and_one_more_is_not() -> None:
    assert fault("x" * BODY_LIMIT) == ""
    assert render("x" * (BODY_LIMIT + 1)) == render("y" * (BODY_LIMIT + 1))
    assert fault("x" * (BODY_LIMIT + 1)) == "body-long"


def test_a_real_story_with_lists_quotes_and_a_table_is_read() -> None:
    table = "|Tháng|Sản lượng|\n|-|-|\n" + "|9|120 kg|\n" * 40
    assert fault("> - một\n>     - hai\n\n" + table + "\n\n" + "Một câu dài, (có ngoặc) và *nhấn*. " * 90) == ""


def test_three_hundred_nested_lists_are_refused() -> None:
    assert fault("".join(" " * depth + "- x\n" for depth in range(300))) != ""
    assert fault("".join("  " * depth + "- x\n" for depth in range(300))) != ""


def test_a_body_is_refused_where_too_little_of_the_stack_is_left() -> None:
    def below(frames: int, body: str) -> str:
        return below(frames - 1, body) if frames else fault(body)

    said = set()
    nested = "".join("    " * depth + "- sâu\n" for depth in range(12))
    for spare in range(20, 120, 5):
        with suppress(RecursionError):
            said.add(below(sys.getrecursionlimit() - len(inspect.stack()) - spare, f"{nested}{spare}"))
        assert html(f"[after](../{spare}/)") == f'<p><a href="../{spare}/">after</a></p>'
    assert "body-tangled" in said


# --- addresses --------------------------------------------------------------------------------------------


def rewritten(body: str) -> str:
    def image(src: str, alt: str) -> Markup:
        return Markup('<img src="/{}" alt="{}">').format(src, alt)

    return str(with_addresses(render(body), lambda link: f"to {link}", image)).strip()


def test_links_are_put_through_the_address_book() -> None:
    assert rewritten('[a](../b/ "T")') == '<p><a href="to ../b/" title="T">a</a></p>'


def test_pictures_are_made_anew_from_their_address_and_description() -> None:
    assert rewritten("![Hộp & túi](hop.jpg)") == '<p><img src="/hop.jpg" alt="Hộp &amp; túi"></p>'
    assert rewritten("<img>") == '<p><img src="/" alt=""></p>'


def test_an_address_cannot_break_out_of_its_quotes() -> None:
    assert rewritten('[a](../b/?x="><script>)').count("<script") == 0
    assert rewritten('<a href="../b/?x=&quot;&amp;y">a</a>') == '<p><a href="to ../b/?x=&#34;&amp;y">a</a></p>'


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("../b/", "products/b"),
        ("../b", "products/b"),
        ("../b/#story", None),
        ("../b/index.vi.md", "products/b"),
        ("../b/index.md", "products/b"),
        ("../../producers/c/", "producers/c"),
        ("./", "products/a"),
        ("/products/b", None),
        ("//evil.vn/x", None),
        ("https://a.vn", None),
        ("mailto:a", None),
        ("#story", None),
        ("", None),
    ],
)
def test_a_relative_address_means_an_entry(link: str, target: str | None) -> None:
    assert entry_at(link, "products/a") == target


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("#story", False),
        ("https://a.vn/b", True),
        ("http://a.vn", True),
        ("mailto:a@b.vn", True),
        ("tel:0912345678", True),
        ("tel:+84912345678", True),
        ("../b/", True),
        ("../c/", False),
        ("../../../etc/passwd", False),
        ("//evil.vn/x", False),
        ("/products/b/", False),
        ("https://localhost", False),
        ("https:a.vn", False),
        ("mailto:", False),
        ("www.a.vn", False),
        ("hop.jpg", False),
        ("", False),
    ],
)
def test_a_link_leads_to_an_entry_another_site_or_a_person(link: str, leads: bool) -> None:
    assert leads_somewhere(link, "products/a", {"products/b"}.__contains__) is leads


def test_the_words_of_a_body_are_what_people_read() -> None:
    assert words_of("**Tỏi** đen_ủ\n\n1. Chậm!") == ["tỏi", "đen", "ủ", "1", "chậm"]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_rendered_or_refused(body: str) -> None:
    assert render(body).fault in ("", "body-tangled")


# --- the same in less time --------------------------------------------------------------------------------


class PlainHouse(Treeprocessor):
    def run(self, root: Element) -> None:
        demote = any(element.tag == "h1" for element in root.iter())
        for element in root.iter():
            if demote and re.fullmatch(r"h[1-5]", element.tag):
                element.tag = f"h{int(element.tag[1]) + 1}"
            aligned = re.fullmatch(r"text-align: (left|center|right);", element.attrib.pop("style", ""))
            if aligned:
                element.set("class", aligned[1])


def plain() -> Markdown:
    """Python-Markdown as it comes, with our two extensions and the rules of the house."""
    markdown = Markdown(extensions=["tables", "sane_lists"], output_format="html")
    markdown.treeprocessors.register(PlainHouse(markdown), "house", 5)
    return markdown


PLAIN = plain()
PIECES = [
    *(
        "# ",
        "## ",
        "- ",
        "1. ",
        "3. ",
        "> ",
        "    ",
        "\t",
        "  \n",
        "\n",
        "\n\n",
        "---",
        "===",
        "***",
        "* * *",
        "|",
        "|-|-|",
        "|:-|-:|",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "\\",
        "\\*",
        "\\`",
        "[",
        "]",
        "](",
        ")",
        "![",
        "[a]: /b",
        "<https://a.vn>",
        "<a@b.vn>",
        "<",
        ">",
    ),
    *(
        "&",
        "&amp;",
        "&#38;",
        "&#x26",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<br/>",
        "<h1>",
        "</h1>",
    ),
    *(
        "<script>",
        '<td style="x">',
        "<ol start=2>",
        '<a href="javascript:x">',
        "<![CDATA[",
        "]]>",
        "\x02",
        "\x03",
        "klzzwxh:0000",
    ),
    *(
        "tỏi",
        "Đen",
        " ",
        "a",
        "1",
        ":",
        '"',
        "'",
        "\r\n",
        "\u00a0",
        "\x02klzzwxh:0000\x03",
        "\x02amp\x03",
        "wzxhzdk:0",
        "!",
        "=",
        "-",
    ),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)


def assert_same(body: str) -> None:
    """Nothing that spares time changes what Python-Markdown gives, or what is told of it."""
    raw = PLAIN.reset().convert(body)
    assert _markdown().convert(body) == raw
    tags = _Tags()
    tags.feed(raw)
    tags.close()
    lost = _lost(raw)
    assert (lost.seen, lost.links, lost.images) == (tags.seen, tags.links, tags.images)


@settings(deadline=None, max_examples=500)
@given(MARKDOWN)
def test_any_markdown_gives_what_python_markdown_gives(body: str) -> None:
    if not fault(body):
        assert_same(body)


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_hostile_gives_what_python_markdown_gives(body: str) -> None:
    assert_same(body)
    assert_same(f"Tỏi đen.\n\n- một\n\n{body}\n\n|a|b|\n|:-|-|\n|{body}|2|")


def test_every_body_that_we_ship_gives_what_python_markdown_gives() -> None:
    bodies = [path.read_text("utf-8").split("\n---\n", 1)[-1] for path in (ROOT / "content").rglob("*.md")]
    assert len(bodies) > 100
    for body in bodies:
        assert_same(body)


def depth(line: str) -> int:
    """How deep a line may be nested, by counting."""
    indent = len(line) - len(line.lstrip(" \t"))
    marks = re.match(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$))*", line)
    return max(indent // 4, len(re.findall(r"[>*+-]|\d+[.)]", marks[0])) if marks else 0)


@given(
    st.lists(st.sampled_from([">", "> ", "- ", "-", "12. ", "1) ", "\t", "    ", " ", "a"]), max_size=40).map("".join)
)
def test_a_line_is_too_deep_where_counting_says_so(line: str) -> None:
    assert bool(_TOO_DEEP.match(line)) == (depth(line) > NESTING_LIMIT)
