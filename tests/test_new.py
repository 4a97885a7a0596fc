"""A new entry on disk: whole or not at all, over nothing that is there, through no link; and what the command says."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from sites import DATA, ONE, lay, page_of, product, site, tree

from ocopgen import cli
from ocopgen.new import Wish, begin
from ocopgen.project import Project
from ocopgen.starter import Unfit

TODAY = date(2026, 11, 23)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return lay(tmp_path / "content", {**DATA, **ONE})


def wish(name: str = "Tỏi đen", word: str = "product", **more: object) -> Wish:
    return Wish(word, name, **more)  # type: ignore[arg-type]


def why_not(content: Path, wanted: Wish) -> str:
    """Why nothing can begin; all that was there is as it was."""
    before = tree(content)
    with pytest.raises(Unfit) as why:
        begin(content, wanted, TODAY)
    assert tree(content) == before
    return str(why.value)


@pytest.mark.parametrize(
    ("word", "folder"),
    [("product", "products"), ("producer", "producers"), ("outlet", "outlets"), ("news", "news"), ("page", "pages")],
)
def test_an_entry_of_each_kind_begins_with_its_files_and_nothing_else(content: Path, word: str, folder: str) -> None:
    before = tree(content)
    begun = begin(content, wish(word=word), TODAY)
    home = content / folder / "toi-den"
    assert begun.files == (home / "index.vi.md", home / "index.en.md")
    news = {f"{folder}/toi-den/index.{lang}.md" for lang in ("vi", "en")}
    assert tree(content).keys() == before.keys() | {folder, f"{folder}/toi-den"} | news
    assert {name: raw for name, raw in tree(content).items() if name in before} == before
    assert "\nname: Tỏi đen\n" in begun.files[0].read_text("utf-8")


def test_what_is_known_is_written(content: Path) -> None:
    begun = begin(content, wish(set=3, producer="An", id="gao-nep"), TODAY)
    text = begun.files[0].read_text("utf-8")
    assert begun.files[0].parent.name == "gao-nep"
    assert begun.empty == ("summary",)
    assert all(f"\n{line}\n" in text for line in ("set: 3", "producer: an", "updated: 2026-11-23"))


def test_languages_are_those_of_the_site(content: Path) -> None:
    raw = (content / "site.yml").read_bytes()
    (content / "site.yml").write_bytes(re.sub(rb"languages: .*", b"languages: [vi]", raw))
    assert [one.name for one in begin(content, wish(), TODAY).files] == ["index.vi.md"]


def test_whether_alcohol_is_priced_is_what_the_site_says(content: Path) -> None:
    assert "price" not in begin(content, wish(set=14), TODAY).files[0].read_text("utf-8")
    raw = (content / "site.yml").read_text("utf-8")
    policies = "policies: {alcohol_prices: true}\n"
    (content / "site.yml").write_text(re.sub(r"(?m)^policies:.*\n(?: .*\n)*", "", raw) + policies, "utf-8")
    assert "price: 250000" in begin(content, wish("Rượu", set=14), TODAY).files[0].read_text("utf-8")


# --- refused ----------------------------------------------------------------------------------------------


def test_what_is_there_is_not_overwritten(content: Path) -> None:
    told = why_not(content, wish("Gạo"))
    assert "products/gao (“Gạo”)" in told
    assert "--id gao-an" in why_not(content, wish("Gạo", producer="an"))
    begin(content, wish("Gạo", id="gao-an"), TODAY)
    begin(content, wish("Gạo", word="news"), TODAY)


@pytest.mark.parametrize("there", ["Toi-Den", "tỏi đen", unicodedata.normalize("NFD", "Tỏi-đen")])
def test_another_case_or_form_of_the_same_name_is_refused(content: Path, there: str) -> None:
    lay(content, {f"products/{there}/index.vi.md": product("Tỏi đen cũ")})
    told = why_not(content, wish())
    assert "only written otherwise" in told
    assert "“Tỏi đen cũ”" in told


def test_a_former_id_is_refused(content: Path) -> None:
    lay(content, {page_of("products", "toi"): product("Tỏi", was=["toi-den"])})
    assert "products/toi (“Tỏi”), which had it formerly" in why_not(content, wish())


def test_a_file_a_link_or_what_cannot_be_read_in_the_place_is_refused(content: Path, tmp_path: Path) -> None:
    secret = lay(tmp_path / "away", {"index.vi.md": product("Bí mật")})
    (content / "products" / "toi-den").symlink_to(secret)
    (content / "products" / "gao-nep").symlink_to("nowhere")
    lay(content, {"products/nep": "a file", "products/mam/index.vi.md": b"\xff", "products/cay/index.vi.md": "x"})
    for name in ("Tỏi đen", "Gạo nếp", "Nếp", "Mắm", "Cáy"):
        with pytest.raises(Unfit) as why:
            begin(content, wish(name), TODAY)
        assert "Bí mật" not in str(why.value)
    assert tree(secret).keys() == {"index.vi.md"}


def test_a_pipe_in_the_place_of_a_file_holds_nothing_up(content: Path) -> None:
    (content / "products" / "mam").mkdir()
    os.mkfifo(content / "products" / "mam" / "index.vi.md")
    with pytest.raises(Unfit):
        begin(content, wish("Mắm"), TODAY)


def test_a_folder_of_kinds_that_is_a_link_is_refused(content: Path, tmp_path: Path) -> None:
    away = lay(tmp_path / "away", {"x": ""})
    (content / "news").symlink_to(away)
    with pytest.raises(Unfit, match="symbolic link"):
        begin(content, wish(word="news"), TODAY)
    assert tree(away).keys() == {"x"}


def test_an_unknown_producer_is_refused_with_the_nearest(content: Path) -> None:
    lay(content, {page_of("producers", "truong-an"): product()})
    told = why_not(content, wish(producer="HTX Trường An"))
    assert "did you mean 'truong-an'?" in told
    assert "new producer" in told
    assert "use one of: an, truong-an" in why_not(content, wish(producer="xyz"))
    assert "use one of" in why_not(content, wish(producer="🍶"))


def test_without_any_producer_it_says_so(tmp_path: Path) -> None:
    bare = lay(tmp_path / "bare", dict(DATA))
    assert "there are none yet" in why_not(bare, wish(producer="an"))
    assert not (bare / "products").exists()


def test_an_unknown_set_is_refused_with_those_that_are(content: Path) -> None:
    told = why_not(content, wish(set=99))
    assert "there is no product set 99" in told
    assert re.search(r"^  14 \w", told, re.MULTILINE)


def test_only_a_product_has_a_set_and_a_producer(content: Path) -> None:
    assert "for a product" in why_not(content, wish(word="page", set=3))
    assert "for a product" in why_not(content, wish(word="news", producer="an"))


# --- whole or not at all ----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["product", "outlet"])
@pytest.mark.parametrize("fault", [OSError("full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_bytes", "rename"])
def test_where_it_fails_nothing_is_left(
    content: Path, word: str, fault: BaseException, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entries() -> set[Path]:
        return set(content.rglob("*"))

    real = getattr(Path, step)

    def failing(path: Path, *more: object) -> object:
        if step == "rename" or path.name == "index.en.md":
            raise fault
        return real(path, *more)

    before = entries()
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, failing)
        with pytest.raises(type(fault)):
            begin(content, wish(word=word), TODAY)
    assert entries() == before
    assert begin(content, wish(word=word), TODAY).files


# --- data files -------------------------------------------------------------------------------------------


def test_a_data_file_that_is_needed_and_cannot_be_read_is_told(content: Path) -> None:
    (content / "strings.yml").write_text("a: [\n", "utf-8")
    before = tree(content)
    begun = begin(content, wish(), TODAY)
    assert begun.files == ()
    assert [one.place.file.rpartition("/")[2] for one in begun.problems] == ["strings.yml"]
    assert tree(content) == before


def test_a_data_file_that_is_of_no_use_here_stands_in_no_way(content: Path) -> None:
    (content / "programme.yml").write_text("a: [\n", "utf-8")
    (content / "places.yml").unlink()
    assert begin(content, wish(), TODAY).files


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return site(tmp_path)


def test_the_command_says_what_it_wrote_and_what_comes_next(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "--content", str(project.content)
    monkeypatch.setattr("sys.argv", ["build.py"])
    assert cli.main(("new", "product", "Tỏi đen", "--set", "3", "--producer", "an", *where)) == 0
    told = capsys.readouterr().out
    home = project.content / "products" / "toi-den"
    assert told.startswith(f"{home / 'index.vi.md'}\n{home / 'index.en.md'}\n1. ")
    assert "fill in summary;" in told
    assert re.search(rf"run: \S+ build\.py check --content {re.escape(str(project.content))}\n$", told)
    check = ["check", *where, "--templates", str(project.templates), "--output", str(project.output)]
    check += ["--cache", str(project.cache), "--jobs", "1"]
    assert cli.main(check) == 1
    assert "'summary' is empty" in capsys.readouterr().out
    text = (home / "index.vi.md").read_text("utf-8")
    (home / "index.vi.md").write_text(text.replace("\nsummary:\n", "\nsummary: Tép đen dẻo.\n"), "utf-8")
    assert cli.main(check) == 0
    assert "[" not in capsys.readouterr().out


def test_what_has_nothing_to_fill_in_is_not_asked_for_it(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(("new", "outlet", "Chợ quê", "--content", str(project.content))) == 0
    assert "fill in place;" in capsys.readouterr().out


def test_a_name_with_a_dash_goes_behind_two(project: Project) -> None:
    assert cli.main(("new", "page", "--content", str(project.content), "--", "-Giới thiệu")) == 0
    assert (project.content / "pages" / "gioi-thieu" / "index.vi.md").is_file()


def test_refusals_give_2_and_broken_data_1(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    line = "new", "product", "--content", str(project.content)
    assert cli.main((*line, "Gạo")) == 2
    assert "products/gao" in capsys.readouterr().err
    assert cli.main((*line, "")) == 2
    assert cli.main(("new", "product", "Gạo", "--content", "/no/such/folder")) == 2
    assert "name it with --content" in capsys.readouterr().err
    (project.content / "strings.yml").unlink()
    assert cli.main((*line, "Mắm")) == 1
    assert "[file-missing]" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [("new",), ("new", "thing", "x"), ("new", "product"), ("new", "page", "-x")])
def test_wrong_words_give_2(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
