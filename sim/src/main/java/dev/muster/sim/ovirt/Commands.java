package dev.muster.sim.ovirt;

import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.ovirt.Typing.Refused;
import dev.muster.sim.ovirt.Value.Entity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that changes the cloud: adding, updating, removing, acting. Thread-safe: one change after another. */
final class Commands {
    private final ResourceTree tree;
    private final Inventory inventory;
    private final Timeline timeline;
    private final Duration time;
    private final Jobs jobs;
    private final Typing typing;
    private final Additions additions;

    /**
     * What came of a command.
     *
     * @param at the path of an entity that is the answer as it is by then; null = the answer is the value
     */
    private record Outcome(
            int status,
            String tag,
            @Nullable Value value,
            @Nullable String at) {}

    Commands(ResourceTree tree, Inventory inventory, Timeline timeline, Duration time) {
        this.tree = tree;
        this.inventory = inventory;
        this.timeline = timeline;
        this.time = time;
        this.jobs = new Jobs(tree, inventory, timeline);
        this.typing = new Typing(tree);
        this.additions = new Additions(tree, inventory, timeline, typing);
    }

    SimReply answer(SimRequest request, String path, Format format) {
        Body body = Body.read(request);
        if (body == null) {
            return OvirtService.fault(
                    format, 400, "Operation Failed", "For correct usage, see: " + Format.ROOT + "/model#services");
        }
        try {
            Outcome outcome;
            synchronized (timeline) {
                outcome = carryOut(request, path, body);
            }
            if (blocking(request, body)) {
                timeline.sleep(time);
            }
            return reply(outcome, format);
        } catch (Refused refused) {
            boolean action = request.method().equals("POST") && refused.status == 409 && action(path) != null;
            Value.Struct fault = Fields.of()
                    .put("detail", refused.detail())
                    .put("reason", refused.reason)
                    .struct();
            Value failed =
                    Fields.of().put("fault", fault).put("status", "failed").struct();
            return OvirtService.reply(
                    refused.status,
                    format,
                    action ? format.document("action", failed) : format.document("fault", fault));
        }
    }

    /** Whether the client wants to wait for the end: in the body, in the query, or in a header. */
    private static boolean blocking(SimRequest request, Body body) {
        String async = body.text("async");
        String expect = request.header("Expect");
        String other = request.header("X-Ovirt-Expect");
        return "false".equals(async)
                || "false".equals(SimRequest.first(request.query(), "async"))
                || (expect + " " + other).contains("201-created");
    }

    private SimReply reply(Outcome outcome, Format format) {
        Value value = outcome.at == null ? outcome.value : tree.entity(outcome.at);
        if (value == null) {
            return SimReply.empty(outcome.status);
        }
        SimReply reply = OvirtService.reply(outcome.status, format, format.document(outcome.tag, value));
        boolean added = outcome.at != null && outcome.status != 200;
        return added ? reply.with("Location", Format.ROOT + "/" + outcome.at) : reply;
    }

    private static Model.@Nullable Operation action(String path) {
        int slash = Math.max(0, path.lastIndexOf('/'));
        Model.Service service = Model.official().at(path.substring(0, slash));
        return service == null ? null : service.actions().get(path.substring(path.lastIndexOf('/') + 1));
    }

    private Outcome carryOut(SimRequest request, String path, Body body) throws Refused {
        Model.Service service = Model.official().at(path);
        Model.Operation operation =
                service == null ? null : service.operations().get(operation(request.method()));
        String correlation = OvirtService.correlation(request);
        if (request.method().equals("POST")) {
            Model.Operation action = action(path);
            if (action != null) {
                return act(path.substring(0, Math.max(0, path.lastIndexOf('/'))), action, body, correlation);
            }
            if (service != null && operation != null && (service.lists() == null || tree.collection(path) != null)) {
                return add(path, service, operation, body, correlation);
            }
        }
        Entity entity = tree.entity(path);
        if (entity != null && operation != null && request.method().equals("PUT")) {
            return update(entity, body);
        }
        if (entity != null && operation != null && request.method().equals("DELETE")) {
            return remove(path, entity, request.query(), correlation);
        }
        boolean there = entity != null || path.isEmpty() || tree.collection(path) != null;
        return new Outcome(there ? 405 : 404, "", null, null);
    }

    private static String operation(String method) {
        return switch (method) {
            case "POST" -> "add";
            case "PUT" -> "update";
            case "DELETE" -> "remove";
            default -> "";
        };
    }

    private Outcome add(
            String path, Model.Service service, Model.Operation add, Body body, @Nullable String correlation)
            throws Refused {
        String tag = service.lists();
        if (tag == null) {
            return new Outcome(202, "action", begin("Importing", null, correlation, time, () -> {}), null);
        }
        Entity added = additions.entity(path, tag, add, body);
        boolean attached = tag.equals("storage_domain") && added.value("data_center") != null;
        Effect effect = attached ? Effect.attached() : Effect.added(tag);
        tree.put(effect.during(added));
        begin("Adding " + called(added), added, correlation, effect.takes(time), () -> settle(added.path(), effect));
        boolean pending = !effect.takes(time).isZero();
        return new Outcome(pending ? 202 : 201, tag, null, added.path());
    }

