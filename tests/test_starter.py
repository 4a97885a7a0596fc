"""Templates of new entries: all fields of the model, each line good when its # is taken away, names and ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from editors import EN, VI, strings
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLASSIFICATION, a_content, a_document, spots

from ocopgen import model
from ocopgen.content_commands import KINDS as WORDS
from ocopgen.decode import decode_data, decode_entry, known_keys
from ocopgen.document import Document, read_entry
from ocopgen.mending import Mended, mended
from ocopgen.model import KINDS, Product, Recognition, Value, fact, field
from ocopgen.problems import Problem
from ocopgen.reference import Classification, ProductSet
from ocopgen.schema import File, files
from ocopgen.starter import (
    _APART,
    _STORIES,
    ID_LIMIT,
    KIND_BY_WORD,
    Start,
    Template,
    Unfit,
    facts_template,
    holder,
    id_of,
    proper_name,
    taken,
    words_template,
)
from ocopgen.wording import Words

TODAY = date(2026, 11, 23)
NEEDED = {
    "summary": "Một câu.",
    "producer": "truong-an",
    "set": "10",
    "kind": "cooperative",
    "place": "{district: thai-thuy}",
    "alcohol": "29.5",
}


def classified(number: int) -> ProductSet:
    value, faults = decode_data(a_document(CLASSIFICATION), Classification, (VI, EN))
    assert value is not None, faults
    return value.set_by_number[number]


def a_start(kind: str = "products", number: int | None = None, restrained: bool = True) -> Start:
    known: dict[str, object] = {"name": "Tỏi đen", **({"set": number} if number else {})}
    return Start(kind, known, TODAY, classified(number) if number else None, restrained)


Told = dict[str, File]


def tell() -> Told:
    """What is told of every file, by its name."""
    return {one.name: one for one in files(strings())}


TOLD = tell()


def facts(start: Start, told: Told = TOLD) -> Template:
    return facts_template(told[start.kind], start)


def words(start: Start, told: Told = TOLD) -> str:
    return words_template(told[f"{start.kind}.words"], start, "index.vi.md")


def filled(text: str) -> str:
    """A template whose empty lines somebody filled in."""
    return re.sub(r"^(\w+):$", lambda line: f"{line[1]}: {NEEDED[line[1]]}", text, flags=re.MULTILINE)


WAITS = re.compile(r"^#(?=\S)", re.MULTILINE)
"""The sign of a field that waits, which a contributor takes away."""


def each_used(text: str) -> Iterator[str]:
    """The template with one field more, for each field that waits."""
    return (text[: one.start()] + text[one.end() :] for one in WAITS.finditer(text))


def faults_of(kind: str, text: str, english: str | None = None) -> list[Problem]:
    """What reading and decoding the files of an entry finds."""
    documents = {}
    for lang, one in ((VI, text), (EN, english)):
        if one is not None:
            document, faults = read_entry(f"index.{lang}.md", one.encode())
            assert document is not None, faults
            assert faults == []
            documents[lang] = document
    return decode_entry(KINDS[kind], "moi", documents)[1]


STARTS = [*(a_start(kind) for kind in KINDS), *(a_start("products", number) for number in (10, 14, 18, 26))]


@pytest.fixture(params=STARTS, ids=lambda start: f"{start.kind}-{start.set.n if start.set else ''}")
def start(request: pytest.FixtureRequest) -> Start:
    assert isinstance(request.param, Start)
    return request.param


# --- fields -----------------------------------------------------------------------------------------------


def keys(text: str) -> list[str]:
    return re.findall(r"^#?(\w+):", text, re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_model_stands_once_and_in_the_usual_order(kind: str) -> None:
    assert keys(facts(a_start(kind)).text) == list(known_keys(KINDS[kind]))


class Smell(Value):
    """A part of a field that no table knows."""

    strength: int = field("Độ đậm", "Strength", ge=1, le=5)
    after: Words | None = field("Hậu vị", "Aftertaste", None)


class Scented(Product):
    """A product with more facts."""

    aroma: Words | None = fact("Hương thơm", "Aroma")
    smells: tuple[Smell, ...] = fact("Các mùi", "Smells", ())
    pot: Smell | None = fact("Mùi hũ", "Smell of the pot")


def test_a_new_fact_stands_in_both_templates_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(model.KINDS, "products", Scented)
    told = tell()
    text = facts(a_start(), told).text
    assert "# Hương thơm.\n#aroma: " in text
    assert re.search(r"# Các mùi.*\n# - .*strength: Độ đậm; after: Hậu vị.*\n#smells: \[\{strength: ", text)
    assert "#pot: {strength: " in text
    assert "# Aroma\n#aroma:\n" in words(a_start(), told)


def test_what_is_needed_is_live_and_all_else_waits(start: Start) -> None:
    made = facts(start)
    known = {"name", "updated", *(("date",) if start.kind == "news" else ()), *(("set",) if start.set else ())}
    needed = {name for name, one in KINDS[start.kind].model_fields.items() if one.is_required()}
    alcohol = {"alcohol"} if start.set and start.set.alcohol else set()
    assert set(re.findall(r"^(\w+):", made.text, re.MULTILINE)) == known | needed | alcohol
    assert set(made.empty) == (needed | alcohol) - known
    assert set(re.findall(r"^(\w+):$", made.text, re.MULTILINE)) == set(made.empty)


def test_check_tells_each_line_that_is_still_to_be_filled_in() -> None:
    made = facts(a_start())
    lines = made.text.split("\n")
    spot = [f"text-empty {lines.index(f'{key}:') + 1}:{len(key) + 2}" for key in made.empty]
    assert spots(a_content(**{"products/toi-den/index.vi.md": made.text})) == spot


def test_filled_in_it_is_sound_and_says_nothing_that_is_not_so(start: Start) -> None:
    path = f"{start.kind}/moi/index.vi.md"
    content = a_content(**{path: filled(facts(start).text), f"{start.kind}/moi/index.en.md": words(start)})
    assert spots(content) == []


def test_each_line_alone_and_all_together_are_taken_as_they_stand(start: Start) -> None:
    text = filled(facts(start).text)
    assert faults_of(start.kind, text) == []
    assert len([*each_used(text)]) > 4
    for one in (*each_used(text), WAITS.sub("", text)):
        assert faults_of(start.kind, one) == []


def test_each_line_of_a_translation_is_taken_too(start: Start) -> None:
    text = WAITS.sub("", filled(facts(start).text))
    english = words(start)
    assert faults_of(start.kind, text, english) == []
    for one in (*each_used(english), WAITS.sub("", english)):
        assert faults_of(start.kind, text, one) == []


def test_a_translation_asks_for_nothing_that_the_facts_leave_out(start: Start) -> None:
    assert set(keys(words(start))) - {"translated"} <= set(keys(facts(start).text))


def test_fix_finds_nothing_to_mend(start: Start) -> None:
    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        return read_entry("", text.encode())[0], faults_of(start.kind, text)

    for text in (facts(start).text, WAITS.sub("", filled(facts(start).text))):
        assert mended(text.encode(), judge, KINDS[start.kind]) == Mended(text)


def test_the_guide_to_the_story_is_no_story() -> None:
    document, _ = read_entry("", facts(a_start()).text.encode())
    assert document is not None
    assert document.body.strip() == ""
    assert "CÂU CHUYỆN" in document.yaml


def test_it_tells_what_may_be_chosen_and_what_stands_in_braces() -> None:
    text = " ".join(facts(a_start("producers")).text.replace("\n#  ", "").split())
    assert "Loại hình, một trong: enterprise = Doanh nghiệp, cooperative = Hợp tác xã, " in text
    text = " ".join(facts(a_start()).text.replace("\n#  ", "").split())
    for one in known_keys(Recognition):
        assert f"{one}: " in text
    assert "kind: Lần đánh giá (first = Công nhận lần đầu, upgrade = Nâng hạng, renewal = Công nhận lại)" in text


def test_lines_are_short_but_those_of_examples(start: Start) -> None:
    for text in (facts(start).text, words(start)):
        assert max(len(line) for line in text.split("\n") if not line.startswith("#") or line[1:2] == " ") <= 100


# --- product sets -----------------------------------------------------------------------------------------


def test_alcohol_asks_for_its_strength_and_shows_no_price_and_no_place_to_buy() -> None:
    made = facts(a_start(number=14))
    assert "alcohol" in made.empty
    assert {"channels", "outlets"} & set(keys(made.text)) == set()
    assert "#packs: [{label: Hộp, quantity: 200 g}]" in made.text
    assert "Không bán cho người dưới 18 tuổi." in made.text
    assert "warnings" in keys(made.text)


def test_where_the_office_allows_it_alcohol_has_a_price() -> None:
    made = facts(a_start(number=14, restrained=False))
    assert {"channels", "outlets"} <= set(keys(made.text))
    assert "price: 250000" in made.text


def test_health_tells_that_the_notice_is_printed_and_no_cure_is_claimed() -> None:
    text = facts(a_start(number=18)).text
    assert "“Đây không phải là thuốc.”" in text
    assert "Không viết là chữa, trị hay phòng bệnh" in text
    assert "alcohol" not in keys(text)


def test_a_service_has_no_weight_shelf_life_or_ingredients_and_tells_its_hours() -> None:
    made = facts(a_start(number=26))
    assert {"ingredients", "shelf_life", "storage", "alcohol"} & {
        *keys(made.text),
        *keys(words(a_start(number=26))),
    } == set()
    assert "quantity" not in made.text
    assert made.text.count("giờ mở cửa, cách đặt chỗ") == 2
    content = a_content(**{"products/moi/index.vi.md": WAITS.sub("", filled(made.text))})
    assert [one for one in spots(content) if one.startswith(("service", "alcohol"))] == []


# --- names and ids ----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_name_is_refused_or_read_back_as_it_is(name: str) -> None:
    try:
        proper = proper_name(name)
    except Unfit:
        return
    assert proper == unicodedata.normalize("NFC", proper) != ""
    start = Start("pages", {"name": proper}, TODAY)
    document, faults = read_entry("", facts(start).text.encode())
    assert document is not None
    assert faults == []
    assert document.data["name"] == proper


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "Gạo\x07", "Gạo\x7f", "Gạo\udcff"])
def test_a_name_that_nobody_can_see_is_refused(name: str) -> None:
    with pytest.raises(Unfit, match="type it again"):
        proper_name(name)


@pytest.mark.parametrize(
    ("name", "slugged"),
    [
        ('Mắm "cáy": số #1', "mam-cay-so-1"),
        ("-Gạo", "gao"),
        ("Rượu 🍶 nếp", "ruou-nep"),
        (unicodedata.normalize("NFD", "Tỏi đen"), "toi-den"),
        ("true", "true"),
        ("2026-11-23", "2026-11-23"),
        ("a\nb", "a-b"),
    ],
)
def test_a_name_gives_an_id(name: str, slugged: str) -> None:
    assert id_of(proper_name(name)) == slugged


@pytest.mark.parametrize("name", ["!!!", "🍶", "大米"])
def test_a_name_without_a_letter_needs_an_id(name: str) -> None:
    with pytest.raises(Unfit, match="--id"):
        id_of(proper_name(name))
    assert id_of(name, "ruou-nep") == "ruou-nep"


@pytest.mark.parametrize(("given", "near"), [("Rượu nếp", "ruou-nep"), ("../x", "x"), ("", "ten-khong-dau")])
def test_an_id_that_is_none_is_refused_with_one_that_is(given: str, near: str) -> None:
    with pytest.raises(Unfit, match=f"--id {near}$"):
        id_of("Gạo", given)


@pytest.mark.parametrize("name", ["Gạo nếp " * 40, "x" * 300])
def test_a_long_name_is_refused_with_a_shorter_id_that_is_taken(name: str) -> None:
    with pytest.raises(Unfit) as why:
        id_of(name)
    near = re.findall(r"--id (\S+)", str(why.value))
    assert len(set(near)) == 1
    assert id_of(name, near[0]) == near[0]
    with pytest.raises(Unfit):
        id_of("Gạo", "x" * (ID_LIMIT + 1))


@pytest.mark.parametrize("there", ["toi-den", "Toi-Den", "Tỏi đen", unicodedata.normalize("NFD", "tỏi-đen"), "toi_den"])
def test_an_id_is_taken_in_whatever_form_it_is_there(there: str) -> None:
    assert holder("toi-den", ["a", there], {}) == there
    assert holder("toi-den", ["a", "toi-den-2"], {}) is None


def test_a_former_id_is_taken_for_ever() -> None:
    assert holder("toi-den", ["toi"], {"toi-den": "toi"}) == "toi"


def test_a_clash_names_the_other_and_a_longer_id() -> None:
    told = str(taken("products", "mam-cay", "mam-cay", "Mắm cáy", "hong-tien"))
    assert "products/mam-cay (“Mắm cáy”)" in told
    assert "thêm tên chủ thể hoặc tên xã vào mã: --id mam-cay-hong-tien\n" in told
    assert "--id mam-cay-hong-tien-ten-xa" in str(taken("products", "mam-cay-hong-tien", "x", "", "hong-tien"))
    assert "which had it formerly" in str(taken("products", "mam-cay", "mam", ""))
    assert "only written otherwise" in str(taken("products", "mam-cay", "Mam-Cay", ""))


def test_every_kind_has_its_word_its_story_and_what_tells_two_apart() -> None:
    assert set(WORDS) == set(KIND_BY_WORD)
    assert _STORIES.keys() == _APART.keys() == KINDS.keys() == set(KIND_BY_WORD.values())
