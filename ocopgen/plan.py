"""Catalogue, templates and day → every artifact of the site; no two share a path."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from ocopgen.bindery import SCREEN, Quality
from ocopgen.brochures import Bound
from ocopgen.cards import KIND_ROUTES, Desk, code_path
from ocopgen.catalogue import Catalogue, Key
from ocopgen.companions import COMPANIONS
from ocopgen.crawlers import robots
from ocopgen.edition import SHORT, Edition, short_href
from ocopgen.form_page import OWN, of_form
from ocopgen.frames import Assets, frame
from ocopgen.gallery import Gallery, drawing_path
from ocopgen.heads import Marks, Route, head, marks
from ocopgen.hosts import rules
from ocopgen.html import Html, Setting, Templates
from ocopgen.image import Ladder
from ocopgen.model import KINDS
from ocopgen.offers import Offers
from ocopgen.offline import of_phone
from ocopgen.open_files import ABOUT_DATA, OpenFiles
from ocopgen.pages import SITE
from ocopgen.plain_pages import plain_pages, redirects
from ocopgen.qr import Code
from ocopgen.recipe import Artifact, Source
from ocopgen.short_pages import short_page
from ocopgen.social import posters, site_posters
from ocopgen.text import Lang


@dataclass(frozen=True)
class Look:
    """What a plan is made of besides the catalogue and its pictures: the templates, the day and the address.

    `form` has the scripts that were fetched for the form, by name with their digests.
    """

    templates: Templates
    today: date
    base_url: str | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    brochures: bool = True


@dataclass(frozen=True)
class Layout:
    """What all pages share of the site: in each language its words, its frame, and where the pages lie.

    `marks` tell entries apart whose pages would be called or described alike.
    """

    templates: Templates
    editions: tuple[Edition, ...]
    settings: Mapping[Lang, Setting]
    assets: Assets
    form: Mapping[str, str] = field(default_factory=dict)
    brochures: bool = True
    marks: Marks = field(default_factory=dict)

    @property
    def address(self) -> str | None:
        """Where the site will be on the web, if it is known."""
        return self.editions[0].base_url


def lay_out(catalogue: Catalogue, look: Look) -> Layout:
    """What the pages of a catalogue share. Raises `MissingWords`, `WrongWords`."""
    address = look.base_url or catalogue.site.address
    editions = tuple(Edition(lang, catalogue, look.today, address) for lang in catalogue.site.languages)
    assets = Assets.of(look.templates, catalogue)
    desks = {one.lang: Desk(one, Gallery(catalogue, {})) for one in editions}
    settings = {lang: Setting(frame(desk, assets, look.templates), desk.edition.words) for lang, desk in desks.items()}
    brochures = look.brochures and catalogue.site.brochures
    bare = replace(catalogue, **cast(Any, dict.fromkeys(KINDS, ())), photos={})
    bared = tuple(one.over(bare) for one in editions)
    return Layout(look.templates, bared, settings, assets, look.form, brochures, marks(SITE, desks.values()))


def with_posters(gallery: Gallery, layout: Layout, ids: Iterable[str] | None = None) -> Gallery:
    """A gallery with the pictures that other sites show of its pages, which need the site's address to be found.

    With `ids`, of products only these. That of the site is kept where it is there.
    """
    if layout.address is None:
        return gallery
    products = gallery.catalogue.products
    wanted = products if ids is None else tuple(map(gallery.catalogue.product_by_id.__getitem__, ids))
    found = dict(gallery.posters)
    for desk in Forme(layout, gallery).desks.values():
        if (desk.lang, "") not in found:
            found |= site_posters(desk, layout.templates)
        found |= posters(desk, wanted, layout.templates)
    return replace(gallery, posters=found)


class SharedPath(ValueError):
    """Two artifacts would lie at one path; the path is the argument."""


def plan(gallery: Gallery, look: Look) -> tuple[Artifact, ...]:
    """Every file of the site of the gallery's catalogue, in the order of their paths. Raises `SharedPath`."""
    layout = lay_out(gallery.catalogue, look)
    forme = Forme(layout, gallery)
    artifacts = [*of_site(layout, gallery), *form(layout), *drawings(gallery)]
    artifacts += (one for key, _ in gallery.catalogue.entries for one in forme.of_entry(key))
    artifacts += (one for name, lang in overviews(layout) for one in forme.of_overview(name, lang))
    artifacts += (one for name in COMPANIONS for one in forme.of_companion(name))
    return without_clashes(artifacts)


