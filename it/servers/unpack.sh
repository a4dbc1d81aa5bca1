#!/bin/sh
# Unpacks Debian's package of a server without installing it, as that would start it: unpack.sh PACKAGE PROGRAM [LIBRARY…].
# Prints where the program is. The libraries that it needs beside those of every Debian are installed, as root, if it lacks any.
set -eu
package=$1 program=$2
shift 2
place=${XDG_CACHE_HOME:-$HOME/.cache}/muster/servers/$package
if [ ! -x "$place/usr/sbin/$program" ]; then
  mkdir -p "$place.new"
  (
    cd "$place.new"
    apt-get download "$package" || { apt-get update && apt-get download "$package"; }
    dpkg -x "$package"_*.deb .
    rm "$package"_*.deb
  ) >&2
  rm -rf "$place"
  mv "$place.new" "$place"
fi
if ldd "$place/usr/sbin/$program" | grep -q 'not found'; then
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2
fi
echo "$place/usr/sbin/$program"
