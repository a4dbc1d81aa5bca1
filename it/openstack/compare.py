#!/usr/bin/python3
"""Compares what muster says of an OpenStack with what OpenStack's own client says of it, row by row.

    muster inventory -o json >inventory.json
    it/openstack/compare.py inventory.json [--cloud testbed]

Exits with 0 only if every list has the same rows. The cloud is looked up by its name both in muster's JSON and in the
clouds.yaml of the test bed (or of OS_CLIENT_CONFIG_FILE).
"""
import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys

STATE = os.environ.get('MUSTER_TESTBED_STATE') or os.path.join(
    os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'muster', 'openstack')

# Muster's table: the client's command, and its columns that are the row's key and what else is compared, as muster's
# columns are called.
LISTS = {
    'openstack_server': (
        ['server', 'list', '--limit', '-1', '--no-name-lookup'], {'id': 'ID', 'name': 'Name', 'status': 'Status'}),
    'openstack_flavor': (['flavor', 'list'], {'id': 'ID', 'name': 'Name'}),
    'openstack_image': (['image', 'list'], {'id': 'ID', 'name': 'Name'}),
    'openstack_network': (['network', 'list'], {'id': 'ID', 'name': 'Name'}),
    'openstack_port': (['port', 'list'], {'id': 'ID', 'name': 'Name'}),
    # a floating IP has no name
    'openstack_floating_ip': (['floating', 'ip', 'list'], {'id': 'ID'}),
}


def read_inventory(path, cloud):
    """The rows of muster's tables, by the tables' names: all that is known here of the shape of muster's JSON."""
    with open(path, encoding='utf-8') as file:
        inventory = json.load(file)
    tables = {}
    for entry in inventory['clouds']:
        if entry['name'] == cloud:
            for table in entry['tables']:
                tables.setdefault(table['name'], []).extend(table['rows'])
    return tables


def ask_client(command, cloud):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(('OS_', 'PYTHON'))}
    environment['OS_CLIENT_CONFIG_FILE'] = os.environ.get('OS_CLIENT_CONFIG_FILE') or os.path.join(STATE, 'clouds.yaml')
    environment['no_proxy'] = '127.0.0.1'
    # Debian's client needs Debian's Python, which need not be the first one on the PATH.
    answer = subprocess.run(
        ['/usr/bin/python3', '/usr/bin/openstack', '--os-cloud', cloud, *command, '-f', 'json'],
        env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(answer.stdout)


def compare(table, mine, theirs):
    """Prints the difference of two lists of rows, each a tuple that begins with the id; answers whether there is none."""
    missing = list((collections.Counter(theirs) - collections.Counter(mine)).elements())
    extra = list((collections.Counter(mine) - collections.Counter(theirs)).elements())
    print('%s: %d rows, %d missing, %d extra' % (table, len(mine), len(missing), len(extra)))
    for what, rows in (('missing', missing), ('extra', extra)):
        for row in sorted(rows, key=str)[:5]:
            print('  %s: %s' % (what, ' '.join(str(value) for value in row)))
        if len(rows) > 5:
            print('  and %d more' % (len(rows) - 5))
    return not missing and not extra


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('inventory', help='what "muster inventory -o json" has printed')
    parser.add_argument('--cloud', default='testbed', help='the name of the cloud (default: %(default)s)')
    options = parser.parse_args()
    tables = read_inventory(options.inventory, options.cloud)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as executor:
        answers = {table: executor.submit(ask_client, command, options.cloud) for table, (command, _) in LISTS.items()}
        same = True
        for table, (_, columns) in LISTS.items():
            theirs = [tuple(row[column] for column in columns.values()) for row in answers[table].result()]
            # No name and the empty name are not told apart: the client prints an empty name as it is, and null as none.
            mine = [tuple(row.get(column) for column in columns) for row in tables.get(table, [])]
            if table not in tables:
                print('%s: not in the inventory' % table)
                same = False
            same &= compare(table, [normal(row) for row in mine], [normal(row) for row in theirs])
    sys.exit(0 if same else 1)


def normal(row):
    return tuple(value or '' for value in row)


if __name__ == '__main__':
    main()
