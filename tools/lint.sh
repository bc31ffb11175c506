#!/bin/sh
# Style, types and the import contract.
set -eu
.venv/bin/ruff format --check --quiet . || { echo "run: .venv/bin/ruff format ." >&2; exit 1; }
.venv/bin/ruff check --quiet .
.venv/bin/pyright --warnings
.venv/bin/lint-imports --no-cache
