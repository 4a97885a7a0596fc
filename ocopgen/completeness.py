"""How complete each entry is, and the step that would help it most."""

from __future__ import annotations

from dataclasses import dataclass

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.coverage import Coverage
from ocopgen.steps import STEPS, Case
from ocopgen.text import Lang, Text, sort_key


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete an entry is, in per cent of the weights of what is asked of it; ids of steps, the best first.

    Full marks are given only where nothing is left to do.
    """

    key: Key
    name: Text
    draft: bool
    percent: int
    done: tuple[str, ...]
    todo: tuple[str, ...]


def completeness(book: Book, covered: Coverage) -> tuple[Completeness, ...]:
    """Every entry, kind after kind and the least complete first."""
    english = {one.key: one for part in covered.languages if part.lang == Lang("en") for one in part.entries}
    found = []
    for key, entry in book.catalogue.entries:
        first = book.catalogue.site.languages[0]
        case = Case(book.catalogue, key, entry, first in book.told.get(key, {}), english.get(key))
        found.append(_judged(case))
    kinds = list(STEPS)
    return tuple(
        sorted(found, key=lambda one: (kinds.index(one.key.split("/")[0]), one.percent, sort_key(one.name.source)))
    )


def _judged(case: Case) -> Completeness:
    asked = [one for one in STEPS[case.key.partition("/")[0]] if one.asked(case)]
    done = [one for one in asked if one.done(case)]
    whole = sum(one.weight for one in asked)
    return Completeness(
        key=case.key,
        name=case.entry.name,
        draft=case.entry.draft,
        percent=100 * sum(one.weight for one in done) // whole,
        done=tuple(one.id for one in done),
        todo=tuple(one.id for one in asked if one not in done),
    )
