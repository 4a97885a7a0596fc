"""Every artifact of the site: no two share a path, and the same catalogue gives the same plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sites import (
    DATA,
    DRAWINGS,
    EN,
    ONE,
    TINY,
    TODAY,
    VI,
    catalogue,
    entry,
    page_of,
    planned,
    product,
    read_yaml,
    tiny_templates,
    views,
    write_yaml,
)

from ocopgen.catalogue import Catalogue
from ocopgen.clashes import clash
from ocopgen.gallery import Gallery
from ocopgen.html import Html, Templates
from ocopgen.plan import Forme, Look, SharedPath, lay_out, overviews, plan, without_clashes
from ocopgen.qr import Code
from ocopgen.recipe import Artifact, Plain
from ocopgen.views import PlainPage, ShortPage

GAO = page_of("products", "gao")


def paths(artifacts: tuple[Artifact, ...]) -> set[str]:
    return {one.path for one in artifacts}


def changed(before: tuple[Artifact, ...], after: tuple[Artifact, ...]) -> set[str]:
    """The pages that are new or of another recipe."""
    recipes = {one.path: one.recipe for one in before}
    return {one.path for one in after if recipes.get(one.path) != one.recipe and isinstance(one.recipe, Html)}


BEFORE = planned(catalogue())


def test_files_stand_in_the_order_of_their_paths_and_each_once() -> None:
    found = [one.path for one in BEFORE]
    assert found == sorted(found)
    assert len({path.lower() for path in found}) == len(found)


def test_the_same_catalogue_gives_the_same_plan() -> None:
    assert planned(catalogue()) == BEFORE


def test_the_entrance_greets_in_every_language_and_the_lost_find_a_way() -> None:
    found = views(BEFORE)
    entrance, lost = found["index.html"], found["404.html"]
    assert isinstance(entrance, PlainPage)
    assert isinstance(lost, PlainPage)
    assert [(one.lang, one.href) for one in entrance.greetings] == [("vi", "vi/"), ("en", "en/")]
    assert (entrance.root, lost.root) == ("", "/cho/")
    assert [href for _, href in lost.greetings[1].more] == ["en/", "en/search/", "en/products/", "en/a-z/"]


def test_a_site_without_an_address_is_taken_to_lie_at_the_root() -> None:
    site = {**read_yaml(DATA["site.yml"]), "address": None}
    lost = views(planned(catalogue(data={**DATA, "site.yml": write_yaml(site)})))["404.html"]
    assert isinstance(lost, PlainPage)
    assert lost.root == "/"


def test_a_former_address_leads_to_the_entry_in_each_language() -> None:
    files = {
        **ONE,
        GAO: product(was=["lua", "gao-cu"]),
        page_of("pages", "moi"): entry(name="M", summary="…", was=["cu"]),
    }
    found = views(planned(catalogue(files)))
    for path, goto in {
        "vi/san-pham/lua/index.html": "vi/san-pham/gao/",
        "en/products/gao-cu/index.html": "en/products/gao/",
        "vi/cu/index.html": "vi/moi/",
    }.items():
        page = found[path]
        assert isinstance(page, PlainPage)
        assert (page.goto, page.root) == (goto, "../" * path.count("/"))


MANY = {page_of("products", f"p{number}"): product(f"Sản phẩm {number}") for number in range(60)}


@pytest.mark.parametrize(
    "files",
    [
        {page_of("pages", "san-pham"): entry(name="X", summary="…")},
        {page_of("pages", "moi"): entry(name="X", summary="…", was=["chu-the"])},
        {**MANY, page_of("products", "trang-2"): product("X")},
        {**MANY, page_of("products", "x"): product("X", was=["trang-2"])},
    ],
)
def test_two_pages_of_one_address_are_refused(files: dict[str, str]) -> None:
    with pytest.raises(SharedPath, match=r"vi/\S+/index\.html") as told:
        planned(catalogue({**ONE, **files}))
    assert shared(catalogue({**ONE, **files})) == str(told.value)


def shared(whole: Catalogue) -> str | None:
    """What is told of addresses before any page is planned."""
    return clash(lay_out(whole, Look(tiny_templates(), TODAY)), whole)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {page_of("products", "trang-2"): product("X")},
        {**MANY, page_of("products", "trang-3"): product("X")},
        {page_of("pages", "trang-2"): entry(name="X", summary="…")},
        {page_of("products", "x"): product("X", was=["y", "y"])},
    ],
)
def test_addresses_that_differ_are_told_to_do_so(files: dict[str, str]) -> None:
    assert shared(catalogue({**ONE, **files})) is None
    planned(catalogue({**ONE, **files}))


def test_two_sectors_of_one_name_share_an_address() -> None:
    classification = read_yaml(DATA["classification.yml"])
    for one in classification["sectors"]:
        one["name"] = one["short"] = {"vi": "Ngành", "en": "Sector"}
    whole = catalogue(data={**DATA, "classification.yml": write_yaml(classification)})
    assert shared(whole) == "vi/nganh/nganh/index.html"


def test_two_files_that_differ_only_in_case_are_refused_and_equal_ones_are_one_file() -> None:
    mine, yours = Artifact("vi/A.html", Plain(b"x")), Artifact("vi/a.html", Plain(b"y"))
    with pytest.raises(SharedPath):
        without_clashes([mine, yours])
    assert without_clashes([mine, Artifact("vi/a.html", Plain(b"x"))]) == (mine,)


def test_only_what_a_page_shows_can_change_it() -> None:
    story = {**ONE, GAO: product(body="Chuyện khác.")}
    both = {"vi/san-pham/gao/index.html", "en/products/gao/index.html"}
    assert changed(BEFORE, planned(catalogue(story))) == both
    english = {**ONE, "products/gao/index.en.md": entry(name="Rice")}
    other = changed(BEFORE, planned(catalogue(english))) - {"p/gao/index.html"}
    assert {path for path in other if not path.startswith("en/")} == {"vi/san-pham/gao/index.html"}, "it has a twin now"


def test_another_day_is_another_site() -> None:
    after = planned(catalogue(), TODAY + timedelta(days=1))
    assert paths(after) == paths(BEFORE)
    assert {path for path in changed(BEFORE, after) if path.startswith(EN)}


def test_the_style_sheet_and_the_icon_are_in_every_page() -> None:
    def with_template(name: str) -> tuple[Artifact, ...]:
        sources = {one: source for one, source in TINY.items() if "/" not in one}
        templates = Templates({**sources, name: sources[name] + "\n"})
        return plan(Gallery(catalogue(), DRAWINGS), Look(templates, TODAY))

    pages = {one.path for one in BEFORE if isinstance(one.recipe, Html)}
    assert changed(BEFORE, with_template("style.css")) == pages
    assert changed(BEFORE, with_template("icon.svg")) == pages


def test_assets_carry_their_fingerprints() -> None:
    names = sorted(path for path in paths(BEFORE) if path.startswith("assets/") and not path.endswith(".htaccess"))
    shared = (
        *("filter", "find", "head", "icon", "icon-180", "icon-192", "icon-512", "icon-512", "offline", "search"),
        *("style", "text-400"),
        "text-600",
    )
    assert sorted(name.rsplit("-", 1)[0] for name in names) == [f"assets/{one}" for one in shared]


def test_plain_bytes_are_their_own_recipe() -> None:
    assert Plain(b"x").make(None) == b"x"  # type: ignore[arg-type]
    assert Plain(b"x") != Plain(b"y")
    assert Plain(b"x").key is None


def test_drafts_are_in_no_file() -> None:
    whole = catalogue({**ONE, page_of("products", "b"): product("Bí mật", draft=True)})
    assert not [one for one in planned(whole) if "Bí mật" in repr(getattr(one.recipe, "view", ""))]


# --- sheet by sheet ---------------------------------------------------------------------------------------


def test_a_layout_knows_of_the_entries_only_what_its_frame_shows() -> None:
    whole = catalogue({**ONE, page_of("pages", "x"): entry(name="X", summary="…")})
    layout = lay_out(whole, Look(tiny_templates(), TODAY))
    assert [one.catalogue.entries for one in layout.editions] == [(), ()]
    assert [one.catalogue.photos for one in layout.editions] == [{}, {}]
    frames = [one.frame for one in layout.settings.values()]
    assert [[link.href for link in one.footer][-1] for one in frames if one] == ["vi/x/", "en/x/"]


def test_an_entry_alone_gives_its_pages_and_former_addresses_in_each_language() -> None:
    whole = catalogue({**ONE, GAO: product(was=["lua"])})
    forme = Forme(lay_out(whole, Look(tiny_templates(), TODAY)), Gallery(whole, DRAWINGS))
    assert {one.path for one in forme.of_entry("products/gao")} == {
        *("vi/san-pham/gao/index.html", "en/products/gao/index.html"),
        *("vi/san-pham/lua/index.html", "en/products/lua/index.html"),
        *("p/gao/index.html", "p/lua/index.html", "p/gao/qr.svg", "data/products/gao.json"),
    }
    assert {one.path for one in forme.of_entry("producers/an")} >= {"c/an/index.html", "c/an/qr.svg"}


def test_the_data_of_the_whole_catalogue_is_planned_with_the_pages_about_it() -> None:
    whole = catalogue()
    forme = Forme(lay_out(whole, Look(tiny_templates(), TODAY)), Gallery(whole, DRAWINGS))
    lists = {f"data/{name}-{lang}.csv" for name in ("products", "producers") for lang in ("vi", "en")}
    assert {one.path for one in forme.of_overview("data", VI)} == {
        *("vi/du-lieu/index.html", "en/data/index.html", "data/catalogue.json", "data/schema.json"),
        *lists,
    }
    assert [lang for name, lang in overviews(forme.layout) if name == "data"] == [VI]


def test_a_former_short_address_answers_as_the_one_of_today_does() -> None:
    found = views(planned(catalogue({**ONE, GAO: product(was=["lua"])})))
    assert isinstance(found["p/gao/index.html"], ShortPage)
    assert found["p/lua/index.html"] == found["p/gao/index.html"]


def test_without_an_address_there_are_short_pages_and_no_codes() -> None:
    site = {**read_yaml(DATA["site.yml"]), "address": None}
    found = planned(catalogue(data={**DATA, "site.yml": write_yaml(site)}))
    assert "p/gao/index.html" in paths(found)
    assert not [one for one in found if isinstance(one.recipe, Code)]
    assert not [one for one in views(found).values() if getattr(one, "code", None)]


def test_entries_of_other_kinds_have_no_short_address() -> None:
    outlet = entry(name="Chợ", place={"district": "thai-thuy"})
    files = {**ONE, page_of("outlets", "cho"): outlet, page_of("pages", "x"): entry(name="X", summary="…")}
    of_no_language = {path for path in paths(planned(catalogue(files))) if "/index.html" in path and path[2] != "/"}
    assert of_no_language == {"p/gao/index.html", "c/an/index.html", "admin/index.html", "offline/index.html"}


def test_overviews_are_all_pages_but_those_of_entries_and_of_no_language() -> None:
    whole = catalogue()
    layout = lay_out(whole, Look(tiny_templates(), TODAY))
    forme = Forme(layout, Gallery(whole, DRAWINGS))
    shown = [one for name, lang in overviews(layout) for one in forme.of_overview(name, lang)]
    found = {one.path for one in shown if isinstance(one.recipe, Html)}
    made = (one for key, _ in whole.entries for one in forme.of_entry(key))
    entries = {one.path for one in made if isinstance(one.recipe, Html)}
    assert found.isdisjoint(entries)
    of_no_language = {"index.html", "404.html", "admin/index.html", "offline/index.html"}
    assert found | entries | of_no_language == {one.path for one in BEFORE if isinstance(one.recipe, Html)}


def test_a_commune_that_is_called_like_a_further_page_of_its_district_is_refused() -> None:
    places = read_yaml(DATA["places.yml"])
    places["communes"].append({**places["communes"][0], "id": "trang-2"})
    moved = {"commune": "trang-2", "district": "thai-thuy"}
    files = {**ONE, **MANY, GAO: product(place=moved)}
    whole = catalogue(files, data={**DATA, "places.yml": write_yaml(places)})
    assert shared(whole) == "vi/dia-phuong/thai-thuy/trang-2/index.html"
