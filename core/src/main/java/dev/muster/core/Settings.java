package dev.muster.core;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to connect to one cloud. Values are strings, numbers, booleans or maps of such, as YAML gives them; a
 * dotted key reaches into maps. {@link #toString()} shows no value.
 *
 * @param name the name the user gave the cloud
 * @param type which {@link CloudProvider} connects it
 * @param source where it was found, for messages: a file and a key, or a set of variables
 * @param values the settings themselves
 * @param events told of what the wire does; null where nobody listens
 */
public record Settings(
        String name,
        String type,
        String source,
        Map<String, Object> values,
        @Nullable Consumer<? super HttpEvent> events) {

    public static Settings of(String name, String type, String source, Map<String, ?> values) {
        return new Settings(name, type, source, new LinkedHashMap<>(values), null);
    }

    /** The same with one value set, or set otherwise. The key is not dotted. */
    public Settings with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Settings(name, type, source, more, events);
    }

    /** The same with somebody listening to the wire. */
    public Settings listening(Consumer<? super HttpEvent> listener) {
        return new Settings(name, type, source, values, listener);
    }

    /** A setting as text; null where it is absent or empty. */
    public @Nullable String text(String key) {
        Object value = find(key);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    /** A setting that must be there. */
    public String required(String key) {
        String value = text(key);
        if (value == null) {
            throw wrong(key, "is missing");
        }
        return value;
    }

    /** A setting that is true or false; {@code otherwise} where it is absent. */
    public boolean flag(String key, boolean otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw wrong(key, "must be true or false");
        };
    }

    /** A setting that is a whole number from 1 up; {@code otherwise} where it is absent. */
    public int count(String key, int otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int count = Integer.parseInt(value);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number from 1 up");
        }
        throw wrong(key, "must be a whole number from 1 up");
    }

    /** A failure that names this setting and where it came from, never its value. */
    public MusterException wrong(String key, String what) {
        return new MusterException.Rejected(
                null, "cloud '" + name + "': setting '" + key + "' " + what + " (" + source + ")");
    }

    /**
     * A client as the common settings want it: {@code connections} (8), {@code pipeline} (1), {@code ca_file} or
     * {@code cacert}, {@code verify} (true), {@code timeout} in seconds for one answer (120).
     *
     * @throws MusterException.Rejected if one of them is wrong
     */
    public HttpClient http() {
        HttpClient.Builder http = HttpClient.builder()
                .connections(count("connections", 8))
                .pipeline(count("pipeline", 1))
                .responseTimeout(Duration.ofSeconds(count("timeout", 120)));
        String caFile = text("ca_file") == null ? text("cacert") : text("ca_file");
        if (caFile != null) {
            http.caFile(Path.of(caFile));
        }
        if (!flag("verify", true)) {
            http.insecure();
        }
        if (events != null) {
            http.events(events);
        }
        try {
            return http.build();
        } catch (IllegalArgumentException e) {
            throw new MusterException.Rejected(
                    null, "cloud '" + name + "': " + e.getMessage() + " (" + source + ")", e);
        }
    }

    private @Nullable Object find(String key) {
        Object whole = values.get(key);
        if (whole != null) {
            return whole;
        }
        Object at = values;
        for (String part : key.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    @Override
    public String toString() {
        return "Settings[" + name + ", " + type + ", from " + source + ", " + values.keySet() + "]";
    }
}
