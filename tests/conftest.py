"""What many tests share: the shipped site, built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sites import ROOT, TEMPLATES, TODAY, Quiet
from web import AWKWARD, MANY, at_an_address, with_many, with_pictures

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


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The sites of `web.KINDS` that are not the shipped one, by where they are served."""
    return {
        AWKWARD: with_pictures(tmp_path_factory.mktemp("awkward")),
        MANY: with_many(tmp_path_factory.mktemp("many")),
    }


@pytest.fixture(scope="session")
def web(shipped_site: Path, others: Mapping[str, Path]) -> Iterator[str]:
    """Where the sites are served of which `web.KINDS` tells."""
    with at_an_address(shipped_site, others) as address:
        yield address


BROWSERS = "chromium", "chromium-browser", "google-chrome"


Chromium = Callable[..., Browser]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """Starts the system's Chromium with options; tests without one skip, but not in continuous integration."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("continuous integration needs a browser: install chromium")
        pytest.skip("no browser found: install chromium to run the browser tests")
    always = "--no-sandbox", "--disable-gpu", "--disable-background-networking"
    with sync_playwright() as play:
        yield lambda *options: play.chromium.launch(executable_path=found, args=[*always, *options])


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A browser that the tests of a module share."""
    browser = chromium()
    yield browser
    browser.close()
