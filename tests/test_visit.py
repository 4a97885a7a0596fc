"""One address asked: what each kind of answer means, how few questions are put, and where none is put at all."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from strangers import Deed, Web, by_method, in_turn, leads, says, web

from ocopgen.visit import MOST, REASONS, Answer, Visitor, is_public, reason

PAGE = says("200 OK", b"<p>x")


def visited(
    deeds: dict[str, Deed], *addresses: str, prepare: Callable[[Web], None] = lambda web: None, **how: Any
) -> tuple[list[Answer], Web]:
    """What became of addresses, asked one after another; and the web."""

    async def ask() -> tuple[list[Answer], Web]:
        async with web(deeds) as there:
            prepare(there)
            visitor = there.visitor(**how)
            answers = [await visitor.visit(one) for one in addresses]
            visitor.close()
            return answers, there

    return asyncio.run(ask())


# --- answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "answer"),
    [
        (PAGE, Answer("good")),
        (says("204 No Content"), Answer("good")),
        (says("404 Not Found", b"gone"), Answer("dead", "404")),
        (says("410 Gone"), Answer("dead", "410")),
        (says("403 Forbidden"), Answer("unsure", "403")),
        (says("500 Oh"), Answer("unsure", "500")),
        (says("503 Busy"), Answer("unsure", "503")),
        (says("304 Not Modified"), Answer("unsure", "304")),
        (leads("/new"), Answer("moved", to="http://a.vn/new")),
        (leads("/new", "308 Permanent Redirect"), Answer("moved", to="http://a.vn/new")),
        (leads("/new", "302 Found"), Answer("good")),
        (leads("//b.vn/x"), Answer("moved", to="http://b.vn/x")),
        (leads("/gone"), Answer("dead", "404")),
        (leads("/"), Answer("unsure", "front")),
        (leads("/x"), Answer("unsure", "loop")),
        (leads("/round"), Answer("unsure", "loop")),
        (leads("ftp://a.vn/x"), Answer("unsure", "elsewhere")),
        (leads("http://me:word@a.vn/new"), Answer("unsure", "secret")),
        (says("301 Moved"), Answer("unsure", "301")),
    ],
)
def test_what_a_server_answers_is_what_became_of_the_address(deed: Deed, answer: Answer) -> None:
    others = {"a.vn/new": PAGE, "b.vn/x": PAGE, "a.vn/": PAGE, "a.vn/round": leads("/again"), "a.vn/again": leads("/x")}
    answers, _ = visited({"a.vn/x": deed, **others}, "http://a.vn/x")
    assert answers == [answer]


def test_only_what_moved_for_good_is_a_new_address() -> None:
    deeds = {"a.vn/1": leads("/2"), "a.vn/2": leads("/3", "302 Found"), "a.vn/3": leads("/4"), "a.vn/4": PAGE}
    assert visited(deeds, "http://a.vn/1")[0] == [Answer("moved", to="http://a.vn/2")]


def test_a_chain_without_an_end_is_left() -> None:
    deeds = {f"a.vn/{number}": leads(f"/{number + 1}") for number in range(40)}
    answers, there = visited(deeds, "http://a.vn/0")
    assert answers == [Answer("unsure", "loop")]
    assert len(there.asked) == 11


# --- questions --------------------------------------------------------------------------------------------


def test_what_is_there_is_asked_once_by_its_head_and_honestly() -> None:
    _, there = visited({"a.vn/x": PAGE}, "http://a.vn/x", agent="ocopgen/0 (link check; +https://example.vn)")
    (one,) = there.asked
    assert one.method == "HEAD"
    assert one.headers["User-Agent"] == "ocopgen/0 (link check; +https://example.vn)"


@pytest.mark.parametrize("status", ["403 No", "404 No", "405 No", "501 No"])
def test_a_server_that_refuses_a_head_is_asked_for_a_small_piece(status: str) -> None:
    deed = by_method(HEAD=says(status), GET=says("206 Partial Content", b"x"))
    answers, there = visited({"a.vn/x": deed}, "http://a.vn/x")
    assert answers == [Answer("good")]
    assert [(one.method, one.headers.get("Range")) for one in there.asked] == [
        ("HEAD", None), ("GET", "bytes=0-1023"),
    ]  # fmt: skip


def test_a_server_that_breaks_off_at_a_head_is_asked_for_the_page() -> None:
    async def nothing(writer: asyncio.StreamWriter, method: str) -> None:
        """Break off."""

    assert visited({"a.vn/x": by_method(HEAD=nothing, GET=PAGE)}, "http://a.vn/x")[0] == [Answer("good")]
    assert visited({"a.vn/x": nothing}, "http://a.vn/x")[0] == [Answer("unsure", "broken")]


def test_of_an_endless_page_little_is_taken() -> None:
    sent = 0

    async def endless(writer: asyncio.StreamWriter, method: str) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while sent < 500 * MOST:
            writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            sent += 4096
            await writer.drain()

    answers, _ = visited({"a.vn/x": by_method(HEAD=says("405 No"), GET=endless)}, "http://a.vn/x")
    assert answers == [Answer("good")]
    assert sent < 500 * MOST


@pytest.mark.parametrize("body", [b"x" * (2 * MOST), gzip.compress(b"0" * 10_000_000), b"no gzip"])
def test_huge_and_packed_pages_are_not_read(body: bytes) -> None:
    deed = by_method(HEAD=says("405 No"), GET=says("200 OK", body, Content_Encoding="gzip"))
    assert visited({"a.vn/x": deed}, "http://a.vn/x")[0] == [Answer("good")]


def test_a_server_that_never_ends_its_head_is_left() -> None:
    async def slow(writer: asyncio.StreamWriter, method: str) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(60):
            writer.write(b"X: y\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    answers, _ = visited({"a.vn/x": slow}, "http://a.vn/x", timeout=0.3)
    assert answers == [Answer("unsure", "timeout")]


def test_a_silent_host_is_asked_twice_and_no_more() -> None:
    async def silent(writer: asyncio.StreamWriter, method: str) -> None:
        await asyncio.sleep(0.5)

    names = [f"http://a.vn/{number}" for number in range(5)]
    answers, there = visited({name.removeprefix("http://"): silent for name in names}, *names, timeout=0.1)
    assert answers == [Answer("unsure", "timeout")] * 5
    assert len(there.looked_up) == 2


def test_two_questions_to_one_host_have_a_pause_between_and_never_meet() -> None:
    async def ask() -> Web:
        async with web({"a.vn/1": PAGE, "a.vn/2": PAGE, "b.vn/x": leads("http://a.vn/2")}) as there:
            visitor = there.visitor(pause=0.2)
            await asyncio.gather(*(visitor.visit(one) for one in ("http://a.vn/1", "http://A.vn/2", "http://b.vn/x")))
            return there

    ours = sorted(
        (one for one in asyncio.run(ask()).asked if one.address.lower().startswith("a.vn")), key=lambda one: one.begun
    )
    assert len(ours) == 3
    assert all(later.begun - earlier.ended >= 0.15 for earlier, later in pairwise(ours))


@pytest.mark.parametrize("wait", ["0", "-"])
def test_a_server_that_asks_to_wait_a_little_is_waited_for(wait: str) -> None:
    said = format_datetime(datetime.now(UTC) - timedelta(seconds=5)) if wait == "-" else wait
    deed = in_turn(says("429 Slow down", Retry_After=said), PAGE)
    assert visited({"a.vn/x": deed}, "http://a.vn/x")[0] == [Answer("good")]


@pytest.mark.parametrize("headers", [{"Retry_After": "3600"}, {"Retry_After": "soon"}, {}])
def test_a_server_that_asks_to_wait_long_is_asked_no_more(headers: dict[str, str]) -> None:
    deeds = {"a.vn/1": says("429 Slow down", **headers), "a.vn/2": PAGE}
    answers, there = visited(deeds, "http://a.vn/1", "http://a.vn/2")
    assert answers == [Answer("unsure", "busy")] * 2
    assert len(there.asked) == 1


# --- hosts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), Answer("dead", "no-host")),
        (socket.gaierror(socket.EAI_AGAIN, "later"), Answer("unsure", "unknown-host")),
        (OSError(101, "unreachable"), Answer("unsure", "unreachable")),
    ],
)
def test_a_host_without_a_name_is_looked_for_once(fault: OSError, answer: Answer) -> None:
    def prepare(there: Web) -> None:
        there.unknown = lambda host: fault

    answers, there = visited({}, "http://a.vn/1", "http://a.vn/2", prepare=prepare)
    assert answers == [answer] * 2
    assert there.looked_up == ["a.vn"]


def test_a_closed_door_is_no_proof() -> None:
    def prepare(there: Web) -> None:
        there.port = 1

    assert visited({}, "http://a.vn/1", prepare=prepare)[0] == [Answer("unsure", "unreachable")]


def test_https_that_is_none_is_no_proof_and_http_is_asked_still() -> None:
    answers, _ = visited({"a.vn/x": PAGE}, "https://a.vn/x", "https://a.vn/y", "http://a.vn/x")
    assert answers == [Answer("unsure", "tls"), Answer("unsure", "tls"), Answer("good")]


# --- where nobody is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::1"),
        *("64:ff9b:1::7f00:1", "::7f00:1", "::ffff:0:7f00:1", "fec0::1"),
    ],
)
def test_a_private_network_is_no_public_one(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "203.162.0.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_the_public_network_is_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "2130706433", "127.1", "0x7f.1"])
def test_nothing_is_asked_of_this_machine_however_it_is_written(name: str) -> None:
    async def ask() -> tuple[Answer, Web]:
        async with web({}) as there:
            visitor = Visitor("x", pause=0, timeout=2)
            return await visitor.visit(f"http://{name}:{there.port}/x"), there

    answer, there = asyncio.run(ask())
    assert answer == Answer("unsure", "private")
    assert there.asked == []


def test_nothing_is_asked_of_a_private_network_after_a_redirect() -> None:
    def prepare(there: Web) -> None:
        find = there.find

        async def elsewhere(host: str, port: int) -> list[tuple[int, object]]:
            return [(2, ("192.168.1.1", 80))] if host == "inside.vn" else await find(host, port)

        there.find = elsewhere  # type: ignore[method-assign]

    answers, there = visited({"a.vn/x": leads("http://inside.vn/")}, "http://a.vn/x", prepare=prepare)
    assert answers == [Answer("unsure", "private")]
    assert [one.address for one in there.asked] == ["a.vn/x"]


@pytest.mark.parametrize(
    ("address", "why"),
    [("http://me:word@a.vn/x", "secret"), ("http://a.vn:x/", "form"), ("http:///x", "form"), ("http://[::1/", "form")],
)
def test_what_is_no_address_or_holds_a_secret_is_not_asked(address: str, why: str) -> None:
    answers, there = visited({}, address)
    assert answers == [Answer("unsure", why)]
    assert there.asked == []


def test_an_address_in_vietnamese_is_asked_as_the_web_writes_it() -> None:
    written = f"{'tỏi-đen.vn'.encode('idna').decode()}/t%E1%BB%8Fi?q=%C4%91en%20"
    answers, there = visited({written: PAGE}, "http://tỏi-đen.vn/tỏi?q=đen%20")
    assert [one.address for one in there.asked] == [written]
    assert answers == [Answer("good")]


def test_every_reason_has_its_words() -> None:
    assert reason("418") == ("máy chủ trả lời 418", "its server answers 418")
    assert all(vi and en and vi != en for vi, en in REASONS.values())
