package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.DECIMAL;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;
import java.util.List;

/** Hosts, and what they are grouped in. */
final class HostTables {
    private HostTables() {}

    static final Table HOSTS = Table.named("ovirt_host", "A hypervisor.")
            .list(VmTables.list("/hosts", "host"))
            .get(ApiRequest.get("", "/hosts/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("address", TEXT, "Host name or address that the engine reaches it by.")
            .column("status", TEXT, "up, down, maintenance, non_operational, non_responsive, installing, …")
            .column("external_status", TEXT, "What an outside system says of it: ok, info, warning, error, failure.")
            .column("comment", TEXT, "Its owner's words.")
            .column("cluster_id", TEXT, "Its cluster.", at("/cluster/id"))
            .column("memory", INTEGER, "Bytes of memory.")
            .column("max_scheduling_memory", INTEGER, "Bytes that further machines can be given.")
            .column("cpu_name", TEXT, "Model of its processors.", at("/cpu/name"))
            .column("cpu_speed", DECIMAL, "MHz.", at("/cpu/speed"))
            .column("sockets", INTEGER, "Processors.", at("/cpu/topology/sockets"))
            .column("cores", INTEGER, "Cores of each.", at("/cpu/topology/cores"))
            .column("threads", INTEGER, "Threads of each core.", at("/cpu/topology/threads"))
            .column("vms_total", INTEGER, "Machines on it.", at("/summary/total"))
            .column("vms_active", INTEGER, "Machines running on it.", at("/summary/active"))
            .column("vms_migrating", INTEGER, "Machines coming or going.", at("/summary/migrating"))
            .column("type", TEXT, "rhel or ovirt_node.")
            .column("os_version", TEXT, "Its operating system.", at("/os/version/full_version"))
            .column("vdsm_version", TEXT, "The engine's agent on it.", at("/version/full_version"))
            .column("libvirt_version", TEXT, "libvirt on it.", at("/libvirt_version/full_version"))
            .column("manufacturer", TEXT, "Who made it.", at("/hardware_information/manufacturer"))
            .column("product", TEXT, "What it is.", at("/hardware_information/product_name"))
            .column("serial_number", TEXT, "Its serial number.", at("/hardware_information/serial_number"))
            .column(
                    "spm_status",
                    TEXT,
                    "Whether it manages the storage pool: none, contending, spm.",
                    at("/spm/status"))
            .column("power_management", BOOLEAN, "Whether it can be fenced.", at("/power_management/enabled"))
            .column("update_available", BOOLEAN, "Whether packages wait to be updated.")
            .build();

    static final Table CLUSTERS = Table.named("ovirt_cluster", "Hosts that machines can move between.")
            .list(VmTables.list("/clusters", "cluster"))
            .get(ApiRequest.get("", "/clusters/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its data center.")
            .column("description", TEXT, "Its owner's words.")
            .column("data_center_id", TEXT, "Its data center.", at("/data_center/id"))
            .column("cpu_type", TEXT, "What its machines may expect of processors.", at("/cpu/type"))
            .column("architecture", TEXT, "x86_64, ppc64, s390x, …", at("/cpu/architecture"))
            .column("version_major", INTEGER, "Compatibility version.", at("/version/major"))
            .column("version_minor", INTEGER, "Compatibility version.", at("/version/minor"))
            .column(
                    "overcommit_percent",
                    INTEGER,
                    "Memory that machines may have together, in percent of the hosts'.",
                    at("/memory_policy/over_commit/percent"))
            .column("scheduling_policy_id", TEXT, "How machines are placed.", at("/scheduling_policy/id"))
            .column("switch_type", TEXT, "legacy or ovs.")
            .column("firewall_type", TEXT, "firewalld or iptables.")
            .column("virt_service", BOOLEAN, "Whether it runs machines.")
            .column("gluster_service", BOOLEAN, "Whether it serves Gluster volumes.")
            .column("threads_as_cores", BOOLEAN, "Whether a thread counts as a core.")
            .column("ballooning_enabled", BOOLEAN, "Whether memory is taken back from machines.")
            .column("upgrade_in_progress", BOOLEAN, "Whether it is being upgraded.")
            .build();

    static final Table DATA_CENTERS = Table.named("ovirt_data_center", "Clusters that share storage and networks.")
            .list(VmTables.list("/datacenters", "data_center"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("description", TEXT, "Its owner's words.")
            .column("status", TEXT, "up, uninitialized, maintenance, not_operational, problematic, contend.")
            .column("local", BOOLEAN, "Whether its storage is that of one host.")
            .column("quota_mode", TEXT, "disabled, audit or enabled.")
            .column("storage_format", TEXT, "v1 to v5.")
            .column("version_major", INTEGER, "Compatibility version.", at("/version/major"))
            .column("version_minor", INTEGER, "Compatibility version.", at("/version/minor"))
            .column("mac_pool_id", TEXT, "Where MAC addresses are taken from.", at("/mac_pool/id"))
            .build();

    static final Table NICS = Parts.of(
                    Table.named("ovirt_host_nic", "A network interface of a host, or what stands on one."),
                    HOSTS,
                    "host_id",
                    "nics",
                    "host_nic")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name on the host, as ens1 or bond0.")
            .column("mac", TEXT, "MAC address.", at("/mac/address"))
            .column("status", TEXT, "up or down.")
            .column("speed", INTEGER, "Bits a second.")
            .column("mtu", INTEGER, "Largest frame.")
            .column("boot_protocol", TEXT, "dhcp, static, autoconf, none, …")
            .column("ip", TEXT, "Address of IPv4.", at("/ip/address"))
            .column("netmask", TEXT, "Its network's mask.", at("/ip/netmask"))
            .column("gateway", TEXT, "Its network's way out.", at("/ip/gateway"))
            .column("ipv6", TEXT, "Address of IPv6.", at("/ipv6/address"))
            .column("bridged", BOOLEAN, "Whether machines can be connected to it.")
            .column("base_interface", TEXT, "What a VLAN stands on.")
            .column("vlan", INTEGER, "VLAN tag, if it has one.", at("/vlan/id"))
            .column("bonding", JSON, "What a bond is made of, and how.")
            .column("network_id", TEXT, "The network on it.", at("/network/id"))
            .build();

    static final Table STATISTICS = StatisticColumns.of(Parts.of(
                    Table.named("ovirt_host_statistic", "What is measured of a host, as the engine last knew it."),
                    HOSTS,
                    "host_id",
                    "statistics",
                    "statistic"))
            .build();

    static final List<Table> ALL = List.of(HOSTS, CLUSTERS, DATA_CENTERS, NICS, STATISTICS);
}
