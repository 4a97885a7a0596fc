"""Brochures made, side by side where there are many; what was made before is not made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from ocopgen.cache import Cache
from ocopgen.darkroom import Darkroom, stage
from ocopgen.html import Templates
from ocopgen.image import Rendition
from ocopgen.pdf import Pdf
from ocopgen.pool import PAPER_WORK, Died, Pool
from ocopgen.press import Killed
from ocopgen.store import Workshop

FEW = 6
"""Documents that are made here, since starting processes costs more."""

LARGE = 200_000
"""Signs of data from which on a document is made alone by a process that then ends: some hundred products, which take
half a gigabyte while they are set, and the typesetter lets go of nothing."""

CHUNK = 400
"""Documents held in memory at once, each with all that it shows."""


Work = tuple[Pdf, Mapping[str, Path], Cache, bool]
"""A document, where its pictures are, where it is kept, and whether it is made though it is there."""


def bind(
    documents: Iterable[Pdf], room: Darkroom, sources: Mapping[str, Path], jobs: int, force: bool
) -> dict[str, int]:
    """Make sure that documents are in the cache; gives their sizes in bytes by key. Raises `Killed`."""
    sizes: dict[str, int] = {}
    pool = Pool(jobs, PAPER_WORK)
    waiting = iter(documents)
    with pool:
        while chunk := {one.key: one for one in islice(waiting, CHUNK)}:
            kept = {} if force else {key: len(room.cache.get(key) or b"") for key in chunk.keys() - sizes.keys()}
            sizes |= {key: size for key, size in kept.items() if size}
            missing = [one for key, one in chunk.items() if key not in sizes]
            sizes |= _made(missing, room, sources, pool, force)
    return sizes


def _made(missing: list[Pdf], room: Darkroom, sources: Mapping[str, Path], pool: Pool, force: bool) -> dict[str, int]:
    if not missing:
        return {}
    plates = {one.key: one for pdf in missing for _, one in pdf.plates if isinstance(one, Rendition)}
    _, spoiled = room.develop(plates.values(), sources, force)
    if any(one.killed for one in spoiled):
        raise Killed
    work = [(one, _needed(one, sources), room.cache, force) for one in missing]
    sizes = {}
    with stage(room.progress, "brochures", len(missing)):
        for pdf, size in _each(work, pool):
            if isinstance(size, Died):
                raise Killed
            sizes[pdf.key] = size
            room.progress.step()
    return sizes


def _each(work: Sequence[Work], pool: Pool) -> Iterator[tuple[Pdf, int | Died]]:
    """Make documents: the large ones last, one after the other."""
    small = [one for one in work if len(one[0].data) < LARGE]
    done = pool.each(_make, small) if len(small) > FEW else ((one, _make(one)) for one in small)
    yield from ((one[0], size) for one, size in done)
    for one in work:
        if len(one[0].data) >= LARGE:
            pool.close()
            with Pool(1, PAPER_WORK) as alone:
                yield from ((one[0], size) for _, size in alone.each(_make, [one]))


def _needed(pdf: Pdf, sources: Mapping[str, Path]) -> dict[str, Path]:
    """Where the pictures of a document are, by the digests of their bytes."""
    wanted: Iterator[str] = (getattr(one, "photo", str(one.key)) for _, one in pdf.plates)
    return {one: sources[one] for one in wanted if one in sources}


def _make(work: Work) -> int:
    pdf, files, cache, force = work
    tools = Workshop(Templates({}), files, cache)
    if not force:
        return len(pdf.make(tools))
    content = pdf.anew(tools)
    cache.put(pdf.key, content)
    return len(content)
