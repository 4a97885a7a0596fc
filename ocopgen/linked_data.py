"""What machines are told of a page: nodes of schema.org's vocabulary, and the script that holds them.

They say what the page itself shows, and nothing else. A star is a certification with its dates, never a review, and
one that no decision proves is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from ocopgen.cards import Desk, tel
from ocopgen.catalogue import Key
from ocopgen.edition import Edition
from ocopgen.entry_pages import packs
from ocopgen.model import (
    Certificate,
    Entry,
    News,
    Outlet,
    Place,
    Producer,
    Product,
    Recognition,
)
from ocopgen.text import Text
from ocopgen.views import Link

Node = dict[str, Any]
"""A thing of schema.org, as JSON-LD writes it."""

LEVELS = 1, 5
"""The lowest and the highest rank of the programme; only from 3 up are there stars to hold."""


def script(nodes: Iterable[Node]) -> Markup:
    """What stands between the tags of the script element; nothing in it can end the element."""
    told = {"@context": "https://schema.org", "@graph": list(nodes)}
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(words.replace("<", "\\u003c"))


def _node(kind: str, at: str = "", /, **told: object) -> Node:
    """A thing of a kind, and the address that others name it by; what is not known is left out."""
    known = {name: value for name, value in told.items() if value not in (None, "", (), [])}
    return {"@type": kind, **({"@id": at} if at else {}), **known}


def crumbs(edition: Edition, above: Sequence[Link], title: str, url: str) -> list[Node]:
    """Where a page stands; the home page stands below nothing."""
    if not above:
        return []
    steps = [*((one.words.words, edition.url(one.href)) for one in above), (title, url)]
    return [_node("BreadcrumbList", itemListElement=[_step(*one) for one in enumerate(steps, 1)])]


def _step(position: int, step: tuple[str, str | None]) -> Node:
    return _node("ListItem", position=position, name=step[0], item=step[1])


# --- the catalogue ----------------------------------------------------------------------------------------


def of_home(desk: Desk, url: str) -> list[Node]:
    """Who keeps the catalogue, and the site with its search."""
    edition, site = desk.edition, desk.catalogue.site
    found = f"{edition.url(edition.href('search'))}?q={{search_term_string}}"
    search = _node(
        "SearchAction",
        target=_node("EntryPoint", urlTemplate=found),
        **{"query-input": "required name=search_term_string"},
    )
    title = edition.phrase(site.title).words
    about = edition.phrase(site.tagline).words
    keeper = _keeper(edition)
    website = _node(
        "WebSite",
        f"{url}#website",
        name=title,
        description=about,
        url=url,
        inLanguage=desk.lang,
        publisher=_reference(keeper),
        potentialAction=search,
    )
    return [keeper, website]


def _keeper(edition: Edition) -> Node:
    contact = edition.catalogue.site.contact
    root = edition.url("")
    return _node(
        "Organization",
        f"{root}#organization",
        name=edition.phrase(contact.name).words,
        url=root,
        email=contact.email,
        telephone=[_telephone(one) for one in contact.phones],
        address=edition.phrase(contact.address).words if contact.address else None,
    )


def _reference(node: Node) -> Node:
    """A thing that is told elsewhere: its address, and enough to know it by."""
    return {name: node[name] for name in ("@id", "@type", "name", "url") if name in node}


def of_listing(desk: Desk, products: Iterable[Product], first: int, total: int) -> list[Node]:
    """The products of one page of a listing, of which the first has this place among all."""
    rows = [
        _node("ListItem", position=place, name=card.name.words, url=desk.edition.url(card.href))
        for place, card in enumerate(map(desk.card, products), first)
    ]
    return [_node("ItemList", numberOfItems=total, itemListElement=rows)] if rows else []


# --- products ---------------------------------------------------------------------------------------------


def of_product(desk: Desk, product: Product, url: str) -> list[Node]:
    """A product with its maker, its certifications, and offers where a price has its day."""
    edition, catalogue = desk.edition, desk.catalogue
    maker = _maker(edition, catalogue.producer_by_id[product.producer])
    gtins = list(dict.fromkeys(one.gtin for one in product.packs if one.gtin))
    today = edition.today
    certifications = [one for each in desk.index.shown(product) if (one := _recognition(desk, each))]
    certifications += [_certificate(one, today) for one in product.certificates]
    node = _node(
        "Product",
        f"{url}#product",
        name=edition.phrase(product.name).words,
        description=edition.phrase(product.summary).words,
        url=url,
        category=edition.phrase(catalogue.set_of(product).name).words,
        image=_images(desk, f"products/{product.id}", product),
        brand=_node("Brand", name=maker["name"]) if maker else None,
        manufacturer=maker,
        gtin=gtins[0] if len(gtins) == 1 else gtins,
        hasCertification=certifications,
        offers=_offers(desk, product, url, maker),
    )
    return [node]


def _maker(edition: Edition, producer: Producer) -> Node | None:
    """The maker of a product, where sources name one."""
    url = edition.url(edition.href("producer", producer.id))
    if producer.kind == "unknown":
        return None
    return _node("Organization", f"{url}#organization", name=edition.phrase(producer.name).words, url=url)


def _images(desk: Desk, key: Key, entry: Entry) -> list[str | None]:
    """The photos of an entry, each in its plainest format and largest; drawings of ours show no product."""
    return [desk.edition.url(one.sources[-1][1][-1].href) for one in desk.pictures(key, entry)]


def _recognition(desk: Desk, one: Recognition) -> Node | None:
    """A recognition by a decision; what is no longer in effect says so in its status, its dates and its name."""
    edition, status = desk.edition, one.status(desk.edition.today)
    last = one.last_day(edition.today)
    if one.decided is None or one.decision is None or last is None:
        return None
    stars = edition.stars(one.stars).replace("\u00a0", " ")
    lowest, highest = LEVELS
    return _node(
        "Certification",
        name=f"OCOP {stars}" if status.in_effect else f"OCOP {stars} · {edition.standing(one)}",
        certificationIdentification=one.decision.number,
        certificationStatus=_status(status.in_effect),
        certificationRating=_node("Rating", ratingValue=one.stars, bestRating=highest, worstRating=lowest),
        issuedBy=_node("Organization", name=one.decision.by) if one.decision.by else None,
        datePublished=one.decided.isoformat(),
        validFrom=one.decided.isoformat(),
        expires=(last + timedelta(days=1)).isoformat(),
    )


def _certificate(one: Certificate, today: date) -> Node:
    """Another certificate; whether one without an end is still good, nobody knows."""
    return _node(
        "Certification",
        name=one.name,
        certificationIdentification=one.number,
        certificationStatus=_status(one.ends > today) if one.ends else None,
        issuedBy=_node("Organization", name=one.issuer) if one.issuer else None,
        validFrom=one.starts.isoformat() if one.starts else None,
        expires=one.ends.isoformat() if one.ends else None,
    )


def _status(active: bool) -> str:
    return f"https://schema.org/Certification{'Active' if active else 'Inactive'}"


def _offers(desk: Desk, product: Product, url: str, maker: Node | None) -> list[Node]:
    """Prices of which the day is known, as far as the page gives prices."""
    if desk.catalogue.restrained(product):
        return []
    rows = zip(product.packs, packs(desk, product, restrained=False), strict=True)
    return [
        _node(
            "Offer",
            name=row.words.words,
            price=one.price,
            priceCurrency="VND",
            validFrom=one.priced.isoformat(),
            gtin=one.gtin,
            url=url,
            seller=_reference(maker) if maker else None,
        )
        for one, row in rows
        if one.price and one.priced
    ]


# --- other entries ----------------------------------------------------------------------------------------


def of_producer(desk: Desk, producer: Producer, url: str) -> list[Node]:
    """A producer, with the contacts that may be published; a maker that no source names is nobody."""
    if producer.kind == "unknown":
        return []
    edition = desk.edition
    open_to_all = producer.publishes("address")
    node = _node(
        "Organization",
        f"{url}#organization",
        name=edition.phrase(producer.name).words,
        legalName=producer.registered_name,
        description=_words(edition, producer.summary),
        url=url,
        sameAs=[one for one in (producer.website, *producer.social) if one],
        image=_images(desk, f"producers/{producer.id}", producer),
        foundingDate=str(producer.founded) if producer.founded else None,
        address=_address(desk, producer.place, producer.address if open_to_all else None),
        location=_position(producer) if open_to_all else None,
        telephone=[_telephone(one) for one in producer.phones] if producer.publishes("phones") else None,
        email=producer.email if producer.publishes("email") else None,
    )
    return [node]


def of_outlet(desk: Desk, outlet: Outlet, url: str) -> list[Node]:
    """A shop or showroom."""
    edition = desk.edition
    node = _node(
        "Store",
        f"{url}#store",
        name=edition.phrase(outlet.name).words,
        description=_words(edition, outlet.summary),
        url=url,
        sameAs=outlet.website,
        image=_images(desk, f"outlets/{outlet.id}", outlet),
        address=_address(desk, outlet.place, outlet.address),
        location=_position(outlet),
        telephone=[_telephone(one) for one in outlet.phones],
    )
    return [node]


def of_article(desk: Desk, article: News, url: str) -> list[Node]:
    """News, by those who keep the catalogue."""
    edition = desk.edition
    name = edition.phrase(article.name)
    keeper = _reference(_keeper(edition))
    node = _node(
        "NewsArticle",
        f"{url}#article",
        headline=name.words,
        description=edition.phrase(article.summary).words,
        url=url,
        mainEntityOfPage=url,
        inLanguage=name.lang or desk.lang,
        image=_images(desk, f"news/{article.id}", article),
        datePublished=article.date.isoformat(),
        dateModified=article.updated.isoformat() if article.updated else None,
        author=keeper,
        publisher=keeper,
    )
    return [node]


def _words(edition: Edition, text: Text | None) -> str | None:
    return edition.phrase(text).words if text else None


def _telephone(digits: str) -> str:
    return tel(digits).removeprefix("tel:")


def _address(desk: Desk, place: Place, street: str | None) -> Node | None:
    """An address by the places of then, as the page has it."""
    line = desk.place(place)
    if line is None and street is None:
        return None
    locality = line.short.words if line else ""
    region = line.then.words.removeprefix(locality).strip(", ") if line else ""
    return _node(
        "PostalAddress", streetAddress=street, addressLocality=locality, addressRegion=region, addressCountry="VN"
    )


def _position(entry: Producer | Outlet) -> Node | None:
    if entry.location is None:
        return None
    position = _node("GeoCoordinates", latitude=entry.location.lat, longitude=entry.location.lon)
    return _node("Place", geo=position)
