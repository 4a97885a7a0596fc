"""Stars and dates, and what the law asks of a product."""

from __future__ import annotations

from datetime import date

import pytest
from making import (
    CLASSIFICATION,
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    TODAY,
    a_content,
    a_producer,
    a_product,
    an_entry,
    found,
    spots,
    spots_in,
)

from ocopgen.messages import Severity


def recognised(*recognitions: str, today: date = TODAY, potential: bool = False) -> list[str]:
    lines = ["recognitions:", *(f"  - {{{one}}}" for one in recognitions)]
    lines += ["potential_5_star: {source: {title: Báo}}"] * potential
    return spots_in(a_product(*lines), today=today)


PAPER = "decision: {number: 86/QĐ-UBND, date: 2025-04-26, by: UBND tỉnh}"

# --- the star ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "stars"), [(50, 3), (69.9, 3), (70, 4), (71.00, 4), (89.9, 4), (90, 5), (100, 5)])
def test_a_score_is_enough_for_one_level_and_may_be_given_less(score: float, stars: int) -> None:
    for other in (3, 4, 5):
        expected = [] if other == stars else ["score-star 7:23"] if other > stars else ["score-above 7:23"]
        assert recognised(f"stars: {other}, score: {score}") == expected


def test_a_score_below_fifty_means_no_stars() -> None:
    assert recognised("stars: 3, score: 49.9") == ["score-none 7:23"]


@pytest.mark.parametrize("stars", [3, 4])
def test_a_potential_five_star_product_may_hold_fewer_with_a_score_of_ninety(stars: int) -> None:
    assert recognised(f"stars: {stars}, score: 92", potential=True) == []
    assert recognised(f"stars: {stars}, score: 92") == ["score-above 7:23"]


def test_a_potential_five_star_product_holds_no_five() -> None:
    assert recognised("stars: 5, score: 95", potential=True) == ["potential-holds-5 8:19"]


def test_an_end_is_thirty_six_months_after_the_decision_or_gives_its_reason() -> None:
    assert recognised(f"stars: 4, {PAPER}, ends: 2028-04-26") == []
    assert recognised(f"stars: 4, {PAPER}, ends: 2028-04-27") == ["ends-reason 7:87"]
    assert recognised(f"stars: 4, {PAPER}, ends: 2028-04-27, ends_reason: Theo giấy") == []


def test_an_end_needs_the_day_of_a_decision() -> None:
    assert recognised("stars: 4, ends: 2028-04-26") == ["ends-undated 7:22"]
    assert recognised("stars: 4, decision: {number: 86/QĐ-UBND}, ends: 2028-04-26") == ["ends-undated 7:54"]


@pytest.mark.parametrize(("until", "expected"), [("2025-10-23", []), ("2025-10-24", ["extended-long 7:78"])])
def test_an_extension_is_no_longer_than_half_a_year(until: str, expected: list[str]) -> None:
    paper = "decision: {number: 86/Q, date: 2022-04-26}"
    facts = f"{paper}, stars: 4, extended: {{until: {until}, source: {{title: C}}}}"
    said = recognised(facts, today=date(2025, 5, 1))
    assert [one for one in said if "extended" in one] == expected


def test_recognitions_go_newest_first() -> None:
    newer, older = "stars: 4, year: 2024", "stars: 3, year: 2021"
    assert recognised(newer, older) == []
    assert recognised(older, newer) == ["order-recognitions 8:5"]


def test_decisions_are_compared_by_their_days() -> None:
    newer = "stars: 4, decision: {number: 2/QĐ, date: 2026-04-26}"
    older = "stars: 3, decision: {number: 1/QĐ, date: 2025-01-26}"
    assert recognised(newer, older) == []
    assert recognised(older, newer) == ["order-recognitions 8:5"]


def test_a_decision_of_an_earlier_round_may_be_later_than_a_round_known_by_its_year_only() -> None:
    """The round of 2021 was decided on 26/04/2022, the press names only the year of the next."""
    assert recognised("stars: 4, year: 2025", "stars: 3, year: 2024, decision: {number: 1/QĐ, date: 2025-04-26}") == []


