"""A tour of an engine with libgovirt: govirt.py URL TOKEN. Prints what it sees, one fact a line, as NAME=VALUE."""

import sys

import gi

gi.require_version("GoVirt", "1.0")
from gi.repository import GLib, GoVirt


def fetched(proxy, collection):
    collection.fetch(proxy)
    return collection.get_resources()


def refusal(call):
    try:
        call()
    except GLib.Error as error:
        return error.message
    return ""


def main(url, token):
    proxy = GoVirt.Proxy.new(url)
    proxy.props.sso_token = token
    api = proxy.fetch_api()
    vms = fetched(proxy, api.get_vms())
    print(f"vms={len(vms)}")
    print(f"hosts={len(fetched(proxy, api.get_hosts()))}")
    print(f"clusters={len(fetched(proxy, api.get_clusters()))}")
    print(f"datacenters={len(fetched(proxy, api.get_data_centers()))}")
    print(f"storagedomains={len(fetched(proxy, api.get_storage_domains()))}")
    down = list(fetched(proxy, api.search_vms("status=down")).values())
    print(f"down={len(down)}")
    print(f"all_down={all(vm.props.state == GoVirt.VmState.DOWN for vm in down)}")
    vm = down[0]
    print(f"cdroms={len(fetched(proxy, vm.get_cdroms()))}")
    vm.start(proxy)
    vm.refresh(proxy)
    print(f"started={vm.props.state == GoVirt.VmState.UP}")
    print(f"host={bool(vm.get_host().props.guid)}")
    vm.get_ticket(proxy)
    print(f"ticket={bool(vm.props.display.props.ticket)}")
    print(f"refused={refusal(lambda: vm.start(proxy))}")
    vm.stop(proxy)
    vm.refresh(proxy)
    print(f"stopped={vm.props.state == GoVirt.VmState.DOWN}")


main(*sys.argv[1:])
