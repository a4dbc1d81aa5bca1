package dev.muster.http.internal;

import java.util.Arrays;

/** The answers since an origin's limit was changed last, or since it was judged: how long they took. */
final class Round {
    /** The last ones tell: the first still met less in flight. */
    private static final int MOST = 64;

    private final long[] times = new long[MOST];
    private int count;

    void add(long took) {
        times[count % MOST] = took;
        count++;
    }

    /** How many there were, also where that is more than tell. */
    int count() {
        return count;
    }

    /** Whether there were that many, or as many as ever tell. */
    boolean has(int enough) {
        return count >= Math.min(enough, MOST);
    }

    /** The middle one. There must be one. */
    long median() {
        return median(told());
    }

    /** The middle one of those above a bound. There must be one. */
    long medianAbove(long bound) {
        return median(Arrays.stream(told()).filter(time -> time > bound).toArray());
    }

    void clear() {
        count = 0;
    }

    private long[] told() {
        return Arrays.copyOf(times, Math.min(count, MOST));
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
