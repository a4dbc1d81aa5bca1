package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;
import static dev.muster.core.ServerFilter.term;

import dev.muster.core.ApiRequest;
import dev.muster.core.ListRequest;
import dev.muster.core.Table;
import java.util.List;

/**
 * Virtual machines, what they have, and what they are made from.
 *
 * <p>All of oVirt's tables are listed with one request: without a page size the engine answers everything at once, and its
 * numbered pages shift when something is added or removed between them.
 */
final class VmTables {
    private VmTables() {}

    /** A list as the engine answers it: rows below a field, an empty object where there are none. */
    static ListRequest list(String path, String row) {
        return ListRequest.get("", path).rowsOrNone(row);
    }

    static final Table VMS = Table.named("ovirt_vm", "A virtual machine.")
            .list(list("/vms", "vm"))
            .get(ApiRequest.get("", "/vms/{id}"), "")
            .filter("name", term("search", "name=\"%s\""))
            // A search has the engine's own words, of which others are other ones: poweringup, migratingfrom.
            .filter("status", term("search", "status=%s").only("up", "down", "paused", "suspended", "unknown"))
            .one("host", "host_id", "ovirt_host", "id")
            .one("cluster", "cluster_id", "ovirt_cluster", "id")
            .one("template", "template_id", "ovirt_template", "id")
            .many("disk_attachments", "id", "ovirt_disk_attachment", "vm_id")
            .many("nics", "id", "ovirt_nic", "vm_id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its data center.")
            .column("status", TEXT, "up, down, powering_up, paused, migrating, suspended, image_locked, …")
            .column("status_detail", TEXT, "More about the status, as why it is paused.")
            .column("description", TEXT, "Its owner's words.")
            .column("comment", TEXT, "Its owner's further words.")
            .column("fqdn", TEXT, "Host name, where an agent inside tells it.")
            .column("memory", INTEGER, "Bytes of memory.")
            .column("memory_guaranteed", INTEGER, "Bytes it keeps under pressure.", at("/memory_policy/guaranteed"))
            .column("memory_max", INTEGER, "Bytes it can be given while it runs.", at("/memory_policy/max"))
            .column("sockets", INTEGER, "Virtual CPU sockets.", at("/cpu/topology/sockets"))
            .column("cores", INTEGER, "Cores of each socket.", at("/cpu/topology/cores"))
            .column("threads", INTEGER, "Threads of each core.", at("/cpu/topology/threads"))
            .column("type", TEXT, "server, desktop or high_performance.")
            .column("os_type", TEXT, "What was said to be installed, as rhel_9x64.", at("/os/type"))
            .column("guest_os", TEXT, "What an agent inside says it is.", at("/guest_operating_system/distribution"))
            .column("bios_type", TEXT, "Chipset and firmware.", at("/bios/type"))
            .column("origin", TEXT, "Where it came from, as ovirt or vmware.")
            .column("cluster_id", TEXT, "Its cluster.", at("/cluster/id"))
            .column("host_id", TEXT, "The host it runs on; none where it is down.", at("/host/id"))
            .column("template_id", TEXT, "The template it was made from.", at("/template/id"))
            .column("vm_pool_id", TEXT, "Its pool, if it is in one.", at("/vm_pool/id"))
            .column(
                    "high_availability",
                    BOOLEAN,
                    "Whether it is restarted elsewhere.",
                    at("/high_availability/enabled"))
            .column("delete_protected", BOOLEAN, "Whether it refuses to be removed.")
            .column("stateless", BOOLEAN, "Whether it forgets its disks' changes.")
            .column(
                    "next_run_changes",
                    BOOLEAN,
                    "Whether changes wait for its next start.",
                    at("/next_run_configuration_exists"))
            .column("creation_time", TIME, "When it was made.")
            .column("start_time", TIME, "When it last started.")
            .column("stop_time", TIME, "When it last stopped.")
            .build();

    static final Table DISK_ATTACHMENTS = Parts.of(
                    Table.named("ovirt_disk_attachment", "A disk as a virtual machine has it."),
                    VMS,
                    "vm_id",
                    "disk_attachments",
                    "disk_attachment")
            .key("id", TEXT, "UUID; that of the disk.")
            .column("disk_id", TEXT, "The disk.", at("/disk/id"))
            .one("disk", "disk_id", "ovirt_disk", "id")
            .column("interface", TEXT, "virtio_scsi, virtio, sata, ide, …")
            .column("active", BOOLEAN, "Whether the machine sees it.")
            .column("bootable", BOOLEAN, "Whether the machine boots from it.")
            .column("read_only", BOOLEAN, "Whether it may not be written.")
            .column("logical_name", TEXT, "What it is called inside, as /dev/sda, where an agent tells it.")
            .build();

    static final Table NICS = Parts.of(
                    Table.named("ovirt_nic", "A network interface of a virtual machine."), VMS, "vm_id", "nics", "nic")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name, as nic1.")
            .column("mac", TEXT, "MAC address.", at("/mac/address"))
            .column("interface", TEXT, "virtio, e1000e, pci_passthrough, …")
            .column("linked", BOOLEAN, "Whether its cable is in.")
            .column("plugged", BOOLEAN, "Whether the machine has it.")
            .column("vnic_profile_id", TEXT, "Its profile, which says the network.", at("/vnic_profile/id"))
            .column("network_id", TEXT, "Its network, where the engine tells it.", at("/network/id"))
            .column("reported_devices", JSON, "Addresses, where asked for and an agent inside tells them.")
            .build();

    static final Table PERMISSIONS = Parts.of(
                    Table.named("ovirt_permission", "What a user or group may do with a virtual machine."),
                    VMS,
                    "vm_id",
                    "permissions",
                    "permission")
            .key("id", TEXT, "UUID; the same for each machine that inherits it.")
            .column("role_id", TEXT, "What may be done.", at("/role/id"))
            .column("user_id", TEXT, "Who may; none where it is a group.", at("/user/id"))
            .column("group_id", TEXT, "Which group may; none where it is a user.", at("/group/id"))
            .build();

    static final Table TEMPLATES = Table.named("ovirt_template", "What virtual machines are made from.")
            .list(list("/templates", "template"))
            .get(ApiRequest.get("", "/templates/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name; versions of a template share it.")
            .column("status", TEXT, "ok, locked or illegal.")
            .column("description", TEXT, "Its owner's words.")
            .column("version", INTEGER, "Number of this version.", at("/version/version_number"))
            .column("version_name", TEXT, "Name of this version.", at("/version/version_name"))
            .column("base_template_id", TEXT, "The first version.", at("/version/base_template/id"))
            .column("memory", INTEGER, "Bytes of memory.")
            .column("sockets", INTEGER, "Virtual CPU sockets.", at("/cpu/topology/sockets"))
            .column("cores", INTEGER, "Cores of each socket.", at("/cpu/topology/cores"))
            .column("threads", INTEGER, "Threads of each core.", at("/cpu/topology/threads"))
            .column("type", TEXT, "server, desktop or high_performance.")
            .column("os_type", TEXT, "What is installed, as rhel_9x64.", at("/os/type"))
            .column("cluster_id", TEXT, "Its cluster, if it is for one only.", at("/cluster/id"))
            .column("creation_time", TIME, "When it was made.")
            .build();

    static final List<Table> ALL = List.of(VMS, DISK_ATTACHMENTS, NICS, PERMISSIONS, TEMPLATES);
}
