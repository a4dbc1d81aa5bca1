package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * The storage and the networks of an inventory.
 *
 * @param inventory what they belong to
 */
record Fabric(Inventory inventory) {
    private static final String[] PURPOSES = {"ovirtmgmt", "storage", "production", "dmz"};

    /** How many networks, and profiles for them, each data centre has. */
    static final int NETWORKS = PURPOSES.length;

    /** How many storage domains each data centre has. */
    static final int DOMAINS = 3;

    /** Two ports, a bond of which one is the first member, and a VLAN on the bond. */
    private static final int HOST_NICS = 4;

    /** Bytes of each storage domain. */
    private static final long SIZE = 20L << 40;

    /** The path of one of the networks' profiles in a cluster's data centre. */
    String profileFor(int cluster, int choice) {
        return inventory.path(
                "vnicprofiles", inventory.dataCenterOf(cluster) * PURPOSES.length + choice % PURPOSES.length);
    }

    private long used(int i) {
        return (long) (SIZE * inventory.invented.random("domain", i).nextDouble(0.2, 0.9));
    }

    String domainName(int i) {
        return "%s-%d".formatted(List.of("fast", "bulk", "archive").get(i % 3), i / 3 + 1);
    }

    /** How a domain is reached. */
    static Fields connection(int i) {
        return Fields.of()
                .put("address", "nfs%d.example.net".formatted(i + 1))
                .put("mount_options", i % 3 == 2 ? "ro,soft" : "")
                .put("nfs_version", "auto")
                .put("path", "/exports/data" + (i + 1))
                .put("type", "nfs");
    }

    private Fields domain(int i) {
        long used = used(i);
        return Fields.named(domainName(i))
                .put("description", "")
                .put("available", SIZE - used)
                .put("backup", i % 3 == 2)
                .put("block_size", 512)
                .put("committed", used + used / 4)
                .put("critical_space_action_blocker", 5)
                .put("discard_after_delete", false)
                .put("external_status", "ok")
                .put("master", i % 3 == 0)
                .put("wipe_after_delete", false);
    }

    private static Fields stored(Fields domain, int i) {
        return domain.put("storage", connection(i))
                .put("storage_format", "v5")
                .put("supports_discard", false)
                .put("type", "data");
    }

    Entity storageDomain(int i) {
        Fields domain = stored(domain(i), i).put("used", used(i)).put("warning_low_space_indicator", 10);
        return domain.put(
                        "data_centers",
                        new Value.Many("data_center", List.of(new Value.Ref(inventory.path("datacenters", i / 3)))))
                .entity("storage_domain", inventory.path("storagedomains", i));
    }

    /** Only here does a domain say its status: a domain as such belongs to no data centre. */
    Members attachedDomains(int dataCenter) {
        List<Entity> domains = new ArrayList<>();
        for (int i = dataCenter * 3; i < dataCenter * 3 + 3; i++) {
            Fields domain = domain(i)
                    .put(
                            "status",
                            inventory.invented.random("attached", i).nextInt(15) == 0 ? "maintenance" : "active");
            domains.add(stored(domain, i)
                    .put("used", used(i))
                    .put("warning_low_space_indicator", 10)
                    .ref("data_center", inventory.path("datacenters", dataCenter))
                    .entity(
                            "storage_domain",
                            inventory.path("datacenters", dataCenter) + "/" + inventory.path("storagedomains", i)));
        }
        return Members.of("storage_domain", domains);
    }

    Entity network(int i) {
        int vlan = i % PURPOSES.length;
        Fields network = Fields.named(PURPOSES[vlan] + (i < PURPOSES.length ? "" : "-" + (i / PURPOSES.length + 1)))
                .put("description", "")
                .put("comment", vlan == 3 ? "Reachable from outside" : "")
                .put("mtu", vlan == 1 ? 9000 : 1500)
                .put("port_isolation", false)
                .put("stp", false)
                .put("usages", new Value.Many("usage", List.of(new Value.Text("vm"))))
                .put("vdsm_name", PURPOSES[vlan]);
        if (vlan > 0) {
            network.put("vlan", Fields.of().put("id", vlan * 100L));
        }
        return network.ref("data_center", inventory.path("datacenters", i / PURPOSES.length))
                .entity("network", inventory.path("networks", i));
    }

    Members networksOf(int cluster) {
        int dataCenter = inventory.dataCenterOf(cluster);
        List<Entity> found = new ArrayList<>();
        for (int i = dataCenter * PURPOSES.length; i < (dataCenter + 1) * PURPOSES.length; i++) {
            Entity network = network(i);
            String path = inventory.path("clusters", cluster) + "/" + network.path();
            boolean management = i % PURPOSES.length == 0;
            found.add(network.with("status", new Value.Text("operational"))
                    .with("required", new Value.Flag(management))
                    .with("display", new Value.Flag(management))
                    .at(path));
        }
        return Members.of("network", found);
    }

    Entity vnicProfile(int i) {
        return Fields.named(network(i).text("name"))
                .put("description", "For machines")
                .put("migratable", true)
                .put("pass_through", Fields.of().put("mode", "disabled"))
                .put("port_mirroring", false)
                .ref("network", inventory.path("networks", i))
                .ref("network_filter", inventory.path("networkfilters", 0))
                .entity("vnic_profile", inventory.path("vnicprofiles", i));
    }

    String hostNicPath(int host, int nic) {
        return inventory.path("hosts", host) + "/nics/" + inventory.invented.id("hostnic", host * HOST_NICS + nic);
    }

    Members hostNics(int host) {
        List<Entity> nics = new ArrayList<>();
        for (int i = 0; i < HOST_NICS; i++) {
            nics.add(hostNic(host, i)
                    .put("mac", Fields.of().put("address", Invented.mac("52:54:01", host * HOST_NICS + i)))
                    .put("mtu", 1500)
                    .put("speed", 10_000_000_000L)
                    .put("status", "up")
                    .ref("host", inventory.path("hosts", host))
                    .entity("host_nic", hostNicPath(host, i)));
        }
        return Members.of("host_nic", nics);
    }

    private Fields hostNic(int host, int i) {
        Fields nic = Fields.named(List.of("ens1", "ens2", "bond0", "bond0.100").get(i))
                .put("boot_protocol", i == 0 ? "static" : "none")
                .put("bridged", i == 0);
        return switch (i) {
            case 0 ->
                nic.put(
                                "ip",
                                Fields.of()
                                        .put("address", "10.0." + host / 250 + "." + (host % 250 + 2))
                                        .put("gateway", "10.0.255.254")
                                        .put("netmask", "255.255.0.0")
                                        .put("version", "v4"))
                        .put(
                                "ipv6",
                                Fields.of()
                                        .put("address", "2001:db8::" + Integer.toHexString(host + 2))
                                        .put("version", "v6"))
                        .ref("network", inventory.path("networks", 0));
            case 2 ->
                nic.put(
                        "bonding",
                        Fields.of()
                                .put(
                                        "options",
                                        new Value.Many(
                                                "option",
                                                List.of(Fields.named("mode")
                                                        .put("value", "4")
                                                        .struct()))));
            case 3 ->
                nic.put("base_interface", "bond0")
                        .put("vlan", Fields.of().put("id", 100))
                        .ref("network", inventory.path("networks", 1));
            default -> nic;
        };
    }
}
