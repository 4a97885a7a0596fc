"""Where a page is edited: in the site's own form, or in the web editor of the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pydantic import BaseModel

from ocopgen.model import Entry
from ocopgen.settings import Site
from ocopgen.text import Lang, Text

FORM = "admin/"
"""Where the form lies, from the site's root."""


@dataclass(frozen=True, slots=True)
class Host:
    """The addresses of a host of repositories, below that of the repository itself."""

    edit: str
    new: str
    folder: str


HOSTS = {
    "github.com": Host(
        edit="/edit/{branch}/{folder}/{file}",
        new="/new/{branch}/{folder}?filename={file}",
        folder="/tree/{branch}/{folder}",
    ),
    "gitlab.com": Host(
        edit="/-/edit/{branch}/{folder}/{file}",
        new="/-/new/{branch}/{folder}?file_name={file}",
        folder="/-/tree/{branch}/{folder}",
    ),
}


def edit_entry(site: Site, kind: str, entry: Entry, lang: Lang, root: str) -> str | None:
    """The address where an entry is edited in a language, if the site names a repository.

    `root` leads from the page to the site's root, where the form lies.
    """
    if site.repository is None:
        return None
    if site.editing.sign_in:
        return f"{root}{FORM}#/collections/{kind}/entries/{quote(entry.id)}/index"
    known = lang == site.languages[0] or is_written_in(entry, lang)
    return _on_host(site, "edit" if known else "new", f"{kind}/{entry.id}", f"index.{lang}.md")


def edit_content(site: Site, path: str, root: str) -> str | None:
    """The address where a data file or a folder of the content is edited; an empty path is all the content."""
    if site.repository is None:
        return None
    folder, file = ("", path) if path.endswith(".yml") else (path, "")
    if site.editing.sign_in and not file:
        return f"{root}{FORM}" + (f"#/collections/{folder}" if folder else "")
    return _on_host(site, "edit" if file else "folder", folder, file)


def _on_host(site: Site, what: str, folder: str, file: str) -> str:
    """An address of the repository's host; of a host that is not known, the repository's own."""
    repository = str(site.repository).split("?")[0].split("#")[0].rstrip("/").removesuffix(".git")
    host = HOSTS.get((urlsplit(repository).hostname or "").removeprefix("www."))
    if host is None:
        return str(site.repository)
    parts = (quote(part) for part in f"{site.editing.folder}/{folder}".split("/") if part not in ("", "."))
    pattern: str = getattr(host, what)
    return repository + pattern.format(branch=quote(site.editing.branch), folder="/".join(parts), file=quote(file))


def is_written_in(entry: Entry, lang: Lang) -> bool:
    """Whether anything of an entry is in a language, so that it has a file of that language."""
    return any(known == lang for text in _texts(entry) for known, _ in text.words)


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
