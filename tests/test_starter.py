"""Templates of new entries: what is needed waits, the rest decodes once it is taken into use, in any choice of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from making import CONTENT, EN, TODAY, VI

from ocopgen.catalogue import data_documents, decoded_ground
from ocopgen.decode import decode_entry
from ocopgen.document import Document, read_entry
from ocopgen.hints import HINTS
from ocopgen.keys import known_keys, words_model
from ocopgen.mending import mended
from ocopgen.model import KINDS, Product, Value, fact, field
from ocopgen.problems import Problem
from ocopgen.reference import DATA_FILES
from ocopgen.starter import FOLDERS, WIDTH, Ground, Start, templates
from ocopgen.wording import Words


@cache
def ground() -> Ground:
    """The shipped data files."""
    documents, _ = data_documents("content", {name: (CONTENT / name).read_bytes() for name in DATA_FILES})
    values: Any = decoded_ground(documents)[0].values
    return Ground(values["site.yml"], values["classification.yml"], values["strings.yml"])


@cache
def begun(kind: str, number: int | None = None, name: str = "Tỏi đen", producer: str | None = None) -> dict[str, str]:
    product_set = ground().classification.set_by_number[number] if number else None
    return templates(Start(kind, name, TODAY, product_set, producer), ground())


def facts(kind: str, number: int | None = None) -> str:
    return begun(kind, number)["index.vi.md"]


def problems(kind: str, text: str) -> list[Problem]:
    document, faults = read_entry("index.vi.md", text.encode())
    assert document is not None, [one.printed() for one in faults]
    return [*faults, *decode_entry(KINDS[kind], "x", {VI: document})[1]]


def codes(kind: str, text: str) -> set[tuple[str, str]]:
    return {(one.code, dict(one.words).get("key", "")) for one in problems(kind, text)}


NEEDED = {
    "products": {"summary", "producer", "set"},
    "producers": {"kind", "place"},
    "outlets": {"place"},
    "news": {"summary"},
    "pages": {"summary"},
}
CASES = [*((kind, None) for kind in KINDS), *(("products", number) for number in (10, 14, 18, 26))]
"""Every kind, and products of each sort of set."""


# --- what is needed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_and_not_known_is_told_by_check_and_by_the_first_lines(kind: str) -> None:
    text = facts(kind)
    assert codes(kind, text) == {("not-filled", key) for key in NEEDED[kind]}
    named = re.search(r"còn trống \((.*?)\)", " ".join(text.split("\n# ")))
    assert named
    assert set(named[1].split(", ")) == NEEDED[kind]


def test_every_word_of_the_command_line_has_its_folder() -> None:
    assert list(FOLDERS.values()) == list(KINDS)


def test_what_is_told_at_the_start_is_written_in_its_place() -> None:
    text = begun("products", 14, producer="truong-an")["index.vi.md"]
    assert "\nname: Tỏi đen\n" in text
    assert "\nproducer: truong-an\n" in text
    assert "\nset: 14  # Rượu trắng\n" in text
    assert codes("products", text) == {("not-filled", "summary")}
    assert f"\ndate: {TODAY}\n" in facts("news")
    assert f"\n#updated: {TODAY}\n" in facts("pages")


@settings(max_examples=40, deadline=None)
@given(some.text(some.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), min_size=1, max_size=300))
def test_any_name_is_read_back_as_it_is(name: str) -> None:
    document, faults = read_entry("index.vi.md", begun("pages", name=name)["index.vi.md"].encode())
    assert document is not None, faults
    assert document.data["name"] == normalize("NFC", name)


# --- what a product set asks ------------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    """The keys that a template offers, in use or not; of a list or group by their path."""
    found, outer = set(), ""
    for line in text.split("\n"):
        key = re.match(r"#?((?: {2,}(?:- )?)?)(\w+):(?: |$)", line)
        if key:
            outer = outer if key[1] else key[2]
            found.add(f"{outer}.{key[2]}" if key[1] else key[2])
    return found


def test_alcohol_asks_for_its_strength_and_leaves_out_what_is_not_shown() -> None:
    text = facts("products", 14)
    assert "\nalcohol:\n" in text
    assert "alcohol" in fields(facts("products"))
    assert fields(facts("products")) - fields(text) == {
        *("packs.price", "packs.priced", "outlets", "channels", "channels.kind", "channels.url", "channels.name")
    }
    assert "Không bán rượu bia cho người dưới 18 tuổi" in text


def test_health_tells_of_the_notice_that_the_site_prints() -> None:
    text = " ".join(facts("products", 18).split("\n# "))
    assert "Trang tự in lời cảnh báo theo luật: “Thực phẩm này không phải là thuốc" in text
    assert "Trang tự in" not in facts("products", 10)
    assert fields(facts("products")) - fields(facts("products", 18)) == {"alcohol"}


def test_a_service_has_no_goods_and_says_where_hours_and_booking_go() -> None:
    text = facts("products", 26)
    assert fields(facts("products")) - fields(text) == {
        *("alcohol", "ingredients", "shelf_life", "storage", "packs.quantity", "packs.gtin")
    }
    assert "Giờ mở cửa, cách đặt chỗ ghi ở đây." in text
    assert "Vé tham quan" in text
    assert "tiếng nước ngoài" in text
    assert "chữa" not in text


def test_without_a_set_all_sets_are_listed() -> None:
    assert len(re.findall(r"^#   \d+ ", facts("products"), re.MULTILINE)) == 26
    assert not re.findall(r"^#   \d+ ", facts("products", 10), re.MULTILINE)


# --- what is offered --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_model_is_offered_in_the_order_of_the_model(kind: str) -> None:
    names = [one.__name__ for one in KINDS[kind].__mro__]
    rare = {key.partition(".")[2] for key, hint in HINTS.items() if hint.rare and key.partition(".")[0] in names}
    keys = re.findall(r"^#?(\w+):(?: |$)", facts(kind), re.MULTILINE)
    assert keys == [key for key in known_keys(KINDS[kind]) if key not in rare]


def filled(kind: str, text: str) -> str:
    """A template with its needed lines filled in as the examples above them say."""
    values = {"summary": "Một câu.", "producer": "truong-an", "set": 10, "kind": "farm", "place": "", "alcohol": 12}
    text = re.sub(r"^(\w+):$", lambda key: f"{key[0]} {values[key[1]]}".rstrip(), text, flags=re.MULTILINE)
    return text.replace("\n#  commune", "\n  commune") if "place" in NEEDED[kind] else text


def blocks(lines: list[str]) -> Iterator[list[int]]:
    """The lines of each field that is not in use: its own, and those below it."""
    for at, line in enumerate(lines):
        if re.match(r"#\w", line):
            block = [at]
            while re.match(r"# {2,}\S", lines[block[-1] + 1]):
                block.append(block[-1] + 1)
            yield block


def used(lines: list[str], wanted: set[int]) -> str:
    return "\n".join(line[1:] if at in wanted else line for at, line in enumerate(lines))


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_fields_decode_one_by_one_and_all_together(kind: str, number: int | None) -> None:
    text = filled(kind, facts(kind, number))
    assert problems(kind, text) == []
    lines = text.split("\n")
    whole = list(blocks(lines))
    assert len(whole) > 3
    for block in whole:
        assert problems(kind, used(lines, set(block))) == []
    together = used(lines, {at for block in whole for at in block})
    assert problems(kind, together) == []
    assert re.findall(r"^#\w.*", together, re.MULTILINE) == []


@settings(max_examples=60, deadline=None)
@given(some.data())
def test_any_choice_of_fields_decodes(data: some.DataObject) -> None:
    kind, number = data.draw(some.sampled_from(CASES))
    lines = filled(kind, facts(kind, number)).split("\n")
    whole = {block[0]: block for block in blocks(lines)}
    chosen = data.draw(some.sets(some.sampled_from(sorted(whole))))
    wanted = {at for begin in chosen for at in whole[begin] if not _may_stay(lines, whole[begin], at, data)}
    assert problems(kind, used(lines, wanted)) == []


def _may_stay(lines: list[str], block: list[int], at: int, data: some.DataObject) -> bool:
    """Whether a line of a group stays out of use: not the first, nor what is needed, nor words."""
    first = next((one for one in block[1:] if not re.match(r"# +(- )?#", lines[one])), block[0])
    spoken = lines[at - 1] if re.match(r"# +#", lines[at - 1]) else ""
    if at in (block[0], first) or "Cần có." in lines[at] + spoken or re.match(r"# +(- )?#", lines[at]):
        return False
    return data.draw(some.booleans())


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_a_template_is_as_fix_leaves_it_and_no_line_of_words_is_long(kind: str, number: int | None) -> None:
    text = facts(kind, number)

    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        document, faults = read_entry("index.vi.md", text.encode())
        return document, [*faults, *(decode_entry(KINDS[kind], "x", {VI: document})[1] if document else [])]

    assert mended(text.encode(), judge, KINDS[kind]).done == ()
    assert all(len(line) <= WIDTH for line in text.split("\n") if re.match(r"# ( *#|\S)", line))
    assert text.endswith("---\n\n")
    assert not any(line != line.rstrip() for line in text.split("\n"))


# --- translations -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_has_every_translated_field_and_nothing_in_use(kind: str) -> None:
    text = begun(kind)["index.en.md"]
    keys = re.findall(r"^#(\w+):$", text, re.MULTILINE)
    assert set(keys) == set(known_keys(words_model(KINDS[kind]))) - {"photos"}
    written = re.sub(r"^#(\w+):$", r"\1:", text, flags=re.MULTILINE)
    source, _ = read_entry("index.vi.md", filled(kind, facts(kind)).encode())
    assert source is not None
    for one in (text, written, re.sub(r"^#(\w+):$", r"#\1:", written)):
        document, faults = read_entry("index.en.md", one.encode())
        assert document is not None
        assert [*faults, *decode_entry(KINDS[kind], "x", {VI: source, EN: document})[1]] == []


def test_a_translation_offers_nothing_that_the_facts_leave_out() -> None:
    offered = re.findall(r"^#(\w+):$", begun("products", 26)["index.en.md"], re.MULTILINE)
    assert "usage" in offered
    assert not {"ingredients", "storage"} & set(offered)


# --- a model that grows -----------------------------------------------------------------------------------


class Smell(Value):
    """A part of a field that no table of words knows."""

    strength: int = field("Độ đậm", "Strength", ge=1, le=5)
    after: Words | None = field("Hậu vị", "Aftertaste", None)


class Scented(Product):
    """A product with more facts."""

    aroma: Words | None = fact("Hương thơm", "Aroma")
    smells: tuple[Smell, ...] = fact("Các mùi", "Smells", ())


def test_a_new_fact_stands_in_both_templates_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "products", Scented)
    made = templates(Start("products", "Tỏi đen", TODAY), ground())
    assert "\n# Hương thơm.\n#aroma: " in made["index.vi.md"]
    assert re.search(r"\n# Các mùi\.\n#smells:\n#  - strength: ", made["index.vi.md"])
    assert "\n# Hương thơm / Aroma\n#aroma:\n" in made["index.en.md"]
