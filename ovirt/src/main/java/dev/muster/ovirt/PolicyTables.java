package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.DECIMAL;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;
import java.util.List;

/** Where machines may run, what they may take, and what they are made like. */
final class PolicyTables {
    private PolicyTables() {}

    static final Table SCHEDULING_POLICIES = Table.named(
                    "ovirt_scheduling_policy", "How the engine chooses hosts for machines.")
            .list(VmTables.list("/schedulingpolicies", "scheduling_policy"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name, as evenly_distributed.")
            .column("description", TEXT, "Its owner's words.")
            .column("default_policy", BOOLEAN, "Whether new clusters get it.")
            .column("locked", BOOLEAN, "Whether it cannot be changed; those that come with the engine cannot.")
            .column("properties", JSON, "Its parameters, as HighUtilization.", at("/properties/property"))
            .build();

    static final Table AFFINITY_GROUPS = Parts.of(
                    Table.named("ovirt_affinity_group", "Machines of a cluster that shall run together, or apart."),
                    HostTables.CLUSTERS,
                    "cluster_id",
                    "affinity_groups",
                    "affinity_group")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its cluster.")
            .column("description", TEXT, "Its owner's words.")
            .column("priority", DECIMAL, "Which group is broken last.")
            .column("broken", BOOLEAN, "Whether it is not kept at the moment.")
            .column("vms_positive", BOOLEAN, "Whether its machines shall be together.", at("/vms_rule/positive"))
            .column("vms_enforcing", BOOLEAN, "Whether that is a must.", at("/vms_rule/enforcing"))
            .column("vms_enabled", BOOLEAN, "Whether that rule is on.", at("/vms_rule/enabled"))
            .column("hosts_positive", BOOLEAN, "Whether they shall be on its hosts.", at("/hosts_rule/positive"))
            .column("hosts_enforcing", BOOLEAN, "Whether that is a must.", at("/hosts_rule/enforcing"))
            .column("hosts_enabled", BOOLEAN, "Whether that rule is on.", at("/hosts_rule/enabled"))
            .build();

    static final Table AFFINITY_LABELS = Table.named(
                    "ovirt_affinity_label", "A word that makes machines run on hosts that have it too.")
            .list(VmTables.list("/affinitylabels", "affinity_label"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("read_only", BOOLEAN, "Whether it cannot be changed.")
            .column("has_implicit_affinity_group", BOOLEAN, "Whether it binds by itself, as affinity labels once did.")
            .build();

    static final Table MAC_POOLS = Table.named("ovirt_mac_pool", "Where MAC addresses are taken from.")
            .list(VmTables.list("/macpools", "mac_pool"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("description", TEXT, "Its owner's words.")
            .column("default_pool", BOOLEAN, "Whether new clusters get it.")
            .column("allow_duplicates", BOOLEAN, "Whether an address may be given twice.")
            .column("ranges", JSON, "From where to where, each.", at("/ranges/range"))
            .build();

    static final Table QUOTAS = Table.named("ovirt_quota", "How much of a data center somebody may take.")
            .list(VmTables.list("/datacenters/{data_center_id}/quotas", "quota"))
            .each(HostTables.DATA_CENTERS, "data_center_id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its data center.")
            .column("description", TEXT, "Its owner's words.")
            .column("cluster_soft_limit_pct", INTEGER, "Percent of processors and memory at which it warns.")
            .column("cluster_hard_limit_pct", INTEGER, "Percent beyond the limit that is still given.")
            .column("storage_soft_limit_pct", INTEGER, "Percent of storage at which it warns.")
            .column("storage_hard_limit_pct", INTEGER, "Percent beyond the limit that is still given.")
            .build();

    static final Table QOS = Table.named("ovirt_qos", "How much of a network, storage or processor something may take.")
            .list(VmTables.list("/datacenters/{data_center_id}/qoss", "qos"))
            .each(HostTables.DATA_CENTERS, "data_center_id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its data center.")
            .column("description", TEXT, "Its owner's words.")
            .column("type", TEXT, "storage, cpu, network or hostnetwork.")
            .column("cpu_limit", INTEGER, "Percent of the processors.")
            .column("max_iops", INTEGER, "Operations of storage a second.")
            .column("max_throughput", INTEGER, "MiB of storage a second.")
            .column("inbound_average", INTEGER, "Mbit a second that come in.")
            .column("outbound_average", INTEGER, "Mbit a second that go out.")
            .build();

    static final Table CPU_PROFILES = Table.named("ovirt_cpu_profile", "How machines of a cluster get processor time.")
            .list(VmTables.list("/cpuprofiles", "cpu_profile"))
            .one("cluster", "cluster_id", "ovirt_cluster", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its cluster.")
            .column("description", TEXT, "Its owner's words.")
            .column("cluster_id", TEXT, "Its cluster.", at("/cluster/id"))
            .column("qos_id", TEXT, "What limits it.", at("/qos/id"))
            .build();

    static final Table INSTANCE_TYPES = Table.named("ovirt_instance_type", "A size that machines can have.")
            .list(VmTables.list("/instancetypes", "instance_type"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name, as Small.")
            .column("description", TEXT, "Its owner's words.")
            .column("memory", INTEGER, "Bytes of memory.")
            .column("sockets", INTEGER, "Virtual CPU sockets.", at("/cpu/topology/sockets"))
            .column("cores", INTEGER, "Cores of each socket.", at("/cpu/topology/cores"))
            .column("threads", INTEGER, "Threads of each core.", at("/cpu/topology/threads"))
            .build();

    static final List<Table> ALL = List.of(
            SCHEDULING_POLICIES,
            AFFINITY_GROUPS,
            AFFINITY_LABELS,
            MAC_POOLS,
            QUOTAS,
            QOS,
            CPU_PROFILES,
            INSTANCE_TYPES);
}
