"""Small content folders for tests: written as dictionaries, laid on disk, built quietly, and read back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import yaml
from PIL import Image

from ocopgen import recipe
from ocopgen.cache import Cache
from ocopgen.cards import Desk
from ocopgen.catalogue import Catalogue, Content, shelve
from ocopgen.darkroom import Darkroom
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.html import Html, Templates
from ocopgen.model import Product
from ocopgen.notebook import Notebook
from ocopgen.photo import PhotoFile, Sight
from ocopgen.pixels import looked_at
from ocopgen.plan import Look, plan
from ocopgen.pool import Pool
from ocopgen.problems import errors
from ocopgen.project import Built, Project, build
from ocopgen.recipe import Artifact
from ocopgen.survey import TEXTS, Found
from ocopgen.text import Lang
from ocopgen.views import Away, Head, View

TODAY = date(2026, 11, 23)
TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
AWKWARD = TESTS / "site"
TEMPLATES = ROOT / "templates"
CACHE = (
    Path(gettempdir())
    / f"ocopgen-tests-{recipe.digest(*(one.read_bytes() for one in sorted((ROOT / 'ocopgen').glob('*.py'))))}"
)
"""Pictures and fonts that this very code made before, as a change of the code need not change a recipe."""

Files = Mapping[str, str | bytes]


class Quiet:
    """A progress that nobody sees."""

    def begin(self, what: str, total: int) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


# --- words of files ---------------------------------------------------------------------------------------


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def read_yaml(raw: str | bytes) -> Any:
    """The values of a YAML file, as PyYAML reads them."""
    return yaml.load(raw, Loader=yaml.CSafeLoader)


def write_yaml(values: object) -> str:
    """A YAML file of values."""
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def entry(body: str = "", **facts: object) -> str:
    """An entry's file: front matter and body."""
    return f"---\n{write_yaml(facts) if facts else ''}---\n{body}"


def product(name: str = "Gạo", body: str = "", **facts: object) -> str:
    """A product's Vietnamese file: a rice of the producer `an` without more."""
    return entry(body, name=name, **{"summary": f"{name} ngon.", "producer": "an", "set": 3, **facts})


def producer(name: str = "Hợp tác xã An", body: str = "", **facts: object) -> str:
    """A producer's Vietnamese file: a cooperative in Thụy An."""
    place = {"commune": "thuy-an", "district": "thai-thuy"}
    return entry(body, name=name, **{"kind": "cooperative", "place": place, **facts})


def stars(
    level: int = 4, day: date = date(2025, 6, 1), number: str = "1/QĐ-UBND", **facts: object
) -> dict[str, object]:
    """A recognition with its decision."""
    return {"stars": level, "decision": {"number": number, "date": day}, **facts}


def page_of(kind: str, name: str) -> str:
    """The path of an entry's Vietnamese file."""
    return f"{kind}/{name}/index.vi.md"


DATA: Files = {
    **{name: (AWKWARD / name).read_bytes() for name in ("places.yml", "classification.yml")},
    "programme.yml": (AWKWARD / "programme.yml").read_bytes(),
    "strings.yml": (ROOT / "content" / "strings.yml").read_bytes(),
    "site.yml": (AWKWARD / "site.yml").read_bytes().replace(b"licence:", b"brochures: false\nlicence:"),
}
"""The data files of every small site; the words are the shipped ones."""

ONE: Files = {page_of("producers", "an"): producer(), page_of("products", "gao"): product()}
"""One producer and one product of it."""


# --- pictures ---------------------------------------------------------------------------------------------


def gradient(width: int, height: int) -> Image.Image:
    """A picture whose every corner has a colour of its own: red to the right, green downwards."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (red, green, Image.new("L", (width, height), 64)))


def jpeg(width: int = 900, height: int = 700, orientation: int = 1, gps: bool = False) -> bytes:
    """A JPEG with EXIF, as a phone would write it; `orientation` turns what is seen upright."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MAKER-OF-PHONES"
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (20.0, 30.0, 0.0)
    file = io.BytesIO()
    gradient(width, height).save(file, "JPEG", quality=90, exif=exif, comment=b"SECRET-COMMENT")
    return file.getvalue()


