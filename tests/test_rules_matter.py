"""The story and the pictures of an entry."""

from __future__ import annotations

import pytest
from making import (
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    STORY,
    a_content,
    a_photo,
    a_producer,
    a_product,
    an_entry,
    found,
    spots,
    spots_in,
)

from ocopgen.rules_matter import MOST_HOLDERS, _Told

OTHER = "products/toi-moi/index.vi.md"
PHOTO = a_photo("products/toi-den/hop.jpg")

# --- stories ----------------------------------------------------------------------------------------------


def told(story: str, **more: str) -> list[str]:
    """What is said of a second product with this story; the first one has `STORY`."""
    return spots(a_content(**{OTHER: a_product(body=story), **more}))


def test_a_story_may_not_be_another_products() -> None:
    assert told(STORY) == [f"story-copied 7:1 {OTHER}"]


def test_a_copied_story_is_found_behind_blank_lines_marks_and_capitals() -> None:
    assert told("\n\n> " + STORY.upper().replace("TÉP", "**TÉP**")) == [f"story-copied 9:1 {OTHER}"]


SIXTY = " ".join(f"lời{number}" for number in range(60))


def test_a_copy_is_found_behind_sixty_words_of_ones_own_in_either_order() -> None:
    assert told(STORY + SIXTY) == [f"story-copied 7:1 {OTHER}"]
    assert told(STORY, **{PRODUCT: a_product(body=SIXTY + STORY)}) == [f"story-copied 7:1 {OTHER}"]


def test_a_story_that_shares_less_than_four_fifths_is_its_own() -> None:
    words = STORY.split()
    assert told(" ".join(words[:30]) + " " + SIXTY) == []


def test_a_story_of_a_few_words_is_nobodys_but_a_sentence_is_somebodys() -> None:
    for count, expected in ((7, []), (8, [f"story-copied 7:1 {OTHER}"]), (25, [f"story-copied 7:1 {OTHER}"])):
        short = " ".join(STORY.split()[:count])
        assert told(short, **{PRODUCT: a_product(body=short)}) == expected
    start, longer = " ".join(STORY.split()[:20]), " ".join(STORY.split()[:25])
    assert told(longer, **{PRODUCT: a_product(body=start)}) == []


def test_the_nearest_of_several_copied_stories_is_named() -> None:
    third = "products/toi-thu-ba/index.vi.md"
    mixed = " ".join((*STORY.split()[:18], *(f"chữ{number}" for number in range(30))))
    (problem,) = found(a_content(**{OTHER: a_product(body=mixed), third: a_product(body=mixed + " Một câu.")}))
    assert problem.place.file == f"content/{third}"
    assert problem.said("en").startswith("the story is that of content/products/toi-moi (100 %)")


def test_a_copy_is_found_though_many_have_told_a_part_of_it_before() -> None:
    part = " ".join(STORY.split()[:12])
    many = {
        f"products/a-{number:02}/index.vi.md": a_product(
            body=f"{part} {' '.join(f'chữ{number}x{word}' for word in range(40))}"
        )
        for number in range(20)
    }
    assert told(STORY + "Thêm.", **many) == [f"story-copied 7:1 {OTHER}"]


def test_what_many_stories_share_is_remembered_with_a_few_of_them_only() -> None:
    shelf = _Told()
    for number in range(20):
        shelf.add(f"products/{number}", [*map(str, range(40)), *(f"{number}x{word}" for word in range(40))])
    assert max(map(len, shelf.holders.values())) == MOST_HOLDERS


def test_translations_are_compared_with_translations() -> None:
    english = " ".join(f"word{number}" for number in range(40))
    files = {
        IN_ENGLISH: an_entry(body=english),
        OTHER: a_product(body="Chuyện khác."),
        "products/toi-moi/index.en.md": an_entry(body=english),
    }
    assert spots(a_content(**files)) == ["story-copied 3:1 products/toi-moi/index.en.md"]


def test_producers_may_tell_what_products_tell() -> None:
    assert spots(a_content(**{PRODUCER: a_producer(body=STORY)})) == []


# --- bodies -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](../../producers/truong-an/)", []),
        ("[a](../../producers/truong-in/)", ["link-dead 7:5"]),
        ("x\n\n[a](../la/) [b](../la/)", ["link-dead 9:5"]),
        ("[a][1]\n\n[1]: ../la/", ["link-dead 9:6"]),
        ("[a](//evil.vn)", ["link-dead 7:5"]),
        ("[a](/vi/san-pham/)", ["link-dead 7:5"]),
        ("![Hộp](hop.jpg)", []),
        ("![Hộp](hop.png)", ["photo-missing 7:8"]),
        ("![Hộp](https://a.vn/hop.jpg)", ["photo-missing 7:8"]),
        ("a\n<IFRAME src='x'></IFRAME>", ["body-html 8:1"]),
        ("a <p onclick='x'>b</p>", ["body-html 7:3"]),
        ("[a](javascript:x)", ["body-html 7:1"]),
        (">" * 20, ["body-tangled 7:1"]),
        ("x" * 40_001, ["body-long 7:1"]),
        (" \n", []),
    ],
)
def test_a_body_leads_nowhere_wrong_and_holds_nothing_strange(body: str, expected: list[str]) -> None:
    assert spots_in(a_product(body=body), PHOTO) == expected


