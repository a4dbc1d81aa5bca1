# Settings shared by all scripts of the test bed: source this file. Options come from MUSTER_TESTBED_* (see README.md).
# shellcheck shell=bash disable=SC2034
LIB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/muster
STATE=$(realpath -m "${MUSTER_TESTBED_STATE:-$CACHE_HOME/openstack}")
SNAPSHOTS=$(realpath -m "${MUSTER_TESTBED_SNAPSHOTS:-$CACHE_HOME/openstack-snapshots}")
SERVERS=${MUSTER_TESTBED_SERVERS:-100}
TOKEN_SECONDS=${MUSTER_TESTBED_TOKEN_SECONDS:-3600}
FROZEN=${MUSTER_TESTBED_FROZEN:-0}
# Keystone always runs; of the others one may leave out some ("glance swift" makes a small cloud without servers).
SERVICES=${MUSTER_TESTBED_SERVICES:-glance placement nova neutron swift}
PORT_PREFIX=${MUSTER_TESTBED_PORT_PREFIX:-1}

HOST=127.0.0.1
KEYSTONE_PORT=${PORT_PREFIX}5000
GLANCE_PORT=${PORT_PREFIX}9292
PLACEMENT_PORT=${PORT_PREFIX}8778
NOVA_PORT=${PORT_PREFIX}8774
NEUTRON_PORT=${PORT_PREFIX}9696
CINDER_PORT=${PORT_PREFIX}8776
SWIFT_PORT=${PORT_PREFIX}8080
SWIFT_ACCOUNT_PORT=${PORT_PREFIX}6202
SWIFT_CONTAINER_PORT=${PORT_PREFIX}6201
SWIFT_OBJECT_PORT=${PORT_PREFIX}6200
MARIADB_PORT=${PORT_PREFIX}3306
RABBITMQ_PORT=${PORT_PREFIX}5671
RABBITMQ_DISTRIBUTION_PORT=${PORT_PREFIX}5672
EPMD_PORT=${PORT_PREFIX}4369
MEMCACHED_PORT=${PORT_PREFIX}3211
REGION=RegionOne
KEYSTONE_URL=http://$HOST:$KEYSTONE_PORT
AUTH_URL=$KEYSTONE_URL/v3

# No secrets: everything listens on the loopback interface only, and holds made-up data.
ADMIN_PASSWORD=admin-secret
SERVICE_PASSWORD=service-secret
DATABASE_PASSWORD=database-secret

# Debian's packages live in the system's Python: another python3 that is first on the PATH does not see them.
PYTHON=/usr/bin/python3
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8
# A proxy, or OpenStack settings of the caller, must not reach the services nor the clients that seed them.
unset PYTHONPATH PYTHONHOME http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
for variable in "${!OS_@}"; do unset "$variable"; done
export PYTHONPATH=$LIB/python PYTHONWARNINGS=ignore
# So that nothing is written next to the sources. Debian compiles its packages' modules when it installs them.
export PYTHONDONTWRITEBYTECODE=1
export MUSTER_TESTBED_STATE=$STATE MUSTER_TESTBED_SNAPSHOTS=$SNAPSHOTS

has() { # service: is it one of the services of this cloud?
  case " $SERVICES " in *" $1 "*) ;; *) return 1 ;; esac
}

python_with_settings() { # module arguments...: runs one of our Python modules, which read the settings from the environment
  env TESTBED_STATE="$STATE" TESTBED_SERVICES="$SERVICES" TESTBED_SERVERS="$SERVERS" TESTBED_REGION="$REGION" \
    TESTBED_AUTH_URL="$AUTH_URL" TESTBED_ADMIN_PASSWORD="$ADMIN_PASSWORD" TESTBED_SERVICE_PASSWORD="$SERVICE_PASSWORD" \
    TESTBED_GLANCE_URL="http://$HOST:$GLANCE_PORT" TESTBED_PLACEMENT_URL="http://$HOST:$PLACEMENT_PORT" \
    TESTBED_NOVA_URL="http://$HOST:$NOVA_PORT" TESTBED_NEUTRON_URL="http://$HOST:$NEUTRON_PORT" \
    TESTBED_CINDER_URL="http://$HOST:$CINDER_PORT" TESTBED_SWIFT_URL="http://$HOST:$SWIFT_PORT" \
    "$PYTHON" -P -m "muster_testbed.$1" "${@:2}"
}

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

[[ $SERVERS =~ ^[0-9]+$ ]] || fail "MUSTER_TESTBED_SERVERS must be a number, not $SERVERS"
[[ $TOKEN_SECONDS =~ ^[1-9][0-9]*$ ]] || fail "MUSTER_TESTBED_TOKEN_SECONDS must be a number, not $TOKEN_SECONDS"
[[ $FROZEN =~ ^[01]$ ]] || fail "MUSTER_TESTBED_FROZEN must be 0 or 1, not $FROZEN"
# From 32768 on the kernel gives ports to outgoing connections.
[[ $PORT_PREFIX =~ ^[12]$ ]] || fail "MUSTER_TESTBED_PORT_PREFIX must be 1 or 2, not $PORT_PREFIX"
if has nova || has placement || has neutron || has cinder; then
  for needed in glance placement nova neutron; do
    has $needed || fail "MUSTER_TESTBED_SERVICES lacks $needed, which the others of them need"
  done
fi
