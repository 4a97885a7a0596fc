"""The cache: what the disk has spoiled is missing, what was used is young, what is over the limits is surplus."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sites import lay

from ocopgen.cache import DAY, SEAL, Cache, Unread


@pytest.mark.parametrize("harm", [b"", b"one", b"x" * SEAL, b"x" * 99, None])
def test_what_the_disk_has_spoiled_is_missing(tmp_path: Path, harm: bytes | None) -> None:
    cache = Cache(tmp_path)
    cache.put("key1", b"one")
    assert (cache.get("key1"), cache.size("key1")) == (b"one", 3)
    (kept,) = (one for one in tmp_path.rglob("*") if one.is_file())
    kept.write_bytes(kept.read_bytes()[:-1] if harm is None else harm)
    assert cache.get("key1") is None
    assert cache.size("key1") == (max(0, len(kept.read_bytes()) - SEAL) or None)


def test_nothing_is_kept_under_a_key_that_was_never_put(tmp_path: Path) -> None:
    assert Cache(tmp_path).get("key1") is None
    assert Cache(tmp_path).size("key1") is None
    assert Cache(tmp_path / "none").files() == []


def test_what_is_only_written_is_always_made_anew(tmp_path: Path) -> None:
    Unread(tmp_path).put("key1", b"one")
    assert Unread(tmp_path).get("key1") is None
    assert Cache(tmp_path).get("key1") == b"one"


def test_a_file_that_is_used_becomes_young_again_but_not_more_than_daily(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key1", b"one")
    (kept,) = (one.path for one in cache.files())
    hour_ago = time.time() - 3600
    os.utime(kept, (hour_ago, hour_ago))
    cache.get("key1")
    assert kept.stat().st_mtime == pytest.approx(hour_ago)
    os.utime(kept, (0, 0))
    cache.get("key1")
    assert kept.stat().st_mtime > hour_ago


def test_the_surplus_is_the_old_the_least_used_and_what_was_left_behind(tmp_path: Path) -> None:
    now = time.time()
    ages = {"aa/new.kept": 0, "aa/week.kept": 7, "ab/month.kept": 30, "ab/.left.kept.99": 2, "ab/.being.kept.98": 0}
    for name, days in ages.items():
        lay(tmp_path, {name: b"x" * 10})
        os.utime(tmp_path / name, (now - days * DAY, now - days * DAY))
    cache = Cache(tmp_path)

    def surplus(most: int, days: int) -> set[str]:
        return {one.path.name for one in cache.surplus(most, now - days * DAY)}

    assert surplus(1000, 20) == {"month.kept", ".left.kept.99"}
    assert surplus(1000, 5) == {"month.kept", ".left.kept.99", "week.kept"}
    assert surplus(40, 90) == {"month.kept", ".left.kept.99"}
    assert surplus(0, 90) == {Path(name).name for name in ages}
