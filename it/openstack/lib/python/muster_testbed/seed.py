"""Fills the cloud with two projects that have something in every list: demo with TESTBED_SERVERS servers, other with a
tenth of them. Everything is found by its name, so a second run makes only what lacks."""
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

from .cloud import SERVICES, STATE, User

SERVERS = int(os.environ['TESTBED_SERVERS'])
BEGIN = time.monotonic()
admin = User('admin')


def done(what):
    print('  seeded %s (%.0f s)' % (what, time.monotonic() - BEGIN), flush=True)


def ensure(user, service, kind, path, name, **attributes):
    """The thing of that name, made when there is none yet."""
    plural = path.rsplit('/', 1)[1]
    query = '?name=' + name + ('&project_id=' + user.project_id if service == 'network' else '')
    found = user.call(service, 'GET', path + query)[plural]
    return found[0] if found else user.call(service, 'POST', path, {kind: dict(attributes, name=name)})[kind]


def seed_identity():
    """Users demo and other, each with its project; the admin may see both; auditor may only read in demo."""
    roles = {role['name']: role['id'] for role in admin.call('identity', 'GET', '/roles')['roles']}
    admin_id = admin.call('identity', 'GET', '/users?name=admin')['users'][0]['id']

    def ensure_user(name, project):
        return ensure(admin, 'identity', 'user', '/users', name, domain_id='default', password=name + '-secret',
                      default_project_id=project, email=name + '@example.org')['id']

    def grant(project, user, *names):
        for name in names:
            admin.call('identity', 'PUT', '/projects/%s/users/%s/roles/%s' % (project, user, roles[name]))

    for name in ('demo', 'other'):
        project = ensure(admin, 'identity', 'project', '/projects', name, domain_id='default',
                         description='Seeded project ' + name)['id']
        user = ensure_user(name, project)
        grant(project, user, 'member', 'reader')
        grant(project, admin_id, 'admin')
        if name == 'demo':
            grant(project, ensure_user('auditor', project), 'reader')
            demo_id = user
    demo = User('demo')

    # Keystone tells a secret only when it makes it, but this one may be chosen.
    credentials = '/users/%s/application_credentials' % demo_id
    found = demo.call('identity', 'GET', credentials + '?name=inventory')['application_credentials']
    if not found:
        body = {'name': 'inventory', 'secret': 'inventory-secret', 'roles': [{'name': 'reader'}, {'name': 'member'}]}
        found = [demo.call('identity', 'POST', credentials, {'application_credential': body})['application_credential']]
    keys = demo.call('identity', 'GET', '/users/%s/credentials/OS-EC2' % demo_id)['credentials']
    if not keys:
        body = {'tenant_id': demo.project_id}
        keys = [demo.call('identity', 'POST', '/users/%s/credentials/OS-EC2' % demo_id, body)['credential']]
    with open(STATE + '/seed.json', 'w', encoding='utf-8') as file:
        json.dump({
            'projects': {'demo': demo.project_id, 'other': User('other').project_id},
            'application_credential': {'id': found[0]['id'], 'secret': 'inventory-secret'},
            's3': {'access_key': keys[0]['access'], 'secret_key': keys[0]['secret']},
        }, file, indent=2)
    done('projects, users, credentials')


def seed_objects(user, containers, objects):
    for number in range(containers):
        container = '/%s-%02d' % (('photos', 'backups', 'logs')[number % 3], number)
        user.call('object-store', 'PUT', container, headers={'X-Container-Meta-Tier': ('bronze', 'gold')[number % 2]})

        def put(i):
            content = ('object %d of %s\n' % (i, container)).encode() * (i + 1)
            user.call('object-store', 'PUT', '%s/folder%d/object-%04d.txt' % (container, i % 3, i), data=content,
                      headers={'Content-Type': 'text/plain', 'X-Object-Meta-Owner': user.name})

        with ThreadPoolExecutor(4) as executor:
            list(executor.map(put, range(objects)))
    done('%d containers of %s with %d objects each' % (containers, user.name, objects))


