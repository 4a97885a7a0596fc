"""The findings as JSON: a shape that others may rely on, without what may not be published."""

from __future__ import annotations

import json
from typing import Any

from making import CONTENT, IN_ENGLISH, PRODUCER, PRODUCT, SITE, TODAY, a_book, a_producer, a_product, an_entry

from ocopgen.findings import Findings, as_json, findings

DATA = {"strings.yml": (CONTENT / "strings.yml").read_bytes()}
FILES = {
    PRODUCT: a_product(
        "recognitions: [{stars: 4, score: 84.5, decision: {number: 1/QĐ-UBND, date: 2024-01-10}}]",
        'sources: [{title: Bài báo, date: "2024-03"}]',
        "certificates: [{name: VietGAP, from: 2025-01-10}]",
        updated="2026-11-02",
    ),
    IN_ENGLISH: an_entry(name="Garlic", translated="2026-11-01"),
    PRODUCER: a_producer('phones: ["0912345678"]', "email: an@example.vn", "address: Thôn Kín", kind="household"),
}


def found(base_url: str | None = None) -> Findings:
    return findings(a_book(**{**DATA, **FILES}), base_url, drafts=False)


def test_the_json_has_the_shape_that_is_documented() -> None:
    told = json.loads(as_json(found("https://example.vn/")))
    assert list(told) == [
        *("format", "date", "drafts", "base_url", "title", "coverage", "renewals", "completeness", "evidence")
    ]
    assert (told["format"], told["date"], told["drafts"]) == (1, TODAY.isoformat(), False)
    assert told["title"] == {"vi": "Sản vật", "en": "Products"}
    (english,) = told["coverage"]["languages"]
    assert english["fields"][0] == {
        "kind": "products",
        "field": "name",
        "counts": {"translated": 0, "stale": 1, "undated": 0, "missing": 0, "absent": 0},
    }
    assert english["entries"][0]["fields"]["name"] == "stale"
    assert english["entries"][0]["compared"] == "2026-11-01"
    (renewal,) = told["renewals"][0]["renewals"]
    assert renewal["stage"] == "filing-closed"
    assert (renewal["product"], renewal["end"], renewal["days"]) == ("products/toi-den", "2027-01-10", 48)
    assert told["completeness"][0]["key"] == "products/toi-den"
    sheet = told["evidence"][0]["products"][0]
    assert sheet["certificates"][0]["from"] == "2025-01-10"
    assert sheet["recognitions"][0]["score"] == 84.5


def test_the_same_findings_give_the_same_bytes() -> None:
    assert as_json(found()) == as_json(found())


def test_contacts_without_consent_are_nowhere() -> None:
    raw = as_json(found()).decode()
    assert not any(secret in raw for secret in ("0912345678", "an@example.vn", "Thôn Kín"))
    (holder,) = json.loads(raw)["renewals"]
    assert holder["withheld"] == ["phones", "address", "email"]


def test_the_address_of_the_site_is_taken_where_none_is_given() -> None:
    site = SITE + 'address: "https://own.example"\n'
    told: Any = findings(a_book(**{**DATA, "site.yml": site}), None, drafts=True)
    assert told.base_url == "https://own.example"
    assert told.evidence[0].pages[0].url == "https://own.example/vi/chu-the/truong-an/"
    assert found("https://given.example/").evidence[0].pages[0].url == "https://given.example/vi/chu-the/truong-an/"
    assert found().evidence[0].pages[0].url is None
