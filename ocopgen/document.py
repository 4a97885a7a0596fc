"""One file of the content: bytes → plain YAML values, Markdown body, and the place of everything.

YAML is read from libyaml's events, so nothing recurses, nothing but plain values can appear, and an alias
cannot explode. Scalars are read as the contract means them, not as YAML 1.1 does: `no`, `012`, `1:30` and
`0912…` and `+84…` stay words; only `true`, `false`, whole and decimal numbers, ISO dates and `null` are anything
else. What cannot be seen is forgiven: a byte order mark, CRLF, NFD, separators of lines, no-break spaces.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import yaml

from ocopgen.problems import Place, Problem

if not yaml.__with_libyaml__:
    raise ModuleNotFoundError("PyYAML without libyaml", name="yaml._yaml")

MAX_BYTES = 1 << 20
MAX_DEPTH = 20

Path = tuple[str | int, ...]
"""Where a value stands in a document: `("recognitions", 0, "stars")`."""

_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

_SEPARATORS = re.compile("[\x85\u2028\u2029]")
"""YAML takes these for ends of lines, editors and git do not: as spaces they leave the numbers of lines right."""

_NO_BREAK = re.compile(r"^[ \u00a0]*\u00a0|(?<=[:-])\u00a0", re.MULTILINE)
"""No-break spaces where YAML needs plain ones; phones and word processors put them in."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that could be read. `yaml_line` and `body_line` are the lines before the YAML and the body."""

    file: str
    data: Mapping[str, object]
    yaml: str
    yaml_line: int = 0
    body: str = ""
    body_line: int = 0

    def place(self, path: Path = ()) -> Place:
        """Where a value begins; for a value that is not there, where its nearest parent begins."""
        return self._place(path, _marks(self.yaml)[0])

    def key_place(self, path: Path) -> Place:
        """Where a value's key begins."""
        return self._place(path, _marks(self.yaml)[1])

    def value_at(self, place: Place) -> Path | None:
        """The path of the value that begins at a place."""
        return self._path(place, _marks(self.yaml)[0])

    def key_at(self, place: Place) -> Path | None:
        """The path of the value whose key begins at a place."""
        return self._path(place, _marks(self.yaml)[1])

    def _path(self, place: Place, marks: Mapping[Path, tuple[int, int]]) -> Path | None:
        spot = place.line - self.yaml_line - 1, place.column - 1
        return next((path for path, mark in marks.items() if mark == spot and path), None)

    def body_place(self, offset: int) -> Place:
        """The place of a character of the body."""
        before = self.body[:offset]
        line = before.count("\n")
        column = offset - (before.rfind("\n") + 1)
        return Place(self.file, self.body_line + line + 1, column + 1, _line_at(self.body, line))

    def _place(self, path: Path, marks: Mapping[Path, tuple[int, int]]) -> Place:
        while path not in marks and path:
            path = path[:-1]
        line, column = marks.get(path, (0, 0))
        return Place(self.file, self.yaml_line + line + 1, column + 1, _line_at(self.yaml, line))


def _line_at(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number] if number < len(lines) else ""


