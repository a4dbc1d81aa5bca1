#!/usr/bin/python3
"""Holds what muster prints of an embedded SoftLayer against what slcli prints of it, row by row.

Each command's rows are reduced to the columns that both have, and must be the same. Ends with 1 where they are not.
"""

import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MUSTER = os.path.join(ROOT, "muster")


def text(value):
    """A value as both can be held against: slcli has 0 for absent here and there, and names of states in another spelling."""
    if value in (None, "-", "None", "", 0, "0"):
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).replace("_", " ").lower()


# Command of slcli; table of muster; pairs of columns: slcli's, muster's.
COMPARED = [
    ("vs list", "virtual_guest", [("id", "id"), ("hostname", "hostname"), ("domain", "domain"), ("datacenter", "datacenter"),
                                  ("primary_ip", "primary_ip"), ("backend_ip", "backend_ip"), ("action", "action"),
                                  ("deviceStatus.name", "device_status")]),
    ("hardware list", "hardware", [("id", "id"), ("hostname", "hostname"), ("primary_ip", "primary_ip"),
                                   ("backend_ip", "backend_ip"), ("datacenter", "datacenter")]),
    ("vlan list", "vlan", [("Id", "id"), ("Number", "number"), ("Fully qualified name", "full_name"), ("Name", "name"),
                           ("Data center", "datacenter"), ("Hardware", "hardware_count"), ("Virtual servers", "guest_count"),
                           ("Public ips", "address_count")]),
    ("subnet list", "subnet", [("Id", "id"), ("VLAN", "vlan"), ("Location", "datacenter"), ("IPs", "addresses"),
                               ("Hardware", "hardware_count"), ("Vs", "guest_count"), ("Note", "note")]),
    ("account bandwidth-pools", "bandwidth_pool", [("Id", "id"), ("Pool Name", "name"), ("Region", "region")]),
    ("block volume-list", "block_volume", [("id", "id"), ("username", "username"), ("datacenter", "datacenter"),
                                           ("capacity_gb", "capacity_gb"), ("bytes_used", "used_bytes"), ("IOPs", "iops"),
                                           ("ip_addr", "address"), ("lunId", "lun"), ("rep_partner_count", "replicas")]),
    ("file volume-list", "file_volume", [("id", "id"), ("username", "username"), ("datacenter", "datacenter"),
                                         ("mount_addr", "mount_address")]),
    ("image list", "image", [("id", "id"), ("name", "name"), ("account", "account_id")]),
    ("securitygroup list", "security_group", [("id", "id"), ("name", "name"), ("description", "description")]),
    ("globalip list", "global_ip", [("id", "id"), ("ip", "address")]),
    ("loadbal list", "load_balancer", [("Id", "id"), ("Name", "name"), ("Description", "description"),
                                       ("Members", "member_count"), ("Listeners", "listener_count")]),
    ("dns zone-list", "dns_zone", [("id", "id"), ("zone", "name"), ("serial", "serial"), ("records", "record_count")]),
    ("sshkey list", "ssh_key", [("id", "id"), ("label", "label"), ("fingerprint", "fingerprint")]),
    ("user list", "user", [("id", "id"), ("username", "username"), ("email", "email"), ("displayName", "display_name")]),
]


def slcli(conf, command):
    out = subprocess.run(["/usr/bin/slcli", "-C", conf, "--format", "json"] + command.split(), stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, check=True).stdout
    return json.loads(out)


def main():
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SL_", "OS_", "OVIRT_"))}
    with tempfile.TemporaryDirectory() as home:
        environment["HOME"] = home
        environment["XDG_CONFIG_HOME"] = os.path.join(home, "config")
        # Up to a page of each: Debian's slcli asks for further pages in no order.
        sim = subprocess.Popen([MUSTER, "sim", "softlayer", "--vms", "90"], stdout=subprocess.PIPE, text=True,
                               env=environment)
        try:
            url = None
            for line in sim.stdout:
                if "SL_ENDPOINT_URL=" in line:
                    url = line.split("SL_ENDPOINT_URL=")[1].split()[0]
                if line.startswith("Ctrl-C"):
                    break
            conf = os.path.join(home, "slcli.conf")
            with open(conf, "w") as file:
                file.write("[softlayer]\nusername=demo\napi_key=secret\ntimeout=60\nendpoint_url=%s\n" % url)
            environment.update(SL_ENDPOINT_URL=url, SL_USERNAME="demo", SL_API_KEY="secret")
            inventory = json.loads(subprocess.run([MUSTER, "inventory", "-o", "json"], env=environment, check=True,
                                                  capture_output=True, text=True).stdout)
            tables = {table["name"]: table["rows"] for table in inventory["clouds"][0]["tables"]}
            wrong = 0
            for command, table, columns in COMPARED:
                theirs = sorted([text(row[their]) for their, _ in columns] for row in slcli(conf, command))
                ours = sorted([text(row[our]) for _, our in columns] for row in tables["softlayer_" + table])
                same = theirs == ours
                print("%-28s %4d rows of slcli, %4d of muster: %s"
                      % (command, len(theirs), len(ours), "the same" if same else "DIFFERENT"))
                if not same:
                    wrong += 1
                    print("  slcli has  ", [row for row in theirs if row not in ours][:2])
                    print("  muster has ", [row for row in ours if row not in theirs][:2])
            return 1 if wrong else 0
        finally:
            sim.terminate()
            sim.wait()


if __name__ == "__main__":
    sys.exit(main())
