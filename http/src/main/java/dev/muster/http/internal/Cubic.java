package dev.muster.http.internal;

/**
 * How fast what was cut comes back (RFC 9438 §4.2): quickly at first, slowly just below where it was too much, and on from
 * there where that is no longer so. By the clock, not by round trips: a limit that somebody keeps a ledger of has no
 * interest in those.
 */
final class Cubic {
    /** RFC 9438 §4.1, in requests a cubic second. */
    private static final double C = 0.4;

    private final int wall;
    private final long cutAt;
    private final double secondsToWall;

    /** At {@code now}, {@code wall} was found to be too much, and {@code limit} is allowed. */
    Cubic(int wall, int limit, long now) {
        this.wall = wall;
        this.cutAt = now;
        this.secondsToWall = Math.cbrt((wall - limit) / C);
    }

    /** What may be tried now. */
    int bound(long now) {
        double seconds = (now - cutAt) / 1e9 - secondsToWall;
        return (int) Math.min(C * seconds * seconds * seconds + wall, Integer.MAX_VALUE);
    }

    /** Whether this is well beyond what was too much. */
    boolean overcome(int limit) {
        return limit > wall + Math.max(1, wall / 4);
    }
}
