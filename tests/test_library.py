"""The content as it was read: the same from notes as anew, told as of the whole, and studied only where it changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from making import EN, PRODUCT, TODAY, VI, a_content, a_product, found
from sites import AWKWARD, DATA, ONE, Files, Quiet, entry, jpeg, lay, page_of, product, read_content
from test_bad import BAD, bad

from ocopgen import library as module
from ocopgen.cache import Cache, Changed
from ocopgen.catalogue import Key, shelve
from ocopgen.darkroom import Darkroom
from ocopgen.library import Library, read_library
from ocopgen.notebook import Notebook
from ocopgen.packing import pack, unpack
from ocopgen.pool import Died, Pool
from ocopgen.press import Killed
from ocopgen.problems import Problem, in_order
from ocopgen.prose import Prose, render
from ocopgen.study import Story, Study, body_of
from ocopgen.survey import survey

GAO = page_of("products", "gao")
FILES: Files = {**DATA, **ONE, GAO: product(body="Chuyện *gạo*."), "products/gao/index.en.md": entry("Rice.", name="R")}


@contextmanager
def room_of(folder: Path, jobs: int = 1) -> Iterator[Darkroom]:
    """A darkroom whose notes lie in a folder, and are kept."""
    notes = Notebook(folder)
    with Pool(jobs) as pool:
        yield Darkroom(Cache(folder), notes, pool, Quiet())
    notes.save()


def read(folder: Path, terms: str = "terms", jobs: int = 1, anew: bool = False) -> Library:
    """The library of a content folder; notes lie beside it."""
    with room_of(folder.parent / "notes", jobs) as room:
        return read_library(survey(folder, "content", room.notes), room, terms, TODAY, jobs, anew)


def told(library: Library) -> tuple[Problem, ...]:
    return in_order(library.problems)


def stories(library: Library, key: Key, notes: Path) -> list[Story]:
    """The stories of an entry; with the notes of a folder, if there are any."""
    return [unpack(one) for one in library.stories(key, Notebook(notes))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path / "content", FILES)


@pytest.fixture
def studied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The entries that are studied, as they are."""
    keys: list[str] = []
    study = module.study

    def counted(basis, folder):  # type: ignore[no-untyped-def]
        keys.append(folder.key)
        return study(basis, folder)

    monkeypatch.setattr(module, "study", counted)
    return keys


# --- what it tells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(BAD.iterdir()), ids=lambda file: file.stem)
def test_what_is_wrong_is_told_as_of_the_whole_anew_and_from_notes(tmp_path: Path, file: Path) -> None:
    one = bad(file)
    content = a_content(**({one.path: one.text} if one.path else {}), **dict.fromkeys(one.without))
    folder = lay(tmp_path / "content", content.texts)
    expected = found(content)
    assert told(read(folder)) == expected
    assert told(read(folder)) == expected


def test_the_catalogue_is_that_of_all_files_but_for_stories(tmp_path: Path) -> None:
    shutil.copytree(AWKWARD, tmp_path / "content")
    lay(tmp_path / "content", {"strings.yml": DATA["strings.yml"]})
    expected = shelve(read_content(tmp_path / "content")).catalogue
    assert expected is not None
    for _ in range(2):
        library = read(tmp_path / "content")
        assert library.catalogue is not None
        assert all(one.body is None for _, one in library.catalogue.entries)
        assert whole(library, tmp_path / "notes") == whole(library, tmp_path / "none") == dict(expected.entries)
        assert [library.studies[key].entry() for key, _ in library.catalogue.entries] == [
            one for _, one in library.catalogue.entries
        ]
        assert "products/ten-rat-dai" in library.catalogue.photos
        held = library.holdings()
        assert {key: unpack(raw) for key, raw in held.packed.items()} == dict(library.catalogue.entries)
        assert held.photos == library.catalogue.photos


def whole(library: Library, notes: Path) -> dict[Key, object]:
    """Every entry together with its stories."""
    assert library.catalogue is not None
    return {
        key: one.model_copy(update={"body": body_of(stories(library, key, notes))})
        for key, one in library.catalogue.entries
    }


def test_without_a_data_file_there_is_no_catalogue_but_every_entry_is_judged(folder: Path) -> None:
    (folder / "places.yml").unlink()
    lay(folder, {GAO: product(set="x")})
    library = read(folder)
    assert library.catalogue is None
    assert [one.code for one in told(library)] == ["file-missing", "number-expected"]


# --- what is read -----------------------------------------------------------------------------------------


def test_only_what_changed_is_studied(folder: Path, studied: list[str]) -> None:
    read(folder)
    assert sorted(studied) == ["producers/an", "products/gao"]
    studied.clear()
    read(folder)
    assert studied == []
    lay(folder, {GAO: product(body="Khác.")})
    read(folder)
    assert studied == ["products/gao"]
    studied.clear()
    lay(folder, {"products/gao/a.jpg": jpeg()})
    read(folder)
    assert studied == ["products/gao"]


def test_other_terms_are_another_study_of_all_and_so_is_one_that_is_asked_for(folder: Path, studied: list[str]) -> None:
    read(folder)
    for more in ({"terms": "another day"}, {"terms": "another day", "anew": True}):
        studied.clear()
        read(folder, **more)  # type: ignore[arg-type]
        assert sorted(studied) == ["producers/an", "products/gao"]


