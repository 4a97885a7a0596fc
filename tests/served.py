"""A server in a process of its own, and an open page of it as the server sees it."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.request import urlopen

from sites import ROOT
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from ocopgen.project import Project

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds after which something will not come any more."""


def command(project: Project, *more: str) -> list[str]:
    """The words that serve a project."""
    folders = ("content", "templates", "output", "cache")
    places = [word for name in folders for word in (f"--{name}", str(getattr(project, name)))]
    return [sys.executable, str(ROOT / "build.py"), "serve", *places, "--date", "2026-11-23", "--jobs", "1", *more]


class Running:
    """A server that was started; what it prints can be waited for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = ""

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def says(self, words: str) -> str:
        """The next line that holds some words."""
        while True:
            line = self._lines.get(timeout=PATIENCE)
            assert line is not None, "".join(self.said)
            self.said.append(line)
            if words in line:
                return line

    def answers(self) -> Running:
        """The same, once it takes visitors in."""
        self.url = re.findall(r"http://\S+/", self.says("http://"))[0]
        return self

    def page(self, path: str) -> str:
        """A page as it is served."""
        with urlopen(self.url + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def ends(self, how: int = signal.SIGINT) -> int:
        """Its exit code, after a signal."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            self.said.append(line)
        return code


@contextmanager
def started(project: Project, *more: str) -> Iterator[Running]:
    """A server that is ended, if it has not ended."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": {**os.environ, "PYTHONUNBUFFERED": "1"}}
    words = command(project, "--port", "0", *more)
    with subprocess.Popen(words, encoding="utf-8", **pipes) as process:  # type: ignore[call-overload]
        running = Running(process)
        try:
            yield running
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()
                running._reader.join(PATIENCE)


@contextmanager
def served(project: Project, *more: str) -> Iterator[Running]:
    """A server that answers."""
    with started(project, *more) as running:
        yield running.answers()


class Tab:
    """An open page, as far as the server can tell: it says what livereload's script says."""

    def __init__(self, running: Running, path: str, origin: str = "") -> None:
        # In a thread, since a browser that is driven has the loop of this one.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.page = running.page(path)
        words = re.findall(r'src="/livereload\.js\?([^"]*)"', self.page)
        issue = re.findall(r"snipver=([\w-]+)", words[0])[0]
        address = running.url.replace("http", "ws", 1) + "livereload"
        request = HTTPRequest(address, headers={"Origin": origin or running.url.rstrip("/")})
        try:
            self._line: WebSocketClientConnection = self._wait(self._connect(request))
        except BaseException:
            self._stop()
            raise
        self.says(command="hello", protocols=["http://livereload.com/protocols/official-7"], snipver=issue)
        assert self.hears()["command"] == "hello"

    async def _connect(self, request: HTTPRequest) -> WebSocketClientConnection:
        return await websocket_connect(request)

    async def _next(self) -> str | bytes | None:
        return await self._line.read_message()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def shown(self) -> Tab:
        """The page is there; from now on it is told what is new."""
        self.says(command="info", url="here")
        return self

    def says(self, **words: Any) -> None:
        """Send one message."""
        self.sends(json.dumps(words))

    def sends(self, message: str) -> None:
        """Send anything."""
        self._wait(self._send(message))

    async def _send(self, message: str) -> None:
        await self._line.write_message(message)

    def hears(self) -> dict[str, Any]:
        """The next message."""
        message = self._wait(self._next())
        assert message is not None, "the line was cut"
        told: dict[str, Any] = json.loads(message)
        return told

    def close(self) -> None:
        """Close the page."""
        self._wait(self._ended())
        self._stop()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def _ended(self) -> None:
        self._line.close()
        while await self._line.read_message() is not None:
            pass


@contextmanager
def opened(running: Running, path: str) -> Iterator[Tab]:
    """A page that is open and told what is new."""
    tab = Tab(running, path).shown()
    try:
        yield tab
    finally:
        tab.close()
