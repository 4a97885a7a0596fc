"""What servers may send in the place of a text file: the same, compressed ahead with Brotli and gzip."""

from __future__ import annotations

import zlib
from importlib.metadata import version

from ocopgen.recipe import digest

FORMATS = "br", "gz"
"""The endings of compressed files, which stand behind the whole name: `index.html.br`."""

TEXTS = (".atom", ".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml", ".yml")
"""Endings of files that compress well; pictures, fonts and PDF are compressed already."""

LEAST = 1000
"""Bytes of a file below which it is one packet on its way, compressed or not."""

MOST = 0.9
"""The share of a file above which its compressed form is not worth a place on the disk."""


def pays(path: str, size: int) -> bool:
    """Whether a file of so many bytes is worth trying."""
    return path.endswith(TEXTS) and size >= LEAST


def key(form: str, of: str) -> str:
    """The key under which a file is kept in a compressed form, by its own key."""
    return digest("compressed", "1", form, version("brotli") if form == "br" else zlib.ZLIB_RUNTIME_VERSION, of)


def compressed(content: bytes, form: str) -> bytes:
    """A file in one of the `FORMATS`, as small as each makes it; empty where it saves too little."""
    made = _brotli(content) if form == "br" else gzipped(content)
    return made if len(made) <= MOST * len(content) else b""


def gzipped(content: bytes, level: int = 9) -> bytes:
    """A file as gzip, without a time and the name of a system, so that the same gives the same."""
    made = zlib.compress(content, level, wbits=31)
    return made[:9] + b"\xff" + made[10:]


def _brotli(content: bytes) -> bytes:
    import brotli

    made: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return made
