"""A new entry on disk: its folder, its name, what is refused, and nothing left where it fails."""

from __future__ import annotations

import os
import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from making import CLASSIFICATION, PLACES, PROGRAMME, SITE, TODAY, a_producer, a_product
from sites import lay, tree

from ocopgen import cli
from ocopgen.document import read_entry
from ocopgen.new import LONGEST_ID, Refused, Unready, Wish, begin
from ocopgen.starter import FOLDERS
from ocopgen.wording import plain_words

DATA = {
    "site.yml": SITE,
    "strings.yml": "kind_farm: {vi: Trang trại, en: Farm}\n",
    "places.yml": PLACES,
    "classification.yml": CLASSIFICATION,
    "programme.yml": PROGRAMME,
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one producer."""
    place = "{commune: thuy-ninh, district: thai-thuy}"
    return lay(tmp_path / "content", {**DATA, "producers/truong-an/index.vi.md": a_producer(place=place)})


def name_in(path: Path) -> object:
    document, _ = read_entry(path.name, path.read_bytes())
    assert document is not None
    return document.data["name"]


def refusal(content: Path, wish: Wish) -> str:
    """Why a wish is refused; nothing may be written."""
    before = tree(content)
    with pytest.raises(Refused) as why:
        begin(content, wish, TODAY)
    assert tree(content) == before
    vi, _, en = str(why.value).partition("\n")
    assert vi
    assert en
    return str(why.value)


# --- what is written --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "folder"),
    [("product", "products"), ("producer", "producers"), ("outlet", "outlets"), ("news", "news"), ("page", "pages")],
)
def test_a_folder_is_made_from_the_name(content: Path, kind: str, folder: str) -> None:
    files = begin(content, Wish(kind, "Tỏi đen Hà My"), TODAY)
    assert files == tuple(content / folder / "toi-den-ha-my" / f"index.{lang}.md" for lang in ("vi", "en"))
    assert name_in(files[0]) == "Tỏi đen Hà My"
    assert [one.name for one in content.iterdir() if one.name.startswith(".")] == []
    assert files[0].parent.stat().st_mode & 0o777 == (content / folder).stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ('Rượu "nếp cái": hoa vàng', "ruou-nep-cai-hoa-vang"),
        ("Bánh cáy 🍘 #1", "banh-cay-1"),
        (normalize("NFD", "Chè lam Nguyễn"), "che-lam-nguyen"),
        ("  Đường\tphên \n", "duong-phen"),
        ("no", "no"),
        ("012", "012"),
        ("- x", "x"),
        ("x" * 300, "x" * LONGEST_ID),
        ("Tỏi đen " * 38, "-".join(["toi-den"] * 10)),
    ],
)
def test_a_name_of_any_sort_is_kept_and_its_folder_is_plain(content: Path, name: str, entry: str) -> None:
    files = begin(content, Wish("product", name), TODAY)
    assert files[0].parent.name == entry
    assert name_in(files[0]) == " ".join(normalize("NFC", name).split())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=some.text(min_size=1, max_size=40))
def test_any_name_is_written_as_read_or_refused_in_words(content: Path, name: str) -> None:
    try:
        files = begin(content, Wish("page", name, id="trang"), TODAY)
    except Refused:
        assert not (content / "pages").exists()
        return
    assert name_in(files[0]) == plain_words(str(name_in(files[0])))
    for one in files:
        one.unlink()
    files[0].parent.rmdir()
    files[0].parent.parent.rmdir()


def test_a_producer_and_a_set_are_taken_over(content: Path) -> None:
    for name, said in (("Rượu", "truong-an"), ("Rượu nếp", "Trường An")):
        files = begin(content, Wish("product", name, 14, said), TODAY)
        document, _ = read_entry("index.vi.md", files[0].read_bytes())
        assert document is not None
        assert (document.data["producer"], document.data["set"]) == ("truong-an", 14)


# --- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\n", "\udcff"])
def test_an_empty_name_is_refused(content: Path, name: str) -> None:
    assert "the name is empty" in refusal(content, Wish("product", name))


@pytest.mark.parametrize("name", ["!!!", "…", "🍶", "酒"])
def test_a_name_without_a_letter_for_a_folder_asks_for_an_id(content: Path, name: str) -> None:
    assert "--id" in refusal(content, Wish("product", name))
    assert name_in(begin(content, Wish("product", name, id="ruou"), TODAY)[0]) == name


@pytest.mark.parametrize("entry", ["Tỏi", "a_b", "a/b", "..", "", "-a", "a" * (LONGEST_ID + 1)])
def test_an_id_that_is_none_is_refused_with_a_right_one(content: Path, entry: str) -> None:
    said = refusal(content, Wish("product", "x", id=entry))
    near = said.rpartition("--id ")[2]
    assert begin(content, Wish("product", "x", id=near), TODAY)


@pytest.mark.parametrize("there", ["toi-den", "Toi-Den", "Tỏi đen", normalize("NFD", "Tỏi-đen")])
def test_a_folder_that_is_there_in_any_form_is_never_overwritten(content: Path, there: str) -> None:
    lay(content, {f"products/{there}/index.vi.md": a_product(name="Tỏi")})
    said = refusal(content, Wish("product", "Tỏi đen"))
    assert f"products/{there} (“Tỏi”) is there already" in said
    assert "--id toi-den-…" in said


def test_a_former_id_is_refused_since_its_old_address_leads_on(content: Path) -> None:
    lay(content, {"products/toi/index.vi.md": a_product("was: [a, toi-den]", name="Tỏi")})
    said = refusal(content, Wish("product", "Tỏi đen", producer="truong-an"))
    assert "is a former id of" in said
    assert "products/toi (“Tỏi”)" in said
    assert "add --id toi-den-thuy-ninh" in said
    lay(
        content,
        {"products/toi/index.vi.md": a_product("was: toi-den"), "products/mam/index.vi.md": b"was: toi-den\xff"},
    )
    assert begin(content, Wish("product", "Tỏi đen"), TODAY)


def test_a_file_a_link_or_a_pipe_in_its_place_is_refused_and_not_read(content: Path, tmp_path: Path) -> None:
    away = lay(tmp_path / "away", {"index.vi.md": a_product(name="Bí mật")})
    lay(content, {"products/nep": "a file", "products/gao/index.en.md": "x"})
    (content / "products" / "toi").symlink_to(away)
    (content / "products" / "cay").symlink_to("nowhere")
    (content / "products" / "gao" / "index.vi.md").symlink_to(away / "index.vi.md")
    (content / "products" / "mam").mkdir()
    os.mkfifo(content / "products" / "mam" / "index.vi.md")
    for name in ("Nếp", "Tỏi", "Cáy", "Gạo", "Mắm"):
        with pytest.raises(Refused, match="is there already") as why:
            begin(content, Wish("product", name), TODAY)
        assert "Bí mật" not in str(why.value)
    assert tree(away).keys() == {"index.vi.md"}


def test_a_folder_of_a_kind_that_is_a_link_is_refused(content: Path, tmp_path: Path) -> None:
    away = lay(tmp_path / "away", {"x": ""})
    (content / "news").symlink_to(away)
    with pytest.raises(Refused, match="a symbolic link"):
        begin(content, Wish("news", "Hội chợ"), TODAY)
    assert tree(away).keys() == {"x"}


def test_namesakes_are_told_apart_by_commune_then_by_producer(content: Path) -> None:
    wish = Wish("product", "Tỏi đen", producer="truong-an")
    begin(content, wish, TODAY)
    for entry in ("toi-den-thuy-ninh", "toi-den-truong-an"):
        assert f"--id {entry}\n" in refusal(content, wish) + "\n"
        begin(content, Wish("product", "Tỏi đen", producer="truong-an", id=entry), TODAY)
    assert "--id toi-den-…" in refusal(content, wish)


def test_what_is_not_known_is_refused_with_what_is_near(content: Path) -> None:
    assert "near it: truong-an." in refusal(content, Wish("product", "x", producer="truong"))
    assert "near it: truong-an." in refusal(content, Wish("product", "x", producer="trường anh"))
    assert "new producer NAME" in refusal(content, Wish("product", "x", producer="zzz"))
    assert "  14 Rượu trắng" in refusal(content, Wish("product", "x", 15))
    assert "products only" in refusal(content, Wish("news", "x", 14))


def test_data_files_that_cannot_be_read_are_told_as_check_tells_them(content: Path) -> None:
    lay(content, {"site.yml": "title: [\n"})
    with pytest.raises(Unready) as unready:
        begin(content, Wish("product", "x"), TODAY)
    assert "yaml-bracket" in {one.code for one in unready.value.problems}


@pytest.mark.parametrize("kind", ["product", "producer"])
@pytest.mark.parametrize("fails", ["write_bytes", "rename"])
def test_a_disk_that_fails_leaves_nothing(
    content: Path, kind: str, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *more: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    before = sorted(content.rglob("*"))
    monkeypatch.setattr(Path, fails, full)
    with pytest.raises(OSError, match="No space"):
        begin(content, Wish(kind, "x"), TODAY)
    monkeypatch.undo()
    assert sorted(content.rglob("*")) == before


# --- at the command line ----------------------------------------------------------------------------------


def test_the_command_tells_the_files_and_the_next_step(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["build.py"])
    line = "new", "product", "Tỏi đen", "--set", "10", "--content", os.fspath(content)
    assert cli.main(line) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{content / 'products' / 'toi-den' / 'index.vi.md'}\n")
    assert re.search(rf"then run:\n  \S+ build\.py check --content {re.escape(os.fspath(content))}\n$", told)
    assert cli.main(line) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert cli.main(("new", "product", "x", "--content", "/no/such")) == 2
    assert "there is no folder '/no/such'" in capsys.readouterr().err
    lay(content, {"strings.yml": "x"})
    assert cli.main(("new", "product", "x", "--content", os.fspath(content))) == 1
    assert "strings.yml:1:1" in capsys.readouterr().out


def test_a_name_with_a_dash_goes_behind_two(content: Path) -> None:
    assert cli.main(("new", "page", "--content", os.fspath(content), "--", "-Giới thiệu")) == 0
    assert name_in(content / "pages" / "gioi-thieu" / "index.vi.md") == "-Giới thiệu"


def test_the_command_line_knows_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(("new", "--help"))
    assert "{" + ",".join(FOLDERS) + "}" in capsys.readouterr().out
