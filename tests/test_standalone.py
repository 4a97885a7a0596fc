"""A page opened from a disk: what changes, what goes, and that nothing else is touched."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocopgen.standalone import WEB_ONLY, Strange, Thrift, opened, target, title, with_file

HERE = "vi/san-pham/gao/index.html"


def on_disk(html: str, *left_out: str, widest: int | None = None) -> str:
    return opened(html, HERE, Thrift(frozenset(left_out), widest)).html


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../", "../index.html"),
        ("..", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("../../sao/4/#giu", "../../sao/4/index.html#giu"),
        ("../?q=a/b#c/", "../index.html?q=a/b#c/"),
        ("../a.html", "../a.html"),
        ("../a.pdf?x=/", "../a.pdf?x=/"),
        ("", ""),
        ("#main", "#main"),
        ("?q=x", "?q=x"),
        ("https://example.vn/", "https://example.vn/"),
        ("//example.vn/", "//example.vn/"),
        ("/", "/"),
        ("mailto:a@example.vn", "mailto:a@example.vn"),
        ("tel:+84912345678", "tel:+84912345678"),
    ],
)
def test_an_address_of_a_folder_leads_to_its_page(address: str, file: str) -> None:
    assert with_file(address) == file


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("../", "vi/san-pham/index.html"),
        ("../../../#x", "index.html"),
        ("../../../pictures/a.jpg", "pictures/a.jpg"),
        ("b.pdf?x#y", "vi/san-pham/gao/b.pdf"),
        ("#main", None),
        ("https://example.vn/a", None),
        ("/a", None),
    ],
)
def test_what_an_address_leads_to_is_known_by_its_path(address: str, path: str | None) -> None:
    assert target(address, HERE) == path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "404.html",
            "_redirects",
            "_headers",
            ".htaccess",
            "p/.htaccess",
            "admin/index.html",
            "admin/a/b.js",
            "sw.js",
        ),
        *("vi/manifest.webmanifest", "offline/index.html", "assets/offline-0123456789ab.js", "robots.txt"),
        *("sitemap.xml", "sitemap-vi.xml"),
    ],
)
def test_what_is_for_the_web_alone_is_known(path: str) -> None:
    assert WEB_ONLY.fullmatch(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "vi/index.html",
        "vi/san-pham/admin/index.html",
        "assets/search-0123456789ab.js",
        "p/gao/index.html",
    ],
)
def test_what_is_for_a_disk_too_stays(path: str) -> None:
    assert not WEB_ONLY.fullmatch(path)


# --- what changes -----------------------------------------------------------------------------------------


def test_links_lead_to_files_and_what_only_looks_like_one_stays() -> None:
    page = (
        '<!doctype html>\n<title>a <a href="x/"> b</title>\n<link rel="stylesheet" href="../a.css">'
        '<!-- <a href="x/"> --><p title="<a href=&quot;x/&quot;>">&lt;a href="x/"&gt; <b>7 > 6</b></p>'
        '<script>"<a href=\\"x/\\">"</script><a class="x/" href="../../?a=1&amp;b=2#c" data-href="y/">y/</a>'
    )
    assert on_disk(page) == page.replace("../../?a", "../../index.html?a")


def test_a_page_that_leads_on_leads_to_a_file() -> None:
    page = '<meta http-equiv="refresh" content="0; url=../../gao/"><meta name="description" content="0; url=../">'
    done = opened(page, HERE, Thrift())
    assert done.html == page.replace("../../gao/", "../../gao/index.html")
    assert done.named == {"vi/gao/index.html"}


def test_what_a_disk_refuses_goes() -> None:
    for tag in (
        '<link rel="preload" as="font" href="../f.woff2" crossorigin>',
        '<link rel="manifest" href="../../m.webmanifest">',
        '<link rel="apple-touch-icon" href="../i.png">',
    ):
        assert on_disk(f"<p>a</p>{tag}<p>b</p>") == "<p>a</p><p>b</p>"
        assert opened(tag, HERE, Thrift()).named == frozenset()
    gone = '<script defer src="../../../assets/a.js">x < y</script>'
    assert on_disk(f"a{gone}b", "assets/a.js") == "ab"
    assert on_disk(gone) == gone


def test_the_web_s_own_addresses_stay() -> None:
    page = (
        '<link rel="canonical" href="https://example.vn/vi/"><link rel="alternate" hreflang="en" href="https://a.vn/">'
    )
    assert on_disk(page) == page


# --- pictures ---------------------------------------------------------------------------------------------

PICTURE = (
    '<picture>\n<source type="image/avif" srcset="../a-400.avif 400w, ../a-800.avif 800w" sizes="50vw">\n'
    '<source type="image/jpeg" srcset="../a-400.jpg 400w, ../a-800.jpg 800w, ../a-1600.jpg 1600w" sizes="50vw">\n'
    '<img src="../a-800.jpg" width="1600" height="1200" alt="a, b"></picture>'
)
PLAIN = PICTURE.replace('<source type="image/avif" srcset="../a-400.avif 400w, ../a-800.avif 800w" sizes="50vw">', "")


@pytest.mark.parametrize(
    ("widest", "srcset", "shown"),
    [
        (None, "../a-400.jpg 400w, ../a-800.jpg 800w, ../a-1600.jpg 1600w", 800),
        (1600, "../a-400.jpg 400w, ../a-800.jpg 800w, ../a-1600.jpg 1600w", 800),
        (800, "../a-400.jpg 400w, ../a-800.jpg 800w", 800),
        (400, "../a-400.jpg 400w", 400),
        (300, "../a-400.jpg 400w", 400),
    ],
)
def test_of_a_picture_the_plainest_format_stays_as_wide_as_wanted(widest: int | None, srcset: str, shown: int) -> None:
    done = opened(PICTURE, HERE, Thrift(widest=widest))
    whole = "../a-400.jpg 400w, ../a-800.jpg 800w, ../a-1600.jpg 1600w"
    assert done.html == PLAIN.replace(whole, srcset).replace('src="../a-800', f'src="../a-{shown}')
    files = {part.split()[0].replace("../", "vi/san-pham/") for part in srcset.split(",")}
    assert done.named == files, "and no other file"


def test_a_picture_of_one_file_stays() -> None:
    drawing = '<img src="../a.svg" width="4" height="3" alt="">'
    done = opened(PICTURE + drawing, HERE, Thrift(widest=400))
    assert done.html.endswith(drawing)
    assert "vi/san-pham/a.svg" in done.named


# --- what is left out -------------------------------------------------------------------------------------

PDF = "vi/san-pham/gao/a.pdf"


@pytest.mark.parametrize(
    ("page", "without"),
    [
        ('<p>x</p> <p class="e"><a href="a.pdf"><b>A</b></a></p> <p>y</p>', "<p>x</p>  <p>y</p>"),
        ('<p>Xem <a href="a.pdf">tờ</a> này</p>', "<p>Xem tờ này</p>"),
        (
            '<ul><li><a href="a.pdf">A</a> (1 MB)</li><li><a href="b.pdf">B</a></li></ul>',
            '<ul><li><a href="b.pdf">B</a></li></ul>',
        ),
        ('<ul>\n<li><a href="a.pdf">A</a> (1 MB)</li>\n</ul>x', "x"),
        ('<main><section><h2>PDF</h2><ul><li><a href="a.pdf">A</a></li></ul></section></main>', "<main></main>"),
        ('<div><h2>PDF</h2><p>w</p><ul><li><a href="a.pdf">A</a></li></ul></div>', "<div><h2>PDF</h2><p>w</p></div>"),
        ('<div><img src="a.svg"><ul><li><a href="a.pdf">A</a></li></ul></div>', '<div><img src="a.svg"></div>'),
        ('<div><p class="a label">PDF</p><ul><li><a href="a.pdf">A</a> <i>1 MB</i></li></ul></div>', ""),
        ('<nav><a href="a.pdf">A</a></nav>', ""),
        ('<nav><a href="a.pdf">A</a><a href="c/index.html">C</a></nav>', '<nav><a href="c/index.html">C</a></nav>'),
        ('<ul><li><div><ul><li><a href="a.pdf">A</a></li></ul></div></li></ul>', ""),
    ],
)
def test_a_link_goes_with_what_was_there_for_its_sake(page: str, without: str) -> None:
    assert on_disk(page, PDF) == without
    assert PDF not in opened(page, HERE, Thrift({PDF})).named


# --- nothing else is touched ------------------------------------------------------------------------------

words = st.text(alphabet=st.sampled_from("ab<>\"'&=/ \n-ắ"), max_size=12)
addresses = st.sampled_from(["x/", "../", "#a", "a.html", "https://a.vn/", "x/?a&b", ""])


@st.composite
def pages(draw: st.DrawFn, depth: int = 3) -> str:
    """Markup as our templates print it, with anything in its words and attributes."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(["div", "p", "a", "b", "ul", "li", "", "!", "title", "hr", "script"]))
        if name == "":
            parts.append(escape(draw(words)))
        elif name == "!":
            parts.append(f"<!--{draw(words).replace('-', '').replace('>', '')}-->")
        elif name == "script":
            parts.append(f'<script>{draw(words).replace("<", "")}<a href="x/"></script>')
        else:
            said = f'title="{escape(draw(words))}" href="{escape(draw(addresses))}"  class="{draw(addresses)}"'
            inner = "" if name == "hr" else (draw(pages(depth - 1)) if depth else "") + f"</{name}>"
            if name == "title":
                inner = f"{escape(draw(words))}</title>"
            parts.append(f"<{name} {said}>{inner}")
    return "".join(parts)


