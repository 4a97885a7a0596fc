"""What a build costs as the catalogue grows: cold, unchanged, and after one edit of each kind.

    python bench/scale.py [--sizes 112,1000,10000] [--pictures] [--json FILE] [--markdown] [--work DIR] [--clean]

Every step is the command `build.py build` in a fresh process, after an edit of a synthetic catalogue
(`bench/catalogue.py`). Told are CPU seconds and peak memory of all its processes, wall seconds, and how many files of
the site were written and removed; then what one product more adds to each. A step is checked: which pages must have
changed is known from the pages themselves. With `--pictures`, products have two photos each (`--photo-pool` of them are
drawn, the others differ by a comment); without, they have none. `--clean` builds all anew at the end and compares each
byte. The load beside a step is the machine's before it: figures of a busy machine are no figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from catalogue import TODAY, Product, commented, make, product_files, write_content, write_entry, write_photos
from measure import Change, Cost, Stamps, change, measured, pages_and_bytes, progress, put_aside, stamps, table

ROOT = Path(__file__).resolve().parent.parent
MARK = "bench-dấu"
"""A word that stands nowhere else."""


@dataclass(frozen=True)
class Step:
    """One build that was measured, with what is wrong about it, if anything."""

    name: str
    products: int
    cost: Cost
    written: int
    removed: int
    faults: tuple[str, ...] = ()

    @property
    def row(self) -> list[str]:
        cost = self.cost
        figures = [f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.peak:.0f}", str(self.written), str(self.removed)]
        return [self.name, *figures, f"{cost.load:.1f}", "; ".join(self.faults) or "yes"]

    @property
    def record(self) -> dict[str, object]:
        counts = {"products": self.products, "written": self.written, "removed": self.removed}
        return {"step": self.name, **counts, **self.cost.record, "faults": list(self.faults)}


TEXTS = ".html", ".json", ".csv", ".js"

PAGES_EACH = 3
"""Pages of a product: in two languages, and at its short address."""

HEAD = ["step", "CPU s", "wall s", "peak MB", "written", "removed", "load", "right"]


class Site:
    """A synthetic catalogue on a disk with its own templates, output and cache."""

    def __init__(self, work: Path, jobs: int | None) -> None:
        self.work, self.content, self.templates = work, work / "content", work / "templates"
        self.output, self.cache = work / "output", work / "cache"
        self._jobs = ["--jobs", str(jobs)] if jobs else []
        self.before: Stamps = {}

    def fill(self, count: int, photos: int, pool: int) -> list[Product]:
        """Write a catalogue; gives its products."""
        catalogue = make(count, photos)
        for number, _ in enumerate(write_photos(catalogue, self.work, pool) if photos else (), 1):
            if number % 50 == 0:
                progress(f"  {number} of {count * photos} photos")
        write_content(replace(catalogue, folder=self.work), self.content, ROOT / "content")
        shutil.copytree(ROOT / "templates", self.templates)
        return catalogue.products

    def build(self) -> tuple[Cost, Change]:
        """Run the real command; gives its cost and which files it changed."""
        places = ("content", "templates", "output", "cache")
        named = [word for name in places for word in (f"--{name}", str(self.work / name))]
        command = [
            sys.executable,
            str(ROOT / "build.py"),
            "build",
            "--no-brochures",
            *named,
            "--date",
            str(TODAY),
            *self._jobs,
        ]
        cost = measured(command, self.work / "log")
        after = stamps(self.output) if self.output.exists() else {}
        changed, self.before = change(self.before, after), after
        return cost, changed

    def cold(self) -> tuple[Cost, Change]:
        """The same with nothing kept from before."""
        put_aside(self.output, self.work / "attic")
        put_aside(self.cache, self.work / "attic")
        self.before = {}
        return self.build()

    def pages_with(self, pattern: str, among: Iterable[str] | None = None) -> frozenset[str]:
        """The pages of the site in which a pattern is found, and the files of data."""
        sought = re.compile(pattern.encode())
        pages = (path for path in (self.before if among is None else among) if path.endswith(TEXTS))
        return frozenset(path for path in pages if sought.search((self.output / path).read_bytes()))

    def digest(self) -> str:
        """Every path and byte of the site in one number."""
        whole = hashlib.blake2b()
        for path in sorted(self.before):
            whole.update(path.encode() + b"\0" + (self.output / path).read_bytes())
        return whole.hexdigest()

    def said(self) -> str:
        """The last line the command printed."""
        lines = (self.work / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


# --- steps ------------------------------------------------------------------------------------------------

Found = Iterator[str]
"""What is wrong, in words."""


class Run:
    """All steps at one size, in order, each on what the one before left."""

    def __init__(self, site: Site, products: list[Product]) -> None:
        self.site, self.products = site, products
        self.one = products[len(products) // 2]
        self._whole = ""

    def steps(self, first: str) -> Iterator[Step]:
        yield self.step(first, self.site.cold, self.all_written)
        yield self.step("nothing changed", self.site.build, lambda made: _equal("written", made.written, frozenset()))
        yield self.edited_story()
        yield self.edited_name()
        yield self.edited_template()
        yield self.added()
        yield self.removed()

    def step(
        self, name: str, build: Callable[[], tuple[Cost, Change]], faults: Callable[[Change], Iterable[str]]
    ) -> Step:
        progress(f"  {name} …")
        cost, made = build()
        wrong = [f"exit code {cost.code}: {self.site.said()}"] if cost.code else list(faults(made))
        told = f"{cost.cpu:.2f} s CPU, {cost.wall:.2f} s, {cost.peak:.0f} MB, {len(made.written)} written"
        progress("; ".join([f"  {name}: {told}", *wrong]))
        return Step(name, len(self.products), cost, len(made.written), len(made.removed), tuple(wrong))

    def all_written(self, made: Change) -> Found:
        ids = {one.slug for one in self.products}
        pages = [path for path in made.written if path.endswith("/index.html") and Path(path).parent.name in ids]
        if len(pages) != PAGES_EACH * len(ids):
            yield f"{len(pages)} pages of {len(ids)} products in 2 languages and at short addresses"

    def edited_story(self) -> Step:
        with self._words().open("a", encoding="utf-8") as file:
            file.write(f"\n{MARK}\n")
        return self.step("one story edited", self.site.build, self.only_its_page)

    def only_its_page(self, made: Change) -> Found:
        data = f"data/products/{self.one.slug}.json"
        pages = frozenset(made.written) - {data}
        yield from _equal("pages", frozenset(Path(path).parent.name for path in pages), {self.one.slug})
        yield from _equal("files with the edit", self.site.pages_with(MARK, made.written), made.written)
        if len(made.written) != 2:
            yield f"{len(made.written)} files, not a page and its data"

    def edited_name(self) -> Step:
        name = self.one.name["vi"]
        held = self.site.pages_with(re.escape(name) + r"(?!\d)")
        _replace(self._words(), f"name: {name}\n", f"name: {name} {MARK}\n")
        return self.step("one name edited", self.site.build, lambda made: self.where_it_stood(held, made))

    def where_it_stood(self, held: frozenset[str], made: Change) -> Found:
        yield from _equal("pages that held the name", made.written, held)
        yield from _equal("pages that hold the new one", self.site.pages_with(rf" {MARK}", held), held)

    def edited_template(self) -> Step:
        _replace(self.site.templates / "product.html", "<article>", f'<article data-mark="{MARK}">')
        return self.step("one template edited", self.site.build, self.all_of_the_template)

    def all_of_the_template(self, made: Change) -> Found:
        held = self.site.pages_with(f'data-mark="{MARK}"')
        yield from _equal("pages of the template", made.written, held)
        if len(held) != 2 * len(self.products):
            yield f"{len(held)} pages of {len(self.products)} products in 2 languages"

    def added(self) -> Step:
        self._whole = self.site.digest()
        new, place = _another(self.one), self.site.content / "products"
        write_entry(place / new.slug, product_files(new))
        for old, photo in zip(self.one.photos, new.photos, strict=True):
            raw = (place / self.one.slug / old["file"]).read_bytes()
            (place / new.slug / photo["file"]).write_bytes(commented(raw, photo["file"]))
        return self.step("one entry added", self.site.build, lambda made: self.both_there(new, made))

    def both_there(self, new: Product, made: Change) -> Found:
        pages = sum(Path(path).parent.name == new.slug for path in made.written)
        if pages != PAGES_EACH or _pages(made.removed):
            yield f"{pages} new pages, not {PAGES_EACH}, and {_pages(made.removed)} removed"

    def removed(self) -> Step:
        shutil.rmtree(self.site.content / "products" / _another(self.one).slug)
        return self.step("one entry removed", self.site.build, self.as_it_was)

    def as_it_was(self, made: Change) -> Found:
        if _pages(made.removed) != PAGES_EACH:
            yield f"{_pages(made.removed)} pages removed, not {PAGES_EACH}"
        if self.site.digest() != self._whole:
            yield "the site is not as it was before the entry"

    def clean(self) -> Step:
        whole = self.site.digest()
        return self.step(
            "all built anew", self.site.cold, lambda made: () if self.site.digest() == whole else ["other bytes"]
        )

    def _words(self) -> Path:
        return self.site.content / "products" / self.one.slug / "index.vi.md"


def _another(one: Product) -> Product:
    """A product more, of the same producer, with stories of its own."""
    other = make(1, seed=1).products[0]
    slug = one.slug.rsplit("-", 1)[0] + "-99999"
    new = replace(other, slug=slug, category=one.category, code="34-99999-2026")
    photos = [{**photo, "file": f"other-{photo['file']}"} for photo in one.photos]
    return replace(new, producer=one.producer, district=one.district, photos=photos)


def _pages(files: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in files)


def _equal(what: str, found: Iterable[str], wanted: Iterable[str]) -> Found:
    more, less = set(found) - set(wanted), set(wanted) - set(found)
    if more or less:
        yield f"{what}: {len(more)} too many, {len(less)} too few (such as {min(more | less)})"


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        sys.exit(f"{file}: '{old.strip()}' stands there {text.count(old)} times")
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- tables -----------------------------------------------------------------------------------------------


def sized(count: int, folder: Path, options: argparse.Namespace) -> tuple[list[Step], str]:
    """All steps at one size, and a line on the site."""
    steps: list[Step] = []
    if options.pictures:
        progress(f"{count} products with photos")
        site = Site(folder / f"{count}-pictures", options.jobs)
        run = Run(site, site.fill(count, 2, options.photo_pool))
        steps += run.steps("cold")
        words = _told(site)
        steps += [run.clean()] if options.clean else []
    progress(f"{count} products, text only")
    text = Site(folder / f"{count}-text", options.jobs)
    plain = Run(text, text.fill(count, 0, 0))
    if options.pictures:
        steps.insert(1, plain.step("cold, text only", text.cold, plain.all_written))
    else:
        steps += plain.steps("cold, text only")
        words = _told(text)
        steps += [plain.clean()] if options.clean else []
    return steps, words


def _told(site: Site) -> str:
    pages, size = pages_and_bytes(site.before)
    whole = sum(size for _, _, size in site.before.values())
    return (
        f"{len(site.before)} files, {pages} pages of {size / max(1, pages) / 1000:.1f} kB, {whole / 1e6:.0f} MB in all"
    )


def growth(small: list[Step], large: list[Step]) -> list[list[str]]:
    """What one product more costs each step, in milliseconds and kB."""
    rows = []
    for less, more in zip(small, large, strict=True):
        each = 1000 / (more.products - less.products)
        figures = [(getattr(more.cost, key) - getattr(less.cost, key)) * each for key in ("cpu", "wall", "peak")]
        rows.append([less.name, *(f"{one:.2f}" for one in figures)])
    return rows


def printed(sizes: dict[int, tuple[list[Step], str]], markdown: bool) -> Iterator[str]:
    """Everything that was found, in words and tables."""
    title = "### " if markdown else ""
    for count, (steps, words) in sizes.items():
        yield f"\n{title}{count} products: {words}\n"
        yield table(HEAD, [step.row for step in steps], markdown)
    for (few, (small, _)), (many, (large, _)) in pairwise(sizes.items()):
        yield f"\n{title}One product more, from {few} to {many}\n"
        yield table(["step", "CPU ms", "wall ms", "peak kB"], growth(small, large), markdown)


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    version = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return {"version": version, "python": platform.python_version(), "processors": len(os.sched_getaffinity(0))}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="112,1000,10000", help="products, in rising order (%(default)s)")
    parser.add_argument("--pictures", action="store_true", help="two photos a product")
    parser.add_argument("--photo-pool", type=int, default=0, metavar="K", help="draw only K photos, copy the others")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--markdown", action="store_true", help="tables for a document")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where to work (the system's temporary folder)")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes of the build")
    parser.add_argument("--clean", action="store_true", help="at the end, build anew and compare each byte")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    sizes: dict[int, tuple[list[Step], str]] = {}
    with tempfile.TemporaryDirectory(dir=options.work, prefix="scale-") as folder:
        for count in map(int, options.sizes.split(",")):
            sizes[count] = sized(count, Path(folder), options)
            if options.json:
                steps = [step.record for steps, _ in sizes.values() for step in steps]
                options.json.write_text(json.dumps({**machine(), "steps": steps}, indent=1), encoding="utf-8")
    print(*printed(sizes, options.markdown), sep="\n")
    return int(any(step.faults for steps, _ in sizes.values() for step in steps))


if __name__ == "__main__":
    sys.exit(main())
