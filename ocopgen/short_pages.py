"""The page at each short address: an entry in every language at once, and a way into each."""

from __future__ import annotations

from collections.abc import Sequence

from ocopgen.cards import KIND_ROUTES, Desk
from ocopgen.edition import short_href
from ocopgen.heads import Mark, Marks, cut, shared, whole_title
from ocopgen.model import Producer, Product
from ocopgen.order import by_standing
from ocopgen.text import Phrase
from ocopgen.views import Invitation, Picture, ShortPage


def short_page(desks: Sequence[Desk], kind: str, entry: Product | Producer, marks: Marks | None = None) -> ShortPage:
    """The page of a product or a producer that belongs to no language; the desks are those of all languages."""
    first = desks[0].edition
    mark = (marks or {}).get((first.lang, f"{kind}/{entry.id}"), Mark())
    title = " – ".join(filter(None, (first.phrase(entry.name).words, mark.title)))
    about = cut(first.phrase(entry.summary).words if entry.summary else title)
    canonical = first.url(first.href(KIND_ROUTES[kind], entry.id))
    editions = [one.edition for one in desks]
    return ShortPage(
        root="../" * short_href(kind, entry.id).count("/"),
        title=whole_title(first, title),
        canonical=canonical,
        picture=_picture(desks[0], entry),
        invitations=tuple(_invitation(one, kind, entry) for one in desks),
        shared=shared(desks[0], entry, title, about, canonical, editions) if canonical else None,
    )


def _picture(desk: Desk, entry: Product | Producer) -> Picture | None:
    """The first picture of a product; of a producer without one that of a product, but of no alcohol."""
    if isinstance(entry, Product):
        return desk.product_pictures(entry)[0]
    own = desk.pictures(f"producers/{entry.id}", entry)
    products = by_standing(desk, desk.catalogue.products_of.get(entry.id, ()))
    made = (desk.product_pictures(one)[0] for one in products if not desk.catalogue.restrained(one))
    return own[0] if own else next(made, None)


def _invitation(desk: Desk, kind: str, entry: Product | Producer) -> Invitation:
    edition = desk.edition
    seal = desk.seal(entry) if isinstance(entry, Product) else None
    return Invitation(
        lang=desk.lang,
        language=edition.say("language_name"),
        over=_over(desk, entry),
        name=edition.phrase(entry.name),
        seal=seal,
        summary=edition.phrase(entry.summary) if entry.summary else None,
        notice=_notice(desk, entry),
        enter=edition.say("enter"),
        href=edition.href(KIND_ROUTES[kind], entry.id),
        as_of=edition.say("star_as_of", date=edition.day(edition.today)),
    )


def _over(desk: Desk, entry: Product | Producer) -> Phrase | None:
    if isinstance(entry, Product):
        return desk.edition.phrase(desk.catalogue.producer_by_id[entry.producer].name)
    return None if entry.kind == "unknown" else Phrase(desk.edition.say(f"kind_{entry.kind}"))


def _notice(desk: Desk, entry: Product | Producer) -> Phrase | None:
    """What the law has said beside a product of such a set."""
    said = desk.catalogue.set_of(entry).notice if isinstance(entry, Product) else None
    return desk.edition.phrase(said) if said else None
