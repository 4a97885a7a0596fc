"""Measure encoder settings on a folder of photos: bytes, CPU time and how near the picture stays to its original.

Needs Pillow and, for the scores, `pip install ssimulacra2`. How the project's settings were chosen with it is told in
docs/pictures.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, quantiles

from PIL import Image, ImageOps, features

SUFFIXES = ".jpg", ".jpeg", ".png", ".webp"
WIDTHS = 400, 800, 1600
SHAPE = 4, 3
WINDOW = 800, 600
"""The middle of a picture that is scored: about what a screen shows, and the score of more would take minutes."""

CASES = (
    "jpeg quality=70 optimize=1",
    "jpeg quality=75",
    "jpeg quality=75 optimize=1",
    "jpeg quality=75 optimize=1 progressive=1",
    "jpeg quality=80 optimize=1 progressive=1",
    "webp quality=80 method=0",
    "webp quality=80 method=2",
    "webp quality=80 method=4",
    "webp quality=80 method=6",
    "avif quality=55 speed=9 max_threads=1",
    "avif quality=60 speed=9 max_threads=1",
    "avif quality=60 speed=8 max_threads=1",
    "avif quality=60 speed=6 max_threads=1",
)

Value = int | str | dict[str, str]
Score = Callable[[Image.Image, Image.Image], float]


@dataclass(frozen=True, slots=True)
class Case:
    """One encoder with its settings."""

    text: str
    format: str
    settings: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Original:
    """One photo at one width, not yet encoded."""

    photo: str
    width: int
    image: Image.Image


@dataclass(frozen=True, slots=True)
class Figure:
    """What one case made of one original."""

    case: str
    photo: str
    width: int
    bytes: int
    cpu_ms: float
    score: float | None


def case(text: str) -> Case:
    """The case that a text like `avif quality=60 advanced.tune=iq` names."""
    encoder, *pairs = text.split()
    if encoder not in ("avif", "jpeg", "webp"):
        raise argparse.ArgumentTypeError(f"{encoder!r} is not avif, jpeg or webp")
    settings: dict[str, Value] = {}
    advanced: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise argparse.ArgumentTypeError(f"{pair!r} is not name=value")
        if name.startswith("advanced."):
            advanced[name.removeprefix("advanced.")] = value
        else:
            settings[name] = int(value) if value.isdecimal() else value
    if advanced:
        settings["advanced"] = advanced
    return Case(text, encoder, settings)


def originals(folder: Path, widths: Iterable[int]) -> Iterator[Original]:
    """The photos of a folder, cut to shape from their middle, at every width that needs no enlarging."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES:
            continue
        with Image.open(path) as opened:
            whole = _cut(ImageOps.exif_transpose(opened.convert("RGB")))
        for width in widths:
            if width > whole.width:
                print(f"{path.name}: {whole.width} px are too few for {width}", file=sys.stderr)
                continue
            size = width, round(width * SHAPE[1] / SHAPE[0])
            yield Original(path.name, width, whole.resize(size, Image.Resampling.LANCZOS))


