"""Draw README's picture from the built site: `make site && .venv/bin/python docs/picture.py` (needs Chromium)."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
GROUND = "#E4DBC9"
MARGIN = 40
HEIGHT = 900
SHOTS = (  # page, width on screen, colour scheme
    ("vi/index.html", 1200, "light"),
    ("vi/san-pham/toi-den-truong-an/index.html", 390, "light"),
    ("en/stars/4/index.html", 390, "dark"),
)


def main() -> None:
    """Take the shots and lay them side by side."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        shots = [shot(browser, *one) for one in SHOTS]
        browser.close()
    width = sum(one.width + MARGIN for one in shots) + MARGIN
    sheet = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), GROUND)
    left = MARGIN
    for one in shots:
        sheet.paste(one, (left, MARGIN))
        left += one.width + MARGIN
    sheet = sheet.resize((width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS)
    sheet.quantize(192, dither=Image.Dither.NONE).save(ROOT / "docs" / "site.png", optimize=True)


def shot(browser: Browser, page: str, width: int, scheme: str) -> Image.Image:
    """One page as a visitor first sees it."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto((ROOT / "output" / page).as_uri(), wait_until="networkidle")
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    context.close()
    return picture


if __name__ == "__main__":
    main()
