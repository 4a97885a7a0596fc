"""One entry judged by itself: what is found of it alone is what the whole catalogue would tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from making import EN, IN_ENGLISH, PRODUCER, PRODUCT, STORY, TODAY, VI, a_content, a_photo, a_product, an_entry

from ocopgen import prose
from ocopgen.book import Book
from ocopgen.catalogue import Content, Ground, data_documents, decoded_ground, folders, photos_of, shelve, texts_of
from ocopgen.packing import pack, unpack
from ocopgen.problems import in_order
from ocopgen.prose import Prose, render
from ocopgen.rules import OF_ENTRIES, problems
from ocopgen.study import Basis, Folder, Story, Study, body_of, study
from ocopgen.text import Text

KEY = "products/toi-den"


def basis(content: Content) -> Basis:
    ground: Ground = decoded_ground(data_documents(content.root, content.texts)[0])[0]
    return Basis(ground, content.root, TODAY)


def read(content: Content, key: str = KEY, known: Iterable[Story] = ()) -> tuple[Study, tuple[Story, ...]]:
    """The study of one entry of a content, and its stories."""
    texts = tuple(texts_of(content.texts, key, (VI, EN)).items())
    return study(basis(content), Folder(key, texts, photos_of(content.photos).get(key, ()), tuple(known)))


def studied(content: Content, key: str = KEY) -> Study:
    """The study of one entry of a content."""
    return read(content, key)[0]


def test_an_entry_is_told_without_its_stories_and_these_beside_it() -> None:
    content = a_content()
    whole = shelve(content).catalogue
    assert whole is not None
    found, stories = read(content)
    one = whole.product_by_id["toi-den"]
    assert one.body is not None
    assert found.entry() == one.model_copy(update={"body": None})
    assert body_of(stories) == one.body
    assert [(one.lang, one.prose) for one in stories] == [(lang, render(words)) for lang, words in one.body.words]
    assert STORY.split()[-1].encode() not in found.facts
    assert (found.readable, found.problems) == (True, ())


@pytest.mark.parametrize("body", ["", " \n\n"])
def test_a_story_may_be_missing(body: str) -> None:
    found, stories = read(a_content(**{IN_ENGLISH: an_entry(name="x", body=body)}))
    assert [lang for lang, _ in found.told] == [one.lang for one in stories] == [VI]
    found, stories = read(a_content(), "producers/truong-an")
    assert (found.told, stories) == ((), ())
    assert body_of(stories) is None


def test_an_entry_that_cannot_be_decoded_has_no_facts_and_one_that_cannot_be_read_is_told_so() -> None:
    wrong = studied(a_content(**{PRODUCT: a_product(set="x")}))
    assert (wrong.facts, wrong.entry(), wrong.readable) == (b"", None, True)
    assert [one.code for one in wrong.problems] == ["number-expected"]
    unread = studied(a_content(**{PRODUCT: "---\n"}))
    assert (unread.facts, unread.readable, unread.told) == (b"", False, ())
    missing = studied(a_content(**{PRODUCT: None}))
    assert (missing.entry(), missing.readable, missing.problems) == (None, False, ())


WRONG = {
    PRODUCT: a_product(
        *("recognitions: [{stars: 4, year: 2030}]", "packs: [{label: Hộp, price: 1000}]", "photos: [{file: no.jpg}]"),
        *(["draft: false"]),
        body="<script>x</script> [a](../khong/) ![b](khong.png)",
    ),
    PRODUCER: an_entry(name="HTX", kind="cooperative", place="{district: khong}"),
    "products/moi/index.vi.md": a_product(set=99),
}


def test_the_rules_of_entries_tell_of_one_alone_what_they_tell_of_it_among_all() -> None:
    photos = a_photo("products/toi-den/nho.jpg", width=100), a_photo("producers/truong-an/a.png", size=99 << 20)
    content = a_content(*photos, **WRONG)
    shelf = shelve(content)
    assert shelf.catalogue is not None
    together = problems(Book(shelf.catalogue, shelf, TODAY), OF_ENTRIES)
    alone = [one for key in folders((*content.texts, *content.photos)) for one in studied(content, key).problems]
    assert len({one.code for one in together}) > 4
    assert in_order(alone) == in_order(together)


def test_the_fingerprints_tell_facts_and_stories_apart() -> None:
    before = studied(a_content())
    story = studied(a_content(**{PRODUCT: a_product(body="Chuyện khác.")}))
    facts = studied(
        a_content(
            **{IN_ENGLISH: an_entry(name="Aged garlic", summary="Slowly aged garlic.", body="The story of a clove.\n")}
        )
    )
    assert (story.facts_print == before.facts_print, story.story_print == before.story_print) == (True, False)
    assert (facts.facts_print == before.facts_print, facts.story_print == before.story_print) == (False, True)


def test_the_day_of_a_translation_is_kept_and_another_day_is_another_entry() -> None:
    def on(day: str) -> Study:
        return studied(a_content(**{IN_ENGLISH: an_entry(name="Garlic", translated=day)}))

    one, other = on("2026-11-01"), on("2026-11-02")
    entry = one.entry()
    assert entry is not None
    assert entry.compared_on(EN) == date(2026, 11, 1)
    assert one.facts_print != other.facts_print


def test_a_story_in_another_language_is_another_story() -> None:
    body = "Một câu.\n"
    one = studied(a_content(**{PRODUCT: a_product(body=body), IN_ENGLISH: an_entry(name="x", body="")}))
    other = studied(a_content(**{PRODUCT: a_product(body=""), IN_ENGLISH: an_entry(name="x", body=body)}))
    assert one.story_print != other.story_print


def test_a_story_that_was_rendered_before_is_not_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    content = a_content()
    fresh, stories = read(content)
    assert [one.lang for one in stories] == [VI, EN]
    monkeypatch.setattr(prose, "_known", {})
    monkeypatch.setattr(prose, "_rendered", None)
    assert read(content, known=stories) == (fresh, stories)


def test_a_story_is_shown_as_it_was_rendered_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "_known", {})
    assert body_of([Story(VI, "*một*", Prose("<p>as before</p>"))]) == Text.of({VI: "*một*"})
    assert render("*một*").html == "<p>as before</p>"
    assert render("*two*").html == "<p><em>two</em></p>"


def test_a_study_and_stories_come_back_from_notes_as_they_were() -> None:
    found = read(a_content(**WRONG))
    assert unpack(pack(found)) == found
