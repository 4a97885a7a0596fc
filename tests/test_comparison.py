"""The comparison: what rose, fell, ended, is new, is missing or said otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from chance import contents, texts
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lists import AN, GAO, HEADINGS, LIST, Line, compared, listed, table, told, whole
from making import CONTENT
from sites import DATA, TODAY, Files, catalogue, page_of, producer, product, read_content, stars, write_yaml

from ocopgen.catalogue import Catalogue, Content, shelve
from ocopgen.comparison import Comparison, ProductLine, Standing, compare
from ocopgen.matching import Named
from ocopgen.model import Status
from ocopgen.register import columns
from ocopgen.roll import read_roll
from ocopgen.values import gtin_check_digit
from ocopgen.workbook import read, to_csv, to_json, to_xlsx

PAPERS = (*HEADINGS, "Số quyết định", "Ngày quyết định", "Năm")


def line(*cells: object, headings: Line = PAPERS, files: Files = LIST) -> ProductLine:
    """The only line of a comparison without errors."""
    (one,) = compared(cells, headings=headings, files=files).lines  # type: ignore[arg-type]
    return one


# --- recognitions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "standing", "number"),
    [
        ((3, "1/QĐ-UBND", date(2025, 6, 1)), Standing.SAME, 0),
        ((3, "Số 1/QD-UBND", date(2025, 6, 1)), Standing.SAME, 0),
        ((3, None, None, 2025), Standing.SAME, 0),
        ((3,), Standing.SAME, 0),
        ((None,), Standing.SAME, None),
        ((4, "2/QĐ-UBND", date(2026, 6, 1)), Standing.UPGRADED, None),
        ((3, "2/QĐ-UBND", date(2026, 6, 1)), Standing.RENEWED, None),
        ((3, None, None, 2026), Standing.RENEWED, None),
        ((4, None, None, 2026), Standing.UPGRADED, None),
        ((4, "0/QĐ-UBND", date(2022, 6, 1)), Standing.EARLIER, None),
    ],
)
def test_what_a_row_makes_of_three_stars(cells: tuple[object, ...], standing: Standing, number: int | None) -> None:
    one = line(1, "Gạo nếp", "HTX An", *cells)
    assert (one.id, one.standing, one.number) == ("gao", standing, number)


def test_fewer_stars_are_a_fall() -> None:
    files = {**LIST, GAO: product("Gạo nếp", recognitions=[stars(4)])}
    one = line(1, "Gạo nếp", "HTX An", 3, "2/QĐ-UBND", date(2026, 6, 1), files=files)
    assert (one.standing, one.before and one.before.stars, one.status) == (Standing.DOWNGRADED, 4, Status.VALID)


def test_a_product_without_stars_is_recognised_and_an_unknown_one_is_new() -> None:
    assert line(1, "Mắm cáy", "Hộ kinh doanh Hà", 3).standing is Standing.RECOGNISED
    one = line(1, "Tỏi đen", "HTX An", 3, "2/QĐ-UBND", date(2026, 6, 1))
    assert (one.standing, one.id, one.producer) == (Standing.NEW, "toi-den", "an")


def test_a_press_report_is_completed_by_its_decision() -> None:
    files = {**LIST, GAO: product("Gạo nếp", recognitions=[{"stars": 3, "year": 2025, "evidence": "press"}])}
    one = line(1, "Gạo nếp", "HTX An", 3, "2/QĐ-UBND", date(2026, 6, 1), files=files)
    assert (one.standing, one.number, one.status) == (Standing.COMPLETED, 0, Status.VALID)
    assert [each.column.key for each in one.differences if each.fills] == [
        "recognition.decision.number",
        "recognition.decision.date",
    ]


def test_a_proposal_is_recognised_by_its_decision() -> None:
    files = {**LIST, GAO: product("Gạo nếp", recognitions=[{"stars": 3, "year": 2025, "evidence": "proposed"}])}
    one = line(1, "Gạo nếp", "HTX An", 3, "2/QĐ-UBND", date(2026, 6, 1), files=files)
    assert (one.standing, one.number, one.status) == (Standing.RECOGNISED, 0, Status.VALID)
    assert line(1, "Gạo nếp", "HTX An", 3, None, None, 2025, files=files).standing is Standing.SAME


def test_other_stars_under_one_decision_are_said_otherwise() -> None:
    one = line(1, "Gạo nếp", "HTX An", 4, "1/QĐ-UBND", date(2025, 6, 1))
    assert (one.standing, [(each.column.key, each.ours, each.theirs) for each in one.differences]) == (
        Standing.SAME,
        [("recognition.stars", 3, 4)],
    )


def test_what_ended_on_the_day_is_told() -> None:
    roll = listed((1, "Tỏi", "HTX An", 3, "9/QĐ-UBND", date(2023, 11, 23)), headings=PAPERS)
    for day, lapsed in ((date(2026, 11, 22), 0), (date(2026, 11, 23), 1)):
        assert len(compare(roll, whole(LIST), day).lapsed) == lapsed
    (one,) = compare(roll, whole(LIST), TODAY).lapsed
    assert (one.status, one.ends) == (Status.ENDED, date(2026, 11, 23))


def test_an_end_that_follows_from_the_decision_is_no_difference() -> None:
    headings = (*PAPERS, "Hết hiệu lực")
    cells = (1, "Gạo nếp", "HTX An", 3, "1/QĐ-UBND", date(2025, 6, 1), None)
    assert line(*cells, date(2028, 6, 1), headings=headings).differences == ()
    assert [one.column.key for one in line(*cells, date(2027, 6, 1), headings=headings).differences] == [
        "recognition.ends"
    ]


# --- several rows -----------------------------------------------------------------------------------------


def test_two_rows_of_a_product_are_two_recognitions_or_one_too_many() -> None:
    found = compared(
        (1, "Tỏi", "HTX An", 3, "1/QĐ", date(2022, 6, 1)),
        (2, "Tỏi", "HTX An", 4, "2/QĐ", date(2025, 6, 1)),
        (3, "TỎI", "HTX An", 4, "2/QĐ", date(2025, 6, 1)),
        headings=PAPERS,
    )
    assert [(one.id, one.standing) for one in found.lines] == [("toi", Standing.NEW), ("toi", Standing.UPGRADED)]
    assert told(found) == ["list-row-twice B4"]
    assert dict(found.problems[0].words) == {"row": "3"}


def test_a_producer_of_several_rows_is_one() -> None:
    found = compared((1, "Tỏi", "HTX Mới", 3), (2, "Hành", "HTX MỚI", 3))
    assert [(one.id, one.new) for one in found.producers] == [("htx-moi", True)]
    assert {one.producer for one in found.lines} == {"htx-moi"}


def test_a_name_that_several_have_is_not_guessed() -> None:
    files = {**LIST, page_of("products", "gao-ha"): product("Gạo nếp", producer="ha")}
    assert told(compared((1, "Gạo nếp", None, 4), files=files)) == ["list-ambiguous B2"]


def test_folders_that_are_taken_get_another_name() -> None:
    roll = listed((1, "Gạo nếp", "HTX Bình", 3), (2, "Gạo nếp", "HTX Cường", 3), (3, "Mắm", "Gạo", 3))
    taken = ("products/gao-nep", "products/mam", "producers/gao")
    found = compare(roll, whole(LIST), TODAY, taken)
    assert [one.id for one in found.lines] == ["gao-nep-htx-binh", "gao-nep-htx-cuong", "mam-gao-2"]
    assert found.lines[0].named == Named("other", "gao", "Gạo nếp")


def test_a_former_id_is_not_given_again() -> None:
    files = {**LIST, GAO: product("Gạo nếp", was=["toi"])}
    assert line(1, "Tỏi", "HTX An", 3, files=files).id == "toi-an"


def test_names_that_make_no_folder_make_one_all_the_same() -> None:
    assert line(1, "米", "HTX An", 3).id == "product"
    assert len(line(1, "Gạo " * 60, "HTX An", 3).id) <= 80


# --- facts ------------------------------------------------------------------------------------------------

FACTS = ("Tên sản phẩm", "Chủ thể", "Giá bán", "Điện thoại", "Thẻ", "Xã", "Huyện", "Tỉnh", "Bộ sản phẩm", "Giải thưởng")
FULL: Files = {
    AN: producer("HTX An", phones=["0912345678", "0983111222"]),
    GAO: product(
        "Gạo nếp", packs=[{"label": "Túi", "price": 50000}], tags=["gạo", "nếp"], place={"district": "dong-hung"}
    ),
}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("50.000 đ", 912345678, "nếp; gạo", None, "Đông Hưng", None, 3), []),
        ((60000,), ["pack.price: 50000 → 60000"]),
        ((None, "0900000000"), ["producer.phones: 0912345678|0983111222 → 0900000000"]),
        ((None, None, "nếp; xôi"), ["tags: gạo|nếp → nếp|xôi"]),
        (
            (None, None, None, "Xã Thụy An", "Thái Thụy"),
            ["place.commune: None → Xã Thụy An", "place.district: Huyện Đông Hưng → Huyện Thái Thụy"],
        ),
        ((None, None, None, None, None, None, 10), ["set: 3. Gạo → 10. Gia vị"]),
        ((None, None, None, None, None, None, None, "Giải nhất"), ["awards: None → Giải nhất"]),
    ],
)  # fmt: skip
def test_facts_are_compared_where_the_list_gives_them(cells: Line, expected: list[str]) -> None:
    found = compared(("Gạo nếp", "HTX An", *cells), headings=FACTS, files=FULL)
    several = (*found.producers[0].differences, *found.lines[0].differences)
    assert [f"{one.column.key}: {one.ours} → {one.theirs}".replace("\n", "|") for one in several] == expected


def test_a_place_of_today_is_that_of_then() -> None:
    files = {**FULL, GAO: product("Gạo nếp", place={"commune": "thuy-ninh", "district": "thai-thuy"})}
    found = compared(
        ("Gạo nếp", "HTX An", None, None, None, "Tây Thụy Anh", None, "Hưng Yên"), headings=FACTS, files=files
    )
    assert found.lines[0].differences == ()


def test_a_product_without_a_place_is_from_that_of_its_producer() -> None:
    files = {**FULL, GAO: product("Gạo nếp")}
    cells = ("Gạo nếp", "HTX An", None, None, None, "Xã Thụy An", "Thái Thụy")
    assert compared(cells, headings=FACTS, files=files).lines[0].differences == ()


def test_another_producer_is_said_otherwise() -> None:
    one = line(1, "Gạo nếp", "Hộ kinh doanh Hà", 3, "gao", headings=(*HEADINGS, "Mã mục"))
    assert [(each.column.key, each.ours, each.theirs) for each in one.differences] == [
        ("producer.name", "HTX An", "Hộ kinh doanh Hà")
    ]


# --- what is missing --------------------------------------------------------------------------------------


def test_what_each_entry_lacks() -> None:
    one = line(1, "Tỏi", "Bình", 3)
    assert one.missing == ("decision", "set", "place", "photos", "english")
    assert compared((1, "Tỏi", "Bình", 3)).producers[0].missing == ("kind", "place", "phones", "consent")
    assert line(1, "Tỏi", None, None).missing == ("stars", "set", "producer", "place", "photos", "english")
    assert "decision" not in line(1, "Gạo nếp", "HTX An", 3).missing


def test_products_that_the_list_lacks_are_told_but_not_those_of_rows_that_could_not_be_read() -> None:
    assert [one.id for one in compared((1, "Tỏi", "HTX An", 3)).absent] == ["gao", "mam"]
    assert [one.id for one in compared((1, "Gạo nếp", "HTX An", 9)).absent] == ["mam"]


# --- laws -------------------------------------------------------------------------------------------------


def again(one: Catalogue, ending: str, lang: str = "vi", private: bool = True) -> Comparison:
    """A catalogue set beside what was written out of it."""
    rows = table(one, lang, private)
    if ending == "json":
        many = frozenset(column.key for column in columns() if column.form.many)
        raw = to_json([column.key for column in columns()], rows[1:], many)
    else:
        raw = to_csv(rows) if ending == "csv" else to_xlsx("OCOP", rows, TODAY)
    return compare(read_roll(f"a.{ending}", read(f"a.{ending}", raw), one), one, TODAY)


def is_the_same(found: Comparison, one: Catalogue) -> None:
    """A list that says just what the catalogue does."""
    assert found.problems == (), "\n".join(each.printed() for each in found.problems)
    assert len(found.lines) == len(one.products)
    assert found.same or not one.products


LAW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@LAW
@given(files=contents(), ending=st.sampled_from(("xlsx", "csv", "json")), lang=st.sampled_from(("vi", "en")))
def test_what_is_exported_is_imported_without_a_difference(files: Files, ending: str, lang: str) -> None:
    one = catalogue(texts(files))
    if one.products:
        is_the_same(again(one, ending, lang), one)


WORDS = st.one_of(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=10).map(str.strip).filter(bool),
    st.sampled_from(
        ("=1+1", "'=x", "_x0041_", "a; b", "—", "4 sao", "12", "0912345678", "26/04/2022", "Tổng cộng", "STT")
    ),
)
LINES = st.lists(WORDS, min_size=1, max_size=3, unique=True)
RANDOM: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("ingredients", "usage", "storage", "warnings", "raw_materials", "code"), WORDS),
    **dict.fromkeys(("awards", "tags"), LINES),
    "shelf_life": st.sampled_from(("12 months", "30 days", "2 năm")),
    "season": st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True),
    "packs": st.fixed_dictionaries(
        {"price": st.integers(500, 10**9)},
        optional={
            "label": WORDS,
            "quantity": st.sampled_from(("200 g", "0.5 l", "1,25 kg")),
            "gtin": st.just("893000000000" + gtin_check_digit("893000000000")),
        },
    ).map(lambda one: [one]),
    "trace": st.fixed_dictionaries({"code": WORDS}, optional={"url": st.just("https://a.vn/?a=1")}),
    "recognitions": st.fixed_dictionaries(
        {"stars": st.sampled_from((3, 4, 5)), "year": st.integers(2018, 2026)},
        optional={
            "score": st.sampled_from((71, 84.5, 90.25)),
            "kind": st.sampled_from(("first", "upgrade", "renewal")),
            "decision": st.fixed_dictionaries(
                {"number": WORDS, "date": st.dates(date(2018, 1, 1), TODAY)}, optional={"by": WORDS}
            ),
            "evidence": st.sampled_from(("press", "decision", "producer", "proposed")),
            "criteria": st.sampled_from(("QD1048-2019", "QD26-2026")),
        },
    ).map(lambda one: [one]),
}


@LAW
@given(
    facts=st.fixed_dictionaries({"name": WORDS, "summary": WORDS}, optional=RANDOM),
    maker=st.fixed_dictionaries(
        {"name": WORDS},
        optional={
            "registered_name": WORDS,
            "address": WORDS,
            "phones": st.lists(st.sampled_from(("0912345678", "02273123456", "19001234")), min_size=1, unique=True),
            "social": st.just(["https://facebook.com/a", "https://zalo.me/b;c"]),
            "founded": st.sampled_from(("1997", "2021-05", "2021-05-06")),
        },
    ),
    ending=st.sampled_from(("xlsx", "csv", "json")),
)
def test_whatever_entries_say_is_imported_without_a_difference(
    facts: dict[str, object], maker: dict[str, object], ending: str
) -> None:
    entry = {"producer": "an", "set": 3, **facts}
    home = {"kind": "cooperative", "place": {"district": "dong-hung"}, **maker}
    files = {
        page_of("products", "gao"): f"---\n{write_yaml(entry)}---\n",
        page_of("producers", "an"): f"---\n{write_yaml(home)}---\n",
    }
    shelf = shelve(
        Content({name: text.encode() if isinstance(text, str) else text for name, text in {**DATA, **files}.items()})
    )
    assert shelf.catalogue is not None
    assume(shelf.catalogue.products and shelf.catalogue.producers)  # not for words that the model refuses
    is_the_same(again(shelf.catalogue, ending), shelf.catalogue)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_shipped_content_is_imported_without_a_difference(ending: str, lang: str) -> None:
    shelf = shelve(read_content(CONTENT))
    assert shelf.catalogue is not None
    is_the_same(again(shelf.catalogue, ending, lang), shelf.catalogue)


def test_contacts_that_are_left_out_are_no_difference() -> None:
    one = whole({**LIST, page_of("producers", "ha"): producer("Hộ Hà", kind="household", phones=["0912345678"])})
    is_the_same(again(one, "xlsx", private=False), one)


def test_a_changed_cell_is_the_only_difference() -> None:
    one = whole(LIST)
    rows = [list(row) for row in table(one)]
    at = [column.key for column in columns()].index("recognition.decision.number")
    rows[1][at] = "9/QĐ-UBND"
    found = compare(read_roll("a.xlsx", read("a.xlsx", to_xlsx("OCOP", rows, TODAY)), one), one, TODAY)
    assert [each.standing for each in found.lines] == [Standing.RENEWED, Standing.SAME]
    assert not found.same
