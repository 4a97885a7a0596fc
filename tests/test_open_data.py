"""Entries as JSON: true to the schema, the same bytes every time, and nothing in them that pages withhold."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator
from sites import (
    AWKWARD,
    DATA,
    DRAWINGS,
    EN,
    ONE,
    TODAY,
    VI,
    Files,
    entry,
    page_of,
    photo,
    product,
    read_content,
    stars,
    with_policies,
)
from sites import catalogue as of

from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.model import KINDS, Decision, Extension, Recognition, Source, Withdrawal
from ocopgen.open_data import Teller, entry_path
from ocopgen.open_schema import open_schema
from ocopgen.photo import PhotoFile

SITE = "https://example.org/cho/"
PHOTOS = photo("products/ten-rat-dai/ngang.png"), photo("news/hoi-cho/a.jpg")


def teller(
    files: Files = ONE, photos: tuple[PhotoFile, ...] = (), data: Files = DATA, base_url: str | None = SITE
) -> Teller:
    """A teller of some files, in both languages."""
    gallery = Gallery(of(files, photos, data), DRAWINGS)
    editions = (Edition(lang, gallery.catalogue, TODAY, base_url) for lang in (VI, EN))
    return Teller([Desk(one, gallery) for one in editions])


@cache
def awkward() -> Teller:
    return teller(read_content(AWKWARD).texts, PHOTOS)


def files_of(one: Teller) -> dict[str, bytes]:
    """Every file of JSON of a catalogue, by its path."""
    entries = {
        entry_path(kind, each.id): one.of_entry(kind, each) for kind in KINDS for each in getattr(one.catalogue, kind)
    }
    return {"data/catalogue.json": one.whole(), **entries}


def told(one: Teller, entry_id: str, kind: str = "products") -> dict[str, Any]:
    """What the file of an entry tells of it."""
    entry: dict[str, Any] = json.loads(one.of_entry(kind, one.catalogue.entry_by_key[f"{kind}/{entry_id}"]))["entry"]
    return entry


# --- the schema -------------------------------------------------------------------------------------------


def closed(node: Any) -> Any:
    """A schema that takes no key that it does not name."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    own = {"additionalProperties": False} if "properties" in node and "additionalProperties" not in node else {}
    return {**{key: closed(one) for key, one in node.items()}, **own}


def test_every_file_is_what_the_schema_says_and_has_no_key_that_it_does_not_name() -> None:
    judge = Draft7Validator(closed(json.loads(open_schema())))
    files = files_of(awkward())
    assert len(files) > 15
    for path, raw in files.items():
        assert [one.message for one in judge.iter_errors(json.loads(raw))] == [], path


def test_the_schema_refuses_another_file() -> None:
    judge = Draft7Validator(json.loads(open_schema()))
    whole = json.loads(awkward().whole())
    assert not judge.is_valid({**whole, "products": [{"id": "x"}]})
    assert not judge.is_valid({**whole, "about": {}})


# --- what is in them --------------------------------------------------------------------------------------


def test_the_whole_is_each_entry_without_its_story() -> None:
    whole = json.loads(awkward().whole())
    assert [*whole] == ["$schema", "about", *KINDS]
    for kind in KINDS:
        for one in whole[kind]:
            alone = told(awkward(), one["id"], kind)
            alone.pop("story", None)
            assert one == alone


def test_a_file_says_for_which_day_and_under_which_licence_it_stands() -> None:
    for raw in files_of(awkward()).values():
        assert json.loads(raw)["about"] == {
            "version": 1,
            "day": "2026-11-23",
            "title": {"vi": "Chợ thử", "en": "Test Market"},
            "address": SITE,
            "licence": {"vi": "Dùng tự do.", "en": "Free to use."},
            "languages": ["vi", "en"],
        }


def test_files_name_the_schema_from_where_they_lie() -> None:
    named = {path.count("/"): json.loads(raw)["$schema"] for path, raw in files_of(awkward()).items()}
    assert named == {1: "schema.json", 2: "../schema.json"}


def test_what_is_worked_out_stands_behind_what_was_written() -> None:
    one = told(awkward(), "ten-rat-dai")
    assert one["standing"] == {"status": "valid", "until": "2028-06-25", "stars": 5, "in_effect": True}
    assert [(each["status"], each["until"]) for each in one["recognitions"]] == [
        ("valid", "2028-06-25"),
        ("ended", "2025-06-25"),
    ]
    assert one["classified"]["group"] == {"id": "condiments", "name": {"vi": "Gia vị", "en": "Condiments"}}
    assert one["where"]["now"]["commune"]["id"] == "tay-thuy-anh"
    assert one["where"]["district"]["name"]["en"] == "Thái Thụy District"
    assert one["producer_name"]["vi"].startswith("Hợp tác xã")
    assert one["addresses"]["en"] == f"{SITE}en/products/ten-rat-dai/"
    assert one["short_address"] == f"{SITE}p/ten-rat-dai/"
    assert one["data"] == SITE + entry_path("products", "ten-rat-dai")
    (shown,) = one["pictures"]
    assert shown["address"].startswith(f"{SITE}pictures/ten-rat-dai-ngang-900-")
    assert shown["address"].endswith(".jpg")
    assert (shown["width"], shown["height"], shown["credit"]) == (900, 675, "Nguyễn Văn Ảnh")


