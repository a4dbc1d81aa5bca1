package dev.muster.core;

import java.util.Arrays;
import java.util.List;

/** Takes rows as they arrive. Called by several threads at once; may block, and the fetch then waits with it. */
@FunctionalInterface
public interface RowSink {

    /**
     * Some rows of one table of one cloud.
     *
     * @param tenancy which part of the cloud they are of
     * @param order where they belong: batches of a table sorted by it stand in the order the cloud lists them
     */
    record Batch(String cloud, Tenancy tenancy, Table table, Order order, List<Row> rows) {}

    /** Page numbers, and before them the place of the parent's row. */
    record Order(List<Integer> places) implements Comparable<Order> {
        /** The place of something below this one. */
        public Order below(int place) {
            Integer[] more = Arrays.copyOf(places.toArray(new Integer[0]), places.size() + 1);
            more[places.size()] = place;
            return new Order(List.of(more));
        }

        @Override
        public int compareTo(Order other) {
            return Arrays.compare(places.toArray(new Integer[0]), other.places.toArray(new Integer[0]));
        }
    }

    void accept(Batch batch);
}