    private Outcome update(Entity entity, Body body) throws Refused {
        Model.Type type = Model.official().type(entity.tag());
        Entity updated = entity;
        for (Value.Field field : type == null ? List.<Value.Field>of() : typing.fields(type, body)) {
            updated = updated.with(field.name(), merged(entity.value(field.name()), field.value()));
        }
        additions.checkName(updated);
        tree.put(updated);
        return new Outcome(200, entity.tag(), null, entity.path());
    }

    private static Value merged(@Nullable Value before, Value given) {
        if (!(before instanceof Value.Struct(List<Value.Field> old))
                || !(given instanceof Value.Struct(List<Value.Field> parts))) {
            return given;
        }
        Entity merged = new Entity("", "", old);
        for (Value.Field part : parts) {
            merged = merged.with(part.name(), merged(merged.value(part.name()), part.value()));
        }
        return new Value.Struct(merged.fields());
    }

    private Outcome remove(String path, Entity entity, Map<String, List<String>> query, @Nullable String correlation)
            throws Refused {
        int slash = path.lastIndexOf('/');
        String collection = tree.canonical(path.substring(0, slash));
        String at = tree.owns(collection) ? collection + path.substring(slash) : entity.path();
        if (at.equals(entity.path())) {
            Removals removals = new Removals(tree);
            removals.check(entity);
            if (!"true".equals(SimRequest.first(query, "detach_only"))) {
                removals.disksOf(entity).forEach(tree::remove);
            }
        }
        tree.remove(at);
        Value action = begin("Removing " + called(entity), entity, correlation, Duration.ZERO, () -> {});
        return new Outcome(200, "action", action, null);
    }

    private Outcome act(String path, Model.Operation action, Body body, @Nullable String correlation) throws Refused {
        Entity entity = tree.entity(path);
        String what =
                Character.toUpperCase(action.name().charAt(0)) + action.name().substring(1);
        if (entity == null) {
            boolean there = path.isEmpty() || tree.collection(path) != null;
            return there
                    ? new Outcome(200, "action", answer(begin(what, null, correlation, time, () -> {}), action), null)
                    : new Outcome(404, "", null, null);
        }
        Effect effect = Effect.of(entity.tag(), action.name());
        effect.check(entity);
        Entity changed = effect.during(entity);
        switch (entity.tag() + " " + action.name()) {
            case "vm start", "vm migrate" -> changed = changed.with("host", additions.host(entity, body));
            case "vm stop", "vm shutdown", "vm suspend" -> changed = changed.without("host");
            case "vm clone", "disk copy" -> additions.copy(entity, body);
            case "job end" -> jobs.end(path, "false".equals(body.text("succeeded")) ? "failed" : "finished");
            default -> {}
        }
        if (!changed.equals(entity)) {
            tree.put(changed);
        }
        if (action.name().equals("clear")) {
            tree.remove(entity.path());
        }
        Value.Struct done = begin(
                what + " of " + called(entity),
                entity,
                correlation,
                effect.takes(time),
                () -> settle(entity.path(), effect));
        boolean pending = effect.task() && !time.isZero();
        return new Outcome(pending ? 202 : 200, "action", answer(pending ? inProgress(done) : done, action), null);
    }

    /** Begins a job; its place and that it went well, as actions are answered. */
    private Value.Struct begin(
            String description, @Nullable Entity about, @Nullable String correlation, Duration time, Runnable done) {
        Fields action = Fields.of()
                .ref("job", jobs.begin(description, time, correlation, about, done))
                .put("status", "complete");
        Model.Type type = Model.official().type("action");
        if (about != null && type != null && type.members().containsKey(about.tag())) {
            action.ref(about.tag(), about.path());
        }
        return action.struct();
    }

    private static Value.Struct inProgress(Value.Struct action) {
        return new Value.Struct(new Entity("", "", action.fields())
                .with("status", new Value.Text("in_progress"))
                .fields());
    }

    /** With what an action answers beside that it went well. */
    private Value.Struct answer(Value.Struct done, Model.Operation action) {
        Model.Kind kind = action.answer();
        if (kind == null) {
            return done;
        }
        Value value;
        if (kind.each() != null) {
            value = new Value.Many(kind.each(), List.of());
        } else {
            value = switch (kind.name()) {
                case "flag" -> new Value.Flag(true);
                case "text" -> new Value.Text("[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=5900\n");
                case "@ticket" ->
                    Fields.of()
                            .put("expiry", 7200)
                            .put("value", inventory.invented.id("ticket", 0).substring(0, 12))
                            .struct();
                default -> new Value.Struct(List.of());
            };
        }
        return new Value.Struct(
                new Entity("", "", done.fields()).with(action.gives(), value).fields());
    }

    /** Brings an entity into the state it was meant for, if nothing else has happened to it since. */
    private void settle(String path, Effect effect) {
        Entity entity = tree.entity(path);
        if (entity != null && effect.waits(entity)) {
            tree.put(effect.then(entity));
        }
    }

    /** An entity in the words of the engine: {@code VM web001}. */
    private static String called(Entity entity) {
        String kind = entity.tag().equals("vm") ? "VM" : entity.tag().replace('_', ' ');
        String name = entity.text("name");
        return kind + " " + (name.isEmpty() ? entity.id() : name);
    }
}
