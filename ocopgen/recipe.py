"""What it takes to make files: `Recipe`, `Artifact`, and the `Sheet` of files that are made of the same inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jinja2 import Template


class Tools(Protocol):
    """What a recipe may use to make its file; everything else it needs is in the recipe."""

    def template(self, name: str) -> Template:
        """A compiled template."""

    def source(self, digest: str) -> bytes:
        """The bytes of a picture, by their digest."""

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
        """Bytes that were made before under this key, else made now (with others) and kept."""


class Recipe(Protocol):
    """How one file is made. What is not in the recipe cannot influence the file."""

    @property
    def key(self) -> str | None:
        """The fingerprint of all that goes into a file, known before it is made; what is costly is kept under it.

        None for what costs no more to make than to compare: such a file is known by its bytes.
        """

    def make(self, tools: Tools) -> bytes:
        """The bytes of the file."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site: where it lies below the output folder, and how it is made."""

    path: str
    recipe: Recipe


ASKED_FOR = "assets/", "pictures/"
"""Where the files lie that pages ask for: their names tell their content, and they come before the pages."""

COMMON = "site"
"""The name under which every sheet has what all are made of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Files that are planned and printed together, and the fingerprints of all that they are made of, by name.

    Equal inputs mean equal files: what is not among the inputs is not there when the files are planned.
    """

    name: str
    inputs: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The fingerprint of all inputs."""
        return digest("\n".join(f"{name} {one}" for name, one in self.inputs))


def digest(*parts: str | bytes) -> str:
    """A fingerprint of parts; 32 hexadecimal digits of BLAKE2b."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "little"))
        total.update(raw)
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A picture that is published as it is: one of our own drawings. Its key is the digest of its bytes."""

    key: str

    def make(self, tools: Tools) -> bytes:
        return tools.source(self.key)


@dataclass(frozen=True, slots=True)
class Plain:
    """A file whose bytes are known already: the style sheet, the icon."""

    content: bytes

    @property
    def key(self) -> None:
        """None: the bytes are there."""

    def make(self, tools: Tools) -> bytes:
        return self.content
