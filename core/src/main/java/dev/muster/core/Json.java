package dev.muster.core;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
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

    @Override
    public String toString() {
        return text;
    }
}
