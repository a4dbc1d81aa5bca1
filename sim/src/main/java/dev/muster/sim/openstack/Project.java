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

/** Everything one invented project has in one region, consistent in itself. Never changed. */
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

    private final Plumbing plumbing;
    private final List<Item> ports = new ArrayList<>();
    private final List<Item> floatingIps = new ArrayList<>();

    /**
     * @param everywhere invents what all regions share: who the project and its user are
     * @param invented invents what it has in one of them
     */
    Project(Invented everywhere, Invented invented, int size) {
        this.invented = invented;
        this.id = everywhere.id("project", 0).replace("-", "");
        this.userId = everywhere.id("user", 0).replace("-", "");
        int networks = Math.max(2, size / 50);
        this.plumbing = new Plumbing(invented, id, networks);
        for (int i = 0; i < IMAGES; i++) {
            images.add(image(i));
        }
        for (int i = 0; i < size; i++) {
            servers.add(server(i));
        }
        for (int i = 0; i < networks; i++) {
            ports.add(plumbing.port(
                    invented.id("router-port", i), "", i, 1, invented.id("router", 0), "network:router_interface", i));
        }
        List<Item> nets = new ArrayList<>();
        List<Item> subnets = new ArrayList<>();
        nets.add(plumbing.network(networks, true));
        for (int i = 0; i < networks; i++) {
            nets.add(plumbing.network(i, false));
            subnets.add(plumbing.subnet(i));
        }
        network.put("networks", nets);
        network.put("subnets", subnets);
        network.put("ports", ports);
        network.put("floatingips", floatingIps);
        network.put("routers", new ArrayList<>(List.of(plumbing.router())));
        network.put(
                "security-groups",
                new ArrayList<>(List.of(plumbing.securityGroup(0, "default"), plumbing.securityGroup(1, "web"))));
        // Neutron lists by id, and pages by it.
        network.values().forEach(items -> items.sort(Comparator.comparing(Item::id)));
    }

    static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant before(long seconds) {
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
        int networks = plumbing.networks();
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
            Item port = plumbing.port(
                    invented.id("ports", i * 2 + j), "", net, host, serverId, "compute:nova", networks + i * 2 + j);
            ports.add(port);
            String name = Plumbing.networkName(net);
            addresses.add(new Address(name, Plumbing.ip(net, host), port.text("mac_address"), false));
            if (j == 0 && i % 5 == 0) {
                Item floating = plumbing.floatingIp(i / 5, port, Plumbing.ip(net, host));
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
}
