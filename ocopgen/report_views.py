"""What the templates of the report see: words that are ready to be shown, and addresses inside the report."""

from __future__ import annotations

from dataclasses import dataclass

from ocopgen.text import Lang, Phrase
from ocopgen.views import Away, CertificateRow, HistoryRow, Link, PlaceLine, View


@dataclass(frozen=True, slots=True, repr=False)
class ReportFrame(View):
    """What all pages of one language share; colours are pairs of a token's name and its value."""

    lang: Lang
    other_lang: Lang | None
    other_name: str
    title: Phrase
    day: str
    drafts: bool
    light: tuple[tuple[str, str], ...]
    dark: tuple[tuple[str, str], ...]
    menu: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Top(View):
    """The head of a page: its title, its path below its language, and the way from it to the report's root."""

    title: Phrase
    path: str
    root: str


@dataclass(frozen=True, slots=True, repr=False)
class Tile(View):
    """A number with what it counts, leading to the part that tells more."""

    number: str
    words: str
    note: str
    href: str


@dataclass(frozen=True, slots=True, repr=False)
class RenewalRow(View):
    """The recognition of one product; what is not known is empty."""

    product: Phrase
    producer: Phrase
    draft: bool
    stage: str
    stars: str
    standing: str
    decision: str
    ends: str
    days: str
    window: str


@dataclass(frozen=True, slots=True, repr=False)
class OverviewPage(View):
    """The first page of a language."""

    top: Top
    tiles: tuple[Tile, ...]
    urgent: tuple[RenewalRow, ...]
    empty: bool
    json: bool


@dataclass(frozen=True, slots=True, repr=False)
class FieldRow(View):
    """A translated field of a kind of entry: entries that have its words, and of these in each state."""

    name: str
    total: str
    translated: str
    stale: str
    undated: str
    missing: str


@dataclass(frozen=True, slots=True, repr=False)
class KindRows(View):
    """The translated fields of a kind of entry."""

    name: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class WaitingRow(View):
    """An entry that waits for its translator."""

    key: str
    name: Phrase
    missing: str
    age: str
    stale: bool


@dataclass(frozen=True, slots=True, repr=False)
class FileRow(View):
    """A data file in one language, with the paths of what is missing."""

    file: str
    total: str
    missing: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LanguagePart(View):
    """All that is told of one language."""

    name: str
    kinds: tuple[KindRows, ...]
    waiting: tuple[WaitingRow, ...]
    files: tuple[FileRow, ...]
    entries: bool


@dataclass(frozen=True, slots=True, repr=False)
class TranslationPage(View):
    """What is translated, language by language."""

    top: Top
    languages: tuple[LanguagePart, ...]


@dataclass(frozen=True, slots=True, repr=False)
class StageRow(View):
    """How many recognitions are in a stage."""

    stage: str
    name: str
    count: str


@dataclass(frozen=True, slots=True, repr=False)
class HolderPart(View):
    """A producer, the ways to reach it that may be told, and its recognitions."""

    name: Phrase
    contacts: tuple[Away, ...]
    withheld: str
    rows: tuple[RenewalRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class RenewalsPage(View):
    """All recognitions, the most urgent producer first."""

    top: Top
    stages: tuple[StageRow, ...]
    holders: tuple[HolderPart, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CompleteRow(View):
    """How complete an entry is, and what to do next."""

    key: str
    name: Phrase
    draft: bool
    percent: int
    step: str
    worth: tuple[str, ...]
    later: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True, repr=False)
class CompletePart(View):
    """The entries of a kind."""

    name: str
    average: str
    rows: tuple[CompleteRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CompletenessPage(View):
    """How complete the entries are, kind by kind."""

    top: Top
    parts: tuple[CompletePart, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SheetsPage(View):
    """The producers with their sheets; `count` of a link is its number of products."""

    top: Top
    sheets: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CriterionRow(View):
    """A criterion with its evidence; `note` tells where it was read in the sheet of another set."""

    code: str
    name: Phrase
    points: str
    earns: Phrase
    note: str
    have: tuple[Away, ...]
    lack: tuple[Phrase, ...]
    beyond: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ProductPart(View):
    """One product on the sheet of its producer."""

    name: Phrase
    draft: bool
    set: Phrase
    code: Phrase
    updated: str
    pages: tuple[Away, ...]
    history: tuple[HistoryRow, ...]
    criteria: tuple[CriterionRow, ...]
    certificates: tuple[CertificateRow, ...]
    awards: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SheetPage(View):
    """The evidence sheet of a producer."""

    top: Top
    name: Phrase
    draft: bool
    registered_name: Phrase
    kind: str
    place: PlaceLine | None
    contacts: tuple[Away, ...]
    withheld: str
    pages: tuple[Away, ...]
    addressed: bool
    source: str
    products: tuple[ProductPart, ...]
