# make run    the map of the sample dispatches, at http://localhost:8501 (make run PORT=8600)
#             make run TEXTS=folder does the same with your own texts
# make test   every test
# make check  style and types; make check-js those of the scripts alone
# make same   what a change of the reading changes: all texts read before (REV=HEAD) and after, the differences
#             shown; more with ARGS (make same ARGS=--help)
#
# Works with any make from 3.81 on and any python3 from 3.11 on (make run PYTHON=python3.12).

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Handed on as it is, so that spaces and any letters in the folder's name stay whole.
export TEXTS

REV ?= HEAD

.PHONY: run test check check-js same

run: .venv/installed
	@if [ -n "$$TEXTS" ]; then prune=; else prune=--prune; \
		set -- --archive "$$($(BIN)/python -c 'from extraction.archive import samples_path; print(samples_path())')"; fi; \
	$(BIN)/conflictmap extract "$${TEXTS:-samples}" $$prune "$$@" || [ $$? -eq 1 ] || exit 2; \
	exec $(BIN)/conflictmap dashboard --port "$(PORT)" "$$@"

test: .venv/installed-dev
	$(BIN)/python -m pytest

check: .venv/installed-dev check-js
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

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

.venv/installed: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is not there or is older than 3.11: install Python 3.11 or newer, or name it: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) comes without its module venv: install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(INSTALL) -e '.[dev]'
	@touch $@
