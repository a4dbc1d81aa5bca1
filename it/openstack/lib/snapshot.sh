# The seeded cloud in one small archive: databases, keys, images and objects. Needs settings.sh and processes.sh.
# shellcheck shell=bash

# What a state folder, and thus a snapshot, depends on: these scripts, the packages, where it lies (Glance stores absolute
# paths), its ports (they are in the catalog) and what was asked for.
state_key() {
  {
    cat "$LIB"/../up.sh "$LIB"/*.sh "$LIB"/*.txt "$LIB"/python/*/*.py "$LIB"/python/*/entry_points.txt
    # shellcheck disable=SC2046
    dpkg-query -W -f '${Package} ${Version}\n' $(cat "$LIB/packages.txt") | LC_ALL=C sort
    echo "$STATE $PORT_PREFIX $SERVICES $SERVERS"
  } | sha256sum | cut -c1-16
}

PARTS=(mariadb swift glance etc unpacked 'done' cache seed.json)

wipe_state() {
  rm -rf "${STATE:?}"/{mariadb,rabbitmq,swift,glance,nova,neutron,cinder,etc,lock,unpacked,done,cache,log,run,seed.json,key,clouds.yaml,openrc*}
}

save_snapshot() { # file: the cloud must be down
  local part parts=()
  for part in "${PARTS[@]}"; do [ ! -e "$STATE/$part" ] || parts+=("$part"); done
  mkdir -p "$(dirname "$1")"
  # Swift keeps objects' metadata in extended attributes. Written aside first, so that no half archive is ever restored.
  tar -C "$STATE" --xattrs --xattrs-include='user.*' --sparse -I 'zstd -9 -T0' -cf "$1.part" "${parts[@]}"
  mv "$1.part" "$1"
  # Every change to the scripts makes a new snapshot: keep the newest few.
  find "$(dirname "$1")" -maxdepth 1 -name '*.tar.zst' -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- |
    while read -r old; do rm -f "$old"; done
}

restore_snapshot() { # file
  tar -C "$STATE" --xattrs --xattrs-include='user.*' -I zstd -xf "$1"
}