def without_clashes(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """One artifact a path; equal recipes may be asked for twice. Case is no difference: some disks ignore it."""
    by_path: dict[str, Artifact] = {}
    for artifact in artifacts:
        if not all(part not in ("", ".", "..") for part in artifact.path.split("/")):
            raise ValueError(f"{artifact.path} would lie outside the site")
        known = by_path.setdefault(artifact.path.lower(), artifact)
        if known is not artifact and known.recipe != artifact.recipe:
            raise SharedPath(artifact.path)
    return tuple(sorted(by_path.values(), key=lambda one: one.path))


# --- what is planned together -----------------------------------------------------------------------------


def of_site(layout: Layout, gallery: Gallery) -> Iterator[Artifact]:
    """What needs no entry: styles, fonts, icons, the worker, rules for servers and crawlers, pages of no language.

    Of the gallery only the picture of the site is shown.
    """
    assets = layout.assets
    yield from assets.artifacts()
    yield from rules(layout.editions)
    yield from robots(layout.editions[0])
    yield from of_phone(layout.editions, layout.templates, assets.style_path, assets.icon_path)
    yield from plain_pages(tuple(Forme(layout, gallery).desks.values()), assets.style_path, assets.icon_path)


def form(layout: Layout) -> Iterator[Artifact]:
    """The form in which the content is edited."""
    assets = layout.assets
    return of_form(layout.editions, layout.templates.sources[OWN], layout.form, assets.style_path, assets.icon_path)


def overviews(layout: Layout) -> Iterator[tuple[str, Lang]]:
    """The kinds of pages that show the catalogue as a whole, in each language; that about data is planned once."""
    first = layout.editions[0].lang
    whole = (route.name for route in SITE if not route.kind)
    return ((name, one.lang) for name in whole for one in layout.editions if name != ABOUT_DATA or one.lang == first)


@dataclass(frozen=True)
class Forme:
    """A layout with what is set in it: a gallery of the whole catalogue, or of an entry and its neighbours."""

    layout: Layout
    gallery: Gallery
    pieces: Mapping[Lang, dict[Hashable, Any]] = field(default_factory=dict)
    quality: Quality = SCREEN

    @cached_property
    def desks(self) -> dict[Lang, Desk]:
        """A desk in each language."""
        catalogue = self.gallery.catalogue
        return {
            one.lang: Desk(one.over(catalogue), self.gallery, self.pieces.get(one.lang, {}))
            for one in self.layout.editions
        }

    def of_entry(self, key: Key) -> Iterator[Artifact]:
        """The pages of an entry, its data and its pictures."""
        kind, _, entry_id = key.partition("/")
        entry, assets = self.gallery.catalogue.entry_by_key[key], self.layout.assets
        for desk in self.desks.values():
            for route in SITE:
                if route.kind == kind:
                    yield self._page(desk, route, entry)
                    yield from self.offers.beside(desk, route, entry)
            yield from redirects(desk.edition, KIND_ROUTES[kind], entry, assets.style_path, assets.icon_path)
        yield self.data.of_entry(kind, entry)
        if kind in SHORT:
            yield from self._at_short_addresses(kind, entry)
        yield from pictures(self.gallery.of_entry(key, entry))
        if kind == "products":
            yield from pictures(steps for (_, one), steps in self.gallery.posters.items() if one == entry_id)

    def _at_short_addresses(self, kind: str, entry: Any) -> Iterator[Artifact]:
        """One page for all languages, the same at the ids that the entry had, as they are printed too; and the code.

        What meets here meets in every language as well, where it is told: see `clash`.
        """
        desks = tuple(self.desks.values())
        marked = self.layout.marks
        page = Html("short.html", self.layout.settings[desks[0].lang], short_page(desks, kind, entry, marked))
        for one in dict.fromkeys((entry.id, *entry.was)):
            yield Artifact(short_href(kind, one) + "index.html", page)
        address = desks[0].edition.short_address(kind, entry.id)
        if address is not None:
            yield Artifact(code_path(kind, entry.id), Code(address))

    def of_overview(self, name: str, lang: Lang) -> Iterator[Artifact]:
        """The pages of one kind that show the catalogue as a whole.

        Those about data are planned in all languages at once, with the data itself, as they tell its size.
        """
        for desk in self.desks.values() if name == ABOUT_DATA else [self.desks[lang]]:
            for route, subject in self._overview(name, desk):
                yield self._page(desk, route, subject)
                yield from self.offers.beside(desk, route, subject)
        if name == ABOUT_DATA:
            yield from self.data.of_whole()

    def of_companion(self, name: str) -> Iterator[Artifact]:
        """The files of one row of `COMPANIONS`."""
        return COMPANIONS[name](tuple(self.desks.values()))

    def _overview(self, name: str, desk: Desk) -> Iterator[tuple[Route[Any], Any]]:
        route = next(one for one in SITE if one.name == name and not one.kind)
        return ((route, subject) for subject in route.each(desk))

    def documents(self, key: Key) -> Iterator[Bound]:
        """The brochures of an entry."""
        entry = self.gallery.catalogue.entry_by_key[key]
        pages = (
            (desk, one, entry) for desk in self.desks.values() for one in SITE if one.kind == key.partition("/")[0]
        )
        return (one for page in pages for one in self.offers.of_page(*page))

    def documents_of_overview(self, name: str, lang: Lang) -> Iterator[Bound]:
        """The brochures that pages of one kind lead to."""
        desk = self.desks[lang]
        pages = ((desk, route, subject) for route, subject in self._overview(name, desk))
        return (one for page in pages for one in self.offers.of_page(*page))

    @cached_property
    def offers(self) -> Offers:
        """The brochures that pages lead to; none where none are wanted."""
        wanted = self.layout.brochures
        return Offers(tuple(self.desks.values()), self.layout.templates, self.quality, wanted)

    @cached_property
    def data(self) -> OpenFiles:
        """What pages show as data."""
        return OpenFiles(tuple(self.desks.values()))

    def _page(self, desk: Desk, route: Route[Any], subject: Any) -> Artifact:
        downloads = self.offers.downloads(desk, route, subject, self.gallery.sizes)
        top = head(route, desk, subject, self.layout.editions, self.layout.marks, downloads)
        top = replace(top, data=self.data.beside(desk, route.name, route.kind, subject))
        view = route.view(desk, subject, top)
        path = route.address(desk.edition, subject) + "index.html"
        return Artifact(path, Html(route.template, self.layout.settings[desk.lang], view))


def pictures(ladders: Iterable[Ladder]) -> Iterator[Artifact]:
    """Every rendition of photos and posters."""
    return (Artifact(steps.path(one), one) for steps in ladders for one in steps.renditions)


def drawings(gallery: Gallery) -> Iterator[Artifact]:
    """Our own drawings, each as it is, and the picture of the site in each language."""
    yield from (Artifact(drawing_path(one), Source(one.digest)) for one in gallery.drawings())
    yield from pictures(steps for (_, one), steps in gallery.posters.items() if not one)
