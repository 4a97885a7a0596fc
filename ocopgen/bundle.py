"""The fair bundle: one folder, and the same as one zip, that open from a USB stick by double-click, without internet.

Both are made beside the last ones and take their place when they are whole: a run that fails leaves what was there.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen import guide
from ocopgen.ledger import FOLDER, Ledger, Refused
from ocopgen.output import Output
from ocopgen.project import Built, Project, build
from ocopgen.standalone import RASTER, WEB_ONLY, Opened, Thrift, opened, title
from ocopgen.text import slug

if TYPE_CHECKING:
    from ocopgen.darkroom import Progress

MB = 1_000_000
"""Bytes of a megabyte, as sticks are sold."""

LIST = ".ocopgen-bundle"
"""The file that makes a folder a bundle of ours: the paths of all that lies in it, a line each."""

COMMENT = b"ocopgen bundle"
"""What makes a zip one of ours."""

LONGEST = 200
"""Signs that a path in the zip may have: 259 is what old Windows reads, with the folder that it is unpacked in."""

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that a system writes into any folder that somebody looks at."""

_STORED = (*RASTER, ".pdf", ".woff2", ".zip")
"""Endings of files that are compressed already."""


class Misplaced(Refused):
    """The bundle would lie in a folder of the project, or around one; the place and that folder are the arguments."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' nằm trong hoặc chứa thư mục '{self.args[1]}'; chọn chỗ khác bằng --into\n"
            f"'{self.args[0]}' lies in '{self.args[1]}', or around it; choose another place with --into"
        )


class NotOurs(Refused):
    """A file that no bundle wrote stands in the way; its path is the argument."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' không do lệnh bundle ghi ra; chuyển nó đi nơi khác, hoặc chọn chỗ khác bằng --into\n"
            f"'{self.args[0]}' was not written by bundle; move it elsewhere, or choose another place with --into"
        )


