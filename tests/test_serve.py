"""Viewing locally: the site is built, served, and built again when an entry changes."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect, sync_playwright
from sites import ROOT, TEMPLATES, TINY, lay, page_of, product, site

from ocopgen import serve as module
from ocopgen.ledger import ForeignFolder
from ocopgen.output import Output
from ocopgen.project import Project

PATIENCE = 15.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def command(project: Project, *more: str) -> list[str]:
    folders = ("content", "templates", "output", "cache")
    places = [word for name in folders for word in (f"--{name}", str(getattr(project, name)))]
    return [sys.executable, str(ROOT / "build.py"), "serve", *places, "--date", "2026-11-23", "--jobs", "1", *more]


@contextmanager
def served(project: Project, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own, stopped by Ctrl-C."""
    words = command(project, "--port", str(port))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": {**os.environ, "PYTHONUNBUFFERED": "1"}}
    with subprocess.Popen(words, encoding="utf-8", **pipes) as running:  # type: ignore[call-overload]
        end = threading.Timer(2 * PATIENCE, running.kill)
        end.start()
        try:
            yield running
        finally:
            end.cancel()
            if running.poll() is None:
                running.send_signal(signal.SIGINT)
            running.wait(PATIENCE)


def seen(port: int, path: str, words: str, running: subprocess.Popen[str]) -> bool:
    """Whether a page comes to hold some words before patience ends."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=PATIENCE) as answer:
                if words in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def test_a_change_of_an_entry_is_seen_and_a_broken_one_leaves_the_last_good_site(tmp_path: Path) -> None:
    project = site(tmp_path)
    port = free_port()
    page = "vi/san-pham/gao/"
    with served(project, port) as running:
        assert seen(port, page, "Gạo ngon.", running)
        lay(project.content, {page_of("products", "gao"): product(summary="Gạo mới.")})
        assert seen(port, page, "Gạo mới.", running)
        lay(project.content, {page_of("products", "gao"): product(stars=6)})
        assert running.stdout is not None
        assert any("[unknown-key]" in line for line in running.stdout)
        assert seen(port, page, "Gạo mới.", running)
    assert running.returncode == 0


# --- reloading --------------------------------------------------------------------------------------------

POLICY = next(line for line in (TEMPLATES / "base.html").read_text("utf-8").split("\n") if "Security-Policy" in line)
STRICT = {**TINY, "base.html": f"<html><head><meta charset='utf-8'>{POLICY}</head>{TINY['base.html']}</html>"}
PAGE = "vi/san-pham/gao/"


def fetched(port: int, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=PATIENCE) as answer:
        return bytes(answer.read())


def directives(page: str) -> dict[str, list[str]]:
    """A page's policy; of two directives of a kind the first counts."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    told: dict[str, list[str]] = {}
    for name, *words in (part.split() for part in found[1].split(";")):
        told.setdefault(name, words)
    return told


def test_the_policy_allows_the_script_that_reloads_and_only_in_what_is_served(tmp_path: Path) -> None:
    project = site(tmp_path, templates=STRICT)
    port = free_port()
    with served(project, port) as running:
        assert seen(port, PAGE, "</html>", running)
        page = fetched(port, PAGE).decode()
        (style,) = (project.output / "assets").glob("*.css")
        assert fetched(port, f"assets/{style.name}") == style.read_bytes()
        for path in (".ocopgen/paths", ".ocopgen/ledger.sqlite", ".ocopgen", "%2eocopgen/paths", "vi/../.OCOPGEN/lock"):
            with pytest.raises(HTTPError, match="404"):
                fetched(port, path)
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    allowed = directives(page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert allowed["script-src"] == ["'self'", f"'sha256-{digest}'"]
    assert allowed["connect-src"] == ["'self'"]
    on_disk = (project.output / PAGE / "index.html").read_text("utf-8")
    assert directives(on_disk).items() <= allowed.items()
    assert directives(on_disk).keys() & {"script-src", "connect-src"} == set()
    assert "<script" not in on_disk


def test_a_browser_shows_a_change_by_itself(tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no browser found: install chromium to run the browser tests")
    project = site(tmp_path, templates=STRICT)
    port = free_port()
    with served(project, port) as running, sync_playwright() as play:
        assert seen(port, PAGE, "Gạo ngon.", running)
        shown = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"]).new_page()
        told: list[str] = []
        shown.on("console", lambda message: told.append(message.text))
        shown.goto(f"http://127.0.0.1:{port}/{PAGE}")
        assert running.stdout is not None
        assert any("Browser Connected" in line for line in running.stdout)
        for summary in ("Gạo mới.", "Gạo mới hơn."):
            lay(project.content, {page_of("products", "gao"): product(summary=summary)})
            expect(shown.locator("body")).to_contain_text(summary, timeout=PATIENCE * 1000)
            assert any("Browser Connected" in line for line in running.stdout)
        assert [one for one in told if "Content Security Policy" in one] == []
        shown.context.browser.close()  # type: ignore[union-attr]


# --- what goes wrong --------------------------------------------------------------------------------------


def test_another_build_is_told_and_serving_goes_on(tmp_path: Path) -> None:
    project = site(tmp_path)
    port = free_port()
    with Output(project.output).claimed(), served(project, port) as running:
        assert running.stdout is not None
        assert any("another build is running" in line for line in running.stdout)
        assert any("Start detecting changes" in line for line in running.stdout)
        with pytest.raises(HTTPError, match="404"):
            fetched(port, PAGE)
    assert running.returncode == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ForeignFolder("out"), "'out' holds files"),
        (OSError("No space left"), "cannot read or write: No space left"),
        (ValueError("x"), "a fault of ocopgen, not yours"),
    ],
)
def test_what_a_rebuild_raises_is_told_and_the_next_prints(
    tmp_path: Path, fault: Exception, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = site(tmp_path)
    days = iter((date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)))
    pages: list[str] = []

    def changes(server: module._Server, **_: object) -> None:
        """Instead of serving: one change that goes wrong, and one that does not."""
        rebuild = server.watcher._tasks[str(project.content)]["func"]
        with monkeypatch.context() as broken:
            broken.setattr(module, "build", lambda *_: (_ for _ in ()).throw(fault))
            rebuild()
        assert words in capsys.readouterr().err
        pages.append((project.output / PAGE / "index.html").read_text("utf-8"))
        rebuild()
        pages.append((project.output / PAGE / "index.html").read_text("utf-8"))
        assert server.watcher.filepath == "*"

    monkeypatch.setattr(module._Server, "serve", changes)
    assert module.serve(project, "127.0.0.1", 0, lambda: next(days)) == 0
    assert ["23/11/2026" in pages[0], "25/11/2026" in pages[1]] == [True, True]


def test_a_folder_that_is_not_ours_is_not_served(tmp_path: Path) -> None:
    project = site(tmp_path)
    lay(project.output, {"thesis.doc": "mine"})
    done = subprocess.run(
        command(project, "--port", "0"), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 2
    assert "thesis" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    project = site(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = command(project, "--port", port)
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False, env={**os.environ})
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
