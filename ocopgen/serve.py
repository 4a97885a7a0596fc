"""View the site locally: build, serve, and build again through the same path whenever something changes."""

from __future__ import annotations

import sys

from livereload import Server

from ocopgen.cli import Bars, tell
from ocopgen.project import Project, build


def serve(project: Project, host: str, port: int) -> int:
    """Serve until Ctrl-C. A broken entry is told and the last good site stays up."""

    def rebuild() -> None:
        built = build(project, Bars())
        tell(built.problems)
        if built.printed:
            print(f"in {built.printed.made} tệp / {built.printed.made} files printed, {built.seconds:.1f} s")

    rebuild()
    server = Server()
    server.watch(str(project.content), rebuild)
    server.watch(str(project.templates), rebuild)
    print(f"http://{host}:{port}/  (Ctrl-C để dừng / to stop)", file=sys.stderr)
    server.serve(root=str(project.output), host=host, port=port, open_url_delay=None)
    return 0
