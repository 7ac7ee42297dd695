# Two commands do everything: `make demo` and `make test`. CONTRIBUTING.md names the others.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The set of packages that was tried together; `make pin` adds to it, `make upgrade` renews it.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt

.PHONY: demo test check coverage bench wheel pin upgrade clean

demo: $(VENV)/installed
	@echo "Making examples/pasar-terapung.txt into an episode: it is read, spoken, mixed and published (a minute or two) ..."
	@$(BIN)/newscast make examples/pasar-terapung.txt --show examples/show.toml
	@echo "Open output/kabar-ringkas/index.html in a browser (it needs no server), or play the MP3 named above."

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --numprocesses auto

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pip check

# The tests again, counting which lines and branches they take; below the floor in pyproject.toml it fails.
coverage: $(VENV)/installed-dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --show-missing

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench

# The wheel and the sdist, looked into, and the wheel installed alone and used from another folder.
wheel: $(VENV)/installed-dev
	NEWSCAST_WHEEL=1 $(BIN)/python -m pytest tests/test_wheel.py --timeout 1200

# Pins for what pyproject.toml newly names; with `make upgrade`, the newest of everything.
pin upgrade:
	test -x build/uv/bin/uv || ($(PYTHON) -m venv build/uv && build/uv/bin/python -m pip --quiet install uv)
	build/uv/bin/uv pip compile pyproject.toml --output-file constraints.txt --all-extras --universal --quiet \
	    --python-version 3.11 --fork-strategy fewest --no-annotate --custom-compile-command 'make upgrade' \
	    $(if $(filter upgrade,$@),--upgrade)
	@echo "constraints.txt is new; commit it when make check and make test have passed."

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing newscast and what it needs into $(VENV) (500 MB, once; a minute or a few) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing newscast and what its tests need into $(VENV) (700 MB, once; a minute or a few) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/installed $@

clean:
	rm -rf .venv* build dist .mypy_cache .ruff_cache .pytest_cache
