"""Harm whose place and kind are known beforehand is told at its line, give or take one, by its right name.

Each kind of harm is done to shipped entries, to which facts are added that they lack; what an entry was told before is
no part of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
from making import CONTENT, TODAY
from pictures import saved
from sites import gradient, photo_of

from ocopgen.book import Book, stories_of
from ocopgen.catalogue import Content, Ground, Key, Photos, Shelf, data_documents, decode_folder, decoded_ground, shelve
from ocopgen.problems import Problem
from ocopgen.rules import OF_ALL, problems
from ocopgen.study import Basis, Folder, study
from ocopgen.text import Lang

VI, EN = Lang("vi"), Lang("en")
EACH = 12
"""How often each kind of harm is done."""

Texts = dict[Lang, bytes]


# --- entries to be harmed ---------------------------------------------------------------------------------

FACTS = {
    "products": """\
packs:
  - {label: Hộp, quantity: 200 g, price: 250000, priced: 2026-10-01, gtin: "8930000000019"}
  - label: Túi
    quantity: 1 kg
    price: 90000
shelf_life: 12 months
storage: Nơi khô, mát
certificates:
  - name: VietGAP
    from: 2025-01-10
    to: 2027-01-10
trace: {url: "https://example.vn/truy-xuat", code: A1}
channels:
  - {kind: website, url: https://example.vn}
season: [9, 10, 11]
""",
    "producers": """\
address: Thôn Đông, xã Thụy Ninh
phones:
  - "0912 345 678"
email: htx@example.vn
website: https://example.vn
consent: {date: 2026-01-10, scope: [phones, address, email]}
""",
}


@dataclass(frozen=True)
class Whole:
    """The shipped content, read once: the ground, every entry, and what is known of each."""

    ground: Ground
    shelf: Shelf
    texts: dict[Key, Texts]


@cache
def whole() -> Whole:
    files = {path.relative_to(CONTENT).as_posix(): path.read_bytes() for path in sorted(CONTENT.rglob("*.*"))}
    content = Content({name: raw for name, raw in files.items() if name.endswith((".md", ".yml"))})
    shelf = shelve(content)
    texts: dict[Key, Texts] = {}
    for name, raw in content.texts.items():
        parts = name.split("/")
        if len(parts) == 3:
            facts = FACTS.get(parts[0], "") if parts[2] == "index.vi.md" else ""
            front, body = raw.decode().split("\n---\n", 1)
            facts = "\n".join(one for one in re.split(r"\n(?! )", facts) if f"\n{one.partition(':')[0]}:" not in front)
            texts.setdefault("/".join(parts[:2]), {})[Lang(parts[2][6:8])] = f"{front}\n{facts}---\n{body}".encode()
    ground = Ground(decoded_ground(data_documents("content", content.texts)[0])[0].values)
    return Whole(ground, shelf, {key: dict(sorted(one.items(), reverse=True)) for key, one in texts.items()})


def told(key: Key, texts: Texts, photos: Photos = ()) -> set[Problem]:
    """What is said of an entry with these files among all others."""
    basis = Basis(whole().ground, "content", TODAY)
    done, _ = study(basis, Folder(key, tuple(texts.items()), photos))
    entry, documents, _ = decode_folder("content", key, texts, VI)
    shelf = whole().shelf
    assert shelf.catalogue is not None
    entries = {**shelf.catalogue.entry_by_key, **({key: entry} if entry else {})}
    catalogue = whole().ground.catalogue(entries.items(), {key: photos})
    assert catalogue is not None
    among = Shelf(catalogue, {**shelf.documents, key: documents}, shelf.data, (), frozenset([key]))
    book = Book(
        catalogue, among, TODAY, {one: stories_of(among.documents[one]) if one == key else {} for one in entries}
    )
    return {*done.problems, *(one for one in problems(book, OF_ALL) if key in one.place.file)}


# --- the ways to do harm ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Harm:
    """What was done: the lines afterwards, the line that is wrong (from 1), and what it may be called.

    `also` are codes that follow from it elsewhere in the file.
    """

    lines: list[str]
    line: int
    codes: frozenset[str]
    also: frozenset[str] = frozenset()


Way = Callable[[list[str], Random], Harm | None]
WAYS: dict[str, tuple[str, Lang, Way]] = {}
"""Every kind of harm: the kind of entries and the language of the file that it is done to."""


def in_value(name: str, pattern: str, wrong: str, *codes: str, kind: str = "products", lang: Lang = VI) -> None:
    """Harm to one line of the facts: what the pattern finds in it is replaced."""

    def way(lines: list[str], chance: Random) -> Harm | None:
        able = [at for at in range(1, lines.index("---", 1)) if re.search(pattern, lines[at])]
        if not able:
            return None
        at = chance.choice(able)
        return Harm(
            [*lines[:at], re.sub(pattern, wrong, lines[at], count=1), *lines[at + 1 :]], at + 1, frozenset(codes)
        )

    WAYS[name] = kind, lang, way


def in_file(kind: str = "products", lang: Lang = VI) -> Callable[[Way], Way]:
    def add(way: Way) -> Way:
        WAYS[way.__name__.replace("_", " ")] = kind, lang, way
        return way

    return add


PLAIN = r"""(?<=: )[^\s"'\[{|>&*!][^"'\[{:#]*$"""
"""A value in plain letters at the end of its line."""

in_value("six stars", r"(?<=stars: )\d", "6", "stars-range")
in_value("stars in quotes", r"(?<=stars: )\d", '"4"', "number-expected")
in_value("a set that is not there", r"(?<=^set: )\d+", "99", "set-unknown")
in_value("a set in words", r"(?<=^set: )\d+", "mười", "number-expected")
in_value("a producer that is not there", r"(?<=^producer: ).*", "khong-co-ai", "producer-unknown")
in_value("a producer with marks", r"(?<=^producer: ).*", "Trường An", "slug-form")
in_value("a date cut short", r"(?<=^updated: )(\d{4}-\d\d).*", r"\1", "date-expected")
in_value("a date as it is spoken", r"(?<=^updated: ).*", "23/11/2026", "date-expected")
in_value("a day that no month has", r"(?<=^updated: ).*", "2026-02-30", "date-expected")
in_value("a date to come", r"(?<=priced: )\d{4}", "2062", "future-date")
in_value("a wrong digit of a barcode", r"8930000000019", "8930000000018", "gtin-check")
in_value("a digit of a barcode lost", r"8930000000019", "89300000001", "gtin-form")
in_value("a price with points", r"(?<=price: )\d+", "250.000", "price-form")
in_value("a price with its unit", r"(?<=price: )\d+", "250000đ", "price-form")
in_value("a quantity without unit", r"(?<=quantity: )\d+ \w+", "200", "quantity-form")
in_value("a period in words", r"12 months", "một năm", "period-form")
in_value("an address without scheme", r"https://", "www.", "url-form")
in_value("a channel that is none", r"(?<=kind: )website", "facebok", "choice")
in_value("a month that no year has", r"(?<=season: \[)9", "13", "number-range")
in_value("dates the wrong way round", r"(?<=  to: )2027", "2024", "dates-swapped")
in_value("a key misspelt", r"^(updated|tags|packs|season|shelf_life)(?=:)", r"\1x", "unknown-key")
in_value("a key by another name", r"^shelf_life(?=:)", "han_su_dung", "unknown-key")
in_value("an inner key misspelt", r"(?<=[{ ])(quantity|label|price)(?=:)", r"\1s", "unknown-key")
in_value("an empty value", r"^(name|summary|producer):.*", r"\1:", "not-filled")
in_value("a list for words", r"(?<=^storage: ).*", "[a, b]", "text-not-list")
in_value("words for a list", r"(?<=^season: ).*", "mùa thu", "list-expected")
in_value("curly quotes", r"(?<=^shelf_life: )(.*)", r"“\1”", "quotes-curly")
in_value("a tab before a key", r"^  (?=  \w)", "\t", "yaml-tab")
in_value("a quotation mark never closed", r"(?<=^name: )(?=\w)", '"', "yaml-quote")
in_value("a quotation mark inside never closed", r"(?<=^storage: )", "'", "yaml-quote")
in_value("a bracket never closed", r"[\]}]$", "", "yaml-bracket")
in_value("a colon inside of words", r"(?<=^storage: Nơi)", ": a", "yaml-colon")
in_value("no space behind a colon", r"^(storage|producer|shelf_life): ", r"\1:", "yaml-line", "yaml-colon")
in_value("a control character", PLAIN, "a\x01b", "yaml-character")
in_value("an anchor", PLAIN, "&a b", "yaml-alias")
in_value("an alias", PLAIN, "*a", "yaml-alias")
in_value("a tag", PLAIN, "!!python/object/apply:os.system x", "yaml-tag")
in_value("a value that begins with @", PLAIN, "@shop", "yaml-character-start")
in_value("an escape that is none", PLAIN, r'"C:\\Users"', "yaml-escape")
in_value("words behind a closing quotation mark", r"(?<=^storage: )(.*)", r'"\1" khô', "yaml-after")
in_value("a key pushed in", r"^(?=(updated|storage|shelf_life):)", "   ", "yaml-colon", "yaml-indent")
in_value("a phone with a digit lost", r"0912 345 678", "0912 345 67", "phone-form", kind="producers")
in_value("an e-mail without @", r"(?<=^email: )\w+@", "htx.", "email-form", kind="producers")
in_value("a kind in Vietnamese", r"(?<=^kind: ).*", "hợp tác xã", "choice", kind="producers")
in_value("a place that is not there", r"(?<=province: )[\w-]+", "thai-bin", "place-unknown", kind="producers")
in_value("a consent to what is none", r"(?<=scope: \[)phones", "phone", "choice", kind="producers")
in_value("a fact in a translation", r"^(?=name: )", "set: 3\n", "fact-in-translation", lang=EN)
in_value("a key that no translation has", r"^name(?=: )", "nam", "unknown-key", lang=EN)


@in_file()
def a_key_written_twice(lines: list[str], chance: Random) -> Harm:
    end = lines.index("---", 1)
    able = [line for line in lines[1:end] if re.match(r"(name|producer|set|updated|storage): ", line)]
    twice = chance.choice(able)
    return Harm([*lines[:end], twice, *lines[end:]], end + 1, frozenset({"yaml-duplicate"}))


@in_file()
def facts_never_closed(lines: list[str], chance: Random) -> Harm:
    end = lines.index("---", 1)
    return Harm([*lines[:end], *lines[end + 1 :]], end + 1, frozenset({"front-matter-open"}))


@in_file()
def facts_never_opened(lines: list[str], chance: Random) -> Harm:
    return Harm(lines[1:], 1, frozenset({"front-matter-missing"}))


@in_file()
def a_needed_line_lost(lines: list[str], chance: Random) -> Harm:
    key = chance.choice(("name:", "producer:", "set:"))
    at = next(at for at, line in enumerate(lines) if line.startswith(key))
    return Harm([*lines[:at], *lines[at + 1 :]], 2, frozenset({"missing"}))


@in_file()
def a_key_of_yaml_merged(lines: list[str], chance: Random) -> Harm:
    return Harm([lines[0], "<<: *goc", *lines[1:]], 2, frozenset({"yaml-alias"}))


def in_story(name: str, words: str, code: str) -> None:
    """Harm to the story: a paragraph is put in behind one of its lines."""

    def way(lines: list[str], chance: Random) -> Harm:
        at = chance.randint(lines.index("---", 1) + 1, len(lines))
        return Harm([*lines[:at], "", words, "", *lines[at:]], at + 2, frozenset({code}))

    WAYS[name] = "products", VI, way


in_story("a link that leads nowhere", "Xem [mục kia](../khong-co/).", "link-dead")
in_story("a link to a file", "Xem [tệp](file:///etc/passwd).", "link-dead")
in_story("a picture that is not there", "![Ảnh](khong-co.jpg)", "photo-missing")
in_story("a picture from outside", "![Ảnh](../../../secret.jpg)", "photo-missing")
in_story("a script", "<script>alert(1)</script>", "body-html")
in_story("a claim to cure", "Sản phẩm này chữa khỏi bệnh ung thư.", "claim-cure")


@pytest.mark.parametrize("name", WAYS)
def test_harm_is_told_at_its_line_by_its_name(name: str) -> None:
    kind, lang, way = WAYS[name]
    chance = Random(name)
    keys = [key for key, one in whole().texts.items() if key.startswith(kind) and lang in one]
    done = 0
    while done < EACH:
        key = chance.choice(keys)
        texts = whole().texts[key]
        harm = way(texts[lang].decode().split("\n"), chance)
        if harm is None:
            continue
        done += 1
        after = told(key, {**texts, lang: "\n".join(harm.lines).encode()})
        _told_there(after, harm, known(key), f"content/{key}/index.{lang}.md")


@cache
def known(key: Key) -> frozenset[tuple[str, str]]:
    """What is said of an entry before any harm, without places: lines move."""
    return frozenset((one.code, one.said("en")) for one in told(key, whole().texts[key]))


def _told_there(after: set[Problem], harm: Harm, before: frozenset[tuple[str, str]], file: str) -> None:
    new = [one for one in after if (one.code, one.said("en")) not in before and one.code not in harm.also]
    words = "\n".join(one.printed() for one in new)
    assert {one.code for one in new} & harm.codes, words
    for one in new:
        assert one.code in harm.codes | {"missing"}, words
        assert one.place.file == file, words
        assert abs(one.place.line - harm.line) <= 1 or (one.code == "missing" and one.place.line == 2), words


# --- bytes ------------------------------------------------------------------------------------------------


def test_a_byte_that_is_no_letter_is_told_at_its_line_and_column() -> None:
    chance = Random(7)
    for key in chance.sample(sorted(whole().texts), EACH):
        raw = whole().texts[key][VI]
        at = chance.choice([at for at, byte in enumerate(raw) if byte > 127])
        while raw[at] & 0xC0 == 0x80:
            at -= 1
        (one,) = told(key, {**whole().texts[key], VI: raw[:at] + b"\xff" + raw[at:]})
        before = raw[:at].decode()
        spot = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (one.code, one.place.line, one.place.column) == ("not-utf8", *spot)


@pytest.mark.parametrize(
    "write",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("---\n", "--- \n", 1).encode(),
    ],
)
def test_what_nobody_sees_is_no_harm(write: Callable[[str], bytes]) -> None:
    for key in Random(8).sample(sorted(whole().texts), EACH):
        texts = whole().texts[key]
        after = told(key, {**texts, VI: write(texts[VI].decode())})
        assert {(one.code, one.said("en")) for one in after} == known(key)


# --- files ------------------------------------------------------------------------------------------------

Files = dict[str, bytes]
Move = Callable[[Files, str], tuple[str, ...]]
"""Harm to the file of an entry, and what is then said of which file: `code file`, one or more."""


def lost(files: Files, key: str) -> tuple[str, ...]:
    del files[f"{key}/index.vi.md"]
    return (f"entry-without-vi {key}",)


def emptied(files: Files, key: str) -> tuple[str, ...]:
    files[f"{key}/index.vi.md"] = b" \n"
    return (f"file-empty {key}/index.vi.md",)


def misnamed(files: Files, key: str) -> tuple[str, ...]:
    files[f"{key}/index.vn.md"] = files.pop(f"{key}/index.vi.md")
    return f"entry-without-vi {key}", f"file-unknown {key}/index.vn.md"


def in_a_folder_of_no_kind(files: Files, key: str) -> tuple[str, ...]:
    path = f"{key.replace('products', 'product')}/index.vi.md"
    files[path] = files[f"{key}/index.vi.md"]
    return (f"file-unknown {path}",)


def too_deep(files: Files, key: str) -> tuple[str, ...]:
    files[f"{key}/cu/index.vi.md"] = files[f"{key}/index.vi.md"]
    return (f"file-unknown {key}/cu/index.vi.md",)


def beside_the_folders(files: Files, key: str) -> tuple[str, ...]:
    files["products/index.vi.md"] = files[f"{key}/index.vi.md"]
    return ("file-unknown products/index.vi.md",)


def named_with_marks(files: Files, key: str) -> tuple[str, ...]:
    files["products/Tỏi Đen/index.vi.md"] = b"---\nname: X\nsummary: X.\nproducer: truong-an\nset: 10\n---\n"
    return ("folder-name products/Tỏi Đen/index.vi.md",)


def twice_but_for_case(files: Files, key: str) -> tuple[str, ...]:
    path = f"products/{key.partition('/')[2].upper()}/index.vi.md"
    files[path] = b"---\nname: X\nsummary: X.\nproducer: truong-an\nset: 10\n---\n"
    return f"folder-name {path}", f"duplicate-id {path}"


def copied(files: Files, key: str) -> tuple[str, ...]:
    path = f"products/zz-{key.partition('/')[2]}/index.vi.md"
    files[path] = files[f"{key}/index.vi.md"]
    return (f"story-copied {path}",)


MOVES: tuple[Move, ...] = (
    *(lost, emptied, misnamed, in_a_folder_of_no_kind, too_deep, beside_the_folders, named_with_marks),
    *(twice_but_for_case, copied),
)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: str(move.__name__))
def test_harm_to_files_is_told_by_their_names(move: Move) -> None:
    chance = Random(move.__name__)
    keys = [key for key in whole().texts if key.startswith("products/")]
    for key in chance.sample(keys, 4):
        near = {*chance.sample(keys, 2), key, *(one for one in whole().texts if one.startswith("producers/"))}
        files = {f"{one}/index.{lang}.md": raw for one in near for lang, raw in whole().texts[one].items()}
        files |= {name: (CONTENT / name).read_bytes() for name in ("site.yml", "places.yml", "classification.yml")}
        files |= {"programme.yml": (CONTENT / "programme.yml").read_bytes(), "strings.yml": b"a: {vi: a, en: a}"}
        before = set(_named(files))
        expected = move(files, key)
        new = [one for one in _named(files) if one not in before]
        assert {one for one in new if not one.startswith("gtin-twice")} == set(expected)


