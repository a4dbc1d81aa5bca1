#!/bin/sh
# Stands with Debian's HAProxy in front of the server at ORIGIN (127.0.0.1:N), on 127.0.0.1: HTTP/1.1, and HTTP/2 by prior knowledge,
# on PORT; both by ALPN on TLSPORT, with a certificate that it makes: haproxy.sh FOLDER PORT TLSPORT ORIGIN. Ends when told to.
set -eu
here=$(dirname "$0") folder=$1 port=$2 tls=$3 origin=$4
haproxy=$("$here/unpack.sh" haproxy haproxy liblua5.3-0 libopentracing-c-wrapper0)
"$here/certificate.sh" "$folder"
cat "$folder/server.pem" "$folder/server.key" > "$folder/both.pem"
cat > "$folder/haproxy.cfg" <<CONF
defaults
  mode http
  timeout client 30s
  timeout server 30s
  timeout connect 5s
frontend all
  bind 127.0.0.1:$port
  bind 127.0.0.1:$tls ssl crt $folder/both.pem alpn h2,http/1.1
  default_backend origin
backend origin
  server one $origin
CONF
exec "$haproxy" -f "$folder/haproxy.cfg" -db