def seed_images(demo):
    """More images than Glance puts on one page, 25, and some that are not active."""
    existing = {image['name'] for image in demo.call('image', 'GET', '/v2/images?limit=1000')['images']}

    def image(user, name, kilobytes, **attributes):
        if name in existing:
            return
        body = dict({'container_format': 'bare', 'disk_format': 'raw', 'visibility': 'private'}, **attributes, name=name)
        path = '/v2/images/' + user.call('image', 'POST', '/v2/images', body)['id']
        if kilobytes:
            user.call('image', 'PUT', path + '/file', data=name.encode().ljust(64, b'.') * 16 * kilobytes,
                      headers={'Content-Type': 'application/octet-stream'})
        if name.endswith('withdrawn'):
            admin.call('image', 'POST', path + '/actions/deactivate')

    image(admin, 'cirros-0.6.2-x86_64', 64, visibility='public', disk_format='qcow2', os_distro='cirros',
          os_version='0.6.2', architecture='x86_64')
    image(admin, 'debian-12-genericcloud', 256, visibility='public', os_distro='debian', os_version='12', min_ram=128)
    image(demo, 'demo-never-uploaded', 0)
    image(demo, 'demo-withdrawn', 1)
    for number in range(27):
        image(demo, 'demo-nightly-%02d' % number, 1, tags=['snapshot', 'nightly'])
    done('images')


def seed_networks(user, count, first_octet):
    """The user's networks, router, security groups and spare ports. Answers the ids of the networks."""
    def ensure_net(owner, kind, name, **attributes):
        return ensure(owner, 'network', kind, '/v2.0/%ss' % kind, name, **attributes)

    public = ensure_net(admin, 'network', 'public', **{
        'router:external': True, 'provider:network_type': 'flat', 'provider:physical_network': 'public'})['id']
    ensure_net(admin, 'subnet', 'public-v4', network_id=public, ip_version=4, cidr='203.0.113.0/24',
               gateway_ip='203.0.113.1', enable_dhcp=False)
    router = ensure_net(user, 'router', user.name + '-router', external_gateway_info={'network_id': public})['id']
    networks = []
    for number in range(count):
        network = ensure_net(user, 'network', '%s-net-%d' % (user.name, number), description='Seeded network')['id']
        networks.append(network)
        subnet = ensure_net(user, 'subnet', '%s-subnet-%d' % (user.name, number), network_id=network, ip_version=4,
                            cidr='10.%d.%d.0/20' % (first_octet, number * 16), dns_nameservers=['192.0.2.53'])['id']
        # 400: it is attached already
        user.call('network', 'PUT', '/v2.0/routers/%s/add_router_interface' % router, {'subnet_id': subnet}, allowed=(400,))
    ensure_net(user, 'subnet', '%s-subnet-v6' % user.name, network_id=networks[0], ip_version=6,
               cidr='2001:db8:%d::/64' % first_octet, ipv6_address_mode='slaac', ipv6_ra_mode='slaac')
    for name, ports in (('web', (80, 443)), ('db', (3306, 5432))):
        group = ensure_net(user, 'security_group', '%s-%s' % (user.name, name), description='Allows ' + name)['id']
        for port in ports:
            rule = {'security_group_id': group, 'direction': 'ingress', 'protocol': 'tcp', 'remote_ip_prefix': '0.0.0.0/0',
                    'port_range_min': port, 'port_range_max': port}
            # 409: there is such a rule
            user.call('network', 'POST', '/v2.0/security_group_rules', {'security_group_rule': rule}, allowed=(409,))
    for number in range(4):
        ensure_net(user, 'port', '%s-spare-port-%d' % (user.name, number), network_id=networks[number % count])
    done('networks of ' + user.name)
    return networks


