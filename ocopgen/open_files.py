"""Every file of open data, and which of them each page leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocopgen.cards import Desk
from ocopgen.model import Entry
from ocopgen.open_data import FOLDER, SCHEMA, WHOLE, Teller, entry_path
from ocopgen.open_schema import open_schema
from ocopgen.open_tables import Tables
from ocopgen.recipe import Artifact, Plain
from ocopgen.text import Lang
from ocopgen.views import DataFile

JSON, CSV = "application/json", "text/csv"


def _table(name: str, lang: Lang) -> str:
    """Where a table lies in the words of a language."""
    return f"{FOLDER}{name}-{lang}.csv"


@dataclass(frozen=True)
class OpenFiles:
    """The files of open data of what lies at the desks of all languages."""

    desks: Sequence[Desk]

    @cached_property
    def _teller(self) -> Teller:
        return Teller(self.desks)

    def of_entry(self, kind: str, entry: Entry) -> Artifact:
        """The file of an entry."""
        return Artifact(entry_path(kind, entry.id), Plain(self._teller.of_entry(kind, entry)))

    def of_whole(self) -> Iterator[Artifact]:
        """The files of the whole catalogue, and the schema of all data."""
        return (Artifact(path, Plain(raw)) for path, raw in self._whole.items())

    @cached_property
    def _whole(self) -> dict[str, bytes]:
        files = {SCHEMA: open_schema().encode(), WHOLE: self._teller.whole()}
        for desk in self.desks:
            tables = Tables(desk, self._teller)
            files[_table("products", desk.lang)] = tables.products()
            files[_table("producers", desk.lang)] = tables.producers()
        return files

    # --- links ----------------------------------------------------------------------------------------------

    def beside(self, desk: Desk, route: str, kind: str, subject: Entry | None) -> tuple[DataFile, ...]:
        """What a page leads to: an entry's page to its file, those of `WITH_WHOLE` to the whole catalogue."""
        if kind and subject is not None:
            words = desk.edition.say("data_of_entry")
            return (DataFile(words, entry_path(kind, subject.id), JSON, "JSON"),)
        return tuple(self._links(desk, sized=route == ABOUT_DATA)) if route in WITH_WHOLE else ()

    def _links(self, desk: Desk, sized: bool) -> Iterator[DataFile]:
        say, lang = desk.edition.say, desk.lang
        for word, path, kind in (
            ("data_whole", WHOLE, JSON),
            ("data_products", _table("products", lang), CSV),
            ("data_producers", _table("producers", lang), CSV),
        ):
            size = len(self._whole[path]) if sized else None
            note = desk.edition.file_note("JSON" if kind == JSON else "CSV", size)
            yield DataFile(say(word), path, kind, note)


ABOUT_DATA = "data"
"""The route of the page about open data, which tells the sizes of the files."""

WITH_WHOLE = frozenset({ABOUT_DATA, "home", "products", "programme"})
"""The routes whose pages lead to the whole catalogue as data."""
