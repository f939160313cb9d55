#!/bin/sh
# The browser tests drive Debian's Chromium: install it where it is missing and we may.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    exit 0
fi
echo "No Chromium was found, so the browser tests will not run." >&2
echo "Install it (on Debian: sudo apt-get install chromium), then run make test again." >&2
[ -z "${CI:-}" ] || exit 1
