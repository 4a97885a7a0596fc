"""The laws, over random catalogues and random edits."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from sites import (
    DATA,
    TINY,
    TODAY,
    Files,
    Quiet,
    built,
    catalogue,
    entry,
    file_of,
    hrefs,
    lay,
    page_of,
    planned,
    png,
    producer,
    product,
    site,
    stars,
    times,
    tree,
    views,
)

from ocopgen.press import CHUNK
from ocopgen.project import Project, build
from ocopgen.views import Head, Story

QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
PURE = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))

@dataclass(frozen=True)
class State:
    """Everything that a build is made from."""

    files: Files
    templates: Mapping[str, str]
    today: date


@st.composite
def edits(draw: st.DrawFn, before: State) -> State:
    """A state after an edit: some entries of another catalogue, another day or another template."""
    kind = draw(st.sampled_from(("entries", "entries", "entries", "day", "template")))
    if kind == "day":
        return replace(before, today=TODAY + timedelta(days=draw(st.sampled_from((0, 1, 700)))))
    if kind == "template":
        name = draw(st.sampled_from(("base.html", "product.html", "style.css", "icon.svg", "redirect.html")))
        return replace(before, templates={**TINY, name: TINY[name].rstrip() + draw(st.sampled_from(("\n", "\n\n")))})
    other, kept = draw(contents()), draw(st.sets(st.sampled_from(IDS)))
    mine = {path: text for path, text in before.files.items() if path.split("/")[1] in kept}
    theirs = {path: text for path, text in other.items() if path.split("/")[1] not in kept}
    return replace(before, files=sound({**mine, **theirs}))


@st.composite
def histories(draw: st.DrawFn) -> list[State]:
    """Three states, each an edit of the one before."""
    first = State(draw(contents()), TINY, TODAY)
    second = draw(edits(first))
    return [first, second, draw(edits(second))]


def at(folder: Path, state: State, jobs: int = 1) -> Project:
    """The project of a state in a folder that may hold the site of another."""
    for name in ("content", "templates"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return replace(site(folder, state.files, state.templates, jobs), today=state.today)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


# --- of the disk ------------------------------------------------------------------------------------------


@QUICK
@given(history=histories())
def test_an_incremental_build_equals_a_clean_one(folders: pytest.TempPathFactory, history: list[State]) -> None:
    folder = folders.mktemp("law")
    for state in history:
        project = at(folder, state)
        built(project)
    clean = at(folder / "clean", history[-1])
    built(clean)
    assert tree(project.output) == tree(clean.output)


@QUICK
@given(files=contents())
def test_a_second_build_writes_nothing(folders: pytest.TempPathFactory, files: Files) -> None:
    project = at(folders.mktemp("law"), State(files, TINY, TODAY))
    built(project)
    before = times(project.output)
    lay(project.content, {**DATA, **files})
    done = built(project)
    assert done.printed is not None
    assert (done.printed.made, done.printed.removed) == (0, 0)
    assert times(project.output) == before


@settings(QUICK, max_examples=2)
@given(files=contents())
def test_two_workers_make_what_one_makes(folders: pytest.TempPathFactory, files: Files) -> None:
    many = {page_of("products", f"m{n}"): product(f"Sp {n}", producer="p") for n in range(60)}
    states = State({**files, **many}, TINY, TODAY)
    one, two = at(folders.mktemp("law"), states), at(folders.mktemp("law"), states, jobs=2)
    done = built(one).printed, built(two).printed
    assert done[0] is not None
    assert done[0].made > CHUNK
    assert done[0] == done[1]
    assert tree(one.output) == tree(two.output)


@QUICK
@given(history=histories())
def test_a_failed_build_keeps_the_old_site_and_the_next_good_one_repairs_it(
    folders: pytest.TempPathFactory, history: list[State]
) -> None:
    folder = folders.mktemp("law")
    project = at(folder, history[0])
    built(project)
    before = tree(project.output)
    broken = at(folder, replace(history[1], files={**history[1].files, page_of("products", "z"): product(stars=6)}))
    assert not build(broken, Quiet()).published
    assert tree(project.output) == before
    last = at(folder, history[2])
    built(last)
    clean = at(folder / "clean", history[2])
    built(clean)
    assert tree(last.output) == tree(clean.output)


# --- of the plan ------------------------------------------------------------------------------------------


@PURE
@given(files=contents(), chance=st.integers())
def test_the_order_of_reading_makes_no_difference(files: Files, chance: int) -> None:
    shuffled = list(texts(files).items())
    random.Random(chance).shuffle(shuffled)
    plans = [planned(catalogue(one)) for one in (texts(files), dict(shuffled))]
    assert [(one.path, one.recipe.key) for one in plans[0]] == [(one.path, one.recipe.key) for one in plans[1]]


@PURE
@given(files=contents())
def test_every_link_leads_to_a_file(files: Files) -> None:
    artifacts = planned(catalogue(texts(files)))
    paths = {one.path for one in artifacts}
    for path, view in views(artifacts).items():
        story = getattr(view, "story", None)
        assert {file_of(href) for href in hrefs(view) | written(story)} <= paths, path


def written(story: Story | None) -> set[str]:
    """The addresses inside the site that a story leads to."""
    return set(re.findall(r'href="(?:\.\./)+([^"#]*)', story.html)) if story else set()


@PURE
@given(files=contents())
def test_both_languages_have_the_same_pages(files: Files) -> None:
    found = views(planned(catalogue(texts(files))))
    twins = {}
    for path, view in found.items():
        head = getattr(view, "head", None)
        if isinstance(head, Head):
            twins[path] = {file_of(one.href) for one in head.alternates}
    assert all(path in both and len(both) == 2 for path, both in twins.items())
    assert all(twins[other] == both for both in twins.values() for other in both)
    redirects = [path.split("/")[0] for path in found if path not in twins and "/" in path]
    assert redirects.count("vi") == redirects.count("en")


PLAIN = str, int, float, bool, type(None), date, Decimal, Enum, Markup


@PURE
@given(files=contents())
def test_views_are_made_only_of_values_whose_form_tells_all(files: Files) -> None:
    strange: set[type] = set()

    def walk(value: object) -> None:
        if isinstance(value, tuple):
            for item in value:
                walk(item)
        elif is_dataclass(value) and value.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            for one in fields(value):
                walk(getattr(value, one.name))
        elif not isinstance(value, PLAIN):
            strange.add(type(value))

    for view in views(planned(catalogue(texts(files)))).values():
        walk(view)
    assert strange == set()
