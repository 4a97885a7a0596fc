"""Recipes for HTML: a template with all it extends and includes, the frame of its edition, and one view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import DictLoader, Environment, StrictUndefined, meta

from ocopgen.recipe import Tools, digest
from ocopgen.views import Frame, View


@dataclass(frozen=True)
class Templates:
    """The sources of all templates by name."""

    sources: Mapping[str, str]

    @cached_property
    def environment(self) -> Environment:
        return Environment(
            loader=DictLoader(dict(self.sources)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def digest(self, name: str) -> str:
        """The fingerprint of a template and of every template it leads to."""
        return self._digests.setdefault(name, digest(*(f"{one}\n{self.sources[one]}" for one in self._reached(name))))

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def _reached(self, name: str) -> list[str]:
        reached, ahead = {name}, [name]
        while ahead:
            parsed = self.environment.parse(self.sources[ahead.pop()])
            for other in meta.find_referenced_templates(parsed):
                if other is None:
                    raise ValueError(f"{name}: a template is included by a name that is worked out")
                if other not in reached:
                    reached.add(other)
                    ahead.append(other)
        return sorted(reached)


@dataclass(frozen=True)
class Setting:
    """What all pages of an edition share: its frame and its words."""

    frame: Frame | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        return digest(repr(self.frame), repr(sorted(self.words.items())))


@dataclass(frozen=True)
class Html:
    """One page: `page`, `site` and `say` are all that its template sees."""

    template: str
    template_digest: str
    setting: Setting
    view: View

    @cached_property
    def key(self) -> str:
        return digest("html", self.template, self.template_digest, self.setting.digest, repr(self.view))

    @property
    def costly(self) -> bool:
        return False

    def make(self, tools: Tools) -> bytes:
        template = tools.template(self.template)
        return template.render(page=self.view, site=self.setting.frame, say=self.setting.words).encode()
