package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.FetchPlan;
import dev.muster.core.Paging;
import dev.muster.core.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys that part a long listing into ranges of about one size, learned as it goes by. Thread-safe. */
final class Splits {
    /** Ranges that are worth walking at once: about as many as an engine has places. */
    private static final int RANGES = 16;

    private static final int FEWEST_PAGES = 4;
    private final List<String> ends = new ArrayList<>();

    /** A page went by. */
    synchronized void page(FetchPlan.Listed list, List<@Nullable Object[]> rows, Planned planned) {
        if (list.list().paging() instanceof Paging.KeyRange && !rows.isEmpty()) {
            Object key = rows.getLast()[place(planned)];
            if (key != null) {
                ends.add(key.toString());
            }
        }
    }

    private static int place(Planned planned) {
        return planned.read().stream()
                .map(Column::name)
                .toList()
                .indexOf(planned.table().key().getLast());
    }

    /** The keys to part it by next time; none where it is short. */
    synchronized List<String> list(FetchPlan.Listed list, Planned planned) {
        if (ends.size() < FEWEST_PAGES) {
            return List.of();
        }
        boolean numbers = planned.read().get(place(planned)).type() == ColumnType.INTEGER;
        Comparator<String> order = RangeWalk.order(numbers);
        ends.sort(order);
        int ranges = Math.min(RANGES, ends.size() / 2);
        List<String> splits = new ArrayList<>();
        for (int i = 1; i < ranges; i++) {
            splits.add(ends.get((int) ((long) i * ends.size() / ranges)));
        }
        return splits;
    }
}
