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
    told = spots_in(a_product(*lines), today=today)
    return [one for one in told if not one.startswith("recognition-unknown")]


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
    assert recognised(f"stars: 5, {PAPER}", potential=True) == ["potential-holds-5 8:19"]


@pytest.mark.parametrize(
    "facts",
    [
        "stars: 5, year: 2025, evidence: press",
        "stars: 5, year: 2025, evidence: proposed",
        "stars: 5, decision: {number: 1/QĐ, date: 2022-01-26}",
        f"stars: 5, {PAPER}, withdrawn: {{date: 2026-01-01, source: {{title: Q}}}}",
    ],
)
def test_five_stars_that_are_not_held_leave_room_for_a_potential(facts: str) -> None:
    assert [one for one in recognised(facts, potential=True) if "potential" in one] == []


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
    newer = "stars: 4, kind: upgrade, decision: {number: 2/QĐ, date: 2026-04-26}"
    older = "stars: 3, kind: renewal, decision: {number: 1/QĐ, date: 2025-01-26}"
    assert recognised(newer, older) == []
    assert recognised(older, newer) == ["order-recognitions 8:5"]


def test_a_decision_of_an_earlier_round_may_be_later_than_a_round_known_by_its_year_only() -> None:
    """The round of 2021 was decided on 26/04/2022, the press names only the year of the next."""
    assert recognised("stars: 4, year: 2025", "stars: 3, year: 2024, decision: {number: 1/QĐ, date: 2025-04-26}") == []


@pytest.mark.parametrize("evidence", ["proposed", "producer"])
def test_a_decision_is_evidence_by_itself(evidence: str) -> None:
    assert recognised(f"stars: 4, evidence: {evidence}, {PAPER}") == ["evidence-decision 7:26"]
    assert recognised(f"stars: 4, evidence: {evidence}, decision: {{number: 86/QĐ-UBND}}") == []
    assert recognised(f"stars: 4, evidence: decision, {PAPER}", f"stars: 4, year: 2021, evidence: {evidence}") == []


def test_one_decision_recognises_a_product_once() -> None:
    assert recognised(f"stars: 4, {PAPER}", f"stars: 4, {PAPER}") == ["decision-twice 8:26"]


def test_a_number_repeats_every_year_and_in_every_office() -> None:
    other_year = "decision: {number: 86/QĐ-UBND, date: 2024-04-26, by: UBND tỉnh}"
    other_office = "decision: {number: 86/QĐ-UBND, date: 2024-04-26, by: UBND huyện}"
    upgrade, renewal = f"stars: 4, kind: upgrade, {PAPER}", f"stars: 3, kind: renewal, {other_year}"
    assert recognised(upgrade, renewal, f"stars: 3, {other_office}") == []


@pytest.mark.parametrize(
    ("kind", "older", "expected"),
    [
        ("", "date: 2024-12-26", ["recognitions-overlap 7:5"]),
        ("kind: first, ", "date: 2024-12-26", ["recognitions-overlap 7:5"]),
        ("kind: upgrade, ", "date: 2024-12-26", []),
        ("kind: renewal, ", "date: 2024-12-26", []),
        ("", "date: 2022-12-26", []),  # ended long ago
        ("", "by: UBND tỉnh", []),  # not known to be in effect
    ],
)
def test_two_recognitions_in_effect_follow_one_another(kind: str, older: str, expected: list[str]) -> None:
    assert recognised(f"stars: 4, {kind}{PAPER}", f"stars: 3, decision: {{number: 1/QĐ, {older}}}") == expected


def test_an_end_lies_after_its_decision_whatever_the_reason() -> None:
    for ends, expected in (
        ("2025-04-27", []),
        ("2025-04-26", ["ends-early 7:87"]),
        ("2024-01-01", ["ends-early 7:87"]),
    ):
        for reason in ("", ", ends_reason: Theo giấy"):
            said = recognised(f"stars: 4, {PAPER}, ends: {ends}{reason}")
            assert [one for one in said if "early" in one] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("stars: 4, year: 2026", []),
        ("stars: 4, year: 2027", ["year-ahead 7:22"]),
        ("stars: 4, year: 2027, evidence: proposed", ["year-ahead 7:22"]),
        (f"stars: 4, year: 2027, {PAPER}", ["year-late 7:22"]),
    ],
)
def test_a_round_does_not_lie_ahead(facts: str, expected: list[str]) -> None:
    assert recognised(facts) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-10-28", []),
        ("2027-10-29", ["recognition-ending 7:5"]),
        ("2027-12-28", ["recognition-ending 7:5"]),  # 120 days remain
        ("2027-12-29", ["filing-closed 7:5"]),
        ("2028-04-25", ["filing-closed 7:5"]),
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
        ("updated: 2026-11-24", []),
        ("sources: [{title: A, date: 2027}]", ["future-date 6:28"]),
        ("sources: [{title: A, date: 2026}]", []),
        ("packs: [{priced: 2027-01-01}]", ["future-date 6:18"]),
        ("certificates: [{name: A, from: 2027-01-01}]", ["future-date 6:32"]),
        ("certificates: [{name: A, from: 2026-01-01, to: 2029-01-01}]", []),
        ("recognitions: [{stars: 4, evidence: press, decision: {date: 2027-01-01}}]", ["future-date 6:61"]),
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


