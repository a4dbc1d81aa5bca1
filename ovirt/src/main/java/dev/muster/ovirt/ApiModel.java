package dev.muster.ovirt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The services and operations of the API by name, for who types paths instead of writing Java: read at first use from what
 * the official model was written down as at build time.
 */
final class ApiModel {
    private final Map<String, Place> services = new HashMap<>();

    /** What a parameter is. */
    enum Kind {
        /** A text, number or flag, sent as text. */
        PLAIN,
        /** A thing with fields. */
        STRUCT,
        /** Several of either. */
        LIST
    }

    /**
     * An operation.
     *
     * @param name as the model names it; an action as its path segment
     * @param parameters what it takes, by name
     */
    record Operation(String name, boolean action, Map<String, Kind> parameters) {
        /** The HTTP method. */
        String method() {
            return switch (action ? "action" : name) {
                case "list", "get" -> "GET";
                case "update" -> "PUT";
                case "remove" -> "DELETE";
                default -> "POST";
            };
        }

        /** The parameter that is the body as a whole: the thing to add or to change; null where there is none. */
        @Nullable
        String body() {
            return action || method().equals("GET") || method().equals("DELETE")
                    ? null
                    : parameters.entrySet().stream()
                            .filter(each -> each.getValue() != Kind.PLAIN)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(null);
        }
    }

    /** A service: what stands below it, and what can be done there. */
    static final class Place {
        private final Map<String, String> below = new TreeMap<>();
        private @Nullable String byId;
        private final Map<String, Operation> operations = new TreeMap<>();

        /** What can be done here. */
        List<Operation> operations() {
            return List.copyOf(operations.values());
        }

        /** What stands below, as path segments; {@code ID} for any identifier. */
        List<String> segments() {
            List<String> segments = new ArrayList<>(below.keySet());
            if (byId != null) {
                segments.addFirst("ID");
            }
            return segments;
        }

        /** The operation of this name. */
        @Nullable
        Operation operation(String name) {
            return operations.get(name);
        }
    }

    private static final class Holder {
        private static final ApiModel MODEL = read();
    }

    private ApiModel() {}

    /** The one model. */
    static ApiModel get() {
        return Holder.MODEL;
    }

    /** The root of the API. */
    Place root() {
        return Objects.requireNonNull(services.get("system"));
    }

    /** What stands at a path segment below a place; null where nothing does. An identifier may be anything. */
    @Nullable
    Place below(Place place, String segment) {
        String service = place.below.getOrDefault(segment, place.byId);
        return service == null ? null : services.get(service);
    }

    private static ApiModel read() {
        ApiModel model = new ApiModel();
        try (InputStream in = Objects.requireNonNull(ApiModel.class.getResourceAsStream("model.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Place at = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("service")) {
                    at = new Place();
                    model.services.put(words[1], at);
                } else if (at != null) {
                    at(at, words);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the API cannot be read", e);
        }
        return model;
    }

    private static void at(Place place, String[] words) {
        switch (words[0]) {
            case "/" -> place.below.put(words[1], words[2]);
            case "id" -> place.byId = words[1];
            case "do", "act" -> {
                Map<String, Kind> parameters = new TreeMap<>();
                for (int i = 3; i < words.length; i++) {
                    int equals = words[i].indexOf('=');
                    parameters.put(words[i].substring(0, equals), kind(words[i].charAt(equals + 1)));
                }
                place.operations.put(words[1], new Operation(words[1], words[0].equals("act"), parameters));
            }
            default -> {
                // What things are made of, and what must be given: the engine says so itself.
            }
        }
    }

    private static Kind kind(char first) {
        return switch (first) {
            case '@' -> Kind.STRUCT;
            case '*' -> Kind.LIST;
            default -> Kind.PLAIN;
        };
    }
}
