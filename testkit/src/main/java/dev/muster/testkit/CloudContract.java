package dev.muster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.Column;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Paging;
import dev.muster.core.Query;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every cloud must hold to, whether it is embedded or real. A cloud's test says how to reach one that has something in
 * every table, and what it lacks.
 */
public abstract class CloudContract {

    /** How to reach it. */
    protected abstract Settings settings();

    /** What this cloud has not; nothing unless told. */
    protected Set<Capability> lacks() {
        return Set.of();
    }

    /** Tables that are empty on the cloud under test. */
    protected Set<String> emptyTables() {
        return Set.of();
    }

    /** Columns, as {@code table.column}, that have no value in any row of the cloud under test. */
    protected Set<String> emptyColumns() {
        return Set.of();
    }

    /** Whether the cloud under test changes only by our doing, so that two inventories must be equal. */
    protected boolean quiet() {
        return true;
    }

    /** The provider of the settings' kind, found as users' programs find it. */
    protected final CloudProvider provider() {
        String type = settings().type();
        return ServiceLoader.load(CloudProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no provider of kind '" + type + "' in META-INF/services"));
    }

    /** Whether it is not said to lack this. */
    protected final boolean has(Capability capability) {
        return !lacks().contains(capability);
    }

    private static String problems(InventoryReport report) {
        StringBuilder text = new StringBuilder();
        report.tables()
                .forEach(t -> t.failures()
                        .forEach(f ->
                                text.append(t.table()).append(": ").append(f).append('\n')));
        return text.toString();
    }

    @Test
    void everyTableArrivesWholeWithKeysThatTellItsRowsApart() {
        try (Cloud cloud = provider().connect(settings())) {
            RowCollector rows = new RowCollector();
            InventoryReport report = Inventory.of(List.of(cloud)).get(rows);
            assertThat(report.complete()).as(problems(report)).isTrue();
            Set<String> empty = new TreeSet<>();
            for (Table table : cloud.tables()) {
                List<Row> found = rows.rows(cloud.name(), table.name());
                if (found.isEmpty()) {
                    empty.add(table.name());
                }
                Set<List<Object>> keys = new HashSet<>();
                for (Row row : found) {
                    List<Object> key = table.key().stream()
                            .map(column -> Objects.requireNonNull(row.get(column), table + "." + column))
                            .toList();
                    assertThat(keys.add(key))
                            .as("%s: key %s is there twice", table, key)
                            .isTrue();
                }
            }
            assertThat(empty).as("tables without rows").isEqualTo(new TreeSet<>(emptyTables()));
        }
    }

    @Test
    void everyColumnHasAValueSomewhere() {
        try (Cloud cloud = provider().connect(settings())) {
            RowCollector rows = new RowCollector();
            Query[] whole = cloud.tables().stream()
                    .map(table -> Query.of(table.name())
                            .columns(table.columns().stream().map(Column::name).toArray(String[]::new)))
                    .toArray(Query[]::new);
            Inventory.of(List.of(cloud)).ask(whole).get(rows);
            Set<String> empty = new TreeSet<>();
            for (Table table : cloud.tables()) {
                List<Row> found = rows.rows(cloud.name(), table.name());
                for (Column column : table.columns()) {
                    if (!found.isEmpty() && found.stream().allMatch(row -> row.get(column.name()) == null)) {
                        empty.add(table.name() + '.' + column.name());
                    }
                }
            }
            assertThat(empty)
                    .as("columns that never have a value: a wrong pointer, or to be declared")
                    .isEqualTo(new TreeSet<>(emptyColumns()));
        }
    }

    @Test
    void rowsOfAChildTableBelongToRowsOfItsParent() {
        try (Cloud cloud = provider().connect(settings())) {
            RowCollector rows = new RowCollector();
            Inventory.of(List.of(cloud)).get(rows);
            boolean some = false;
            for (Table table : cloud.tables()) {
                Table parent = table.parent();
                if (parent != null) {
                    some = true;
                    Set<Object> parents = new HashSet<>();
                    rows.rows(cloud.name(), parent.name())
                            .forEach(row -> parents.add(row.get(parent.key().getFirst())));
                    assertThat(rows.rows(cloud.name(), table.name()))
                            .as(table.name())
                            .allMatch(
                                    row -> parents.contains(row.get(table.key().getFirst())));
                }
            }
            assertThat(some).as("has child tables").isEqualTo(has(Capability.CHILD_TABLES));
        }
    }

    @Test
    void pagedTablesAreDeclaredSo() {
        boolean paged = provider().tables().stream().anyMatch(t -> !(t.list().paging() instanceof Paging.Single));
        assertThat(paged).as("has pages").isEqualTo(has(Capability.PAGES));
    }

    @Test
    void tableNamesBeginWithTheKindAndEverythingIsDescribed() {
        CloudProvider provider = provider();
        for (Table table : provider.tables()) {
            assertThat(table.name()).startsWith(provider.type() + "_");
            assertThat(table.description()).as(table.name()).endsWith(".");
            assertThat(table.columns())
                    .allSatisfy(column -> assertThat(column.description())
                            .as(table.name() + "." + column.name())
                            .isNotBlank());
        }
    }

    @Test
    void aWrongPasswordIsDeniedAndNothingLooksEmpty() {
        Settings wrong = wrongPassword(settings());
        try (Cloud cloud = provider().connect(wrong)) {
            InventoryReport report = Inventory.of(List.of(cloud)).get(new RowCollector());
            if (!has(Capability.LOG_IN)) {
                assertThat(report.complete()).isTrue();
                return;
            }
            assertThat(report.failed()).isTrue();
            assertThat(report.tables())
                    .allSatisfy(table -> assertThat(table.failures())
                            .isNotEmpty()
                            .allSatisfy(failure -> assertThat(failure.message()).doesNotContain("not-the-password")));
            assertThat(report.tables().getFirst().failures().getFirst().kind()).isEqualTo("denied");
        }
    }

    /** The same settings with a password that is wrong: {@code not-the-password}. */
    protected Settings wrongPassword(Settings right) {
        return right.with("password", "not-the-password");
    }

    @Test
    void takenTwiceItIsTheSame() {
        try (Cloud cloud = provider().connect(settings())) {
            RowCollector one = new RowCollector();
            RowCollector two = new RowCollector();
            InventoryReport first = Inventory.of(List.of(cloud)).get(one);
            InventoryReport second = Inventory.of(List.of(cloud)).get(two);
            assertThat(second.tables())
                    .extracting(FetchReport::table)
                    .isEqualTo(first.tables().stream().map(FetchReport::table).toList());
            if (quiet()) {
                for (Table table : cloud.tables()) {
                    assertThat(two.rows(cloud.name(), table.name()).toString())
                            .isEqualTo(one.rows(cloud.name(), table.name()).toString());
                }
            }
        }
    }

    @Test
    void afterClosingItFailsInsteadOfHanging() {
        Cloud cloud = provider().connect(settings());
        cloud.close();
        cloud.close();
        InventoryReport report = Inventory.of(List.of(cloud)).get(new RowCollector());
        assertThat(report.failed()).isTrue();
    }
}
