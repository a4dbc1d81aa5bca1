package dev.muster.cli;

import dev.muster.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects with what the objects in them hold behind dots, as {@code datacenter.name}, for tables. */
final class Flat {
    private Flat() {}

    /** An object, or a list of them; anything else as it is. */
    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                put("", map, fields);
                yield fields;
            }
            case List<?> list -> list.stream().map(Flat::of).toList();
            case null, default -> value;
        };
    }

    private static void put(String name, @Nullable Object value, Map<String, @Nullable Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> put(name.isEmpty() ? key.toString() : name + '.' + key, below, into));
        } else {
            into.put(name.isEmpty() ? "value" : name, value instanceof List<?> list ? line(list) : value);
        }
    }

    /** A list in one line: its values where they are simple or objects with one property each, else JSON. */
    private static String line(List<?> list) {
        List<String> simple = new ArrayList<>();
        for (Object one : list) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            put("", one, fields);
            if (fields.size() != 1) {
                return new String(Json.bytes(out -> Json.write(out, list)), StandardCharsets.UTF_8);
            }
            simple.add(Objects.toString(fields.values().iterator().next(), ""));
        }
        return String.join(", ", simple);
    }
}
