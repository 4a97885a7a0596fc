"""The first view of a page: what a phone takes of each picture, which wait, and what breaks a budget."""

from __future__ import annotations

import pytest

from ocopgen.settings import Budgets
from ocopgen.weight import PHONES, Phone, Scale, Strange, Weighed, chosen, first_view, fonts_of, slot

SMALL, LARGE = PHONES
CARD = "(min-width: 72em) 276px, (min-width: 40em) 31vw, (min-resolution: 2.2dppx) 28vw, 46vw"
FILES = "../a-400.avif 400w, ../a-800.avif 800w, ../a-1600.avif 1600w"


def picture(name: str = "a", *, lazy: bool = True, sizes: str = CARD) -> str:
    """A photo as our templates write it."""
    srcset = FILES.replace("a-", f"{name}-")
    webp = srcset.replace("avif", "webp")
    waits = ' loading="lazy"' if lazy else ' fetchpriority="high"'
    return (
        f'<picture><source type="image/avif" srcset="{srcset}" sizes="{sizes}">'
        f'<source type="image/webp" srcset="{webp}" sizes="{sizes}">'
        f'<img src="../{name}-800.jpg" width="1600" height="1200" alt=""{waits}></picture>'
    )


@pytest.mark.parametrize(
    ("sizes", "phone", "wide"),
    [
        (CARD, SMALL, 360 * 0.28),
        (CARD, Phone(360, 800, 2), 360 * 0.46),
        (CARD, Phone(800, 1200, 3), 248),
        (CARD, Phone(1280, 800, 1), 276),
        ("(min-width: 45em) 40em, 92vw", LARGE, 412 * 0.92),
        ("(min-width: 45em) 40em, 92vw", Phone(1280, 800, 1), 640),
        ("(min-width: 20em) and (max-width: 400px) 50vw, 10px", SMALL, 180),
        ("(min-width: 20em) and (max-width: 400px) 50vw, 10px", LARGE, 10),
        ("(min-width: 60em) 96px, 0px", SMALL, 0),
        ("(min-width: 60em) 96px", SMALL, 360),
    ],
)
def test_how_wide_a_picture_stands(sizes: str, phone: Phone, wide: float) -> None:
    assert slot(sizes, phone) == pytest.approx(wide)


@pytest.mark.parametrize(
    "sizes", ["(orientation: landscape) 5px, 9vw", "calc(100vw - 2rem)", "(min-width: 2em) 3cm", ""]
)
def test_sizes_that_nobody_knows_are_not_guessed(sizes: str) -> None:
    with pytest.raises(Strange):
        slot(sizes, SMALL)


@pytest.mark.parametrize(
    ("sizes", "width"), [("46vw", 800), ("28vw", 400), ("100vw", 1600), ("60vw", 800), ("9999px", 1600)]
)
def test_a_phone_takes_the_narrowest_that_has_a_pixel_for_each_of_its_own(sizes: str, width: int) -> None:
    assert chosen(FILES, sizes, SMALL) == f"../a-{width}.avif"


def test_what_is_asked_for_at_once_counts_wherever_it_is_named() -> None:
    page = (
        '<link rel="canonical" href="https://example.org/"><link rel="stylesheet" href="../s.css">'
        '<link rel="preload" as="font" href="../f.woff2"><link rel="apple-touch-icon" href="../i.png">'
        '<link rel="icon" href="../i.svg"><script defer src="../x.js"></script>'
        '<script type="application/ld+json">{"a": "b"}</script><a href="../other/">words</a>'
        f'{"words " * 9999}{picture(lazy=False)}<img src="../i.svg" width="10" height="10" alt="">'
    )
    assert first_view(page, "vi/index.html") == ("s.css", "f.woff2", "i.svg", "x.js", "a-400.avif")


def test_a_picture_that_waits_counts_where_a_browser_would_load_it_ahead() -> None:
    cards = "".join(f"<p>{'a' * 60}</p>{picture(f'n{number}')}" for number in range(100))
    counted = len(first_view(cards, "vi/index.html"))
    assert 15 < counted < 60
    less = "".join(f"<p>{'a' * 600}</p>{picture(f'n{number}')}" for number in range(100))
    assert len(first_view(less, "vi/index.html")) < counted


