"""View the site locally: build, serve, and build again through the same path whenever something changes.

Builds have the main thread, so that Ctrl-C ends them here as it ends every build; the server has a thread of its own.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

from ocopgen.ledger import Refused
from ocopgen.live import PAGES, STYLES, Live, address, listening
from ocopgen.notebook import Notebook
from ocopgen.offline import RETIRED
from ocopgen.output import Busy
from ocopgen.overlay import Trouble, of_fault, of_problems, of_words, overlay
from ocopgen.project import Project, build
from ocopgen.terminal import Bars, told
from ocopgen.watch import Batch, Watched, changes


def serve(project: Project, host: str, port: int, today: Callable[[], date]) -> int:
    """Serve until Ctrl-C or SIGTERM; `today` is asked at each build. Raises `Refused`, `OSError` before the first.

    Whatever goes wrong later is shown over the last good site, which stays up.
    """
    site = _Site(project, today)
    watched = Watched.of((project.content, project.templates), (project.output, project.cache))
    try:
        with _ended_by_signals(), listening(host, port) as sockets, closing(changes(watched)) as batches:
            next(batches)
            site.begin()
            live = Live(sockets, project.output, site.overlay, (project.templates / RETIRED).read_bytes())
            with live.running():
                print(f"{address(host, sockets)}  (Ctrl-C để dừng / to stop)", file=sys.stderr, flush=True)
                for batch in filter(site.wants, batches):
                    news = site.print_anew(batch)
                    if news:
                        live.show(news, site.overlay)
    except KeyboardInterrupt:
        print("\nđã dừng / stopped", file=sys.stderr)
    return 0


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM does what Ctrl-C does, and so does an interrupt of a server that a script put into the background."""
    before = {one: signal.signal(one, signal.default_int_handler) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Site:
    """The site as it is built again and again, and what was wrong the last time."""

    def __init__(self, project: Project, today: Callable[[], date]) -> None:
        self._project = project
        self._today = today
        self._day = today()
        self._busy = False
        self._styled = False
        self._wrong: tuple[Trouble, ...] = ()
        self._notes = Notebook(project.cache)

    @property
    def overlay(self) -> str:
        """What lies over the pages; empty where all is well."""
        return overlay(self._wrong) if self._wrong else ""

    def begin(self) -> None:
        """Build first. What is no matter of the content or the templates is raised."""
        try:
            self._print()
        except Busy as busy:
            self._fail(busy)
        except (Refused, OSError):
            raise
        except Exception as fault:
            self._fail(fault)

    def wants(self, batch: Batch) -> bool:
        """Whether to build again: something changed, another's build may be over, or a new day began."""
        return bool(batch) or self._busy or self._today() != self._day

    def print_anew(self, batch: Batch) -> str:
        """Build again, whatever comes of it; gives what of the pages is new, if anything is."""
        wrong, day = self._wrong, self._day
        try:
            made = self._print()
        except Exception as fault:
            made = False
            self._fail(fault)
        only_style = batch == {(self._project.templates / "style.css").resolve()} and day == self._day
        # The build of a style sheet may have printed what is told only now, and pages were not told of it.
        untold = self._styled and not only_style
        if not made and self._wrong == wrong and not untold:
            return ""
        self._styled = only_style and not wrong and not self._wrong
        return STYLES if self._styled else PAGES

    def _print(self) -> bool:
        """Build; whether the site changed. All builds are made here."""
        self._day, self._busy = self._today(), False
        built = build(replace(self._project, today=self._day), Bars(), notes=self._notes)
        told(built, self._project)
        sys.stdout.flush()
        self._wrong = () if built.published else of_problems(built.problems)
        return built.printed is not None and bool(built.printed.made or built.printed.removed)

    def _fail(self, fault: Exception) -> None:
        """What a build raised is what is wrong now; it is told once, however often it is tried again."""
        trouble = self._trouble(fault)
        if self._wrong != (trouble,):
            print(trouble.printed(), file=sys.stderr)
        self._wrong = (trouble,)
        self._busy = isinstance(fault, Busy)

    def _trouble(self, fault: Exception) -> Trouble:
        if isinstance(fault, Refused):
            return of_words(str(fault))
        if isinstance(fault, OSError):
            return of_words(f"không đọc hay ghi được: {fault}\ncannot read or write: {fault}")
        return of_fault(fault, self._project.templates)
