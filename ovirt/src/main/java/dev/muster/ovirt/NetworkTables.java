package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;

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
}
