"""Where photos are looked at and developed, each by a process of its own: what was done before is not done again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ocopgen.cache import Cache, read_exactly
from ocopgen.image import MAKERS, VERSION, Ladder, Rendition, develop
from ocopgen.notebook import Notebook
from ocopgen.photo import PhotoFile, Sight, kind_of
from ocopgen.pool import Died, Pool
from ocopgen.recipe import digest
from ocopgen.survey import Found

if TYPE_CHECKING:
    from ocopgen.model import Limits


class Progress(Protocol):
    """Told of every step of long work."""

    def begin(self, what: str, total: int) -> None: ...

    def step(self, count: int = 1) -> None: ...

    def end(self) -> None: ...


@contextmanager
def stage(progress: Progress, what: str, total: int) -> Iterator[None]:
    """One kind of work, told from its begin to its end, however it ends."""
    progress.begin(what, total)
    try:
        yield
    finally:
        progress.end()


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A picture that could not be developed, by the digest of its bytes; and whether it killed its process."""

    digest: str
    killed: bool


@dataclass(frozen=True)
class Darkroom:
    """The processes, the cache and the notes that all work on photos needs."""

    cache: Cache
    notes: Notebook
    pool: Pool
    progress: Progress

    # --- looking ------------------------------------------------------------------------------------------

    def photos(self, files: Mapping[str, Found], limits: Limits) -> dict[str, PhotoFile]:
        """What is known of pictures, by the same names; those that were never seen are looked at now."""
        small = {name: one for name, one in files.items() if one.size <= limits.most_bytes}
        sights = self._sights({one.digest: Path(one.path) for one in small.values()}, limits)
        return {
            name: PhotoFile(name, one.digest, one.size, sights[one.digest])
            if name in small
            else PhotoFile(name, "", one.size, _glimpse(Path(one.path)))
            for name, one in files.items()
        }

    def _sights(self, paths: Mapping[str, Path], limits: Limits) -> dict[str, Sight]:
        """A look at each picture, by the digest of its bytes."""
        names = {one: _sight_name(one, limits) for one in paths}
        noted = {one: self.notes.get(name) for one, name in names.items()}
        sights = {one: Sight(**known) for one, known in noted.items() if known}
        unseen = [(path, one, limits.most_pixels, limits.frames) for one, path in paths.items() if one not in sights]
        if not unseen:
            return sights
        with stage(self.progress, "looks", len(unseen)):
            for (_, one, *_), seen in self.pool.each(_look, unseen):
                if isinstance(seen, Died):
                    sights[one] = Sight("other", fault="killed")
                else:
                    sights[one] = seen
                    self.notes.put(names[one], asdict(seen))
                self.progress.step()
        return sights

    def drawings(self, files: Mapping[str, Path]) -> dict[str, PhotoFile]:
        """The same of our own drawings."""
        return {name: self._drawing(path) for name, path in files.items()}

    def _drawing(self, path: Path) -> PhotoFile:
        raw = path.read_bytes()
        one = digest(raw)
        name = f"drawing {one} {VERSION} {' '.join(MAKERS)}"
        known = self.notes.get(name)
        sight = Sight(**known) if known else _look_at_drawing(raw)
        if not known:
            self.notes.put(name, asdict(sight))
        return PhotoFile(f"illustrations/{path.name}", one, len(raw), sight)

    # --- developing ---------------------------------------------------------------------------------------

    def sizes(
        self, ladders: Iterable[Ladder], sources: Mapping[str, Path], force: bool = False
    ) -> tuple[dict[str, int], list[Spoiled]]:
        """How many bytes each rendition has, by its key; those that were never made are made now."""
        ladders = list(ladders)
        sizes: dict[str, int] = {}
        unknown: list[Rendition] = []
        for one in ladders:
            noted = None if force else self.notes.get(_sizes_name(one))
            if noted:
                sizes |= zip((each.key for each in one.renditions), noted, strict=True)
            else:
                unknown += one.renditions
        # What is noted for good is measured whole: a file that the disk cut short would be noted as a small one.
        kept = {} if force else {one.key: len(content) for one in unknown if (content := self.cache.get(one.key))}
        made, spoiled = self.develop((one for one in unknown if one.key not in kept), sources, force)
        made |= kept
        sizes |= made
        for one in ladders:
            if all(each.key in made for each in one.renditions):
                self.notes.put(_sizes_name(one), [made[each.key] for each in one.renditions])
        return sizes, spoiled

    def develop(
        self, renditions: Iterable[Rendition], sources: Mapping[str, Path], force: bool = False
    ) -> tuple[dict[str, int], list[Spoiled]]:
        """Make sure that renditions are in the cache; gives their sizes. One decoding a photo serves all of them."""
        sizes: dict[str, int] = {}
        missing: dict[str, dict[str, Rendition]] = {}
        for one in renditions:
            size = None if force else self.cache.size(one.key)
            if size is None:
                missing.setdefault(one.photo, {})[one.key] = one
            else:
                sizes[one.key] = size
        if not missing:
            return sizes, []
        work = [(sources[photo], photo, tuple(wanted.values()), self.cache) for photo, wanted in missing.items()]
        spoiled = []
        with stage(self.progress, "pictures", len(missing)):
            for piece, made in self.pool.each(_develop, work):
                if isinstance(made, dict):
                    sizes |= made
                else:
                    spoiled.append(Spoiled(piece[1], isinstance(made, Died)))
                self.progress.step()
        return sizes, spoiled


def _glimpse(path: Path) -> Sight:
    """All that is known of a file that is too large to be read."""
    with path.open("rb") as file:
        return Sight(kind_of(file.read(1024)))


def _sight_name(photo: str, limits: Limits) -> str:
    facts = " ".join(one.name for one in fields(Sight))
    return f"sight {photo} {VERSION} {' '.join(MAKERS)} {limits.megapixels} {limits.frames} {facts}"


def _sizes_name(one: Ladder) -> str:
    return f"sizes {digest(''.join(each.key for each in one.renditions))}"


# --- in another process -----------------------------------------------------------------------------------


def _look_at_drawing(raw: bytes) -> Sight:
    from ocopgen import pixels

    return pixels.looked_at_drawing(raw)


def _look(work: tuple[Path, str, int, int]) -> Sight:
    from ocopgen import pixels

    path, wanted, most_pixels, most_frames = work
    return pixels.looked_at(read_exactly(path, wanted), most_pixels, most_frames)


def _develop(work: tuple[Path, str, Sequence[Rendition], Cache]) -> dict[str, int] | None:
    """Make one photo's renditions and keep them: their sizes by key; `None` where the photo cannot be read."""
    from ocopgen.pixels import Unreadable

    path, photo, wanted, cache = work
    try:
        made = develop(read_exactly(path, photo), wanted)
    except Unreadable:
        return None
    for key, content in made.items():
        cache.put(key, content)
    return {key: len(content) for key, content in made.items()}
