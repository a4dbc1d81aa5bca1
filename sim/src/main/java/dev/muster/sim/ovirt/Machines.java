package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The invented machines of an inventory, their disks, and what hangs on each of them. Immutable. */
final class Machines {
    static final List<String> ACTIONS = List.of("shutdown", "start", "stop");

    /** The links a machine shows; what else hangs on it is served all the same. */
    static final List<String> LINKS =
            List.of("diskattachments", "nics", "permissions", "reporteddevices", "snapshots", "statistics", "tags");

    private static final String[] PURPOSES = {"web", "db", "app", "cache", "mail", "build", "proxy", "log", "queue"};
    private static final int MOST_DISKS = 3;
    private static final int MOST_NICS = 2;

    private final Inventory inventory;
    private final Invented invented;
    private final Map<String, Integer> numbers = new HashMap<>();

    Machines(Inventory inventory) {
        this.inventory = inventory;
        this.invented = inventory.invented;
        for (int i = 0; i < inventory.vms; i++) {
            numbers.put(invented.id("vms", i), i);
        }
    }

    /** The number of a machine; -1 = it is none of the invented ones. */
    int number(String id) {
        return numbers.getOrDefault(id, -1);
    }

    private static String status(SplittableRandom random) {
        int draw = random.nextInt(100);
        return draw < 80 ? "up" : draw < 97 ? "down" : draw < 99 ? "paused" : "suspended";
    }

    private String name(int i) {
        return PURPOSES[i % PURPOSES.length] + "%03d".formatted(i / PURPOSES.length + 1);
    }

    private int cluster(int i) {
        return i % inventory.clusters;
    }

    Entity machine(int i) {
        SplittableRandom random = invented.random("vm", i);
        String status = status(random);
        long memory = (1L << 30) << random.nextInt(6);
        long created = Invented.EPOCH_MILLIS - random.nextLong(365L * 86_400_000L);
        int host = (cluster(i) + inventory.clusters * random.nextInt(inventory.hosts)) % inventory.hosts;
        Fields vm = Fields.named(name(i))
                .put("description", "Invented machine " + i)
                .put("bios", Fields.of().put("type", "q35_sea_bios"))
                .put(
                        "cpu",
                        Fields.of()
                                .put("architecture", "x86_64")
                                .put(
                                        "topology",
                                        Fields.of()
                                                .put("cores", 1 << random.nextInt(3))
                                                .put("sockets", 1 + random.nextInt(2))
                                                .put("threads", 1)))
                .put("cpu_shares", 0)
                .moment("creation_time", created)
                .put("delete_protected", random.nextInt(10) == 0)
                // libgovirt refuses a machine without this.
                .put(
                        "display",
                        Fields.of()
                                .put("monitors", 1)
                                .put("smartcard_enabled", false)
                                .put("type", "vnc"))
                .put(
                        "high_availability",
                        Fields.of().put("enabled", random.nextInt(4) == 0).put("priority", 0))
                .put("memory", memory)
                .put("memory_policy", Fields.of().put("guaranteed", memory / 2).put("max", memory * 4))
                .put("origin", "ovirt")
                .put(
                        "os",
                        Fields.of()
                                .put("boot", Fields.of().texts("devices", "device", "hd"))
                                .put(
                                        "type",
                                        Invented.pick(random, "debian_9", "rhel_9x64", "ubuntu_18_04", "windows_2022")))
                .put("start_paused", false)
                .put("stateless", false)
                .put("time_zone", Fields.of().put("name", "Etc/GMT"))
                .put("type", "server")
                .ref("cluster", inventory.path("clusters", cluster(i)))
                .put("fqdn", name(i) + ".example.net");
        if (status.equals("up")) {
            vm.moment("start_time", created + 3_600_000L);
        }
        vm.put("status", status);
        if (!status.equals("up")) {
            vm.moment("stop_time", created + 7_200_000L);
        }
        vm.put("use_latest_template_version", false);
        if (status.equals("up")) {
            vm.ref("host", inventory.path("hosts", host));
        }
        String template = inventory.templatePath(random.nextInt(5));
        return vm.ref("original_template", template)
                .ref("template", template)
                .entity("vm", inventory.path("vms", i), ACTIONS, LINKS);
    }

