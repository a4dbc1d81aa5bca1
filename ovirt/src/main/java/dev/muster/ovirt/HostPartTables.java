package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;
import java.util.List;

/** What hosts have and are connected to, beside their NICs. */
final class HostPartTables {
    private HostPartTables() {}

    static final Table DEVICES = Parts.of(
                    Table.named("ovirt_host_device", "A device of a host that machines can be given."),
                    HostTables.HOSTS,
                    "host_id",
                    "devices",
                    "host_device")
            .key("id", TEXT, "Identifier.")
            .column("name", TEXT, "Its name, as pci_0000_01_00_0.")
            .column("capability", TEXT, "pci, usb_device, scsi, …")
            .column("product", TEXT, "What it is.", at("/product/name"))
            .column("vendor", TEXT, "Who made it.", at("/vendor/name"))
            .column("iommu_group", INTEGER, "What must be given together with it.")
            .column("placeholder", BOOLEAN, "Whether it stands for what is there otherwise only at times.")
            .build();

    static final Table STORAGES = Table.named("ovirt_host_storage", "Storage that a host sees, used or not.")
            .list(VmTables.list("/hosts/{host_id}/storage", "host_storage"))
            .each(HostTables.HOSTS, "host_id")
            .key("id", TEXT, "Identifier.")
            .column("type", TEXT, "iscsi or fcp.")
            .column("logical_units", JSON, "Its LUNs, with size and status.", at("/logical_units/logical_unit"))
            .build();

    static final Table NETWORK_ATTACHMENTS = Parts.of(
                    Table.named("ovirt_network_attachment", "A network as it is connected to a host."),
                    HostTables.HOSTS,
                    "host_id",
                    "network_attachments",
                    "network_attachment")
            .one("network", "network_id", "ovirt_network", "id")
            .key("id", TEXT, "UUID.")
            .column("network_id", TEXT, "The network.", at("/network/id"))
            .column("host_nic_id", TEXT, "The interface that it is on.", at("/host_nic/id"))
            .column("in_sync", BOOLEAN, "Whether the host has it as the engine wants it.")
            .build();

    static final Table FENCE_AGENTS = Table.named(
                    "ovirt_fence_agent", "How a host is switched off and on from outside.")
            .list(VmTables.list("/hosts/{host_id}/fenceagents", "agent"))
            .each(HostTables.HOSTS, "host_id")
            .key("id", TEXT, "UUID.")
            .column("type", TEXT, "ipmilan, ilo4, drac7, …")
            .column("address", TEXT, "Where it is.")
            .column("username", TEXT, "As whom the engine logs in there.")
            .column("order", INTEGER, "Which is tried first.")
            .column("concurrent", BOOLEAN, "Whether it goes together with others of the same order.")
            .build();

    static final Table NUMA_NODES = Table.named("ovirt_host_numa_node", "A part of a host whose memory is near.")
            .list(VmTables.list("/hosts/{host_id}/numanodes", "host_numa_node"))
            .each(HostTables.HOSTS, "host_id")
            .key("id", TEXT, "UUID.")
            .column("index", INTEGER, "Its number.")
            .column("memory", INTEGER, "MiB of memory.")
            .column("node_distance", TEXT, "How far each node is, itself included.")
            .build();

    static final List<Table> ALL = List.of(DEVICES, STORAGES, NETWORK_ATTACHMENTS, FENCE_AGENTS, NUMA_NODES);
}
