#!/bin/bash
# Brings a real OpenStack up on 127.0.0.1 as plain processes, filled with servers, networks, images and objects.
# Idempotent. Options come from the environment: see README.md.
set -euo pipefail
# shellcheck source=lib/settings.sh
. "$(dirname "$0")/lib/settings.sh"
# shellcheck source=lib/processes.sh
. "$LIB/processes.sh"
# shellcheck source=lib/configuration.sh
. "$LIB/configuration.sh"
# shellcheck source=lib/snapshot.sh
. "$LIB/snapshot.sh"

begin=$SECONDS
tell() { printf '[%4d s] %s\n' $((SECONDS - begin)) "$*"; }

step() { # name command...: runs a command that must be run once in the life of a state folder
  [ -e "$STATE/done/$1" ] && return 0
  local since=$SECONDS
  # In the background, as before "||" errors inside of a function would not end it.
  "${@:2}" >"$STATE/log/$1.log" 2>&1 &
  wait $! || { echo "$1 failed:" >&2; tail -n 20 "$STATE/log/$1.log" >&2; return 1; }
  touch "$STATE/done/$1"
  tell "$1 done in $((SECONDS - since)) s"
}

install_packages() {
  local lacking
  # shellcheck disable=SC2046
  lacking=$({ dpkg-query -W -f '${db:Status-Abbrev}\n' $(cat "$LIB/packages.txt") 2>&1 || true; } | grep -v '^ii ') || return 0
  tell "installing packages: $(wc -l <<<"$lacking") are lacking, and what they need"
  # Some packages start their service when they are installed; ours must be the only ones.
  local policy=/usr/sbin/policy-rc.d
  if ! [ -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >"$STATE/log/packages.log" 2>&1
  # shellcheck disable=SC2046
  env -u PYTHONDONTWRITEBYTECODE apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \
    -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=900 $(cat "$LIB/packages.txt") \
    </dev/null >>"$STATE/log/packages.log" 2>&1 || { tail -n 20 "$STATE/log/packages.log" >&2; return 1; }
}

# Packages whose files we need, but not their installation, which would set up databases and systemd units.
unpack_packages() {
  local file download=$STATE/unpacked/download
  mkdir -p "$download"
  cd "$download"
  # shellcheck disable=SC2046
  set -- $(cat "$LIB/packages-unpacked.txt")
  # The lists may be of before the last security update, whose predecessors are not on the servers any more.
  apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; }
  for file in "$download"/*.deb; do dpkg-deb -x "$file" "$STATE/unpacked"; done
  rm -r "$download"
}

nova_options=(--config-file "$STATE/etc/nova/nova.conf" --config-file "$STATE/etc/nova/nova-database.conf")
neutron_options=(--config-file "$STATE/etc/neutron/neutron.conf" --config-file "$STATE/etc/neutron/ml2.ini")

start_mariadb() {
  step install-database mariadb-install-db --no-defaults --user=root --datadir="$STATE/mariadb" \
    --auth-root-authentication-method=normal --skip-test-db
  # What is lost in a crash is made again from the snapshot: no flushing, no double writes.
  start mariadb mariadbd --no-defaults --user=root --datadir="$STATE/mariadb" --socket="$STATE/run/mariadb.sock" \
    --bind-address=$HOST --port="$MARIADB_PORT" --skip-name-resolve --skip-log-bin --performance-schema=OFF \
    --max-connections=600 --table-open-cache=1000 --character-set-server=utf8mb3 --collation-server=utf8mb3_general_ci \
    --innodb-buffer-pool-size=192M --innodb-log-file-size=48M --innodb-flush-log-at-trx-commit=0 \
    --innodb-doublewrite=0 --innodb-flush-method=nosync
}

start_rabbitmq() {
  # Queues are made anew by the services: start empty, whatever an unclean end may have left.
  is_running rabbitmq || rm -rf "$STATE/rabbitmq"
  mkdir -p "$STATE/rabbitmq"
  # Not the newer rabbitmq.conf: to understand that one, RabbitMQ needs one or two seconds more.
  cat >"$STATE/etc/rabbitmq.config" <<EOF
[
  {rabbit, [
    {tcp_listeners, [{"$HOST", $RABBITMQ_PORT}]},
    {vm_memory_high_watermark, {absolute, 500000000}},
    {disk_free_limit, 50000000}
  ]},
  {kernel, [{inet_dist_use_interface, {${HOST//./,}}}]}
].
EOF
  echo '[].' >"$STATE/etc/rabbitmq-plugins"
  start epmd env ERL_EPMD_ADDRESS=$HOST epmd -port "$EPMD_PORT"
  wait_for_port epmd "$EPMD_PORT" 10
  # Not the rabbitmq-server of the PATH: that one wants to become the user rabbitmq.
  start rabbitmq env HOME="$STATE/rabbitmq" RABBITMQ_NODENAME="muster-testbed-$PORT_PREFIX@localhost" \
    RABBITMQ_MNESIA_BASE="$STATE/rabbitmq" RABBITMQ_LOG_BASE="$STATE/log" RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_CONFIG_FILE="$STATE/etc/rabbitmq.config" RABBITMQ_ENABLED_PLUGINS_FILE="$STATE/etc/rabbitmq-plugins" \
    RABBITMQ_PID_FILE="$STATE/rabbitmq/pid" RABBITMQ_DIST_PORT="$RABBITMQ_DISTRIBUTION_PORT" \
    ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=$HOST \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none" \
    /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server
}

keystone_manage() { keystone-manage --config-file "$STATE/etc/keystone/keystone.conf" "$@"; }
nova_manage() { python_with_settings run nova-manage "${nova_options[@]}" "$@"; }

make_database_users() {
  local database databases=(keystone)
  if has glance; then databases+=(glance); fi
  if has placement; then databases+=(placement); fi
  if has nova; then databases+=(nova_api nova nova_cell0); fi
  if has neutron; then databases+=(neutron); fi
  if has cinder; then databases+=(cinder); fi
  {
    echo "CREATE USER IF NOT EXISTS 'openstack'@'$HOST' IDENTIFIED BY '$DATABASE_PASSWORD';"
    echo "GRANT ALL ON *.* TO 'openstack'@'$HOST';"
    for database in "${databases[@]}"; do echo "CREATE DATABASE IF NOT EXISTS $database CHARACTER SET utf8mb3;"; done
  } | mariadb --no-defaults -u root -S "$STATE/run/mariadb.sock"
}

make_keystone_database() {
  keystone_manage db_sync
  keystone_manage fernet_setup --keystone-user root --keystone-group root
  keystone_manage credential_setup --keystone-user root --keystone-group root
  keystone_manage bootstrap --bootstrap-password "$ADMIN_PASSWORD" --bootstrap-region-id $REGION \
    --bootstrap-public-url "$AUTH_URL" --bootstrap-internal-url "$AUTH_URL" --bootstrap-admin-url "$AUTH_URL"
}

make_nova_databases() {
  nova_manage api_db sync
  nova_manage cell_v2 map_cell0 --database_connection "$DATABASE_URL/nova_cell0?charset=utf8"
  nova_manage db sync
  nova_manage cell_v2 list_cells | grep -q cell1 || nova_manage cell_v2 create_cell --name cell1
}

make_neutron_database() {
  python_with_settings run neutron-db-manage "${neutron_options[@]}" upgrade head
}

make_small_databases() {
  if has glance; then python_with_settings run glance-manage --config-file "$STATE/etc/glance/glance-api.conf" db_sync; fi
  if has placement; then placement-manage --config-dir "$STATE/etc/placement" db sync; fi
  if has cinder; then python_with_settings run cinder-manage --config-file "$STATE/etc/cinder/cinder.conf" db sync; fi
}

# Slow, as each schema is taken through years of migrations, but independent of each other: all at once.
make_databases() {
  local pid pids=()
  step database-users make_database_users
  step keystone-database make_keystone_database & pids+=($!)
  if has nova; then step nova-databases make_nova_databases & pids+=($!); fi
  if has neutron; then step neutron-database make_neutron_database & pids+=($!); fi
  step small-databases make_small_databases & pids+=($!)
  for pid in "${pids[@]}"; do wait "$pid"; done
}

start_wsgi() { # name port file module processes
  # The module is imported once, but each process makes its application itself, and has one thread: sharing more than that,
  # Keystone gave wrong answers while it read its policies. The "http" router keeps connections alive, without an idle one
  # holding a process.
  start "$1" uwsgi --plugins http,python3 --http "$HOST:$2" --http-keepalive=120 --http-timeout 120 --http-chunked-input \
    --wsgi-file "$3" --shared-pyimport "$4" --master --lazy-apps --processes "$5" --threads 1 --enable-threads \
    --die-on-term --no-orphans --buffer-size 65535 --listen 100 --disable-logging
}

start_programs() { # name programs...
  local name=$1 program command=()
  for program in "${@:2}"; do
    [ ${#command[@]} = 0 ] || command+=(--)
    command+=("$program")
    case $program in
      glance-*) command+=(--config-file "$STATE/etc/glance/glance-api.conf") ;;
      neutron-*) command+=("${neutron_options[@]}") ;;
      nova-compute) command+=(--config-file "$STATE/etc/nova/nova.conf") ;;
      nova-*) command+=("${nova_options[@]}") ;;
      cinder-*) command+=(--config-file "$STATE/etc/cinder/cinder.conf") ;;
    esac
    command+=(--log-file "$STATE/log/$program.log")
  done
  start "$name" env TESTBED_WAIT_FOR="$STATE/run/base" "$PYTHON" -P -m muster_testbed.run "${command[@]}"
}

# Else a stranger's answers would be taken for those of ours.
check_ports() {
  local port
  [ -z "$(running)" ] || return 0
  for port in "$KEYSTONE_PORT" "$GLANCE_PORT" "$PLACEMENT_PORT" "$NOVA_PORT" "$NEUTRON_PORT" "$CINDER_PORT" "$SWIFT_PORT" \
    "$SWIFT_ACCOUNT_PORT" "$SWIFT_CONTAINER_PORT" "$SWIFT_OBJECT_PORT" "$MARIADB_PORT" "$RABBITMQ_PORT" \
    "$RABBITMQ_DISTRIBUTION_PORT" "$EPMD_PORT" "$MEMCACHED_PORT"; do
    (exec 3<>"/dev/tcp/$HOST/$port") 2>/dev/null || continue
    echo "up.sh: port $port is in use by a process that is not of this test bed" >&2
    return 1
  done
}

start_cloud() { # frozen: 1 leaves out what only writes need
  local frozen=$1 bus=rabbit://guest:guest@$HOST:$RABBITMQ_PORT/ kind file
  if [ "$frozen" = 1 ]; then bus=fake:/; fi
  echo "$frozen $TOKEN_SECONDS" >"$STATE/run/options"
  check_ports
  rm -f "$STATE/run/base"
  write_configuration "$bus"
  start memcached memcached -u root -l $HOST -p "$MEMCACHED_PORT" -U 0 -m 64
  start_mariadb
  if [ "$frozen" = 0 ] && has nova; then start_rabbitmq; fi
  wait_for_port mariadb "$MARIADB_PORT" 60
  make_databases

  export OS_KEYSTONE_CONFIG_DIR=$STATE/etc/keystone OS_KEYSTONE_CONFIG_FILES=$STATE/etc/keystone/keystone.conf
  export OS_PLACEMENT_CONFIG_DIR=$STATE/etc/placement
  start_wsgi keystone "$KEYSTONE_PORT" /usr/bin/keystone-wsgi-public keystone.server.wsgi 2
  if [ "$frozen" = 0 ] && has nova; then start_wsgi placement "$PLACEMENT_PORT" /usr/bin/placement-api placement.wsgi 1; fi
  # Most of a start is reading Python modules. So all start at once, but these go on only when there is what they need:
  # nova-compute, for one, tells placement of its host at its start, and tries again a minute later only.
  if has nova; then
    if [ "$frozen" = 0 ]; then
      start_programs nova nova-conductor nova-compute nova-scheduler nova-api
    else
      start_programs nova nova-api
    fi
  fi
  if has neutron; then start_programs neutron neutron-server; fi
  if has glance; then start_programs glance glance-api; fi
  if has cinder; then
    if [ "$frozen" = 0 ]; then
      start_programs cinder cinder-api cinder-scheduler cinder-volume
    else
      start_programs cinder cinder-api
    fi
  fi
  if has swift; then start swift "$PYTHON" -P -m muster_testbed.swift_servers "$STATE/etc/swift"; fi
  wait_for_url keystone "$AUTH_URL" 120
  step register python_with_settings register
  if [ "$frozen" = 0 ] && has nova; then
    wait_for_port rabbitmq "$RABBITMQ_PORT" 120
    wait_for_url placement "http://$HOST:$PLACEMENT_PORT/" 120
  fi
  touch "$STATE/run/base"
  if has glance; then wait_for_url glance "http://$HOST:$GLANCE_PORT/healthcheck" 120; fi
  if has neutron; then wait_for_url neutron "http://$HOST:$NEUTRON_PORT/" 120; fi
  if has swift; then wait_for_url swift "http://$HOST:$SWIFT_PORT/healthcheck" 120; fi
  if has cinder; then wait_for_url cinder "http://$HOST:$CINDER_PORT/" 120; fi
  if has nova; then wait_for_url nova "http://$HOST:$NOVA_PORT/" 120; fi
  if [ "$frozen" = 0 ] && has nova; then
    if ! python_with_settings wait_for_compute 120; then
      for file in "$STATE"/run/*.pid; do
        kind=$(basename "$file" .pid)
        is_running "$kind" || died "$kind" || true
      done
      return 1
    fi
    step compute-host nova_manage cell_v2 discover_hosts
  fi
}

[ "$(id -u)" = 0 ] || fail "must be run as root: it installs packages, and the services run as root"
grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release || fail "needs Debian 12 (bookworm), whose OpenStack it is made for"
# A socket's path has at most 107 characters.
[ ${#STATE} -le 80 ] || fail "the path of the state folder is too long: $STATE"
if [ -d "$STATE" ] && ! [ -e "$STATE/up.lock" ] && [ -n "$(ls -A "$STATE")" ]; then
  fail "$STATE is not empty, and not a state folder of this test bed"
fi
mkdir -p "$STATE"/{run,log,done}
chmod 700 "$STATE"
exec 9>"$STATE/up.lock"
flock -n 9 || fail "another up.sh is at work in $STATE"

install_packages
key=$(state_key)
snapshot=$SNAPSHOTS/$key.tar.zst

if [ -e "$STATE/key" ] && [ "$(cat "$STATE/key")" != "$key" ]; then
  tell "the state folder is of another version or has other options: making it anew"
  stop_all
  wipe_state
fi
if ! [ -e "$STATE/key" ]; then
  mkdir -p "$STATE"/{run,log,done}
  if [ -e "$snapshot" ]; then
    restore_snapshot "$snapshot"
    tell "restored $snapshot"
  fi
  echo "$key" >"$STATE/key"
fi

step unpack-packages unpack_packages
if ! [ -e "$STATE/done/seed" ]; then
  tell "building from nothing: this takes some minutes"
  if [ -e "$STATE/run/options" ]; then stop_all; fi
  start_cloud 0
  tell "all services answer"
  python_with_settings seed
  touch "$STATE/done/seed"
  stop_all
  save_snapshot "$snapshot"
  tell "saved $snapshot ($(du -h "$snapshot" | cut -f1))"
fi
if [ -e "$STATE/run/options" ] && [ "$(cat "$STATE/run/options")" != "$FROZEN $TOKEN_SECONDS" ]; then stop_all; fi
start_cloud "$FROZEN"
python_with_settings client_settings
tell "up. Clients' settings: $STATE/clouds.yaml, $STATE/openrc"
