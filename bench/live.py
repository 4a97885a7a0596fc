"""What `serve` costs: at rest, from a change on disk until browsers are told of it, and started and stopped again.

    python bench/live.py [--sizes 112,10000] [--rounds 5] [--rest 20] [--starts 50] [--json FILE] [--markdown]

The real command serves a synthetic catalogue (`bench/catalogue.py`, text only), and this script listens to it as
livereload's script in an open page does. A change is timed from the moment the file was written until the message has
come; then the page is fetched, and it must show the change. Told is the median of the rounds, and the most. Rest is
the processor time of all its processes while nothing happens. A server that was stopped must have ended with exit code
0, freed its port and left no process. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import socket
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue import TODAY, Product, make, write_content
from measure import family, progress, table
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

ROOT = Path(__file__).resolve().parent.parent
MARK = "bench-dấu"
PATIENCE = 300.0
"""Seconds after which something will not come any more."""

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Live:
    """A server that answers at `url`, and the line on which it tells an open page what is new."""

    process: Process
    url: str
    line: WebSocketClientConnection

    async def news(self) -> str:
        """What the server says next that a page would obey: `*`, or the style sheet alone."""
        while True:
            raw = await asyncio.wait_for(self.line.read_message(), PATIENCE)
            if raw is None:
                sys.exit("the server hung up")
            said = json.loads(raw)
            if said["command"] == "reload":
                return str(said["path"])

    async def page(self, path: str) -> str:
        answer = await AsyncHTTPClient().fetch(self.url + path)
        return answer.body.decode()

    def used(self) -> float:
        """Seconds of processor that its processes have used."""
        return sum(map(_used, family(self.process.pid)))


def _used(process: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def command(work: Path) -> list[str]:
    named = [word for name in ("content", "templates", "output", "cache") for word in (f"--{name}", str(work / name))]
    return [sys.executable, str(ROOT / "build.py"), "serve", *named, "--date", str(TODAY), "--port", "0"]


@asynccontextmanager
async def started(work: Path) -> AsyncIterator[tuple[Process, str]]:
    """The command, from when it told its address; it is interrupted at the end."""
    process = await asyncio.create_subprocess_exec(
        *command(work), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, start_new_session=True
    )
    assert process.stderr is not None
    said = b""
    while not (found := re.search(rb"http://\S+/", said)):
        said = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
        if not said:
            sys.exit("the server ended before it was there")
    rest = asyncio.create_task(process.stderr.read())
    try:
        yield process, found[0].decode()
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), PATIENCE)
        await rest


@asynccontextmanager
async def watched(work: Path, page: str) -> AsyncIterator[Live]:
    """A server, and one page of it open in a browser."""
    async with started(work) as (process, url):
        words = (await AsyncHTTPClient().fetch(url + page)).body.decode()
        issue = re.findall(r"snipver=([\w-]+)", words)[0]
        line = await websocket_connect(url.replace("http", "ws", 1) + "livereload")
        for message in ({"command": "hello", "snipver": issue}, {"command": "info", "url": url}):
            await line.write_message(json.dumps(message))
        yield Live(process, url, line)
        line.close()


# --- what is measured -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One kind of change: seconds of each round, and what was wrong."""

    products: int
    name: str
    seconds: tuple[float, ...]
    faults: tuple[str, ...] = ()

    @property
    def row(self) -> list[str]:
        figures = [f"{1000 * one:.0f}" for one in (statistics.median(self.seconds), max(self.seconds))]
        return [self.name, *figures, str(len(self.seconds)), "; ".join(self.faults) or "yes"]

    @property
    def record(self) -> dict[str, object]:
        return {"products": self.products, "change": self.name, "seconds": self.seconds, "faults": self.faults}


HEAD = ["change", "median ms", "most ms", "rounds", "right"]


