# make run    the map of the sample dispatches, at http://localhost:8501 (make run PORT=8600)
#             make run TEXTS=folder does the same with your own texts
# make test   every test but the long runs, in as many processes as there are cores
# make quick  the tests that what you changed can break, those in a browser aside (SINCE=main)
# make soak   the long runs: kills at random points and the like
# make check  style, types and links of the documentation; make check-js those of the scripts alone
# make site   the documentation as pages, in site/
# make same   what a change of the reading changes: all texts read before (REV=HEAD) and after, the differences
#             shown; more with ARGS (make same ARGS=--help)
#
# Works with any make from 3.81 on and any python3 from 3.11 on (make run PYTHON=python3.12).

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt
# Handed on as it is, so that spaces and any letters in the folder's name stay whole.
export TEXTS

# The notice is about a version to come, and no warning of ours.
SITE := NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

REV ?= HEAD
SINCE ?= main

.PHONY: run test quick soak check check-js site same

run: .venv/installed
	@if [ -n "$$TEXTS" ]; then prune=; else prune="--prune-all --folder samples"; \
		set -- --archive "$$($(BIN)/python -c 'from extraction.keeping.archive import samples_path; print(samples_path())')"; fi; \
	$(BIN)/conflictmap extract "$${TEXTS:-samples}" $$prune "$$@" || [ $$? -eq 1 ] || exit 2; \
	exec $(BIN)/conflictmap dashboard --port "$(PORT)" "$$@"

test: .venv/installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile

quick: .venv/installed-dev
	@$(BIN)/python -m tools.quick --since "$(SINCE)"

soak: .venv/installed-dev
	$(BIN)/python -m pytest -m soak

check: .venv/installed-dev check-js
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@$(SITE) --site-dir build/site

site: .venv/installed-dev
	@$(SITE)

same: .venv/installed-dev
	$(BIN)/python -m tools.same --rev "$(REV)" $(ARGS)

# Node is the one that requirements-dev.txt names.
check-js: node_modules/installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent lint
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent types

node_modules/installed: package.json .venv/installed-dev
	@test -x $(BIN)/npm || $(INSTALL) -e '.[dev]'
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --no-package-lock --no-audit --no-fund --silent
	@touch $@

.venv/installed: requirements.txt requirements-formats.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is not there or is older than 3.11: install Python 3.11 or newer, or name it: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) comes without its module venv: install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "Setting up once, a minute or two: an environment in .venv, then some 75 packages, 450 MB in all."
	@$(PYTHON) -m venv .venv
	@$(INSTALL) -e '.[formats]'
	@echo "Set up. Reading and starting."
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Adding what the tests need."
	@$(INSTALL) -e '.[dev]'
	@touch $@
