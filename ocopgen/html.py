"""Recipes for HTML: a template with all it extends and includes, the frame of its edition, and one view."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, MacroRef
from jinja2.compiler import Frame as Scope
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ocopgen.recipe import Tools, digest
from ocopgen.text import Phrase
from ocopgen.views import Frame, View

# --- the engine -------------------------------------------------------------------------------------------
# It prints what Jinja prints, in a third of the time: what is shown is views, words and macros, and nothing else.

_WORDS_KEPT, _CARDS_KEPT = 1 << 14, 1 << 12
"""How many escaped words and cards a process keeps, the latest; cards take 8 kB each."""


@lru_cache(_WORDS_KEPT)
def _escaped(words: str) -> Markup:
    return escape(words)


def _shown(value: object) -> Markup:
    """What `escape` gives."""
    if type(value) is str:
        return _escaped(value)
    if type(value) is Phrase and value.lang is None:
        return _escaped(value.words)
    return value if type(value) is Markup else escape(value)


class _Code(CodeGenerator):
    """The Python that a template becomes. Only pages see views alone: other templates are given dictionaries too."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Scope) -> None:
        if not str(self.name).endswith(".html"):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        is_word = isinstance(node.node, nodes.Name) and node.node.name == "say"
        self.write(f"[{node.attr!r}]" if is_word else f".{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Scope) -> None:
        """The macro `card` is kept with what it gave: a card stands on many pages, and is hashable as its words are."""
        self.write("environment.kept(" if getattr(macro_ref.node, "name", "") == "card" else "(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.shown")


class _Context(Context):
    def call(
        self,
        called: Callable[..., object],
        /,
        *given: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        """Call a macro as it is: none asks for the state of its caller."""
        return called(*given, **named)


class _Engine(Environment):
    code_generator_class = _Code
    context_class = _Context
    shown = staticmethod(_shown)
    kept = staticmethod(lru_cache(_CARDS_KEPT))


# --- templates ---------------------------------------------------------------------------------------------


class _Named(BaseLoader):
    """Gives each template its name for a file, so that a fault while a page is printed tells where it lies."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[template], template, lambda: True


@dataclass(frozen=True)
class Templates:
    """The sources of all templates by name."""

    sources: Mapping[str, str]

    @cached_property
    def environment(self) -> Environment:
        return _Engine(
            loader=_Named(self.sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def __reduce__(self) -> tuple[type[Templates], tuple[Mapping[str, str]]]:
        return Templates, (self.sources,)

    @cached_property
    def digest_of_all(self) -> str:
        """The fingerprint of every template."""
        return digest(*(f"{name}\n{source}" for name, source in sorted(self.sources.items())))

    def digest(self, name: str) -> str:
        """The fingerprint of a template and of every template it leads to."""
        if name not in self._digests:
            self._digests[name] = digest(*(f"{one}\n{self.sources[one]}" for one in self._reached(name)))
        return self._digests[name]

    def reached(self, name: str) -> dict[str, str]:
        """The source of a template and of every template it leads to, by name."""
        return {one: self.sources[one] for one in self._reached(name)}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def _reached(self, name: str) -> list[str]:
        reached, ahead = {name}, [name]
        while ahead:
            for other in _named_templates(ahead.pop(), self.sources):
                if other not in reached:
                    reached.add(other)
                    ahead.append(other)
        return sorted(reached)


_IMPORT = re.compile(r'^#import "([\w.-]+)"', re.MULTILINE)
_REFERENCE = re.compile(
    r"\{%[-+]?\s*(?:extends|include|import|from)\s+(?:([\"'])([\w./-]+)\1\s*(?=[-+]?%|[a-z])(?!if\b)|(.*?)\s*%\})"
)


def _named_templates(name: str, sources: Mapping[str, str]) -> Iterator[str]:
    """The templates that a template names. Found by their form, since parsing them costs 24 ms each."""
    if name.endswith(".typ"):
        yield from _IMPORT.findall(sources[name])
        return
    for found in _REFERENCE.finditer(sources[name]):
        if found[3]:
            raise ValueError(f"{name}: a template is named by {found[3]}, which is worked out; write its name")
        yield found[2]


# --- recipes ----------------------------------------------------------------------------------------------


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
    setting: Setting
    view: View

    @property
    def key(self) -> None:
        """Nobody knows a page before it is printed, as that costs no more than to take its fingerprint."""

    def make(self, tools: Tools) -> bytes:
        template = tools.template(self.template)
        try:
            return template.render(page=self.view, site=self.setting.frame, say=self.setting.words).encode()
        except (AttributeError, KeyError) as missing:
            raise UndefinedError(f"{self.template}: {missing}") from missing
