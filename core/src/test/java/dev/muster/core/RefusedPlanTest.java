package dev.muster.core;

import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the server refuses to answer in one way is fetched in another, every row once. */
class RefusedPlanTest {
    private static final Table BOX = Table.named("f_box", "A box.")
            .list(ListRequest.get("", "/boxes/detail")
                    .rows("boxes")
                    .paging(new Paging.Offset("from", "max", 100, "total")))
            .brief(ListRequest.get("", "/boxes").rows("boxes").paging(new Paging.Marker("after", "max", 100)), "id")
            .get(ApiRequest.get("", "/boxes/{id}"), "")
            .key("id", TEXT, "Identifier.")
            .column("size", INTEGER, "Size.")
            .column(
                    "lid",
                    TEXT,
                    "Its lid.",
                    byCall(ApiRequest.get("", "/boxes/{id}/lid"), "/lid").orInline("with", "lid", "/lid"))
            .build();
    private static final Table LABEL = Table.named("f_label", "A label on a box.")
            .list(ListRequest.get("", "/boxes/{box_id}/labels").rows("labels"))
            .each(BOX, "box_id")
            .inside("with", "labels", "/labels")
            .key("id", TEXT, "Identifier.")
            .build();
    private static final List<Table> TABLES = List.of(BOX, LABEL);
    private static final HttpResponse FAILURE = MemoryCloud.answer(500, "text/plain", "too much for me");

    /**
     * A server that cannot answer everything.
     *
     * @param heaviest rows in an answer that it still can
     * @param joins whether it can put anything into a row
     * @param details whether it can list boxes in detail
     * @param broken offsets at which it always fails
     */
    private record Server(int boxes, int heaviest, boolean joins, boolean details, Set<Integer> broken)
            implements MemoryCloud.Server {
        @Override
        public HttpResponse answer(String path, Map<String, String> query) {
            String[] steps = path.substring(1).split("/", -1);
            if (steps.length == 3) {
                return steps[2].equals("lid")
                        ? MemoryCloud.json("{\"lid\":\"lid of " + steps[1] + "\"}")
                        : MemoryCloud.json("{\"labels\":[" + labels(Integer.parseInt(steps[1].substring(1))) + "]}");
            }
            if (steps.length == 2 && !steps[1].equals("detail")) {
                return MemoryCloud.json(box(Integer.parseInt(steps[1].substring(1)), ""));
            }
            boolean detail = steps.length == 2;
            String with = query.getOrDefault("with", "");
            int max = Integer.parseInt(query.getOrDefault("max", "100"));
            int from = detail
                    ? Integer.parseInt(query.getOrDefault("from", "0"))
                    : query.containsKey("after")
                            ? Integer.parseInt(query.get("after").substring(1)) + 1 - 1000
                            : 0;
            int to = Math.min(boxes, from + max);
            if ((detail && !details) || (!with.isEmpty() && !joins) || to - from > heaviest) {
                return FAILURE;
            }
            if (broken.stream().anyMatch(at -> from <= at && at < to)) {
                return FAILURE;
            }
            return MemoryCloud.json(IntStream.range(from, Math.max(from, to))
                    .mapToObj(i -> box(i + 1000, with))
                    .collect(Collectors.joining(",", "{\"total\":" + boxes + ",\"boxes\":[", "]}")));
        }

        private static String box(int i, String with) {
            return "{\"id\":\"b" + i + "\",\"size\":" + i
                    + (with.contains("lid") ? ",\"lid\":\"lid of b" + i + '"' : "")
                    + (with.contains("labels") ? ",\"labels\":[" + labels(i) + "]" : "") + '}';
        }

        private static String labels(int box) {
            return IntStream.range(0, box % 3)
                    .mapToObj(n -> "{\"id\":\"l" + box + "-" + n + "\"}")
                    .collect(Collectors.joining(","));
        }
    }

    private record Got(InventoryReport report, RowCollector rows, MemoryCloud cloud) {
        FetchReport table(String name) {
            return report.tables().stream()
                    .filter(table -> table.table().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> ids(String table) {
            return rows.rows("m", table).stream().map(row -> row.text("id")).toList();
        }
    }

    private static Got get(Server server, boolean inOrder, Planner planner, Query... queries) {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, server);
        RowCollector rows = new RowCollector();
        Inventory inventory = Inventory.of(List.of(cloud)).planner(planner).ask(queries);
        return new Got((inOrder ? inventory.inOrder() : inventory).get(rows), rows, cloud);
    }

