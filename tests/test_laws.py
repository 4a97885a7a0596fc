"""The laws, over random catalogues and random edits."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from chance import IDS, contents, picture, sound, texts
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
    product,
    read_yaml,
    site,
    times,
    tiny_templates,
    tree,
    views,
    warm,
    write_yaml,
)

from ocopgen.clashes import clash
from ocopgen.plan import Look, SharedPath, lay_out
from ocopgen.press import CHUNK
from ocopgen.project import Built, Project, build
from ocopgen.views import Head, Story

QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
PURE = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class State:
    """Everything that a build is made from."""

    files: Files
    templates: Mapping[str, str] = field(default_factory=lambda: TINY)
    today: date = TODAY
    base_url: str | None = None


def products_of(state: State) -> list[str]:
    return [path for path in state.files if path.startswith("products/") and path.endswith("index.vi.md")]


@st.composite
def edits(draw: st.DrawFn, before: State) -> State:
    """A state after an edit of one kind: a story, a fact, a photo, a word, a template, the day, or many entries."""
    kinds = ["entries", "entries", "day", "address", "template", "words", "data"]
    kinds += ["story", "facts", "photo"] if products_of(before) else []
    return _EDITS[draw(st.sampled_from(kinds))](draw, before)


def _entries(draw: st.DrawFn, before: State) -> State:
    other, kept = draw(contents()), draw(st.sets(st.sampled_from(IDS)))
    mine = {path: text for path, text in before.files.items() if "/" not in path or path.split("/")[1] in kept}
    theirs = {path: text for path, text in other.items() if path.split("/")[1] not in kept}
    return replace(before, files=sound({**mine, **theirs}))


def _story(draw: st.DrawFn, before: State) -> State:
    path = draw(st.sampled_from(products_of(before)))
    _, facts, _ = str(before.files[path]).split("---\n", 2)
    body = draw(st.sampled_from(("", "Chuyện mới.", "Xem [họ](../../producers/q/).")))
    return replace(before, files={**before.files, path: f"---\n{facts}---\n{body}"})


def _facts(draw: st.DrawFn, before: State) -> State:
    path = draw(st.sampled_from(products_of(before)))
    _, facts, body = str(before.files[path]).split("---\n", 2)
    new = draw(
        st.sampled_from(({"name": "Mới"}, {"draft": True}, {"draft": False}, {"storage": "Khô"}, {"producer": "q"}))
    )
    return replace(before, files={**before.files, path: entry(body, **{**read_yaml(facts), **new})})


def _photo(draw: st.DrawFn, before: State) -> State:
    path = f"{draw(st.sampled_from(products_of(before))).rpartition('/')[0]}/a.png"
    return replace(before, files={**before.files, path: picture(draw(st.sampled_from((810, 820))))})


def _words(draw: st.DrawFn, before: State) -> State:
    words = {**read_yaml(DATA["strings.yml"]), "menu": {"vi": draw(st.sampled_from(("Mục", "Danh"))), "en": "Menu"}}
    return replace(before, files={**before.files, "strings.yml": write_yaml(words)})


def _data(draw: st.DrawFn, before: State) -> State:
    said = {
        **read_yaml(DATA["site.yml"]),
        "policies": {"alcohol_prices": draw(st.booleans())},
        "brochures": draw(st.booleans()),
    }
    return replace(before, files={**before.files, "site.yml": write_yaml(said)})


def _template(draw: st.DrawFn, before: State) -> State:
    name = draw(st.sampled_from(("base.html", "product.html", "style.css", "icon.svg", "redirect.html", "social.svg")))
    return replace(before, templates={**TINY, name: TINY[name].rstrip() + draw(st.sampled_from(("\n", "\n\n")))})


def _day(draw: st.DrawFn, before: State) -> State:
    return replace(before, today=TODAY + timedelta(days=draw(st.sampled_from((0, 1, 700)))))


def _address(draw: st.DrawFn, before: State) -> State:
    return replace(before, base_url=draw(st.sampled_from((None, "https://example.vn/x/"))))


_EDITS: Mapping[str, Callable[[st.DrawFn, State], State]] = {
    "entries": _entries,
    "story": _story,
    "facts": _facts,
    "photo": _photo,
    "words": _words,
    "data": _data,
    "template": _template,
    "day": _day,
    "address": _address,
}


@st.composite
def histories(draw: st.DrawFn) -> list[State]:
    """Some states, each an edit of the one before."""
    states = [State(draw(contents()))]
    for _ in range(3):
        states.append(draw(edits(states[-1])))
    return states


def at(folder: Path, state: State, jobs: int = 1) -> Project:
    """The project of a state in a folder that may hold the site of another."""
    for name in ("content", "templates"):
        shutil.rmtree(folder / name, ignore_errors=True)
    project = site(folder, state.files, state.templates, jobs)
    return replace(project, today=state.today, base_url=state.base_url)


def clean(project: Project) -> tuple[Project, Built]:
    """The same project, built from nothing: no output, no notes; only pictures and fonts were made before."""
    folder = project.output.parent / "clean"
    shutil.rmtree(folder, ignore_errors=True)
    other = replace(project, output=folder / "output", cache=warm(folder / "cache"))
    return other, built(other)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


# --- of the disk ------------------------------------------------------------------------------------------


@QUICK
@given(history=histories())
def test_an_incremental_build_equals_a_clean_one_and_writes_only_what_differs(
    folders: pytest.TempPathFactory, history: list[State]
) -> None:
    folder = folders.mktemp("law")
    before: dict[str, bytes | None] = {}
    stood: dict[str, int] = {}
    for state in history:
        project = at(folder, state)
        done = built(project)
        after, stands = tree(project.output), times(project.output)
        same = [path for path, raw in after.items() if raw is not None and before.get(path) == raw]
        assert [path for path in same if stood[path] != stands[path]] == []
        before, stood = after, stands
    other, anew = clean(project)
    assert before == tree(other.output)
    assert done.problems == anew.problems
    assert built(project).problems == anew.problems
    assert times(project.output) == stood


@QUICK
@given(files=contents())
def test_a_second_build_writes_nothing(folders: pytest.TempPathFactory, files: Files) -> None:
    project = at(folders.mktemp("law"), State(files))
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
    states = State({**files, **many})
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
    last = at(folder, history[-1])
    built(last)
    assert tree(last.output) == tree(clean(last)[0].output)


# --- of the plan ------------------------------------------------------------------------------------------


@PURE
@given(files=contents(), chance=st.integers())
def test_the_order_of_reading_makes_no_difference(files: Files, chance: int) -> None:
    shuffled = list(texts(files).items())
    random.Random(chance).shuffle(shuffled)
    plans = [planned(catalogue(one)) for one in (texts(files), dict(shuffled))]
    assert plans[0] == plans[1]


@PURE
@given(files=contents(), more=st.sampled_from(("san-pham", "trang-2", "moi", "chu-the")), was=st.booleans())
def test_addresses_alone_tell_whether_pages_would_meet(files: Files, more: str, was: bool) -> None:
    page = entry(name="X", summary="…", was=[more]) if was else entry(name="X", summary="…")
    whole = catalogue({**texts(files), page_of("pages", "them" if was else more): page})
    try:
        planned(whole)
        met = False
    except SharedPath:
        met = True
    assert (clash(lay_out(whole, Look(tiny_templates(), TODAY)), whole) is not None) is met


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
