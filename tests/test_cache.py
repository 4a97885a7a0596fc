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


KEYS = [f"{number:02x}{'0' * 30}" for number in range(5)]


def test_a_file_that_is_used_becomes_young_again_but_not_more_than_daily(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEYS[0], b"one")
    (kept,) = (one.path for one in cache.files())
    hour_ago = time.time() - 3600
    os.utime(kept, (hour_ago, hour_ago))
    cache.get(KEYS[0])
    assert kept.stat().st_mtime == pytest.approx(hour_ago)
    os.utime(kept, (0, 0))
    cache.get(KEYS[0])
    assert kept.stat().st_mtime > hour_ago


def test_the_surplus_is_the_old_the_least_used_and_what_was_left_behind(tmp_path: Path) -> None:
    now = time.time()
    new, week, month, left, being = KEYS
    names = f"{new}.kept", f"{week}.kept", f"{month}.kept", f".{left}.kept.99", f".{being}.kept.98"
    for name, days in zip(names, (0, 7, 30, 2, 0), strict=True):
        file = lay(tmp_path, {f"{name.lstrip('.')[:2]}/{name}": b"x" * 10}) / f"{name.lstrip('.')[:2]}/{name}"
        os.utime(file, (now - days * DAY, now - days * DAY))
    cache = Cache(tmp_path)

    def surplus(most: int, days: int) -> set[str]:
        return {one.path.name for one in cache.surplus(most, now - days * DAY)}

    assert surplus(1000, 20) == {names[2], names[3]}
    assert surplus(1000, 5) == {names[1], names[2], names[3]}
    assert surplus(40, 90) == {names[2], names[3]}
    assert surplus(0, 90) == set(names)


@pytest.mark.parametrize("name", ["vi/index.html", "ab/thesis.doc", f"ab/{KEYS[0]}.kept", "ab/ab/x", f"zz/{KEYS[1]}"])
def test_what_is_not_ours_is_never_surplus(tmp_path: Path, name: str) -> None:
    file = lay(tmp_path, {name: b"x"}) / name
    os.utime(file, (0, 0))
    assert Cache(tmp_path).surplus(0, time.time()) == []
