#!/usr/bin/env python3
"""A thin front of the command line: `build.py` builds the site; `build.py --help` tells the rest."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python should be told so, not stumble over its syntax
    sys.exit("cần Python 3.11 trở lên / Python 3.11 or newer is needed")

from ocopgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
