"""The pieces of documents: pictures cut for paper, seals, codes, stories that lead out to the web."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from papers import BASE, Given, awkward, bindery, by_digest, paper, the_pdf
from sites import DATA, EN, ONE, SVG, jpeg, page_of, producer, product, read_yaml, stars, the, write_yaml

from ocopgen import pixels
from ocopgen.bindery import A4, CARD, PRINT, SCREEN, WIDE, Bindery, bare
from ocopgen.image import Rendition
from ocopgen.pdf import Plate
from ocopgen.recipe import Source
from ocopgen.text import Phrase
from ocopgen.typeset import typeset

PHOTO = "products/gao/hop.jpg"


def gao(here: Bindery, width: int = 100) -> Plate:
    return here.plate(the(here.desk, "gao"), width, CARD)


# --- pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quality", "pixels_wide"), [(SCREEN, 787), (PRINT, 1181)])
def test_a_photo_is_cut_for_its_width_on_paper(quality: object, pixels_wide: int) -> None:
    here = replace(bindery(ONE, pictures={PHOTO: jpeg(2400, 1800)}), quality=quality)
    recipe = gao(here).recipe
    assert isinstance(recipe, Rendition)
    assert (recipe.width, recipe.format) == (pixels_wide, "jpeg")
    assert recipe.height == pytest.approx(pixels_wide * 3 / 4, abs=1)


def test_a_photo_is_cut_to_the_shape_that_is_asked_for_and_keeps_what_matters() -> None:
    files = {**ONE, page_of("products", "gao"): product(photos=[{"file": "hop.jpg", "focus": [0.5, 0.9]}])}
    here = bindery(files, pictures={PHOTO: jpeg(2400, 1800)})
    wide = here.plate(the(here.desk, "gao"), A4[0], WIDE).recipe
    plain = bindery(ONE, pictures={PHOTO: jpeg(2400, 1800)})
    assert isinstance(wide, Rendition)
    assert wide.width / wide.height == pytest.approx(16 / 9, abs=0.01)
    assert wide.key != plain.plate(the(plain.desk, "gao"), A4[0], WIDE).recipe.key


def test_a_product_without_a_photo_has_the_drawing_of_its_set_which_says_so() -> None:
    plate = gao(bindery(ONE))
    assert isinstance(plate.recipe, Source)
    assert plate.illustration
    assert plate.alt.words == "Hình minh họa: Gạo"


def test_the_words_of_a_photo_are_those_that_were_written_else_the_name() -> None:
    pictures = {PHOTO: jpeg(900, 700)}
    assert gao(bindery(ONE, pictures=pictures)).alt == Phrase("Gạo")
    files = {**ONE, page_of("products", "gao"): product(photos=[{"file": "hop.jpg", "alt": "Hộp gạo"}])}
    assert gao(bindery(files, pictures=pictures)).alt.words == "Hộp gạo"
    there = gao(bindery(files, EN, pictures=pictures)).alt
    assert (there.words, there.lang) == ("Hộp gạo", "vi"), "its language is told where it is another"


def test_two_documents_share_the_picture_of_one_width() -> None:
    here = bindery(ONE, pictures={PHOTO: jpeg(900, 700)})
    assert gao(here, 62) == gao(here, 62)
    assert gao(here, 62).file != gao(here, 40).file


# --- seals and codes --------------------------------------------------------------------------------------


def marked(**facts: object) -> Bindery:
    return bindery({**ONE, page_of("products", "gao"): product(recognitions=[stars(4, **facts)])})


def test_a_star_that_is_held_has_a_seal_with_its_year() -> None:
    here = marked(year=2024)
    mark = here.mark(the(here.desk, "gao"))
    assert mark is not None
    assert mark.plate is not None
    drawing = mark.plate.recipe.make(Given({})).decode()
    assert ">2024</text>" in drawing
    assert mark.plate.alt.words.startswith("4\u00a0sao")
    assert pixels.drawing(drawing, 120).size == (120, 120)


def test_a_star_that_ended_has_words_alone_and_no_star_has_nothing() -> None:
    here = marked(ends="2026-01-01", ends_reason="thu hồi")
    mark = here.mark(the(here.desk, "gao"))
    assert mark is not None
    assert mark.plate is None
    assert mark.short
    bare_one = bindery(ONE)
    assert bare_one.mark(the(bare_one.desk, "gao")) is None


def test_an_address_that_no_code_can_hold_has_none_and_is_no_fault() -> None:
    for length, coded in ((2_331, True), (2_332, False)):
        base = "https://example.org/".ljust(length - len("p/gao") - 1, "x") + "/"
        here = bindery(ONE, base=base)
        assert len(f"{base}p/gao") == length
        assert (here.code("products", the(here.desk, "gao")) is not None) == coded
        assert (here.desk.code("products", "gao") is not None) == coded


def test_a_code_leads_to_the_short_address_which_is_written_beside_it() -> None:
    here = bindery(ONE)
    code = here.code("products", the(here.desk, "gao"))
    assert code is not None
    assert (code.address, code.words) == (f"{BASE}p/gao", "example.org/cho/p/gao")
    drawn = pixels.drawing(code.plate.recipe.make(Given({})).decode(), 200).convert("RGB")
    (found,) = zxingcpp.read_barcodes(drawn)
    assert found.text == f"{BASE}p/gao"


def test_a_site_without_an_address_has_no_codes() -> None:
    here = bindery(ONE, base=None)
    assert here.code("products", the(here.desk, "gao")) is None
    made = paper(here, "product", the(here.desk, "gao"))
    assert "Mã QR" not in " ".join(made.alternatives())
    assert the_pdf(here, "products", None).make(Given({}))


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        ("https://www.example.org/", "www.example.org"),
        ("http://example.org/a/b/", "example.org/a/b"),
        ("example.org", "example.org"),
    ],
)
def test_an_address_is_written_as_people_type_it(url: str, typed: str) -> None:
    assert bare(url) == typed


# --- what all share ---------------------------------------------------------------------------------------


def test_the_imprint_tells_the_day_whom_to_ask_and_the_bleed() -> None:
    imprint = awkward().imprint()
    assert imprint.validity == "Hiệu lực của hạng sao được tính đến ngày 23/11/2026"
    assert [one.words for one in imprint.contact] == ["Ban biên tập", "0227 312 3456", "cho@example.org", "Thái Bình"]
    assert (imprint.bleed, replace(awkward(), quality=PRINT).imprint().bleed) == (0, 3)
    assert awkward(EN).imprint().licence == Phrase("Free to use.")


def test_the_colours_are_those_of_the_site_by_light() -> None:
    settings = {**read_yaml(DATA["site.yml"]), "colours": {"light": {"turmeric": "#8A5A00"}}}
    here = bindery(ONE, data={**DATA, "site.yml": write_yaml(settings)})
    assert here.imprint().colours["turmeric"] == "#8A5A00"
    assert here.imprint().colours["paper"] == bindery(ONE).imprint().colours["paper"]


# --- stories ----------------------------------------------------------------------------------------------


def story(body: str, here: Bindery | None = None, **pictures: bytes) -> tuple[Bindery, object]:
    files = {**ONE, page_of("products", "gao"): product(body=body), page_of("products", "nep"): product("Nếp")}
    here = bindery(files, pictures={f"products/gao/{name}.jpg": raw for name, raw in pictures.items()})
    return here, here.telling("products/gao", the(here.desk, "gao"), 113)


def test_a_product_without_a_story_tells_none() -> None:
    here = bindery(ONE)
    assert here.telling("products/gao", the(here.desk, "gao"), 113) is None


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("../nep/", f"{BASE}vi/san-pham/nep/"),
        ("../../producers/an/", f"{BASE}vi/chu-the/an/"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+84912345678", "tel:+84912345678"),
        ("/etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_links_lead_out_to_the_web_or_nowhere(link: str, leads: str) -> None:
    _, told = story(f"Xem [đây]({link}).")
    (paragraph,) = typeset(told.html)  # type: ignore[attr-defined]
    found = [one.get("href") for one in paragraph["parts"] if isinstance(one, dict)]  # type: ignore[index]
    assert [one for one in found if one] == ([leads] if leads else [])


def test_pictures_of_a_story_are_those_of_its_folder_and_no_other() -> None:
    _, told = story("![Hộp](hop.jpg)\n\n![Lạ](../nep/la.jpg)\n\n![](/etc/passwd)\n", hop=jpeg(900, 700))
    (plate,) = told.plates  # type: ignore[attr-defined]
    assert plate.alt == Phrase("Hộp")
    html = told.html  # type: ignore[attr-defined]
    assert html.count("<img") == 1
    assert f'src="{plate.file}"' in html


def test_a_story_in_another_language_says_so() -> None:
    files = {**ONE, page_of("products", "gao"): product(body="Chuyện gạo.")}
    here = bindery(files, EN)
    told = here.telling("products/gao", the(here.desk, "gao"), 113)
    assert told is not None
    assert told.lang == "vi"


EVERYTHING = """## Tiêu đề

