#!/bin/sh
# Asks PyPI whether anything that is pinned has a known weakness. pip-audit has an environment of its own, outside of what
# it looks at. A package about which there is no answer fails this like one that is known to be weak: hence --strict.
# What is given is handed on: `sh tools/audit.sh --vulnerability-service osv` asks another list.
set -eu
tool=.venv/audit
if [ ! -e "$tool/ready" ] || [ requirements-audit.txt -nt "$tool/ready" ]; then
    .venv/bin/python -m venv --clear "$tool"
    "$tool/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        -r requirements-audit.txt
    touch "$tool/ready"
fi
failed=""
for name in requirements requirements-dev requirements-bench requirements-audit; do
    echo "$name.txt:"
    "$tool/bin/pip-audit" --strict --require-hashes --disable-pip --progress-spinner off --timeout 30 "$@" \
        -r "$name.txt" || failed="$failed $name.txt"
done
[ -z "$failed" ] || { echo "Not shown to be free of known weaknesses:$failed. Without an answer, try again where PyPI itself is reached." >&2; exit 1; }
