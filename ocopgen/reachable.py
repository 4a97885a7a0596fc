"""Whether every link of a site arrives, before it takes the place of the last good one.

A page that nobody touched may lead to one that goes now, so all sheets are asked in each build that prints anything:
they are known by marks, and files are read only where marks tell that something is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ocopgen.crossings import NONE, Crossing, Fault, crossing, mark, packed, unpacked
from ocopgen.ledger import Damaged, Marks
from ocopgen.output import Output


def marks_of(crossings: Mapping[str, Crossing]) -> Marks:
    """The marks of a sheet's files, by their paths: where they lead, and all that others may lead to."""
    ids = (f"{path}#{one}" for path, found in crossings.items() for one in found.ids)
    return Marks(packed(lead for one in crossings.values() for lead in one.leads), packed((*crossings, *ids)))


@dataclass(frozen=True)
class Sitewide:
    """All files of a site that is about to be published, and the marks of its sheets.

    `templates` tells from which one a page was printed, as far as it was printed now; `base` is the site's address.
    """

    paths: Mapping[str, Collection[str]]
    marks: Mapping[str, Marks]
    templates: Mapping[str, str]
    base: str | None
    output: Output

    def faults(self) -> tuple[Fault, ...]:
        """The links that lead nowhere. Raises `Damaged` where marks say that there are some, and no file has them."""
        absent = self._absent()
        faults = tuple(fault for name in self.marks if absent for fault in self._faults(name, absent))
        if absent and not faults:
            raise Damaged
        return faults

    def _absent(self) -> set[int]:
        """The marks of places that something leads to and that are not there."""
        leads: set[int] = set()
        there: set[int] = set()
        try:
            for one in self.marks.values():
                leads.update(unpacked(one.leads))
                there.update(unpacked(one.places))
        except ValueError as cut:
            raise Damaged from cut
        return leads - there

    def _faults(self, name: str, absent: set[int]) -> Iterator[Fault]:
        """What of a sheet leads nowhere, by its files as they are."""
        if absent.isdisjoint(unpacked(self.marks[name].leads)):
            return
        for path in self.paths[name]:
            for place, address in self._crossing(path).leads.items():
                if mark(place) in absent and (kind := self._fault(place)):
                    yield Fault(path, kind, address, self.templates.get(path, ""))

    def _fault(self, place: str) -> str | None:
        path, sign, fragment = place.partition("#")
        if path not in self._files:
            return "file"
        return "place" if sign and fragment not in self._crossing(path).ids else None

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(path for some in self.paths.values() for path in some)

    def _crossing(self, path: str) -> Crossing:
        content = self.output.read(path)
        return crossing(path, content, self.base) if content is not None else NONE
