"""Words that would be markup stay words on every page, and nothing from outside the content folder gets into a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from canary import MARKUP, TAG, Canaries, in_data
from runner import commands
from sites import (
    CACHE,
    DATA,
    TEMPLATES,
    TODAY,
    Quiet,
    entry,
    jpeg,
    lay,
    producer,
    product,
    read_yaml,
    stars,
    write_yaml,
)
from test_prose import HOSTILE

from ocopgen.diagnostics import Report, annotated, as_json, sarif, summary
from ocopgen.problems import Problem, errors
from ocopgen.project import Project, build
from ocopgen.prose import render
from ocopgen.reference import DATA_FILES

# --- markup in every field --------------------------------------------------------------------------------

FOLDERS = {"products": "gao", "producers": "an", "outlets": "cho", "news": "tin", "pages": "trang"}
BODY = "\n\n".join([MARKUP, *(one for one in HOSTILE if not (render(one).links or render(one).images)), "Hết."])
STRANGE = f"'\"><{TAG} onclick=x>.jpg"
"""The name of a picture; only a slash cannot stand in it."""


@dataclass(frozen=True)
class Page:
    """A page as a browser would have it, and every file of the site as it is."""

    tree: Element
    source: str

    @property
    def elements(self) -> list[Element]:
        return [one for one in self.tree.iter() if isinstance(one.tag, str)]


@dataclass(frozen=True)
class Printed:
    """A site whose every field was a canary."""

    canaries: Canaries
    problems: tuple[Problem, ...]
    files: dict[str, bytes]
    pages: dict[str, Page]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("canary")
    canaries = Canaries()
    files: dict[str, str | bytes] = {}
    for kind, name in FOLDERS.items():
        files[f"{kind}/{name}/index.vi.md"] = entry(BODY, **canaries.entry(kind))
        files[f"{kind}/{name}/index.en.md"] = entry(BODY, name=canaries.next(f"{kind}.name (en)"))
    held = canaries.entry("products")
    given = held["recognitions"][0]  # type: ignore[index]
    withdrawn = {"date": TODAY, "source": given["source"]}
    more = {
        "recognitions": [{**given, "withdrawn": withdrawn}],
        "packs": [],
        "potential_5_star": {"source": given["source"]},
        "photos": [{"file": "hop.jpg", "alt": canaries.next("alt"), "credit": canaries.next("credit")}],
    }
    files["products/gao-hai/index.vi.md"] = entry(**{**held, **more})
    files["products/gao-ba/index.vi.md"] = product(set=14, alcohol=29.5, recognitions=[stars(4)])
    files |= {"products/gao-hai/hop.jpg": jpeg(1700, 1300), f"products/gao-ba/{STRANGE}": jpeg(1700, 1301)}
    files |= {
        name: write_yaml(in_data(DATA_FILES[name], read_yaml(DATA[name]), canaries, name))
        for name in ("site.yml", "programme.yml", "places.yml", "classification.yml")
    }
    project = Project(lay(folder / "content", {**DATA, **files}), TEMPLATES, folder / "output", CACHE, TODAY)
    done = build(project, Quiet())
    assert done.published, "\n\n".join(one.printed() for one in errors(done.problems))
    found = {one.relative_to(project.output).as_posix(): one for one in project.output.rglob("*") if one.is_file()}
    raw = {path: one.read_bytes() for path, one in found.items() if not path.startswith(".ocopgen")}
    return Printed(
        canaries, done.problems, raw, {path: _parsed(one) for path, one in raw.items() if path.endswith(".html")}
    )


def _parsed(raw: bytes) -> Page:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return Page(parser.parse(raw.decode()), raw.decode())


OUR_SCRIPT = r"(\.\./)+assets/(offline|find|search|filter)-[0-9a-f]{12}\.js"
SEARCHES = {f"{up}{page}" for up in ("../", "../../") for page in ("vi/tim-kiem/", "en/search/")}


def test_no_word_of_any_field_is_an_element_or_an_attribute(printed: Printed) -> None:
    assert len(printed.pages) > 40
    for path, page in printed.pages.items():
        for one in page.elements:
            assert one.tag not in (TAG, "style", "iframe", "object", "svg", "base"), path
            if one.tag == "form":
                assert one.attrib.get("action", "") in ("", *SEARCHES), path
            if one.tag == "script" and one.attrib == {"type": "application/ld+json"}:
                assert json.loads(one.text)["@graph"], path
            elif one.tag == "script":
                assert re.fullmatch(OUR_SCRIPT, one.attrib["src"]), path
                assert one.attrib.keys() == {"defer", "src"}, path
                assert not one.text, path
            assert not [name for name in one.attrib if name.startswith(("on", TAG)) or name == "style"], (
                path,
                one.attrib,
            )
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript|file):", one.attrib.get(name, ""), re.IGNORECASE), (
                    path
                )


def test_no_file_has_the_words_as_they_would_be_markup(printed: Printed) -> None:
    """But in tables: they cannot write a sign in another way, and no browser takes them for a page."""
    marked = {path for path, raw in printed.files.items() if f"<{TAG}".encode() in raw}
    assert {path for path in marked if not re.fullmatch(r"data/\w+-(vi|en)\.csv", path)} == set()
    assert {path for path in printed.files if TAG in path and not re.fullmatch(r"[\w/.-]+", path)} == set()


def _words(element: Element) -> Iterator[str]:
    """The words of an element without what is for machines."""
    if element.tag != "script":
        yield element.text or ""
        for one in element:
            yield from _words(one)
            yield one.tail or ""


def test_words_are_shown_just_as_they_were_written(printed: Printed) -> None:
    """So none of them was worked out as a template, and none lost what looks like a tag."""
    shown = ["".join(_words(page.tree)) for page in printed.pages.values()]
    assert sum(len(re.findall(r"Zq\d+q ", one)) for one in shown) > 500
    for one in shown:
        assert len(re.findall(r"Zq\d+q ", one)) == len(re.findall(r"Zq\d+q " + re.escape(MARKUP), one))


HIDDEN = {
    *("classification.yml.version", "classification.yml.groups[].name.vi", "classification.yml.groups[].name.en"),
    *("classification.yml.sectors[].roman", "places.yml.provinces[].short", "places.yml.communes[].short"),
    *("programme.yml.abbreviation", "programme.yml.targets.items[].id"),
}
"""Fields that no page shows; all others are proven to be shown."""


def test_every_field_is_shown_as_words_somewhere(printed: Printed) -> None:
    everything = "".join("".join(page.tree.itertext()) + _attributes(page) for page in printed.pages.values())
    assert {path for path, word in printed.canaries.words.items() if word not in everything} == HIDDEN


def _attributes(page: Page) -> str:
    return "".join(value for one in page.elements for value in one.attrib.values())


TOLD_ONLY = {"classification.yml.groups[].name.vi", "classification.yml.groups[].name.en"}
"""What data tells though no page shows it: the law's own names."""


