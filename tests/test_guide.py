"""The file beside a bundle: for old editors, in both languages, with its day and its size."""

from __future__ import annotations

from datetime import date

import pytest

from ocopgen.guide import guide, megabytes


def test_it_says_how_to_open_the_bundle_and_how_far_it_holds() -> None:
    raw = guide("Sản vật", date(2026, 3, 9), 12_345_678, 234)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 20
    said = raw.decode("utf-8-sig").replace("\r\n", "\n")
    assert said.startswith("Sản vật\n=======\n")
    for words in (
        "tính đến ngày 09/03/2026.",
        "as of 9 March 2026.",
        "12,4 MB, 234 tệp",
        "12.4 MB, 234 files",
        "index.html",
        "Extract All",
    ):
        assert words in said
    assert max(map(len, said.splitlines())) <= 85


@pytest.mark.parametrize(
    ("size", "vi", "en"), [(0, "0,0", "0.0"), (1, "0,1", "0.1"), (1_234_500_000, "1.234,5", "1,234.5")]
)
def test_bytes_are_told_in_millions_and_never_too_few(size: int, vi: str, en: str) -> None:
    assert (megabytes(size, "vi"), megabytes(size, "en")) == (vi, en)
