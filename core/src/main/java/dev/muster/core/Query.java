package dev.muster.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a table. Immutable; the methods named like the components make changed copies.
 *
 * @param table its name
 * @param columns their names, in the order they shall have; {@code relation.column} and {@code relation.*} reach into
 *     related tables; empty for all of the table's own but those that come on request only
 * @param where all of which a row must meet
 * @param order by which columns, the first of them first; empty for the table's own order
 * @param limit the most rows wanted; {@link Long#MAX_VALUE} for all
 */
public record Query(String table, List<String> columns, List<Condition> where, List<Order> order, long limit) {
    public Query {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
        where = List.copyOf(where);
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is not negative: " + limit);
        }
    }

    /** Everything in a table. */
    public static Query of(String table) {
        return new Query(table, List.of(), List.of(), List.of(), Long.MAX_VALUE);
    }

    /** Only these columns; calls that only others need are not made. */
    public Query columns(String... names) {
        return new Query(table, List.of(names), where, order, limit);
    }

    /**
     * Only rows that also meet these conditions, as {@link Condition#parse} reads them.
     *
     * @throws MusterException.Rejected if they cannot be understood
     */
    public Query where(String conditions) {
        List<Condition> all = new ArrayList<>(where);
        all.addAll(Condition.parse(conditions));
        return new Query(table, columns, all, order, limit);
    }

    /**
     * Sorted, as {@link Order#parse} reads it. Where the server does not sort, rows come when all of them are there.
     *
     * @throws MusterException.Rejected if that cannot be understood
     */
    public Query orderBy(String orders) {
        return new Query(table, columns, where, Order.parse(orders), limit);
    }

    /** Only so many rows. */
    public Query limit(long most) {
        return new Query(table, columns, where, order, most);
    }
}
