"""Mends in the content what a machine can mend: slips in texts, and photos that tell where they were taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel

from ocopgen.catalogue import data_documents, decoded_ground, folders, limits, texts_of
from ocopgen.container import Uncleanable
from ocopgen.darkroom import Progress
from ocopgen.decode import decode_data, decode_entry
from ocopgen.document import MAX_BYTES, Document, read_data, read_entry
from ocopgen.keys import words_model
from ocopgen.ledger import rewrite
from ocopgen.mending import Judge, Mend, mended
from ocopgen.metadata import cleaned
from ocopgen.model import KINDS, Entry
from ocopgen.photo import PictureKind
from ocopgen.pixels import Unreadable, same_pixels
from ocopgen.problems import Place, Problem, in_order
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
    """A text that was mended: its name as messages print it, where it lies, before and after, and what was done.

    `unread` tells why it can still not be read.
    """

    name: str
    path: Path
    before: bytes
    after: str
    done: tuple[Mend, ...]
    unread: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.done)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended, and what could not be: photos that keep their place, texts that cannot be read."""

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
    better = tuple(one for one in texts if one.changed)
    for one in () if dry_run else better:
        rewrite(one.path, one.after.encode())
    done: list[Cleaned] = []
    problems = [problem for one in texts for problem in one.unread]
    for name, photo in photos.items():
        if not photo.sight.tells_place:
            continue
        shown = f"{found.label}/{name}"
        try:
            done.append(Cleaned(shown, *_without_place(Path(pictures[name].path), photo.kind, dry_run)))
        except (Uncleanable, Unreadable):
            problems.append(Problem.at(Place(shown), "photo-place-stays", value=photo.name))
    return Fixed(better, tuple(done), in_order(problems))


def _at_or_below(paths: Iterable[Path]) -> Callable[[Found], bool]:
    """Whether a file is one of these paths or lies below one; any is, where none is named."""
    whole = [path.resolve(strict=True) for path in paths]
    return lambda found: not whole or any(Path(found.path).resolve().is_relative_to(one) for one in whole)


# --- texts ------------------------------------------------------------------------------------------------


def _texts(survey: Survey, wanted: Callable[[Found], bool]) -> Iterator[Rewritten]:
    """Every text that is wanted, as it was meant. The facts of an entry come first: translations are judged by them."""
    data = {name: survey.texts[name].read() for name in DATA_FILES if name in survey.texts}
    ground, _ = decoded_ground(data_documents(survey.label, data)[0])
    for name in data:
        if wanted(survey.texts[name]):
            langs = () if name == "site.yml" else ground.langs
            yield from _rewritten(survey, name, _judge_of_data(name, langs), DATA_FILES[name])
    for key in folders(survey.texts):
        files = texts_of(survey.texts, key, ground.langs)
        if any(map(wanted, files.values())):
            yield from (one for lang, one in _of_folder(survey, key, ground.langs) if wanted(files[lang]))


def _of_folder(survey: Survey, key: str, langs: Sequence[Lang]) -> Iterator[tuple[Lang, Rewritten]]:
    """The texts of an entry. Where its facts cannot be read, a translation is mended only in its signs."""
    model = KINDS[key.partition("/")[0]]
    facts: dict[Lang, Document] = {}
    for lang in texts_of(survey.texts, key, langs):
        judge = _judge_of_entry(model, lang, facts) if facts or lang == langs[0] else _judge_of_signs(lang)
        for done in _rewritten(survey, f"{key}/index.{lang}.md", judge, words_model(model) if facts else model):
            yield lang, done
            document, _ = read_entry("", done.after.encode())
            facts |= {lang: document} if document is not None and lang == langs[0] else {}


def _judge_of_data(name: str, langs: Sequence[Lang]) -> Judge:
    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        document, problems = read_data(name, text.encode())
        return document, problems if document is None else problems + decode_data(document, DATA_FILES[name], langs)[1]

    return judge


def _judge_of_signs(lang: Lang) -> Judge:
    """Tells nothing but why a file cannot be read."""
    return lambda text: (None, read_entry(f"index.{lang}.md", text.encode())[1])


def _judge_of_entry(model: type[Entry], lang: Lang, before: Mapping[Lang, Document]) -> Judge:
    """Judges the file of one language; `before` are the facts that a translation belongs to."""
    file = f"index.{lang}.md"

    def judge(text: str) -> tuple[Document | None, list[Problem]]:
        document, problems = read_entry(file, text.encode())
        if document is None:
            return None, problems
        _, faults = decode_entry(model, "", {**before, lang: document})
        return document, problems + [one for one in faults if one.place.file == file]

    return judge


def _rewritten(survey: Survey, name: str, judge: Judge, model: type[BaseModel]) -> Iterator[Rewritten]:
    found = survey.texts[name]
    if found.size > MAX_BYTES:
        return
    raw, shown = found.read(), f"{survey.label}/{name}"
    better = mended(raw, judge, model)
    if better.text is None:
        yield Rewritten(shown, Path(found.path), raw, "", (), tuple(read_data(shown, raw)[1]))
        return
    document, problems = judge(better.text)
    unread = () if document else tuple(replace(one, place=replace(one.place, file=shown)) for one in problems)
    yield Rewritten(shown, Path(found.path), raw, better.text, better.done, unread)


# --- photos -----------------------------------------------------------------------------------------------


def _without_place(path: Path, kind: PictureKind, dry_run: bool) -> tuple[int, int]:
    """Write a photo without what it tells of people; its bytes before and after. Raises `Uncleanable`, `Unreadable`."""
    raw = path.read_bytes()
    clean = cleaned(raw, kind)
    if not same_pixels(raw, clean):
        raise Uncleanable("other pixels")
    if not dry_run:
        rewrite(path, clean)
    return len(raw), len(clean)
