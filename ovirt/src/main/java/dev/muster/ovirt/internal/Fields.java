package dev.muster.ovirt.internal;

import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.ResponseReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The engine's JSON: whole numbers and booleans are strings, moments are milliseconds, a list is an object with the list
 * inside, an empty list is an empty object.
 */
public final class Fields {
    /** What an enum's constant for unknown values is called. */
    private static final String UNRECOGNIZED = "UNRECOGNIZED";

    private Fields() {}

    /** An answer of one object. Accepted (202) without a body, it has nothing to say: an object without fields. */
    public static <T> ResponseReader<T> one(JsonReader.Element<? extends T> element) {
        ResponseReader<T> body = ResponseReader.json(element);
        return response -> {
            if (response.status() == 202 && response.body().length == 0) {
                try (JsonReader empty = JsonReader.of("{}")) {
                    return element.read(empty);
                }
            }
            return body.read(response);
        };
    }

    /** An answer of one list. */
    public static <T> ResponseReader<List<T>> all(JsonReader.Element<? extends T> element) {
        return ResponseReader.json(in -> {
            List<T> elements = list(in, element);
            if (elements == null) {
                throw absent();
            }
            return elements;
        });
    }

    /** Enters an object that must be there. */
    public static void begin(JsonReader in) {
        if (!in.beginObject()) {
            throw absent();
        }
    }

    private static MusterException absent() {
        return new MusterException.Undecodable(null, "the answer is null where an object was expected", null);
    }

    /** An object, or null for null. */
    public static <T> @Nullable T object(JsonReader in, JsonReader.Element<? extends T> element) {
        return in.atObject() || in.beginObject() ? element.read(in) : null;
    }

    /** A list: {@code {"nic": [...]}}, {@code {}}, or the array alone; null for null. */
    public static <T> @Nullable List<T> list(JsonReader in, JsonReader.Element<? extends @Nullable T> element) {
        List<T> elements = new ArrayList<>();
        if (in.atArray()) {
            elements(in, element, elements);
            return List.copyOf(elements);
        }
        if (!in.beginObject()) {
            return null;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.atArray() && !name.equals("link")) {
                elements(in, element, elements);
            } else {
                in.skip();
            }
        }
        return List.copyOf(elements);
    }

    private static <T> void elements(
            JsonReader in, JsonReader.Element<? extends @Nullable T> element, List<T> elements) {
        in.beginArray();
        while (in.nextElement()) {
            T read = element.read(in);
            if (read != null) {
                elements.add(read);
            }
        }
    }

    /** A list of an enum's values. */
    public static <E extends Enum<E>> @Nullable List<E> values(
            @Nullable Json json, Function<@Nullable String, @Nullable E> of) {
        if (json == null) {
            return null;
        }
        try (JsonReader in = JsonReader.of(json.text())) {
            return list(in, value -> of.apply(value.text()));
        }
    }

    /** With one more field that this version does not know. */
    public static Map<String, Json> keep(Map<String, Json> unknown, String field, @Nullable Json value) {
        if (value == null) {
            return unknown;
        }
        Map<String, Json> more = new LinkedHashMap<>(unknown);
        more.put(field, value);
        return java.util.Collections.unmodifiableMap(more);
    }

    /** With the text of an enum's field, where this version does not know it. */
    public static Map<String, Json> keep(
            Map<String, Json> unknown, String field, @Nullable Enum<?> read, @Nullable String text) {
        if (read == null || text == null || !isUnrecognized(read)) {
            return unknown;
        }
        return keep(
                unknown,
                field,
                new Json(
                        new String(Json.bytes(out -> out.writeString(text)), java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** With a list of an enum's values, where this version does not know one of them. */
    public static Map<String, Json> keep(
            Map<String, Json> unknown, String field, @Nullable List<? extends Enum<?>> read, @Nullable Json value) {
        return read == null || read.stream().noneMatch(Fields::isUnrecognized) ? unknown : keep(unknown, field, value);
    }

    private static boolean isUnrecognized(Enum<?> value) {
        return value.name().equals(UNRECOGNIZED);
    }

    /** Without a field. */
    public static Map<String, Json> drop(Map<String, Json> unknown, String field) {
        if (!unknown.containsKey(field)) {
            return unknown;
        }
        Map<String, Json> less = new LinkedHashMap<>(unknown);
        less.remove(field);
        return java.util.Collections.unmodifiableMap(less);
    }

    public static void write(JsonGenerator out, String field, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(field, value);
        }
    }

    public static void write(JsonGenerator out, String field, @Nullable Long value) {
        write(out, field, value == null ? null : value.toString());
    }

    public static void write(JsonGenerator out, String field, @Nullable Boolean value) {
        write(out, field, value == null ? null : value.toString());
    }

    public static void write(JsonGenerator out, String field, @Nullable Double value) {
        if (value != null) {
            out.writeName(field);
            out.writeNumber(value.doubleValue());
        }
    }

    public static void write(JsonGenerator out, String field, @Nullable Instant value) {
        if (value != null) {
            out.writeName(field);
            out.writeNumber(value.toEpochMilli());
        }
    }

    /** An enum's value, unless it came as one that is not known: then it is written with those. */
    public static void write(JsonGenerator out, String field, Map<String, Json> unknown, @Nullable String value) {
        if (!unknown.containsKey(field)) {
            write(out, field, value);
        }
    }

    public static <T> void write(
            JsonGenerator out, String field, @Nullable T value, BiConsumer<T, JsonGenerator> writer) {
        if (value != null) {
            out.writeName(field);
            writer.accept(value, out);
        }
    }

    public static <T> void write(
            JsonGenerator out,
            String field,
            String inner,
            Map<String, Json> unknown,
            @Nullable List<T> values,
            BiConsumer<T, JsonGenerator> writer) {
        if (values != null && !unknown.containsKey(field)) {
            out.writeName(field);
            rows(inner, values, writer).accept(out);
        }
    }

    /** A whole list: {@code {"nic": [...]}}. */
    public static <T> Consumer<JsonGenerator> rows(String inner, List<T> values, BiConsumer<T, JsonGenerator> writer) {
        return out -> {
            out.writeStartObject();
            out.writeName(inner);
            out.writeStartArray();
            values.forEach(value -> writer.accept(value, out));
            out.writeEndArray();
            out.writeEndObject();
        };
    }

    public static void write(JsonGenerator out, Map<String, Json> unknown) {
        unknown.forEach((field, value) -> {
            out.writeName(field);
            out.writeRawValue(value.text());
        });
    }
}
