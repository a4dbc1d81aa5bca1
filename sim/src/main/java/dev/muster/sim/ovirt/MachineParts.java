package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What hangs on the invented machines. Immutable. */
final class MachineParts {
    private static final int MOST_NICS = 2;

    private final Inventory inventory;
    private final Invented invented;
    private final Machines machines;

    MachineParts(Inventory inventory, Machines machines) {
        this.inventory = inventory;
        this.invented = inventory.invented;
        this.machines = machines;
    }

    private int nicCount(int vm) {
        return 1 + invented.random("nics", vm).nextInt(MOST_NICS);
    }

    /** A sub-collection of a machine; null = machines have no such one. */
    @Nullable
    Members load(int vm, String id, String sub) {
        String path = "vms/" + id;
        return switch (sub) {
            case "diskattachments" -> attachments(vm, path);
            case "nics" -> nics(vm, path);
            case "permissions" -> permissions(vm, path);
            case "snapshots" -> snapshots(vm, path);
            case "reporteddevices" -> reportedDevices(vm, path);
            case "statistics" ->
                inventory.statistics(path, vm, "vm", "memory.used", "cpu.current.total", "network.current.total");
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
                                .put("address", "10.0.0." + (2 + vm % 250))
                                .put("port", 5900 + vm % 100)
                                .put("protocol", "vnc")
                                .ref("vm", path)
                                .entity("graphics_console", path + "/graphicsconsoles/766e63")));
            case "sessions" -> sessions(vm, path);
            case "watchdogs" -> watchdogs(vm, path);
            case "checkpoints" -> checkpoints(vm, path);
            default -> null;
        };
    }

    private Members attachments(int vm, String path) {
        List<Entity> attachments = new ArrayList<>();
        for (int i = 0; i < machines.diskCount(vm); i++) {
            String disk = inventory.path("disks", vm * Machines.MOST_DISKS + i);
            attachments.add(Fields.of()
                    .put("active", true)
                    .put("bootable", i == 0)
                    .put("interface", "virtio_scsi")
                    .put("logical_name", "/dev/sd" + (char) ('a' + i))
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
                                    machines.cluster(vm),
                                    invented.random("nic", number).nextInt(4)))
                    .entity("nic", path + "/nics/" + invented.id("nics", number)));
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
                tag >= Administration.TAGS.size()
                        ? List.of()
                        : List.of(Fields.named(Administration.TAGS.get(tag))
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

    private Members sessions(int vm, String path) {
        int user = invented.random("session", vm).nextInt(4);
        Fields session = Fields.of()
                .put("console_user", true)
                .put("ip", Fields.of().put("address", "10.2.0.7").put("version", "v4"))
                .put("protocol", "vnc")
                .ref("user", inventory.path("users", user))
                .ref("vm", path);
        String id = path + "/sessions/" + invented.id("session", vm);
        return Members.of("session", user == 0 ? List.of(session.entity("session", id)) : List.of());
    }

    private Members watchdogs(int vm, String path) {
        Fields watchdog = Fields.of().ref("vm", path).put("action", "reset").put("model", "i6300esb");
        String id = path + "/watchdogs/" + invented.id("watchdog", vm);
        return Members.of("watchdog", vm % 10 == 0 ? List.of(watchdog.entity("watchdog", id)) : List.of());
    }

    private Members checkpoints(int vm, String path) {
        Fields checkpoint = Fields.of()
                .moment("creation_date", Invented.EPOCH_MILLIS)
                .put("state", "created")
                .ref("vm", path);
        String id = path + "/checkpoints/" + invented.id("checkpoint", vm);
        return Members.of("checkpoint", vm % 10 == 0 ? List.of(checkpoint.entity("checkpoint", id)) : List.of());
    }

    /** A collection below a part of a machine; null = there is nothing in it. */
    @Nullable
    Members below(int vm, String id, String sub, String part, String of) {
        String path = "vms/" + id + "/" + sub + "/" + part + "/" + of;
        return switch (sub + "/" + of) {
            case "nics/statistics" ->
                inventory.statistics(
                        "vms/" + id + "/nics/" + part,
                        vm,
                        "nic",
                        "data.current.rx",
                        "data.current.tx",
                        "errors.total.rx");
            case "nics/reporteddevices" -> reportedDevices(vm, "vms/" + id);
            case "snapshots/disks" -> snapshotted("disk", path, machines.disksOf(vm));
            case "snapshots/nics" ->
                snapshotted("nic", path, nics(vm, "vms/" + id).list());
            default -> null;
        };
    }

    private static Members snapshotted(String tag, String path, List<Entity> now) {
        return Members.of(
                tag,
                now.stream().map(entity -> entity.at(path + "/" + entity.id())).toList());
    }
}
