"""What may be told outside its pages: of people what they agreed to, of alcohol no price, no star that is not shown."""

from __future__ import annotations

from datetime import date

import pytest
from sites import DATA, ONE, TODAY, VI, Files, entry, page_of, producer, product, stars, with_policies
from sites import catalogue as of

from ocopgen.disclosure import NEVER, disclosed, unreachable
from ocopgen.edition import Edition
from ocopgen.index import Index
from ocopgen.model import KINDS, Producer, Product

REACHED = {
    "phones": ["0912 345 678"],
    "zalo": "0987 654 321",
    "address": "Số 7",
    "email": "an@example.org",
    "website": "https://example.org/",
    "social": ["https://example.org/an"],
    "location": {"lat": 20.5, "lon": 106.5},
}


def told(files: Files, key: str, data: Files = DATA) -> Product | Producer:
    """What may be told of an entry."""
    whole = of({**ONE, **files}, data=data)
    one = disclosed(Index(Edition(VI, whole, TODAY)), whole.entry_by_key[key])
    assert isinstance(one, Product | Producer)
    return one


def told_maker(**facts: object) -> set[str]:
    """The fields of a producer that say how it is reached, and may be told."""
    one = told({page_of("producers", "an"): producer(**{**REACHED, **facts})}, "producers/an")
    return {name for name in (*REACHED, "consent") if getattr(one, name) not in (None, ())}


PUBLIC = {"website", "social"}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (["phones"], {"phones", "zalo"}),
        (["address"], {"address", "location"}),
        (["email"], {"email"}),
        (["phones", "address", "email"], REACHED.keys() - PUBLIC),
    ],
)
@pytest.mark.parametrize("kind", ["household", "cooperative"])
def test_what_somebody_agreed_to_is_told_and_no_more(kind: str, scope: list[str], expected: set[str]) -> None:
    consent = {"date": date(2026, 1, 1), "scope": scope}
    assert told_maker(kind=kind, consent=consent) == expected | PUBLIC


@pytest.mark.parametrize("kind", ["household", "unknown"])
def test_of_a_person_who_agreed_to_nothing_no_contact_is_told(kind: str) -> None:
    assert told_maker(kind=kind) == PUBLIC


def test_of_a_company_all_contacts_are_told() -> None:
    assert told_maker(kind="enterprise") == REACHED.keys()


def test_beside_what_is_not_sold_here_nobody_is_reached() -> None:
    whole = of({**ONE, page_of("producers", "an"): producer(registered_name="An", **REACHED)})
    one = unreachable(whole.producer_by_id["an"])
    assert [name for name in REACHED if getattr(one, name) not in (None, ())] == []
    assert one.registered_name == "An"


SPIRIT = product(
    set=14,
    alcohol=29.5,
    packs=[{"label": "Chai", "price": 777000, "priced": date(2026, 10, 1)}],
    channels=[{"kind": "shopee"}],
    outlets=["cho"],
)
MARKET = {page_of("outlets", "cho"): entry(name="Chợ", place={"district": "thai-thuy"})}


@pytest.mark.parametrize("allowed", [False, True])
def test_alcohol_has_prices_and_places_to_buy_only_where_the_office_allows_it(allowed: bool) -> None:
    data = with_policies(alcohol_prices=allowed)
    one = told({**MARKET, page_of("products", "gao"): SPIRIT}, "products/gao", data)
    assert isinstance(one, Product)
    assert [(pack.label, pack.price, bool(pack.priced)) for pack in one.packs] == [
        ("Chai", 777000 if allowed else None, allowed)
    ]
    assert (bool(one.channels), one.outlets) == (allowed, ("cho",) if allowed else ())


@pytest.mark.parametrize(("strict", "expected"), [(False, [4, 3]), (True, [4])])
def test_an_office_that_shows_only_stars_in_effect_tells_no_others(strict: bool, expected: list[int]) -> None:
    known = [stars(4), stars(3, date(2021, 1, 1), "2/QĐ-UBND")]
    data = with_policies(current_only=strict)
    one = told({page_of("products", "gao"): product(recognitions=known)}, "products/gao", data)
    assert isinstance(one, Product)
    assert [each.stars for each in one.recognitions] == expected


def test_no_draft_is_named() -> None:
    files = {
        page_of("products", "gao"): product(related=["nep", "mam"], outlets=["cho", "kin"]),
        page_of("products", "nep"): product("Nếp"),
        page_of("products", "mam"): product("Mắm", draft=True),
        page_of("outlets", "kin"): entry(name="Kín", place={"district": "thai-thuy"}, draft=True),
        **MARKET,
    }
    one = told(files, "products/gao")
    assert isinstance(one, Product)
    assert (one.related, one.outlets) == (("nep",), ("cho",))


def test_what_is_never_told_are_fields_that_there_are() -> None:
    assert {name for name in NEVER for kind in KINDS.values() if name in kind.model_fields} == NEVER


def test_other_entries_are_told_as_they_are() -> None:
    whole = of({**ONE, **MARKET})
    one = whole.entry_by_key["outlets/cho"]
    assert disclosed(Index(Edition(VI, whole, TODAY)), one) is one
