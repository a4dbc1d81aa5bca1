package dev.muster.core;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * A piece of JSON kept as text: what a cloud sent and no column takes apart.
 *
 * @param text compact JSON, valid by construction
 */
public record Json(String text) {

    /** The bytes of a JSON document, written by {@code content}. */
    public static byte[] bytes(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JsonReader.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(out);
        }
        return bytes.toByteArray();
    }

    /** A value as {@link JsonReader#value} gives it: maps, lists, texts, numbers, booleans and null. */
    public static void write(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((name, field) -> {
                    out.writeName(name.toString());
                    write(out, field);
                });
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(element -> write(out, element));
                out.writeEndArray();
            }
            case Boolean b -> out.writeBoolean(b);
            case Integer i -> out.writeNumber(i);
            case Long l -> out.writeNumber(l);
            case Double d -> out.writeNumber(d);
            default -> out.writeString(value.toString());
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
