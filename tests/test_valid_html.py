"""The Nu HTML checker finds no error on any page of any site, nor in its style sheet and drawings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sites import ROOT, lay

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

Message = dict[str, Any]

NO_FAULT = {
    "Resource violates Content Security Policy": "a file on the disk is nobody's own in the checker's eyes; the "
    "browser, which is asked in test_browser, loads each of them",
    "Inline script violates Content Security Policy": "data in a script of a type that is no script's, never run",
    "Section lacks heading": "all products of a listing stand under the heading of the page, and nothing above them",
}
"""Warnings that are no fault, by how they begin."""


def messages(*folders: Path) -> list[Message]:
    """What the checker says of all files below some folders; one start of Java for all."""
    java = shutil.which("java")
    if os.environ.get("CI") and not CHECKER.is_file():
        pytest.fail("continuous integration needs the Nu HTML checker")
    if java is None or not CHECKER.is_file():
        pytest.skip("the Nu HTML checker was not asked: it needs Java, and npm ci --ignore-scripts")
    options = "--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg", "--skip-non-html"
    command = [java, "-Xss4m", "-jar", str(CHECKER), *options, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(done.stderr or done.stdout)["messages"])


def test_no_page_has_an_error_and_no_warning_goes_unread(shipped_site: Path, others: Mapping[str, Path]) -> None:
    said = messages(shipped_site, *others.values())
    assert said, "the checker read the pages: on a disk it always has something to say of the policy"
    left = [one for one in said if one["type"] == "error" or not one["message"].startswith(tuple(NO_FAULT))]
    assert [f"{one['url']}:{one.get('lastLine')}: {one['message']} {one.get('extract')}" for one in left] == []


def test_the_checker_would_find_what_is_wrong(tmp_path: Path) -> None:
    files = {
        "a.html": "<!doctype html><html lang=vi><title>Trang</title><p><div></p><img src=a.png>",
        "b.css": "a{color:grün}",
        "c.svg": '<svg xmlns="http://www.w3.org/2000/svg"><b/></svg>',
    }
    lay(tmp_path, files)
    wrong = {Path(one["url"]).name for one in messages(tmp_path) if one["type"] == "error"}
    assert wrong == {"a.html", "b.css", "c.svg"}
