package dev.muster.core;

import dev.muster.core.internal.TableRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An inventory under way. Thread-safe. */
public final class InventoryRun {
    private final List<CloudRun> clouds;
    private final CountDownLatch open;
    private final long started = System.nanoTime();

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
     * @param done whether nothing more will come
     * @param failures requests that failed
     */
    public record Progress(
            String cloud, String table, long rows, long answered, long expected, boolean done, long failures) {}

    InventoryRun(List<CloudRun> clouds) {
        this.clouds = clouds;
        this.open = new CountDownLatch(
                clouds.stream().mapToInt(c -> c.runs().size()).sum());
    }

    void start() {
        for (CloudRun cloud : clouds) {
            cloud.runs().forEach(run -> run.whenDone(open::countDown));
            cloud.runs().forEach(TableRun::start);
        }
    }

    /** How far each table is, in the clouds' and tables' order. */
    public List<Progress> progress() {
        return clouds.stream()
                .flatMap(cloud -> cloud.shown().stream().map(TableRun::progress))
                .toList();
    }

    /** Whether nothing more will come. */
    public boolean isDone() {
        return open.getCount() == 0;
    }

    /** Gives up what is under way: {@link #join} then answers soon, and tells what is missing. */
    public void cancel() {
        clouds.forEach(cloud -> cloud.runs().forEach(TableRun::cancel));
    }

    /**
     * Waits until nothing more will come.
     *
     * @throws java.util.concurrent.CancellationException if the waiting thread is interrupted; the run is then cancelled
     */
    public InventoryReport join() {
        try {
            open.await();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw (java.util.concurrent.CancellationException)
                    new java.util.concurrent.CancellationException("interrupted while waiting").initCause(e);
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
                            run.shown().stream().map(TableRun::report).toList(),
                            traffic.requests(),
                            traffic.resent(),
                            traffic.bytes(),
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
