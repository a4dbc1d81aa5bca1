package dev.muster.core.internal;

import dev.muster.core.Cloud;
import dev.muster.core.Column;
import dev.muster.core.Endpoint;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.FetchReport.Outcome;
import dev.muster.core.InventoryRun;
import dev.muster.core.Paging;
import dev.muster.core.Planned;
import dev.muster.core.Row;
import dev.muster.core.RowSink;
import dev.muster.core.Table;
import dev.muster.core.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The fetching of one table: it carries out the plan, hands rows to the sink and to the tables fetched for each of them, and
 * keeps account. A listing is walked on a virtual thread, so that the strategies read as what they are; how much is on the
 * wire at once is the engine's affair, and how much waits for it is bounded by windows.
 */
public final class TableRun {
    /** Walks, or calls for details, under way at once: far more than any engine has places, far less than clouds have rows. */
    private static final int WINDOW = 256;

    /** Pages of a listing whose rows are being completed by further calls. */
    private static final int PAGES = 4;

    private final Planned planned;
    private final FetchPlan source;
    private final Context context;
    private final RowSink sink;
    private final Endpoint endpoint;
    private final Traffic traffic;
    private final Walker walker;
    private final Stages stages;
    private final Tallies tallies;
    private final List<TableRun> children = new ArrayList<>();
    private final List<TableRun> inside;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Failures failures = new Failures();
    private final Splits splits = new Splits();
    private final Set<TableRun> owned = ConcurrentHashMap.newKeySet();

    /** One for the source of walks (the parent, or this run itself), one for each walk under way. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final AtomicLong left;
    private final LongAdder rows = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder expected = new LongAdder();
    private final AtomicInteger unsettled = new AtomicInteger();
    private Turn lastTurn = Turn.first();
    private volatile boolean cancelled;
    private volatile boolean enough;
    private volatile long startedNanos;
    private volatile long endedNanos;
    private volatile Runnable whenDone = () -> {};
    private volatile Runnable whenFailed = () -> {};

    /**
     * What a run shares with the others of its cloud.
     *
     * @param inOrder whether rows are handed over in the order of the cloud's lists
     * @param related fetches related rows, on the account of a run
     */
    public record Context(Cloud cloud, boolean inOrder, Tallies.Learner learner, Learned learned, RelatedOf related) {}

    /** Takes what is learned of whole listings. */
    public interface Learned {
        void listed(String operation, long rows, List<String> splits);
    }

    /** Fetches related rows for a run. */
    public interface RelatedOf {
        Joiner.Related of(TableRun run, Traffic traffic, Tallies tallies, Failures failures);
    }

    /**
     * @param inside runs whose rows stand inside this one's, in the order of the plan
     * @param traffic of which this run's is a part
     * @param shared on whose account this runs; null for one of its own
     */
    public TableRun(
            Context context,
            Planned planned,
            List<TableRun> inside,
            RowSink sink,
            Traffic traffic,
            @Nullable Tallies shared) {
        this.context = context;
        this.planned = planned;
        this.source = Stages.source(planned.plan());
        this.sink = sink;
        this.inside = inside;
        this.traffic = new Traffic(traffic);
        this.endpoint = context.cloud().endpoint().counting(this.traffic);
        this.tallies = shared == null ? new Tallies(context.cloud().name(), context.learner()) : shared;
        List<RowReader.Inside> parts = inside.stream()
                .map(run -> new RowReader.Inside(run.insidePointer(), RowReader.ofRows(run.planned.read())))
                .toList();
        this.walker = new Walker(endpoint, planned.table(), planned.read(), parts, context.inOrder());
        this.left = new AtomicLong(planned.query().limit());
        this.stages = new Stages(planned.plan(), planned.read(), new Stages.Makers() {
            @Override
            public Hydrator hydrator(FetchPlan.TwoStage stage) {
                return new Hydrator(endpoint, walker, planned.read(), stage.details(), window, failures, tallies);
            }

            @Override
            public Joiner joiner(FetchPlan.Joined join) {
                return new Joiner(
                        join.relation(),
                        join.way(),
                        planned.read(),
                        CostModel.BATCH,
                        context.related().of(TableRun.this, TableRun.this.traffic, tallies, failures));
            }
        });
    }

