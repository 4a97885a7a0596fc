"""Mends in the content what a machine can mend: slips in texts, and photos that tell where they were taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from ocopgen.catalogue import data_documents, decoded_ground, folders, limits, texts_of
from ocopgen.container import Uncleanable
from ocopgen.darkroom import Progress
from ocopgen.decode import decode_data, decode_entry
from ocopgen.document import MAX_BYTES, Document, read_data, read_entry
from ocopgen.keys import words_model
from ocopgen.ledger import write
from ocopgen.mending import Judge, Mend, mended
from ocopgen.metadata import cleaned
from ocopgen.model import KINDS, Entry
from ocopgen.photo import PictureKind
from ocopgen.pixels import Unreadable, same_pixels
from ocopgen.problems import Place, Problem
from ocopgen.project import Project, open_darkroom, survey_of
from ocopgen.reference import DATA_FILES
from ocopgen.survey import Found, Survey
from ocopgen.text import Lang


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A photo that tells nothing of people any more: its path as messages print it, its bytes before and after."""

    path: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text that was mended: its name as messages print it, where it lies, before and after, and what was done."""

    name: str
    path: Path
    before: bytes
    after: str
    done: tuple[Mend, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended, and what could not be."""

    texts: tuple[Rewritten, ...]
    photos: tuple[Cleaned, ...]
    problems: tuple[Problem, ...]


def fix(project: Project, progress: Progress, dry_run: bool = False, paths: Sequence[Path] = ()) -> Fixed:
    """Mend the content in place, or only what lies at or below some paths of it; with `dry_run` nothing is written.

    Done twice, the second time finds nothing. Raises `FileNotFoundError` for a path where there is nothing.
    """
    wanted = _at_or_below(paths)
    with open_darkroom(project, progress) as room:
        found = survey_of(project, room.notes)
        texts = tuple(_texts(found, wanted))
        site = found.texts.get("site.yml")
        pictures = {name: one for name, one in found.pictures.items() if wanted(one)}
        photos = room.photos(pictures, limits(site.read() if site else b""))
    for one in () if dry_run else texts:
        _replace(one.path, one.after.encode())
    done: list[Cleaned] = []
    problems: list[Problem] = []
    for name, photo in photos.items():
        if not photo.sight.tells_place:
            continue
        shown = f"{found.label}/{name}"
        try:
            done.append(Cleaned(shown, *_without_place(Path(pictures[name].path), photo.kind, dry_run)))
        except (Uncleanable, Unreadable):
            problems.append(Problem.at(Place(shown), "photo-place-stays", value=photo.name))
    return Fixed(texts, tuple(done), tuple(problems))


def _at_or_below(paths: Iterable[Path]) -> Callable[[Found], bool]:
    """Whether a file is one of these paths or lies below one; any is, where none is named."""
    whole = [path.resolve(strict=True) for path in paths]
    return lambda found: not whole or any(Path(found.path).resolve().is_relative_to(one) for one in whole)


# --- texts ------------------------------------------------------------------------------------------------


def _texts(survey: Survey, wanted: Callable[[Found], bool]) -> Iterator[Rewritten]:
    """Every text that can be made better. The facts of an entry come first: its translations are judged by them."""
    data = {name: survey.texts[name].read() for name in DATA_FILES if name in survey.texts}
    ground, _ = decoded_ground(data_documents(survey.label, data)[0])
    first, *others = ground.langs
    for name in data:
        if wanted(survey.texts[name]):
            langs = () if name == "site.yml" else ground.langs
            yield from _rewritten(survey, name, _judge_of_data(name, langs), DATA_FILES[name])
    for key in folders(survey.texts):
        model, files = KINDS[key.partition("/")[0]], texts_of(survey.texts, key, ground.langs)
        if first not in files or not any(map(wanted, files.values())):
            continue
        done = list(_rewritten(survey, f"{key}/index.{first}.md", _judge_of_entry(model, first), model))
        yield from done if wanted(files[first]) else ()
        facts, _ = read_entry("", done[0].after.encode() if done else files[first].read())
        for lang in others:
            if facts is not None and lang in files and wanted(files[lang]):
                judge = _judge_of_entry(model, lang, {first: facts})
                yield from _rewritten(survey, f"{key}/index.{lang}.md", judge, words_model(model))


def _judge_of_data(name: str, langs: Sequence[Lang]) -> Judge:
    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        document, problems = read_data(name, text.encode())
        return document, problems if document is None else problems + decode_data(document, DATA_FILES[name], langs)[1]

    return judge


def _judge_of_entry(model: type[Entry], lang: Lang, before: Mapping[Lang, Document] | None = None) -> Judge:
    """Judges the file of one language; `before` are the facts that a translation belongs to."""
    file = f"index.{lang}.md"

    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        document, problems = read_entry(file, text.encode())
        if document is None:
            return None, problems
        _, faults = decode_entry(model, "", {**(before or {}), lang: document})
        return document, problems + [one for one in faults if one.place.file == file]

    return judge


def _rewritten(survey: Survey, name: str, judge: Judge, model: type[BaseModel]) -> Iterator[Rewritten]:
    found = survey.texts[name]
    if found.size > MAX_BYTES:
        return
    raw = found.read()
    better = mended(raw, judge, model)
    if better.text is not None and better.text.encode() != raw:
        yield Rewritten(f"{survey.label}/{name}", Path(found.path), raw, better.text, better.done)


def _replace(path: Path, content: bytes) -> None:
    """Write a file anew, with the rights that it had."""
    mode = path.stat().st_mode
    write(path, content)
    path.chmod(mode)


# --- photos -----------------------------------------------------------------------------------------------


def _without_place(path: Path, kind: PictureKind, dry_run: bool) -> tuple[int, int]:
    """Write a photo without what it tells of people; its bytes before and after. Raises `Uncleanable`, `Unreadable`."""
    raw = path.read_bytes()
    clean = cleaned(raw, kind)
    if not same_pixels(raw, clean):
        raise Uncleanable("other pixels")
    if not dry_run:
        _replace(path, clean)
    return len(raw), len(clean)
