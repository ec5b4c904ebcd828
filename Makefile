# The front door. Every target does its own set-up in .venv.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
REPORT ?= examples/report-2024.txt
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help demo test lint bench accuracy messages clean
help: ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

.venv/core: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "duban needs Python 3.11, 3.12 or 3.13 on the path."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up (once) ..."
	@$(PIP) -e .
	@touch .venv/core

.venv/dev: .venv/core
	@$(PIP) -e ".[dev]"
	@touch .venv/dev

demo: .venv/core ## read the example (REPORT=path for another), open its account, play a simulated year on the example, serve it at DUBAN_PORT or 8000
	@$(BIN)/duban demo "$(REPORT)" $(if $(filter examples/%,$(REPORT)),--simulate)

test: .venv/dev ## the whole suite
	@$(BIN)/python -m pytest -q -n auto --dist loadscope

lint: .venv/dev ## style, types, floors, sizes
	@$(BIN)/ruff check src tests benchmarks tools
	@$(BIN)/ruff format --check -q src tests benchmarks tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/python tools/budgets.py

bench: .venv/dev ## speeds beside their peers, measured in one run
	@$(BIN)/python -m benchmarks

accuracy: .venv/dev ## the reader against a hand-made reading of a real report, where one is at hand
	@$(BIN)/python tools/accuracy.py

messages: .venv/dev ## compile the catalogues of the pages (needs gettext)
	@$(BIN)/python tools/messages.py

clean: ## throw away what was made
	@rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