def test_an_entry_that_is_gone_is_in_no_catalogue(folder: Path) -> None:
    lay(folder, {page_of("products", "b"): product("B")})
    read(folder)
    shutil.rmtree(folder / "products/b")
    library = read(folder)
    assert library.catalogue is not None
    assert [one.id for one in library.catalogue.products] == ["gao"]


def test_many_entries_are_studied_side_by_side_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 2)
    monkeypatch.setattr(module, "CHUNK", 3)
    many = {page_of("products", f"p{n}"): product(f"P{n}", body=f"Chuyện {n}.", set=n % 9) for n in range(10)}
    here, there = (read(lay(tmp_path / str(jobs) / "content", {**FILES, **many}), jobs=jobs) for jobs in (1, 2))
    assert list(here.studies) == list(there.studies)
    assert opened(here) == opened(there)
    assert noted(here, tmp_path / "1/notes") == noted(there, tmp_path / "2/notes")
    assert told(here) == told(there) != ()
    assert here.prints() == there.prints()


def opened(library: Library) -> dict[Key, tuple[object, Study]]:
    """Every study with its facts unpacked, since equal values may be other bytes."""
    return {key: (one.entry(), replace(one, facts=b"")) for key, one in library.studies.items()}


def noted(library: Library, notes: Path) -> dict[str, Story]:
    """The stories that were noted, by their names; there are some of every product."""
    kept = {name: unpack(raw) for name, raw in Notebook(notes).kept_all("story ").items()}
    assert len(kept) == len(library.ground.langs) + len(library.studies) - len(ONE)
    return kept


def test_a_process_that_was_killed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setattr(Pool, "each", lambda pool, make, work: ((one, Died()) for one in work))
    with pytest.raises(Killed):
        read(folder, jobs=2)


def test_a_file_that_changed_since_it_was_found_is_not_read(folder: Path) -> None:
    with room_of(folder.parent / "notes") as room:
        seen = survey(folder, "content", room.notes)
        lay(folder, {GAO: product("Khác")})
        with pytest.raises(Changed):
            read_library(seen, room, "terms", TODAY, 1)


# --- fingerprints and stories -----------------------------------------------------------------------------


def test_a_photo_is_in_the_fingerprint_of_facts_and_a_story_only_in_its_own(folder: Path) -> None:
    before = read(folder).prints()["products/gao"]
    lay(folder, {"products/gao/a.jpg": jpeg()})
    pictured = read(folder).prints()["products/gao"]
    lay(folder, {GAO: product(body="Khác.")})
    after = read(folder).prints()["products/gao"]
    assert (pictured.facts != before.facts, pictured.story == before.story) == (True, True)
    assert (after.facts == pictured.facts, after.story != pictured.story) == (True, True)


GAO_TOLD = [Story(lang, body, render(body)) for lang, body in ((VI, "Chuyện *gạo*."), (EN, "Rice."))]


def test_the_rendered_stories_of_an_entry_are_in_the_notes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = read(folder)
    monkeypatch.setattr(module, "render", None)
    shutil.rmtree(folder)
    assert stories(library, "products/gao", folder.parent / "notes") == GAO_TOLD
    assert stories(library, "producers/an", folder.parent / "notes") == []


def test_without_notes_the_stories_of_an_entry_are_rendered_anew_from_the_files_that_were_studied(folder: Path) -> None:
    library = read(folder)
    assert stories(library, "products/gao", folder.parent / "none") == GAO_TOLD
    assert stories(library, "producers/an", folder.parent / "none") == []
    lay(folder, {GAO: product(body="Khác.")})
    with pytest.raises(Changed):
        stories(library, "products/gao", folder.parent / "none")


def test_a_story_that_is_no_value_in_the_notes_is_rendered_anew(folder: Path) -> None:
    library = read(folder)
    notes = Notebook(folder.parent / "notes")
    for name in notes.kept_all("story "):
        notes.keep(name, b"no packed value")
    notes.save()
    assert stories(library, "products/gao", folder.parent / "notes") == GAO_TOLD


def test_a_story_is_shown_as_it_is_noted_when_its_entry_is_studied_again(folder: Path) -> None:
    read(folder)
    notes = Notebook(folder.parent / "notes")
    known = {name: unpack(raw) for name, raw in notes.kept_all("story ").items()}
    for name, one in known.items():
        notes.keep(name, pack(replace(one, prose=Prose(f"<p>{one.lang}</p>"))))
    notes.save()
    for anew, expected in ((False, ["<p>vi</p>", "<p>en</p>"]), (True, [one.prose.html for one in GAO_TOLD])):
        library = read(folder, terms="another day", anew=anew)
        found = stories(library, "products/gao", folder.parent / "notes")
        assert [one.prose.html for one in found] == expected


def test_one_notebook_that_is_used_again_tells_what_a_new_one_would(folder: Path) -> None:
    with room_of(folder.parent / "kept") as room:
        for files in (
            {},
            {GAO: product("Khác")},
            {GAO: product(stars=6)},
            {"places.yml": "x"},
            FILES,
            {PRODUCT: a_product()},
        ):
            lay(folder, files)
            kept = read_library(survey(folder, "content", room.notes), room, "terms" + repr(files), TODAY, 1)
            anew = read(folder, terms=repr(files))
            assert told(kept) == told(anew)
            assert kept.catalogue == anew.catalogue
            assert kept.prints() == anew.prints()
