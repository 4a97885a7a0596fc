"""What our picture work costs, beside the same renditions by the bare library; CPU and wall seconds, peak memory.

    python bench/pictures.py FOLDER [--limit 24] [--jobs 2] [--formats webp jpeg] [--rounds 3] [--many 1000]

FOLDER holds photos. Every case is measured in processes of its own. "bare" opens, resizes and encodes with Pillow, each
width from the next larger one, one thread an encoder, and does nothing else: no look, no cache, no orientation, no
profile. "warm" is a second run over the same photos. `--many` copies the photos until there are so many, and tells what
they add to a run in which nothing changed.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ocopgen import image
from ocopgen.cache import Cache
from ocopgen.darkroom import Darkroom
from ocopgen.image import FORMATS, SETTINGS, WIDTHS, Ladder
from ocopgen.notebook import Notebook
from ocopgen.photo import CARD, ENDINGS, PhotoFile
from ocopgen.pool import PHOTO_WORK, Pool
from ocopgen.survey import survey


class Silent:
    """Progress that nobody watches."""

    def begin(self, what: str, total: int) -> None:
        pass

    def step(self, count: int = 1) -> None:
        pass

    def end(self) -> None:
        pass


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and clock, and the most memory (MB) that all processes held together."""

    cpu: float
    wall: float
    peak: float

    def row(self, name: str, photos: int) -> str:
        each = f"{1000 * self.cpu / photos:.0f} | {1000 * self.wall / photos:.0f}"
        return f"| {name} | {self.cpu:.2f} | {self.wall:.2f} | {each} | {self.peak:.0f} |"


def adopt() -> None:
    """Become the parent of what our children leave behind (Linux)."""
    ctypes.CDLL(None).prctl(36, 1)


