package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;
import java.util.List;

/** Networks. */
final class NetworkTables {
    private NetworkTables() {}

    static final Table NETWORKS = Table.named("ovirt_network", "A logical network of a data center.")
            .list(VmTables.list("/networks", "network"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its data center.")
            .column("description", TEXT, "Its owner's words.")
            .column("comment", TEXT, "Its owner's further words.")
            .column("data_center_id", TEXT, "Its data center.", at("/data_center/id"))
            .column("status", TEXT, "operational or non_operational; only as a cluster's network.")
            .column("vlan", INTEGER, "VLAN tag, if it has one.", at("/vlan/id"))
            .column("mtu", INTEGER, "Largest frame; 0 for the default.")
            .column("stp", BOOLEAN, "Whether its bridges speak the spanning tree protocol.")
            .column("port_isolation", BOOLEAN, "Whether its machines are kept apart.")
            .column("usages", JSON, "What it is for: vm, management, display, migration, …")
            .column("vdsm_name", TEXT, "What it is called on the hosts.")
            .column(
                    "external_provider_id",
                    TEXT,
                    "Who provides it, if it is not the engine.",
                    at("/external_provider/id"))
            .build();

    static final Table CLUSTER_NETWORKS = Table.named("ovirt_cluster_network", "A network as a cluster has it.")
            .list(VmTables.list("/clusters/{cluster_id}/networks", "network"))
            .each(HostTables.CLUSTERS, "cluster_id")
            .one("network", "id", "ovirt_network", "id")
            .key("id", TEXT, "UUID; that of the network.")
            .column("name", TEXT, "The network's name.")
            .column("status", TEXT, "operational or non_operational: whether every host has it that must.")
            .column("required", BOOLEAN, "Whether a host without it is taken out of service.")
            .column("display", BOOLEAN, "Whether machines' screens are reached by it.")
            .column("usages", JSON, "What it is for here: vm, management, display, migration, …", at("/usages/usage"))
            .build();

    static final Table VNIC_PROFILES = Table.named("ovirt_vnic_profile", "How machines are connected to a network.")
            .list(VmTables.list("/vnicprofiles", "vnic_profile"))
            .get(ApiRequest.get("", "/vnicprofiles/{id}"), "")
            .one("network", "network_id", "ovirt_network", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its network.")
            .column("description", TEXT, "Its owner's words.")
            .column("network_id", TEXT, "Its network.", at("/network/id"))
            .column("pass_through", TEXT, "enabled where machines get a device of the host.", at("/pass_through/mode"))
            .column("port_mirroring", BOOLEAN, "Whether machines see all of the network's traffic.")
            .column("migratable", BOOLEAN, "Whether machines with a device of the host can be moved.")
            .column("network_filter_id", TEXT, "What is kept off.", at("/network_filter/id"))
            .column("qos_id", TEXT, "What limits it.", at("/qos/id"))
            .build();

    static final Table NETWORK_FILTERS = Table.named("ovirt_network_filter", "What can be kept off machines' NICs.")
            .list(VmTables.list("/networkfilters", "network_filter"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "libvirt's name for it, as vdsm-no-mac-spoofing.")
            .build();

    static final List<Table> ALL = List.of(NETWORKS, CLUSTER_NETWORKS, VNIC_PROFILES, NETWORK_FILTERS);
}
