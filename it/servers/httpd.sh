#!/bin/sh
# Serves FOLDER/www with Debian's Apache httpd and its mod_http2 on 127.0.0.1: HTTP/1.1, and HTTP/2 by prior knowledge, on PORT; both
# by ALPN on TLSPORT, with a certificate that it makes: httpd.sh FOLDER PORT TLSPORT. Ends when told to.
# Of the packages only what is needed is installed, as root, if there is none; nothing is started by that.
set -eu
here=$(dirname "$0") folder=$1 port=$2 tls=$3
if [ ! -x /usr/sbin/apache2 ]; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends apache2-bin; } >&2
fi
"$here/certificate.sh" "$folder"
modules=/usr/lib/apache2/modules
cat > "$folder/httpd.conf" <<CONF
ServerRoot "$folder"
PidFile "$folder/httpd.pid"
DefaultRuntimeDir "$folder"
ServerName localhost
Listen 127.0.0.1:$port
Listen 127.0.0.1:$tls
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule socache_shmcb_module $modules/mod_socache_shmcb.so
LoadModule ssl_module $modules/mod_ssl.so
LoadModule http2_module $modules/mod_http2.so
Protocols h2 h2c http/1.1
ErrorLog "$folder/error.log"
MaxKeepAliveRequests 100
DocumentRoot "$folder/www"
<VirtualHost 127.0.0.1:$tls>
  SSLEngine on
  SSLCertificateFile "$folder/server.pem"
  SSLCertificateKeyFile "$folder/server.key"
</VirtualHost>
CONF
exec /usr/sbin/apache2 -f "$folder/httpd.conf" -DFOREGROUND
