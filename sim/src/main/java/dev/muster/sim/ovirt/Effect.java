package dev.muster.sim.ovirt;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.muster.sim.ovirt.Typing.Refused;
import dev.muster.sim.ovirt.Value.Entity;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an action does to the state of an entity. Actions that are not in the table are carried out as jobs that change nothing.
 *
 * @param from the states in which it can be asked for; empty = all
 * @param field where the state stands
 * @param during the state until it is done
 * @param then the state after that
 * @param refusal what the engine says in another state
 * @param task whether the engine answers 202 and goes on, rather than 200
 */
record Effect(Set<String> from, String field, String during, String then, String refusal, boolean task) {
    private static final Set<String> STOPPED = Set.of("down", "suspended", "paused");

    private static final Set<String> RUNNING = Set.of(
            "up",
            "powering_up",
            "wait_for_launch",
            "reboot_in_progress",
            "migrating",
            "paused",
            "not_responding",
            "powering_down",
            "saving_state",
            "restoring_state",
            "unknown");

    private static final String NOT_RUNNING = "VM is not running.";

    /** By kind and action, such as {@code vm start}. */
    private static final Map<String, Effect> ACTIONS = Map.ofEntries(
            Map.entry("vm start", vm(STOPPED, "wait_for_launch", "up", "Cannot run VM. VM is running.")),
            Map.entry(
                    "vm stop",
                    vm(with(RUNNING, "suspended"), "powering_down", "down", "Cannot stop VM. " + NOT_RUNNING)),
            Map.entry("vm shutdown", vm(RUNNING, "powering_down", "down", "Cannot shutdown VM. " + NOT_RUNNING)),
            Map.entry("vm suspend", vm(RUNNING, "saving_state", "suspended", "Cannot suspend VM. " + NOT_RUNNING)),
            Map.entry("vm reboot", vm(RUNNING, "reboot_in_progress", "up", "Cannot reboot VM. " + NOT_RUNNING)),
            Map.entry("vm reset", vm(RUNNING, "reboot_in_progress", "up", "Cannot reset VM. " + NOT_RUNNING)),
            Map.entry("vm migrate", vm(Set.of("up"), "migrating", "up", "Cannot migrate VM. " + NOT_RUNNING)),
            Map.entry(
                    "vm cancelmigration",
                    vm(Set.of("migrating"), "up", "up", "Cannot cancel migration for non migrating VM.")),
            Map.entry("vm logon", vm(RUNNING, "up", "up", "Cannot log on to VM. " + NOT_RUNNING)),
            Map.entry("vm freezefilesystems", vm(RUNNING, "up", "up", "Cannot freeze VM. " + NOT_RUNNING)),
            Map.entry("vm thawfilesystems", vm(RUNNING, "up", "up", "Cannot thaw VM. " + NOT_RUNNING)),
            Map.entry(
                    "vm export",
                    task("status", Set.of("down"), "image_locked", "down", "Cannot export VM. VM is running.")),
            Map.entry(
                    "host activate",
                    host(Set.of("maintenance", "down", "non_operational", "non_responsive"), "connecting", "up")),
            Map.entry(
                    "host deactivate",
                    host(Set.of("up", "down", "non_operational"), "preparing_for_maintenance", "maintenance")),
            Map.entry("host install", host(Set.of("maintenance", "install_failed"), "installing", "maintenance")),
            Map.entry("host approve", host(Set.of("pending_approval"), "installing", "up")),
            Map.entry("host fence", host(Set.of(), "reboot", "up")),
            Map.entry("host upgrade", host(Set.of("up", "maintenance"), "installing", "up")),
            Map.entry(
                    "storage_domain activate",
                    domain(Set.of("maintenance", "inactive", "unknown"), "activating", "active")),
            Map.entry(
                    "storage_domain deactivate",
                    domain(Set.of("active", "inactive"), "preparing_for_maintenance", "maintenance")),
            Map.entry("nic activate", immediate("plugged", "true")),
            Map.entry("nic deactivate", immediate("plugged", "false")),
            Map.entry("disk move", disk("move")),
            Map.entry("disk export", disk("export")),
            Map.entry("disk sparsify", disk("sparsify")),
            Map.entry("disk reduce", disk("reduce")),
            Map.entry("disk convert", disk("convert")),
            Map.entry(
                    "template export",
                    task("status", Set.of("ok"), "locked", "ok", "Cannot export Template. Template is locked.")),
            Map.entry("image_transfer pause", immediate("phase", "paused_user")),
            Map.entry("image_transfer resume", immediate("phase", "transferring")),
            Map.entry("image_transfer cancel", immediate("phase", "cancelled_user")),
            Map.entry("image_transfer finalize", immediate("phase", "finished_success")),
            Map.entry("backup finalize", immediate("phase", "succeeded")),
            Map.entry("gluster_volume start", immediate("status", "up")),
            Map.entry("gluster_volume stop", immediate("status", "down")),
            Map.entry(
                    "snapshot restore",
                    task("snapshot_status", Set.of("ok"), "locked", "ok", "Cannot restore Snapshot. It is locked.")));

