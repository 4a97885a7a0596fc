"""View the site locally: build, serve, and build again through the same path whenever something changes."""

from __future__ import annotations

import sys

from livereload import Server

from ocopgen.project import Project, build
from ocopgen.terminal import Bars, told


def serve(project: Project, host: str, port: int) -> int:
    """Serve until Ctrl-C. A broken entry is told and the last good site stays up."""

    def rebuild() -> None:
        told(build(project, Bars()), project)

    rebuild()
    server = Server()
    server.watch(str(project.content), rebuild)
    server.watch(str(project.templates), rebuild)
    print(f"http://{host}:{port}/  (Ctrl-C để dừng / to stop)", file=sys.stderr)
    server.serve(root=str(project.output), host=host, port=port, open_url_delay=None)
    return 0
