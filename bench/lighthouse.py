"""What Lighthouse, as a phone on a slow network, finds of four pages: the home page, a listing, a product, a producer.

    npm install --prefix TOOLS lighthouse@13.5.0
    python bench/lighthouse.py --tools TOOLS [--content CONTENT] [--rounds 3] [--reports FOLDER] [--markdown]

The site is built for the address at which it is served: HTTP/1.1 on this machine, texts packed by Brotli or gzip as the
browser asks, names that carry a digest to be kept for ever. The browser is the system's Chromium. The network and the
processor of the phone are Lighthouse's own simulation (Moto G Power, 1.6 Mbit/s, 150 ms). A line is the round of the
middle by its performance. The exit code is 1 where a page misses a bar.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
from measure import progress, table

ROOT = Path(__file__).resolve().parent.parent
CATEGORIES = "performance", "accessibility", "best-practices", "seo"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
PACKED = re.compile(r"\.(html|css|js|json|xml|svg|txt|webmanifest)$")
FOR_EVER = re.compile(r"-[0-9a-f]{12}\.\w+$")


@dataclass(frozen=True)
class Found:
    """Scores from 0 to 100; largest paint and blocking in ms; shift; kB that came; what was not well."""

    scores: tuple[int, ...]
    paint: float
    shift: float
    blocking: float
    kilobytes: float
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether all bars are met."""
        performance, *others = self.scores
        fast = self.paint < 1800 and self.shift < 0.02 and self.blocking == 0
        return performance >= 99 and min(others) == 100 and fast


class Handler(SimpleHTTPRequestHandler):
    """Answers as a common host does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        how = self._packing(path)
        raw = packed(path, how)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Cache-Control", "max-age=31536000, immutable" if FOR_EVER.search(path.name) else "no-cache")
        if how:
            self.send_header("Content-Encoding", how)
        self.end_headers()
        self.wfile.write(raw)

    def _packing(self, path: Path) -> str:
        asked = self.headers.get("Accept-Encoding", "")
        return next((how for how in ("br", "gzip") if PACKED.search(path.name) and how in asked), "")


@cache
def packed(path: Path, how: str) -> bytes:
    """A file as it is sent."""
    raw = path.read_bytes()
    return {"br": brotli.compress, "gzip": gzip.compress}[how](raw) if how else raw


@contextmanager
def served(content: Path) -> Iterator[tuple[str, Path]]:
    """A site, built for where it is served."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
        url = f"http://127.0.0.1:{server.server_port}/"
        build = [sys.executable, "build.py", "--content", str(content), "--output", str(site), "--base-url", url]
        subprocess.run([*build, "--no-brochures"], cwd=ROOT, check=True, stdout=sys.stderr)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield url, site
        server.shutdown()
        server.server_close()


def pages(site: Path) -> Mapping[str, str]:
    """The four pages; of products and producers those with most pictures."""

    def fullest(below: Path, short: str) -> str:
        entries = [below / one.name for one in sorted((site / short).iterdir()) if (site / below / one.name).is_dir()]
        found = max(entries, key=lambda one: (site / one / "index.html").read_text("utf-8").count("<picture>"))
        return found.as_posix()

    product, producer = fullest(Path("vi/san-pham"), "p"), fullest(Path("vi/chu-the"), "c")
    return {"home": "vi/", "listing": "vi/san-pham/", "product": f"{product}/", "producer": f"{producer}/"}


def asked(tools: Path, url: str, report: Path) -> Found:
    """What Lighthouse finds of a page."""
    program = str(tools / "node_modules" / ".bin" / "lighthouse")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    words = ["--quiet", "--output=json", "--output=html", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    only = f"--only-categories={','.join(CATEGORIES)}"
    subprocess.run([program, url, *words, only], env={**os.environ, "CHROME_PATH": browser}, check=True)
    return read(json.loads(report.with_name(f"{report.name}.report.json").read_text("utf-8")))


def read(said: Mapping[str, Any]) -> Found:
    """The report in short."""
    audits = said["audits"]
    names = "largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight"
    paint, shift, blocking, weight = (audits[name]["numericValue"] for name in names)
    weighed = [one["id"] for key in CATEGORIES for one in said["categories"][key]["auditRefs"] if one["weight"]]
    faults = tuple(f"{name} {audits[name].get('displayValue', '')}".strip() for name in weighed if _lacks(audits[name]))
    scores = tuple(round(100 * said["categories"][key]["score"]) for key in CATEGORIES)
    return Found(scores, paint, shift, blocking, weight / 1000, faults)


def _lacks(audit: Mapping[str, Any]) -> bool:
    return audit["score"] is not None and audit["score"] < 0.9


def row(name: str, found: Found) -> list[str]:
    """A line of the table."""
    figures = f"{found.paint / 1000:.2f}", f"{found.shift:.3f}", f"{found.blocking:.0f}", f"{found.kilobytes:.0f}"
    return [name, *map(str, found.scores), *figures, "yes" if found.good else "; ".join(found.faults) or "no"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", type=Path, required=True, help="the folder in which npm installed Lighthouse")
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reports", type=Path, help="keep Lighthouse's own reports here")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args(arguments)
    lines, good = [], True
    with tempfile.TemporaryDirectory() as scratch, served(options.content.resolve()) as (url, site):
        reports = options.reports or Path(scratch)
        reports.mkdir(parents=True, exist_ok=True)
        for name, path in pages(site).items():
            progress(f"{name}: {path} (load {os.getloadavg()[0]:.1f})")
            rounds = [asked(options.tools, url + path, reports / f"{name}-{n}") for n in range(options.rounds)]
            middle = statistics.median_low(one.scores[0] for one in rounds)
            found = next(one for one in rounds if one.scores[0] == middle)
            good = good and found.good
            lines.append(row(name, found))
    head = ["page", *CATEGORIES, "LCP s", "CLS", "TBT ms", "kB", "bars met"]
    print(table(head, lines, options.markdown))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
