"""All addresses outside that the content names, asked host by host; what was learned is kept, however the work ends."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from ocopgen import __version__
from ocopgen.darkroom import Progress, stage
from ocopgen.notebook import DAY, Notebook
from ocopgen.outward import Named, outward
from ocopgen.problems import Problem, brief
from ocopgen.project import Project, library_of, open_darkroom, survey_of
from ocopgen.visit import Answer, Visitor, reason

HOSTS = 8
"""Hosts that are asked at the same time."""

KEPT = {"good": 30, "moved": 30, "dead": 7, "unsure": 1}
"""Days for which an answer is taken as it was."""

ENOUGH = 3
"""Hosts that must all be out of reach before it is our own network that is."""

_NOTE = "address "


class Offline(Exception):
    """No host of several could be reached: it is our own network that is away."""

    def __str__(self) -> str:
        return (
            "không máy chủ nào trả lời: máy này có mạng không? Chưa kiểm tra được liên kết ra ngoài\n"
            "no host can be reached: is this machine online? Links to other sites were not checked"
        )


@dataclass(frozen=True, slots=True)
class Visited:
    """What became of addresses: how many there are, how many were asked now, and what is wrong with any."""

    known: int
    asked: int
    problems: tuple[Problem, ...]


def check_outward(
    project: Project, progress: Progress, fresh: bool, hire: Callable[[str], Visitor] = Visitor
) -> Visited:
    """Ask every address of the content that was not asked lately, or with `fresh` every one. Raises `Offline`.

    `hire` makes the visitor of the name by which it tells servers who asks.
    """
    with open_darkroom(project, progress) as room:
        library = library_of(project, survey_of(project, room.notes), room)
    if library.catalogue is None:
        return Visited(0, 0, ())
    named = list(outward(library.book(library.catalogue)))
    site = library.catalogue.site
    agent = f"ocopgen/{__version__} (link check; +{site.repository or site.address or site.title})"
    notes = Notebook(project.cache)
    wanted = list(dict.fromkeys(one.address for one in named))
    answers = {} if fresh else recalled(notes, wanted)
    todo = [one for one in wanted if one not in answers]
    found: dict[str, Answer] = {}
    # What a server does wrong is told as a reason; tornado would tell it once more, as faults of a program.
    logging.getLogger("tornado").propagate = False
    logging.getLogger("tornado").addHandler(logging.NullHandler())
    try:
        if todo:
            asyncio.run(ask(todo, lambda: hire(agent.encode("ascii", "replace").decode()), progress, found))
    finally:
        keep(notes, found)
    return Visited(len(wanted), len(todo), tuple(told(named, {**answers, **found})))


# --- what was learned before ------------------------------------------------------------------------------


def recalled(notes: Notebook, wanted: Iterable[str]) -> dict[str, Answer]:
    """Answers that are not too old."""
    known = notes.kept_all(_NOTE)
    found = {}
    for one in wanted:
        with suppress(KeyError, ValueError, TypeError):
            day, kind, *rest = json.loads(known[_NOTE + one])
            if today() - day < KEPT[kind]:
                found[one] = Answer(kind, *rest)
    return found


def keep(notes: Notebook, answers: Mapping[str, Answer]) -> None:
    """Note what became of addresses, with the day."""
    for address, one in answers.items():
        notes.keep(_NOTE + address, json.dumps([today(), one.kind, one.why, one.to]).encode())
    notes.save()
    notes.close()


def today() -> int:
    """Days since 1970."""
    return int(time.time()) // DAY


# --- asking -----------------------------------------------------------------------------------------------


async def ask(
    addresses: Sequence[str], hire: Callable[[], Visitor], progress: Progress, found: dict[str, Answer]
) -> None:
    """Ask addresses, those of a host one after another; each answer goes into `found` as it comes. Raises `Offline`."""
    groups: dict[str, list[str]] = {}
    for one in addresses:
        groups.setdefault(_host(one), []).append(one)
    door = asyncio.Semaphore(HOSTS)
    answered: dict[str, bool] = {}

    async def rounds(visitor: Visitor, host: str) -> None:
        async with door:
            for one in groups[host]:
                if _is_away(answered):
                    return
                found[one] = answer = await visitor.visit(one)
                answered[host] = answered.get(host, False) or answer.reached
                progress.step()

    with stage(progress, "addresses", len(addresses)), closing(hire()) as visitor:
        async with asyncio.TaskGroup() as tasks:
            for host in groups:
                tasks.create_task(rounds(visitor, host))
    if _is_away(answered):
        found.clear()
        raise Offline
    _doubt(answered, found)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _is_away(answered: Mapping[str, bool]) -> bool:
    """Whether it is our own network that is away, as nobody is reached."""
    return len(answered) >= ENOUGH and not any(answered.values())


def _doubt(answered: Mapping[str, bool], found: dict[str, Answer]) -> None:
    """Where few were asked and none was reached, a missing name may be the fault of our network."""
    if not any(answered.values()):
        for address, one in found.items():
            if one.kind == "dead":
                found[address] = Answer("unsure", one.why)


# --- in words ---------------------------------------------------------------------------------------------


_CODES = {"dead": "address-dead", "unsure": "address-unsure"}


def told(named: Iterable[Named], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """A problem at each place of an address that is not known to be good."""
    for one in named:
        answer = answers.get(one.address)
        if answer is None or answer.kind == "good":
            continue
        words = {"value": brief(one.address)}
        if answer.kind == "moved":
            yield Problem.at(one.place, "address-moved", to=answer.to, **words)
        else:
            vi, en = reason(answer.why)
            yield Problem.at(one.place, _CODES[answer.kind], why_vi=vi, why_en=en, **words)
