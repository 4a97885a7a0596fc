"""Sheets: an entry's files follow from it and its neighbours alone; a sheet has another key when they may differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pytest
from chance import contents, sound, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import (
    AWKWARD,
    DATA,
    DRAWINGS,
    TODAY,
    Files,
    catalogue,
    entry,
    page_of,
    photo,
    producer,
    product,
    read_content,
    read_yaml,
    stars,
    tiny_templates,
    write_yaml,
)

from ocopgen.catalogue import Catalogue, Ground, Key
from ocopgen.companions import COMPANIONS
from ocopgen.gallery import Gallery
from ocopgen.holdings import Holdings
from ocopgen.html import Templates
from ocopgen.packing import pack, unpack
from ocopgen.photo import PhotoFile
from ocopgen.plan import Layout, Look, SharedPath, lay_out, plan, with_posters
from ocopgen.prose import render
from ocopgen.recipe import Recipe, digest
from ocopgen.reference import DATA_FILES
from ocopgen.sheets import Case, Planned, sheets
from ocopgen.study import Fingerprints, Story, body_of

Recipes = dict[str, Recipe]


def holdings(whole: Catalogue) -> Holdings:
    """The entries of a catalogue as a build keeps them."""
    ground = Ground({name: getattr(whole, name.removesuffix(".yml")) for name in DATA_FILES})
    packed = {key: pack(one.model_copy(update={"body": None})) for key, one in whole.entries}
    return Holdings(ground, packed, whole.photos)


def stories(whole: Catalogue, key: Key | None) -> list[Story]:
    """The stories of an entry as a build keeps them; what is no entry has none."""
    body = whole.entry_by_key[key].body if key else None
    return [unpack(pack(Story(lang, words, render(words)))) for lang, words in (body.words if body else ())]


def prints(whole: Catalogue) -> dict[Key, Fingerprints]:
    """The fingerprints of entries, of their facts with their photos and of their stories."""
    return {
        key: Fingerprints(
            digest(repr(one.model_copy(update={"body": None})), repr(whole.photos.get(key))), digest(repr(one.body))
        )
        for key, one in whole.entries
    }


@dataclass(frozen=True)
class Shop:
    """A catalogue, planned whole and sheet by sheet."""

    whole: Catalogue
    look: Look

    @cached_property
    def layout(self) -> Layout:
        return lay_out(self.whole, self.look)

    @cached_property
    def case(self) -> Case:
        return Case(self.layout, holdings(self.whole), tuple(key for key, _ in self.whole.entries), DRAWINGS, {})

    @cached_property
    def sheets(self) -> dict[str, Planned]:
        frames = "".join(one.digest for one in self.layout.settings.values())
        found = sheets(self.layout, self.whole, prints(self.whole), digest(frames, str(self.look.today)))
        return {one.sheet.name: one for one in found}

    @cached_property
    def keys(self) -> dict[str, str]:
        return {name: one.sheet.key for name, one in self.sheets.items()}

    def planned(self) -> Recipes:
        """Every file of the site, planned from the whole catalogue with all its stories."""
        gallery = Gallery(self.whole, DRAWINGS)
        return {one.path: one.recipe for one in plan(with_posters(gallery, self.layout), self.look)}

    def of(self, name: str, case: Case | None = None) -> Recipes:
        """The files of a sheet."""
        planned = self.sheets[name]
        made = (case or self.case).artifacts(planned, stories(self.whole, planned.subject))
        return {one.path: one.recipe for one in made}


def shop(
    files: Files,
    photos: Iterable[PhotoFile] = (),
    data: Files = DATA,
    templates: Templates | None = None,
    today: date = TODAY,
    base_url: str | None = None,
) -> Shop:
    return Shop(catalogue(files, photos, data), Look(templates or tiny_templates(), today, base_url))


def awkward(base_url: str | None = None) -> Shop:
    files = read_content(AWKWARD).texts
    return shop(files, [photo("products/ten-rat-dai/ngang.png"), photo("news/hoi-cho/a.jpg")], base_url=base_url)


ADDRESSES = None, "https://example.vn/x/"
PURE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

# --- from the neighbours alone ----------------------------------------------------------------------------


def assert_sheets_are_the_plan(one: Shop) -> None:
    """All sheets together, each planned by itself, are the whole site."""
    together: Recipes = {}
    for name in one.sheets:
        for path, recipe in one.of(name).items():
            assert together.setdefault(path, recipe) == recipe, (name, path)
    whole = one.planned()
    assert together.keys() == whole.keys()
    assert [path for path in whole if whole[path] != together[path]] == []


@pytest.mark.parametrize("base_url", ADDRESSES)
def test_the_sheets_of_the_awkward_site_are_what_the_whole_catalogue_gives(base_url: str | None) -> None:
    one = awkward(base_url)
    assert len(one.sheets) > 40
    assert_sheets_are_the_plan(one)


@PURE
@given(files=contents(), base_url=st.sampled_from(ADDRESSES))
def test_the_sheets_of_any_site_are_what_the_whole_catalogue_gives(files: Files, base_url: str | None) -> None:
    photos = [photo(path) for path in files if path.endswith(".png")]
    assert_sheets_are_the_plan(shop(texts(files), photos, base_url=base_url))


def test_a_case_in_another_process_gives_the_same_files() -> None:
    one = awkward("https://example.vn/x/")
    layout = replace(one.layout, templates=Templates(dict(one.layout.templates.sources)))
    other = Case(layout, Holdings(*one.case.holdings.__reduce__()[1]), *one.case.__reduce__()[1][2:])  # type: ignore[arg-type]
    assert all(one.of(name, other) == one.of(name) for name in one.sheets)


def test_a_case_that_let_go_of_what_it_had_made_gives_the_same_files() -> None:
    one = awkward("https://example.vn/x/")
    before = {name: one.of(name) for name in one.sheets}
    opened = one.case.holdings.opened
    one.case.spare(opened)
    assert one.case.holdings.opened == opened > 0
    one.case.spare(opened - 1)
    assert (one.case.holdings.opened, {"whole", "pieces"} & vars(one.case).keys()) == (0, set())
    assert {name: one.of(name) for name in one.sheets} == before


# --- whose stories are where ------------------------------------------------------------------------------


def told(whole: Catalogue) -> set[Key]:
    """The entries whose story is there."""
    return {key for key, one in whole.entries if one.body}


def test_no_story_of_another_is_in_any_neighbourhood_and_none_in_an_overview() -> None:
    one = awkward()
    assert len(told(one.whole)) >= 5
    for each in one.sheets.values():
        if each.subject is not None:
            around = one.case.around(each, stories(one.whole, each.subject)).gallery.catalogue
            assert told(around) == told(one.whole) & {each.subject}
            assert {key for key, _ in around.entries} == {each.subject, *each.neighbours}
    assert told(one.case.whole.gallery.catalogue) == set()


def test_an_entry_is_kept_without_its_story_and_given_whole_only_where_it_is_the_subject() -> None:
    whole = awkward().whole
    kept, keys = holdings(whole), [key for key, _ in whole.entries]
    for key, one in whole.entries:
        given = kept.catalogue(keys, key, body_of(stories(whole, key))).entry_by_key
        assert given[key] == one
        assert {other: given[other] for other in keys if other != key} == {
            other: kept.entry(other) for other in keys if other != key
        }
        assert kept.entry(key) == one.model_copy(update={"body": None})


# --- keys -------------------------------------------------------------------------------------------------

GAO = page_of("products", "gao")
FILES: Files = {
    page_of("producers", "an"): producer("An", body="Chuyện của An."),
    page_of("producers", "binh"): producer("Bình"),
    GAO: product("Gạo", body="Chuyện gạo."),
    page_of("products", "mam"): product("Mắm", set=10, producer="binh", outlets=["cho"], recognitions=[stars()]),
    page_of("products", "nem"): product("Nem", producer="binh"),
    page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"}),
    page_of("news", "tin"): entry("Tin *mới*.", name="Tin", summary="…", date=date(2026, 1, 1)),
    page_of("pages", "trang"): entry("Trang.", name="Trang", summary="…"),
}
BEFORE = shop(FILES)
ENTRIES = {name for name, one in BEFORE.sheets.items() if one.subject}
WITH_GAO = {"products/gao", "producers/an", "products/nem"}
"""Whose pages show the rice: its own, its maker's, and that of another rice."""

