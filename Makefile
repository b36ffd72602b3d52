# make demo and make test need Python (3.10 or later) and the package registry, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# What is generated is that of this checkout, whichever is installed.
export PYTHONPATH := $(CURDIR)

.PHONY: demo test lint bench bench-site docs translations clean

demo: $(READY)  ## the main job on the example plan: checks, readiness, map and plan book in build/
	@$(BIN)/sm-planner demo

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: $(READY)  ## ratios against peers, in one run; never part of the tests
	@for benchmark in tests/bench/bench_*.py; do $(BIN)/python $$benchmark || exit 1; done

bench-site:  ## large plans on a site: ratios to a plain load of their records; SM_PLANNER_BENCH, SM_PLANNER_TEST_SITE
	$(SM_PLANNER_BENCH)/env/bin/python tests/bench/site/bench_site.py

docs: $(READY)  ## what is generated from the code
	$(BIN)/python -m sm_planner.engine.checks.docs > docs/checks.md
	$(BIN)/python -m sm_planner.engine.plan_file.docs > docs/plan-file.md
	$(BIN)/python -m sm_planner.adapters.guards.permission_matrix > docs/permissions.md
	$(BIN)/python tools/desk_records.py

translations: $(READY)  ## the catalogue of texts, and what each language lacks
	$(BIN)/python tools/translations.py

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[cli,pdf,test,lint,bench]'
	@touch $@

clean:
	rm -rf $(VENV) build
