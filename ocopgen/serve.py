"""View the site locally: build, serve, and build again through the same path whenever something changes."""

from __future__ import annotations

import os
import re
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from tornado.web import HTTPError

from ocopgen.ledger import FOLDER, Refused
from ocopgen.project import Project, build
from ocopgen.output import Busy
from ocopgen.terminal import Bars, told


def serve(project: Project, host: str, port: int, today: Callable[[], date]) -> int:
    """Serve until Ctrl-C; `today` is asked at each build. What goes wrong is told and the last good site stays up."""
    server = _Server()

    def print_anew() -> None:
        told(build(replace(project, today=today()), Bars()), project)

    def rebuild() -> None:
        _survive(print_anew)
        # Told the name of a picture or a style sheet, the browser would look for it in the page and find it nowhere.
        server.watcher.filepath = "*"

    try:
        print_anew()
    except Busy as busy:
        print(busy, file=sys.stderr)
    # livereload forgets a change that comes within seconds of another; each rebuild is one change, and all count.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    server.watch(str(project.content), rebuild)
    server.watch(str(project.templates), rebuild)
    print(f"http://{host}:{port}/  (Ctrl-C để dừng / to stop)", file=sys.stderr)
    server.serve(root=str(project.output), host=host, port=port, open_url_delay=None)
    return 0


def _survive(work: Callable[[], None]) -> None:
    """Do some work; whatever it raises is told, since the next change may mend it."""
    try:
        work()
    except Refused as why:
        print(why, file=sys.stderr)
    except OSError as fault:
        print(f"không đọc hay ghi được / cannot read or write: {fault}", file=sys.stderr)
    except Exception:
        traceback.print_exc()
        print("lỗi của ocopgen, không phải của bạn / a fault of ocopgen, not yours", file=sys.stderr)


# --- serving ----------------------------------------------------------------------------------------------


class _Pages(StaticFileHandler):  # type: ignore[misc]  # livereload has no types
    """The files of the site. Pages, which forbid every script, are shown with leave for the one that reloads them."""

    leave = b""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Where the file lies; the build's own folder is no part of the site."""
        parts = Path(os.path.relpath(absolute_path, root)).parts
        if FOLDER in (part.casefold() for part in parts):
            raise HTTPError(404)
        found: str | None = super().validate_absolute_path(root, absolute_path)
        return found

    def get_content_size(self) -> int:
        return len(self.get_content(self.absolute_path))

    @classmethod
    def get_content(cls, abspath: str, start: int | None = None, end: int | None = None) -> bytes:
        """The file as it is served, whole: the script is put into the first piece of a page only."""
        content = Path(abspath).read_bytes()
        return (_with_leave(content, cls.leave) if abspath.endswith(".html") else content)[start:end]


def _with_leave(page: bytes, leave: bytes) -> bytes:
    """A page with something more in its policy. Of two directives of a kind a browser obeys the first."""
    return re.sub(rb'(http-equiv="Content-Security-Policy" content=")', lambda found: found[1] + leave, page, count=1)


class _Server(Server):  # type: ignore[misc]
    """livereload's server, which serves our pages so that its script may run in them."""

    def get_web_handlers(self, script: bytes) -> list[Any]:
        class Pages(_Pages):
            leave = _leave_for(script)

        self.SFH = Pages
        handlers: list[Any] = super().get_web_handlers(script)
        return handlers


def _leave_for(script: bytes) -> bytes:
    """Directives that allow an inline script, by its digest, and what it does: load another and connect to us."""
    inline = re.sub(rb"^<script[^>]*>|</script>$", b"", script)
    return b"script-src 'self' 'sha256-%s'; connect-src 'self'; " % b64encode(sha256(inline).digest())
