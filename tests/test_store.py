"""The tools of recipes on disk: templates and drawings by name, costly bytes made once, pictures as they were seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import SVG, lay

from ocopgen.cache import Cache
from ocopgen.html import Templates
from ocopgen.recipe import Source, digest
from ocopgen.store import Workshop, illustrations, read_templates


def test_templates_and_drawings_are_read_by_name(tmp_path: Path) -> None:
    lay(tmp_path, {"a.html": "A", "s.css": "C", "notes.txt": "x", "illustrations/set-03.svg": SVG})
    assert read_templates(tmp_path).sources == {"a.html": "A", "s.css": "C"}
    assert illustrations(tmp_path / "illustrations") == {"set-03": tmp_path / "illustrations/set-03.svg"}


def test_costly_bytes_are_made_once(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path / "cache"))
    made: list[str] = []

    def make() -> dict[str, bytes]:
        made.append("x")
        return {"key1": b"one", "key2": b"two"}

    assert [workshop.kept("key1", make), workshop.kept("key1", make), workshop.kept("key2", make)] == [
        b"one",
        b"one",
        b"two",
    ]
    assert made == ["x"]
    assert workshop.cache.size("key2") == 3
    assert workshop.cache.size("key3") is None
    assert workshop.cache.get("key3") is None


def test_what_the_disk_has_spoiled_is_made_anew(tmp_path: Path) -> None:
    workshop = Workshop(Templates({}), {}, Cache(tmp_path))
    workshop.cache.put("key1", b"one")
    (kept,) = (one for one in tmp_path.rglob("*") if one.is_file())
    kept.write_bytes(kept.read_bytes()[:-1])
    assert workshop.kept("key1", lambda: {"key1": b"one"}) == b"one"
    assert workshop.cache.get("key1") == b"one"


def test_a_picture_that_changed_since_it_was_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    workshop = Workshop(Templates({}), {digest(b"x"): path}, Cache(tmp_path))
    assert workshop.source(digest(b"x")) == Source(digest(b"x")).make(workshop) == b"x"
    path.write_bytes(b"y")
    with pytest.raises(OSError, match="changed"):
        workshop.source(digest(b"x"))
