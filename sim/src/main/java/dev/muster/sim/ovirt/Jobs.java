package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, and the events that tell of them. A job has three steps, as the engine's have: validating, executing with a progress,
 * and finalizing. Used under the lock of the timeline.
 */
final class Jobs {
    /** The engine clears its jobs after a while; here it is the number that counts. */
    private static final int KEPT_JOBS = 100;

    private static final int KEPT_EVENTS = 1000;
    private static final List<String> STEPS = List.of("validating", "executing", "finalizing");

    private final ResourceTree tree;
    private final Inventory inventory;
    private final Timeline timeline;
    private int begun;

    Jobs(ResourceTree tree, Inventory inventory, Timeline timeline) {
        this.tree = tree;
        this.inventory = inventory;
        this.timeline = timeline;
    }

    /** A step of a job. */
    static Fields step(int number, String job, String status) {
        String type = STEPS.get(number);
        return Fields.of()
                .put("description", Character.toUpperCase(type.charAt(0)) + type.substring(1))
                .put("external", false)
                .put("number", number)
                .put("progress", status.equals("finished") ? 100 : 0)
                .put("status", status)
                .put("type", type)
                .ref("job", job);
    }

    /**
     * Begins a job and tells of it as an event.
     *
     * @param time how long it takes
     * @param done what there is to do when it ends
     * @return its path
     */
    String begin(
            String description, Duration time, @Nullable String correlation, @Nullable Entity about, Runnable done) {
        String path = "jobs/" + inventory.invented.id("begun job", begun++);
        long now = timeline.millis();
        tree.putFirst(Fields.of()
                .put("description", description)
                .put("auto_cleared", true)
                .put("external", false)
                .moment("last_updated", now)
                .moment("start_time", now)
                .put("status", "started")
                .ref("owner", inventory.path("users", 0))
                .entity("job", path));
        tree.keep("jobs", KEPT_JOBS);
        List<Entity> steps = new ArrayList<>();
        for (int i = 0; i < STEPS.size(); i++) {
            String status = i == 0 ? "finished" : i == 1 ? "started" : "unknown";
            steps.add(step(i, path, status)
                    .moment("start_time", now)
                    .entity("step", path + "/steps/" + inventory.invented.id(path, i)));
        }
        tree.add(path + "/steps", Members.of("step", steps));
        for (int quarter = 1; quarter < 4; quarter++) {
            int progress = quarter * 25;
            timeline.after(
                    time.multipliedBy(quarter).dividedBy(4),
                    () -> change(steps.get(1).path(), "progress", new Value.Whole(progress)));
        }
        timeline.after(time, () -> {
            done.run();
            end(path, "finished");
            event(description, correlation, about);
        });
        return path;
    }

    /** Ends a job with all that is not finished of its steps. */
    void end(String path, String status) {
        Value now = new Value.Moment(timeline.millis());
        Members steps = tree.collection(path + "/steps");
        for (Entity step : steps == null ? List.<Entity>of() : steps.list()) {
            if (!step.text("status").equals("finished")) {
                tree.put(step.with("status", new Value.Text(status))
                        .with("progress", new Value.Whole(100))
                        .with("end_time", now));
            }
        }
        Entity job = tree.entity(path);
        if (job != null) {
            tree.put(job.with("status", new Value.Text(status))
                    .with("end_time", now)
                    .with("last_updated", now));
        }
    }

    private void change(String path, String field, Value value) {
        Entity entity = tree.entity(path);
        if (entity != null) {
            tree.put(entity.with(field, value));
        }
    }

    private void event(String description, @Nullable String correlation, @Nullable Entity about) {
        Members events = tree.collection("events");
        int index = events == null
                ? 1
                : events.list().stream().mapToInt(Jobs::index).max().orElse(0) + 1;
        Fields event = Fields.of()
                .put("description", description)
                .put("code", 0)
                .put("custom_id", -1)
                .put("index", index)
                .put("origin", "oVirt")
                .put("severity", "normal")
                .moment("time", timeline.millis())
                .ref("user", inventory.path("users", 0));
        if (correlation != null) {
            event.put("correlation_id", correlation);
        }
        Model.Type type = Model.official().type("event");
        if (about != null && type != null && type.members().containsKey(about.tag())) {
            event.ref(about.tag(), about.path());
        }
        tree.putFirst(event.entity("event", "events/" + index));
        tree.keep("events", KEPT_EVENTS);
    }

    /** Events are numbered in the order in which they happened. */
    static int index(Entity event) {
        return Integer.parseInt(event.id());
    }
}