CLAIMS = (
    ("Ăn vào chữa bệnh ho.", "chữa bệnh"),
    ("Giúp Điều  Trị cao huyết áp", "Điều  Trị"),
    ("Một thần dược của làng", "thần dược"),
    ("ngừa bệnh tim", "ngừa bệnh"),
    ("chống ung thư", "ung thư"),
    ("Mật ong chữa ho cho trẻ.", "chữa ho"),
    ("Lá này trị ho, viêm họng.", "trị ho"),
    ("Trà chữa mất ngủ.", "chữa mất ngủ"),
    ("Rượu xoa bóp trị đau khớp.", "trị đau"),
    ("Trị dứt điểm các chứng đau đầu.", "Trị dứt điểm các chứng đau"),
    ("Chữa được nhiều thứ bệnh.", "Chữa được nhiều thứ bệnh"),
    ("Bài thuốc chữa dạ dày.", "chữa dạ dày"),
    ("Có tác dụng phòng ngừa đột quỵ.", "phòng ngừa đột quỵ"),
    ("Giúp phòng và chữa bệnh tiểu đường.", "phòng và chữa bệnh"),
    ("Hỗ trợ điều trị tiểu đường.", "điều trị"),
    ("Không chỉ ngon mà còn chữa cảm cúm.", "chữa cảm"),
    ("Không chỉ chữa ho mà còn ngon.", "chữa ho"),
    ("Giá trị nhất là trị ho.", "trị ho"),
    ("Không phải là thuốc nhưng trị viêm họng.", "trị viêm"),
    ("Dùng một tuần là chữa khỏi.", "chữa khỏi"),
    ("Cao đặc trị xương khớp.", "đặc trị"),
    ("It cures coughs.", "cures coughs"),
    ("It prevents heart disease.", "prevents heart disease"),
    ("Used to treat many kinds of pain", "treat many kinds of pain"),
    ("Sun-cured, and it cures all.", "cures all"),
    ("The honey heals wounds.", "heals wounds"),
    ("A cure for insomnia.", "cure for insomnia"),
    ("An old remedy for sore throats.", "remedy for sore throats"),
    ("Known for its healing properties.", "healing properties"),
    ("The tea treats headaches.", "treats headaches"),
    ("Good against cancer.", "cancer"),
    ("It cures everything.", "cures everything"),
    ("Not only does it taste good, it cured his cough.", "cured his cough"),
    ("This is not a medicine but it cures fever.", "cures fever"),
)


@pytest.mark.parametrize(("words", "claim"), CLAIMS)
def test_a_claim_to_cure_is_refused(words: str, claim: str) -> None:
    (problem,) = found(a_content(**{PRODUCT: a_product(body=f"Một tép tỏi.\n\n{words}\n")}))
    assert (problem.code, dict(problem.words)["value"]) == ("claim-cure", claim)
    assert (problem.place.line, problem.place.column) == (9, words.index(claim) + 1)


INNOCENT = (
    "Thực phẩm này không phải là thuốc và không có tác dụng thay thế thuốc chữa bệnh.",
    "This product is not a medicine and does not replace medicines that treat disease.",
    "This product is not intended to diagnose, treat, cure or prevent any disease.",
    "Trà không có tác dụng chữa bệnh.",
    "It cannot cure any disease.",
    "It doesn't treat anything.",
    "Salt-cured and air-cured fish.",
    "A treat for guests; a secure pack; a curious taste.",
    "Đã chữa cháy một lần.",
    "Nhà xưởng được sửa chữa lại năm 2020.",
    "Vịt được tiêm phòng bệnh đầy đủ.",
    "Đàn lợn được tiêm phòng và theo dõi.",
    "Hợp tác xã phòng bệnh cho lúa bằng chế phẩm sinh học.",
    "Người nuôi trị bệnh cho đàn gà bằng tỏi.",
    "Gà được chăm sóc và phòng bệnh bằng thảo dược.",
    "Giống lúa chống chịu tốt bệnh đạo ôn.",
    "Xã có trạm y tế khám chữa bệnh.",
    "Giá trị cao, đau đáu một nghề.",
    "Chính trị, quản trị, Quảng Trị ho khan tiếng biển.",
    "Phòng trưng bày, phòng họp, phòng nghỉ.",
    "Phòng Thương mại, phòng lao động, căn phòng và cảm nhận của khách.",
    "Treat everything with care; paper prevents anything from sticking.",
    "Hoa nở, chữ trị giá ngàn vàng.",
    "The cured pork hangs in smoke.",
    "It is cured for twelve months.",
    "Rubbed with curing salt and sugar.",
    "Cured meats and burnt sugar.",
    "Children love the treats of the fair.",
    "Ducks are vaccinated against disease.",
    "The ducks are treated against infections by a vet.",
    "Garlic water prevents disease in ducks.",
    "A healthy meal and a healed roof.",
)


@pytest.mark.parametrize("words", INNOCENT)
def test_what_claims_nothing_is_let_through(words: str) -> None:
    assert spots_in(a_product(body=words)) == []


def test_a_sentence_that_never_ends_is_read_to_its_end() -> None:
    for words in (
        "phòng cho " * 4000,
        "chữa các " * 4000,
        "treated for a " * 3000,
        "vịt được " * 4000,
        "không có " * 4000,
    ):
        assert spots_in(a_product(body=words[:39_000].strip())) == []


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
        ("household", ('zalo: "0912 345 678"',), [f"consent-missing 5:7 {PRODUCER}"]),
        ("unknown", CONTACTS, [f"consent-missing 5:9 {PRODUCER}"]),
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