    private String insidePointer() {
        return source instanceof FetchPlan.Inside(var parent, Column.Inline part) ? part.pointer() : "";
    }

    public Planned planned() {
        return planned;
    }

    /** Before the start: {@code child} is listed for each row of this table. */
    public void feeds(TableRun child) {
        children.add(child);
    }

    /** Before the start: what runs once when nothing more will come, and what runs at each failure. */
    public void when(Runnable done, Runnable failed) {
        whenDone = done;
        whenFailed = failed;
    }

    /** Starts, unless it waits for the rows of a parent. */
    public void start() {
        startedNanos = System.nanoTime();
        stages.begin();
        if (!children.isEmpty()) {
            children.stream()
                    .map(child -> child.planned.table().list().request().service())
                    .distinct()
                    .forEach(walker::prepare);
        }
        switch (source) {
            case FetchPlan.Listed list -> walk(null, Map.of(), new RowSink.Order(List.of()), list);
            case FetchPlan.Lookup look -> lookUp(look);
            case FetchPlan.FanOut(FetchPlan.Given given, FetchPlan.Listed list) -> {
                expected.add(given.values().size());
                Task.THREADS.execute(() -> {
                    fan(given, list);
                    closed();
                });
                return;
            }
            default -> {
                // The parent's rows begin it, and its end ends it.
                return;
            }
        }
        closed();
    }

    private void fan(FetchPlan.Given given, FetchPlan.Listed list) {
        for (int i = 0; i < given.values().size(); i++) {
            window.acquireUninterruptibly();
            String value = given.values().get(i);
            @Nullable Object[] parent = {value};
            walk(parent, Map.of(given.column(), value), new RowSink.Order(List.of(i)), list);
        }
    }

    /** Rows of the parent, each of which this table is listed for. Blocks while too much is waiting. */
    private void parentRows(TableRun parent, List<@Nullable Object[]> found, RowSink.Order order) {
        expected.add(found.size());
        if (!(source instanceof FetchPlan.FanOut(FetchPlan each, FetchPlan.Listed list))) {
            throw new IllegalStateException(planned.table() + " is not listed for rows of a parent");
        }
        Set<String> names = list.list().request().variables();
        for (int i = 0; i < found.size(); i++) {
            window.acquireUninterruptibly();
            @Nullable Object[] values = ofParent(parent, found.get(i));
            walk(values, Walker.variables(names, planned.read(), filled(values)), order.below(i), list);
        }
    }

