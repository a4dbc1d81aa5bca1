package dev.muster.sim.softlayer;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What filters found in lists, kept as a database keeps its indexes, so that not every page of a list costs a look at all of
 * its rows. The lists do not change. Thread-safe.
 */
final class Indexes {
    /** Of more lists and filters than this, what was found is forgotten. */
    private static final int KEPT = 200;

    private final IdentityHashMap<List<Thing>, Map<Map<?, ?>, Found>> found = new IdentityHashMap<>();
    private int kept;

    /**
     * Rows that pass a filter.
     *
     * @param ordered whether the filter asked for their order
     */
    record Found(List<Thing> things, boolean ordered) {}

    synchronized Found find(List<Thing> list, Map<?, ?> filter) {
        if (kept >= KEPT) {
            found.clear();
            kept = 0;
        }
        return found.computeIfAbsent(list, one -> new HashMap<>()).computeIfAbsent(filter, root -> {
            kept++;
            Filter asked = new Filter(root, Account.NOW);
            return new Found(asked.apply(list), asked.ordered());
        });
    }
}
