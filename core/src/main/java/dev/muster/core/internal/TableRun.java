package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.Endpoint;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.FetchReport.Outcome;
import dev.muster.core.InventoryRun;
import dev.muster.core.Row;
import dev.muster.core.RowSink;
import dev.muster.core.Table;
import dev.muster.core.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The fetching of one table: it carries out the plan, hands rows to the sink and to the tables fetched for each of them, and
 * keeps account. A listing is walked on a virtual thread, so that the strategies read as what they are; how much is on the
 * wire at once is the engine's affair, and how much waits for it is bounded by a window.
 */
public final class TableRun {
    /** Walks under way at once: far more than any engine has places, far less than a large cloud has rows. */
    private static final int WINDOW = 256;

    private final Table table;
    private final FetchPlan plan;
    private final RowSink sink;
    private final Traffic traffic;
    private final String cloud;
    private final Walker walker;
    private final List<TableRun> children = new ArrayList<>();
    private final Semaphore window = new Semaphore(WINDOW);
    private final Failures failures = new Failures();

    /** One for the source of walks (the parent, or this run itself), one for each walk under way. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final LongAdder rows = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder expected = new LongAdder();
    private volatile boolean cancelled;
    private volatile long startedNanos;
    private volatile long endedNanos;
    private volatile Runnable whenDone = () -> {};

    public TableRun(Endpoint endpoint, Table table, List<Column> columns, FetchPlan plan, RowSink sink) {
        this.table = table;
        this.plan = plan;
        this.sink = sink;
        this.cloud = endpoint.cloud();
        this.traffic = new Traffic(endpoint.traffic());
        this.walker = new Walker(endpoint.counting(traffic), table, columns);
    }

    public Table table() {
        return table;
    }

    /** Before the start: {@code child} is listed for each row of this table. */
    public void feeds(TableRun child) {
        children.add(child);
    }

    /** Before the start: {@code then} runs once when nothing more will come. */
    public void whenDone(Runnable then) {
        whenDone = then;
    }

    /** Starts, unless it waits for the rows of a parent. */
    public void start() {
        startedNanos = System.nanoTime();
        if (table.parent() == null) {
            children.forEach(child -> child.walker.prepare());
            walk(null, new RowSink.Order(List.of()));
            closed();
        }
    }

    /** Rows of the parent, each of which this table is listed for. Blocks while too much is waiting. */
    private void parentRows(RowSink.Batch batch) {
        expected.add(batch.rows().size());
        for (int i = 0; i < batch.rows().size(); i++) {
            window.acquireUninterruptibly();
            walk(batch.rows().get(i), batch.order().below(i));
        }
    }

    private void walk(@Nullable Row parent, RowSink.Order order) {
        open.incrementAndGet();
        Task.THREADS.execute(() -> {
            try {
                if (cancelled || failures.hopeless()) {
                    failures.notAsked();
                } else {
                    walker.walk(rowsOf(plan), parent, (page, batch) -> deliver(order.below(page), batch), this::page);
                    failures.worked();
                }
            } catch (CancellationException e) {
                failures.notAsked();
            } catch (RuntimeException e) {
                failures.add(e);
            } finally {
                if (parent != null) {
                    window.release();
                }
                closed();
            }
        });
    }

    /** What walks one listing: below fan-out and stages, which are this class's own part of the plan. */
    private static FetchPlan rowsOf(FetchPlan plan) {
        return switch (plan) {
            case FetchPlan.FanOut(FetchPlan each, FetchPlan list) -> rowsOf(list);
            case FetchPlan.TwoStage(FetchPlan list, var details) -> rowsOf(list);
            case FetchPlan.Single single -> single;
            case FetchPlan.Sequential pages -> pages;
            case FetchPlan.ParallelPages pages -> pages;
        };
    }

    private void page(int more) {
        answered.increment();
        expected.add(more);
    }

    private void deliver(RowSink.Order order, List<Row> found) {
        List<Row> whole = found;
        if (plan instanceof FetchPlan.TwoStage stages && !found.isEmpty()) {
            expected.add((long) found.size() * stages.details().size());
            whole = walker.complete(found, stages.details(), answered::increment, failures);
        }
        RowSink.Batch batch = new RowSink.Batch(cloud, table, order, whole);
        rows.add(whole.size());
        sink.accept(batch);
        for (TableRun child : children) {
            child.parentRows(batch);
        }
    }

    private void closed() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        endedNanos = System.nanoTime();
        boolean lost = outcome() != Outcome.COMPLETE;
        for (TableRun child : children) {
            if (lost) {
                child.failures.parentIncomplete(table.name(), failures.list());
            }
            child.closed();
        }
        whenDone.run();
    }

    /** Gives up what is under way. */
    public void cancel() {
        cancelled = true;
        walker.cancel();
    }

    public InventoryRun.Progress progress() {
        boolean done = open.get() == 0;
        long known = table.parent() == null ? Math.max(1, expected.sum() + 1) : expected.sum();
        return new InventoryRun.Progress(
                cloud, table.name(), rows.sum(), answered.sum(), known, done, failures.count());
    }

    public long endedNanos() {
        return endedNanos;
    }

    private Outcome outcome() {
        if (failures.count() == 0) {
            return Outcome.COMPLETE;
        }
        return rows.sum() == 0 ? Outcome.FAILED : Outcome.PARTIAL;
    }

    public FetchReport report() {
        return new FetchReport(
                cloud,
                table.name(),
                plan,
                outcome(),
                rows.sum(),
                traffic.requests(),
                traffic.resent(),
                Duration.ofNanos(endedNanos - startedNanos),
                failures.list());
    }
}
