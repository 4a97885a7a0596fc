"""The tools of recipes on disk: templates, pictures, the cache of costly bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

from ocopgen.cache import Cache, read_exactly
from ocopgen.html import Templates


def read_templates(folder: Path) -> Templates:
    """Every template of a folder, and those of its brochures, by its name."""
    kinds = (".html", ".css", ".js", ".svg", ".typ")
    files = sorted((*folder.iterdir(), *folder.glob("brochures/*")))
    return _templates(tuple((one.name, one.read_text("utf-8")) for one in files if one.suffix in kinds))


@lru_cache(maxsize=1)
def _templates(sources: tuple[tuple[str, str], ...]) -> Templates:
    """Templates that did not change are not compiled again by a process that builds again and again."""
    return Templates(dict(sources))


def illustrations(folder: Path) -> dict[str, Path]:
    """Where each of our own drawings lies, by its name: `set-01`, `hero`."""
    return {one.stem: one for one in sorted(folder.glob("*.svg"))}


@dataclass(frozen=True)
class Workshop:
    """The tools of `recipe.Tools`, on disk. It can be sent to another process."""

    templates: Templates
    files: Mapping[str, Path]
    cache: Cache
    _compiled: dict[str, Template] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[type[Workshop], tuple[Templates, Mapping[str, Path], Cache]]:
        return Workshop, (Templates(self.templates.sources), self.files, self.cache)

    def template(self, name: str) -> Template:
        if name not in self._compiled:
            self._compiled[name] = self.templates.environment.get_template(name)
        return self._compiled[name]

    def source(self, wanted: str) -> bytes:
        return read_exactly(self.files[wanted], wanted)

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        found = self.cache.get(key)
        if found is not None:
            return found
        made = make()
        for one, content in made.items():
            self.cache.put(one, content)
        return made[key]
