# `make run` and `make test` are all that anybody needs; the README tells the rest.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run setup test soak lint lock audit schema permissions pictures bench fuzz clean

run: setup
	@$(BIN)/python bot.py

setup: .venv/ready

test: .venv/ready-for-tests
	@sh tools/test.sh

soak: .venv/ready-for-tests
	@$(BIN)/python -m pytest -q -m soak

lint: .venv/ready-for-tests
	@sh tools/lint.sh

lock: .venv/ready-for-tests
	@sh tools/lock.sh

audit: .venv/ready
	@sh tools/audit.sh

schema: .venv/ready
	@$(BIN)/python bot.py schema

permissions: .venv/ready
	@$(BIN)/python bot.py permissions

pictures: .venv/ready-for-tests
	@PARLEY_SCREENSHOTS=docs/pictures $(BIN)/python -m pytest -q -m browser

bench: .venv/ready-for-tests requirements-bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-bench.txt
	@$(BIN)/python -m benchmarks

fuzz: .venv/ready-for-tests requirements-fuzz.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-fuzz.txt || \
		echo "The fuzzer cannot be installed here." >&2
	@$(BIN)/python -m fuzz $(SECONDS)

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis build

.venv/ready: requirements.txt
	@sh tools/venv.sh "$(PYTHON)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@sh tools/chromium.sh
	@touch $@
