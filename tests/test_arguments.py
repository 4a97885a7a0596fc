"""What commands share: words become values, the day in Việt Nam, the processors there are."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

import pytest
from sites import lay

from ocopgen.arguments import a_base_url, a_date, processors, today_in_vietnam


def test_today_is_the_day_in_viet_nam() -> None:
    assert abs((today_in_vietnam() - date.today()).days) <= 1
    assert processors() >= 1


def test_an_address_ends_with_a_slash_and_a_day_is_a_day() -> None:
    assert a_base_url("https://example.vn/x") == a_base_url("https://example.vn/x/") == "https://example.vn/x/"
    assert a_date("2026-11-23") == date(2026, 11, 23)
    with pytest.raises(ArgumentTypeError, match="2026-11-23"):
        a_date("today")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cpu.max": b"max 100000\n"}, None),
        ({"cpu.max": b"100000 100000\n"}, 1),
        ({"cpu.max": b"50000 100000\n"}, 1),
        ({"cpu.max": b"nonsense"}, None),
        ({"cpu.max": b"10000000 100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": b"100000\n", "cpu/cpu.cfs_period_us": b"100000\n"}, 1),
        ({"cpu/cpu.cfs_quota_us": b"-1\n", "cpu/cpu.cfs_period_us": b"100000\n"}, None),
        ({}, None),
    ],
)
def test_no_more_processes_than_the_container_may_use(
    tmp_path: Path, files: dict[str, bytes], expected: int | None
) -> None:
    lay(tmp_path, files)
    assert processors(tmp_path) == (expected or processors(tmp_path / "none"))
