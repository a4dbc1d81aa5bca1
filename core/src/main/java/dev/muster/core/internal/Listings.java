package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Planned;
import dev.muster.core.Relation;
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
    /** Walks, and calls for details, under way at once: far more than any engine has places, far less than clouds have rows. */
    private static final int WINDOW = 256;

    private final TableRun run;
    private final Runs.Context context;
    private final Planned planned;
    private final List<TableRun> inside;
    private final FetchPlan source;
    private final Walker walker;
    private final Stages stages;
    private final Account account;
    private final Semaphore window = new Semaphore(WINDOW);
    private final boolean inOrder;
    private final boolean sortsHere;
    private final Splits splits = new Splits();

    /**
     * @param inside runs of other tables whose rows stand in the listed ones
     */
    Listings(TableRun run, Runs.Context context, Planned planned, Account account, List<TableRun> inside) {
        this.run = run;
        this.context = context;
        this.planned = planned;
        this.account = account;
        this.inside = inside;
        this.source = Stages.source(planned.plan());
        this.sortsHere = Stages.sorts(planned.plan(), false);
        this.inOrder = !sortsHere && (context.inOrder() || Stages.sorts(planned.plan(), true));
        this.walker = new Walker(run.endpoint(), planned.table(), planned.read(), parts(inside), inOrder);
        this.stages = new Stages(planned.plan(), planned.read(), new Stages.Makers() {
            @Override
            public Hydrator hydrator(FetchPlan.TwoStage stage) {
                return new Hydrator(
                        run.endpoint(),
                        walker,
                        planned.read(),
                        stage.details(),
                        // Apart from that of walks, which wait for pages that wait for these calls.
                        new Semaphore(WINDOW),
                        run::failed,
                        account.tallies());
            }

            @Override
            public Joiner joiner(FetchPlan.Joined join) {
                return new Joiner(
                        join.relation(),
                        join.way(),
                        planned.read(),
                        CostModel.BATCH,
                        context.related().of(run),
                        values -> counted(join.relation(), values));
            }
        });
    }

    /** How many look-ups a relation takes is known once every row has been seen. */
    private void counted(Relation relation, long values) {
        if (Runs.isWhole(planned.query())) {
            context.learned().listed(CostModel.values(planned.table(), relation), values, List.of());
        }
    }

    private static List<RowReader.Inside> parts(List<TableRun> inside) {
        return inside.stream()
                .map(run -> new RowReader.Inside(
                        run.insidePointer(), RowReader.ofRows(run.planned().read())))
                .toList();
    }

    /** Runs of other tables whose rows stand in the listed ones, in the order in which they do behind the columns. */
    List<TableRun> inside() {
        return inside;
    }

    /** The columns of a row. */
    List<Column> read() {
        return planned.read();
    }

    /** Whether its rows need no further calls. */
    boolean light() {
        return stages.light();
    }

    /** Whether the first answer said how many there are going to be. */
    boolean isAnnounced() {
        if (!stages.light()) {
            return false;
        }
        return switch (source) {
            case FetchPlan.Single p -> true;
            case FetchPlan.Lookup p -> true;
            case FetchPlan.ParallelPages p -> account.answers() > 0;
            case FetchPlan.Sequential p -> p.list().paging() instanceof Paging.Offset && account.answers() > 0;
            default -> false;
        };
    }

    /** Carries out on some rows what the plan does behind their listing. */
    List<@Nullable Object[]> complete(List<@Nullable Object[]> found) {
        return stages.apply(found, account);
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
        begin();
        services.forEach(walker::prepare);
        switch (source) {
            case FetchPlan.Listed list -> walk(null, Map.of(), new RowSink.Order(List.of()), list);
            case FetchPlan.Lookup look -> {
                account.begins();
                begin(false, new RowSink.Order(List.of()), walk -> lookUp(walk, null));
            }
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

    /** Starts what does not wait for rows. */
    void begin() {
        stages.begin();
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
        begin(true, order, walk -> {
            walk.page(0, found);
            return true;
        });
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

    private void walk(
            @Nullable Object @Nullable [] ofParent,
            Map<String, String> variables,
            RowSink.Order order,
            FetchPlan.Listed list) {
        account.begins();
        begin(ofParent != null, order, walk -> {
            Keys met = null;
            Listings by = this;
            FetchPlan.Listed asked = list;
            while (true) {
                met = by.met(met, asked);
                List<MusterException> lost = by.walk(walk, ofParent, variables, asked, met);
                Listings other = lost.isEmpty() || !lost.stream().allMatch(Refusals::isRefusal)
                        ? null
                        : by.otherwise(walk, asked, lost.getFirst());
                if (other == null) {
                    lost.forEach(run::failed);
                    return lost.isEmpty();
                }
                by = other;
                walk.goOn(other);
                if (Stages.leaf(other.planned.plan()) instanceof FetchPlan.Listed next) {
                    asked = next;
                } else {
                    return other.lookUp(walk, met);
                }
            }
        });
    }

    /** The keys of rows that an earlier way has brought, and further ones. */
    private @Nullable Keys met(@Nullable Keys before, FetchPlan.Listed list) {
        if (before != null) {
            before.nextPass();
            return before;
        }
        return list.list().paging() instanceof Paging.Single ? null : walker.keys();
    }

    private List<MusterException> walk(
            Walk walk,
            @Nullable Object @Nullable [] ofParent,
            Map<String, String> variables,
            FetchPlan.Listed list,
            @Nullable Keys met) {
        boolean alone = ofParent == null;
        long most = alone && !stages.filters() && !sortsHere ? planned.query().limit() : Long.MAX_VALUE;
        long[] count = {0};
        List<MusterException> lost = walker.walk(
                list,
                variables,
                met,
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
                (read, further) -> account.answered(list.operation(), read, further),
                // What comes in order cannot be made up for behind what comes after it.
                failure -> inOrder && Refusals.isRefusal(failure) && run.canOtherwise(list));
        if (alone && lost.isEmpty() && !run.hasEnough() && most == Long.MAX_VALUE) {
            context.learned().listed(list.operation(), count[0], splits.list(list, planned));
        }
        return lost;
    }

    private @Nullable Listings otherwise(Walk walk, FetchPlan.Listed refused, MusterException why) {
        walk.settle();
        return run.otherwise(this, refused, why);
    }

    /**
     * Looks rows up.
     *
     * @param met the keys of those that a list brought before it was refused; null where there was none
     */
    private boolean lookUp(Walk walk, @Nullable Keys met) {
        FetchPlan.Lookup look = (FetchPlan.Lookup) Stages.leaf(planned.plan());
        account.expects(look.keys().size() - 1L);
        List<MusterException> lost = walker.lookUp(
                look,
                (place, found) -> walk.page(
                        place,
                        met == null
                                ? found
                                : found.stream()
                                        .filter(row -> met.meet(row) == Keys.Met.NEW)
                                        .toList()),
                (read, further) -> account.answered(look.request().toString(), read, 0));
        lost.forEach(run::failed);
        return lost.isEmpty();
    }

    private interface Walking {
        /** Whether nothing was lost. */
        boolean go(Walk walk);
    }

    private void begin(boolean windowed, RowSink.Order order, Walking walking) {
        run.opened();
        Walk walk = new Walk(run, this, order, inOrder ? run.nextTurn() : null);
        Task.THREADS.execute(() -> {
            try {
                if (run.isCancelled() || account.failures().hopeless()) {
                    account.failures().notAsked();
                } else if (!run.hasEnough()) {
                    if (walking.go(walk)) {
                        account.failures().worked();
                    }
                }
            } catch (CancellationException e) {
                if (!run.hasEnough()) {
                    account.failures().notAsked();
                }
            } catch (Throwable e) {
                // Errors too, as of a sink: rows that are missing must never go untold.
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
}
