"""Recipes of pages: a template's digest covers all it leads to, and a page is made of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, Template, UndefinedError
from markupsafe import Markup, escape
from sites import CACHE, DRAWINGS, ROOT, TEMPLATES, TODAY, VI, a_head, awkward, photo, read_content

from ocopgen.cache import Cache
from ocopgen.catalogue import shelve
from ocopgen.gallery import Gallery
from ocopgen.html import Html, Setting, Templates, _shown
from ocopgen.plan import Look, plan
from ocopgen.store import Workshop, read_templates
from ocopgen.text import Phrase
from ocopgen.views import IndexGroup, IndexRow, Link, NewsIndexPage, PlainPage, Story

SOURCES = {
    "page.html": "{% extends 'base.html' %}{% import \"parts.html\" as parts with context %}",
    "base.html": "{%- include 'foot.html' -%}<{% block main %}{% endblock %}>",
    "parts.html": "{% from 'small.html' import x %}",
    "foot.html": "foot",
    "small.html": "{% macro x() %}{% endmacro %}",
    "other.html": "other",
}


def made(source: str, page: object = None, words: Mapping[str, str] | None = None) -> str:
    """What a template prints of a view."""
    templates = Templates({"t.html": source})
    recipe = Html("t.html", Setting(words=words or {}), page)  # type: ignore[arg-type]
    return recipe.make(Workshop(templates, {}, Cache(CACHE))).decode()


@pytest.mark.parametrize("name", ["page.html", "base.html", "parts.html", "foot.html", "small.html"])
def test_the_digest_covers_every_template_that_is_reached(name: str) -> None:
    before = Templates(SOURCES).digest("page.html")
    assert Templates({**SOURCES, name: SOURCES[name] + " "}).digest("page.html") != before


def test_the_digest_covers_nothing_else() -> None:
    assert Templates({**SOURCES, "other.html": "x"}).digest("page.html") == Templates(SOURCES).digest("page.html")


def test_templates_may_lead_to_each_other() -> None:
    assert Templates({"a": "{% include 'b' %}", "b": "{% include 'a' %}"}).digest("a")


@pytest.mark.parametrize(
    "tag",
    ["include name", "include ['a.html', 'b.html']", "include 'a' ~ x", "include 'a.html' if x", "extends layout"],
)
def test_a_template_that_is_named_by_a_computation_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match=r"t\.html: a template is named by"):
        Templates({"t.html": f"{{% {tag} %}}", "a.html": ""}).digest("t.html")


@pytest.mark.parametrize("tag", ["include 'a.html' ignore missing", "import 'a.html' as a", "from 'a.html' import b"])
def test_a_name_may_be_followed_by_more_words(tag: str) -> None:
    sources = {"t.html": f"{{% {tag} %}}", "a.html": ""}
    assert Templates(sources).digest("t.html") != Templates({**sources, "a.html": " "}).digest("t.html")


@pytest.mark.parametrize("source", ["{{ page.nothing }}", "{{ say.nothing }}", "{{ nothing }}"])
def test_what_is_not_there_is_an_error_and_no_empty_word(source: str) -> None:
    with pytest.raises(UndefinedError):
        made(source, PlainPage("", "x", (), "", ""))


@pytest.mark.parametrize("source", ["{{ page.greetings.nothing }}", "{{ say.nothing }}", "{{ page.nothing.more }}"])
def test_the_error_names_the_template_and_what_is_not_there(source: str) -> None:
    with pytest.raises(UndefinedError, match=r"^t\.html: .*'nothing'"):
        made(source, PlainPage("", "x", (), "", ""))


def test_words_are_escaped_and_marked_and_cleaned_html_is_not() -> None:
    page = Link(Phrase("<b> & 'x'", VI), "a")
    assert made("{{ page.words }}", page) == '<span lang="vi">&lt;b&gt; &amp; &#39;x&#39;</span>'
    assert made('<i title="{{ page.words.words }}">', Link(Phrase('"'), "a")) == '<i title="&#34;">'
    assert made("{{ page.html }}", Story(Markup("<p>x</p>"))) == "<p>x</p>"


def test_a_page_is_of_its_view_and_the_words_of_its_edition() -> None:
    page = PlainPage("../", "Chợ", (), "s.css", "i.svg")
    assert made("{{ say.home }}: {{ page.title }}\n", page, {"home": "Nhà"}) == "Nhà: Chợ\n"


# --- the engine -------------------------------------------------------------------------------------------


class PlainJinja(Workshop):
    """Tools whose templates are those of Jinja as it comes."""

    def template(self, name: str) -> Template:
        if name not in self._compiled:
            ours = self.templates.environment
            options = ("loader", "autoescape", "undefined", "trim_blocks", "lstrip_blocks", "keep_trailing_newline")
            plain = Environment(**{option: getattr(ours, option) for option in options})
            names = (one for one in self.templates.sources if one.endswith(".html"))
            self._compiled.update((one, plain.get_template(one)) for one in names)
        return self._compiled[name]


@pytest.mark.parametrize("content", ["awkward", "shipped"])
def test_every_page_is_what_jinja_prints(content: str, tmp_path: Path) -> None:
    folder = awkward(tmp_path).content if content == "awkward" else ROOT / "content"
    shelf = shelve(read_content(folder, [photo("products/ten-rat-dai/ngang.png")] if content == "awkward" else []))
    assert shelf.catalogue is not None
    templates = read_templates(TEMPLATES)
    pages = plan(Gallery(shelf.catalogue.published(), DRAWINGS), Look(templates, TODAY, "https://example.vn/"))
    ours, jinja = Workshop(templates, {}, Cache(CACHE)), PlainJinja(templates, {}, Cache(CACHE))
    recipes = [one.recipe for one in pages if isinstance(one.recipe, Html)]
    assert {one.template for one in recipes} >= {"home.html", "listing.html", "product.html", "producer.html"}
    for recipe in recipes:
        assert recipe.make(ours) == recipe.make(jinja)


WORDS = st.text(alphabet="aĐ&<>'\"\n ")


@given(WORDS | WORDS.map(Markup) | st.builds(Phrase, WORDS, st.sampled_from([None, VI])) | st.integers() | st.none())
def test_what_is_shown_is_what_markupsafe_escapes(value: object) -> None:
    assert _shown(value) == escape(value)
    assert _shown(value) == escape(value)


def test_a_card_is_kept_by_all_that_it_is_given() -> None:
    parts = "{% macro card(card, root) %}{{ root }}{{ card.words }};{% endmacro %}"
    page = "{% import 'parts.html' as parts %}{% for one in page.rows %}{{ parts.card(one, page.title) }}{% endfor %}"
    templates = Templates({"parts.html": parts, "t.html": page})
    tools = Workshop(templates, {}, Cache(CACHE))
    rows = tuple(IndexRow(Phrase(words, lang), "", "") for words, lang in (("a", None), ("b", None), ("a", VI)))

    def printed(title: str) -> str:
        view = IndexGroup(Phrase(title), "", rows)
        return Html("t.html", Setting(), view).make(tools).decode()

    assert printed("/") == '/a;/b;/<span lang="vi">a</span>;'
    assert printed("../") == '../a;../b;../<span lang="vi">a</span>;'
    assert printed("/") == '/a;/b;/<span lang="vi">a</span>;'


# --- keys -------------------------------------------------------------------------------------------------

PAGE = Html("t", Setting(), NewsIndexPage(a_head(), "x", (), ""))


@pytest.mark.parametrize(
    "other",
    [
        {"template": "u"},
        {"setting": Setting(words={"a": "b"})},
        {"view": NewsIndexPage(a_head(), "y", (), "")},
        {"view": NewsIndexPage(a_head("../"), "x", (), "")},
    ],
)
def test_two_recipes_are_equal_only_in_all_their_parts(other: dict[str, object]) -> None:
    assert replace(PAGE, **other) != PAGE  # type: ignore[arg-type]
    assert replace(PAGE, setting=Setting()) == PAGE


def test_nobody_knows_a_page_before_it_is_printed() -> None:
    assert PAGE.key is None


def test_the_digest_of_a_setting_covers_its_frame_and_its_words_in_any_order() -> None:
    assert Setting(words={"a": "1", "b": "2"}).digest == Setting(words={"b": "2", "a": "1"}).digest
    assert len({Setting(words={"a": "1"}).digest, Setting(words={"a": "2"}).digest, Setting().digest}) == 3


def test_the_digest_of_all_covers_every_template() -> None:
    before = Templates(SOURCES).digest_of_all
    assert Templates(dict(reversed(SOURCES.items()))).digest_of_all == before
    changed = ({**SOURCES, name: source + " "} for name, source in SOURCES.items())
    assert before not in {Templates(one).digest_of_all for one in (*changed, {**SOURCES, "new.html": ""})}
