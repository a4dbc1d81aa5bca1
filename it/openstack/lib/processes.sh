# Processes without systemd: start in the background with a pid file, wait for a port or URL, stop. Needs settings.sh.
# shellcheck shell=bash

# A pid alone may belong to someone else after a reboot, so the pid file holds the process's start time too.
start_time() { # pid: prints nothing when there is no such process, or only its zombie (in a container nobody may reap it)
  sed -E '/\) Z /d; s/.*\) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

is_running() { # name
  local pid started
  [ -s "$STATE/run/$1.pid" ] || return 1
  read -r pid started <"$STATE/run/$1.pid"
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

running() { # names of all that run
  local file
  for file in "$STATE"/run/*.pid; do
    [ -e "$file" ] || continue
    is_running "$(basename "$file" .pid)" && basename "$file" .pid
  done
  return 0
}

start() { # name command...
  local name=$1
  shift
  is_running "$name" && return 0
  # In the state folder, where what it may drop does not lie in anybody's way. In its own process group, so that stop reaches
  # the workers too. Without the lock's descriptor, which it would keep open.
  env -C "$STATE" XDG_CACHE_HOME="$STATE/cache" setsid "$@" </dev/null >>"$STATE/log/$name.out" 2>&1 9>&- &
  local pid=$!
  echo "$pid $(start_time "$pid")" >"$STATE/run/$name.pid"
  disown "$pid" # or bash reports its end
}

died() { # name: tells its last words
  echo "$1 died; the end of $STATE/log/$1*:" >&2
  tail -n 8 "$STATE/log/$1"* >&2
  return 1
}

wait_for_port() { # name port seconds
  local deadline=$((SECONDS + $3))
  until (exec 3<>"/dev/tcp/$HOST/$2") 2>/dev/null; do
    is_running "$1" || died "$1" || return 1
    ((SECONDS < deadline)) || { echo "$1 does not listen on port $2 after $3 s" >&2; return 1; }
    sleep 0.2
  done
}

wait_for_url() { # name url seconds
  local deadline=$((SECONDS + $3)) code
  while :; do
    code=$(curl -s -o /dev/null -m 5 -w '%{http_code}' "$2") || true
    case $code in 2?? | 300 | 401) return 0 ;; esac
    is_running "$1" || died "$1" || return 1
    ((SECONDS < deadline)) || { echo "$1: $2 answers $code after $3 s" >&2; return 1; }
    sleep 0.25
  done
}

stop() { # name seconds: asks it to end; kills its process group when it has not ended by then
  local pid started deadline=$((SECONDS + $2))
  if is_running "$1"; then
    read -r pid started <"$STATE/run/$1.pid"
    kill -TERM -- "-$pid" 2>/dev/null || true
    while is_running "$1" && ((SECONDS < deadline)); do sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$STATE/run/$1.pid"
}

stop_together() { # seconds names...
  local name pids=()
  for name in "${@:2}"; do
    stop "$name" "$1" &
    pids+=($!)
  done
  [ ${#pids[@]} = 0 ] || wait "${pids[@]}"
}

stop_all() {
  local name services=()
  for name in $(running); do
    case $name in mariadb | rabbitmq | epmd | memcached) ;; *) services+=("$name") ;; esac
  done
  # The services hold nothing that is not in the database. On TERM they wait for open keep-alive connections: do not wait long.
  stop_together 3 "${services[@]}"
  stop_together 10 rabbitmq epmd memcached
  stop_together 60 mariadb
}