Node = tuple[object, dict[object, object], str | None, str | None, list["Node"]]


def tree(html: str, change: bool) -> Node:
    """A page as a browser reads it; with `change`, its links as they should be on a disk."""

    def node(one: Element) -> Node:
        given = dict(one.attrib)
        if change and one.tag == "a" and "href" in given:
            given["href"] = with_file(given["href"])
        return one.tag, {**given}, one.text, one.tail, [node(child) for child in one]

    return node(html5lib.parse(html, namespaceHTMLElements=False))


@given(pages())
def test_a_browser_sees_the_same_page_with_other_links(html: str) -> None:
    assert tree(on_disk(html), False) == tree(html, True)


BITS = ["<a ", 'href="x/"', ">", "<", '"', "'", "</a>", "<!--", "-->", "<title>", "</title>", "<script>", "</script>"]
BITS += [
    " ",
    "x/",
    "=",
    "/>",
    "<p",
    "href=x/",
    "href='x/'",
    "<xmp>",
    "</xmp>",
    "<!doctype html>",
    "&quot;",
    "<br>",
    "\n",
]


@given(st.lists(st.sampled_from(BITS), max_size=14))
def test_what_is_not_written_as_ours_is_refused_or_right(bits: list[str]) -> None:
    html = "".join(bits)
    try:
        done = on_disk(html)
    except Strange:
        return
    assert tree(done, False) == tree(html, True)


@pytest.mark.parametrize("html", ["<a href='x/'>", "a < b", '<a href="x/>', "<script>", "<![CDATA[a]]>", "<!-->"])
def test_what_is_not_written_as_our_pages_is_refused(html: str) -> None:
    with pytest.raises(Strange, match="vi/san-pham/gao"):
        on_disk(html)


def test_a_link_without_an_end_is_refused_only_where_it_must_go() -> None:
    with pytest.raises(Strange):
        on_disk('<a href="a.pdf">', PDF)


def test_the_title_is_read_as_it_is_shown() -> None:
    assert title("<title>A &amp; B</title>") == "A & B"
    assert title("") == ""


def test_what_is_asked_in_a_form_leads_to_a_file() -> None:
    assert on_disk('<form action="../../tim-kiem/">a</form>') == '<form action="../../tim-kiem/index.html">a</form>'
