package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An invented data centre of a given size: what there is apart from the parts of each machine. Immutable. */
final class Inventory implements ResourceTree.Source {
    /** Links that entities of a kind may lack. */
    static final Set<String> OPTIONAL_LINKS = Set.of("vm.host", "vm.vm_pool", "nic.vnic_profile", "event.vm");

    private static final String[] ROLES = {
        "SuperUser", "ClusterAdmin", "DataCenterAdmin", "UserRole", "UserVmManager", "TemplateAdmin", "ReadOnlyAdmin"
    };
    private static final String[] TAGS = {"production", "staging", "test", "backup-daily", "pci", "legacy"};
    private static final String[] TEMPLATES = {"Blank", "debian-13", "rocky-9", "ubuntu-26.04", "windows-2025"};

    final Invented invented;
    final int vms;
    final int hosts;
    final int clusters;
    final int dataCenters;
    final int users;
    final Fabric fabric;
    private final Machines machines;
    private final Map<String, IntFunction<Entity>> makers = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Inventory(Invented invented, int vms) {
        this.invented = invented;
        this.vms = vms;
        this.hosts = Math.max(2, vms / 20);
        this.clusters = Math.max(2, hosts / 8);
        this.dataCenters = Math.max(1, clusters / 3);
        this.users = Math.max(5, vms / 10);
        this.fabric = new Fabric(this);
        this.machines = new Machines(this);
        kind("datacenters", dataCenters, this::dataCenter);
        kind("clusters", clusters, this::cluster);
        kind("hosts", hosts, this::host);
        kind("storagedomains", dataCenters * Fabric.DOMAINS, fabric::storageDomain);
        kind("networks", dataCenters * Fabric.NETWORKS, fabric::network);
        kind("vnicprofiles", dataCenters * Fabric.NETWORKS, fabric::vnicProfile);
        kind("templates", TEMPLATES.length, this::template);
        kind("tags", TAGS.length, this::tag);
        kind("roles", ROLES.length, this::role);
        kind("users", users, this::user);
        kind("groups", 2, this::group);
        kind("permissions", users, this::systemPermission);
        kind("vms", vms, machines::machine);
    }

    private void kind(String path, int count, IntFunction<Entity> maker) {
        makers.put(path, maker);
        counts.put(path, count);
    }

    /** How many entities of a top-level collection there are. */
    int count(String path) {
        return path.equals("disks") ? machines.disks().size() : counts.getOrDefault(path, 0);
    }

    @Override
    public @Nullable Members load(String path) {
        String[] parts = path.split("/", -1);
        return switch (parts.length) {
            case 1 -> top(path);
            case 3 -> below(parts[0], parts[1], parts[2]);
            default -> null;
        };
    }

    private @Nullable Members top(String path) {
        IntFunction<Entity> maker = makers.get(path);
        if (maker != null) {
            return new Members(tagOf(path), byId(counts.getOrDefault(path, 0), maker));
        }
        return switch (path) {
            case "disks" -> Members.of("disk", machines.disks());
            case "events" -> new Members("event", byId(Math.min(vms * 2, 500), machines::event));
            case "jobs" -> Members.of("job", List.of());
            case "vmpools" -> Members.of("vm_pool", List.of());
            default -> null;
        };
    }

