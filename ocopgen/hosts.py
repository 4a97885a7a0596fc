"""Rules that web servers read: who opens a short address is led on to the page in their language, without script.

The pages at these addresses do without: they speak every language of the site. So does a server that knows no such
rules, or a visitor who speaks another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ocopgen.cards import KIND_ROUTES
from ocopgen.edition import SHORT, Edition
from ocopgen.recipe import Artifact, Plain


def rules(editions: Sequence[Edition]) -> Iterator[Artifact]:
    """The files of rules: for Netlify at the root, for Apache in each folder of short addresses.

    There they leave alone what a server's keeper may have laid at the root. Former ids need no rule of their own:
    what is at an old address of a language leads on.
    """
    yield Artifact("_redirects", Plain("".join(_netlify(editions)).encode()))
    for kind in SHORT:
        yield Artifact(f"{SHORT[kind]}/.htaccess", Plain("".join(_apache(editions, kind)).encode()))


def _netlify(editions: Sequence[Edition]) -> Iterator[str]:
    """A placeholder is one part of a path, so the code beside a page is not meant; `!` goes before the page itself."""
    root = urlsplit(editions[0].base_url or "").path.rstrip("/")
    for kind, folder in SHORT.items():
        for one in editions:
            goto = one.href(KIND_ROUTES[kind], ":id")
            yield f"{root}/{folder}/:id  {root}/{goto}  302!  Language={_primary(one)}\n"


def _apache(editions: Sequence[Edition], kind: str) -> Iterator[str]:
    """The last condition takes what stands before the short address, so the site may lie at any depth.

    Caches on the way learn from `Vary` that visitors are answered differently; a redirect alone does not say it.
    """
    yield "# Người quét mã QR được đưa tới trang bằng ngôn ngữ của mình.\n"
    yield "# Who scans a QR code is led to the page in their language.\n"
    yield "<IfModule mod_rewrite.c>\nRewriteEngine On\n"
    for one in editions:
        goto = one.href(KIND_ROUTES[kind], "$1")
        yield f"RewriteCond %{{HTTP:Accept-Language}} {_prefers(one, editions)} [NC]\n"
        yield f"RewriteCond %{{REQUEST_URI}} ^(.*/){SHORT[kind]}/[^/]+/?$\n"
        yield f"RewriteRule ^([^/]+)/?$ %1{goto} [R=302,L]\n"
    yield "</IfModule>\n"
    yield "<IfModule mod_headers.c>\nHeader always merge Vary Accept-Language\n</IfModule>\n"


def _prefers(edition: Edition, editions: Sequence[Edition]) -> str:
    """Who asks for this language before any other of the site; browsers list the languages as they are preferred."""
    ours = "|".join(map(_primary, editions))
    return rf"^\s*(?:(?!(?:{ours})\b)[^,]*,\s*)*{_primary(edition)}\b"


def _primary(edition: Edition) -> str:
    return edition.lang.partition("-")[0]
