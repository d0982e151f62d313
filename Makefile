# Two commands for a newcomer: make demo, make test. All work goes through these targets; the pipeline calls the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo.dragoman

.PHONY: demo serve test test-training check lint bench fuzz docs build model screenshots install clean

install: $(VENV)/.run

demo: $(VENV)/.run  ## read the sample coverage and print the negotiating table
	@$(BIN)/python scripts/demo.py $(DEMO)

serve: $(VENV)/.run  ## open the desk on the sample coverage
	@test -f $(DEMO) || $(BIN)/python scripts/demo.py $(DEMO) >/dev/null
	@$(BIN)/dragoman serve --dossier $(DEMO)

test: $(VENV)/.dev  ## run every test
	@scripts/system-packages
	@$(BIN)/python -m pytest

check: lint test

lint: $(VENV)/.dev
	$(BIN)/ruff check dragoman tests scripts benchmarks
	$(BIN)/mypy

bench: $(VENV)/.dev  ## measure speed, memory and growth
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

fuzz: $(VENV)/.dev  ## the long form of the fuzz tests
	DRAGOMAN_FUZZ_SECONDS=60 $(BIN)/python -m pytest tests -k "fuzz or hostile" -n 2

docs: $(VENV)/.dev  ## run every command and example of the manual
	$(BIN)/python -m pytest tests/docs

build: $(VENV)/.dev
	$(BIN)/uv build --wheel --out-dir dist

test-training: $(VENV)/.train  ## the tests of the training code, which need torch
	$(BIN)/python -m pytest tests/training -o addopts="-q --import-mode=importlib"

model: $(VENV)/.train  ## rebuild the reader; POLNEAR=file names the attribution corpus, TEACHER=folder an MPNet model
	$(BIN)/dragoman train --readings corpus/readings $(if $(POLNEAR),--polnear $(POLNEAR)) \
		$(if $(TEACHER),--teacher $(TEACHER)) --out build/model --resume

screenshots: $(VENV)/.dev  ## every page of the desk, both languages, both widths, light and dark
	@scripts/system-packages
	$(BIN)/python scripts/screenshots.py build/screenshots

clean:
	rm -rf build dist

$(VENV)/bin/uv:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/system-packages venv
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	@touch $@

requirements: $(VENV)/bin/uv  ## lock the dependencies anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml --extra postgres --extra parquet --extra cluster --group dev -o requirements/dev.txt
