"""One address of the web, asked politely whether it is still there: no more is fetched than its answer's head.

What the content names is not trusted: nothing is asked of a private network, however its address is written or reached,
no password is sent, and no server can keep us waiting. `robots.txt` is not read, as it speaks to those who collect
pages; this asks what a reader's click would ask, once a month.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tornado.httpclient import HTTPClientError
from tornado.httputil import HTTPHeaders
from tornado.iostream import StreamClosedError
from tornado.netutil import Resolver
from tornado.simple_httpclient import HTTPTimeoutError, SimpleAsyncHTTPClient

HOPS = 10
"""Redirects that are followed."""

PAUSE = 1.0
"""Seconds between two questions to one host."""

TIMEOUT = 20.0
"""Seconds that one question may take in all."""

PATIENCE = 30.0
"""Seconds that a server may ask us to wait for; who asks for more is asked another day."""

MOST = 1 << 16
"""Bytes of an answer; longer ones are cut off."""

TIRED = 2
"""Questions in a row that a host leaves unanswered before it is asked no more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an address: `good`, `moved` for good to another, `dead`, or `unsure`; and why."""

    kind: str
    why: str = ""
    to: str = ""

    @property
    def reached(self) -> bool:
        """Whether a server answered at all."""
        return self.why not in NETWORK


REASONS = {
    "no-host": ("không có tên miền này", "there is no such host name"),
    "unknown-host": ("không hỏi được tên miền", "its host name cannot be looked up"),
    "unreachable": ("không nối được với máy chủ", "its server cannot be reached"),
    "timeout": (f"máy chủ không trả lời trong {TIMEOUT:.0f} giây", f"its server gives no answer in {TIMEOUT:.0f} s"),
    "tls": (
        "HTTPS của máy chủ có lỗi, có thể do chứng chỉ",
        "the HTTPS of its server is faulty, perhaps its certificate",
    ),
    "broken": ("máy chủ cắt ngang hoặc trả lời sai", "its server breaks off or answers wrongly"),
    "busy": ("máy chủ bảo hãy hỏi lại sau", "its server says to ask again later"),
    "loop": ("chuyển hướng vòng quanh", "it redirects in circles"),
    "front": ("nay chỉ dẫn về trang chủ", "it now only leads to the front page"),
    "elsewhere": ("chuyển hướng sang nơi không phải trang web", "it redirects to what is no web page"),
    "private": ("dẫn vào mạng nội bộ, không hỏi", "it leads into a private network and is not asked"),
    "secret": ("có tên hay mật khẩu trong địa chỉ, không hỏi", "it holds a user name or password and is not asked"),
    "form": ("không phải địa chỉ web", "it is no web address"),
    "404": ("máy chủ trả lời 404: không có trang này", "its server answers 404: there is no such page"),
    "410": ("máy chủ trả lời 410: trang đã bị xóa", "its server answers 410: the page was removed"),
}
"""Why an address is not known to be good, in Vietnamese and English."""

NETWORK = {"no-host", "unknown-host", "unreachable", "timeout"}
"""What may be the fault of our own network."""


def reason(why: str) -> tuple[str, str]:
    """A reason in Vietnamese and English; one that has no words is the number of an answer."""
    return REASONS.get(why) or (f"máy chủ trả lời {why}", f"its server answers {why}")


# --- where nobody is asked --------------------------------------------------------------------------------

_EMBEDDING = ip_network("64:ff9b::/96")
"""Addresses of version 6 whose last 32 bits are one of version 4."""

_GIVEN = ip_network("2000::/3")
"""All addresses of version 6 that are given out for the public network; what else holds one of version 4 is not."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also where it holds another in it."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.sixtofour or ip.teredo:  # tunnels that nobody needs for a web page
            return False
        ip = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _EMBEDDING else ip)
        if isinstance(ip, IPv6Address) and ip not in _GIVEN:
            return False
    return ip.is_global and not ip.is_multicast


class _Private(OSError):
    """A host that lies in a private network."""


Found = Sequence[tuple[int, Any]]
"""Where a host is: families and addresses of sockets."""


async def look_up(host: str, port: int) -> Found:
    """Ask the system where a host is. Raises `socket.gaierror`."""
    rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in rows]


class _Guard(Resolver):
    """Lets connect to public addresses only. It is asked for each connection, so no name can change in between."""

    def initialize(self, find: Callable[[str, int], Any], allows: Callable[[str], bool]) -> None:
        self._find, self._allows = find, allows

    async def resolve(self, host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC) -> Any:
        found = await self._find(host, port)
        allowed = [(kind, address) for kind, address in found if self._allows(address[0])]
        if found and not allowed:
            raise _Private(host)
        return allowed


# --- one question -----------------------------------------------------------------------------------------


class _Failed(Exception):
    """No answer came; the argument is the reason."""


@dataclass(slots=True)
class _Reply:
    """The head of an answer."""

    code: int = 0
    headers: HTTPHeaders = field(default_factory=HTTPHeaders)

    def take(self, line: str) -> None:
        """One line of the head as it comes."""
        if line.startswith("HTTP/"):
            self.code, self.headers = int(line.split()[1]), HTTPHeaders()
        elif line.strip():
            self.headers.parse_line(line)

    @property
    def wait(self) -> float | None:
        """Seconds that the server asks us to wait."""
        said = self.headers.get("Retry-After", "").strip()
        if not said:
            return None
        if said.isdecimal():
            return float(said)
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
        except ValueError:
            return None


