package dev.muster.http.internal;

import java.util.random.RandomGenerator;

/**
 * When and how often one origin may be asked again what it turned away. Times are {@link System#nanoTime()}, lengths
 * nanoseconds.
 *
 * <ol>
 *   <li>A Retry-After pauses the whole origin, unless it is longer than {@link #LONGEST}: that is for the caller to wait.
 *   <li>Requests asked again are paid for: a good answer brings a tenth of one, up to a bound. There is a reserve to begin
 *       with, enough for all that can be in flight at once, as they are turned away together.
 * </ol>
 */
final class Throttle {
    /** A longer wait is not ours to make. */
    static final long LONGEST = 60_000_000_000L;

    private static final long FIRST_BACKOFF = 200_000_000L;
    private static final long LONGEST_BACKOFF = 10_000_000_000L;
    /** What asking again costs, counted in good answers. */
    private static final int PRICE = 10;

    private static final int RESERVE = 10;
    private static final int SAVED = 100;
    private static final int MOST_RESERVED = 1000;

    private final RandomGenerator random;
    private int most;
    private int mostCredit;
    private int credit;
    private boolean paused;
    private long pausedUntil;

    /** {@code most} requests can be in flight at once. */
    Throttle(int most, RandomGenerator random) {
        this.random = random;
        this.credit = PRICE * RESERVE;
        this.mostCredit = credit + PRICE * SAVED;
        atOnce(most);
    }

    /** So many can be in flight, as it turns out. */
    void atOnce(int count) {
        int more = PRICE * (Math.min(count, MOST_RESERVED) - most);
        if (more > 0) {
            most += more / PRICE;
            credit += more;
            mostCredit += more;
        }
    }

    /** Whether this status says: not now. */
    static boolean means(int status) {
        return status == 429 || status == 503;
    }

    /** An answer that was no throttle. */
    void answered(int status) {
        if (status < 500 && credit < mostCredit) {
            credit++;
        }
    }

    /** A request was turned away, with this Retry-After or {@link RetryAfter#NONE}. */
    void throttled(long retryAfter, long now) {
        if (retryAfter <= LONGEST && retryAfter > pause(now)) {
            paused = true;
            pausedUntil = now + retryAfter;
        }
    }

    /** How long a request that has been turned away {@code times} before should wait: full jitter where nothing was said. */
    long wait(int times, long retryAfter, long now) {
        long backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(times, 10));
        long wait = retryAfter == RetryAfter.NONE ? random.nextLong(backoff) : retryAfter;
        return Math.max(wait, pause(now));
    }

    /** Takes the price of asking once more; false where that is not to be had. */
    boolean pay() {
        if (credit < PRICE) {
            return false;
        }
        credit -= PRICE;
        return true;
    }

    /** How long nothing may be sent yet; 0 where that is not so. */
    long pause(long now) {
        if (!paused) {
            return 0;
        }
        long left = pausedUntil - now;
        paused = left > 0;
        return Math.max(0, left);
    }
}
