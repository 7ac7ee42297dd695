# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check bench clean

demo: .venv/installed
	$(BIN)/newscast make examples/pasar-terapung.txt --show examples/show.toml

test: .venv/installed-dev
	$(BIN)/python -m pytest --numprocesses auto

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pip check

bench: .venv/installed-dev
	$(BIN)/python -m bench

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(PIP) install --editable .
	touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	$(PIP) install --editable '.[dev]'
	touch .venv/installed $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
