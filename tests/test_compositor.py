"""Bodies are rendered once, here or side by side, and what was noted is what would be rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocopgen import compositor as module
from ocopgen import prose
from ocopgen.compositor import set_bodies
from ocopgen.notebook import Notebook
from ocopgen.pool import Pool
from ocopgen.prose import Prose, render

BODIES = ["**Tỏi** đen", "![Hộp](hop.jpg) [a](../b/)", "<script>x</script>", "[" * 500, "", "- 1\n- 2"]


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "_known", {})


def noted(folder: Path, bodies: list[str], pool: Pool | None = None) -> None:
    notes = Notebook(folder)
    set_bodies(bodies, notes, pool)
    notes.save()


def test_what_was_noted_is_what_would_be_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = [render(body) for body in BODIES]
    assert {one.fault for one in fresh} == {"", "body-tangled"}
    noted(tmp_path, BODIES)
    monkeypatch.setattr(prose, "_known", {})
    monkeypatch.setattr(prose, "_rendered", None)
    set_bodies(BODIES, Notebook(tmp_path), None)
    assert [render(body) for body in BODIES] == fresh


def test_many_bodies_are_rendered_side_by_side_to_the_same_prose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY", 3)
    monkeypatch.setattr(module, "CHUNK", 2)
    fresh = [render(body) for body in BODIES]
    monkeypatch.setattr(prose, "_known", {})
    with Pool(2) as pool:
        monkeypatch.setattr(prose, "_markdown", None)
        noted(tmp_path, BODIES, pool)
    assert [render(body) for body in BODIES] == fresh


def test_prose_of_another_version_is_no_prose_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(tmp_path, ["a"])
    monkeypatch.setattr(prose, "_known", {})
    monkeypatch.setattr(module, "VERSION", 0)
    monkeypatch.setattr(prose, "_rendered", lambda body: Prose("anew"))
    set_bodies(["a"], Notebook(tmp_path), None)
    assert render("a").html == "anew"
