# Needs make and Python 3.11 or newer; everything else goes into .venv beside this file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# what tests and demo must not inherit from the person who types make
CLEAN_ENV := env -u PYTHONPATH -u PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench docs check-audit constraints wheel clean soak fuzz check-random

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(VENV)/.installed ## audit the report that ships with Belisha, from a fresh environment
	$(CLEAN_ENV) $(BIN)/belisha demo

test: lint ## everything that must hold before a change is taken: style, types, tests
	$(CLEAN_ENV) $(BIN)/python -m pytest -n auto

lint: $(VENV)/.installed-dev
	$(CLEAN_ENV) $(BIN)/ruff check .
	$(CLEAN_ENV) $(BIN)/ruff format --check .
	$(CLEAN_ENV) $(BIN)/mypy

bench: $(VENV)/.installed-dev ## processor time beside other readers and the floor, stages, memory, time to start
	$(CLEAN_ENV) $(BIN)/python -m bench

soak: $(VENV)/.installed-dev ## faults, bombs, cut files and long backfills in full numbers; takes some hours
	$(CLEAN_ENV) BELISHA_SOAK=1 $(BIN)/python -m pytest tests/isolation tests/history tests/batch

CASES ?= 2000
FIRST ?= 0
fuzz: $(VENV)/.installed-dev ## harm reports and feed parsers in many ways; make fuzz CASES=10000 FIRST=5000
	$(CLEAN_ENV) BELISHA_FUZZ_CASES=$(CASES) BELISHA_FUZZ_FIRST=$(FIRST) $(BIN)/python -m pytest -n auto tests/fuzz

N ?= 200
check-random: $(VENV)/.installed-dev ## fresh random reports by every producer that is installed; make check-random N=300 FIRST=7000
	$(CLEAN_ENV) $(BIN)/python -m fixtures.generator.check --producer all --keep --n $(N)$(if $(filter-out file,$(origin FIRST)), --start $(FIRST))

docs: $(VENV)/.installed-dev ## write the pages that are made from the program itself
	$(CLEAN_ENV) $(BIN)/python docs/tools/write_cli.py
	$(CLEAN_ENV) $(BIN)/python docs/tools/write_excerpt.py

JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
check-audit: $(VENV)/.installed-dev ## verdicts against a second arithmetic, and every status changed in turn; minutes
	$(CLEAN_ENV) $(BIN)/python -m tests.validate.oracle --cases 100000 --jobs $(JOBS)
	$(CLEAN_ENV) $(BIN)/python -m tests.validate.random_reports --reports 300
	$(CLEAN_ENV) $(BIN)/python -m tests.validate.worded --rows 40
	$(CLEAN_ENV) $(BIN)/python -m tests.validate.mutations

constraints: $(VENV)/.installed-dev ## pin the versions that are installed now
	{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | sort -f; } > constraints.new
	mv constraints.new constraints.txt

wheel: $(VENV)/.installed-dev ## build the wheel into dist/
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove .venv, caches and what was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis belisha-demo.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is older than Python 3.11; say which to use: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

# The program itself is linked, not copied, so a change of code needs no new installation. pip compiles what it
# copies; what it links is compiled here, or every start would do it again where Python may not write beside it.
COMPILE := $(BIN)/python -m compileall -q belisha extract normalise validate
$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	$(COMPILE)
	touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	$(COMPILE)
	touch $@ $(VENV)/.installed