def test_of_a_row_that_is_swiped_three_count_and_what_is_not_shown_does_not() -> None:
    row = "".join(picture(f"n{number}", lazy=number > 0) for number in range(9))
    thumbs = picture("thumb", sizes="(min-width: 60em) 96px, 0px")
    page = f'<ul class="slides">{row}</ul><ul>{thumbs}</ul>{picture("below")}'
    assert first_view(page, "vi/index.html") == ("n0-400.avif", "n1-400.avif", "n2-400.avif", "below-400.avif")


def test_fonts_are_found_in_the_style_sheet() -> None:
    style = '@font-face{src:url("a.woff2") format("woff2")}@font-face{src:url(b.woff2)}p{background:url(c.svg)}'
    assert fonts_of(style, "assets/s.css") == ("assets/a.woff2", "assets/b.woff2")


def over(budgets: Budgets, page: Weighed, sizes: dict[str, int], products: int = 10) -> list[tuple[str, str, str]]:
    """Code, place and words of what breaks a budget."""
    return [(one.code, one.place.file, one.said("en")) for one in Scale(budgets, sizes, products, "site/").over([page])]


PHOTO = "pictures/gao-hop-800-0123456789ab.avif"
SIZES = {"s.css": 7_000, "x.js": 3_000, "search.js": 9_000, "f.woff2": 33_000, PHOTO: 79_000, "vi/records.js": 20_000}
PAGE = Weighed("vi/san-pham/gao/index.html", "product", 8_000, ("s.css", "x.js", "search.js", "f.woff2", PHOTO))


def test_a_page_within_its_budgets_is_no_matter() -> None:
    assert over(Budgets(), PAGE, SIZES) == []
    assert Scale(Budgets(), SIZES, 1).weight(PAGE) == 139_000


@pytest.mark.parametrize(
    ("key", "most", "code", "words"),
    [
        (
            "product",
            138,
            "budget-page",
            f"this page is 139 kB at its first view on a phone, 138 kB are allowed; largest: {PHOTO} 79.0 kB",
        ),
        ("picture", 78, "budget-picture", f"the picture is 79 kB at 800 px, 78 kB are allowed: {PHOTO}"),
        ("style", 6, "budget-file", "the file is 7 kB compressed, 6 kB are allowed"),
        ("search", 8, "budget-file", "the file is 9 kB compressed, 8 kB are allowed"),
        ("font", 32, "budget-file", "the file is 33 kB compressed, 32 kB are allowed"),
        ("scripts", 2, "budget-scripts", "the scripts of this page are 3 kB compressed, 2 kB are allowed: x.js 3.0 kB"),
        ("records", 19, "budget-records", "the search records are 20 kB per 1,000 products, 19 kB are allowed"),
    ],
)
def test_each_budget_is_kept_to_and_told_with_the_guilty_file(key: str, most: int, code: str, words: str) -> None:
    found = over(Budgets().model_copy(update={key: most}), PAGE, SIZES)
    assert [one for one, _, _ in found] == [code]
    assert found[0][2].startswith(words)
    assert found[0][1].startswith("site/")
    assert over(Budgets().model_copy(update={key: most + 1}), PAGE, SIZES) == []


def test_records_are_weighed_for_each_thousand_products_and_each_language() -> None:
    sizes = {"vi/records.js": 60_000, "vi/records-2.js": 30_000, "en/records.js": 90_001}
    page = Weighed("vi/index.html", "page", 1, ())
    assert [one[1] for one in over(Budgets(), page, sizes, 3_000)] == ["site/en/records.js"]


def test_listings_and_other_pages_have_budgets_of_their_own() -> None:
    for kind in ("listing", "page"):
        page = Weighed("vi/index.html", kind, 400_000, ())
        assert over(Budgets(), page, {}) == []
        assert over(Budgets().model_copy(update={kind: 399}), page, {}) != []
