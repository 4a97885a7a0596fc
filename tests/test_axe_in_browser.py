"""Axe finds nothing on any kind of page, in light and dark, on a phone and on a desktop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sites import ROOT
from web import DESKTOP, KINDS, PHONE, stay_on

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

NOT_OURS = {
    "color-contrast-enhanced": "7:1 is level AAA; we promise AA, and links in the green of the rice stand at 6:1",
    "identical-links-same-purpose": "level AAA, and never more than a question; `measures.js` looks at links itself",
    "meta-refresh-no-exceptions": "level AAA; an old address leads on at once, which AA allows, and names the new one",
    "hidden-content": "no finding: it tells that something is hidden, such as the note of pages without network",
}
"""Rules that are left out, each with the reason; all others are asked, also the experimental ones."""

ASKED = """async (without) => {
  const rules = axe.getRules().map((rule) => rule.ruleId).filter((rule) => !without.includes(rule));
  const {violations, passes} = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
  const found = violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  return {found, passed: passes.length};
}"""

IN_COLOUR = """async () => {
  const {violations} = await axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block']});
  return violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A window in which colours change at once."""
    page = browser.new_page(service_workers="block", reduced_motion="reduce")
    yield page
    page.close()


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        if os.environ.get("CI"):
            pytest.fail("continuous integration needs axe: npm ci --ignore-scripts")
        pytest.skip("no axe: npm ci --ignore-scripts")
    return AXE.read_text("utf-8")


def all_rules(page: Page) -> list[str]:
    """What axe finds by all its rules but those that are left out."""
    judged: dict[str, Any] = page.evaluate(ASKED, list(NOT_OURS))
    assert judged["passed"] > 10, "axe looked at the page"
    return list(judged["found"])


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, web: str, axe: str, kind: str) -> None:
    """Every rule sees both schemes and both widths; those of colour, which depend on both, see all four pairs."""
    for path in KINDS[kind]:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        stay_on(page, web + path)
        page.evaluate(axe)
        assert all_rules(page) == [], f"{path} on a phone in light"
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(IN_COLOUR) == [], f"{path} on a phone in the dark"
        page.set_viewport_size(DESKTOP)
        assert all_rules(page) == [], f"{path} on a desktop in the dark"
        page.emulate_media(color_scheme="light")
        assert page.evaluate(IN_COLOUR) == [], f"{path} on a desktop in light"


def test_axe_would_find_what_is_wrong(page: Page, web: str, axe: str) -> None:
    """A check that cannot fail proves nothing."""
    page.goto(web + "vi/")
    page.evaluate(axe)
    page.evaluate("document.querySelector('h1').outerHTML = '<h4 tabindex=3>Đầu</h4><img src=x>'")
    rules = {one.partition(":")[0] for one in all_rules(page)}
    assert {"tabindex", "image-alt", "page-has-heading-one"} <= rules


def test_every_rule_that_is_left_out_exists(page: Page, web: str, axe: str) -> None:
    page.goto(web + "404.html")
    page.evaluate(axe)
    known = page.evaluate("axe.getRules().map((rule) => rule.ruleId)")
    assert set(NOT_OURS) <= set(known)
    assert "target-size" in known