def seed_flavors(demo):
    found = admin.call('compute', 'GET', '/flavors/detail?is_public=None')['flavors']
    flavors = {flavor['name']: flavor['id'] for flavor in found}
    for name, vcpus, ram, disk, public, specs in (
            ('m1.tiny', 1, 512, 1, True, {}),
            ('m1.small', 1, 2048, 20, True, {}),
            ('m1.medium', 2, 4096, 40, True, {'hw:cpu_policy': 'shared'}),
            ('c1.large', 4, 8192, 80, True, {'hw:mem_page_size': 'small', 'quota:cpu_shares': '2048'}),
            ('x1.for-demo', 8, 16384, 100, False, {}),
            ('x1.hidden', 16, 65536, 200, False, {}),
            ('x1.too-large', 100000, 1024, 1, True, {})):
        if name in flavors:
            continue
        body = {'name': name, 'vcpus': vcpus, 'ram': ram, 'disk': disk, 'os-flavor-access:is_public': public}
        flavors[name] = admin.call('compute', 'POST', '/flavors', {'flavor': body})['flavor']['id']
        if specs:
            admin.call('compute', 'POST', '/flavors/%s/os-extra_specs' % flavors[name], {'extra_specs': specs})
        if name == 'x1.for-demo':
            access = {'addTenantAccess': {'tenant': demo.project_id}}
            admin.call('compute', 'POST', '/flavors/%s/action' % flavors[name], access)
    done('flavors')
    return flavors


def servers_of(user):
    servers, marker = [], ''
    while True:
        page = user.call('compute', 'GET', '/servers/detail?limit=500' + marker)['servers']
        servers += page
        if len(page) < 500:
            return servers
        marker = '&marker=' + page[-1]['id']


def request_servers(user, count, flavors, networks):
    """Asks for the servers that lack, in batches with different flavor, image, networks and metadata; does not wait."""
    found = user.call('image', 'GET', '/v2/images?visibility=public')['images']
    images = sorted(image['id'] for image in found)
    existing = [server['name'] for server in servers_of(user)]
    batches = []
    if count > 12:
        # A name beyond ASCII, and a server that no host can take: it ends in state ERROR with a fault.
        batches = [('%s-größe-名前' % user.name, 'm1.tiny', 1), ('%s-too-large' % user.name, 'x1.too-large', 1)]
        count -= 2
    while count > 0:
        role = ('web', 'db', 'worker')[len(batches) % 3]
        flavor = {'web': 'm1.tiny', 'db': 'm1.small', 'worker': 'm1.medium'}[role]
        batches.append(('%s-%s-%d' % (user.name, role, len(batches)), flavor, min(count, 20)))
        count -= 20
    for number, (name, flavor, size) in enumerate(batches):
        lacking = size - sum(1 for other in existing if other == name or other.startswith(name + '-'))
        if lacking <= 0:
            continue
        server = {
            'name': name, 'flavorRef': flavors[flavor], 'imageRef': images[number % len(images)],
            'min_count': lacking, 'max_count': lacking, 'tags': ['seed', user.name],
            'metadata': {'env': ('staging', 'prod')[number % 2], 'batch': str(number)},
            # the databases have two networks
            'networks': [{'uuid': uuid} for uuid in networks[number % len(networks):][:1 + ('-db-' in name)]],
        }
        if '-web-' in name:
            server['security_groups'] = [{'name': 'default'}, {'name': user.name + '-web'}]
        if '-worker-' in name:
            server['key_name'] = user.name + '-key'
        # 2.52: the first version that takes tags at once
        user.call('compute', 'POST', '/servers', {'server': server}, headers={'OpenStack-API-Version': 'compute 2.52'})


def wait_until_built(user, seconds):
    deadline = time.monotonic() + seconds
    while True:
        # Under load the answer may be an error, as Nova asks Neutron: ask again.
        answer = user.send('compute', 'GET', '/servers?status=BUILD&limit=1')
        if answer.ok and not answer.json()['servers']:
            return
        if time.monotonic() > deadline:
            raise SystemExit('there still are servers of %s in state BUILD' % user.name)
        time.sleep(2)


def vary_states(user):
    """Stops four servers, pauses two and suspends two."""
    wanted = {'os-stop': ('SHUTOFF', 4), 'pause': ('PAUSED', 2), 'suspend': ('SUSPENDED', 2)}
    servers = sorted(servers_of(user), key=lambda server: server['name'])
    active = [server['id'] for server in servers if server['status'] == 'ACTIVE']
    for action, (status, count) in wanted.items():
        for _ in range(count - sum(server['status'] == status for server in servers)):
            user.call('compute', 'POST', '/servers/%s/action' % active.pop(0), {action: None})
    deadline = time.monotonic() + 120
    while True:
        states = [server['status'] for server in servers_of(user)]
        if all(states.count(status) == count for status, count in wanted.values()):
            return
        if time.monotonic() > deadline:
            raise SystemExit('the states of the servers did not become as wanted: %s' % states)
        time.sleep(1)


