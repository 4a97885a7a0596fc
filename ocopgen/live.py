"""The site in open browsers: served as it lies on disk, with what shows changes and problems added on the way."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EADDRINUSE
from html import escape
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, OutputTransform, RequestHandler
from tornado.websocket import WebSocketHandler

from ocopgen.edit_links import FORM
from ocopgen.ledger import FOLDER, Refused
from ocopgen.offline import AT
from ocopgen.overlay import STYLE

SOCKET, SCRIPT, SHEET = "/livereload", "/livereload.js", "/livereload.css"

PAGES, STYLES = "*", "style.css"
"""What is new, as livereload's script understands it: with `STYLES` a page fetches its style sheet and stays."""


# --- listening --------------------------------------------------------------------------------------------


class CannotListen(Refused):
    """The host and port cannot be had; the arguments are both and the reason."""

    def __str__(self) -> str:
        host, port, fault = self.args
        if fault.errno == EADDRINUSE:
            return (
                f"cổng {port} đang có chương trình khác dùng; chọn cổng khác bằng --port (--port 0: máy tự chọn)\n"
                f"port {port} is in use by another program; choose another with --port (--port 0 takes a free one)"
            )
        return f"không mở được {host}:{port}: {fault}\ncannot listen on {host}:{port}: {fault}"


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Sockets for visitors; who comes before there is a server waits. Raises `CannotListen`."""
    try:
        sockets: list[socket.socket] = bind_sockets(port, host)
    except OSError as fault:
        raise CannotListen(host, port, fault) from None
    try:
        yield sockets
    finally:
        for one in sockets:
            one.close()


def address(host: str, sockets: Sequence[socket.socket]) -> str:
    """Where the site is seen on this machine."""
    shown = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{sockets[0].getsockname()[1]}/"


# --- the server -------------------------------------------------------------------------------------------


class _NoWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """livereload need not look for changes: it is told."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class Live(Server):  # type: ignore[misc]
    """livereload's server on sockets that are open, in a thread of its own.

    `retired` is the worker that is served: one that takes away what a published worker kept in this browser.
    """

    def __init__(self, sockets: Sequence[socket.socket], root: Path, overlay: str = "", retired: bytes = b"") -> None:
        super().__init__(watcher=_NoWatcher())
        self._retired = retired
        self._sockets = sockets
        self._folder = root
        self._board = _Board(overlay)
        self._ready = threading.Event()
        self._fault: Exception | None = None
        self._loop = IOLoop(make_current=False)

    @contextmanager
    def running(self) -> Iterator[None]:
        """The server at work, until the end of the block."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        self._ready.wait()
        try:
            if self._fault is not None:
                raise self._fault
            yield
        finally:
            self._loop.add_callback(self._loop.stop)
            thread.join(5)
            LiveReloadHandler.waiters.clear()

    def show(self, what: str, overlay: str) -> None:
        """Tell every open page that there are new `PAGES` or `STYLES`, and what lies over pages from now on."""
        self._loop.add_callback(self._show, what, overlay)

    def _show(self, what: str, overlay: str) -> None:
        self._board.put(overlay)
        LiveReloadHandler.reload_waiters(what)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop.asyncio_loop)
        self._loop.add_callback(self._ready.set)
        try:
            self.serve(root=str(self._folder))
        except Exception as fault:
            self._fault = fault
        finally:
            self._ready.set()

    def application(self, *_: object, **__: object) -> None:
        """What answers which address. livereload's own would open a port itself, and allow more than we need."""
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        handlers: list[Any] = [
            (SOCKET, _Channel, {"board": self._board}),
            (SCRIPT, LiveReloadJSHandler),
            (SHEET, _Sheet),
            (f"/{AT}", _Worker, {"retired": self._retired}),
            (r"/(.*)", _Pages, {"path": self.root, "default_filename": self.default_filename}),
        ]

        class Dressed(_Dressed):
            board = self._board

        HTTPServer(Application(handlers, transforms=[Dressed])).add_sockets(self._sockets)

    def _setup_logging(self) -> None:
        logging.getLogger("livereload").setLevel(logging.WARNING)


class _Board:
    """What lies over pages now. Every page carries the number of its issue, so one that missed the news is found."""

    def __init__(self, overlay: str) -> None:
        self._run = os.urandom(8).hex()
        self._number = 0
        self.overlay = overlay

    @property
    def issue(self) -> str:
        return f"{self._run}-{self._number}"

    def put(self, overlay: str) -> None:
        self._number += 1
        self.overlay = overlay


class _Channel(LiveReloadHandler):  # type: ignore[misc]
    """The line to one open page. A page that was read before the news and connects after them is told at once."""

    def initialize(self, board: _Board) -> None:
        self._board = board
        self._issue = ""

    def check_origin(self, origin: str) -> bool:
        """Our own pages only; livereload would let every site in."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """livereload's words, with the issue of the page in the first."""
        try:
            said = json_decode(message)
            command = said["command"]
        except (ValueError, TypeError, KeyError):
            return
        if command == "hello":
            self._issue = said.get("snipver", "")
        super().on_message(message)
        if command == "info" and self._issue != self._board.issue:
            self.send_message({"command": "reload", "path": PAGES})


