package dev.muster.core;

import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows come in the order that was asked for, whoever sorts them. */
class OrderTest {
    private static final int DOGS = 230;

    /** The server sorts by name; by age it cannot, and for some it does not know it. */
    private static final Table DOG = Table.named("o_dog", "A dog.")
            .list(ListRequest.get("", "/dogs").rows("dogs").paging(new Paging.Offset("from", "max", 50, "total")))
            .filter("kind", ServerFilter.parameter("kind"))
            .sorts("name", new ServerOrder("by", "called", "dir"))
            .key("id", INTEGER, "Identifier.")
            .column("name", TEXT, "Name.")
            .column("kind", TEXT, "Breed.")
            .column("age", INTEGER, "Years.")
            .column("toys", JSON, "Toys.")
            .build();

    private static String name(int i) {
        return "dog " + (i * 7919 % 1000);
    }

    private static @Nullable Integer age(int i) {
        return i % 11 == 0 ? null : i * 31 % 17;
    }

    private static HttpResponse serve(String path, Map<String, String> query) {
        List<Integer> dogs = new ArrayList<>(IntStream.range(0, DOGS)
                .filter(i -> !query.containsKey("kind") || query.get("kind").equals("kind " + i % 3))
                .boxed()
                .toList());
        if ("called".equals(query.get("by"))) {
            Comparator<Integer> by = Comparator.comparing(OrderTest::name);
            dogs.sort(query.get("dir").equals("desc") ? by.reversed() : by);
        }
        int from = Integer.parseInt(query.get("from"));
        int to = Math.min(dogs.size(), from + Integer.parseInt(query.get("max")));
        return MemoryCloud.json(dogs.subList(Math.min(from, to), to).stream()
                .map(i -> "{\"id\":" + i + ",\"name\":\"" + name(i) + "\",\"kind\":\"kind " + i % 3 + "\",\"age\":"
                        + age(i) + ",\"toys\":[]}")
                .collect(Collectors.joining(",", "{\"total\":" + dogs.size() + ",\"dogs\":[", "]}")));
    }

    private static List<Row> rows(MemoryCloud cloud, Query query) {
        List<Row> rows = new ArrayList<>();
        InventoryReport report = Inventory.of(List.of(cloud)).ask(query).get(batch -> {
            synchronized (rows) {
                rows.addAll(batch.rows());
            }
        });
        assertThat(report.complete()).isTrue();
        return rows;
    }

    private static MemoryCloud cloud() {
        return new MemoryCloud("m", List.of(DOG), OrderTest::serve);
    }

    private static String plan(Query query) {
        return new Planner()
                .plan(query, List.of(DOG), Measured.nothing())
                .plan()
                .toString();
    }

    @Test
    void theServerSortsWhereItCanAndNoMoreIsAskedForThanIsWanted() {
        Query query = Query.of("o_dog").columns("name").orderBy("name desc").limit(20);
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, query))
                .extracting(row -> row.text("name"))
                .isEqualTo(IntStream.range(0, DOGS)
                        .mapToObj(OrderTest::name)
                        .sorted(Comparator.reverseOrder())
                        .limit(20)
                        .toList());
        assertThat(cloud.asked()).singleElement().asString().contains("by=called", "dir=desc", "max=20");
        assertThat(plan(query)).contains("the server sorts by name desc", "the first 20");
    }

    @Test
    void elseRowsAreSortedWhenAllOfThemAreThereAndThePlanSaysSo() {
        Query query = Query.of("o_dog").columns("id", "age").orderBy("age, id desc");
        List<Row> rows = rows(cloud(), query);
        assertThat(rows)
                .extracting(row -> row.get("id"))
                .isEqualTo(IntStream.range(0, DOGS)
                        .boxed()
                        .sorted(Comparator.comparing(OrderTest::age, Comparator.nullsLast(Comparator.naturalOrder()))
                                .thenComparing(Comparator.reverseOrder()))
                        .map(Long::valueOf)
                        .toList());
        assertThat(plan(query)).contains("sorted here by age, id desc, when all rows are there");
    }

    @Test
    void whateverIsAskedForItIsWhatSortingAllRowsWouldGive() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            boolean byName = random.nextBoolean();
            boolean descending = random.nextBoolean();
            long limit = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(300);
            Query query = Query.of("o_dog")
                    .columns("id", "name", "age")
                    .orderBy((byName ? "name" : "age") + (descending ? " desc" : ""))
                    .limit(limit);
            query = random.nextBoolean() ? query : query.where(random.nextBoolean() ? "kind = 'kind 1'" : "age > 5");
            List<Row> all =
                    rows(cloud(), new Query("o_dog", query.columns(), query.where(), List.of(), Long.MAX_VALUE));
            Comparator<Row> by = byName
                    ? Comparator.comparing(row -> String.valueOf(row.text("name")))
                    : Comparator.comparing(
                            row -> (Long) row.get("age"),
                            Comparator.nullsLast(
                                    descending ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder()));
            by = byName && descending ? by.reversed() : by;
            String column = byName ? "name" : "age";
            assertThat(rows(cloud(), query))
                    .as(query.toString())
                    .extracting(row -> row.get(column))
                    .isEqualTo(all.stream()
                            .sorted(by)
                            .limit(limit)
                            .map(row -> row.get(column))
                            .toList());
        }
    }

    @Test
    void whatCannotBeSortedIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> plan(Query.of("o_dog").orderBy("toys"))).hasMessageContaining("toys");
        assertThatThrownBy(() -> plan(Query.of("o_dog").orderBy("size"))).hasMessageContaining("no column 'size'");
        assertThatThrownBy(() -> Query.of("o_dog").orderBy("name up")).hasMessageContaining("'name up' is no order");
    }

    @Test
    void textsAreSortedByCodePoint() {
        Table table = Table.named("o_name", "A name.")
                .list(ListRequest.get("", "/names").rows("names"))
                .key("id", TEXT, "Itself.")
                .build();
        MemoryCloud cloud = new MemoryCloud(
                "m",
                List.of(table),
                (path, query) -> MemoryCloud.json("{\"names\":[{\"id\":\"😀\"},{\"id\":\"\uff21\"}]}"));
        assertThat(rows(cloud, Query.of("o_name").orderBy("id")))
                .extracting(row -> row.text("id"))
                .containsExactly("\uff21", "😀");
    }
}
