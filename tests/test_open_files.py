"""Which files of data there are, and which pages lead to them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sites import EN, VI, awkward, built, catalogue, planned, tree, views
from test_open_data import teller

from ocopgen.edit_links import FORM
from ocopgen.edition import SHORT
from ocopgen.offline import FOLDER as OFFLINE
from ocopgen.open_data import FOLDER
from ocopgen.open_files import OpenFiles
from ocopgen.settings import Site
from ocopgen.standalone import WEB_ONLY


def linked(path: str) -> dict[str, str]:
    """The files of data that a page of a small site leads to, with what is told of each."""
    page = views(planned(catalogue()))[path]
    return {one.href: one.note for one in page.head.data}  # type: ignore[attr-defined]


def test_the_page_of_an_entry_leads_to_its_own_data() -> None:
    assert linked("vi/san-pham/gao/index.html") == {"data/products/gao.json": "JSON"}
    assert linked("en/producers/an/index.html") == {"data/producers/an.json": "JSON"}


@pytest.mark.parametrize("path", ["en/index.html", "en/products/index.html", "en/programme/index.html"])
def test_pages_of_the_whole_lead_to_all_of_it_in_their_language(path: str) -> None:
    assert linked(path) == {
        "data/catalogue.json": "JSON",
        "data/products-en.csv": "CSV",
        "data/producers-en.csv": "CSV",
    }


def test_other_listings_lead_to_none() -> None:
    assert linked("en/stars/4/index.html") == {}


def test_the_page_about_data_tells_how_large_each_file_is() -> None:
    files = {one.path: one.recipe.make(None) for one in planned(catalogue()) if one.path.startswith("data/")}  # type: ignore[arg-type]
    for path, lang in (("vi/du-lieu/index.html", VI), ("en/data/index.html", EN)):
        for href, note in linked(path).items():
            kind = "JSON" if href.endswith("json") else "CSV"
            desk = next(one for one in teller().desks if one.lang == lang)
            assert note == desk.edition.file_note(kind, len(files[href]))


def test_every_file_of_data_is_linked_from_a_page(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    built(project)
    files = {path: raw.decode() for path, raw in tree(project.output).items() if raw and path.endswith(".html")}
    named = {one for page in files.values() for one in re.findall(r'href="(?:\.\./)*(data/[^"]+\.\w+)"', page)}
    assert named == {path for path, raw in tree(project.output).items() if raw and path.startswith(FOLDER)}
    product = files["en/products/ten-rat-dai/index.html"]
    assert re.search(
        r'<link rel="alternate" type="application/json" href="[./]*data/products/ten-rat-dai\.json"', product
    )
    assert re.search(
        r'Free to use\..*?<a href="[./]*data/products/ten-rat-dai\.json"', product.partition("<footer")[2], re.S
    )
    about = files["vi/du-lieu/index.html"]
    assert "Dùng tự do." in about.partition("<main")[2].partition("</main>")[0]
    assert "23/11/2026" in about.partition("<main")[2].partition("</main>")[0]


def test_data_goes_along_on_a_stick() -> None:
    files = OpenFiles(teller().desks)
    assert not [one.path for one in files.of_whole() if WEB_ONLY.fullmatch(one.path)]


def test_no_language_and_no_other_folder_is_called_as_that_of_data() -> None:
    others = {*SHORT.values(), FORM.strip("/"), OFFLINE.strip("/"), "assets", "pictures"}
    assert FOLDER.strip("/") not in others
    with pytest.raises(ValueError, match="languages"):
        Site.model_validate({"languages": ["data"]})


def test_a_site_without_a_licence_says_so(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    path = project.content / "site.yml"
    path.write_text(re.sub(r"(?m)^licence.*\n?", "", path.read_text("utf-8")), "utf-8")
    built(replace(project, brochures=False))
    assert "No licence is given yet" in (project.output / "en/data/index.html").read_text("utf-8")
    assert '"licence"' not in (project.output / "data/catalogue.json").read_text("utf-8")
