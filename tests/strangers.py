"""Servers of other people, all on this machine: what they answer is told by tests, and what they are asked is kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from ocopgen.visit import Visitor

Deed = Callable[[asyncio.StreamWriter, str], Awaitable[None]]
"""What a server does with a question, by its method."""


def says(status: str, body: bytes = b"", **headers: object) -> Deed:
    """A plain answer, without its body where it is asked by HEAD."""

    async def answer(writer: asyncio.StreamWriter, method: str) -> None:
        given = {"Content-Length": len(body), **{key.replace("_", "-"): value for key, value in headers.items()}}
        head = "".join(f"{key}: {value}\r\n" for key, value in given.items())
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (b"" if method == "HEAD" else body))

    return answer


def leads(where: str, status: str = "301 Moved Permanently") -> Deed:
    """A redirect."""
    return says(status, Location=where)


def by_method(**deeds: Deed) -> Deed:
    """Another answer to each method."""

    async def answer(writer: asyncio.StreamWriter, method: str) -> None:
        await deeds[method](writer, method)

    return answer


def in_turn(*deeds: Deed) -> Deed:
    """Another answer each time; the last for ever."""
    left = list(deeds)

    async def answer(writer: asyncio.StreamWriter, method: str) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(writer, method)

    return answer


@dataclass(frozen=True)
class Asked:
    """One question as a server got it."""

    method: str
    address: str
    headers: Mapping[str, str]
    begun: float
    ended: float


@dataclass
class Web:
    """A web of hosts: what each address answers, which hosts have no name, and all that was asked."""

    deeds: Mapping[str, Deed]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    unknown: Callable[[str], OSError | None] = lambda host: None
    looked_up: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one question."""
        begun = time.monotonic()
        first_byte = await reader.read(1)
        if first_byte in (b"", b"\x16"):  # nothing, or a greeting of TLS, which none of these servers speaks
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n" if first_byte else b"")
            writer.close()
            return
        head = (first_byte + await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        method, path, _ = first.split()
        headers = dict(line.split(": ", 1) for line in lines)
        address = headers["Host"] + path
        try:
            await self.deeds.get(address, says("404 Not Found"))(writer, method)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            self.asked.append(Asked(method, address, headers, begun, time.monotonic()))
            writer.close()

    async def find(self, host: str, port: int) -> list[tuple[int, Any]]:
        """Every host is this machine."""
        self.looked_up.append(host)
        fault = self.unknown(host)
        if fault is not None:
            raise fault
        return [(2, ("127.0.0.1", self.port))]

    def visitor(self, agent: str = "ocopgen/0 (test)", pause: float = 0.0, timeout: float = 5.0) -> Visitor:
        """Who may ask the servers of this web, and no others."""
        return Visitor(agent, pause, timeout, self.find, lambda ip: ip == "127.0.0.1")


@asynccontextmanager
async def web(deeds: Mapping[str, Deed]) -> AsyncIterator[Web]:
    """A web that is there."""
    made = Web(deeds)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
