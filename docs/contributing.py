"""Draw the pictures of CONTRIBUTING.md from the pages, the check and the summary as they are (needs Chromium).

`.venv/bin/python docs/contributing.py`; drawings of GitHub's screens are SVG files that are drawn by hand.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown import markdown
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "contributing"
ENTRY = "products/toi-den-truong-an/index.vi.md"
PAGE = "vi/san-pham/toi-den-truong-an/index.html"
SCREEN: ViewportSize = {"width": 390, "height": 700}
CHROMIUM = "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"

BEFORE, SLIP, AFTER = "250000", "260.000", "260000"
"""The price as it stands, as a thumb writes it, and as it should be: an example, nobody's price."""

SAME = "--date", "2026-11-23", "--cache", str(ROOT / ".cache")


def with_price(entry: str, price: str) -> str:
    """The example's entry with a price in it."""
    return entry.replace("\nset: ", f"\npacks:\n  - {{label: Hộp, quantity: 200 g, price: {price}}}\nset: ", 1)


def main() -> None:
    """Make the example as somebody would, and take a picture of each step."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=found, args=CHROMIUM)
        page = browser.new_page(viewport=SCREEN, device_scale_factor=2, bypass_csp=True)
        here = Path(folder)
        for name, price in (("before", BEFORE), ("slip", SLIP), ("after", AFTER)):
            shutil.copytree(ROOT / "content", here / name / "content")
            path = here / name / "content" / ENTRY
            path.write_text(with_price(path.read_text("utf-8"), price), "utf-8")
            site = here / name / "content" / "site.yml"
            site.write_text(site.read_text("utf-8").replace("repository: null", "repository: https://github.com/a/b"))
        for name in ("before", "after"):
            ours("build", here / name, *SAME, "--output", "site")
        link(page, here / "before" / "site" / PAGE)
        facts(page, here / "after" / "site" / PAGE)
        ours("check", here / "slip", *SAME, "--format", "github")
        shown(page, (here / "slip" / "summary.md").read_text("utf-8"), "loi")
        changes = ours("changes", here, "before/content", "after/content", "--sites", "before/site", "after/site")
        shown(page, changes.partition("\n<details>")[0], "tom-tat")
        browser.close()


def ours(command: str, here: Path, *words: str) -> str:
    """What a command of ours prints."""
    line = [sys.executable, str(ROOT / "build.py"), command, *words]
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(here / "summary.md")}
    return subprocess.run(line, cwd=here, env=env, capture_output=True, text=True, check=False).stdout


# --- pictures ---------------------------------------------------------------------------------------------


def link(page: Page, path: Path) -> None:
    """The end of a page, with its link to the editor."""
    page.goto(path.as_uri())
    page.add_style_tag(content=".edit a { outline: 3px solid #A3261C; outline-offset: 6px; border-radius: 4px }")
    page.locator(".edit").scroll_into_view_if_needed()
    box = page.locator(".edit").bounding_box()
    assert box is not None
    page.mouse.wheel(0, box["y"] - 480)
    page.wait_for_timeout(300)
    save(page, "sua-trang-nay")


def facts(page: Page, path: Path) -> None:
    """The part of a page that shows the new price."""
    page.goto(path.as_uri())
    page.get_by_text("260.000").first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    save(page, "gia-moi")


STYLE = """
body { margin: 0 } main { padding: 16px; font: 16px/1.5 "Be Vietnam Pro", "DejaVu Sans", sans-serif; color: #1F2328 }
code { background: #EFF1F3; border-radius: 5px; padding: 2px 4px; overflow-wrap: anywhere; font-size: 13px }
h4 { font-size: 15px; margin: 16px 0 8px }
h2 { font-size: 21px; border-bottom: 1px solid #D1D9E0; padding-bottom: 6px; margin: 0 0 12px }
h3 { font-size: 17px; margin: 20px 0 8px } ul { padding-left: 22px; margin: 8px 0 }
"""


def shown(page: Page, summary: str, name: str) -> None:
    """A summary, as GitHub shows Markdown."""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", lambda found: f"&#{ord(found[1])};", summary.replace("\\\n", "<br>\n"))
    page.set_content(f"<style>{STYLE}</style><main>{markdown(plain)}</main>")
    save(page, name, "main")


def save(page: Page, name: str, part: str = "") -> None:
    """A small PNG of what the page shows, or of a part of it."""
    raw = page.locator(part).screenshot() if part else page.screenshot()
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    framed = Image.new("RGB", (picture.width + 4, picture.height + 4), "#D1D9E0")
    framed.paste(picture, (2, 2))
    framed.quantize(64, dither=Image.Dither.NONE).save(INTO / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
