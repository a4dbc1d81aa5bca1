#!/bin/bash
# clone-servers.sh COUNT: that many more servers in project demo, in seconds, by copying rows in the databases. The real
# services serve them as any others: for lists longer than Nova's longest page, 1000. They hold no resources in placement:
# read them, do nothing else with them. They stay until "down.sh --wipe"; the snapshot does not have them.
set -euo pipefail
# shellcheck source=lib/settings.sh
. "$(dirname "$0")/lib/settings.sh"
# shellcheck source=lib/processes.sh
. "$LIB/processes.sh"
[[ ${1:-} =~ ^[1-9][0-9]*$ ]] || fail "usage: clone-servers.sh COUNT"
is_running nova || fail "the test bed is not up"
python_with_settings clone_servers "$1"
