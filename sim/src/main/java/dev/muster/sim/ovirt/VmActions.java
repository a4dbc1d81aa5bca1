package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done to machines: add, update, remove, start, stop and the like. Thread-safe: one change after another. */
final class VmActions {
    private static final Set<String> KNOWN = Set.of("start", "stop", "shutdown", "reboot", "suspend");

    private static final Set<String> STOPPED = Set.of("down", "suspended");

    private final ResourceTree tree;
    private final Inventory inventory;
    private final Duration bootTime;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
    private final long start = System.nanoTime();
    private volatile boolean waiting;
    private int added;

    /** A machine that will be in another state at a moment of System.nanoTime, counted from {@link #start}. */
    private record Due(long nanos, String path, String status) {}

    VmActions(ResourceTree tree, Inventory inventory, Duration bootTime) {
        this.tree = tree;
        this.inventory = inventory;
        this.bootTime = bootTime;
    }

    /** Brings machines into the states whose time has come. */
    void settle() {
        if (!waiting) {
            return;
        }
        synchronized (this) {
            for (Due next; (next = due.peek()) != null && next.nanos <= System.nanoTime() - start; ) {
                due.remove();
                Entity vm = tree.entity(next.path);
                if (vm != null) {
                    tree.put(vm.with("status", new Value.Text(next.status)));
                }
            }
            waiting = !due.isEmpty();
        }
    }

    synchronized SimReply answer(SimRequest request, String path, Format format) {
        String[] parts = path.split("/", -1);
        Body body = Body.read(request);
        if (body == null) {
            return OvirtService.fault(format, 400, "Operation Failed", "[The body of the request cannot be read.]");
        }
        String call = request.method() + " " + (parts[0].equals("vms") ? parts.length : -1);
        if (call.equals("POST 1")) {
            return add(body, format);
        }
        Entity vm = parts.length > 1 ? tree.entity("vms/" + parts[1]) : null;
        if (vm == null && parts[0].equals("vms")) {
            return SimReply.empty(404);
        }
        if (vm != null) {
            switch (call) {
                case "PUT 2" -> {
                    return update(vm, body, format);
                }
                case "DELETE 2" -> {
                    return remove(vm, format);
                }
                case "POST 3" -> {
                    if (KNOWN.contains(parts[2])) {
                        return act(vm, parts[2], format);
                    }
                }
                default -> {}
            }
        }
        return tree.collection(path) == null && tree.entity(path) == null
                ? SimReply.empty(404)
                : SimReply.html(405, "Method Not Allowed");
    }

    private SimReply add(Body body, Format format) {
        Members vms = tree.collection("vms");
        String name = body.text("name");
        Entity cluster = referred("clusters", body, "cluster");
        if (name == null || vms == null) {
            return OvirtService.fault(format, 400, "Incomplete parameters", "Vm [name] required for add");
        }
        if (cluster == null) {
            return OvirtService.fault(format, 400, "Incomplete parameters", "Vm [cluster.id|name] required for add");
        }
        if (vms.byId().values().stream().anyMatch(vm -> vm.text("name").equals(name))) {
            return OvirtService.fault(
                    format,
                    409,
                    "Operation Failed",
                    "[Cannot add VM. The VM name is already in use, please choose a unique name and try again.]");
        }
        Entity template = referred("templates", body, "template");
        String path = "vms/" + inventory.invented.id("added", added++);
        long memory = number(body, "memory", 1L << 30);
        List<Value.Field> fields = new ArrayList<>(Fields.named(name)
                .put("description", String.valueOf(body.texts().getOrDefault("description", "")))
                .put("comment", String.valueOf(body.texts().getOrDefault("comment", "")))
                .put("bios", Fields.of().put("type", "q35_sea_bios"))
                .put("cpu", cpu(body))
                .moment("creation_time", Invented.EPOCH_MILLIS + added)
                .put("delete_protected", false)
                .put(
                        "display",
                        Fields.of()
                                .put("monitors", 1)
                                .put("smartcard_enabled", false)
                                .put("type", "vnc"))
                .put("memory", memory)
                .put("origin", "ovirt")
                .put("stateless", false)
                .put("type", "server")
                .ref("cluster", cluster.path())
                .put("status", "down")
                .ref("template", template == null ? inventory.templatePath(0) : template.path())
                .struct()
                .fields());
        Entity vm = new Entity("vm", path, Machines.ACTIONS, Machines.LINKS, fields);
        tree.put(vm);
        return OvirtService.reply(201, format, format.document("vm", vm))
                .with("Location", Format.ROOT + "/" + vm.path());
    }

