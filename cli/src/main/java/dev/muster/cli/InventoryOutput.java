package dev.muster.cli;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.FetchReport;
import dev.muster.core.InventoryReport;
import dev.muster.core.InventoryReport.CloudReport;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints an inventory in each of the formats. */
final class InventoryOutput {
    private final Console console;
    private final InventoryReport report;
    private final RowCollector rows;

    InventoryOutput(Console console, InventoryReport report, RowCollector rows) {
        this.console = console;
        this.report = report;
        this.rows = rows;
    }

    void print(Format format, @Nullable Path folder) {
        switch (format) {
            case TABLE -> table();
            case JSON -> document(new JsonDocument(console.out(), console.outIsTerminal()));
            case YAML -> document(new YamlDocument(console.out()));
            case CSV -> {
                if (folder == null) {
                    csv();
                } else {
                    csvFiles(folder);
                }
            }
        }
    }

    private void table() {
        Palette palette = console.palette();
        for (CloudReport cloud : report.clouds()) {
            for (FetchReport table : cloud.tables()) {
                List<Row> found = rows.rows(cloud.cloud(), table.table());
                String partial = table.outcome() == FetchReport.Outcome.COMPLETE
                        ? ""
                        : palette.warning(" · " + (table.rows() == 0 ? "failed" : "incomplete"));
                String where = report.clouds().size() == 1 ? "" : Texts.tenancy(cloud.tenancy());
                console.out()
                        .println(palette.accent(TextWidth.harmless(cloud.cloud()))
                                + palette.faint(" · " + where)
                                + palette.strong(table.table())
                                + palette.faint(" · ")
                                + Texts.count(found.size(), "row", "rows")
                                + partial);
                if (!found.isEmpty()) {
                    rows(found, table.planned().table().key()).print(console.width(), palette, console.out()::println);
                }
                console.out().println();
            }
        }
        // Of clouds of another kind than the tables that were asked for there is nothing to tell.
        report.clouds().stream()
                .filter(cloud -> !cloud.tables().isEmpty())
                .forEach(cloud -> Summary.print(console, cloud));
    }

