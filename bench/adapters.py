"""One catalogue written as each generator wants it, and the command that builds it.

The templates and settings of each lie in `bench/peers/<name>/`. What would make a peer slower than it needs to be is
worked out beforehand and handed to it: the facts of a product as rows of words, and which products are related.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from catalogue import LANGS, TODAY, Catalogue, Producer, Product, plain_yaml, write_content

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
PAGE = 48
"""Entries on one page of a listing."""

Row = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """What pages say of a catalogue in one language."""

    catalogue: Catalogue
    lang: str
    names: dict[str, str] = field(init=False)
    say: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        site = self.catalogue.site
        named = [(one["slug"], one["name"]) for one in (*site["districts"], *site["categories"])]
        named += [(one.slug, one.name) for one in self.catalogue.producers]
        named += [(one.slug, one.name) for one in self.catalogue.products]
        named += site["channels"].items()
        object.__setattr__(self, "names", {slug: name[self.lang] for slug, name in named})
        object.__setattr__(self, "say", site["ui"][self.lang])

    def facts(self, one: Product) -> list[Row]:
        """The facts table of a product."""
        certificates = [self.catalogue.site["certificates"][key] for key in one.certificates]
        return [
            (self.say["code"], one.code),
            (self.say["stars"], str(one.stars)),
            (self.say["year"], str(one.year)),
            (self.say["decision"], one.decision),
            (self.say["weight"], f"{one.weight_g} g"),
            (self.say["price"], f"{one.price_vnd} ₫"),
            (self.say["shelf_life"], str(one.shelf_life_months)),
            (self.say["certificates"], ", ".join(certificates)),
            (self.say["channels"], ", ".join(self.names[key] for key in one.channels)),
        ]

    def contact(self, one: Producer) -> list[Row]:
        """The facts table of a producer."""
        rows = (("address", one.address), ("phone", f"{one.phone[:4]} {one.phone[4:]}"), ("founded", str(one.founded)))
        return [(self.say[key], value) for key, value in rows]

    def links(self) -> list[dict[str, str]]:
        """The menu: stars, categories and districts that have a product."""
        bases = {base for one in self.catalogue.products for base in listings_of(one)}
        return [
            {"path": base, "name": self.names.get(base.split("/")[1], base.split("/")[1])} for base in sorted(bases)
        ]

    def product(self, one: Product, related: list[str]) -> dict[str, Any]:
        """What a product page shows beside its story."""
        return {
            "title": one.name[self.lang],
            "summary": one.summary[self.lang],
            "producer": one.producer,
            "producer_name": self.names[one.producer],
            "district": one.district,
            "district_name": self.names[one.district],
            "category": one.category,
            "category_name": self.names[one.category],
            "stars": one.stars,
            "facts": [list(row) for row in self.facts(one)],
            "related": [{"slug": slug, "name": self.names[slug]} for slug in related],
        }

    def producer(self, one: Producer) -> dict[str, Any]:
        facts = [list(row) for row in self.contact(one)]
        return {"title": one.name[self.lang], "district_name": self.names[one.district], "facts": facts}


def listings_of(one: Product) -> tuple[str, ...]:
    """The listings in which a product stands."""
    return f"stars/{one.stars}", f"categories/{one.category}", f"districts/{one.district}"


def related(catalogue: Catalogue) -> dict[str, list[str]]:
    """Four other products of each one's category: those that follow it."""
    groups: dict[str, list[str]] = {}
    for one in catalogue.products:
        groups.setdefault(one.category, []).append(one.slug)
    return {slug: [some[(at + more) % len(some)] for more in range(1, min(5, len(some)))] for some in groups.values()
            for at, slug in enumerate(some)}  # fmt: skip


def expected(catalogue: Catalogue) -> int:
    """How many pages a peer makes of a catalogue."""
    sizes: dict[str, int] = {}
    for one in catalogue.products:
        for base in listings_of(one):
            sizes[base] = sizes.get(base, 0) + 1
    entries = len(catalogue.products), len(catalogue.producers)
    return len(LANGS) * (1 + sum(entries) + sum(ceil(size / PAGE) for size in (*entries, *sizes.values())))


def told(catalogue: Catalogue) -> Iterator[tuple[Words, Product, dict[str, Any]]]:
    """Every product in every language, with what its page shows."""
    near = related(catalogue)
    for lang in LANGS:
        words = Words(catalogue, lang)
        for one in catalogue.products:
            yield words, one, words.product(one, near[one.slug])


def makers(catalogue: Catalogue) -> Iterator[tuple[Words, Producer, dict[str, Any]]]:
    """Every producer in every language, with what its page shows."""
    for lang in LANGS:
        words = Words(catalogue, lang)
        for one in catalogue.producers:
            yield words, one, words.producer(one)


