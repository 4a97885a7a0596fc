"""What the same work costs with the bare libraries, on one processor: the floor under our own figures.

    python bench/floor.py CONTENT OUTPUT

`CONTENT` is a catalogue in the form of the project (`bench/catalogue.py`), `OUTPUT` the site built from it. Told are
CPU seconds for reading every entry, for PyYAML's C parser on its facts, for Python-Markdown on its story, for Jinja on
a page of twelve filled-in words and one loop of forty for every page of the site, and for writing its files elsewhere.
No checks, no places of lines, no order of names, no cleaning, no picture, no record: what stands between this and our
figures is what the project does.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import yaml
from jinja2 import Environment
from markdown import Markdown
from measure import table

T = TypeVar("T")

PAGE = """<!doctype html><html lang="{{ lang }}"><head><title>{{ name }}</title>
<meta name="description" content="{{ summary }}"></head><body><h1>{{ name }}</h1><p>{{ summary }}</p>
{% for one in facts %}<dl><dt>{{ one.0 }}</dt><dd>{{ one.1 }}</dd></dl>
{% endfor %}<div>{{ story|safe }}</div></body></html>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", type=Path)
    parser.add_argument("output", type=Path)
    asked = parser.parse_args()
    rows: list[list[str]] = []

    def timed(name: str, work: Callable[[], T]) -> T:
        begin = time.process_time()
        done = work()
        rows.append([name, f"{time.process_time() - begin:.2f}"])
        return done

    raw = timed("read", lambda: [path.read_text("utf-8") for path in sorted(asked.content.glob("*/*/index.*.md"))])
    parts = [text.split("---\n", 2) for text in raw]
    facts = timed("YAML", lambda: [yaml.load(one[1], yaml.CSafeLoader) for one in parts])
    markdown = Markdown(extensions=["tables", "sane_lists"])
    stories = timed("Markdown", lambda: [markdown.reset().convert(one[2]) for one in parts])
    pages = [path for path in sorted(asked.output.rglob("*.html")) if ".ocopgen" not in path.parts]
    template = Environment(autoescape=True).from_string(PAGE)
    timed("Jinja", lambda: [_page(template.render, facts, stories, number) for number in range(len(pages))])
    site = {path.relative_to(asked.output): path.read_bytes() for path in pages}
    with tempfile.TemporaryDirectory() as folder:
        timed("write", lambda: _write(Path(folder), site))
    total = sum(float(seconds) for _, seconds in rows)
    print(f"{len(raw)} texts, {len(pages)} pages, {sum(map(len, site.values())) / 1e6:.0f} MB")
    print(table(["step", "CPU s"], [*rows, ["all", f"{total:.2f}"]], markdown=True))


def _page(render: Callable[..., str], facts: list[dict[str, object]], stories: list[str], number: int) -> str:
    entry, story = facts[number % len(facts)], stories[number % len(stories)]
    shown = [(f"{name} {count}", str(value)) for count in range(5) for name, value in list(entry.items())[:8]]
    return render(lang="vi", name=entry.get("name"), summary=entry.get("summary"), facts=shown, story=story)


def _write(folder: Path, site: dict[Path, bytes]) -> None:
    for path, content in site.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


if __name__ == "__main__":
    main()
