"""Runs every picture of a folder through `ocopgen.pixels` and compares what comes out with other decoders.

    python bench/samples.py FOLDER [--jobs 2] [--reference magick vips]

A file must end as correct pixels or as one clear refusal, and the look at it must agree with its pixels. Each is
read in a process of its own with a limit of time and of memory, so that what brings that process down is reported
and is not the end of the run. The report is a Markdown table of counts, with the files that are at fault behind it.
The exit code is 1 if any file came out wrong or brought its process down.

The references are programs of Debian's: `magick` is ImageMagick 6 or 7 (package imagemagick), `vips` is libvips
(package libvips-tools). Each has faults of its own, so it is enough to agree with one of those that are named.
ImageMagick 6 leaves PNG and WebP as they lie, whatever EXIF says.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops, ImageCms, ImageStat

from ocopgen.model import LIMITS
from ocopgen.photo import ENDINGS, PictureKind, Sight
from ocopgen.pixels import DECODED_TO, PAPER, Unreadable, decoded, looked_at

GRID = 64
"""Both pictures are reduced to so many pixels across and down before they are compared."""

MEAN, MOST = 3.0, 32.0
"""How far two levels of 255 may lie apart: on the mean of all reduced pixels, and in the one where it is most."""

INKS = 5.0
"""So many times further for CMYK, whose colours come to a screen in one of several ways, at the decoder's choice."""

Verdict = Literal["correct", "bare CMYK", "alone", "refused", "differs", "contradicts", "slow", "crashed"]

VERDICTS: dict[Verdict, str] = {
    "correct": "read as the reference reads it",
    "bare CMYK": "inks without a profile: read, but every decoder has colours of its own",
    "alone": "read, where the reference reads nothing",
    "refused": "refused with a reason",
    "differs": "**read otherwise than the reference**",
    "contradicts": "**the look and the pixels disagree**",
    "slow": "**stopped at the limit of time**",
    "crashed": "**brought its process down, or raised what it must not**",
}

FAULTS: frozenset[Verdict] = frozenset({"differs", "contradicts", "slow", "crashed"})


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture reduced for comparison, with its whole size as people see it; and whether its reader complained."""

    width: int
    height: int
    grid: bytes
    complaint: str = ""

    @property
    def image(self) -> Image.Image:
        return Image.frombytes("RGB", (GRID, GRID), self.grid)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline made of a file: a look, and either pixels or why there are none."""

    sight: Sight
    pixels: Pixels | None
    reason: str = ""
    inks: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one file."""

    path: Path
    verdict: Verdict
    kind: str
    reason: str
    seconds: float
    fine_elsewhere: bool = False
    """Whether the reference reads what we refuse, without a complaint."""


# --- the pipeline, in a process of its own -----------------------------------------------------------------


def read_by_us(path: Path) -> Reading:
    """A file as the pipeline sees it. Lets through only what the pipeline must not raise."""
    raw = path.read_bytes()
    sight = looked_at(raw)
    if reason := over_limits(raw, sight):
        return Reading(sight, None, reason)
    try:
        image = decoded(raw)
    except Unreadable as fault:
        return Reading(sight, None, f"{sight.fault or ''}: {fault}".lstrip(": "))
    if image.mode != "RGB":
        raise TypeError(f"pixels in mode {image.mode}")
    size = image.size if sight.fault else (sight.width, sight.height)
    return Reading(sight, reduced(image, size), inks=in_inks(raw))


def in_inks(raw: bytes) -> bool:
    """Whether a picture that can be read is in CMYK."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(raw), formats=("JPEG", "TIFF")).mode == "CMYK"
        except (OSError, ValueError, SyntaxError):
            return False


def over_limits(raw: bytes, sight: Sight) -> str:
    """Why a file is refused before its pixels are read."""
    if sight.kind not in ENDINGS:
        return "not a picture that is shown"
    if len(raw) > LIMITS.most_bytes:
        return "too many bytes"
    if sight.width * sight.height > LIMITS.most_pixels:
        return "too many pixels"
    return "too many frames" if sight.frames > LIMITS.frames else ""


