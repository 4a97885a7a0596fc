"""Every page of the shipped site and of the awkward one, read as a strict browser would read it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from sites import DRAWINGS, ROOT, TEMPLATES, TODAY, awkward, built, read_content

from ocopgen import pixels
from ocopgen.catalogue import Catalogue, shelve
from ocopgen.gallery import Gallery
from ocopgen.html import Html
from ocopgen.plan import Look, plan
from ocopgen.store import read_templates
from ocopgen.views import Card, ProductPage

AWAY = re.compile(r"(https?|mailto|tel):")


@dataclass(frozen=True)
class Page:
    """A page of a site, parsed strictly."""

    path: str
    tree: Element
    base: str

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return tuple(one for one in self.tree.iter() if isinstance(one.tag, str))

    def all(self, tag: str) -> list[Element]:
        return [one for one in self.elements if one.tag == tag]

    @cached_property
    def ids(self) -> list[str]:
        return [one.attrib["id"] for one in self.elements if "id" in one.attrib]

    def target(self, address: str) -> tuple[str, str]:
        """The file and the fragment that an address names."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if not path:
            return self.path, parts.fragment
        whole = path.removeprefix(self.base) if path.startswith("/") else f"{PurePosixPath(self.path).parent}/{path}"
        file = normpath(whole)
        return (normpath(f"{file}/index.html") if path.endswith("/") else file), parts.fragment

    @cached_property
    def words(self) -> str:
        return "".join(self.tree.itertext())


@dataclass(frozen=True)
class Site:
    """A site on disk with all its pages."""

    root: Path
    pages: Mapping[str, Page]

    @cached_property
    def files(self) -> frozenset[str]:
        found = (one for one in self.root.rglob("*") if one.is_file() and ".ocopgen" not in one.parts)
        return frozenset(one.relative_to(self.root).as_posix() for one in found)


def read(root: Path, base: str = "/") -> Site:
    """Parse every page of a site that lies at `base` of its server; html5lib raises at the first fault."""
    pages = {}
    for file in sorted(root.rglob("*.html")):
        path = file.relative_to(root).as_posix()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        pages[path] = Page(path, parser.parse(file.read_text("utf-8")), base)
    return Site(root, pages)


@pytest.fixture(scope="module")
def shipped(shipped_site: Path) -> Site:
    return read(shipped_site)


@pytest.fixture(scope="module")
def awkward_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    project = awkward(tmp_path_factory.mktemp("awkward"))
    built(project)
    return read(project.output, "/cho/")


@pytest.fixture(scope="module", params=["shipped", "awkward_site"])
def any_site(request: pytest.FixtureRequest) -> Site:
    site: Site = request.getfixturevalue(request.param)
    return site


def in_language(site: Site) -> Iterator[Page]:
    """The pages that belong to a language."""
    return (page for path, page in site.pages.items() if path.startswith(("vi/", "en/")) and not _is_redirect(page))


def _is_redirect(page: Page) -> bool:
    return any(one.attrib.get("http-equiv") == "refresh" for one in page.all("meta"))


def addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Every address of a page: the tag that holds it, and the address."""
    for one in page.elements:
        for name in ("href", "src", "action", "data", "poster", "{http://www.w3.org/1999/xlink}href"):
            if name in one.attrib:
                yield one.tag.rpartition("}")[2], one.attrib[name]
        for candidate in one.attrib.get("srcset", "").split(","):
            if candidate.strip():
                yield one.tag, candidate.split()[0]
        if one.attrib.get("http-equiv") == "refresh":
            yield "refresh", one.attrib["content"].partition("url=")[2]


# --- the form of a page -----------------------------------------------------------------------------------


def test_every_page_is_html_without_a_fault(any_site: Site) -> None:
    assert len(any_site.pages) > 50


def test_ids_are_unique_in_a_page(any_site: Site) -> None:
    twice = {path: [one for one, n in Counter(page.ids).items() if n > 1] for path, page in any_site.pages.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_every_page_has_a_language_a_title_one_heading_and_a_main_part(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        assert page.tree.attrib.get("lang") == (path[:2] if path[2] == "/" else "vi"), path
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == 1, path
        (title,) = [one for one in page.all("title") if one.tag == "title"]
        assert (title.text or "").strip(), path


def test_headings_never_skip_a_level(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert (levels[0], steps) == (1, []), path


def test_titles_are_unique_in_a_language(any_site: Site) -> None:
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in in_language(any_site):
        titles[page.path[:2], next(one.text or "" for one in page.all("title"))].append(page.path)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_every_picture_has_words_and_a_size(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        for one in page.all("img"):
            assert "alt" in one.attrib, path
            assert int(one.attrib["width"]) > 0, path
            assert int(one.attrib["height"]) > 0, path


def test_every_link_says_where_it_leads(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        for one in page.all("a"):
            words = "".join(one.itertext()).strip() or one.attrib.get("aria-label", "")
            assert words or any(image.attrib.get("alt") for image in one.iter("img")), (path, one.attrib)


# --- what a page may not do -------------------------------------------------------------------------------


OWN_SCRIPT = re.compile(r"(\.\./)+assets/(offline|find|search|filter)-[0-9a-f]{12}\.js")


def test_nothing_runs_but_the_one_script_and_nothing_is_styled_inside_a_page(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        assert not page.all("style") + page.all("iframe") + page.all("object"), path
        data, scripts = _data_and_scripts(page)
        assert all(json.loads("".join(one.itertext()))["@graph"] for one in data), path
        names = [one.attrib["src"].rpartition("/")[2].partition("-")[0] for one in scripts]
        edition = path[:3] in ("vi/", "en/") and not _is_redirect(page)
        ways = (["offline"], ["offline", "find", "search"], ["offline", "find", "filter"]) if edition else ([],)
        assert names in ways, path
        for one in scripts:
            assert one.attrib.keys() == {"defer", "src"}, path
            assert OWN_SCRIPT.fullmatch(one.attrib["src"]), path
            assert not "".join(one.itertext()), path
        for one in page.elements:
            assert not [name for name in one.attrib if name == "style" or name.startswith("on")], (path, one.attrib)
            assert not one.attrib.get("href", "").lower().startswith(("javascript:", "data:")), path


def _data_and_scripts(page: Page) -> tuple[list[Element], list[Element]]:
    """The scripts that only hold what machines are told, which no browser runs; and the others."""
    every = page.all("script")
    data = [one for one in every if one.attrib == {"type": "application/ld+json"}]
    return data, [one for one in every if one not in data]


def test_a_policy_forbids_what_a_page_does_not_need(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        (policy,) = [one for one in page.all("meta") if one.attrib.get("http-equiv") == "Content-Security-Policy"]
        told = dict(part.split(" ", 1) for part in policy.attrib["content"].split("; "))
        itself = {"img-src", "style-src", "font-src"}
        if page.all("script"):
            itself |= {"script-src", "worker-src", "manifest-src", "connect-src"}
        nothing = {"default-src", "base-uri", "form-action"}
        if page.all("script"):
            itself |= {"form-action"}
            nothing -= {"form-action"}
        assert told == dict.fromkeys(itself, "'self'") | dict.fromkeys(nothing, "'none'"), path


def test_nothing_is_asked_of_another_host(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        for tag, address in addresses(page):
            allowed = tag in ("a", "link") if AWAY.match(address) else not address.startswith("//")
            assert allowed, (path, tag, address)
        loading = {
            "stylesheet",
            "preload",
            "icon",
            "manifest",
            "preconnect",
            "dns-prefetch",
            "modulepreload",
            "prefetch",
        }
        for one in page.all("link"):
            if loading & set(one.attrib["rel"].split()):
                assert not AWAY.match(one.attrib["href"]), (path, one.attrib)
    for name in any_site.files:
        if name.endswith((".css", ".svg")):
            text = (any_site.root / name).read_text("utf-8").replace("http://www.w3.org/", "")
            assert not re.search(r"https?:|//[a-z]|@import|<script", text), name


# --- what a page leads to ---------------------------------------------------------------------------------


def test_every_address_leads_to_a_file_and_every_fragment_to_an_element(any_site: Site) -> None:
    for path, page in any_site.pages.items():
        for tag, address in addresses(page):
            if AWAY.match(address):
                continue
            file, fragment = page.target(address)
            assert file in any_site.files, (path, tag, address)
            if fragment and fragment not in WRITTEN_BY_HAND:
                assert fragment in any_site.pages[file].ids, (path, tag, address)


WRITTEN_BY_HAND = {"dau", "goc", "xem"}
"""Fragments in the stories of the awkward site; a body has no anchors that they could lead to."""


def test_style_sheets_ask_only_for_files_that_are_there(any_site: Site) -> None:
    sheets = [name for name in any_site.files if name.endswith(".css")]
    assert sheets
    for name in sheets:
        for address in re.findall(r"url\(([^)]*)\)", (any_site.root / name).read_text("utf-8")):
            assert normpath(f"{PurePosixPath(name).parent}/{address.strip(chr(34))}") in any_site.files, address


def shared_pictures(page: Page) -> Iterator[str]:
    """The whole addresses of the pictures that other sites show of a page."""
    return (one.attrib["content"] for one in page.all("meta") if one.attrib.get("property") == "og:image")


def test_every_picture_for_other_sites_is_there(any_site: Site) -> None:
    for page in any_site.pages.values():
        for address in shared_pictures(page):
            assert address.removeprefix("https://example.org/cho/") in any_site.files


def test_every_file_of_the_site_is_asked_for(any_site: Site) -> None:
    asked = {f"{lang}/{name}.js" for lang in ("vi", "en") for name in ("records", "numbers")}
    asked |= {"index.html", "404.html", "admin/index.html", "admin/config.yml", "sw.js", "offline/index.html"}
    asked |= {"robots.txt", "sitemap.xml", "_redirects", "_headers"}
    asked |= {f"{one}/.htaccess" for one in ("p", "c", "assets", "pictures")}
    asked |= {path for path in any_site.pages if path[:2] in SHORT}
    for page in any_site.pages.values():
        asked |= {page.target(address)[0] for _, address in addresses(page) if not AWAY.match(address)}
        asked |= {one.removeprefix("https://example.org/cho/") for one in shared_pictures(page)}
    for name in list(any_site.files):
        if name.endswith(".css"):
            found = re.findall(r"url\(([^)]*)\)", (any_site.root / name).read_text("utf-8"))
            asked |= {normpath(f"{PurePosixPath(name).parent}/{one.strip(chr(34))}") for one in found}
        if name.endswith(".webmanifest"):
            icons = json.loads((any_site.root / name).read_bytes())["icons"]
            asked |= {normpath(f"{PurePosixPath(name).parent}/{one['src']}") for one in icons}
    redirects = {path for path, page in any_site.pages.items() if _is_redirect(page)}
    assert any_site.files - asked - redirects == set()


def test_each_page_and_its_twin_lead_to_each_other(any_site: Site) -> None:
    for page in in_language(any_site):
        twins = {page.target(one.attrib["href"])[0] for one in page.all("a") if "hreflang" in one.attrib}
        (twin,) = twins
        assert twin[:2] == {"vi": "en", "en": "vi"}[page.path[:2]]
        back = any_site.pages[twin]
        assert page.path in {back.target(one.attrib["href"])[0] for one in back.all("a") if "hreflang" in one.attrib}


def test_every_page_of_a_language_is_reached_from_its_home(any_site: Site) -> None:
    for lang in ("vi", "en"):
        reached, ahead = {f"{lang}/index.html"}, [f"{lang}/index.html"]
        while ahead:
            page = any_site.pages[ahead.pop()]
            for tag, address in addresses(page):
                file = page.target(address)[0]
                if file not in any_site.pages:
                    continue
                if tag == "a" and not AWAY.match(address) and file.startswith(lang) and file not in reached:
                    reached.add(file)
                    ahead.append(file)
        assert {page.path for page in in_language(any_site) if page.path.startswith(lang)} <= reached


# --- what a page says -------------------------------------------------------------------------------------


def test_every_letter_that_is_shown_is_in_the_fonts(any_site: Site) -> None:
    (name,) = [one for one in any_site.files if re.fullmatch(r"assets/text-400-\w+\.woff2", one)]
    known = TTFont(any_site.root / name).getBestCmap()
    shown = {char for page in any_site.pages.values() for char in page.words if not char.isspace()}
    assert {char for char in shown if ord(char) not in known} == set()


SHORT = "p/", "c/"


def codes(page: Page) -> Iterator[tuple[str, str]]:
    """The files of the QR codes of a page, and the address that is written beside each."""
    for one in page.all("figure"):
        if one.attrib.get("class") == "code":
            (image,) = one.iter("img")
            yield page.target(image.attrib["src"])[0], "".join(next(one.iter("figcaption")).itertext())


def test_each_code_is_read_as_the_address_beside_it_and_leads_to_a_page_that_leads_back(awkward_site: Site) -> None:
    seen = set()
    for page in awkward_site.pages.values():
        for file, words in codes(page):
            drawn = pixels.drawing((awkward_site.root / file).read_text("utf-8"), 120)
            (found,) = zxingcpp.read_barcodes(drawn.convert("RGB"))
            assert words.endswith(found.text.removeprefix("https://")), page.path
            short = awkward_site.pages[found.text.removeprefix("https://example.org/cho/") + "/index.html"]
            assert page.path in leads(short)
            seen.add(short.path)
    assert len(seen) > 10
    assert {path for path in awkward_site.pages if path[:2] in SHORT} - seen == {"p/mam-cay-cu/index.html"}


def test_a_page_at_a_short_address_is_whole_in_each_language_and_not_for_search(any_site: Site) -> None:
    found = [page for path, page in any_site.pages.items() if path[:2] in SHORT]
    assert len(found) > 10
    for page in found:
        parts = [one for one in page.all("section") if one.attrib.get("class") == "invitation"]
        assert [one.attrib["lang"] for one in parts] == ["vi", "en"]
        for one in parts:
            (link,) = one.iter("a")
            assert any_site.pages[page.target(link.attrib["href"])[0]].tree.attrib["lang"] == one.attrib["lang"]
        assert [one.attrib["content"] for one in page.all("meta") if one.attrib.get("name") == "robots"] == ["noindex"]


def test_nothing_is_told_of_short_addresses_where_nobody_knows_where_the_site_will_be(shipped: Site) -> None:
    assert not [page.path for page in shipped.pages.values() if list(codes(page))]
    assert not [name for name in shipped.files if name.endswith("qr.svg")]


GARLIC = {
    "vi": ("vi/sao/4/", "vi/san-pham/toi-den-truong-an/", "vi/chu-the/truong-an/"),
    "en": ("en/stars/4/", "en/products/toi-den-truong-an/", "en/producers/truong-an/"),
}


def leads(page: Page) -> set[str]:
    return {page.target(address)[0] for tag, address in addresses(page) if tag == "a" and not AWAY.match(address)}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_garlic_of_truong_an_is_found_under_four_stars_with_its_producer(shipped: Site, lang: str) -> None:
    star, garlic, maker = (shipped.pages[f"{path}index.html"] for path in GARLIC[lang])
    assert garlic.path in leads(star)
    assert maker.path in leads(garlic)
    assert garlic.path in leads(maker)
    words = {"vi": "theo báo chí, chưa có số quyết định", "en": "according to the press, no decision number"}[lang]
    assert all(words in page.words for page in (star, garlic, maker))


def test_the_garlic_is_the_same_product_in_both_languages(shipped: Site) -> None:
    for vi, en in zip(*GARLIC.values(), strict=True):
        assert f"{en}index.html" in leads(shipped.pages[f"{vi}index.html"])
        assert f"{vi}index.html" in leads(shipped.pages[f"{en}index.html"])


def catalogue() -> Catalogue:
    shelf = shelve(read_content(ROOT / "content"))
    assert shelf.catalogue is not None
    return shelf.catalogue.published()


def test_a_star_is_drawn_as_held_only_while_it_is_in_effect() -> None:
    whole = catalogue()
    held = {one.id for one in whole.products if (star := one.recognition(TODAY)) and star.status(TODAY).in_effect}
    cards: list[tuple[str, bool]] = []

    def walk(value: object) -> None:
        if isinstance(value, Card) and value.seal:
            cards.append((value.href.split("/")[2], value.seal.held))
        for name in getattr(value, "__dataclass_fields__", ()):
            walk(getattr(value, name))
        for item in value if isinstance(value, tuple) else ():
            walk(item)

    for artifact in plan(Gallery(whole, DRAWINGS), Look(read_templates(TEMPLATES), TODAY)):
        if isinstance(artifact.recipe, Html):
            view = artifact.recipe.view
            walk(view)
            if isinstance(view, ProductPage) and view.seal:
                cards.append((artifact.path.split("/")[2], view.seal.held))
    assert len(cards) > 100
    assert {(product, drawn) for product, drawn in cards if drawn != (product in held)} == set()


def test_no_price_of_alcohol_is_anywhere(any_site: Site) -> None:
    assert not [path for path, page in any_site.pages.items() if "777" in page.words and "gao" not in path]


def test_contacts_that_a_household_did_not_agree_to_are_nowhere(any_site: Site) -> None:
    secrets = "ngõ bí mật", "kin@example.org", "987 654 321", "0987654321"
    for page in any_site.pages.values():
        everything = page.words + " ".join(address for _, address in addresses(page))
        assert not [one for one in secrets if one in everything]
