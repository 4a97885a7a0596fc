"""The same catalogue built by other static site generators and by this project, beside each other.

    sh bench/peers/setup.sh TOOLS                                    # once: Hugo, Eleventy, Pelican, Astro
    python bench/catalogue.py CATALOGUE -n 1000 --form neutral
    python bench/peers.py --tools TOOLS --catalogue CATALOGUE --work WORK [--only hugo,pelican] [--json FILE]

Each makes a page of every product and producer in two languages, a home page, and listings of products, producers,
stars, categories and districts with 48 entries a page; with photos, each of them in three widths as WebP and JPEG of
quality 80. `ocopgen` is this project, which makes more and heavier pages (years, sets, sources, history of stars), and
AVIF too: the table tells how many and how many bytes, and only its own work differs. `ocopgen-2` is the same without
AVIF; a format that saves no bytes is made and then left out. Steps are measured in turn: first
all cold, then all with nothing changed, then all with one story edited.

CPU seconds and memory are of the whole process tree (`bench/measure.py`). A site is checked: that the pages are as
many as they should be, that a table written in Markdown is one, and that an edit is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters import GENERATORS, Generator, expected
from catalogue import Catalogue, read_neutral
from measure import Cost, change, measured, pages_and_bytes, progress, put_aside, stamps, table

MARK = "bench-dấu"
STEPS = "cold", "nothing changed", "one story edited"
TABLE_CELL = re.compile(r"<tr[^>]*>\s*<t[dh][^>]*>\s*(Độ ẩm|Chất đạm)")
"""A row of the table that every story has."""


@dataclass(frozen=True)
class Result:
    """One step of one generator."""

    generator: str
    step: str
    cost: Cost
    files: int
    written: int
    pages: int
    page_bytes: int
    product_page: int
    all_bytes: int
    faults: tuple[str, ...]

    @property
    def row(self) -> list[str]:
        cost = self.cost
        figures = [f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.peak:.0f}", str(self.written), str(self.pages)]
        sizes = [f"{self.product_page / 1000:.1f}", f"{self.page_bytes / 1e6:.1f}", f"{self.all_bytes / 1e6:.1f}"]
        return [self.step, self.generator, *figures, *sizes, f"{cost.load:.1f}", "; ".join(self.faults) or "yes"]

    @property
    def record(self) -> dict[str, object]:
        counts = {key: getattr(self, key) for key in COUNTS}
        return {"generator": self.generator, "step": self.step, **self.cost.record, **counts, "faults": self.faults}


COUNTS = "files", "written", "pages", "page_bytes", "product_page", "all_bytes"
HEAD = ["step", "generator", "CPU s", "wall s", "peak MB", "written", "pages"]
HEAD += ["kB a product", "MB of pages", "MB in all", "load", "right"]


class Bench:
    """One generator with its site in a folder of its own."""

    def __init__(self, generator: Generator, catalogue: Catalogue, work: Path, tools: Path) -> None:
        self.generator, self.catalogue, self.tools = generator, catalogue, tools
        self.site = work / generator.name
        self.output = self.site / generator.output
        self.one = catalogue.products[len(catalogue.products) // 2]

    def fill(self) -> None:
        shutil.rmtree(self.site, ignore_errors=True)
        self.site.mkdir(parents=True)
        self.generator.fill(self.catalogue, self.site)

    def run(self, step: str) -> Result:
        """Measure one step and look at what came out."""
        if step == STEPS[0]:
            for name in (self.generator.output, *self.generator.kept):
                put_aside(self.site / name, self.site / "attic")
        if step == STEPS[2]:
            with (self.site / self.generator.story.format(slug=self.one.slug)).open("a", encoding="utf-8") as file:
                file.write(f"\n{MARK}\n")
        before = stamps(self.output) if self.output.exists() else {}
        command = self.generator.command(self.site, self.tools)
        cost = measured(command, self.site / "log", self.site, SETTINGS | {"BENCH_PICTURES": str(int(self._photos()))})
        after = stamps(self.output) if self.output.exists() else {}
        pages, page_bytes = pages_and_bytes(after)
        _, _, product_page = after.get(self.page, (0, 0, 0))
        written = len(change(before, after).written)
        whole = sum(size for _, _, size in after.values())
        faults = tuple(self.faults(step, cost, pages, [path for path in after if not path.endswith(".html")]))
        return Result(
            self.generator.name, step, cost, len(after), written, pages, page_bytes, product_page, whole, faults
        )

    @property
    def page(self) -> str:
        return self.generator.page.format(slug=self.one.slug)

    def _photos(self) -> bool:
        return bool(self.catalogue.pictures)

    def faults(self, step: str, cost: Cost, pages: int, others: list[str]) -> Iterator[str]:
        """What is not as it should be."""
        if cost.code:
            yield f"exit code {cost.code}, see {self.site / 'log'}"
            return
        wanted = expected(self.catalogue)
        if pages < wanted or (pages > wanted and not self.generator.ours):
            yield f"{pages} pages, not {wanted}"
        file = self.output / self.page
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if not TABLE_CELL.search(text):
            yield "the table of a story is none"
        if (MARK in text) != (step == STEPS[2]):
            yield "the edit is not shown" if step == STEPS[2] else "an edit is shown"
        if self._photos():
            made = [sum(path.endswith(kinds) for path in others) for kinds in ((".webp",), (".jpg", ".jpeg"))]
            if min(made[self.generator.ours :]) < 3 * len(self.catalogue.pictures):
                yield f"{made[0]} WebP and {made[1]} JPEG files, not {3 * len(self.catalogue.pictures)}"


SETTINGS = {"ASTRO_TELEMETRY_DISABLED": "1", "NO_COLOR": "1"}


def arguments() -> argparse.Namespace:
    names = [one.name for one in GENERATORS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", type=Path, required=True, metavar="DIR", help="made by bench/peers/setup.sh")
    parser.add_argument("--catalogue", type=Path, required=True, metavar="DIR", help="in the neutral form")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="where the sites are made")
    parser.add_argument("--only", default=",".join(names), help="which generators (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--markdown", action="store_true", help="a table for a document")
    parsed = parser.parse_args()
    parsed.only = parsed.only.split(",")
    if unknown := set(parsed.only) - set(names):
        parser.error(f"no such generator: {', '.join(sorted(unknown))}")
    return parsed


def main() -> int:
    options = arguments()
    catalogue = read_neutral(options.catalogue.resolve())
    work, tools = options.work.resolve(), options.tools.resolve()
    benches = [Bench(one, catalogue, work, tools) for one in GENERATORS if one.name in options.only]
    for bench in benches:
        progress(f"writing the site of {bench.generator.name}")
        bench.fill()
    results: list[Result] = []
    for step in STEPS:
        for bench in benches:
            results.append(result := bench.run(step))
            told = f"{result.cost.cpu:.2f} s CPU, {result.cost.wall:.2f} s, {result.cost.peak:.0f} MB"
            progress("; ".join([f"{step}, {bench.generator.name}: {told}", *result.faults]))
            if options.json:
                _record(options.json, catalogue, results)
    print(table(HEAD, [result.row for result in results], options.markdown))
    return int(any(result.faults for result in results))


def _record(file: Path, catalogue: Catalogue, results: list[Result]) -> None:
    size = {"products": len(catalogue.products), "photos": len(catalogue.pictures)}
    whole = {**size, "processors": len(os.sched_getaffinity(0)), "results": [one.record for one in results]}
    file.write_text(json.dumps(whole, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