class Unnameable(Refused):
    """A file has a path that some system cannot read from a zip; it is the argument."""

    def __str__(self) -> str:
        return (
            f"Windows không mở được tệp có đường dẫn '{self.args[0]}'; đổi tên mục, hoặc đặt tên --into ngắn hơn\n"
            f"Windows cannot open a file at '{self.args[0]}'; rename the entry, or choose a shorter name with --into"
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of thrift: how wide pictures are at most in pixels, whether each entry's own brochures are in it."""

    widest: int | None
    brochures: bool
    vi: str
    en: str


STEPS = (
    Step(None, True, "ảnh JPEG đủ mọi cỡ", "pictures as JPEG in every size"),
    Step(800, True, "ảnh rộng tối đa 800 điểm ảnh", "pictures up to 800 pixels wide"),
    Step(400, True, "ảnh rộng tối đa 400 điểm ảnh", "pictures up to 400 pixels wide"),
    Step(
        400,
        False,
        "ảnh rộng tối đa 400 điểm ảnh, chỉ kèm tờ giới thiệu có ở trang chủ",
        "pictures up to 400 pixels wide, only the brochures that the home page leads to",
    ),
)
"""From a bundle with everything to the smallest."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: the folder (its zip lies beside it), the bytes it may have, the day the stars were judged."""

    into: Path
    most: int | None
    day: date

    @property
    def zip(self) -> Path:
        """Where the zip lies."""
        return self.into.with_name(f"{self.into.name}.zip")


@dataclass(frozen=True, slots=True)
class Made:
    """What a bundle came to: its step, its files and pages, its bytes, those of its zip, and of each kind of files.

    It is not `there`, and has no zip, where even the last step was over the limit.
    """

    step: Step
    there: bool
    files: int
    pages: int
    size: int
    zipped: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a build did, and the bundle that was made of its site, if there is one."""

    built: Built
    made: Made | None


def bundle(project: Project, order: Order, progress: Progress) -> Bundled:
    """Build, then make the bundle of what was built. Wrong content, or too much of it, leaves the last as it is.

    Raises `Refused`.
    """
    _apart(project, order.into)
    _ours(order)
    built = build(project, progress)
    if not built.published:
        return Bundled(built, None)
    with Output(project.output).claimed(project.patience), Ledger(project.output) as ledger:
        return Bundled(built, bundle_of(project.output, ledger.printed(), order, progress))


def bundle_of(site: Path, paths: Iterable[str], order: Order, progress: Progress) -> Made:
    """Make the bundle of some files of a site, by their paths. Raises `NotOurs`, `Unnameable`."""
    places = order.into, order.zip
    _recover(places)
    _ours(order)
    making = [_beside(place, "making") for place in places]
    try:
        made = _filled(making[0], site, sorted(paths), order, progress)
        if made.there:
            made = replace(made, zipped=_zipped(making[0], making[1], order, progress))
            _into_place(list(zip(making, places, strict=True)))
    finally:
        _clear(making)
    return made


# --- what goes into it ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a step comes to: the bytes of each file by its path, and which of them are pages that lie there already."""

    step: Step
    sizes: Mapping[str, int]
    pages: Collection[str]
    words: Mapping[str, bytes]

    @property
    def size(self) -> int:
        return sum(self.sizes.values()) + sum(map(len, self.words.values()))


def _filled(folder: Path, site: Path, paths: Sequence[str], order: Order, progress: Progress) -> Made:
    """Lay the files of a bundle into a folder: by the first step that keeps to the limit, else only the pages."""
    _check(paths, order)
    for step in _steps(site, paths):
        draft = _drafted(folder, site, paths, step, order, progress)
        there = order.most is None or draft.size <= order.most
        if there:
            break
    if there:
        _copied(folder, site, [one for one in draft.sizes if one not in draft.pages], progress)
        for name, words in draft.words.items():
            (folder / name).write_bytes(words)
    files = len(draft.sizes) + len(draft.words)
    return Made(draft.step, there, files, len(draft.pages), draft.size, 0, _kinds(draft.sizes))


def _steps(site: Path, paths: Sequence[str]) -> Iterator[tuple[Step, set[str]]]:
    """The steps, each with the files that it leaves out; the last only where it leaves out any."""
    web_only = {one for one in paths if WEB_ONLY.fullmatch(one)}
    homes = [one for one in paths if re.fullmatch(r"(?:[^/]+/)?index\.html", one) and one not in web_only]
    shown = {name for one in homes for name in _opened(site, one, Thrift()).named}
    singles = {one for one in paths if one.endswith(".pdf") and one not in shown}
    for step in STEPS:
        if step.brochures:
            yield step, web_only
        elif singles:
            yield step, web_only | singles


def _drafted(
    folder: Path, site: Path, paths: Sequence[str], step: tuple[Step, set[str]], order: Order, progress: Progress
) -> _Draft:
    """Lay the pages of a step into a folder, and tell what else belongs to them."""
    thrift = Thrift(step[1], step[0].widest)
    pages = {one: 0 for one in paths if one.endswith(".html") and one not in thrift.left_out}
    named: set[str] = set()
    progress.begin("pages", len(pages))
    for page in pages:
        done = _opened(site, page, thrift)
        raw = done.html.encode()
        named |= done.named
        pages[page] = len(raw)
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_bytes(raw)
        progress.step()
    progress.end()
    stay = (one for one in paths if one not in pages and one not in thrift.left_out)
    others = {one: (site / one).stat().st_size for one in stay if not one.endswith(RASTER) or one in named}
    sizes = dict(sorted({**pages, **others}.items()))
    return _Draft(step[0], sizes, pages.keys(), _words(site, sizes, order))


def _opened(site: Path, page: str, thrift: Thrift) -> Opened:
    return opened((site / page).read_bytes().decode(), page, thrift)


def _copied(folder: Path, site: Path, paths: Sequence[str], progress: Progress) -> None:
    progress.begin("files", len(paths))
    for one in paths:
        (folder / one).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / one, folder / one)
        progress.step()
    progress.end()


