# Two commands do all the set-up: `make app` serves the app, `make test` passes the tests.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: app test check-data lint benchmark clean

app: .venv/app.installed
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/tests.installed
	sh tests/need_packages.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m geo check-data
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check-data: .venv/tests.installed
	$(BIN)/python -m geo check-data

lint: .venv/tests.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: .venv/tests.installed
	for figure in toponyms geocode picture site load map; do \
	  echo "== $$figure"; $(BIN)/python benchmarks/$$figure.py || exit 1; done

clean:
	rm -rf .venv .cache .pytest_cache .ruff_cache

.venv/app.installed: requirements.txt | .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

.venv/tests.installed: requirements.txt tests/requirements.txt | .venv
	$(BIN)/python -m pip install --quiet --requirement tests/requirements.txt
	touch $@

# Debian's python3 comes without ensurepip: there virtualenv makes the environment instead.
.venv:
	$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; \
	  $(PYTHON) -m pip install --quiet --target .cache/virtualenv virtualenv && \
	  PYTHONPATH=.cache/virtualenv $(PYTHON) -m virtualenv --quiet .venv; }
