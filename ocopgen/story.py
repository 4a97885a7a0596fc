"""What must be known of a story to judge it among all others: where it leads, and a sketch of its words."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

from ocopgen.prose import render, words_of

SHINGLE = 5
SHORTEST_STORY = 30
SHORTEST_COPY = 8
COPIED = 0.8

SAMPLED = 4
"""One run of words in so many is in the sketch of a story."""

ALIKE = 0.4
"""Sketches that share so much are of stories worth comparing."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Told:
    """A story: the addresses it names, a fingerprint of its words, and a sample of its runs of five words.

    The sample holds the same runs of every story, so what two stories share their sketches share.
    """

    links: tuple[str, ...]
    whole: int
    sketch: bytes

    @property
    def runs(self) -> frozenset[int]:
        """The runs of the sketch."""
        return frozenset(array("I", self.sketch))


def tell(body: str) -> Told:
    """What is to be known of a body."""
    words = words_of(body)
    whole = crc32(" ".join(words).encode()) if len(words) >= SHORTEST_COPY else 0
    sample = array("I", sorted(one for one in runs(words) if one % SAMPLED == 0))
    return Told(render(body).links, whole, sample.tobytes())


def runs(words: list[str]) -> frozenset[int]:
    """Every run of five words as a number; none of a text too short to be compared."""
    if len(words) < SHORTEST_STORY:
        return frozenset()
    raw = " ".join(words).encode()
    ends = [at for at, char in enumerate(raw) if char == _SPACE]
    begins = [0, *(end + 1 for end in ends)]
    ends.append(len(raw))
    return frozenset(crc32(raw[begin:end]) for begin, end in zip(begins, ends[SHINGLE - 1 :], strict=False))


_SPACE = ord(" ")


def shared(body: str, other: str) -> float:
    """How much of the shorter of two stories the longer one holds, from 0 to 1."""
    words, others = words_of(body), words_of(other)
    if words == others:
        return 1.0 if len(words) >= SHORTEST_COPY else 0.0
    here, there = runs(words), runs(others)
    return len(here & there) / min(len(here), len(there)) if here and there else 0.0


def alike(told: Mapping[K, Told]) -> Iterator[tuple[K, list[K]]]:
    """Stories with the earlier ones that they may be copies of, likeliest first.

    Only runs that two stories share are counted, each for the first that has it, so the cost grows with the stories
    and not with the pairs.
    """
    sketches = {key: one.runs for key, one in told.items()}
    common = _twice(sketches.values())
    sizes = {key: len(one) for key, one in sketches.items()}
    least = min(filter(None, sizes.values()), default=0)
    order = {key: number for number, key in enumerate(told)}
    wholes: dict[int, K] = {}
    first: dict[int, K] = {}
    for key, one in told.items():
        here = sketches[key] & common
        found = []
        if here and len(here) >= ALIKE * min(sizes[key], least):
            counts = Counter(first[run] for run in here if run in first)
            near = [
                (-count, order[other], other)
                for other, count in counts.items()
                if count >= ALIKE * min(sizes[key], sizes[other])
            ]
            found = [other for _, _, other in sorted(near)]
        same = wholes.setdefault(one.whole, key) if one.whole else key
        candidates = dict.fromkeys(found if same == key else [same, *found])
        if candidates:
            yield key, list(candidates)
        first |= {run: key for run in here if run not in first}


def _twice(sketches: Iterable[frozenset[int]]) -> set[int]:
    """The runs that more than one story holds."""
    seen: set[int] = set()
    twice: set[int] = set()
    for one in sketches:
        twice |= seen & one
        seen |= one
    return twice
