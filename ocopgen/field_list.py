"""Every field of every file of the content, as one page of Markdown in Vietnamese and English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ocopgen.reference import Strings
from ocopgen.schema import File, Property, files

_HEAD = """\
# Các trường / The fields

Trang này do `make schema` làm ra từ mô hình, xin đừng sửa tay. Trường in **đậm** là cần có; các trường khác có thì
ghi, không có thì thôi. *dịch*: viết lại trong `index.en.md`; còn lại chỉ ghi trong `index.vi.md`. *bảng*: hiện trong
bảng thông tin của trang. Danh sách viết `[một, hai]`, hoặc mỗi mục một dòng bắt đầu bằng `- `. Câu chuyện là phần chữ
nằm dưới dòng `---` thứ hai.

`make schema` writes this page from the model; please do not edit it. Fields in **bold** are needed, all others are
written where they are known. *translated*: written anew in `index.en.md`; all else stands in `index.vi.md` only.
*facts*: shown in the facts table of the page. A list is written `[one, two]`, or one item a line, each beginning with
`- `. The story is what follows the second line `---`.
"""

_TABLE = """\
| Trường / Field | Tên / Name | Cách ghi / How it is written | Ví dụ / Example |
|---|---|---|---|
"""

_FREE = "Khóa tự do; mỗi khóa có chữ bằng từng ngôn ngữ.  \nThe keys are free; each has words in each language.\n"


def field_list(strings: Strings) -> str:
    """The page: each file, and below it the parts it is made of that no file before it has."""
    sections, told = [_HEAD], set[str]()
    for file in files(strings):
        if not file.name.endswith(".words"):
            sections += [f"## `{file.path.replace('*', '…')}`\n", *_sections(file, told)]
    return "\n".join(sections)


def _sections(file: File, told: set[str]) -> Iterator[str]:
    names = {one.part: one.name.together for part in file.parts.values() for one in reversed(part) if one.part}
    for name, part in file.parts.items():
        if name in told:
            continue
        told.add(name)
        if name in names:
            yield f'### <a id="{name}"></a>{names[name]}\n'
        yield _TABLE + "".join(map(_row, part))
    if not file.parts:
        yield _FREE


def _row(one: Property) -> str:
    key = f"**`{one.key}`**" if one.needed else f"`{one.key}`"
    marks = ["*dịch / translated*"] if one.translated else []
    marks += ["*bảng / facts*"] if one.fact else []
    cells = "<br>".join([key, *marks]), f"{one.name.vi}<br>{one.name.en}", "<br>".join(_ways(one)), _shown(one)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _ways(one: Property) -> Iterator[str]:
    """How a field is written: in Vietnamese, in English, and what may be chosen or what it is made of."""
    chosen = any(one.choices.values())
    for form, hint in ((one.form.vi, one.hint.vi), (one.form.en, one.hint.en)):
        said = form.rpartition(":")[0] if chosen else form
        yield " ".join(filter(None, (f"{said[:1].upper()}{said[1:]}.", hint)))
    if chosen:
        yield ", ".join(
            f"`{word}` {meaning.together}" if meaning else f"`{word}`" for word, meaning in one.choices.items()
        )
    if one.part:
        yield f"→ [{one.part}](#{one.part})"


def _shown(one: Property) -> str:
    return "" if one.example is None else f"`{one.key}: {written(one.example)}`"


def written(value: Any) -> str:
    """A value as YAML on one line, with quotes only where they are needed or wise."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(one)}' for key, one in value.items())}}}"
    if (
        isinstance(value, str)
        and re.fullmatch(r"\w(?!.*(: | #|[,\[\]{}])).*", value)
        and not re.fullmatch(r"[\d ]+", value)
    ):
        return value
    return json.dumps(value, ensure_ascii=False)