@dataclass(slots=True)
class _Host:
    """A host: who asks it now, when it was last asked, and why it is asked no more, by scheme."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = float("-inf")
    silent: int = 0
    closed: dict[str, str] = field(default_factory=dict)


class Visitor:
    """Asks addresses; of one host one at a time, with a pause. It belongs to one event loop.

    `find` tells where a host is and `allows` whether that may be asked: tests bring their own.
    """

    def __init__(
        self,
        agent: str,
        pause: float = PAUSE,
        timeout: float = TIMEOUT,
        find: Callable[[str, int], Any] = look_up,
        allows: Callable[[str], bool] = is_public,
    ) -> None:
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Language": "vi, en;q=0.8"}
        self._pause, self._timeout = pause, timeout
        self._hosts: dict[str, _Host] = {}
        guard = _Guard(find=find, allows=allows)
        self._client = SimpleAsyncHTTPClient(
            force_instance=True, resolver=guard, max_clients=1000, max_body_size=MOST, max_buffer_size=2 * MOST,
            max_header_size=MOST,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of what was opened."""
        self._client.close()

    async def visit(self, address: str) -> Answer:
        """What became of an address."""
        try:
            return await self._followed(address)
        except _Failed as failed:
            why = str(failed)
            return Answer("dead" if why == "no-host" else "unsure", why)

    async def _followed(self, address: str) -> Answer:
        """The answer at the end of all redirects."""
        url, seen, to = _written(address), set[str](), ""
        lasting = True
        while url not in seen and len(seen) <= HOPS:
            seen.add(url)
            reply = await self._asked(url)
            location = reply.headers.get("Location")
            if reply.code not in (301, 302, 303, 307, 308) or not location:
                return _judged(address, url, reply.code, to)
            url = _written(urljoin(url, location), "elsewhere")
            lasting = lasting and reply.code in (301, 308)
            to = url if lasting else to
        return Answer("unsure", "loop")

    async def _asked(self, url: str) -> _Reply:
        """The answer to the smallest question, or, where a server does not take that, to a small one."""
        parts = urlsplit(url)
        async with self._turn(parts.netloc) as host:
            try:
                reply = await self._answered(host, "HEAD", url)
            except _Failed as failed:
                if str(failed) != "broken":
                    raise
                reply = _Reply(405)
            if reply.code >= 400 and reply.code != 429:
                reply = await self._answered(host, "GET", url)
            wait = reply.wait
            if reply.code in (429, 503) and wait is not None and wait <= PATIENCE:
                await asyncio.sleep(wait)
                reply = await self._answered(host, "GET", url)
            if reply.code == 429 or (reply.code == 503 and reply.wait is not None):
                host.closed[parts.scheme] = "busy"
                raise _Failed("busy")
            return reply

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[_Host]:
        host = self._hosts.setdefault(name.lower(), _Host())
        async with host.turn:
            yield host

    async def _answered(self, host: _Host, method: str, url: str) -> _Reply:
        """The answer of a host that answers; one that does not is not asked again."""
        scheme = urlsplit(url).scheme
        if scheme in host.closed:
            raise _Failed(host.closed[scheme])
        await asyncio.sleep(host.last + self._pause - time.monotonic())
        try:
            reply = await self._once(method, url)
            host.silent = 0
            return reply
        except _Failed as failed:
            why = str(failed)
            host.silent += why == "timeout"
            if why != "broken" and (why != "timeout" or host.silent >= TIRED):
                host.closed[scheme] = why
            raise
        finally:
            host.last = time.monotonic()

    async def _once(self, method: str, url: str) -> _Reply:
        """Ask once; what an answer's body does after its head came is nothing to us. Raises `_Failed`."""
        reply = _Reply()
        headers = {**self._headers, **({"Range": "bytes=0-1023"} if method == "GET" else {})}
        try:
            await self._client.fetch(
                url, raise_error=False, method=method, headers=headers, follow_redirects=False,
                decompress_response=False, connect_timeout=self._timeout, request_timeout=self._timeout,
                header_callback=reply.take, allow_ipv6=True,
            )  # fmt: skip
        except (OSError, HTTPClientError, ValueError) as fault:
            if not reply.code:
                raise _Failed(_why(fault)) from fault
        return reply


def _why(fault: Exception) -> str:
    """The reason that an exception means."""
    if isinstance(fault, _Private):
        return "private"
    if isinstance(fault, socket.gaierror):
        absent = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        return "no-host" if fault.errno in absent else "unknown-host"
    if isinstance(fault, HTTPTimeoutError | TimeoutError):
        return "timeout"
    if isinstance(fault, ssl.SSLError):
        return "tls"
    if isinstance(fault, StreamClosedError) and fault.real_error is not None:
        return _why(fault.real_error) if isinstance(fault.real_error, Exception) else "broken"
    if isinstance(fault, OSError) and not isinstance(fault, StreamClosedError | ConnectionResetError):
        return "unreachable"
    return "broken"


def _written(address: str, otherwise: str = "form") -> str:
    """An address as a server is asked for it. Raises `_Failed` where it is none, or holds a secret."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode()
    except ValueError as fault:
        raise _Failed(otherwise) from fault
    if parts.scheme not in ("http", "https") or not host:
        raise _Failed(otherwise)
    if parts.username is not None:
        raise _Failed("secret")
    netloc = (f"[{name}]" if ":" in name else name) + (f":{port}" if port is not None else "")
    path, query = (quote(one, safe="/%:@!$&'()*+,;=~?[]|") for one in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def _judged(address: str, url: str, code: int, to: str) -> Answer:
    """What the last answer says of an address that led to it."""
    if code in (404, 410):
        return Answer("dead", str(code))
    if not 200 <= code < 300:
        return Answer("unsure", str(code))
    first, last = urlsplit(address), urlsplit(url)
    if last.path in ("", "/") and not last.query and (first.path not in ("", "/") or first.query):
        return Answer("unsure", "front")
    return Answer("moved", to=to) if to else Answer("good")
