#!/bin/bash
# Tells which processes run, their memory, and whether the services answer. Exits with 0 if all of them do.
set -euo pipefail
# shellcheck source=lib/settings.sh
. "$(dirname "$0")/lib/settings.sh"
# shellcheck source=lib/processes.sh
. "$LIB/processes.sh"

total=0
printf '%-18s %8s %9s %8s\n' process pid processes PSS
for name in $(running); do
  read -r pid _ <"$STATE/run/$name.pid"
  count=0 memory=0
  for member in $(pgrep -g "$pid"); do
    # A process may end while we look.
    pss=$(awk '/^Pss:/ {print $2}' "/proc/$member/smaps_rollup" 2>/dev/null) || continue
    count=$((count + 1)) memory=$((memory + pss)) total=$((total + pss))
  done
  printf '%-18s %8s %9s %4s MiB\n' "$name" "$pid" $count $((memory / 1024))
done
echo "memory $((total / 1024)) MiB; disk $(du -sh "$STATE" 2>/dev/null | cut -f1) in $STATE"

failed=0
check() { # service url
  local answer
  answer=$(curl -s -o /dev/null -m 10 -w '%{http_code} in %{time_total} s' "$2") || true
  printf '%-18s %s: %s\n' "$1" "$2" "$answer"
  case $answer in 2* | 300*) ;; *) failed=1 ;; esac
}
check keystone "$AUTH_URL"
if has glance; then check glance "http://$HOST:$GLANCE_PORT/healthcheck"; fi
if has placement && is_running placement; then check placement "http://$HOST:$PLACEMENT_PORT/"; fi
if has nova; then check nova "http://$HOST:$NOVA_PORT/"; fi
if has neutron; then check neutron "http://$HOST:$NEUTRON_PORT/"; fi
if has cinder; then check cinder "http://$HOST:$CINDER_PORT/"; fi
if has swift; then check swift "http://$HOST:$SWIFT_PORT/healthcheck"; fi
exit $failed
