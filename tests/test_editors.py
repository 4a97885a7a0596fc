"""Settings of editors: they lead to schemas that are there, name every file, and agree with what is kept in git."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
from fnmatch import fnmatch
from typing import Any

from editors import strings
from making import CONTENT
from sites import ROOT

from ocopgen.schema import files

BY_SCHEMA = {f"./schema/{one.name}.json": f"content/{one.path}" for one in files(strings())}


def read(name: str) -> Any:
    return json.loads((ROOT / name).read_text("utf-8"))


def test_vs_code_knows_the_schema_of_every_data_file() -> None:
    told = read(".vscode/settings.json")["yaml.schemas"]
    assert told == {schema: path for schema, path in BY_SCHEMA.items() if path.endswith(".yml")}
    assert all((ROOT / schema).is_file() and (ROOT / path).is_file() for schema, path in told.items())
    assert "redhat.vscode-yaml" in read(".vscode/extensions.json")["recommendations"]


def test_remark_knows_the_schema_of_every_entry() -> None:
    (_, options) = read(".remarkrc.json")["plugins"][1]
    assert options["schemas"] == {schema: [f"./{path}"] for schema, path in BY_SCHEMA.items() if path.endswith(".md")}
    for path in CONTENT.rglob("index.*.md"):
        name = path.relative_to(ROOT).as_posix()
        assert [schema for schema, (glob,) in options["schemas"].items() if fnmatch(f"./{name}", glob)] != [], name


def test_every_editor_writes_files_as_they_are_in_the_repository() -> None:
    told = configparser.ConfigParser()
    told.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert dict(told["*"]) == {
        "charset": "utf-8",
        "end_of_line": "lf",
        "insert_final_newline": "true",
        "indent_style": "space",
        "indent_size": "2",
    }
    for path in (*CONTENT.rglob("*.md"), *CONTENT.rglob("*.yml"), *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        raw = path.read_bytes()
        assert raw.decode().endswith("\n"), path
        assert b"\r" not in raw, path
        assert not raw.startswith(b"\xef\xbb\xbf"), path


def test_git_keeps_lines_and_pictures_as_they_are() -> None:
    names = ("content/site.yml", "content/products/x/index.vi.md", "content/products/x/a.jpg", "x/b.HEIC".lower())
    line = ["git", "check-attr", "text", "eol", "--", *names]
    told = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    found = {(path, key): value for path, key, value in re.findall(r"^(.*): (\w+): (\w+)$", told, re.MULTILINE)}
    assert [found[name, "text"] for name in names] == ["set", "set", "unset", "unset"]
    assert [found[name, "eol"] for name in names[:2]] == ["lf", "lf"]
