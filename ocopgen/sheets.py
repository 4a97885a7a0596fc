"""Which files are planned together, and all that they are made of: an entry's pages, the overviews, the drawings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ocopgen.bindery import SCREEN, Quality
from ocopgen.brochures import Bound, templates_of
from ocopgen.catalogue import Catalogue, Key
from ocopgen.companions import COMPANIONS
from ocopgen.edition import SHORT
from ocopgen.entry_pages import neighbours
from ocopgen.form_page import OWN, scripts_digest
from ocopgen.gallery import Gallery
from ocopgen.holdings import Holdings
from ocopgen.index import Index
from ocopgen.model import KINDS
from ocopgen.pages import SITE
from ocopgen.photo import PhotoFile
from ocopgen.plan import Forme, Layout, drawings, form, of_site, overviews, with_posters
from ocopgen.recipe import COMMON, Artifact, Sheet, digest
from ocopgen.study import Fingerprints, Story, body_of
from ocopgen.text import Lang


@dataclass(frozen=True, slots=True)
class Planned:
    """A sheet, and for that of an entry the neighbours it shows something of."""

    sheet: Sheet
    subject: Key | None = None
    neighbours: tuple[Key, ...] = ()
    overview: tuple[str, Lang] | None = None
    companion: str | None = None


def sheets(layout: Layout, catalogue: Catalogue, prints: Mapping[Key, Fingerprints], common: str) -> Iterator[Planned]:
    """Every sheet of the site of a catalogue; `common` is the fingerprint of what is in all of them."""
    always = ((COMMON, common),)
    every = digest("\n".join(f"{key} {prints[key].facts}" for key, _ in catalogue.entries))
    whole = *always, ("entries", every)
    templates = layout.templates
    shared = SHARED, templates.digest(SHARED)
    yield Planned(Sheet("assets", (*always, ("templates", templates.digest_of_all))))
    yield Planned(Sheet("drawings", (*whole, shared)))
    page, script = ("form.html", templates.digest("form.html")), (OWN, digest(templates.sources[OWN]))
    yield Planned(Sheet("form", (*always, page, script, ("scripts of the form", scripts_digest(layout.form)))))
    for name, lang in overviews(layout):
        template = next(route.template for route in SITE if route.name == name and not route.kind)
        inputs = *whole, (template, templates.digest(template)), shared, *_papers(layout, name)
        yield Planned(Sheet(f"{lang} {name}", inputs), overview=(name, lang))
    for name in COMPANIONS:
        yield Planned(Sheet(name, whole), companion=name)
    forms = {kind: _forms(layout, kind) for kind in KINDS}
    index, langs = Index(layout.editions[0].over(catalogue)), [one.lang for one in layout.editions]
    for key, _ in catalogue.entries:
        near = neighbours(index, key)
        own = (key, prints[key].facts), (f"{key} body", prints[key].story)
        shown = ((one, prints[one].facts) for one in near)
        marked = ((f"mark {lang}", repr(mark)) for lang in langs if (mark := layout.marks.get((lang, key))))
        sheet = Sheet(key, (*always, *forms[key.partition("/")[0]], *own, *shown, *marked))
        yield Planned(sheet, subject=key, neighbours=near)


SHARED = "social.svg"
"""The template of the pictures that other sites show of a page, which every page names."""


def _forms(layout: Layout, kind: str) -> tuple[tuple[str, str], ...]:
    """The templates of an entry's pages."""
    others = {"redirect.html", SHARED} | ({"short.html"} if kind in SHORT else set())
    names = sorted({route.template for route in SITE if route.kind == kind} | others)
    papers = (one for route in SITE if route.kind == kind for one in _papers(layout, route.name))
    return *((name, layout.templates.digest(name)) for name in names), *papers


def _papers(layout: Layout, route: str) -> tuple[tuple[str, str], ...]:
    """The templates of the brochures that a page leads to."""
    names = sorted(templates_of(route)) if layout.brochures else ()
    return tuple((name, layout.templates.digest(name)) for name in names)


@dataclass(frozen=True)
class Case:
    """All that sheets are planned from, as a compositor has type in a case. It can be sent to another process.

    `keys` are the published entries.
    """

    layout: Layout
    holdings: Holdings
    keys: tuple[Key, ...]
    illustrations: Mapping[str, PhotoFile]
    sizes: Mapping[str, int]
    quality: Quality = SCREEN

    def __reduce__(self) -> tuple[type[Case], tuple[object, ...]]:
        return Case, (self.layout, self.holdings, self.keys, self.illustrations, self.sizes, self.quality)

    @cached_property
    def whole(self) -> Forme:
        """The layout with the whole catalogue, without stories."""
        gallery = Gallery(self.holdings.catalogue(self.keys), self.illustrations, self.sizes, self.bare.posters)
        return Forme(self.layout, gallery, self.pieces, self.quality)

    @cached_property
    def bare(self) -> Gallery:
        """The gallery of no entry: it has the picture of the site in each language."""
        return with_posters(Gallery(self.layout.editions[0].catalogue, self.illustrations), self.layout)

    @cached_property
    def pieces(self) -> dict[Lang, dict[Hashable, Any]]:
        """What shows single entries, in each language, for all that is planned from this case."""
        return {one.lang: {} for one in self.layout.editions}

    def around(self, planned: Planned, stories: Iterable[Story]) -> Forme:
        """The layout with an entry, its stories and its neighbours."""
        forme = self._around(planned, stories)
        kind, _, entry_id = str(planned.subject).partition("/")
        return replace(
            forme, gallery=with_posters(forme.gallery, self.layout, [entry_id] if kind == "products" else [])
        )

    def _around(self, planned: Planned, stories: Iterable[Story]) -> Forme:
        """The same without the pictures that other sites show of products."""
        assert planned.subject is not None
        catalogue = self.holdings.catalogue(planned.neighbours, planned.subject, body_of(stories))
        gallery = Gallery(catalogue, self.illustrations, self.sizes, self.bare.posters)
        return Forme(self.layout, gallery, self.pieces, self.quality)

    def artifacts(self, planned: Planned, stories: Iterable[Story] = ()) -> Iterator[Artifact]:
        """The files of a sheet; for that of an entry its stories are needed."""
        if planned.subject is not None:
            return self.around(planned, stories).of_entry(planned.subject)
        if planned.overview is not None:
            return self.whole.of_overview(*planned.overview)
        if planned.companion is not None:
            return self.whole.of_companion(planned.companion)
        if planned.sheet.name == "drawings":
            return drawings(self.whole.gallery)
        if planned.sheet.name == "form":
            return form(self.layout)
        return of_site(self.layout, self.bare)

    def documents(self, planned: Planned, stories: Iterable[Story] = ()) -> Iterator[Bound]:
        """The brochures that the files of a sheet lead to, or are."""
        if planned.subject is not None:
            return self._around(planned, stories).documents(planned.subject)
        return self.whole.documents_of_overview(*planned.overview) if planned.overview else iter(())

    def spare(self, most: int) -> None:
        """Let go of the entries that were opened and of what was made of them, where they are more than so many."""
        if self.holdings.opened > most:
            self.holdings.shut()
            for name in ("whole", "pieces"):
                vars(self).pop(name, None)

    def with_sizes(self, sizes: Mapping[str, int]) -> Case:
        """The same, once the pictures are made and their sizes known."""
        return replace(self, sizes=sizes)
