"""The site on a phone: the worker that keeps pages for use without network, the manifests and icons to install it by.

A worker can be taken back only by another at the same address, so one is published also where the site is not to be
kept on phones: it takes away what the first kept, and then itself.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any

from ocopgen import font
from ocopgen.cards import KIND_ROUTES
from ocopgen.edition import SHORT, Edition
from ocopgen.html import Html, Setting, Templates
from ocopgen.recipe import Artifact, Plain, Tools, digest
from ocopgen.settings import Site
from ocopgen.views import Offline, OfflinePage, Unseen

WORKER, RETIRED, SCRIPT, PAGE = "worker.js", "retired.js", "offline.js", "offline.html"
"""Our own sources, among the templates: the worker and what retires it, the script of pages, and the page for what is
not kept."""

AT = "sw.js"
"""Where the worker lies. It serves what lies beside and below it, so that is the site's root."""

FOLDER = "offline/"
"""Where the page for what is not kept lies."""


# --- icons ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Icon:
    """A square picture of a drawing, which takes a share of its side; on a ground, else on nothing."""

    drawing: str
    size: int
    share: float = 1.0
    ground: str = ""

    @cached_property
    def key(self) -> str:
        makers = version("resvg-py"), version("pillow")
        return digest("icon", "1", *makers, self.drawing, f"{self.size} {self.share} {self.ground}")

    @property
    def path(self) -> str:
        """Where it lies in the site."""
        return f"assets/icon-{self.size}-{self.key[:12]}.png"

    def make(self, tools: Tools) -> bytes:
        return tools.kept(self.key, lambda: {self.key: self._drawn()})

    def _drawn(self) -> bytes:
        from PIL import Image

        from ocopgen import pixels

        across, down = pixels.svg_size(self.drawing.encode())
        room = self.size * self.share
        drawn = pixels.drawing(self.drawing, round(room * min(1, across / down)))
        left, top = (drawn.width - self.size) // 2, (drawn.height - self.size) // 2
        picture = Image.new("RGBA", (self.size, self.size), self.ground or "#0000")
        picture.alpha_composite(drawn.crop((left, top, left + self.size, top + self.size)))
        file = io.BytesIO()
        (picture.convert("RGB") if self.ground else picture).save(file, "PNG", optimize=True)
        return file.getvalue()


SAFE = 0.8
"""The part of a side that a launcher never cuts off, whatever shape it gives an icon."""


def icons(templates: Templates, site: Site) -> tuple[Icon, Icon, Icon, Icon]:
    """The icons of the site: two as drawn, one that a launcher may cut to its shape, and one for an iPhone."""
    drawing, paper = templates.sources["icon.svg"], str(site.colours.by_light.paper)
    return (
        Icon(drawing, 192),
        Icon(drawing, 512),
        Icon(drawing, 512, SAFE, paper),
        Icon(drawing, 180, 0.88, paper),
    )


# --- what pages name --------------------------------------------------------------------------------------


def of_pages(edition: Edition, templates: Templates) -> Offline | None:
    """What the pages of an edition name, where the site is to be kept on phones."""
    site = edition.catalogue.site
    if not site.installable:
        return None
    return Offline(
        script=_script_path(templates),
        manifest=_manifest_path(edition),
        icon=icons(templates, site)[-1].path,
        kept=edition.say("kept_copy", date=edition.day(edition.today)),
    )


def _script_path(templates: Templates) -> str:
    return f"assets/offline-{digest(templates.sources[SCRIPT])[:12]}.js"


def _manifest_path(edition: Edition) -> str:
    return f"{edition.href('home')}manifest.webmanifest"


# --- files ------------------------------------------------------------------------------------------------


def of_phone(editions: Sequence[Edition], templates: Templates, style: str, icon: str) -> Iterator[Artifact]:
    """The files that keep the site on a phone, or take it away again; `style` and `icon` are addresses."""
    site = editions[0].catalogue.site
    if not site.installable:
        yield Artifact(AT, Plain(templates.sources[RETIRED].encode()))
        return
    page = Html(PAGE, Setting(), _page(editions, style, icon))
    script = _script_path(templates)
    shell = (FOLDER, style, icon, script, *map(font.path, font.FONTS))
    said = digest(templates.sources[WORKER], templates.digest(PAGE), repr(page.view), *shell)
    short = {folder: [one.href(KIND_ROUTES[kind], "*") for one in editions] for kind, folder in SHORT.items()}
    settings = (
        f"// version {said}\nconst SHELL = {json.dumps(shell, indent=1)};\nconst SHORT = {json.dumps(short)};\n\n"
    )
    yield Artifact(AT, Plain((settings + templates.sources[WORKER]).encode()))
    yield Artifact(script, Plain(templates.sources[SCRIPT].encode()))
    yield Artifact(f"{FOLDER}index.html", page)
    drawn = icons(templates, site)
    yield from (Artifact(one.path, one) for one in drawn)
    for edition in editions:
        told = json.dumps(_manifest(edition, drawn), ensure_ascii=False, indent=1)
        words = told.replace("<", "\\u003c")  # no markup, whoever opens it
        yield Artifact(_manifest_path(edition), Plain(f"{words}\n".encode()))


def _page(editions: Sequence[Edition], style: str, icon: str) -> OfflinePage:
    first = editions[0]
    words = (
        Unseen(
            one.lang,
            one.say("unseen_title"),
            one.say("unseen_words"),
            one.say("unseen_again"),
            one.say("unseen_kept"),
        )
        for one in editions
    )
    title = f"{first.say('unseen_title')} · {first.phrase(first.catalogue.site.title).words}"
    return OfflinePage("../" * FOLDER.count("/"), title, tuple(words), style, icon)


def _manifest(edition: Edition, drawn: tuple[Icon, Icon, Icon, Icon]) -> dict[str, Any]:
    """What a phone installs an edition by; its addresses are told from the edition's first page."""
    site, home = edition.catalogue.site, edition.href("home")
    root = "../" * home.count("/")
    paper = str(site.colours.by_light.paper)
    name = edition.phrase(site.title).words
    small, large, cut, _ = drawn
    shown = (small, "any"), (large, "any"), (cut, "maskable")
    return {
        "lang": edition.lang,
        "name": name,
        "short_name": name,
        "description": edition.phrase(site.tagline).words,
        "start_url": "./",
        "scope": root,
        "display": "standalone",
        "theme_color": paper,
        "background_color": paper,
        "icons": [
            {"src": root + one.path, "sizes": f"{one.size}x{one.size}", "type": "image/png", "purpose": purpose}
            for one, purpose in shown
        ],
    }
