"""Waits until the compute host has reported to Nova and to placement: wait_for_compute SECONDS"""
import datetime
import os
import sys
import time

from keystoneauth1.exceptions import ClientException

from .cloud import STATE, User

deadline = time.monotonic() + int(sys.argv[1])
# Nova calls a host "up" for a minute after its last word, which may be of before the restart.
started = datetime.datetime.utcfromtimestamp(os.path.getmtime(STATE + '/run/base')).isoformat()
with open(STATE + '/run/nova.pid', encoding='ascii') as file:
    process = '/proc/' + file.read().split()[0]
admin = User('admin')
while True:
    try:
        hosts = admin.call('compute', 'GET', '/os-services?binary=nova-compute')['services']
        providers = admin.call('placement', 'GET', '/resource_providers')['resource_providers']
        if providers and any((host['updated_at'] or '') > started for host in hosts):
            break
        last = 'Nova says %s, placement says %s' % (hosts, providers)
    except (ClientException, SystemExit) as e:
        last = e
    if time.monotonic() > deadline or not os.path.exists(process):
        sys.exit('no compute host: %s' % last)
    time.sleep(1)
