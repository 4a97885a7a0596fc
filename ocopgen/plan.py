"""Catalogue, templates and day → every artifact of the site; no two share a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from urllib.parse import urlsplit

from ocopgen import font
from ocopgen.cards import KIND_ROUTES, Desk
from ocopgen.catalogue import Catalogue
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.html import Html, Setting, Templates
from ocopgen.model import KINDS
from ocopgen.order import STARS, sorted_pages, starred
from ocopgen.pages import SITE, head
from ocopgen.photo import TINTS
from ocopgen.recipe import Artifact, Plain, digest
from ocopgen.social import posters
from ocopgen.text import Phrase
from ocopgen.views import Away, Frame, Greeting, NavLink, PlainPage


@dataclass(frozen=True)
class Look:
    """What a plan is made of besides the catalogue and its pictures: the templates, the day and the address."""

    templates: Templates
    today: date
    base_url: str | None = None


def with_posters(gallery: Gallery, look: Look) -> Gallery:
    """A gallery with the pictures that other sites show of its pages, which need the site's address to find them."""
    if _address(gallery.catalogue, look) is None:
        return gallery
    desks = [Desk(one, gallery) for one in _editions(gallery.catalogue, look)]
    return replace(gallery, posters=dict(chain.from_iterable(posters(desk, look.templates) for desk in desks)))


def _address(catalogue: Catalogue, look: Look) -> str | None:
    return look.base_url or catalogue.site.address


def _editions(catalogue: Catalogue, look: Look) -> list[Edition]:
    address = _address(catalogue, look)
    return [Edition(lang, catalogue, look.today, address) for lang in catalogue.site.languages]


class SharedPath(ValueError):
    """Two artifacts would lie at one path; the path is the argument."""


def plan(gallery: Gallery, look: Look) -> tuple[Artifact, ...]:
    """Every file of the site of the gallery's catalogue, in the order of their paths. Raises `SharedPath`."""
    catalogue = gallery.catalogue
    editions = _editions(catalogue, look)
    assets = _Assets(look.templates, catalogue)
    artifacts = [*assets.artifacts()]
    artifacts += (Artifact(steps.path(one), one) for steps in gallery.ladders() for one in steps.renditions)
    for edition in editions:
        artifacts += _pages(Desk(edition, gallery), editions, look.templates, assets)
    artifacts += _plain_pages(editions, look.templates, assets)
    return _without_clashes(artifacts)