def png(width: int = 900, height: int = 700, alpha: bool = False) -> bytes:
    """A PNG; with `alpha` its left half is wholly transparent."""
    image = gradient(width, height)
    if alpha:
        mask = Image.new("L", (width, height), 255)
        mask.paste(0, (0, 0, width // 2, height))
        image.putalpha(mask)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF whose every frame has a colour of its own."""
    file = io.BytesIO()
    pages = [Image.new("P", (width, height), number % 256) for number in range(frames)]
    for one in pages:
        one.putpalette(bytes(range(256)) * 3)
    pages[0].save(file, "GIF", save_all=True, append_images=pages[1:], duration=100)
    return file.getvalue()


def photo_of(raw: bytes, path: str = "products/gao/hop.jpg") -> PhotoFile:
    """A picture as it is found in a folder."""
    return PhotoFile(path, recipe.digest(raw), len(raw), looked_at(raw))


def cut_short(raw: bytes) -> bytes:
    """A picture whose header is right and whose pixels stop half way."""
    return raw[: len(raw) // 2]


# --- sites on disk ----------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="#2F6B3B"/></svg>'

_TINY_PAPER = """#let data = json("data.json")
#set document(title: data.page.title)
#set text(lang: data.site.lang)
#repr(data)
"""
_TINY = "{% extends 'base.html' %}{% block main %}{{ page }}{% endblock %}"
TINY: Mapping[str, str] = {
    "base.html": "<title>{{ page.head.title }}</title>{{ site.today }} {{ say.menu }}{% block main %}{% endblock %}\n",
    **{f"{name}.html": _TINY for name in ("home", "listing", "product", "producer", "names", "search", "text", "news")},
    **{f"{name}.html": _TINY for name in ("programme", "data")},
    **{f"{name}.html": "{{ page }}\n" for name in ("entrance", "not-found", "redirect", "form", "short", "offline")},
    **{
        f"{name}.js": f"// the {name}\n"
        for name in ("filter", "find", "form", "offline", "retired", "search", "worker")
    },
    "style.css": "body{color:{{ light.ink }};font-family:'{{ fonts['head'] }}'}\n",
    "icon.svg": SVG,
    "social.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><desc>{{ page }}</desc></svg>',
    **{one.name: _TINY_PAPER for one in (TEMPLATES / "brochures").glob("*.typ")},
    "seal.svg": "{{ page }}",
    "parts.html": "",
    **{f"illustrations/set-{number:02}.svg": SVG for number in range(1, 27)},
    "illustrations/hero.svg": SVG.replace("#2F6B3B", "#B97A0A"),
}
"""Templates that print the whole view and nothing else: quick, and sensitive to every change of a view."""


def lay(folder: Path, files: Files) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def site(folder: Path, files: Files = ONE, templates: Files = TINY, jobs: int = 1) -> Project:
    """A project in a folder of its own: the data files, the entries given, and the tiny templates."""
    content = lay(folder / "content", {**DATA, **files})
    return Project(content, lay(folder / "templates", templates), folder / "output", CACHE, TODAY, jobs=jobs)


def built(project: Project, force: bool = False) -> Built:
    """Build a project that is expected to be sound."""
    done = build(project, Quiet(), force)
    assert done.printed is not None, "\n".join(one.printed() for one in done.problems)
    return done


def warm(folder: Path) -> Path:
    """A cache of its own that has the pictures and fonts that were made before, and no notes."""
    for kept in CACHE.glob("??/*.kept"):
        linked = folder / kept.relative_to(CACHE)
        linked.parent.mkdir(parents=True, exist_ok=True)
        linked.hardlink_to(kept)
    return folder


def awkward(folder: Path) -> Project:
    """The awkward content of `tests/site` with the real templates; the words are the shipped ones."""
    files = {one.relative_to(AWKWARD).as_posix(): one.read_bytes() for one in AWKWARD.rglob("*.*") if one.is_file()}
    content = lay(folder / "content", {**DATA, **files})
    return Project(content, TEMPLATES, folder / "output", CACHE, TODAY)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file of a site by path with its bytes, and every folder; the build's own folder is left out."""
    found = (one for one in folder.rglob("*") if ".ocopgen" not in one.parts)
    return {one.relative_to(folder).as_posix(): None if one.is_dir() else one.read_bytes() for one in found}


def times(folder: Path) -> dict[str, int]:
    """When each file and folder of a site was changed (ns)."""
    found = (one for one in folder.rglob("*") if ".ocopgen" not in one.parts)
    return {one.relative_to(folder).as_posix(): one.stat().st_mtime_ns for one in found}


def read_content(folder: Path, photos: Iterable[PhotoFile] = ()) -> Content:
    """The texts of a content folder, with photos as they were found to be."""
    texts = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.suffix in TEXTS}
    return Content(texts, {one.path: one for one in photos})


def found_of(paths: Mapping[str, Path]) -> dict[str, Found]:
    """Files as a survey tells of them."""
    raws = {name: path.read_bytes() for name, path in paths.items()}
    return {name: Found(str(paths[name]), len(raw), recipe.digest(raw)) for name, raw in raws.items()}


@contextmanager
def a_darkroom(cache: Path, jobs: int = 1) -> Iterator[Darkroom]:
    """A darkroom with a cache and notes of its own."""
    notes = Notebook(cache)
    with Pool(jobs) as pool:
        yield Darkroom(Cache(cache), notes, pool, Quiet())
    notes.save()


# --- sites in memory --------------------------------------------------------------------------------------


def catalogue(files: Files = ONE, photos: Iterable[PhotoFile] = (), data: Files = DATA) -> Catalogue:
    """The published catalogue of some files; they are expected to be sound."""
    everything = {**data, **files}
    texts = {name: text.encode() if isinstance(text, str) else text for name, text in everything.items()}
    shelf = shelve(Content(texts, {one.path: one for one in photos}))
    assert shelf.catalogue is not None, "\n".join(one.printed() for one in shelf.problems)
    assert not errors(shelf.problems), "\n".join(one.printed() for one in errors(shelf.problems))
    return shelf.catalogue.published()


def photo(path: str, width: int = 900, height: int = 700, digest: str = "") -> PhotoFile:
    """A photo of which only the size is known."""
    return PhotoFile(path, digest or f"digest of {path}", 1000, Sight("jpeg", width, height))


DRAWINGS = {
    name: PhotoFile(f"illustrations/{name}.svg", f"digest of {name}", 1000, Sight("svg", 1600, 1200))
    for name in ("hero", *(f"set-{number:02}" for number in range(1, 27)))
}

VI, EN = Lang("vi"), Lang("en")


def edition(lang: Lang = VI, files: Files = ONE, today: date = TODAY, data: Files = DATA) -> Edition:
    """An edition of some files."""
    return Edition(lang, catalogue(files, data=data), today)


def desk(
    files: Files = ONE,
    lang: Lang = VI,
    photos: Iterable[PhotoFile] = (),
    today: date = TODAY,
    data: Files = DATA,
) -> Desk:
    """A desk over some files."""
    whole = catalogue(files, photos, data)
    return Desk(Edition(lang, whole, today), Gallery(whole, DRAWINGS))


def with_policies(files: Files = DATA, **policies: bool) -> Files:
    """Data files whose `site.yml` sets some policies."""
    return {**files, "site.yml": write_yaml({**read_yaml(files["site.yml"]), "policies": policies})}


def the(one: Desk, product_id: str) -> Product:
    """A product of a desk."""
    return one.catalogue.product_by_id[product_id]


def a_head(root: str = "../../../") -> Head:
    """A head for views that are made by hand."""
    return Head(root=root, here="", title="Title", description="", nav="", crumbs=(), alternates=(), canonical=None)


@cache
def tiny_templates() -> Templates:
    """The tiny templates in memory."""
    return Templates({name: source for name, source in TINY.items() if "/" not in name})


def planned(whole: Catalogue, today: date = TODAY, base_url: str | None = None) -> tuple[Artifact, ...]:
    """The plan of a catalogue with tiny templates."""
    return plan(Gallery(whole, DRAWINGS), Look(tiny_templates(), today, base_url))


def views(artifacts: Iterable[Artifact]) -> dict[str, View]:
    """The views of the pages of a plan by path."""
    return {one.path: one.recipe.view for one in artifacts if isinstance(one.recipe, Html)}


def hrefs(view: object) -> set[str]:
    """Every address inside the site that a view names; words that lead away are left out."""
    if isinstance(view, Away):
        return set()
    if isinstance(view, tuple):
        return {href for item in view for href in hrefs(item)}
    if not is_dataclass(view):
        return set()
    found = set()
    for one in fields(view):
        value = getattr(view, one.name)
        named = one.name in ("href", "src", "goto", "previous", "following") or one.name.endswith("_href")
        if named and one.name != "map_href":
            found |= {value} if value else set()
        else:
            found |= hrefs(value)
    return found


def file_of(href: str) -> str:
    """The file that an address names."""
    return href + "index.html" if href.endswith("/") else href
