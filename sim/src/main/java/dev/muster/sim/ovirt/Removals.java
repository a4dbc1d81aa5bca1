package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Typing.Refused;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may be removed.
 *
 * @param tree what there is
 */
record Removals(ResourceTree tree) {
    /** What must not be there any more before something of a kind can go, as collections at the root. */
    private static final Map<String, List<String>> USERS = Map.of(
            "cluster", List.of("hosts", "vms"),
            "data_center", List.of("clusters"),
            "mac_pool", List.of("datacenters"),
            "network", List.of("vnicprofiles"),
            "role", List.of("permissions"),
            "template", List.of("vms"));

    private static final Set<String> STOPPED = Set.of("down", "suspended");

    /** Refuses what the engine would not remove. */
    void check(Entity entity) throws Refused {
        switch (entity.tag()) {
            case "vm" -> checkMachine(entity);
            case "host" -> {
                if (entity.text("status").equals("up")) {
                    throw Refused.conflict("Cannot remove Host. Host is operational. Please switch Host to Maintenance"
                            + " mode first.");
                }
            }
            case "disk" -> {
                if (entity.text("status").equals("locked")) {
                    throw Refused.conflict("Cannot remove Virtual Disk: the disk is locked.");
                }
            }
            default -> {}
        }
        for (String users : USERS.getOrDefault(entity.tag(), List.of())) {
            Members members = tree.collection(users);
            for (Entity user : members == null ? List.<Entity>of() : members.list()) {
                if (user.text(entity.tag()).equals(entity.id())) {
                    throw Refused.conflict("Cannot remove " + entity.tag().replace('_', ' ') + ". It is in use by "
                            + user.tag().replace('_', ' ') + " " + user.text("name") + ".");
                }
            }
        }
    }

    private static void checkMachine(Entity vm) throws Refused {
        if (vm.text("delete_protected").equals("true")) {
            throw Refused.conflict("Cannot remove VM. Delete protection is enabled.");
        }
        if (!STOPPED.contains(vm.text("status"))) {
            throw Refused.conflict("Cannot remove VM. VM is running.");
        }
    }

    /** The disks that go with a machine; none for anything else. */
    List<String> disksOf(Entity entity) {
        List<String> disks = new ArrayList<>();
        Members attachments = entity.tag().equals("vm") ? tree.collection(entity.path() + "/diskattachments") : null;
        for (Entity attachment : attachments == null ? List.<Entity>of() : attachments.list()) {
            if (tree.entity("disks/" + attachment.text("disk")) != null) {
                disks.add("disks/" + attachment.text("disk"));
            }
        }
        return disks;
    }
}
