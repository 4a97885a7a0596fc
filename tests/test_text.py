"""Words in two languages, Vietnamese order, folding and slugs."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from making import EN, VI

from ocopgen.text import Lang, Phrase, Text, first_letter, fold, slug, sort_key

# Domain 8.1: the order as ICU gives it for `vi`.
WORDS = """
    da | dạ | đa | Đông Hưng | Hưng Hà | Kiến Xương | lang | lăng | lâng | ma | mà | mả | mã | má | mạ | mă | mâ |
    nấm | nếp | nghệ | ong | ốc | ơn | ớt | Quỳnh Phụ | Thái Thụy | Tiền Hải | TP Thái Bình | tuong | tương |
    tường | ubnd | Ước | Vũ Thư
"""
VECTOR = [word.strip() for word in WORDS.split("|")]

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"

a_letter = st.builds(
    lambda letter, tone, upper: (
        unicodedata.normalize("NFC", letter.upper() if upper else letter) + (tone if letter in VOWELS else "")
    ),
    st.sampled_from(ALPHABET),
    st.sampled_from(TONES),
    st.booleans(),
)
a_word = st.lists(a_letter, max_size=6).map(lambda letters: unicodedata.normalize("NFC", "".join(letters)))


def by_definition(word: str) -> tuple[list[int], list[int], list[bool]]:
    """The order of domain 8.1, spelled out: all letters first, then all tones, then case."""
    letters, tones, cases = [], [], []
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        tone = next((one for one in parts if one in TONES), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        letters.append(ALPHABET.index(base.lower()))
        tones.append(TONES.index(tone))
        cases.append(base.isupper())
    return letters, tones, cases


def test_the_vector_of_vietnamese_words_keeps_its_order() -> None:
    assert sorted(Random(1).sample(VECTOR, len(VECTOR)), key=sort_key) == VECTOR


def test_space_stands_before_digits_and_digits_before_letters() -> None:
    assert sorted(["gạoa", "gạo5", "gạo 5"], key=sort_key) == ["gạo 5", "gạo5", "gạoa"]


def test_foreign_letters_stand_after_vietnamese_ones_and_marks_before_all() -> None:
    assert sorted(["żur", "яблоко", "y", "-a"], key=sort_key)[0] == "-a"
    assert sorted(["яблоко", "y"], key=sort_key) == ["y", "яблоко"]


@given(st.lists(a_word))
def test_sorting_by_key_is_sorting_by_definition(words: list[str]) -> None:
    assert sorted(words, key=sort_key) == sorted(words, key=by_definition)


@given(a_word, a_word)
def test_two_words_sort_alike_only_if_they_are_the_same(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.lists(st.text()))
def test_any_words_can_be_put_in_one_order(words: list[str]) -> None:
    keys = [sort_key(word) for word in sorted(words, key=sort_key)]
    assert all(before <= after for before, after in pairwise(keys))


@given(a_word)
def test_decomposed_words_sort_like_composed_ones(word: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", word)) == sort_key(word)


def test_a_name_stands_under_its_letter_without_the_tone() -> None:
    assert [first_letter(name) for name in ("ốc", "Ước", "đũi", " áo", "ăn")] == ["Ô", "Ư", "Đ", "A", "Ă"]


def test_a_name_without_a_letter_stands_under_a_sign() -> None:
    assert [first_letter(name) for name in ("023 Serum", "", "“Tỏi”")] == ["#", "#", "#"]


def test_folding_takes_marks_and_case_away() -> None:
    assert fold("Tỏi đen ĐẶC SẢN Ước") == "toi den dac san uoc"


def test_the_look_alikes_of_the_barred_d_fold_like_it() -> None:
    assert fold("Ðông Hưng") == fold("Đông Hưng") == "dong hung"


@given(st.text())
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)


def test_a_slug_is_the_plain_name_with_hyphens() -> None:
    assert slug("Tỏi đen  Trường An (loại 1)") == "toi-den-truong-an-loai-1"


@given(st.text())
def test_a_slug_holds_nothing_but_letters_digits_and_single_hyphens(words: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(words))
    assert slug(slug(words)) == slug(words)


def test_a_text_gives_its_own_language_unmarked() -> None:
    assert Text.of({VI: "Tỏi", EN: "Garlic"}).on_page(EN) == Phrase("Garlic")


def test_a_text_without_the_language_gives_its_first_one_marked() -> None:
    assert Text.of({VI: "Tỏi"}).on_page(EN) == Phrase("Tỏi", VI)


def test_words_can_be_added_and_replaced_but_the_source_stays() -> None:
    text = Text.of({VI: "Tỏi"}).plus(EN, "Garlick").plus(EN, "Garlic")
    assert (text.get(EN), text.get(Lang("fr")), text.source) == ("Garlic", None, "Tỏi")


def test_a_phrase_marks_its_language_and_escapes_its_words() -> None:
    assert Phrase("Tỏi & <b>", VI).__html__() == '<span lang="vi">Tỏi &amp; &lt;b&gt;</span>'
    assert Phrase("a < b").__html__() == "a &lt; b"


def test_a_phrase_is_its_words_and_is_false_without_any() -> None:
    assert (str(Phrase("Tỏi", VI)), bool(Phrase("Tỏi")), bool(Phrase(""))) == ("Tỏi", True, False)
