"""Which brochures each page leads to: its own, which lie beside it, and those of pages that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.bindery import SCREEN, Bindery, Quality
from ocopgen.brochures import ALSO, WITH_BROCHURES, Bound, bound
from ocopgen.cards import Desk
from ocopgen.heads import Route
from ocopgen.html import Templates
from ocopgen.listing_pages import Listed
from ocopgen.pages import SITE
from ocopgen.recipe import Artifact
from ocopgen.views import Download


@dataclass(frozen=True)
class Offers:
    """The brochures of pages, made at the desks of all languages; none where they are not `wanted`."""

    desks: tuple[Desk, ...]
    templates: Templates
    quality: Quality = SCREEN
    wanted: bool = True

    def of_page(self, desk: Desk, route: Route[Any], subject: Any) -> Iterator[Bound]:
        """Every document that a page leads to."""
        yield from self._beside(desk, route, subject)
        for one in SITE:
            if route.name in ALSO.get(one.name, ()):
                found = self._beside(desk, one, Listed(None))
                yield from (each for each in found if route.name in each.brochure.also)

    def beside(self, desk: Desk, route: Route[Any], subject: Any) -> Iterator[Artifact]:
        """The documents that lie beside a page; what is printed in all languages at once lies beside the first's."""
        first, found = desk.lang == self.desks[0].lang, self._beside(desk, route, subject)
        return (Artifact(one.path, one.pdf) for one in found if first or not one.brochure.in_all_languages)

    def downloads(self, desk: Desk, route: Route[Any], subject: Any, sizes: Mapping[str, int]) -> tuple[Download, ...]:
        """What a page offers to take along; `sizes` are those of documents in bytes, by their keys."""
        edition = desk.edition
        return tuple(
            Download(edition.say(one.brochure.word), one.path, edition.file_note("PDF", sizes.get(one.pdf.key)))
            for one in self.of_page(desk, route, subject)
        )

    def _beside(self, desk: Desk, route: Route[Any], subject: Any) -> tuple[Bound, ...]:
        part = subject.part if isinstance(subject, Listed) else 1
        if not self.wanted or route.name not in WITH_BROCHURES or part > 1:
            return ()
        whom = subject.subject if isinstance(subject, Listed) else subject
        bindery = Bindery(desk, self.desks, self.templates, self.quality)
        return desk.once(
            ("brochures", self.quality, route.name, getattr(whom, "id", whom)),
            lambda: tuple(bound(bindery, route.name, whom, lambda edition: route.address(edition, subject))),
        )
