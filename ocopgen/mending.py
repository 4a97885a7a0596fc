"""A file as somebody wrote it → the same as it was meant, wherever a machine can know what was meant.

What might mean two things is left as it is, for `check` to tell. A mend is kept only if the problem it mends is gone.
"""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from ocopgen.document import Document, Path
from ocopgen.editing import Edited, Uneditable
from ocopgen.keys import known_keys, meant_key, model_at, submodel
from ocopgen.model import VIETNAMESE_CHOICES
from ocopgen.problems import Problem
from ocopgen.text import slug
from ocopgen.values import Phone, meant_day, phone_digits, spaced_phone

Judge = Callable[[str], tuple[Document | None, Sequence[Problem]]]
"""Reads a file's text: what it says, if it can be read, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was mended, in Vietnamese and English; `line` is 0 for the file as a whole."""

    line: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Mended:
    """The text as it was meant, and what was done. It is `None` where the bytes are no text."""

    text: str | None
    done: tuple[Mend, ...] = ()


MOST = 200
"""Mends of one file: more are no slips any more."""


def mended(raw: bytes, judge: Judge, model: type[BaseModel]) -> Mended:
    """Mend the bytes of a file that is read as `model`. Mended twice, nothing is done the second time."""
    text, done = _as_text(raw)
    if text is None:
        return Mended(None)
    for _ in range(MOST):
        document, problems = judge(text)
        found = next(_better(text, document, problems, judge, model), None)
        if found is None:
            break
        text, mend = found
        done.append(mend)
    for step in (_with_phones, _in_order):
        text, mends = step(text, judge, model)
        done += mends
    return Mended(text, tuple(done))


# --- signs ------------------------------------------------------------------------------------------------

_UNSEEN = re.compile("[\u200b\ufeff]")
_SEPARATORS = re.compile("[\x85\u2028\u2029]")
_SIGNS: tuple[tuple[Callable[[str], str], str, str], ...] = (
    (lambda text: text.removeprefix("\ufeff"), "bỏ dấu BOM ở đầu tệp", "took out the byte order mark"),
    (
        lambda text: text.replace("\r\n", "\n").replace("\r", "\n"),
        "đổi cách xuống dòng của Windows thành LF",
        "made the line ends LF",
    ),
    (lambda text: _SEPARATORS.sub(" ", text), "thay dấu ngắt dòng lạ bằng dấu cách", "made odd separators spaces"),
    (lambda text: _UNSEEN.sub("", text), "bỏ ký tự không nhìn thấy", "took out signs that cannot be seen"),
    (lambda text: unicodedata.normalize("NFC", text), "đổi dấu tiếng Việt về dạng NFC", "made the letters NFC"),
    (
        lambda text: text if text.endswith("\n") or not text else text + "\n",
        "thêm dấu xuống dòng ở cuối tệp",
        "ended the last line",
    ),
    (lambda text: _opened(text), "đưa dòng --- lên đầu tệp", "moved the line --- to the top"),
)
"""What no reader sees, in the order in which it is mended."""


def _as_text(raw: bytes) -> tuple[str | None, list[Mend]]:
    """The text with its signs as they should be; UTF-16 ("Unicode" in Windows) tells itself by its first bytes."""
    done = []
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, mend = "utf-16", [Mend(0, "đổi mã hóa UTF-16 thành UTF-8", "made the encoding UTF-8")]
    else:
        encoding, mend = "utf-8", []
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None, []
    done += mend
    for sign, vi, en in _SIGNS:
        better = sign(text)
        if better != text:
            text = better
            done.append(Mend(0, vi, en))
    return text, done


def _opened(text: str) -> str:
    """A text whose front matter has only blank lines above it, without these."""
    return text.lstrip(" \t\n") if re.match(r"[ \t\n]+---[ \t]*\n", text) else text


# --- problems ---------------------------------------------------------------------------------------------


def _better(
    text: str, document: Document | None, problems: Sequence[Problem], judge: Judge, model: type[BaseModel]
) -> Iterator[tuple[str, Mend]]:
    """Texts that lack one of the problems, and have no other for it; what could not be read tells the next one."""
    for problem in problems:
        found = _mended(text, document, problem, model)
        if found is None:
            continue
        better, before, after = found
        after_it, left = judge(better)
        gone = (problem.code, problem.place) not in {(one.code, one.place) for one in left}
        if gone and (document is None or (after_it is not None and len(left) < len(problems))):
            said = f"{before.strip()} → {after.strip()}"
            yield better, Mend(problem.place.line, said, said)


