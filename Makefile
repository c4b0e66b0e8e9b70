# Two commands do all set-up on a fresh machine that has Python 3.11 or newer, git and make:
#   make run    sets up, makes the demo if there is no data, serves on http://127.0.0.1:8501
#   make test   sets up with what the tests need (system packages too) and runs everything

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
# Where `make run` keeps its data; an installation for real work sets LOOKFORWARD_HOME itself.
export LOOKFORWARD_HOME ?= $(CURDIR)/var
JOBS ?= 2
# What opens a vault or a desk: `make test` runs it on SQLite, `make test-postgres` on PostgreSQL.
ON_BOTH := $(addprefix tests/,coding cli desk erasure importing jobs participation plan programmes publishing retention \
	roles sessions snapshots suggest vault web worker)

.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres prove bench check format lock sbom screenshots clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(BIN)/uv: requirements-setup.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
	@touch $@

$(VENV)/.set-up: $(BIN)/uv requirements.lock pyproject.toml
	$(UV) install --quiet --require-hashes -r requirements.lock
	$(UV) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.set-up-for-tests: $(VENV)/.set-up requirements-test.lock
	$(UV) install --quiet --require-hashes -r requirements-test.lock
	@touch $@

setup: $(VENV)/.set-up ## Make the environment the product runs in

run: $(VENV)/.set-up ## Serve the dashboard, with the demo if there is no data yet
	@$(BIN)/lookforward releases >/dev/null 2>&1 || $(BIN)/lookforward demo
	$(BIN)/lookforward serve

test: $(VENV)/.set-up-for-tests ## Set up with test needs and run every check and test
	tests/system-packages
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

test-postgres: $(VENV)/.set-up-for-tests ## Run every test that opens a vault or a desk a second time, on PostgreSQL
	tests/system-packages
	TESTS_ON=postgresql $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ON_BOTH)

prove: $(VENV)/.set-up-for-tests ## Kill 1,200 imports; attack grouped releases (docs/reliability.md and docs/privacy.md have the figures)
	$(BIN)/python tests/prove/kill_imports.py --sqlite 1000 --postgres 200
	$(BIN)/python tests/prove/moderation_invariants.py --examples 100000
	$(BIN)/python tests/prove/inverted_polis.py tests/data/polis
	$(BIN)/python tests/prove/grouped_releases.py
	$(BIN)/python tests/prove/two_grouped_releases.py
	SENT=whole $(BIN)/python -m pytest tests/payloads
	$(BIN)/python tests/prove/opinion_formulae.py tests/data/polis
	$(BIN)/python tests/roles/interleaved.py --reruns 10000
	EXAMPLES=new $(BIN)/python -m pytest -n $(JOBS) $$(grep -rl --include='test_*.py' '^from hypothesis' tests)

bench: $(VENV)/.set-up-for-tests ## Measure every figure of docs/performance.md at a million votes (about ten minutes on a quiet machine)
	tests/system-packages
	$(UV) install --quiet --no-build-isolation --editable '.[bench,test]'
	$(BIN)/python -m benchmarks.everything --votes 1000000

check: $(VENV)/.set-up-for-tests ## Format, lint, types and the arrows between the rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.set-up-for-tests ## Put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(BIN)/uv ## Choose versions anew; hashes only, no addresses of registries
	$(UV) compile --quiet --upgrade --generate-hashes --no-annotate --no-header requirements-setup.in -o requirements-setup.lock
	$(UV) compile --quiet --upgrade --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	$(UV) compile --quiet --generate-hashes --no-annotate --no-header --constraint requirements.lock --extra test pyproject.toml -o requirements-test.lock

sbom: $(VENV)/.set-up-for-tests ## Write the bill of materials (CycloneDX, from the lock) and the page of licences
	$(BIN)/python -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json
	$(BIN)/python docs/write_licences.py

screenshots: $(VENV)/.set-up-for-tests ## Take the pictures of the README and docs from the running app
	$(BIN)/python docs/take_screenshots.py

clean: ## Remove what set-up and tests made (data in var/ stays)
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