Chữ **đậm**, *nghiêng*, `mã`, [liên kết](https://example.org/), <sub>dưới</sub> <sup>trên</sup> <u>gạch</u> <s>bỏ</s>.

##### Sâu

- một
    - trong

        1. sâu hơn

> Lời người kể

| Tháng | Việc | |
|:--|--:|---|
| 9 | ủ |
| [x](https://example.org/) | ![Hộp](hop.jpg) | **y** |

![](hop.jpg)

***

<table><caption>Bảng</caption><tr><td>một<td>hai</tr><tr><td>ba</tr></table>
<dl><dt>Tên</dt><dd>Nghĩa</dd></dl>
<q>trích</q> <abbr title="a">b</abbr> <cite>sách</cite> <small>nhỏ</small>
<figure><figcaption>chú thích</figcaption></figure>

    hai dòng
    giữ nguyên
"""


def test_everything_that_a_story_may_have_is_set() -> None:
    pictures = {PHOTO: jpeg(900, 700)}
    files = {**ONE, page_of("products", "gao"): product(body=EVERYTHING, recognitions=[stars(5)])}
    here = bindery(files, pictures=pictures)
    made = paper(here, "product", the(here.desk, "gao"), pictures)
    for words in ("Tiêu đề", "Sâu", "sâu hơn", "Lời người kể", "Tháng", "Bảng", "ba", "Nghĩa", "chú thích", "nguyên"):
        assert words in made.text
    kinds = {str(one["/S"]) for one in made.elements}
    assert kinds >= {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Figure", "/P"}
    assert all(made.alternatives()), "a picture without words is no figure but an ornament"


def test_a_producer_tells_its_story_with_pictures_of_its_own() -> None:
    pictures = {"producers/an/nha.jpg": jpeg(1600, 1200)}
    files = {**ONE, page_of("producers", "an"): producer(body="Chuyện nhà.\n\n![Nhà](nha.jpg)\n")}
    here = bindery(files, pictures=pictures)
    made = paper(here, "producer", here.desk.catalogue.producers[0], pictures)
    assert sorted(width for width, _ in made.photos()) == [round(113 / 25.4 * 200), 1600]
    assert "Nhà" in made.alternatives()
    assert by_digest(pictures).source("none") == SVG.encode()
