"""The criteria are told of those sets that they are known for, with the points that were read."""

from __future__ import annotations

import pytest

from ocopgen.criteria import BY_CODE, CRITERIA, criteria_of


@pytest.mark.parametrize(
    ("product_set", "codes"),
    [
        (1, ["5.1", "5.2", "5.3", "2.3", "2.4", "4.1", "4.3", "10"]),
        (22, ["5.1", "5.2", "5.3", "2.3", "2.4", "4.1", "4.3", "10"]),
        (23, ["5.1", "5.2", "5.3", "2.3", "4.1", "4.3", "10"]),
        (26, ["4.4, 4.5, 5.1"]),
        (27, []),
    ],
)
def test_a_set_is_told_of_its_own_criteria(product_set: int, codes: list[str]) -> None:
    assert [one.code for one in criteria_of(product_set)] == codes


def test_what_was_read_in_another_set_is_known_to_be_so() -> None:
    assert all(one.read <= one.sets for one in CRITERIA)
    assert [one.code for one in criteria_of(7) if 7 not in one.read] == []
    assert [one.code for one in criteria_of(3) if 3 in one.read] == ["5.1", "2.4"]


def test_the_points_are_those_that_were_read() -> None:
    assert {one.code: one.points for one in CRITERIA} == {
        "5.1": "5",
        "5.2": "2",
        "5.3": "5",
        "2.3": "3",
        "2.4": "1",
        "4.1": "5",
        "4.3": "5",
        "10": "2",
        "4.4, 4.5, 5.1": "4, 3, 4",
    }
    assert len(BY_CODE) == len(CRITERIA)
