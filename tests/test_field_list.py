"""The list of fields: current, whole, and every link in it leads to a part."""

from __future__ import annotations

import re

import pytest
from editors import strings
from sites import ROOT

from ocopgen.document import read_data
from ocopgen.field_list import field_list, written
from ocopgen.model import KINDS
from ocopgen.reference import DATA_FILES
from ocopgen.schema import files

PAGE = field_list(strings())


def test_the_committed_list_is_that_of_the_model() -> None:
    assert (ROOT / "docs" / "fields.md").read_text("utf-8") == PAGE, "run make schema"


def test_every_file_and_every_field_is_in_it() -> None:
    assert re.findall(r"^## `(.*)`$", PAGE, re.MULTILINE) == [*(f"{kind}/…/index.vi.md" for kind in KINDS), *DATA_FILES]
    rows = re.findall(r"^\| (?:\*\*)?`(\w+)`", PAGE, re.MULTILINE)
    parts = {name: part for file in files(strings()) if ".words" not in file.name for name, part in file.parts.items()}
    assert rows == [one.key for part in parts.values() for one in part]


def test_a_link_leads_to_a_part() -> None:
    assert set(re.findall(r"\]\(#(\w+)\)", PAGE)) == set(re.findall(r'<a id="(\w+)">', PAGE))


def test_a_row_tells_what_is_needed_translated_shown_and_meant() -> None:
    assert "| **`name`**<br>*dịch / translated* | Tên<br>Name | Chữ.<br>Words. | `name: Tỏi đen Trường An` |\n" in PAGE
    assert "| `code`<br>*bảng / facts* | Mã số sản phẩm OCOP<br>OCOP product code |" in PAGE
    assert "`cooperative` Hợp tác xã / Cooperative" in PAGE


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Tỏi 100%", "Tỏi 100%"),
        ("Tỏi: đen", '"Tỏi: đen"'),
        ("0912 345 678", '"0912 345 678"'),
        ("#2F6B3B", '"#2F6B3B"'),
        (["a, b", "c"], '["a, b", c]'),
        ({"vi": "Gạo", "en": "Rice"}, "{vi: Gạo, en: Rice}"),
        (29.5, "29.5"),
    ],
)
def test_a_value_is_written_with_quotes_where_they_are_needed(value: object, words: str) -> None:
    assert written(value) == words
    document, _ = read_data("x.yml", f"x: {words}\n".encode())
    assert document is not None
    assert document.data["x"] == (tuple(value) if isinstance(value, list) else value)
