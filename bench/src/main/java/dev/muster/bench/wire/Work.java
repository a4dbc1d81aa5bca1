package dev.muster.bench.wire;

/**
 * What is to be fetched.
 *
 * @param how the first part of the path, as {@link Server} reads it
 * @param list whether the list comes first
 * @param count how many items then
 */
record Work(String title, String how, boolean list, int count) {
    Work times(double factor) {
        return new Work(title, how, list, Math.max(1, (int) (count * factor)));
    }

    int requests() {
        return count + (list ? 1 : 0);
    }

    /** What must come of it. */
    Contestant.Tally whole() {
        long sum = list ? Items.sum(Items.LIST, Items.body(Items.LIST)) : 0;
        for (int i = 0; i < Math.min(count, Items.COUNT); i++) {
            int times = count / Items.COUNT + (i < count % Items.COUNT ? 1 : 0);
            sum += times * Items.sum(i, Items.body(i));
        }
        long bytes = (list ? Items.LIST_BYTES : 0) + (long) count * Items.ITEM_BYTES;
        return new Contestant.Tally(requests(), 0, 0, bytes, sum);
    }
}
