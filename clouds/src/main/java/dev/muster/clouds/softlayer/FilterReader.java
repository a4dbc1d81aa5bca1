package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads an object filter from JSON, and refuses what the service would pass over in silence. */
final class FilterReader {
    /** The options that an operation with options needs. */
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "in", Set.of("data"),
            "not in", Set.of("data"),
            "or", Set.of("data"),
            "and", Set.of("data"),
            "isDate", Set.of("date"),
            "lessThanDate", Set.of("date"),
            "greaterThanDate", Set.of("date"),
            "betweenDate", Set.of("startDate", "endDate"),
            "orderBy", Set.of("sort"));

    private static final List<String> OPERATORS =
            List.of("!^=", "!$=", "!*=", "^=", "$=", "*=", "_=", "!=", "!~", "<=", ">=", "<", ">", "~");

    private FilterReader() {}

    static Map<String, Object> read(String json) {
        Object root;
        try (JsonReader in = JsonReader.of(json)) {
            root = in.value();
            if (!in.atEnd()) {
                throw wrong("there is more behind it");
            }
        } catch (JacksonException e) {
            throw wrong("it is no JSON: " + e.getOriginalMessage());
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw wrong("an object is expected, as {\"virtualGuests\":{\"hostname\":{\"operation\":\"web\"}}}");
        }
        return node(map, "");
    }

    /** The operator that a literal begins with; empty = none. */
    static String operator(String text) {
        return OPERATORS.stream().filter(text::startsWith).findFirst().orElse("");
    }

    private static Map<String, Object> node(Map<?, ?> node, String path) {
        Object operation = node.get(Operation.OPERATION);
        if (operation != null && !(operation instanceof Map)) {
            leaf(node, operation, path);
        } else if (node.containsKey(Operation.OPERATION) && operation == null) {
            throw wrong(path + " has no operation");
        } else if (node.isEmpty()) {
            throw wrong((path.isEmpty() ? "it" : path) + " is empty");
        }
        boolean leaf = operation != null && !(operation instanceof Map);
        Map<String, Object> copy = new LinkedHashMap<>();
        node.forEach((key, value) -> {
            String name = String.valueOf(key);
            String below = path.isEmpty() ? name : path + '.' + name;
            if (leaf) {
                copy.put(name, value);
            } else if (value instanceof Map<?, ?> map) {
                copy.put(name, node(map, below));
            } else {
                throw wrong(below + " is no object with an operation; write {\"operation\": …}");
            }
        });
        return copy;
    }

    private static void leaf(Map<?, ?> leaf, Object operation, String path) {
        if (operation instanceof List) {
            throw wrong(path + ": an operation is a text or a number");
        }
        if (path.isEmpty()) {
            throw wrong("an operation stands below a property");
        }
        String name = operation.toString();
        if (name.isBlank()) {
            throw wrong(path + ": the operation is empty");
        }
        for (Object key : leaf.keySet()) {
            if (!key.equals(Operation.OPERATION) && !key.equals("options")) {
                throw wrong(path + ": '" + key + "' stands beside an operation; only options may");
            }
        }
        Set<String> needed = NEEDED.get(name);
        Object options = leaf.get("options");
        if (needed == null) {
            if (options != null) {
                throw wrong(path + ": '" + name + "' takes no options; those that do are "
                        + String.join(", ", NEEDED.keySet().stream().sorted().toList()));
            }
            String operator = operator(name);
            if (!operator.isEmpty() && name.substring(operator.length()).isBlank()) {
                throw wrong(path + ": '" + operator + "' compares with nothing");
            }
            return;
        }
        if (!(options instanceof List<?> list)) {
            throw wrong(path + ": '" + name + "' needs options");
        }
        for (String need : needed) {
            if (list.stream().noneMatch(option -> named(option, need))) {
                throw wrong(path + ": '" + name + "' needs an option '" + need + "' with a list of values");
            }
        }
        if (name.equals("orderBy")) {
            list.forEach(option -> sort(option, path));
        }
    }

    private static boolean named(@Nullable Object option, String name) {
        return option instanceof Map<?, ?> map
                && name.equals(map.get("name"))
                && map.get("value") instanceof List<?> values
                && !values.isEmpty();
    }

    private static void sort(@Nullable Object option, String path) {
        if (option instanceof Map<?, ?> map
                && "sort".equals(map.get("name"))
                && map.get("value") instanceof List<?> values
                && !String.valueOf(values.getFirst()).matches("(?i)asc|desc")) {
            throw wrong(path + ": the sort is ASC or DESC");
        }
    }

    private static MusterException wrong(String what) {
        return new MusterException.Rejected(null, "object filter: " + what);
    }
}
