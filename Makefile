# make run: the product, ready to work with.   make test: everything is proven.   make check: everything is tidy.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
TEST_ARGUMENTS ?=
BENCH_ARGUMENTS ?=

.DEFAULT_GOAL := run
# Programs start sooner when Python may keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run setup test faults bench check format messages browser

# The product

run: $(VENV)/.running
	@PORT=$(PORT) exec $(BIN)/python -m config.supervisor

setup: $(VENV)/.running $(VENV)/.testing

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is needed (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }

$(VENV)/.running: requirements.txt | $(BIN)/python
	@echo "Installing…"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.testing: requirements.txt requirements-dev.txt | $(VENV)/.running
	@$(PIP) -r requirements-dev.txt
	@touch $@

# The proof

test: setup browser
	@$(BIN)/python manage.py compile_messages --verbosity 0
	@# Three on two cores: one waits for a browser or a mail server while two work.
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(TEST_ARGUMENTS)

# Every fault as often as promised: a hundred kills, ten brokers and ten databases lost
faults: setup
	@$(BIN)/python manage.py compile_messages --verbosity 0
	@FAULTS=full $(BIN)/python -m pytest tests/reliability $(TEST_ARGUMENTS)

browser: setup
	@$(BIN)/python -m tests.browsing

# How fast it is: a table, and var/bench.json
bench: setup
	@$(BIN)/python -m bench $(BENCH_ARGUMENTS)

check: setup
	@BIN=$(BIN) .ci/check

format: setup
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix . && $(BIN)/python .ci/template_format.py

messages: setup
	@$(BIN)/python manage.py collect_messages
	@$(BIN)/python manage.py compile_messages
