"""The status of a star on a day (domain 1.5), and which recognition counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import a_product, a_recognition, spots_in, the_product

from ocopgen.model import Consent, Place, Producer, Product, Recognition, Status, months_after
from ocopgen.text import Text

DECIDED = date(2022, 4, 26)
END = date(2025, 4, 26)
PAPER = "stars: 4, decision: {number: 86/QĐ-UBND, date: 2022-04-26}"
RENEWING = f"{PAPER}, extended: {{until: 2025-10-01, source: {{title: Công văn}}}}"
LONG = f"{PAPER}, extended: {{until: 2026-12-31, source: {{title: Công văn}}}}"
WITHDRAWN = f"{PAPER}, withdrawn: {{date: 2023-01-01, source: {{title: Quyết định}}}}"


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("facts", "today", "status"),
    [
        (PAPER, "2022-04-26", Status.VALID),  # the day of the decision is in effect
        (PAPER, "2022-04-25", Status.UNKNOWN),  # the decision is still to come
        (PAPER, "2024-10-27", Status.VALID),  # 181 days remain
        (PAPER, "2024-10-28", Status.ENDING),  # 180 days remain
        (PAPER, "2025-04-25", Status.ENDING),  # the last day in effect
        (PAPER, "2025-04-26", Status.ENDED),  # the first day without effect
        (RENEWING, "2025-04-25", Status.ENDING),
        (RENEWING, "2025-04-26", Status.EXTENDED),
        (RENEWING, "2025-10-01", Status.EXTENDED),  # as long as the extension says
        (RENEWING, "2025-10-02", Status.ENDED),
        (LONG, "2025-10-23", Status.EXTENDED),  # 180 days past the end
        (LONG, "2025-10-24", Status.ENDED),  # an extension of more is cut
        (WITHDRAWN, "2022-12-31", Status.VALID),
        (WITHDRAWN, "2023-01-01", Status.WITHDRAWN),
        (WITHDRAWN, "2030-01-01", Status.WITHDRAWN),  # beats ended
        (f"{RENEWING}, withdrawn: {{date: 2025-05-01, source: {{title: Q}}}}", "2025-06-01", Status.WITHDRAWN),
        ("stars: 4, withdrawn: {date: 2023-01-01, source: {title: Q}}", "2026-01-01", Status.WITHDRAWN),
        ("stars: 4", "2026-01-01", Status.UNKNOWN),
        (f"{PAPER}, evidence: proposed", "2022-05-01", Status.UNKNOWN),  # said otherwise, a decision proves nothing
        (f"{PAPER}, evidence: producer", "2022-05-01", Status.UNKNOWN),
        (f"{WITHDRAWN}, evidence: proposed", "2026-01-01", Status.UNKNOWN),
        (f"{PAPER}, evidence: press", "2022-05-01", Status.VALID),
        ("stars: 4, year: 2024, evidence: press", "2026-01-01", Status.UNKNOWN),
        ("stars: 4, decision: {number: 86/QĐ-UBND}", "2022-05-01", Status.UNKNOWN),
        ("stars: 4, decision: {date: 2022-04-26}", "2022-05-01", Status.UNKNOWN),
        ("stars: 4, decision: {date: 2022-04-26}, ends: 2030-01-01", "2022-05-01", Status.UNKNOWN),
        (f"{PAPER}, ends: 2024-01-01, ends_reason: Ngừng sản xuất", "2024-01-01", Status.ENDED),
        (f"{PAPER}, ends: 2026-01-01, ends_reason: Theo giấy", "2025-05-01", Status.VALID),
    ],
)
def test_the_status_of_a_star_follows_from_its_papers_and_the_day(facts: str, today: str, status: Status) -> None:
    assert a_recognition(facts).status(day(today)) is status


def test_a_star_is_in_effect_while_valid_ending_or_extended() -> None:
    assert [one.name for one in Status if one.in_effect] == ["VALID", "ENDING", "EXTENDED"]


@pytest.mark.parametrize(
    ("decided", "end"),
    [("2020-02-04", "2023-02-04"), ("2024-02-29", "2027-02-28"), ("2021-08-31", "2024-08-31")],
)
def test_a_certificate_ends_on_the_same_day_three_years_later(decided: str, end: str) -> None:
    assert months_after(day(decided), 36) == day(end)


def test_months_are_counted_over_the_year_and_clamped_at_its_short_months() -> None:
    assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_after(date(2025, 10, 31), 1) == date(2025, 11, 30)
    assert months_after(date(2025, 1, 15), 0) == date(2025, 1, 15)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_a_month_later_is_never_more_than_a_month_later(start: date, months: int) -> None:
    later = months_after(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day == start.day or (later + timedelta(days=1)).day == 1


@given(st.dates(date(2018, 1, 1), date(2040, 1, 1)))
def test_every_day_has_one_status_and_they_come_in_order(today: date) -> None:
    recognition = a_recognition(RENEWING)
    order = (Status.UNKNOWN, Status.VALID, Status.ENDING, Status.EXTENDED, Status.ENDED)
    tomorrow = recognition.status(today + timedelta(days=1))
    assert 0 <= order.index(tomorrow) - order.index(recognition.status(today)) <= 1


@pytest.mark.parametrize(
    ("facts", "newest"),
    [("year: 2021, decision: {date: 2022-04-26}", "2022-04-26"), ("year: 2021", "2021-01-01"), ("kind: first", "None")],
)
def test_a_recognition_is_as_new_as_its_decision_else_its_year(facts: str, newest: str) -> None:
    assert str(a_recognition(f"stars: 3, {facts}").newest) == newest


# --- which recognition counts -----------------------------------------------------------------------------

UPGRADE = "{stars: 4, kind: upgrade, decision: {number: 2/QĐ, date: 2024-06-01}}"
FIRST = "{stars: 3, kind: first, decision: {number: 1/QĐ, date: 2022-04-26}}"
PRESS = "{stars: 5, year: 2026, evidence: press}"
PROPOSED = "{stars: 5, year: 2026, evidence: proposed}"
PULLED = "{stars: 4, decision: {number: 2/QĐ, date: 2024-06-01}, withdrawn: {date: 2025-01-01, source: {title: Q}}}"


def counting(today: str, *recognitions: str) -> str:
    product = the_product(a_product("recognitions:", *(f"  - {one}" for one in recognitions)))
    one = product.recognition(day(today))
    return f"{one.stars} {one.status(day(today)).value}" if one else "none"


def test_the_newest_recognition_in_effect_counts() -> None:
    assert counting("2024-06-01", UPGRADE, FIRST) == "4 valid"


def test_before_its_day_an_upgrade_leaves_the_older_stars_standing() -> None:
    assert counting("2024-05-31", UPGRADE, FIRST) == "3 valid"


def test_what_the_press_says_does_not_displace_a_decision_in_effect() -> None:
    assert counting("2026-01-01", PRESS, UPGRADE, FIRST) == "4 valid"


def test_a_withdrawn_upgrade_does_not_bring_back_the_older_stars() -> None:
    assert counting("2025-02-01", PULLED, FIRST) == "4 withdrawn"
    assert counting("2024-12-31", PULLED, FIRST) == "4 valid"


def test_an_upgrade_that_ended_early_does_not_bring_back_the_older_stars() -> None:
    ended = "{stars: 4, decision: {number: 2/QĐ, date: 2024-06-01}, ends: 2025-01-01, ends_reason: Q}"
    assert counting("2025-02-01", ended, FIRST) == "4 ended"


def test_what_is_unknown_above_a_withdrawal_does_not_uncover_what_lies_below_it() -> None:
    assert counting("2025-02-01", PRESS, PULLED, FIRST) == "5 unknown"


def test_a_proposal_never_counts() -> None:
    assert counting("2026-01-01", PROPOSED) == "none"
    assert counting("2026-01-01", PROPOSED, UPGRADE) == "4 valid"
    assert counting("2030-01-01", PROPOSED, UPGRADE) == "4 ended"
    assert counting("2026-01-01", PROPOSED, PRESS) == "5 unknown"


def test_a_producers_own_word_counts_as_unknown() -> None:
    own_word = "{stars: 5, evidence: producer, decision: {number: 2/QĐ, date: 2024-06-01}}"
    assert counting("2025-01-01", own_word) == "5 unknown"
    assert counting("2025-01-01", own_word, FIRST) == "3 ending"


def test_with_nothing_in_effect_the_newest_of_all_counts() -> None:
    assert counting("2030-01-01", UPGRADE, FIRST) == "4 ended"
    assert counting("2030-01-01", PRESS, UPGRADE) == "5 unknown"


def test_a_product_without_recognitions_has_none() -> None:
    assert the_product(a_product()).recognition(DECIDED) is None


# --- contacts ---------------------------------------------------------------------------------------------


def a_maker(kind: str, *scope: str, **facts: object) -> Producer:
    consent = Consent(date=DECIDED, scope=scope) if scope else None
    return Producer(name=Text(()), kind=kind, place=Place(), consent=consent, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["household", "unknown"])
def test_a_household_or_who_may_be_one_publishes_only_what_it_agreed_to(kind: str) -> None:
    assert not a_maker(kind).publishes("phones")
    assert a_maker(kind, "phones").publishes("phones")
    assert not a_maker(kind, "phones").publishes("address")


CONTACTS = {"phones": ("0912345678",), "address": "Thôn 1", "email": "a@b.vn"}


@pytest.mark.parametrize(
    ("maker", "withheld"),
    [
        (a_maker("household", **CONTACTS), ("phones", "address", "email")),
        (a_maker("unknown", **CONTACTS), ("phones", "address", "email")),
        (a_maker("household", "address", **CONTACTS), ("phones", "email")),
        (a_maker("household", zalo="0912345678"), ("phones",)),
        (a_maker("household", "phones", zalo="0912345678"), ()),
        (a_maker("household"), ()),
        (a_maker("enterprise", **CONTACTS), ()),
        (a_maker("enterprise", "phones", **CONTACTS), ("address", "email")),
    ],
)
def test_what_is_withheld_is_what_is_there_and_not_agreed_to(maker: Producer, withheld: tuple[str, ...]) -> None:
    assert maker.withheld == withheld


def test_an_enterprise_publishes_its_contacts_unless_it_said_which() -> None:
    assert a_maker("enterprise").publishes("email")
    assert not a_maker("enterprise", "phones").publishes("email")


def test_values_are_frozen_and_take_no_unknown_field() -> None:
    assert Product.model_config["frozen"]
    assert Recognition.model_config["extra"] == "forbid"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("season: [3, 4]", ""),
        ("season: [3, 3]", "listed-twice"),
        ("sources: [{title: A, lang: en}]", ""),
        ("sources: [{title: A, lang: tiếng Anh}]", "value-wrong"),
    ],
)
def test_months_stand_once_and_languages_are_codes(line: str, code: str) -> None:
    assert [one.partition(" ")[0] for one in spots_in(a_product(line))] == ([code] if code else [])
