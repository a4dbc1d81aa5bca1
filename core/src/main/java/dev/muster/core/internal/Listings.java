package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.Planned;
import dev.muster.core.RowSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The listings of a table's run: one, or one for each row of the parent. Each is walked on a virtual thread; what its rows
 * lack is got while the next pages come. Thread-safe.
 */
final class Listings {
    /** Walks, or calls for details, under way at once: far more than any engine has places, far less than clouds have rows. */
    private static final int WINDOW = 256;

    /** Pages of a listing whose rows are being completed by further calls. */
    private static final int PAGES = 4;

    private final TableRun run;
    private final TableRun.Context context;
    private final Planned planned;
    private final FetchPlan source;
    private final Walker walker;
    private final Stages stages;
    private final Account account;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Splits splits = new Splits();
    private Turn lastTurn = Turn.first();

    /**
     * @param inside what reads the rows of other tables that stand in the listed ones
     */
    Listings(TableRun run, TableRun.Context context, Planned planned, Account account, List<RowReader.Inside> inside) {
        this.run = run;
        this.context = context;
        this.planned = planned;
        this.account = account;
        this.source = Stages.source(planned.plan());
        this.walker = new Walker(run.endpoint(), planned.table(), planned.read(), inside, context.inOrder());
        this.stages = new Stages(planned.plan(), planned.read(), new Stages.Makers() {
            @Override
            public Hydrator hydrator(FetchPlan.TwoStage stage) {
                return new Hydrator(
                        run.endpoint(),
                        walker,
                        planned.read(),
                        stage.details(),
                        window,
                        account.failures(),
                        account.tallies());
            }

            @Override
            public Joiner joiner(FetchPlan.Joined join) {
                return new Joiner(
                        join.relation(),
                        join.way(),
                        planned.read(),
                        CostModel.BATCH,
                        context.related().of(run));
            }
        });
    }

    /** Whether its rows need no further calls. */
    boolean light() {
        return stages.light();
    }

    void cancel() {
        walker.cancel();
    }

    /**
     * Starts what does not wait for the rows of a parent.
     *
     * @param services that are about to be asked much
     * @return whether nothing more will be started
     */
    boolean start(List<String> services) {
        stages.begin();
        services.forEach(walker::prepare);
        switch (source) {
            case FetchPlan.Listed list -> walk(null, Map.of(), new RowSink.Order(List.of()), list);
            case FetchPlan.Lookup look -> lookUp(look);
            case FetchPlan.FanOut(FetchPlan.Given given, FetchPlan.Listed list) -> {
                account.expects(given.values().size());
                Task.THREADS.execute(() -> {
                    fan(given, list);
                    run.closed();
                });
                return false;
            }
            default -> {
                // The parent's rows begin it, and its end ends it.
                return false;
            }
        }
        return true;
    }

    private void fan(FetchPlan.Given given, FetchPlan.Listed list) {
        for (int i = 0; i < given.values().size(); i++) {
            window.acquireUninterruptibly();
            String value = given.values().get(i);
            @Nullable Object[] parent = {value};
            walk(parent, Map.of(given.column(), value), new RowSink.Order(List.of(i)), list);
        }
    }

    /** Rows of the parent, each of which the table is listed for. Blocks while too much is waiting. */
    void parentRows(List<Column> columns, List<@Nullable Object[]> found, RowSink.Order order) {
        account.expects(found.size());
        if (!(source instanceof FetchPlan.FanOut(FetchPlan each, FetchPlan.Listed list))) {
            throw new IllegalStateException(planned.table() + " is not listed for rows of a parent");
        }
        Set<String> names = list.list().request().variables();
        for (int i = 0; i < found.size(); i++) {
            window.acquireUninterruptibly();
            @Nullable Object[] values = ofParent(columns, found.get(i));
            @Nullable Object[] filled = new @Nullable Object[planned.read().size()];
            fill(filled, values);
            walk(values, Walker.variables(names, planned.read(), filled), order.below(i), list);
        }
    }

    /** Rows that stood inside a row of the parent. */
    void insideRows(
            List<Column> columns, @Nullable Object[] parent, List<@Nullable Object[]> found, RowSink.Order order) {
        @Nullable Object[] values = ofParent(columns, parent);
        found.forEach(one -> fill(one, values));
        window.acquireUninterruptibly();
        account.begins();
        begin(true, order, walk -> walk.page(0, found));
    }

    /** The values of the columns that come from a parent's row, in their order. */
    private @Nullable Object[] ofParent(List<Column> columns, @Nullable Object[] row) {
        List<String> names = columns.stream().map(Column::name).toList();
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : planned.read()) {
            if (column.origin() instanceof Column.OfParent(String above)) {
                values.add(row[names.indexOf(above)]);
            }
        }
        return values.toArray();
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
        account.begins();
        begin(ofParent != null, order, walk -> {
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
                    (read, further) -> account.answered(list.operation(), read, further));
            if (alone && !run.hasEnough() && most == Long.MAX_VALUE) {
                context.learned().listed(list.operation(), count[0], splits.list(list, planned));
            }
        });
    }

    private void lookUp(FetchPlan.Lookup look) {
        account.expects(look.keys().size() - 1L);
        account.begins();
        begin(
                false,
                new RowSink.Order(List.of()),
                walk -> walker.lookUp(
                        look,
                        walk::page,
                        (read, further) -> account.answered(look.request().toString(), read, 0)));
    }

    private interface Walking {
        void go(Walk walk);
    }

    private void begin(boolean windowed, RowSink.Order order, Walking walking) {
        run.opened();
        Walk walk = new Walk(order);
        Task.THREADS.execute(() -> {
            try {
                if (run.isCancelled() || account.failures().hopeless()) {
                    account.failures().notAsked();
                } else if (!run.hasEnough()) {
                    walking.go(walk);
                    account.failures().worked();
                }
            } catch (CancellationException e) {
                if (!run.hasEnough()) {
                    account.failures().notAsked();
                }
            } catch (RuntimeException e) {
                run.failed(e);
            } finally {
                walk.end();
                if (windowed) {
                    window.release();
                }
                account.ends();
                run.closed();
            }
        });
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
            if (run.hasEnough()) {
                return false;
            }
            if (run.isCancelled()) {
                throw new CancellationException("cancelled");
            }
            Turn mine = turn;
            turn = mine.next();
            last = mine;
            RowSink.Order place = order.below(number);
            if (stages.light()) {
                finish(mine, place, found);
                return !run.hasEnough();
            }
            run.opened();
            slots.acquireUninterruptibly();
            Task.THREADS.execute(() -> {
                try {
                    finish(mine, place, found);
                } catch (RuntimeException e) {
                    run.failed(e);
                } finally {
                    slots.release();
                    run.closed();
                }
            });
            return !run.hasEnough();
        }

        private void finish(Turn mine, RowSink.Order place, List<@Nullable Object[]> found) {
            try {
                List<@Nullable Object[]> whole = stages.apply(found, account);
                if (context.inOrder()) {
                    mine.await();
                }
                run.deliver(place, whole);
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
}