    private int diskCount(int vm) {
        return 1 + invented.random("disks", vm).nextInt(MOST_DISKS);
    }

    private int nicCount(int vm) {
        return 1 + invented.random("nics", vm).nextInt(MOST_NICS);
    }

    List<Entity> disks() {
        List<Entity> disks = new ArrayList<>();
        for (int vm = 0; vm < inventory.vms; vm++) {
            for (int i = 0; i < diskCount(vm); i++) {
                disks.add(disk(vm, i));
            }
        }
        return disks;
    }

    private Entity disk(int vm, int i) {
        int number = vm * MOST_DISKS + i;
        SplittableRandom random = invented.random("disk", number);
        long size = (10L << 30) << random.nextInt(6);
        int domain = inventory.dataCenterOf(cluster(vm)) * 3 + random.nextInt(3);
        return Fields.named(name(vm) + "_Disk" + (i + 1))
                .put("description", "")
                .put("actual_size", (long) (size * random.nextDouble(0.1, 0.95)))
                .put("alias", name(vm) + "_Disk" + (i + 1))
                .put("content_type", "data")
                .put("format", "cow")
                .put("image_id", invented.id("image", number))
                .put("propagate_errors", false)
                .put("provisioned_size", size)
                .put("qcow_version", "qcow2_v3")
                .put("shareable", false)
                .put("sparse", true)
                .put("status", "ok")
                .put("storage_type", "image")
                .put("total_size", size)
                .put("wipe_after_delete", false)
                .put(
                        "storage_domains",
                        new Value.Many(
                                "storage_domain", List.of(new Value.Ref(inventory.path("storagedomains", domain)))))
                .entity("disk", inventory.path("disks", number), List.of("copy", "move"), List.of());
    }

    /** A sub-collection of a machine; null = machines have no such one. */
    @Nullable
    Members parts(int vm, String id, String sub) {
        String path = "vms/" + id;
        return switch (sub) {
            case "diskattachments" -> attachments(vm, path);
            case "nics" -> nics(vm, path);
            case "permissions" -> permissions(vm, path);
            case "snapshots" -> snapshots(vm, path);
            case "reporteddevices" -> reportedDevices(vm, path);
            case "statistics" -> statistics(path, vm);
            case "tags" -> tags(vm, path);
            case "applications" -> applications(vm, path);
            case "cdroms" ->
                Members.of(
                        "cdrom",
                        List.of(Fields.of()
                                .ref("vm", path)
                                .entity("cdrom", path + "/cdroms/" + invented.id("cdrom", vm))));
            case "graphicsconsoles" ->
                Members.of(
                        "graphics_console",
                        List.of(Fields.of()
                                .put("protocol", "vnc")
                                .ref("vm", path)
                                .entity("graphics_console", path + "/graphicsconsoles/766e63")));
            case "affinitylabels" -> Members.of("affinity_label", List.of());
            default -> null;
        };
    }

    private Members attachments(int vm, String path) {
        List<Entity> attachments = new ArrayList<>();
        for (int i = 0; i < diskCount(vm); i++) {
            String disk = inventory.path("disks", vm * MOST_DISKS + i);
            attachments.add(Fields.of()
                    .put("active", true)
                    .put("bootable", i == 0)
                    .put("interface", "virtio_scsi")
                    .put("pass_discard", false)
                    .put("read_only", false)
                    .put("uses_scsi_reservation", false)
                    .ref("disk", disk)
                    .ref("vm", path)
                    .entity("disk_attachment", path + "/diskattachments/" + disk.substring(6)));
        }
        return Members.of("disk_attachment", attachments);
    }

    private Members nics(int vm, String path) {
        List<Entity> nics = new ArrayList<>();
        for (int i = 0; i < nicCount(vm); i++) {
            int number = vm * MOST_NICS + i;
            nics.add(Fields.named("nic" + (i + 1))
                    .ref("vm", path)
                    .put("interface", "virtio")
                    .put("linked", true)
                    .put("mac", Fields.of().put("address", Invented.mac("56:6f:00", number)))
                    .put("plugged", true)
                    .put("synced", true)
                    .ref(
                            "vnic_profile",
                            inventory.fabric.profileFor(
                                    cluster(vm), invented.random("nic", number).nextInt(4)))
                    .entity(
                            "nic",
                            path + "/nics/" + invented.id("nics", number),
                            List.of("activate", "deactivate"),
                            List.of()));
        }
        return Members.of("nic", nics);
    }