def _words(site: Path, sizes: Mapping[str, int], order: Order) -> dict[str, bytes]:
    """The file that says how to open the bundle, and the list that makes it ours."""
    name = title((site / "index.html").read_bytes().decode()) if "index.html" in sizes else ""
    told = guide.guide(name, order.day, sum(sizes.values()), len(sizes) + 2)
    return {LIST: "".join(f"{one}\n" for one in (*sizes, guide.NAME)).encode(), guide.NAME: told}


_KINDS = {
    ".html": "trang / pages",
    ".pdf": "tờ giới thiệu / brochures",
    **dict.fromkeys((*RASTER, ".svg"), "ảnh / pictures"),
}


def _kinds(sizes: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The bytes of each kind of files, the most first."""
    total: Counter[str] = Counter()
    for path, size in sizes.items():
        total[_KINDS.get(Path(path).suffix, "tệp khác / other files")] += size
    return tuple(total.most_common())


# --- names that every system reads ------------------------------------------------------------------------

_DEVICES = {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10))}


def _inside(order: Order) -> str:
    """What the folder is called in the zip."""
    name = order.into.name
    return name if name.isascii() else slug(name) or "bundle"


def _check(paths: Iterable[str], order: Order) -> None:
    for path in paths:
        parts = f"{_inside(order)}/{path}".split("/")
        devices = (one for one in parts if one.partition(".")[0].lower() in _DEVICES or one.endswith((".", " ")))
        if any(devices) or len("/".join(parts)) > LONGEST or not re.fullmatch(r"[!#-)+-9;=@-[\]-{}~]+", path):
            raise Unnameable(path)


def _zipped(folder: Path, packed: Path, order: Order, progress: Progress) -> int:
    """Pack a folder; the same files give the same bytes. The size of the zip."""
    day = min(max(order.day, date(1980, 1, 1)), date(2107, 12, 31))
    paths = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
    progress.begin("files", len(paths))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.comment = COMMENT
        for path in paths:
            info = zipfile.ZipInfo(f"{_inside(order)}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, (folder / path).read_bytes())
            progress.step()
    progress.end()
    return packed.stat().st_size


# --- where it goes ----------------------------------------------------------------------------------------


def _apart(project: Project, into: Path) -> None:
    """Refuse a place in the site or among what it is made of, and one around them."""
    whole = into.resolve()
    for known in (project.output, project.content, project.templates, project.cache):
        if whole.is_relative_to(known.resolve()) or known.resolve().is_relative_to(whole):
            raise Misplaced(into, known)
    for folder in whole.parents:
        if (folder / FOLDER).is_dir() or (folder / LIST).is_file():
            raise Misplaced(into, folder)


def _ours(order: Order) -> None:
    """Refuse to take the place of anything that no bundle wrote."""
    folder, packed = order.into, order.zip
    if os.path.lexists(packed) and not _is_our_zip(packed):
        raise NotOurs(packed)
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise NotOurs(folder)
    known = {LIST, *(_listed(folder) or ())}
    for one in sorted(folder.rglob("*")):
        if not one.is_dir() and one.name not in _LEFT_BY_SYSTEMS and one.relative_to(folder).as_posix() not in known:
            raise NotOurs(one)


def _listed(folder: Path) -> list[str] | None:
    try:
        return (folder / LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None


def _is_our_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == COMMENT
    except (OSError, zipfile.BadZipFile):
        return False


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")


def _recover(places: Sequence[Path]) -> None:
    """Bring back what a run that was cut off had moved aside, and clear away what it was making."""
    for place in places:
        before = _beside(place, "before")
        if os.path.lexists(before) and not os.path.lexists(place):
            before.rename(place)
    _clear([_beside(place, what) for place in places for what in ("making", "before")])


def _into_place(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move what was made into its places, all of it or, with an `OSError`, nothing."""
    with ExitStack() as undo:
        for made, place in moves:
            if os.path.lexists(place):
                before = _beside(place, "before")
                place.rename(before)
                undo.callback(before.rename, place)
            made.rename(place)
            undo.callback(place.rename, made)
        undo.pop_all()
    _clear([_beside(place, "before") for _, place in moves])


def _clear(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
