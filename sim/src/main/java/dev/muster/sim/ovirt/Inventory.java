package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An invented data centre of a given size: what there is apart from the parts of each machine. Immutable. */
final class Inventory implements ResourceTree.Source {
    /** The data centre and the cluster that an engine has from the beginning. */
    private static final String FIRST = "Default";

    private static final String[] TEMPLATES = {"Blank", "debian-13", "rocky-9", "ubuntu-26.04", "windows-2025"};

    final Invented invented;
    final int vms;
    final int hosts;
    final int clusters;
    final int dataCenters;
    final int users;
    final Fabric fabric;
    final Administration administration = new Administration(this);
    private final Belongings belongings = new Belongings(this);
    private final Machines machines;
    private final MachineParts machineParts;
    private final Map<String, Map<String, Integer>> numbers = new ConcurrentHashMap<>();

    Inventory(Invented invented, int vms) {
        this.invented = invented;
        this.vms = vms;
        this.hosts = Math.max(2, vms / 20);
        this.clusters = Math.max(2, hosts / 8);
        this.dataCenters = Math.max(1, clusters / 3);
        this.users = Math.max(5, vms / 10);
        this.fabric = new Fabric(this);
        this.machines = new Machines(this);
        this.machineParts = new MachineParts(this, machines);
    }

    @Override
    public @Nullable Members load(String path) {
        String[] parts = path.split("/", -1);
        int vm = parts[0].equals("vms") && parts.length > 1 ? machines.number(parts[1]) : -1;
        return switch (parts.length) {
            case 1 -> top(path);
            case 3 -> vm >= 0 ? machineParts.load(vm, parts[1], parts[2]) : below(parts[0], parts[1], parts[2]);
            case 5 -> vm >= 0 ? machineParts.below(vm, parts[1], parts[2], parts[3], parts[4]) : null;
            default -> null;
        };
    }

    private @Nullable Members top(String path) {
        return switch (path) {
            case "clusters" -> Administration.all("cluster", clusters, this::cluster);
            case "datacenters" -> Administration.all("data_center", dataCenters, this::dataCenter);
            case "disks" -> disks();
            case "events" -> Administration.all("event", events(), i -> machines.event(events() - 1 - i));
            case "hosts" -> Administration.all("host", hosts, this::host);
            case "networks" -> Administration.all("network", networks(), fabric::network);
            case "storagedomains" -> Administration.all("storage_domain", domains(), fabric::storageDomain);
            case "templates" -> Administration.all("template", TEMPLATES.length, this::template);
            case "vms" -> Administration.all("vm", vms, machines::machine);
            case "vnicprofiles" -> Administration.all("vnic_profile", networks(), fabric::vnicProfile);
            default -> administration.load(path);
        };
    }

    private Members disks() {
        List<Entity> disks = new ArrayList<>(machines.disks());
        for (int i = 1; i < TEMPLATES.length; i++) {
            disks.add(templateDisk(i));
        }
        return Members.of("disk", disks);
    }

    private int networks() {
        return dataCenters * Fabric.NETWORKS;
    }

    private int events() {
        return Math.min(vms * 2, 500);
    }

    private @Nullable Members below(String top, String id, String sub) {
        String parent = top + "/" + id;
        int number = numbers.computeIfAbsent(top, this::numbers).getOrDefault(id, -1);
        if (number < 0) {
            return null;
        }
        String kind = top + "/" + sub;
        return switch (kind) {
            case "datacenters/storagedomains" -> fabric.attachedDomains(number);
            case "clusters/networks" -> fabric.networksOf(number);
            case "hosts/nics" -> fabric.hostNics(number);
            case "hosts/statistics" ->
                statistics(parent, number, "host", "memory.used", "cpu.current.user", "cpu.load.avg.5m");
            default -> belongings.load(kind, parent, number, parent + "/" + sub);
        };
    }

    private Map<String, Integer> numbers(String top) {
        Map<String, Integer> found = new HashMap<>();
        Members members = top(top);
        if (members != null) {
            members.byId().keySet().forEach(id -> found.put(id, found.size()));
        }
        return found;
    }

    /** Measured values of an entity. */
    Members statistics(String path, int number, String of, String... names) {
        SplittableRandom random = invented.random(path, number);
        List<Entity> statistics = new ArrayList<>();
        for (String name : names) {
            boolean bytes = name.startsWith("memory") || name.startsWith("data");
            double datum = bytes ? random.nextLong(1L << 34) : random.nextInt(100);
            Value value = Fields.of().put("datum", new Value.Fraction(datum)).struct();
            statistics.add(Fields.named(name)
                    .put("description", name)
                    .put("kind", "gauge")
                    .put("type", "decimal")
                    .put("unit", name.startsWith("memory") ? "bytes" : bytes ? "bytes_per_second" : "percent")
                    .put("values", new Value.Many("value", List.of(value)))
                    .ref(of, path)
                    .entity("statistic", path + "/statistics/" + invented.id(name, number)));
        }
        return Members.of("statistic", statistics);
    }

    /** A processor of machines and instance types. */
    Fields cpu(long cores, long sockets, long threads) {
        return Fields.of()
                .put("architecture", "x86_64")
                .put(
                        "topology",
                        Fields.of().put("cores", cores).put("sockets", sockets).put("threads", threads));
    }

    /** The path of the i-th entity of a top-level collection. */
    String path(String top, int number) {
        return top + "/" + invented.id(top, number);
    }

    int domains() {
        return dataCenters * Fabric.DOMAINS;
    }