    private static List<String> boxes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "b" + (i + 1000)).toList();
    }

    @Test
    void aPageThatIsTooHeavyIsAskedForInSmallerOnesAndThatIsTold() {
        Got got = get(
                new Server(250, 30, true, true, Set.of()),
                false,
                new Planner(),
                Query.of("f_box").columns("size"));
        FetchReport report = got.table("f_box");
        assertThat(report.outcome()).isEqualTo(FetchReport.Outcome.COMPLETE);
        assertThat(report.failures()).isEmpty();
        assertThat(report.refusals()).isNotEmpty();
        assertThat(report.refusals().getFirst().message()).contains("too much for me");
        assertThat(report.refusals().getFirst().way()).isEqualTo("list, pages at once");
        assertThat(report.rows()).isEqualTo(250);
    }

    @Test
    void whatTheServerCannotJoinIsAskedForRowByRow() {
        Got got = get(
                new Server(50, 100, false, true, Set.of()),
                false,
                new Planner().way("list, inline, pages at once"),
                Query.of("f_box").columns("id", "lid"));
        FetchReport report = got.table("f_box");
        assertThat(report.outcome()).isEqualTo(FetchReport.Outcome.COMPLETE);
        assertThat(report.refusals().getLast().instead()).doesNotContain("inline");
        assertThat(got.rows().rows("m", "f_box")).allMatch(row -> ("lid of " + row.text("id")).equals(row.text("lid")));
    }

    @Test
    void rowsThatWereToStandInsideTheParentsAreListedForEachOfThem() {
        Got got = get(
                new Server(50, 100, false, true, Set.of()),
                false,
                new Planner().way("inside the parent's list"),
                Query.of("f_label"));
        FetchReport report = got.table("f_label");
        assertThat(report.failures()).isEmpty();
        assertThat(report.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.way()).isEqualTo("inside the parent's list");
            assertThat(refusal.instead()).isEqualTo("a call for each row");
        });
        assertThat(got.ids("f_label")).hasSize(51).doesNotHaveDuplicates();
    }

    /** As oVirt before 4.2, which passes {@code follow} over in silence. */
    @Test
    void rowsThatTheServerDoesNotPutIntoTheParentsAreListedForEachOfThem() {
        for (boolean some : List.of(false, true)) {
            Server server = new Server(50, 100, true, true, Set.of());
            MemoryCloud cloud = new MemoryCloud("m", TABLES, (path, query) -> {
                HttpResponse answer = server.answer(path, query);
                // Some of the boxes may be told in full all the same.
                return path.endsWith("labels")
                        ? answer
                        : MemoryCloud.json(
                                answer.text().replaceAll(some ? ",\"labels\":\\[]" : ",\"labels\":\\[.*?]", ""));
            });
            RowCollector rows = new RowCollector();
            FetchReport report = Inventory.of(List.of(cloud))
                    .planner(new Planner().way("inside the parent's list"))
                    .inOrder()
                    .ask(Query.of("f_label"))
                    .get(rows)
                    .tables()
                    .getFirst();
            assertThat(report.failures()).isEmpty();
            assertThat(report.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.way()).isEqualTo("inside the parent's list");
                assertThat(refusal.instead()).isEqualTo("a call for each row");
                assertThat(refusal.message()).contains("rows do not hold /labels");
            });
            assertThat(rows.rows("m", "f_label"))
                    .extracting(row -> row.text("id"))
                    .containsExactlyElementsOf(IntStream.range(1000, 1050)
                            .boxed()
                            .flatMap(b -> IntStream.range(0, b % 3).mapToObj(n -> "l" + b + "-" + n))
                            .toList());
        }
    }

    /** Their parent is complete by then, and nothing is left to be asked. */
    @Test
    void rowsInsideTheParentsThatAreGivenUpAreToldToBeMissing() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, new Server(50, 100, true, true, Set.of()));
        CompletableFuture<InventoryRun> started = new CompletableFuture<>();
        InventoryRun run = Inventory.of(List.of(cloud))
                .planner(new Planner().way("inside the parent's list"))
                .ask(Query.of("f_box").columns("id", "size"), Query.of("f_label"))
                .start(batch -> {
                    if (batch.table().name().equals("f_box")) {
                        started.join().cancel();
                    }
                });
        started.complete(run);
        FetchReport labels = run.join().tables().getLast();
        assertThat(labels.planned().way()).isEqualTo("inside the parent's list");
        assertThat(labels.rows()).isZero();
        assertThat(labels.outcome()).isEqualTo(FetchReport.Outcome.FAILED);
    }

    @Test
    void aRefusalIsRememberedAndNotAskedForAgain() {
        Measurements measurements = new Measurements();
        MemoryCloud cloud = new MemoryCloud("m", TABLES, new Server(50, 100, true, false, Set.of()));
        Inventory inventory = Inventory.of(List.of(cloud))
                .learning(measurements)
                .ask(Query.of("f_box").columns("size"));
        assertThat(inventory.get(batch -> {}).tables().getFirst().refusals()).isNotEmpty();
        assertThat(inventory.get(batch -> {}).tables().getFirst().refusals()).isEmpty();
    }

    @Test
    void everyLostPageIsToldAndTheOthersStand() {
        // In pages of 100 that overlap by a row, two pages hold what cannot be answered; smaller ones cannot be had
        // either.
        Server server = new Server(1000, 1000, false, true, Set.of(450, 750));
        MemoryCloud cloud = new MemoryCloud("m", List.of(plain()), server);
        RowCollector rows = new RowCollector();
        FetchReport report = Inventory.of(List.of(cloud)).get(rows).tables().getFirst();
        assertThat(report.outcome()).isEqualTo(FetchReport.Outcome.PARTIAL);
        assertThat(report.rows()).isBetween(790L, 999L);
        assertThat(rows.rows("m", "f_plain")).extracting(row -> row.text("id")).doesNotHaveDuplicates();
        assertThat(report.failures().stream()
                        .mapToLong(FetchReport.Failure::count)
                        .sum())
                .isGreaterThanOrEqualTo(2);
    }

    private static Table plain() {
        return Table.named("f_plain", "A box.")
                .list(ListRequest.get("", "/boxes/detail")
                        .rows("boxes")
                        .paging(new Paging.Offset("from", "max", 15, "total")))
                .key("id", TEXT, "Identifier.")
                .build();
    }

    @Test
    void whateverIsRefusedTheRowsAreThereOnceOrItIsTold() {
        Random random = new Random(7);
        Set<String> taken = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 2_000; i++) {
            int boxes = random.nextInt(150);
            Set<Integer> broken = random.nextInt(4) == 0 ? Set.of(random.nextInt(150)) : Set.of();
            Server server =
                    new Server(boxes, 10 + random.nextInt(150), random.nextBoolean(), random.nextInt(3) > 0, broken);
            boolean inOrder = random.nextBoolean();
            boolean labels = random.nextInt(3) == 0;
            Planner planner = random.nextBoolean()
                    ? new Planner()
                    : new Planner()
                            .way(random.nextBoolean() ? "inside the parent's list" : "list, inline, pages at once");
            Query query = labels
                    ? Query.of("f_label")
                    : Query.of("f_box").columns("id", "size", random.nextBoolean() ? "lid" : "size");
            Got got = get(server, inOrder, planner, query);
            FetchReport report = got.table(query.table());
            report.refusals().forEach(refusal -> taken.add(refusal.way() + " > " + refusal.instead()));
            String where = i + ": " + server + ", " + query + ", " + report;
            assertThat(got.ids(query.table())).as(where).doesNotHaveDuplicates();
            List<String> wanted = labels
                    ? IntStream.range(1000, 1000 + boxes)
                            .boxed()
                            .flatMap(b -> IntStream.range(0, b % 3).mapToObj(n -> "l" + b + "-" + n))
                            .toList()
                    : boxes(boxes);
            assertThat(wanted).as(where).containsAll(got.ids(query.table()));
            if (report.outcome() == FetchReport.Outcome.COMPLETE) {
                assertThat(new TreeSet<>(got.ids(query.table()))).as(where).isEqualTo(new TreeSet<>(wanted));
                if (inOrder) {
                    assertThat(got.ids(query.table())).as(where).isEqualTo(wanted);
                }
            } else {
                assertThat(report.failures()).as(where).isNotEmpty();
            }
        }
        assertThat(taken).as("ways that were given up for others").hasSizeGreaterThan(4);
    }

    @Test
    void whatAListBroughtBeforeItWasRefusedIsNotLookedUpAgain() {
        Table table = Table.named("f_thing", "A thing.")
                .list(ListRequest.get("", "/things").rows("things").paging(new Paging.Marker("after", "max", 20)))
                .get(ApiRequest.get("", "/things/{id}"), "")
                .filter("id", ServerFilter.parameter("id").upTo(50))
                .key("id", INTEGER, "Identifier.")
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(table), (path, query) -> {
            if (path.startsWith("/things/")) {
                return MemoryCloud.json("{\"id\":" + path.substring("/things/".length()) + "}");
            }
            return query.containsKey("after")
                    ? FAILURE
                    : MemoryCloud.json(IntStream.range(0, Integer.parseInt(query.get("max")))
                            .mapToObj(i -> "{\"id\":" + i + "}")
                            .collect(Collectors.joining(",", "{\"things\":[", "]}")));
        });
        RowCollector rows = new RowCollector();
        Inventory.of(List.of(cloud))
                .planner(new Planner().way("list"))
                .ask(new Query(
                        "f_thing",
                        List.of(),
                        List.of(Condition.in(
                                "id",
                                IntStream.range(0, 40)
                                        .mapToObj(Integer::toString)
                                        .toList())),
                        List.of(),
                        Long.MAX_VALUE))
                .get(rows);
        assertThat(cloud.asked().getFirst()).startsWith("/things?");
        assertThat(cloud.asked().getLast()).startsWith("/things/");
        assertThat(rows.rows("m", "f_thing"))
                .extracting(row -> row.get("id"))
                .doesNotHaveDuplicates()
                .hasSize(40);
    }
}
