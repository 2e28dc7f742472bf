#!/bin/sh
# Brings what the browser tests need: a Chromium with fonts, poppler to read
# what is printed, Java for the HTML checker; and from npm, pinned by the lock
# file, axe-core and the checker. What is there already is left alone. Where
# something cannot be had this says so and goes on: the tests that want it are
# skipped, or with CI=true fail.
set -eu
cd "$(dirname "$0")"

have() { command -v "$1" >/dev/null 2>&1; }

wanted=""
have chromium || have chromium-browser || have google-chrome || have google-chrome-stable ||
	test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ||
	test -n "${OUTTURN_BROWSER:-}" || wanted="$wanted chromium fonts-dejavu-core fonts-liberation"
{ have pdftotext && have pdftoppm; } || wanted="$wanted poppler-utils"
have java || wanted="$wanted default-jre-headless"

if test -n "$wanted"; then
	if have apt-get && test "$(id -u)" = 0; then
		export DEBIAN_FRONTEND=noninteractive
		apt-get -qq -o Acquire::Retries=3 update
		# The names are packages, one word each.
		# shellcheck disable=SC2086
		apt-get -qq -y -o Acquire::Retries=3 --no-install-recommends install $wanted >/dev/null
	else
		echo "not installed here, so some browser tests are skipped:$wanted" >&2
	fi
fi

if test node_modules/.package-lock.json -nt package-lock.json; then
	:
elif have npm; then
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
else
	echo "npm is not here, so axe and the HTML checker are skipped" >&2
fi
