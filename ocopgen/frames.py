"""What stands around every page of an edition: header and footer, styles, scripts, fonts, icon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from ocopgen import font
from ocopgen.cards import Desk
from ocopgen.catalogue import Catalogue
from ocopgen.feeds import offered
from ocopgen.html import Templates
from ocopgen.offline import of_pages
from ocopgen.order import STARS, sorted_pages
from ocopgen.photo import TINTS
from ocopgen.policy import in_head
from ocopgen.policy import of_pages as pages_may
from ocopgen.recipe import Artifact, Plain, digest
from ocopgen.text import Phrase
from ocopgen.views import Away, Frame, NavLink, Scripts

SCRIPTS = tuple(one.name for one in fields(Scripts))
"""The scripts that pages load, by the names of their sources."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Files that all pages share; their names carry their fingerprints, so they may be kept for ever."""

    css: bytes
    icon: bytes
    scripts: tuple[tuple[str, bytes], ...] = ()

    @staticmethod
    def of(templates: Templates, catalogue: Catalogue) -> Assets:
        colours = catalogue.site.colours
        fonts = {name: font.path(name).rpartition("/")[2] for name in font.FONTS}
        template = templates.environment.get_template("style.css")
        css = template.render(light=colours.by_light, dark=colours.by_dark, fonts=fonts, tints=TINTS)
        scripts = ((name, templates.sources[f"{name}.js"].encode()) for name in SCRIPTS)
        return Assets(css.encode(), templates.sources["icon.svg"].encode(), tuple(scripts))

    @property
    def style_path(self) -> str:
        return f"assets/style-{digest(self.css)[:12]}.css"

    @property
    def icon_path(self) -> str:
        return f"assets/icon-{digest(self.icon)[:12]}.svg"

    @property
    def script_paths(self) -> dict[str, str]:
        """Where each script of pages lies, by its name."""
        return {name: f"assets/{name}-{digest(source)[:12]}.js" for name, source in self.scripts}

    def artifacts(self) -> Iterator[Artifact]:
        """The files themselves."""
        yield Artifact(self.style_path, Plain(self.css))
        yield Artifact(self.icon_path, Plain(self.icon))
        for script, source in self.scripts:
            yield Artifact(self.script_paths[script], Plain(source))
        for name, one in font.FONTS.items():
            yield Artifact(font.path(name), one)


def frame(desk: Desk, assets: Assets, templates: Templates) -> Frame:
    """The header and footer of an edition, and what its pages load."""
    edition, site = desk.edition, desk.catalogue.site
    given = {each.stars for one in desk.catalogue.products for each in one.given}
    highest = next((one for one in STARS if one in given), STARS[-1])
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
        policy=in_head(pages_may(site.installable)),
        offline=of_pages(edition, templates),
        feeds=offered(desk),
        search=NavLink("search", edition.say("search"), edition.href("search")),
        scripts=Scripts(**assets.script_paths),
    )


_MENU = "products", "stars", "producers", "places", "programme", "news"
_FOOTER = "outlets", "az", "data"


def _contact(desk: Desk) -> tuple[Away, ...]:
    edition, contact = desk.edition, desk.catalogue.site.contact
    rows = [Away(edition.phrase(contact.name))]
    rows += [Away(edition.phrase(contact.address))] if contact.address else []
    rows += [desk.phone(one) for one in contact.phones]
    rows += [Away(Phrase(contact.email), f"mailto:{contact.email}")] if contact.email else []
    return tuple(rows)
