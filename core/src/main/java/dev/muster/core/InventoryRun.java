package dev.muster.core;

import dev.muster.core.internal.TableRun;
import dev.muster.core.internal.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An inventory under way. Thread-safe. */
public final class InventoryRun {
    /** So many answers, and it can be told how many came at once. */
    private static final int MANY = 32;

    private final List<CloudRun> clouds;
    private final @Nullable Measurements measurements;
    private final OnFailure onFailure;
    private final @Nullable Duration deadline;
    private final AtomicInteger open;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final long started = System.nanoTime();
    private volatile boolean givenUp;

    /**
     * One cloud of the run.
     *
     * @param runs every table that is fetched
     * @param shown those that were asked for
     */
    record CloudRun(Cloud cloud, List<TableRun> runs, List<TableRun> shown) {}

    /**
     * How far a table is.
     *
     * @param rows that have arrived
     * @param answered requests
     * @param expected requests in all, as far as is known by now
     * @param settled whether that number is known to be the last word, or may still grow
     * @param done whether nothing more will come
     * @param failures requests that failed
     */
    public record Progress(
            String cloud,
            String table,
            long rows,
            long answered,
            long expected,
            boolean settled,
            boolean done,
            long failures) {}

    /**
     * @param measurements what it is measured for; null where nobody learns
     */
    InventoryRun(
            List<CloudRun> clouds,
            @Nullable Measurements measurements,
            OnFailure onFailure,
            @Nullable Duration deadline) {
        this.clouds = clouds;
        this.measurements = measurements;
        this.onFailure = onFailure;
        this.deadline = deadline;
        this.open = new AtomicInteger(
                1 + clouds.stream().mapToInt(c -> c.runs().size()).sum());
    }

    void start() {
        Duration time = deadline;
        if (time != null) {
            Task.unlessOver(done, time, () -> expire(time));
        }
        for (CloudRun cloud : clouds) {
            cloud.runs().forEach(run -> run.when(this::ended, this::failed));
            cloud.runs().forEach(TableRun::start);
        }
        ended();
    }

    private void ended() {
        if (open.decrementAndGet() == 0) {
            learn();
            done.complete(true);
        }
    }

    private void failed() {
        if (onFailure == OnFailure.STOP) {
            cancel();
        }
    }

    private void expire(Duration time) {
        if (!isDone()) {
            givenUp = true;
            MusterException why = new MusterException.Unreachable(
                    null, "not finished within " + time.toMillis() + " ms, given up", null);
            clouds.forEach(cloud -> cloud.runs().forEach(run -> run.expire(why)));
        }
    }

    /** What plans took, for later choices; what was given up says nothing. */
    private void learn() {
        Measurements into = measurements;
        if (into == null || givenUp) {
            return;
        }
        for (CloudRun cloud : clouds) {
            // Tables of one shape were planned together, and took as long as the first to start and the last to end.
            Map<String, List<TableRun>> shapes = new LinkedHashMap<>();
            cloud.shown()
                    .forEach(run -> shapes.computeIfAbsent(run.begun().shape(), s -> new java.util.ArrayList<>())
                            .add(run));
            shapes.forEach((shape, runs) -> {
                long first =
                        runs.stream().mapToLong(TableRun::startedNanos).min().orElse(0);
                long last = runs.stream().mapToLong(TableRun::endedNanos).max().orElse(0);
                into.ran(
                        cloud.cloud().name(),
                        shape,
                        runs.getFirst().begun().way(),
                        (last - first) / 1e9,
                        runs.stream().mapToDouble(run -> run.report().rows()).sum(),
                        runs.stream().allMatch(run -> run.isComplete() && !run.wasRefused()));
            });
            width(cloud, into);
        }
    }

    /** How many requests were answered at once while there were many to be answered. */
    private static void width(CloudRun cloud, Measurements into) {
        double seconds = 0;
        double from = Double.MAX_VALUE;
        double to = 0;
        for (TableRun run : cloud.runs()) {
            double origin = run.startedNanos() / 1e9;
            for (FetchReport.Took took : run.report().took()) {
                if (took.answers() >= MANY) {
                    seconds += took.seconds();
                    from = Math.min(from, origin + took.from().toNanos() / 1e9);
                    to = Math.max(to, origin + took.to().toNanos() / 1e9);
                }
            }
        }
        if (seconds > 0) {
            into.width(cloud.cloud().name(), Math.max(1, seconds / Math.max(1e-6, to - from)));
        }
    }

    /** Runs {@code then} when nothing more will come, at once where that is so already. */
    public void whenDone(Runnable then) {
        var _ = done.thenRun(then);
    }

    /** How far each table is, in the clouds' and tables' order. */
    public List<Progress> progress() {
        return clouds.stream()
                .flatMap(cloud -> cloud.shown().stream().map(TableRun::progress))
                .toList();
    }

    /** Whether nothing more will come. */
    public boolean isDone() {
        return done.isDone();
    }

    /** Gives up what is under way: {@link #join} then answers soon, and tells what is missing. */
    public void cancel() {
        givenUp = true;
        clouds.forEach(cloud -> cloud.runs().forEach(TableRun::cancel));
    }

    /**
     * Waits until nothing more will come.
     *
     * @throws java.util.concurrent.CancellationException if the waiting thread is interrupted; the run is then cancelled
     * @throws MusterException the first failure, where {@link OnFailure#FAIL} was asked for
     */
    public InventoryReport join() {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw (java.util.concurrent.CancellationException)
                    new java.util.concurrent.CancellationException("interrupted while waiting").initCause(e);
        }
        if (onFailure == OnFailure.FAIL) {
            clouds.stream()
                    .flatMap(cloud -> cloud.runs().stream())
                    .map(TableRun::firstFailure)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
        return report();
    }

    private InventoryReport report() {
        List<InventoryReport.CloudReport> reports = clouds.stream()
                .map(run -> {
                    Traffic traffic = run.cloud().endpoint().traffic();
                    long last = run.runs().stream()
                            .mapToLong(TableRun::endedNanos)
                            .max()
                            .orElse(started);
                    return new InventoryReport.CloudReport(
                            run.cloud().name(),
                            run.cloud().type(),
                            run.cloud().tenancy(),
                            run.shown().stream().map(TableRun::report).toList(),
                            traffic.requests(),
                            traffic.resent(),
                            traffic.bytes(),
                            run.cloud().endpoint().limits(),
                            Duration.ofNanos(last - started));
                })
                .toList();
        Duration elapsed = reports.stream()
                .map(InventoryReport.CloudReport::elapsed)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new InventoryReport(reports, elapsed);
    }
}
