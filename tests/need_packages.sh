#!/bin/sh
# What the tests use of Debian's: Chromium for the browser tests, GDAL to read exports back.
# Installed where something is missing and we may; else it is said what will not be tested.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v ogrinfo >/dev/null 2>&1 || missing="$missing gdal-bin"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "Missing:$missing. The tests that need it will be skipped, each saying so." >&2
echo "Install it (on Debian: sudo apt-get install$missing), then run make test again." >&2
[ -z "${CI:-}" ] || exit 1
