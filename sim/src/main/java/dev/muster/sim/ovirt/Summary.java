package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import java.util.List;

/**
 * The document at the root of the API: what the product is, what there is.
 *
 * @param inventory what is counted
 * @param tree where machines that came and went since are counted
 */
record Summary(Inventory inventory, ResourceTree tree) {
    Value document() {
        List<Value.Entity> vms = all("vms");
        List<Value.Entity> hosts = all("hosts");
        long domains = all("storagedomains").size();
        String blank = inventory.templatePath(0);
        List<Value.Field> fields = Fields.of()
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
                        "special_objects",
                        Fields.of()
                                .ref("blank_template", blank)
                                .ref("root_tag", "tags/00000000-0000-0000-0000-000000000000"))
                .put(
                        "summary",
                        Fields.of()
                                .put("hosts", count(up(hosts), hosts.size()))
                                .put("storage_domains", count(domains, domains))
                                .put("users", count(1, all("users").size()))
                                .put("vms", count(up(vms), vms.size())))
                .moment("time", Invented.EPOCH_MILLIS)
                .ref("authenticated_user", inventory.path("users", 0))
                .ref("effective_user", inventory.path("users", 0))
                .struct()
                .fields();
        return new Value.Entity("api", "", fields);
    }

    private List<Value.Entity> all(String path) {
        ResourceTree.Members members = tree.collection(path);
        return members == null ? List.of() : members.list();
    }

    private static long up(List<Value.Entity> entities) {
        return entities.stream()
                .filter(entity -> entity.text("status").equals("up"))
                .count();
    }

    private static Fields count(long active, long total) {
        return Fields.of().put("active", active).put("total", total);
    }
}
