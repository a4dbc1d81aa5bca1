package dev.muster.core;

import static dev.muster.core.Column.at;
import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of a table, by every strategy: the same rows, and no request more than needed. */
class QueryTest {
    private static final int HOSTS = 40;

    private static final Table HOST = Table.named("q_host", "A host.")
            .list(ListRequest.get("", "/hosts/detail").rows("hosts"))
            .brief(ListRequest.get("", "/hosts").rows("hosts"), "id", "name")
            .get(ApiRequest.get("", "/hosts/{id}"), "/host")
            .key("id", TEXT, "Identifier.")
            .column("name", TEXT, "Name.")
            .column("status", TEXT, "up or down.")
            .column("flavor_id", TEXT, "Flavor.", at("/flavor/id"))
            .column(
                    "rack",
                    TEXT,
                    "Rack.",
                    byCall(ApiRequest.get("", "/hosts/{id}/rack"), "/rack/id").orInline("with", "rack", "/rack/id"))
            .column("row", TEXT, "Where its rack stands.", byCall(ApiRequest.get("", "/racks/{rack}"), "/row"))
            .filter("status", ServerFilter.parameter("status"))
            .one("flavor", "flavor_id", "q_flavor", "id")
            .many("nics", "id", "q_nic", "host_id")
            .many("ports", "id", "q_port", "device_id")
            .build();
    private static final Table NIC = Table.named("q_nic", "A network interface.")
            .list(ListRequest.get("", "/hosts/{host_id}/nics").rows("nics"))
            .each(HOST, "host_id")
            .inside("with", "nics", "/nics/nic")
            .key("id", TEXT, "Identifier.")
            .column("mac", TEXT, "Address.")
            .build();
    private static final Table FLAVOR = Table.named("q_flavor", "A size.")
            .list(ListRequest.get("", "/flavors").rows("flavors"))
            .get(ApiRequest.get("", "/flavors/{id}"), "")
            .key("id", TEXT, "Identifier.")
            .column("cpus", INTEGER, "Processors.")
            .build();
    private static final Table PORT = Table.named("q_port", "A port.")
            .list(ListRequest.get("", "/ports").rows("ports"))
            .key("id", TEXT, "Identifier.")
            .column("device_id", TEXT, "Its host.")
            .filter("device_id", ServerFilter.parameter("device").upTo(50))
            .build();
    private static final List<Table> TABLES = List.of(HOST, NIC, FLAVOR, PORT);
    private static final Table RACK = Table.named("q_rack", "A rack.")
            .list(ListRequest.get("", "/racks").rows("racks"))
            .key("id", TEXT, "Identifier.")
            .build();

    private static String host(int i, boolean detail, Map<String, String> query) {
        StringBuilder json = new StringBuilder("{\"id\":\"h" + i + "\",\"name\":\"host " + i + "\"");
        if (detail) {
            json.append(",\"status\":\"" + (i % 4 == 0 ? "down" : "up") + "\",\"flavor\":{\"id\":\"f" + i % 3 + "\"}");
        }
        String with = query.getOrDefault("with", "");
        if (with.contains("rack")) {
            json.append(",\"rack\":{\"id\":\"r" + i % 5 + "\"}");
        }
        if (with.contains("nics")) {
            json.append(",\"nics\":{\"nic\":[" + nics(i) + "]}");
        }
        return json.append('}').toString();
    }

    private static String nics(int host) {
        return IntStream.range(0, host % 3)
                .mapToObj(n -> "{\"id\":\"n" + host + "-" + n + "\",\"mac\":\"m" + host + n + "\"}")
                .collect(Collectors.joining(","));
    }

    private static HttpResponse hosts(boolean detail, Map<String, String> query) {
        return MemoryCloud.json(IntStream.range(0, HOSTS)
                .filter(i -> !query.containsKey("status")
                        || (i % 4 == 0) == query.get("status").equals("down"))
                .mapToObj(i -> host(i, detail, query))
                .collect(Collectors.joining(",", "{\"hosts\":[", "]}")));
    }

