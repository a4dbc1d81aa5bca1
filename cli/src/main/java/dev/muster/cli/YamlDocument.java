package dev.muster.cli;

import dev.muster.core.Json;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A document in YAML 1.2. */
final class YamlDocument implements Document {
    private static final ImplicitTuple PLAIN = new ImplicitTuple(true, true);

    private final PrintStream stream;
    private final DumpSettings settings = DumpSettings.builder().build();
    private final ScalarResolver resolver = settings.getSchema().getScalarResolver();
    private final Emitter out;

    YamlDocument(PrintStream stream) {
        this.stream = stream;
        this.out = new Emitter(settings, new StreamDataWriter() {
            @Override
            public void write(String text) {
                stream.print(text);
            }

            @Override
            public void write(String text, int offset, int length) {
                stream.append(text, offset, offset + length);
            }
        });
        emit(new StreamStartEvent());
        emit(new DocumentStartEvent(false, Optional.empty(), java.util.Map.of()));
    }

    @Override
    public Document beginObject() {
        return emit(new MappingStartEvent(
                Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK, Optional.empty(), Optional.empty()));
    }

    @Override
    public Document endObject() {
        return emit(new MappingEndEvent());
    }

    @Override
    public Document beginArray() {
        return emit(new SequenceStartEvent(
                Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK, Optional.empty(), Optional.empty()));
    }

    @Override
    public Document endArray() {
        return emit(new SequenceEndEvent());
    }

    @Override
    public Document name(String name) {
        return text(name);
    }

    @Override
    public Document value(@Nullable Object value) {
        return switch (value) {
            case null -> plain("null");
            case Boolean b -> plain(b.toString());
            case Number n -> plain(n.toString());
            case Json json -> json(json);
            default -> text(value.toString());
        };
    }

    @Override
    public void close() {
        emit(new DocumentEndEvent(false));
        emit(new StreamEndEvent());
        stream.flush();
    }

    private Document json(Json json) {
        try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), json.text())) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                switch (token) {
                    case START_OBJECT -> beginObject();
                    case END_OBJECT -> endObject();
                    case START_ARRAY -> beginArray();
                    case END_ARRAY -> endArray();
                    case PROPERTY_NAME, VALUE_STRING -> text(in.getString());
                    default -> plain(in.getString());
                }
            }
        }
        return this;
    }

    private Document plain(String text) {
        return emit(new ScalarEvent(Optional.empty(), Optional.empty(), PLAIN, text, ScalarStyle.PLAIN));
    }

    /** A text that would be read as something else, as {@code yes}, {@code 1.0} or {@code null}, stands in quotes. */
    private Document text(String text) {
        boolean safe = resolver.resolve(text, true).equals(Tag.STR);
        return emit(new ScalarEvent(
                Optional.empty(),
                Optional.empty(),
                new ImplicitTuple(safe, true),
                text,
                safe ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED));
    }

    private Document emit(Event event) {
        out.emit(event);
        return this;
    }
}
