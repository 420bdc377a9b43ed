# `make run` and `make test` set everything up themselves, on a fresh machine and ever after.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
BIN := $(CURDIR)/.venv/bin
export PATH := $(BIN):$(PATH)

TWO := --numprocesses=2 --dist=loadfile --no-loadscope-reorder  # for what waits more than it computes
AXE := axe-core@4.14.1  # the accessibility checks of tests/browser

.PHONY: help run test test-journeys test-domain faults bench lint format measure migration browser

help:
	@echo "make run      serve the product (http://localhost:8000 unless CASEUPDATES_BASE_URL says otherwise)"
	@echo "make test     run every check and test, on SQLite and PostgreSQL, with a real browser"
	@echo "make faults   test under faults at length: 10,000 kills on each database; takes an hour"
	@echo "make bench    run the benchmarks"
	@echo "make lint     the checks alone; make format repairs what can be repaired"
	@echo "make measure  sizes of files, functions and of what a browser loads"
	@echo "make migration SAYS=\"what changes\"   write the next migration from the models"

run: .venv/for-run
	@exec python -m caseupdates.serve

test: .venv/for-tests browser lint
	@echo "Testing in two lanes: journeys in a browser first, and beside them the domain on SQLite, which follows below"
	@beside=$$(mktemp); trap 'rm -f $$beside' EXIT; \
	$(MAKE) test-domain >$$beside 2>&1 & lane=$$!; \
	$(MAKE) test-journeys && first=0 || first=$$?; \
	wait $$lane && second=0 || second=$$?; \
	cat $$beside; exit $$((first || second))

test-journeys:
	@echo "Journeys in a browser"
	@pytest $(TWO) tests/browser
	@echo "Tests on PostgreSQL"
	@pytest $(TWO) --database=postgresql --ignore=tests/browser --ignore=tests/attack -m "not one_database"

test-domain:
	@echo "Tests on SQLite"
	@pytest --ignore=tests/browser --ignore=tests/attack
	@echo "Attacks on SQLite"
	@pytest $(TWO) tests/attack
	@echo "Attacks on PostgreSQL"
	@pytest $(TWO) --database=postgresql tests/attack -m "not one_database"

faults: .venv/for-tests
	@echo "Faults on SQLite"
	@CASEUPDATES_FAULTS=long pytest -s tests/faults
	@echo "Faults on PostgreSQL"
	@CASEUPDATES_FAULTS=long pytest -s --database=postgresql tests/faults

bench: .venv/for-bench
	@python -m tests.bench

lint: .venv/for-tests
	@echo "Checking style and types"
	@ruff check --quiet .
	@ruff format --quiet --check .
	@mypy

format: .venv/for-tests
	@ruff check --quiet --fix .
	@ruff format .

measure: .venv/for-tests browser
	@python -m tests.measure

# Compares the models with an empty database brought to the last migration.
migration: .venv/for-tests
	@test -n "$(SAYS)" || { echo 'Say what changes: make migration SAYS="files of a case"'; exit 1; }
	@export CASEUPDATES_DATA=$$(mktemp -d); unset DATABASE_URL; trap 'rm -rf $$CASEUPDATES_DATA' EXIT; \
	alembic upgrade head; alembic revision --autogenerate -m "$(SAYS)"

browser: .venv/for-tests .venv/axe/node_modules
	@python -m tests.browser.chromium

# Each stamp is older than what it was made from exactly when there is something to do.
INSTALL = uv pip install --quiet --python $(BIN)/python

.venv/made:
	@for python in "$${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 none; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; done; \
	test "$$python" != none || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/it names one."; exit 1; }; \
	echo "Making a Python environment in .venv"; "$$python" -m venv .venv
	@python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@

.venv/for-run: requirements.txt | .venv/made
	@echo "Installing what the product needs"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/for-tests: tests/requirements.txt .venv/for-run
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements.txt -r tests/requirements.txt
	@touch $@

.venv/for-bench: tests/bench/requirements.txt .venv/for-tests
	@echo "Installing what the benchmarks need"
	@$(INSTALL) -r requirements.txt -r tests/requirements.txt -r tests/bench/requirements.txt
	@touch $@

.venv/axe/node_modules: Makefile | .venv/for-run
	@echo "Fetching the accessibility checker"
	@npm install --silent --no-audit --no-fund --prefix .venv/axe $(AXE)
	@touch $@
