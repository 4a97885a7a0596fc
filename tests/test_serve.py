"""Viewing locally: the site is built, served, and built again when an entry changes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from sites import ROOT, lay, page_of, product, site

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
