# make start: read and solve.   make test: everything, verified.   The rest is for authors.
PYTHON ?= python3
PY := .venv/bin/python
COURSE := $(PY) -m course.cli

.PHONY: setup start test lint site mutation bench clean lock
.DEFAULT_GOAL := start

setup:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11 or later (Debian: apt-get install python3 python3-venv; macOS: brew install python)."; exit 1; }
	@$(PYTHON) -I course/bootstrap.py

start: setup
	@$(COURSE) start

# pytest comes last, so that its summary closes the output.
test: setup
	@$(COURSE) prerequisites --install
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest -n 2 --dist loadfile

lint: setup
	$(COURSE) check
	.venv/bin/ruff check --quiet . && .venv/bin/ruff format --check --quiet .
	$(PY) -m mypy
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive course
	.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.venv/bin/zizmor --quiet --offline .github/workflows

site: setup
	$(COURSE) site

mutation: setup
	@$(COURSE) mutate

bench: setup
	@for each in tests/benchmarks/*.py; do echo "== $$each"; $(PY) $$each; done

clean:
	@if test -x $(PY); then $(COURSE) clean; else echo "There is no .venv, so nothing to clean with; 'make setup' makes one."; fi

# Newer versions of everything: lock, install, run the notebooks again, show what changed.
lock: setup
	.venv/bin/uv pip compile --quiet --upgrade --universal --no-emit-index-url --python-version 3.11 requirements.in -o requirements.txt
	@$(MAKE) --no-print-directory setup
	$(COURSE) execute
	@git --no-pager diff --stat -- requirements.txt notebooks
