package dev.muster.cli;

import dev.muster.core.Json;
import org.jspecify.annotations.Nullable;

/** A document being written as it is told: the same calls give JSON or YAML, and nothing is kept in memory. */
interface Document extends AutoCloseable {

    /** Begins an object; its fields follow. */
    Document beginObject();

    /** Ends it. */
    Document endObject();

    /** Begins an array; its elements follow. */
    Document beginArray();

    /** Ends it. */
    Document endArray();

    /** The name of the field that follows. */
    Document name(String name);

    /** A text, number, boolean, {@link Json} or null; anything else by its text. */
    Document value(@Nullable Object value);

    /** A field with a value. */
    default Document field(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /** Ends the document and writes what is left; the stream below stays open. */
    @Override
    void close();
}
