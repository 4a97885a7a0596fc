"""The pictures of products that other sites show: words that fit, seals that tell the truth, one for each language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont
from sites import (
    DATA,
    DRAWINGS,
    EN,
    ONE,
    ROOT,
    SVG,
    TEMPLATES,
    TODAY,
    VI,
    Files,
    catalogue,
    desk,
    entry,
    page_of,
    photo,
    png,
    producer,
    product,
    read_yaml,
    stars,
    the,
    views,
    write_yaml,
)

from ocopgen import font, social
from ocopgen.cards import Desk
from ocopgen.gallery import Gallery
from ocopgen.html import Html, Templates
from ocopgen.image import Cut, Ladder, Mount, Rendition, develop
from ocopgen.photo import PhotoFile
from ocopgen.plan import Look, lay_out, plan, with_posters
from ocopgen.qr import Code
from ocopgen.recipe import Artifact
from ocopgen.social import (
    HEIGHT,
    LEFT,
    NAME_SIZES,
    PHOTO,
    RIGHT,
    WIDTH,
    Style,
    drawable,
    fits,
    poster,
    site_poster,
    wrap,
)
from ocopgen.store import read_templates
from ocopgen.text import Lang
from ocopgen.views import Poster, ProductPage, Run

GAO = page_of("products", "gao")
COLUMN = RIGHT - LEFT
LONG = (
    "Mắm cáy cổ truyền ủ chum sành ba năm phơi sương phơi nắng theo lối làm của người Thụy Ninh ven cửa sông Trà Lý, "
    "loại đặc biệt dùng cho ngày giỗ ngày Tết"
)
HOSTILE = "</text><script>alert(1)</script>&\"'<![CDATA[ ]]> --> {{ say }} \u0000\u0008\u202e\ufffe\ud7ff🌾茶"
NAMES = "Gạo", "Tỏi đen Trường An", LONG, f"{LONG}, {LONG}, {LONG}", "Ẵ" * 400, HOSTILE, "茶", " "


@cache
def templates() -> Templates:
    return read_templates(TEMPLATES)


def of(lang: Lang = VI, photos: Iterable[PhotoFile] = (), today: date = TODAY, **facts: object) -> Desk:
    """A desk with one product of these facts."""
    return desk({**ONE, GAO: product(**facts)}, lang, photos, today)


def shown(one: Desk) -> Poster:
    return poster(one, the(one, "gao"))


def said(view: Poster, kind: str) -> str:
    return " ".join(run.words for run in view.runs if run.kind == kind)


def ladders(one: Desk) -> list[Ladder]:
    return list(social.posters(one, one.catalogue.products, templates()).values())


def mount(one: Desk) -> Mount:
    """What is laid over the first product's picture."""
    found = ladders(one)[0].renditions[0].mount
    assert found is not None
    return found


def drawn(one: Desk) -> ElementTree.Element:
    """The drawing of the first product, as XML."""
    return ElementTree.fromstring(mount(one).drawing)


def texts(drawing: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in drawing.iter("{http://www.w3.org/2000/svg}text")]


# --- words in lines ---------------------------------------------------------------------------------------