OVERVIEWS = BEFORE.keys.keys() - ENTRIES - {"assets", "form"}


def changed(after: Shop) -> set[str]:
    """The sheets of another key, and those that are new or gone."""
    return {name for name, key in (BEFORE.keys.items() ^ after.keys.items())}


def test_the_same_inputs_are_the_same_keys() -> None:
    assert changed(shop(dict(reversed(FILES.items())))) == set()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({GAO: product("Gạo", body="Chuyện khác.")}, {"products/gao"}),
        ({page_of("news", "tin"): entry("Tin cũ.", name="Tin", summary="…", date=date(2026, 1, 1))}, {"news/tin"}),
        ({GAO: product("Gạo", body="Chuyện gạo.", storage="Khô")}, OVERVIEWS | WITH_GAO),
        (
            {page_of("products", "nem"): product("Nem", producer="binh", recognitions=[stars(3)])},
            OVERVIEWS | {"products/nem", "products/mam", "products/gao", "producers/binh"},
        ),
        (
            {page_of("producers", "binh"): producer("Bình", phones=["0912345678"])},
            OVERVIEWS | {"producers/binh", "products/mam", "products/nem", "products/gao", "outlets/cho"},
        ),
        (
            {page_of("outlets", "cho"): entry(name="Chợ Mới", place={"district": "thai-thuy"})},
            OVERVIEWS | {"outlets/cho", "products/mam", "producers/binh"},
        ),
        (
            {page_of("news", "tin"): entry("Tin *mới*.", name="Tin", summary="…", date=date(2026, 1, 2))},
            OVERVIEWS | {"news/tin"},
        ),
        ({"products/gao/index.en.md": entry(name="Rice")}, OVERVIEWS | WITH_GAO),
        (
            {page_of("products", "moi"): product("Mới", set=21)},
            OVERVIEWS | {"products/moi", "products/gao", "producers/an"},
        ),
    ],
)
def test_a_sheet_has_another_key_exactly_when_something_that_it_may_show_changed(
    edit: Files, expected: set[str]
) -> None:
    assert changed(shop({**FILES, **edit})) == expected