def _mended(
    text: str, document: Document | None, problem: Problem, model: type[BaseModel]
) -> tuple[str, str, str] | None:
    if problem.code in _LINES:
        return _line_mended(text, problem, model)
    return _value_mended(text, document, problem, model) if document else None


def _line_mended(text: str, problem: Problem, model: type[BaseModel]) -> tuple[str, str, str] | None:
    """The text with the line mended that YAML cannot read, and the line before and after."""
    mend = _LINES.get(problem.code)
    lines = text.split("\n")
    at = problem.place.line - 1
    if mend is None or not 0 <= at < len(lines):
        return None
    before = lines[at]
    lines[at] = mend(before, _all_keys(model))
    return None if lines[at] == before else ("\n".join(lines), before, lines[at])


def _without_tabs(line: str, keys: set[str]) -> str:
    indent = re.match(r"[ \t]*", line)
    assert indent is not None
    return indent[0].replace("\t", "  ") + line[indent.end() :].replace("\t", " ")


def _with_space(line: str, keys: set[str]) -> str:
    found = re.fullmatch(r"(\s*(?:- )?)([\w-]+):(\S.*)", line)
    return f"{found[1]}{found[2]}: {found[3]}" if found and found[2] in keys else line


def _quoted(line: str, keys: set[str]) -> str:
    found = re.fullmatch(r"(\s*(?:- )?)([\w-]+):\s+([^\s\"'\[{|>&*!].*?)(\s+#.*|\s*)", line)
    return f"{found[1]}{found[2]}: {_in_quotes(found[3])}{found[4].rstrip()}" if found and found[2] in keys else line


def _straight(line: str, keys: set[str]) -> str:
    found = re.fullmatch(r"(\s*(?:- )?(?:[\w-]+:\s*)?)(?:[“”„]([^“”„]*)[“”]|[‘’]([^‘’]*)[‘’])\s*", line)
    return found[1] + _in_quotes(found[2] or found[3] or "") if found else line


def _in_quotes(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


_LINES: Mapping[str, Callable[[str, set[str]], str]] = {
    "yaml-tab": _without_tabs,
    "yaml-line": _with_space,
    "yaml-colon": _quoted,
    "quotes-curly": _straight,
}
"""How a line is mended that YAML cannot read, by the code of its problem."""


def _all_keys(model: type[BaseModel]) -> set[str]:
    """Every key that may stand somewhere in a file."""
    inner = [found for info in model.model_fields.values() if (found := submodel(info.annotation))]
    return {*known_keys(model), *(key for one in inner for key in _all_keys(one))}


def _value_mended(
    text: str, document: Document, problem: Problem, model: type[BaseModel]
) -> tuple[str, str, str] | None:
    """The text with the value or key mended that the model does not take, and that before and after."""
    try:
        file = Edited.of(text)
        if problem.code == "unknown-key":
            return _renamed(file, document, problem, model)
        path = document.value_at(problem.place)
        if path is None or problem.code not in _VALUES:
            return None
        before = file.written(path)
        meant = _VALUES[problem.code](_at(document.data, path), before, dict(problem.words))
        better = file.set(path, meant)
        return None if meant is None else (better.text, before, better.written(path))
    except (Uneditable, KeyError, ValueError):
        return None


def _renamed(file: Edited, document: Document, problem: Problem, model: type[BaseModel]) -> tuple[str, str, str] | None:
    path = document.key_at(problem.place)
    inner = model_at(model, path[:-1]) if path else None
    if path is None or inner is None:
        return None
    key = meant_key(str(path[-1]), inner)
    around = _at(document.data, path[:-1])
    if key is None or not isinstance(around, Mapping) or key in around:
        return None
    return file.rename(path, key).text, f"{path[-1]}:", f"{key}:"


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


Meant = Callable[[Any, str, Mapping[str, str]], object]
"""A value, as it is written, and the words of its problem → the value that was meant, or `None`."""


def _price(value: Any, written: str, words: Mapping[str, str]) -> int | None:
    """`250.000 đ` and `250,000`: groups of three digits; a bare small number might be anything."""
    said = written.strip("\"'").lower()
    found = re.fullmatch(r"([1-9]\d{0,2}(?:[., ]\d{3})+|[1-9]\d{3,9})\s*(?:đ|₫|d|vnd|vnđ|đồng|dong)?", said)
    return int(re.sub(r"\D", "", found[1])) if found else None


def _number(value: Any, written: str, words: Mapping[str, str]) -> float | None:
    """`84,5`, `"10"`, `29,5 %` and `4 sao`."""
    found = (
        re.fullmatch(r"\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*(?:%|sao|điểm)?\s*", value) if isinstance(value, str) else None
    )
    if found is None:
        return None
    return float(f"{found[1]}.{found[2]}") if found[2] else int(found[1])


def _stars(value: Any, written: str, words: Mapping[str, str]) -> int | None:
    found = (
        re.fullmatch(r"\s*(?:([345])\s*(?:sao|stars?|\*)|([★⭐*]{3,5}))\s*", value) if isinstance(value, str) else None
    )
    return None if found is None else int(found[1]) if found[1] else len(found[2])


def _choice(value: Any, written: str, words: Mapping[str, str]) -> str | None:
    choices = words["choices"].split(", ")
    said = slug(str(value))
    meant = VIETNAMESE_CHOICES.get(said, said)
    return meant if meant in choices else None


def _boolean(value: Any, written: str, words: Mapping[str, str]) -> bool | None:
    return {"co": True, "yes": True, "dung": True, "khong": False, "no": False, "sai": False}.get(slug(str(value)))


def _digits(value: Any, written: str, words: Mapping[str, str]) -> str | None:
    """A phone whose first zero a table took off."""
    digits = re.sub(r"[\s.()-]", "", str(value))
    return spaced_phone("0" + digits) if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits) else None