@cache
def face(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    """The font as FreeType knows it, its pairs kerned."""
    return ImageFont.truetype(str(font.WORDS_ON_PICTURES[bold].source), size)


def length(words: str, bold: bool, size: int, kerned: bool) -> float:
    """How wide FreeType says that words are, with and without what kerning does to pairs of letters."""
    return (face(bold, 1000) if kerned else plain_face(bold)).getlength(words) * size / 1000


@cache
def plain_face(bold: bool) -> ImageFont.FreeTypeFont:
    source = str(font.WORDS_ON_PICTURES[bold].source)
    return ImageFont.truetype(source, 1000, layout_engine=ImageFont.Layout.BASIC)


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyỄộẶữ ỷ  Ngh-,.()5₫"
SIZES = st.sampled_from((17, 21, 24, 36, 64))


@given(st.text(LETTERS, max_size=160), SIZES, st.booleans(), st.integers(120, COLUMN))
def test_no_line_is_wider_than_its_column(words: str, size: int, bold: bool, column: int) -> None:
    for line in wrap(words, Style("name", size, size, bold, 5), column):
        assert length(line, bold, size, kerned=False) <= column + 1
        assert length(line, bold, size, kerned=True) <= column + size / 8


@pytest.mark.parametrize("size", [17, 24, 42, 64])
def test_no_line_of_real_words_is_wider_even_kerned(size: int) -> None:
    files = [path.read_text("utf-8") for path in (ROOT / "content").glob("products/*/index.*.md")]
    names = [read_yaml(file.split("---")[1])["name"] for file in files]
    assert len(names) > 60
    for line in (line for name in names for line in wrap(name, Style("name", size, size, True, 9), COLUMN)):
        assert length(line, True, size, kerned=True) <= COLUMN + 1


@given(st.text(LETTERS, max_size=160), SIZES)
def test_lines_hold_all_words_where_these_fit_and_tell_where_not(words: str, size: int) -> None:
    style = Style("name", size, size, True, 5)
    lines = wrap(words, style, COLUMN)
    if fits(words, style, COLUMN):
        assert " ".join(lines) == drawable(words)
    else:
        assert lines[-1].endswith("…") or "".join(lines).replace(" ", "") == drawable(words).replace(" ", "")
    assert 1 <= len(lines) <= 5


def test_lines_are_of_about_one_length() -> None:
    style = Style("name", 60, 75, True, 5)
    assert wrap("Gạo nếp bể làng Keo", style, COLUMN) == ("Gạo nếp bể", "làng Keo")
    assert wrap("Gạo", style, COLUMN) == ("Gạo",)


def test_a_word_too_long_is_broken_and_too_many_lines_are_cut_off() -> None:
    style = Style("name", 40, 50, True, 3)
    assert "".join(wrap("m" * 30, style, COLUMN)) == "m" * 30
    lines = wrap(LONG, style, COLUMN)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert drawable(LONG).startswith(" ".join(lines).removesuffix("…"))


def test_words_that_may_not_part_stay_together() -> None:
    style = Style("name", 60, 70, True, 5)
    assert wrap("Ô ô đồng quê", style, 240) == ("Ô ô", "đồng", "quê")
    assert wrap("Ô ô\u00a0đồng quê", style, 240) == ("Ô", "ô\u00a0đồng", "quê")


def test_only_what_the_font_can_draw_is_drawn() -> None:
    assert drawable("  Gạo\t\n nếp\u0000\u0007 🌾茶 250.000\u00a0₫ \u202e") == "Gạo nếp 250.000\u00a0₫"
    assert drawable("🌾") == ""


# --- the drawing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_name_holds_the_drawing_is_sound(name: str) -> None:
    files = {
        **ONE,
        GAO: product(name="Gạo", producer="an", recognitions=[stars()]),
        page_of("producers", "an"): producer(),
    }
    one = desk(files)
    view = poster(one, the(one, "gao").model_copy(update={"name": the(one, "gao").name.plus(VI, name)}))
    drawing = templates().environment.get_template("social.svg")
    source = drawing.render(page=view, light=one.catalogue.site.colours.by_light)
    assert " ".join(drawable(name).split()).startswith(said(view, "name").split("…")[0].strip()[:20])
    assert set(texts(ElementTree.fromstring(source))) == {run.words for run in view.runs} | {view.caption}
    assert social_pixels(source).size == (WIDTH, HEIGHT)


def social_pixels(source: str) -> Image.Image:
    """A drawing as it is laid over a picture."""
    from ocopgen.pixels import drawing

    return drawing(source, WIDTH, [str(one.source) for one in font.WORDS_ON_PICTURES])


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_xml(name: str) -> None:
    one = of()
    changed = the(one, "gao").model_copy(update={"name": the(one, "gao").name.plus(VI, name)})
    template = templates().environment.get_template("social.svg")
    source = template.render(page=poster(one, changed), light=one.catalogue.site.colours.by_light)
    assert ElementTree.fromstring(source).tag.endswith("svg")


def test_markup_in_a_name_is_only_words() -> None:
    words = texts(drawn(of(name='<b>Gạo</b> & "nếp"')))
    assert " ".join(words).count('<b>Gạo</b> & "nếp"') == 1


@pytest.mark.parametrize("lang", [VI, EN])
@pytest.mark.parametrize("name", ["Gạo", "Tỏi đen Trường An", LONG, f"{LONG} {LONG} {LONG}"])
def test_nothing_touches_anything_or_comes_near_the_edges(lang: Lang, name: str) -> None:
    one = desk(
        {
            **ONE,
            GAO: product(name, summary="…", set=14, recognitions=[stars(5, date(2024, 12, 1))]),
            page_of("producers", "an"): producer(f"Hợp tác xã {LONG}"),
        },
        lang,
    )
    view = shown(one)
    assert view.seal is not None
    boxes = [box(run) for run in view.runs if run.kind != "site"]
    assert all(left >= LEFT and right <= RIGHT + 1 for left, _, right, _ in boxes)
    assert all(top >= 40 and bottom <= 530 for _, top, _, bottom in boxes)
    assert all(above[3] <= below[1] for above, below in pairwise(boxes))
    below_name = max(box(run)[3] for run in view.runs if run.kind == "name")
    facts = min(box(run)[1] for run in view.runs if run.kind == "producer")
    assert below_name + 12 <= view.seal_top
    assert view.seal_top + social.SEAL + 12 <= facts


def box(run: Run) -> tuple[float, float, float, float]:
    """Where the ink of a line of words is."""
    bold = run.kind in ("label", "name", "stars", "producer", "site")
    left, top, right, bottom = face(bold, run.size).getbbox(run.words, anchor="ls")
    return run.x + left, run.y + top, run.x + right, run.y + bottom


def test_a_short_name_is_large_and_a_long_one_smaller() -> None:
    sizes = [next(run.size for run in shown(of(name=name)).runs if run.kind == "name") for name in NAMES[:3]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == NAME_SIZES[0]
    assert said(shown(of(name=LONG)), "name") == LONG


# --- what it says -----------------------------------------------------------------------------------------

HELD, ENDED = stars(4, date(2025, 6, 1)), stars(4, date(2022, 4, 26))
WITHDRAWN = stars(4, withdrawn={"date": date(2026, 2, 1), "source": {"title": "Báo"}})
PRESS = {"stars": 4, "year": 2023, "evidence": "press"}


@pytest.mark.parametrize(
    ("recognition", "words"),
    [
        (HELD, "còn hiệu lực đến hết 31/05/2028"),
        (ENDED, "hết hiệu lực 26/04/2025"),
        (WITHDRAWN, "đã thu hồi 01/02/2026"),
        (PRESS, "theo báo chí, chưa có số quyết định"),
    ],
)
def test_a_seal_is_filled_only_while_its_star_is_held(recognition: dict[str, object], words: str) -> None:
    one = of(recognitions=[recognition])
    view, held = shown(one), recognition is HELD
    assert view.seal == one.seal(the(one, "gao"))
    assert (said(view, "stars"), said(view, "standing")) == ("4\u00a0sao", words)
    marks = [group.get("class") for group in drawn(one).iter() if group.get("class") in ("held", "open")]
    assert marks == ["held" if held else "open"]


def test_a_seal_is_drawn_filled_or_as_an_outline() -> None:
    def turmeric(recognition: dict[str, object]) -> int:
        pixels = social_pixels(mount(of(recognitions=[recognition])).drawing).convert("RGB").crop((690, 200, 800, 530))
        far = ImageChops.difference(pixels, Image.new("RGB", pixels.size, "#B97A0A")).convert("L")
        return sum(far.histogram()[:12])

    assert turmeric(HELD) > 3500 > 1500 > turmeric(ENDED) > 100


def test_a_product_without_recognition_has_no_seal_and_no_stars() -> None:
    one = of()
    assert shown(one).seal is None
    assert not {"stars", "standing"} & {run.kind for run in shown(one).runs}
    assert not [group for group in drawn(one).iter() if group.get("class") in ("held", "open")]


def test_a_star_that_ends_tomorrow_is_an_outline_tomorrow() -> None:
    today, tomorrow = date(2028, 5, 31), date(2028, 6, 1)
    seals = [shown(of(today=day, recognitions=[HELD])).seal for day in (today, tomorrow)]
    assert [one and one.held for one in seals] == [True, False]


def test_words_are_in_the_language_of_the_page_and_fall_back_to_the_first() -> None:
    english = {"products/gao/index.en.md": entry(name="Rice")}
    files = {**ONE, GAO: product(recognitions=[HELD])}
    view = shown(desk({**files, **english}, EN))
    assert said(view, "name") == "Rice"
    assert said(view, "stars") == "4\u00a0stars"
    assert said(view, "place") == "Thụy An Commune, Thái Thụy District"
    assert said(view, "site") == "Test Market"
    assert said(shown(desk(files, EN)), "name") == "Gạo"


def test_who_makes_it_where_and_of_what_kind_it_is() -> None:
    view = shown(of())
    assert said(view, "producer") == "Hợp tác xã An"
    assert said(view, "place") == "Xã Thụy An, huyện Thái Thụy"
    assert said(view, "label") == "Thực phẩm · Gạo"


def test_alcohol_carries_its_notice() -> None:
    assert said(shown(of(set=14)), "notice") == "Không bán cho người dưới 18 tuổi."
    assert "notice" not in {run.kind for run in shown(of()).runs}


def test_the_colours_are_those_of_the_site() -> None:
    whole = {**read_yaml(DATA["site.yml"]), "colours": {"light": {"paper": "#123456"}}}
    data: Files = {**DATA, "site.yml": write_yaml(whole)}
    assert mount(desk(data=data)).drawing.count("#123456") >= 1


# --- the picture ------------------------------------------------------------------------------------------


def test_a_product_without_photo_shows_a_drawing_and_says_so() -> None:
    one = of()
    assert shown(one).caption == "Hình minh họa"
    assert "Hình minh họa" in texts(drawn(one))
    assert ladders(one)[0].renditions[0].photo == DRAWINGS["set-03"].digest


def test_the_first_photo_is_shown_around_what_matters_most_in_it() -> None:
    listed = [{"file": "b.jpg", "focus": [0.2, 0.5]}, {"file": "a.jpg"}]
    photos = [photo("products/gao/a.jpg"), photo("products/gao/b.jpg")]
    one = desk({**ONE, GAO: product(photos=listed)}, photos=photos)
    assert shown(one).caption == ""
    assert ladders(one)[0].renditions[0].cut == Cut("digest of products/gao/b.jpg", "jpeg", (PHOTO, HEIGHT), (0.2, 0.5))


@pytest.mark.parametrize("raw", [png(900, 700), png(400, 800), SVG.encode()], ids=["wide", "small", "drawing"])
def test_it_is_a_jpeg_of_1200_by_630_with_the_photo_left_and_paper_right(raw: bytes) -> None:
    rendition = ladders(desk())[0].renditions[0]
    kind = "svg" if raw == SVG.encode() else "png"
    cut = Cut("x", kind, rendition.cut.shape)
    whole = Rendition(cut, rendition.width, rendition.height, rendition.format, rendition.mount)
    with Image.open(io.BytesIO(develop(raw, [whole])[whole.key])) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
        assert image.getpixel((1190, 10)) == pytest.approx((0xFB, 0xF7, 0xEF), abs=3)
        left = image.getpixel((20, 20))
        assert left != pytest.approx((0xFB, 0xF7, 0xEF), abs=3)


# --- in the site ------------------------------------------------------------------------------------------

TWO: Files = {**ONE, page_of("products", "ngo"): product("Ngô")}


def with_address(address: str | None) -> tuple[Artifact, ...]:
    """The plan of two products with real templates, for a site that lies here."""
    whole = catalogue(TWO, data={**DATA, "site.yml": write_yaml({**read_yaml(DATA["site.yml"]), "address": None})})
    look = Look(templates(), TODAY, address)
    return plan(with_posters(Gallery(whole, DRAWINGS), lay_out(whole, look)), look)


def mounted(artifacts: Iterable[Artifact]) -> list[str]:
    return [one.path for one in artifacts if isinstance(one.recipe, Rendition) and one.recipe.mount]


def test_each_product_has_one_in_each_language_and_its_page_names_it() -> None:
    artifacts = with_address("https://example.vn/ocop/")
    named = []
    for view in views(artifacts).values():
        if isinstance(view, ProductPage):
            assert view.head.shared is not None
            assert (view.head.shared.width, view.head.shared.height) == (1200, 630)
            named.append(view.head.shared.image.removeprefix("https://example.vn/ocop/"))
    found = [one for one in mounted(artifacts) if not one.startswith("pictures/site-")]
    assert sorted(named) == found
    assert [one.rsplit("-", 2)[0] for one in found] == [
        f"pictures/{name}-{lang}" for name in ("gao", "ngo") for lang in ("en", "vi")
    ]


def test_every_other_page_names_that_of_the_site_in_its_language() -> None:
    artifacts = with_address("https://example.vn/ocop/")
    english, vietnamese = (one for one in mounted(artifacts) if one.startswith("pictures/site-"))
    assert english.startswith("pictures/site-en-1200-")
    found = {path: view.head.shared for path, view in views(artifacts).items() if hasattr(view, "head")}
    others = {path: one for path, one in found.items() if not re.search(r"/(san-pham|products)/.", path)}
    assert len(others) > 20
    for path, one in others.items():
        assert one is not None
        assert one.image.removeprefix("https://example.vn/ocop/") == (english if path.startswith("en/") else vietnamese)


@pytest.mark.parametrize("lang", [VI, EN])
def test_that_of_the_site_says_its_title_its_tagline_and_where_it_lies(lang: Lang) -> None:
    one = desk(lang=lang)
    one = replace(one, edition=replace(one.edition, base_url="https://ocop.example/thai-binh/"))
    view = site_poster(one)
    title, tagline = one.catalogue.site.title, one.catalogue.site.tagline
    assert said(view, "name") == one.edition.phrase(title).words
    assert said(view, "tagline") == one.edition.phrase(tagline).words
    assert said(view, "site") == "ocop.example/thai-binh"
    assert (view.seal, bool(view.caption)) == (None, True)


@pytest.mark.parametrize("words", [*NAMES[:5], "茶"])
def test_the_words_about_the_site_stand_in_their_column_one_below_the_other(words: str) -> None:
    said = {**read_yaml(DATA["site.yml"]), "title": {"vi": words, "en": "x"}, "tagline": {"vi": words, "en": "x"}}
    view = site_poster(desk(data={**DATA, "site.yml": write_yaml(said)}))
    lines = [one for one in view.runs if one.kind != "site"]
    assert all(one.x >= LEFT and one.y < 537 for one in lines)
    assert [one.y for one in lines] == sorted({one.y for one in lines})


def test_without_an_address_there_are_none() -> None:
    artifacts = with_address(None)
    assert mounted(artifacts) == []
    pages = [view for view in views(artifacts).values() if isinstance(view, ProductPage)]
    assert [page.head.shared for page in pages] == [None] * 4


def test_no_other_file_is_made_or_left_out_for_them() -> None:
    with_them = with_address("https://example.vn/ocop/")
    others = {one.path for one in with_them if not isinstance(one.recipe, Code)} - {"robots.txt", "sitemap.xml"}
    assert others - set(mounted(with_them)) == {one.path for one in with_address(None)}


def test_they_are_developed_with_the_other_renditions_of_their_photo_or_from_a_drawing() -> None:
    whole = Gallery(catalogue(TWO, [photo("products/gao/a.jpg")]), DRAWINGS)
    known = with_posters(whole, lay_out(whole.catalogue, Look(templates(), TODAY, "https://example.vn/")))
    ladders = known.ladders()
    assert ladders[: len(whole.ladders())] == whole.ladders()
    added = [steps.renditions for steps in ladders[len(whole.ladders()) :]]
    assert [(len(one), one[0].photo) for one in added] == 2 * [
        (1, DRAWINGS["hero"].digest),
        (1, "digest of products/gao/a.jpg"),
        (1, DRAWINGS["set-03"].digest),
    ]
    others = {one.photo for steps in whole.ladders() for one in steps.renditions}
    assert others == {"digest of products/gao/a.jpg"}


def test_the_head_of_a_page_tells_other_sites_what_to_show() -> None:
    artifacts = with_address("https://example.vn/ocop")
    page = next(one.recipe for one in artifacts if one.path == "vi/san-pham/gao/index.html")
    assert isinstance(page, Html)
    template = templates().environment.get_template(page.template)
    html = template.render(page=page.view, site=page.setting.frame, say=page.setting.words)
    image = next(one for one in mounted(artifacts) if "gao-vi" in one)
    for line in (
        f'<meta property="og:image" content="https://example.vn/ocop/{image}">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        '<meta property="og:image:alt" content="Gạo · Hợp tác xã An">',
        '<meta property="og:title" content="Gạo">',
        '<meta property="og:type" content="article">',
        '<meta property="og:locale" content="vi_VN">',
        '<meta name="twitter:card" content="summary_large_image">',
    ):
        assert html.count(line) == 1


def test_another_day_makes_it_anew_only_where_its_words_change() -> None:
    def keys(day: date) -> list[str]:
        one = desk({**TWO, GAO: product(recognitions=[HELD])}, today=day)
        return [steps.renditions[0].key for steps in ladders(one)]

    before, same, after = keys(TODAY), keys(TODAY + timedelta(days=1)), keys(date(2028, 6, 1))
    assert before == same
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, True]
