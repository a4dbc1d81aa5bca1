"""Tells Keystone of the other services: their users, their places in the catalog. What exists is left alone."""
import os

from .cloud import REGION, SERVICE_PASSWORD, SERVICES, User

CATALOG = {
    'glance': ('image', os.environ['TESTBED_GLANCE_URL']),
    'placement': ('placement', os.environ['TESTBED_PLACEMENT_URL']),
    'nova': ('compute', os.environ['TESTBED_NOVA_URL'] + '/v2.1'),
    'neutron': ('network', os.environ['TESTBED_NEUTRON_URL']),
    'cinder': ('volumev3', os.environ['TESTBED_CINDER_URL'] + '/v3/$(project_id)s'),
    'swift': ('object-store', os.environ['TESTBED_SWIFT_URL'] + '/v1/AUTH_$(project_id)s'),
}


def main():
    admin = User('admin')

    def ensure(kind, name, **attributes):
        found = admin.call('identity', 'GET', '/%ss?name=%s' % (kind, name))[kind + 's']
        if not found:
            body = {kind: dict(attributes, name=name)}
            found = [admin.call('identity', 'POST', '/%ss' % kind, body)[kind]]
        return found[0]['id']

    project = ensure('project', 'service', domain_id='default')
    roles = {name: ensure('role', name) for name in ('admin', 'service', 'swiftoperator', 'ResellerAdmin')}
    for name in SERVICES:
        type_, url = CATALOG[name]
        user = ensure('user', name, domain_id='default', password=SERVICE_PASSWORD, default_project_id=project)
        for role in ('admin', 'service'):
            admin.call('identity', 'PUT', '/projects/%s/users/%s/roles/%s' % (project, user, roles[role]))
        service = ensure('service', name, type=type_)
        endpoints = admin.call('identity', 'GET', '/endpoints?service_id=' + service)['endpoints']
        for interface in {'public', 'internal', 'admin'} - {endpoint['interface'] for endpoint in endpoints}:
            endpoint = {'service_id': service, 'url': url, 'interface': interface, 'region_id': REGION}
            admin.call('identity', 'POST', '/endpoints', {'endpoint': endpoint})


main()
