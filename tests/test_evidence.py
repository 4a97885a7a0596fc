"""Evidence sheets: what the catalogue has, lacks and cannot know for each criterion, and no word more."""

from __future__ import annotations

from making import CONTENT, IN_ENGLISH, PRODUCER, PRODUCT, STORY, TODAY, a_book, a_producer, a_product, an_entry

from ocopgen.coverage import coverage
from ocopgen.criteria import criteria_of
from ocopgen.edition import Edition
from ocopgen.evidence import FOUND, Evidence, Item, ProductEvidence, Sheet, evidence
from ocopgen.text import Lang, Text

DATA = {name: (CONTENT / name).read_bytes() for name in ("strings.yml", "classification.yml")}
ADDRESS = "https://example.vn/ocop"
PAGE = f"{ADDRESS}/vi/san-pham/toi-den/"
EN_PAGE = f"{ADDRESS}/en/products/toi-den/"


def sheets(base_url: str | None = ADDRESS, **files: str | bytes | None) -> tuple[Sheet, ...]:
    book = a_book(**{**DATA, **files})
    langs = book.catalogue.site.languages
    editions = tuple(Edition(lang, book.catalogue, TODAY, base_url) for lang in langs)
    return evidence(book, coverage(book), editions)


def product(*lines: str, body: str = STORY, en: str | None = None, **facts: object) -> ProductEvidence:
    """The evidence of one product."""
    (sheet,) = sheets(**{PRODUCT: a_product(*lines, body=body, **facts), IN_ENGLISH: en})
    return sheet.products[0]


def criterion(found: ProductEvidence, code: str) -> Evidence:
    return next(one for one in found.criteria if one.code == code)


def words(items: tuple[Item, ...]) -> list[str]:
    return [one.words.source if isinstance(one.words, Text) else one.words for one in items]


def english(texts: tuple[Text, ...]) -> list[str]:
    return [one.get(Lang("en")) or "" for one in texts]


def test_every_criterion_that_is_told_has_its_evidence() -> None:
    assert {one.code for number in range(1, 27) for one in criteria_of(number)} == FOUND.keys()


def test_a_story_is_evidence_by_the_pages_that_show_it() -> None:
    found = criterion(product(updated="2026-11-01"), "5.1")
    assert words(found.have) == [PAGE]
    assert [str(one.day) for one in found.have] == ["2026-11-01"]
    assert english(found.lack) == ["no trace code or link is recorded"]
    assert english(found.beyond) == ["leaflet: add the print"]
    assert found.read


def test_a_story_in_english_and_a_trace_code_are_evidence_too() -> None:
    translated = an_entry(name="Garlic", body="A story.\n")
    found = criterion(product('trace: {code: TX1, url: "https://example.vn/t"}', en=translated), "5.1")
    assert words(found.have) == [PAGE, EN_PAGE, "TX1", "https://example.vn/t"]
    assert found.lack == ()
    assert english(found.beyond)[1].startswith("the story in the trace content: open the code")


def test_a_draft_has_no_page_and_its_story_is_only_written() -> None:
    found = product(draft="true")
    assert found.pages == ()
    assert words(criterion(found, "5.1").have) == ["đã viết, chưa đăng"]
    assert "a draft without a page" in english(criterion(found, "5.1").lack)
    assert "a draft without a page" in english(criterion(found, "4.3").lack)


def test_without_a_public_address_pages_are_paths_that_lead_nowhere() -> None:
    (sheet,) = sheets(None)
    pages = sheet.products[0].pages
    assert words(pages) == ["vi/san-pham/toi-den/", "en/products/toi-den/"]
    assert [one.url for one in (*pages, *sheet.pages)] == [None] * 4


def test_a_story_that_is_long_enough_was_compared_and_a_short_one_was_not() -> None:
    for body, compared in ((STORY, True), ("Một câu.\n", False), ("", False)):
        said = words(criterion(product(body=body), "5.3").have)
        assert ("không giống câu chuyện nào khác trong danh mục" in said) is compared


