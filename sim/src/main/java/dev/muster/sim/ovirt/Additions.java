package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Typing.Refused;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Makes new entities of what requests bring, and what the engine adds to that. Used under the lock of the timeline. */
final class Additions {
    /** Kinds that may share a name. */
    private static final Set<String> NOT_BY_NAME = Set.of(
            "disk",
            "disk_attachment",
            "event",
            "group",
            "openstack_image",
            "permission",
            "snapshot",
            "statistic",
            "user");

    /** Kinds whose names differ only among those that this member of theirs is the same of. */
    private static final Map<String, String> WITHIN = Map.of(
            "cpu_profile",
            "cluster",
            "disk_profile",
            "storage_domain",
            "network",
            "data_center",
            "vnic_profile",
            "network");

    private static final Predicate<String> NAMES =
            Pattern.compile("(?:.*\\.)?(?:name|id)").asMatchPredicate();

    private final ResourceTree tree;
    private final Inventory inventory;
    private final Timeline timeline;
    private final Typing typing;
    private int made;

    Additions(ResourceTree tree, Inventory inventory, Timeline timeline, Typing typing) {
        this.tree = tree;
        this.inventory = inventory;
        this.timeline = timeline;
        this.typing = typing;
    }

    /** A new entity of a collection, not yet put there. */
    Entity entity(String collection, String tag, Model.Operation add, Body body) throws Refused {
        Model.Type type = Model.official().type(tag);
        if (type == null) {
            throw new IllegalStateException("the model lists " + tag + " and does not say what that is");
        }
        String at = tree.canonical(collection);
        Entity parent = at.contains("/") ? tree.entity(at.substring(0, at.lastIndexOf('/'))) : null;
        String by = parent == null || tree.owns(at) ? null : ResourceTree.viewedBy(tag, parent);
        String home = Model.official().home(tag);
        if (parent != null && by == null && home != null) {
            Entity known = typing.find(home, body);
            if (known != null) {
                return within(parent, known.at(at + "/" + known.id()), type);
            }
        }
        checkNeeds(tag, add, body);
        String root = by == null || home == null ? at : home;
        // Labels and features, which are nothing but their names, come with the identifier they are to have.
        String given = home == null ? body.text("id") : null;
        String id = given == null || given.contains("/") ? newId(root, tag) : given;
        Entity made = new Entity(tag, root + "/" + id, typing.fields(type, body));
        made = parent == null ? made : within(parent, made, type);
        made = tag.equals("disk_attachment") ? attachment(made, at, body) : completed(made);
        checkName(made);
        return made;
    }

    private String newId(String collection, String tag) {
        if (tag.equals("event")) {
            Members events = tree.collection(collection);
            long last = events == null
                    ? 0
                    : events.list().stream().mapToInt(Jobs::index).max().orElse(0);
            return Long.toString(last + 1);
        }
        return inventory.invented.id("added " + collection, made++);
    }

    /** Says of a new entity what it belongs to. */
    private static Entity within(Entity parent, Entity entity, Model.Type type) {
        String by = ResourceTree.viewedBy(type.tag(), parent);
        if (type.tag().equals("disk") && by != null) {
            return entity.with(by, new Value.Many(parent.tag(), List.of(new Value.Ref(parent.path()))));
        }
        Model.Member member = type.members().get(parent.tag());
        return member != null && parent.tag().equals(member.kind().struct())
                ? entity.with(member.name(), new Value.Ref(parent.path()))
                : entity;
    }

    /**
     * Refuses what names or refers to too little. The model lists more that "must" be given, such as how a disk is
     * attached; the engine has defaults for that.
     */
    private static void checkNeeds(String tag, Model.Operation add, Body body) throws Refused {
        String missing = null;
        boolean named = false;
        for (List<String> need : tag.equals("disk_attachment") ? List.<List<String>>of() : add.needs()) {
            List<String> lacking =
                    need.stream().filter(path -> !given(path, body)).toList();
            boolean names = need.stream().anyMatch(NAMES);
            if (lacking.isEmpty() || (names && lacking.stream().noneMatch(NAMES))) {
                return;
            }
            missing = missing == null || (names && !named) ? String.join(", ", lacking) : missing;
            named |= names;
        }
        if (missing != null) {
            throw new Refused(
                    400,
                    "Incomplete parameters",
                    Character.toUpperCase(tag.charAt(0)) + tag.substring(1) + " ["
                            + missing.replaceAll("\\|[\\w.]*\\.", "|") + "] required for add");
        }
    }

    private static boolean given(String alternatives, Body body) {
        for (String path : alternatives.split("\\|", -1)) {
            String text = body.text(path);
            if (body.part(path) != null && (text == null || !text.isEmpty())) {
                return true;
            }
        }
        return false;
    }

    /** Refuses a name that another one of the same kind and place has. */
    void checkName(Entity entity) throws Refused {
        String name = entity.text("name");
        Members others =
                tree.collection(entity.path().substring(0, entity.path().lastIndexOf('/')));
        if (name.isEmpty() || others == null || NOT_BY_NAME.contains(entity.tag())) {
            return;
        }
        String within = WITHIN.get(entity.tag());
        for (Entity other : others.byId().values()) {
            boolean same = other.text("name").equals(name) && !other.id().equals(entity.id());
            if (same && (within == null || other.text(within).equals(entity.text(within)))) {
                String kind = entity.tag().equals("vm") ? "VM" : entity.tag().replace('_', ' ');
                throw Refused.conflict("Cannot add " + kind + ". The " + kind
                        + " name is already in use, please choose a unique name and try again.");
            }
        }
    }

