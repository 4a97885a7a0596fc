"""Edit the content in the form on this machine: the site is served, and beside it what writes into the working copy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ocopgen.decode import decode_data
from ocopgen.document import read_data
from ocopgen.edit_links import FORM
from ocopgen.form import LOCAL
from ocopgen.ledger import Refused
from ocopgen.npm import NotFetched, node, npm
from ocopgen.project import Project
from ocopgen.serve import serve
from ocopgen.settings import Editing, Site

HOME = Path(__file__).resolve().parent.parent
"""Where `package-lock.json` pins the form's local back end."""

SERVER = HOME / "node_modules" / "decap-server" / "dist" / "index.js"

PATIENCE = 20
"""Seconds in which it must answer."""


class Elsewhere(Refused):
    """The content does not lie where the form looks for it; the arguments are the folder and its name in site.yml."""

    def __str__(self) -> str:
        content, folder = self.args
        return (
            f"biểu mẫu tìm nội dung ở '{folder}' (editing.folder trong site.yml), không phải '{content}'\n"
            f"the form looks for the content in '{folder}' (editing.folder in site.yml), not in '{content}'"
        )


class NotStarted(Refused):
    """The local back end did not start; the argument is the reason."""

    def __str__(self) -> str:
        return f"decap-server không chạy được / did not start: {self.args[0]}"


def edit(project: Project, host: str, port: int, today: Callable[[], date]) -> int:
    """Serve with the form until Ctrl-C. Raises `Refused`."""
    with local_back_end(repository_of(project.content)):
        print(f"biểu mẫu nằm ở {FORM} của địa chỉ sau / the form is at {FORM} of this address:", file=sys.stderr)
        return serve(project, host, port, today)


def repository_of(content: Path) -> Path:
    """The folder that the form takes for the repository: below it the content lies as `site.yml` tells."""
    document, _ = read_data("site.yml", (content / "site.yml").read_bytes())
    site = decode_data(document, Site)[0] if document else None
    folder = (site.editing if site else Editing()).folder.strip("/")
    parts = Path(folder).parts
    whole = content.resolve()
    if whole.parts[len(whole.parts) - len(parts) :] != parts:
        raise Elsewhere(whole, folder)
    return whole.parents[len(parts) - 1] if parts else whole


@contextmanager
def local_back_end(repository: Path, port: int = urlsplit(LOCAL).port or 0) -> Iterator[None]:
    """What writes into the working copy, on this machine only, until the end of the block. Raises `Refused`."""
    _refuse_taken(port)
    install()
    own = {"PORT": str(port), "BIND_HOST": "127.0.0.1", "GIT_REPO_DIRECTORY": str(repository), "LOG_LEVEL": "error"}
    command = node(str(SERVER))
    with subprocess.Popen(command, env={**_unset(os.environ), **own}, cwd=repository, stdout=sys.stderr) as server:
        try:
            _wait_for(server, port)
            yield
        finally:
            server.terminate()


def _unset(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would open the back end to other pages or let it write otherwise."""
    return {name: value for name, value in environment.items() if name not in ("ORIGIN", "MODE")}


def install() -> None:
    """Have npm install the local back end, where it is not yet, as it is pinned. Raises `NoNpm`, `NotFetched`."""
    if SERVER.is_file():
        return
    command = npm("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
    if subprocess.run(command, cwd=HOME, stdout=sys.stderr, check=False).returncode:
        raise NotFetched("decap-server", "npm ci")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise NotStarted(f"cổng {port} đang có chương trình khác dùng / port {port} is in use")


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until it answers, or ends, or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise NotStarted(f"mã thoát / exit code {server.returncode}")
        time.sleep(0.05)
    raise NotStarted(f"{PATIENCE} s")
