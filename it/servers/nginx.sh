#!/bin/sh
# Serves FOLDER/www with Debian's nginx on 127.0.0.1: HTTP/1.1 on PORT; that and HTTP/2 by ALPN on TLSPORT, with a certificate that
# it makes: nginx.sh FOLDER PORT TLSPORT. Ends when told to. Connections end after as many requests as they do with httpd.
set -eu
here=$(dirname "$0") folder=$1 port=$2 tls=$3
nginx=$("$here/unpack.sh" nginx nginx libpcre2-8-0)
"$here/certificate.sh" "$folder"
cat > "$folder/nginx.conf" <<CONF
daemon off;
pid $folder/nginx.pid;
error_log $folder/error.log;
worker_processes 1;
events {}
http {
  access_log off;
  keepalive_requests 100;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  root $folder/www;
  server {
    listen 127.0.0.1:$port;
  }
  server {
    listen 127.0.0.1:$tls ssl http2;
    ssl_certificate $folder/server.pem;
    ssl_certificate_key $folder/server.key;
  }
}
CONF
# Where it is started by root its worker would be somebody who may not read the folder.
[ "$(id -u)" != 0 ] || echo "user root;" >> "$folder/nginx.conf"
exec "$nginx" -c "$folder/nginx.conf" -e "$folder/error.log" -p "$folder"
