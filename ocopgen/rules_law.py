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
from ocopgen.model import (
    EXTENSION_DAYS,
    FILING_DAYS,
    NOT_EVIDENCE,
    NOT_OF_SERVICES,
    SCORE_LIMITS,
    Decision,
    Entry,
    Product,
    Recognition,
    Status,
    months_after,
)
from ocopgen.problems import Place, Problem
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
        elif one.ends <= day:
            place = book.place(key, "recognitions", number, "ends")
            yield Problem.at(place, "ends-early", ends=one.ends, decided=day)
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
        if one.year and day and one.year > day.year:
            place = book.place(key, "recognitions", number, "year")
            yield Problem.at(place, "year-late", year=one.year, decided=day.year)
        elif one.year and one.year > book.today.year:
            place = book.place(key, "recognitions", number, "year")
            yield Problem.at(place, "year-ahead", year=one.year, today=book.today.year)
        if day and one.withdrawn and one.withdrawn.date < day:
            place = book.place(key, "recognitions", number, "withdrawn", "date")
            yield Problem.at(place, "withdrawn-early", date=one.withdrawn.date, decided=day)


def recognitions_in_order(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        for number, (above, one) in enumerate(pairwise(product.recognitions), 1):
            if _newer(one, above):
                yield Problem.at(book.place(key, "recognitions", number), "order-recognitions")


def recognitions_follow(book: Book) -> Iterator[Problem]:
    """Of two recognitions in effect the newer is an upgrade or a renewal, and says so."""
    for key, product in book.products:
        numbered = enumerate(product.recognitions)
        held = [(number, one) for number, one in numbered if one.status(book.today).in_effect]
        for (number, one), (below, other) in pairwise(held):
            if one.kind not in ("upgrade", "renewal") and one.decision != other.decision:
                line = book.place(key, "recognitions", below).line
                yield Problem.at(book.place(key, "recognitions", number), "recognitions-overlap", line=line)


def evidence_agrees(book: Book) -> Iterator[Problem]:
    """A decision is evidence by itself, so one of the two words is wrong."""
    for key, number, one in _recognitions(book):
        if one.decided is not None and one.evidence in NOT_EVIDENCE:
            place = book.place(key, "recognitions", number, "evidence")
            yield Problem.at(place, "evidence-decision", value=one.evidence)


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


def recognition_can_count(book: Book) -> Iterator[Problem]:
    """A recognition that says nothing of its evidence, and lacks what would make it count."""
    for key, number, one in _recognitions(book):
        if one.decided is None and one.evidence in (None, "decision"):
            yield Problem.at(book.place(key, "recognitions", number), "recognition-unknown", stars=one.stars)


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
            code = "recognition-ending" if days >= FILING_DAYS else "filing-closed"
            yield Problem.at(book.place(key, *path), code, stars=one.stars, ends=one.end, days=days)


def potential_is_not_five(book: Book) -> Iterator[Problem]:
    for key, product in book.products:
        held = product.recognition(book.today)
        if product.potential_5_star and held and held.stars == 5 and held.status(book.today).in_effect:
            yield Problem.at(book.place(key, "potential_5_star"), "potential-holds-5")


# --- dates ------------------------------------------------------------------------------------------------

_MAY_BE_AHEAD = frozenset({"ends", "to", "until", "starts", "updated"})
"""Dates of what is to come; and `updated`, which must not stand in the way of a build for an earlier day."""


def no_future(book: Book) -> Iterator[Problem]:
    for key, entry in book.catalogue.entries:
        for path, value in _dates(entry, ()):
            if path[-1] not in _MAY_BE_AHEAD and value > book.today:
                place = _written_at(book, key, entry, path)
                yield Problem.at(place, "future-date", date=value, today=book.today)


def _written_at(book: Book, key: Key, entry: Entry, path: Path) -> Place:
    """Where a date stands; when a translation was compared stands in its own file."""
    if path[0] != "compared":
        return book.place(key, *path)
    lang, _ = entry.compared[int(path[1])]
    return book.shelf.documents[key][lang].place(("translated",))


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
        for name in NOT_OF_SERVICES:
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


# What is cured: a claim names an ailment, and `chữa cháy` (to put out a fire) or cured pork names none.
_AILMENT_VI = (
    r"(?:bệnh|ho|viêm|đau|nhức|mỏi|sốt|cảm(?=\s+(?:cúm|lạnh|mạo|nắng|sốt|ho)\b|\s*(?:[.,;:!?]|$))|cúm|hen|suyễn|mất\s+ngủ|khó\s+ngủ|ung\s+thư|u\s+(?:xơ|bướu|nang)|bướu"
    r"|(?:tiểu|đái\s+tháo)\s+đường|(?:cao\s+)?huyết\s+áp|(?:mỡ|nhiễm\s+trùng|thiếu)\s+máu|đột\s+quỵ|tai\s+biến"
    r"|dạ\s+dày|đại\s+tràng|tiêu\s+chảy|táo\s+bón|kiết\s+lỵ|trĩ|(?:xương\s+)?khớp|thoái\s+hóa|(?:tê|phong)\s+thấp"
    r"|g[úo]ut?t?|gan|thận|sỏi|tim|phổi|lao(?!\s+(?:động|công))|mụn|ghẻ|lở\s+loét|ngứa|mẩn|dị\s+ứng|vết\s+thương|bỏng|nhiệt\s+miệng|béo\s+phì"
    r"|suy\s+nhược|vô\s+sinh|yếu\s+sinh\s+lý|nhiễm\s+trùng|ngộ\s+độc|covid|giun|rắn\s+cắn)\b"
)
_BETWEEN_VI = (
    r"(?:(?:được|các|những|mọi|cả|một|số|nhiều|loại|thứ|chứng|cơn|khỏi|lành|dứt|điểm|hết|tận|gốc|hiệu|quả|tốt|nhanh|rất"
    r"|cho|người|bị|mắc|và|ngừa|chống|chữa|trị)\s+){0,5}"
)
_AILMENT_EN = (
    r"(?:diseases?|illness(?:es)?|ailments?|ills|infections?|inflammations?|diabetes|cancers?|pains?|(?:\w*[- ]?)aches?"
    r"|arthritis|rheumatism|gout|coughs?|colds|common\s+cold|flu|influenza|fevers?|insomnia|sleeplessness|asthma"
    r"|bronchitis|allerg(?:y|ies)|hypertension|(?:high\s+)?blood\s+pressure|cholesterol|constipation|diarrho?ea|ulcers?"
    r"|wounds?|burns?|sore\s+throats?|sores?|eczema|acne|ha?emorrhoids|ana?emia|indigestion|strokes?|tumou?rs?"
    r"|hepatitis|hangovers?|obesity|malaria|tuberculosis|migraines?)\b"
)
_BETWEEN_EN = r"(?:[\w'’-]+\s+){0,3}"
_CLAIMS = re.compile(
    rf"\b(?:chữa|trị|phòng|ngừa)\s+{_BETWEEN_VI}{_AILMENT_VI}|\bchữa\s+(?:khỏi|trị|dứt)\b|\b(?:điều|đặc)\s+trị\b"
    r"|\bthần\s+dược\b|\bung\s+thư\b"
    rf"|\b(?:cur|heal)(?:es?|s|ed|ing)?\s+{_BETWEEN_EN}{_AILMENT_EN}|\bcures?\s+(?:it\s+all|all|everything|anything)\b|\bcure-all\b"
    rf"|\b(?:treat(?:s|ed|ing)?|prevent(?:s|ed|ing)?)\s+{_BETWEEN_EN}{_AILMENT_EN}"
    rf"|\b(?:cure|remedy|remedies|medicine|treatment)\s+(?:for|against|of)\s+{_BETWEEN_EN}{_AILMENT_EN}"
    r"|\bhealing\s+(?:power|propert|effect|virtue)\w*|\bcancers?\b|\bpanacea\b|\b(?:miracle|wonder)\s+(?:cure|drug)s?\b",
    re.IGNORECASE,
)

# Words that claim nothing for people: what farmers do for plants and animals, names that hold `trị`, what is denied.
_STOCK_VI = (
    r"(?:cây|lúa|rau|vườn|ruộng|mùa\s+màng|vật\s+nuôi|gia\s+súc|gia\s+cầm|vịt|gà|ngan|ngỗng|lợn|heo|bò|trâu|dê|tằm|ong|cá"
    r"|tôm|ngao|cua|đàn|thủy\s+sản)\b"
)
_CARE_VI = r"(?:tiêm|chủng|phun|phòng|ngừa|chữa|trị|điều\s+trị)\b"
_STOCK_EN = (
    r"(?:plants?|crops?|trees?|vines?|paddy|fields?|livestock|animals?|cattle|flocks?|herds?|ducks?|ducklings?|geese"
    r"|chickens?|hens?|poultry|birds?|pigs?|piglets?|cows?|goats?|bees|shrimps?|fish|clams)\b"
)
_DENIED_EN = r"(?:replace|treat|cure|heal|prevent)\b[^.\n]*"
_INNOCENT = re.compile(
    # The notice of Decree 15/2018, article 27, which the law asks for, and its like.
    r"không\s+phải\s+(?:là\s+)?thuốc(?:(?!\bnhưng\b|\bmà\b)[^.\n])*|thay\s+thế\s+thuốc\s+chữa\s+bệnh"
    r"|không\s+(?:(?:phải|có|thể|được|dùng|để|là|tác|dụng|nhằm|mục|đích|hề)\s+)*(?:chữa|(?:điều\s+)?trị|phòng|ngừa)\b[^.,;\n]*"
    r"|\bnot\s+(?:a\s+(?:medicine|cure|remedy|treatment)|intended|meant)\b(?:(?!\bbut\b)[^.\n])*"
    rf"|\b(?:(?:does|do|can)\s*not|(?:does|do|ca)n[’']t)\s+{_DENIED_EN}"
    # Plants and animals are treated and vaccinated.
    rf"|\btiêm\s+(?:chủng|phòng|ngừa|vắc|vaccin)[^.;\n]*|\bvaccinat\w+[^.;\n]*"
    rf"|\b{_CARE_VI}[^.,;\n]{{0,40}}?\b(?:cho|trên|ở)\s+(?:\w+\s+){{0,2}}?{_STOCK_VI}"
    rf"|\b{_STOCK_VI}(?:\s+(?:nuôi|giống|thịt|đẻ|con))*\s+(?:được|phải|cần|đã)\s+(?:(?:chăm|sóc|kiểm|tra|theo|dõi|và)\s+)*{_CARE_VI}"
    r"[^.,;\n]*"
    r"|\bbệnh\s+(?:đạo\s+ôn|bạc\s+lá|khô\s+vằn|vàng\s+lùn|sương\s+mai|héo\s+xanh|dại|tai\s+xanh)|\bcúm\s+gia\s+cầm"
    rf"|\b(?:treat|cur|prevent|protect)\w*\s+{_BETWEEN_EN}{_AILMENT_EN}\s+(?:in|of|on|among)\s+(?:\w+\s+){{0,2}}{_STOCK_EN}"
    rf"|\b{_STOCK_EN}\s+(?:(?:are|is|were|was|have|has|been|being|regularly|never)\s+)+(?:treat|protect)ed\b[^.,;\n]*"
    # `giá trị` is value, and the rest are names and offices.
    r"|\b(?:giá|chính|quản|quảng|thống|cai)\s+trị\b|\bkhám\s*(?:,|và)?\s*chữa\s+bệnh",
    re.IGNORECASE,
)


_SIGNS = (
    *("chữa", "trị", "phòng", "ngừa", "thần dược", "ung thư"),
    *("cure", "curing", "heal", "treat", "prevent", "remed", "medicine", "cancer", "panacea", "miracle", "wonder"),
)
"""One of these is in every claim."""


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
    said = " ".join(words.lower().split())
    if not any(sign in said for sign in _SIGNS) or not _CLAIMS.search(words):
        return None  # most texts; what is innocent takes twenty times as long to find
    return _CLAIMS.search(_INNOCENT.sub(lambda found: " " * len(found[0]), words))


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
        withheld = producer.withheld
        if withheld and not producer.draft:
            vi = {"phones": "điện thoại", "address": "địa chỉ", "email": "thư điện tử"}
            en = {"phones": "phones", "address": "address", "email": "e-mail"}
            words = {
                "what_vi": ", ".join(vi[what] for what in withheld),
                "what_en": ", ".join(en[what] for what in withheld),
            }
            key = "zalo" if withheld[0] == "phones" and not producer.phones else withheld[0]
            yield Problem.at(book.place(f"producers/{producer.id}", key), "consent-missing", **words)