    /** The values of the columns that come from a parent's row, in their order. */
    private @Nullable Object[] ofParent(TableRun parent, @Nullable Object[] row) {
        List<String> names = parent.planned.read().stream().map(Column::name).toList();
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : planned.read()) {
            if (column.origin() instanceof Column.OfParent(String above)) {
                values.add(row[names.indexOf(above)]);
            }
        }
        return values.toArray();
    }

    private @Nullable Object[] filled(@Nullable Object[] ofParent) {
        @Nullable Object[] row = new @Nullable Object[planned.read().size()];
        fill(row, ofParent);
        return row;
    }

    private void fill(@Nullable Object[] row, @Nullable Object[] ofParent) {
        int next = 0;
        for (int place : Walker.places(planned.read(), Column.OfParent.class)) {
            row[place] = ofParent[next++];
        }
    }

    private synchronized Turn nextTurn() {
        Turn turn = lastTurn;
        lastTurn = turn.next();
        return turn;
    }

    private void walk(
            @Nullable Object @Nullable [] ofParent,
            Map<String, String> variables,
            RowSink.Order order,
            FetchPlan.Listed list) {
        boolean alone = ofParent == null;
        long most = alone && !stages.filters() ? planned.query().limit() : Long.MAX_VALUE;
        unsettled.incrementAndGet();
        begin(ofParent != null, order, (walk) -> {
            long[] count = {0};
            walker.walk(
                    list,
                    variables,
                    most,
                    (page, found) -> {
                        if (ofParent != null) {
                            found.forEach(row -> fill(row, ofParent));
                        }
                        count[0] += found.size();
                        if (alone) {
                            splits.page(list, found, planned);
                        }
                        return walk.page(page, found);
                    },
                    (read, further) -> page(list, read, further));
            if (alone && !enough && most == Long.MAX_VALUE) {
                context.learned().listed(list.operation(), count[0], splits.list(list, planned));
            }
        });
    }

    private void lookUp(FetchPlan.Lookup look) {
        expected.add(look.keys().size() - 1L);
        begin(
                false,
                new RowSink.Order(List.of()),
                walk -> walker.lookUp(look, walk::page, (read, further) -> {
                    answered.increment();
                    tallies.answered(look.request().toString(), read.rows().size(), read.seconds(), read.throttles());
                }));
    }

    private void page(FetchPlan.Listed list, PageReader.Read<?> read, int further) {
        answered.increment();
        expected.add(further);
        tallies.answered(list.operation(), read.rows().size(), read.seconds(), read.throttles());
    }

    private interface Walking {
        void go(Walk walk);
    }

    /** One listing under way: its pages in their turns. */
    private final class Walk {
        private final RowSink.Order order;
        private final Turn whole = context.inOrder() ? nextTurn() : Turn.first();
        private final Semaphore slots = new Semaphore(PAGES);
        private Turn turn = whole.inside();
        private @Nullable Turn last;

        Walk(RowSink.Order order) {
            this.order = order;
        }

        /** Takes a page; what its rows lack is got while the next pages come. */
        synchronized boolean page(int number, List<@Nullable Object[]> found) {
            if (enough || cancelled) {
                return false;
            }
            Turn mine = turn;
            turn = mine.next();
            last = mine;
            RowSink.Order place = order.below(number);
            if (stages.light()) {
                finish(mine, place, found);
                return !enough;
            }
            open.incrementAndGet();
            slots.acquireUninterruptibly();
            Task.THREADS.execute(() -> {
                try {
                    finish(mine, place, found);
                } catch (RuntimeException e) {
                    failed(e);
                } finally {
                    slots.release();
                    closed();
                }
            });
            return !enough;
        }

        private void finish(Turn mine, RowSink.Order place, List<@Nullable Object[]> found) {
            try {
                List<@Nullable Object[]> whole = stages.apply(found, new Stages.Told() {
                    @Override
                    public void expected(long calls) {
                        expected.add(calls);
                    }

                    @Override
                    public void answered() {
                        answered.increment();
                    }
                });
                if (context.inOrder()) {
                    mine.await();
                }
                deliver(place, whole);
            } finally {
                mine.end();
            }
        }

        void end() {
            Turn before = last;
            if (before == null) {
                // Without a page it still has its place in the queue.
                whole.endInTurn();
            } else {
                whole.endAfter(before);
            }
        }
    }

    private void begin(boolean windowed, RowSink.Order order, Walking walking) {
        open.incrementAndGet();
        Walk walk = new Walk(order);
        Task.THREADS.execute(() -> {
            try {
                if (cancelled || failures.hopeless()) {
                    failures.notAsked();
                } else if (!enough) {
                    walking.go(walk);
                    failures.worked();
                }
            } catch (CancellationException e) {
                if (!enough) {
                    failures.notAsked();
                }
            } catch (RuntimeException e) {
                failed(e);
            } finally {
                walk.end();
                if (windowed) {
                    window.release();
                }
                unsettled.decrementAndGet();
                closed();
            }
        });
    }

    private void failed(RuntimeException e) {
        if (!enough || !(Task.unwrap(e) instanceof CancellationException)) {
            failures.add(e);
            whenFailed.run();
        }
    }

    private void deliver(RowSink.Order order, List<@Nullable Object[]> found) {
        List<@Nullable Object[]> wanted = found;
        if (planned.query().limit() != Long.MAX_VALUE) {
            long before = left.getAndAdd(-found.size());
            wanted = found.subList(0, Math.clamp(before, 0, found.size()));
            if (before - found.size() <= 0) {
                enough = true;
                walker.cancel();
            }
        }
        List<Column> output = planned.output();
        List<Row> shown = new ArrayList<>(wanted.size());
        for (@Nullable Object[] row : wanted) {
            shown.add(Row.of(output, row.length == output.size() ? row : Arrays.copyOf(row, output.size())));
        }
        rows.add(shown.size());
        sink.accept(new RowSink.Batch(context.cloud().name(), planned.table(), order, shown));
        for (TableRun child : children) {
            child.parentRows(this, wanted, order);
        }
        for (int i = 0; i < inside.size(); i++) {
            int slot = planned.read().size() + i;
            for (int r = 0; r < wanted.size(); r++) {
                inside.get(i).insideRows(this, wanted.get(r), slot, order.below(r));
            }
        }
    }

    /** Rows of this table that stood inside a row of the parent. */
    @SuppressWarnings("unchecked") // the parent's reader put them there
    private void insideRows(TableRun parent, @Nullable Object[] row, int slot, RowSink.Order order) {
        List<@Nullable Object[]> found = (List<@Nullable Object[]>) row[slot];
        if (found == null || found.isEmpty() || enough || cancelled) {
            return;
        }
        @Nullable Object[] ofParent = ofParent(parent, row);
        found.forEach(one -> fill(one, ofParent));
        window.acquireUninterruptibly();
        begin(true, order, walk -> walk.page(0, found));
    }

    private void closed() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        endedNanos = System.nanoTime();
        boolean lost = outcome() != Outcome.COMPLETE;
        List<TableRun> fed = new ArrayList<>(children);
        fed.addAll(inside);
        for (TableRun child : fed) {
            if (lost) {
                child.failures.parentIncomplete(planned.table().name(), failures.list());
            }
            child.closed();
        }
        whenDone.run();
    }

    /** Gives up what is under way. */
    public void cancel() {
        cancelled = true;
        walker.cancel();
        owned.forEach(TableRun::cancel);
    }

    /** Runs on this one's account, which end when it does. */
    void owns(List<TableRun> runs) {
        owned.addAll(runs);
        if (cancelled) {
            runs.forEach(TableRun::cancel);
        }
    }

    void disowns(List<TableRun> runs) {
        owned.removeAll(runs);
    }

    /** The query, held against the tables of the cloud. */
    Wanted wanted() {
        Map<String, Table> tables = new HashMap<>();
        context.cloud().tables().forEach(table -> tables.put(table.name(), table));
        return Wanted.of(planned.query(), tables);
    }

    /** Gives up, and tells why. */
    public void expire(RuntimeException why) {
        if (open.get() > 0) {
            failures.add(why);
            cancel();
        }
    }

    /** The first failure; null where there is none. */
    public @Nullable RuntimeException firstFailure() {
        return failures.first();
    }

    public InventoryRun.Progress progress() {
        boolean done = open.get() == 0;
        boolean root = source instanceof FetchPlan.Listed || source instanceof FetchPlan.Lookup;
        long known = root ? Math.max(1, expected.sum() + 1) : expected.sum();
        boolean settled = done || (root && unsettled.get() == 0 && stages.light()) || isAnnounced();
        return new InventoryRun.Progress(
                context.cloud().name(),
                planned.table().name(),
                rows.sum(),
                answered.sum(),
                known,
                settled,
                done,
                failures.count());
    }

    /** Whether the first answer said how many there are going to be. */
    private boolean isAnnounced() {
        if (!stages.light()) {
            return false;
        }
        return switch (source) {
            case FetchPlan.Single p -> true;
            case FetchPlan.Lookup p -> true;
            case FetchPlan.ParallelPages p -> answered.sum() > 0;
            case FetchPlan.Sequential p -> p.list().paging() instanceof Paging.Offset && answered.sum() > 0;
            default -> false;
        };
    }

    public long startedNanos() {
        return startedNanos;
    }

    public long endedNanos() {
        return endedNanos;
    }

    /** Whether all rows that were asked for arrived. */
    public boolean isComplete() {
        return outcome() == Outcome.COMPLETE;
    }

    private Outcome outcome() {
        if (failures.count() == 0) {
            return Outcome.COMPLETE;
        }
        return rows.sum() == 0 ? Outcome.FAILED : Outcome.PARTIAL;
    }

    public FetchReport report() {
        return new FetchReport(
                context.cloud().name(),
                planned.table().name(),
                planned,
                outcome(),
                rows.sum(),
                traffic.requests(),
                traffic.resent(),
                Duration.ofNanos(endedNanos - startedNanos),
                failures.list(),
                tallies.list());
    }

    /** Takes over what failed in a run on this one's account. */
    static void merge(TableRun from, Failures into) {
        into.addAll(from.failures);
    }
}
