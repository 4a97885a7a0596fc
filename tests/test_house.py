"""The house: one order of modules, a pure core, short functions, templates that see little, harmless drawings."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, meta, nodes
from sites import ROOT, TEMPLATES, read_yaml

from ocopgen import pixels

PACKAGE = ROOT / "ocopgen"
MAP = (ROOT / "README.md").read_text("utf-8").partition("## How it works")[2]
ORDER = tuple(re.findall(r"^\| `(\w+)` \| ", MAP, re.MULTILINE))
"""The modules in the order of README's map."""

CORE = ORDER[: ORDER.index("ledger")]
TABLES = "messages", "views"
"""Modules that are one long table; `model` is one too, of fields."""

IMPURE = {
    "os",
    "io",
    "pathlib",
    "socket",
    "time",
    "random",
    "subprocess",
    "sys",
    "shutil",
    "tempfile",
    "sqlite3",
    "threading",
}
ALLOWED = {
    "editing": {"io"},
    "font": {"io", "pathlib"},
    "image": {"io"},
    "offline": {"io"},
    "packing": {"io"},
    "pixels": {"io"},
    "qr": {"io"},
    "spreadsheet": {"io"},
    "workbook": {"io"},
}
"""Makers of bytes: they write into memory, and a font is read from its package."""


def tree(name: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))