def _many(value: Any) -> bool:
    """Whether a value may be several things: `tỏi đen, gia vị` are two tags, or one."""
    return isinstance(value, Mapping) or (isinstance(value, str) and re.search("[,;]", value) is not None)


_VALUES: Mapping[str, Meant] = {
    "date-expected": lambda value, written, words: meant_day(value),
    "price-form": _price,
    "number-expected": _number,
    "stars-range": _stars,
    "choice": _choice,
    "boolean-expected": _boolean,
    "phone-form": _digits,
    "list-expected": lambda value, written, words: None if _many(value) else [value],
    "text-expected": lambda value, written, words: written,
}
"""What was meant by a value that is not taken, by the code of its problem."""


# --- the house style --------------------------------------------------------------------------------------


def _with_phones(text: str, judge: Judge, model: type[BaseModel]) -> tuple[str, list[Mend]]:
    """Every phone in groups that people read."""
    done = []
    document, _ = judge(text)
    for path in _phones(model, document.data if document else {}, ()):
        assert document is not None
        try:
            file = Edited.of(text)
            before, spaced = _at(document.data, path), spaced_phone(phone_digits(_at(document.data, path)))
            if spaced != before:
                line = document.place(path).line
                text = file.set(path, spaced).text
                done.append(Mend(line, f"{before} → {spaced}", f"{before} → {spaced}"))
        except (PydanticCustomError, Uneditable):
            continue
    return text, done


def _phones(model: type[BaseModel], data: Any, path: Path) -> Iterator[Path]:
    """Where the phones are in what a file says."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        value = data.get(key) if isinstance(data, Mapping) else None
        inner, many = submodel(info.annotation), value if isinstance(value, tuple) else None
        each = [((*path, key), value)] if many is None else [((*path, key, at), one) for at, one in enumerate(many)]
        if inner is not None:
            for at, one in each:
                yield from _phones(inner, one, at)
        elif value and _is_phone(info.annotation):
            yield from (at for at, _ in each)


def _is_phone(annotation: Any) -> bool:
    return annotation == Phone or any(map(_is_phone, get_args(annotation)))


def _in_order(text: str, judge: Judge, model: type[BaseModel]) -> tuple[str, list[Mend]]:
    """The keys in the order of the model."""
    document, problems = judge(text)
    if document is None:
        return text, []
    try:
        better = Edited.of(text).ordered(known_keys(model)).text
    except Uneditable:
        return text, []
    after, left = judge(better)
    if better == text or after is None or after.data != document.data or len(left) != len(problems):
        return text, []
    return better, [Mend(0, "xếp các khóa theo thứ tự chung", "put the keys into the usual order")]
