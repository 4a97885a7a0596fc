"""How GitHub's runner reads the log of a step: which lines are commands, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field

KNOWN = {"error", "warning", "notice", "group", "endgroup", "debug", "add-mask", "add-matcher", "stop-commands"}
KNOWN |= {"set-env", "add-path", "set-output", "save-state", "remove-matcher", "echo"}


@dataclass(frozen=True)
class Command:
    """A command with its properties and its data."""

    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def commands(log: str) -> list[Command]:
    """The commands that are run, read as the runner reads: `::name k=v::data` and, anywhere in a line, `##[name]`."""
    found: list[Command] = []
    token = ""
    for line in log.split("\n"):
        one = _second_form(line, {*KNOWN, token}) or _first_form(line, {*KNOWN, token})
        if one is None:
            continue
        if token:
            token = "" if one.name.lower() == token.lower() else token
        elif one.name == "stop-commands":
            token = one.data
        else:
            found.append(one)
    assert not token, "commands were stopped and never allowed again"
    return found


def _second_form(line: str, known: set[str]) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, listed = line[2:end].partition(" ")
    if name.lower() not in known:
        return None
    pairs = (one.partition("=") for one in listed.strip().split(",") if "=" in one)
    properties = {key: _meant(value, "\r\n:,%") for key, _, value in pairs}
    return Command(name, _meant(line[end + 2 :], "\r\n%"), properties)


def _first_form(line: str, known: set[str]) -> Command | None:
    begin = line.find("##[")
    end = line.find("]", begin)
    if begin < 0 or end < 0:
        return None
    name = line[begin + 3 : end].partition(" ")[0]
    return Command(name, line[end + 1 :]) if name.lower() in known else None


def _meant(words: str, signs: str) -> str:
    for char in signs:
        words = words.replace(f"%{ord(char):02X}", char)
    return words
