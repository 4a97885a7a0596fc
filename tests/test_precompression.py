"""Files compressed ahead: what they give back, which files have them, and that they come and go with `--compress`."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from sites import ONE, awkward, built, site

from ocopgen.precompression import FORMATS, LEAST, compressed, gzipped, pays
from ocopgen.proof import site_files

WORDS = b"words that come again and again " * 100
BACK = {"br": brotli.decompress, "gz": gzip.decompress}


@pytest.mark.parametrize("form", FORMATS)
def test_a_compressed_file_gives_back_what_went_in(form: str) -> None:
    assert BACK[form](compressed(WORDS, form)) == WORDS
    assert compressed(WORDS, form) == compressed(WORDS, form)


def test_gzip_tells_neither_time_nor_system() -> None:
    assert gzipped(WORDS)[4:8] == bytes(4)
    assert gzipped(WORDS)[9] == 255


@pytest.mark.parametrize("form", FORMATS)
def test_what_saves_too_little_is_not_kept(form: str) -> None:
    assert compressed(bytes(range(256)) * 4, form) != b""
    assert compressed(gzipped(bytes(hash(str(n)) % 256 for n in range(3000))), form) == b""


def test_pictures_and_small_files_are_not_tried() -> None:
    assert pays("vi/index.html", LEAST)
    assert pays("vi/news/feed.atom", LEAST)
    assert not pays("vi/index.html", LEAST - 1)
    assert not any(pays(f"a.{one}", 9999) for one in ("avif", "jpg", "png", "woff2", "pdf", "htaccess"))


def test_they_come_when_asked_for_and_go_when_not(tmp_path: Path) -> None:
    project = awkward(tmp_path)
    built(project)
    plain = site_files(project.output)
    asked = replace(project, compress=True)
    first = built(asked)
    with_them = site_files(project.output)
    assert plain.items() <= with_them.items()
    beside = with_them.keys() - plain.keys()
    assert {one.rpartition(".")[2] for one in beside} == {"br", "gz"}
    assert {one.rpartition(".")[0] for one in beside} <= plain.keys()
    assert first.printed is not None
    assert first.printed.made == len(beside)
    for one in beside:
        whole, _, form = one.rpartition(".")
        assert BACK[form]((project.output / one).read_bytes()) == (project.output / whole).read_bytes()
    again = built(asked)
    assert again.printed is not None
    assert (again.printed.made, again.printed.removed) == (0, 0)
    beside_it = replace(asked, output=tmp_path / "clean", jobs=2)
    built(beside_it)
    assert site_files(beside_it.output) == with_them
    built(project)
    assert site_files(project.output) == plain


def test_a_page_that_changes_changes_what_lies_beside_it(tmp_path: Path) -> None:
    page = "products/gao/index.vi.md"
    project = replace(site(tmp_path), compress=True)
    lies = project.output / "vi/san-pham/gao/index.html"
    built(project)
    before = (project.output / "vi/san-pham/gao/index.html.gz").read_bytes()
    text = ONE[page]
    (project.content / page).write_text(f"{text}\n\nThêm một câu.", "utf-8")
    built(project)
    after = lies.with_name("index.html.gz").read_bytes()
    assert after != before
    assert gzip.decompress(after) == lies.read_bytes()
