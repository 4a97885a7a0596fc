"""All that the report tells, as values and as JSON.

The JSON is the values field by field, under the names of their classes' fields: `Findings` at the top, `Coverage` under
`coverage`, a list of `Holder` under `renewals`, of `Completeness` under `completeness` and of `Sheet` under `evidence`.
A text is an object of its languages, a day is `2026-11-28`, a state or a stage its code (`stale`, `filing-open`), what
is not known is `null`. `format` is raised where a name or a meaning changes; what is only added leaves it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from ocopgen.book import Book
from ocopgen.completeness import Completeness, completeness
from ocopgen.coverage import Coverage, coverage
from ocopgen.edition import Edition
from ocopgen.evidence import Sheet, evidence
from ocopgen.renewal import Holder, renewals
from ocopgen.text import Text
from ocopgen.values import Moment

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Findings:
    """What a report tells of a catalogue on a day; `base_url` is the site's public address, where it is known."""

    format: int
    date: date
    drafts: bool
    base_url: str | None
    title: Text
    coverage: Coverage
    renewals: tuple[Holder, ...]
    completeness: tuple[Completeness, ...]
    evidence: tuple[Sheet, ...]


def findings(book: Book, base_url: str | None, drafts: bool) -> Findings:
    """Everything about the entries of a book, which are those to be told of: with drafts only where "
    "they are asked for."""
    site = book.catalogue.site
    address = base_url or site.address
    covered = coverage(book)
    editions = tuple(Edition(lang, book.catalogue, book.today, address) for lang in site.languages)
    return Findings(
        format=FORMAT,
        date=book.today,
        drafts=drafts,
        base_url=address,
        title=site.title,
        coverage=covered,
        renewals=renewals(book.catalogue, book.today),
        completeness=completeness(book, covered),
        evidence=evidence(book, covered, editions),
    )


def as_json(found: Findings) -> bytes:
    """The findings as JSON, in UTF-8; the same findings give the same bytes."""
    return (json.dumps(_plain(found), ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return dict(value.words)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | Moment | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, BaseModel):
        return {info.alias or name: _plain(getattr(value, name)) for name, info in type(value).model_fields.items()}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value
