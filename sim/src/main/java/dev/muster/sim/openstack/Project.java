package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.internal.Invented;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Everything one invented project has, consistent in itself. Never changed. */
final class Project {
    static final int IMAGES = 30;

    /** A thing as its service shows it. */
    record Item(String id, Map<String, @Nullable Object> json) {
        Item(Map<String, @Nullable Object> json) {
            this(String.valueOf(json.get("id")), json);
        }

        String text(String name) {
            return String.valueOf(json.get(name));
        }
    }

    /** A size of server. */
    record Flavor(String id, String name, int vcpus, int ram, int disk) {}

    /** An address of a server: which network, which port. */
    record Address(String network, String ip, String mac, boolean floating) {}

    /** A server without what depends on the microversion. */
    record Server(
            String id,
            String name,
            String status,
            Instant created,
            String image,
            Flavor flavor,
            String role,
            List<Address> addresses) {}

    static final List<Flavor> FLAVORS = List.of(
            new Flavor("1", "m1.tiny", 1, 512, 1),
            new Flavor("2", "m1.small", 1, 2048, 20),
            new Flavor("3", "m1.medium", 2, 4096, 40),
            new Flavor("4", "m1.large", 4, 8192, 80),
            new Flavor("5", "m1.xlarge", 8, 16384, 160));

    private static final String[] ROLES = {"web", "db", "app", "cache", "build"};
    private static final String[] SYSTEMS = {"debian-13", "rocky-9", "ubuntu-26.04", "alpine-3.23", "cirros-0.6"};

    final Invented invented;
    final String id;
    final String userId;
    final List<Server> servers = new ArrayList<>();
    final List<Item> images = new ArrayList<>();
    /** What Neutron has, by the name in its paths, each sorted by id. */
    final Map<String, List<Item>> network = new LinkedHashMap<>();

    private final int networks;
    private final List<Item> ports = new ArrayList<>();
    private final List<Item> floatingIps = new ArrayList<>();

    Project(Invented invented, int size) {
        this.invented = invented;
        this.id = invented.id("project", 0).replace("-", "");
        this.userId = invented.id("user", 0).replace("-", "");
        this.networks = Math.max(2, size / 50);
        for (int i = 0; i < IMAGES; i++) {
            images.add(image(i));
        }
        for (int i = 0; i < size; i++) {
            servers.add(server(i));
        }
        for (int i = 0; i < networks; i++) {
            ports.add(port(
                    invented.id("router-port", i), "", i, 1, invented.id("router", 0), "network:router_interface", i));
        }
        List<Item> nets = new ArrayList<>();
        List<Item> subnets = new ArrayList<>();
        nets.add(network(networks, true));
        for (int i = 0; i < networks; i++) {
            nets.add(network(i, false));
            subnets.add(subnet(i));
        }
        network.put("networks", nets);
        network.put("subnets", subnets);
        network.put("ports", ports);
        network.put("floatingips", floatingIps);
        network.put("routers", new ArrayList<>(List.of(router())));
        network.put("security-groups", new ArrayList<>(List.of(securityGroup(0, "default"), securityGroup(1, "web"))));
        // Neutron lists by id, and pages by it.
        network.values().forEach(items -> items.sort(Comparator.comparing(Item::id)));
    }

    static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Instant before(long seconds) {
        return Instant.ofEpochMilli(Invented.EPOCH_MILLIS).minusSeconds(seconds);
    }

    private Item image(int i) {
        SplittableRandom random = invented.random("image", i);
        String imageId = invented.id("images", i);
        long size = (200L << 20) + random.nextLong(2L << 30);
        return new Item(object(
                "name",
                SYSTEMS[i % SYSTEMS.length] + "-" + (i / SYSTEMS.length + 1),
                "disk_format",
                "qcow2",
                "container_format",
                "bare",
                "visibility",
                "public",
                "size",
                size,
                "virtual_size",
                size * 4,
                "status",
                "active",
                "checksum",
                invented.id("checksum", i).replace("-", ""),
                "protected",
                false,
                "min_ram",
                0,
                "min_disk",
                i % 3 == 0 ? 10 : 0,
                "owner",
                id,
                "os_hidden",
                false,
                "os_hash_algo",
                "sha512",
                "os_hash_value",
                invented.id("hash", i).replace("-", "").repeat(4),
                "id",
                imageId,
                "created_at",
                date(before(i * 86_400L)),
                "updated_at",
                date(before(i * 86_400L)),
                "tags",
                List.of(),
                "self",
                "/v2/images/" + imageId,
                "file",
                "/v2/images/" + imageId + "/file",
                "schema",
                "/v2/schemas/image"));
    }

    private Server server(int i) {
        SplittableRandom random = invented.random("server", i);
        String serverId = invented.id("servers", i);
        String role = ROLES[i % ROLES.length];
        int draw = random.nextInt(100);
        String status = draw < 85 ? "ACTIVE" : draw < 95 ? "SHUTOFF" : draw < 98 ? "PAUSED" : "ERROR";
        List<Address> addresses = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int j = 0; j < count; j++) {
            int net = (i + j * (1 + i % (networks - 1))) % networks;
            // Two ports of one server are on two networks, and no two servers have the same address on one.
            int host = 10 + i * 2 + j;
            Item port = port(
                    invented.id("ports", i * 2 + j), "", net, host, serverId, "compute:nova", networks + i * 2 + j);
            ports.add(port);
            String name = networkName(net);
            addresses.add(new Address(name, ip(net, host), port.text("mac_address"), false));
            if (j == 0 && i % 5 == 0) {
                Item floating = floatingIp(i / 5, port, ip(net, host));
                floatingIps.add(floating);
                addresses.add(new Address(name, floating.text("floating_ip_address"), port.text("mac_address"), true));
            }
        }
        return new Server(
                serverId,
                role + "-" + (i + 1),
                status,
                before(3_600L * i),
                images.get(random.nextInt(IMAGES)).id(),
                FLAVORS.get(random.nextInt(FLAVORS.size())),
                role,
                addresses);
    }

    private static String networkName(int i) {
        return "net-" + (i + 1);
    }

    /** Each network is a /16 of its own. */
    private static String ip(int net, int host) {
        return "10." + (net % 250) + "." + (host >> 8 & 0xFF) + "." + (host & 0xFF);
    }

    private Item port(String portId, String name, int net, int host, String device, String owner, int number) {
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
                date(before(number)),
                "updated_at",
                date(before(number)),
                "revision_number",
                1));
    }

    private Item floatingIp(int i, Item port, String fixed) {
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
                date(before(i)),
                "updated_at",
                date(before(i)),
                "revision_number",
                1,
                "project_id",
                id));
    }

    private Item network(int i, boolean external) {
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
                date(before(i * 60L)),
                "updated_at",
                date(before(i * 60L)),
                "revision_number",
                1,
                "project_id",
                id));
    }

    private Item subnet(int i) {
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

    private Item router() {
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

    private Item securityGroup(int i, String name) {
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