    private static TextTable rows(List<Row> rows, List<String> key) {
        TextTable table = new TextTable(
                rows.getFirst().columns().stream().map(c -> head(c, key)).toList());
        for (Row row : rows) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.columns().size(); i++) {
                Object value = row.get(i);
                values.add(value == null ? "" : value.toString());
            }
            table.row(values);
        }
        return table;
    }

    private static TextTable.Head head(Column column, List<String> key) {
        boolean number = column.type() == ColumnType.INTEGER || column.type() == ColumnType.DECIMAL;
        return new TextTable.Head(column.name(), number, key.contains(column.name()));
    }

    private void document(Document out) {
        try (out) {
            out.beginObject().name("clouds").beginArray();
            for (CloudReport cloud : report.clouds()) {
                cloud(out, cloud);
            }
            out.endArray();
            out.field("complete", report.complete());
            out.field("seconds", Texts.exact(report.elapsed()));
            out.name("failures").beginArray();
            for (FetchReport table : report.tables()) {
                for (FetchReport.Failure failure : table.failures()) {
                    out.beginObject().field("cloud", table.cloud()).field("table", table.table());
                    failure(out, failure);
                    out.endObject();
                }
            }
            out.endArray().endObject();
        }
    }

    private void cloud(Document out, CloudReport cloud) {
        out.beginObject().field("name", cloud.cloud()).field("type", cloud.type());
        out.field("project", cloud.tenancy().project())
                .field("region", cloud.tenancy().region());
        out.name("tables").beginArray();
        for (FetchReport table : cloud.tables()) {
            out.beginObject().field("name", table.table()).field("outcome", outcome(table));
            out.name("rows").beginArray();
            for (Row row : rows.rows(cloud.cloud(), table.table())) {
                out.beginObject();
                for (int i = 0; i < row.columns().size(); i++) {
                    out.field(row.columns().get(i).name(), row.get(i));
                }
                out.endObject();
            }
            out.endArray();
            report(out.name("report"), table);
            out.endObject();
        }
        out.endArray()
                .field("requests", cloud.requests())
                .field("resent", cloud.resent())
                .field("bytes", cloud.bytes())
                .name("limits")
                .beginArray();
        cloud.limits().forEach(limit -> ReportDocument.limit(out, limit));
        out.endArray().field("seconds", Texts.exact(cloud.elapsed())).endObject();
    }

    private static void report(Document out, FetchReport table) {
        out.beginObject();
        ReportDocument.fields(out, table);
        out.endObject();
    }

    static void failure(Document out, FetchReport.Failure failure) {
        out.field("kind", failure.kind())
                .field("request", failure.request().isEmpty() ? null : failure.request())
                .field("message", failure.message())
                .field("count", failure.count());
    }

    static String outcome(FetchReport table) {
        return table.outcome().name().toLowerCase(java.util.Locale.ROOT);
    }

    /** One table: its columns behind what tells its clouds apart. Several, which share no columns: a line for each value. */
    private void csv() {
        Csv csv = new Csv(console.out());
        Map<String, List<CloudReport>> tables = byTable();
        if (tables.size() == 1) {
            Map.Entry<String, List<CloudReport>> only =
                    tables.entrySet().iterator().next();
            csv(csv, only.getKey(), only.getValue());
        } else {
            Tags tags = Tags.of(report.clouds());
            List<String> header = new ArrayList<>(tags.names());
            header.addAll(List.of("table", "row", "column", "value"));
            csv.line(header);
            for (CloudReport cloud : report.clouds()) {
                cloud.tables().forEach(table -> values(csv, tags.of(cloud), table));
            }
        }
        console.out().flush();
    }

    private void values(Csv csv, List<@Nullable Object> tags, FetchReport table) {
        int number = 0;
        for (Row row : rows.rows(table.cloud(), table.table())) {
            number++;
            for (int i = 0; i < row.columns().size(); i++) {
                List<@Nullable Object> line = new ArrayList<>(tags);
                line.add(table.table());
                line.add(number);
                line.add(row.columns().get(i).name());
                line.add(row.get(i));
                csv.line(line);
            }
        }
    }

    private void csvFiles(Path folder) {
        for (Map.Entry<String, List<CloudReport>> table : byTable().entrySet()) {
            Path file = folder.resolve(table.getKey() + ".csv");
            boolean failed = table.getValue().stream()
                    .flatMap(cloud -> cloud.tables().stream())
                    .filter(one -> one.table().equals(table.getKey()))
                    .allMatch(one -> one.outcome() == FetchReport.Outcome.FAILED);
            try {
                if (failed) {
                    // One without rows would say that there are none, and an old one that it is of now.
                    Files.deleteIfExists(file);
                } else {
                    WholeFile.write(file, out -> csv(new Csv(out), table.getKey(), table.getValue()));
                }
            } catch (IOException e) {
                throw new Unwritten("--output-dir: " + file + " could not be written: " + Unwritten.reason(e), e);
            }
        }
    }

    private void csv(Csv csv, String table, List<CloudReport> clouds) {
        Tags tags = Tags.of(clouds);
        List<String> header = new ArrayList<>(tags.names());
        clouds.getFirst().tables().stream()
                .filter(one -> one.table().equals(table))
                .flatMap(one -> one.planned().output().stream())
                .forEach(column -> header.add(column.name()));
        csv.line(header);
        for (CloudReport cloud : clouds) {
            for (Row row : rows.rows(cloud.cloud(), table)) {
                List<@Nullable Object> line = new ArrayList<>(tags.of(cloud));
                for (int i = 0; i < row.columns().size(); i++) {
                    line.add(row.get(i));
                }
                csv.line(line);
            }
        }
    }

    private Map<String, List<CloudReport>> byTable() {
        Map<String, List<CloudReport>> tables = new LinkedHashMap<>();
        for (CloudReport cloud : report.clouds()) {
            cloud.tables()
                    .forEach(table -> tables.computeIfAbsent(table.table(), t -> new ArrayList<>())
                            .add(cloud));
        }
        return tables;
    }
}
