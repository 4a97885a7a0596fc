"""The evidence sheet of a producer as a page to print."""

from __future__ import annotations

from collections.abc import Iterable

from ocopgen.cards import Desk
from ocopgen.criteria import BY_CODE, SOURCE
from ocopgen.entry_pages import certificates, history
from ocopgen.evidence import Evidence, Item, ProductEvidence, Sheet
from ocopgen.gallery import Gallery
from ocopgen.report_views import CriterionRow, ProductPart, SheetPage, Top
from ocopgen.report_words import Reporter
from ocopgen.text import Phrase
from ocopgen.values import Moment
from ocopgen.views import Away


def sheet_page(reporter: Reporter, sheet: Sheet, top: Top) -> SheetPage:
    edition = reporter.edition
    producer = edition.catalogue.producer_by_id[sheet.id]
    desk = Desk(edition, Gallery(edition.catalogue, {}))
    return SheetPage(
        top=top,
        name=edition.phrase(sheet.name),
        draft=sheet.draft,
        registered_name=reporter.own(sheet.registered_name),
        kind=edition.say(f"kind_{sheet.kind}"),
        place=desk.place(producer.place),
        contacts=desk.contacts(producer),
        withheld=reporter.withheld(producer.withheld),
        pages=_items(reporter, sheet.pages),
        addressed=edition.base_url is not None,
        source=SOURCE,
        products=tuple(_product(reporter, desk, one) for one in sheet.products),
    )


def _product(reporter: Reporter, desk: Desk, found: ProductEvidence) -> ProductPart:
    edition, catalogue = desk.edition, desk.catalogue
    product = catalogue.product_by_id[found.key.partition("/")[2]]
    product_set = catalogue.set_of(product)
    named = edition.phrase(product_set.name)
    return ProductPart(
        name=edition.phrase(found.name),
        draft=found.draft,
        set=Phrase(reporter.tell("set_named", n=found.set, name=named.words), named.lang),
        code=Phrase(found.code or reporter.tell("not_recorded")),
        updated=edition.day(found.updated) if found.updated else reporter.tell("not_recorded"),
        pages=_items(reporter, found.pages),
        history=tuple(history(desk, one) for one in found.recognitions),
        criteria=tuple(_criterion(reporter, found.set, one) for one in found.criteria),
        certificates=tuple(certificates(edition, product)),
        awards=tuple(map(edition.phrase, found.awards)),
    )


def _criterion(reporter: Reporter, product_set: int, found: Evidence) -> CriterionRow:
    criterion = BY_CODE[found.code]
    return CriterionRow(
        code=found.code,
        name=reporter.phrase(criterion.name),
        points=reporter.tell("points_most", points=criterion.points),
        earns=reporter.phrase(criterion.earns),
        note="" if found.read else reporter.tell("as_in_set_7", n=product_set),
        have=_items(reporter, found.have),
        lack=tuple(map(reporter.phrase, found.lack)),
        beyond=tuple(map(reporter.phrase, found.beyond)),
    )


def _items(reporter: Reporter, items: Iterable[Item]) -> tuple[Away, ...]:
    """Pieces of evidence, each after what it is; the day stands behind."""
    return tuple(_item(reporter, one) for one in items)


def _item(reporter: Reporter, one: Item) -> Away:
    day = one.day
    said = reporter.edition.moment(day) if isinstance(day, Moment) else reporter.edition.day(day) if day else ""
    return Away(reporter.phrase(one.words), one.url, " · ".join(filter(None, (reporter.phrase(one.what).words, said))))
