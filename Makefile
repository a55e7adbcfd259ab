# `make demo` shows the product, `make test` proves it. Both set up all that they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo serve test lint setup lock vendor pictures clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: export SINCE := $(shell date +%s)
demo: .venv/.ready ## the demo company on http://localhost:8000, with answers arriving
	@SIGNAGE_DATA=$${SIGNAGE_DATA:-data/demo} $(BIN)/signage demo --since $(SINCE)

serve: .venv/.ready ## the product without content
	@$(BIN)/signage serve

test: setup ## all tests
	@tools/system chromium shellcheck systemd-analyze fonts postgresql redis
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile

lint: setup node_modules/.ready ## style, types and layers, Python and JavaScript
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

setup: .venv/.ready .venv/.dev ## .venv with everything in it

lock: .venv/.dev ## requirements/*.txt again, from pyproject.toml
	@tools/lock

vendor: setup node_modules/.ready ## static/vendor and static/fonts again, from package.json
	@PATH="$(CURDIR)/$(BIN):$$PATH" node tools/vendor.mjs

pictures: setup ## the README's pictures, from the running demo
	@tools/system chromium fonts
	@$(BIN)/python tools/pictures.py

clean: ## forget what setup made; the data stays
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.ready: requirements/run.txt pyproject.toml
	@tools/system venv
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the product needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.ready
	@echo "Installing what tests and lints need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.ready: package-lock.json .venv/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