    /** An attachment has the id of its disk, which comes with it unless there is one already. */
    private Entity attachment(Entity attachment, String collection, Body body) throws Refused {
        Body given = body.part("disk");
        if (given == null) {
            throw new Refused(400, "Incomplete parameters", "DiskAttachment [disk] required for add");
        }
        Entity disk = given.text("id") == null ? null : typing.find("disks", given);
        if (disk == null) {
            Model.Type type = Model.official().type("disk");
            disk = completed(new Entity(
                    "disk", "disks/" + newId("disks", "disk"), type == null ? List.of() : typing.fields(type, given)));
            tree.put(disk.with("status", new Value.Text("ok")));
        }
        Entity made = attachment.at(collection + "/" + disk.id()).with("disk", new Value.Ref(disk.path()));
        return filled(
                made,
                Fields.of()
                        .put("active", true)
                        .put("bootable", false)
                        .put("interface", "virtio_scsi")
                        .put("pass_discard", false)
                        .put("read_only", false)
                        .put("uses_scsi_reservation", false));
    }

    /** With what the engine says of such a thing by itself. */
    private Entity completed(Entity entity) {
        long now = timeline.millis();
        return filled(
                entity,
                switch (entity.tag()) {
                    case "vm" ->
                        Fields.of()
                                .put("description", "")
                                .put("comment", "")
                                .put("bios", Fields.of().put("type", "q35_sea_bios"))
                                .put("cpu", inventory.cpu(1, 1, 1))
                                .moment("creation_time", now)
                                .put("delete_protected", false)
                                .put(
                                        "display",
                                        Fields.of()
                                                .put("monitors", 1)
                                                .put("smartcard_enabled", false)
                                                .put("type", "vnc"))
                                .put("memory", 1L << 30)
                                .put("origin", "ovirt")
                                .put("os", Fields.of().put("type", "other"))
                                .put("stateless", false)
                                .put("type", "server")
                                .ref("template", inventory.templatePath(0));
                    case "disk" ->
                        Fields.of()
                                .put("actual_size", 0)
                                .put("content_type", "data")
                                .put("format", "cow")
                                .put("propagate_errors", false)
                                .put("shareable", false)
                                .put("sparse", true)
                                .put("storage_type", "image")
                                .put("wipe_after_delete", false);
                    case "template" ->
                        Fields.of()
                                .put("cpu", inventory.cpu(1, 1, 1))
                                .moment("creation_time", now)
                                .put("memory", 1L << 30);
                    case "nic" ->
                        Fields.of()
                                .put("interface", "virtio")
                                .put("linked", true)
                                .put("plugged", true);
                    case "snapshot" -> Fields.of().moment("date", now).put("snapshot_type", "regular");
                    case "event" -> Fields.of().put("index", Jobs.index(entity)).moment("time", now);
                    case "job" ->
                        Fields.of()
                                .put("auto_cleared", true)
                                .put("external", true)
                                .moment("last_updated", now)
                                .moment("start_time", now);
                    case "host" -> Fields.of().put("port", 54321).put("type", "rhel");
                    case "role" -> Fields.of().put("administrative", false).put("mutable", true);
                    case "vm_pool" ->
                        Fields.of().put("size", 0).put("stateful", false).put("type", "automatic");
                    default -> Fields.of();
                });
    }

    private static Entity filled(Entity entity, Fields otherwise) {
        Entity filled = entity;
        for (Value.Field field : otherwise.struct().fields()) {
            filled = filled.value(field.name()) == null ? filled.with(field.name(), field.value()) : filled;
        }
        return filled;
    }

    /** Puts a copy of a machine or a disk beside it, under the name that was asked for. */
    void copy(Entity entity, Body body) throws Refused {
        String name = body.text(entity.tag() + ".name");
        String collection = entity.path().substring(0, entity.path().lastIndexOf('/'));
        Entity copy = entity.at(collection + "/" + newId(collection, entity.tag()))
                .with("name", new Value.Text(name == null ? entity.text("name") + "_copy" : name))
                .without("host");
        copy = entity.tag().equals("vm") ? copy.with("status", new Value.Text("down")) : copy;
        checkName(copy);
        tree.put(copy);
    }

    /** Where a machine is to run: the host that was asked for, or another one than now. */
    Value host(Entity vm, Body body) {
        Members hosts = tree.collection("hosts");
        List<Entity> up = new ArrayList<>();
        for (Entity host : hosts == null ? List.<Entity>of() : hosts.list()) {
            if (host.text("status").equals("up") && !host.id().equals(vm.text("host"))) {
                up.add(host);
            }
        }
        String asked = body.text("host.id");
        if (asked != null) {
            return new Value.Ref("hosts/" + asked);
        }
        return up.isEmpty()
                ? new Value.Ref(inventory.path("hosts", 0))
                : new Value.Ref(
                        up.get(Math.floorMod(vm.id().hashCode(), up.size())).path());
    }
}
