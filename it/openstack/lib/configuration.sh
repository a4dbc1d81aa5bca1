# Writes every configuration file below $STATE/etc. Needs settings.sh.
# shellcheck shell=bash

DATABASE_URL=mysql+pymysql://openstack:$DATABASE_PASSWORD@$HOST:$MARIADB_PORT

database_section() { # database section
  cat <<EOF

[$2]
connection = $DATABASE_URL/$1?charset=utf8
# Many servers built at once need more connections to Neutron's database than the default allows ("QueuePool limit reached").
max_pool_size = 5
max_overflow = 50
pool_timeout = 120
max_retries = 30
EOF
}

# How a service signs in to Keystone to call another service.
credentials_section() { # section user
  cat <<EOF

[$1]
auth_type = password
auth_url = $KEYSTONE_URL
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $2
password = $SERVICE_PASSWORD
region_name = $REGION
EOF
}

# How a service checks the tokens it is given.
token_section() { # user
  credentials_section keystone_authtoken "$1"
  cat <<EOF
www_authenticate_uri = $KEYSTONE_URL
memcached_servers = $HOST:$MEMCACHED_PORT
service_token_roles = service
service_token_roles_required = false
EOF
}

common_sections() { # service
  mkdir -p "$STATE/lock/$1"
  cat <<EOF

[oslo_concurrency]
lock_path = $STATE/lock/$1
[oslo_messaging_rabbit]
heartbeat_in_pthread = false
[oslo_messaging_notifications]
driver = noop
EOF
}

write_configuration() { # message bus's URL
  local bus=$1 paste=$STATE/unpacked/usr/share
  mkdir -p "$STATE"/etc/{keystone,glance,placement,nova,neutron,cinder,swift} "$STATE"/glance/{images,staging,tasks} \
    "$STATE"/{nova,neutron,cinder} "$STATE/swift/disk"

  {
    cat <<EOF
[DEFAULT]
log_file = $STATE/log/keystone.log
use_stderr = false
public_endpoint = $KEYSTONE_URL
[token]
provider = fernet
expiration = $TOKEN_SECONDS
[fernet_tokens]
key_repository = $STATE/etc/keystone/fernet-keys
[fernet_receipts]
key_repository = $STATE/etc/keystone/fernet-keys
[credential]
key_repository = $STATE/etc/keystone/credential-keys
[cache]
enabled = true
backend = dogpile.cache.pymemcache
backend_argument = url:$HOST:$MEMCACHED_PORT
memcache_servers = $HOST:$MEMCACHED_PORT
[identity]
# The services sign in all the time: the cheapest hash that is allowed.
password_hash_rounds = 4
EOF
    database_section keystone database
  } >"$STATE/etc/keystone/keystone.conf"

  if has glance; then
    cp "$paste/glance-common/glance-api-paste.ini" "$STATE/etc/glance/"
    {
      cat <<EOF
[DEFAULT]
use_stderr = false
bind_host = $HOST
bind_port = $GLANCE_PORT
workers = 1
public_endpoint = http://$HOST:$GLANCE_PORT
enabled_backends = file:file
enabled_import_methods = [glance-direct]
node_staging_uri = file://$STATE/glance/staging
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = $STATE/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $STATE/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $STATE/glance/tasks
[paste_deploy]
flavor = keystone
config_file = $STATE/etc/glance/glance-api-paste.ini
EOF
      database_section glance database
      token_section glance
      common_sections glance
    } >"$STATE/etc/glance/glance-api.conf"
  fi

  if has placement; then
    {
      cat <<EOF
[DEFAULT]
log_file = $STATE/log/placement.log
use_stderr = false
[api]
auth_strategy = keystone
EOF
      database_section placement placement_database
      token_section placement
      common_sections placement
    } >"$STATE/etc/placement/placement.conf"
  fi

  if has nova; then
    cp "$paste/nova-common/api-paste.ini" "$STATE/etc/nova/"
    {
      cat <<EOF
[DEFAULT]
use_stderr = false
host = compute-1
my_ip = $HOST
transport_url = $bus
compute_driver = fake.RememberingDriver
state_path = $STATE/nova
enabled_apis = osapi_compute
osapi_compute_listen = $HOST
osapi_compute_listen_port = $NOVA_PORT
osapi_compute_workers = 1
default_schedule_zone = nova
reserved_host_memory_mb = 0
# Neutron has one worker here: more builds at once make it answer 500.
max_concurrent_builds = 6
# There is nothing behind the servers whose state could change by itself.
sync_power_state_interval = -1
running_deleted_instance_poll_interval = 0
# Its only effect here would be to keep Neutron busy.
heal_instance_info_cache_interval = -1
[image_cache]
manager_interval = 0
[wsgi]
api_paste_config = $STATE/etc/nova/api-paste.ini
[api]
auth_strategy = keystone
[conductor]
workers = 1
[scheduler]
workers = 1
[quota]
instances = -1
cores = -1
ram = -1
[filter_scheduler]
track_instance_changes = false
[vnc]
enabled = false
[glance]
api_servers = http://$HOST:$GLANCE_PORT
[key_manager]
backend = nova.keymgr.conf_key_mgr.ConfKeyManager
EOF
      token_section nova
      credentials_section placement placement
      credentials_section neutron neutron
      if has cinder; then
        credentials_section cinder cinder
        # Cinder lets nobody but Nova itself detach a volume of a server.
        credentials_section service_user nova
        echo "send_service_user_token = true"
      fi
      common_sections nova
    } >"$STATE/etc/nova/nova.conf"
    # Apart, as nova-compute must not have it.
    {
      database_section nova database
      database_section nova_api api_database
    } >"$STATE/etc/nova/nova-database.conf"
  fi

  if has neutron; then
    cp "$paste/neutron-common/api-paste.ini" "$STATE/etc/neutron/"
    {
      cat <<EOF
[DEFAULT]
use_stderr = false
bind_host = $HOST
bind_port = $NEUTRON_PORT
transport_url = $bus
core_plugin = ml2
service_plugins = router
auth_strategy = keystone
api_workers = 1
rpc_workers = 1
rpc_state_report_workers = 0
state_path = $STATE/neutron
api_paste_config = $STATE/etc/neutron/api-paste.ini
# There are no agents to tell, and Nova need not wait for ports that are bound at once.
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
allow_automatic_dhcp_failover = false
allow_automatic_l3agent_failover = false
[quotas]
default_quota = -1
quota_network = -1
quota_subnet = -1
quota_port = -1
quota_router = -1
quota_floatingip = -1
quota_security_group = -1
quota_security_group_rule = -1
EOF
      database_section neutron database
      token_section neutron
      credentials_section nova nova
      credentials_section placement placement
      common_sections neutron
    } >"$STATE/etc/neutron/neutron.conf"
    cat >"$STATE/etc/neutron/ml2.ini" <<EOF
[ml2]
type_drivers = flat,vxlan
tenant_network_types = vxlan
mechanism_drivers = always_bind
extension_drivers = port_security
[ml2_type_flat]
flat_networks = public
[ml2_type_vxlan]
vni_ranges = 1:10000
[securitygroup]
enable_ipset = false
EOF
  fi

  if has cinder; then
    cp "$paste/cinder-common/api-paste.ini" "$STATE/unpacked/etc/cinder/resource_filters.json" "$STATE/etc/cinder/"
    {
      cat <<EOF
[DEFAULT]
use_stderr = false
host = volume-1
my_ip = $HOST
transport_url = $bus
osapi_volume_listen = $HOST
osapi_volume_listen_port = $CINDER_PORT
osapi_volume_workers = 1
auth_strategy = keystone
api_paste_config = $STATE/etc/cinder/api-paste.ini
resource_query_filters_file = $STATE/etc/cinder/resource_filters.json
state_path = $STATE/cinder
enabled_backends = fake
default_volume_type = __DEFAULT__
glance_api_servers = http://$HOST:$GLANCE_PORT
quota_volumes = 1000
quota_snapshots = 1000
quota_gigabytes = 100000
[fake]
# Cinder's own test driver, which Debian ships in python3-cinder: volumes without any disk behind them.
volume_driver = cinder.tests.fake_driver.FakeLoggingVolumeDriver
volume_backend_name = fake
[coordination]
backend_url = file://$STATE/lock/cinder
EOF
      database_section cinder database
      token_section cinder
      credentials_section nova nova
      common_sections cinder
    } >"$STATE/etc/cinder/cinder.conf"
  fi

  if has swift; then write_swift_configuration; fi
}

