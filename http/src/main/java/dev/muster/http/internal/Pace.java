package dev.muster.http.internal;

import java.util.Arrays;

/**
 * When requests may be written, of which any time of a given length may hold so many only. They go in bursts of a fifth of
 * that at most, so that neither a late timer costs much nor all of them arrive together. A request counts from when it is
 * written, not from when it was allowed. Times are {@link System#nanoTime()}, lengths nanoseconds. Confined to the loop.
 */
final class Pace {
    private static final int BURSTS = 5;
    /** What is allowed more at once is not waited for anyway, and would take memory for each. */
    private static final int MOST_BURST = 1 << 16;

    /** When the last ones were written, as many as a burst, the oldest at {@link #next}. */
    private final long[] written;

    private final long span;
    private int next;

    /** {@code most} requests in any {@code per}. */
    Pace(int most, long per, long now) {
        this.written = new long[Math.clamp(most / BURSTS, 1, MOST_BURST)];
        // Whole bursts only: a time that begins within one ends before the last of those it may hold.
        this.span = Math.ceilDiv(per, most / written.length);
        Arrays.fill(written, now - span);
    }

    /** How many may be written now, counted up to {@code most}. */
    int left(int most, long now) {
        int left = 0;
        while (left < most && left < written.length && untilFree(left, now) <= 0) {
            left++;
        }
        return left;
    }

    /** How long until one may be written after {@code before} others that may be already. */
    long untilFree(int before, long now) {
        return before < written.length ? written[(next + before) % written.length] + span - now : span;
    }

    /** A request was written. */
    void written(long now) {
        written[next] = now;
        next = (next + 1) % written.length;
    }
}