# --- pages ------------------------------------------------------------------------------------------------


class _Sheet(RequestHandler):
    """How the overlay looks."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.write(STYLE)


class _Worker(RequestHandler):
    """No page is kept while it is edited, and what was kept before goes."""

    def initialize(self, retired: bytes) -> None:
        self._retired = retired

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(self._retired)


_NOT_FOUND = """\
<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
<meta name="color-scheme" content="light dark"><title>404</title></head>\
<body><p>Chưa có trang này.</p><p lang="en">There is no such page yet.</p></body></html>
"""


class _Pages(StaticFileHandler):  # type: ignore[misc]
    """The files of the site, never kept by a browser."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Where a file lies. Who asks for a style sheet that was replaced gets the one that replaced it."""
        found = Path(super().get_absolute_path(root, path))
        if re.fullmatch(r"assets/style-\w+\.css", path) and not found.exists():
            there = found.parent.glob("style-*.css")
            found = max(there, key=lambda one: one.stat().st_mtime_ns, default=found)
        return str(found)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Where the file lies; the build's own folder is no part of the site."""
        parts = Path(os.path.relpath(absolute_path, root)).parts
        if FOLDER in (part.casefold() for part in parts):
            raise HTTPError(404)
        found: str | None = super().validate_absolute_path(root, absolute_path)
        return found

    @classmethod
    def get_content(cls, abspath: str, start: int | None = None, end: int | None = None) -> bytes:
        """The file whole, since a page is dressed in one piece."""
        try:
            return Path(abspath).read_bytes()[start:end]
        except FileNotFoundError:
            # A build took it away after it was found.
            raise HTTPError(404) from None

    def compute_etag(self) -> None:
        """None: nothing is kept."""

    def set_extra_headers(self, path: str) -> None:
        """Nothing is kept."""
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_: object) -> None:
        """The site's own page for what is not there; it too comes anew with a change."""
        own = Path(self.root) / "404.html"
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(own.read_bytes() if own.is_file() else _NOT_FOUND)


class _Dressed(OutputTransform):
    """A page on its way out, with the script that shows changes and what lies over it."""

    board: _Board

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._host = request.host
        # Before the file is read: a page that is newer than its number comes twice, an older one never stays.
        self._issue = self.board.issue
        # The form would lose what is being typed when the page comes anew.
        self._dresses = not request.path.startswith(f"/{FORM}")

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The page is one piece."""
        if self._dresses and chunk and status_code in (200, 404) and "html" in headers.get("Content-Type", ""):
            chunk = dressed(chunk, self._host, self._issue, self.board.overlay)
            headers["Content-Length"] = str(len(chunk))
        return status_code, headers, chunk


_POLICY = re.compile(rb'(http-equiv="Content-Security-Policy" content=")([^"]*)')
_OF_SCRIPTS = re.compile(rb"(?:script|connect)-src [^;]*; ?")
_KEEPS = re.compile(rb'<script defer src="[^"]*/offline-[^"]*"></script>\n?')
_HOST = re.compile(r"([\w.-]+|\[[\da-fA-F:.]+\])(?::(\d+))?", re.ASCII)


def dressed(page: bytes, host: str, issue: str, overlay: str = "") -> bytes:
    """A page with livereload's script, with leave for what this needs, and with what lies over it.

    The script that would keep the page in the browser is left out.
    """
    known = _HOST.fullmatch(host)
    if known is None:
        return page
    words = f"host={known[1]}&port={known[2] or 80}&snipver={issue}"
    head = f'<script async src="{SCRIPT}?{escape(words)}"></script>'
    if overlay:
        head += f'<link rel="stylesheet" href="{SHEET}">'
    page = _before(b"</head>", _with_leave(_KEEPS.sub(b"", page), _leave(host)), head.encode())
    return _before(b"</body>", page, overlay.encode())


def _leave(host: str) -> bytes:
    """Directives that allow scripts of this host, livereload's among them, and one connection.

    A policy cannot name a host that is an IPv6 number.
    """
    if host.startswith("["):
        return b"script-src 'self'; connect-src 'self'; "
    return f"script-src 'self'; connect-src ws://{host}{SOCKET}; ".encode()


def _with_leave(page: bytes, leave: bytes) -> bytes:
    """A page whose policy allows this in place of what the page's own script may; two of a kind are complained of."""
    return _POLICY.sub(lambda found: found[1] + leave + _OF_SCRIPTS.sub(b"", found[2]), page, count=1)


def _before(mark: bytes, page: bytes, piece: bytes) -> bytes:
    """A page with a piece before a mark, or at its end where there is no such mark."""
    before, found, after = page.partition(mark) if mark == b"</head>" else page.rpartition(mark)
    return before + piece + found + after if found else page + piece
