package dev.muster.cli;

import dev.muster.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints what a call answered: maps, lists, texts, numbers, booleans and null. */
final class ValueOutput {
    /** What a person looks for first stands first. */
    private static final List<String> FIRST = List.of("id", "name", "hostname", "status");

    private final Console console;
    private final boolean flat;

    /** {@code flat}: tables show what objects in a row hold in columns of their own. */
    ValueOutput(Console console, boolean flat) {
        this.console = console;
        this.flat = flat;
    }

    /** Prints it: whole as JSON or YAML; as table or CSV what stands in it at the top, unless flat. */
    void print(Format format, @Nullable Object value) {
        switch (format) {
            case JSON, YAML -> {
                try (Document document = format == Format.JSON
                        ? new JsonDocument(console.out(), console.outIsTerminal())
                        : new YamlDocument(console.out())) {
                    write(document, value);
                }
            }
            case TABLE, CSV -> rows(format, flat ? Flat.of(value) : value);
        }
        console.out().flush();
    }

    private static void write(Document document, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                document.beginObject();
                map.forEach((name, field) -> write(document.name(name.toString()), field));
                document.endObject();
            }
            case List<?> list -> {
                document.beginArray();
                list.forEach(element -> write(document, element));
                document.endArray();
            }
            case null, default -> document.value(value);
        }
    }

    private void rows(Format format, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof List<?> list)) {
            if (value instanceof Map<?, ?> map) {
                List<List<String>> fields = new ArrayList<>();
                map.forEach((name, field) -> fields.add(List.of(name.toString(), cell(field))));
                Listed.print(console, format, "answer", List.of("field", "value"), fields);
            } else {
                console.out().println(TextWidth.harmless(cell(value)));
            }
            return;
        }
        if (list.isEmpty() && format == Format.TABLE) {
            console.out().println(Texts.count(0, "row", "rows"));
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        for (Object row : list) {
            if (row instanceof Map<?, ?> map) {
                FIRST.stream().filter(map::containsKey).forEach(names::add);
            }
        }
        for (Object row : list) {
            if (row instanceof Map<?, ?> map) {
                map.forEach((name, field) -> {
                    if (!(field instanceof Map<?, ?> || field instanceof List<?>)) {
                        names.add(name.toString());
                    }
                });
            }
        }
        List<String> heads = names.isEmpty() ? List.of("value") : List.copyOf(names);
        Listed.print(
                console,
                format,
                "answer",
                heads,
                list.stream()
                        .map(row -> heads.stream()
                                .map(head -> cell(row instanceof Map<?, ?> map ? map.get(head) : row))
                                .toList())
                        .toList());
    }

    /** A value in one cell; what has parts of its own as compact JSON. */
    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> _, List<?> _ ->
                new String(Json.bytes(out -> Json.write(out, value)), StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }
}