write_swift_configuration() {
  local etc=$STATE/etc/swift kind port
  cat >"$etc/swift.conf" <<EOF
[swift-hash]
swift_hash_path_prefix = muster
swift_hash_path_suffix = testbed
[storage-policy:0]
name = gold
default = yes
[swift-constraints]
EOF
  while read -r kind port; do
    cat >"$etc/$kind-server.conf" <<EOF
[DEFAULT]
bind_ip = $HOST
bind_port = $port
workers = 0
user = root
swift_dir = $etc
devices = $STATE/swift
mount_check = false
disable_fallocate = true
log_level = WARNING
log_name = swift-$kind
[pipeline:main]
pipeline = healthcheck $kind-server
[app:$kind-server]
use = egg:swift#$kind
[filter:healthcheck]
use = egg:swift#healthcheck
EOF
    [ -e "$etc/$kind.ring.gz" ] || (cd "$etc" && python_with_settings swift_ring "$kind" "$HOST" "$port")
  done <<EOF
account $SWIFT_ACCOUNT_PORT
container $SWIFT_CONTAINER_PORT
object $SWIFT_OBJECT_PORT
EOF
  # authtoken removes identity headers, s3token sets them: s3api and s3token must come after authtoken.
  cat >"$etc/proxy-server.conf" <<EOF
[DEFAULT]
bind_ip = $HOST
bind_port = $SWIFT_PORT
workers = 0
user = root
swift_dir = $etc
log_level = WARNING
log_name = swift-proxy
expose_info = true
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk tempurl authtoken s3api s3token keystoneauth copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = $HOST:$MEMCACHED_PORT
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:tempurl]
use = egg:swift#tempurl
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
www_authenticate_uri = $KEYSTONE_URL
auth_url = $KEYSTONE_URL
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = swift
password = $SERVICE_PASSWORD
delay_auth_decision = true
cache = swift.cache
include_service_catalog = false
[filter:s3api]
use = egg:swift#s3api
location = $REGION
dns_compliant_bucket_names = false
[filter:s3token]
use = egg:swift#s3token
auth_uri = $AUTH_URL
auth_url = $AUTH_URL
auth_type = password
username = swift
password = $SERVICE_PASSWORD
project_name = service
user_domain_name = Default
project_domain_name = Default
secret_cache_duration = 300
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member, swiftoperator
project_reader_roles = reader
reseller_admin_role = ResellerAdmin
[filter:copy]
use = egg:swift#copy
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
EOF
}