def _without_clashes(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """One artifact a path; equal recipes may be asked for twice. Case is no difference: some disks ignore it."""
    by_path: dict[str, Artifact] = {}
    for artifact in artifacts:
        if not all(part not in ("", ".", "..") for part in artifact.path.split("/")):
            raise ValueError(f"{artifact.path} would lie outside the site")
        known = by_path.setdefault(artifact.path.lower(), artifact)
        if known is not artifact and known.recipe.key != artifact.recipe.key:
            raise SharedPath(artifact.path)
    return tuple(sorted(by_path.values(), key=lambda one: one.path))


# --- styles, fonts, icon ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Assets:
    """Files that all pages share; their names carry their fingerprints, so they may be kept for ever."""

    templates: Templates
    catalogue: Catalogue

    @property
    def css(self) -> bytes:
        colours = self.catalogue.site.colours
        fonts = {name: font.path(name).rpartition("/")[2] for name in font.FONTS}
        template = self.templates.environment.get_template("style.css")
        return template.render(light=colours.by_light, dark=colours.by_dark, fonts=fonts, tints=TINTS).encode()

    @property
    def icon(self) -> bytes:
        return self.templates.sources["icon.svg"].encode()

    @property
    def style_path(self) -> str:
        return f"assets/style-{digest(self.css)[:12]}.css"

    @property
    def icon_path(self) -> str:
        return f"assets/icon-{digest(self.icon)[:12]}.svg"

    def artifacts(self) -> Iterator[Artifact]:
        yield Artifact(self.style_path, Plain(self.css))
        yield Artifact(self.icon_path, Plain(self.icon))
        for name, one in font.FONTS.items():
            yield Artifact(font.path(name), one)


# --- pages ------------------------------------------------------------------------------------------------


def _pages(desk: Desk, editions: Sequence[Edition], templates: Templates, assets: _Assets) -> Iterator[Artifact]:
    setting = Setting(_frame(desk, assets), desk.edition.words)
    for route in SITE:
        known = templates.digest(route.template)
        for subject in route.each(desk):
            view = route.view(desk, subject, head(route, desk, subject, editions))
            path = route.address(desk.edition, subject) + "index.html"
            yield Artifact(path, Html(route.template, known, setting, view))


def _frame(desk: Desk, assets: _Assets) -> Frame:
    edition, site = desk.edition, desk.catalogue.site
    highest = next((one for one in STARS if any(starred(desk, one))), STARS[-1])
    hrefs = {"stars": edition.href("star", str(highest))}
    links = {
        name: NavLink(name, edition.say(name), hrefs.get(name) or edition.href(name)) for name in (*_MENU, *_FOOTER)
    }
    pages = tuple(
        NavLink(one.id, edition.phrase(one.name).words, edition.href("page", one.id)) for one in sorted_pages(desk)
    )
    return Frame(
        lang=edition.lang,
        title=edition.phrase(site.title),
        tagline=edition.phrase(site.tagline),
        home=edition.href("home"),
        menu=tuple(links[name] for name in _MENU),
        footer=tuple(links[name] for name in _FOOTER) + pages,
        today=edition.day(edition.today),
        today_iso=edition.today.isoformat(),
        contact=_contact(desk),
        licence=edition.phrase(site.licence) if site.licence else None,
        style=assets.style_path,
        fonts=(font.path("text-400"), font.path("head")),
        icon=assets.icon_path,
        colours=(str(site.colours.by_light.paper), str(site.colours.by_dark.paper)),
    )


_MENU = "products", "stars", "producers", "places", "programme", "news"
_FOOTER = "outlets", "az"


def _contact(desk: Desk) -> tuple[Away, ...]:
    edition, contact = desk.edition, desk.catalogue.site.contact
    rows = [Away(edition.phrase(contact.name))]
    rows += [Away(edition.phrase(contact.address))] if contact.address else []
    rows += [desk.phone(one) for one in contact.phones]
    rows += [Away(Phrase(contact.email), f"mailto:{contact.email}")] if contact.email else []
    return tuple(rows)


# --- pages that belong to no language ---------------------------------------------------------------------


def _plain_pages(editions: Sequence[Edition], templates: Templates, assets: _Assets) -> Iterator[Artifact]:
    def page(path: str, template: str, view: PlainPage) -> Artifact:
        return Artifact(path, Html(template, templates.digest(template), Setting(), view))

    first = editions[0]
    title = first.phrase(first.catalogue.site.title).words
    yield page(
        "index.html",
        "entrance.html",
        PlainPage("", title, _greetings(editions), assets.style_path, assets.icon_path),
    )
    lost = PlainPage(_absolute_root(first.base_url), title, _lost(editions), assets.style_path, assets.icon_path)
    yield page("404.html", "not-found.html", lost)
    for edition in editions:
        for kind in KINDS:
            for entry in getattr(edition.catalogue, kind):
                for old in entry.was:
                    href = edition.href(KIND_ROUTES[kind], old)
                    goto = edition.href(KIND_ROUTES[kind], entry.id)
                    words = edition.phrase(entry.name).words
                    greeting = Greeting(edition.lang, edition.say("language_name"), goto, words, edition.say("moved"))
                    root = "../" * href.count("/")
                    view = PlainPage(root, words, (greeting,), assets.style_path, assets.icon_path, goto)
                    yield page(href + "index.html", "redirect.html", view)


def _greetings(editions: Sequence[Edition]) -> tuple[Greeting, ...]:
    return tuple(
        Greeting(
            one.lang,
            one.say("language_name"),
            one.href("home"),
            one.phrase(one.catalogue.site.title).words,
            one.phrase(one.catalogue.site.tagline).words,
        )
        for one in editions
    )


def _lost(editions: Sequence[Edition]) -> tuple[Greeting, ...]:
    return tuple(
        Greeting(
            one.lang,
            one.say("language_name"),
            one.href("home"),
            one.say("lost_title"),
            one.say("lost_words"),
            tuple((one.say(name), one.href(name)) for name in ("home", "products", "az")),
        )
        for one in editions
    )


def _absolute_root(base_url: str | None) -> str:
    """`404.html` is served at any depth, so its addresses begin at the server's root."""
    path = urlsplit(base_url or "").path.strip("/")
    return f"/{path}/" if path else "/"
