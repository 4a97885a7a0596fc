"""Values of ours as bytes and back: only our own kinds of values are made again, and damage is told."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from sites import AWKWARD, VI, catalogue, photo, read_content

from ocopgen.catalogue import Ground
from ocopgen.edition import MissingWords
from ocopgen.gallery import Gallery
from ocopgen.model import Status
from ocopgen.packing import Unpackable, pack, unpack
from ocopgen.problems import Place, Problem
from ocopgen.prose import render
from ocopgen.recipe import digest
from ocopgen.story import tell
from ocopgen.text import Phrase


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 7, 0.5, "Tỏi đen", b"\0\xff", date(2026, 11, 23), Decimal("8.50"), Status.ENDED),
        *((), ("a", ("b",)), ["a"], {"a": [1]}, frozenset([1, 2])),
        *(Phrase("Chợ", VI), photo("products/gao/a.jpg"), render("![x](a.png) [y](../z/)"), tell("Chuyện " * 40)),
        *(Problem.at(Place("content/a.yml", 3, 7), "choice", value="x"), Ground({"site.yml": 1})),
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    found = unpack(pack(value))
    assert found == value
    assert type(found) is type(value)


def test_every_entry_and_data_file_comes_back_as_it_was() -> None:
    whole = catalogue(read_content(AWKWARD).texts)
    for key, one in whole.entries:
        found = unpack(pack(one))
        assert found == one, key
        assert repr(found) == repr(one), key
    for name in ("site", "programme", "places", "classification", "strings"):
        assert unpack(pack(getattr(whole, name))) == getattr(whole, name)


# --- what is no value of ours -----------------------------------------------------------------------------


class Theirs:
    """Calls something when it is unpacked, as pickles may."""

    def __init__(self, called: object, *words: object) -> None:
        self.called, self.words = called, words

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.called, self.words


@pytest.mark.parametrize(
    "value",
    [
        Theirs(os.system, "echo was run"),
        Theirs(eval, "1 + 1"),
        Theirs(open, "/etc/passwd"),
        Theirs(getattr, "x", "upper"),
        Theirs(digest, "x"),
        Theirs(Gallery.ladders, None),
        Theirs(MissingWords, "x"),
        ["deep", {"below": Theirs(os.getcwd)}],
        os.system,
        digest,
        Theirs,
        Random,
    ],
)
def test_a_pickle_that_names_anything_but_a_kind_of_value_runs_nothing(value: object) -> None:
    with pytest.raises(Unpackable):
        unpack(pickle.dumps(value))


@pytest.mark.parametrize("module", ["ocopgen.cli", "ocopgen.ledger", "ocopgen.packing", "ocopgen.no_such_module"])
@pytest.mark.parametrize("name", ["os", "main", "sqlite3", "Any", "_kind", "pickle.loads", "write"])
def test_what_a_module_of_ours_only_knows_is_no_kind_of_value(module: str, name: str) -> None:
    named = (
        pickle.PROTO
        + b"\x04"
        + b"".join(pickle.SHORT_BINUNICODE + bytes([len(one)]) + one.encode() for one in (module, name))
    )
    with pytest.raises(Unpackable):
        unpack(named + pickle.STACK_GLOBAL + pickle.STOP)


# --- damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [b"", b"x", b"\x80", b"\x80\x05.", b"\x80\x05K\x07", b"\x80\xff", b"spoiled " * 400])
def test_bytes_that_are_no_value_are_told(raw: bytes) -> None:
    with pytest.raises(Unpackable):
        unpack(raw)


def test_damage_anywhere_gives_some_value_or_is_told_and_nothing_else() -> None:
    raw, chance = pack((Phrase("Chợ", VI), date(2026, 11, 23), {"a": [Decimal(1)]}, photo("a.jpg"))), Random(7)
    for _ in range(2000):
        spoiled = bytearray(raw)
        for _ in range(chance.choice((1, 2, 8))):
            spoiled[chance.randrange(len(raw))] = chance.randrange(256)
        with suppress(Unpackable):
            unpack(bytes(spoiled[: chance.choice((len(raw), chance.randrange(len(raw))))]))
