"""The register: its columns follow from the model, and rows hold what entries say."""

from __future__ import annotations

from datetime import date

import pytest
from lists import AN, LIST, table, whole
from pydantic import BaseModel
from sites import page_of, producer, product, stars

from ocopgen import cells
from ocopgen.catalogue import Catalogue
from ocopgen.model import Product, fact
from ocopgen.register import (
    _HEADINGS,
    _SYNONYMS,
    PARTS,
    WITHOUT_COLUMN,
    _facts,
    by_key,
    columns,
    known_headings,
)
from ocopgen.text import slug
from ocopgen.wording import Words
from ocopgen.workbook import Cell


def row(catalogue: Catalogue, lang: str = "vi", private: bool = True) -> dict[str, Cell]:
    """The first row of a catalogue by the keys of its columns; empty cells are left out."""
    first = table(catalogue, lang, private)[1]
    return {one.key: cell for one, cell in zip(columns(), first, strict=True) if cell is not None}


def test_every_fact_of_a_product_has_a_column() -> None:
    facts = [
        name
        for name, info in Product.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("fact")
    ]
    assert len(facts) > 8
    assert set(facts) <= set(by_key())


def test_a_new_fact_costs_one_line() -> None:
    class More(Product):
        altitude: Words | None = fact("Độ cao", "Altitude")

    found = {path: names for path, names, _ in _facts(More, ())}
    assert found["altitude",] == ("Độ cao", "Altitude")


def test_headings_and_keys_are_each_used_once() -> None:
    for names in ([one.vi for one in columns()], [one.en for one in columns()], [one.key for one in columns()]):
        assert len({slug(one) for one in names}) == len(names)


def test_what_an_office_looks_for_comes_first_and_ids_last() -> None:
    keys = [one.key for one in columns()]
    assert keys[:4] == ["name", "producer.name", "producer.kind", "producer.address"]
    assert keys[-2:] == ["id", "producer.id"]
    assert keys.index("recognition.stars") < keys.index("ingredients")


def test_synonyms_name_columns_that_are_there_and_no_other() -> None:
    assert set(_SYNONYMS) | set(_HEADINGS) <= set(by_key())
    for key, words in _SYNONYMS.items():
        assert {known_headings()[slug(word)].key for word in words} == {key}
    assert not WITHOUT_COLUMN & known_headings().keys()


@pytest.mark.parametrize("part", PARTS)
def test_a_column_stands_where_its_value_does(part: str) -> None:
    found = [one for one in columns() if one.part == part]
    model: type[BaseModel] = PARTS[part]  # type: ignore[index]
    assert found
    assert all(one.path[0] in model.model_fields for one in found)
    assert all(one.place[-len(one.path) :] == one.path for one in found)


def test_a_row_tells_a_product_the_recognition_that_counts_and_the_producer() -> None:
    files = {
        AN: producer("HTX An", phones=["0912345678"], address="Thôn 1", founded=1997),
        page_of("products", "gao"): product(
            "Gạo nếp",
            recognitions=[{"stars": 5, "year": 2026, "evidence": "proposed"}, stars(4, year=2025, kind="renewal")],
            packs=[{"label": "Túi", "quantity": "1 kg", "price": 50000}, {"label": "Bao", "price": 400000}],
            season=[9, 10],
            tags=["gạo", "nếp"],
        ),
    }
    found = row(whole(files))
    assert {key: found[key] for key in found if not key.startswith(("producer.place", "summary"))} == {
        "name": "Gạo nếp",
        "producer.name": "HTX An",
        "producer.kind": "Hợp tác xã",
        "producer.address": "Thôn 1",
        "producer.phones": "0912345678",
        "producer.founded": "1997",
        "set": "3. Gạo",
        "recognition.stars": 4,
        "recognition.year": 2025,
        "recognition.kind": "Công nhận lại",
        "recognition.decision.number": "1/QĐ-UBND",
        "recognition.decision.date": date(2025, 6, 1),
        "season": "9, 10",
        "tags": "gạo\nnếp",
        "pack.label": "Túi",
        "pack.quantity": "1 kg",
        "pack.price": 50000,
        "id": "gao",
        "producer.id": "an",
    }
    assert found["producer.place.commune"] == "Xã Thụy An"
    assert row(whole(files), "en")["producer.kind"] == "Cooperative"


def test_a_proposal_is_told_where_there_is_nothing_else_and_says_so() -> None:
    files = {**LIST, page_of("products", "gao"): product(recognitions=[{"stars": 4, "evidence": "proposed"}])}
    found = row(whole(files))
    assert (found["recognition.stars"], found["recognition.evidence"]) == (4, "Đề nghị")


def test_contacts_without_consent_are_left_out_unless_the_table_is_private() -> None:
    contacts = {"phones": ["0912345678"], "zalo": "0912345678", "address": "Thôn 1", "email": "a@example.vn"}
    files = {
        AN: producer("Hộ An", kind="household", **contacts, website="https://example.vn"),
        page_of("products", "gao"): product(),
    }
    told = {f"producer.{name}" for name in contacts}
    assert not told & row(whole(files), private=False).keys()
    assert told <= row(whole(files), private=True).keys()
    assert row(whole(files), private=False)["producer.website"] == "https://example.vn"
    files[AN] = producer("HTX An", **contacts)
    assert told <= row(whole(files), private=False).keys()
    files[AN] = producer("Hộ An", kind="household", **contacts, consent={"date": date(2026, 1, 1), "scope": ["phones"]})
    assert told & row(whole(files), private=False).keys() == {"producer.phones", "producer.zalo"}


def test_rows_stand_in_vietnamese_order() -> None:
    files = {
        **LIST,
        **{page_of("products", key): product(name) for key, name in (("a", "Ốc"), ("b", "Đỗ"), ("c", "Dưa"))},
    }
    assert [one[0] for one in table(whole(files))[1:]] == ["Dưa", "Đỗ", "Gạo nếp", "Mắm cáy", "Ốc"]


def test_forms_are_those_of_cells() -> None:
    assert all(isinstance(one.form, cells.Form) for one in columns())
