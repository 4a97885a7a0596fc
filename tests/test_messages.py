"""Every message is whole in both languages, and the codes in the source are those of the table."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import ocopgen
from ocopgen.decode import _CODES
from ocopgen.document import _SLIPS
from ocopgen.messages import MESSAGES, Severity
from ocopgen.photo import Fault

SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(Path(ocopgen.__file__).parent.glob("*.py"))}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def quoted(module: str) -> set[str]:
    """The quoted words of a module that are codes."""
    return set(re.findall(r'"([a-z0-9-]+)"', SOURCES[module])) & set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_speaks_both_languages(code: str) -> None:
    message = MESSAGES[code]
    assert message.vi
    assert message.en
    assert bool(message.mend_vi) == bool(message.mend_en)


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_of_a_message_say_the_same_things(code: str) -> None:
    message = MESSAGES[code]

    def asked(template: str) -> set[str]:
        return {re.sub(r"_(vi|en)$", "", name) for name in names(template)}

    assert asked(message.vi) == asked(message.en)
    assert asked(message.mend_vi) == asked(message.mend_en)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_can_be_filled_in(code: str) -> None:
    message = MESSAGES[code]
    for lang in ("vi", "en"):
        for template in (message.sentence(lang), message.mend(lang)):
            filled = template.format(**dict.fromkeys(names(template), "*"))
            assert "{}" not in filled
            assert filled == filled.strip()


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_begins_small_and_ends_without_a_full_stop(code: str) -> None:
    message = MESSAGES[code]
    for words in filter(None, (message.vi, message.en, message.mend_vi, message.mend_en)):
        assert not words.endswith(".")
        assert words.split()[0] in (words.split()[0].lower(), "GTIN", "HTML", "YAML")


def test_every_message_is_used_somewhere() -> None:
    used = set().union(*(quoted(module) for module in SOURCES if module != "messages"))
    assert set(MESSAGES) - used == set()


def test_every_code_that_the_source_gives_has_a_message() -> None:
    given = {code for source in SOURCES.values() for code in _codes(source)}
    given |= set(_CODES.values()) | {code for _, code, _ in _SLIPS}
    given -= set(get_args(Fault))  # why a photo cannot be read is no code yet
    assert given - set(MESSAGES) == set()
    assert len(given) > 60


def _codes(source: str) -> set[str]:
    """The codes in `Problem.at(place, "code", …)`, `refuse("code", …)`, `_Refused("code", …)` and `fault="code"`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if ast.unparse(call.func) in ("refuse", "_Refused") and call.args]
    second = [call.args[1] for call in calls if ast.unparse(call.func) == "Problem.at"]
    faults = [word.value for call in calls for word in call.keywords if word.arg == "fault"]
    return {one.value for one in (*first, *second, *faults) if isinstance(one, ast.Constant) and one.value}


def test_a_severity_has_its_words() -> None:
    assert [(one.word("vi"), one.word("en")) for one in Severity] == [("lỗi", "error"), ("lưu ý", "warning")]