def reduced(image: Image.Image, size: tuple[int, int], complaint: str = "") -> Pixels:
    """A picture for comparison; `size` is that of the whole, which may have been reduced while it was decoded."""
    grid = image.resize((GRID, GRID), Image.Resampling.BOX)
    if not fits(image.size, size):
        raise ValueError(f"{image.width} × {image.height} pixels of a picture of {size[0]} × {size[1]}")
    return Pixels(*size, grid.tobytes(), complaint)


def fits(size: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether pixels have the proportions of the whole, and are as many as are needed or there are."""
    scale = max(size[0] / whole[0], size[1] / whole[1]) if all(whole) else 0
    enough = all(side >= min(needed, most) for side, needed, most in zip(size, DECODED_TO, whole, strict=True))
    return enough and all(abs(side - most * scale) < 1.5 for side, most in zip(size, whole, strict=True))


def answer(pipe: Connection, path: Path, megabytes: int, seconds: int) -> None:
    """What runs in the process of one file: sends a `Reading`, or the words of an exception."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send(read_by_us(path))
    except BaseException as fault:
        pipe.send(f"{type(fault).__name__}: {fault}")


@cache
def processes() -> ForkServerContext:
    """Processes that start with everything imported, and are forked from one without threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ocopgen.pixels", "pi_heif"])
    return context


def ask(path: Path, options: argparse.Namespace) -> Reading | tuple[Verdict, str]:
    """A `Reading`, or how the process of the file ended without one."""
    ours, theirs = processes().Pipe(duplex=False)
    with ours, theirs:
        process = processes().Process(target=answer, args=(theirs, path, options.memory, options.seconds))
        process.start()
        theirs.close()
        try:
            found = ours.recv() if ours.poll(WAIT * options.seconds) else None
        except EOFError:
            return ended(process)
        finally:
            process.kill()
            process.join()
    if found is None:
        return "slow", f"no answer in {WAIT * options.seconds} s"
    return found if isinstance(found, Reading) else ("crashed", str(found))


def ended(process: ForkServerProcess) -> tuple[Verdict, str]:
    """How a process ended that sent nothing."""
    process.join()
    code = process.exitcode or 0
    if code == -signal.SIGXCPU:
        return "slow", "stopped at the limit of time"
    return "crashed", f"killed by signal {-code}" if code < 0 else f"ended with code {code}"


# --- the reference ----------------------------------------------------------------------------------------

MAGICK_NAMES: dict[PictureKind, str] = {"heif": "heic"}

WAIT = 4
"""How many times its limit of time a process is waited for: the limit is of its own time, and cores may be busy."""

ENVIRONMENT = {**os.environ, "MAGICK_THREAD_LIMIT": "1", "VIPS_CONCURRENCY": "1"}

Reference = Callable[[Path, PictureKind, float], Pixels | None]


def by_magick(path: Path, kind: PictureKind, seconds: float) -> Pixels | None:
    """The pixels by ImageMagick, which is told the kind: by itself it also goes by the name of the file."""
    program = shutil.which("magick") or shutil.which("convert") or "convert"
    source = f"{MAGICK_NAMES.get(kind, kind)}:-[0]"
    # A picture without a profile is taken for sRGB; `-profile` changes only one that has a profile.
    colours = ["-profile", srgb_file(), "-colorspace", "sRGB"]
    ground = ["-background", PAPER, "-flatten", "-strip", "-depth", "8", "ppm:-"]
    return by_program([program, source, "-auto-orient", *colours, *ground], path, seconds)


def by_vips(path: Path, kind: PictureKind, seconds: float) -> Pixels | None:
    """The pixels by libvips, which tells the kind by the bytes."""
    with tempfile.NamedTemporaryFile(suffix=".ppm") as file:
        made = f"{file.name}[background={' '.join(map(str, bytes.fromhex(PAPER[1:])))}]"
        size = ["1000000", "--height", "1000000", "--size", "down"]
        # Without a profile of its own a picture would be darkened by being brought to another.
        colours = ["--export-profile", "srgb"] if has_profile(path, seconds) else []
        command = ["vips", "thumbnail", str(path), made, *size, *colours]
        return by_program(command, path, seconds, Path(file.name))


def has_profile(path: Path, seconds: float) -> bool:
    """Whether libvips finds a profile in a picture."""
    command = ["vipsheader", "-f", "icc-profile-data", str(path)]
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def by_program(command: Sequence[str], path: Path, seconds: float, made: Path | None = None) -> Pixels | None:
    """The pixels that a program prints as PPM or leaves in a file; `None` where it gives none in time."""
    try:
        with path.open("rb") as source:
            done = subprocess.run(
                command, stdin=source, capture_output=True, timeout=seconds, env=ENVIRONMENT, check=False
            )
        image = Image.open(io.BytesIO(made.read_bytes() if made else done.stdout), formats=("PPM",)).convert("RGB")
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    grid = image.resize((GRID, GRID), Image.Resampling.BOX).tobytes()
    return Pixels(*image.size, grid, done.stderr.decode(errors="replace").strip())


@cache
def srgb_file() -> str:
    """A file with the profile of sRGB, for programs that want one by name."""
    path = Path(tempfile.gettempdir()) / f"samples-srgb-{os.getpid()}.icc"
    path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return str(path)


REFERENCES: dict[str, tuple[tuple[str, ...], Reference]] = {
    "magick": (("magick", "convert"), by_magick),
    "vips": (("vips",), by_vips),
}
"""Each with the names its program may have."""


# --- the judgement ----------------------------------------------------------------------------------------


def judge(path: Path, options: argparse.Namespace) -> Judged:
    """The verdict on one file."""
    started = time.monotonic()
    reading = ask(path, options)
    seconds = time.monotonic() - started
    if isinstance(reading, tuple):
        return Judged(path, reading[0], path.suffix.lower() or "none", reading[1], seconds)
    if reading.sight.kind not in ENDINGS or reading.reason.startswith("too many"):
        return Judged(path, "refused", reading.sight.kind, reading.reason, seconds)
    verdict, reason, fine = beside_references(path, reading, options)
    return Judged(path, verdict, reading.sight.kind, reason, seconds, fine)


def beside_references(path: Path, reading: Reading, options: argparse.Namespace) -> tuple[Verdict, str, bool]:
    """The verdict by the first reference that agrees, or by all; and whether one reads what we refuse, and well."""
    found: list[tuple[Verdict, str]] = []
    for name in options.reference:
        pixels = REFERENCES[name][1](path, reading.sight.kind, WAIT * options.seconds)
        verdict, reason = weighed(reading, pixels)
        if verdict not in ("differs", "alone", "bare CMYK"):
            return verdict, reason, verdict == "refused" and pixels is not None and not pixels.complaint
        found.append((verdict, f"{name}: {reason}"))
    worst = min((verdict for verdict, _ in found), key=("differs", "bare CMYK", "alone").index)
    return worst, "; ".join(reason for _, reason in found), False


def weighed(reading: Reading, reference: Pixels | None) -> tuple[Verdict, str]:
    """What to think of a reading beside that of the reference."""
    ours, sight = reading.pixels, reading.sight
    if ours is None:
        if sight.fault:
            return "refused", reading.reason
        return "contradicts", f"only its pixels are refused: {reading.reason}"
    if sight.fault:
        return "contradicts", f"only the look refuses it: {sight.fault}"
    if reference is None:
        return "alone", "no reference"
    if (ours.width, ours.height) != (reference.width, reference.height):
        return "differs", f"{ours.width} × {ours.height} instead of {reference.width} × {reference.height}"
    mean, most = apart(ours, reference)
    times = INKS if reading.inks else 1
    if mean <= MEAN * times and most <= MOST * times:
        return "correct", ""
    return ("bare CMYK" if sight.bare_cmyk else "differs"), f"apart by {mean:.0f}, at most {most:.0f}"


def apart(one: Pixels, other: Pixels) -> tuple[float, float]:
    """The mean and the greatest difference of level between two reduced pictures."""
    difference = ImageChops.difference(one.image, other.image)
    return max(ImageStat.Stat(difference).mean), max(float(high) for _, high in _extrema(difference))


def _extrema(image: Image.Image) -> Iterator[tuple[int, int]]:
    for band in image.split():
        low, high = band.getextrema()
        yield int(low), int(high)  # type: ignore[arg-type]


# --- the report -------------------------------------------------------------------------------------------


def report(judged: Sequence[Judged], folder: Path) -> Iterator[str]:
    """The lines of the report, in Markdown."""
    yield from table(("Verdict", "Files"), counts(judged))
    refused = [one for one in judged if one.verdict == "refused"]
    yield from ("", "## Refused", "")
    yield from table(("Kind", "Reason", "Files", "Fine elsewhere"), reasons(refused))
    for verdict in VERDICTS:
        found = [one for one in judged if one.verdict == verdict]
        if found and verdict not in ("correct", "refused"):
            yield from ("", f"## {verdict.capitalize()}", "", *listed(found, folder))
    fine = [one for one in refused if one.fine_elsewhere]
    if fine:
        yield from ("", "## Refused, but fine by the reference", "", *listed(fine, folder))
    yield from ("", "## Slowest", "", *listed(sorted(judged, key=lambda one: -one.seconds)[:10], folder))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


def counts(judged: Sequence[Judged]) -> Iterator[tuple[str, int]]:
    """How many files came to each verdict."""
    number = Counter(one.verdict for one in judged)
    yield from ((words, number[verdict]) for verdict, words in VERDICTS.items())
    yield "all", len(judged)


def reasons(refused: Iterable[Judged]) -> Iterator[tuple[str, str, int, int]]:
    """The reasons of refusals, the most frequent first; numbers and addresses within them are no difference."""
    number, fine = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in refused:
        reason = one.kind, re.sub(r"0x[0-9a-f]+|\d+", "N", one.reason)[:100]
        number[reason] += 1
        fine[reason] += one.fine_elsewhere
    yield from ((*reason, count, fine[reason]) for reason, count in number.most_common())


def listed(judged: Iterable[Judged], folder: Path) -> Iterator[str]:
    """One line for each file."""
    for one in judged:
        yield f"- `{one.path.relative_to(folder)}` ({one.kind}, {one.seconds:.1f} s) {one.reason}".rstrip()


# --- the command ------------------------------------------------------------------------------------------


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="bench/samples.py"
    )
    parser.add_argument("folder", type=Path, help="the folder of pictures; folders within it are searched too")
    parser.add_argument("--jobs", type=int, default=2, help="files that are read at a time (default: %(default)s)")
    parser.add_argument(
        "--reference",
        choices=REFERENCES,
        nargs="+",
        default=["magick"],
        help="the decoders to compare with, in turn until one agrees (default: magick)",
    )
    parser.add_argument(
        "--seconds", type=int, default=20, help="the limit of processor time for one file (default: %(default)s)"
    )
    parser.add_argument(
        "--memory", type=int, default=3000, help="the limit of memory for one file, in MB (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder")
    for name in options.reference:
        if not any(map(shutil.which, REFERENCES[name][0])):
            parser.error(f"{name} is not installed")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command."""
    options = parsed(arguments)
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    with ThreadPoolExecutor(options.jobs) as pool:
        judged = []
        for one in pool.map(partial(judge, options=options), files):
            judged.append(one)
            if sys.stderr.isatty():
                print(f"\r{len(judged)} / {len(files)} ", end="", file=sys.stderr)
    print("\n".join(report(judged, options.folder)))
    Path(srgb_file()).unlink(missing_ok=True)
    return int(any(one.verdict in FAULTS for one in judged))


if __name__ == "__main__":
    sys.exit(main())
