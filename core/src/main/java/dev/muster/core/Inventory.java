package dev.muster.core;

import dev.muster.core.internal.TableRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roll-call: tables of several clouds, fetched all at once. A table that others are fetched for, as virtual machines
 * for their disks, is asked for once. A failure in one place leaves the others standing. Immutable and thread-safe.
 */
public final class Inventory {
    private final List<Cloud> clouds;
    private final Set<String> tables;
    private final Planner planner;

    private Inventory(List<Cloud> clouds, Set<String> tables, Planner planner) {
        this.clouds = clouds;
        this.tables = tables;
        this.planner = planner;
    }

    /** Everything that these clouds have. */
    public static Inventory of(List<? extends Cloud> clouds) {
        Set<String> names = new HashSet<>();
        for (Cloud cloud : clouds) {
            if (!names.add(cloud.name())) {
                throw new MusterException.Rejected(null, "two clouds are named '" + cloud.name() + "'");
            }
        }
        return new Inventory(List.copyOf(clouds), Set.of(), new Planner(Planner.Wish.AUTO));
    }

    /**
     * Only these tables; all of them where none is named.
     *
     * @throws MusterException.Rejected if no cloud has one of them; says which there are
     */
    public Inventory tables(String... names) {
        Set<String> known = new HashSet<>();
        clouds.forEach(cloud -> cloud.tables().forEach(table -> known.add(table.name())));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new MusterException.Rejected(
                        null,
                        "no table '" + name + "'; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return new Inventory(clouds, Set.of(names), planner);
    }

    /** The same, planned otherwise. */
    public Inventory planner(Planner other) {
        return new Inventory(clouds, tables, other);
    }

    /** Starts at once; rows go to {@code sink} as they arrive. */
    public InventoryRun start(RowSink sink) {
        List<InventoryRun.CloudRun> runs = new ArrayList<>();
        for (Cloud cloud : clouds) {
            Map<String, TableRun> all = new LinkedHashMap<>();
            for (Table table : cloud.tables()) {
                if (wanted(table)) {
                    run(cloud, table, sink, all);
                }
            }
            List<TableRun> shown = cloud.tables().stream()
                    .filter(this::wanted)
                    .map(table -> Objects.requireNonNull(all.get(table.name())))
                    .toList();
            runs.add(new InventoryRun.CloudRun(cloud, List.copyOf(all.values()), shown));
        }
        InventoryRun run = new InventoryRun(runs);
        run.start();
        return run;
    }

    /** Fetches, waits, and keeps the rows in {@code rows}. */
    public InventoryReport get(RowSink rows) {
        return start(rows).join();
    }

    private boolean wanted(Table table) {
        return tables.isEmpty() || tables.contains(table.name());
    }

    /** The run of a table, behind that of its parent, which is made for its sake even where nobody else wants it. */
    private TableRun run(Cloud cloud, Table table, RowSink sink, Map<String, TableRun> all) {
        TableRun known = all.get(table.name());
        if (known != null) {
            return known;
        }
        Table parent = table.parent();
        @Nullable TableRun above = parent == null ? null : run(cloud, parent, sink, all);
        boolean shown = wanted(table);
        List<Column> columns = shown
                ? table.columns()
                : table.key().stream().map(table::column).toList();
        TableRun run = new TableRun(
                cloud.endpoint(), table, columns, planner.plan(table, columns), shown ? sink : batch -> {});
        all.put(table.name(), run);
        if (above != null) {
            above.feeds(run);
        }
        return run;
    }
}
