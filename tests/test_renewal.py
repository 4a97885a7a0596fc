"""What is due of recognitions: stages at their limits, days and windows, who holds them, and what may be told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from making import PRODUCER, PRODUCT, TODAY, a_catalogue, a_producer, a_product

from ocopgen.renewal import Holder, Renewal, Stage, most_urgent, renewals

DECIDED = date(2024, 1, 10)
END = date(2027, 1, 10)
"""36 months later."""


def one_of(facts: str, today: date = TODAY, **more: object) -> Renewal:
    """What is due of a product with this recognition."""
    files = {PRODUCT: a_product(f"recognitions: [{{stars: 4, {facts}}}]", **more)}
    (holder,) = renewals(a_catalogue(**files), today)
    return holder.renewals[0]


PAPER = "decision: {number: 1/QĐ-UBND, date: 2024-01-10, by: UBND tỉnh}"


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        (181, Stage.VALID),
        (180, Stage.OPEN),
        (120, Stage.OPEN),
        (119, Stage.CLOSED),
        (1, Stage.CLOSED),
        (0, Stage.ENDED),
        (-400, Stage.ENDED),
    ],
)
def test_a_stage_begins_and_ends_on_its_day(before: int, stage: Stage) -> None:
    found = one_of(PAPER, END - timedelta(before))
    assert (found.stage, found.end, found.days) == (stage, END, before)


def test_the_filing_window_is_from_180_to_120_days_before_the_end() -> None:
    found = one_of(PAPER, date(2026, 8, 1))
    assert (found.opens, found.closes) == (date(2026, 7, 14), date(2026, 9, 12))
    assert one_of(PAPER, found.opens or TODAY).stage is Stage.OPEN
    assert one_of(PAPER, found.closes or TODAY).stage is Stage.OPEN
    assert one_of(PAPER, date(2026, 9, 13)).stage is Stage.CLOSED
    assert one_of(PAPER, END).opens is None


def test_the_day_of_another_end_counts() -> None:
    found = one_of(f"{PAPER}, ends: 2026-12-01, ends_reason: gộp", date(2026, 11, 28))
    assert (found.end, found.days, found.stage) == (date(2026, 12, 1), 3, Stage.CLOSED)


def test_an_extension_ends_after_its_last_day() -> None:
    extended = f"{PAPER}, extended: {{until: 2027-03-01, source: {{title: Công văn}}}}"
    found = one_of(extended, date(2027, 2, 1))
    assert (found.stage, found.end, found.days) == (Stage.EXTENDED, date(2027, 3, 2), 29)
    assert (found.extended, found.opens) == (date(2027, 3, 1), None)
    assert one_of(extended, date(2027, 3, 2)).stage is Stage.ENDED
    assert one_of(extended, date(2026, 12, 1)).stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ("year: 2021, evidence: press", Stage.UNKNOWN),
        ("decision: {date: 2024-01-10}", Stage.UNKNOWN),
        (f"{PAPER}, withdrawn: {{date: 2026-01-01, source: {{title: Thu hồi}}}}", Stage.WITHDRAWN),
    ],
)
def test_without_a_decision_or_after_a_withdrawal_no_day_is_told(facts: str, stage: Stage) -> None:
    found = one_of(facts)
    assert found.stage is stage
    assert (found.end, found.days, found.opens, found.closes) == (None, None, None, None)


def test_what_was_only_proposed_is_not_told() -> None:
    for line in ("recognitions: [{stars: 3, evidence: proposed}]", "tags: [a]"):
        assert renewals(a_catalogue(**{PRODUCT: a_product(line)}), TODAY) == ()


def test_a_draft_is_marked() -> None:
    assert one_of(PAPER, draft="true").draft


# --- holders ----------------------------------------------------------------------------------------------


def due(name: str, producer: str, day: str, number: int = 1) -> dict[str, str]:
    paper = f"recognitions: [{{stars: 3, decision: {{number: {number}/QĐ, date: {day}}}}}]"
    return {f"products/{name}/index.vi.md": a_product(paper, name=name, producer=producer)}


def test_the_producer_with_the_most_urgent_recognition_is_first() -> None:
    files = {
        PRODUCT: None,
        "producers/b/index.vi.md": a_producer(name="B"),
        "producers/a/index.vi.md": a_producer(name="A"),
        **due("con-lau", "b", "2026-01-01"),
        **due("sap-het", "b", "2024-01-10"),
        **due("trong-han", "a", "2024-04-20"),
        **due("da-het", "truong-an", "2020-04-20"),
        **due("moi-het", "truong-an", "2023-11-01"),
    }
    found = renewals(a_catalogue(**files), TODAY)
    assert [(one.id, [each.product for each in one.renewals]) for one in found] == [
        ("b", ["products/sap-het", "products/con-lau"]),
        ("a", ["products/trong-han"]),
        ("truong-an", ["products/moi-het", "products/da-het"]),
    ]
    assert [one.name.source for one in most_urgent(found, 5)] == ["sap-het", "trong-han"]
    assert [one.name.source for one in most_urgent(found, 1)] == ["sap-het"]


def holder(*lines: str, kind: str) -> Holder:
    files = {PRODUCT: a_product(f"recognitions: [{{stars: 4, {PAPER}}}]"), PRODUCER: a_producer(*lines, kind=kind)}
    (found,) = renewals(a_catalogue(**files), TODAY)
    return found


REACHED = 'phones: ["0912345678", "02273123456"]', 'zalo: "0912345678"', "email: an@example.vn", "address: Thôn Đông"


def test_an_enterprise_is_reached_by_each_number_once() -> None:
    found = holder(*REACHED, kind="enterprise")
    assert (found.phones, found.email, found.withheld) == (("0912345678", "02273123456"), "an@example.vn", ())


@pytest.mark.parametrize("kind", ["household", "unknown"])
def test_contacts_of_a_person_without_consent_are_not_told_only_which_there_are(kind: str) -> None:
    found = holder(*REACHED, kind=kind)
    assert (found.phones, found.email) == ((), None)
    assert found.withheld == ("phones", "address", "email")


def test_what_a_person_agreed_to_is_told() -> None:
    found = holder(*REACHED, "consent: {date: 2026-01-01, scope: [phones]}", kind="household")
    assert (found.phones[0], found.email, found.withheld) == ("0912345678", None, ("address", "email"))