def test_a_story_is_the_cleaned_one_of_the_page_in_the_languages_that_it_was_written_in() -> None:
    story = told(awkward(), "ten-rat-dai")["story"]
    assert [*story] == ["vi", "en"]
    assert "<h2>Chuyện mắm</h2>" in story["vi"]
    assert "script" not in story["vi"]
    assert f'href="{SITE}vi/san-pham/gao-het-han/"' in story["vi"]
    assert [*told(awkward(), "tra-an-than")["story"]] == ["vi"]
    assert "story" not in told(awkward(), "gao-het-han")


def test_without_an_address_all_is_told_from_the_root_of_the_site() -> None:
    one = told(
        teller({**ONE, page_of("products", "gao"): product(body="[An](../../producers/an/)")}, base_url=None), "gao"
    )
    assert one["addresses"] == {"vi": "vi/san-pham/gao/", "en": "en/products/gao/"}
    assert one["data"] == "data/products/gao.json"
    assert 'href="vi/chu-the/an/"' in one["story"]["vi"]
    about = json.loads(teller(base_url=None).whole())["about"]
    assert "address" not in about


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    again = teller(dict(reversed(read_content(AWKWARD).texts.items())), PHOTOS)
    assert files_of(again) == files_of(awkward())


def test_a_file_is_plain_utf_8_with_a_line_for_each_thing_and_a_newline_at_its_end() -> None:
    for path, raw in files_of(awkward()).items():
        assert raw.decode().endswith("\n}\n"), path
        assert b"<" not in raw, path
        assert b"\\u1" not in raw, "letters are written as they are"
    assert awkward().whole().count(b'\n {"id":') == len(awkward().catalogue.entries)


# --- what is not ------------------------------------------------------------------------------------------

WITHHELD = (
    *("bí mật", "0987654321", "kin@example.org", r"106\.5\b", r"20\.5\b"),  # a household that agreed to nothing
    *("777000", "ruou-777"),  # the price of alcohol, and where it is sold
    *("Bản nháp", "ban-nhap", "Bỏ trống", "bo-trong", "draft"),
)
"""Patterns of what the awkward site holds and no page of it shows."""


@pytest.mark.parametrize("secret", WITHHELD)
def test_what_pages_withhold_is_in_no_file(secret: str) -> None:
    files = read_content(AWKWARD).texts
    content = "".join(path + raw.decode() for path, raw in files.items())
    assert re.search(secret, content + content.replace(" ", "")), "else this test could not fail"
    assert {path for path, raw in files_of(awkward()).items() if re.search(secret, raw.decode())} == set()


def test_a_star_that_the_office_does_not_show_is_not_told() -> None:
    old = product(recognitions=[stars(4, date(2021, 1, 1))])
    data = with_policies(current_only=True)
    one = told(teller({**ONE, page_of("products", "gao"): old}, data=data), "gao")
    assert not {"recognitions", "standing"} & one.keys()


def test_a_proposal_is_told_and_is_no_standing() -> None:
    proposed = product(recognitions=[{"stars": 4, "year": 2026, "evidence": "proposed"}])
    one = told(teller({**ONE, page_of("products", "gao"): proposed}), "gao")
    assert [each["status"] for each in one["recognitions"]] == ["unknown"]
    assert "standing" not in one


def test_every_kind_of_entry_has_its_file() -> None:
    files = {page_of("news", "tin"): entry(name="Tin", summary="…", date=date(2026, 1, 1))}
    assert told(teller({**ONE, **files}), "tin", "news") == {
        "id": "tin",
        "name": {"vi": "Tin"},
        "summary": {"vi": "…"},
        "date": "2026-01-01",
        "addresses": {"vi": f"{SITE}vi/tin-tuc/tin/", "en": f"{SITE}en/news/tin/"},
        "data": f"{SITE}data/news/tin.json",
    }


# --- days -------------------------------------------------------------------------------------------------

DECIDED = Decision(number="1", date=date(2023, 6, 1))
SOURCE = Source(title="x")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, date(2026, 5, 31)),
        ({"ends": date(2026, 12, 1)}, date(2026, 11, 30)),
        ({"extended": Extension(until=date(2026, 11, 23), source=SOURCE)}, date(2026, 11, 23)),
        ({"extended": Extension(until=date(2026, 9, 1), source=SOURCE)}, date(2026, 9, 1)),
        ({"extended": Extension(until=date(2030, 1, 1), source=SOURCE)}, date(2026, 11, 28)),
        ({"extended": Extension(until=date(2026, 1, 1), source=SOURCE)}, date(2026, 5, 31)),
        ({"withdrawn": Withdrawal(date=date(2025, 1, 1), source=SOURCE)}, date(2024, 12, 31)),
        ({"withdrawn": Withdrawal(date=date(2026, 10, 1), source=SOURCE)}, date(2026, 5, 31)),
        ({"withdrawn": Withdrawal(date=date(2027, 1, 1), source=SOURCE)}, date(2026, 5, 31)),
        ({"withdrawn": Withdrawal(date=date(2025, 1, 1), source=SOURCE), "decision": None}, date(2024, 12, 31)),
        ({"decision": None}, None),
        ({"evidence": "proposed"}, None),
    ],
)
def test_the_last_day_is_the_last_on_which_the_star_was_held(more: dict[str, Any], expected: date | None) -> None:
    one = Recognition(**{"stars": 4, "decision": DECIDED, **more})
    assert one.last_day(TODAY) == expected
    if expected is not None and "withdrawn" not in more:
        assert one.status(expected).in_effect