    private static Map<String, Entity> byId(int count, IntFunction<Entity> maker) {
        Map<String, Entity> byId = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Entity entity = maker.apply(i);
            byId.put(entity.id(), entity);
        }
        return byId;
    }

    private static String tagOf(String path) {
        return switch (path) {
            case "datacenters" -> "data_center";
            case "storagedomains" -> "storage_domain";
            case "vnicprofiles" -> "vnic_profile";
            default -> path.substring(0, path.length() - 1);
        };
    }

    private @Nullable Members below(String top, String id, String sub) {
        int number = top.equals("vms") ? machines.number(id) : number(top, id);
        if (number < 0) {
            return null;
        }
        return switch (top + "/" + sub) {
            case "datacenters/storagedomains" -> fabric.attachedDomains(number);
            case "datacenters/clusters" -> clustersOf(number);
            case "datacenters/networks", "clusters/networks" -> fabric.networksOf(top, number);
            case "hosts/nics" -> fabric.hostNics(number);
            case "hosts/statistics" -> machines.statistics("hosts/" + id, number);
            case "hosts/storage" -> Members.of("host_storage", List.of());
            default -> top.equals("vms") ? machines.parts(number, id, sub) : null;
        };
    }

    private int number(String top, String id) {
        for (int i = 0; i < counts.getOrDefault(top, 0); i++) {
            if (invented.id(top, i).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** The path of the i-th entity of a top-level collection. */
    String path(String top, int number) {
        return top + "/" + invented.id(top, number);
    }

    int dataCenterOf(int cluster) {
        return cluster % dataCenters;
    }

    private Entity dataCenter(int i) {
        return Fields.named("dc" + (i + 1))
                .put("description", "Data centre " + (i + 1))
                .put("local", false)
                .put("quota_mode", "disabled")
                .put("status", "up")
                .put("storage_format", "v5")
                .put("supported_versions", new Value.Many("version", List.of(version(4, 7))))
                .put("version", version(4, 7))
                .entity(
                        "data_center",
                        path("datacenters", i),
                        List.of("forceremove"),
                        List.of("clusters", "networks", "storagedomains"));
    }

    static Value.Struct version(int major, int minor) {
        return Fields.of().put("major", major).put("minor", minor).struct();
    }

    private Entity cluster(int i) {
        return Fields.named("cluster" + (i + 1))
                .put("description", "")
                .put("ballooning_enabled", true)
                .put("bios_type", "q35_sea_bios")
                .put(
                        "cpu",
                        Fields.of().put("architecture", "x86_64").put("type", "Secure Intel Cascadelake Server Family"))
                .put("gluster_service", false)
                .put("threads_as_cores", false)
                .put("version", version(4, 7))
                .put("virt_service", true)
                .ref("data_center", path("datacenters", dataCenterOf(i)))
                .entity("cluster", path("clusters", i), List.of("upgrade"), List.of("networks"));
    }

    private Entity host(int i) {
        SplittableRandom random = invented.random("host", i);
        String name = "host%03d".formatted(i + 1);
        String status = random.nextInt(20) == 0 ? "maintenance" : "up";
        long memory = (256L << 30) * (1 + random.nextInt(4));
        return Fields.named(name)
                .put("comment", "")
                .put("address", name + ".example.net")
                .put("auto_numa_status", "unknown")
                .put(
                        "cpu",
                        Fields.of()
                                .put("name", "Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz")
                                .put("speed", new Value.Fraction(2100))
                                .put(
                                        "topology",
                                        Fields.of()
                                                .put("cores", 20)
                                                .put("sockets", 2)
                                                .put("threads", 2))
                                .put("type", "Secure Intel Cascadelake Server Family"))
                .put("external_status", "ok")
                .put("kdump_status", "disabled")
                .put("max_scheduling_memory", memory / 2)
                .put("memory", memory)
                .put(
                        "os",
                        Fields.of()
                                .put("type", "RHEL")
                                .put("version", Fields.of().put("full_version", "9.6 - 1.el9")))
                .put("port", 54321)
                .put("status", status)
                .put(
                        "summary",
                        Fields.of()
                                .put("active", vms / hosts)
                                .put("migrating", 0)
                                .put("total", vms / hosts))
                .put("type", "rhel")
                .put("update_available", false)
                .ref("cluster", path("clusters", i % clusters))
                .entity(
                        "host",
                        path("hosts", i),
                        List.of("activate", "deactivate", "upgrade"),
                        List.of("nics", "statistics", "storage"));
    }

    private Members clustersOf(int dataCenter) {
        List<Entity> found = new ArrayList<>();
        for (int i = dataCenter; i < clusters; i += dataCenters) {
            found.add(cluster(i));
        }
        return Members.of("cluster", found);
    }

    private Entity template(int i) {
        // The blank template has the same id on every engine.
        String path = i == 0 ? "templates/00000000-0000-0000-0000-000000000000" : path("templates", i);
        return Fields.named(TEMPLATES[i])
                .put("description", i == 0 ? "Blank template" : "")
                .put("creation_time", new Value.Moment(Invented.EPOCH_MILLIS - i * 86_400_000L))
                .put("memory", 1L << 30)
                .put("os", Fields.of().put("type", i == 4 ? "windows_2025" : "other"))
                .put("type", "server")
                .ref("cluster", path("clusters", 0))
                .put("status", "ok")
                .put("version", Fields.of().put("version_name", "base version").put("version_number", 1))
                .entity("template", path, List.of("export"), List.of());
    }

    String templatePath(int choice) {
        return template(choice % TEMPLATES.length).path();
    }

    private Entity tag(int i) {
        return Fields.named(TAGS[i]).put("description", "").entity("tag", path("tags", i));
    }

    String tagName(int i) {
        return TAGS[i];
    }

    private Entity role(int i) {
        return Fields.named(ROLES[i])
                .put("description", ROLES[i])
                .put("administrative", !ROLES[i].startsWith("User"))
                .put("mutable", false)
                .entity("role", path("roles", i));
    }

    private Entity user(int i) {
        String name = i == 0 ? "admin" : "user%03d".formatted(i);
        return Fields.named(name)
                .put("department", i == 0 ? "" : "Department " + i % 7)
                .put("domain_entry_id", invented.id("entry", i))
                .put("email", name + "@example.net")
                .put("namespace", "*")
                .put("principal", name)
                .put("user_name", name + (i == 0 ? "@internal" : "@example.net"))
                .entity("user", path("users", i));
    }

    private Entity group(int i) {
        return Fields.named(i == 0 ? "Everyone" : "operators")
                .put("domain_entry_id", invented.id("group-entry", i))
                .put("namespace", "*")
                .entity("group", path("groups", i));
    }

    private Entity systemPermission(int i) {
        return Fields.of()
                .ref("role", path("roles", i == 0 ? 0 : 3))
                .ref("user", path("users", i))
                .entity("permission", path("permissions", i));
    }
}
