"""What pages may do, as Content-Security-Policy says it: in their own heads, and in the headers that servers send."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

Policy = Mapping[str, str]
"""The sources that are allowed by directive, in the order in which they are written."""

_SHOWN = {"default-src": "'none'", "img-src": "'self'", "style-src": "'self'", "font-src": "'self'"}

PLAIN: Policy = {**_SHOWN, "base-uri": "'none'", "form-action": "'none'"}
"""Of a page that only shows: the entrance, what is not found, what leads on, short addresses."""

WORKER: Policy = {"default-src": "'none'", "connect-src": "'self'"}
"""Of the worker that keeps pages on a phone: it fetches what it keeps, and that is all."""


def of_pages(installable: bool) -> Policy:
    """Of the pages of an edition: scripts of the site search and filter, and a form asks the site's own search page.

    Only what keeps pages on a phone fetches anything by script.
    """
    kept = dict.fromkeys(("worker-src", "manifest-src", "connect-src"), "'self'") if installable else {}
    return {**_SHOWN, "script-src": "'self'", **kept, "base-uri": "'none'", "form-action": "'self'"}


def of_editor(sign_in: str | None, github: bool, local: str) -> Policy:
    """Of the form: it runs its own scripts, and speaks with GitHub, the sign-in and this machine; each by its origin.

    It compiles the rules of its configuration (`unsafe-eval`) and styles what it shows (`unsafe-inline`).
    """
    hosts = (*([sign_in] if sign_in else []), *(["https://api.github.com"] if github else []), local)
    return {
        **PLAIN,
        "script-src": "'self' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "img-src": "'self' data: blob:" + (" https://avatars.githubusercontent.com" if github else ""),
        "connect-src": " ".join(("'self' data: blob:", *hosts)),
    }


def written(policy: Policy) -> str:
    """A policy in words: the directives, parted by semicolons."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def in_head(policy: Policy) -> Markup:
    """A policy as an attribute holds it; its quotes stay as they are, so that people and programs can read it."""
    words = written(policy)
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"))


PLAIN_HEAD = in_head(PLAIN)
"""The policy of a page that only shows, as it stands in its head."""


def header(policy: Policy) -> str:
    """A policy as a server sends it: only there can a page forbid others to show it inside theirs."""
    return written({**policy, "frame-ancestors": "'none'"})


def on_disk(written_policy: str) -> str:
    """A written policy as it holds on a disk: what is not `self` there, since no file is of one origin with another.

    Chromium takes `self` for every file all the same, Firefox asks no policy about files; but the standard means none.
    """
    return written_policy.replace("'self'", "'self' file:")


EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""Headers of all files."""

FOR_EVER = "public, max-age=31536000, immutable"
"""How long files may be kept whose names tell their content."""

ASK_ANEW = "no-cache"
"""That a kept file is used only once the server says that it is still the same."""
