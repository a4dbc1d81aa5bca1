"""Runs OpenStack's programs: run NAME ARGUMENTS... [-- NAME ARGUMENTS...]...

Debian puts the programs' few lines into the packages that also set a service up for systemd; what they call is in the
python3-* packages, and called from here."""
import importlib
import sys

from .together import import_quickly, run_together

PROGRAMS = {
    'glance-api': 'glance.cmd.api',
    'glance-manage': 'glance.cmd.manage',
    'nova-api': 'nova.cmd.api_os_compute',
    'nova-compute': 'nova.cmd.compute',
    'nova-conductor': 'nova.cmd.conductor',
    'nova-manage': 'nova.cmd.manage',
    'nova-scheduler': 'nova.cmd.scheduler',
    'neutron-db-manage': 'neutron.db.migration.cli',
    'neutron-server': 'neutron.cmd.eventlet.server',
    'cinder-api': 'cinder.cmd.api',
    'cinder-manage': 'cinder.cmd.manage',
    'cinder-scheduler': 'cinder.cmd.scheduler',
    'cinder-volume': 'cinder.cmd.volume',
}


def prepare_nova_compute():
    from nova.conductor.api import API
    from nova.scheduler.client.report import SchedulerReportClient
    from nova.virt import fake

    from .remembering_driver import RememberingDriver

    # Nova looks for drivers in its own package only.
    fake.RememberingDriver = RememberingDriver
    # It is started together with the conductor: asks every two seconds, not every ten, whether that one is there.
    API.wait_until_ready.__defaults__ = (2, 60)
    # At each build the resource tracker asks placement for the allocations of every server on the host, one by one:
    # quadratic in the number of servers. Only drivers that raise ReshapeNeeded use them; the fake one never does.
    SchedulerReportClient.get_allocations_for_provider_tree = lambda self, context, nodename: {}


def program(command):
    main = importlib.import_module(PROGRAMS[command[0]]).main
    # What it prepares is a report for debugging, at the cost of looking at the sources of all modules.
    from oslo_reports.guru_meditation_report import TextGuruMeditation
    TextGuruMeditation.setup_autorun = classmethod(lambda *arguments, **options: None)
    if command[0] == 'nova-compute':
        prepare_nova_compute()

    def run():
        sys.argv = command
        return main()

    return run


def commands():
    command = []
    for argument in sys.argv[1:]:
        if argument == '--':
            yield command
            command = []
        else:
            command.append(argument)
    yield command


if __name__ == '__main__':
    run_together(import_quickly(lambda: [program(command) for command in commands()]))