    /** What happens to a new entity, by kind. */
    private static final Map<String, Effect> ADDED = Map.of(
            "vm", added("status", "image_locked", "down"),
            "disk", added("status", "locked", "ok"),
            "template", added("status", "locked", "ok"),
            "snapshot", added("snapshot_status", "locked", "ok"),
            "host", added("status", "installing", "up"),
            "storage_domain", added("status", "unattached", "unattached"),
            "data_center", added("status", "uninitialized", "uninitialized"),
            "image_transfer", added("phase", "initializing", "transferring"),
            "backup", added("phase", "starting", "ready"),
            "job", added("status", "started", "started"));

    private static final Effect NONE = new Effect(Set.of(), "", "", "", "", false);

    /** What an action does to an entity of a kind. */
    static Effect of(String tag, String action) {
        return ACTIONS.getOrDefault(tag + " " + action, NONE);
    }

    /** What becomes of a storage domain that was attached to a data centre. */
    static Effect attached() {
        return added("status", "locked", "active");
    }

    /** What becomes of an entity that was added. */
    static Effect added(String tag) {
        return ADDED.getOrDefault(tag, NONE);
    }

    /** Whether an action can be asked for now. */
    void check(Entity entity) throws Refused {
        String state = entity.text(field);
        if (!from.isEmpty() && !from.contains(state)) {
            String kind = entity.tag().equals("vm") ? "VM" : entity.tag().replace('_', ' ');
            throw Refused.conflict(
                    state.endsWith("locked")
                            ? refusal.substring(0, refusal.indexOf('.') + 1) + " The " + kind + " is locked."
                            : refusal);
        }
    }

    /** How long it takes where slow things take this long. */
    Duration takes(Duration time) {
        return during.equals(then) ? Duration.ZERO : time;
    }

    /** An entity while it goes on; the same one if nothing changes. */
    Entity during(Entity entity) {
        return field.isEmpty() ? entity : entity.with(field, value(during));
    }

    /** Whether an entity is still in the state in which it waits for the end. */
    boolean waits(Entity entity) {
        return !field.isEmpty() && entity.text(field).equals(during);
    }

    /** An entity when it is done. */
    Entity then(Entity entity) {
        return entity.with(field, value(then));
    }

    private static Value value(String state) {
        return switch (state) {
            case "true" -> new Value.Flag(true);
            case "false" -> new Value.Flag(false);
            default -> new Value.Text(state);
        };
    }

    private static Set<String> with(Set<String> states, String one) {
        return Stream.concat(states.stream(), Stream.of(one)).collect(toUnmodifiableSet());
    }

    private static Effect vm(Set<String> from, String during, String then, String refusal) {
        return new Effect(from, "status", during, then, refusal, false);
    }

    private static Effect host(Set<String> from, String during, String then) {
        return new Effect(from, "status", during, then, "Cannot do that to a Host in this status.", false);
    }

    private static Effect domain(Set<String> from, String during, String then) {
        return new Effect(
                from, "status", during, then, "The relevant Storage Domain's status does not allow that.", false);
    }

    private static Effect disk(String what) {
        return task("status", Set.of("ok"), "locked", "ok", "Cannot " + what + " Virtual Disk: the disk is locked.");
    }

    private static Effect task(String field, Set<String> from, String during, String then, String refusal) {
        return new Effect(from, field, during, then, refusal, true);
    }

    private static Effect immediate(String field, String then) {
        return new Effect(Set.of(), field, then, then, "", false);
    }

    private static Effect added(String field, String during, String then) {
        return new Effect(Set.of(), field, during, then, "", true);
    }
}
