package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The invented machines of an inventory, and their disks. Immutable. */
final class Machines {
    private static final String[] PURPOSES = {"web", "db", "app", "cache", "mail", "build", "proxy", "log", "queue"};
    static final int MOST_DISKS = 3;

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

    String name(int i) {
        return PURPOSES[i % PURPOSES.length] + "%03d".formatted(i / PURPOSES.length + 1);
    }

    int cluster(int i) {
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
                .put("comment", i % 8 == 0 ? "Ask before you stop it" : "")
                .put("bios", Fields.of().put("type", "q35_sea_bios"))
                .put("console", Fields.of().put("enabled", false))
                .put("cpu", inventory.cpu(1 << random.nextInt(3), 1 + random.nextInt(2), 1))
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
                .put("soundcard_enabled", false)
                .put("type", "server")
                .put("virtio_scsi", Fields.of().put("enabled", true))
                .ref("cluster", inventory.path("clusters", cluster(i)))
                .put("fqdn", name(i) + ".example.net");
        vm.put("next_run_configuration_exists", random.nextInt(12) == 0);
        if (status.equals("up")) {
            vm.put(
                            "guest_operating_system",
                            Fields.of()
                                    .put("architecture", "x86_64")
                                    .put("distribution", "Debian GNU/Linux")
                                    .put("family", "Linux"))
                    .moment("start_time", created + 3_600_000L);
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
        return vm.ref("original_template", template).ref("template", template).entity("vm", inventory.path("vms", i));
    }

    int diskCount(int vm) {
        return 1 + invented.random("disks", vm).nextInt(MOST_DISKS);
    }

    List<Entity> disks() {
        List<Entity> disks = new ArrayList<>();
        for (int vm = 0; vm < inventory.vms; vm++) {
            disks.addAll(disksOf(vm));
        }
        return disks;
    }

    List<Entity> disksOf(int vm) {
        List<Entity> disks = new ArrayList<>();
        for (int i = 0; i < diskCount(vm); i++) {
            disks.add(disk(vm, i));
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
                .put("backup", "none")
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
                .ref("disk_profile", inventory.path("diskprofiles", domain))
                .put(
                        "storage_domains",
                        new Value.Many(
                                "storage_domain", List.of(new Value.Ref(inventory.path("storagedomains", domain)))))
                .entity("disk", inventory.path("disks", number));
    }

    Entity event(int i) {
        int vm = i % Math.max(1, inventory.vms);
        return Fields.of()
                .put("description", "VM " + name(vm) + " started on Host")
                .put("code", 32)
                .put("correlation_id", "start-%d".formatted(i))
                .put("custom_id", -1)
                .put("origin", "oVirt")
                .put("severity", "normal")
                .moment("time", Invented.EPOCH_MILLIS + i * 60_000L)
                .ref("cluster", inventory.path("clusters", cluster(vm)))
                .ref("data_center", inventory.path("datacenters", inventory.dataCenterOf(cluster(vm))))
                .ref("host", inventory.path("hosts", vm % inventory.hosts))
                .ref("user", inventory.path("users", 0))
                .ref("vm", inventory.path("vms", vm))
                .entity("event", "events/" + (i + 1));
    }
}