def _cut(image: Image.Image) -> Image.Image:
    across, down = SHAPE
    width = min(image.width, image.height * across // down)
    return _middle(image, width, min(image.height, image.width * down // across))


def _middle(image: Image.Image, width: int, height: int) -> Image.Image:
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def scorer() -> Score:
    """SSIMULACRA2 of the middle of two pictures; a pair that was scored before is not scored again."""
    try:
        compute = import_module("ssimulacra2").compute_ssimulacra2
    except ImportError:
        raise SystemExit("The scores need SSIMULACRA2: pip install ssimulacra2 (or use --no-scores)") from None
    known: dict[bytes, float] = {}

    def score(original: Image.Image, encoded: Image.Image) -> float:
        pair = _window(original), _window(encoded)
        key = hashlib.sha256(pair[0].getvalue() + pair[1].getvalue()).digest()
        if key not in known:
            known[key] = float(compute(*pair))
        return known[key]

    return score


def _window(image: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    _middle(image, min(image.width, WINDOW[0]), min(image.height, WINDOW[1])).save(file, "PPM")
    file.seek(0)
    return file


def measured(one: Case, original: Original, score: Score | None) -> Figure:
    """What one encoder makes of one picture; the time is that of all its threads."""
    file = io.BytesIO()
    start = time.process_time()
    try:
        original.image.save(file, one.format.upper(), **one.settings)
    except (OSError, TypeError, ValueError) as fault:
        raise SystemExit(f"{one.text}: {fault}") from None
    spent = time.process_time() - start
    size = file.tell()
    told = None
    if score:
        with Image.open(file) as encoded:
            told = round(score(original.image, encoded.convert("RGB")), 2)
    return Figure(one.text, original.photo, original.width, size, round(spent * 1000, 1), told)


def row(text: str, figures: Sequence[Figure], widths: Sequence[int]) -> str:
    """One line of the table: the score of all pictures, kilobytes by width, CPU time of a photo's widths together."""
    scores = [figure.score for figure in figures if figure.score is not None]
    cells = [text, *_scores(scores)]
    by_width = [[figure for figure in figures if figure.width == width] for width in widths]
    cells += [f"{fmean(figure.bytes for figure in some) / 1000:.1f}" if some else "–" for some in by_width]
    cells.append(f"{sum(fmean(figure.cpu_ms for figure in some) for some in by_width if some):.0f}")
    return _line(cells)


def _scores(scores: Sequence[float]) -> list[str]:
    if len(scores) < 2:
        return ["–"] * 3
    tenth = quantiles(scores, n=10, method="inclusive")[0]
    return [f"{value:.1f}" for value in (fmean(scores), tenth, min(scores))]


def header(widths: Iterable[int]) -> str:
    """The first two lines of the table."""
    names = ["settings", "mean score", "lowest tenth", "worst", *(f"kB at {width}" for width in widths), "CPU ms"]
    return _line(names) + "\n" + _line(["---"] + ["---:"] * (len(names) - 1))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def versions() -> str:
    """The libraries that were measured."""
    names = "avif", "webp", "libjpeg_turbo"
    python = ".".join(str(part) for part in sys.version_info[:3])
    told = [f"Python {python}", f"Pillow {version('pillow')}", *(f"{name} {features.version(name)}" for name in names)]
    return ", ".join(told)


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Measure encoder settings on a folder of photos and print a Markdown table.",
        epilog="Example: %(prog)s photos --case 'avif quality=60 speed=8 max_threads=1 advanced.tune=iq'",
    )
    parser.add_argument("photos", type=Path, help=f"a folder of photos ({', '.join(SUFFIXES)})")
    parser.add_argument(
        "--case",
        dest="cases",
        metavar="TEXT",
        type=case,
        action="append",
        help="a format and what Pillow's save() takes for it, as 'webp quality=80 method=4'; an AVIF codec's own "
        "settings begin with 'advanced.'; may be given again (default: the cases of the documentation)",
    )
    parser.add_argument(
        "--widths",
        metavar="PX",
        type=int,
        nargs="+",
        default=WIDTHS,
        help=f"widths of the pictures (default: {' '.join(str(width) for width in WIDTHS)})",
    )
    parser.add_argument("--no-scores", action="store_true", help="only bytes and time; does not need ssimulacra2")
    parser.add_argument("--json", metavar="FILE", type=Path, help="also write every single figure to this file")
    return parser


def main() -> None:
    """Measure case by case and print each row when it is known."""
    given = options().parse_args()
    score = None if given.no_scores else scorer()
    ready = list(originals(given.photos, given.widths)) if given.photos.is_dir() else []
    if not ready:
        raise SystemExit(f"{given.photos}: no folder with photos large enough")
    print(f"{len({one.photo for one in ready})} photos; {versions()}\n\n{header(given.widths)}", flush=True)
    everything: list[Figure] = []
    for one in given.cases or [case(text) for text in CASES]:
        figures = [measured(one, original, score) for original in ready]
        print(row(one.text, figures, given.widths), flush=True)
        everything += figures
    if given.json:
        told = {"versions": versions(), "figures": [asdict(figure) for figure in everything]}
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
