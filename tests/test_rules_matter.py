"""The story and the pictures of an entry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import (
    IN_ENGLISH,
    PRODUCER,
    PRODUCT,
    SITE,
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

from ocopgen.photo import ENDINGS, SHAPES, PhotoFile, PictureKind
from ocopgen.problems import errors

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
        ("[a](javascript:x)", ["link-dead 7:5"]),
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
        ("[{file: hop.png, alt: A}]", ["photo-unlisted 6:9", "photo-missing 6:17"]),
    ],
)
def test_the_pictures_of_a_list_are_there_once_and_described(photos: str, expected: list[str]) -> None:
    assert spots_in(a_product(f"photos: {photos}"), PHOTO) == expected


@pytest.mark.parametrize(
    ("kind", "width", "height", "size", "code"),
    [
        ("jpeg", 1600, 600, 1, ""),
        ("png", 800, 1600, 1, ""),
        ("png", 799, 1600, 1, "photo-narrow"),
        ("jpeg", 3000, 600, 1, ""),
        ("jpeg", 3000, 599, 1, "photo-narrow"),
        ("jpeg", 600, 800, 1, "photo-narrow"),
        ("webp", 1599, 1599, 1, "photo-modest"),
        ("jpeg", 800, 600, 1, "photo-modest"),
        ("jpeg", 799, 799, 1, "photo-small"),
        ("avif", 400, 2000, 1, "photo-narrow"),
        ("heif", 2000, 399, 1, "photo-small"),
        ("tiff", 6500, 4000, 1, ""),
        ("tiff", 6501, 4000, 1, "photo-vast"),
        ("png", 7500, 8000, 1, "photo-vast"),
        ("png", 7500, 8001, 1, "photo-pixels"),
        ("svg", 0, 0, 1, "photo-svg"),
        ("pdf", 0, 0, 1, "photo-pdf"),
        ("raw", 0, 0, 1, "photo-raw"),
        ("other", 0, 0, 1, "photo-kind"),
        ("jpeg", 1600, 1200, 12 << 20, ""),
        ("jpeg", 1600, 1200, (12 << 20) + 1, "photo-vast"),
        ("jpeg", 1600, 1200, 25 << 20, "photo-vast"),
        ("other", 0, 0, (25 << 20) + 1, "photo-large"),
    ],
)
def test_a_picture_is_a_photograph_of_use(kind: PictureKind, width: int, height: int, size: int, code: str) -> None:
    path = f"products/toi-den/hop{ENDINGS.get(kind, ('.jpg',))[0]}"
    assert spots(a_content(a_photo(path, kind, width, height, size))) == ([f"{code} {path}"] if code else [])


TALL = a_photo(PHOTO.path, "jpeg", 400, 1600)
LEAST = {
    "products": a_product(),
    "producers": a_producer(),
    "outlets": an_entry(name="Quầy", place="{district: thai-thuy}"),
    "news": an_entry(name="Tin", summary="Tin.", date="2026-11-01"),
    "pages": an_entry(name="Trang", summary="Trang."),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_photo_is_judged_by_what_is_left_of_it_where_its_kind_is_cut(kind: str) -> None:
    path = f"{kind}/an/hop.jpg"
    judged = spots(a_content(replace(TALL, path=path), **{f"{kind}/an/index.vi.md": LEAST[kind]}))
    assert judged == ([f"photo-narrow {path}"] if SHAPES[kind] else [])


def test_a_photo_that_only_a_story_shows_is_cut_nowhere() -> None:
    text = a_product("photos: [{file: a.jpg, alt: A}]", body="![Hộp](hop.jpg)")
    assert spots_in(text, a_photo("products/toi-den/a.jpg"), TALL) == []
    assert spots_in(a_product("photos: [{file: hop.jpg, alt: A}]"), TALL) == ["photo-narrow 6:17"]
    assert spots_in(a_product(body="![Hộp](hop.jpg)"), TALL) == [f"photo-narrow {PHOTO.path}"]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({"fault": "unreadable"}, "photo-unreadable"),
        ({"fault": "cut-off"}, "photo-cut-off"),
        ({"fault": "killed"}, "photo-killed"),
        ({"frames": 200}, ""),
        ({"frames": 201}, "photo-frames"),
        ({"tells_place": True}, "photo-located"),
        ({"bare_cmyk": True}, "photo-cmyk"),
        ({"flaw": "dark"}, "photo-dark"),
        ({"flaw": "pale"}, "photo-pale"),
        ({"flaw": "blurred"}, "photo-blurred"),
    ],
)
def test_what_a_look_has_told_is_told_on(seen: dict[str, object], code: str) -> None:
    assert spots(a_content(a_photo(PHOTO.path, **seen))) == ([f"{code} {PHOTO.path}"] if code else [])


def test_a_photo_that_cannot_be_shown_is_told_why_and_where_it_was_taken() -> None:
    seen = {"tells_place": True, "flaw": "dark", "bare_cmyk": True}
    assert spots(a_content(a_photo(PHOTO.path, "png", 100, 100, **seen))) == [
        f"photo-located {PHOTO.path}",
        f"photo-small {PHOTO.path}",
    ]
    assert spots(a_content(a_photo(PHOTO.path, "other", 0, 0, fault="killed"))) == [f"photo-killed {PHOTO.path}"]


def test_a_photo_that_can_be_shown_is_told_everything_that_would_make_it_better() -> None:
    photo = a_photo(PHOTO.path, "png", 1000, 800, 13 << 20, tells_place=True, bare_cmyk=True, flaw="blurred")
    told = "photo-ending", "photo-located", "photo-cmyk", "photo-blurred", "photo-modest", "photo-vast"
    problems = found(a_content(photo))
    assert sorted(one.code for one in problems) == sorted(told)
    assert errors(problems) == ()


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_ending_of_a_kind_is_right_for_it_in_capitals_too(kind: PictureKind) -> None:
    for ending in (one.upper() if upper else one for one in ENDINGS[kind] for upper in (False, True)):
        assert spots(a_content(a_photo(f"products/toi-den/hop{ending}", kind))) == []


def test_a_picture_with_another_ending_is_read_and_told_its_own() -> None:
    (problem,) = found(a_content(a_photo("products/toi-den/hop.PNG", "heif")))
    assert problem.said("en") == "'hop.PNG' is really HEIC; it is read as that"
    assert problem.mend("en") == "let its name end with .heic, also where index.vi.md lists it"


LOW = SITE + "limits: {megabytes: 1, megapixels: 2, frames: 3}\n"


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (a_photo(PHOTO.path, size=1 << 20), None),
        (a_photo(PHOTO.path, size=3 << 19), "the picture 'hop.jpg' has 1.5 MB; at most 1 MB are read"),
        (
            a_photo(PHOTO.path, "jpeg", 2000, 1001),
            "the picture 'hop.jpg' has 2000 × 1001 pixels; at most 2 million are read",
        ),
        (
            a_photo("products/toi-den/hop.gif", "gif", frames=4),
            "the moving picture 'hop.gif' has 4 frames; at most 3 are read, and only the first is shown",
        ),
    ],
)
def test_the_limits_of_photos_are_those_of_the_site(photo: PhotoFile, words: str | None) -> None:
    said = [one.said("en") for one in found(a_content(photo, **{"site.yml": LOW}))]
    assert said == ([words] if words else [])


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
    photo = a_photo(PHOTO.path, fault="unreadable")
    assert spots_in(a_product(set="x"), photo) == [f"photo-unreadable {PHOTO.path}", "number-expected 5:6"]
