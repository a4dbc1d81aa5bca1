"""Copies servers: clone_servers COUNT. See clone-servers.sh.

Each copy has its own port, IPv4 address and MAC, and is made in Nova's and Neutron's databases from one seeded server."""
import ipaddress
import subprocess
import sys

from .cloud import STATE


def sql(statements):
    answer = subprocess.run(
        ['mariadb', '--no-defaults', '-u', 'root', '-S', STATE + '/run/mariadb.sock', '-N', '-B'],
        input=statements, text=True, capture_output=True)
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return answer.stdout


def main():
    count = int(sys.argv[1])
    # The model: an active server of project demo with one port that has one address.
    model, port, address, mac, cidr = sql("""
        SELECT p.device_id, p.id, a.ip_address, p.mac_address, s.cidr
        FROM neutron.ports p
        JOIN neutron.ipallocations a ON a.port_id = p.id
        JOIN neutron.subnets s ON s.id = a.subnet_id
        JOIN nova.instances i ON i.uuid = p.device_id
        WHERE p.device_owner = 'compute:nova' AND i.vm_state = 'active' AND i.deleted = 0 AND i.display_name LIKE 'demo-%'
          AND (SELECT count(*) FROM neutron.ipallocations b JOIN neutron.ports q ON q.id = b.port_id
               WHERE q.device_id = p.device_id) = 1
        ORDER BY i.id LIMIT 1""").split()
    network = ipaddress.ip_network(cidr)
    taken = set(sql('SELECT ip_address FROM neutron.ipallocations').split())
    # The first address is the gateway's.
    free = [str(host) for host in list(network.hosts())[1:] if str(host) not in taken]
    if len(free) < count:
        raise SystemExit('only %d addresses are free in %s' % (len(free), cidr))
    first = 1 + int(sql("""
        SELECT coalesce(max(cast(substr(display_name, 7) AS unsigned)), 0)
        FROM nova.instances WHERE display_name LIKE 'clone-%'"""))

    statements = ["""
        CREATE OR REPLACE TABLE nova.clones (
          n int PRIMARY KEY, server char(36) NOT NULL, port char(36) NOT NULL, address varchar(20) NOT NULL,
          mac varchar(20) NOT NULL, attribute bigint)"""]
    for n in range(first, first + count):
        own_mac = 'fa:16:3f:%02x:%02x:%02x' % tuple(n.to_bytes(3, 'big'))
        statements.append("INSERT INTO nova.clones (n, server, port, address, mac) VALUES (%d, uuid(), uuid(), '%s', '%s')"
                          % (n, free[n - first], own_mac))

    def copy(table, key, value, changed):
        """Copies the rows of the model, with other values in some columns."""
        database, name = table.split('.')
        columns = sql("""
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = '%s' AND table_name = '%s' ORDER BY ordinal_position""" % (database, name)).split()
        # An id that is not given is a number that the database counts.
        columns = [column for column in columns if column != 'id' or column in changed]
        statements.append("INSERT INTO %s (%s) SELECT %s FROM %s m JOIN nova.clones c WHERE m.%s = '%s'" % (
            table, ', '.join('`%s`' % column for column in columns),
            ', '.join(changed.get(column, 'm.`%s`' % column) for column in columns), table, key, value))

    copy('nova.instances', 'uuid', model, {
        'uuid': 'c.server', 'display_name': "concat('clone-', lpad(c.n, 5, '0'))", 'hostname': "concat('clone-', c.n)",
        'created_at': 'm.created_at + INTERVAL c.n SECOND'})
    for table in ('instance_extra', 'instance_metadata', 'instance_system_metadata'):
        copy('nova.' + table, 'instance_uuid', model, {'instance_uuid': 'c.server'})
    copy('nova.instance_info_caches', 'instance_uuid', model, {
        'instance_uuid': 'c.server',
        'network_info': "replace(replace(replace(m.network_info, '%s', c.port), '\"%s\"', concat('\"', c.address, '\"')), '%s', c.mac)"
                        % (port, address, mac)})
    copy('nova.block_device_mapping', 'instance_uuid', model, {'instance_uuid': 'c.server', 'uuid': 'uuid()'})
    copy('nova.tags', 'resource_id', model, {'resource_id': 'c.server'})
    copy('nova_api.instance_mappings', 'instance_uuid', model, {'instance_uuid': 'c.server'})
    copy('nova_api.request_specs', 'instance_uuid', model, {'instance_uuid': 'c.server'})
    statements += [
        'SET @last = (SELECT max(id) FROM neutron.standardattributes)',
        'UPDATE nova.clones SET attribute = @last + 1 + n - %d' % first,
        """INSERT INTO neutron.standardattributes (id, resource_type, created_at, updated_at, description, revision_number)
           SELECT attribute, 'ports', now(), now(), '', 1 FROM nova.clones"""]
    copy('neutron.ports', 'id', port, {
        'id': 'c.port', 'mac_address': 'c.mac', 'device_id': 'c.server', 'standard_attr_id': 'c.attribute'})
    copy('neutron.ipallocations', 'port_id', port, {'port_id': 'c.port', 'ip_address': 'c.address'})
    for table in ('ml2_port_bindings', 'ml2_port_binding_levels', 'portsecuritybindings', 'securitygroupportbindings'):
        copy('neutron.' + table, 'port_id', port, {'port_id': 'c.port'})
    statements.append('DROP TABLE nova.clones')
    sql('START TRANSACTION;\n' + ';\n'.join(statements) + ';\nCOMMIT;\n')


main()
