package dev.muster.core;

import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON as it streams by, in the form that hand-written and generated readers share:
 *
 * {@snippet :
 * String name;
 * in.beginObject();
 * while ((name = in.nextName()) != null) {
 *     switch (name) {
 *         case "id" -> id = in.text();
 *         case "vcpus" -> vcpus = in.integer();
 *         default -> in.skip();
 *     }
 * }
 * }
 *
 * <p>Values are taken leniently where clouds differ: numbers and booleans may be strings, and null is null everywhere.
 * What cannot be read so throws {@link MusterException.Undecodable}. Every value must be read or skipped. Not thread-safe.
 */
public final class JsonReader implements AutoCloseable {
    /** Shared by readers and writers: Jackson's factories are thread-safe and keep their buffers. */
    static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser in;

    private JsonReader(JsonParser in) {
        this.in = in;
        in.nextToken();
    }

    /** A reader that stands before the first value. */
    public static JsonReader of(byte[] json) {
        return new JsonReader(FACTORY.createParser(ObjectReadContext.empty(), json));
    }

    /** A reader that stands before the first value. */
    public static JsonReader of(String json) {
        return new JsonReader(FACTORY.createParser(ObjectReadContext.empty(), json));
    }

    /** Enters the object that comes; answers false, and has read it, where it is null instead. */
    public boolean beginObject() {
        return begin(JsonToken.START_OBJECT, "an object");
    }

    /** Enters the array that comes; answers false, and has read it, where it is null instead. */
    public boolean beginArray() {
        return begin(JsonToken.START_ARRAY, "an array");
    }

    private boolean begin(JsonToken start, String what) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            in.nextToken();
            return false;
        }
        if (token != start) {
            throw unexpected(what);
        }
        in.nextToken();
        return true;
    }

    /** The next field's name, the reader then standing before its value; null, and left, at the object's end. */
    public @Nullable String nextName() {
        if (in.currentToken() == JsonToken.END_OBJECT) {
            in.nextToken();
            return null;
        }
        String name = in.currentName();
        if (in.currentToken() != JsonToken.PROPERTY_NAME || name == null) {
            throw unexpected("a field");
        }
        in.nextToken();
        return name;
    }

    /** Whether the array has another element, the reader then standing before it; false, and left, at its end. */
    public boolean nextElement() {
        if (in.currentToken() == JsonToken.END_ARRAY) {
            in.nextToken();
            return false;
        }
        if (in.currentToken() == null) {
            throw unexpected("an element");
        }
        return true;
    }

    /** Whether an object comes. */
    public boolean atObject() {
        return in.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether an array comes. */
    public boolean atArray() {
        return in.currentToken() == JsonToken.START_ARRAY;
    }

    /** Whether everything has been read. */
    public boolean atEnd() {
        return in.currentToken() == null;
    }

    /** Passes over the value that comes, whatever it is. */
    public void skip() {
        in.skipChildren();
        in.nextToken();
    }

    /** Whatever comes: maps in their order, lists, strings, whole numbers as Long, decimals as Double, booleans; null for null. */
    public @Nullable Object value() {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                beginObject();
                for (String name = nextName(); name != null; name = nextName()) {
                    object.put(name, value());
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                beginArray();
                while (nextElement()) {
                    array.add(value());
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE, VALUE_FALSE -> bool();
            case null, default -> text();
        };
    }

    /** A string, number or boolean as text; null for null. */
    public @Nullable String text() {
        return scalar("a text", text -> text);
    }

    /** A whole number, as a number or a string; null for null and for an empty string. */
    public @Nullable Long integer() {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = in.getLongValue();
            in.nextToken();
            return value;
        }
        return scalar("a whole number", text -> text.isEmpty() ? null : Long.valueOf(text));
    }

    /** A number, as a number or a string; null for null and for an empty string. */
    public @Nullable Double decimal() {
        return scalar("a number", text -> text.isEmpty() ? null : Double.valueOf(text));
    }

    /**
     * A boolean: as a boolean, as the string true or false in any case, or as 1 or 0; null for null and an empty string.
     */
    public @Nullable Boolean bool() {
        return scalar("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /**
     * A moment: ISO 8601 with an offset, without one (then UTC, as OpenStack means it), or milliseconds since 1970 as
     * oVirt's JSON has it. Null for null and for an empty string.
     */
    public @Nullable Instant time() {
        boolean millis = in.currentToken() == JsonToken.VALUE_NUMBER_INT;
        return scalar("a date and time", text -> {
            if (text.isEmpty()) {
                return null;
            }
            if (millis) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            boolean zoned = text.endsWith("Z") || text.indexOf('+', 10) > 0 || text.indexOf('-', 10) > 0;
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        });
    }

    private <T> @Nullable T scalar(String wanted, Function<String, @Nullable T> conversion) {
        JsonToken token = in.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw unexpected(wanted);
        }
        T value;
        String text = token == JsonToken.VALUE_NULL ? null : in.getString();
        try {
            value = text == null ? null : conversion.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw unexpected(wanted, text);
        }
        in.nextToken();
        return value;
    }

    /** The elements of an array, each read with {@code element}; empty for null. */
    public <T> List<T> list(Element<T> element) {
        List<T> elements = new ArrayList<>();
        if (beginArray()) {
            while (nextElement()) {
                elements.add(element.read(this));
            }
        }
        return elements;
    }

    /** Reads one value of a kind. */
    @FunctionalInterface
    public interface Element<T> {
        T read(JsonReader in);
    }

    /** The value that comes, whole, as compact JSON; null for null. */
    public @Nullable Json json() {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            in.nextToken();
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.copyCurrentStructureExact(in);
        }
        in.nextToken();
        return new Json(text.toString());
    }

    @Override
    public void close() {
        in.close();
    }

    private MusterException unexpected(String wanted) {
        JsonToken token = in.currentToken();
        return unexpected(wanted, token == null ? "the end" : token.name().toLowerCase(Locale.ROOT));
    }

    private MusterException unexpected(String wanted, @Nullable String found) {
        String shown = found != null && found.length() > 40 ? found.substring(0, 40) + "…" : found;
        return new MusterException.Undecodable(
                null,
                "expected " + wanted + " at " + in.streamReadContext().pathAsPointer() + ", found " + shown,
                null);
    }
}
