package dev.muster.core;

import static dev.muster.core.Column.at;
import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final Table VMS = Table.named("t_vm", "A virtual machine.")
            .list(ListRequest.get("", "/vms").rowsOrNone("vm"))
            .key("id", TEXT, "Identifier.")
            .column("name", TEXT, "Name.")
            .column("host", TEXT, "Host.", at("/host/id"))
            .build();
    private static final Table DISKS = Table.named("t_disk", "A disk of a virtual machine.")
            .list(ListRequest.get("", "/vms/{vm_id}/disks").rowsOrNone("disk"))
            .each(VMS, "vm_id")
            .key("id", TEXT, "Identifier.")
            .column("size", INTEGER, "Bytes.")
            .build();
    private static final Table NETS = Table.named("t_net", "A network.")
            .list(ListRequest.get("", "/nets").rows("net"))
            .key("id", TEXT, "Identifier.")
            .column("mtu", INTEGER, "Bytes.", byCall(ApiRequest.get("", "/nets/{id}"), "/detail/mtu"))
            .build();
    private static final Table NETS_BY_ONE = Table.named("t_net", "A network.")
            .list(ListRequest.get("", "/nets").rows("net").paging(new Paging.Marker("marker", "limit", 1)))
            .key("id", TEXT, "Identifier.")
            .column("mtu", INTEGER, "Bytes.", byCall(ApiRequest.get("", "/nets/{id}"), "/detail/mtu"))
            .build();
    private static final List<Table> TABLES = List.of(VMS, DISKS, NETS);

    private static HttpResponse serve(String path, Map<String, String> query) {
        if (path.equals("/vms")) {
            return MemoryCloud.json(IntStream.range(0, 50)
                    .mapToObj(i -> "{\"id\":\"v" + i + "\",\"name\":\"vm " + i + "\",\"host\":{\"id\":\"h\"}}")
                    .collect(Collectors.joining(",", "{\"vm\":[", "]}")));
        }
        if (path.endsWith("/disks")) {
            String vm = path.split("/", -1)[2];
            return vm.equals("v7")
                    ? MemoryCloud.json("{}")
                    : MemoryCloud.json("{\"disk\":[{\"id\":\"" + vm + "-a\",\"size\":\"10\"},{\"id\":\"" + vm
                            + "-b\",\"size\":20}]}");
        }
        return path.equals("/nets")
                ? MemoryCloud.json("{\"net\":[{\"id\":\"n1\"},{\"id\":\"n2\"}]}")
                : MemoryCloud.json("{\"detail\":{\"mtu\":1500}}");
    }

    @Test
    void aTableOthersAreListedForIsAskedOnce() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).get(rows);

        assertThat(report.complete()).isTrue();
        assertThat(cloud.asked()).filteredOn("/vms"::equals).hasSize(1);
        assertThat(cloud.asked()).hasSize(1 + 50 + 1 + 2);
        assertThat(report.clouds().getFirst().requests()).isEqualTo(54);
        assertThat(rows.rows("m", "t_vm")).hasSize(50);
        assertThat(rows.rows("m", "t_disk")).hasSize(98);
        assertThat(rows.rows("m", "t_disk").getFirst().toMap())
                .isEqualTo(Map.of("vm_id", "v0", "id", "v0-a", "size", 10L));
        assertThat(rows.rows("m", "t_net")).extracting(r -> r.get("mtu")).containsExactly(1500L, 1500L);
    }

    @Test
    void onlyWhatIsAskedForIsShown() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).tables("t_disk").get(rows);

        assertThat(report.tables()).extracting(FetchReport::table).containsExactly("t_disk");
        assertThat(rows.rows("m", "t_vm")).isEmpty();
        assertThat(rows.rows("m", "t_disk")).hasSize(98);
        assertThatThrownBy(() -> Inventory.of(List.of(cloud)).tables("t_dsik"))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContainingAll("t_dsik", "t_disk, t_net, t_vm");
    }

    @Test
    void aFailureInOnePlaceLeavesTheOthersStanding() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, (path, query) -> switch (path) {
            case "/vms/v3/disks", "/vms/v4/disks" -> MemoryCloud.answer(500, "text/plain", "database down");
            case "/nets" -> MemoryCloud.answer(200, "text/html", "<html>");
            default -> serve(path, query);
        });
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).get(rows);

        Map<String, FetchReport> tables =
                report.tables().stream().collect(Collectors.toMap(FetchReport::table, t -> t));
        assertThat(tables.get("t_vm").outcome()).isEqualTo(FetchReport.Outcome.COMPLETE);
        assertThat(tables.get("t_disk").outcome()).isEqualTo(FetchReport.Outcome.PARTIAL);
        assertThat(tables.get("t_disk").rows()).isEqualTo(94);
        assertThat(tables.get("t_disk").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.count()).isEqualTo(2);
            assertThat(failure.kind()).isEqualTo("failed");
            assertThat(failure.request()).startsWith("GET /vms/v");
            assertThat(failure.message()).contains("database down");
        });
        assertThat(tables.get("t_net").outcome()).isEqualTo(FetchReport.Outcome.FAILED);
        assertThat(report.complete()).isFalse();
        assertThat(report.failed()).isFalse();
    }

    @Test
    void aTableWhoseParentFailedSaysSo() {
        MemoryCloud cloud = new MemoryCloud(
                "m",
                TABLES,
                (path, query) -> path.equals("/vms")
                        ? MemoryCloud.answer(503, "text/plain", "maintenance")
                        : serve(path, query));
        InventoryReport report = Inventory.of(List.of(cloud)).get(new RowCollector());

        FetchReport disks = report.tables().get(1);
        assertThat(disks.outcome()).isEqualTo(FetchReport.Outcome.FAILED);
        assertThat(disks.failures().getFirst().message()).contains("t_vm", "maintenance");
    }

    @Test
    void aDeadCloudIsNotAskedForEverAndTheOthersArrive() {
        MemoryCloud dead = new MemoryCloud("dead", TABLES, (path, query) -> {
            if (path.equals("/vms")) {
                return MemoryCloud.json(IntStream.range(0, 5000)
                        .mapToObj(i -> "{\"id\":\"v" + i + "\"}")
                        .collect(Collectors.joining(",", "{\"vm\":[", "]}")));
            }
            throw new HttpException.TimedOut("no answer");
        });
        MemoryCloud fine = new MemoryCloud("fine", TABLES, InventoryTest::serve);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(dead, fine)).get(rows);

        FetchReport disks = report.clouds().getFirst().tables().get(1);
        assertThat(disks.requests()).isLessThan(1000);
        assertThat(disks.failures().stream()
                        .mapToLong(FetchReport.Failure::count)
                        .sum())
                .isEqualTo(5000);
        assertThat(report.clouds().get(1).tables()).allMatch(t -> t.outcome() == FetchReport.Outcome.COMPLETE);
    }

    @Test
    void aRunCanBeCancelledAndThenTellsWhatIsMissing() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch some = new CountDownLatch(10);
        MemoryCloud cloud = new MemoryCloud("m", TABLES, (path, query) -> {
            if (path.endsWith("/disks")) {
                some.countDown();
                MemoryCloud.await(held);
            }
            return serve(path, query);
        });
        InventoryRun run = Inventory.of(List.of(cloud)).start(batch -> {});
        MemoryCloud.await(some);
        run.cancel();
        InventoryReport report = run.join();
        held.countDown();

        assertThat(report.tables().get(0).outcome()).isEqualTo(FetchReport.Outcome.COMPLETE);
        assertThat(report.tables().get(1).outcome()).isEqualTo(FetchReport.Outcome.FAILED);
        assertThat(report.tables().get(1).failures().getFirst().kind()).isEqualTo("cancelled");
    }

    @Test
    void twoCloudsOfOneNameAreRefused() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        assertThatThrownBy(() -> Inventory.of(List.of(cloud, cloud))).hasMessageContaining("'m'");
    }

    @Test
    void aSinkThatFailsOnSortedRowsEndsTheRunAndIsTold() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        InventoryReport report = Inventory.of(List.of(cloud))
                .ask(Query.of("t_vm").orderBy("name"))
                .get(batch -> {
                    throw new IllegalStateException("the disk is full");
                });
        assertThat(report.tables().getFirst().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("the disk is full"));
    }

    @Test
    void aSinkThatFailsWithAnErrorLeavesNoTableComplete() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        InventoryReport report = Inventory.of(List.of(cloud)).get(batch -> {
            throw new AssertionError("the disk is full");
        });
        assertThat(report.tables()).extracting(FetchReport::outcome).doesNotContain(FetchReport.Outcome.COMPLETE);
    }

    @Test
    void rowsThatAreNoLongerWantedAreNotMissing() {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        MemoryCloud cloud = new MemoryCloud("m", List.of(NETS_BY_ONE), (path, query) -> {
            if (path.equals("/nets")) {
                return MemoryCloud.json(
                        switch (query.getOrDefault("marker", "")) {
                            case "" -> "{\"net\":[{\"id\":\"n1\"}]}";
                            case "n1" -> "{\"net\":[{\"id\":\"n2\"}]}";
                            default -> "{\"net\":[]}";
                        });
            }
            if (path.equals("/nets/n2")) {
                second.countDown();
                MemoryCloud.await(over);
            }
            MemoryCloud.await(second);
            return serve(path, query);
        });
        InventoryReport report = Inventory.of(List.of(cloud))
                .ask(Query.of("t_net").where("mtu = 1500").limit(1))
                .get(new RowCollector());
        over.countDown();

        assertThat(report.tables().getFirst().rows()).isEqualTo(1);
        assertThat(report.tables().getFirst().outcome()).isEqualTo(FetchReport.Outcome.COMPLETE);
    }

    @Test
    void aStreamThatWasClosedHasNoMore() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        RowStream rows = Inventory.of(List.of(cloud)).stream();
        rows.close();
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void longListsForManyParentsWithCallsForEachRowEnd() {
        Table parts = Table.named("t_part", "A part of a virtual machine.")
                .list(ListRequest.get("", "/vms/{vm_id}/parts")
                        .rows("part")
                        .paging(new Paging.Marker("from", "max", 1)))
                .each(VMS, "vm_id")
                .key("id", TEXT, "Identifier.")
                .column("size", INTEGER, "Bytes.", byCall(ApiRequest.get("", "/parts/{id}"), "/size"))
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(VMS, parts), (path, query) -> {
            if (path.equals("/vms")) {
                return MemoryCloud.json(IntStream.range(0, 300)
                        .mapToObj(i -> "{\"id\":\"v" + i + "\"}")
                        .collect(Collectors.joining(",", "{\"vm\":[", "]}")));
            }
            if (path.startsWith("/parts/")) {
                return MemoryCloud.json("{\"size\":1}");
            }
            int next = Integer.parseInt(query.getOrDefault("from", "0")) + 1;
            return MemoryCloud.json(next > 6 ? "{\"part\":[]}" : "{\"part\":[{\"id\":\"" + next + "\"}]}");
        });
        InventoryReport report = Inventory.of(List.of(cloud)).tables("t_part").get(new RowCollector());
        assertThat(report.tables().getFirst().rows()).isEqualTo(1800);
    }

    @Test
    void aParentThatIsNamedTwiceIsListedForOnce() {
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        RowCollector rows = new RowCollector();
        Inventory.of(List.of(cloud))
                .ask(Query.of("t_disk").where("vm_id in (v1, v2, v1)"))
                .get(rows);
        assertThat(rows.rows("m", "t_disk"))
                .extracting(row -> row.text("id"))
                .containsExactly("v1-a", "v1-b", "v2-a", "v2-b");
    }

    private static WeakReference<AtomicLong> counted(Duration deadline) {
        AtomicLong rows = new AtomicLong();
        MemoryCloud cloud = new MemoryCloud("m", TABLES, InventoryTest::serve);
        Inventory.of(List.of(cloud))
                .deadline(deadline)
                .get(batch -> rows.addAndGet(batch.rows().size()));
        return new WeakReference<>(rows);
    }

    @Test
    void aDeadlineDoesNotHoldWhatHasCome() {
        WeakReference<AtomicLong> rows = counted(Duration.ofHours(1));
        // A collection that was asked for takes what nobody holds, if not the first then one of the next.
        for (int i = 0; i < 50 && rows.get() != null; i++) {
            System.gc();
        }
        assertThat(rows.get()).isNull();
    }
}