def seed_floating_ips(user, servers):
    """Eight floating addresses, of which the first servers' ports get one each."""
    public = user.call('network', 'GET', '/v2.0/networks?name=public')['networks'][0]['id']
    existing = len(user.call('network', 'GET', '/v2.0/floatingips')['floatingips'])
    for number in range(existing, 8):
        body = {'floating_network_id': public}
        if number < len(servers):
            port = user.call('network', 'GET', '/v2.0/ports?device_id=' + servers[number])['ports'][0]
            body['port_id'] = port['id']
            body['fixed_ip_address'] = next(ip['ip_address'] for ip in port['fixed_ips'] if '.' in ip['ip_address'])
        user.call('network', 'POST', '/v2.0/floatingips', {'floatingip': body})


def seed_servers(demo, other, networks):
    """Answers the ids of the active servers of demo."""
    flavors = seed_flavors(demo)
    wanted = [(demo, SERVERS), (other, SERVERS // 10)]
    for user, count in wanted:
        # 409: there is such a key
        user.call('compute', 'POST', '/os-keypairs', {'keypair': {'name': user.name + '-key'}}, allowed=(409,))
        request_servers(user, count, flavors, networks[user])
    done('requests for servers')
    for user, count in wanted:
        wait_until_built(user, 300 + 10 * count)
    if SERVERS > 30:
        vary_states(demo)
    servers = servers_of(demo)
    states = [server['status'] for server in servers]
    expected = 1 if SERVERS > 12 else 0
    if len(states) != SERVERS or states.count('ERROR') != expected:
        raise SystemExit('expected %d servers and %d of them in state ERROR: %s' % (SERVERS, expected, states))
    done('servers: ' + ', '.join('%d %s' % (states.count(state), state) for state in sorted(set(states))))
    active = [server for server in servers if server['status'] == 'ACTIVE']
    active = [server['id'] for server in sorted(active, key=lambda server: server['name'], reverse=True)]
    seed_floating_ips(demo, active[:6])
    done('floating IPs')
    return active


def seed_volumes(demo, servers):
    for number in range(6):
        ensure(demo, 'volumev3', 'volume', '/volumes', 'demo-volume-%d' % number, size=number + 1,
               metadata={'purpose': 'seed'})

    def volumes():
        deadline = time.monotonic() + 120
        while True:
            found = demo.call('volumev3', 'GET', '/volumes/detail?sort=name:asc')['volumes']
            snapshots = demo.call('volumev3', 'GET', '/snapshots')['snapshots']
            states = [thing['status'] for thing in found + snapshots]
            if all(state in ('available', 'in-use', 'error') for state in states):
                return found
            if time.monotonic() > deadline:
                raise SystemExit('volumes and snapshots are not ready: %s' % states)
            time.sleep(1)

    found = volumes()
    if not demo.call('volumev3', 'GET', '/snapshots')['snapshots']:
        body = {'volume_id': found[0]['id'], 'name': 'demo-snapshot-0'}
        demo.call('volumev3', 'POST', '/snapshots', {'snapshot': body})
    for volume, server in zip(found[1:3], servers):
        if volume['status'] == 'available':
            body = {'volumeAttachment': {'volumeId': volume['id']}}
            demo.call('compute', 'POST', '/servers/%s/os-volume_attachments' % server, body)
    done('volumes: ' + ', '.join(volume['status'] for volume in volumes()))


def main():
    seed_identity()
    demo, other = User('demo'), User('other')
    networks, servers = {}, []
    if 'swift' in SERVICES:
        seed_objects(demo, 6, 25)
        seed_objects(other, 2, 5)
    if 'glance' in SERVICES:
        seed_images(demo)
    if 'neutron' in SERVICES:
        networks = {demo: seed_networks(demo, 4, 10), other: seed_networks(other, 2, 20)}
    if 'nova' in SERVICES:
        servers = seed_servers(demo, other, networks)
    if 'cinder' in SERVICES:
        seed_volumes(demo, servers)


main()