def test_a_label_is_known_by_its_codes_only() -> None:
    found = criterion(product('packs: [{gtin: "8930000000002"}, {quantity: 1 kg}]', "trace: {code: TX1}"), "2.3")
    assert words(found.have) == ["TX1", "8930000000002"]
    assert (found.lack, found.read) == ((), False)
    assert "add a photo" in english(found.beyond)[0]
    assert len(criterion(product(), "2.3").lack) == 2


def test_the_english_words_of_a_label_are_told_field_by_field() -> None:
    found = criterion(product("usage: Ăn ngay", "storage: Nơi khô", en=an_entry("usage: Eat", name="Garlic")), "2.4")
    assert words(found.have) == ["Tên", "Hướng dẫn sử dụng"]
    assert english(found.lack) == ["not translated: Storage"]


def test_channels_and_points_of_sale_are_listed_and_agents_cannot_be_known() -> None:
    lines = 'channels: [{kind: shopee, url: "https://example.vn/s"}, {kind: shop, name: Chợ}]', "outlets: [cho]"
    outlet = an_entry(name="Chợ phiên", place="{district: thai-thuy}")
    (sheet,) = sheets(**{PRODUCT: a_product(*lines), "outlets/cho/index.vi.md": outlet})
    found = criterion(sheet.products[0], "4.1")
    assert words(found.have) == ["Shopee", "Chợ", "Chợ phiên"]
    assert found.have[0].url == "https://example.vn/s"
    assert (found.lack, len(found.beyond)) == ((), 1)
    assert len(criterion(product("alcohol: 30", set=14), "4.1").beyond) == 2, "alcohol is shown without places to buy"


def test_pages_addresses_and_articles_are_promotion_each_once() -> None:
    article = '{title: Bài báo, url: "https://example.vn/b", date: "2024-03"}'
    lines = f"recognitions: [{{stars: 4, evidence: press, source: {article}}}]", f"sources: [{article}]"
    producer = a_producer('website: "https://example.vn"', 'social: ["https://facebook.com/an"]')
    (sheet,) = sheets(**{PRODUCT: a_product(*lines), PRODUCER: producer})
    found = criterion(sheet.products[0], "4.3")
    assert words(found.have) == [PAGE, EN_PAGE, "https://example.vn", "https://facebook.com/an", "Bài báo"]
    assert str(found.have[-1].day) == "2024-03"
    assert found.lack == ()


def test_instructions_are_shown_as_they_are_written() -> None:
    assert words(criterion(product("usage: Ăn ngay", "storage: Nơi khô"), "10").have) == ["Ăn ngay", "Nơi khô"]
    assert english(criterion(product("storage: Nơi khô"), "10").lack) == ["instructions for use are not written"]


def test_a_tour_is_judged_by_its_own_criteria_and_what_is_told_in_english() -> None:
    translated = an_entry(name="A visit", summary="To the village.", body="A story.\n")
    found = product(set=26, en=translated)
    (only,) = found.criteria
    assert words(only.have) == [PAGE, EN_PAGE, EN_PAGE]
    assert (only.lack, only.read) == ((), True)
    assert english(product(set=26).criteria[0].lack) == [
        *("not translated: Name", "not translated: Summary", "not translated: Story")
    ]


def test_a_site_without_english_says_so() -> None:
    site = (CONTENT / "site.yml").read_text("utf-8").replace("[vi, en]", "[vi]")
    (sheet,) = sheets(**{"site.yml": site, IN_ENGLISH: None, PRODUCT: a_product(set=26, body=STORY)})
    assert "the site has no English" in english(sheet.products[0].criteria[0].lack)
    assert words(sheet.products[0].criteria[0].have) == [PAGE]


def test_every_producer_has_a_sheet_in_vietnamese_order_also_without_products() -> None:
    others = {f"producers/{one}/index.vi.md": a_producer(name=name) for one, name in (("a", "Ước"), ("b", "Đông"))}
    found = sheets(**others)
    assert [(one.name.source, len(one.products)) for one in found] == [("Đông", 0), ("HTX Trường An", 1), ("Ước", 0)]


def test_a_proposal_is_no_recognition() -> None:
    assert product("recognitions: [{stars: 3, evidence: proposed}]").recognitions == ()
