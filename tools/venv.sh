#!/bin/sh
# Makes .venv with the given Python. Debian's bare python3 cannot make one with pip in it: then its own package is
# installed, where that is allowed, and else the one command to do so is named.
set -eu
python="$1"

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Parley needs Python 3.11 or newer, and there is no '$python' here." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Parley needs Python 3.11 or newer; '$python' is $("$python" --version). Try: make run PYTHON=python3.12" >&2
    exit 1
fi
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0

make_it() { "$python" -m venv --clear .venv >/dev/null 2>&1; }

make_it && exit 0
echo "This Python cannot make virtual environments yet: installing Debian's python3-venv." >&2
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
if command -v apt-get >/dev/null 2>&1 && $as_root true 2>/dev/null; then
    $as_root apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq python3-venv >/dev/null
    make_it && exit 0
fi
echo "That did not work here. Run: sudo apt-get install python3-venv" >&2
exit 1
