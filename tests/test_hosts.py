"""Rules for web servers, followed here as Netlify and Apache follow them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sites import ONE, TODAY, awkward, built, catalogue, page_of, planned, product, tiny_templates

from ocopgen.edition import Edition
from ocopgen.hosts import rules
from ocopgen.plan import Look, lay_out
from ocopgen.recipe import Plain
from ocopgen.text import Lang

EDITIONS = lay_out(catalogue(), Look(tiny_templates(), TODAY)).editions


def files(editions: tuple[Edition, ...] = EDITIONS) -> dict[str, str]:
    """The files of rules by path."""
    found = {one.path: one.recipe for one in rules(editions)}
    return {path: one.content.decode() for path, one in found.items() if isinstance(one, Plain)}


def apache(path: str, languages: str, site: str = "/cho/") -> str | None:
    """Where Apache leads a request for a path below the site; None where it shows the page that is there."""
    folder, _, rest = path.partition("/")
    conditions: list[re.Match[str] | None] = []
    for line in files()[f"{folder}/.htaccess"].splitlines():
        name, *words = line.split(" ")
        if name == "RewriteCond":
            said = {"%{HTTP:Accept-Language}": languages, "%{REQUEST_URI}": site + path}[words[0]]
            conditions.append(re.search(words[1], said, re.IGNORECASE if "[NC]" in words else 0))
        elif name == "RewriteRule":
            found, last = re.search(words[0], rest), conditions[-1]
            if found and all(conditions) and last:
                return words[1].replace("%1", last[1]).replace("$1", found[1])
            conditions = []
    return None


def netlify(path: str, language: str, editions: tuple[Edition, ...] = EDITIONS) -> str | None:
    """Where Netlify leads whose first language is this one."""
    for line in files(editions)["_redirects"].splitlines():
        source, goto, status, condition = line.split()
        assert status == "302!", "a page lies there, and another visitor may speak another language"
        found = re.fullmatch(source.replace(":id", "([^/]+)") + "/?", path)
        if found and condition == f"Language={language}":
            return goto.replace(":id", found[1])
    return None


@pytest.mark.parametrize(
    ("languages", "goto"),
    [
        ("vi", "vi/san-pham/gao/"),
        ("en-US,en;q=0.9", "en/products/gao/"),
        ("vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7", "vi/san-pham/gao/"),
        ("en-GB, en;q=0.9, vi;q=0.8", "en/products/gao/"),
        ("fr-FR,fr;q=0.9,en;q=0.8,vi;q=0.7", "en/products/gao/"),
        ("FR, VI;q=0.5", "vi/san-pham/gao/"),
        ("ja", None),
        ("eng, vie", None),
        ("*", None),
        ("", None),
    ],
)
def test_apache_leads_to_the_language_that_is_asked_for_first_among_those_of_the_site(
    languages: str, goto: str | None
) -> None:
    assert apache("p/gao", languages) == (goto and f"/cho/{goto}")
    assert apache("p/gao/", languages, "/") == (goto and f"/{goto}")


def test_a_producer_is_led_to_as_a_product_is() -> None:
    assert apache("c/an", "en") == "/cho/en/producers/an/"
    assert netlify("/cho/c/an", "vi") == "/cho/vi/chu-the/an/"


def test_netlify_leads_to_the_language_of_the_visitor_below_the_path_of_the_site() -> None:
    assert netlify("/cho/p/gao", "en") == "/cho/en/products/gao/"
    assert netlify("/cho/p/gao/", "vi") == "/cho/vi/san-pham/gao/"
    assert netlify("/cho/p/gao", "ja") is None
    nowhere = tuple(replace(one, base_url=None) for one in EDITIONS)
    assert netlify("/p/gao", "en", nowhere) == "/en/products/gao/"


def test_what_lies_beside_a_page_is_not_led_away() -> None:
    for path in ("p/gao/qr.svg", "p/"):
        assert apache(path, "vi") is None
        assert netlify(f"/cho/{path}", "vi") is None


def test_whatever_stands_at_a_short_address_a_page_is_where_the_rules_lead() -> None:
    paths = {one.path for one in planned(catalogue({**ONE, page_of("products", "gao"): product(was=["lua"])}))}
    short = {path.removesuffix("index.html") for path in paths if re.match("[pc]/.*html", path)}
    assert short == {"p/gao/", "p/lua/", "c/an/"}
    for path in short:
        for language in ("vi", "en"):
            for goto in (apache(path, language), netlify(f"/cho/{path}", language)):
                assert goto is not None
                assert goto.removeprefix("/cho/") + "index.html" in paths


def test_a_language_of_a_country_is_asked_for_by_its_name_alone() -> None:
    editions = EDITIONS[0], replace(EDITIONS[1], lang=Lang("en-GB"))
    assert "Language=en\n" in files(editions)["_redirects"]
    assert "(?!(?:vi|en)\\b)" in files(editions)["p/.htaccess"]


def test_what_is_kept_for_ever_lies_only_in_folders_whose_names_tell_the_content() -> None:
    kept = [path for path, headers in rules_of("_headers").items() if "immutable" in "".join(headers)]
    assert kept == ["/cho/assets/*", "/cho/pictures/*"]
    assert all("immutable" in files()[f"{one}/.htaccess"] for one in ("assets", "pictures"))


def test_every_name_there_tells_the_content(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    built(project)
    for folder in ("assets", "pictures"):
        names = [one.name for one in (project.output / folder).iterdir() if one.name != ".htaccess"]
        assert [one for one in names if not re.search(r"-[0-9a-f]{12}\.\w+$", one)] == []
        assert len(names) > 5


def rules_of(name: str) -> dict[str, list[str]]:
    """The headers of each path."""
    found: dict[str, list[str]] = {}
    for line in files()[name].splitlines():
        if line.startswith(" "):
            next(reversed(found.values())).append(line.strip())
        else:
            found[line] = []
    return found


def test_the_worker_is_asked_for_anew_and_the_form_may_what_it_needs() -> None:
    told = rules_of("_headers")
    assert "Cache-Control: no-cache" in told["/cho/sw.js"]
    assert "unsafe-eval" in "".join(told["/cho/admin/*"])
    assert not any("unsafe" in "".join(headers) for path, headers in told.items() if path != "/cho/admin/*")


def test_rules_are_as_few_for_many_entries_and_break_no_server_that_lacks_a_module() -> None:
    for path, text in files().items():
        assert len(text.splitlines()) < 40, path
    inside = re.sub(r"<IfModule mod_\w+\.c>\n(.*?)</IfModule>\n|#.*\n", "", files()["p/.htaccess"], flags=re.DOTALL)
    assert inside == ""
