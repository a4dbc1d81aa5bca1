package dev.muster.bench.wire;

/**
 * What is to be fetched.
 *
 * @param how the first part of the path, as {@link Server} reads it
 * @param list whether the list comes first
 * @param count how many items then
 */
record Work(String title, String how, boolean list, int count) {
    /** One body, of as many MiB as {@code count} says. */
    static final String BIG = "big0";

    Work times(double factor) {
        return new Work(title, how, list, Math.max(1, (int) (count * factor)));
    }

    int requests() {
        return big() ? 1 : count + (list ? 1 : 0);
    }

    /** Thousands of requests, or GiB: what CPU time is told for. */
    double units() {
        return big() ? count / 1024.0 : requests() / 1000.0;
    }

    private boolean big() {
        return how.equals(BIG);
    }

    /** What must come of it. */
    Contestant.Tally whole() {
        if (big()) {
            return new Contestant.Tally(1, 0, 0, (long) count << 20, 0);
        }
        long sum = list ? Items.sum(Items.LIST, Items.body(Items.LIST)) : 0;
        for (int i = 0; i < Math.min(count, Items.COUNT); i++) {
            int times = count / Items.COUNT + (i < count % Items.COUNT ? 1 : 0);
            sum += times * Items.sum(i, Items.body(i));
        }
        long bytes = (list ? Items.LIST_BYTES : 0) + (long) count * Items.ITEM_BYTES;
        return new Contestant.Tally(requests(), 0, 0, bytes, sum);
    }
}