def imported(name: str) -> Iterator[str]:
    """The modules that a module imports anywhere, those of types alone left out: `os`, `ocopgen.text`."""
    for node in ast.walk(_without_types(tree(name))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            whole = node.module or ""
            yield from ((f"ocopgen.{one.name}" for one in node.names) if whole == "ocopgen" else (whole,))


def _without_types(module: ast.Module) -> ast.Module:
    kept = [one for one in module.body if not (isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING")]
    return ast.Module(kept, [])


def own(name: str) -> set[str]:
    """The modules of the house that a module imports."""
    return {one.partition(".")[2] for one in imported(name) if one.startswith("ocopgen.")} & set(ORDER)


# --- the order --------------------------------------------------------------------------------------------


def test_the_map_in_the_readme_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted(one.stem for one in PACKAGE.glob("*.py") if one.stem != "__init__")


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_earlier_ones(name: str) -> None:
    assert own(name) <= set(ORDER[: ORDER.index(name)])


def test_each_module_has_its_tests() -> None:
    rules = {"rules_references", "rules_law", "rules_matter", "rules"}
    names = {one.stem for one in (ROOT / "tests").glob("test_*.py")}
    untested = {name for name in ORDER if f"test_{name}" not in names and name not in rules | WITH_OTHERS}
    assert untested == set()


WITH_OTHERS = {
    *("book", "brochure_views", "clashes", "companions", "container", "content_commands", "delivery", "frames"),
    "gallery",
    *("holdings", "keys", "letters", "office_commands", "place", "plain_pages", "recipe", "reference"),
    *("report_sheets", "report_views", "report_words", "settings", "site_commands"),
    *("spreadsheet", "stopwatch", "terminal", "views", "wording", "works"),
}
"""Modules that are tested by the tests of those that use them."""


# --- the core ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CORE)
def test_the_core_touches_no_disk_clock_network_or_chance(name: str) -> None:
    assert {one.partition(".")[0] for one in imported(name)} & IMPURE <= ALLOWED.get(name, set())
    calls = [ast.unparse(node.func) for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]
    assert not {"print", "open", "input", "date.today", "datetime.now"} & set(calls)


# --- sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in ORDER if name not in (*TABLES, "model")])
def test_a_module_has_at_most_400_lines(name: str) -> None:
    assert len((PACKAGE / f"{name}.py").read_text("utf-8").splitlines()) <= 400


Code = ast.FunctionDef | ast.ClassDef


def defined(name: str) -> Iterator[Code]:
    return (one for one in ast.walk(tree(name)) if isinstance(one, Code))


LONG = {"_common", "_parser", "product_page", "programme_page", "home_page", "data_files_agree"}
"""Functions that are one long table: of arguments, of the fields of a view, of references."""


@pytest.mark.parametrize("name", ORDER)
def test_a_function_has_at_most_40_lines(name: str) -> None:
    functions = [one for one in defined(name) if isinstance(one, ast.FunctionDef)]
    long = {one.name for one in functions if (one.end_lineno or 0) - one.lineno + 1 > 40}
    assert long - LONG == set()


@pytest.mark.parametrize("name", ORDER)
def test_a_module_says_its_promise(name: str) -> None:
    assert (ast.get_docstring(tree(name)) or "").split("\n")[0]


@pytest.mark.parametrize("name", [name for name in ORDER if name not in TABLES])
def test_what_is_public_says_what_it_is(name: str) -> None:
    public = [one for one in tree(name).body if isinstance(one, Code) and not one.name.startswith("_")]
    silent = {one.name for one in public if not ast.get_docstring(one)}
    assert silent - {one.name for one in public if _is_plain(name, one)} == set()


def _is_plain(name: str, one: Code) -> bool:
    """Rules and makers of pages are rows of a table; their names and types say all that there is to say."""
    return isinstance(one, ast.FunctionDef) and (name.startswith("rules_") or one.name.endswith("_page"))


# --- templates --------------------------------------------------------------------------------------------

PAGES = sorted(one.name for one in TEMPLATES.glob("*.html"))
SOURCES = {name: (TEMPLATES / name).read_text("utf-8") for name in PAGES}
STRINGS = read_yaml((ROOT / "content" / "strings.yml").read_bytes())


@pytest.mark.parametrize("name", PAGES)
def test_a_template_sees_only_its_page_the_site_and_the_words(name: str) -> None:
    parsed = Environment().parse(SOURCES[name])
    imported = {one.target for one in parsed.find_all(nodes.Import)}
    assert meta.find_undeclared_variables(parsed) - imported <= {"page", "site", "say"}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_names_the_templates_it_leads_to(name: str) -> None:
    assert None not in set(meta.find_referenced_templates(Environment().parse(SOURCES[name])))


@pytest.mark.parametrize("name", PAGES)
def test_a_template_only_shows_and_works_nothing_out(name: str) -> None:
    parsed = Environment().parse(SOURCES[name])
    filters = {one.name for one in parsed.find_all(nodes.Filter)}
    assert filters <= {"length", "first", "last", "join", "e"}
    marked = [one for one in parsed.find_all(nodes.Filter) if one.name in ("safe", "escape")]
    assert marked == []


def asked_by_templates() -> set[str]:
    papers = [one.read_text("utf-8") for one in (TEMPLATES / "brochures").iterdir()]
    return {key for source in (*SOURCES.values(), *papers) for key in re.findall(r"\bsay\.(\w+)", source)}


def asked_by_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys that the code asks for: whole words, and patterns where a part is worked out."""
    words: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for name in ORDER:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"[\w-]+" for one in node.values
                ]
                patterns.append(re.compile("".join(parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
                words |= set(re.findall(r"\{(path_\w+)\}", node.value))
            elif isinstance(node, ast.keyword) and node.arg == "choices" and isinstance(node.value, ast.Constant):
                patterns.append(re.compile(rf"{node.value.value}_[\w-]+"))
    return words, [one for one in patterns if re.match(r"[a-z]+_|[a-z]+\\_", one.pattern)]


def test_every_word_that_is_asked_for_is_written() -> None:
    said = re.compile(r"\bsay\(\s*\"(\w+)\"")
    by_code = {key for name in ORDER for key in said.findall((PACKAGE / f"{name}.py").read_text("utf-8"))}
    assert (asked_by_templates() | by_code) - STRINGS.keys() == set()


def test_every_word_that_is_written_is_asked_for() -> None:
    words, patterns = asked_by_code()
    asked = asked_by_templates() | words
    unused = {key for key in STRINGS if key not in asked and not any(one.fullmatch(key) for one in patterns)}
    assert unused == set()


def test_the_order_of_reading_is_the_order_of_the_readme() -> None:
    assert ORDER[0] == "text"
    assert ORDER[-1] == "cli"
    assert Path(PACKAGE / "__init__.py").is_file()


# --- our own drawings -------------------------------------------------------------------------------------

ELEMENTS = {
    *("svg", "title", "defs", "g", "use", "clipPath", "linearGradient", "radialGradient", "stop", "pattern"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
}
"""What a drawing may be made of: nothing that runs, fetches, moves or styles."""


@pytest.mark.parametrize("path", sorted((TEMPLATES / "illustrations").iterdir()), ids=lambda path: path.stem)
def test_a_drawing_is_harmless_and_whole_and_leads_nowhere(path: Path) -> None:
    raw = path.read_bytes()
    assert not re.search(rb"<!|<\?|&", raw), "no document type, no instruction, no entity"
    drawing = ElementTree.fromstring(raw)
    assert {one.tag for one in drawing.iter()} <= {f"{{http://www.w3.org/2000/svg}}{name}" for name in ELEMENTS}
    known = {one.get("id") for one in drawing.iter()}
    for name, value in ((name, value) for one in drawing.iter() for name, value in one.attrib.items()):
        assert not name.startswith("on"), name
        assert name != "style", value
        if name.rpartition("}")[2] == "href":
            assert value[0] == "#"
            assert value[1:] in known
        for address in re.findall(r"url\(([^)]*)\)", value):
            assert address[0] == "#"
            assert address[1:] in known
    width, height = (int(drawing.attrib[name]) for name in ("width", "height"))
    assert drawing.get("viewBox") == f"0 0 {width} {height}"
    assert path.stem == "hero" or (width, height) == (1600, 1200), "as cards are cut"
    assert pixels.drawing(raw.decode(), 200).getchannel("A").getextrema() == (255, 255), "no ground shines through"


# --- benchmarks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", sorted((ROOT / "bench").glob("*.py")), ids=lambda one: str(one.stem))
def test_each_benchmark_fits_the_program_as_it_is(script: Path) -> None:
    told = subprocess.run([sys.executable, str(script), "--help"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