def _write(file: Path, front: dict[str, Any], body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{plain_yaml(front)}---\n{body}", encoding="utf-8")


def _json(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _photos(catalogue: Catalogue, place: Callable[[Product], Path]) -> None:
    """Every photo that is there, linked to where a generator wants it."""
    for one in catalogue.products:
        for photo in one.photos:
            file = catalogue.photo(one, photo["file"])
            if file and file.exists():
                place(one).mkdir(parents=True, exist_ok=True)
                os.link(file, place(one) / file.name)


# --- Hugo -------------------------------------------------------------------------------------------------


def hugo(catalogue: Catalogue, site: Path) -> None:
    languages = {}
    for weight, lang in enumerate(LANGS, 1):
        words = Words(catalogue, lang)
        params = {"ui": words.say, "links": words.links()}
        languages[lang] = {
            "contentDir": f"content/{lang}",
            "weight": weight,
            "title": words.say["title"],
            "params": params,
        }
        for kind in ("categories", "districts"):
            for one in catalogue.site[kind]:
                _write(site / "content" / lang / kind / one["slug"] / "_index.md", {"title": one["name"][lang]}, "")
        for kind in ("stars", "categories", "districts"):
            _write(site / "content" / lang / kind / "_index.md", {"build": {"render": "never"}}, "")
    settings = {
        "baseURL": "https://example.org/",
        "defaultContentLanguage": LANGS[0],
        "defaultContentLanguageInSubdir": True,
        "disableDefaultLanguageRedirect": True,
        "disableKinds": ["rss", "sitemap", "robotstxt", "404"],
        "languages": languages,
        "taxonomies": {"star": "stars", "category": "categories", "district": "districts", "producer": "producers"},
        "pagination": {"pagerSize": PAGE, "disableAliases": True},
    }
    _json(site / "hugo.json", settings)
    for words, one, front in told(catalogue):
        for key, kind in (("category", "categories"), ("district", "districts"), ("producer", "producers")):
            front[kind] = [front.pop(key)]
        front["stars"] = [str(one.stars)]
        _write(site / "content" / words.lang / "products" / one.slug / "index.md", front, one.body[words.lang])
    for words, maker, front in makers(catalogue):
        _write(site / "content" / words.lang / "producers" / maker.slug / "_index.md", front, maker.about[words.lang])
    _photos(catalogue, lambda one: site / "content" / LANGS[0] / "products" / one.slug)
    shutil.copytree(BENCH / "peers" / "hugo", site, dirs_exist_ok=True)
    (site / "static").mkdir()
    shutil.copy(BENCH / "peers" / "style.css", site / "static")


def hugo_command(site: Path, tools: Path) -> list[str]:
    binary = next((tools / "py" / "lib").glob("python3*/site-packages/hugo/binaries/hugo*"), Path("hugo"))
    return [str(binary), "--quiet", "--noBuildLock", "--cacheDir", str(site / "cache")]


# --- Eleventy ---------------------------------------------------------------------------------------------


def eleventy(catalogue: Catalogue, site: Path) -> None:
    _interface(catalogue, site / "_data")
    there = bool(catalogue.pictures)
    for words, one, front in told(catalogue):
        tags = {"lang": words.lang, "tags": [f"products_{words.lang}"]}
        layout = {"layout": "product.njk", "permalink": f"/{words.lang}/products/{one.slug}/"}
        photos = [{"file": photo["file"], "alt": photo["alt"][words.lang]} for photo in one.photos] if there else []
        file = site / "content" / words.lang / "products" / f"{one.slug}.md"
        _write(file, {**front, **tags, **layout, "photos": photos}, one.body[words.lang])
    for words, maker, front in makers(catalogue):
        tags = {"lang": words.lang, "tags": [f"producers_{words.lang}"]}
        layout = {"layout": "producer.njk", "permalink": f"/{words.lang}/producers/{maker.slug}/"}
        file = site / "content" / words.lang / "producers" / f"{maker.slug}.md"
        _write(file, {**front, **tags, **layout}, maker.about[words.lang])
    _photos(catalogue, lambda _: site / "photos")
    shutil.copytree(BENCH / "peers" / "eleventy", site, dirs_exist_ok=True)
    shutil.copy(BENCH / "peers" / "style.css", site)
    _json(site / "package.json", {"private": True, "type": "module"})


def _interface(catalogue: Catalogue, folder: Path) -> None:
    """The words of the interface and the menu, as two files."""
    _json(folder / "ui.json", catalogue.site["ui"])
    _json(folder / "links.json", {lang: Words(catalogue, lang).links() for lang in LANGS})


def eleventy_command(site: Path, tools: Path) -> list[str]:
    return ["node", str(_modules(site, tools) / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]


def _modules(site: Path, tools: Path) -> Path:
    """The packages of Node, linked into the site, where a generator looks for them."""
    link = site / "node_modules"
    if not link.exists():
        link.symlink_to(tools / "node" / "node_modules")
    return link


# --- Pelican ----------------------------------------------------------------------------------------------


def pelican(catalogue: Catalogue, site: Path) -> None:
    _interface(catalogue, site)
    there = bool(catalogue.pictures)
    for words, one, front in told(catalogue):
        front["lead"], front["group"], front["group_name"] = (
            front.pop(key) for key in ("summary", "category", "category_name")
        )
        photos = {photo["file"]: photo["alt"][words.lang] for photo in one.photos} if there else {}
        front |= {"related": {other["slug"]: other["name"] for other in front["related"]}, "photos": photos}
        _meta(
            site / "content" / "products" / f"{one.slug}.{words.lang}.md", one.slug, words, front, one.body[words.lang]
        )
    for words, maker, front in makers(catalogue):
        file = site / "content" / "producers" / f"{maker.slug}.{words.lang}.md"
        _meta(file, maker.slug, words, front, maker.about[words.lang])
    _photos(catalogue, lambda _: site / "photos")
    shutil.copytree(BENCH / "peers" / "pelican", site, dirs_exist_ok=True)
    (site / "theme" / "static").mkdir(exist_ok=True)
    shutil.copy(BENCH / "peers" / "style.css", site / "theme" / "static")


def _meta(file: Path, slug: str, words: Words, front: dict[str, Any], body: str) -> None:
    """An entry with a line for each of its facts; rows are joined by `¦` and `=`."""
    lines = [f"{key}: {_line(value)}" for key, value in (*front.items(), ("slug", slug), ("lang", words.lang))]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n\n" + body, encoding="utf-8")


def _line(value: object) -> str:
    pairs = value.items() if isinstance(value, dict) else value
    return "¦".join(f"{one}={other}" for one, other in pairs) if isinstance(value, list | dict) else str(value)  # type: ignore[attr-defined]


def pelican_command(site: Path, tools: Path) -> list[str]:
    return [str(tools / "py" / "bin" / "pelican"), "--quiet", "--settings", "pelicanconf.py"]


# --- Astro ------------------------------------------------------------------------------------------------


def astro(catalogue: Catalogue, site: Path) -> None:
    _interface(catalogue, site)
    there = bool(catalogue.pictures)
    for words, one, front in told(catalogue):
        photos = [{"file": f"../photos/{photo['file']}", "alt": photo["alt"][words.lang]} for photo in one.photos]
        more = {"lang": words.lang, "photos": photos if there else []}
        file = site / "content" / "products" / words.lang / f"{one.slug}.md"
        _write(file, {**front, **more}, one.body[words.lang])
    for words, maker, front in makers(catalogue):
        file = site / "content" / "producers" / words.lang / f"{maker.slug}.md"
        _write(file, {**front, "lang": words.lang}, maker.about[words.lang])
    _photos(catalogue, lambda _: site / "content" / "products" / "photos")
    shutil.copytree(BENCH / "peers" / "astro", site, dirs_exist_ok=True)
    (site / "public").mkdir()
    shutil.copy(BENCH / "peers" / "style.css", site / "public")
    _json(site / "package.json", {"private": True, "type": "module"})


def astro_command(site: Path, tools: Path) -> list[str]:
    return ["node", str(_modules(site, tools) / "astro" / "astro.js"), "build", "--silent"]


# --- this project -----------------------------------------------------------------------------------------


def ours(catalogue: Catalogue, site: Path) -> None:
    write_content(catalogue, site / "content", ROOT / "content")
    shutil.copytree(ROOT / "templates", site / "templates")


def our_command(site: Path, _: Path) -> list[str]:
    return _ours(ROOT / "build.py", site)


def our_command_with_two_formats(site: Path, _: Path) -> list[str]:
    return _ours(BENCH / "two_formats.py", site)


def _ours(script: Path, site: Path) -> list[str]:
    places = [word for name in ("content", "templates", "output", "cache") for word in (f"--{name}", str(site / name))]
    return [sys.executable, str(script), "build", "--no-brochures", *places, "--date", str(TODAY)]


# --- all of them ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Generator:
    """How a generator gets a catalogue and builds it. `story` is where the Vietnamese story of a product lies."""

    name: str
    fill: Callable[[Catalogue, Path], None]
    command: Callable[[Path, Path], list[str]]
    output: str
    kept: tuple[str, ...]
    """What it keeps between builds, beside its output."""
    story: str
    page: str
    """The Vietnamese page of a product."""
    ours: bool = False
    """Whether it is this project, which makes more pages, and leaves out a format that saves no bytes."""


OUR_PAGE = "vi/san-pham/{slug}/index.html"
PEER_PAGE = "vi/products/{slug}/index.html"
GENERATORS = (
    Generator("ocopgen", ours, our_command, "output", ("cache",), "content/products/{slug}/index.vi.md",
              OUR_PAGE, ours=True),
    Generator("ocopgen-2", ours, our_command_with_two_formats, "output", ("cache",),
              "content/products/{slug}/index.vi.md", OUR_PAGE, ours=True),
    Generator("hugo", hugo, hugo_command, "public", ("cache", "resources"), "content/vi/products/{slug}/index.md",
              PEER_PAGE),
    Generator("eleventy", eleventy, eleventy_command, "_site", (".cache",), "content/vi/products/{slug}.md", PEER_PAGE),
    Generator("pelican", pelican, pelican_command, "output", ("cache",), "content/products/{slug}.vi.md", PEER_PAGE),
    Generator("astro", astro, astro_command, "dist", (".cache", ".astro"), "content/products/vi/{slug}.md", PEER_PAGE),
)  # fmt: skip
