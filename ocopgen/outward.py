"""Every address outside the site that the content names, and where it names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ocopgen.book import Book
from ocopgen.document import Document
from ocopgen.problems import Place
from ocopgen.prose import render

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)

_OURS = {("site.yml", ("address",)), ("site.yml", ("editing", "sign_in"))}
"""Where the site will be, which may be nowhere yet, and a door that opens only to who signs in."""


@dataclass(frozen=True, slots=True)
class Named:
    """An address as it is written, without its fragment, at one of its places."""

    address: str
    place: Place


def outward(book: Book) -> Iterator[Named]:
    """The http and https addresses of all entries, drafts too, and of the data files: in fields and in stories."""
    for name, document in book.shelf.data.items():
        yield from _in_fields(document, name)
    for documents in book.shelf.documents.values():
        for document in documents.values():
            yield from _in_fields(document)
            yield from _in_story(document)


def _in_fields(document: Document, name: str = "") -> Iterator[Named]:
    for path, words in _words(document.data):
        if (name, path) not in _OURS and _WEB.fullmatch(words.strip()):
            yield Named(_bare(words.strip()), document.place(path))


def _words(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in plain values, with the keys and numbers that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list | tuple):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _words(one, (*path, key))


def _in_story(document: Document) -> Iterator[Named]:
    """The links of a story, each at the first place where it is written."""
    for link in render(document.body).links:
        if _WEB.fullmatch(link):
            yield Named(_bare(link), document.body_place(max(0, document.body.find(link))))


def _bare(address: str) -> str:
    return address.partition("#")[0]
