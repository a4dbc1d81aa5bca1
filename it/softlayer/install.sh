#!/bin/sh
# Installs SoftLayer's own command line (slcli), Debian's package, unless it is there.
set -eu
dpkg-query -W -f '${db:Status-Abbrev}' python3-softlayer 2>/dev/null | grep -q '^ii' && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null
env -u PYTHONDONTWRITEBYTECODE apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \
  -o DPkg::Lock::Timeout=900 python3-softlayer </dev/null >/dev/null
