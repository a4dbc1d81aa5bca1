#!/bin/sh
# Serves FOLDER/www on 127.0.0.1:PORT with Debian's Apache httpd, set as it comes: httpd.sh FOLDER PORT. Ends when told to.
# Of the package only the server itself is installed, as root, if there is none; nothing is started by that.
set -eu
folder=$1 port=$2
if [ ! -x /usr/sbin/apache2 ]; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends apache2-bin; } >&2
fi
modules=/usr/lib/apache2/modules
cat > "$folder/httpd.conf" <<CONF
ServerRoot "$folder"
PidFile "$folder/httpd.pid"
DefaultRuntimeDir "$folder"
ServerName localhost
Listen 127.0.0.1:$port
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
ErrorLog "$folder/error.log"
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
StartServers 2
MinSpareThreads 25
MaxSpareThreads 75
ThreadLimit 64
ThreadsPerChild 25
MaxRequestWorkers 150
MaxConnectionsPerChild 0
DocumentRoot "$folder/www"
CONF
exec /usr/sbin/apache2 -f "$folder/httpd.conf" -DFOREGROUND