def test_data_tells_no_word_that_no_page_shows(printed: Printed) -> None:
    pages = "".join("".join(page.tree.itertext()) + _attributes(page) for page in printed.pages.values())
    data = "".join(raw.decode() for path, raw in printed.files.items() if path.startswith("data/"))
    words = printed.canaries.words
    told = {path for path, word in words.items() if word in data}
    assert len(told) > 40
    assert {path for path in told if words[path] not in pages} == TOLD_ONLY


def test_every_word_of_an_entry_that_its_page_shows_is_in_its_data(printed: Printed) -> None:
    """So a new field is told by itself."""
    shown = "".join("".join(page.tree.itertext()) + _attributes(page) for page in printed.pages.values())
    for kind, folder in FOLDERS.items():
        data = "".join(raw.decode() for path, raw in printed.files.items() if path.startswith(f"data/{kind}/"))
        words = {path: word for path, word in printed.canaries.words.items() if path.partition(".")[0] == kind}
        assert f"{kind}.name" in words
        assert {path for path, word in words.items() if word in shown and word not in data} == set(), folder


def test_no_word_of_any_field_has_a_meaning_where_problems_are_told(printed: Printed) -> None:
    report = Report(printed.problems)
    assert len(report.problems) > 100
    log = "\n".join((*annotated(report), as_json(report), sarif(report)))
    assert {one.name for one in commands(log)} == {"warning"}
    assert f"<{TAG}" not in re.sub(r"(`+) .*? \1", "", summary(report))


# --- from outside the content folder ----------------------------------------------------------------------

