# make demo   the whole way on the five articles in seeds/
# make test   all tests         make check  ruff, mypy, import contracts, generated docs
# make lock   freeze versions   make wheel  build the wheel        make clean
# make browser  a Chromium for the tests of the explorer, where there is none

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
KG     := $(BIN)/kg --kg build/seeds.kg

.PHONY: demo test check lock wheel clean setup browser
.DELETE_ON_ERROR:

demo: $(VENV)/.ready
	@mkdir -p build
	@$(KG) build seeds --timings
	@$(KG) explore -o build/explorer.html
	@$(KG) gaps -o build/gaps.xlsx
	@echo
	@echo "Next: source $(BIN)/activate; export LIANZHU_KG=build/seeds.kg; kg show 左云经开区"

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kg.ontology_docs --check

setup: $(VENV)/.ready-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . -c constraints.txt
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c constraints.txt
	@command -v chromium chromium-browser google-chrome >/dev/null || $(MAKE) --no-print-directory browser || \
	  echo "No Chromium could be had: the tests of the explorer in a browser will be skipped."
	@touch $@ $(VENV)/.ready

browser: | $(VENV)/bin/python
	$(BIN)/python -m playwright install chromium

lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	build/lock/bin/python -m pip freeze --exclude-editable | LC_ALL=C sort -f > constraints.txt

wheel: $(VENV)/.ready-dev
	$(BIN)/python -m pip wheel --quiet --no-deps -w dist .

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
