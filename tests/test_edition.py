"""An edition: words, numbers, dates, phones and addresses of one language on one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sites import DATA, EN, TODAY, VI, Files, edition, entry, page_of, read_yaml, stars, write_yaml

from ocopgen.edition import ADDRESSES, MissingWords
from ocopgen.model import News, Outlet, Producer, Product, Recognition
from ocopgen.text import Lang, Phrase, Text
from ocopgen.values import Moment, Period, Quantity

IN_VI, IN_EN = edition(VI), edition(EN)


def with_strings(**words: dict[str, str]) -> Files:
    """The data files with other words of the interface."""
    return {**DATA, "strings.yml": write_yaml({**read_yaml(DATA["strings.yml"]), **words})}


# --- words ------------------------------------------------------------------------------------------------


def test_words_come_in_the_language_of_the_edition() -> None:
    assert (IN_VI.say("home"), IN_EN.say("home")) == ("Trang chủ", "Home")


def test_missing_words_are_named() -> None:
    with pytest.raises(MissingWords, match="no_such_words"):
        IN_VI.say("no_such_words")


def test_vietnamese_has_no_plural_and_english_has_one() -> None:
    assert [IN_VI.say("products_n", n=n) for n in (0, 1, 1200)] == ["0 sản phẩm", "1 sản phẩm", "1.200 sản phẩm"]
    assert [IN_EN.say("products_n", n=n) for n in (0, 1, 1200)] == ["0 products", "1 product", "1,200 products"]


def test_a_language_with_more_plurals_takes_its_forms_in_order_and_the_last_for_the_rest() -> None:
    data = with_strings(locale={"vi": "pl", "en": "en"}, products_n={"vi": "{n} one | {n} few | {n} many", "en": "x"})
    said = edition(VI, data=data)
    assert [said.say("products_n", n=n) for n in (1, 3, 5)] == ["1 one", "3 few", "5 many"]


def test_words_in_braces_are_filled() -> None:
    assert IN_EN.say("part_of", part=2, total=5) == "Page 2 of 5"


def test_templates_get_every_word() -> None:
    assert IN_EN.words["home"] == "Home"
    assert IN_EN.words.keys() == IN_EN.catalogue.strings.root.keys()


def test_words_without_a_translation_are_marked_with_their_language() -> None:
    assert IN_EN.phrase(Text.of({VI: "gạo"})) == Phrase("gạo", VI)
    assert IN_EN.phrase(Text.of({VI: "gạo", EN: "rice"})) == Phrase("rice")


def test_a_field_is_named_by_the_model_unless_the_words_name_it() -> None:
    assert IN_EN.label(Product, "storage") == Phrase("Storage")
    renamed = edition(EN, data=with_strings(field_storage={"vi": "Cất giữ", "en": "Keeping"}))
    assert renamed.label(Product, "storage") == Phrase("Keeping")


# --- numbers and dates ------------------------------------------------------------------------------------


def test_numbers_have_the_points_of_their_language() -> None:
    assert (IN_VI.number(Decimal("2514.81")), IN_EN.number(Decimal("2514.81"))) == ("2.514,81", "2,514.81")


def test_money_is_whole_dong_and_never_breaks() -> None:
    assert IN_VI.money(1_250_000) == "1.250.000\u00a0₫"
    assert IN_EN.money(1_250_000).replace("\u00a0", "") in ("₫1,250,000", "VND1,250,000")


def test_days_are_written_as_people_read_them() -> None:
    assert (IN_VI.day(TODAY), IN_EN.day(TODAY)) == ("23/11/2026", "23 November 2026")


@pytest.mark.parametrize(
    ("moment", "vi", "en"),
    [
        (Moment(2022), "2022", "2022"),
        (Moment(2022, 10), "10/2022", "October 2022"),
        (Moment(2022, 10, 5), "05/10/2022", "5 October 2022"),
    ],
)
def test_a_moment_says_no_more_than_its_source(moment: Moment, vi: str, en: str) -> None:
    assert (IN_VI.moment(moment), IN_EN.moment(moment)) == (vi, en)


def test_months_are_listed_in_order_and_begin_with_a_capital() -> None:
    assert IN_VI.months((10, 9)) == "Tháng 9, tháng 10"
    assert IN_EN.months((10, 9)) == "September, October"


@pytest.mark.parametrize(
    ("digits", "vi", "en"),
    [
        ("0912345678", "0912 345 678", "+84 912 345 678"),
        ("02273123456", "0227 312 3456", "+84 227 312 3456"),
        ("02438234567", "024 3823 4567", "+84 24 3823 4567"),
        ("19001234", "1900 1234", "1900 1234"),
        ("1800123456", "1800 123456", "1800 123456"),
    ],
)
def test_phones_are_grouped_as_in_the_handbook(digits: str, vi: str, en: str) -> None:
    assert (IN_VI.phone(digits), IN_EN.phone(digits)) == (vi, en)


# --- facts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "en"),
    [
        (Period(1, "month"), "1 month"),
        (Period(12, "month"), "12 months"),
        (Quantity(Decimal("1.5"), "kg"), "1.5\u00a0kg"),
        (Quantity(Decimal(2), "piece"), "2\u00a0pc"),
        (Moment(1998, 5), "May 1998"),
        (date(2026, 12, 1), "1 December 2026"),
        ("T-X-10", "T-X-10"),
    ],
)
def test_a_fact_is_shown_by_its_type(value: object, en: str) -> None:
    assert IN_EN.shown(value) == (Phrase(en),)


def test_a_list_gives_a_phrase_for_each_item() -> None:
    assert IN_VI.shown((Text.of({VI: "một"}), Text.of({VI: "hai"}))) == (Phrase("một"), Phrase("hai"))


def test_alcohol_is_a_percentage_or_plainly_unknown() -> None:
    assert IN_VI.alcohol(29.5) == (Phrase("29,5\u00a0% vol"),)
    assert IN_EN.alcohol("unknown") == (Phrase("not stated by the sources"),)


def test_a_season_is_its_months() -> None:
    assert IN_VI.season((1, 2)) == (Phrase("Tháng 1, tháng 2"),)
    assert IN_VI.season(()) == ()


def test_special_facts_are_fields_of_an_entry() -> None:
    fields = {name for kind in (Product, Producer, Outlet, News) for name in kind.model_fields}
    assert IN_VI.special.keys() <= fields


# --- stars ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recognition", "standing"),
    [
        (stars(4, date(2025, 6, 1)), "còn hiệu lực đến hết 31/05/2028"),
        (stars(4, date(2024, 1, 1)), "còn hiệu lực đến hết 31/12/2026, sắp hết"),
        (stars(4, date(2023, 11, 24)), "còn hiệu lực đến hết 23/11/2026, sắp hết"),
        (stars(4, date(2023, 11, 23)), "hết hiệu lực 23/11/2026"),
        (stars(4, evidence="press") | {"decision": None}, "theo báo chí, chưa có số quyết định"),
        ({"stars": 4}, "chưa có thông tin quyết định"),
        ({"stars": 4, "evidence": "proposed"}, "mới được đề nghị, chưa công nhận"),
        (
            stars(4, date(2023, 10, 1), extended={"until": date(2027, 1, 5), "source": {"title": "x"}}),
            "được kéo dài hiệu lực đến 05/01/2027",
        ),
        (
            stars(4, date(2023, 6, 1), extended={"until": date(2026, 9, 1), "source": {"title": "x"}}),
            "hết hiệu lực 02/09/2026",
        ),
        (
            stars(4, date(2025, 6, 1), withdrawn={"date": date(2026, 2, 1), "source": {"title": "x"}}),
            "đã thu hồi 01/02/2026",
        ),
    ],
)
def test_standing_says_what_a_star_is_worth_on_the_day(recognition: dict[str, object], standing: str) -> None:
    assert IN_VI.standing(Recognition.model_validate(recognition)) == standing


# --- addresses --------------------------------------------------------------------------------------------


def test_addresses_are_in_the_language_of_the_edition() -> None:
    assert IN_VI.href("product", "gao") == "vi/san-pham/gao/"
    assert IN_EN.href("product", "gao") == "en/products/gao/"


def test_later_parts_of_a_listing_have_a_folder_each() -> None:
    assert IN_VI.href("star", "4", 1) == "vi/sao/4/"
    assert IN_VI.href("star", "4", 3) == "vi/sao/4/trang-3/"


def test_every_address_begins_with_its_language_and_ends_as_a_folder() -> None:
    for one in (IN_VI, IN_EN):
        for name in ADDRESSES:
            href = one.href(name, "x")
            assert href.startswith(f"{one.lang}/")
            assert href.endswith("/")
            assert "{" not in href


def test_a_key_is_the_slug_of_the_words_shown() -> None:
    assert IN_VI.key(Text.of({VI: "Đồ uống", EN: "Drinks"}), "x") == "do-uong"
    assert IN_EN.key(Text.of({VI: "Đồ uống", EN: "Drinks"}), "x") == "drinks"
    assert IN_EN.key(Text.of({VI: "Đồ uống", EN: "饮料"}), "beverages") == "beverages"


def test_a_third_language_needs_words_only() -> None:
    files = {**DATA, page_of("pages", "x"): entry(name="Trang", summary="…")}
    for name in DATA:
        files[name] = write_yaml(_with_french(read_yaml(DATA[name])))
    files["site.yml"] = write_yaml({**read_yaml(files["site.yml"]), "languages": ["vi", "en", "fr"]})
    french = edition(Lang("fr"), files, data={})
    assert french.say("home") == "Home"
    assert french.href("product", "gao") == "fr/products/gao/"


def _with_french(data: object) -> object:
    if isinstance(data, dict):
        if "vi" in data and "en" in data:
            return {**data, "fr": data["en"]}
        return {key: _with_french(value) for key, value in data.items()}
    return [_with_french(one) for one in data] if isinstance(data, list) else data