SECRET = "CANARY-FROM-OUTSIDE"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the content, with a text, a data file and a picture."""
    words = entry(SECRET, name=SECRET, summary=SECRET)
    return lay(
        tmp_path / "outside", {"index.en.md": words, "secret.yml": f"a: {SECRET}", "secret.jpg": jpeg(1700, 1300)}
    )


def made(folder: Path, files: Mapping[str, str]) -> tuple[set[str], str]:
    """A project with these files, the codes of what is wrong with it, and every word that is said and printed."""
    base = {"producers/an/index.vi.md": producer(), "products/gao/index.vi.md": product()}
    content = lay(folder / "content", {**DATA, **base, **files})
    project = Project(content, TEMPLATES, folder / "output", CACHE, TODAY)
    done = build(project, Quiet())
    report = Report(done.problems)
    told = "".join((*(one.printed() for one in done.problems), *annotated(report), as_json(report), summary(report)))
    raw = b"".join(one.read_bytes() for one in project.output.rglob("*") if one.is_file())
    return {one.code for one in errors(done.problems)}, told + raw.decode("latin-1")


def ways(outside: Path) -> dict[str, tuple[str, str]]:
    """Ways to ask for a file outside, and the code of the answer; without one it is nothing but words."""
    text, picture = outside / "secret.yml", outside / "secret.jpg"
    return {
        "a photo above": (product(photos=[{"file": "../../../outside/secret.jpg", "alt": "x"}]), "photo-name"),
        "a photo by its whole path": (product(photos=[{"file": str(picture), "alt": "x"}]), "photo-name"),
        "a photo above by backslashes": (product(photos=[{"file": "..\\..\\secret.jpg", "alt": "x"}]), "photo-name"),
        "a picture in a story": (product(body="![x](../../../outside/secret.jpg)"), "photo-missing"),
        "a picture by its address": (product(body=f"![x]({picture.as_uri()})"), "photo-missing"),
        "a link in a story": (product(body="[x](../../../outside/secret.yml)"), "link-dead"),
        "a link by its address": (product(body=f"[x]({text.as_uri()})"), "link-dead"),
        "a link by its whole path": (product(body=f"[x]({text})"), "link-dead"),
        "an address of a file": (product(sources=[{"title": "x", "url": text.as_uri()}]), "url-form"),
        "a tag of YAML": (product().replace("set: 3", f"set: !include {text}"), "yaml-tag"),
        "Python in YAML": (product().replace("set: 3", f"set: !!python/name:open {text}"), "yaml-tag"),
        "a producer above": (product(producer="../../../outside"), "slug-form"),
        "an outlet above": (product(outlets=["../../outside/secret.yml"]), "slug-form"),
        "a former id above": (product(was=["../../outside"]), "slug-form"),
        "an include of Jinja": (product(storage=f"{{% include '{text}' %}}", body=f"{{% include '{text}' %}}"), ""),
        "an include of Markdown": (product(body=f'--8<-- "{text}"\n\n{{!{text}!}}\n\n.. include:: {text}'), ""),
        "a server's include": (product(body=f'<!--#include file="{text}" -->'), ""),
        "an entity of XML": (product(body=f'<!DOCTYPE a [<!ENTITY b SYSTEM "{text.as_uri()}">]>\n\n&b;'), ""),
    }


@pytest.mark.parametrize("way", ways(Path("/")))
def test_no_way_leads_to_a_file_outside(outside: Path, way: str) -> None:
    page, code = ways(outside)[way]
    codes, everything = made(outside.parent, {"products/gao/index.vi.md": page})
    assert codes == ({code} if code else set())
    assert SECRET not in everything
    assert not any(outside.parent.glob("output/pictures/*secret*"))


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("products/gao/index.en.md", "index.en.md"),
        ("products/gao/hop.jpg", "secret.jpg"),
        ("products/ngoai", "."),
        ("secret.yml", "secret.yml"),
        ("pages", "."),
    ],
)
def test_a_symbolic_link_is_refused_and_nothing_behind_it_is_read(outside: Path, name: str, target: str) -> None:
    link = outside.parent / "content" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to((outside / target).resolve(), target_is_directory=target == ".")
    codes, everything = made(outside.parent, {})
    assert codes == {"symlink"}
    assert SECRET not in everything
