package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.openstack.Project.Item;
import java.util.List;

/**
 * How the invented networks are laid out, and how Neutron shows each part of them.
 *
 * @param invented where ids come from
 * @param id of the project
 * @param networks how many there are beside the external one, whose number this is
 */
record Plumbing(Invented invented, String id, int networks) {
    static String networkName(int i) {
        return "net-" + (i + 1);
    }

    /** Each network is a /16 of its own. */
    static String ip(int net, int host) {
        return "10." + (net % 250) + "." + (host >> 8 & 0xFF) + "." + (host & 0xFF);
    }

    Item port(String portId, String name, int net, int host, String device, String owner, int number) {
        return new Item(object(
                "id",
                portId,
                "name",
                name,
                "network_id",
                invented.id("networks", net),
                "tenant_id",
                id,
                "mac_address",
                Invented.mac("fa:16:3e", number),
                "admin_state_up",
                true,
                "status",
                "ACTIVE",
                "device_id",
                device,
                "device_owner",
                owner,
                "fixed_ips",
                List.of(object("subnet_id", invented.id("subnets", net), "ip_address", ip(net, host))),
                "project_id",
                id,
                "security_groups",
                List.of(invented.id("security-groups", 0)),
                "port_security_enabled",
                true,
                "binding:vnic_type",
                "normal",
                "description",
                "",
                "tags",
                List.of(),
                "created_at",
                Project.date(Project.before(number)),
                "updated_at",
                Project.date(Project.before(number)),
                "revision_number",
                1));
    }

    Item floatingIp(int i, Item port, String fixed) {
        return new Item(object(
                "id",
                invented.id("floatingips", i),
                "tenant_id",
                id,
                "floating_ip_address",
                "198.18." + ((i + 1) / 256) + "." + ((i + 1) % 256),
                "floating_network_id",
                invented.id("networks", networks),
                "router_id",
                invented.id("router", 0),
                "port_id",
                port.id(),
                "fixed_ip_address",
                fixed,
                "status",
                "ACTIVE",
                "description",
                "",
                "tags",
                List.of(),
                "created_at",
                Project.date(Project.before(i)),
                "updated_at",
                Project.date(Project.before(i)),
                "revision_number",
                1,
                "project_id",
                id));
    }

    Item network(int i, boolean external) {
        return new Item(object(
                "id",
                invented.id("networks", i),
                "name",
                external ? "public" : networkName(i),
                "tenant_id",
                id,
                "admin_state_up",
                true,
                "mtu",
                1450,
                "status",
                "ACTIVE",
                "subnets",
                external ? List.of() : List.of(invented.id("subnets", i)),
                "shared",
                external,
                "availability_zone_hints",
                List.of(),
                "availability_zones",
                List.of("nova"),
                "router:external",
                external,
                "port_security_enabled",
                true,
                "description",
                "",
                "tags",
                List.of(),
                "created_at",
                Project.date(Project.before(i * 60L)),
                "updated_at",
                Project.date(Project.before(i * 60L)),
                "revision_number",
                1,
                "project_id",
                id));
    }

    Item subnet(int i) {
        return new Item(object(
                "id",
                invented.id("subnets", i),
                "name",
                "subnet-" + (i + 1),
                "tenant_id",
                id,
                "network_id",
                invented.id("networks", i),
                "ip_version",
                4,
                "enable_dhcp",
                true,
                "gateway_ip",
                ip(i, 1),
                "cidr",
                ip(i, 0) + "/16",
                "allocation_pools",
                List.of(object("start", ip(i, 2), "end", ip(i, 65_534))),
                "dns_nameservers",
                List.of(),
                "host_routes",
                List.of(),
                "description",
                "",
                "tags",
                List.of(),
                "project_id",
                id));
    }

    Item router() {
        return new Item(object(
                "id",
                invented.id("router", 0),
                "name",
                "router",
                "tenant_id",
                id,
                "admin_state_up",
                true,
                "status",
                "ACTIVE",
                "external_gateway_info",
                object(
                        "network_id",
                        invented.id("networks", networks),
                        "enable_snat",
                        true,
                        "external_fixed_ips",
                        List.of()),
                "routes",
                List.of(),
                "distributed",
                false,
                "ha",
                false,
                "description",
                "",
                "tags",
                List.of(),
                "project_id",
                id));
    }

    Item securityGroup(int i, String name) {
        return new Item(object(
                "id",
                invented.id("security-groups", i),
                "name",
                name,
                "stateful",
                true,
                "tenant_id",
                id,
                "description",
                i == 0 ? "Default security group" : "",
                "security_group_rules",
                List.of(object(
                        "id",
                        invented.id("rule", i),
                        "security_group_id",
                        invented.id("security-groups", i),
                        "direction",
                        "egress",
                        "ethertype",
                        "IPv4",
                        "protocol",
                        null,
                        "port_range_min",
                        null,
                        "port_range_max",
                        null,
                        "remote_ip_prefix",
                        null,
                        "remote_group_id",
                        null,
                        "project_id",
                        id,
                        "tenant_id",
                        id)),
                "tags",
                List.of(),
                "project_id",
                id));
    }
}
