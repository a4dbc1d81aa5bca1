#!/bin/sh
# Makes FOLDER/server.pem, for localhost, and FOLDER/server.key: certificate.sh FOLDER. Installs openssl, as root, if there is none.
set -eu
if ! command -v openssl >/dev/null; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssl; } >&2
fi
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=muster test" \
  -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout "$1/server.key" -out "$1/server.pem" 2>/dev/null
