package dev.muster.http.internal;

import java.util.random.RandomGenerator;

/**
 * How much one origin was found to bear, and how often it may be asked again. Where it never answered 429 or 503, it is
 * without effect. Times are {@link System#nanoTime()}, lengths nanoseconds.
 *
 * <ol>
 *   <li>A throttle halves the number of requests in flight that are allowed, once for all that had been written by then;
 *       as many good answers as are allowed let one more through (AIMD).
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

    private final int most;
    private final RandomGenerator random;
    private final int mostCredit;
    private int credit;
    private int limit;
    private int good;
    private boolean cut;
    private long cutAt;
    private boolean paused;
    private long pausedUntil;

    /** {@code most} requests can be in flight at once. */
    Throttle(int most, RandomGenerator random) {
        this.most = most;
        this.random = random;
        this.limit = most;
        this.credit = PRICE * (RESERVE + Math.min(most, 1000));
        this.mostCredit = credit + PRICE * SAVED;
    }

    /** Whether this status says: not now. */
    static boolean means(int status) {
        return status == 429 || status == 503;
    }

    /** An answer that was no throttle. */
    void answered(int status) {
        if (status >= 500) {
            return;
        }
        if (credit < mostCredit) {
            credit++;
        }
        if (limit < most && ++good >= limit) {
            limit++;
            good = 0;
        }
    }

    /** A request written at {@code written} was turned away, with this Retry-After or {@link RetryAfter#NONE}. */
    void throttled(long written, long retryAfter, long now) {
        if (!cut || written - cutAt >= 0) {
            cut = true;
            cutAt = now;
            limit = Math.max(1, limit / 2);
            good = 0;
        }
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

    /** Whether fewer requests than usual may be in flight. */
    boolean limited() {
        return limit < most;
    }

    /** How many requests may be in flight. */
    int limit() {
        return limit;
    }
}