def _named(files: Files) -> Iterator[str]:
    shelf = shelve(Content(files))
    ruled = problems(Book(shelf.catalogue, shelf, TODAY)) if shelf.catalogue else ()
    return (f"{one.code} {one.place.file.removeprefix('content/')}" for one in (*shelf.problems, *ruled))


# --- pictures ---------------------------------------------------------------------------------------------

CUT = {"photo-cut-off", "photo-unreadable", "photo-kind"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_short_is_told_where_it_is_named(form: str) -> None:
    chance = Random(form)
    key = "products/toi-den-truong-an"
    text = whole().texts[key][VI].decode()
    raw = saved(gradient(1700, 1300), form)
    name = f"hop.{form.lower()}"
    listed = text.replace("\n---\n", f"\nphotos:\n  - {{file: {name}, alt: Hộp}}\n---\n", 1)
    for number in range(EACH):
        most = len(raw) * number // EACH if number else 0
        photo = photo_of(raw[: most + chance.randrange(len(raw) // EACH - 1) if number else 0], f"{key}/{name}")
        new = [one for one in told(key, {**whole().texts[key], VI: listed.encode()}, (photo,)) if "photo" in one.code]
        assert {one.code for one in new} <= CUT, new
        assert new
        assert {(one.place.file, one.place.excerpt.strip()) for one in new} == {
            (f"content/{key}/index.vi.md", f"- {{file: {name}, alt: Hộp}}")
        }


def test_a_thousand_harms_are_done() -> None:
    free = 300  # `test_damage`
    assert free + EACH * len(WAYS) + EACH * 5 + 4 * len(MOVES) + 3 * EACH >= 1000
