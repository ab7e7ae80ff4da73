# The one door to the project. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
# Tests run side by side already; threads inside each would only take turns.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup demo serve test test-long accept lint format types bench bench-tracing bench-balance docs pictures examples lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with the locked packages (quick when nothing changed)
	@scripts/setup.sh

demo: setup ## set up and assess the example cases; says where each dossier lies
	@scripts/demo.sh

serve: setup ## start an office with invented people and cases; prints its address and logins
	@exec $(BIN)/telusur serve --demo

test: setup lint types ## set up and pass all tests but the long ones; as root it installs the browser they drive
	@scripts/chromium.sh
	$(PYTEST) -n auto -m "not long and not accept" --ignore tests/office --cov --cov-report=term
	@# The office is not measured; its walks through the browser take half as long without the tracer.
	$(PYTEST) -n auto -m "not long and not accept" tests/office

test-long: setup ## set up and pass the tests that take minutes, oracles included
	@scripts/setup.sh oracle
	@scripts/chromium.sh
	$(PYTEST) -n auto -m "long and not accept"

accept: setup ## check against the development cases and data in ../shared (says so when they are absent)
	@if [ ! -d ../shared/cases ]; then \
	  echo "NOT CHECKED: ../shared is absent; the acceptance checks need its cases and data." >&2; exit 1; fi
	$(PYTEST) -m accept tests/accept

lint: setup ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: setup ## format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: setup ## check the types
	$(BIN)/mypy

bench: setup ## measure law and evidence beside their peers, the reader, the self-check, the models on development data
	@scripts/setup.sh bench
	$(BIN)/python scripts/bench_law.py
	$(BIN)/python scripts/bench_evidence.py
	$(BIN)/python scripts/bench_exports.py
	$(BIN)/python scripts/bench_exports.py facebook
	$(BIN)/python scripts/bench_selfcheck.py
	$(BIN)/python scripts/bench.py

bench-tracing: setup ## measure who-acted on simulated accounts (and the development cases, where they are)
	$(BIN)/python scripts/bench_tracing.py --n 600 --seed 60

bench-balance: setup ## measure how often audits accuse falsely and find what is planted; the published thresholds where they lie
	$(BIN)/python scripts/bench_balance.py

docs: setup ## draw the README's picture, write the commands' help into it, check the links of all documents
	$(BIN)/python scripts/picture.py
	$(BIN)/python scripts/docs.py

pictures: setup ## take the documents' pictures of the office anew, in a browser (make docs does not)
	@scripts/chromium.sh
	$(BIN)/python scripts/screenshots.py

examples: setup ## make the example cases again from their seeds
	$(BIN)/python scripts/make_examples.py

lock: setup ## resolve the dependencies again, with hashes, group by group
	@scripts/lock.sh
