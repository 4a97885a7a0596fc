"""Where files lead: every attribute that names something, addresses as browsers read them, and ids."""

from __future__ import annotations

import pytest

from ocopgen.crossings import NONE, Broken, Crossing, Fault, crossing, in_words, mark, packed, unpacked

BASE = "https://example.vn/ocop/"
PAGE = "vi/san-pham/toi/index.html"


def leads(html: str, page: str = PAGE, base: str | None = None) -> set[str]:
    return set(crossing(page, html.encode(), base).leads)


def faults(html: str) -> list[str]:
    return [f"{one.kind} {one.value}" for one in crossing(PAGE, html.encode()).faults]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("../gao/", "vi/san-pham/gao/index.html"),
        ("../gao", "vi/san-pham/gao"),
        ("..", "vi/san-pham/index.html"),
        ("../../", "vi/index.html"),
        ("../../../", "index.html"),
        ("../../../assets/a.css", "assets/a.css"),
        ("to.pdf", "vi/san-pham/toi/to.pdf"),
        ("./to.pdf?x=1#p", "vi/san-pham/toi/to.pdf#p"),
        ("../gao/#gia", "vi/san-pham/gao/index.html#gia"),
        ("../gao/#gi%C3%A1", "vi/san-pham/gao/index.html#giá"),
        ("../g%61o/", "vi/san-pham/gao/index.html"),
        ("../toi/../gao/", "vi/san-pham/gao/index.html"),
        (" ../gao/ ", "vi/san-pham/gao/index.html"),
        ("../gao/#", "vi/san-pham/gao/index.html"),
        ("../gao/#top", "vi/san-pham/gao/index.html"),
        ("../gao/#:~:text=gi%C3%A1", "vi/san-pham/gao/index.html"),
        ("?q=t%E1%BB%8Fi", None),
        ("", None),
        ("#", None),
        ("https://example.vn/x", None),
        ("//example.vn/x", None),
        ("mailto:a@b.vn", None),
        ("tel:0912345678", None),
        ("data:image/png;base64,AA", None),
        ("/x", "x"),
        ("../../../../x", "../x"),
    ],
)
def test_an_address_means_what_browsers_take_it_for(address: str, place: str | None) -> None:
    assert leads(f'<a href="{address}">x</a>') == ({place} if place else set())


LEADING = (
    '<a class="b" href="x">',
    "<a href='x'>",
    "<a href=x>",
    '<A HREF = "x">',
    '<a title="a>b" href="x">',
    '<link rel="icon" href="x">',
    '<script defer src="x"></script>',
    '<img src="x" alt="">',
    '<source srcset="x 320w">',
    '<img alt="" srcset="x, x 2x">',
    '<link imagesrcset="x 1x">',
    '<video poster="x">',
    '<form action="x">',
    '<button formaction="x">',
    '<meta http-equiv="refresh" content="0; url=x">',
    '<meta http-equiv="Refresh" content="0;URL=\'x\'">',
    '<object data="x">',
    '<svg><use href="x"/></svg>',
    '<svg><use xlink:href="x"/></svg>',
    '<p style="background:url(x)">',
    '<style></style><a href="x">',
    '<a\nhref="x"\n>',
)


@pytest.mark.parametrize("tag", LEADING)
def test_whatever_names_a_file_leads_there(tag: str) -> None:
    assert leads(tag) == {"vi/san-pham/toi/x"}


SILENT = (
    '<!-- <a href="x"> -->',
    "<script>\"<a href='x'>\"</script>",
    '<script type="application/ld+json">{"a": "<a href=\'x\'>"}</script>',
    '<style>/* <a href="x"> */</style>',
    "<title><a href='x'></title>",
    "<textarea><a href='x'></textarea>",
    '<p>&lt;a href="x"></p>',
    "<p title=\"<a href='x'>\">",
    '<img alt="x href=" title="x">',
    '<p>href="x"</p>',
    '<a data-href="x">',
    '<meta name="description" content="x">',
)


@pytest.mark.parametrize("html", SILENT)
def test_what_is_no_markup_leads_nowhere(html: str) -> None:
    assert leads(html) == set()


def test_what_stands_after_a_script_or_a_comment_is_seen() -> None:
    html = '<script>if (a < b) "</p>"</script><a href="x"><!-- > --><a href="y"><p title="<script>"><a href="z"></p>'
    assert leads(html) == {f"vi/san-pham/toi/{one}" for one in "xyz"}


def test_entities_of_an_address_are_read() -> None:
    assert crossing(PAGE, b'<a href="a&amp;b&#34;.pdf">').leads == {'vi/san-pham/toi/a&b".pdf': 'a&b".pdf'}


