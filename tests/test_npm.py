"""Packages of npm: the chosen one or none, only the files asked for, and a folder that is whole or as it was."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ocopgen import npm
from ocopgen.npm import FORM, STAMP, NoNpm, NotFetched, NotOurs, Package, fetch

CONTENT = {
    "package/dist/a.js": b"a",
    "package/dist/b.js": b"b",
    "package/lib/c/d.js": b"d",
    "package/lib/../e.js": b"e",
}


def archive(files: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as packed:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("package/lib/link.js")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    return raw.getvalue()


RAW = archive(CONTENT)


def a_package(raw: bytes = RAW, version: str = "1.0.0") -> Package:
    sha512 = base64.b64encode(hashlib.sha512(raw).digest()).decode()
    return Package("part", version, sha512, {"dist/a.js": "a.js", "lib/": "lib/"})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What npm was asked for; it always gives the same archive."""
    commands: list[list[str]] = []

    def run(command: list[str], cwd: Path, **_: Any) -> SimpleNamespace:
        commands.append(command)
        (cwd / "part-1.0.0.tgz").write_bytes(RAW)
        return SimpleNamespace(returncode=0, stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    return commands


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


def test_only_what_is_asked_for_is_unpacked(tmp_path: Path, asked: list[list[str]]) -> None:
    folder = tmp_path / "cache" / "form"
    assert fetch(folder, [a_package()])
    assert names(folder) == {"a.js", "lib/c/d.js", STAMP}, "no link, and nothing outside"
    assert asked == [["/bin/npm", "pack", "part@1.0.0", "--ignore-scripts", "--loglevel=error"]]
    assert [one.name for one in folder.parent.iterdir()] == ["form"]


def test_what_is_there_is_not_fetched_again(tmp_path: Path, asked: list[list[str]]) -> None:
    fetch(tmp_path / "form", [a_package()])
    assert not fetch(tmp_path / "form", [a_package()])
    assert len(asked) == 1
    assert fetch(tmp_path / "form", [a_package(version="1.0.1")])


@pytest.mark.usefixtures("asked")
def test_an_archive_that_is_another_one_is_refused_and_the_folder_left(tmp_path: Path) -> None:
    fetch(tmp_path / "form", [a_package()])
    with pytest.raises(NotFetched, match="SHA-512"):
        fetch(tmp_path / "form", [a_package(b"another")])
    assert names(tmp_path / "form") == {"a.js", "lib/c/d.js", STAMP}
    assert [one.name for one in tmp_path.iterdir()] == ["form"]


def test_a_folder_of_somebody_else_is_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / "form").mkdir()
    (tmp_path / "form" / "luan-van.doc").write_text("x")
    with pytest.raises(NotOurs, match="--form"):
        fetch(tmp_path / "form", [a_package()])
    assert names(tmp_path / "form") == {"luan-van.doc"}


def test_what_npm_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    failed = SimpleNamespace(returncode=1, stderr="npm error network")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(NotFetched, match="npm error network"):
        fetch(tmp_path / "form", [a_package()])
    assert list(tmp_path.iterdir()) == []


def test_the_npm_of_pip_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(NoNpm, match="make form"):
        npm.npm("pack")
    for name in ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(npm, "find_spec", lambda name: found)
    assert npm.npm("pack") == [
        str(tmp_path / "bin/node"),
        str(tmp_path / "lib/node_modules/npm/bin/npm-cli.js"),
        "pack",
    ]


def test_the_form_is_pinned_whole() -> None:
    assert all(len(base64.b64decode(one.sha512)) == 64 for one in FORM)
    assert {place for one in FORM for place in one.files.values()} >= {"decap-cms.js", "yaml/"}
