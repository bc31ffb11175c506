#!/bin/sh
# The browser tests drive Debian's Chromium through Playwright, whose own node needs libatomic. Both are installed where
# they are missing and that is allowed; elsewhere the tests name what they skip.
set -eu
has_all() { command -v chromium >/dev/null 2>&1 && ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1'; }

has_all && exit 0
command -v apt-get >/dev/null 2>&1 || exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
$as_root true 2>/dev/null || exit 0
echo "Installing Chromium for the browser tests…"
$as_root apt-get update -qq >/dev/null && \
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
        chromium libatomic1 fonts-noto-color-emoji fonts-dejavu-core >/dev/null || \
    echo "Chromium could not be installed; the browser tests will say so." >&2
