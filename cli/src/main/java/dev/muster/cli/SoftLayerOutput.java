package dev.muster.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints objects of any shape: for people and in CSV with properties of related objects behind dots, else as they are. */
final class SoftLayerOutput {
    private final Console console;
    private final Format format;

    SoftLayerOutput(Console console, Format format) {
        this.console = console;
        this.format = format;
    }

    /** A list. */
    void rows(List<?> rows) {
        switch (format) {
            case JSON, YAML -> document(rows);
            case TABLE, CSV -> {
                List<Map<String, @Nullable Object>> flat = new ArrayList<>();
                Set<String> columns = new LinkedHashSet<>();
                for (Object row : rows) {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    flatten("", row, values);
                    flat.add(values);
                    columns.addAll(values.keySet());
                }
                lines(
                        List.copyOf(columns),
                        flat.stream()
                                .map(row -> columns.stream().map(row::get).toList())
                                .toList());
            }
        }
    }

    /** Anything else: an object with a line for each property, or one value alone. */
    void value(@Nullable Object value) {
        if (format == Format.JSON || format == Format.YAML) {
            document(value);
        } else if (value instanceof Map<?, ?>) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            flatten("", value, values);
            List<List<@Nullable Object>> lines = new ArrayList<>();
            values.forEach((name, one) -> {
                List<@Nullable Object> line = new ArrayList<>();
                line.add(name);
                line.add(one);
                lines.add(line);
            });
            lines(List.of("property", "value"), lines);
        } else if (value instanceof List<?> list) {
            rows(list);
        } else if (value != null) {
            console.out().println(TextWidth.harmless(value.toString()));
        }
    }

    private void lines(List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        if (format == Format.CSV) {
            Csv csv = new Csv(console.out());
            csv.line(columns);
            rows.forEach(csv::line);
        } else if (!columns.isEmpty()) {
            TextTable table =
                    new TextTable(columns.stream().map(TextTable::text).toList());
            rows.forEach(row -> table.row(
                    row.stream().map(value -> Objects.toString(value, "")).toList()));
            table.print(console.width(), console.palette(), console.out()::println);
        }
    }

    private static void flatten(String name, @Nullable Object value, Map<String, @Nullable Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> flatten(name.isEmpty() ? String.valueOf(key) : name + '.' + key, below, into));
        } else {
            into.put(name.isEmpty() ? "value" : name, value instanceof List<?> list ? text(list) : value);
        }
    }

    /** A list in one line: its values where they are simple or objects with one property each, else JSON. */
    private static String text(List<?> list) {
        List<String> simple = new ArrayList<>();
        for (Object one : list) {
            Map<String, @Nullable Object> flat = new LinkedHashMap<>();
            flatten("", one, flat);
            if (flat.size() != 1) {
                java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
                java.io.PrintStream out = new java.io.PrintStream(bytes, false, StandardCharsets.UTF_8);
                try (JsonDocument json = new JsonDocument(out, false)) {
                    write(json, list);
                }
                return bytes.toString(StandardCharsets.UTF_8).strip();
            }
            simple.add(Objects.toString(flat.values().iterator().next(), ""));
        }
        return String.join(", ", simple);
    }

    private void document(@Nullable Object value) {
        try (Document out = format == Format.YAML
                ? new YamlDocument(console.out())
                : new JsonDocument(console.out(), console.outIsTerminal())) {
            write(out, value);
        }
    }

    private static void write(Document out, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.beginObject();
                map.forEach((name, below) -> write(out.name(String.valueOf(name)), below));
                out.endObject();
            }
            case List<?> list -> {
                out.beginArray();
                list.forEach(one -> write(out, one));
                out.endArray();
            }
            case null, default -> out.value(value);
        }
    }
}
