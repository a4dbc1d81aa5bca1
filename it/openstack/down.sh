#!/bin/bash
# Stops what up.sh started. Its state is kept for the next start; with --wipe it is removed, but not the snapshot.
set -euo pipefail
# shellcheck source=lib/settings.sh
. "$(dirname "$0")/lib/settings.sh"
# shellcheck source=lib/processes.sh
. "$LIB/processes.sh"
# shellcheck source=lib/snapshot.sh
. "$LIB/snapshot.sh"
case ${1:-} in '' | --wipe) ;; *) fail "what is $1? Usage: down.sh [--wipe]" ;; esac
[ -e "$STATE/up.lock" ] || exit 0
exec 9>"$STATE/up.lock"
# One that was just told to end may need a moment for it.
flock -w 10 9 || fail "up.sh is at work in $STATE"
stop_all
if [ "${1:-}" = --wipe ]; then wipe_state; fi
