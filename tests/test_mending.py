"""What was meant is written, what might mean two things is left, and what was right is not touched."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from random import Random
from unicodedata import normalize

import pytest
from making import CONTENT
from test_damage import DAMAGE

from ocopgen.decode import decode_entry
from ocopgen.document import Document, read_entry
from ocopgen.mending import Mended, mended
from ocopgen.model import KINDS, Producer, Product
from ocopgen.problems import Problem
from ocopgen.text import Lang

VI = Lang("vi")


def judge(kind: type[Product] | type[Producer], text: str) -> tuple[Document | None, list[Problem]]:
    document, problems = read_entry("index.vi.md", text.encode())
    if document is None:
        return None, problems
    return document, problems + decode_entry(kind, "x", {VI: document})[1]


def mend(raw: str | bytes, kind: type[Product] | type[Producer] = Product) -> Mended:
    whole = raw if isinstance(raw, bytes) else raw.encode()
    return mended(whole, lambda text: judge(kind, text), kind)


def entry(*lines: str) -> str:
    return "\n".join(["---", "name: Tỏi đen", "summary: Tỏi ủ.", "producer: truong-an", "set: 10", *lines, "---", ""])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("updated: 26/04/2022", "updated: 2022-04-26"),
        ("updated: 2022-4-6  # ngày sửa", "updated: 2022-04-06  # ngày sửa"),
        ("updated: 26.4.2022", "updated: 2022-04-26"),
        ("updated: ngày 26 tháng 4 năm 2022", "updated: 2022-04-26"),
        ("packs: [{price: 250.000 đ}]", "packs: [{price: 250000}]"),
        ("packs: [{price: 250.000}]", "packs: [{price: 250000}]"),
        ('packs: [{price: "1,250,000"}]', "packs: [{price: 1250000}]"),
        ("recognitions: [{stars: 4 sao}]", "recognitions: [{stars: 4}]"),
        ("recognitions: [{stars: ★★★★}]", "recognitions: [{stars: 4}]"),
        ('recognitions: [{stars: "4"}]', "recognitions: [{stars: 4}]"),
        ("recognitions:\n  - stars: 4\n    score: 84,5", "recognitions:\n  - stars: 4\n    score: 84.5"),
        (
            "recognitions: [{stars: 4, evidence: Báo chí}]",
            "recognitions: [{stars: 4, evidence: press}]",
        ),
        ("draft: có", "draft: true"),
        ("tags: tỏi", "tags:\n  - tỏi"),
        ("code: 86", 'code: "86"'),
        ("Hạn sử dụng: 12 tháng", "shelf_life: 12 tháng"),
        ("shelf-life: 12 tháng", "shelf_life: 12 tháng"),
        ("storgae: Nơi khô", "storage: Nơi khô"),
        ("storage:Nơi khô", "storage: Nơi khô"),
        ("storage: Chú ý: nơi khô", 'storage: "Chú ý: nơi khô"'),
        ("storage: Chú ý: nơi khô  # hỏi lại", 'storage: "Chú ý: nơi khô"  # hỏi lại'),
        ("packs:\n\t- label: Hộp", "packs:\n  - label: Hộp"),
        ("updated: “2022-04-26”", 'updated: "2022-04-26"'),
    ],
)
def test_a_slip_is_mended_and_said(before: str, after: str) -> None:
    found = mend(entry(before))
    assert found.text == entry(after)
    assert found.done
    assert mend(found.text) == Mended(found.text)
    assert judge(Product, found.text)[1] == []


@pytest.mark.parametrize(
    "line",
    [
        "updated: 26/04/22",
        "updated: 2022-02-30",
        "updated: 04/26/2022",
        "updated: tháng 9 ngày 3 năm 2022",
        "updated: khoảng 26/04/2022",
        "updated: 2026-11-23\u00a0# ngày sửa",
        "recognitions: |\n  - stars: 4",
        "store: Chợ quê",
        "packs: [{price: 85}]",
        "tags: tỏi đen, gia vị",
        'recognitions: [{stars: 4, score: "84,500"}]',
        "packs: [{price: liên hệ}]",
        "recognitions: [{stars: 6}]",
        "recognitions: [{stars: 4, evidence: nghe nói}]",
        "draft: có lẽ",
        "colour: đỏ",
        "Tên: Tỏi",
        "ingredients: {vi: Tỏi}",
        "channels: [{kind: website, url: www.example.vn}]",
    ],
)
def test_what_might_mean_two_things_is_left(line: str) -> None:
    assert mend(entry(line)) == Mended(entry(line))


PRODUCER = "---\nname: HTX\nkind: {kind}\nplace: {{province: thai-binh}}\nphones: [{phone}]\n---\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0912345678", '"0912 345 678"'),
        ("912345678", '"0912 345 678"'),
        ("'+84 912.345.678'", "'0912 345 678'"),
        ("0227.3123456", '"0227 312 3456"'),
        ("19001234", '"1900 1234"'),
    ],
)
def test_a_phone_is_written_as_people_read_it(written: str, meant: str) -> None:
    found = mend(PRODUCER.format(kind="hợp tác xã", phone=written), Producer)
    assert found.text == PRODUCER.format(kind="cooperative", phone=meant)


def test_signs_that_nobody_sees_are_mended_in_the_story_too() -> None:
    right = entry() + "Câu chuyện.  \nHai.\n"
    wrong = "\ufeff" + normalize("NFD", right.rstrip("\n")).replace("\n", "\r\n").replace("Hai", "\u200bHai")
    found = mend(wrong)
    assert found.text == right
    assert [one.line for one in found.done] == [0] * 5
    assert mend(right.encode("utf-16")).text == right
    assert mend("\n\n" + right).text == right


def test_bytes_that_are_no_text_are_left() -> None:
    assert mend(b"---\nname: T\xf4i\n---\n") == Mended(None)


def test_keys_come_into_the_order_of_the_model_with_their_comments() -> None:
    text = "---\n# Mẫu của xã\n\nset: 10  # bộ\n# người làm\nproducer: truong-an\nsummary: Tỏi.\n\nname: Tỏi\n---\n"
    found = mend(text)
    assert found.text == (
        "---\n# Mẫu của xã\n\nname: Tỏi\nsummary: Tỏi.\n\n# người làm\nproducer: truong-an\nset: 10  # bộ\n---\n"
    )
    assert [one.en for one in found.done] == ["put the keys into the usual order"]


# --- laws -------------------------------------------------------------------------------------------------

SHIPPED = {
    one.relative_to(CONTENT).as_posix(): one.read_bytes()
    for kind in ("products", "producers")
    for one in sorted(CONTENT.glob(f"{kind}/*/index.vi.md"))
}


def judged(name: str, raw: bytes) -> Mended:
    kind = KINDS[name.partition("/")[0]]
    assert kind in (Product, Producer)
    return mend(raw, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_right_is_left_as_it_is(name: str) -> None:
    assert judged(name, SHIPPED[name]) == Mended(SHIPPED[name].decode())


def test_front_matter_that_holds_nothing_is_left() -> None:
    assert mend("---\n---\n") == Mended("---\n---\n")


def in_text(slip: Callable[[str, Random], str]) -> Callable[[bytes, Random], bytes]:
    return lambda raw, chance: slip(raw.decode(), chance).encode()


def at_random(text: str, chance: Random, *signs: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(signs) + text[at:]


def remarked(text: str, chance: Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(1, min(len(lines), 20))
    lines[at] += "  # ghi chú"
    lines.insert(chance.randrange(1, at + 1), "# ghi chú")
    return "\n".join(lines)


def shuffled(text: str, chance: Random) -> str:
    _, front, body = text.split("---\n", 2)
    parts = re.split(r"(?<=\n)(?=\w)", front)
    chance.shuffle(parts)
    return f"---\n{''.join(parts)}---\n{body}"


def misspelt(text: str, chance: Random) -> str:
    key = chance.choice(re.findall(r"^[ -]*(\w+):", text, re.MULTILINE))
    said = chance.choice([key.upper(), key.replace("_", "-"), f"{key}s", key[1:], "Chủ thể", "Nguồn", "Ngày"])
    return re.sub(rf"\b{key}:", f"{said}:", text, count=1)


SAID = [
    *(
        "26/04/2022",
        "2022-4-6",
        "250.000đ",
        "1,250,000 VND",
        "85k",
        "4 sao",
        "★★★★",
        "84,5",
        "hợp tác xã",
        "có",
        "không",
    ),
    *(
        "0912345678",
        "+84 912 345 678",
        "“chữ”",
        "“a”, “b”",
        "chữ: chữ",
        "a #b",
        "12 thang",
        "0,5 lít",
        "[a, b]",
        "tháng 9",
    ),
]


def missaid(text: str, chance: Random) -> str:
    said = chance.choice(SAID)
    lines = text.split("\n")
    at = chance.choice([at for at, line in enumerate(lines[:30]) if re.match(r"[ -]*\w+:", line)])
    lines[at] = f"{lines[at].partition(':')[0]}: {said}  # ghi chú"
    return "\n".join(lines)


SLIPS: tuple[Callable[[str, Random], str], ...] = (
    *(remarked, shuffled, misspelt, missaid, missaid, missaid),
    lambda text, chance: normalize("NFD", text),
    lambda text, chance: text.replace("\n", chance.choice(["\r\n", "\r"])),
    lambda text, chance: "\ufeff" + text,
    lambda text, chance: at_random(text, chance, "\u200b", "\u202a", "\u00a0", "\u2028"),
    lambda text, chance: text.replace(" ", "\u00a0", chance.randint(1, 9)),
    lambda text, chance: text.replace("  ", "\t", chance.randint(1, 5)),
    lambda text, chance: text.rstrip("\n"),
)
"""What people, phones and editors do to a file."""


def meaning(name: str, raw: bytes) -> tuple[object, int]:
    """What an entry says, without what nobody sees, and how many problems there are."""
    document, faults = read_entry("index.vi.md", raw)
    if document is None:
        return None, len(faults)
    entry, more = decode_entry(KINDS[name.partition("/")[0]], "x", {VI: document})
    told = entry and (entry.model_copy(update={"body": None}), re.sub("[\u200b\ufeff]", "", document.body).strip())
    return told, len(faults) + len(more)


def harmed(chance: Random) -> tuple[str, bytes]:
    name = chance.choice(sorted(SHIPPED))
    raw = SHIPPED[name]
    for _ in range(chance.randint(1, 3)):
        harm = chance.choice(DAMAGE) if chance.random() < 0.25 else in_text(chance.choice(SLIPS))
        with suppress(UnicodeDecodeError, IndexError, ValueError):
            raw = harm(raw, chance)
    return name, raw


@pytest.mark.parametrize("block", range(10))
def test_mending_keeps_comments_and_what_is_right_makes_nothing_worse_and_is_done_in_one_go(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        name, raw = harmed(Random(seed))
        once = judged(name, raw)
        if once.text is None:
            continue
        assert bool(once.done) == (once.text.encode() != raw), seed
        assert judged(name, once.text.encode()) == Mended(once.text), seed
        assert once.text.count("# ghi chú") == normalize("NFC", raw.decode(_encoding(raw))).count("# ghi chú"), seed
        before, wrong = meaning(name, raw)
        after, left = meaning(name, once.text.encode())
        assert left <= wrong or before is None, seed
        assert before in (after, None), seed


def _encoding(raw: bytes) -> str:
    return "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