def test_one_decision_recognises_a_product_once() -> None:
    assert recognised(f"stars: 4, {PAPER}", f"stars: 4, {PAPER}") == ["decision-twice 8:26"]


def test_a_number_repeats_every_year_and_in_every_office() -> None:
    other_year = "decision: {number: 86/QĐ-UBND, date: 2024-04-26, by: UBND tỉnh}"
    other_office = "decision: {number: 86/QĐ-UBND, date: 2024-04-26, by: UBND huyện}"
    assert recognised(f"stars: 4, {PAPER}", f"stars: 3, {other_year}", f"stars: 3, {other_office}") == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-10-28", []),
        ("2027-10-29", ["recognition-ending 7:5"]),
        ("2028-04-25", ["recognition-ending 7:5"]),
        ("2028-04-26", ["recognition-ended 7:5"]),
    ],
)
def test_a_star_that_ends_or_has_ended_is_worth_a_warning(today: str, expected: list[str]) -> None:
    assert recognised(f"stars: 4, {PAPER}", today=date.fromisoformat(today)) == expected


def test_a_warning_does_not_stop_the_build() -> None:
    content = a_content(**{PRODUCT: a_product(f"recognitions: [{{stars: 4, {PAPER}}}]")})
    (problem,) = found(content, date(2030, 1, 1))
    assert problem.severity is Severity.WARNING


def test_only_the_recognition_that_counts_is_warned_about() -> None:
    older = "stars: 3, decision: {number: 1/QĐ, date: 2020-01-26}"
    assert recognised(f"stars: 4, {PAPER}", older) == []


def test_the_star_of_a_draft_is_not_warned_about() -> None:
    text = a_product(f"recognitions: [{{stars: 4, {PAPER}}}]", "draft: true")
    assert spots_in(text, today=date(2030, 1, 1)) == []


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("updated: 2026-11-23", []),
        ("updated: 2026-11-24", ["future-date 6:10"]),
        ("sources: [{title: A, date: 2027}]", ["future-date 6:28"]),
        ("sources: [{title: A, date: 2026}]", []),
        ("packs: [{priced: 2027-01-01}]", ["future-date 6:18"]),
        ("certificates: [{name: A, from: 2027-01-01}]", ["future-date 6:32"]),
        ("certificates: [{name: A, from: 2026-01-01, to: 2029-01-01}]", []),
        ("recognitions: [{stars: 4, decision: {date: 2027-01-01}}]", ["future-date 6:44"]),
        ("certificates: [{name: A, from: 2026-01-02, to: 2026-01-01}]", ["dates-swapped 6:48"]),
        ("certificates: [{name: A, from: 2026-01-02, to: 2026-01-02}]", []),
    ],
)
def test_what_has_happened_lies_in_the_past_and_in_order(line: str, expected: list[str]) -> None:
    assert spots_in(a_product(line)) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2027-01-01", "2027-01-02", []),
        ("2027-01-02", "2027-01-01", ["dates-swapped 6:7 news/hoi-cho/index.vi.md"]),
    ],
)
def test_an_event_may_lie_ahead_but_ends_after_it_starts(starts: str, ends: str, expected: list[str]) -> None:
    event = an_entry(name="Hội chợ", summary="Hội chợ.", date="2026-11-01", starts=starts, ends=ends)
    assert spots(a_content(**{"news/hoi-cho/index.vi.md": event})) == expected


# --- what the law asks ------------------------------------------------------------------------------------


def test_a_spirit_states_its_strength_and_garlic_has_none() -> None:
    assert spots_in(a_product(set=14)) == ["alcohol-missing 5:6"]
    assert spots_in(a_product("alcohol: 29.5", set=14)) == []
    assert spots_in(a_product("alcohol: unknown", set=14)) == []
    assert spots_in(a_product("alcohol: 29.5")) == ["alcohol-elsewhere 6:10"]


