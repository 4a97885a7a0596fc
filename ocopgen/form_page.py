"""The page of the form: what it says before the form opens or where it cannot, and the scripts it loads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ocopgen.edit_links import FORM
from ocopgen.edition import Edition
from ocopgen.form import LOCAL, configuration, repository
from ocopgen.html import Html, Setting
from ocopgen.policy import PLAIN, Policy, in_head, of_editor
from ocopgen.recipe import Artifact, Plain, Source, Tools, digest
from ocopgen.reference import Classification, Places, Strings
from ocopgen.settings import Site
from ocopgen.views import FormPage, Greeting

OWN = "form.js"
"""Our own script, among the templates."""

MAIN = "decap-cms.js"
"""The script of the form, among those that were fetched."""


@dataclass(frozen=True)
class Configuration:
    """The file that the form reads when it opens; JSON, which is YAML too."""

    site: Site
    classification: Classification
    places: Places
    strings: Strings

    @property
    def key(self) -> None:
        """None: it costs no more to make than to compare."""

    def make(self, tools: Tools) -> bytes:
        told = configuration(self.site, self.classification, self.places, self.strings)
        words = json.dumps(told, ensure_ascii=False, indent=1).replace("<", "\\u003c")  # no markup, whoever opens it
        return f"{words}\n".encode()


def of_form(
    editions: Sequence[Edition], script: str, fetched: Mapping[str, str], style: str, icon: str
) -> Iterator[Artifact]:
    """The files of the form: page, configuration, our script, and those fetched, by name with their digests."""
    first = editions[0]
    site = first.catalogue.site
    own = f"{FORM}form-{digest(script)[:12]}.js"
    folder = f"{FORM}{scripts_digest(fetched)[:12]}/"
    page = FormPage(
        root="../",
        title=f"{first.say('form_title')} · {first.phrase(site.title).words}",
        greetings=tuple(_greeting(one, MAIN in fetched) for one in editions),
        style=style,
        icon=icon,
        policy=in_head(form_policy(site) if MAIN in fetched else PLAIN),
        script=own if MAIN in fetched else None,
        folder=folder,
    )
    yield Artifact(f"{FORM}index.html", Html("form.html", Setting(), page))
    catalogue = first.catalogue
    yield Artifact(
        f"{FORM}config.yml",
        Configuration(site, catalogue.classification, catalogue.places, catalogue.strings),
    )
    if MAIN in fetched:
        yield Artifact(own, Plain(script.encode()))
        yield from (Artifact(folder + name, Source(one)) for name, one in fetched.items())


def scripts_digest(fetched: Mapping[str, str]) -> str:
    """The fingerprint of the scripts that were fetched."""
    return digest(*(f"{name} {one}" for name, one in sorted(fetched.items())))


def _greeting(edition: Edition, loads: bool) -> Greeting:
    """What is said in one language, and where else to edit or whom to ask."""
    site = edition.catalogue.site
    state = _state(site, loads)
    more = ((edition.say("form_elsewhere"), site.repository),) if site.repository else ()
    home = edition.href("home")
    return Greeting(edition.lang, edition.say("home"), home, edition.say("form_title"), edition.say(state), more)


def _state(site: Site, loads: bool) -> str:
    """The key of what is said: why the form does not open, or that it is about to."""
    if not loads:
        return "form_not_fetched"
    if repository(site) is None:
        return "form_no_repository"
    return "form_opens" if site.editing.sign_in else "form_no_sign_in"


def form_policy(site: Site) -> Policy:
    """What the form may do: run, and speak with the hosts where it signs in and saves, and with this machine."""
    local = urlsplit(LOCAL)
    return of_editor(_origin(site.editing.sign_in), repository(site) is not None, f"{local.scheme}://{local.netloc}")


def _origin(address: str | None) -> str | None:
    """The origin of an address, if it has one that a policy can name."""
    parts = urlsplit(address or "")
    return f"{parts.scheme}://{parts.netloc}" if re.fullmatch(r"[\w.:-]+", parts.netloc, re.ASCII) else None