def test_whole_addresses_of_the_site_are_its_own_where_the_program_writes_them() -> None:
    html = (
        f'<link rel="canonical" href="{BASE}vi/"><meta property="og:image" content="{BASE}a.png"><a href="{BASE}no/">'
    )
    assert leads(html, base=BASE) == {"vi/index.html", "a.png"}
    assert leads(html) == set()
    assert leads('<link href="https://example.vn/ocop">', base=BASE) == {"index.html"}
    assert leads('<link href="https://example.vn/ocopx/">', base=BASE) == set()


def test_the_page_of_what_is_not_found_tells_addresses_from_the_server_on() -> None:
    assert leads('<a href="/ocop/vi/"><a href="/other/">', "404.html", BASE) == {"vi/index.html"}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<p id="a"><p id="a">', "id-twice a"),
        ('<p id="">', "id-form "),
        ('<p id="a b">', "id-form a b"),
        ('<a href="#x">', "id #x"),
        ('<a href="../toi/#x">', "id ../toi/#x"),
        ('<svg><use href="#x"/></svg>', "id #x"),
        ('<svg><rect fill="url(#x)"/></svg>', "id #x"),
        ('<label for="x">', "name x"),
        ('<nav aria-labelledby="a x"><b id="a">', "name x"),
        *((f'<p aria-{name}="x">', "name x") for name in ("controls", "describedby", "owns", "details")),
    ],
)
def test_what_is_wrong_within_a_page_is_told(html: str, fault: str) -> None:
    assert faults(html) == [fault]


def test_what_is_right_within_a_page_is_no_fault() -> None:
    html = (
        '<a href="#%C3%A1"><p id="á"><label for="á"><i aria-labelledby="á"><a href="#"><a href="#top"><p data-id="á">'
    )
    assert crossing(PAGE, html.encode()) == Crossing({}, frozenset({"á"}))


def test_a_style_sheet_leads_to_its_fonts() -> None:
    css = b"/* url(no) */ @font-face{src:url(fonts/a.woff2) format('x'),url('b.woff2')}"
    css += b"a{fill:url(#x);b:url(data:x)}@import 'c.css';"
    assert set(crossing("assets/style.css", css).leads) == {"assets/fonts/a.woff2", "assets/b.woff2", "assets/c.css"}


def test_what_a_phone_installs_leads_to_its_pictures_and_its_first_page() -> None:
    told = b'{"start_url": "./", "scope": "../", "icons": [{"src": "../assets/a.png"}], "shortcuts": [{"url": "x/"}]}'
    places = {"vi/index.html", "index.html", "assets/a.png", "vi/x/index.html"}
    assert set(crossing("vi/manifest.webmanifest", told).leads) == places


def test_a_sitemap_and_a_feed_lead_to_pages() -> None:
    xml = f"""<urlset><url><loc>{BASE}vi/</loc><xhtml:link rel="alternate" hreflang="en" href="{BASE}en/"/></url>
    <feed><link rel="self" href="{BASE}vi/tin.xml"/><content>&lt;a href="{BASE}no/"&gt;</content></feed></urlset>"""
    for path in ("sitemap.xml", "vi/news/feed.atom"):
        assert set(crossing(path, xml.encode(), BASE).leads) == {"vi/index.html", "en/index.html", "vi/tin.xml"}


def test_other_files_lead_nowhere() -> None:
    assert crossing("a.png", b'<a href="x">') == NONE
    assert crossing("robots.txt", b'<a href="x">') == NONE


def test_marks_are_the_same_in_every_process() -> None:
    assert mark("vi/index.html") == 0xA6B1A7C17547D9C8
    assert list(unpacked(packed(["b", "a", "b"]))) == sorted((mark("a"), mark("b")))
    with pytest.raises(ValueError, match="multiple"):
        unpacked(b"1234567")


def test_faults_are_told_once_with_their_templates() -> None:
    some = (
        Fault("vi/index.html", "file", "../x/", "home.html"),
        Fault("en/index.html", "file", "../x/", "home.html"),
        Fault("vi/a/index.html", "file", "../x/", "text.html"),
        Fault("vi/a/index.html", "name", "\n", ""),
    )
    assert list(in_words(some)) == [
        "vi/index.html (home.html, text.html): liên kết '../x/' không dẫn tới tệp nào của trang"
        " / the link '../x/' leads to no file of the site (+ 2 trang nữa / more pages)",
        "vi/a/index.html: trang này không có id ' ' mà một thẻ nhắc tới / this page has no id ' ', which a tag names",
    ]
    assert Broken(some).faults == some
