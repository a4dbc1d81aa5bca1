package dev.muster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * By which column rows are sorted. Texts go by code point, absent values come last either way, unless the server sorts: then
 * they go as it has them.
 *
 * @param column of the table, or of a related one
 */
public record Order(String column, boolean descending) {

    /**
     * Reads {@code created desc, name}; without a direction it is ascending.
     *
     * @throws MusterException.Rejected if the text cannot be understood
     */
    public static List<Order> parse(String text) {
        List<Order> orders = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            String direction = words.length == 2 ? words[1].toLowerCase(Locale.ROOT) : "asc";
            if (words.length > 2
                    || words[0].isEmpty()
                    || !List.of("asc", "desc").contains(direction)) {
                throw new MusterException.Rejected(
                        null, "'" + part.strip() + "' is no order: it is a column, and asc or desc behind it");
            }
            orders.add(new Order(words[0], direction.equals("desc")));
        }
        return orders;
    }

    @Override
    public String toString() {
        return descending ? column + " desc" : column;
    }
}
