"""`build.py` with WebP and JPEG only: the renditions that other generators make, for `bench/peers.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ocopgen import cli, image

image.FORMATS = ("webp", "jpeg")

if __name__ == "__main__":
    sys.exit(cli.main())
