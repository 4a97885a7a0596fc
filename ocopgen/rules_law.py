"""Rules on stars and dates, and on what the law asks of a product (domain sections 1, 4.4 and 10.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from pydantic import BaseModel

from ocopgen.book import Book
from ocopgen.catalogue import Key
from ocopgen.document import Path
from ocopgen.model import EXTENSION_DAYS, SCORE_LIMITS, Decision, Producer, Product, Recognition, Status, months_after
from ocopgen.problems import Problem
from ocopgen.reference import ProductSet
from ocopgen.text import Text
from ocopgen.values import Moment

# --- the star ---------------------------------------------------------------------------------------------


def _recognitions(book: Book) -> Iterator[tuple[Key, int, Recognition]]:
    for key, product in book.products:
        for number, recognition in enumerate(product.recognitions):
            yield key, number, recognition


def score_agrees(book: Book) -> Iterator[Problem]:
    """A high score alone gives no star, since criteria have minimums of their own (domain 1.3): that only warns."""
    for key, number, one in _recognitions(book):
        if one.score is None:
            continue
        words = {"score": f"{one.score:g}", "stars": one.stars}
        expected = next((stars for limit, stars in SCORE_LIMITS if one.score >= limit), 0)
        code = "score-star" if expected < one.stars else "score-above"
        if expected == 0:
            code = "score-none"
        if expected != one.stars and not _potential(book, key, expected, one.stars):
            place = book.place(key, "recognitions", number, "score")
            yield Problem.at(place, code, expected=expected, **words)


def _potential(book: Book, key: Key, expected: int, stars: int) -> bool:
    """A score of 90 with three or four stars is right for a product that was sent on to the ministry (article 7)."""
    product = book.catalogue.product_by_id[key.partition("/")[2]]
    return expected == 5 and stars < 5 and product.potential_5_star is not None


def recognition_ends(book: Book) -> Iterator[Problem]:
    for key, number, one in _recognitions(book):
        day = one.decision.date if one.decision else None
        if one.ends is None:
            continue
        if day is None:
            yield Problem.at(book.place(key, "recognitions", number, "ends"), "ends-undated")
        elif one.ends != months_after(day, 36) and one.ends_reason is None:
            place = book.place(key, "recognitions", number, "ends")
            yield Problem.at(place, "ends-reason", expected=months_after(day, 36))


def extensions_are_short(book: Book) -> Iterator[Problem]:
    for key, number, one in _recognitions(book):
        if one.extended is None or one.end is None:
            continue
        latest = one.end + timedelta(days=EXTENSION_DAYS)
        if one.extended.until > latest:
            place = book.place(key, "recognitions", number, "extended", "until")
            words = {"until": one.extended.until, "ends": one.end, "latest": latest}
            yield Problem.at(place, "extended-long", **words)


def rounds_before_decisions(book: Book) -> Iterator[Problem]:
    for key, number, one in _recognitions(book):
        day = one.decision.date if one.decision else None
        if day is None:
            continue
        if one.year and one.year > day.year:
            place = book.place(key, "recognitions", number, "year")
            yield Problem.at(place, "year-late", year=one.year, decided=day.year)
        if one.withdrawn and one.withdrawn.date < day:
            place = book.place(key, "recognitions", number, "withdrawn", "date")
            yield Problem.at(place, "withdrawn-early", date=one.withdrawn.date, decided=day)


def recognitions_in_order(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, (above, one) in enumerate(pairwise(product.recognitions), 1):
            if _newer(one, above):
                yield Problem.at(book.place(key, "recognitions", number), "order-recognitions")


def decisions_counted_once(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        seen: dict[Decision, int] = {}
        for number, one in enumerate(product.recognitions):
            paper = one.decision
            if paper is None or paper.number is None or paper.date is None:
                continue
            if paper in seen:
                line = book.place(key, "recognitions", seen[paper], "decision").line
                place = book.place(key, "recognitions", number, "decision")
                yield Problem.at(place, "decision-twice", value=paper.number, line=line)
            seen.setdefault(paper, number)


def _newer(one: Recognition, other: Recognition) -> bool:
    """Whether one was surely given after the other: by their decisions, else by their programme years.

    A decision comes months after its round, so its day says nothing against another's bare year.
    """
    if one.decision and one.decision.date and other.decision and other.decision.date:
        return one.decision.date > other.decision.date
    return bool(one.year and other.year and one.year > other.year)


def recognition_in_effect(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        one = product.recognition(book.today)
        if one is None or one.end is None or product.draft:
            continue
        path = "recognitions", product.recognitions.index(one)
        status = one.status(book.today)
        if status is Status.ENDED:
            yield Problem.at(book.place(key, *path), "recognition-ended", stars=one.stars, ends=one.end)
        elif status is Status.ENDING:
            days = (one.end - book.today).days
            yield Problem.at(book.place(key, *path), "recognition-ending", stars=one.stars, ends=one.end, days=days)


def potential_is_not_five(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        held = product.recognition(book.today)
        if product.potential_5_star and held and held.stars == 5:
            yield Problem.at(book.place(key, "potential_5_star"), "potential-holds-5")


# --- dates ------------------------------------------------------------------------------------------------

_MAY_BE_AHEAD = frozenset({"ends", "to", "until", "starts"})


def no_future(book: Book) -> Iterator[Problem]:
    for key, entry in book.catalogue.entries:
        for path, value in _dates(entry, ()):
            if path[-1] not in _MAY_BE_AHEAD and value > book.today:
                yield Problem.at(book.place(key, *path), "future-date", date=value, today=book.today)


def _dates(value: object, path: Path) -> Iterator[tuple[Path, date]]:
    """Every date in an entry and where it stands."""
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, Moment):
        yield path, value.earliest
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _dates(item, (*path, number))
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _dates(getattr(value, name), (*path, info.alias or name))


def dates_in_order(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, one in enumerate(product.certificates):
            if one.starts and one.ends and one.ends < one.starts:
                place = book.place(key, "certificates", number, "to")
                yield Problem.at(place, "dates-swapped", key="to", late=one.ends, early=one.starts)
    for item in book.catalogue.news:
        if item.starts and item.ends and item.ends < item.starts:
            place = book.place(f"news/{item.id}", "ends")
            yield Problem.at(place, "dates-swapped", key="ends", late=item.ends, early=item.starts)


def prices_are_fresh(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, pack in enumerate(product.packs):
            if pack.price and pack.priced and months_after(pack.priced, 12) < book.today and not product.draft:
                yield Problem.at(book.place(key, "packs", number, "priced"), "price-old", date=pack.priced)


# --- what the law asks ------------------------------------------------------------------------------------


def _with_sets(book: Book) -> Iterator[tuple[Key, Product, ProductSet]]:
    for key, product in book.products:
        product_set = book.catalogue.classification.set_by_number.get(product.set)
        if product_set:
            yield key, product, product_set


def alcohol_stated(book: Book) -> Iterator[Problem]:
    for key, product, product_set in _with_sets(book):
        if product_set.alcohol and product.alcohol is None:
            yield Problem.at(book.place(key, "set"), "alcohol-missing", value=product.set)
        elif product.alcohol is not None and not product_set.alcohol:
            yield Problem.at(book.place(key, "alcohol"), "alcohol-elsewhere", value=product.set)


def services_are_no_goods(book: Book) -> Iterator[Problem]:
    for key, product, product_set in _with_sets(book):
        if not product_set.service:
            continue
        source = book.source(key)
        for name in ("ingredients", "shelf_life", "storage"):
            if getattr(product, name) is not None:
                yield Problem.at(source.key_place((name,)), "service-goods", key=name, value=product.set)
        for number, pack in enumerate(product.packs):
            if pack.quantity is not None:
                place = source.key_place(("packs", number, "quantity"))
                yield Problem.at(place, "service-goods", key="quantity", value=product.set)


def notices_written(book: Book) -> Iterator[Problem]:
    for number, one in enumerate(book.catalogue.classification.sets):
        if (one.alcohol or one.health) and one.notice is None:
            yield Problem.at(book.file("classification.yml").place(("sets", number)), "notice-missing", value=one.n)


_CLAIMS = re.compile(
    r"chữa\s+(?:bệnh|khỏi|trị|lành|dứt)|điều\s+trị|đặc\s+trị|thần\s+dược|(?:phòng|ngừa|trị)\s+bệnh|ung\s+thư"
    r"|\bcur(?:e|es|ed|ing)\b|\bcancers?\b|\btreat(?:s|ing)?\s+(?:\w+\s+){0,3}(?:disease|illness|diabetes|pain)"
    r"|\bprevents?\s+(?:\w+\s+){0,2}(?:disease|illness|infection)",
    re.IGNORECASE,
)
_DISCLAIMERS = re.compile(
    r"không\s+phải\s+là\s+thuốc[^.\n]*|thay\s+thế\s+thuốc\s+chữa\s+bệnh"
    r"|\bnot\s+(?:a\s+medicine|intended)\b[^.\n]*|\b(?:does|do|can)\s*not\s+(?:replace|treat|cure|prevent)[^.\n]*"
    r"|\b(?:salt|sun|smoke|dry|air)[- ]cur\w*",
    re.IGNORECASE,
)
"""The notice of Decree 15/2018, article 27, and its like, which the law asks for; and cured fish."""


def no_cures(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for lang, document in book.shelf.documents[key].items():
            for path, text in _texts(product, ()):
                claim = _claim(text.get(lang) or "")
                if claim:
                    place = document.body_place(claim.start()) if path == ("body",) else document.place(path)
                    yield Problem.at(place, "claim-cure", value=claim[0])


def _claim(words: str) -> re.Match[str] | None:
    """The first claim, leaving out the words that claim nothing; its place is that in `words`."""
    return _CLAIMS.search(_DISCLAIMERS.sub(lambda found: " " * len(found[0]), words))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, Text]]:
    """Every text in an entry and where it stands."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))


def consent_recorded(book: Book) -> Iterator[Problem]:
    for producer in book.catalogue.producers:
        withheld = [what for what in ("phones", "address", "email") if _withheld(producer, what)]
        if withheld and not producer.draft:
            vi = {"phones": "điện thoại", "address": "địa chỉ", "email": "thư điện tử"}
            en = {"phones": "phones", "address": "address", "email": "e-mail"}
            words = {
                "what_vi": ", ".join(vi[what] for what in withheld),
                "what_en": ", ".join(en[what] for what in withheld),
            }
            yield Problem.at(book.place(f"producers/{producer.id}", withheld[0]), "consent-missing", **words)


def _withheld(producer: Producer, what: str) -> bool:
    given = getattr(producer, what) or (what == "phones" and producer.zalo)
    return bool(given) and not producer.publishes(what)  # type: ignore[arg-type]
