#!/bin/sh
# Everything that must hold before a change lands: the shipped content, style, types, imports, and all tests.
set -eu
sh tools/lint.sh
.venv/bin/python bot.py check
.venv/bin/python -m pytest -q "$@"
