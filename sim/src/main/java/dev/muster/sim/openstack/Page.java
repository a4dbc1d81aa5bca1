package dev.muster.sim.openstack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the services share about paging by markers. */
final class Page {
    private Page() {}

    /** A number of 0 or more; -1 = it is none. */
    static int number(String text) {
        try {
            return text.matches("\\d+") ? Integer.parseInt(text) : -1;
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // More digits than a number of items can have.
        }
    }

    /** Sorts as the parameters {@code sort_key} and {@code sort_dir} say, the first of several first. */
    static <T> void sort(List<T> items, Map<String, List<String>> query, BiFunction<T, String, String> value) {
        List<String> keys = query.getOrDefault("sort_key", List.of());
        List<String> directions = query.getOrDefault("sort_dir", List.of());
        for (int i = keys.size() - 1; i >= 0; i--) {
            String key = keys.get(i);
            Comparator<T> by = Comparator.comparing(item -> value.apply(item, key));
            items.sort(i < directions.size() && directions.get(i).equals("desc") ? by.reversed() : by);
        }
    }

    /** The position behind the marker; 0 without one; -1 = there is no such thing. */
    static <T> int after(List<T> items, @Nullable String marker, Function<T, String> id) {
        if (marker == null) {
            return 0;
        }
        for (int i = 0; i < items.size(); i++) {
            if (id.apply(items.get(i)).equals(marker)) {
                return i + 1;
            }
        }
        return -1;
    }

    /** A query with some parameters changed; null takes one out. */
    static String query(Map<String, List<String>> parameters, Map<String, @Nullable String> changes) {
        Map<String, List<String>> all = new LinkedHashMap<>(parameters);
        changes.forEach((name, value) -> {
            all.remove(name);
            if (value != null) {
                all.put(name, List.of(value));
            }
        });
        StringBuilder query = new StringBuilder();
        all.forEach((name, values) -> values.forEach(value -> query.append(query.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value))));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
