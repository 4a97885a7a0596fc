"""Fonts: every Vietnamese letter is in the subset, and the same recipe gives the same bytes."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from sites import CACHE

from ocopgen.cache import Cache
from ocopgen.font import FONTS, Font, path
from ocopgen.html import Templates
from ocopgen.store import Workshop

BASES = "aăâeêioôơuưy"
TONES = "", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
VIETNAMESE = {unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES} | {"đ"}
LETTERS = VIETNAMESE | {letter.upper() for letter in VIETNAMESE}


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return Workshop(Templates({}), {}, Cache(CACHE))


@pytest.mark.parametrize("name", FONTS)
def test_every_vietnamese_letter_is_there_and_the_dong_sign_where_prices_are_set(workshop: Workshop, name: str) -> None:
    font = TTFont(io.BytesIO(FONTS[name].make(workshop)))
    assert font.flavor == "woff2"
    assert len(LETTERS) >= 134
    signs = " –—…·“”‘’≥\u00a0" + "0123456789" + "\u0300\u0301\u0303\u0309\u0323" + ("₫" if name != "head" else "")
    assert not [char for char in LETTERS | set(signs) if ord(char) not in font.getBestCmap()]


@pytest.mark.parametrize("name", FONTS)
def test_a_font_is_a_small_part_of_the_whole(workshop: Workshop, name: str) -> None:
    assert len(FONTS[name].make(workshop)) < 40_000


def test_a_variable_font_is_pinned_to_its_weight(workshop: Workshop) -> None:
    font = TTFont(io.BytesIO(FONTS["head"].make(workshop)))
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == 600


@pytest.mark.parametrize("name", ["text-400", "head"])
def test_the_same_recipe_gives_the_same_bytes(workshop: Workshop, name: str) -> None:
    font = FONTS[name]
    assert font._subset() == font.make(workshop)


@pytest.mark.parametrize("other", [{"package": "fontpkg_lora"}, {"file": "x.ttf"}, {"weight": 700}])
def test_the_key_depends_on_the_whole_recipe(other: dict[str, str]) -> None:
    font = FONTS["text-400"]
    assert replace(font, **other).key != font.key
    assert Font(font.package, font.file, font.weight).key == font.key


def test_a_path_ends_in_the_fingerprint() -> None:
    assert path("head") == f"assets/head-{FONTS['head'].key[:12]}.woff2"