    private static Fields cpu(Body body) {
        return Fields.of()
                .put("architecture", "x86_64")
                .put(
                        "topology",
                        Fields.of()
                                .put("cores", number(body, "cpu.topology.cores", 1))
                                .put("sockets", number(body, "cpu.topology.sockets", 1))
                                .put("threads", number(body, "cpu.topology.threads", 1)));
    }

    private static long number(Body body, String path, long otherwise) {
        String text = body.text(path);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise; // A size that is no number: the engine's defaults apply.
        }
    }

    private @Nullable Entity referred(String collection, Body body, String element) {
        String id = body.text(element + ".id");
        if (id != null) {
            return tree.entity(collection + "/" + id);
        }
        String name = body.text(element + ".name");
        Members members = tree.collection(collection);
        if (name == null || members == null) {
            return null;
        }
        return members.byId().values().stream()
                .filter(entity -> entity.text("name").equals(name))
                .findFirst()
                .orElse(null);
    }

    private SimReply update(Entity vm, Body body, Format format) {
        Entity updated = vm;
        for (String name : List.of("name", "description", "comment")) {
            String text = body.text(name);
            updated = text == null ? updated : updated.with(name, new Value.Text(text));
        }
        if (body.text("memory") != null) {
            updated = updated.with("memory", new Value.Whole(number(body, "memory", 1L << 30)));
        }
        if (body.text("cpu.topology.cores") != null) {
            updated = updated.with("cpu", cpu(body).struct());
        }
        tree.put(updated);
        return OvirtService.reply(200, format, format.document("vm", updated));
    }

    private SimReply remove(Entity vm, Format format) {
        if (vm.text("delete_protected").equals("true")) {
            return OvirtService.fault(
                    format, 409, "Operation Failed", "[Cannot remove VM. Delete protection is enabled.]");
        }
        if (!STOPPED.contains(vm.text("status"))) {
            return OvirtService.fault(format, 409, "Operation Failed", "[Cannot remove VM. VM is running.]");
        }
        tree.remove(vm.path());
        return complete(format);
    }

    private SimReply act(Entity vm, String action, Format format) {
        boolean stopped = STOPPED.contains(vm.text("status"));
        return switch (action) {
            case "start" -> {
                if (!stopped && !vm.text("status").equals("paused")) {
                    yield refused(format, "[Cannot run VM. VM is running.]");
                }
                int host = Math.floorMod(vm.id().hashCode(), inventory.hosts);
                become(vm.with("host", new Value.Ref(inventory.path("hosts", host))), "wait_for_launch", "up");
                yield complete(format);
            }
            case "stop", "shutdown" -> {
                if (vm.text("status").equals("down")) {
                    yield refused(format, "[Cannot " + action + " VM. VM is not running.]");
                }
                become(vm.without("host"), "powering_down", "down");
                yield complete(format);
            }
            case "suspend" -> {
                if (stopped) {
                    yield refused(format, "[Cannot suspend VM. VM is not running.]");
                }
                become(vm.without("host"), "saving_state", "suspended");
                yield complete(format);
            }
            default -> {
                if (stopped) {
                    yield refused(format, "[Cannot reboot VM. VM is not running.]");
                }
                become(vm, "reboot_in_progress", "up");
                yield complete(format);
            }
        };
    }

    private void become(Entity vm, String at, String then) {
        due.removeIf(other -> other.path.equals(vm.path()));
        if (bootTime.isZero()) {
            tree.put(vm.with("status", new Value.Text(then)));
            return;
        }
        tree.put(vm.with("status", new Value.Text(at)));
        due.add(new Due(System.nanoTime() - start + bootTime.toNanos(), vm.path(), then));
        waiting = true;
    }

    private static SimReply complete(Format format) {
        return OvirtService.reply(
                200,
                format,
                format.document("action", Fields.of().put("status", "complete").struct()));
    }

    private static SimReply refused(Format format, String detail) {
        Fields fault = Fields.of().put("detail", detail).put("reason", "Operation Failed");
        Value.Struct action =
                Fields.of().put("fault", fault).put("status", "failed").struct();
        return OvirtService.reply(409, format, format.document("action", action));
    }
}