def test_a_photo_is_an_input_where_it_may_be_shown() -> None:
    one = shop(FILES, [photo("products/gao/a.jpg")])
    assert changed(one) == OVERVIEWS | WITH_GAO
    assert changed(shop(FILES, [photo("products/gao/a.jpg", digest="x")])) == changed(one)


def test_what_all_are_made_of_is_an_input_of_all() -> None:
    assert changed(shop(FILES, today=TODAY + timedelta(days=1))) == BEFORE.keys.keys()
    title = {**read_yaml(DATA["site.yml"]), "tagline": {"vi": "Khác", "en": "Other"}}
    assert changed(shop(FILES, data={**DATA, "site.yml": write_yaml(title)})) == BEFORE.keys.keys()
    page = {page_of("pages", "hai"): entry(name="Hai", summary="…")}
    assert changed(shop({**FILES, **page})) == {*BEFORE.keys, "pages/hai"}


def products(names: Iterable[str]) -> set[str]:
    return {f"products/{name}" for name in names}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("product.html", products(("gao", "mam", "nem"))),
        ("producer.html", {"producers/an", "producers/binh"}),
        ("text.html", {"news/tin", "pages/trang", "outlets/cho"}),
        ("redirect.html", ENTRIES),
        ("short.html", {*products(("gao", "mam", "nem")), "producers/an", "producers/binh"}),
        ("home.html", {"vi home", "en home"}),
        ("base.html", BEFORE.keys.keys() - {"drawings", "form", *COMPANIONS}),
        ("social.svg", BEFORE.keys.keys() - {"form", *COMPANIONS}),
        ("form.html", {"form"}),
        ("form.js", {"form"}),
    ],
)
def test_a_template_is_an_input_of_the_pages_that_it_makes(template: str, expected: set[str]) -> None:
    sources: Mapping[str, str] = tiny_templates().sources
    after = changed(shop(FILES, templates=Templates({**sources, template: sources[template] + "\n"})))
    assert after == expected | {"assets"}


@PURE
@given(before=contents(), after=contents(), base_url=st.sampled_from(ADDRESSES))
def test_sheets_of_one_key_are_of_the_same_files(before: Files, after: Files, base_url: str | None) -> None:
    mixed = {path: text for path, text in before.items() if path.split("/")[1] in "abpqx"}
    mixed |= {path: text for path, text in after.items() if path.split("/")[1] not in "abpqx"}
    one, other = shop(texts(before), base_url=base_url), shop(texts(sound(mixed)), base_url=base_url)
    for name in one.keys.keys() & other.keys.keys():
        if one.keys[name] == other.keys[name]:
            assert one.of(name) == other.of(name), name


def test_two_entries_may_not_give_other_files_at_one_path() -> None:
    files = {**FILES, page_of("pages", "san-pham"): entry(name="X", summary="…")}
    with pytest.raises(SharedPath):
        shop(files).planned()