    private static HttpResponse serve(String path, Map<String, String> query) {
        String[] steps = path.substring(1).split("/", -1);
        return switch (steps[0]) {
            case "hosts" -> {
                if (steps.length == 1 || steps[1].equals("detail")) {
                    yield hosts(steps.length > 1, query);
                }
                int number = Integer.parseInt(steps[1].substring(1));
                if (number >= HOSTS) {
                    yield MemoryCloud.answer(404, "text/plain", "no such host");
                }
                yield steps.length == 2
                        ? MemoryCloud.json("{\"host\":" + host(number, true, Map.of()) + "}")
                        : steps[2].equals("rack")
                                ? MemoryCloud.json("{\"rack\":{\"id\":\"r" + number % 5 + "\"}}")
                                : MemoryCloud.json("{\"nics\":[" + nics(number) + "]}");
            }
            case "racks" -> MemoryCloud.json("{\"row\":\"row of " + steps[1] + "\"}");
            case "flavors" -> {
                if (steps.length == 2) {
                    yield MemoryCloud.json("{\"id\":\"" + steps[1] + "\",\"cpus\":" + steps[1].substring(1) + "}");
                }
                yield MemoryCloud.json("{\"flavors\":[{\"id\":\"f0\",\"cpus\":0},{\"id\":\"f1\",\"cpus\":1},"
                        + "{\"id\":\"f2\",\"cpus\":2},{\"id\":\"f3\",\"cpus\":3}]}");
            }
            default ->
                MemoryCloud.json(IntStream.range(0, HOSTS * 2)
                        .mapToObj(i -> "{\"id\":\"p" + i + "\",\"device_id\":\"h" + i / 2 + "\"}")
                        .collect(Collectors.joining(",", "{\"ports\":[", "]}")));
        };
    }

    private static MemoryCloud cloud() {
        return new MemoryCloud("m", TABLES, QueryTest::serve);
    }

