#!/usr/bin/env python3
"""A thin front of the command line: `python build.py` builds the site, `python build.py --help` tells the rest."""

import sys

try:
    from ocopgen.cli import main
except ModuleNotFoundError as missing:
    sys.exit(f"thiếu {missing.name}: chạy 'make site' / {missing.name} is missing: run 'make site'")

if __name__ == "__main__":
    sys.exit(main())