    private Members reportedDevices(int vm, String path) {
        List<Entity> devices = new ArrayList<>();
        for (int i = 0; i < nicCount(vm); i++) {
            int number = vm * MOST_NICS + i;
            Value.Struct ip = Fields.of()
                    .put(
                            "address",
                            "10.%d.%d.%d".formatted(1 + (number >> 16 & 0x7F), number >> 8 & 0xFF, number & 0xFF))
                    .put("version", "v4")
                    .struct();
            devices.add(Fields.named("eth" + i)
                    .put("description", "guest reported data")
                    .put("ips", new Value.Many("ip", List.of(ip)))
                    .put("mac", Fields.of().put("address", Invented.mac("56:6f:00", number)))
                    .put("type", "network")
                    .ref("vm", path)
                    .entity("reported_device", path + "/reporteddevices/" + invented.id("reported", number)));
        }
        return Members.of("reported_device", devices);
    }

    private Members permissions(int vm, String path) {
        SplittableRandom random = invented.random("permissions", vm);
        List<Entity> permissions = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            permissions.add(Fields.of()
                    .ref("role", inventory.path("roles", 3 + i))
                    .ref("user", inventory.path("users", random.nextInt(inventory.users)))
                    .ref("vm", path)
                    .entity("permission", path + "/permissions/" + invented.id("vm-permission", vm * 2 + i)));
        }
        return Members.of("permission", permissions);
    }

    private Members snapshots(int vm, String path) {
        return Members.of(
                "snapshot",
                List.of(Fields.of()
                        .put("description", "Active VM")
                        .moment("date", Invented.EPOCH_MILLIS)
                        .put("persist_memorystate", false)
                        .put("snapshot_status", "ok")
                        .put("snapshot_type", "active")
                        .ref("vm", path)
                        .entity("snapshot", path + "/snapshots/" + invented.id("snapshot", vm))));
    }

    private Members tags(int vm, String path) {
        int tag = invented.random("tag", vm).nextInt(12);
        return Members.of(
                "tag",
                tag >= inventory.count("tags")
                        ? List.of()
                        : List.of(Fields.named(inventory.tagName(tag))
                                .ref("vm", path)
                                .entity("tag", path + "/" + inventory.path("tags", tag))));
    }

    private Members applications(int vm, String path) {
        return Members.of(
                "application",
                List.of(Fields.named("qemu-guest-agent-9.2")
                        .ref("vm", path)
                        .entity("application", path + "/applications/" + invented.id("application", vm))));
    }

    Members statistics(String path, int number) {
        SplittableRandom random = invented.random(path, number);
        List<Entity> statistics = new ArrayList<>();
        statistic(statistics, path, number, "memory.used", "bytes", (double) random.nextLong(1L << 34));
        statistic(statistics, path, number, "cpu.current.total", "percent", random.nextInt(100));
        statistic(statistics, path, number, "network.current.total", "percent", random.nextInt(40));
        return Members.of("statistic", statistics);
    }

    private void statistic(List<Entity> statistics, String path, int number, String name, String unit, double datum) {
        Value.Struct value = Fields.of().put("datum", new Value.Fraction(datum)).struct();
        statistics.add(Fields.named(name)
                .put("description", name)
                .put("kind", "gauge")
                .put("type", "decimal")
                .put("unit", unit)
                .put("values", new Value.Many("value", List.of(value)))
                .ref(path.startsWith("vms") ? "vm" : "host", path)
                .entity("statistic", path + "/statistics/" + invented.id(name, number)));
    }

    Entity event(int i) {
        int vm = i % Math.max(1, inventory.vms);
        return Fields.of()
                .put("description", "VM " + name(vm) + " started on Host")
                .put("code", 32)
                .put("custom_id", -1)
                .put("origin", "oVirt")
                .put("severity", "normal")
                .moment("time", Invented.EPOCH_MILLIS + i * 60_000L)
                .ref("vm", inventory.path("vms", vm))
                .entity("event", "events/" + (i + 1));
    }
}
