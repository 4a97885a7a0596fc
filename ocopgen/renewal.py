"""Recognitions by what is to be done about them: when each ends, and when its file for renewal can go in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ocopgen.catalogue import Catalogue, Key
from ocopgen.model import CONTACTS, FILING_DAYS, WARNING_DAYS, Contact, Producer, Product, Recognition, Status
from ocopgen.text import SortKey, Text, sort_key


class Stage(Enum):
    """Where a recognition stands on the way to its renewal (Decision 26/2026/QĐ-TTg, article 7.6), most urgent first.

    The file goes in between 180 and 120 days before the end; both of these days are in the window.
    """

    CLOSED = "filing-closed"
    OPEN = "filing-open"
    EXTENDED = "extended"
    ENDED = "ended"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    VALID = "valid"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Renewal:
    """The recognition of a product that counts today.

    `end` is the first day without effect, `days` from today to it, below zero after it: that of the extension where
    there is one. `opens` and `closes` are the first and the last day of filing. Days are known only with a decision.
    """

    product: Key
    name: Text
    producer: str
    draft: bool
    stage: Stage
    stars: int
    year: int | None
    evidence: str | None
    number: str | None
    decided: date | None
    by: str | None
    end: date | None
    days: int | None
    opens: date | None
    closes: date | None
    extended: date | None
    withdrawn: date | None

    @property
    def urgency(self) -> tuple[int, int]:
        """For putting renewals in order: the stage, then the days that remain; of what ended, the latest first."""
        days = self.days or 0
        return STAGES.index(self.stage), abs(days) if self.stage is Stage.ENDED else days


@dataclass(frozen=True, slots=True)
class Holder:
    """A producer, how the office can reach it, and its recognitions, most urgent first.

    Contacts of a person who did not agree to their publication are not told, only which there are (`withheld`).
    """

    id: str
    name: Text
    phones: tuple[str, ...]
    email: str | None
    withheld: tuple[Contact, ...]
    renewals: tuple[Renewal, ...]


def renewals(catalogue: Catalogue, today: date) -> tuple[Holder, ...]:
    """Every producer of a product that was ever recognised, the one with the most urgent recognition first."""
    found: dict[str, list[Renewal]] = {}
    for product in catalogue.products:
        one = product.recognition(today)
        if one is not None:
            found.setdefault(product.producer, []).append(_renewal(product, one, today))
    holders = [_holder(catalogue.producer_by_id[producer], group) for producer, group in found.items()]
    return tuple(sorted(holders, key=lambda one: (one.renewals[0].urgency, sort_key(one.name.source), one.id)))


def most_urgent(holders: tuple[Holder, ...], count: int) -> tuple[Renewal, ...]:
    """The first recognitions on which something can be done: those in effect, that end within 180 days."""
    every = (one for holder in holders for one in holder.renewals)
    pressing = [one for one in every if one.stage in (Stage.CLOSED, Stage.OPEN, Stage.EXTENDED)]
    return tuple(sorted(pressing, key=_order)[:count])


def _order(one: Renewal) -> tuple[tuple[int, int], SortKey, Key]:
    return one.urgency, sort_key(one.name.source), one.product


def _holder(producer: Producer, group: list[Renewal]) -> Holder:
    phones = (*producer.phones, *([producer.zalo] if producer.zalo else []))
    return Holder(
        id=producer.id,
        name=producer.name,
        phones=tuple(dict.fromkeys(phones)) if producer.publishes("phones") else (),
        email=producer.email if producer.publishes("email") else None,
        withheld=tuple(one for one in CONTACTS if one in producer.withheld),
        renewals=tuple(sorted(group, key=_order)),
    )


def _renewal(product: Product, one: Recognition, today: date) -> Renewal:
    stage, paper = _stage(one, today), one.decision
    end = one.extended.until + timedelta(1) if one.extended and stage is Stage.EXTENDED else one.end
    dated = end if stage in (Stage.CLOSED, Stage.OPEN, Stage.EXTENDED, Stage.ENDED, Stage.VALID) else None
    filed = dated if stage in (Stage.CLOSED, Stage.OPEN, Stage.VALID) else None
    return Renewal(
        product=f"products/{product.id}",
        name=product.name,
        producer=product.producer,
        draft=product.draft,
        stage=stage,
        stars=one.stars,
        year=one.year,
        evidence=one.evidence,
        number=paper.number if paper else None,
        decided=paper.date if paper else None,
        by=paper.by if paper else None,
        end=dated,
        days=(dated - today).days if dated else None,
        opens=filed - timedelta(WARNING_DAYS) if filed else None,
        closes=filed - timedelta(FILING_DAYS) if filed else None,
        extended=one.extended.until if one.extended else None,
        withdrawn=one.withdrawn.date if one.withdrawn else None,
    )


def _stage(one: Recognition, today: date) -> Stage:
    status = one.status(today)
    if status is Status.ENDING and one.end is not None:
        return Stage.OPEN if (one.end - today).days >= FILING_DAYS else Stage.CLOSED
    return {
        Status.VALID: Stage.VALID,
        Status.EXTENDED: Stage.EXTENDED,
        Status.ENDED: Stage.ENDED,
        Status.WITHDRAWN: Stage.WITHDRAWN,
    }.get(status, Stage.UNKNOWN)
