"""What of an entry may be told outside its pages: the entry as its pages show it, without what they withhold.

All that leaves the catalogue as data goes through here, so that nobody else need know who agreed to what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TypeVar, cast

from ocopgen.index import Index
from ocopgen.model import CONTACTS, Contact, Entry, Pack, Producer, Product

E = TypeVar("E", bound=Entry)

NEVER = frozenset({"consent", "photos"})
"""Fields that are never told: when somebody agreed, and files of the content, whose pictures have other names."""


def disclosed(index: Index, entry: E) -> E:
    """The entry with only what may be published today, and no name of an entry that is not."""
    if isinstance(entry, Product):
        return cast(E, _product(index, entry))
    return cast(E, _producer(entry)) if isinstance(entry, Producer) else entry


def _product(index: Index, product: Product) -> Product:
    """Alcohol has no price and no place to buy, unless the office allows it; nor a star that it does not show."""
    catalogue = index.edition.catalogue
    restrained = catalogue.restrained(product)
    return product.model_copy(
        update={
            "recognitions": index.shown(product),
            "packs": tuple(map(_unpriced, product.packs)) if restrained else product.packs,
            "channels": () if restrained else product.channels,
            "outlets": () if restrained else tuple(one for one in product.outlets if one in catalogue.outlet_by_id),
            "related": tuple(one for one in product.related if one in catalogue.product_by_id),
        }
    )


def _unpriced(pack: Pack) -> Pack:
    return pack.model_copy(update={"price": None, "priced": None})


def _producer(producer: Producer) -> Producer:
    """A person's contacts only as far as they agreed; a Zalo number is a phone, a position tells an address."""
    hidden = {name for contact in CONTACTS if not producer.publishes(contact) for name in _TOLD_BY[contact]}
    return _without(producer, {"consent", *hidden})


_TOLD_BY: Mapping[Contact, tuple[str, ...]] = {
    "phones": ("phones", "zalo"),
    "address": ("address", "location"),
    "email": ("email",),
}
"""The fields that tell a contact."""


def unreachable(producer: Producer) -> Producer:
    """A producer beside a product that is shown without a place to buy."""
    return _without(producer, {*chain.from_iterable(_TOLD_BY.values()), "website", "social"})


def _without(producer: Producer, names: Iterable[str]) -> Producer:
    """A producer whose fields of these names say nothing."""
    return producer.model_copy(update={one: Producer.model_fields[one].default for one in names})
