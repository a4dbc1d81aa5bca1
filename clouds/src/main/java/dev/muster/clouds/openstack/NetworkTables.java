package dev.muster.clouds.openstack;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;
import static dev.muster.core.ServerFilter.parameter;

import dev.muster.core.ListRequest;
import dev.muster.core.Table;

/** Neutron's tables. */
final class NetworkTables {
    /** Values asked for at once: with more, the URL would outgrow what proxies take. */
    private static final int IDS = 50;

    private NetworkTables() {}

    static final Table NETWORKS = table("openstack_network", "A network.", Neutron.NETWORKS)
            .column("status", TEXT, "ACTIVE, DOWN, BUILD or ERROR.")
            .column("admin_state_up", BOOLEAN, "Whether its administrator lets it forward packets.")
            .column("shared", BOOLEAN, "Whether every project may use it.")
            .column("external", BOOLEAN, "Whether floating IPs can come from it.", at("/router:external"))
            .column("mtu", INTEGER, "The largest packet.")
            .column("subnets", JSON, "Ids of its subnets.")
            .column("network_type", TEXT, "vlan, vxlan, geneve, …; for administrators.", at("/provider:network_type"))
            .column("segmentation_id", INTEGER, "VLAN or VNI; for administrators.", at("/provider:segmentation_id"))
            .column("availability_zones", JSON, "Where it is served.")
            .column("tags", JSON, "Its owner's own words.")
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    static final Table PORTS = table(
                    "openstack_port", "A place on a network where something is plugged in.", Neutron.PORTS)
            .filter("device_id", parameter("device_id").upTo(IDS))
            .filter("network_id", parameter("network_id").upTo(IDS))
            .filter("status", parameter("status"))
            .one("network", "network_id", "openstack_network", "id")
            .many("floating_ips", "id", "openstack_floating_ip", "port_id")
            .column("status", TEXT, "ACTIVE, DOWN, BUILD or N/A.")
            .column("network_id", TEXT, "Its network.")
            .column("mac_address", TEXT, "Hardware address.")
            .column("fixed_ips", JSON, "Its addresses, with the subnet each is from.")
            .column("device_id", TEXT, "The server or router that uses it; empty where none does.")
            .column("device_owner", TEXT, "What kind of user that is, as compute:nova.")
            .column("admin_state_up", BOOLEAN, "Whether its administrator lets it forward packets.")
            .column("security_groups", JSON, "Ids of its security groups.")
            .column("port_security_enabled", BOOLEAN, "Whether packets are filtered.")
            .column("host", TEXT, "Where it is bound; for administrators.", at("/binding:host_id"))
            .column("vnic_type", TEXT, "normal, direct, baremetal, …", at("/binding:vnic_type"))
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    /** Floating IPs have no name. */
    static final Table FLOATING_IPS = Table.named(
                    "openstack_floating_ip", "An address of an external network that can be moved among ports.")
            .list(Neutron.FLOATING_IPS)
            .filter("port_id", parameter("port_id").upTo(IDS))
            .filter("status", parameter("status"))
            .one("port", "port_id", "openstack_port", "id")
            .key("id", TEXT, "UUID.")
            .column("address", TEXT, "The outer address.", at("/floating_ip_address"))
            .column("status", TEXT, "ACTIVE, DOWN or ERROR.")
            .column("project_id", TEXT, "Its project.")
            .column("network_id", TEXT, "The external network it is from.", at("/floating_network_id"))
            .column("port_id", TEXT, "The port it leads to; absent where it is free.")
            .column("fixed_address", TEXT, "The inner address it leads to.", at("/fixed_ip_address"))
            .column("router_id", TEXT, "The router that translates it.")
            .column("description", TEXT, "Its owner's own words.")
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    static final Table SUBNETS = table("openstack_subnet", "A range of addresses on a network.", Neutron.SUBNETS)
            .column("network_id", TEXT, "Its network.")
            .column("ip_version", INTEGER, "4 or 6.")
            .column("cidr", TEXT, "The range.")
            .column("gateway_ip", TEXT, "Where packets leave it; absent where they do not.")
            .column("enable_dhcp", BOOLEAN, "Whether addresses are told by DHCP.")
            .column("allocation_pools", JSON, "The parts that ports get addresses from.")
            .column("dns_nameservers", JSON, "Name servers told by DHCP.")
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    static final Table ROUTERS = table("openstack_router", "Joins subnets, and these to the outside.", Neutron.ROUTERS)
            .column("status", TEXT, "ACTIVE, DOWN, ERROR, …")
            .column("admin_state_up", BOOLEAN, "Whether its administrator lets it forward packets.")
            .column(
                    "external_network_id",
                    TEXT,
                    "The network that is its outside; absent where it has none.",
                    at("/external_gateway_info/network_id"))
            .column("external_ips", JSON, "Its addresses there.", at("/external_gateway_info/external_fixed_ips"))
            .column("distributed", BOOLEAN, "Whether every compute host routes for itself; for administrators.")
            .column("ha", BOOLEAN, "Whether a second one stands by; for administrators.")
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    static final Table SECURITY_GROUPS = table(
                    "openstack_security_group",
                    "Which packets may reach the ports that have it.",
                    Neutron.SECURITY_GROUPS)
            .column("description", TEXT, "Its owner's own words.")
            .column("stateful", BOOLEAN, "Whether answers to allowed packets are allowed.")
            .column("rules", JSON, "Its rules.", at("/security_group_rules"))
            .column("created", TIME, "When it was made.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();

    /** What nearly all resources of Neutron start with. */
    private static Table.Builder table(String name, String description, ListRequest list) {
        return Table.named(name, description)
                .list(list)
                .filter("id", parameter("id").upTo(IDS))
                .filter("name", parameter("name").upTo(IDS))
                .filter("project_id", parameter("project_id").upTo(IDS))
                .sorts("id", Query.sort("id"))
                .sorts("name", Query.sort("name"))
                .key("id", TEXT, "UUID.")
                .column("name", TEXT, "Name; not unique, may be empty.")
                .column("project_id", TEXT, "Its project.");
    }
}
