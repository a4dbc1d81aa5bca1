package dev.muster.cli;

import dev.muster.core.Json;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** A document in JSON: indented for people, in one line for programs. */
final class JsonDocument implements Document {
    private final JsonGenerator out;
    private final PrintStream stream;

    JsonDocument(PrintStream stream, boolean indented) {
        this.stream = stream;
        this.out = new JsonFactory()
                .createGenerator(
                        new ObjectWriteContext.Base() {
                            @Override
                            public @Nullable PrettyPrinter getPrettyPrinter() {
                                return indented ? new DefaultPrettyPrinter() : null;
                            }
                        },
                        new Unclosed(stream));
    }

    @Override
    public Document beginObject() {
        out.writeStartObject();
        return this;
    }

    @Override
    public Document endObject() {
        out.writeEndObject();
        return this;
    }

    @Override
    public Document beginArray() {
        out.writeStartArray();
        return this;
    }

    @Override
    public Document endArray() {
        out.writeEndArray();
        return this;
    }

    @Override
    public Document name(String name) {
        out.writeName(name);
        return this;
    }

    @Override
    public Document value(@Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Boolean b -> out.writeBoolean(b);
            case Integer i -> out.writeNumber(i);
            case Long l -> out.writeNumber(l);
            case Double d -> out.writeNumber(d);
            case Json json -> out.writeRawValue(json.text());
            default -> out.writeString(value.toString());
        }
        return this;
    }

    @Override
    public void close() {
        out.close();
        stream.println();
        stream.flush();
    }

    /** The standard output is not ours to close. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(PrintStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