def measured(work: Callable[[], None]) -> Cost:
    """The cost of some work in a process of its own, with all that it starts."""
    begin, before = time.perf_counter(), _cpu()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    peak = _watched(child)
    wall = time.perf_counter() - begin
    return Cost(_cpu() - before, wall, peak)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(child: int) -> float:
    """Wait for a process; the most memory (MB) that it and its children held, looked at every 20 ms."""
    peak, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, sum(map(_private, _family(child))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status = os.waitpid(child, 0)
    done.set()
    # What it started and left behind, such as a server of forks, has become ours, and is counted once it ended.
    with suppress(ChildProcessError):
        while True:
            os.wait()
    watcher.join()
    if status:
        sys.exit("this was not measured: the work failed")
    return peak


def _family(parent: int) -> Iterator[int]:
    yield parent
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return
    for one in children:
        yield from _family(int(one))


def _private(process: int) -> float:
    """Memory of a process in MB; what it shares is divided among those who share it."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("Pss:")), 0.0)


# --- the bare library -------------------------------------------------------------------------------------


def bare(photo: Path, out: Path, formats: tuple[str, ...]) -> None:
    """Open, resize and encode: what no pipeline can do without."""
    import pi_heif
    from PIL import Image

    if photo.suffix.lower() in ENDINGS["heif"]:
        pi_heif.register_heif_opener()
    with Image.open(photo) as whole:
        whole.draft("RGB", (WIDTHS[-1], WIDTHS[-1] * whole.height // whole.width))
        current = whole.convert("RGB")
    left, top, right, bottom = image.Cut("", "", CARD).box(*current.size)
    current = current.crop((left, top, right, bottom))
    for width in reversed(WIDTHS):
        size = min(width, current.width), min(width, current.width) * 3 // 4
        current = current.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        for one in formats:
            current.save(out / f"{photo.stem}-{width}.{one}", one.upper(), **SETTINGS[one])  # type: ignore[index]


def run_bare(photos: list[Path], jobs: int, formats: tuple[str, ...]) -> None:
    """The same renditions by the bare library."""
    with _scratch() as out, ProcessPoolExecutor(jobs) as pool:
        list(pool.map(partial(bare, out=out, formats=formats), photos))


# --- ours -------------------------------------------------------------------------------------------------


def run_ours(folder: Path, jobs: int, formats: tuple[str, ...], cache: Path) -> None:
    """Look at the photos of a folder and develop them, as a build does."""
    # Every process imports this script anew, and should not wait for what only this one needs.
    from ocopgen.model import LIMITS

    with Pool(jobs, PHOTO_WORK) as pool:
        room = Darkroom(Cache(cache), Notebook(cache), pool, Silent())
        files = survey(folder, folder.name, room.notes).pictures
        seen = room.photos(files, LIMITS)
        sources = {one.digest: Path(files[name].path) for name, one in seen.items()}
        room.sizes([_ladder(one, formats) for one in seen.values()], sources)
        room.notes.save()


def _ladder(photo: PhotoFile, formats: tuple[str, ...]) -> Ladder:
    whole = image.ladder(photo, photo.name)
    kept = tuple(one for one in whole.renditions if one.format in formats)
    return Ladder(whole.stem, whole.width, whole.height, whole.tint, kept)


# --- the table --------------------------------------------------------------------------------------------


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="ocopgen-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def table(photos: list[Path], jobs: int, formats: tuple[str, ...], rounds: int) -> None:
    """Measure every case in turn, round after round, and print the best of each as a row."""
    print(f"{len(photos)} photos, {' + '.join(formats)}, widths {WIDTHS}, best of {rounds} rounds\n")
    print("| case | CPU s | wall s | CPU ms a photo | wall ms a photo | peak MB |\n|---|---:|---:|---:|---:|---:|")
    found = [list(_round(photos, jobs, formats)) for _ in range(rounds)]
    costs = [_best(case) for case in zip(*found, strict=True)]
    names = f"bare, {jobs} processes", "bare, 1 process", f"ours, {jobs} processes", "ours, 1 process", "ours, warm"
    for name, cost in zip(names, costs, strict=True):
        print(cost.row(name, len(photos)))
    bare_all, bare_one, all_, one, _ = costs
    ratios = all_.cpu / bare_all.cpu, one.cpu / bare_one.cpu
    print(f"\nCPU, ours to bare: {ratios[0]:.2f} with {jobs} processes, {ratios[1]:.2f} with 1")
    print(f"wall, 1 process to {jobs}: {one.wall / all_.wall:.2f}; bare {bare_one.wall / bare_all.wall:.2f}")


def _round(photos: list[Path], jobs: int, formats: tuple[str, ...]) -> Iterator[Cost]:
    with _scratch() as folder, _scratch() as cache, _scratch() as single:
        for number, photo in enumerate(photos):
            shutil.copy2(photo, folder / f"{number}{photo.suffix}")
        yield measured(partial(run_bare, photos, jobs, formats))
        yield measured(partial(run_bare, photos, 1, formats))
        yield measured(partial(run_ours, folder, jobs, formats, cache))
        yield measured(partial(run_ours, folder, 1, formats, single))
        yield measured(partial(run_ours, folder, jobs, formats, cache))


def _best(costs: Iterable[Cost]) -> Cost:
    """The least that was measured of each: what else the machine did only adds."""
    known = list(costs)
    return Cost(min(one.cpu for one in known), min(one.wall for one in known), min(one.peak for one in known))


def many(photos: list[Path], jobs: int, formats: tuple[str, ...], count: int) -> None:
    """What so many photos add to a run in which nothing changed."""
    with _scratch() as folder, _scratch() as empty, _scratch() as cache:
        for number in range(count):
            _copy(photos[number % len(photos)], folder, number)
        # Of copies that differ in their last byte only, each is a photo of its own; notes are made of old files only.
        time.sleep(2.1)
        run_ours(folder, jobs, formats, cache)
        none = measured(partial(run_ours, empty, jobs, formats, cache))
        warm = measured(partial(run_ours, folder, jobs, formats, cache))
        more = f"{warm.wall - none.wall:.3f} s wall, {warm.cpu - none.cpu:.3f} s CPU"
        print(f"{count} photos in which nothing changed: {more} more than none")


def _copy(photo: Path, folder: Path, number: int) -> None:
    copy = folder / f"{number}{photo.suffix}"
    copy.write_bytes(photo.read_bytes() + number.to_bytes(4, "big"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of photos")
    parser.add_argument("--limit", type=int, default=24, help="use so many of them (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS), help="(all)")
    parser.add_argument("--rounds", type=int, default=3, help="measure each case so often (%(default)s)")
    parser.add_argument("--many", type=int, default=0, help="also measure so many photos, nothing changed")
    given = parser.parse_args()
    endings = {one for endings in ENDINGS.values() for one in endings}
    photos = sorted(one for one in given.folder.rglob("*") if one.suffix.lower() in endings)[: given.limit]
    if not photos:
        sys.exit(f"there is no photo in {given.folder}")
    adopt()
    table(photos, given.jobs, tuple(given.formats), given.rounds)
    if given.many:
        many(photos, given.jobs, tuple(given.formats), given.many)


if __name__ == "__main__":
    main()