def test_the_body_of_a_translation_is_judged_in_its_own_file() -> None:
    assert spots(a_content(**{IN_ENGLISH: an_entry(body="[a](../la/)")})) == [f"link-dead 3:5 {IN_ENGLISH}"]


def test_a_page_that_will_be_there_may_not_lead_to_a_draft() -> None:
    draft = {OTHER: a_product("draft: true", body="[b](../toi-den/)")}
    assert spots(a_content(**{PRODUCT: a_product(body="[a](../toi-moi/)"), **draft})) == ["link-dead 7:5"]
    both = {PRODUCT: a_product("draft: true", body="[a](../toi-moi/)")}
    assert spots(a_content(**both, **draft)) == []


def test_a_picture_with_a_slip_in_its_name_is_told_the_right_one() -> None:
    (problem,) = found(a_content(PHOTO, **{PRODUCT: a_product(body="![Hộp](hộp.jpg)")}))
    assert problem.mend("en") == "did you mean 'hop.jpg'?"


def test_a_picture_that_was_never_there_is_to_be_brought() -> None:
    (problem,) = found(a_content(**{PRODUCT: a_product(body="![Hộp](hop.jpg)")}))
    assert problem.mend("en") == "put the picture beside index.vi.md"


# --- pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        ("[{file: hop.jpg, alt: Hộp tỏi}]", []),
        ("[{file: hop.jpg}]", ["alt-missing 6:17"]),
        ("[{file: hop.jpg, alt: A}, {file: hop.jpg}]", ["photo-twice 6:42"]),
        ("[{file: hop.png, alt: A}]", ["photo-missing 6:17"]),
    ],
)
def test_the_pictures_of_a_list_are_there_once_and_described(photos: str, expected: list[str]) -> None:
    assert spots_in(a_product(f"photos: {photos}"), PHOTO) == expected


@pytest.mark.parametrize(
    ("kind", "width", "height", "size", "code"),
    [
        ("jpeg", 800, 600, 1, ""),
        ("png", 600, 800, 1, ""),
        ("jpeg", 799, 799, 1, "photo-small"),
        ("jpeg", 400, 2000, 1, ""),
        ("jpeg", 2000, 399, 1, "photo-small"),
        ("png", 7500, 8000, 1, ""),
        ("png", 7500, 8001, 1, "photo-pixels"),
        ("broken", 0, 0, 1, "photo-unreadable"),
        ("svg", 0, 0, 1, "photo-kind"),
        ("other", 0, 0, 1, "photo-kind"),
        ("jpeg", 800, 600, 25 << 20, ""),
        ("broken", 0, 0, (25 << 20) + 1, "photo-large"),
    ],
)
def test_a_picture_is_a_photograph_of_use(kind: str, width: int, height: int, size: int, code: str) -> None:
    photo = a_photo(PHOTO.path, kind, width, height, size)  # type: ignore[arg-type]
    assert spots(a_content(photo)) == ([f"{code} {PHOTO.path}"] if code else [])


@pytest.mark.parametrize(
    ("width", "height", "words"), [(640, 480, "long side needs 800"), (2000, 99, "short side needs 400")]
)
def test_a_small_picture_is_told_which_side_is_short(width: int, height: int, words: str) -> None:
    (problem,) = found(a_content(a_photo(PHOTO.path, "jpeg", width, height)))
    assert problem.said("en") == f"the picture 'hop.jpg' is small: {width} × {height} pixels; the {words}"


def test_a_bad_picture_is_told_where_it_is_listed() -> None:
    photos = a_photo("products/toi-den/a.jpg"), a_photo(PHOTO.path, "jpeg", 100, 100)
    text = a_product("photos: [{file: a.jpg, alt: A}, {file: hop.jpg, alt: B}]")
    assert spots_in(text, *photos) == ["photo-small 6:40"]


def test_a_bad_picture_in_a_broken_entry_is_told_by_its_path() -> None:
    photo = a_photo(PHOTO.path, "broken")
    assert spots_in(a_product(set="x"), photo) == [f"photo-unreadable {PHOTO.path}", "number-expected 5:6"]