    private static List<Map<String, Object>> rows(MemoryCloud cloud, Query query, Planner.Wish... wishes) {
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud))
                .ask(query)
                .planner(new Planner(wishes))
                .get(rows);
        assertThat(report.tables().getFirst().failures()).isEmpty();
        return rows.rows("m", query.table()).stream().map(Row::toMap).toList();
    }

    @Test
    void columnsThatAreNotAskedForCostNoRequest() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_host").columns("name", "status"))).hasSize(HOSTS);
        assertThat(cloud.asked()).containsExactly("/hosts/detail");
    }

    /** A collection that is there and holds nothing says that there are none. */
    @Test
    void aParentWithoutRowsInsideIsNotAskedForThem() {
        MemoryCloud cloud = new MemoryCloud(
                "m", TABLES, (path, query) -> MemoryCloud.json("{\"hosts\":[{\"id\":\"h0\",\"nics\":{}}]}"));
        FetchReport report = Inventory.of(List.of(cloud))
                .planner(new Planner().way("inside the parent's list"))
                .ask(Query.of("q_nic"))
                .get(batch -> {})
                .tables()
                .getFirst();
        assertThat(report.refusals()).isEmpty();
        assertThat(cloud.asked()).singleElement().asString().contains("with=nics");
    }

    @Test
    void theCheaperListServesWhereItHoldsEverything() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_host").columns("name")).getFirst()).isEqualTo(Map.of("name", "host 0"));
        assertThat(cloud.asked()).containsExactly("/hosts");
    }

    @ParameterizedTest
    @EnumSource(
            value = Planner.Wish.class,
            names = {"AUTO", "SEQUENTIAL", "LIST", "TWO_STAGE", "BY_CALL", "INLINE"})
    void everyStrategyBringsTheSameRows(Planner.Wish wish) {
        MemoryCloud cloud = cloud();
        List<Map<String, Object>> found = rows(cloud, Query.of("q_host"), wish);
        assertThat(found).hasSize(HOSTS);
        for (int i = 0; i < HOSTS; i++) {
            assertThat(found.get(i))
                    .isEqualTo(Map.of(
                            "id", "h" + i,
                            "name", "host " + i,
                            "status", i % 4 == 0 ? "down" : "up",
                            "flavor_id", "f" + i % 3,
                            "rack", "r" + i % 5,
                            "row", "row of r" + i % 5));
        }
        if (wish == Planner.Wish.TWO_STAGE) {
            assertThat(cloud.asked()).contains("/hosts", "/hosts/h7").doesNotContain("/hosts/detail");
        }
        if (wish == Planner.Wish.INLINE) {
            assertThat(cloud.asked()).contains("/hosts/detail?with=rack").noneMatch(path -> path.endsWith("/rack"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Planner.Wish.class,
            names = {"BY_CALL", "INLINE"})
    void rowsInsideTheParentsListAreThoseOfItsCalls(Planner.Wish wish) {
        for (String[] tables : new String[][] {{"q_nic"}, {"q_host", "q_nic"}}) {
            MemoryCloud cloud = cloud();
            RowCollector rows = new RowCollector();
            InventoryReport report = Inventory.of(List.of(cloud))
                    .tables(tables)
                    .planner(new Planner(wish))
                    .get(rows);
            assertThat(report.complete()).isTrue();
            assertThat(rows.rows("m", "q_nic").stream().map(row -> row.text("host_id") + " " + row.text("mac")))
                    .containsExactlyElementsOf(IntStream.range(0, HOSTS)
                            .boxed()
                            .flatMap(i -> IntStream.range(0, i % 3).mapToObj(n -> "h" + i + " m" + i + n))
                            .toList());
            assertThat(cloud.asked().stream()
                            .filter(path -> path.endsWith("/nics"))
                            .count())
                    .isEqualTo(wish == Planner.Wish.INLINE ? 0 : HOSTS);
        }
    }

    @Test
    void conditionsThatTheServerTakesAreAskedOfItAndTheOthersCheckedHere() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_host").columns("id").where("status = down and name like '%2'")))
                .extracting(row -> row.get("id"))
                .containsExactly("h12", "h32");
        assertThat(cloud.asked()).containsExactly("/hosts/detail?status=down");
        String plan = new Planner()
                .plan(Query.of("q_host").where("status = down and name like '%2'"), TABLES, Measured.nothing())
                .plan()
                .toString();
        assertThat(plan).contains("the server filters status = down; filtered here: name like %2");
    }

    @Test
    void conditionsOnTheKeyLookRowsUpAndWhatIsNotThereIsNoFailure() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_host").columns("name").where("id in (h3, h99, h5) and status = up")))
                .extracting(row -> row.get("name"))
                .containsExactly("host 3", "host 5");
        assertThat(cloud.asked()).containsExactlyInAnyOrder("/hosts/h3", "/hosts/h99", "/hosts/h5");
    }

    @Test
    void rowsOfOneParentAreAskedForWithoutListingParents() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_nic").columns("mac").where("host_id = h5")))
                .extracting(row -> row.get("mac"))
                .containsExactly("m50", "m51");
        assertThat(cloud.asked()).containsExactly("/hosts/h5/nics");
    }

    @Test
    void aLimitEndsTheAsking() {
        MemoryCloud cloud = cloud();
        assertThat(rows(cloud, Query.of("q_nic").limit(3))).hasSize(3);
        assertThat(rows(cloud(), Query.of("q_host").where("status = down").limit(2)))
                .hasSize(2);
        assertThat(rows(cloud(), Query.of("q_host").limit(0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Planner.Wish.class,
            names = {"WHOLE", "BATCH", "EACH", "AUTO"})
    void relatedRowsAreFoundInEveryWay(Planner.Wish wish) {
        MemoryCloud cloud = cloud();
        List<Map<String, Object>> found =
                rows(cloud, Query.of("q_host").columns("name", "flavor.cpus", "ports.id", "nics.mac"), wish);
        assertThat(found).hasSize(HOSTS);
        for (int i = 0; i < HOSTS; i++) {
            String macs = IntStream.range(0, i % 3)
                    .mapToObj("\"m%d%%d\"".formatted(i)::formatted)
                    .collect(Collectors.joining(","));
            assertThat(found.get(i))
                    .isEqualTo(Map.of(
                            "name",
                            "host " + i,
                            "flavor.cpus",
                            (long) (i % 3),
                            "ports.id",
                            new Json("[\"p" + i * 2 + "\",\"p" + (i * 2 + 1) + "\"]"),
                            "nics.mac",
                            new Json("[" + macs + "]")));
        }
        long flavors = cloud.asked().stream()
                .filter(path -> path.startsWith("/flavors"))
                .count();
        long ports =
                cloud.asked().stream().filter(path -> path.startsWith("/ports")).count();
        switch (wish) {
            case WHOLE -> assertThat(List.of(flavors, ports)).containsExactly(1L, 1L);
            case BATCH -> assertThat(ports).isEqualTo(1);
            case EACH -> assertThat(List.of(flavors, ports)).containsExactly(3L, (long) HOSTS);
            default -> assertThat(flavors).isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Planner.Wish.class,
            names = {"WHOLE", "BATCH", "EACH"})
    void howManyLookUpsARelationTakesIsLearnedWhicheverWayItWasResolved(Planner.Wish wish) {
        Measurements learned = new Measurements();
        Inventory all = Inventory.of(List.of(cloud()))
                .ask(Query.of("q_host").columns("flavor.cpus"))
                .learning(learned);
        Planner each = new Planner(Planner.Wish.LIST, Planner.Wish.EACH);
        assertThat(all.planner(each).plans().get("m").getFirst().expected().requests())
                .isGreaterThan(1 + 3);
        all.planner(new Planner(wish)).get(new RowCollector());
        assertThat(all.planner(each).plans().get("m").getFirst().expected().requests())
                .isEqualTo(1 + 3);
    }

    @Test
    void rowsAreFilteredByWhatIsRelatedToThem() {
        assertThat(rows(cloud(), Query.of("q_host").columns("id").where("flavor.cpus = 2 and id in (h2, h3)")))
                .extracting(row -> row.get("id"))
                .containsExactly("h2");
    }

    @Test
    void whatIsNotThereIsToldWithWhatIs() {
        assertRefused(Query.of("q_host").columns("nam"), "q_host", "'nam'", "name");
        assertRefused(Query.of("q_host").columns("flavour.cpus"), "flavour", "flavor, nics, ports");
        assertRefused(Query.of("q_host").columns("flavor.cpu"), "q_flavor", "'cpu'", "cpus");
        assertRefused(Query.of("q_host").where("stat = up"), "q_host", "'stat'");
        assertRefused(Query.of("q_flavor").where("cpus = two"), "cpus = two", "integer");
    }

    private static void assertRefused(Query query, String... words) {
        MemoryCloud cloud = cloud();
        assertThatThrownBy(() -> Inventory.of(List.of(cloud)).ask(query).start(batch -> {}))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContainingAll(words);
        assertThat(cloud.asked()).isEmpty();
        assertThat(cloud.logIns).hasValue(0);
    }

    @Test
    void onlyCloudsThatAreAskedForSomethingAreLoggedInTo() {
        MemoryCloud asked = cloud();
        MemoryCloud other = new MemoryCloud("other", List.of(RACK), QueryTest::serve);
        Inventory.of(List.of(asked, other)).tables("q_host").get(new RowCollector());
        assertThat(asked.logIns).hasValue(1);
        assertThat(other.logIns).hasValue(0);
    }

    @Test
    void inOrderMeansTheCloudsOrderWhateverArrivesFirst() {
        CountDownLatch others = new CountDownLatch(HOSTS / 2);
        MemoryCloud slow = new MemoryCloud("m", TABLES, (path, query) -> {
            if (path.equals("/hosts/h0/nics") || path.equals("/hosts/h1/nics")) {
                MemoryCloud.await(others);
            } else if (path.endsWith("/nics")) {
                others.countDown();
            }
            return serve(path, query);
        });
        List<String> macs = Collections.synchronizedList(new ArrayList<>());
        Inventory.of(List.of(slow))
                .tables("q_nic")
                .inOrder()
                .get(batch -> batch.rows().forEach(row -> macs.add(row.text("mac"))));
        assertThat(macs)
                .containsExactlyElementsOf(IntStream.range(0, HOSTS)
                        .boxed()
                        .flatMap(i -> IntStream.range(0, i % 3).mapToObj(n -> "m" + i + n))
                        .toList());
    }

    @Test
    void aStreamHoldsTheFetchBackUntilItsRowsAreTaken() {
        Table paged = Table.named("q_row", "A row.")
                .list(ListRequest.get("", "/rows").rows("rows").paging(new Paging.Marker("after", "limit", 10)))
                .key("id", INTEGER, "Number.")
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(paged), (path, query) -> {
            int after = Integer.parseInt(query.getOrDefault("after", "0"));
            return MemoryCloud.json(IntStream.rangeClosed(after + 1, Math.min(after + 10, 1000))
                    .mapToObj(i -> "{\"id\":" + i + "}")
                    .collect(Collectors.joining(",", "{\"rows\":[", "]}")));
        });
        int count = 0;
        try (RowStream rows = Inventory.of(List.of(cloud)).stream()) {
            count += rows.next().rows().size();
            // What waits is bounded, however long nobody takes it.
            assertThat(cloud.asked()).hasSizeLessThan(20);
            while (rows.hasNext()) {
                count += rows.next().rows().size();
            }
            assertThat(rows.report().complete()).isTrue();
        }
        assertThat(count).isEqualTo(1000);
    }

    @Test
    void aStreamThatIsClosedEarlyEndsTheFetch() {
        MemoryCloud cloud = cloud();
        InventoryRun run;
        try (RowStream rows = Inventory.of(List.of(cloud)).tables("q_nic").stream()) {
            assertThat(rows.hasNext()).isTrue();
            run = rows.run();
        }
        assertThat(run.join().tables()).hasSize(1);
    }

    @Test
    void afterADeadlineWhatIsMissingIsTold() {
        CountDownLatch never = new CountDownLatch(1);
        MemoryCloud stuck = new MemoryCloud("m", TABLES, (path, query) -> {
            if (path.endsWith("/nics")) {
                MemoryCloud.await(never);
            }
            return serve(path, query);
        });
        InventoryReport report = Inventory.of(List.of(stuck))
                .tables("q_host", "q_nic")
                .deadline(Duration.ofMillis(400))
                .get(batch -> {});
        never.countDown();
        assertThat(report.complete()).isFalse();
        assertThat(report.tables().get(1).failures())
                .anySatisfy(failure -> assertThat(failure.message()).contains("not finished within 400 ms"));
    }

    @Test
    void failuresStopTheRestOrAreThrownAtTheEndWhereThatIsAskedFor() {
        AtomicInteger nics = new AtomicInteger();
        MemoryCloud broken = new MemoryCloud("m", TABLES, (path, query) -> {
            if (path.endsWith("/nics")) {
                nics.incrementAndGet();
                throw new HttpException.TimedOut("no answer");
            }
            return path.equals("/flavors") ? MemoryCloud.answer(500, "text/plain", "broken") : serve(path, query);
        });
        InventoryReport stopped = Inventory.of(List.of(broken))
                .tables("q_nic")
                .onFailure(OnFailure.STOP)
                .get(batch -> {});
        assertThat(stopped.failed()).isTrue();
        assertThat(stopped.tables().getFirst().failures()).isNotEmpty();

        RowCollector rows = new RowCollector();
        assertThatThrownBy(() -> Inventory.of(List.of(broken))
                        .tables("q_flavor", "q_port")
                        .onFailure(OnFailure.FAIL)
                        .get(rows))
                .isInstanceOf(MusterException.Failed.class)
                .hasMessageContaining("broken");
        assertThat(rows.rows("m", "q_port")).hasSize(HOSTS * 2);
    }

    @Test
    void aRelatedTableThatFailsIsToldAndTheRowsStand() {
        MemoryCloud broken = new MemoryCloud(
                "m",
                TABLES,
                (path, query) -> path.startsWith("/flavors")
                        ? MemoryCloud.answer(500, "text/plain", "no flavors today")
                        : serve(path, query));
        RowCollector rows = new RowCollector();
        FetchReport report = Inventory.of(List.of(broken))
                .ask(Query.of("q_host").columns("name", "flavor.cpus"))
                .get(rows)
                .tables()
                .getFirst();
        assertThat(report.outcome()).isEqualTo(FetchReport.Outcome.PARTIAL);
        assertThat(report.failures().getFirst().message()).contains("no flavors today");
        assertThat(rows.rows("m", "q_host")).hasSize(HOSTS).allMatch(row -> row.get("flavor.cpus") == null);
    }

    @Test
    void aSearchStandsBeforeThePageNumberAsItIs() {
        Table table = Table.named("q_vm", "A machine.")
                .list(ListRequest.get("", "/vms")
                        .rows("vm")
                        .paging(new Paging.PageNumber("search", "page ", "max", 10)))
                .filter("name", ServerFilter.term("search", "name=\"%s\""))
                .key("id", TEXT, "Identifier.")
                .column("name", TEXT, "Name.")
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(table), (path, query) -> MemoryCloud.json("{\"vm\":[]}"));
        Inventory.of(List.of(cloud)).ask(Query.of("q_vm").where("name = '%d'")).get(new RowCollector());
        assertThat(cloud.asked()).containsExactly("/vms?search=name%3D%22%25d%22%20page%201&max=10");
    }

    @Test
    void whatASearchHasOtherWordsForIsSortedOutHere() {
        Table table = Table.named("q_vm", "A machine.")
                .list(ListRequest.get("", "/vms").rows("vm"))
                .filter("status", ServerFilter.term("search", "status=%s").only("up", "down"))
                .key("id", TEXT, "Identifier.")
                .column("status", TEXT, "Status.")
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(table), (path, query) -> MemoryCloud.json("""
                {"vm":[{"id":"1","status":"up"},{"id":"2","status":"powering_up"}]}"""));
        for (String status : List.of("up", "powering_up")) {
            RowCollector rows = new RowCollector();
            Inventory.of(List.of(cloud))
                    .ask(Query.of("q_vm").where("status = '" + status + "'"))
                    .get(rows);
            assertThat(rows.rows("m", "q_vm"))
                    .extracting(row -> row.get("status"))
                    .containsExactly(status);
        }
        assertThat(cloud.asked()).containsExactly("/vms?search=status%3Dup", "/vms");
    }
}
