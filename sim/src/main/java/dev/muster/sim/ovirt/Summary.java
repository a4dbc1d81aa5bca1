package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import java.util.ArrayList;
import java.util.List;

/**
 * The document at the root of the API: what the product is, what there is.
 *
 * @param inventory what is counted
 * @param tree where machines that came and went since are counted
 */
record Summary(Inventory inventory, ResourceTree tree) {
    private static final List<String> COLLECTIONS = List.of(
            "clusters",
            "datacenters",
            "disks",
            "events",
            "groups",
            "hosts",
            "jobs",
            "networks",
            "permissions",
            "roles",
            "storagedomains",
            "tags",
            "templates",
            "users",
            "vmpools",
            "vms",
            "vnicprofiles");

    Value document() {
        ResourceTree.Members vms = tree.collection("vms");
        List<ResourceTree.Members> all = vms == null ? List.of() : List.of(vms);
        long total = all.stream().mapToLong(members -> members.byId().size()).sum();
        long up = all.stream()
                .flatMap(members -> members.byId().values().stream())
                .filter(vm -> vm.text("status").equals("up"))
                .count();
        List<Value.Field> fields = new ArrayList<>();
        fields.addAll(Fields.of()
                .put(
                        "product_info",
                        Fields.of()
                                .put("instance_id", inventory.invented.id("engine", 0))
                                .put("name", "oVirt Engine")
                                .put("vendor", "ovirt.org")
                                .put(
                                        "version",
                                        Fields.of()
                                                .put("build", 5)
                                                .put("full_version", "4.5.5-1.el9")
                                                .put("major", 4)
                                                .put("minor", 5)
                                                .put("revision", 0)))
                .put(
                        "summary",
                        Fields.of()
                                .put("hosts", count(inventory.hosts, inventory.hosts))
                                .put("storage_domains", count(inventory.dataCenters * 3L, inventory.dataCenters * 3L))
                                .put("users", count(1, inventory.users))
                                .put("vms", count(up, total)))
                .moment("time", Invented.EPOCH_MILLIS)
                .ref("authenticated_user", inventory.path("users", 0))
                .ref("effective_user", inventory.path("users", 0))
                .struct()
                .fields());
        return new Value.Entity("api", "", List.of(), COLLECTIONS, fields);
    }

    private static Fields count(long active, long total) {
        return Fields.of().put("active", active).put("total", total);
    }
}