class Catalogue:
    """A synthetic catalogue on disk, and the edits that are made of it."""

    def __init__(self, work: Path, count: int) -> None:
        self.work = work
        made = make(count)
        write_content(replace(made, folder=work), work / "content", ROOT / "content")
        shutil.copytree(ROOT / "templates", work / "templates")
        self.one: Product = made.products[count // 2]
        self._words = work / "content" / "products" / self.one.slug / "index.vi.md"
        self._whole = self._words.read_text(encoding="utf-8")
        self._style, self._template = (
            (work / "templates" / name).read_text(encoding="utf-8") for name in ("style.css", "product.html")
        )

    @property
    def page(self) -> str:
        return f"vi/san-pham/{self.one.slug}/"

    def story(self, mark: str) -> None:
        self._words.write_text(f"{self._whole}\n{mark}\n", encoding="utf-8")

    def name(self, mark: str) -> None:
        name = f"name: {self.one.name['vi']}"
        self._words.write_text(self._whole.replace(name, f"{name} {mark}", 1), encoding="utf-8")

    def broken(self, mark: str) -> None:
        self._words.write_text(self._whole.replace("---\n", f"---\n{mark}: 1\n", 1), encoding="utf-8")

    def style(self, mark: str) -> None:
        file = self.work / "templates" / "style.css"
        file.write_text(f"{self._style}\n/* {mark} */\n", encoding="utf-8")

    def template(self, mark: str) -> None:
        file = self.work / "templates" / "product.html"
        file.write_text(self._template.replace("<article>", f'<article data-mark="{mark}">', 1), encoding="utf-8")


async def changes(live: Live, catalogue: Catalogue, rounds: int, count: int) -> AsyncIterator[Row]:
    """Every kind of change, round after round."""
    kinds: tuple[tuple[str, Callable[[str], None], int], ...] = (
        ("a story", catalogue.story, rounds),
        ("a name", catalogue.name, rounds),
        ("an error, told over the page", catalogue.broken, rounds),
        ("the style sheet", catalogue.style, min(rounds, 2)),
        ("the template of products", catalogue.template, min(rounds, 2)),
    )
    for kind, (name, edit, times) in enumerate(kinds):
        seconds, faults = [], []
        for number in range(times):
            mark = f"{MARK}-{kind}-{number}"
            await asyncio.sleep(0.5)
            edit(mark)
            begin = time.perf_counter()
            news = await live.news()
            seconds.append(time.perf_counter() - begin)
            page = await live.page(catalogue.page)
            if edit == catalogue.style:
                sheet = re.findall(r"assets/style-\w+\.css", page)[0]
                page = "" if news != "style.css" else await live.page(sheet)
            if mark not in page:
                faults.append(f"round {number}: not shown")
        row = Row(count, name, tuple(seconds), tuple(faults))
        progress(f"  {': '.join(row.row[:2])} ms" + "".join(f"; {one}" for one in faults))
        yield row
        if edit == catalogue.broken:
            catalogue.story("mended")
            await live.news()


async def at_rest(live: Live, seconds: float) -> float:
    """The share of one processor that a server uses while nothing happens."""
    await asyncio.sleep(2)
    before, begin = live.used(), time.perf_counter()
    await asyncio.sleep(seconds)
    return (live.used() - before) / (time.perf_counter() - begin)


async def starts(work: Path, times: int) -> list[str]:
    """Start and stop; what was left behind."""
    faults = []
    for number in range(times):
        async with started(work) as (process, url):
            pass
        if process.returncode:
            faults.append(f"start {number}: exit code {process.returncode}")
        left = [one for one in _of_session(process.pid) if one != process.pid]
        if left:
            faults.append(f"start {number}: processes left {left}")
        with socket.socket() as port:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                port.bind(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])))
            except OSError as fault:
                faults.append(f"start {number}: {fault}")
    return faults


def _of_session(session: int) -> list[int]:
    """Processes that were started in a session, and live."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(place.name))
    return found


# --- the tables -------------------------------------------------------------------------------------------


async def sized(count: int, options: argparse.Namespace) -> tuple[list[Row], float]:
    with tempfile.TemporaryDirectory(dir=options.work, prefix=f"live-{count}-") as folder:
        progress(f"{count} products")
        catalogue = Catalogue(Path(folder), count)
        async with watched(catalogue.work, catalogue.page) as live:
            rest = await at_rest(live, options.rest)
            progress(f"  at rest: {100 * rest:.2f} % of a processor")
            rows = [row async for row in changes(live, catalogue, options.rounds, count)]
    return rows, rest


async def stopped(options: argparse.Namespace) -> list[str]:
    with tempfile.TemporaryDirectory(dir=options.work, prefix="live-starts-") as folder:
        progress(f"{options.starts} starts")
        return await starts(Catalogue(Path(folder), 20).work, options.starts)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="112,10000", help="products, text only (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="changes of each kind (%(default)s)")
    parser.add_argument("--rest", type=float, default=20, metavar="S", help="seconds of rest to look at (%(default)s)")
    parser.add_argument("--starts", type=int, default=50, help="times to start and stop (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--markdown", action="store_true", help="tables for a document")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where to work (the system's temporary folder)")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    found = {count: asyncio.run(sized(count, options)) for count in map(int, options.sizes.split(","))}
    left = asyncio.run(stopped(options)) if options.starts else []
    for count, (rows, rest) in found.items():
        print(f"\n{count} products: {100 * rest:.2f} % of a processor at rest\n")
        print(table(HEAD, [row.row for row in rows], options.markdown))
    print(f"\n{options.starts} times started and stopped: {'; '.join(left) or 'nothing left behind'}")
    if options.json:
        rows = [row.record for rows, _ in found.values() for row in rows]
        rests = {count: rest for count, (_, rest) in found.items()}
        options.json.write_text(json.dumps({"rest": rests, "changes": rows, "left": left}, indent=1), encoding="utf-8")
    return int(bool(left) or any(row.faults for rows, _ in found.values() for row in rows))


if __name__ == "__main__":
    sys.exit(main())
