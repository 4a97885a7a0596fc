"""Whether two pages or brochures would share a path, told before any page is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ocopgen.brochures import file_ends
from ocopgen.cards import KIND_ROUTES, Desk
from ocopgen.catalogue import Catalogue
from ocopgen.gallery import Gallery
from ocopgen.pages import SITE
from ocopgen.plan import Layout


def clash(layout: Layout, catalogue: Catalogue) -> str | None:
    """A path that two pages or brochures would share, if any: told by their addresses alone, without a page.

    Further pages of a listing can meet nothing but what is called like one, and are else left out.
    """
    known: set[str] = set()
    for edition in layout.editions:
        desk = Desk(edition.over(catalogue), Gallery(catalogue, {}))
        theirs = list(_entry_addresses(desk))
        further = re.compile(rf"/{edition.say('path_part')}-\d+/$")
        others = list(_overview_addresses(desk, whole=False))
        if any(map(further.search, (*theirs, *others))):
            others = list(_overview_addresses(desk, whole=True))
        for href in (*others, *theirs):
            if href.lower() in known:
                return f"{href}index.html"
            known.add(href.lower())
    ends = file_ends(layout.editions)
    return next((f"…-{one}.pdf" for number, one in enumerate(ends) if one in ends[:number]), None)


def _overview_addresses(desk: Desk, whole: bool) -> Iterator[str]:
    """Where the pages lie that show the catalogue; with further pages where the `whole` is wanted."""
    for route in SITE:
        for subject in () if route.kind else (route.each if whole or route.firsts is None else route.firsts)(desk):
            yield route.address(desk.edition, subject)


def _entry_addresses(desk: Desk) -> Iterator[str]:
    """Where the pages of entries lie, and where they lay."""
    for route in SITE:
        for entry in route.each(desk) if route.kind else ():
            yield route.address(desk.edition, entry)
            yield from (desk.edition.href(KIND_ROUTES[route.kind], old) for old in dict.fromkeys(entry.was))
