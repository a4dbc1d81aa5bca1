package dev.muster.http.internal;

import java.util.Arrays;

/**
 * When a second copy of a slow request is worth while, and how many of them. Knows no clock and no socket: lengths are
 * nanoseconds.
 *
 * <ol>
 *   <li>A request is slow when it has waited longer than nineteen in twenty of the last answers took, and at least the floor.
 *       Nothing is slow before there were twenty.
 *   <li>Twenty requests pay for one copy, and a little is saved up: so copies are never more than one in twenty, however slow an
 *       origin gets, and a stall hits it with a few of them only.
 * </ol>
 */
final class Hedging {
    static final long UNKNOWN = Long.MAX_VALUE;

    /** What a copy costs, counted in requests. */
    private static final int PRICE = 20;

    private static final int SAVED = 10;
    private static final int SAMPLES = 200;
    private static final int FEWEST = 20;
    private static final int EVERY = 10;

    private final long floor;
    private final long[] samples = new long[SAMPLES];
    private int answers;
    private int next;
    private int credit;
    private long patience = UNKNOWN;

    /** No request is slow before {@code floor}. */
    Hedging(long floor) {
        this.floor = floor;
    }

    /** A request that may be hedged was written. */
    void asked() {
        credit = Math.min(credit + 1, PRICE * SAVED);
    }

    /** One was answered after this time. */
    void answered(long took) {
        samples[next] = took;
        next = (next + 1) % SAMPLES;
        answers = Math.min(answers + 1, SAMPLES);
        if (answers >= FEWEST && next % EVERY == 0) {
            long[] sorted = Arrays.copyOf(samples, answers);
            Arrays.sort(sorted);
            patience = Math.max(floor, sorted[answers * 19 / 20]);
        }
    }

    /** How long an answer is waited for; {@link #UNKNOWN} while that is not to be said. */
    long patience() {
        return patience;
    }

    /** Takes the price of a copy; false where that is not to be had. */
    boolean pay() {
        if (credit < PRICE) {
            return false;
        }
        credit -= PRICE;
        return true;
    }
}
