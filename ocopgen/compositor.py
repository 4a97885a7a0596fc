"""Bodies of entries rendered before they are asked for: those of the last build from notes, many new ones side by side.

Rendering Markdown is what most of a build of text would be spent on.
"""

from __future__ import annotations

from collections.abc import Iterable

from ocopgen.notebook import Notebook
from ocopgen.pool import Died, Pool
from ocopgen.prose import MAKERS, VERSION, Prose, remember, render
from ocopgen.recipe import digest

MANY = 200
"""Bodies for which it pays to start processes."""

CHUNK = 40


def set_bodies(bodies: Iterable[str], notes: Notebook, pool: Pool | None) -> None:
    """Let `prose.render` know these bodies; without a pool, all work is done here."""
    unknown = []
    for body in dict.fromkeys(bodies):
        noted = notes.get(_name(body))
        if noted:
            html, links, images, removed, fault = noted
            remember(body, Prose(html, tuple(links), tuple(images), tuple(removed), fault))
        else:
            unknown.append(body)
    if pool is not None and len(unknown) >= MANY:
        _side_by_side(unknown, pool)
    for body in unknown:
        prose = render(body)
        notes.put(_name(body), [prose.html, prose.links, prose.images, prose.removed, prose.fault])


def _side_by_side(bodies: list[str], pool: Pool) -> None:
    chunks = [tuple(bodies[at : at + CHUNK]) for at in range(0, len(bodies), CHUNK)]
    for chunk, done in pool.each(_rendered, chunks):
        # What killed its process is met again here, and told as what it is.
        for body, prose in zip(chunk, () if isinstance(done, Died) else done, strict=False):
            remember(body, prose)


def _rendered(chunk: tuple[str, ...]) -> tuple[Prose, ...]:
    return tuple(map(render, chunk))


def _name(body: str) -> str:
    return f"prose {digest(body)} {VERSION} {' '.join(MAKERS)}"