def test_a_service_has_no_weight_shelf_life_or_ingredients() -> None:
    lines = ("ingredients: Lúa", "shelf_life: 1 day", "storage: Khô", "packs: [{quantity: 1 kg}, {price: 100000}]")
    assert spots_in(a_product(*lines, set=26)) == [
        *("service-goods 6:1", "service-goods 7:1", "service-goods 8:1", "service-goods 9:10")
    ]


def test_sets_of_alcohol_and_health_have_their_notice() -> None:
    bare = CLASSIFICATION.replace(", notice: {vi: Đây không phải là thuốc., en: This is not a medicine.}", "")
    assert spots(a_content(**{"classification.yml": bare})) == ["notice-missing 13:5 classification.yml"]


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Ăn vào chữa bệnh ho.", "chữa bệnh"),
        ("Giúp Điều  Trị cao huyết áp", "Điều  Trị"),
        ("Một thần dược của làng", "thần dược"),
        ("ngừa bệnh tim", "ngừa bệnh"),
        ("chống ung thư", "ung thư"),
        ("It cures coughs.", "cures"),
        ("It prevents heart disease.", "prevents heart disease"),
        ("Used to treat many kinds of pain", "treat many kinds of pain"),
        ("Sun-cured, and it cures all.", "cures"),
    ],
)
def test_a_claim_to_cure_is_refused(words: str, claim: str) -> None:
    (problem,) = found(a_content(**{PRODUCT: a_product(body=f"Một tép tỏi.\n\n{words}\n")}))
    assert (problem.code, dict(problem.words)["value"]) == ("claim-cure", claim)
    assert (problem.place.line, problem.place.column) == (9, words.index(claim) + 1)


@pytest.mark.parametrize(
    "words",
    [
        "Thực phẩm này không phải là thuốc và không có tác dụng thay thế thuốc chữa bệnh.",
        "This product is not a medicine and does not replace medicines that treat disease.",
        "This product is not intended to diagnose, treat, cure or prevent any disease.",
        "Salt-cured and air-cured fish.",
        "A treat for guests; a secure pack; a curious taste.",
        "Đã chữa cháy một lần.",
    ],
)
def test_the_notice_that_the_law_asks_for_is_no_claim(words: str) -> None:
    assert spots_in(a_product(body=words)) == []


def test_a_disclaimer_does_not_cover_a_claim_in_the_next_sentence() -> None:
    assert spots_in(a_product(body="Đây không phải là thuốc. Nhưng chữa khỏi ho.\n")) == ["claim-cure 7:32"]


def test_a_claim_is_found_in_any_field_and_in_either_language() -> None:
    files = {PRODUCT: a_product("usage: Ăn để chữa trị ho"), IN_ENGLISH: an_entry("usage: It cures coughs")}
    assert spots(a_content(**files)) == [f"claim-cure 2:8 {IN_ENGLISH}", "claim-cure 6:8"]


# --- consent ----------------------------------------------------------------------------------------------

CONTACTS = ('phones: ["0912 345 678"]', "address: Thôn 1", "email: a@b.vn")


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("household", CONTACTS, [f"consent-missing 5:9 {PRODUCER}"]),
        ("household", ('zalo: "0912 345 678"',), [f"consent-missing 2:1 {PRODUCER}"]),
        ("household", (), []),
        ("cooperative", CONTACTS, []),
        ("household", (*CONTACTS, "consent: {date: 2026-01-01, scope: [phones, address, email]}"), []),
        ("household", (*CONTACTS, "draft: true"), ["producer-draft 4:11"]),
    ],
)
def test_contacts_of_a_household_need_its_consent(kind: str, lines: tuple[str, ...], expected: list[str]) -> None:
    assert spots(a_content(**{PRODUCER: a_producer(*lines, kind=kind)})) == expected


def test_what_is_left_out_is_named() -> None:
    lines = (*CONTACTS, "consent: {date: 2026-01-01, scope: [phones]}")
    (problem,) = found(a_content(**{PRODUCER: a_producer(*lines, kind="household")}))
    assert problem.said("en") == "no consent is recorded, so pages leave out the address, e-mail"
    assert problem.said("vi").endswith("nên trang không hiện địa chỉ, thư điện tử")
