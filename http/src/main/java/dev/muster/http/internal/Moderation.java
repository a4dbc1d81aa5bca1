package dev.muster.http.internal;

/**
 * How often the loop looks at its sockets while the answers of many streams trickle in on one connection: not for each of
 * them, since waking up, reading, decrypting and writing cost the same for one as for ten, but once in a small part of
 * the time that answers take. Network cards do so with their interrupts. What comes after a silence is looked at at
 * once. Where each connection carries but a few requests there is nothing to be gathered, so that HTTP/1.1 does not count.
 * Knows no clock: times are {@link System#nanoTime()} as told.
 */
final class Moderation {
    /** What an answer may come later, as a part of the time that it takes. */
    private static final int PART = 24;
    /** Less than this the system's timers do not keep. */
    private static final long LEAST = 100_000;

    private static final long MOST = 1_000_000;
    /** Of the looks of late, so many must have come upon a trickle. */
    private static final double ENOUGH = 0.05;

    private static final double WEIGHT = 1.0 / 8;

    private long shortest;
    private long looked;
    private boolean answered;
    private double trickle;

    /** A stream was answered after so long. The shortest time counts, and is forgotten slowly. */
    void answered(long nanos) {
        answered = true;
        shortest = shortest == 0 || nanos < shortest ? nanos : shortest + (nanos - shortest) / 64;
    }

    /** Something has come, and is being looked at. */
    void looked(long now) {
        boolean soon = answered && now - looked < period() * 3 / 2;
        trickle += ((soon ? 1 : 0) - trickle) * WEIGHT;
        answered = false;
        looked = now;
    }

    /** How long not to look. */
    long rest(long now) {
        return trickle < ENOUGH ? 0 : Math.max(0, looked + period() - now);
    }

    private long period() {
        long period = Math.min(shortest / PART, MOST);
        return period < LEAST ? 0 : period;
    }
}