def read_entry(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """A Markdown file with YAML front matter between two `---` lines."""
    text, problems = _decoded(file, raw)
    if text is None:
        return None, problems
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, [Problem.at(Place(file, 1, 1, lines[0]), "front-matter-missing")]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        last = _last_fact(lines)
        return None, [Problem.at(Place(file, last + 1, len(lines[last]) + 1, lines[last]), "front-matter-open")]
    front = with_plain_spaces("\n".join(lines[1:end]) + "\n")
    body = "\n".join(lines[end + 1 :])
    return _parsed(Document(file, {}, front, 1, body, end + 1))


_FACT = re.compile(r"[a-z_0-9]+:(\s|$)|\s+\S")
_FACT_OR_STORY = re.compile(r"[-#\]}]")


def _last_fact(lines: Sequence[str]) -> int:
    """The line, from 0, behind which facts that are never closed most likely end."""
    last, apart = 0, False
    for number, line in enumerate(lines[1:], 1):
        if not line.strip():
            apart = True
        elif _FACT.match(line) or (_FACT_OR_STORY.match(line) and not apart):
            last, apart = number, False
        elif not _FACT_OR_STORY.match(line):
            break
    return last


def read_data(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """A file that is YAML and nothing else."""
    text, problems = _decoded(file, raw)
    return (None, problems) if text is None else _parsed(Document(file, {}, with_plain_spaces(text)))


def with_plain_spaces(text: str) -> str:
    """YAML whose no-break spaces are plain ones where YAML needs them; everything stays at its place."""
    return _NO_BREAK.sub(lambda found: " " * len(found[0]), text) if "\u00a0" in text else text


def _decoded(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    """The text in NFC with plain line ends; a byte order mark is not part of it."""
    if len(raw) > MAX_BYTES:
        return None, [Problem.at(Place(file), "file-too-large", size=len(raw) // 1024, limit=MAX_BYTES // 1024)]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start)
        begin = raw.rfind(b"\n", 0, fault.start) + 1
        column = len(raw[begin : fault.start].decode("utf-8", "replace"))
        return None, [Problem.at(Place(file, line + 1, column + 1), "not-utf8", byte=f"{raw[fault.start]:02x}")]
    text = unicodedata.normalize("NFC", _SEPARATORS.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        return None, [Problem.at(Place(file, 1, 1), "file-empty")]
    return text, []


def _parsed(document: Document) -> tuple[Document | None, list[Problem]]:
    try:
        data = _Reader(document.yaml).read()
        data = {} if data is None else data
    except _Refused as refused:
        place = _at(document, refused.line, refused.column)
        return None, [Problem.at(place, refused.code, **refused.words)]
    if not isinstance(data, dict):
        return None, [Problem.at(_at(document, 0, 0), "yaml-not-mapping")]
    whole = Document(document.file, data, document.yaml, document.yaml_line, document.body, document.body_line)
    return whole, [*_cut_values(whole)]


_CUT = re.compile(r"^[\s-]*\w+:\s+[^\s\"'#|>\[{](?:[^\"'#]*[^\s\"'#])?[ \t]+(#[^\s#].*)$", re.MULTILINE)


def _cut_values(document: Document) -> Iterator[Problem]:
    """Values that lose their end because YAML takes ` #1` for a comment; people write comments as ` # so`."""
    for found in _CUT.finditer(document.yaml):
        line = document.yaml.count("\n", 0, found.start(1))
        column = found.start(1) - (document.yaml.rfind("\n", 0, found.start(1)) + 1)
        yield Problem.at(_at(document, line, column), "yaml-hash", value=found[1])


def _at(document: Document, line: int, column: int) -> Place:
    excerpt = _line_at(document.yaml, line)
    return Place(document.file, document.yaml_line + line + 1, column + 1, excerpt)


@lru_cache(maxsize=8)
def _marks(text: str) -> tuple[Mapping[Path, tuple[int, int]], Mapping[Path, tuple[int, int]]]:
    """Line and column (from 0) of every value and of every key; read again only when a problem needs it."""
    reader = _Reader(text)
    reader.read()
    return reader.values, reader.keys


class _Refused(Exception):
    """YAML that is not taken: the code of its problem, with line and column from 0."""

    def __init__(self, code: str, line: int, column: int, **words: object) -> None:
        super().__init__(code)
        self.code, self.line, self.column, self.words = code, line, column, words


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been read yet."""

    value: dict[str, object] | list[object]
    path: Path
    key: str | None = None
    awaits_key: bool = True


class _Reader:
    """Turns YAML events into plain values and remembers where each stood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self._stack: list[_Open] = []
        self._root: object = None

    def read(self) -> object:
        for event in self._events():
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                raise _Refused("yaml-alias", *_mark(event))
            elif isinstance(event, yaml.DocumentStartEvent) and self.values:
                raise _Refused("yaml-second", *_mark(event))
        return self._root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as fault:
            raise _Refused(*_slip(self.text, fault)) from None
        except yaml.reader.ReaderError as fault:
            before = self.text[: self.text.find(chr(fault.character))]
            line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
            raise _Refused("yaml-character", line, column, character=f"U+{fault.character:04X}") from None

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        line, column = _mark(event)
        self._refuse_marked(event)
        if len(self._stack) >= MAX_DEPTH:
            raise _Refused("yaml-deep", line, column, limit=MAX_DEPTH)
        path = self._place_next(line, column)
        self._stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], path))

    def _close(self) -> None:
        done = self._stack.pop()
        self._keep(tuple(done.value) if isinstance(done.value, list) else done.value)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line, column = _mark(event)
        self._refuse_marked(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.awaits_key:
            if event.value in top.value:
                raise _Refused("yaml-duplicate", line, column, key=event.value)
            top.key, top.awaits_key = event.value, False
            self.keys[(*top.path, event.value)] = (line, column)
            return
        self._place_next(line, column)
        self._keep(event.value if event.style else _plain(event.value))

    def _place_next(self, line: int, column: int) -> Path:
        """The path of the value that begins here."""
        if not self._stack:
            path: Path = ()
        else:
            top = self._stack[-1]
            if isinstance(top.value, dict) and top.awaits_key:
                raise _Refused("yaml-key", line, column)
            path = (*top.path, str(top.key) if isinstance(top.value, dict) else len(top.value))
        self.values[path] = (line, column)
        return path

    def _keep(self, value: object) -> None:
        if not self._stack:
            self._root = value
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[str(top.key)] = value
            top.awaits_key = True

    @staticmethod
    def _refuse_marked(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        line, column = _mark(event)
        if event.anchor is not None:
            raise _Refused("yaml-alias", line, column)
        if event.tag is not None:
            raise _Refused("yaml-tag", line, column, tag=event.tag)


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, from 0."""
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _plain(word: str) -> object:
    """The value of an unquoted scalar."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _INT.fullmatch(word) and len(word) < 20:
        return int(word)
    if _FLOAT.fullmatch(word):
        return float(word)
    if _DATE.fullmatch(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            return word
    return word


# What libyaml says ("context: problem"), the code of the slip behind it, and whether it stands where the
# construct began (`context`) or where the parser gave up (`problem`). The first row that fits is taken.
_SLIPS = (
    (r"escape character|hexdecimal number", "yaml-escape", "problem"),
    (r"scanning a quoted scalar", "yaml-quote", "context"),
    (r"scanning a simple key", "yaml-line", "context"),
    (r"mapping values are not allowed", "yaml-colon", "problem"),
    (r"scanning an a(?:nchor|lias)", "yaml-alias", "context"),
    (r"parsing a flow", "yaml-bracket", "context"),
    (r"block scalar|directive|a tag|tag handle|node content|start any token", "yaml-character-start", "context"),
)
_NO_SPACE = re.compile(r"\s*(?:- )?\w+:[^\s/]")


def _slip(text: str, fault: yaml.MarkedYAMLError) -> tuple[str, int, int]:
    """The code of a mistake in the YAML, and its line and column from 0: the commonest have messages of their own."""
    end = _spot(fault.problem_mark)
    open_quote = _open_quote(text)
    if open_quote and open_quote <= end:
        return "yaml-quote", *open_quote
    here = _line_at(text, end[0])
    if "\t" in here[: end[1] + 1]:
        return "yaml-tab", *end
    said = f"{fault.context}: {fault.problem}"
    code, where = next(((code, where) for words, code, where in _SLIPS if re.search(words, said)), ("", "problem"))
    if code == "yaml-colon" and _NO_SPACE.match(_line_at(text, end[0] - 1)):
        return "yaml-line", end[0] - 1, 0
    begin = _inside(text, _spot(fault.context_mark) if fault.context_mark and where == "context" else end)
    if _curly(_line_at(text, begin[0])):
        return "quotes-curly", *begin
    return code or _unnamed(here[: end[1]]), *begin


_BEGINS = re.compile(r"""(?:: |[\[{]|^[ ]*- ) *(?=["'])""", re.MULTILINE)
_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"'(?:[^']|'')*'")}
_ENDS = re.compile(r"[ ]*(?:[,\]}#:]|$)", re.MULTILINE)


def _open_quote(text: str) -> tuple[int, int] | None:
    """Where a value begins whose quotation mark is never closed, or by the mark that was to open another value."""
    at = 0
    while found := _BEGINS.search(text, at):
        begin = found.end()
        whole = _QUOTED[text[begin]].match(text, begin)
        if whole is None or ("\n" in whole[0] and not _ENDS.match(text, whole.end())):
            return text.count("\n", 0, begin), begin - (text.rfind("\n", 0, begin) + 1)
        at = whole.end()
    return None


def _unnamed(before: str) -> str:
    """The code of a slip that libyaml has no words for, by what stands before it on its line."""
    if not before.strip(" -"):
        return "yaml-indent"
    return "yaml-after" if before.rstrip().endswith(('"', "'", "]", "}")) else "yaml-syntax"


def _spot(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _inside(text: str, spot: tuple[int, int]) -> tuple[int, int]:
    """The spot, or the end of the last line with words where the parser gave up behind it."""
    lines = text.rstrip().split("\n")
    return spot if spot[0] < len(lines) else (len(lines) - 1, len(lines[-1]))


def _curly(line: str) -> bool:
    """Whether a value on this line begins with a typographic quotation mark, which YAML does not know."""
    return re.search(r"[:\[{,-]\s*[“”‘’„]", line) is not None
