package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.Order;
import dev.muster.core.RowSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of a table when all of them are there; where only some are wanted, it holds no more than these. Thread-safe.
 */
final class Sorter {
    /** Rows that are handed over at once. */
    private static final int BATCH = 1000;

    private final Comparator<@Nullable Object[]> comparator;
    private final long most;
    private final PriorityQueue<@Nullable Object[]> rows;

    private Sorter(Comparator<@Nullable Object[]> comparator, long most) {
        this.comparator = comparator;
        this.most = most;
        // The last of them stands first, to be the one that goes.
        this.rows = new PriorityQueue<>(comparator.reversed());
    }

    /** For a plan that sorts here; null where none of it does. */
    static @Nullable Sorter of(FetchPlan plan, List<Column> columns, List<String> key, long most) {
        for (FetchPlan node = plan; !Stages.isSource(node); node = node.below().getFirst()) {
            if (node instanceof FetchPlan.Sorted sorted && !sorted.byServer()) {
                return new Sorter(comparator(sorted.order(), columns, key), most);
            }
        }
        return null;
    }

    private static Comparator<@Nullable Object[]> comparator(
            List<Order> orders, List<Column> columns, List<String> key) {
        List<Order> all = new ArrayList<>(orders);
        // Of equal rows, that with the lower key comes first: the same rows are sorted alike whenever they are.
        key.forEach(column -> all.add(new Order(column, false)));
        List<String> names = columns.stream().map(Column::name).toList();
        int[] places =
                all.stream().mapToInt(order -> names.indexOf(order.column())).toArray();
        return (one, other) -> {
            for (int i = 0; i < places.length; i++) {
                int place = places[i];
                int compared = compare(one[place], other[place], all.get(i).descending());
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    @SuppressWarnings("unchecked") // values of one column are of one type, and all of these can be compared
    private static int compare(@Nullable Object one, @Nullable Object other, boolean descending) {
        if (one == null || other == null) {
            return (one == null ? 1 : 0) - (other == null ? 1 : 0);
        }
        int compared = one instanceof String text
                ? RangeWalk.byCodePoint(text, (String) other)
                : ((Comparable<Object>) one).compareTo(other);
        return descending ? -compared : compared;
    }

    synchronized void add(List<@Nullable Object[]> found) {
        for (@Nullable Object[] row : found) {
            rows.add(row);
            if (rows.size() > most) {
                rows.remove();
            }
        }
    }

    /** Takes rows in their order, so many at once. */
    interface Sink {
        void take(RowSink.Order order, List<@Nullable Object[]> rows);
    }

    /** Hands all of them over. */
    void end(Sink sink) {
        List<@Nullable Object[]> sorted;
        synchronized (this) {
            sorted = new ArrayList<>(rows);
            rows.clear();
        }
        sorted.sort(comparator);
        for (int i = 0; i < sorted.size(); i += BATCH) {
            sink.take(new RowSink.Order(List.of(i / BATCH)), sorted.subList(i, Math.min(sorted.size(), i + BATCH)));
        }
    }
}
