package dev.muster.core;

import dev.muster.core.internal.Runs;
import dev.muster.core.internal.TableRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The roll-call: tables of several clouds, fetched all at once, each cloud at its own pace. A table that others are fetched
 * for, as virtual machines for their disks, is asked for once. Immutable and thread-safe; the methods that are not
 * {@link #start}, {@link #get} or {@link #stream} make changed copies.
 */
public final class Inventory {
    private final List<Cloud> clouds;
    private final Settings settings;

    /**
     * How it is taken.
     *
     * @param queries what is asked; empty for every table
     * @param measurements what plans go by and add to; null where they learn nothing
     * @param deadline null for none
     */
    private record Settings(
            List<Query> queries,
            Planner planner,
            @Nullable Measurements measurements,
            boolean inOrder,
            OnFailure onFailure,
            @Nullable Duration deadline) {}

    private Inventory(List<Cloud> clouds, Settings settings) {
        this.clouds = clouds;
        this.settings = settings;
    }

    /** Everything that these clouds have. */
    public static Inventory of(List<? extends Cloud> clouds) {
        Set<String> names = new HashSet<>();
        for (Cloud cloud : clouds) {
            if (!names.add(cloud.name())) {
                throw new MusterException.Rejected(null, "two clouds are named '" + cloud.name() + "'");
            }
        }
        return new Inventory(
                List.copyOf(clouds), new Settings(List.of(), new Planner(), null, false, OnFailure.CONTINUE, null));
    }

    /**
     * Only these tables; all of them where none is named.
     *
     * @throws MusterException.Rejected if no cloud has one of them; says which there are
     */
    public Inventory tables(String... names) {
        return ask(Arrays.stream(names).distinct().map(Query::of).toArray(Query[]::new));
    }

    /**
     * Only what these queries ask, of every cloud that has their tables.
     *
     * @throws MusterException.Rejected if no cloud has one of the tables, saying which there are, or two ask for the same
     */
    public Inventory ask(Query... queries) {
        TreeSet<String> known = new TreeSet<>();
        clouds.forEach(cloud -> cloud.tables().forEach(table -> known.add(table.name())));
        Set<String> asked = new HashSet<>();
        for (Query query : queries) {
            if (!known.contains(query.table())) {
                throw new MusterException.Rejected(
                        null, "no table '" + query.table() + "'; there are " + String.join(", ", known));
            }
            if (!asked.add(query.table())) {
                throw new MusterException.Rejected(null, "table '" + query.table() + "' is asked for twice");
            }
        }
        return with(new Settings(
                List.of(queries),
                settings.planner,
                settings.measurements,
                settings.inOrder,
                settings.onFailure,
                settings.deadline));
    }

    /** The same, planned otherwise. */
    public Inventory planner(Planner other) {
        return with(new Settings(
                settings.queries,
                other,
                settings.measurements,
                settings.inOrder,
                settings.onFailure,
                settings.deadline));
    }

    /** The same, planned by what earlier ones measured, and measured for later ones. */
    public Inventory learning(Measurements measurements) {
        return with(new Settings(
                settings.queries,
                settings.planner,
                measurements,
                settings.inOrder,
                settings.onFailure,
                settings.deadline));
    }

    /**
     * The same, with the rows of each table handed over in the order in which its cloud lists them, one batch after the
     * other, instead of as they arrive. Rows that arrive early then wait, and what is behind them with them.
     */
    public Inventory inOrder() {
        return with(new Settings(
                settings.queries,
                settings.planner,
                settings.measurements,
                true,
                settings.onFailure,
                settings.deadline));
    }

    /** The same, with failures taken otherwise than by going on. */
    public Inventory onFailure(OnFailure policy) {
        return with(new Settings(
                settings.queries,
                settings.planner,
                settings.measurements,
                settings.inOrder,
                policy,
                settings.deadline));
    }

    /** The same, given up after this time: what is missing then is told. */
    public Inventory deadline(Duration time) {
        return with(new Settings(
                settings.queries, settings.planner, settings.measurements, settings.inOrder, settings.onFailure, time));
    }

    private Inventory with(Settings other) {
        return new Inventory(clouds, other);
    }

    /**
     * What would be done, by the clouds' names; sends nothing.
     *
     * @throws MusterException.Rejected if a query does not fit its table; says what is there
     */
    public Map<String, List<Planned>> plans() {
        return clouds.stream().collect(Collectors.toMap(Cloud::name, cloud -> plans(new Asked(cloud, queries(cloud)))));
    }

    /** What is asked of one cloud. */
    private record Asked(Cloud cloud, List<Query> queries) {}

    private List<Planned> plans(Asked asked) {
        return settings.planner.plan(asked.queries, asked.cloud.tables(), measured(asked.cloud));
    }

    private List<Query> queries(Cloud cloud) {
        return settings.queries.isEmpty()
                ? cloud.tables().stream().map(table -> Query.of(table.name())).toList()
                : cloud.tables().stream()
                        .flatMap(table -> settings.queries.stream()
                                .filter(query -> query.table().equals(table.name())))
                        .toList();
    }

    private Measured measured(Cloud cloud) {
        Measurements known = settings.measurements;
        return known == null ? Measured.nothing() : known.of(cloud.name());
    }

    /**
     * Starts at once; rows go to {@code sink} as they arrive. Where that blocks, fetching waits, holding no more than is on
     * the wire and a few pages of each listing.
     *
     * @throws MusterException.Rejected if a query does not fit its table; nothing was sent then
     */
    public InventoryRun start(RowSink sink) {
        List<Asked> all =
                clouds.stream().map(cloud -> new Asked(cloud, queries(cloud))).toList();
        all.forEach(asked -> Planner.check(asked.queries, asked.cloud.tables()));
        // Log-ins are on their way while plans are made.
        all.stream()
                .filter(asked -> !asked.queries.isEmpty())
                .forEach(asked -> asked.cloud.endpoint().prepare());
        List<InventoryRun.CloudRun> made = new ArrayList<>();
        for (Asked asked : all) {
            Runs runs = runs(asked.cloud);
            List<TableRun> shown = runs.of(plans(asked), planned -> sink);
            made.add(new InventoryRun.CloudRun(asked.cloud, runs.all(), shown));
        }
        InventoryRun run = new InventoryRun(made, settings.measurements, settings.onFailure, settings.deadline);
        run.start();
        return run;
    }

    private Runs runs(Cloud cloud) {
        Runs.Plans plans = new PlansOf(cloud, settings.planner, measured(cloud));
        Measurements learned = settings.measurements;
        return learned == null
                ? new Runs(
                        cloud,
                        settings.inOrder,
                        (name, operation, rows, seconds, throttles) -> {},
                        (operation, rows, splits) -> {},
                        plans)
                : new Runs(
                        cloud,
                        settings.inOrder,
                        learned::answered,
                        (operation, rows, splits) -> learned.listed(cloud.name(), operation, (double) rows, splits),
                        plans);
    }

    /** Plans of one cloud that are made while others are carried out. */
    private record PlansOf(Cloud cloud, Planner planner, Measured measured) implements Runs.Plans {
        @Override
        public Planned of(Query query) {
            return planner.plan(query, cloud.tables(), measured);
        }

        @Override
        public Planned related(Query query, FetchPlan.Way way) {
            return planner.related(query, way, cloud.tables(), measured);
        }

        @Override
        public @Nullable Planned otherwise(Query query, List<FetchPlan.Listed> refused) {
            return planner.otherwise(query, refused, cloud.tables(), measured);
        }

        @Override
        public Planned byCalls(Query query) {
            return planner.byCalls(query, cloud.tables(), measured);
        }
    }

    /** Fetches, waits, and keeps the rows in {@code rows}. */
    public InventoryReport get(RowSink rows) {
        return start(rows).join();
    }

    /** Starts at once; rows are taken one batch after the other, and what was not taken yet makes fetching wait. */
    public RowStream stream() {
        return new RowStream(sink -> start(Objects.requireNonNull(sink)));
    }
}
