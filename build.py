#!/usr/bin/env python3
"""A thin front of the command line: `python build.py` builds the site; `--help` tells the rest."""

import sys

from ocopgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
