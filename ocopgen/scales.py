"""The pages of a site weighed before they are published; what was learned of a page or file is kept with its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocopgen.notebook import Notebook
from ocopgen.pages import SITE
from ocopgen.pool import TEXT_WORK, Died, Pool
from ocopgen.precompression import TEXTS, gzipped
from ocopgen.press import Draft
from ocopgen.problems import Problem
from ocopgen.sheets import Planned
from ocopgen.weight import Scale, Weighed, first_view, fonts_of

LEVEL = 6
"""How hard gzip tries, as it does on servers that compress what they send; Brotli and files made ahead are smaller."""

VERSION = "1"
"""Raised whenever the same bytes would be weighed otherwise."""

MANY = 500
"""Pages that are weighed side by side."""

CHUNK = 100


def weigh(draft: Draft, every: Iterable[Planned], scale: Scale, notes: Notebook, jobs: int) -> tuple[Problem, ...]:
    """What of a site breaks the budgets; the scale has no sizes yet."""
    planned = ((one, draft.sheets[one.sheet.name]) for one in every)
    kinds = {path: _kind(one) for one, paths in planned for path in paths if path.endswith(".html")}
    known = _views(draft, list(kinds), notes, jobs)
    sizes = dict(_sizes(draft, notes))
    fonts = {one: fonts_of(draft.read(one).decode(), one) for one in sizes if one.endswith(".css")}
    pages = (
        Weighed(
            path, kinds[path], size, tuple(dict.fromkeys(one for file in files for one in (file, *fonts.get(file, ()))))
        )
        for path, (size, files) in known.items()
    )
    return replace(scale, sizes=sizes).over(pages)


def _kind(planned: Planned) -> str:
    """Which budget holds for the pages of a sheet."""
    if planned.subject:
        return "product" if planned.subject.startswith("products/") else "page"
    name = planned.overview[0] if planned.overview else ""
    return "listing" if any(one.name == name and one.template == "listing.html" for one in SITE) else "page"


def _sizes(draft: Draft, notes: Notebook) -> Iterator[tuple[str, int]]:
    """The bytes of each file on its way that a page may ask for."""
    for path, file in draft.files.items():
        if path.endswith(".html"):
            continue
        if not path.endswith(TEXTS):
            yield path, file.size
            continue
        name = f"weight {VERSION} {file.key}"
        size = notes.get(name)
        if size is None:
            size = len(gzipped(draft.read(path), LEVEL))
            notes.put(name, size)
        yield path, size


def _views(draft: Draft, paths: Sequence[str], notes: Notebook, jobs: int) -> dict[str, tuple[int, tuple[str, ...]]]:
    """The bytes of each page and the files of its first view; a page with the bytes it had is not looked at again."""
    names = {path: f"view {VERSION} {path} {draft.files[path].key}" for path in paths}
    noted = {path: notes.get(name) for path, name in names.items()}
    news = [path for path, one in noted.items() if one is None]
    for path, size, files in _looked_at(draft, news, jobs):
        noted[path] = [size, files]
        notes.put(names[path], noted[path])
    return {path: (one[0], tuple(one[1])) for path, one in noted.items()}


Looked = tuple[str, int, tuple[str, ...]]


def _looked_at(draft: Draft, paths: Sequence[str], jobs: int) -> Iterator[Looked]:
    chunks = ([(one, draft.read(one)) for one in paths[at : at + CHUNK]] for at in range(0, len(paths), CHUNK))
    if jobs == 1 or len(paths) < MANY:
        yield from (one for chunk in chunks for one in look(chunk))
        return
    with Pool(jobs, TEXT_WORK) as pool:
        for chunk, done in pool.each(look, chunks):
            yield from look(chunk) if isinstance(done, Died) else done


def look(pages: Iterable[tuple[str, bytes]]) -> list[Looked]:
    """Of each page, by path and bytes, its own size on its way and the files of its first view."""
    return [(path, len(gzipped(raw, LEVEL)), first_view(raw.decode(), path)) for path, raw in pages]
