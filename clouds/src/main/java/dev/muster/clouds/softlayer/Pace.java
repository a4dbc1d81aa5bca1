package dev.muster.clouds.softlayer;

import java.util.Arrays;

/**
 * When requests may be sent, of which any second may hold so many only. They go in bursts of a fifth of a second's worth at
 * most, so that what is held up on its way does not arrive together with all of the next second. Times are {@link
 * System#nanoTime()}. Thread-safe.
 */
final class Pace {
    static final long SECOND = 1_000_000_000L;

    private static final int BURSTS = 5;

    /** Two requests that leave a second apart may arrive in less. */
    private static final double MARGIN = 1.02;

    /** The moments given last, as many as a burst, the oldest at {@link #next}. */
    private final long[] given;

    private final long span;
    private int next;
    private long pausedUntil;

    Pace(int perSecond, long now) {
        this.given = new long[Math.max(1, perSecond / BURSTS)];
        this.span = Math.ceilDiv((long) (SECOND * MARGIN), perSecond / given.length);
        this.pausedUntil = now;
        Arrays.fill(given, now - span);
    }

    /** When the next request may be sent, now or later; nobody else is given that moment. */
    synchronized long slot(long now) {
        long wait = Math.max(given[next] + span - now, pausedUntil - now);
        long at = now + Math.max(0, wait);
        given[next] = at;
        next = (next + 1) % given.length;
        return at;
    }

    /** No request before that moment. */
    synchronized void pause(long until) {
        pausedUntil = until;
    }
}
