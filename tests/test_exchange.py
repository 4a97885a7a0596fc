"""Import and export on disk: nothing is overwritten by surprise, and a list comes back as it was."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lists import GAO, HEADINGS, LIST, Line, xlsx
from openpyxl import load_workbook
from sites import CACHE, DATA, ROOT, TODAY, Quiet, lay, page_of, product, site, tree

from ocopgen import cli, exchange
from ocopgen.cache import Changed
from ocopgen.exchange import Imported, Wanted, export, import_list, keep
from ocopgen.problems import errors
from ocopgen.project import Project, check
from ocopgen.text import Lang

sys.path.insert(0, str(ROOT / "bench"))
from catalogue import make, write_content

VI = Lang("vi")
PAPERS = (*HEADINGS, "Số quyết định", "Ngày quyết định", "Bộ sản phẩm", "Điểm")
NEW = (1, "Tỏi đen", "HTX Bình", "4 sao", "2/QĐ-UBND", date(2026, 6, 1), 10, 84.5)
UP = (2, "Gạo nếp", "HTX An", "4 sao", "3/QĐ-UBND", date(2026, 6, 1))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    return site(tmp_path, LIST)


def a_list(folder: Path, *lines: Line, headings: Line = PAPERS) -> Path:
    lay(folder, {"ds.xlsx": xlsx(headings, *lines)})
    return folder / "ds.xlsx"


def taken(project: Project, file: Path, **wanted: object) -> Imported:
    return import_list(project, Quiet(), replace(Wanted(file), **wanted))  # type: ignore[arg-type]


def codes(found: Imported) -> list[str]:
    return [f"{one.code} {one.place.file}" for one in found.problems]


# --- import -----------------------------------------------------------------------------------------------


def test_a_list_is_only_compared_unless_writing_is_asked_for(project: Project, tmp_path: Path) -> None:
    before = tree(project.content)
    found = taken(project, a_list(tmp_path, NEW, UP))
    assert (found.written, len(found.files)) == (False, 3)
    assert tree(project.content) == before


def test_what_is_written_has_no_error_and_a_second_time_there_is_nothing_to_write(
    project: Project, tmp_path: Path
) -> None:
    file = a_list(tmp_path, NEW, UP)
    before = tree(project.content)
    found = taken(project, file, write=True, source="Danh sách 2026")
    assert found.written
    after = tree(project.content)
    assert {path for path in after if after[path] is not None and after[path] != before.get(path)} == set(found.files)
    assert set(found.files) == {page_of("producers", "htx-binh"), page_of("products", "toi-den"), GAO}
    assert all(b"Danh s\xc3\xa1ch 2026" in (after[path] or b"") for path in found.files)
    assert not errors(check(project, Quiet()).problems)
    again = taken(project, file, write=True, source="Danh sách 2026")
    assert again.files == ()
    assert tree(project.content) == after


def test_with_an_error_in_the_list_nothing_is_written(project: Project, tmp_path: Path) -> None:
    before = tree(project.content)
    found = taken(project, a_list(tmp_path, NEW, (2, "Gạo nếp", "HTX An", "6 sao")), write=True)
    assert codes(found) == ["list-stars ds.xlsx:Sheet1!D3"]
    assert not found.written
    assert tree(project.content) == before


def test_an_error_that_the_entries_would_have_is_told_at_the_row_and_nothing_is_written(
    project: Project, tmp_path: Path
) -> None:
    before = tree(project.content)
    found = taken(project, a_list(tmp_path, (*NEW[:-1], 65), UP), write=True)
    assert codes(found) == ["score-star ds.xlsx:Sheet1!B2"]
    assert tree(project.content) == before
    assert not check(project, Quiet()).problems


def test_a_content_with_errors_is_mended_first(project: Project, tmp_path: Path) -> None:
    lay(project.content, {GAO: product(stars=6)})
    found = taken(project, a_list(tmp_path, NEW), write=True)
    assert found.comparison is None
    assert "unknown-key" in codes(found)[0]


def test_a_file_that_changed_meanwhile_is_left_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_list(tmp_path, UP)
    mine = product("Gạo nếp", summary="Tôi đang sửa.")

    def meanwhile(*arguments: object) -> tuple[()]:
        lay(project.content, {GAO: mine})
        return ()

    monkeypatch.setattr(exchange, "_faults", meanwhile)
    with pytest.raises(Changed):
        taken(project, file, write=True)
    assert (project.content / GAO).read_text("utf-8") == mine


def test_a_folder_that_came_meanwhile_is_left_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = page_of("producers", "htx-binh")

    def meanwhile(*arguments: object) -> tuple[()]:
        lay(project.content, {mine: "của tôi"})
        return ()

    monkeypatch.setattr(exchange, "_faults", meanwhile)
    with pytest.raises(FileExistsError):
        taken(project, a_list(tmp_path, NEW), write=True)
    assert (project.content / mine).read_text("utf-8") == "của tôi"


def test_a_folder_that_nothing_could_be_read_of_keeps_its_name(project: Project, tmp_path: Path) -> None:
    lay(project.content, {"products/toi-den/ghi-chu.docx": b"x"})
    assert page_of("products", "toi-den-htx-binh") in taken(project, a_list(tmp_path, NEW)).files


def test_the_source_is_the_name_of_the_file_unless_it_is_told(project: Project, tmp_path: Path) -> None:
    taken(project, a_list(tmp_path, NEW), write=True)
    assert "- title: ds.xlsx" in (project.content / page_of("products", "toi-den")).read_text("utf-8")


def test_line_ends_and_modes_of_files_stay(project: Project, tmp_path: Path) -> None:
    file = project.content / GAO
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    file.chmod(0o640)
    taken(project, a_list(tmp_path, UP), write=True)
    raw = file.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("raw", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_is_told(project: Project, tmp_path: Path, raw: bytes) -> None:
    lay(tmp_path, {"ds.xlsx": raw})
    (one,) = taken(project, tmp_path / "ds.xlsx").problems
    assert one.code.startswith("list-")
    assert str(one.place) == "ds.xlsx"


# --- export -----------------------------------------------------------------------------------------------


def test_a_catalogue_is_written_the_same_every_time(project: Project) -> None:
    for ending in exchange.FORMATS:
        one, other = (export(project, Quiet(), ending, VI) for _ in range(2))
        assert one == other
        assert one.products == 2


def test_drafts_are_written_only_where_they_are_asked_for(project: Project) -> None:
    lay(project.content, {page_of("products", "nhap"): product("Nháp", draft=True)})
    assert export(project, Quiet(), ".csv", VI).products == 2
    assert export(replace(project, drafts=True), Quiet(), ".csv", VI).products == 3


def test_a_content_with_errors_is_not_written_out(project: Project) -> None:
    lay(project.content, {GAO: product(set=99)})
    found = export(project, Quiet(), ".xlsx", VI)
    assert ([one.code for one in found.problems], found.raw) == (["set-unknown"], b"")


def test_a_file_that_says_otherwise_is_replaced_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "ds.csv"
    assert keep(file, b"a", force=False)
    assert keep(file, b"a", force=False)
    assert not keep(file, b"b", force=False)
    assert file.read_bytes() == b"a"
    assert keep(file, b"b", force=True)
    assert file.read_bytes() == b"b"


# --- the bar ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a catalogue of 112 products."""
    folder = tmp_path_factory.mktemp("synthetic")
    write_content(make(112), folder, ROOT / "content")
    return folder


