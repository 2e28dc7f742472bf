#!/bin/sh
# Brings the servers that publishing and the settings of docs/hosting are tried
# against: OpenSSH's, nginx, Caddy and Apache. What is there already is left
# alone. Where something cannot be had this says so and goes on: its tests are
# skipped, or with CI=true fail.
set -eu

have() { command -v "$1" >/dev/null 2>&1 || test -x "/usr/sbin/$1"; }

wanted=""
have sshd || wanted="$wanted openssh-server"
have nginx || wanted="$wanted nginx-light"
have caddy || wanted="$wanted caddy"
have apache2 || wanted="$wanted apache2"
test -n "$wanted" || exit 0

if command -v apt-get >/dev/null 2>&1 && test "$(id -u)" = 0; then
	export DEBIAN_FRONTEND=noninteractive
	# Installed to be started by a test, each on a port of its own, and not by the system.
	if ! test -e /usr/sbin/policy-rc.d; then
		trap 'rm -f /usr/sbin/policy-rc.d' EXIT
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
		chmod +x /usr/sbin/policy-rc.d
	fi
	apt-get -qq -o Acquire::Retries=3 update
	# The names are packages, one word each.
	# shellcheck disable=SC2086
	apt-get -qq -y -o Acquire::Retries=3 --no-install-recommends install $wanted >/dev/null
else
	echo "not installed here, so some tests of publishing and hosting are skipped:$wanted" >&2
fi