    int dataCenterOf(int cluster) {
        return cluster % dataCenters;
    }

    private Entity dataCenter(int i) {
        return Fields.named(i == 0 ? FIRST : "dc" + (i + 1))
                .put("description", "Data centre " + (i + 1))
                .put("local", false)
                .put("quota_mode", "disabled")
                .put("status", "up")
                .put("storage_format", "v5")
                .put("supported_versions", new Value.Many("version", List.of(version(4, 7))))
                .put("version", version(4, 7))
                .ref("mac_pool", path("macpools", 0))
                .entity("data_center", path("datacenters", i));
    }

    private static Fields hostedEngine(int i) {
        return Fields.of()
                .put("active", i == 0)
                .put("configured", i == 0)
                .put("global_maintenance", false)
                .put("local_maintenance", false)
                .put("score", i == 0 ? 3400 : 0);
    }

    private static Fields version(String full, int major, int minor) {
        return Fields.of().put("full_version", full).put("major", major).put("minor", minor);
    }

    static Value.Struct version(int major, int minor) {
        return Fields.of().put("major", major).put("minor", minor).struct();
    }

    private Entity cluster(int i) {
        return Fields.named(i == 0 ? FIRST : "cluster" + (i + 1))
                .put("description", "")
                .put("ballooning_enabled", true)
                .put("bios_type", "q35_sea_bios")
                .put(
                        "cpu",
                        Fields.of().put("architecture", "x86_64").put("type", "Secure Intel Cascadelake Server Family"))
                .put("firewall_type", "firewalld")
                .put("gluster_service", false)
                .put("memory_policy", Fields.of().put("over_commit", Fields.of().put("percent", 100)))
                .put("switch_type", "legacy")
                .put("threads_as_cores", false)
                .put("version", version(4, 7))
                .put("upgrade_in_progress", false)
                .put("virt_service", true)
                .ref("data_center", path("datacenters", dataCenterOf(i)))
                .ref("mac_pool", path("macpools", 0))
                .ref("scheduling_policy", path("schedulingpolicies", i % 2))
                .entity("cluster", path("clusters", i));
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
                .put(
                        "hardware_information",
                        Fields.of()
                                .put("family", "")
                                .put("manufacturer", "Example Hardware")
                                .put("product_name", "Rack 2000")
                                .put("serial_number", "EX" + (100_000 + i))
                                .put("uuid", invented.id("hardware", i)))
                .put("hosted_engine", hostedEngine(i))
                .put("kdump_status", "disabled")
                .put("libvirt_version", version("libvirt-10.10.0-7.el9", 10, 10))
                .put("max_scheduling_memory", memory / 2)
                .put("memory", memory)
                .put(
                        "os",
                        Fields.of()
                                .put("type", "RHEL")
                                .put("version", Fields.of().put("full_version", "9.6 - 1.el9")))
                .put("port", 54321)
                .put(
                        "power_management",
                        Fields.of()
                                .put("automatic_pm_enabled", true)
                                .put("enabled", i % 2 == 0)
                                .put("kdump_detection", true)
                                .put("pm_proxies", new Value.Many("pm_proxy", List.of())))
                .put(
                        "spm",
                        Fields.of()
                                .put("priority", 5)
                                .put("status", i < dataCenters && status.equals("up") ? "spm" : "none"))
                .put("status", status)
                .put(
                        "summary",
                        Fields.of()
                                .put("active", vms / hosts)
                                .put("migrating", 0)
                                .put("total", vms / hosts))
                .put("type", "rhel")
                .put("update_available", false)
                .put("version", version("vdsm-4.50.5.1-8.el9", 4, 50))
                .ref("cluster", path("clusters", i % clusters))
                .entity("host", path("hosts", i));
    }

    /** The disk of a template, which the blank one does not have. */
    Entity templateDisk(int i) {
        return Fields.named(TEMPLATES[i] + "_Disk1")
                .put("actual_size", 2L << 30)
                .put("alias", TEMPLATES[i] + "_Disk1")
                .put("content_type", "data")
                .put("format", "cow")
                .put("propagate_errors", false)
                .put("provisioned_size", 10L << 30)
                .put("shareable", false)
                .put("sparse", true)
                .put("status", "ok")
                .put("storage_type", "image")
                .put("total_size", 10L << 30)
                .put("wipe_after_delete", false)
                .ref("disk_profile", path("diskprofiles", 0))
                .put(
                        "storage_domains",
                        new Value.Many("storage_domain", List.of(new Value.Ref(path("storagedomains", 0)))))
                .entity("disk", "disks/" + invented.id("disks of templates", i));
    }

    private Entity template(int i) {
        // The blank template has the same id on every engine.
        String path = i == 0 ? "templates/00000000-0000-0000-0000-000000000000" : path("templates", i);
        return Fields.named(TEMPLATES[i])
                .put("description", i == 0 ? "Blank template" : "")
                .put("creation_time", new Value.Moment(Invented.EPOCH_MILLIS - i * 86_400_000L))
                .put("cpu", cpu(1, 1, 1))
                .put("memory", 1L << 30)
                .put("os", Fields.of().put("type", i == 4 ? "windows_2025" : "other"))
                .put("type", "server")
                .ref("cluster", path("clusters", 0))
                .put("status", "ok")
                .put(
                        "version",
                        Fields.of()
                                .put("version_name", "base version")
                                .put("version_number", 1)
                                .ref("base_template", path))
                .entity("template", path);
    }

    String templatePath(int choice) {
        return template(choice % TEMPLATES.length).path();
    }
}
