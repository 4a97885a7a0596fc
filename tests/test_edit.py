"""Editing on this machine: where the repository is, and a back end that answers, or says why not."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from sites import DATA, lay, read_yaml, site, write_yaml

from ocopgen import cli, edit
from ocopgen.edit import SERVER, Elsewhere, NotStarted, local_back_end, repository_of
from ocopgen.npm import NotFetched


def a_content(folder: Path, place: str) -> Path:
    settings = read_yaml(DATA["site.yml"]) | {"editing": {"folder": place}}
    return lay(folder, {"site.yml": write_yaml(settings)})


@pytest.mark.parametrize("place", ["content", "trang/noi-dung", "/content/"])
def test_the_repository_is_above_the_content(tmp_path: Path, place: str) -> None:
    content = a_content(tmp_path / place.strip("/"), place)
    assert repository_of(content) == tmp_path.resolve()


def test_a_content_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Elsewhere, match=r"editing\.folder"):
        repository_of(a_content(tmp_path / "khac", "content"))


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NotStarted, match="is in use"), local_back_end(tmp_path, taken.getsockname()[1]):
            pass


def a_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_what_is_not_installed_is_installed_as_it_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(edit, "SERVER", tmp_path / "none.js")
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda words, **_: asked.append(words) or SimpleNamespace(returncode=1))
    with pytest.raises(NotFetched, match="npm ci"), local_back_end(tmp_path, a_port()):
        pass
    assert asked[0][1:3] == ["ci", "--ignore-scripts"]


needs_server = pytest.mark.skipif(
    not (SERVER.is_file() and shutil.which("node")) and not os.environ.get("CI"), reason="needs node and 'npm ci'"
)


@needs_server
def test_the_back_end_answers_while_it_is_needed(tmp_path: Path) -> None:
    port = a_port()
    with local_back_end(tmp_path, port):
        ask = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1", b'{"action": "info"}', {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(ask) as answer:
            assert json.load(answer)["repo"] == tmp_path.name
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(ask)


@needs_server
def test_one_that_ends_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.js").write_text("process.exit(3)")
    monkeypatch.setattr(edit, "SERVER", tmp_path / "bad.js")
    with pytest.raises(NotStarted, match="exit code 3"), local_back_end(tmp_path, a_port()):
        pass


def test_the_command_fetches_then_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = site(tmp_path)
    places = [
        word for name in ("content", "templates", "output") for word in (f"--{name}", str(getattr(project, name)))
    ]
    called: list[str] = []
    monkeypatch.setattr("ocopgen.npm.fetch", lambda folder: called.append(f"fetch {folder}"))
    monkeypatch.setattr(edit, "serve", lambda *_: called.append("serve") or 0)

    class Server:
        def __init__(self, *_: object) -> None: ...
        def __enter__(self) -> None:
            called.append("back end")

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(edit, "local_back_end", Server)
    assert cli.main(["edit", *places, "--form", str(tmp_path / "form")]) == 0
    assert called == [f"fetch {tmp_path / 'form'}", "back end", "serve"]
    assert "the form is at admin/" in capsys.readouterr().err
    monkeypatch.setattr("ocopgen.npm.fetch", lambda folder: (_ for _ in ()).throw(NotFetched("decap-cms@1", "offline")))
    assert cli.main(["edit", *places]) == 2
    assert cli.main(["form", "--form", str(tmp_path / "form")]) == 2
    assert "offline" in capsys.readouterr().err
    assert cli.main(["edit", "--content", str(tmp_path / "none")]) == 2
