"""Every brochure: where it lies, and what each of its pages must be, as it is read back."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from unicodedata import is_normalized

import pytest
from papers import POPPLER, Paper, awkward, awkward_paper, awkward_papers, bindery, paper, plain, the_pdf
from pypdf.generic import DictionaryObject, NameObject
from sites import DATA, EN, ONE, TEMPLATES, VI, jpeg, page_of, product, the, with_policies

from ocopgen.bindery import PRINT, SCREEN, Quality
from ocopgen.brochures import ALSO, BROCHURES, WITH_BROCHURES, bound, templates_of
from ocopgen.pages import SITE
from ocopgen.text import Lang

MM = 72 / 25.4
"""Points."""

languages = pytest.mark.parametrize("lang", [VI, EN])
WHOLE = {VI: "cho-thu", EN: "test-market"}


# --- the table --------------------------------------------------------------------------------------------


def test_brochures_lie_beside_pages_that_there_are_and_have_templates() -> None:
    routes = {one.name for one in SITE}
    assert routes >= WITH_BROCHURES
    assert routes >= {name for also in ALSO.values() for name in also}
    assert all((TEMPLATES / "brochures" / one.template).is_file() for one in BROCHURES)


def test_the_templates_of_a_page_are_those_of_all_brochures_that_it_leads_to() -> None:
    assert {"product.typ", "seal.svg"} <= templates_of("product")
    assert "booklet.typ" in templates_of("home")
    assert templates_of("places") == frozenset()


def test_a_brochure_lies_in_the_folder_of_its_page_and_tells_its_language() -> None:
    here = bindery(ONE, EN)
    (one, *_) = bound(here, "product", the(here.desk, "gao"), lambda edition: f"{edition.lang}/products/gao/")
    assert one.path == "en/products/gao/gao-en.pdf"


def test_the_whole_catalogue_is_named_by_the_title_of_the_site() -> None:
    for lang, title in ((VI, "cho-thu-vi.pdf"), (EN, "test-market-en.pdf")):
        one, *_ = bound(awkward(lang), "products", None, lambda edition: "")
        assert one.path == title


def test_the_same_content_gives_the_same_brochure_and_another_day_another() -> None:
    here = bindery(ONE)
    gao = the(here.desk, "gao")
    assert the_pdf(here, "product", gao) == the_pdf(bindery(ONE), "product", the(bindery(ONE).desk, "gao"))
    other = bindery(ONE, today=date(2026, 11, 24))
    assert the_pdf(here, "product", gao).key != the_pdf(other, "product", the(other.desk, "gao")).key


def test_a_change_of_one_product_changes_its_brochures_and_no_other() -> None:
    files = {**ONE, page_of("products", "nep"): product("Nếp")}
    before, after = bindery(files), bindery({**files, page_of("products", "nep"): product("Nếp cái")})

    def keys(route: str, subject: object) -> list[str]:
        return [the_pdf(one, route, subject(one) if callable(subject) else subject).key for one in (before, after)]

    assert len(set(keys("product", lambda one: the(one.desk, "gao")))) == 1
    assert len(set(keys("product", lambda one: the(one.desk, "nep")))) == 2
    assert len(set(keys("products", None))) == 2


# --- what every file is -----------------------------------------------------------------------------------


@languages
def test_a_brochure_says_its_title_and_language(lang: Lang) -> None:
    for name, made in awkward_papers(lang):
        title = made.reader.metadata.title if made.reader.metadata else None
        assert title, name
        assert is_normalized("NFC", title)
        assert plain(title) in plain(made.pages[0]), name
        assert made.root["/Lang"] == lang
        assert made.root["/ViewerPreferences"].get_object()["/DisplayDocTitle"]  # type: ignore[index,union-attr]
        metadata = made.root["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@languages
def test_the_fonts_of_a_brochure_are_those_of_the_site_and_lie_in_it(lang: Lang) -> None:
    for name, made in awkward_papers(lang):
        assert {one.partition("-")[0] for one in made.fonts()} == {"BeVietnamPro", "Lora"}, name


@languages
def test_a_brochure_is_tagged_and_each_picture_has_words(lang: Lang) -> None:
    for name, made in awkward_papers(lang):
        assert made.root["/MarkInfo"].get_object()["/Marked"] == True  # type: ignore[index,union-attr]  # noqa: E712
        assert "/ParentTree" in made.root["/StructTreeRoot"].get_object()  # type: ignore[operator]
        assert made.alternatives(), name
        assert all(made.alternatives()), name
        levels = [int(one["/S"][2:]) for one in made.elements if re.fullmatch(r"/H\d", str(one["/S"]))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is left out"


@languages
def test_every_page_has_words_and_says_for_which_day_stars_count(lang: Lang) -> None:
    day = {VI: "tính đến ngày 23/11/2026", EN: "as of 23 November 2026"}[lang]
    title = {VI: "Chợ thử ·", EN: "Test Market ·"}[lang]
    for name, made in awkward_papers(lang):
        for number, text in enumerate(made.pages, 1):
            assert day in text, (name, number)
            assert len(text.partition(title)[0]) > 20, (name, number, "is blank but for its running lines")


@pytest.mark.parametrize(("quality", "outside"), [(SCREEN, 0), (PRINT, 8)])
def test_a_page_is_a_sheet_of_a4_once_it_is_cut(quality: Quality, outside: int) -> None:
    for name in ("ten-rat-dai", "htx-rat-dai"):
        for page in awkward_paper(name, VI, quality).reader.pages:
            cut, whole = page.trimbox, page.mediabox
            assert (float(cut.width), float(cut.height)) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
            assert float(cut.left - whole.left) == pytest.approx(outside * MM, abs=0.1)
            assert float(whole.top - cut.top) == pytest.approx(outside * MM, abs=0.1)


@pytest.mark.parametrize("name", ["ten-rat-dai", "htx-rat-dai"])
def test_no_brochure_runs_anything_or_holds_another_file(name: str) -> None:
    made = awkward_paper(name)
    assert not made.root.keys() & {"/OpenAction", "/AA", "/AcroForm", "/EmbeddedFiles"}
    for one in made.objects():
        assert one.get("/S") not in ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm")


# --- what another reader sees -----------------------------------------------------------------------------


@languages
def test_no_word_is_cut_off_or_runs_over_the_edge(lang: Lang) -> None:
    for name, made in awkward_papers(lang):
        words = list(made.boxes())
        assert words
        for page, left, top, right, bottom, word in words:
            inside = left >= 16.9 and right <= 210 - 4 and 5 <= top < bottom <= 292
            assert inside, (name, page, word, left, top, right, bottom)


@languages
def test_the_name_of_every_product_can_be_copied_out_exactly(lang: Lang) -> None:
    all_named_in(awkward_paper(WHOLE[lang], lang).copied(), lang)


@POPPLER
@languages
def test_poppler_gives_the_name_of_every_product_exactly(lang: Lang, tmp_path: Path) -> None:
    all_named_in(" ".join(awkward_paper(WHOLE[lang], lang).poppler(tmp_path).split()), lang)


def all_named_in(copied: str, lang: Lang) -> None:
    here = awkward(lang)
    assert is_normalized("NFC", copied)
    for one in here.printed(here.desk.catalogue.products):
        assert here.desk.edition.phrase(one.name).words in copied


# --- pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quality", "bleed"), [(SCREEN, 0), (PRINT, 3)])
def test_photos_have_the_dots_that_their_width_on_paper_asks_for(quality: Quality, bleed: int) -> None:
    pictures = {"products/gao/hop.jpg": jpeg(3200, 2400)}
    here = bindery(ONE, quality=quality, pictures=pictures)
    sheet = paper(here, "product", the(here.desk, "gao"), pictures)
    ((width, raw),) = sheet.photos()
    assert width == pytest.approx((210 + 2 * bleed) / 25.4 * quality.dpi, abs=1)
    assert raw.startswith(b"\xff\xd8")
    booklet = paper(here, "products", None, pictures)
    assert [width for width, _ in booklet.photos()] == [round(62 / 25.4 * quality.dpi)]


def test_a_small_photo_is_not_blown_up() -> None:
    pictures = {"products/gao/hop.jpg": jpeg(900, 700)}
    here = bindery(ONE, pictures=pictures)
    ((width, _),) = paper(here, "product", the(here.desk, "gao"), pictures).photos()
    assert width == 900


def test_what_is_for_print_has_marks_to_cut_along_outside_of_the_bleed() -> None:
    def lines(made: Paper) -> int:
        content = made.reader.pages[0].get_contents()
        assert content is not None
        return len(re.findall(rb"\bl\s+S\b", content.get_data()))

    assert lines(awkward_paper("gao-het-han", VI, PRINT)) == lines(awkward_paper("gao-het-han")) + 8


# --- seals, alcohol, notices ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gao-het-han", "gao-thu-hoi", "toi-theo-bao", "chieu-chua-co-gi"])
def test_a_star_that_is_not_held_is_words_and_never_a_seal(name: str) -> None:
    made = awkward_paper(name)
    assert [one for one in made.alternatives() if "sao" in one] == []
    said = {"gao-het-han": "hết hiệu lực 23/11/2026", "gao-thu-hoi": "đã thu hồi", "toi-theo-bao": "theo báo chí"}
    assert said.get(name, "Chưa ai biết gì thêm") in made.text


@pytest.mark.parametrize(
    ("name", "words", "year"),
    [("ten-rat-dai", "5 sao", "2025"), ("gao-mai-het", "3 sao", "2023"), ("gao-keo-dai", "4 sao", "2023")],
)
def test_a_star_that_is_held_has_its_seal_with_the_year_of_its_round(name: str, words: str, year: str) -> None:
    made = awkward_paper(name)
    (seal,) = [one for one in made.alternatives() if "sao" in one]
    assert seal.startswith(words)
    assert year in made.pages[0]


SPIRIT = {
    page_of("products", "ruou"): product(
        "Rượu nếp", set=14, packs=[{"label": "Chai", "quantity": "500 ml", "price": 777000}]
    )
}


def test_alcohol_is_left_out_and_the_whole_says_so() -> None:
    here = bindery({**ONE, **SPIRIT})
    assert list(bound(here, "product", the(here.desk, "ruou"), lambda edition: "")) == []
    whole = paper(here, "products", None).text
    assert "Rượu" not in whole
    assert "không in đồ uống có cồn" in whole


def test_alcohol_that_the_office_allows_has_no_price_and_its_notice() -> None:
    here = bindery({**ONE, **SPIRIT}, data=with_policies(DATA, alcohol_brochures=True))
    notice = here.desk.catalogue.set_of(the(here.desk, "ruou")).notice
    assert notice
    for made in (paper(here, "product", the(here.desk, "ruou")), paper(here, "products", None)):
        assert "Rượu nếp" in made.text
        assert "Chai 500 ml" in made.text
        assert "777" not in made.text
        assert here.desk.edition.phrase(notice).words in made.text


def test_the_notice_of_the_set_is_printed_wherever_the_product_is() -> None:
    notice = "Thực phẩm này không phải là thuốc."
    for name in ("tra-an-than", "herbal", "htx-rat-dai", "cho-thu"):
        assert notice in awkward_paper(name).text, name


# --- languages --------------------------------------------------------------------------------------------


def test_words_that_are_not_translated_are_told_to_be_vietnamese() -> None:
    made = awkward_paper("gao-het-han", EN)
    assert "Some words have no English text yet" in made.text
    spoken = {one.get("/Lang") for one in _spans(made)}
    assert "vi" in spoken


def _spans(made: Paper) -> list[DictionaryObject]:
    """The structure's elements and what properties of marked content tell."""
    return [one for one in made.objects() if NameObject("/Lang") in one]
