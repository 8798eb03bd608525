#!/bin/sh
# Gives the browser tests a Chromium (the system's, Debian's package, or Playwright's own) and, where
# Debian's packages can be had, nginx, PostgreSQL and what else is named after the folder of Python.
set -e
has() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
wanted=""
has chromium chromium-browser google-chrome || wanted="chromium"
has initdb /usr/lib/postgresql/*/bin/initdb || wanted="$wanted postgresql"
has nginx /usr/sbin/nginx || wanted="$wanted nginx-light"
python=$1
# an S3 store for tests; its libraries ask for an older python-dateutil than ours
[ -x "$python/../moto/bin/moto_server" ] || { "$python/python" -m venv "$python/../moto" && "$python/../moto/bin/pip" install -q "moto[server]==5.2.5"; } || true
shift
wanted="$wanted $*"
if [ -n "$(echo $wanted)" ] && has apt-get; then
    sudo=""
    if [ "$(id -u)" != 0 ]; then sudo=sudo; fi
    # shellcheck disable=SC2086  # several names
    $sudo apt-get update -qq && $sudo apt-get install -y -qq $wanted >/dev/null || true
fi
has chromium chromium-browser google-chrome || "$python/playwright" install --with-deps chromium
