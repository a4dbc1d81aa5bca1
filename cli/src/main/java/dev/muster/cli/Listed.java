package dev.muster.cli;

import java.util.List;

/** A plain list in each of the formats: rows of texts under names. */
final class Listed {
    private Listed() {}

    /** Prints it; in JSON and YAML as an object with one array under {@code name}. */
    static void print(Console console, Format format, String name, List<String> columns, List<List<String>> rows) {
        switch (format) {
            case TABLE -> {
                TextTable table =
                        new TextTable(columns.stream().map(TextTable::text).toList());
                rows.forEach(table::row);
                table.print(console.width(), console.palette(), console.out()::println);
            }
            case CSV -> {
                Csv csv = new Csv(console.out());
                csv.line(keys(columns));
                rows.forEach(csv::line);
            }
            case JSON -> document(new JsonDocument(console.out(), console.outIsTerminal()), name, keys(columns), rows);
            case YAML -> document(new YamlDocument(console.out()), name, keys(columns), rows);
        }
    }

    private static List<String> keys(List<String> columns) {
        return columns.stream().map(column -> column.replace(' ', '_')).toList();
    }

    private static void document(Document out, String name, List<String> columns, List<List<String>> rows) {
        try (out) {
            out.beginObject().name(name).beginArray();
            for (List<String> row : rows) {
                out.beginObject();
                for (int i = 0; i < row.size(); i++) {
                    out.field(columns.get(i), row.get(i));
                }
                out.endObject();
            }
            out.endArray().endObject();
        }
    }
}
