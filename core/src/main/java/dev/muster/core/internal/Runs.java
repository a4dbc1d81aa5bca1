package dev.muster.core.internal;

import dev.muster.core.Cloud;
import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.Planned;
import dev.muster.core.Query;
import dev.muster.core.Relation;
import dev.muster.core.Row;
import dev.muster.core.RowSink;
import dev.muster.core.Table;
import dev.muster.core.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the runs that carry out plans, and those of parents for their sake: a table that others are listed for runs once. */
public final class Runs {
    private final Context context;
    private final Traffic traffic;
    private final @Nullable Tallies shared;
    private final Plans plans;
    private final List<TableRun> all = new ArrayList<>();

    /**
     * What a run shares with the others of its cloud.
     *
     * @param inOrder whether rows are handed over in the order of the cloud's lists
     * @param related fetches related rows, on the account of a run
     */
    record Context(
            Cloud cloud, boolean inOrder, Tallies.Learner learner, Learned learned, RelatedOf related, Plans plans) {}

    /** Takes what is learned of whole listings. */
    public interface Learned {
        void listed(String operation, long rows, List<String> splits);
    }

    /** Fetches related rows for a run. */
    interface RelatedOf {
        Joiner.Related of(TableRun run);
    }

    /** Plans what runs only for the sake of others. */
    public interface Plans {
        Planned of(Query query);

        /** For rows that relate to some values. */
        Planned related(Query query, FetchPlan.Way way);

        /** Without what the server refused to answer; null where there is no other way. */
        @Nullable
        Planned otherwise(Query query, List<FetchPlan.Listed> refused);

        /** With a call for each row of the parent. */
        Planned byCalls(Query query);
    }

    public Runs(Cloud cloud, boolean inOrder, Tallies.Learner learner, Learned learned, Plans plans) {
        this.context = new Context(
                cloud,
                inOrder,
                learner,
                learned,
                run -> (relation, way, values) -> related(run, relation, way, values),
                plans);
        this.traffic = cloud.endpoint().traffic();
        this.shared = null;
        this.plans = plans;
    }

    private Runs(Context context, Traffic traffic, Tallies shared, Plans plans) {
        this.context = context;
        this.traffic = traffic;
        this.shared = shared;
        this.plans = plans;
    }

    /** Every run, those for the sake of others included. */
    public List<TableRun> all() {
        return List.copyOf(all);
    }

    /**
     * Makes the runs of some plans, in their order.
     *
     * @param sinks takes the rows of each
     */
    public List<TableRun> of(List<Planned> plans, Function<Planned, RowSink> sinks) {
        IdentityHashMap<Planned, TableRun> made = new IdentityHashMap<>();
        // Those whose rows stand inside a parent's come first, as the parent's reader needs to know them.
        Map<Table, List<TableRun>> insides = new HashMap<>();
        Map<Table, FetchPlan> holding = new HashMap<>();
        for (Planned planned : plans) {
            if (Stages.source(planned.plan()) instanceof FetchPlan.Inside(FetchPlan parent, var part)) {
                Table above = Objects.requireNonNull(planned.table().parent());
                TableRun run = new TableRun(context, planned, List.of(), sinks.apply(planned), traffic, shared);
                made.put(planned, run);
                insides.computeIfAbsent(above, t -> new ArrayList<>()).add(run);
                holding.put(above, parent);
            }
        }
        Map<Table, TableRun> feeding = new HashMap<>();
        for (Planned planned : plans) {
            if (!made.containsKey(planned)) {
                boolean feeds = isWhole(planned.query());
                List<TableRun> inside = feeds ? insides.getOrDefault(planned.table(), List.of()) : List.of();
                TableRun run = new TableRun(context, planned, inside, sinks.apply(planned), traffic, shared);
                made.put(planned, run);
                if (feeds) {
                    feeding.put(planned.table(), run);
                }
            }
        }
        insides.forEach((table, runs) -> feeding.computeIfAbsent(table, t -> hidden(t, holding.get(t), runs)));
        List<TableRun> shown =
                plans.stream().map(made::get).map(Objects::requireNonNull).toList();
        for (TableRun run : List.copyOf(shown)) {
            feed(run, feeding);
        }
        feeding.values().forEach(run -> {
            if (!all.contains(run)) {
                all.add(run);
            }
        });
        shown.forEach(run -> {
            if (!all.contains(run)) {
                all.add(run);
            }
        });
        return shown;
    }

    /** Puts a run behind that of its parent, which is made for its sake where nobody else wants it. */
    private void feed(TableRun run, Map<Table, TableRun> feeding) {
        if (Stages.source(run.planned().plan()) instanceof FetchPlan.FanOut(FetchPlan each, FetchPlan list)
                && !(each instanceof FetchPlan.Given)) {
            Table parent = Objects.requireNonNull(run.planned().table().parent());
            TableRun above = feeding.get(parent);
            if (above == null) {
                above = hidden(parent, null, List.of());
                feeding.put(parent, above);
                feed(above, feeding);
            }
            above.feeds(run);
        }
    }

    /** A table that is fetched only for the sake of others, by its keys. */
    private TableRun hidden(Table table, @Nullable FetchPlan plan, List<TableRun> inside) {
        Planned planned = plans.of(new Query(table.name(), table.key(), List.of(), List.of(), Long.MAX_VALUE));
        if (plan != null) {
            List<Column> read = planned.read();
            planned = new Planned(
                    planned.query(),
                    table,
                    planned.output(),
                    read.stream().map(c -> table.column(c.name())).toList(),
                    plan,
                    planned.expected(),
                    planned.shape(),
                    planned.way(),
                    planned.why(),
                    planned.others());
        }
        return new TableRun(context, planned, inside, batch -> {}, traffic, shared);
    }

    /** Whether every row is wanted, as it comes. */
    public static boolean isWhole(Query query) {
        return query.where().isEmpty() && query.order().isEmpty() && query.limit() == Long.MAX_VALUE;
    }

    private List<Row> related(TableRun run, Relation relation, FetchPlan.Way way, List<String> values) {
        Query query = Candidates.related(run.wanted(), relation, way, values);
        Planned planned = plans.related(query, way);
        Runs nested = new Runs(context, run.traffic(), run.account().tallies(), plans);
        List<Row> rows = new ArrayList<>();
        nested.of(List.of(planned), p -> batch -> {
            synchronized (rows) {
                rows.addAll(batch.rows());
            }
        });
        CountDownLatch open = new CountDownLatch(nested.all.size());
        nested.all.forEach(one -> one.when(open::countDown, () -> {}));
        run.owns(nested.all);
        nested.all.forEach(TableRun::start);
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            nested.all.forEach(TableRun::cancel);
        }
        run.disowns(nested.all);
        nested.all.forEach(one -> run.account().failures().addAll(one.account().failures()));
        synchronized (rows) {
            return List.copyOf(rows);
        }
    }
}
