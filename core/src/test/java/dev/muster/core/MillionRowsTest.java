package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Memory is bounded by what is under way, not by what there is: in a process of its own with a small heap. */
class MillionRowsTest {
    private static final int ROWS = 1_000_000;
    private static final int PAGE = 1000;

    @Test
    void aMillionRowsStreamThroughAHeapOf128Megabytes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        MillionRowsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("rows " + ROWS + ", sum " + (long) ROWS * (ROWS - 1) / 2);
    }

    private static String classPath() {
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        return modules == null ? classes : modules + java.io.File.pathSeparator + classes;
    }

    private static HttpResponse page(Map<String, String> query) {
        int from = Integer.parseInt(query.get("offset"));
        StringBuilder json = new StringBuilder("{\"total\":" + ROWS + ",\"rows\":[");
        for (int i = from; i < Math.min(ROWS, from + Integer.parseInt(query.get("limit"))); i++) {
            json.append(i == from ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"machine number ")
                    .append(i)
                    .append("\"}");
        }
        return MemoryCloud.json(json.append("]}").toString());
    }

    /** The other process. */
    public static void main(String... args) {
        Table table = Table.named("m_row", "A row.")
                .list(ListRequest.get("", "/rows")
                        .rows("rows")
                        .paging(new Paging.Offset("offset", "limit", PAGE, "total")))
                .key("id", ColumnType.INTEGER, "Number.")
                .column("name", ColumnType.TEXT, "Name.")
                .build();
        MemoryCloud cloud = new MemoryCloud("m", List.of(table), (path, query) -> page(query));
        LongAdder rows = new LongAdder();
        LongAdder sum = new LongAdder();
        InventoryReport report = Inventory.of(List.of(cloud))
                .ask(Query.of("m_row").where("name like 'machine%'"))
                .inOrder()
                .get(batch -> batch.rows().forEach(row -> {
                    rows.increment();
                    sum.add((Long) row.get("id"));
                }));
        System.out.println(report.tables().getFirst().failures());
        System.out.println("rows " + rows.sum() + ", sum " + sum.sum());
    }
}
