"""What many tests share: the shipped site, built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sites import ROOT, TEMPLATES, TODAY, Quiet

from ocopgen.project import Project, build

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):  # what is told in a workflow is told otherwise
    os.environ.pop(name, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept-golden` writes the golden pages anew."""
    parser.addoption("--accept-golden", action="store_true", help="write tests/golden anew from the pages as they are")


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped content; pictures come from the project's own cache where they were made before."""
    output = tmp_path_factory.mktemp("shipped") / "site"
    project = Project(ROOT / "content", TEMPLATES, output, ROOT / ".cache", TODAY, jobs=2)
    built = build(project, Quiet())
    assert built.printed is not None, "\n".join(one.printed() for one in built.problems)
    return output
