"""What many tests share: the shipped site, built once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ocopgen.project import Project, build

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)


class Quiet:
    """A progress that nobody sees."""

    def begin(self, what: str, total: int) -> None:
        pass

    def step(self, count: int = 1) -> None:
        pass

    def end(self) -> None:
        pass


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept-golden` writes the golden pages anew."""
    parser.addoption("--accept-golden", action="store_true", help="write tests/golden anew from the pages as they are")


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped content; pictures come from the project's own cache where they were made before."""
    output = tmp_path_factory.mktemp("shipped") / "site"
    project = Project(ROOT / "content", ROOT / "templates", output, ROOT / ".cache", TODAY, jobs=2)
    built = build(project, Quiet())
    assert built.printed is not None, "\n".join(one.printed() for one in built.problems)
    return output
