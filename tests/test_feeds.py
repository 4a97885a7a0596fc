"""Feeds that readers accept: whole, in order, with ids that stay, and with stars told as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
import pytest
from sites import DATA, EN, ONE, TODAY, VI, Files, desk, entry, page_of, producer, product, stars, with_policies

from ocopgen.cards import Desk
from ocopgen.feeds import MOST, feeds, offered
from ocopgen.recipe import Plain
from ocopgen.text import Lang

ATOM = "{http://www.w3.org/2005/Atom}"
AT = "https://example.org/cho/"
GAO = page_of("products", "gao")
NEWS: Files = {
    page_of("news", "cu"): entry(name="Cũ", summary="Tin <cũ> & hay.", date=date(2026, 1, 1)),
    page_of("news", "moi"): entry(name="Mới", summary="…", date=date(2026, 3, 1), updated=date(2026, 4, 1)),
}


def a_desk(files: Files, lang: Lang = VI, today: date = TODAY, data: Files = DATA, at: str | None = AT) -> Desk:
    one = desk({**ONE, **files}, lang, today=today, data=data)
    return replace(one, edition=replace(one.edition, base_url=at))


def written(*desks: Desk) -> dict[str, bytes]:
    """The files of the feeds."""
    return {one.path: one.recipe.content for one in feeds(desks) if isinstance(one.recipe, Plain)}


def only(files: Files, **more: Any) -> Element:
    """The one feed of some files."""
    (raw,) = written(a_desk(files, **more)).values()
    return ElementTree.fromstring(raw)


def entries(feed: Element) -> list[Element]:
    return feed.findall(f"{ATOM}entry")


def text(one: Element, name: str) -> str:
    return one.findtext(f"{ATOM}{name}") or ""


def links(one: Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in one.findall(f"{ATOM}link")}


# --- RFC 4287 ---------------------------------------------------------------------------------------------

BOTH: Files = {**NEWS, GAO: product(recognitions=[stars(4)], updated=date(2026, 5, 1))}


def every() -> Iterator[tuple[str, bytes]]:
    for lang in (VI, EN):
        yield from written(a_desk(BOTH, lang)).items()


def test_there_is_one_of_news_and_one_of_recognitions_in_each_language() -> None:
    assert [path for path, _ in every()] == [
        "vi/tin-tuc/feed.atom",
        "vi/san-pham/feed.atom",
        "en/news/feed.atom",
        "en/products/feed.atom",
    ]
    for lang in (VI, EN):
        one = a_desk(BOTH, lang)
        assert [each.href for each in offered(one)] == list(written(one))


@pytest.mark.parametrize(("path", "raw"), list(every()), ids=lambda one: one if isinstance(one, str) else "")
def test_a_feed_has_all_that_the_standard_asks_for(path: str, raw: bytes) -> None:
    feed = ElementTree.fromstring(raw)
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == path[:2]
    assert links(feed)["self"] == f"{AT}{path}"
    assert links(feed)["alternate"] == f"{AT}{path.removesuffix('feed.atom')}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for one in (feed, *entries(feed)):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
            assert text(one, name).strip()
        assert text(one, "id").startswith("tag:example.org,2026:cho/")
        assert datetime.fromisoformat(text(one, "updated")).tzinfo is not None
    for one in entries(feed):
        assert links(one)["alternate"].startswith(f"{AT}{path[:2]}/")
        assert text(one, "summary")
    ids = [text(one, "id") for one in (feed, *entries(feed))]
    assert len(set(ids)) == len(ids)
    assert text(feed, "updated") == max(text(one, "updated") for one in entries(feed))


@pytest.mark.parametrize(("path", "raw"), list(every()), ids=lambda one: one if isinstance(one, str) else "")
def test_a_reader_of_feeds_reads_it(path: str, raw: bytes) -> None:
    read = feedparser.parse(raw)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == path[:2]
    assert all(one.link and one.id and one.updated_parsed and one.summary for one in read.entries)


def test_no_words_break_it() -> None:
    hostile = "]]></summary><x/>&amp;\u0008\ufffe 🌾"
    feed = only({page_of("news", "x"): entry(name=hostile, summary="<b>&", date=date(2026, 1, 1))})
    (one,) = entries(feed)
    assert text(one, "title") == "]]></summary><x/>&amp; 🌾"
    assert text(one, "summary") == "<b>&"


def test_without_an_address_or_without_an_entry_there_is_none() -> None:
    assert written(a_desk(BOTH, at=None)) == {}
    assert offered(a_desk(BOTH, at=None)) == ()
    assert written(a_desk({})) == {}
    assert offered(a_desk({})) == ()


# --- entries ----------------------------------------------------------------------------------------------


def test_news_come_newest_first_with_the_days_of_the_content() -> None:
    found = [
        (text(one, "title"), text(one, "published")[:10], text(one, "updated")[:10]) for one in entries(only(NEWS))
    ]
    assert found == [("Mới", "2026-03-01", "2026-04-01"), ("Cũ", "2026-01-01", "2026-01-01")]


def test_words_of_another_language_are_marked() -> None:
    (one, _) = entries(only(NEWS, lang=EN))
    (title,) = one.findall(f"{ATOM}title")
    assert title.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "vi"}


def test_at_most_fifty_entries_are_told_the_newest() -> None:
    many = {
        page_of("products", f"p{n}"): product(f"Sp {n}", recognitions=[stars(3, date(2024, 1, 1))]) for n in range(60)
    }
    found = entries(only({**many, GAO: product("Gạo mới", recognitions=[stars(4)])}))
    assert len(found) == MOST
    assert text(found[0], "title").startswith("Gạo mới")


@pytest.mark.parametrize(
    ("today", "one", "words", "updated"),
    [
        (date(2025, 7, 1), stars(4), "còn hiệu lực đến hết 31/05/2028", "2025-06-01"),
        (date(2028, 6, 1), stars(4), "hết hiệu lực 01/06/2028", "2028-06-01"),
        (
            date(2028, 9, 2),
            stars(4, extended={"until": date(2028, 9, 1), "source": {"title": "Công văn"}}),
            "hết hiệu lực 02/09/2028",
            "2028-09-02",
        ),
        (
            date(2026, 6, 1),
            stars(4, withdrawn={"date": date(2026, 2, 1), "source": {"title": "Quyết định"}}),
            "đã thu hồi 01/02/2026",
            "2026-02-01",
        ),
    ],
)
def test_a_star_is_told_as_it_stands_on_the_day_of_the_build(
    today: date, one: dict[str, object], words: str, updated: str
) -> None:
    (found,) = entries(only({GAO: product(recognitions=[one])}, today=today))
    assert text(found, "title") == f"Gạo: 4\u00a0sao · {words}"
    assert words in text(found, "summary")
    assert "Quyết định số 1/QĐ-UBND" in text(found, "summary")
    assert (text(found, "published")[:10], text(found, "updated")[:10]) == ("2025-06-01", updated)


def test_what_no_decision_proves_is_not_told_nor_what_the_office_does_not_show() -> None:
    press = [{"stars": 4, "year": 2025, "evidence": "press"}, stars(3, evidence="proposed")]
    assert written(a_desk({GAO: product(recognitions=press)})) == {}
    lapsed = {GAO: product(recognitions=[stars(4, date(2020, 1, 1))])}
    assert written(a_desk(lapsed)) != {}
    assert written(a_desk(lapsed, data=with_policies(current_only=True))) == {}


def test_an_id_stays_whatever_becomes_of_the_entry() -> None:
    def identity(files: Files, today: date = TODAY) -> str:
        (one,) = entries(only(files, today=today))
        return text(one, "id")

    first = identity({GAO: product(recognitions=[stars(4)])})
    assert first == "tag:example.org,2026:cho/vi/products/gao/2025-06-01"
    assert identity({GAO: product("Gạo khác", recognitions=[stars(4)])}, date(2029, 1, 1)) == first
    renamed = {page_of("products", "gao-moi"): product("Gạo mới", recognitions=[stars(4)], was=["gao"])}
    (raw,) = written(a_desk_without_rice(renamed)).values()
    assert text(entries(ElementTree.fromstring(raw))[0], "id") == first


def a_desk_without_rice(files: Files) -> Desk:
    one = desk({page_of("producers", "an"): producer(), **files})
    return replace(one, edition=replace(one.edition, base_url=AT))
