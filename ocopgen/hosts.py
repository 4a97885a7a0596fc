"""Rules that web servers read: who opens a short address is led on in their language; what goes along with each file.

The pages do without either: those at short addresses speak every language of the site, and each page tells its own
policy. So a server that knows no such rules may be used as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from ocopgen.cards import KIND_ROUTES
from ocopgen.edit_links import FORM
from ocopgen.edition import SHORT, Edition
from ocopgen.form_page import form_policy
from ocopgen.offline import AT, FOLDER
from ocopgen.policy import ASK_ANEW, EVERYWHERE, FOR_EVER, PLAIN, WORKER, header, of_pages
from ocopgen.recipe import ASKED_FOR, Artifact, Plain


def rules(editions: Sequence[Edition]) -> Iterator[Artifact]:
    """The files of rules: for Netlify and Cloudflare Pages at the root, for Apache in folders that are wholly ours.

    There they leave alone what a server's keeper may have laid at the root. Former ids need no rule of their own:
    what is at an old address of a language leads on.
    """
    yield Artifact("_redirects", Plain("".join(_netlify(editions)).encode()))
    yield Artifact("_headers", Plain("".join(_headers(editions)).encode()))
    for kind in SHORT:
        yield Artifact(f"{SHORT[kind]}/.htaccess", Plain("".join(_apache(editions, kind)).encode()))
    for folder in ASKED_FOR:
        yield Artifact(f"{folder}.htaccess", Plain(_KEPT_FOR_EVER.encode()))


_KEPT_FOR_EVER = f"""\
# Tên tệp ở đây đổi khi nội dung đổi, nên trình duyệt cứ giữ, không phải hỏi lại.
# Names here change with what is in the files, so browsers keep them and need not ask again.
AddType image/avif .avif
<IfModule mod_headers.c>
Header set Cache-Control "{FOR_EVER}"
Header set X-Content-Type-Options nosniff
</IfModule>
"""


def _headers(editions: Sequence[Edition]) -> Iterator[str]:
    """No header of a file stands in two rules that meet: one of the hosts would join their values, another take one."""
    root = urlsplit(editions[0].base_url or "").path.rstrip("/")
    site = editions[0].catalogue.site
    yield _rule(f"{root}/*", EVERYWHERE)
    policies = {
        **dict.fromkeys(("", "index.html", "404.html", f"{FOLDER}*", *(f"{one}/*" for one in SHORT.values())), PLAIN),
        **{f"{one.href('home')}*": of_pages(site.installable) for one in editions},
        f"{FORM}*": form_policy(site),
        AT: WORKER,
    }
    for path, policy in policies.items():
        kept = (("Cache-Control", ASK_ANEW),) if path == AT else ()
        yield _rule(f"{root}/{path}", (("Content-Security-Policy", header(policy)), *kept))
    for folder in ASKED_FOR:
        yield _rule(f"{root}/{folder}*", (("Cache-Control", FOR_EVER),))


def _rule(path: str, headers: Iterable[tuple[str, str]]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers)


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
