package dev.muster.cli;

import dev.muster.core.Json;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A document in YAML 1.2. */
final class YamlDocument implements Document {
    private static final ImplicitTuple PLAIN = new ImplicitTuple(true, true);

    private static final int ENOUGH = 8192;

    /** No texts to some reader although they begin with a letter, as numbers and dates do not. */
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final PrintStream stream;
    private final StringBuilder pending = new StringBuilder();
    private final Emitter out;

    YamlDocument(PrintStream stream) {
        this.stream = stream;
        this.out = new Emitter(DumpSettings.builder().build(), new StreamDataWriter() {
            @Override
            public void write(String text) {
                write(text, 0, text.length());
            }

            @Override
            public void write(String text, int offset, int length) {
                // The emitter writes in morsels, and each costs a PrintStream an encoding and a flush.
                pending.append(text, offset, offset + length);
                if (pending.length() > ENOUGH) {
                    writePending();
                }
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
        writePending();
        stream.flush();
    }

    private void writePending() {
        stream.append(pending);
        pending.setLength(0);
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

    /**
     * A text that some reader, be it of YAML 1.1, would take for something else, as {@code yes}, {@code 0x1F} or a date,
     * stands in quotes; so does one with what ends lines in YAML 1.1 alone.
     */
    private Document text(String text) {
        boolean safe = !text.isEmpty()
                && Character.isLetter(text.codePointAt(0))
                && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                && text.chars().noneMatch(c -> c == '\u0085' || c == '\u2028' || c == '\u2029');
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
