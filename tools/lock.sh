#!/bin/sh
# Pins what requirements*.in name, with hashes for every platform, in files that hold no index's address.
set -eu
for name in requirements requirements-dev requirements-bench requirements-audit requirements-fuzz; do
    .venv/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate \
        --python-version 3.11 "$name.in" -o "$name.txt"
done