@pytest.mark.parametrize("ending", exchange.FORMATS)
def test_a_list_of_112_rows_is_taken_into_an_empty_catalogue_and_comes_back_as_it_was(
    synthetic: Path, tmp_path: Path, ending: str
) -> None:
    places = tmp_path, tmp_path, CACHE, TODAY
    project = Project(synthetic, *places)
    sent = export(project, Quiet(), ending, VI, private=True)
    assert sent.products == 112
    file = tmp_path / f"ds{ending}"
    file.write_bytes(sent.raw)
    still = taken(project, file)
    assert still.files == ()
    assert still.comparison
    assert still.comparison.same
    data = {name: (ROOT / "content" / name).read_bytes() for name in DATA}
    empty = Project(lay(tmp_path / "content", data), *places)
    done = taken(empty, file, write=True)
    assert done.written, [one.printed() for one in done.problems]
    assert len(done.files) == 112 + 67
    assert export(empty, Quiet(), ending, VI, private=True).raw == sent.raw
    assert not errors(check(replace(empty, templates=ROOT / "templates"), Quiet()).problems)


# --- the command line -------------------------------------------------------------------------------------


def words(project: Project, command: str, file: Path, *more: str) -> list[str]:
    places = "--content", str(project.content), "--cache", str(project.cache), "--jobs", "1", "--date", "2026-11-23"
    return [command, str(file), *places, *more]


def test_the_commands_tell_what_they_did(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_list(tmp_path, NEW, UP)
    assert cli.main(words(project, "import", file)) == 0
    told = capsys.readouterr().out
    assert "Sản phẩm mới (1)" in told
    assert told.endswith("chưa ghi gì; ghi 3 tệp bằng --write / nothing was written; write 3 files with --write\n")
    assert cli.main(words(project, "import", file, "--lang", "en", "--write")) == 0
    told = capsys.readouterr().out
    assert "New products (1)" in told
    assert "wrote 3 files" in told
    assert cli.main(words(project, "import", file, "--write")) == 0
    assert "there is nothing to write" in capsys.readouterr().out
    out = tmp_path / "out.xlsx"
    assert cli.main(words(project, "export", out, "--lang", "en")) == 0
    assert "3 sản phẩm / products" in capsys.readouterr().out
    assert load_workbook(io.BytesIO(out.read_bytes())).worksheets[0]["A1"].value == "Product name"


def test_machines_are_told_in_json_alone(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words(project, "import", a_list(tmp_path, NEW), "--format", "json", "--write")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"] == [page_of("producers", "htx-binh"), page_of("products", "toi-den")]
    lay(project.content, {GAO: product(set=99)})
    assert cli.main(words(project, "import", a_list(tmp_path, NEW), "--format", "json")) == 1
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["problems"]] == ["set-unknown"]


def test_what_is_wrong_gives_1_and_wrong_use_2(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(project, "import", a_list(tmp_path, (1, "Tỏi", "A", 9)), "--write")) == 1
    told = capsys.readouterr().out
    assert "[list-stars]" in told
    assert "nothing was written: mend the errors above" in told
    assert cli.main(words(project, "import", tmp_path / "none.xlsx")) == 2
    assert cli.main(words(project, "import", tmp_path)) == 2
    assert cli.main(words(project, "export", tmp_path / "a.txt")) == 2
    assert ".xlsx, .csv, .json" in capsys.readouterr().err
    lay(tmp_path, {"a.csv": "mine"})
    assert cli.main(words(project, "export", tmp_path / "a.csv")) == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert cli.main(words(project, "export", tmp_path / "a.csv", "--force")) == 0
    lay(project.content, {GAO: product(set=99)})
    assert cli.main(words(project, "export", tmp_path / "b.csv")) == 1
    assert not (tmp_path / "b.csv").exists()
    gone = replace(project, content=tmp_path / "gone")
    assert cli.main(words(gone, "import", tmp_path / "a.csv")) == 2
    assert cli.main(words(gone, "export", tmp_path / "c.csv")) == 2
