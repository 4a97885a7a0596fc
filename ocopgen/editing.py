"""Changes to the YAML of a file that leave all else as it was, byte for byte: comments, quotes, order, body.

A round trip through ruamel.yaml gives a file one indentation throughout and writes `~` anew, so only what is put in is
rendered by it. It is put into the text at the marks of what was there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import yaml
from yaml.error import Mark
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from ocopgen.document import Path, with_plain_spaces

_MANY = Mapping, list, tuple
"""What is written on lines of its own."""


class Uneditable(ValueError):
    """The YAML cannot be read, or the path leads to nothing that can be changed."""


@dataclass(frozen=True)
class Edited:
    """The text of a file between `head` (before the YAML) and `tail` (the story). Lines end as they did."""

    head: str
    yaml: str
    tail: str
    newline: str = "\n"

    @staticmethod
    def of(text: str) -> Edited:
        """An entry with front matter, or else a data file. Raises `Uneditable` where the front matter is not closed."""
        newline = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"  # mixed ends stay as they are
        plain = text.replace(newline, "\n")
        opening = re.match(r"\ufeff?---[ \t\r]*\n", plain)
        if opening is None:
            return Edited("", plain, "", newline)
        closing = re.compile(r"^---[ \t\r]*$", re.MULTILINE).search(plain, opening.end())
        if closing is None:
            raise Uneditable("front matter")
        return Edited(opening[0], plain[opening.end() : closing.start()], plain[closing.start() :], newline)

    @property
    def text(self) -> str:
        """The whole file."""
        return (self.head + self.yaml + self.tail).replace("\n", self.newline)

    # --- changes ------------------------------------------------------------------------------------------

    def set(self, path: Path, value: object, order: Sequence[str] = ()) -> Edited:
        """Give the value at `path`; a new key of a mapping goes where `order` has it, at the end where it does not."""
        parent, key = self._node(path[:-1]), path[-1]
        if isinstance(parent, MappingNode):
            pair = _pair(parent, key)
            return self._replaced(pair, value) if pair else self._added(parent, str(key), value, order)
        if isinstance(parent, SequenceNode) and isinstance(key, int) and key < len(parent.value):
            return self._with_item(parent, key, value)
        raise Uneditable(path)

    def insert(self, path: Path, index: int, value: object) -> Edited:
        """Put a value into the list at `path`, before the item that has this index now."""
        node = self._node(path)
        if not isinstance(node, SequenceNode):
            raise Uneditable(path)
        if node.flow_style:
            return self._into_flow(node, index, _flow(value))
        dash = self._dashes(node)
        indent = " " * node.start_mark.column
        item = _block(value, indent + "  ", after_dash=True)
        if index < len(dash):
            return self._spliced(self._line_start(dash[index]), self._line_start(dash[index]), f"{indent}- {item}\n")
        return self._on_lines_after(node.value[-1], f"{indent}- {item}\n")

    def remove(self, path: Path) -> Edited:
        """Take out a key with its value, or an item of a list."""
        parent, key = self._node(path[:-1]), path[-1]
        if isinstance(parent, MappingNode):
            pairs: list[tuple[Node, Node]] = list(parent.value)
            at = next((number for number, (name, _) in enumerate(pairs) if name.value == key), None)
        elif isinstance(parent, SequenceNode) and isinstance(key, int) and key < len(parent.value):
            pairs, at = [(one, one) for one in parent.value], key
        else:
            raise Uneditable(path)
        if at is None or (len(pairs) == 1 and path[:-1]):
            raise Uneditable(path)
        if parent.flow_style:
            return self._out_of_flow(pairs, at)
        begins = self._begin(pairs[at][0]) if isinstance(parent, MappingNode) else self._dashes(parent)[at]
        if self.yaml[self._line_start(begins) : begins].strip():
            return self._spliced(begins, self._begin(pairs[at + 1][0]), "")  # the dash of a list stands before it
        return self._spliced(self._line_start(begins), self._line_end(self._end(pairs[at][1])), "")

    def rename(self, path: Path, key: str) -> Edited:
        """Give another name to the key at the end of `path`."""
        parent = self._node(path[:-1])
        pair = _pair(parent, path[-1]) if isinstance(parent, MappingNode) else None
        if pair is None:
            raise Uneditable(path)
        return self._spliced(self._begin(pair[0]), self._end(pair[0]), key)

    def ordered(self, order: Sequence[str]) -> Edited:
        """The keys of the whole in this order, each with the lines and the comments that belong to it."""
        root = self._root
        if not isinstance(root, MappingNode) or root.flow_style or not root.value:
            return self
        names = [str(name.value) for name, _ in root.value]
        if not set(names) <= set(order):
            return self
        begins = [self._with_comments(self._line_start(self._begin(name))) for name, _ in root.value]
        last = self._line_end(self._end(root.value[-1][1]))
        ends = [*begins[1:], last]
        spans = zip(names, begins, ends, strict=True)
        parts = [(order.index(name), self.yaml[begin:end]) for name, begin, end in spans]
        whole = [words if words.endswith("\n") else f"{words}\n" for _, words in sorted(parts, key=lambda one: one[0])]
        return replace(self, yaml=self.yaml[: begins[0]] + "".join(whole) + self.yaml[last:])

    def written(self, path: Path) -> str:
        """A value as it stands in the file."""
        node = self._node(path)
        return self.yaml[self._begin(node) : self._end(node)]

    # --- how they are made --------------------------------------------------------------------------------

    def _replaced(self, pair: tuple[Node, Node], value: object) -> Edited:
        key, old = pair
        begin, end = self._begin(old), self._end(old)
        if isinstance(old, ScalarNode) and old.style not in ("|", ">") and not isinstance(value, _MANY):
            gap = "" if begin > self._end(key) and self.yaml[begin - 1 : begin] in (" ", "\u00a0") else " "
            return self._spliced(begin, end, gap + _scalar(value, old.style, self._in_flow(begin)))
        colon = self.yaml.index(":", self._end(key)) + 1
        if self._in_flow(self._begin(key)):
            return self._spliced(colon, max(colon, end), " " + _flow(value))
        indent = " " * (key.start_mark.column + 2)
        return self._spliced(colon, max(colon, end), _after_colon(value, indent))

    def _with_item(self, parent: SequenceNode, index: int, value: object) -> Edited:
        old = parent.value[index]
        begin, end = self._begin(old), self._end(old)
        if parent.flow_style or not isinstance(value, _MANY):
            style = old.style if isinstance(old, ScalarNode) else None
            words = _flow(value) if isinstance(value, _MANY) else _scalar(value, style, bool(parent.flow_style))
            return self._spliced(begin, end, words)
        indent = " " * (parent.start_mark.column + 2)
        return self._spliced(begin, end, _block(value, indent, after_dash=True))

    def _added(self, parent: MappingNode, key: str, value: object, order: Sequence[str]) -> Edited:
        pairs = list(parent.value)
        if parent.flow_style:
            before = _place(pairs, key, order)
            return self._into_flow(parent, before, f"{key}: {_flow(value)}")
        if not pairs:
            return self._spliced(0, 0, f"{key}:{_after_colon(value, '  ')}\n")
        column = pairs[0][0].start_mark.column
        line = " " * column + f"{key}:{_after_colon(value, ' ' * (column + 2))}\n"
        place = _place(pairs, key, order)
        first = self._line_start(self._begin(pairs[0][0]))
        if place == 0 and not self.yaml[first : self._begin(pairs[0][0])].strip():
            return self._spliced(first, first, line)
        return self._on_lines_after(pairs[max(0, place - 1)][1], line)

    def _into_flow(self, node: CollectionNode, index: int, words: str) -> Edited:
        items = [one if isinstance(node, SequenceNode) else one[0] for one in node.value]
        ends = [one if isinstance(node, SequenceNode) else one[1] for one in node.value]
        if not items:
            at = self._begin(node) + 1
            return self._spliced(at, self._end(node) - 1, words)
        if index >= len(items):
            at = self._end(ends[-1])
            return self._spliced(at, at, f", {words}")
        at = self._begin(items[index])
        return self._spliced(at, at, f"{words}, ")

    def _out_of_flow(self, pairs: Sequence[tuple[Node, Node]], at: int) -> Edited:
        if at + 1 < len(pairs):
            return self._spliced(self._begin(pairs[at][0]), self._begin(pairs[at + 1][0]), "")
        before = self._end(pairs[at - 1][1]) if at else self._begin(pairs[at][0])
        return self._spliced(before, self._end(pairs[at][1]), "")

    def _on_lines_after(self, node: Node, lines: str) -> Edited:
        at = self._line_end(self._end(node))
        gap = "" if self.yaml[at - 1 : at] == "\n" else "\n"
        return self._spliced(at, at, gap + lines)

    def _spliced(self, begin: int, end: int, words: str) -> Edited:
        return replace(self, yaml=self.yaml[:begin] + words + self.yaml[end:])

    # --- where things are ---------------------------------------------------------------------------------

    @cached_property
    def _root(self) -> Node:
        try:
            root = yaml.compose(with_plain_spaces(self.yaml), Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError) as fault:
            raise Uneditable(str(fault)) from None
        if root is None:
            mark = Mark("", 0, 0, 0, "", 0)
            return MappingNode("tag:yaml.org,2002:map", [], mark, mark, flow_style=False)
        return root

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.yaml))]

    def _node(self, path: Path) -> Node:
        node = self._root
        for part in path:
            if isinstance(node, MappingNode):
                pair = _pair(node, part)
                if pair is None:
                    raise Uneditable(path)
                node = pair[1]
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            else:
                raise Uneditable(path)
        return node

    def _offset(self, mark: Mark) -> int:
        return (
            min(self._starts[mark.line] + mark.column, len(self.yaml))
            if mark.line < len(self._starts)
            else len(self.yaml)
        )

    def _begin(self, node: Node) -> int:
        return self._offset(node.start_mark)

    def _end(self, node: Node) -> int:
        """Where a value ends; of a block, where the last thing in it does."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            if not node.value:
                return self._begin(node)
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = self._offset(node.end_mark)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return self._begin(node) + len(self.yaml[self._begin(node) : end].rstrip("\n"))
        return end

    def _dashes(self, node: SequenceNode) -> list[int]:
        """Where the dash of each item is."""
        return [self.yaml.rindex("-", 0, max(1, self._begin(one))) if self._begin(one) else 0 for one in node.value]

    def _with_comments(self, at: int) -> int:
        """Where the comments begin that stand right above a line."""
        while at:
            above = self._line_start(at - 1)
            if not self.yaml[above:at].startswith("#"):
                break
            at = above
        return at

    def _line_start(self, at: int) -> int:
        return self.yaml.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Behind the line break of the line that holds this place."""
        found = self.yaml.find("\n", at)
        return len(self.yaml) if found < 0 else found + 1

    def _in_flow(self, at: int) -> bool:
        return any(self._begin(one) < at < self._end(one) for one in _flows(self._root))


def _flows(node: Node) -> Iterator[Node]:
    """The outermost mappings and lists in brackets."""
    if not isinstance(node, CollectionNode):
        return
    if node.flow_style:
        yield node
        return
    for one in node.value:
        yield from _flows(one[1] if isinstance(one, tuple) else one)


def _pair(node: MappingNode, key: object) -> tuple[Node, Node] | None:
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _place(pairs: Sequence[tuple[Node, Node]], key: str, order: Sequence[str]) -> int:
    """How many of the keys that are there stand before a new one."""
    if key not in order:
        return len(pairs)
    earlier = set(order[: order.index(key)])
    return max((number for number, (name, _) in enumerate(pairs, 1) if name.value in earlier), default=0)


# --- words of YAML ----------------------------------------------------------------------------------------


def _rendered(value: object, flow: bool) -> str:
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 1 << 20
    writer.allow_unicode = True
    writer.default_flow_style = flow
    writer.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    writer.dump(value, written)
    return written.getvalue().removesuffix("...\n").removesuffix("\n")


def _ready(value: object) -> Any:
    """A value as ruamel writes it well: words that need quotes have double ones."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, Mapping):
        return {key: _ready(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_ready(one) for one in value]
    if isinstance(value, str) and not _is_plain(value):
        return DoubleQuotedScalarString(value)
    return value


_PLAIN = re.compile(r"(?:[0-9]+[ /])?[^\W\d_][^:#\[\]{},&*!|>'\"%@`\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*")
_SPECIAL = re.compile(r"~|null|true|false|yes|no|on|off|y|n", re.IGNORECASE)


def _is_plain(words: str) -> bool:
    """Whether words need no quotes, wherever they stand. Some that need none get them: that does no harm."""
    return bool(_PLAIN.fullmatch(words)) and words == words.strip() and not _SPECIAL.fullmatch(words)


def _scalar(value: object, style: str | None = None, flow: bool = False) -> str:
    """One value on one line, in the quotes that stood there before."""
    if isinstance(value, str) and style == "'" and not re.search(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]", value):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, str) and style == '"':
        from ruamel.yaml.scalarstring import DoubleQuotedScalarString

        return _flow(DoubleQuotedScalarString(value))
    return _flow(value)


def _flow(value: object) -> str:
    """A value on one line."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):  # a list of one would leave out its braces
        return _rendered(_ready(value), flow=True)
    return _rendered([_ready(value)], flow=True)[1:-1]


def _block(value: object, indent: str, after_dash: bool = False) -> str:
    """A value on lines of its own; all but the first begin with the indentation."""
    if not isinstance(value, _MANY) or not value:
        return _flow(value)
    lines = _rendered(_ready(value), flow=False).split("\n")
    if isinstance(value, list | tuple):
        lines = [line.removeprefix("  ") for line in lines]
    return ("\n" + indent).join(lines) if after_dash else indent + ("\n" + indent).join(lines)


def _after_colon(value: object, indent: str) -> str:
    if isinstance(value, _MANY) and value:
        return "\n" + _block(value, indent)
    return " " + _flow(value)
